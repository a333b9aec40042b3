"""Finding a role template by whatever a recruiter calls the role: "forklift", "SDR", "CNA", "wharehouse picker".

Guarantees: pure and the same every time; two roles that fit equally well are both at the top, for the caller to ask.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from botapp.compose.role_templates import Role, roles
from botapp.compose.spelling import distance

_FILLING = frozenset(
    {
        *("a", "an", "the", "our", "my", "your", "for", "of", "to", "and", "in", "on", "with"),
        *("role", "roles", "job", "jobs", "position", "template", "templates", "one", "interviewer", "screener"),
        *("screening", "interview", "please", "new", "some", "person", "people", "staff", "worker", "workers"),
    }
)
_GRADES = frozenset(
    {
        *("senior", "junior", "lead", "trainee", "experienced", "i", "ii", "iii", "iv", "sr", "jr"),
        *("full", "part", "time", "night", "overnight", "evening", "weekend", "day"),
    }
)
_FITS = 60.0  # below this a name has little to do with the query
_SAME = 2.5  # scores closer than this fit equally well
_TITLE, _OFFICIAL = 2.0, -4.0  # our own title counts a little more than another name, an official one a little less


@dataclass(frozen=True, slots=True)
class Found:
    """A role and how well it fits (100: it is called exactly that)."""

    role: Role
    score: float


def find_templates(query: str) -> tuple[Found, ...]:
    """The roles that fit, best first; none when the query names nothing we know."""
    words = _mended(_words(query))
    if not words:
        return ()
    found = [Found(role, score) for role in roles() if (score := _score(role, words)) >= _FITS]
    return tuple(sorted(found, key=lambda entry: (-entry.score, entry.role.title)))


def best(found: tuple[Found, ...]) -> tuple[Role, ...]:
    """The one that fits best, or all that fit equally well."""
    return tuple(entry.role for entry in found if entry.score > found[0].score - _SAME) if found else ()


def template_of_title(title: str) -> Role | None:
    """The role of an advert's title, only when there is no doubt: "Night Warehouse Picker (m/f)" is a picker.

    A name inside the title counts when the title ends with it, or when it has two words: a nurse practitioner is
    no nurse.
    """
    words = tuple(word for word in _words(title) if word not in _GRADES)
    fitting: dict[str, tuple[int, Role]] = {}
    for role in roles():
        lengths = [len(name) for name in _names(role) if _is_inside(name, words)]
        if lengths:
            fitting[role.id] = (max(lengths), role)
    longest = max((length for length, _ in fitting.values()), default=0)
    at_top = [role for length, role in fitting.values() if length == longest]
    return at_top[0] if len(at_top) == 1 else None


def _is_inside(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    if not set(name) <= set(words):
        return False
    return len(name) == len(words) or words[-1] == name[-1] or len(name) >= 2


def has_only_known_words(text: str) -> bool:
    """Whether every word is one of a role's names, slips of typing put right: nothing else is said."""
    words = [word for word in _mended(_words(text)) if word not in _GRADES]
    return bool(words) and all(word in _vocabulary() or word in _initials() for word in words)


@cache
def _initials() -> frozenset[str]:
    return frozenset("".join(word[0] for word in _names(role)[0]) for role in roles())


def _score(role: Role, words: tuple[str, ...]) -> float:
    extra = [_TITLE, *([0.0] * len(role.also)), *([_OFFICIAL] * len(role.official))]
    scored = [_fit(name, words) + more for name, more in zip(_names(role), extra, strict=True)]
    initials = "".join(word[0] for word in _names(role)[0])
    if words == (initials,) and len(initials) > 1:
        scored.append(90.0)
    return min(100.0, max(scored))


def _fit(name: tuple[str, ...], words: tuple[str, ...]) -> float:
    """From 0 to 100: the same words; then one within the other; then what they share."""
    said, has = set(words), set(name)
    if said == has or "".join(name) == "".join(words):
        return 100.0
    if said < has:
        return 70.0 + 25.0 * len(said) / len(has)
    if has < said:
        return 72.0 + 22.0 * len(has) / len(said)
    begun = {word for word in said if any(known.startswith(word) for known in has)} if len(words) == 1 else set()
    if begun and len(words[0]) >= 3:
        return 64.0 + 10.0 / len(has)
    return 80.0 * len(said & has) / len(said | has)


@cache
def _names(role: Role) -> tuple[tuple[str, ...], ...]:
    return tuple(_words(name) or (name.lower(),) for name in role.names)


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(word for role in roles() for name in _names(role) for word in name)


def _words(text: str) -> tuple[str, ...]:
    """The words that say something, in one number: "Nursing Assistants, All Other" is nursing, assistant."""
    plain = re.split(r",\s*(?:except|all other)\b|\(", text.lower().replace("’", "'"))[0]
    found = re.findall(r"[a-zà-ÿ]+", plain.replace("'s", ""))
    return tuple(dict.fromkeys(singular for word in found if (singular := _singular(word)) not in _FILLING))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return f"{word[:-3]}y"
    keeps = word.endswith(("ss", "us", "ales", "ness")) or len(word) < 4
    return word if keeps or not word.endswith("s") else word[:-1]


def _mended(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_mended_word(word) for word in words))


@cache
def _spelled(word: str) -> str:
    allowed = 1 if len(word) < 7 else 2
    close = [(distance(word, known), known) for known in _vocabulary() if abs(len(known) - len(word)) <= allowed]
    near = [entry for entry in close if entry[0] <= allowed and len(entry[1]) > 4]
    return min(near, key=lambda entry: (entry[0], -len(entry[1]), entry[1]))[1] if near else word


def _mended_word(word: str) -> str:
    return word if len(word) < 5 or word in _vocabulary() or word in _GRADES else _spelled(word)
