"""All needs of a text, once each, dealbreakers first. What may not be asked is dropped here."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from botapp.compose.conditions import CONDITIONS, right_to_work
from botapp.compose.dates import number_of
from botapp.compose.lawful import protected_topic
from botapp.compose.needs import (
    CERTIFICATE,
    LICENCE,
    YEARS,
    Need,
    credentials,
    degrees,
    is_must,
    is_soft,
    softened,
    years,
)
from botapp.compose.prior_experience import prior_experience
from botapp.compose.source import Line, Section, Source
from botapp.screening.interviewer import Knockout, QuestionKind

_DO_NOT_ASK = re.compile(
    r"\b(?:do not|don'?t|never|please no|can'?t|cannot|told not to|not ours to) (?:ask|go there)\b"
    r"|\bno \w+ question\b|\bforget the\b|\bdon'?t care\b",
    re.I,
)
_SUPPORT = re.compile(
    r"\b(learning and physical|learning|physical|developmental|intellectual) disabilit(?:y|ies)\b", re.I
)


_READERS: tuple[Callable[[Line], Iterator[Need]], ...] = (
    years,
    degrees,
    lambda line: credentials(line, LICENCE),
    lambda line: credentials(line, CERTIFICATE),
    prior_experience,
)


def read_needs(source: Source) -> tuple[Need, ...]:
    """Needs of the role, without repeats; `hard` ones turn away those who don't meet them."""
    found: list[Need] = []
    for line in _worth_reading(source):
        for need in _needs_of(line, source.clean):
            same = next((place for place, other in enumerate(found) if _same(need, other)), None)
            if same is None:
                found.append(need)
            elif _says_more(need, found[same]):
                found[same] = need
    found = [_with_alternative(_as_corrected(need, source), source) for need in found]
    return tuple(
        sorted(
            (_softened_if_told(need, source) for need in found if not _WAIVED.match(need.line.text)),
            key=lambda need: need.rank,
        )
    )


def _worth_reading(source: Source) -> Iterator[Line]:
    before = ""
    for line in source.lines:
        alternative = before.lower().strip(" .,;:") == "or" or re.search(r"\bmay be substituted\b", line.text, re.I)
        before = line.text
        if alternative:
            continue  # an alternative to the condition before it, never one more
        if line.section is Section.IGNORE or _DO_NOT_ASK.search(line.text):
            continue
        if line.section is Section.NOTES and not re.search(
            r"\bdisqualified\b|\bmust (?:have|be|hold|possess)\b.{0,60}\b(?:license|years)", line.text, re.I
        ):
            continue
        yield line


def _needs_of(line: Line, whole: str) -> Iterator[Need]:
    for reader in (*CONDITIONS, *_READERS):
        for need in reader(line):
            yield from _lawful(need, line)
    for need in right_to_work(line, whole):
        yield from _lawful(need, line)


def _lawful(need: Need, line: Line) -> Iterator[Need]:
    need = replace(need, text=_SUPPORT.sub(r"\1 support needs", need.text))
    if protected_topic(need.text):
        return
    soft = is_soft(line) and need.about not in ("work_authorization", "age")
    if line.section is Section.PREFERRED or soft or not need.hard:
        yield softened(need)
    elif is_must(line) or need.about in _FACTS_OF_THE_JOB or (line.section is Section.NONE and line.bullet):
        yield need
    elif line.section in (Section.NONE, Section.SCHEDULE, Section.DUTIES):
        yield need if need.about in ("licence", "certification", "experience_years") else softened(need)


_FACTS_OF_THE_JOB = frozenset(
    {
        "age",
        "commitment",
        "start",
        "work_authorization",
        "checks",
        "background_check",
        "shift",
        "office",
        "residence",
        "driving_record",
        "revocation",
        "physical",
        "travel",
        "equipment",
        "language",
        "transport",
    }
)


_ONE_EACH = frozenset({"age", "work_authorization", "driving_record", "degree", "office", "transport", "travel"})


def _same(need: Need, other: Need) -> bool:
    """The same condition, said twice."""
    if other.text == need.text:
        return True
    if other.about == need.about and need.about in _ONE_EACH:
        return True
    if other.about == need.about == "shift":
        return bool(_patterns(need) <= _patterns(other) or _patterns(other) <= _patterns(need))
    if other.about == need.about and other.topic == need.topic and need.about in ("physical", "checks"):
        return True
    if {other.about, need.about} <= {"licence", "certification"} and other.line == need.line:
        mine, theirs = set(need.text.lower().split()), set(other.text.lower().split())
        return len(mine & theirs) > 0.6 * min(len(mine), len(theirs))
    return False


def _patterns(need: Need) -> frozenset[str]:
    bare = re.sub(r"\(.*?\)", "", need.text.removeprefix("Can you work ").rstrip("?"))
    return frozenset(part.strip() for part in re.split(r",| and ", bare) if part.strip())


def _says_more(need: Need, other: Need) -> bool:
    """The later line states the condition better: a must, a figure, more of the pattern."""
    if need.about == "shift":
        mine, theirs = _patterns(need), _patterns(other)
        return theirs < mine or (theirs == mine and len(need.text) > len(other.text))
    if need.about != "physical":
        return False
    figures, fewer = len(re.findall(r"\d", need.text)), len(re.findall(r"\d", other.text))
    must, was_must = (bool(re.match(r"must\b", n.line.text, re.I)) for n in (need, other))
    return figures > fewer or (figures == fewer and must and not was_must)


_CORRECTED = re.compile(
    r"^\W*(?:sorry|no|actually|wait|scratch that|correction|i mean|make (?:it|that)|rather|on second thought)\b", re.I
)
_SOON = 6  # lines


def _as_corrected(need: Need, source: Source) -> Need:
    """What is said last counts: "five years" and, a little later, "sorry, three years"."""
    if need.about != "experience_years" or need.rule is None:
        return need
    place = source.lines.index(need.line)
    for line in source.lines[place + 1 : place + 1 + _SOON]:
        years = YEARS.search(line.text)
        if years and _CORRECTED.match(line.text) and years["unit"].lower().startswith("y"):
            value = number_of(years["low"]) if "." not in years["low"] else float(years["low"])
            return replace(need, rule=Knockout(op="gte", value=value), quote=line.quote)
    return need


_OR_A_PAPER = re.compile(
    r"\bexperience\b[^.;]{0,60}?,? or (?P<other>(?:(?:an? |any )?(?:[\w-]+ ){0,4}(?:apprenticeship|degree|diploma"
    r"|certificate|certification|qualification|licen[cs]e|training)|(?:an )?equivalent)\b[^.;]{0,80})",
    re.I,
)
_INSTEAD = "something the posting accepts instead"


def _with_alternative(need: Need, source: Source) -> Need:
    """Where the text takes something else instead, a number alone would turn away those who have that."""
    if need.about != "experience_years" or not need.hard:
        return need
    texts = [line.text.lower().strip(" .,;:") for line in source.lines]
    place = source.lines.index(need.line)
    inline = _OR_A_PAPER.search(need.line.text)
    if "or" not in texts[place + 1 : place + 2] and not inline:
        return need
    years = float(need.rule.value) if need.rule and isinstance(need.rule.value, int | float) else 0.0
    span = f"{round(years * 12)} months" if years < 1 else f"{years:g} year" + ("" if years == 1 else "s")
    bare = re.sub(r"^How many years (?:of )?|\bdo you have\b|\?$", "", need.text).strip()
    other = inline["other"].strip(" ,") if inline else _INSTEAD
    if worked := re.match(r"have you (worked .+)", bare):
        text = f"Have you {worked[1].replace('worked', f'worked for at least {span}', 1)}, or do you have {other}?"
    else:
        text = f"Do you have at least {span} of {re.sub(r' +', ' ', bare)}, or {other}?"
    return replace(need, text=text, kind=QuestionKind.YES_NO, rule=Knockout(op="eq", value=True), unit="")


_WAIVED = re.compile(
    r"\W*no (?:previous |prior |relevant |work )*experience\b.{0,20}\b(?:needed|required|necessary)\W*$", re.I
)


def _softened_if_told(need: Need, source: Source) -> Need:
    """An employer who takes people without it, or trains them, does not turn them away for it."""
    if (
        need.hard
        and need.about in ("experience", "experience_years")
        and re.search(
            r"\bas well as inexperienced\b|\bno experience (?:is )?(?:necessary|needed|required)\b", source.clean, re.I
        )
    ):
        return softened(need)
    if (
        need.hard
        and need.about == "certification"
        and re.search(r"\bwe(?: will|'ll) (?:certify|train) you\b", source.clean, re.I)
        and re.search(r"serv?safe|safeserve|food", need.text, re.I)
    ):
        return softened(need)
    return need
