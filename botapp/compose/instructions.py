"""What a recruiter tells us beside the text: order of stages, number of questions, pass bar, deadline, knockouts.

Reads wishes only; builds nothing. Two wishes that can't both hold are named in `contradictions`.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from botapp.compose.dates import NUMBER, find_date, number_of
from botapp.compose.stage_names import no_such, unknown_stages
from botapp.screening.interviewer import StageKind

_STAGE_WORDS = (
    (StageKind.RESUME, r"r[eé]sum[eé]s?|cvs?(?! only)"),
    (
        StageKind.VOICE,
        r"(?:an? )?(?:ai )?(?:voice|phone)(?: ?(?:call|interview|screen|stage|chat))?"
        r"|telephone(?: call| interview| screen)?|(?:ai |then a |a |by )call\b(?! cent)"
        r"|calls?(?= (?:stage|interview|last|first))",
    ),
    (StageKind.FORM, r"(?:short |quick |web )?(?:form|questionnaire)\b"),
    (StageKind.SCENARIO, r"(?:work )?scenario|role[- ]?play|work sample|simulation"),
    (
        StageKind.CHAT,
        r"sms|text(?:ing|s)?(?: ?(?:screen|chat|message|interview|stage|based|msg))*\b(?! (?:says"
        r"|below|above|i pasted|is))|(?:web ?|slack )?chat(?:bot)?|whatsapp|messag(?:e|ing)",
    ),
)
_STAGE = re.compile("|".join(f"(?P<{kind.value}>\\b(?:{words}))" for kind, words in _STAGE_WORDS), re.I)
_ORDER_SIGN = re.compile(
    r"->|→|=>|>|\bthen\b|\bfirst\b|\blast\b|\bafter(?:wards)?\b|\bfollowed by\b|\bfinally\b"
    r"|\bonly\b|\bjust\b|\bbefore\b",
    re.I,
)
_NOT_STAGE = re.compile(
    r"\b(?:no|without|skip(?: the)?|drop(?: the)?|not? need(?: for)?(?: an?)?|don'?t (?:need"
    r"|want)(?: an?| the)?)\s+(?:an? )?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Stop:
    """One stage asked for; the channel only for chat."""

    kind: StageKind
    channel: str = "any"


@dataclass(frozen=True, slots=True)
class Wishes:
    stages: tuple[Stop, ...] = ()
    most_questions: int | None = None
    pass_bar: int | None = None
    deadline: date | None = None
    days_to_complete: int | None = None
    only_knockouts: tuple[str, ...] | None = None  # words of the only knockouts; () = none at all
    knock_out_on: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    agent_name: str = ""
    tone: str = ""
    contradictions: tuple[str, ...] = field(default=())


def read_wishes(text: str, today: date, typed: bool) -> Wishes:
    """`typed`: the text is an instruction, not a paste in which wishes may be hidden."""
    text = text[:6000]
    stages, stage_trouble = _stages(text, typed)
    no_such_stage = tuple(map(no_such, unknown_stages(text))) if typed else ()
    most, most_trouble = _most_questions(text)
    bar, bar_trouble = _pass_bar(text)
    only, on, knockout_trouble = _knockouts(text)
    return Wishes(
        stages=stages,
        most_questions=most,
        pass_bar=bar,
        deadline=_deadline(text, today),
        days_to_complete=_days(text),
        only_knockouts=only,
        knock_out_on=on,
        languages=_languages(text),
        agent_name=_agent(text),
        tone=_tone(text),
        contradictions=(*no_such_stage, *stage_trouble, *most_trouble, *bar_trouble, *knockout_trouble),
    )


_ALONE_TYPED = re.compile(r"\bonly\b|\bjust\b|\bnothing else\b|\bfirst\b|\bby\b|\bstage\b", re.I)
# An advert speaks of forms, calls and resumes too: "the application form only" is no wish about stages.
_ALONE_PASTED = re.compile(r"^(?!.*\bappl(?:y|ication)).*\b(?:stage|screen(?:ing)?)\b", re.I)


def _stages(text: str, typed: bool) -> tuple[tuple[Stop, ...], tuple[str, ...]]:
    for clause in _stage_clauses(text, typed):
        found = _named_stages(clause)
        ordered = len(found) > 1 and _ORDER_SIGN.search(clause)
        alone = len(found) == 1 and (_ALONE_TYPED if typed else _ALONE_PASTED).search(clause)
        listed = typed and len(found) > 1
        if ordered or alone or listed:
            return _ordered(clause, found), _stage_trouble(clause)
    return (), ()


def _stage_clauses(text: str, typed: bool) -> list[str]:
    if typed:
        return [text]
    return [
        line
        for line in re.split(r"\n+", text)
        if len(line) <= 240 and (re.search(r"->|→|=>", line) or re.search(r"\b(?:first|then|last|only)\b", line, re.I))
    ]


def _named_stages(clause: str) -> list[tuple[StageKind, str, int]]:
    found = []
    for match in _STAGE.finditer(clause):
        if _NOT_STAGE.search(clause[: match.start()]):
            continue
        kind = StageKind(str(match.lastgroup))
        word = match[0].lower()
        channel = "any"
        if kind is StageKind.CHAT:
            channel = (
                "sms"
                if re.search(r"sms|text", word)
                else "slack"
                if "slack" in word
                else "webchat"
                if "web" in word
                else "any"
            )
        found.append((kind, channel, match.start()))
    return found


def _ordered(clause: str, found: list[tuple[StageKind, str, int]]) -> tuple[Stop, ...]:
    places: dict[StageKind, tuple[int, Stop]] = {}
    for kind, channel, at in found:
        after = clause[at : at + 60].split(",")[0].split(" then ")[0]
        before = clause[max(0, at - 14) : at]
        rank = at
        if re.search(r"\blast\b|\bat the end\b|\bto finish\b", after, re.I) or re.search(
            r"\b(?:finally|last(?:ly)?),? (?:an? |the )?$", before, re.I
        ):
            rank = at + 100_000
        elif re.search(r"\bfirst\b", after, re.I) or re.search(r"\bfirst,? (?:an? |the )?$", before, re.I):
            rank = at - 100_000
        if kind not in places:
            places[kind] = (rank, Stop(kind, channel))
    return tuple(stop for _, stop in sorted(places.values(), key=lambda place: place[0]))


def _stage_trouble(clause: str) -> tuple[str, ...]:
    firsts = list(re.finditer(rf"({_STAGE.pattern})[^,.;]{{0,12}}\bfirst\b", clause, re.I))
    kinds_first = {k for m in firsts for k, v in m.groupdict().items() if v}
    lasts = list(re.finditer(rf"({_STAGE.pattern})[^,.;]{{0,12}}\blast\b", clause, re.I))
    kinds_last = {k for m in lasts for k, v in m.groupdict().items() if v}
    trouble = []
    if both := kinds_first & kinds_last:
        trouble.append(f"You asked for the {_said(sorted(both)[0])} both first and last. Which one is it?")
    if len(kinds_first) > 1:
        named = " and ".join(f"the {_said(kind)}" for kind in sorted(kinds_first))
        trouble.append(f"You asked for {named} first. Which one comes first?")
    for kind in sorted(kinds_first | kinds_last):
        words = {k.value: w for k, w in _STAGE_WORDS}[kind]
        if re.search(rf"\b(?:no|without|skip the|drop the) (?:{words})\b", clause, re.I):
            trouble.append(f"You asked for a {_said(kind)} and also for none. Which one is it?")
    return tuple(trouble)


def _said(kind: str) -> str:
    return {"chat": "text chat", "voice": "voice call"}.get(kind, kind)


_CAPS = re.compile(
    r"\b(?P<how>max(?:imum)?(?: of)?|at most|no more than|not more than|up to|under|fewer than"
    rf"|less than|exactly|only|just|about|around)?\s*(?P<n>{NUMBER})\s+(?:\w+ ){{0,2}}?(?:questions"
    r"|qs)\b",
    re.I,
)


def _most_questions(text: str) -> tuple[int | None, tuple[str, ...]]:
    found = []
    for match in _CAPS.finditer(text):
        if re.search(r"\b(?:last|first|these|those|committee'?s|the)\s*$", text[: match.start()], re.I):
            continue
        count = number_of(match["n"])
        found.append(count - 1 if (match["how"] or "").lower() in ("under", "fewer than", "less than") else count)
    if not found:
        return None, ()
    trouble: tuple[str, ...] = ()
    if len(set(found)) > 1 and not _CORRECTED.search(text):
        trouble = (
            f"You asked for {found[0]} questions and for {found[-1]}. I kept to {found[-1]}; tell me if that is wrong.",
        )
    return (found[-1] if 1 <= found[-1] <= 40 else None), trouble


_CORRECTED = re.compile(
    r"\b(?:no wait|wait|actually|scratch that|sorry|make that|i mean|rather|instead"
    r"|on second thought)\b",
    re.I,
)
_BAR = re.compile(
    r"\bpass(?:ing)?[- ]?(?:bar|mark|score|rate|grade|threshold)?\s*(?:is|of|at|to|="
    r"|:)?\s*(?P<a>\d{1,3})\s?%?|\bmin(?:imum)?\.? ?score\s*(?:is|of|at|=|:)?\s*(?P<b>\d{1,3})"
    r"|\b(?:people|anyone|those|candidates|everyone) (?:above|over|at least"
    r"|from) (?P<c>\d{2,3})\b(?! ?(?:lb|years|k\b))|\bbar (?:is|of|at|to) (?P<d>\d{1,3})",
    re.I,
)


def _pass_bar(text: str) -> tuple[int | None, tuple[str, ...]]:
    found = [int(next(v for v in m.groups() if v)) for m in _BAR.finditer(text)]
    found = [bar for bar in found if bar <= 100]
    if len(set(found)) > 1 and not _CORRECTED.search(text):
        return found[-1], (f"You named two pass bars, {found[0]} and {found[-1]}. I took {found[-1]}.",)
    return (found[-1] if found else None), ()


_DEADLINE = re.compile(
    r"\b(?:deadline|closes?|closing(?: date)?|until|till?|'?til|by|ends?|open (?:until|till)"
    r"|(?:they|everybody|everyone) ha(?:ve|s)(?: (?:un)?til+)?|applications close"
    r"|stop(?:s)?(?: on)?|close it(?: on)?|last day)\b\s*(?:is|on|:|at|for|to"
    r"|date)*\s*(?P<when>[^.;\n]{3,40})",
    re.I,
)


def _deadline(text: str, today: date) -> date | None:
    found = None
    for match in _DEADLINE.finditer(text):
        when = re.split(r"\b(?:so|for|and then)\b", match["when"])[0]
        strict = re.match(
            r"\s*(?:the )?(?:dec|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|20\d\d|\d{1,2}/\d"
            r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:dec|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov)|next "
            r"|friday|monday|end of|tomorrow|in (?:\d|two|three|a)|one week|two weeks|\d+ (?:weeks|days))",
            when,
            re.I,
        )
        day = find_date(when, today) if strict else None
        if day and today < day and (day - today).days < 400:
            found = day
    return found


_STOPS = re.compile(r"\bwhen do we stop\b\W+(?:[^\n]*?\d:\d\d\W+)?(?P<when>[^\n]{3,30})", re.I)


def closing_date(text: str, today: date) -> date | None:
    """A closing date that the text itself states and that lies ahead."""
    for match in re.finditer(
        r"\b(?:applications? (?:close|deadline)|closing date|deadline(?: to apply)?|apply by"
        r"|applications must be received by)\s*:?\s*(?P<when>[^\n.;]{3,40})",
        text[:20_000],
        re.I,
    ):
        day = find_date(match["when"], today)
        if day and today < day and (day - today).days < 400:
            return day
    if stop := _STOPS.search(text[:20_000]):
        day = find_date(stop["when"].split()[-1] if "\n" in stop["when"] else stop["when"], today)
        return day if day and today < day else None
    return None


def _days(text: str) -> int | None:
    match = re.search(
        rf"\b(?P<n>{NUMBER}) days? to (?:complete|finish|answer|do it)|\b(?:finish"
        rf"|complete)(?: it)? (?:within|in) (?P<m>{NUMBER}) days",
        text,
        re.I,
    )
    count = number_of(match["n"] or match["m"]) if match else 0
    return count if 1 <= count <= 90 else None


def _knockouts(text: str) -> tuple[tuple[str, ...] | None, tuple[str, ...], tuple[str, ...]]:
    none = re.search(
        r"\bno knock ?outs?\b(?! on)|\bwithout (?:any )?knock ?outs?\b|\bdon'?t knock (?:anyone"
        r"|anybody) out\b(?! (?:on|for|over|because)\b)",
        text,
        re.I,
    )
    only = re.search(
        r"\b(?:knock ?out (?:only )?on|only knock ?out (?:on|is|are|for)|the only (?:knock ?outs?"
        r"|dealbreakers?) (?:is|are|should be)"
        r"|dealbreakers? only for)\s+(?P<what>[^.;\n]{2,120}?)(?P<only> only"
        r"| and nothing else)?(?:[.;\n]|$)",
        text,
        re.I,
    )
    on = tuple(
        m["what"].strip()
        for m in re.finditer(
            r"\b(?:make|treat) (?:the )?(?P<what>[^.;,\n]{2,60}?) (?:a|as a) (?:knock ?out|dealbreaker"
            r"|must)",
            text,
            re.I,
        )
    )
    if only:
        words = tuple(part.strip() for part in re.split(r",| and ", only["what"]) if part.strip())
        exclusive = "only" in only[0].lower() or "nothing else" in only[0].lower()
        trouble = (
            ("You asked for no knockouts and also to knock out on " + only["what"].strip() + ". Which one is it?",)
            if none
            else ()
        )
        return (words if exclusive else None), (() if exclusive else words) + on, trouble
    if none:
        trouble = (f"You asked for no knockouts and also to make {on[0]} one. Which one is it?",) if on else ()
        return (), on, trouble
    return None, on, ()


_LANGUAGES = {
    "spanish": "es",
    "french": "fr",
    "german": "de",
    "portuguese": "pt",
    "polish": "pl",
    "italian": "it",
    "english": "en",
    "chinese": "zh",
}


def _languages(text: str) -> tuple[str, ...]:
    found = re.findall(
        r"\b(?:in|into|offer(?: it)? in|works? in|and) (spanish|french|german|portuguese|polish"
        r"|italian|chinese)\b(?: too| as well| also)?",
        text,
        re.I,
    )
    return tuple(dict.fromkeys(_LANGUAGES[name.lower()] for name in found))


def _agent(text: str) -> str:
    match = re.search(
        r"\b(?:call|name) (?:the |it )?(?:agent|bot|assistant"
        r"|interviewer)?\s*(?P<n>[A-Z][a-z]{1,20})\b",
        text,
    )
    return match["n"] if match and re.search(r"agent|bot|assistant|interviewer|call it", match[0]) else ""


def _tone(text: str) -> str:
    match = re.search(
        r"\b(friendly|formal|informal|casual|warm|brief|short|professional"
        r"|relaxed)\b[^.;\n]{0,20}\btone\b|\btone\b[^.;\n]{0,12}\b(friendly|formal|informal|casual"
        r"|warm|brief|professional|relaxed)\b|\bkeep it (friendly|formal|informal|casual|warm|brief"
        r"|short|professional|relaxed)\b",
        text,
        re.I,
    )
    return next((g.lower() for g in match.groups() if g), "") if match else ""
