"""Wishes about the options of a choice: new ones, one more, one less. None: the clause is about something else."""

import re

from botapp.compose.references import Reading, refuse, resolve
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import QuestionKind

_REF = r"(?P<ref>(?:q|question |#)?\d+|the .+?(?: question| one)?|it)"
_TO = re.compile(
    r"^(?:change|set|make|update|replace) (?:the )?(?:(?P<r>(?:q|question |#)\d+|the .+?"
    r"|.+? question)(?:'s)? (?:options|choices|answers)"
    rf"|(?:options|choices|answers) (?:of|on|for|in) {_REF})\s*(?:to be|to|:|=|be|with|as)\s*(?P<list>.+)$",
    re.I,
)
_MORE = re.compile(
    r"^(?:add|include|put) (?:an? |the |another )?(?:(?:option|choice"
    r"|answer) )?(?P<o>[\"“]?[^\"”]+?[\"”]?)(?: as (?:an? |another )?(?:option|choice|answer))?"
    rf" (?:to|on|in) (?:the )?(?:(?:options|choices|answers) (?:of|on|for|in) )?{_REF}$",
    re.I,
)
_LESS = re.compile(
    r"^(?:remove|drop|delete|take out|take) (?:the )?(?:option |choice "
    r"|answer )?(?P<o>[\"“]?[^\"”]+?[\"”]?)(?: option| choice)?"
    rf" (?:from|off|out of) (?:the )?(?:(?:options|choices|answers) (?:of|on|for|in) )?{_REF}$",
    re.I,
)


def options(clause: str, reading: Reading) -> list[Edit] | None:
    """An edit of the options; never of a question that is no choice."""
    if match := _TO.match(clause):
        number = _choice(match["r"] or match["ref"], reading)
        parts = re.split(r"\s*(?:,|/|;|\bor\b|\band\b)\s*", match["list"])
        return _set(number, [part.strip(' ."“”') for part in parts], reading)
    if (match := _MORE.match(clause)) and re.search(r"\b(?:option|choice|answer)s?\b", clause, re.I):
        number = _choice(match["ref"], reading)
        return _set(number, [*reading.questions[number].options, match["o"].strip(' ."“”')], reading)
    if match := _LESS.match(clause):
        return _without(match["o"].strip(' ."“”'), match["ref"], reading)
    return None


def _without(said: str, ref: str, reading: Reading) -> list[Edit] | None:
    numbers = [n for n in resolve(ref, reading) if reading.questions[n].kind is QuestionKind.CHOICE]
    if len(numbers) != 1:
        return None
    had = reading.questions[numbers[0]].options
    left = [option for option in had if option.lower() != said.lower()]
    if len(left) == len(had):
        raise refuse(f"Question {numbers[0]} has no option {said}. It has: {', '.join(had)}.", "not_there")
    return _set(numbers[0], left, reading)


def _choice(ref: str, reading: Reading) -> int:
    number = resolve(ref, reading)[0]
    if reading.questions[number].kind is not QuestionKind.CHOICE:
        raise refuse(f"Question {number} is not a choice, so it has no options. I can make it one.", "not_there")
    return number


def _set(number: int, wanted: list[str], reading: Reading) -> list[Edit]:
    reading.focus = number
    made = list(dict.fromkeys(option for option in wanted if option))
    if len(made) < 2:
        raise refuse("A choice needs at least two options.", "out_of_range")
    return [Edit(op=EditOp.SET_OPTIONS, target=reading.target(number), value=made)]
