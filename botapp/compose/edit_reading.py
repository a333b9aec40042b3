"""Wishes about questions, one clause at a time, as edits. Returns None when a clause is about something else."""

import re
from collections.abc import Callable

from botapp.compose.dates import NUMBER, number_of
from botapp.compose.edits import next_question_id
from botapp.compose.knockout_reading import knockout_wish
from botapp.compose.question_making import made_question
from botapp.compose.references import STAGE_REF, Reading, ask_which, refuse, resolve, resolve_stage, short
from botapp.compose.rewording import fitted, shorter
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import WEIGHT_MAX, FollowUps, QuestionKind, StageKind

Edits = list[Edit]
_REMOVE = r"(?:drop|remove|delete|lose|scrap|kill|cut|take (?:out|off|away)|get rid of|ditch|bin|skip|lose|take)"


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def focus_on(reading: Reading, numbers: list[int]) -> list[int]:
    """Remembers what was talked about last, for "it"."""
    reading.focus = numbers[-1]
    return numbers


# ---- leave alone, remove, move, swap -----------------------------------------------------------------------

_LEAVE = _rx(r"^(?:don'?t|do not|never|please don'?t) (?:touch|change|move|remove|drop|delete|edit|alter)\s+(?P<ref>.+)$|^leave (?P<ref2>.+?)(?: alone| as (?:it|they) (?:is|are)| unchanged)?$|^keep (?P<ref3>.+?)(?: as (?:it|they) (?:is|are)| unchanged| where it is)?$")
_DROP = _rx(rf"^{_REMOVE}\s+(?P<ref>.+?)(?:\s+(?:out|off|altogether|completely|entirely))?$|^(?P<ref2>.+?) (?:can|should|has to|needs to|must) (?:go|be (?:dropped|removed|deleted|cut))$|^we don'?t need (?P<ref3>.+?)(?: any ?more)?$|^no need (?:for|to ask about) (?P<ref4>.+)$|^(?:don'?t|do not|stop) ask(?:ing)?(?: about| for)? (?P<ref5>.+?)(?: any ?more)?$")
_SWAP = _rx(r"^(?:swap|switch|exchange|flip|trade)\s+(?:the )?(?:places? of |order of |questions? )?(?P<a>.+?)\s+(?:and|with|for|&)\s+(?P<b>.+?)(?: around| over| places)?$")
_WHERE = r"(?:(?:to |in |at |as |into |up to |down to )(?:the )?(?:very )?(?=front|top|start|begin|end|bottom|first|last|back)|(?=first\b|last\b))(?P<where>front|top|start|beginning|first(?: place| position)?|end|bottom|last(?: place| position)?|back)"
_MOVE_ENDS = _rx(rf"^(?:move|put|place|bring|make|pull|push|shift|send|ask)\s+(?P<ref>.+?)\s+{_WHERE}(?: of (?:the )?(?P<stage>\w+)(?: stage)?)?$|^(?P<ref2>last (?:one|question)|question \w+|q ?\d+|\d+|the .+?|.+? question)\s+(?:goes |should (?:be|go|come) |to (?:be )?|comes? )?(?P<where2>first|last|to the (?:top|front|end|bottom)|up front)$")
_MOVE_TO = _rx(rf"^(?:move|put|place|bring|shift|make)\s+(?P<ref>.+?)\s+(?:up |down )?(?:to|in|at|as|into)\s+(?:the )?(?:position|place|spot|number|slot|no\.?|#)?\s*(?P<to>{NUMBER}|second|third|fourth|fifth|sixth)(?: (?:place|position|spot))?$")
_MOVE_BESIDE = _rx(r"^(?:move|put|place|bring|shift|ask)\s+(?P<ref>.+?)\s+(?:right |just |directly )?(?P<side>before|after|above|below|ahead of|behind|in front of)\s+(?P<other>.+)$")
_MOVE_STAGE = _rx(r"^(?:move|put|place|shift|ask)\s+(?P<ref>.+?)\s+(?:to|in|into|on)\s+(?:the )?(?P<stage>form|voice(?: call)?|call|chat|text|sms|scenario)(?: (?:stage|part))?(?: instead)?$")
_ORDER = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}


def leave(clause: str, reading: Reading) -> Edits | None:
    match = _LEAVE.match(clause)
    if not match:
        return None
    ref = match["ref"] or match["ref2"] or match["ref3"]
    if re.search(r"\b(?:knock|follow|retake|bar)\w*", ref, re.I) and re.match("keep", clause, re.I):
        return None
    if not STAGE_REF.fullmatch(ref.strip()):
        reading.left_alone |= set(resolve(ref, reading))
    return []


def remove(clause: str, reading: Reading) -> Edits | None:
    match = _DROP.match(clause)
    if not match:
        return None
    ref = next(value for value in match.groups() if value)
    numbers: list[int] = []
    for part in _parts(ref):
        numbers += resolve(part, reading)
    numbers = list(dict.fromkeys(numbers))
    reading.focus = None
    return [Edit(op=EditOp.REMOVE_QUESTION, target=reading.target(n)) for n in numbers]


def _parts(ref: str) -> list[str]:
    """`the licence and the nights question` as two; `2 and 3` stays one."""
    if re.match(rf"^\W*(?:the )?(?:questions?|qs?|numbers?|#)?\s*{NUMBER}\b", ref, re.I) or re.search(r"\b(?:all|every|but|except)\b", ref, re.I):
        return [ref]
    parts = re.split(r"\s+and\s+(?=the\b|q|\d|question)|,\s+(?:and )?(?=the\b|q\d|\d)", ref, flags=re.I)
    return [part for part in parts if part.strip()]


def swap(clause: str, reading: Reading) -> Edits | None:
    match = _SWAP.match(clause)
    if not match:
        return None
    first, second = resolve(match["a"], reading)[0], resolve(match["b"], reading)[0]
    if first == second:
        raise ask_which("Those are the same question. Which two should change places?", "two_match", [first])
    return [Edit(op=EditOp.SWAP_QUESTIONS, target=reading.target(first), value={"with": reading.target(second)})]


def move(clause: str, reading: Reading) -> Edits | None:
    if match := _MOVE_STAGE.match(clause):
        stage = STAGE_REF.search(match["stage"])
        assert stage is not None
        number, place = focus_on(reading, resolve(match["ref"], reading))[0], resolve_stage(stage, reading)
        last = len(reading.draft.stages[place - 1].questions) + 1
        return [Edit(op=EditOp.MOVE_QUESTION, target=reading.target(number), value={"to": last, "stage": place})]
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
            return [Edit(op=EditOp.MOVE_QUESTION, target=reading.target(number), value={"to": len(reading.draft.stages[stage_place - 1].questions)})]
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
    number, other = resolve(match["ref"], reading)[0], resolve(match["other"], reading)[0]
    focus_on(reading, [number])
    here, there = reading.stage_of(number), reading.stage_of(other)
    ahead = [n for n in reading.questions if reading.stage_of(n) == there and n < other and n != number]
    to = len(ahead) + (1 if match["side"].lower() in ("before", "above", "ahead of", "in front of") else 2)
    value: dict[str, int] = {"to": to} | ({"stage": there} if there != here else {})
    return [Edit(op=EditOp.MOVE_QUESTION, target=reading.target(number), value=value)]


# ---- weights -----------------------------------------------------------------------------------------------

_WEIGHT_TO = _rx(rf"^(?:(?:set|make|change|put|give|bump|raise|lower|increase|reduce|turn|drop|cut)\s+)?(?:the )?weight(?:s|ing)?\s*(?:of|on|for)?\s*(?P<ref>.*?)\s*(?:to|=|at|be|is|of|up to|down to)?\s*(?P<n>{NUMBER}|zero|normal|double)$|^(?:give|set)\s+(?P<ref2>.+?)\s+(?:a |the |to )?(?:weight (?:of |to )?(?P<n2>{NUMBER})|(?P<n3>{NUMBER}) (?:as )?weight)$|^(?:a |give )?weight (?:of )?(?P<n5>{NUMBER}) (?:on|for|to) (?P<ref5>.+)$|^(?:make\s+)?(?P<ref3>.+?)(?:'s)?\s+(?:should (?:have|be|get|count)|has|gets|counts?|weighs?|to)?\s*(?:a )?weight (?:of |to |= ?)?(?P<n4>{NUMBER})$")
_TIMES = _rx(r"^(?P<how>double|triple|halve)\s+(?:up )?(?:(?:on )?(?:the )?weight(?:ing)?s?\s*(?:of|on|for)?\s*)?(?P<ref>.+?)(?:'s)?(?:\s+weight(?:ing)?)?$|^(?:make |have |let )?(?P<ref2>.+?)\s+(?:should )?(?:counts?|weighs?|scores?|be worth|is worth|worth)\s+(?:for )?(?P<how2>double|twice(?: as much)?|triple|three times(?: as much)?|half(?: as much)?)$|^(?:make\s+)?(?P<ref3>.+?)\s+(?:should be |should have |to be |is |gets |to )?(?P<how3>double|triple|half)(?: (?:the )?weight)?$|^(?:give|set)\s+(?P<ref4>.+?)\s+(?:to )?(?P<how4>double|triple|half)(?: weight)?$")
_NOTHING = _rx(r"^(?:make |let |have )?(?P<ref>.+?)\s+(?:should |shall |to )?(?:counts? for nothing|not (?:count|be scored)|(?:is |be )?(?:not scored|unscored|worth nothing)|count zero)$|^(?:don'?t|do not|stop) scor(?:e|ing)\s+(?P<ref2>.+)$|^(?P<ref3>.+?) (?:shouldn'?t|doesn'?t|should not) (?:count|be scored)$|^make (?P<ref4>.+?) unscored$")
_MOST = _rx(r"^(?:make |have )?(?P<ref>.+?)\s+(?:should be |is |be |as )?(?:the )?(?:most important|top weight|heaviest|highest weight)(?: (?:one|question))?$")
_NORMAL = _rx(r"^(?:(?:set|put|make|give|bring) )?(?P<ref>.+?)\s+(?:back )?(?:to |at |have |a )?(?:the )?normal(?: weight)?(?: again)?$")
_MORE = _rx(r"^(?:make |weigh )?(?P<ref>.+?)\s+(?:count |weigh |be )?(?P<dir>more|less)(?: important| heavily| heavy)?$")
_FACTOR = {"double": 2.0, "twice": 2.0, "triple": 3.0, "three": 3.0, "half": 0.5, "halve": 0.5}


def weight(clause: str, reading: Reading) -> Edits | None:
    if not re.search(r"\b(?:weigh\w*|double|triple|halve|half|count\w*|scor\w+|unscored|important|twice|normal|worth|heav\w+|three times)\b", clause, re.I) or re.search(r"\b(?:min(?:imum)? score|pass)\b", clause, re.I):
        return None
    if match := _NOTHING.match(clause):
        return _weigh(_first(match), lambda _: 0, reading)
    if match := _MOST.match(clause):
        top = max((q.weight for q in reading.questions.values()), default=2)
        return _weigh(_first(match), lambda old: old if old == top and old > 2 and _alone_at(top, reading) else min(top + 1, WEIGHT_MAX), reading)
    if match := _WEIGHT_TO.match(clause):
        groups = [match[name] for name in ("n5", "n", "n2", "n3", "n4") if match[name]]
        value = {"normal": 2, "double": 4, "zero": 0}.get(groups[0].lower())
        new = number_of(groups[0]) if value is None else value
        return _weigh(match["ref5"] or match["ref"] or match["ref2"] or match["ref3"] or "it", lambda _: new, reading)
    if match := _TIMES.match(clause):
        how = next(match[name] for name in ("how", "how2", "how3", "how4") if match[name])
        factor = _FACTOR[how.split()[0].lower()]
        ref = next(match[name] for name in ("ref", "ref2", "ref3", "ref4") if match[name])
        return _weigh(ref, lambda old: round(old * factor), reading)
    if match := _NORMAL.match(clause):
        return _weigh(match["ref"], lambda _: 2, reading)
    if match := _MORE.match(clause):
        step = 1 if match["dir"].lower() == "more" else -1
        return _weigh(match["ref"], lambda old: old + step, reading)
    return None


def _alone_at(top: int, reading: Reading) -> bool:
    return sum(q.weight == top for q in reading.questions.values()) == 1


def _first(match: re.Match[str]) -> str:
    return next(value for name, value in match.groupdict().items() if name.startswith("ref") and value)


def _weigh(ref: str, new: Callable[[int], int], reading: Reading) -> Edits:
    ref = re.sub(r"^(?:the )?weight(?:ing)? (?:of|on|for) |(?:'s)? weight$", "", ref.strip(), flags=re.I)
    stage = STAGE_REF.fullmatch(ref.strip())
    if stage and re.search(r"stage|step|round|part", ref, re.I):
        place = resolve_stage(stage, reading)
        return [Edit(op=EditOp.SET_WEIGHT, target={"stage": place}, value=_in_range(new(reading.draft.stages[place - 1].weight)))]
    edits = []
    for part in _parts(ref):
        for number in focus_on(reading, resolve(part, reading)):
            edits.append(Edit(op=EditOp.SET_WEIGHT, target=reading.target(number), value=_in_range(new(reading.questions[number].weight))))
    return edits


def _in_range(value: int) -> int:
    if not 0 <= value <= WEIGHT_MAX:
        raise refuse(f"A weight goes from 0 (not scored) to {WEIGHT_MAX}, so {value} won't do. Normal is 2, double is 4.", "out_of_range")
    return value


# ---- follow-ups --------------------------------------------------------------------------------------------

_FOLLOW = _rx(r"follow[- ]?ups?(?: questions?)?")
_COUNT = _rx(rf"\b(?P<how>at most|no more than|max(?:imum)?(?: of)?|up to|only|just|at least|exactly|min(?:imum)?(?: of)?)?\s*(?:ask )?(?P<low>{NUMBER}|a|an|no|zero|none|any)\s*(?:(?:-|–|to|or)\s*(?P<high>{NUMBER}))?\s*(?:more |extra )?(?=follow|probing|times|$)")


def follow_ups(clause: str, reading: Reading) -> Edits | None:
    if not _FOLLOW.search(clause):
        return None
    bare = re.sub(r"\bfollow[- ]?ups?\b", "follow-ups", clause, flags=re.I)
    ref = _follow_ref(bare)
    scope = re.sub(rf"\b(?:of|to|at)\s+(?:{NUMBER}|none)\s*$", "", ref).strip() if not re.match(r"^\W*(?:q|question|#)?\s*\d+\W*$", ref, re.I) else ref
    low, high, ceiling, floor = _follow_count(bare, ref)
    everywhere = re.search(r"\b(?:everywhere|anywhere|all (?:of them|questions?|open)|any (?:question|of)|every|each|all)\b", bare, re.I)
    numbers = _follow_numbers(scope, bool(everywhere), bare, reading)
    edits = []
    for number in numbers:
        old = reading.questions[number].follow_ups
        new = _follow_new(old, low, high, ceiling, floor, only_above=bool(everywhere) and ceiling)
        if new != old:
            edits.append(Edit(op=EditOp.SET_FOLLOW_UPS, target=reading.target(number), value=new.model_dump()))
    focus_on(reading, numbers)
    return edits


def _follow_ref(bare: str) -> str:
    if match := re.search(r"follow-ups?(?: questions?)?\s+(?:on|for|in|to|at|after|from|with)\s+(?P<ref>.+)$", bare, re.I):
        return re.sub(r"\s+(?:to|at|=|be)\s+(?:at most |max |only )?\S+$", "", match["ref"]) if re.search(rf"\s(?:to|=|be) (?:at most |max )?(?:{NUMBER}|none)$", match["ref"], re.I) else match["ref"]
    if match := re.match(r"(?:for|on|in|with)\s+(?P<ref>.+?)[,:]?\s+(?:only |just |please )?(?:(?:ask|allow|give|have|max|at most|no|only|up to|just|use|set|make|keep|zero)\b|(?:one|two|three|four|five|\d)(?: (?:or|to) \w+|-\d)? follow)", bare, re.I):
        return match["ref"]
    if match := re.match(r"(?:give|allow|let|ask|grant)\s+(?P<ref>.+?)\s+(?:(?:have|get)\s+)?(?:at most|no more than|max|up to|only|just|exactly|at least|(?:one|two|three|four|five|\d+|no|a)\b)", bare, re.I):
        return "" if re.match(r"(?:at most|up to|only|one|two|three|\d+|no|a)\b", match["ref"], re.I) else match["ref"]
    if match := re.match(r"(?P<ref>q(?:uestion)? ?\w+|the .+?|it|\d+)[,:]?\s+(?:should (?:have|get)|gets?|has|needs?|can have|with|:)?\s*(?:at most|no more than|max|up to|only|just|exactly|at least|one|two|three|\d+|no)\b", bare, re.I):
        return match["ref"]
    if match := re.match(r"(?:remove|drop|delete|cut|turn off|kill|stop|no|limit|cap|lower|set)\s+(?:all |the )*follow-ups?\s*(?:on|for|from|to|at)?\s*(?P<ref>.*)$", bare, re.I):
        return match["ref"]
    return ""


def _follow_count(bare: str, ref: str) -> tuple[int, int, bool, bool]:
    """(low, high, is a ceiling, is a floor)."""
    without = bare.replace(ref, " ", 1) if ref and not re.fullmatch(r"(?:at )?(?:most )?\w+", ref) else bare
    if re.search(r"\b(?:no|zero|without|remove|drop|delete|cut|turn off|kill|stop|don'?t|not)\b[^,;]{0,24}follow-ups|follow-ups? (?:off|to (?:0|zero|none))\b", without, re.I) and not re.search(r"\bno more than\b", without, re.I):
        return 0, 0, False, False
    match = _COUNT.search(without) or re.search(rf"follow-ups?.{{0,30}}?\b(?P<how>at most|max|up to|only|exactly|at least)?\s*(?:to|at|=|:)?\s*(?P<low>{NUMBER})\s*(?:(?:-|–|to)\s*(?P<high>{NUMBER}))?\s*$", bare, re.I)
    if not match:
        raise ask_which("How many follow-ups should it have?", "no_value")
    how = (match["how"] or "").lower()
    low = 1 if match["low"].lower() in ("a", "an") else 0 if match["low"].lower() in ("no", "none", "zero", "any") else number_of(match["low"])
    high = number_of(match["high"]) if match["high"] else low
    if high > 5 or low > 5:
        raise refuse(f"A question has at most 5 follow-ups, so {max(low, high)} won't do.", "out_of_range")
    if match["high"]:
        return low, high, False, False
    if how.startswith("exactly"):
        return low, low, False, False
    if how.startswith(("at least", "min")):
        return low, high, False, True
    return 0, high, True, False


def _follow_new(old: FollowUps, low: int, high: int, ceiling: bool, floor: bool, only_above: bool) -> FollowUps:
    if only_above:
        return FollowUps(min=min(old.min, high), max=min(old.max, high))
    if ceiling:
        return FollowUps(min=min(old.min, high), max=high)
    return FollowUps(min=low, max=max(old.max, low)) if floor else FollowUps(min=low, max=high)


def _follow_numbers(scope: str, everywhere: bool, bare: str, reading: Reading) -> list[int]:
    opens = [n for n, q in reading.questions.items() if q.is_open]
    if everywhere or re.fullmatch(r"\W*(?:all|everything|everywhere|any|anywhere)\W*", scope, re.I):
        exclude: list[int] = []
        if match := re.search(r"\b(?:but|except(?: for)?|other than)\s+(?:for |on )?(?P<ref>.+)$", bare, re.I):
            exclude = resolve(match["ref"], reading)
        return [n for n in opens if n not in exclude] or _none_open()
    if not scope.strip():
        if reading.focus is None and not re.search(r"\b(?:it|that)\b", bare, re.I) and opens:
            return opens
        scope = "it"
    numbers: list[int] = []
    for part in _parts(scope):
        numbers += resolve(part, reading)
    for number in numbers:
        if number not in opens:
            raise refuse(f"Question {number} is not open, so it gets no follow-ups anyway.", "not_there")
    return numbers


def _none_open() -> list[int]:
    raise refuse("No question here is open, so none gets follow-ups.", "not_there")


# ---- kind, text, rubric ------------------------------------------------------------------------------------

_KINDS = r"(?P<kind>yes[ /-]*(?:or |and |/)?no|open(?:[- ]ended)?|free text|number|numeric|(?:multiple[- ])?choice|date|duration|file|upload|pick(?:ing)? list|dropdown)"
_KIND = _rx(rf"^(?:make|turn|change|switch|convert|set)\s+(?P<ref>.+?)\s+(?:in)?(?:to |be |as |a |an |into )*{_KINDS}(?: (?:question|answer|one|field))?(?P<rest>[,:(\s].*)?$|^(?P<ref2>.+?) should be (?:a |an )?{_KINDS.replace('?P<kind>', '?P<kind2>')}(?: question)?(?P<rest2>[,:(\s].*)?$|^ask (?P<ref3>.+?) as (?:a |an )?{_KINDS.replace('?P<kind>', '?P<kind3>')}(?: question)?(?P<rest3>[,:(\s].*)?$")


def _kind_of(word: str) -> QuestionKind:
    word = word.lower()
    if word.startswith("yes"):
        return QuestionKind.YES_NO
    if word.startswith(("open", "free")):
        return QuestionKind.OPEN
    if "choice" in word or "list" in word or "drop" in word:
        return QuestionKind.CHOICE
    if word.startswith(("file", "upload")):
        return QuestionKind.FILE
    return {"date": QuestionKind.DATE, "duration": QuestionKind.DURATION}.get(word, QuestionKind.NUMBER)


def kind(clause: str, reading: Reading) -> Edits | None:
    match = _KIND.match(clause)
    if not match or re.search(r"\b(?:deadline|link|title)\b", match[0], re.I):
        return None
    ref = match["ref"] or match["ref2"] or match["ref3"]
    new = _kind_of(match["kind"] or match["kind2"] or match["kind3"])
    rest = match["rest"] or match["rest2"] or match["rest3"] or ""
    edits: Edits = []
    for number in focus_on(reading, resolve(ref, reading)):
        question = reading.questions[number]
        value: dict[str, object] = {"kind": new.value, "text": fitted(question, new)}
        if new in (QuestionKind.NUMBER, QuestionKind.DURATION):
            value["unit"] = "years" if "years" in str(value["text"]) else question.unit
        if new is QuestionKind.CHOICE:
            options = _listed(rest) or list(question.options)
            if len(options) < 2:
                raise ask_which(f"Which options should question {number} have? Name at least two.", "no_value", [number])
            value["options"] = options
        if question.kind is not new or value.get("options"):
            edits.append(Edit(op=EditOp.SET_KIND, target=reading.target(number), value=value))
        if rest and re.search(r"knock|dealbreaker|must|least|most|min|max|only|under|over|\+|require", rest, re.I) and (rule := knockout_wish(rest, new, tuple(str(o) for o in value.get("options") or ()), question.text)):  # type: ignore[arg-type]
            edits.append(Edit(op=EditOp.SET_KNOCKOUT, target=reading.target(number), value=rule))
    return edits


def _listed(rest: str) -> list[str]:
    bare = re.sub(r"^\W*(?:with|of|from|between|options?|:|the)*\s*(?:the )?(?:options?)?\s*[:=]?\s*", "", rest.strip(" ,:()"), flags=re.I)
    parts = [part.strip(" .\"“”()") for part in re.split(r"\s*(?:,|/|;|\bor\b|\band\b)\s*", bare)]
    return [part for part in parts if part and len(part) <= 60]


_SHORTER = _rx(r"^(?:make|ask|put|word|phrase|keep|say)\s+(?P<ref>.+?)\s+(?:a bit |much |a little |more )?(?:shorter|simpler|briefly|concise(?:ly)?|brief|crisp(?:er)?|tighter|short)$|^(?:shorten|simplify|tighten|trim|condense)\s+(?:up |down )?(?P<ref2>.+?)$|^(?P<ref3>q(?:uestion)? ?\w+|the .+?|it|\d+)\s*[:,]?\s*(?:(?:ask|make|word|put) (?:it|that) |is too long|too long|should be |can be )(?:a bit |much )?(?:shorter|simpler|brief(?:er)?|short)?$|^(?P<ref4>.+?) is too (?:long|wordy)$")
_TEXT_TO = _rx(r"^(?:change|reword|rephrase|rewrite|set|make|edit|replace|update)\s+(?:the )?(?:text of |wording of )?(?P<ref>.+?)\s*(?:so it (?:says|reads|asks)|to say|to read|to ask|to|as|with|say|read|:)\s*[:\s]*[\"“](?P<text>.+?)[\"”]$|^(?P<ref2>q(?:uestion)? ?\w+|the .+? question)\s+should (?:say|read|ask|be)\s*:?\s*[\"“]?(?P<text2>.{8,}?)[\"”]?$|^(?:reword|rephrase|rewrite|change|ask)\s+(?P<ref3>q(?:uestion)? ?\w+|\d+|it|that|the .+?)\s*(?:to|as|:|so it (?:says|asks)|to say|to ask)\s*:?\s*(?P<text3>(?:how|what|why|when|where|which|who|do|are|can|have|will|would|tell|describe|is|did)\b.{6,})$")


def text(clause: str, reading: Reading) -> Edits | None:
    if match := _SHORTER.match(clause):
        edits = []
        for number in focus_on(reading, resolve(_first(match), reading)):
            made = shorter(reading.questions[number].text)
            if made == reading.questions[number].text:
                raise refuse(f"Question {number} is short already: “{made}” Tell me the words you want.", "question")
            edits.append(Edit(op=EditOp.SET_TEXT, target=reading.target(number), value=made))
        return edits
    if match := _TEXT_TO.match(clause):
        ref = match["ref"] or match["ref2"] or match["ref3"]
        new = (match["text"] or match["text2"] or match["text3"]).strip()
        if re.search(r"\b(?:title|link|slug|deadline|name|rubric|agent|company|pay)\b", ref, re.I) and not re.search(r"question", ref, re.I):
            return None
        number = focus_on(reading, resolve(ref, reading))[0]
        new = new[0].upper() + new[1:]
        if not re.search(r"[.?!]$", new):
            new += "?" if re.match(r"(?:how|what|why|when|where|which|who|do|are|can|have|will|would|is|did|could)\b", new, re.I) else "."
        return [Edit(op=EditOp.SET_TEXT, target=reading.target(number), value=new)]
    return None


_RUBRIC = _rx(r"^(?:for|on|in)\s+(?P<ref>.+?)[,:]?\s+(?:the |make (?:the )?)?(?:an? )?(?:score of |rubric for (?:a )?)?(?P<score>[135]|one|three|five|top (?:score|answer|mark)|(?:best|strong|great|good|weak|poor|bad|middling|ok(?:ay)?) answer)\s+(?:should |must |needs? to |has to |is |means |says? |= ?|: ?|would |answers? )+(?:be |say |mention |include |have |show |that )?(?P<text>.+)$|^(?:the |an? )?(?P<score2>[135]|one|three|five|top (?:score|answer|mark)|(?:best|strong|great|good|weak|poor|bad) answer)\s+(?:on|for|to|in)\s+(?P<ref2>.+?)\s+(?:should |must |needs? to |is |means |= ?|: ?|has to )+(?:be |say |mention |include |have |show |that )?(?P<text2>.+)$|^(?:set |change |make )?(?:the )?rubric (?:of|for|on)\s+(?P<ref3>.+?)[,:]?\s+(?:(?:for )?an? |the |so (?:that )?an? )?(?P<score3>[135]|one|three|five)\s*(?:should |is |means |= ?|: ?|to |says )*(?:be |say |mention |include )?(?P<text3>.+)$|^(?:an? )(?P<score4>[135]|one|three|five) (?:should|must|is|means|needs to)\s*(?:be |say |mention |include |have )?(?P<text4>.+)$")


def rubric(clause: str, reading: Reading) -> Edits | None:
    match = _RUBRIC.match(clause)
    if not match or clause.endswith("?"):
        return None
    groups = {name.rstrip("234"): value for name, value in match.groupdict().items() if value}
    number = focus_on(reading, resolve(groups.get("ref", "it"), reading))[0]
    if not reading.questions[number].is_open:
        raise refuse(f"Question {number} is read exactly, so it has no rubric. Only open questions have one.", "not_there")
    score = groups["score"].lower()
    anchor = {"one": "1", "three": "3", "five": "5"}.get(score, score)
    if anchor not in ("1", "3", "5"):
        anchor = "1" if re.search(r"weak|poor|bad", score) else "3" if re.search(r"middling|ok", score) else "5"
    said = groups["text"].strip(" .\"“”")
    said = re.sub(r"^(?:should|must|needs? to)\s+(?:say|mention|include|show)?\s*", "", said, flags=re.I)
    verb = re.search(r"\b(say|mention|include|show|explain|name|describe)s? (?=\S)" , match[0][: match[0].lower().rfind(said.lower()[:12])][-12:], re.I)
    if verb and verb[1].lower() != "say":
        said = f"{verb[1].capitalize()}s {said}"
    said = said[0].upper() + said[1:]
    if re.match(r"(?:how|what|who|why|where|when|that|which)\b", said, re.I):
        said = "Says " + said[0].lower() + said[1:]
    return [Edit(op=EditOp.SET_RUBRIC, target=reading.target(number), value={anchor: said + "."})]


# ---- add ---------------------------------------------------------------------------------------------------

_ADD = _rx(r"^(?:add|include|insert|put in|ask(?! (?:it|q|question|\d|that)\b)|also ask|throw in|new question|have (?:it|them) ask|find out|check)\b\s*(?P<what>.+)$|^(?:i )?(?:want|need) (?P<what2>(?:a |an |another )(?:\w+ )?question .+)$|^(?P<what3>(?:a|another|one more) question (?:about|on) .+)$")
_PLACED = _rx(rf"[,\s]+(?:right |and )?(?:(?:put it |make it |as )?(?:at|to|in|as) (?:the )?(?:very )?(?P<end>top|start|beginning|front|first(?: question| one)?|end|bottom|last(?: question| one)?)|(?:as |at |in )(?:question |position |number |no\.? ?|#)(?P<n>{NUMBER})|(?P<side>before|after) (?P<other>(?:question |q|number )?(?:{NUMBER})|the (?:[\w-]+ ){{0,4}}(?:question|one)|the (?:licen[cs]e|nights?|shift|experience|pay)\b)|(?P<end2>first|last))\s*$")
_IN_STAGE = _rx(r"[,\s]+(?:in|to|on|into) (?:the )?(?P<stage>form|voice(?: call)?|call|chat|text|sms|scenario|resume)(?: (?:stage|part))?(?=\s|$|,)")
_MUST = _rx(r"[,;\s]*(?:\(|\b)(?:and |as |it'?s |make it |that'?s |should be |which is |is )*(?:an? )?(?:knock ?outs?(?: if .*| question)?|deal ?breakers?|must[- ]haves?|must|required|mandatory|(?:and )?(?:knock|kick) (?:them |people |anyone )?out.*|fail (?:them|anyone).*|no (?:means )?out)\b\)?\s*$|^(?:a |an )?(?:knock ?out|dealbreaker|must[- ]have)\b(?: question)?\s*")


def add(clause: str, reading: Reading) -> Edits | None:
    match = _ADD.match(clause)
    if not match or _FOLLOW.search(clause):
        return None
    what = match["what"] or match["what2"] or match["what3"]
    if re.match(r"(?:a |an |the |another )?(?:short )?(?:voice|phone|form|resume|cv|scenario|chat|sms)\b(?: call)?(?: stage| step| screen| round)?(?: (?:at|to|in|as|after|before|first|last|too|stage|step|round)\b.*)?$", what, re.I) or re.match(r"(?:a |the )?(?:fact|note|stage)\b", what, re.I):
        return None
    stage, what = _stage_for(what, reading)
    position, what, stage = _position(what, stage, reading)
    hard, what, rule_words = _hardness(what)
    made = made_question(what, hard)
    if re.fullmatch(r"(?:that|it|this|one|something|some|more)?", str(made["topic"])) or len(str(made["text"])) < 8 or not re.search(r"[a-z]{3}", str(made.get("topic", "")), re.I):
        raise ask_which("What should the new question be about?", "no_value")
    options = tuple(str(option) for option in made.get("options", ()))
    new = QuestionKind(made["kind"])
    if new is QuestionKind.CHOICE and len(options) < 2:
        raise ask_which("Which options should that question have? Name at least two.", "no_value")
    if hard:
        made["knockout"] = knockout_wish(rule_words or "must", new, options, str(made["text"])) or None
        if made["knockout"] is None and new is not QuestionKind.OPEN:
            raise ask_which("What is the least that keeps a candidate in?", "no_value")
    made["id"] = next_question_id(reading.draft)
    return [Edit(op=EditOp.ADD_QUESTION, target={"stage": stage, "position": position}, value=made)]


def _hardness(what: str) -> tuple[bool, str, str]:
    match = _MUST.search(what)
    least = re.search(rf"[,\s]+(?:at least|minimum(?: of)?|min)\s+{NUMBER}\b.*$", what, re.I)
    if match and match.start() == 0:
        return True, what[match.end() :], ""
    if match:
        return True, what[: match.start()].strip(" ,;"), what[match.start() :]
    if least and re.search(r"\byears?\b|\bhow many\b", what, re.I):
        return True, what[: least.start()].strip(" ,;"), least[0]
    return False, what, ""


def _stage_for(what: str, reading: Reading) -> tuple[int, str]:
    if match := _IN_STAGE.search(what):
        named = STAGE_REF.search(match["stage"])
        assert named is not None
        return resolve_stage(named, reading), (what[: match.start()] + what[match.end() :]).strip()
    kinds = [stage.kind for stage in reading.draft.stages]
    for wanted in (StageKind.CHAT, StageKind.FORM, StageKind.VOICE, StageKind.SCENARIO):
        if wanted in kinds:
            return kinds.index(wanted) + 1, what
    raise refuse("There is no stage that asks questions. Add a chat stage first.", "not_there")


def _position(what: str, stage: int, reading: Reading) -> tuple[int | None, str, int]:
    match = _PLACED.search(what)
    if not match or (match["end2"] and len(what.split()) < 4):
        return None, what, stage
    rest = what[: match.start()].strip(" ,")
    if match["side"]:
        other = resolve(match["other"], reading)[0]
        stage = reading.stage_of(other)
        ahead = [n for n in reading.questions if reading.stage_of(n) == stage and n < other]
        return len(ahead) + (1 if match["side"].lower() == "before" else 2), rest, stage
    if match["n"]:
        return number_of(match["n"]), rest, stage
    end = (match["end"] or match["end2"]).lower()
    last = bool(re.match(r"end|bottom|last", end))
    return (len(reading.draft.stages[stage - 1].questions) + 1 if last else 1), rest, stage


def already_asked(question: str, reading: Reading) -> str:
    """Names a question that is there already and serves the purpose."""
    for number, other in reading.questions.items():
        if re.search(r"\b(?:start|shift|nights?|weekends?|hours|available)\b", other.text, re.I) and re.search(r"hours", question):
            return f" Question {number} already asks “{short(other)}”"
    return ""
