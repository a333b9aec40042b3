"""Wishes about what a question asks and how it is followed up, one clause at a time, as edits. None: something else."""

import re

from botapp.compose.dates import NUMBER, number_of
from botapp.compose.edit_reading import Edits, first_ref, focus_on, parts_of
from botapp.compose.edits import next_question_id
from botapp.compose.knockout_reading import knockout_wish, set_rule
from botapp.compose.question_making import made_question
from botapp.compose.references import STAGE_REF, Reading, ask_which, refuse, resolve, resolve_stage, short
from botapp.compose.rewording import fitted, shorter
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import WEIGHT_MAX, FollowUps, QuestionKind, StageKind


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


# ---- follow-ups --------------------------------------------------------------------------------------------

_FOLLOW = _rx(r"follow[- ]?ups?(?: questions?)?")
_COUNT = _rx(
    r"\b(?P<how>at most|no more than|max(?:imum)?(?: of)?|up to|only|just|at least|exactly"
    rf"|min(?:imum)?(?: of)?)?\s*(?:ask )?(?P<low>{NUMBER}|a single|a|an|no|zero|none|any)\s*(?:(?:-|–|to"
    rf"|or)\s*(?P<high>{NUMBER}))?\s*(?:more |extra )?(?=follow|probing|times|$)"
)


def follow_ups(clause: str, reading: Reading) -> Edits | None:
    if not _FOLLOW.search(clause):
        return None
    bare = re.sub(r"\bfollow[- ]?ups?\b", "follow-ups", clause, flags=re.I)
    ref = _follow_ref(bare)
    scope = (
        re.sub(rf"\b(?:of|to|at)\s+(?:{NUMBER}|none)\s*$", "", ref).strip()
        if not re.match(r"^\W*(?:q|question|#)?\s*\d+\W*$", ref, re.I)
        else ref
    )
    low, high, ceiling, floor = _follow_count(bare, ref)
    everywhere = re.search(
        r"\b(?:everywhere|everyone|everybody|anywhere|all (?:of them|questions?|open)|any (?:question"
        r"|of)|every|each"
        r"|all)\b",
        bare,
        re.I,
    )
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
    if match := re.search(
        r"follow-ups?(?: questions?)?\s+(?:on|for|in|to|at|after|from|with)\s+(?P<ref>.+)$", bare, re.I
    ):
        return (
            re.sub(r"\s+(?:to|at|=|be)\s+(?:at most |max |only )?\S+$", "", match["ref"])
            if re.search(rf"\s(?:to|=|be) (?:at most |max )?(?:{NUMBER}|none)$", match["ref"], re.I)
            else match["ref"]
        )
    if match := re.match(
        r"(?:for|on|in|with)\s+(?P<ref>.+?)[,:]?\s+(?:only |just |please )?(?:(?:ask|allow|give|have"
        r"|max|at most|no|only|up to|just|use|set|make|keep|zero)\b|(?:one|two|three|four|five"
        r"|\d)(?: (?:or|to) \w+|-\d)? follow)",
        bare,
        re.I,
    ):
        return match["ref"]
    if match := re.match(
        r"(?:give|allow|let|ask|grant)\s+(?P<ref>.+?)\s+(?:(?:have|get)\s+)?(?:at most|no more than"
        r"|max|up to|only|just|exactly|at least|(?:one|two|three|four|five|\d+|no|a)\b)",
        bare,
        re.I,
    ):
        return "" if re.match(r"(?:at most|up to|only|one|two|three|\d+|no|a)\b", match["ref"], re.I) else match["ref"]
    if match := re.match(
        r"(?P<ref>q(?:uestion)? ?\w+|the .+?|it|\d+)[,:]?\s+(?:should (?:have|get)|gets?|has|needs?"
        r"|can have|with|:)?\s*(?:at most|no more than|max|up to|only|just|exactly|at least|one|two"
        r"|three|\d+|no)\b",
        bare,
        re.I,
    ):
        return match["ref"]
    if match := re.match(
        r"(?:remove|drop|delete|cut|turn off|kill|stop|no|limit|cap|lower|set)\s+(?:all "
        r"|the )*follow-ups?\s*(?:on|for|from|to|at)?\s*(?P<ref>.*)$",
        bare,
        re.I,
    ):
        return match["ref"]
    return ""


def _follow_count(bare: str, ref: str) -> tuple[int, int, bool, bool]:
    """(low, high, is a ceiling, is a floor)."""
    without = bare.replace(ref, " ", 1) if ref and not re.fullmatch(r"(?:at )?(?:most )?\w+", ref) else bare
    if re.search(
        r"\b(?:no|zero|without|remove|drop|delete|cut|turn off|kill|stop|don'?t"
        r"|not)\b[^,;]{0,24}follow-ups|follow-ups? (?:off|to (?:0|zero|none))\b",
        without,
        re.I,
    ) and not re.search(r"\bno more than\b", without, re.I):
        return 0, 0, False, False
    match = _COUNT.search(without) or re.search(
        rf"follow-ups?.{{0,30}}?\b(?P<how>at most|max|up to|only|exactly|at least)?\s*(?:to|at|="
        rf"|:)?\s*(?P<low>{NUMBER})\s*(?:(?:-|–|to)\s*(?P<high>{NUMBER}))?\s*$",
        bare,
        re.I,
    )
    if not match:
        raise ask_which("How many follow-ups should it have?", "no_value")
    how = (match["how"] or "").lower()
    low = (
        1
        if match["low"].lower() in ("a", "an", "a single")
        else 0
        if match["low"].lower() in ("no", "none", "zero", "any")
        else number_of(match["low"])
    )
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
    for part in parts_of(scope):
        numbers += resolve(part, reading)
    if len(numbers) > 1 and any(number in opens for number in numbers) and not re.search(r"\d", scope):
        numbers = [number for number in numbers if number in opens]
    for number in numbers:
        if number not in opens:
            raise refuse(f"Question {number} is not open, so it gets no follow-ups anyway.", "not_there")
    return numbers


def _none_open() -> list[int]:
    raise refuse("No question here is open, so none gets follow-ups.", "not_there")


# ---- kind and text ------------------------------------------------------------------------------------

_KINDS = (
    r"(?P<kind>yes[ /-]*(?:or |and |/)?no|open(?:[- ]ended)?|free text|number|numeric"
    r"|(?:multiple[- ])?choice|date|duration|file|upload|pick(?:ing)? list|dropdown)"
)
_KIND = _rx(
    r"^(?:make|turn|change|switch|convert|set)\s+(?P<ref>.+?)\s+(?:in)?(?:to |be |as |a |an "
    rf"|into )*{_KINDS}(?: (?:question|answer|one|field))?(?P<rest>[,:(\s].*)?$"
    r"|^(?P<ref2>.+?) should be (?:a "
    rf"|an )?{_KINDS.replace('?P<kind>', '?P<kind2>')}(?: question)?(?P<rest2>[,:(\s].*)?$"
    r"|^ask (?P<ref3>.+?) as (?:a "
    rf"|an )?{_KINDS.replace('?P<kind>', '?P<kind3>')}(?: question)?(?P<rest3>[,:(\s].*)?$"
)


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


_OUT = r"knock|dealbreaker|must\b|only\b"
_RULE = _OUT + r"|least|most|min|max|under|over|\+|require"


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
        options: list[str] = []
        value: dict[str, object] = {"kind": new.value, "text": fitted(question, new)}
        if new in (QuestionKind.NUMBER, QuestionKind.DURATION):
            value["unit"] = "years" if "years" in str(value["text"]) else question.unit
        if new is QuestionKind.CHOICE:
            options = _listed(rest) or list(question.options)
            if len(options) < 2:
                raise ask_which(
                    f"Which options should question {number} have? Name at least two.", "no_value", [number]
                )
            value["options"] = options
        if question.kind is not new or value.get("options"):
            edits.append(Edit(op=EditOp.SET_KIND, target=reading.target(number), value=value))
        if (
            rest
            and re.search(_RULE if new is not QuestionKind.CHOICE else _OUT, rest, re.I)
            and (rule := knockout_wish(rest, new, tuple(options), question.text))
        ):
            edits.append(Edit(op=EditOp.SET_KNOCKOUT, target=reading.target(number), value=rule))
    return edits


def _listed(rest: str) -> list[str]:
    bare = re.sub(
        r"^\W*(?:with|of|from|between|options?|:|the)*\s*(?:the )?(?:options?)?\s*[:=]?\s*",
        "",
        rest.strip(" ,:()"),
        flags=re.I,
    )
    parts = [part.strip(' ."“”()') for part in re.split(r"\s*(?:,|/|;|\bor\b|\band\b)\s*", bare)]
    return [part for part in parts if part and len(part) <= 60]


_SHORTER = _rx(
    r"^(?:make|ask|put|word|phrase|keep|say)\s+(?P<ref>.+?)\s+(?:a bit |much |a little "
    r"|more )?(?:shorter|simpler|briefly|concise(?:ly)?|brief|crisp(?:er)?|tighter|short)$"
    r"|^(?:shorten|simplify|tighten|trim|condense)\s+(?:up |down )?(?P<ref2>.+?)$"
    r"|^(?P<ref3>q(?:uestion)? ?\w+|the .+?|it|\d+)\s*[:,]?\s*(?:(?:ask|make|word|put) (?:it"
    r"|that) |is too long|too long|should be |can be )(?:a bit |much )?(?:shorter|simpler"
    r"|brief(?:er)?|short)?$|^(?P<ref4>.+?) is too (?:long|wordy)$"
)
_TEXT_TO = _rx(
    r"^(?:change|reword|rephrase|rewrite|set|make|edit|replace|update)\s+(?:the )?(?:text of "
    r"|wording of )?(?P<ref>.+?)\s*(?:so it (?:says|reads|asks)|to say|to read|to ask|to|as|with"
    r"|say|read|:)\s*[:\s]*[\"“](?P<text>.+?)[\"”]$|^(?P<ref2>q(?:uestion)? ?\w+"
    r"|the .+? question)\s+should (?:say|read|ask|be)\s*:?\s*[\"“]?(?P<text2>.{8,}?)[\"”]?$"
    r"|^(?:reword|rephrase|rewrite|change|ask)\s+(?P<ref3>q(?:uestion)? ?\w+|\d+|it|that"
    r"|the .+?)\s*(?:to|as|:|so it (?:says|asks)|to say|to ask)\s*:?\s*(?P<text3>(?:how|what|why"
    r"|when|where|which|who|do|are|can|have|will|would|tell|describe|is|did)\b.{6,})$"
)


_PART_OF_TEXT = _rx(
    r"^(?:change|replace|swap|turn)\s+(?:the )?(?:words? |phrase )?[\"“](?P<old>[^\"”]+)[\"”]\s*(?:to|with|by"
    r"|into|for)\s*"
    r"[\"“](?P<new>[^\"”]+)[\"”](?:\s+(?:in|on) .+)?$"
)


def _part(old: str, new: str, reading: Reading) -> Edits:
    """`change "every other weekend" to "two weekends a month"`: those words, where they stand."""
    found = [n for n, q in reading.questions.items() if old.lower() in q.text.lower()]
    if not found:
        raise refuse(f"No question says “{old}”.", "not_there")
    if len(found) > 1:
        raise ask_which(f"Questions {', '.join(map(str, found))} say “{old}”. Which one?", "two_match", found)
    made = re.sub(re.escape(old), lambda _: new, reading.questions[found[0]].text, flags=re.I)
    focus_on(reading, found)
    return [Edit(op=EditOp.SET_TEXT, target=reading.target(found[0]), value=made[0].upper() + made[1:])]


def text(clause: str, reading: Reading) -> Edits | None:
    if match := _SHORTER.match(clause):
        edits = []
        for number in focus_on(reading, resolve(first_ref(match), reading)):
            made = shorter(reading.questions[number].text)
            if made == reading.questions[number].text:
                raise refuse(f"Question {number} is short already: “{made}” Tell me the words you want.", "question")
            edits.append(Edit(op=EditOp.SET_TEXT, target=reading.target(number), value=made))
        return edits
    if match := _PART_OF_TEXT.match(clause):
        return _part(match["old"], match["new"], reading)
    if match := _TEXT_TO.match(clause):
        ref = match["ref"] or match["ref2"] or match["ref3"]
        new = (match["text"] or match["text2"] or match["text3"]).strip()
        if re.search(r"\b(?:title|link|slug|deadline|name|rubric|agent|company|pay)\b", ref, re.I) and not re.search(
            r"question", ref, re.I
        ):
            return None
        number = focus_on(reading, resolve(ref, reading))[0]
        new = new[0].upper() + new[1:]
        if not re.search(r"[.?!]$", new):
            new += (
                "?"
                if re.match(
                    r"(?:how|what|why|when|where|which|who|do|are|can|have|will|would|is|did|could)\b", new, re.I
                )
                else "."
            )
        return [Edit(op=EditOp.SET_TEXT, target=reading.target(number), value=new)]
    return None


# ---- add ---------------------------------------------------------------------------------------------------

_ADD = _rx(
    r"^(?:add|include|insert|put in|ask(?! (?:it|q|question|\d|that)\b)|also ask|throw in|put(?= (?:a|an"
    r"|another|one) (?:\w+ )?question\b)"
    r"|new question|have (?:it|them) ask|find out|check)\b\s*(?P<what>.+)$|^(?:i )?(?:want"
    r"|need) (?P<what2>(?:a |an |another )(?:\w+ )?question .+)$|^(?P<what3>(?:a|another"
    r"|one more) question (?:about|on) .+)$"
)
_PLACED = _rx(
    r"[,\s]+(?:right |and )?(?:(?:put it |make it |as )?(?:at|to|in"
    r"|as) (?:the )?(?:very )?(?P<end>top|start|beginning|front|first(?: question| one)?|end"
    r"|bottom|last(?: question| one)?)|(?:as |at |in )(?:question |position |number |no\.? ?"
    rf"|#)(?P<n>{NUMBER})|(?P<side>before|after) (?P<other>(?:question |q|number )?(?:{NUMBER})"
    rf"|the (?:[\w-]+ ){{0,4}}(?:question|one)|the (?:licen[cs]e|nights?|shift|experience|pay)\b)"
    r"|(?:as |in )?(?:the )?(?P<nth>second|third|fourth|fifth)(?: place| position)?|(?P<end2>first|last))\s*$"
)
_IN_STAGE = _rx(
    r"[,\s]+(?:in|to|on|into) (?:the )?(?P<stage>form|voice(?: call)?|call|chat|text|sms|scenario"
    r"|resume)(?: (?:stage|part))?(?=\s|$|,)"
)
_MUST = _rx(
    r"[,;\s]*(?:\(|\b)(?:and |as |it'?s |make it |that'?s |should be |which is "
    r"|is )*(?:an? )?(?:knock ?outs?(?: if .*| question)?|deal ?breakers?|must[- ]haves?|must"
    r"|required|mandatory|(?:and )?(?:knock|kick) (?:them |people |anyone )?out.*|fail (?:them"
    r"|anyone).*|no (?:means )?out)\b\)?\s*$|^(?:a |an )?(?:knock ?out|dealbreaker"
    r"|must[- ]have)\b(?: question)?\s*"
)


_END_OF_STAGE = _rx(
    r"\b(?:at )?(?:the )?(?P<w>end|start|top|beginning|bottom) of (?:the )?(?P<s>form|voice(?: call)?|call"
    r"|chat|text|sms|scenario)(?: stage)?\b"
)
_SEVERAL = _rx(
    rf"^(?:{NUMBER}(?<!one)(?<!1)|a few|some|a couple(?: of)?|several)(?: more| new"
    rf"| other)? questions (?:about|on) (?P<about>.+)$"
)


def add(clause: str, reading: Reading) -> Edits | None:
    match = _ADD.match(clause)
    if not match or _FOLLOW.search(clause):
        return None
    what = match["what"] or match["what2"] or match["what3"]
    if re.match(
        r"(?:a |an |the |another )?(?:short )?(?:voice|phone|form|resume|cv|scenario|chat"
        r"|sms)\b(?: call)?(?: stage| step| screen| round)?(?: (?:at|to|in|as|after|before|first|last"
        r"|too|stage|step|round)\b.*)?$",
        what,
        re.I,
    ) or re.match(r"(?:a |the )?(?:fact|note|stage)\b", what, re.I):
        return None
    if several := _SEVERAL.match(what):
        about = several["about"].strip(" .")
        raise ask_which(
            f"I write one question at a time. Say “add a question about {about}”, or give me each in your words.",
            "no_value",
        )
    stage, what = _stage_for(_END_OF_STAGE.sub(r"in the \g<s> at the \g<w>", what), reading)
    weight, what = _weight(what)
    position, what, stage = _position(what, stage, reading)
    hard, what, rule_words = _hardness(what)
    made = made_question(what, hard)
    if (
        re.fullmatch(r"(?:that|it|this|one|something|some|more)?", str(made["topic"]))
        or len(str(made["text"])) < 8
        or not re.search(r"[a-z]{3}", str(made.get("topic", "")), re.I)
    ):
        raise ask_which("What should the new question be about?", "no_value")
    options = tuple(str(option) for option in made.get("options", ()))
    new = QuestionKind(made["kind"])
    if new is QuestionKind.CHOICE and len(options) < 2:
        raise ask_which("Which options should that question have? Name at least two.", "no_value")
    if hard:
        made["knockout"] = knockout_wish(rule_words or "must", new, options, str(made["text"])) or None
        if made["knockout"] is None and new is not QuestionKind.OPEN:
            raise ask_which("What is the least that keeps a candidate in?", "no_value")
    if weight is not None:
        made["weight"] = weight
    made["id"] = next_question_id(reading.draft)
    return [Edit(op=EditOp.ADD_QUESTION, target={"stage": stage, "position": position}, value=made)]


def knock(number: int, words: str, reading: Reading) -> Edits:
    """The rule that `words` ask for, on a question that is there; nothing when it has that rule."""
    focus_on(reading, [number])
    edit = set_rule(number, words, reading)
    return [edit] if edit else []


def _weight(what: str) -> tuple[int | None, str]:
    """`a question about hoists with weight 4`."""
    match = re.search(rf",?\s+(?:with |and |at )?(?:a )?weight (?:of |= ?)?(?P<n>{NUMBER})\W*$", what, re.I)
    if not match:
        return None, what
    weight = number_of(match["n"])
    if not 0 <= weight <= WEIGHT_MAX:
        raise refuse(f"A weight goes from 0 (not scored) to {WEIGHT_MAX}, so {weight} won't do.", "out_of_range")
    return weight, what[: match.start()]


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
    if not match or ((match["end2"] or match["nth"]) and len(what.split()) < 4):
        return None, what, stage
    rest = what[: match.start()].strip(" ,")
    if match["side"]:
        other = resolve(match["other"], reading)[0]
        stage = reading.stage_of(other)
        ahead = [n for n in reading.questions if reading.stage_of(n) == stage and n < other]
        return len(ahead) + (1 if match["side"].lower() == "before" else 2), rest, stage
    if match["n"] or match["nth"]:
        return _NTH.get((match["nth"] or "").lower()) or number_of(match["n"]), rest, stage
    end = (match["end"] or match["end2"]).lower()
    last = bool(re.match(r"end|bottom|last", end))
    return (len(reading.draft.stages[stage - 1].questions) + 1 if last else 1), rest, stage


_NTH = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}


def already_asked(question: str, reading: Reading) -> str:
    """Names a question that is there already and serves the purpose."""
    for number, other in reading.questions.items():
        if re.search(r"\b(?:start|shift|nights?|weekends?|hours|available)\b", other.text, re.I) and re.search(
            r"hours", question
        ):
            return f" Question {number} already asks “{short(other)}”"
    return ""
