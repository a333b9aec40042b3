"""What an answer shows, as observable facts: things done, numbers, names, an event, a cause, a result, wrong conduct.

Counts what is there. Never looks at length, spelling, grammar, fluency or who is speaking.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from botapp.scoring import vocabulary as v
from botapp.scoring.clauses import Clause, tokens


@dataclass(frozen=True, slots=True)
class Signals:
    """Of one clause, or of a whole answer (sums and unions)."""

    actions: int = 0
    numbers: int = 0
    names: int = 0
    times: int = 0
    claims: int = 0
    vague: int = 0
    events: int = 0
    causes: int = 0
    results: int = 0
    owning: int = 0
    wrong: int = 0
    past: int = 0
    conduct: frozenset[str] = frozenset()  # verbs that may be wrong conduct, told and not denied
    concepts: frozenset[str] = frozenset()

    @property
    def specifics(self) -> int:
        return self.numbers + self.names + self.times


def _forms(verb: str) -> Iterable[str]:
    """Base, third person, past and -ing forms of a regular verb."""
    yield from (verb, f"{verb}s", f"{verb}es", f"{verb}ed", f"{verb}ing")
    if verb.endswith("e"):
        yield from (f"{verb}d", f"{verb[:-1]}ing")
    if verb.endswith("y"):
        yield from (f"{verb[:-1]}ied", f"{verb[:-1]}ies")
    if len(verb) > 2 and verb[-1] in "bdglmnprt" and verb[-2] in "aeiou" and verb[-3] not in "aeiou":
        yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")


_LIGHT = {form: verb for verb in v.LIGHT_VERBS for form in _forms(verb)} | {
    past: verb for past, verb in v.IRREGULAR_PAST.items() if verb in v.LIGHT_VERBS
}
_ACTION = {form: verb for verb in v.ACTION_VERBS for form in _forms(verb)} | {
    past: verb for past, verb in v.IRREGULAR_PAST.items() if verb in v.ACTION_VERBS
}
_CLAIM = frozenset(form for verb in v.CLAIM_VERBS for form in _forms(verb))
_CONCEPT_OF: dict[str, frozenset[str]] = {}


def stem(word: str) -> str:
    """A word without its commonest endings, alike for all its forms more often than not."""
    base = _ACTION.get(word) or v.IRREGULAR_PAST.get(word)
    if base:
        return base
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            cut = word[: -len(ending)]
            return cut + "y" if ending in ("ies", "ied") else cut
    return word


for _name, _members in v.CONCEPTS.items():
    for _member in _members:
        for _key in {_member, stem(_member)}:
            _CONCEPT_OF[_key] = _CONCEPT_OF.get(_key, frozenset()) | {_name.upper()}


@lru_cache(maxsize=20_000)
def concepts_of(word: str) -> frozenset[str]:
    """A word's concepts (in capitals), or its own stem when it has none; nothing for empty words."""
    found = _CONCEPT_OF.get(word) or _CONCEPT_OF.get(stem(word))
    if found:
        return found
    if word in v.STOPWORDS or len(word) < 3 or word[0].isdigit():
        return frozenset()
    return frozenset({stem(word)})


def is_verb(word: str) -> bool:
    """Whether a word is a form of a verb that is known here."""
    return word in _ACTION or word in v.IRREGULAR_PAST


def is_known(word: str) -> bool:
    """Whether a word means something to these rules, or is foreign (which is decided elsewhere)."""
    lists = (v.STOPWORDS, v.ENGLISH_WORDS, v.FOREIGN_WORDS, v.TIME_WORDS, v.NUMBER_WORDS)
    known = len(word) > 1 and any(word in each for each in lists)
    return known or is_verb(word) or word in _CLAIM or bool(_CONCEPT_OF.get(word)) or not word.isascii()


def concepts(text: str) -> frozenset[str]:
    """All concepts and stems of a text."""
    return frozenset().union(*(concepts_of(word) for word in tokens(text)))


Phrases = dict[str, tuple[tuple[str, ...], ...]]
_ENDINGS = ("", "s", "d", "ed", "ing", "ly", "e", "es", "ies", "ation", "al")


def _phrases(phrases: Iterable[str]) -> Phrases:
    """Phrases by their first word, each as the words that follow."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        first, *rest = tokens(phrase)
        for form in {f"{first}{ending}" for ending in _ENDINGS} if not rest else {first}:
            found.setdefault(form, []).append(tuple(rest))
    return {first: tuple(rests) for first, rests in found.items()}


def _places(phrases: Phrases, said: Sequence[str]) -> list[int]:
    """Where phrases stand in a clause. The last word of a longer one may have an ending."""
    return [
        at
        for at, word in enumerate(said)
        if word in phrases and any(_follows(rest, said, at + 1) for rest in phrases[word])
    ]


def _follows(rest: tuple[str, ...], said: Sequence[str], at: int) -> bool:
    if not rest:
        return True
    end = at + len(rest) - 1
    return end < len(said) and tuple(said[at:end]) == rest[:-1] and said[end].startswith(rest[-1])


_BUZZ = _phrases(v.BUZZ)
_VAGUE = _phrases(v.VAGUE)
_WRONG = _phrases(v.WRONG)
_OWNING = _phrases(v.OWNING_UP)
_CAUSE = _phrases(v.CAUSES)
_RESULT = _phrases(v.RESULTS)
_EVENT = _phrases(v.EVENT_MARKS)
_CHANGE = re.compile(r"\bfrom \S+ (?:\S+ )?to \S+|\d+ ?/ ?\d+ to \d|\b\d+ of \d+\b|%")
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)(?<![\w'])[A-Z][A-Za-z0-9&]+(?:[A-Z]\w*)*|\b[A-Z][a-z]+\d+\b|\b[a-z]+\d+\b")
_SUBJECTS = v.FIRST_PERSON | v.words("he she they it you")


def of_clause(clause: Clause) -> Signals:
    """What one clause shows."""
    said = clause.words
    numbers = sum(word[0].isdigit() or word[0] in "$€£#" or word in v.NUMBER_WORDS for word in said)
    claims = len(_places(_BUZZ, said)) + sum(word in _CLAIM for word in said)
    vague = len(_places(_VAGUE, said))
    hollow = (claims > 0 and not numbers) or vague > 0 or clause.asks
    return Signals(
        actions=0 if hollow else _action(clause),
        numbers=numbers,
        names=_names(clause.text),
        times=sum(word in v.TIME_WORDS for word in said),
        claims=claims,
        vague=vague,
        events=len(_places(_EVENT, said)),
        causes=0 if hollow else len(_places(_CAUSE, said)),
        results=0 if hollow else len(_places(_RESULT, said)) + len(_CHANGE.findall(clause.text)),
        owning=len(_places(_OWNING, said)),
        wrong=_wrong(said),
        past=int(any(word in v.IRREGULAR_PAST or word.endswith("ed") for word in said)),
        conduct=_conduct(said),
        concepts=frozenset() if hollow else frozenset().union(*(concepts_of(word) for word in said)),
    )


def _names(text: str) -> int:
    """Capitalised words inside a sentence, and codes such as Five9. None in a text all in capitals."""
    return len(set(_NAME.findall(text)) - {"I"}) if text.upper() != text else 0


def _wrong(said: Sequence[str]) -> int:
    """1 when wrong conduct is told and not denied just before."""
    places = _places(_WRONG, said)
    return int(any(not v.DENIALS & set(said[max(0, at - 3) : at]) for at in places))


def _conduct(said: Sequence[str]) -> frozenset[str]:
    """Verbs such as "ignore" or "argue" that are told of oneself and not denied."""
    verbs = ((at, stem(word)) for at, word in enumerate(said))
    return frozenset(
        verb
        for at, verb in verbs
        if verb in v.BAD_VERBS
        and not v.DENIALS & set(said[max(0, at - 3) : at])
        and _by_oneself(said[:at])
        and "myself" not in said[at + 1 : at + 2]
    )


def _by_oneself(before: Sequence[str]) -> bool:
    return not before or before[-1] in v.LEADS | v.FIRST_PERSON | {"just", "would"}


def _action(clause: Clause) -> int:
    """1 when somebody is said to do something: by "I" or "we", with the subject dropped, or to another person."""
    content = [word for word in clause.words if word not in v.LEADS]
    if not content:
        return 0
    if content[0] in _ACTION or content[0] in v.IRREGULAR_PAST or (content[0] in _LIGHT and len(content) > 2):
        return 1
    subject = next((i for i, word in enumerate(content[:6]) if word in _SUBJECTS), None)
    rest = content[subject + 1 :] if subject is not None else content[1:4]
    acted = any(word in _ACTION for word in rest[:5])
    light = subject is not None and any(word in _LIGHT for word in rest[:3]) and len(rest) > 2
    return int(acted or light)


def of_answer(per_clause: Sequence[Signals]) -> Signals:
    """The sum of what the clauses show."""
    return Signals(
        actions=sum(s.actions for s in per_clause),
        numbers=sum(s.numbers for s in per_clause),
        names=sum(s.names for s in per_clause),
        times=sum(s.times for s in per_clause),
        claims=sum(s.claims for s in per_clause),
        vague=sum(s.vague for s in per_clause),
        events=sum(s.events for s in per_clause),
        causes=sum(s.causes for s in per_clause),
        results=sum(s.results for s in per_clause),
        owning=sum(s.owning for s in per_clause),
        wrong=sum(s.wrong for s in per_clause),
        past=sum(s.past for s in per_clause),
        conduct=frozenset().union(*(s.conduct for s in per_clause)),
        concepts=frozenset().union(*(s.concepts for s in per_clause)),
    )
