"""Wishes about questions, one clause at a time, as edits. Returns None when a clause is about something else."""

import re
from collections.abc import Callable

from botapp.compose.dates import NUMBER, number_of
from botapp.compose.references import STAGE_REF, Reading, ask_which, refuse, resolve, resolve_stage
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import WEIGHT_MAX, WEIGHT_NORMAL

Edits = list[Edit]
_REMOVE = (
    r"(?:drop|remove|delete|lose|scrap|kill|cut|take (?:out|off|away)|get rid of|ditch|bin|skip|erase|strike|omit"
    r"|lose|take)"
)


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def focus_on(reading: Reading, numbers: list[int]) -> list[int]:
    """Remembers what was talked about last, for "it"."""
    reading.focus = numbers[-1]
    return numbers


# ---- leave alone, remove, move, swap -----------------------------------------------------------------------

_LEAVE = _rx(
    r"^(?:don'?t|do not|never|please don'?t) (?:touch|change|move|remove|drop|delete|edit"
    r"|alter)\s+(?P<ref>.+)$|^leave (?P<ref2>.+?)(?: alone| as (?:it|they) (?:is|are)"
    r"| unchanged)?$|^keep (?P<ref3>.+?)(?: as (?:it|they) (?:is|are)| unchanged| where it is)?$"
)
_DROP = _rx(
    rf"^{_REMOVE}\s+(?P<ref>.+?)(?:\s+(?:out|off|altogether|completely|entirely))?$"
    r"|^(?P<ref2>.+?) (?:can|should|has to|needs to|must) (?:go|be (?:dropped|removed|deleted"
    r"|cut))$|^we don'?t need (?P<ref3>.+?)(?: any ?more)?$|^no need (?:for"
    r"|to ask about) (?P<ref4>.+)$|^(?:don'?t|do not|stop) ask(?:ing)?(?: about"
    r"| for)? (?P<ref5>.+?)(?: any ?more)?$"
)
_KEEP_ONLY = _rx(r"^(?:keep only|only keep|just keep) (?P<ref>(?:questions? |qs? )?[\d, toand-]+)$")
_SWAP = _rx(
    r"^(?:swap|switch|exchange|flip|trade)\s+(?:the )?(?:places? of |order of "
    r"|questions? )?(?P<a>.+?)\s+(?:and|with|for|&)\s+(?P<b>.+?)(?: around| over| places)?$"
)
_WHERE = (
    r"(?:(?:to |in |at |as |into |up to |down to )(?:the )?(?:very )?(?=front|top|start|begin|end"
    r"|bottom|first|last|back)|(?=first\b|last\b))(?P<where>front|top|start|beginning"
    r"|first(?: place| position)?|end|bottom|last(?: place| position)?|back)"
)
_MOVE_ENDS = _rx(
    r"^(?:move|put|place|bring|make|pull|push|shift|send"
    rf"|ask)\s+(?P<ref>.+?)\s+{_WHERE}(?: of (?:the )?(?P<stage>\w+)(?: stage)?)?$"
    r"|^(?P<ref2>last (?:one|question)|question \w+|q ?\d+|\d+|the .+?|.+? question)\s+(?:goes "
    r"|should (?:be|go|come) |to (?:be )?|comes? )?(?P<where2>first|last|to the (?:top|front|end"
    r"|bottom)|up front)$"
)
_MOVE_TO = _rx(
    r"^(?:move|put|place|bring|shift|make)\s+(?P<ref>.+?)\s+(?:up |down )?(?:to|in|at|as"
    rf"|into)\s+(?:the )?(?:position|place|spot|number|slot|no\.?|#)?\s*(?P<to>{NUMBER}|second"
    r"|third|fourth|fifth|sixth)(?: (?:place|position|spot))?$"
)
_MOVE_BESIDE = _rx(
    r"^(?:move|put|place|bring|shift|ask)\s+(?P<ref>.+?)\s+(?:right |just "
    r"|directly )?(?P<side>before|after|above|below|ahead of|behind|in front of)\s+(?P<other>.+)$"
)
_MOVE_STAGE = _rx(
    r"^(?:move|put|place|shift|ask)\s+(?P<ref>.+?)\s+(?:to|in|into|on)\s+(?:the )?(?P<stage>form"
    r"|voice(?: call)?|call|chat|text|sms|scenario)(?: (?:stage|part))?(?: instead)?$"
)
_ORDER = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}


def leave(clause: str, reading: Reading) -> Edits | None:
    match = _LEAVE.match(clause)
    if not match:
        return None
    ref = match["ref"] or match["ref2"] or match["ref3"]
    if _KEEP_ONLY.match(clause):
        return None
    if re.search(r"\b(?:knock|follow|retake|bar)\w*", ref, re.I) and re.match("keep", clause, re.I):
        return None
    if not STAGE_REF.fullmatch(ref.strip()):
        reading.left_alone |= set(resolve(ref, reading))
    return []


def remove(clause: str, reading: Reading) -> Edits | None:
    if only := _KEEP_ONLY.match(clause):
        kept = {n for part in parts_of(only["ref"]) for n in resolve(part, reading)}
        return [Edit(op=EditOp.REMOVE_QUESTION, target=reading.target(n)) for n in reading.questions if n not in kept]
    match = _DROP.match(clause)
    if not match:
        return None
    ref = next(value for value in match.groups() if value)
    numbers: list[int] = []
    for part in parts_of(ref):
        numbers += resolve(part, reading)
    numbers = list(dict.fromkeys(numbers))
    reading.focus = None
    return [Edit(op=EditOp.REMOVE_QUESTION, target=reading.target(n)) for n in numbers]


def parts_of(ref: str) -> list[str]:
    """`the licence and the nights question` as two; `2 and 3` stays one."""
    if re.match(rf"^\W*(?:the )?(?:questions?|qs?|numbers?|#)?\s*{NUMBER}\b", ref, re.I) or re.search(
        r"\b(?:all|every|but|except)\b", ref, re.I
    ):
        return [ref]
    parts = re.split(r"\s+and\s+(?=the\b|q|\d|question)|,\s+(?:and )?(?=the\b|q\d|\d)", ref, flags=re.I)
    return [part for part in parts if part.strip()]


def swap(clause: str, reading: Reading) -> Edits | None:
    if span := re.fullmatch(
        r"(?:swap|switch|flip) (?:the )?((?:first|last) two)(?: questions)?(?: around)?", clause, re.I
    ):
        pair = resolve(span[1], reading)
        return [
            Edit(op=EditOp.SWAP_QUESTIONS, target=reading.target(pair[0]), value={"with": reading.target(pair[-1])})
        ]
    match = _SWAP.match(clause)
    if not match:
        return None
    first, second = resolve(match["a"], reading)[0], resolve(match["b"], reading)[0]
    if first == second:
        raise ask_which("Those are the same question. Which two should change places?", "two_match", [first])
    return [Edit(op=EditOp.SWAP_QUESTIONS, target=reading.target(first), value={"with": reading.target(second)})]


def move(clause: str, reading: Reading) -> Edits | None:
    if re.match(r"ask (?:if|whether|how|what|why|when|about|them|for|which|who)\b", clause, re.I):
        return None
    if match := _MOVE_STAGE.match(clause):
        stage = STAGE_REF.search(match["stage"])
        assert stage is not None
        numbers, place = focus_on(reading, resolve(match["ref"], reading)), resolve_stage(stage, reading)
        last = len(reading.draft.stages[place - 1].questions)
        return [
            Edit(op=EditOp.MOVE_QUESTION, target=reading.target(number), value={"to": last + nth, "stage": place})
            for nth, number in enumerate(numbers, 1)
        ]
    if match := _MOVE_BESIDE.match(clause):
        return _move_beside(match, reading)
    if match := _MOVE_TO.match(clause):
        to = _ORDER.get(match["to"].lower()) or number_of(match["to"])
        return [_to_number(focus_on(reading, resolve(match["ref"], reading))[0], to, reading)]
    if match := _MOVE_ENDS.match(clause):
        number = focus_on(reading, resolve(match["ref"] or match["ref2"], reading))[0]
        where = (match["where"] or match["where2"]).lower()
        stage_place = reading.stage_of(number)
        if re.search(r"end|bottom|last|back", where):
            return [
                Edit(
                    op=EditOp.MOVE_QUESTION,
                    target=reading.target(number),
                    value={"to": len(reading.draft.stages[stage_place - 1].questions)},
                )
            ]
        return [Edit(op=EditOp.MOVE_QUESTION, target=reading.target(number), value={"to": 1})]
    return None


def _to_number(number: int, to: int, reading: Reading) -> Edit:
    """`to` is the number the question should have in the whole interviewer."""
    count = len(reading.questions)
    if not 1 <= to <= count:
        raise refuse(f"There is no place {to}. The questions run from 1 to {count}.", "out_of_range")
    here, there = reading.stage_of(number), reading.stage_of(to)
    before = sum(len(stage.questions) for stage in reading.draft.stages[: there - 1])
    value: dict[str, int] = {"to": to - before}
    if there != here:
        value["stage"] = there
    return Edit(op=EditOp.MOVE_QUESTION, target=reading.target(number), value=value)


def _move_beside(match: re.Match[str], reading: Reading) -> Edits:
    numbers, other = resolve(match["ref"], reading), resolve(match["other"], reading)[0]
    if len(numbers) > 1:
        return _several_beside(numbers, other, match["side"], reading)
    number = focus_on(reading, numbers)[0]
    here, there = reading.stage_of(number), reading.stage_of(other)
    ahead = [n for n in reading.questions if reading.stage_of(n) == there and n < other and n != number]
    to = len(ahead) + (1 if match["side"].lower() in ("before", "above", "ahead of", "in front of") else 2)
    value: dict[str, int] = {"to": to} | ({"stage": there} if there != here else {})
    return [Edit(op=EditOp.MOVE_QUESTION, target=reading.target(number), value=value)]


def _several_beside(numbers: list[int], other: int, side: str, reading: Reading) -> Edits:
    """Several in their order, next to one that stays. Each edit finds the ones before it done."""
    here = reading.stage_of(other)
    if other in numbers or any(reading.stage_of(number) != here for number in numbers):
        raise ask_which(
            "I can move several questions together only within one stage. Move them one by one.", "not_there"
        )
    order = [n for n in reading.questions if reading.stage_of(n) == here]
    left = [n for n in order if n not in numbers]
    at = left.index(other) + (0 if side.lower() in ("before", "above", "ahead of", "in front of") else 1)
    wanted, edits = [*left[:at], *numbers, *left[at:]], []
    for number in numbers if order.index(numbers[0]) > at else reversed(numbers):
        order.remove(number)
        place = wanted.index(number)
        order.insert(place, number)
        edits.append(Edit(op=EditOp.MOVE_QUESTION, target=reading.target(number), value={"to": place + 1}))
    focus_on(reading, numbers)
    return edits


# ---- weights -----------------------------------------------------------------------------------------------

_WEIGHT_ON = _rx(rf"^(?:give |a |put |set )*weight (?:of )?(?P<n>{NUMBER}) (?:on|for|to) (?P<ref>.+)$")
_WEIGHT_TO = _rx(
    r"^(?:(?:set|make|change|put|give|bump|raise|lower|increase|reduce|turn|drop"
    r"|cut)\s+)?(?:the )?weight(?:s|ing)?\s*(?:of|on|for)?\s*(?P<ref>.*?)\s*(?:to|=|at|be|is|of"
    rf"|up to|down to)?\s*(?P<n>{NUMBER}|zero|normal|double)$|^(?:give|set)\s+(?P<ref2>.+?)\s+(?:a "
    rf"|the |to )?(?:weight (?:of |to )?(?P<n2>{NUMBER})|(?P<n3>{NUMBER}) (?:as )?weight)$|^(?:a "
    rf"|give )?weight (?:of )?(?P<n5>{NUMBER}) (?:on|for|to) (?P<ref5>.+)$"
    r"|^(?:make\s+)?(?P<ref3>.+?)(?:'s)?\s+(?:should (?:have|be|get|count)|has|gets|counts?"
    rf"|weighs?|to)?\s*(?:a )?weight (?:of |to |= ?)?(?P<n4>{NUMBER})$"
)
_TIMES = _rx(
    r"^(?P<how>double|triple|halve)\s+(?:up )?(?:(?:on )?(?:the )?weight(?:ing)?s?\s*(?:of|on"
    r"|for)?\s*)?(?P<ref>.+?)(?:'s)?(?:\s+weight(?:ing)?)?$|^(?:make |have "
    r"|let )?(?P<ref2>.+?)\s+(?:should )?(?:counts?|weighs?|scores?|be worth|is worth"
    r"|worth)\s+(?:for )?(?P<how2>double|twice(?: as much)?|triple|three times(?: as much)?"
    r"|half(?: as much)?)$|^(?:make\s+)?(?P<ref3>.+?)\s+(?:should be |should have |to be |is "
    r"|gets |to )?(?P<how3>double|triple|half)(?: (?:the )?weight)?$|^(?:give"
    r"|set)\s+(?P<ref4>.+?)\s+(?:to )?(?P<how4>double|triple|half)(?: weight)?$"
)
_NOTHING = _rx(
    r"^(?:make |let |have )?(?P<ref>.+?)\s+(?:should |shall |to )?(?:counts? for nothing"
    r"|not (?:count|be scored)|(?:is |be )?(?:not scored|unscored|worth nothing)|count zero)$"
    r"|^(?:don'?t|do not|stop) scor(?:e|ing)\s+(?P<ref2>.+)$|^(?P<ref3>.+?) (?:shouldn'?t|doesn'?t"
    r"|should not) (?:count|be scored)$|^make (?P<ref4>.+?) unscored$"
)
_MOST = _rx(
    r"^(?:make |have )?(?P<ref>.+?)\s+(?:should be |is |be |as )?(?:the )?(?:most important"
    r"|top weight|heaviest|highest weight)(?: (?:one|question))?$"
)
_NORMAL = _rx(
    r"^(?:(?:set|put|make|give|bring) )?(?P<ref>.+?)\s+(?:back )?(?:to |at |have "
    r"|a )?(?:the )?normal(?: weight)?(?: again)?$"
)
_MORE = _rx(
    r"^(?:make |weigh )?(?P<ref>.+?)\s+(?:count |weigh |be )?(?:(?:be )?worth )?(?P<dir>more|less)(?: important"
    r"| heavily| heavy)?$"
)
_FACTOR = {"double": 2.0, "twice": 2.0, "triple": 3.0, "three": 3.0, "half": 0.5, "halve": 0.5}


def weight(clause: str, reading: Reading) -> Edits | None:
    if not re.search(
        r"\b(?:weigh\w*|double|triple|halve|half|count\w*|scor\w+|unscored|important|twice|normal"
        r"|worth|heav\w+|three times)\b",
        clause,
        re.I,
    ) or re.search(r"\b(?:min(?:imum)? score|pass)\b|^(?:add|include|insert|ask)\b", clause, re.I):
        return None
    if match := _NOTHING.match(clause):
        return _weigh(first_ref(match), lambda _: 0, reading)
    if match := _MOST.match(clause):
        top = max((q.weight for q in reading.questions.values()), default=2)
        return _weigh(
            first_ref(match),
            lambda old: old if old == top and old > 2 and _alone_at(top, reading) else min(top + 1, WEIGHT_MAX),
            reading,
        )
    if every := re.match(
        r"^(?:set |make |put )?(?:all|every|the)(?: (?:of )?(?:the|question))? weights?(?: to| at| be"
        rf"|=)? ?(?P<n>{NUMBER})$",
        clause,
        re.I,
    ):
        same = number_of(every["n"])
        return _weigh("all", lambda _: same, reading)
    if (match := _WEIGHT_ON.match(clause)) and not re.match(r"weight of \d+ to \d+$", clause, re.I):
        new = number_of(match["n"])
        return _weigh(match["ref"], lambda _: new, reading)
    starts_with_how = re.match(r"(?:double|triple|halve)\b", clause, re.I)
    if not starts_with_how and (match := _WEIGHT_TO.match(clause)):
        groups = [match[name] for name in ("n5", "n", "n2", "n3", "n4") if match[name]]
        value = {"normal": 2, "double": 4, "zero": 0}.get(groups[0].lower())
        new = number_of(groups[0]) if value is None else value
        return _weigh(match["ref5"] or match["ref"] or match["ref2"] or match["ref3"] or "it", lambda _: new, reading)
    if match := _TIMES.match(clause):
        how = next(match[name] for name in ("how", "how2", "how3", "how4") if match[name])
        factor = _FACTOR[how.split()[0].lower()]
        ref = next(match[name] for name in ("ref", "ref2", "ref3", "ref4") if match[name])
        return _weigh(ref, lambda old: _times(old, factor), reading)
    if match := _NORMAL.match(clause):
        return _weigh(match["ref"], lambda _: 2, reading)
    if match := _MORE.match(clause):
        step = 1 if match["dir"].lower() == "more" else -1
        return _weigh(match["ref"], lambda old: old + step, reading)
    return None


def _times(old: int, factor: float) -> int:
    """Twice a weight that was not scored is twice the normal one; half of one stays scored."""
    if not old:
        return round(WEIGHT_NORMAL * factor) if factor > 1 else 0
    return max(1, round(old * factor))


def _alone_at(top: int, reading: Reading) -> bool:
    return sum(q.weight == top for q in reading.questions.values()) == 1


def first_ref(match: re.Match[str]) -> str:
    return next(value for name, value in match.groupdict().items() if name.startswith("ref") and value)


def _weigh(ref: str, new: Callable[[int], int], reading: Reading) -> Edits:
    ref = re.sub(r"^(?:the )?weight(?:ing)? (?:of|on|for) |(?:'s)? weight$", "", ref.strip(), flags=re.I)
    stage = STAGE_REF.fullmatch(ref.strip())
    if stage and re.search(r"stage|step|round|part", ref, re.I):
        place = resolve_stage(stage, reading)
        return [
            Edit(
                op=EditOp.SET_WEIGHT,
                target={"stage": place},
                value=_in_range(new(reading.draft.stages[place - 1].weight)),
            )
        ]
    edits = []
    for part in parts_of(ref):
        for number in focus_on(reading, resolve(part, reading)):
            edits.append(
                Edit(
                    op=EditOp.SET_WEIGHT,
                    target=reading.target(number),
                    value=_in_range(new(reading.questions[number].weight)),
                )
            )
    return edits


def _in_range(value: int) -> int:
    if not 0 <= value <= WEIGHT_MAX:
        raise refuse(
            f"A weight goes from 0 (not scored) to {WEIGHT_MAX}, so {value} won't do. Normal is 2, double is 4.",
            "out_of_range",
        )
    return value
