"""What the job gives and how it is told ("parking is free", "if they ask about pay, say 12.60"), as edits of facts."""

import re

from botapp.compose.references import Reading, ask_which
from botapp.screening.edits import Edit, EditOp

Edits = list[Edit]
_QUOTES = " .,:;\"“”'"


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_TOPICS = (
    r"pay|salary|wage|rate|compensation|location|address|site|schedule|hours|shifts?|benefits?"
    r"|start date|start|training|parking|uniform|dress code|overtime|employment|contract|vacation"
    r"|holidays?|pto|insurance|bonus|tips|commission|meals?|lunch|transport|bus|equipment|laptop"
    r"|team|manager|contact|uniforms|probation|orientation|remote|home time|class|ramp|travel|breaks?"
)
_TELL = _rx(
    r"^(?:and )?(?:if|when) (?:anyone|anybody|someone|somebody|they|people|candidates?|she|he"
    r"|somebody|one) asks?(?: (?:about|for) (?P<topic>[\w -]{2,40}?)(?=\s*[,:]|\s+(?:tell|say|answer"
    r"|the answer|let|it'?s|its|then|we|is|are)\b))?\s*[,:]?\s*(?:tell (?:them"
    r"|people)|say|answer|the answer is|let them know|then)?\s*(?:that )?[,:]?\s*(?P<a>.+)$"
    r"|^(?:tell|let) (?:them|people|candidates"
    r"|everyone)(?: know)?(?: about)?(?: that)?[,:]?\s+(?P<a2>.+)$|^(?:candidates|they"
    r"|people) (?:can|may|should|need to) (?:know|ask"
    r"|be told)(?: about)?(?: that)?[,:]?\s+(?P<a3>.+)$|^(?:add|include|put in|new|save)\s+(?:a "
    r"|the |this |another )?(?:facts?|note|info(?:rmation)?)\b(?: (?:about|on|that"
    r"|for) (?P<topic2>[\w ]{2,30}?)\s*(?:[:=,-]|\bis\b|\bthat\b))?\s*(?:that|:|,"
    r"|-)?\s*(?P<a4>.+)$"
)
_STATE = _rx(
    rf"^(?:change |set |update |make |correct )?(?:the )?(?P<t>(?:\w+ )?(?:{_TOPICS}))\s+(?:is now"
    r"|is|are now|are|goes up to|went up to|has gone up to|'s gone up to|'s now|changed to|changes to|to|will be"
    rf"|should be|starts? at|=|:)\s+(?:now )?(?P<a>.+)$|^(?P<t2>{_TOPICS})\s*[:=]\s*(?P<a2>.+)$"
    r"|^(?:it |the job |this )?pays\s+(?P<a3>.+)$"
)
_WRONG = _rx(
    r"^(?:wrong|not (?:right|correct|true)|incorrect|outdated|off|old)\b[\s,;.:-]*(?:(?:it|that|this|they)(?:'s|'re)? "
    r"?(?:is|are|should be|should say)?|should be|make it|now)?[\s:]*"
)
_FORGET = _rx(
    r"^(?:remove|drop|delete|take out|forget|lose|clear|scrap)\s+(?:the |what (?:it"
    r"|you) says? about )?(?:facts?|answers?|info(?:rmation)?|note)\s+(?:about|on"
    r"|for)\s+(?:the )?(?P<t>.+)$|^(?:remove|drop|delete|take out|forget|lose|scrap"
    r"|clear) the (?P<t2>[\w ]{2,30}) facts?$"
)
_OVERVIEW = _rx(
    r"^(?:set|change|make|write|put)\s+(?:the )?(?:overview of (?:the )?(?P<n>company|job|process)"
    r"|(?P<n2>company|job|process) overview)\s*(?:to|:|say|as|so it says|=)\s*(?P<v>.+)$"
)
_MODES = (
    ("exact", _rx(r"\b(?:word for word|exact(?:ly)?|verbatim)\b")),
    ("summarised", _rx(r"\b(?:summari[sz]ed?|in short|a summary)\b")),
    ("reference", _rx(r"\b(?:reference(?: only)?|only if (?:they )?asked|on request|when asked)\b")),
    ("silent", _rx(r"\b(?:silent|internal(?:ly)?|never told|hidden|to yourself)\b")),
)


_MODE_WORDS = "|".join(f"(?P<{mode}>{pattern.pattern})" for mode, pattern in _MODES)
_OVERVIEW_MODE = _rx(
    r"^(?:(?:please|set|make|deliver|use|keep|have|give|tell|say|change|put|switch|turn|let)\s+)*(?:the )?"
    r"(?P<n>company|job|process) overview(?:'s)?(?: (?:delivery )?mode)?\s*(?:to|as|at|:|=|is|be|should be)?\s*"
    rf"(?:(?:be|delivered|told|given|used|kept|said|for|as)\s+)*(?:{_MODE_WORDS})(?:\s+(?:only|delivery|mode"
    r"|please))*\W*$"
)
_MODE_AT_END = _rx(
    r"[\s,;.–-]+(?:and )?(?:to be )?(?:deliver(?:ed)?|say|said|tell|told|given?|used?|keep|kept)"
    r"(?: it| that)?(?: as)?\s+"
    rf"(?:{_MODE_WORDS})(?: only)?\W*$"
)


def _mode_of(match: re.Match[str]) -> str:
    return next(mode for mode, _ in _MODES if match[mode])


def told(clause: str, reading: Reading) -> Edits | None:
    """What candidates are to be told, or answered when they ask."""
    match = _TELL.match(clause)
    if not match:
        return None
    said = next(match[name] for name in ("a", "a2", "a3", "a4") if match[name])
    return [_fact(match["topic"] or match["topic2"] or "", said, reading)]


def facts(clause: str, reading: Reading) -> Edits | None:
    if match := _OVERVIEW_MODE.match(clause):
        return [Edit(op=EditOp.SET_OVERVIEW, target=match["n"].lower(), value={"mode": _mode_of(match)})]
    if match := _FORGET.match(clause):
        return [Edit(op=EditOp.REMOVE_FACT, target=_known_topic(match["t"] or match["t2"], reading))]
    if match := _OVERVIEW.match(clause):
        return [_overview((match["n"] or match["n2"]).lower(), match["v"])]
    if match := re.match(
        rf"^(?:the )?(?P<t>{_TOPICS}) (?P<a>(?:starts?|begins?|runs?|comes?|includes?|covers?|lasts?|takes?"
        r"|ends?)\b.+)$",
        clause,
        re.I,
    ):
        return [_fact(match["t"].lower(), match["a"], reading)]
    if match := _STATE.match(clause):
        topic = (match["t"] or match["t2"] or "pay").lower()
        answer = _WRONG.sub("", match["a"] or match["a2"] or match["a3"]).strip()
        if not answer:
            raise ask_which(f"What should it say about {topic}?", "no_value")
        if re.search(
            r"\b(?:question|knock ?out|weight|first|last|knockout|dealbreaker|deal-breaker|must|double"
            r"|optional|shorter|open|yes/no|number)\b",
            answer,
            re.I,
        ) or re.search(r"\bquestion\b", topic, re.I):
            return None
        return [_fact(topic, answer if match["a3"] else f"{answer}", reading)]
    return None


_OFFERS = _rx(
    r"^(?:there(?:'s| is| are)|we (?:offer|provide|give|have|cover|include|pay(?: for)?)|they get|people get"
    r"|(?:you|candidates) get)"
    rf"\s+(?P<a>.*\b(?:{_TOPICS}|dbs|check|discount|childcare vouchers|pension|sick pay|accommodation|fuel"
    r"|mileage)\b.*)$"
    rf"|^(?P<a2>(?:free|paid|subsidi[sz]ed|full|company|weekly|monthly|unpaid|on-?site)\s+(?:{_TOPICS}|pension"
    r"|health|dental)\b.*)$"
    rf"|^(?P<a3>(?:the |a |an )?(?:{_TOPICS}|pension)\b(?: (?:is|are))?"
    rf"\s+(?:of|provided|included|supplied|available|paid|covered|free|after|from)\b.*)$"
)


def offers(clause: str, reading: Reading) -> Edits | None:
    """A plain statement of what the job gives: `free lunch`, `bonus of 200 after 3 months`."""
    match = _OFFERS.match(clause)
    if not match or "?" in clause or re.search(r"\b(?:question|knock|weight|follow|stage|retake)", clause, re.I):
        return None
    said = next(value for value in match.groups() if value)
    named = None if match["a"] else re.search(rf"\b(?:{_TOPICS}|pension)\b", said, re.I)
    return [_fact(named[0].lower() if named else "", clause if match["a"] else said, reading)]


def _overview(name: str, said: str) -> Edit:
    mode = next((mode for mode, pattern in _MODES if pattern.search(said) and len(said.split()) <= 4), None)
    if mode:
        return Edit(op=EditOp.SET_OVERVIEW, target=name, value={"mode": mode})
    told = _MODE_AT_END.search(said)
    value = {"text": said[: told.start() if told else None].strip(_QUOTES)} | ({"mode": _mode_of(told)} if told else {})
    return Edit(op=EditOp.SET_OVERVIEW, target=name, value=value)


_ALIASES = {
    "salary": "pay",
    "wage": "pay",
    "rate": "pay",
    "compensation": "pay",
    "pays": "pay",
    "address": "location",
    "site": "location",
    "hours": "schedule",
    "shift": "schedule",
    "shifts": "schedule",
    "benefit": "benefits",
    "start date": "start",
}
_SUBJECT = re.compile(
    r"^(?:the |our |your |we (?:offer|have|provide|pay"
    r"|give)\s+)?(?P<t>[\w'-]+(?: [\w'-]+){0,2}?)\s+(?:is|are|has|have|comes?|starts?|costs?|will"
    r"|can|runs?|gets?)\b",
    re.I,
)


_WE_GIVE = re.compile(
    r"^we (?:also )?(?:pay for|cover|provide|offer|give|supply|have|include)\s+(?:the |a |an |all |your |free "
    r"|full |some |them |everyone )*"
    r"(?P<t>[\w'-]+(?: (?!(?:of|for|after|from|at|in|on|to|and|with|when|if|every|each|once|twice)\b)[\w'-]+){0,2})",
    re.I,
)


def _fact(topic: str, said: str, reading: Reading) -> Edit:
    answer = said.strip(' ."“”')
    if not topic and (given := _WE_GIVE.match(answer)):
        topic = given["t"]
    if not topic:
        named = re.search(rf"\b(?:{_TOPICS})\b(?! for\b)", answer, re.I)
        subject = _SUBJECT.match(answer)
        topic = (
            subject["t"]
            if subject
            and len(subject["t"]) > 2
            and not re.match(r"(?:it|they|you|we|there|he|she|this|that)\b", subject["t"], re.I)
            else named[0]
            if named
            else " ".join(answer.split()[:2])
        )
    topic = _known_topic(topic, reading)
    answer = answer[0].upper() + answer[1:]
    return Edit(op=EditOp.ADD_FACT, target=topic, value={"topic": topic, "answer": answer})


def _known_topic(said: str, reading: Reading) -> str:
    """The topic of the fact that is there already for this, or what was said."""
    bare = re.sub(r"^(?:the|our|your|a|an)\s+", "", said.strip().lower()).strip(_QUOTES)
    known = [fact.topic for fact in reading.draft.facts]
    for topic in known:
        if topic.lower() in (bare, _ALIASES.get(bare, bare)) or _ALIASES.get(topic.lower()) == _ALIASES.get(bare, bare):
            return topic
    return _ALIASES.get(bare, bare)
