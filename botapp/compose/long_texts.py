"""A text too long to be read whole, shortened to what matters for a draft: requirements, pay, hours, place, duties.

Guarantees: every line of the result stands in the text as it was written, in the same order; what was left out is said
in `notes`. In a conversation the last word wins: an earlier figure or requirement that was taken back is left out, and
said so. A text of `READ_MAX` characters or less is not touched.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from botapp.compose.source import READ_MAX, fold, heading_section

MOST = 250_000  # characters that are looked at; nobody pastes more than a day of talk
KEPT = 30_000  # characters of a longer text that are read
_OPENING = 600  # characters at the start that say what it is about
_LINE = 500  # characters from which a line is taken apart at its sentences
_RARE = 12  # lines a word may stand in to tell what is being talked about
_SHORT = 60  # characters of an answer that means nothing without its question
_WORDLESS = 4
_SHOWN = 70


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_MONEY = _rx(
    r"[$£€]\s?\d[\d,]*(?:\.\d+)?\s?k?\b|\b\d[\d,.]*\s?(?:dollars|bucks|euros|quid|usd|gbp|eur)\b"
    r"|\b\d[\d,.]*k?\s?(?:/ ?|an? |per )(?:hour|hr|year)\b"
)
_WEIGHT = _rx(r"\b\d{1,3}\s?(?:lbs?|pounds|kgs?|kilos?|kilograms)\b")
_MATTERS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (
        3,
        _rx(
            r"\b(?:must|require[ds]?|requirements?|need(?:s|ed)? to|have to|has to|mandatory|essential|minimum|at least"
            r"|deal ?breakers?|licen[cs]e[ds]?|certif\w+|qualifi\w+|degree|diploma|experience[ds]?|able to|ability to"
            r"|authori[sz]ed|right to work|background check|clearance|drug test|years? old|lift\w*|fluent|bilingual)\b"
        ),
    ),
    (3, _rx(r"\b(?:pay|pays|paid|salary|wages?|hourly|rate|compensation|bonus|overtime)\b")),
    (3, _MONEY),
    (2, _WEIGHT),
    (
        2,
        _rx(
            r"\b(?:shifts?|nights?|days|mornings?|evenings?|weekends?|schedule|hours|rota|on[- ]call|full[-"
            r" ]time|part[- ]time"
            r"|start(?:s|ing)? (?:date|on|in|as soon)|\d{1,2}(?::\d\d)? ?[ap]\.?m\.?)\b"
        ),
    ),
    (
        2,
        _rx(
            r"\b(?:hiring|hire|role|position|job title|vacancy|recruit\w*|candidates?|applicants?|interview\w*"
            r"|screen)\b"
        ),
    ),
    (1, _rx(r"\b(?:locat\w+|based (?:in|at|out)|address|site|remote|hybrid|office|on[- ]site|commute)\b")),
    (2, _rx(r"\b\d{1,5} (?:[A-Z]\w+ ){1,3}(?:road|rd|street|st|avenue|ave|lane|drive|way|boulevard|blvd|parkway)\b")),
    (
        1,
        _rx(
            r"\b(?:responsib\w+|duties|tasks?|they(?:'ll| will) (?:be|do|have)|you(?:'ll| will)|day[- ]to[- ]day"
            r"|in charge)\b"
        ),
    ),
    (1, _rx(r"\b(?:benefits?|insurance|401|pension|vacation|holidays?|pto|training|uniform|parking)\b")),
    (1, _rx(r"\b(?:preferred|nice to have|a plus|ideally|prefer)\b")),
)
_TAKEN_BACK = _rx(
    r"\b(?:actually|scratch that|strike that|correction|i take (?:that|it) back|no,? wait|wait,? no|on second thoughts?"
    r"|forget (?:what|that|about)|scrap (?:that|the)|let'?s (?:change|make it|drop|say)|make (?:it|that)|changed"
    r" my mind"
    r"|instead|never ?mind|not (?:required|needed|necessary) any ?more|don'?t need (?:the|a|that|it) after all)\b"
)
_OF_OTHERS = _rx(
    r"\b(?:competitors?|used to|last (?:year|time)|they pay|market|previous(?:ly)?|elsewhere|across (?:town|the street)"
    r"|other (?:company|companies|place|places|site)|back then|years ago)\b"
)
_ON_TOP = _rx(
    r"\b(?:extra|more|on top|differential|premium|bonus|overtime|double|sign[- ]?on|referral|per diem|plus)\b"
)
_SMALL_TALK = _rx(
    r"\bhow (?:was|were|is|are) (?:the|your|you)\b|\b(?:hear|see) me\b|\bthe game\b|\bon mute\b|\bscreen shar\w+"
    r"|\b(?:have a|nice|great|good|lovely) (?:weekend|evening|day|morning|afternoon|one)\b"
)
_SPEAKER = _rx(
    r"^[\s>*-]*(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?\s*)?[A-Za-z][\w. ]{0,24}?(?:\s*\[?\(?\d{1,2}:\d\d(?::\d\d)?\)?\]?)?:\s+"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"“A-Z0-9$£€])")
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]{2,}")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Shortened:
    """`notes`: sentences for the recruiter; none when nothing was left out."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Part:
    """A line, or a sentence of a very long one."""

    text: str
    weight: float = 0.0
    replaced_by: str = ""  # what was said later


def shortened(text: str) -> Shortened:
    """The text, or the parts of it that matter."""
    if len(text) <= READ_MAX:
        return Shortened(text)
    parts = [_Part(piece) for line in text[:MOST].splitlines() for piece in _pieces(line)]
    _weigh(parts)
    _last_word_wins(parts)
    chosen = _chosen(parts)
    return Shortened("\n".join(parts[place].text for place in chosen), _notes(text, parts, chosen))


def _pieces(line: str) -> Iterable[str]:
    if len(line) <= _LINE:
        return [line] if line.strip() else []
    return (piece[at : at + 2 * _LINE] for piece in _SENTENCE.split(line) for at in range(0, len(piece), 2 * _LINE))


# ---- what matters ------------------------------------------------------------------------------------------


def _weigh(parts: list[_Part]) -> None:
    """By what a line speaks of; an answer by what was asked; what was said before in the same words counts once."""
    seen: set[str] = set()
    asked = 0.0
    for part in parts:
        if len(part.text) < _WORDLESS:
            continue
        said = fold(_SPEAKER.sub("", part.text))
        own = 0.0 if _SMALL_TALK.search(said) else sum(weight for weight, found in _MATTERS if found.search(said))
        heading = 2.0 if len(said) < 60 and heading_section(said.rstrip(":")) is not None else 0.0
        part.weight = max(own + heading, asked if not own else 0.0)
        asked = own if said.endswith("?") else 0.0
        if said.lower() in seen:
            part.weight = 0.0
        seen.add(said.lower())


def _chosen(parts: list[_Part]) -> list[int]:
    """Places of what is kept: the opening, then the weightiest lines that fit, each short answer with its question."""
    kept: set[int] = set()
    room = KEPT
    opening = 0
    for place, part in enumerate(parts):
        if (opening := opening + len(part.text) + 1) > _OPENING:
            break
        kept.add(place)
        room -= len(part.text) + 1
    order = sorted(range(len(parts)), key=lambda place: (-parts[place].weight, place))
    for place in order:
        wanted = {place, place - 1} if place and _needs_question(parts[place], parts[place - 1]) else {place}
        cost = sum(len(parts[each].text) + 1 for each in wanted - kept)
        if parts[place].weight <= 0 or cost > room:
            continue
        kept |= wanted
        room -= cost
    return sorted(place for place in kept if not parts[place].replaced_by)


def _needs_question(part: _Part, before: _Part) -> bool:
    return len(fold(part.text)) < _SHORT and before.text.rstrip().endswith("?")


# ---- the last word -----------------------------------------------------------------------------------------


def _last_word_wins(parts: list[_Part]) -> None:
    """Only where people speak: an advert states two rates because there are two."""
    if sum(bool(_SPEAKER.match(part.text)) for part in parts) * 3 < len(parts):
        return
    for part in parts:
        if _MONEY.search(part.text) and _OF_OTHERS.search(part.text):
            part.weight = 0.0
    _replace_figures(parts, _MONEY)
    _replace_figures(parts, _WEIGHT)
    _replace_requirements(parts)


def _replace_figures(parts: list[_Part], figure: re.Pattern[str]) -> None:
    """Of several figures for one thing the last that was stated, not asked, stands."""
    stated = [part for part in parts if figure.search(part.text) and not _is_aside(part.text)]
    last = next((part for part in reversed(stated) if not part.text.rstrip().endswith("?")), None)
    if last is None:
        return
    figures = _figures(last.text, figure)
    for part in stated:
        if part is not last and not _figures(part.text, figure) <= figures:
            part.replaced_by = last.text


def _is_aside(text: str) -> bool:
    return bool(_OF_OTHERS.search(text) or _ON_TOP.search(text))


def _figures(text: str, figure: re.Pattern[str]) -> set[str]:
    return {number.replace(",", "") for match in figure.finditer(text) for number in _NUMBER.findall(match[0])}


def _replace_requirements(parts: list[_Part]) -> None:
    """What somebody took back: earlier lines of weight that speak of the same rare things."""
    words = [set(map(str.lower, _WORD.findall(_SPEAKER.sub("", part.text)))) for part in parts]
    lines = Counter(word for each in words for word in each)
    for place, part in enumerate(parts):
        if part.weight <= 0 or not _TAKEN_BACK.search(part.text):
            continue
        subject = {word for word in words[place] if 1 < lines[word] <= _RARE and not _is_common(word)}
        for earlier in range(place):
            before = parts[earlier]
            if (
                before.weight >= 3
                and not before.replaced_by
                and subject & words[earlier]
                and not _is_aside(before.text)
            ):
                before.replaced_by = part.text


_COMMON_WORDS = (
    "about actually after again all also and any are back because been before but can cannot could did does"
    " don't for from get"
    " give going good got had has have her here him his how i'd i'll i'm instead into is it it's its just know"
    " let let's like"
    " made make many maybe more most much must need needed needs never nice not now off okay one only or other"
    " our out over"
    " people person plus really require required requires right said same say says scrap scratch see she should"
    " so some somebody"
    " someone something still sure take taken than that that's the their them then there they they're thing"
    " things think this"
    " those though time too two until use very want wants was way we we'll we're well went were what when where"
    " which who why"
    " will with work working would yeah yes yet you you're your able least experience year years hour hours day"
    " days shift"
)
_COMMON = frozenset(_COMMON_WORDS.split())


def _is_common(word: str) -> bool:
    return word in _COMMON


# ---- what is said about it ---------------------------------------------------------------------------------


def _notes(text: str, parts: list[_Part], chosen: list[int]) -> tuple[str, ...]:
    left = len(parts) - len(chosen)
    notes = [
        f"I left out {left:,} of the {len(parts):,} lines: the text has {len(text):,} characters, and I kept what is "
        "said about the job, its requirements, pay, hours and place."
    ]
    if len(text) > MOST:
        notes.append(f"I left out all that comes after the first {MOST:,} characters.")
    replaced = [part for part in parts if part.replaced_by]
    notes += [f"I left out “{_short(part.text)}”: later it is “{_short(part.replaced_by)}”." for part in replaced[:3]]
    if len(replaced) > 3:
        notes.append(f"I left out {len(replaced) - 3} more lines that were taken back later.")
    return tuple(notes)


def _short(text: str) -> str:
    said = fold(_SPEAKER.sub("", text))
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN].rsplit(' ', 1)[0]}..."
