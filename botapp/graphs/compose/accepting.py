"""Words about a rehearsal: asking for one, and accepting what it suggested. Read by rule, whatever the engine.

Guarantees: a suggestion is done to the question it was made for, wherever that stands by now, or not at all.
"""

import re
from collections.abc import Sequence

from botapp.compose.rehearsal import Suggestion
from botapp.graphs.context import ComposeContext
from botapp.llm import Plan, PlanIntent
from botapp.screening.edits import Edit

_ASKS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|please|now|let'?s|can you|could you|then|and|great|good)[\s,.!]+)*"
    r"(?:(?:rehearse|test|try|dry[- ]?run|simulate)(?: (?:it|this|that|out|the (?:draft|interviewer|interview)"
    r"|again|now|first|please|for me|with (?:some |five |5 )?(?:made-up |simulated |test )?candidates))*"
    r"|(?:run|do|start|make) (?:a|the|another|one more) (?:rehearsal|dry[- ]?run|test[- ]?run)(?: (?:again|now))*"
    r"|rehearsal|ens[aá]yalo|teste[- ]le|probe es(?: aus)?)\W*$",
    re.IGNORECASE,
)
_ACCEPTS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|please|yes|then)[\s,.!]+)*(?:accept|apply|take)\s+(?:the\s+)?(?:suggestions?\s+)?(?:no\.?\s*|#)?"
    r"(?P<which>all(?: of (?:them|it))?|everything|them all|both|first|second|third|\d+(?:\s*(?:,|and|&|\+|\s)\s*\d+)*)"
    r"(?:\s+(?:suggestions?|ones?|please))*\W*$",
    re.IGNORECASE,
)
_ORDINALS = {"first": 1, "second": 2, "third": 3}
_NONE = "There are no suggestions here. Say “rehearse it” to get some."


def about_rehearsal(text: str, context: ComposeContext) -> Plan | None:
    """The plan of a message that asks for a rehearsal or accepts suggestions; None for anything else."""
    if context.draft is None:
        return None
    if _ASKS.match(text):
        return Plan(intent=PlanIntent.REHEARSE)
    found = _ACCEPTS.match(text)
    return _accepted(found["which"].lower(), context) if found else None


def _accepted(which: str, context: ComposeContext) -> Plan:
    given = context.rehearsed.outline.get("suggestions", ()) if context.rehearsed else ()
    suggestions = [Suggestion.model_validate(each) for each in given]
    if not suggestions:
        return _answered(_NONE)
    wanted = _numbers(which) or [each.number for each in suggestions]
    if missing := [number for number in wanted if number not in {each.number for each in suggestions}]:
        has = f"They run from 1 to {len(suggestions)}." if len(suggestions) > 1 else "There is only number 1."
        return _answered(f"There is no suggestion {missing[0]}. {has}")
    edits: list[Edit] = []
    for each in suggestions:
        if each.number in wanted:
            aimed = _aimed(each, context)
            if aimed is None:
                gone = f"Suggestion {each.number} is about a question that is gone, so nothing was changed."
                return _answered(f"{gone} Say “rehearse it” for fresh ones.")
            edits += aimed
    return Plan(intent=PlanIntent.EDIT, edits=tuple(edits))


def _numbers(which: str) -> list[int]:
    """The numbers named; none means all."""
    return [_ORDINALS[which]] if which in _ORDINALS else [int(found) for found in re.findall(r"\d{1,3}", which)]


def _aimed(suggestion: Suggestion, context: ComposeContext) -> Sequence[Edit] | None:
    """Its edits with the numbers that the questions have now; None when one of them is gone."""
    assert context.draft is not None, "checked before"
    numbers = {question.id: number for _, number, question in context.draft.numbered()}
    aimed = []
    for edit, id in zip(suggestion.edits, suggestion.aims, strict=True):
        if id and id not in numbers:
            return None
        aimed.append(edit.model_copy(update={"target": {"question": numbers[id]}}) if id else edit)
    return aimed


def _answered(text: str) -> Plan:
    return Plan(intent=PlanIntent.ANSWER, reply=text)
