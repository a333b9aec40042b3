"""Wishes about knockouts: which question, and the condition to stay in."""

import re
from typing import Any

from botapp.compose.dates import NUMBER, find_date, number_of
from botapp.compose.references import Answered, Reading, ask_which, refuse, resolve
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import Question, QuestionKind

Rule = dict[str, Any]


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_N = rf"(?:\d+(?:\.\d+)?|{NUMBER}|an?(?= (?:year|month)))"
_WORD = (
    r"(?:knock[- ]?outs?|knock[- ]?out question|deal[- ]?breakers?|must(?:[- ]haves?)?"
    r"|hard (?:requirement|line|no)|mandatory|required|requirement|gate|showstopper|essential|critical"
    r"|non[- ]negotiable)"
)
_SET = _rx(
    r"^(?:make|turn|mark|set|treat|flag|count|have)\s+(?P<ref>.+?)\s+(?:in)?(?:to |as |be |being "
    rf"|into |also |both |a |an |the )*{_WORD}\b(?P<rest>.*)$"
    r"|^(?P<ref2>.+?)\s+(?:should be|is|are|must be|has to be|needs to be|as)\s+(?:also |now "
    rf"|both |all )?(?:an? )?{_WORD}\b(?P<rest2>.*)$"
    r"|^(?:require|insist on|gate on)\s+(?P<ref3>.+?)$|^(?:add|put|set) (?:a |the )?(?:knock ?out"
    r"|dealbreaker)(?: rule)? (?:on|to|for)\s+(?P<ref4>.+?)(?P<rest4>[,:(].*)?$"
    r"|^(?:knock|kick|screen|rule) (?:them |people |anyone |everyone |candidates? )?out (?:on"
    r"|for)\s+(?P<ref5>.+?)(?P<rest5>[,:(].*)?$|^(?:candidates?|they|people) must (?:have|pass"
    r"|meet|say yes to)\s+(?P<ref6>.+)$"
)
_IF = _rx(
    r"^(?:knock|kick|screen|rule|reject|fail|dismiss|drop|cut)\s*(?:out )?(?:them |people |anyone "
    r"|anybody |everyone |candidates? |those )?(?:out )?(?:if|when|who|that|whose|with|without"
    r"|unless|under|below|over|above|not in|outside|not|for less than"
    r"|for fewer than)\b(?P<cond>.+)$"
    r"|^(?:anyone|anybody|people|candidates?|those|whoever) (?:who |with(?:out)? "
    r"|that )?(?P<cond2>.+?) (?:is|are|gets?|should be) (?:knocked )?out$"
)
_CLEAR = _rx(
    r"^(?:remove|drop|clear|delete|take (?:off|away)|lose|get rid of|lift|scrap|kill"
    r"|undo)\s+(?:the |all (?:the )?|all of the )?(?:knock ?out|dealbreaker"
    r"|must(?:[- ]have)?)(?: rule| tag)?s?\s*(?:on|from|for|of)?\s*(?P<ref>.*)$"
    r"|^(?P<ref2>.+?)\s+(?:should(?:n'?t| not)|is(?:n'?t| not)|are(?:n'?t| not)|must not"
    r"|doesn'?t need to|no longer|needn'?t)\s*(?:be |is |to be )?(?:a |an "
    rf"|necessarily )?(?:{_WORD}|knock anyone out|knock (?:people|them|anybody) out)\b.*$"
    r"|^(?:don'?t|do not|stop) (?:knock(?:ing)? (?:them |people |anyone |anybody )?out|reject\w*"
    r"|fail\w*) (?:on|for|over|because of)?\s*(?P<ref3>.+)$"
    r"|^(?:make|set|turn|let|have)\s+(?P<ref4>.+?)\s+(?:to |into |be |just |only "
    r"|merely )*(?:a )?(?:nice[- ]to[- ]have|optional|preference|not (?:be )?(?:a "
    r"|an )?(?:knock ?out|dealbreaker|must(?:[- ]have)?|required|mandatory))\b.*$"
    r"|^(?P<ref5>.+?) (?:is|are|should be|would be)(?: just| only"
    r"| merely)? (?:a )?(?:nice[- ]to[- ]have|optional|preferred|not required|not mandatory"
    r"|only a plus|a plus)$"
    r"|^(?:nice[- ]to[- ]have|optional)\s*(?:for|on|is|:)?\s*(?P<ref7>.+)$"
    rf"|^(?P<ref6>.+?) (?:isn'?t|is not|no longer) (?:a |an )?{_WORD}$"
)
_THRESHOLD = _rx(
    r"(?P<gte>at least|min(?:imum)?(?: of)?|no (?:less|fewer) than|under|below|less than"
    rf"|fewer than|or more|>=|from)\s*\$?(?P<n>{_N})(?P<u>\s*(?:years?|yrs?|months?|lbs?|pounds?|kg"
    rf"|mbps|k\b|%))?|\b(?P<n2>\d+(?:\.\d+)?|{NUMBER})\s*(?P<u2>years?|yrs?|months?|lbs?"
    r"|mbps)?\s*(?:\+|or more|or above|and up|plus\b|minimum|min\b)"
    r"|(?P<lte>at most|max(?:imum)?(?: of)?|no more than|not more than|more than|over|above|up to"
    rf"|<=)\s*\$?(?P<n3>{_N})|\b(?P<n4>\d+(?:\.\d+)?|{NUMBER})\s*(?:or (?:less|fewer)|at most"
    r"|max)\b"
)
_NEGATIVE = _rx(
    r"^(?:have you ever (?:been (?:convicted|fired|arrested|suspended|dismissed|disqualified)"
    r"|had (?:a |your )?(?:dui|licen[cs]e (?:suspended|revoked)|accident|at-fault))|do you (?:need"
    r"|require) (?:visa |work )?(?:sponsorship|a visa)|have you had any"
    r"|do you have any (?:convictions|violations|points|accidents|points on)|are you bound by)"
)


_ONLY = _rx(
    r"^only (?P<ref>.+?) (?:should|must|can|may|is|are)(?: be)?(?: a| an| the)? (?:knock ?outs?"
    r"|deal ?breakers?|must[- ]haves?)$"
    r"|^(?:only|just) knock (?:people |them |anyone )?out (?:on|for|over) (?P<ref2>.+)$"
    r"|^(?:nothing|no question)(?: else)? (?:should|must|may|can|is to) (?:knock (?:people|them|anyone"
    r"|anybody) out|be a knock ?out)"
    r" (?:except|but|other than|apart from) (?:for )?(?P<ref3>.+)$"
    r"|^(?:the )?only (?:knock ?outs?|deal ?breakers?|must[- ]haves?) (?:is|are|should be) (?P<ref4>.+)$"
    r"|^knock (?:people |them |anyone )?out (?:only )?(?:on|for) (?P<ref5>.+?) (?:only|and nothing else)$"
)
_ADDS = _rx(
    r"^(?:add|include|insert|put in|throw in)\b[^\"“]{0,20}[\"“]|^(?:add|include|insert|put in"
    r"|throw in)\b.*\b(?:something|question|one) (?:about|on)\b|^ask\b"
)
_BY_DATE = _rx(
    r"^(?P<ref>.*?)\s*(?:must be|has to be|should be|needs to be|have to be|is|be)?\s*"
    r"(?P<rule>(?:on or )?(?:before|by|after|no later than|not later than|at the latest|no earlier than"
    r"|not before)\s+(?P<when>.+))$"
)


def _only(match: re.Match[str], reading: Reading) -> list[Edit]:
    """The knockouts that are named, and no others."""
    said = next(value for value in match.groups() if value)
    kept = [n for part in re.split(r"\s+and\s+|,\s*", said) for n in resolve(part, reading)]
    cleared = [n for n, q in reading.questions.items() if q.knockout and n not in kept]
    edits = [Edit(op=EditOp.CLEAR_KNOCKOUT, target=reading.target(n)) for n in cleared]
    added = [set_rule(n, "must", reading) for n in kept if not reading.questions[n].knockout]
    return [*edits, *(edit for edit in added if edit)]


def _by_date(clause: str, reading: Reading) -> list[Edit] | None:
    """`the start date must be before January 31`, of a question that asks for a date."""
    match = _BY_DATE.match(clause)
    if (
        not match
        or not find_date(match["when"], reading.today)
        or re.match(r"(?:the )?(?:deadline|clos)|move|put|ask|add", clause, re.I)
    ):
        return None
    dates = [n for n, q in reading.questions.items() if q.kind is QuestionKind.DATE]
    ref = re.sub(
        r"^(?:they|candidates|people)\s+(?:must|have to|need to|should)?\s*|^must\s+|^(?:be able to )",
        "",
        match["ref"],
        flags=re.I,
    )
    fits = [n for n in resolve(ref, reading) if n in dates] if ref.strip() else dates
    if len(fits) != 1:
        return None
    reading.focus = fits[0]
    edit = set_rule(fits[0], match["rule"], reading)
    return [edit] if edit else []


def _by_date_or_none(clause: str, reading: Reading) -> list[Edit] | None:
    try:
        return _by_date(clause, reading)
    except Answered:
        return None


def knockouts(clause: str, reading: Reading) -> list[Edit] | None:
    """Set or clear knockouts, or None when the clause is about something else."""
    if _ADDS.match(clause):
        return None
    if match := _ONLY.match(clause):
        return _only(match, reading)
    if edits := _by_date_or_none(clause, reading):
        return edits
    if re.search(
        r"\b(?:knock ?out|dealbreaker|must(?:[- ]have)?|required) (?:and|but)(?: also)? (?:not"
        r"|optional|a nice)\b",
        clause,
        re.I,
    ):
        raise ask_which("You asked for a knockout and for none. Which one should I do?", "contradiction")
    if match := re.match(
        r"^(?:nobody|no one|noone) (?:should be|is|gets?|should get) (?:knocked|kicked|ruled"
        r"|screened) out (?:on|for|over|because of) (?P<ref>.+)$",
        clause,
        re.I,
    ):
        return _cleared(match, clause, reading)
    if match := re.match(
        r"^(?:they|candidates?|people|everyone) (?:have to|must|need to|has to) (?:be able to "
        r"|be willing to |say yes to )?(?P<ref>.+)$",
        clause,
        re.I,
    ):
        number = resolve(match["ref"], reading)[0]
        reading.focus = number
        edit = set_rule(number, clause, reading)
        return [edit] if edit else []
    if re.fullmatch(
        r"(?:no|without(?: any)?|zero) (?:knock ?outs?|must[- ]haves|dealbreakers)(?: at all| anywhere| please)*",
        clause,
        re.I,
    ):
        clause = "remove all knockouts"
    if match := _CLEAR.match(clause):
        return _cleared(match, clause, reading)
    if match := _IF.match(clause):
        return _conditional(clause, match["cond"] or match["cond2"], reading)
    if match := _SET.match(clause):
        groups = {name.rstrip("23456"): value for name, value in match.groupdict().items() if value}
        if re.search(r"\bnot\b|n'?t\b", groups["ref"]) or re.match(
            r"(?:the )?(?:deadline|title|link|pass bar|budget)\b", groups["ref"], re.I
        ):
            return None
        rest = groups.get("rest", "")
        refs, extra = _ref_and_rule(groups["ref"])
        made: list[Edit | None] = []
        for ref in refs:
            numbers = resolve(ref, reading)
            for number in numbers:
                if len(numbers) > 1 and not re.search(r"\d", ref) and _needs_no_rule(reading.questions[number]):
                    continue  # "everything in the chat": what can have a rule and has none
                reading.focus = number
                made.append(set_rule(number, f"{extra} {rest}", reading))
        return [edit for edit in made if edit]
    return _bare_minimum(clause, reading)


def _needs_no_rule(question: Question) -> bool:
    return question.is_open or question.knockout is not None


def _ref_and_rule(ref: str) -> tuple[list[str], str]:
    """`at least 2 years of experience` as a reference and a rule."""
    rule = _THRESHOLD.search(ref)
    extra = ""
    if rule and not re.match(r"^\W*(?:q|question|#)?\s*\d+", ref, re.I):
        extra, ref = rule[0], (ref[: rule.start()] + " " + ref[rule.end() :]).strip()
        ref = re.sub(r"^\s*(?:years? )?(?:of|on|for|in)\s+", "", ref).strip() or "it"
    if re.match(rf"^\W*(?:the )?(?:questions?|qs?|numbers?|#)?\s*{NUMBER}\b", ref, re.I) or re.search(
        r"\b(?:all|every|but|except)\b", ref, re.I
    ):
        return [ref], extra
    return [
        part
        for part in re.split(r"\s+and\s+(?=the\b|q|\d)|,\s+(?:and )?(?=the\b|q\d)", ref, flags=re.I)
        if part.strip()
    ], extra


def _cleared(match: re.Match[str], clause: str, reading: Reading) -> list[Edit]:
    ref = next((value for value in match.groupdict().values() if value), "").strip()
    everything = re.search(r"\ball\b|\bknock ?outs\b|\bevery\b", clause, re.I)
    if everything and (not ref or re.match(r"(?:but|except|other than|apart from|questions?$|everywhere)", ref, re.I)):
        keep: list[int] = []
        if but := re.search(r"\b(?:but|except(?: for)?|other than|apart from)\b\s*(?P<ref>.+)$", ref, re.I):
            for part in re.split(r"\s+and\s+|,\s*", but["ref"]):
                keep += resolve(re.sub(r"^(?:for|the one on)\s+", "", part), reading)
        numbers = [n for n, q in reading.questions.items() if q.knockout and n not in keep]
        if not numbers:
            raise refuse("There is no other knockout to remove.", "not_there")
    else:
        numbers = resolve(ref or "it", reading)
        reading.focus = numbers[-1]
    if not any(reading.questions[n].knockout for n in numbers) and not re.match(
        r"(?:remove|drop|clear|delete|take|lose|get rid|lift|scrap)", clause, re.I
    ):
        return []
    without = [n for n in numbers if not reading.questions[n].knockout]
    if without and len(without) == len(numbers):
        raise refuse(f"Question {without[0]} is not a knockout, so there is nothing to clear.", "not_there")
    return [Edit(op=EditOp.CLEAR_KNOCKOUT, target=reading.target(n)) for n in numbers if reading.questions[n].knockout]


def _conditional(clause: str, condition: str, reading: Reading) -> list[Edit] | None:
    """`knock out if they say no to nights`, `reject anyone under 2 years`."""
    say = re.search(r"\b(?:says?|answers?) (?P<a>yes|no)\b(?: (?:to|on|for|about) (?P<ref>.+))?", condition, re.I)
    ref = say["ref"] if say and say["ref"] else ""
    if not ref:
        ref = re.sub(
            r"^(?:\s*(?:they|she|he|you|someone|people|who|the candidate))?\s*(?:can'?t|cannot|can not"
            r"|don'?t|do not|doesn'?t|haven'?t|aren'?t|isn'?t|not|have no|has no|lacks?|have|has|without"
            r"|no|are|is|under|below|less than|fewer than|more than|over|above|at least|do|can)?\s*",
            "",
            condition.strip(),
            flags=re.I,
        )
        ref = re.sub(
            rf"^(?:than\s+)?\$?(?:\d+(?:\.\d+)?|{NUMBER}|an?(?= year| month))\s*(?:years?|months?"
            r"|lbs?)?\s*(?:of|on|in|for)?\s*",
            "",
            ref,
            flags=re.I,
        ).strip()
    number = resolve(ref or "it", reading)[0]
    reading.focus = number
    edit = set_rule(number, clause, reading)
    return [edit] if edit else []


def _bare_minimum(clause: str, reading: Reading) -> list[Edit] | None:
    """`at least 2 years on question 3`, `minimum 3 years for the SQL one`."""
    if match := re.match(
        r"^(?P<ref>.+?) (?:has to|have to|must|needs? to|should) (?:be|stay|still be) (?:valid|current"
        r"|good) (?P<rule>(?:un)?til+|past|through|beyond|after|on|at least until)\s+(?P<when>.+)$",
        clause,
        re.I,
    ):
        number = resolve(match["ref"], reading)[0]
        edit = (
            set_rule(number, f"from {match['when']}", reading)
            if reading.questions[number].kind is QuestionKind.DATE
            else None
        )
        reading.focus = number
        return [edit] if edit else None
    clause = re.sub(
        r",?\s+or (?:they'?re|they are|it'?s|you'?re) out$|,?\s+otherwise (?:they'?re )?out$", "", clause, flags=re.I
    )
    if match := re.match(
        r"^(?:make|set|put) (?P<ref>.+?) (?:to |be |a )?(?P<rule>(?:at least|minimum(?: of)?|min"
        rf"|at most|no more than|max(?:imum)?(?: of)?) {_N}\b.*)$|^(?P<rule2>{_N} ?\+? (?:years?"
        r"|months?) (?:min(?:imum)?|or more)) (?:on|for|of) (?P<ref2>.+)$",
        clause,
        re.I,
    ):
        if re.search(r"follow|retake|score|bar\b|interviews", clause, re.I):
            return None
        number = resolve(match["ref"] or match["ref2"], reading)[0]
        reading.focus = number
        edit = set_rule(number, match["rule"] or match["rule2"], reading)
        return [edit] if edit else []
    match = re.match(
        r"^(?:we need |need |set (?:a )?(?:minimum|min) of |require |with )?(?P<rule>(?:at least"
        r"|minimum(?: of)?|min|no (?:less|fewer) than|at most|no more than"
        rf"|max(?:imum)?(?: of)?) (?:\d+(?:\.\d+)?|{NUMBER}|an?(?= year| month))(?: (?:years?|months?|lbs?"
        r"|mbps))?)\s*(?:on"
        r"|for|of|in|at)?\s*(?P<ref>.*)$|^(?P<ref2>q(?:uestion)? ?\w+|the .+? (?:question|one)|it"
        r"|\d+)[,:]?\s+(?:needs? |should be |must be |is |has to be )?(?P<rule2>(?:at least"
        rf"|minimum(?: of)?|min|at most|no more than|max) (?:\d+(?:\.\d+)?|{NUMBER})\b.*)$",
        clause,
        re.I,
    )
    if not match or re.search(r"follow|retake|score|bar\b|reminder", clause, re.I):
        return None
    number = resolve(match["ref"] or match["ref2"] or "it", reading)[0]
    reading.focus = number
    edit = set_rule(number, match["rule"] or match["rule2"], reading)
    return [edit] if edit else []


def set_rule(number: int, words: str, reading: Reading) -> Edit | None:
    """The knockout that `words` ask for on this question; None when it has that rule already."""
    question = reading.questions[number]
    if question.is_open:
        raise refuse(
            f"Question {number} is open, so it can't knock anyone out. I can make it a yes or no question "
            "or a number first.",
            "question",
        )
    if question.kind is QuestionKind.DATE and (day := find_date(words, reading.today)):
        words = f"{words} {day.isoformat()}"
    rule = knockout_wish(words, question.kind, question.options, question.text)
    if rule is None:
        raise ask_which(_ask_rule(number, question), "no_value", [number])
    if question.knockout and question.knockout.model_dump() == rule:
        return None
    return Edit(op=EditOp.SET_KNOCKOUT, target=reading.target(number), value=rule)


def _ask_rule(number: int, question: Question) -> str:
    match question.kind:
        case QuestionKind.CHOICE:
            return (
                f"Which answers to question {number} keep a candidate in? The options are: "
                f"{', '.join(question.options)}."
            )
        case QuestionKind.DATE:
            return f"By which date, or from which date, for question {number}?"
        case _:
            return f"What is the least that keeps a candidate in at question {number}? For example: at least 2."


def knockout_wish(words: str, kind: QuestionKind, options: tuple[str, ...], text: str) -> Rule | None:
    """The condition to stay in that `words` ask for, or None when they don't say it."""
    match kind:
        case QuestionKind.YES_NO:
            return _yes_no(words, text)
        case QuestionKind.NUMBER | QuestionKind.DURATION | QuestionKind.MONEY:
            return _number(words, kind, text)
        case QuestionKind.CHOICE:
            named = [option for option in options if re.search(rf"\b{re.escape(option)}\b", words, re.I)]
            if (
                re.search(r"\b(?:not|but|except|other than)\b", words, re.I)
                and named
                and not re.search(r"\b(?:not|isn'?t|aren'?t) (?:in|one of|any of)\b", words, re.I)
                and re.search(r"\bif\b|\bbut\b|\bexcept\b", words, re.I)
            ):
                named = [option for option in options if option not in named]
            return {"op": "in", "value": named} if named else None
        case QuestionKind.DATE:
            day = re.search(r"\b20\d\d-\d\d-\d\d\b", words)
            late = re.search(
                r"\b(?:from|after|not before|at the earliest|on or after|at least|still valid"
                r"|(?<!no )(?<!not )later than)\b",
                words,
                re.I,
            )
            found = day[0] if day else None
            return {"op": "gte" if late else "lte", "value": found} if found else None
        case _:
            return None


def _yes_no(words: str, text: str) -> Rule:
    if re.search(
        r"\b(?:says?|answers?|is|are|if|on|means) (?:a )?yes\b|\bmust be no\b|\bif (?:they|she"
        r"|he) (?:do|have|are|need|has|had|did)\b(?! not)",
        words,
        re.I,
    ):
        return {"op": "eq", "value": False}
    if re.search(r"\bno\b|\bcan'?t\b|cannot|\bnot\b|n'?t\b|must be yes|without", words, re.I):
        return {"op": "eq", "value": True}
    return {"op": "eq", "value": not _NEGATIVE.match(text)}


def _number(words: str, kind: QuestionKind, text: str) -> Rule | None:
    match = _THRESHOLD.search(words)
    if not match:
        return None
    shown = next(match[name] for name in ("n", "n2", "n3", "n4") if match[name])
    value = (
        float(shown)
        if re.fullmatch(r"\d+(?:\.\d+)?", shown)
        else 1.0
        if shown.lower() in ("a", "an")
        else float(number_of(shown))
    )
    unit = (match["u"] or match["u2"] or "").strip().lower()
    if unit.startswith("month") and (kind is QuestionKind.DURATION or "month" not in text.lower()):
        value = round(value / 12, 2)
    upper = bool(match["lte"] or match["n4"])
    number: float | int = int(value) if value == int(value) else value
    return {"op": "lte" if upper else "gte", "value": number}
