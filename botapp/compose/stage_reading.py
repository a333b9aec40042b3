"""Wishes about stages: add, remove, move, swap, switch on and off. None: the clause is about something else."""

import re

from botapp.compose.dates import NUMBER, number_of
from botapp.compose.references import STAGE_REF, STAGE_WORDS, Reading, refuse, resolve_stage, stage_kind
from botapp.compose.stage_names import no_such, unknown_stages
from botapp.screening.edits import Edit, EditOp

Edits = list[Edit]
_REMOVE = (
    r"(?:drop|remove|delete|lose|scrap|kill|cut|take (?:out|off|away)|get rid of|ditch|bin|skip"
    r"|no(?: more)?|we don'?t need)"
)
_A = r"(?:the |an? |our |that |your )?"


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_OFF = _rx(
    rf"^(?:switch|turn|toggle)\s+(?P<w>off|on)\s+{_A}(?P<ref>.+)$|^(?:switch|turn"
    rf"|toggle)\s+{_A}(?P<ref2>.+?)\s+(?:stage |step )?(?:back )?(?P<w2>off|on)(?: again)?$|^(?P<w3>disable"
    rf"|enable)\s+{_A}(?P<ref3>.+)$|^(?:bring|put) back {_A}(?P<ref4>.+)$"
)
_DROP = _rx(
    rf"^{_REMOVE}\s+{_A}(?P<ref>.+?)(?:\s+(?:altogether|completely|entirely|out))?$"
    r"|^(?P<ref2>.+?) (?:can|should|has to|needs to|must) (?:go|be (?:dropped|removed|deleted))$"
)
_ADD = _rx(
    r"^(?:add|include|insert|put in|have|throw in|use|i want|we want|need"
    r"|follow (?:it )?(?:up )?with)\s+(?:also |in )?(?:a |an |the |another |new "
    r"|short )*(?P<ref>.+?)(?P<where>\s+(?:at|to|in|as|after|before|between|first|last|right|up|then"
    r"|behind)\b.*)?$"
)
_MOVE = _rx(
    r"^(?:move|put|place|bring|shift|make|start with|do|have|send|run"
    rf"|ask)\s+{_A}(?P<ref>.+?)(?P<where>\s+(?:to|at|first|last|before|after|between|up front|in front"
    rf"|ahead|second|third|as|into|in)\b.*)$|^{_A}(?P<ref2>[\w ]+?)(?: (?:goes|should (?:be|come"
    r"|go)|comes?|to be|must be))?(?P<where2>\s+(?:first|last|to the (?:front|end|top|start)"
    r"|at the (?:end|start|front|beginning)|before .+|after .+))$|^(?P<start>start|begin|open|end"
    rf"|finish|close) with {_A}(?P<ref3>.+)$"
)
_SWAP = _rx(
    rf"^(?:swap|switch|exchange|flip)\s+{_A}(?P<a>.+?)\s+(?:and|with|for"
    rf"|&)\s+{_A}(?P<b>.+?)(?: stages?| around)?$"
)
_ORDER = {"second": 2, "third": 3, "fourth": 4}


def _stage_in(text: str) -> re.Match[str] | None:
    """The stage named by the whole of `text`, or None."""
    bare = re.sub(r"^(?:the|an?|our|your)\s+|\s+(?:altogether|please|too)$", "", text.strip(" .,"), flags=re.I)
    match = STAGE_REF.fullmatch(bare)
    return match if match and not re.search(r"question", bare, re.I) else None


def stages(clause: str, reading: Reading) -> Edits | None:
    """Edits of stages in one clause."""
    return (
        _alone(clause, reading)
        or _replaced(clause, reading)
        or _switch(clause, reading)
        or _swap(clause, reading)
        or _move(clause, reading)
        or _add(clause, reading)
        or _drop(clause, reading)
    )


def _alone(clause: str, reading: Reading) -> Edits | None:
    """`only the chat`: every other stage goes."""
    match = re.fullmatch(r"(?:only|just|keep only) (?:the |a )?(?P<a>.+)|(?:the )?(?P<b>.+?) only", clause, re.I)
    named = _stage_in(match["a"] or match["b"]) if match else None
    if not named:
        return None
    place = resolve_stage(named, reading)
    others = [n for n in range(1, len(reading.draft.stages) + 1) if n != place]
    return [Edit(op=EditOp.REMOVE_STAGE, target={"stage": n}) for n in others]


def _replaced(clause: str, reading: Reading) -> Edits | None:
    """`replace the form with a resume stage`: the one goes, the other takes its place."""
    match = re.fullmatch(r"(?:replace|swap|exchange|substitute) (?P<a>.+?) (?:with|by|for) (?P<b>.+)", clause, re.I)
    old, new = (_stage_in(match["a"]), _stage_in(match["b"])) if match else (None, None)
    kind = stage_kind(new) if new else None
    if not old or kind is None or kind in {stage.kind for stage in reading.draft.stages}:
        return None
    place = resolve_stage(old, reading)
    added = Edit(op=EditOp.ADD_STAGE, target={"position": place}, value={"kind": kind.value})
    return [Edit(op=EditOp.REMOVE_STAGE, target={"stage": place}), added]


def _switch(clause: str, reading: Reading) -> Edits | None:
    match = _OFF.match(clause)
    if not match:
        return None
    named = _stage_in(match["ref"] or match["ref2"] or match["ref3"] or match["ref4"])
    if not named:
        return None
    word = (match["w"] or match["w2"] or match["w3"] or "on").lower()
    return [
        Edit(
            op=EditOp.SET_STAGE_ENABLED, target={"stage": resolve_stage(named, reading)}, value=word in ("on", "enable")
        )
    ]


def _drop(clause: str, reading: Reading) -> Edits | None:
    match = _DROP.match(clause)
    named = _stage_in(match["ref"] or match["ref2"]) if match else None
    if not named and match and (both := re.fullmatch(r"(.+?)\s+and\s+(?:the )?(.+)", match["ref"] or "")):
        first, second = _stage_in(both[1]), _stage_in(both[2])
        if first and second:
            return [Edit(op=EditOp.REMOVE_STAGE, target={"stage": resolve_stage(m, reading)}) for m in (first, second)]
    return [Edit(op=EditOp.REMOVE_STAGE, target={"stage": resolve_stage(named, reading)})] if named else None


def _swap(clause: str, reading: Reading) -> Edits | None:
    match = _SWAP.match(clause)
    if not match:
        return None
    first, second = _stage_in(match["a"]), _stage_in(match["b"])
    if not (first and second):
        return None
    a, b = sorted((resolve_stage(first, reading), resolve_stage(second, reading)))
    low = [Edit(op=EditOp.MOVE_STAGE, target={"stage": b}, value={"to": a})]
    return low if b == a + 1 else [*low, Edit(op=EditOp.MOVE_STAGE, target={"stage": a}, value={"to": b})]


def _add(clause: str, reading: Reading) -> Edits | None:
    match = _ADD.match(clause)
    named = _stage_in(match["ref"]) if match else None
    if match and not named and (unknown := unknown_stages(f"add a {match['ref']}")):
        raise refuse(no_such(unknown[0]), "not_there")
    if not match or not named:
        return None
    kind = stage_kind(named)
    if kind is None:
        return None
    count = len(reading.draft.stages)
    position = _position(match["where"] or "", count + 1, reading, None)
    value: dict[str, str] = {"kind": kind.value}
    if kind.value == "chat" and re.search(r"sms|text", named[0], re.I):
        value["channel"] = "sms"
    return [Edit(op=EditOp.ADD_STAGE, target={"position": position}, value=value)]


def _move(clause: str, reading: Reading) -> Edits | None:
    match = _MOVE.match(clause)
    if not match:
        return None
    named = _stage_in(match["ref"] or match["ref2"] or match["ref3"])
    if not named:
        return None
    if (
        (kind := stage_kind(named))
        and kind not in {stage.kind for stage in reading.draft.stages}
        and (match["ref2"] or re.match(r"(?:put|have|start|end|finish)\b", clause, re.I))
    ):
        where = (
            match["where"]
            or match["where2"]
            or ("first" if (match["start"] or "").lower() in ("start", "begin", "open") else "last")
        )
        return [
            Edit(
                op=EditOp.ADD_STAGE,
                target={"position": _position(where, len(reading.draft.stages) + 1, reading, None)},
                value={"kind": kind.value},
            )
        ]
    place = resolve_stage(named, reading)
    count = len(reading.draft.stages)
    where = (
        match["where"]
        or match["where2"]
        or ("first" if match["start"].lower() in ("start", "begin", "open") else "last")
    )
    to = _position(where, count, reading, place)
    return [Edit(op=EditOp.MOVE_STAGE, target={"stage": place}, value={"to": to})]


def _position(where: str, last: int, reading: Reading, moving: int | None) -> int:
    """The place in the result that `where` names; the end when it names none."""
    where = re.sub(r"\bbetween (?:the )?(.+?) and .*$", r"after \1", where, flags=re.I)
    if beside := re.search(
        r"\b(?P<side>before|after|ahead of|in front of|behind)\s+(?:the )?(?P<other>.+)$", where, re.I
    ):
        words = "|".join(words for _, words in STAGE_WORDS)
        named = STAGE_REF.search(beside["other"]) if re.search(rf"{words}|stage|step", beside["other"], re.I) else None
        if named:
            other = resolve_stage(named, reading)
            if moving is not None and moving < other:
                other -= 1
            return other + (1 if beside["side"].lower() in ("after", "behind") else 0)
    if re.search(r"\b(?:at|to|in) the (?:very )?(?:end|back|bottom)\b|\blast\b", where, re.I):
        return last
    if re.search(r"\b(?:first|front|start(?! dates?)|beginning|top|up front)\b", where, re.I):
        return 1
    if number := re.search(
        rf"\b(?:position|place|number|spot|stage)\s+(?P<n>{NUMBER})\b|\b(?:to|at) (?P<m>\d)\b", where, re.I
    ):
        place = number_of(number["n"] or number["m"])
        if not 1 <= place <= last:
            raise refuse(f"There is no place {place}. The stages run from 1 to {last}.", "out_of_range")
        return place
    order = re.search(r"\b(second|third|fourth)\b", where, re.I)
    return _ORDER[order[1].lower()] if order else last
