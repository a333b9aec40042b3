"""All needs of a text, once each, dealbreakers first. What may not be asked is dropped here."""

import re
from collections.abc import Iterator
from dataclasses import replace

from botapp.compose.conditions import CONDITIONS, right_to_work
from botapp.compose.lawful import protected_topic
from botapp.compose.needs import READERS, Need, is_must, is_soft, softened
from botapp.compose.source import Line, Section, Source

_DO_NOT_ASK = re.compile(r"\b(?:do not|don'?t|never|please no|can'?t|cannot|told not to|not ours to) (?:ask|go there)\b|\bno \w+ question\b|\bforget the\b|\bdon'?t care\b", re.I)
_SUPPORT = re.compile(r"\b(learning and physical|learning|physical|developmental|intellectual) disabilit(?:y|ies)\b", re.I)


def read_needs(source: Source) -> tuple[Need, ...]:
    """Needs of the role, without repeats; `hard` ones turn away those who don't meet them."""
    found: list[Need] = []
    for line in _worth_reading(source):
        for need in _needs_of(line, source.clean):
            if not _known(need, found):
                found.append(need)
    return tuple(sorted((_softened_if_told(need, source) for need in found), key=lambda need: need.rank))


def _worth_reading(source: Source) -> Iterator[Line]:
    for line in source.lines:
        if line.section is Section.IGNORE or _DO_NOT_ASK.search(line.text):
            continue
        if line.section is Section.NOTES and not re.search(r"\bdisqualified\b|\bmust (?:have|be|hold|possess)\b.{0,60}\b(?:license|years)", line.text, re.I):
            continue
        yield line


def _needs_of(line: Line, whole: str) -> Iterator[Need]:
    for reader in (*CONDITIONS, *READERS):
        for need in reader(line):
            yield from _lawful(need, line)
    for need in right_to_work(line, whole):
        yield from _lawful(need, line)


def _lawful(need: Need, line: Line) -> Iterator[Need]:
    need = replace(need, text=_SUPPORT.sub(r"\1 support needs", need.text))
    if protected_topic(need.text):
        return
    soft = is_soft(line) and need.about not in ("work_authorization", "age")
    if line.section is Section.PREFERRED or soft:
        yield softened(need)
    elif not need.hard:
        yield softened(need)
    elif is_must(line) or need.about in _FACTS_OF_THE_JOB or line.section is Section.NONE and line.bullet:
        yield need
    elif line.section in (Section.NONE, Section.SCHEDULE, Section.DUTIES):
        yield need if need.about in ("licence", "certification", "experience_years") else softened(need)


_FACTS_OF_THE_JOB = frozenset({"age", "work_authorization", "checks", "background_check", "shift", "office", "residence", "driving_record", "revocation", "physical", "travel", "equipment", "language", "transport"})


def _known(need: Need, found: list[Need]) -> bool:
    """Asked already: the same words, or the same single condition."""
    for other in found:
        if other.text == need.text:
            return True
        if other.about == need.about and need.about in ("age", "work_authorization", "driving_record", "degree", "office", "transport", "travel"):
            return True
        if other.about == need.about and other.topic == need.topic and need.about in ("physical", "shift", "checks"):
            return True
        if {other.about, need.about} == {"licence", "certification"} and other.line == need.line:
            return True
        if other.about == need.about and other.line == need.line and need.about in ("licence", "certification"):
            return True
    return False


def _softened_if_told(need: Need, source: Source) -> Need:
    """An employer who takes people without it, or trains them, does not turn them away for it."""
    if need.hard and need.about in ("experience", "experience_years") and re.search(r"\bas well as inexperienced\b|\bno experience (?:is )?(?:necessary|needed|required)\b", source.clean, re.I):
        return softened(need)
    if need.hard and need.about == "certification" and re.search(r"\bwe(?: will|'ll) (?:certify|train) you\b", source.clean, re.I) and re.search(r"serv?safe|safeserve|food", need.text, re.I):
        return softened(need)
    return need
