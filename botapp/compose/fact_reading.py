"""What candidates may ask about and the text answers: pay, place, hours, benefits and more, each with its words.

A fact's quote is verbatim from the paste; its answer is that sentence, tidied. What is not stated has no fact.
"""

import re
from collections.abc import Callable

from botapp.compose.source import Line, Section, Source
from botapp.screening.interviewer import Fact

ASKED_FIRST = ("pay", "schedule", "location", "benefits")
PER_TOPIC = 2
ANSWER_MAX = 300


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_MONEY = _rx(r"(?:[£$€]|\b(?:USD|GBP|EUR) ?)\s?\d[\d,]*(?:\.\d+)?\s?k?\b")
_PAYWORD = _rx(
    r"\b(?:pay(?:s|ing|rate)?|salar(?:y|ies)|wages?|compensation|rate|earn(?:s|ing|ings)?|making"
    r"|OTE|base|hourly|per (?:hour|annum|year|week|day|mile|month)|an hour|a year|/ ?(?:hr|hour"
    r"|year|yr|mile)|p\.?a\.?|p\.?h\.?|annum|starting at)\b"
)
_PAY_PLAIN = _rx(
    r"\b(?:pay|salary|wage|rate|comp(?:ensation)?)\s*(?:is|:|-|–)?\s*(?:of\s+)?\d[\d,.]*k?\b"
    r"|\b\d{2,3}k? base\b|\bbase (?:is |of )?\d{2,3}k\b"
    r"|\b\d[\d.]* (?:dollars|pounds|euros|bucks|quid)(?: (?:an?|per|/) ?|/)(?:hour|hr|day|week|month|year)\b"
    r"|\b\d{1,2}\.\d\d ?(?:\+|/ ?hr|an hour|per hour)|\b\d{2,3}k?\s?OTE\b"
)
_NOT_PAY = _rx(
    r"\b(?:up to [£$€]?\d+ (?:off|towards)|boots|discount|tuition|revenue|turnover|budget|sales of"
    r"|million|billion|raised|voucher|referral bonus|insurance|worth of|assets|\bfine\b|relocation"
    r"|reimburs)\b"
)


_ONLY_MONEY = _rx(r"\W*[£$€]\s?\d[\d,]{3,}(?:\s?(?:-|–|to)\s?[£$€]?\d[\d,]+)?(?: p\.?a\.?)?\W*")


def _is_pay(line: Line) -> bool:
    if line.tail:
        return bool(re.match(r"salary range:\s*\d", line.text))
    text = line.text
    if _ONLY_MONEY.fullmatch(text):
        return True
    if _MONEY.search(text):
        return bool(_PAYWORD.search(text) or re.search(r"salary|pay|compensation", line.heading, re.I)) and not (
            _NOT_PAY.search(text) and not _PAYWORD.search(text)
        )
    return bool(_PAY_PLAIN.search(text)) and "*" not in text


_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM"
    "|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC"
)
_STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Georgia|Hawaii"
    "|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maryland|Massachusetts|Michigan"
    "|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico"
    "|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Tennessee|Texas|Utah"
    "|Vermont|Virginia|Washington|Wisconsin|Wyoming|Ontario|New Zealand|Scotland|England|Wales"
)
_CITY_STATE = re.compile(
    rf"\b(?:[A-Z][a-zA-Z.'-]+ ){{0,2}}[A-Z][a-zA-Z.'-]+,? (?:(?:{_STATES})\b(?![a-z&])"
    rf"|(?:{_STATE_NAMES})\b)"
)
_LOCATED = re.compile(
    r"\b(?i:based|located|office|site|building|facility|store|stores|branch|locations?"
    r"|headquarters|apartment|lives|near|contracts?|schools?|home|working|work|position|role"
    r"|opening) (?:\w+ ){0,3}?(?i:in|near|throughout|across) (?:the |our |downtown |central "
    r"|Central )?(?:[\w-]+ )?(?!(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|The|Our|High|Windows|Word|Mathematics|SQL|Must|Full|Job|Retail"
    r"|Assistant|Manager|Learning|Excel|Microsoft|Google|English|Spanish)\b)[A-Z][\w'-]+"
)
_SHIFT_PLACE = re.compile(
    r"\bthroughout the [A-Z][\w ]+ area\b|\b(?:in|to) (?:the )?(?:City of )?[A-Z][a-z]+ office\b"
    r"|\b(?:DC|Site|Store|Branch)\d+\b|\b(?:City of [A-Z]\w+)"
    r"|\b[\w ]{2,20} st(?:reet)?\b gas station|\b[A-Z]+ (?:STREET|ROAD|AVENUE), [A-Z]+|\b(?:Street"
    r"|Avenue|Road|Blvd|Drive), [A-Z][a-z]+|\b(?:in|Downtown|Central|at our) (?:Central )?London\b"
    r"|\bour (?:[A-Z][a-z]+(?:,? (?:and )?)?){1,3} (?:stores?|offices?|sites?|locations?"
    r"|facilit(?:y|ies)|warehouses?)\b|\b(?:first )?store in [A-Z]\w+|\bopening at [A-Z]\w+"
    r"|\b(?:soon-to-open )?[A-Z]{2} locations\b"
)
_REMOTE = _rx(
    r"\b(?:fully remote|remote (?:role|position|work|job|first|within)|work(?:ing)?[- ](?:at"
    r"|from)[- ]home|wfh|home[- ]based|100% remote|hybrid|telecommut|remotely)\b|^\W*remote\b"
)


def _is_location(line: Line) -> bool:
    if line.tail or re.search(r"\b(?:authori[sz]ed|eligible|right|legally|permit\w*) .{0,12}\bwork\b", line.text, re.I):
        return False
    text = line.text
    if line.section is Section.LOCATION and len(text) < 160:
        return bool(re.search(r"[A-Z][a-z]", text)) and not re.fullmatch(
            r"(?:the )?(?:United States|USA|US|UK|Europe)\W*", text, re.I
        )
    if (
        re.search(
            r"\b(?:license|incorporated|law|act\b|does not discriminate|visit|E-?mail|available at"
            r"|department providing|experience with the|previous|employment with|equal)\b",
            text,
            re.I,
        )
        and not _LOCATED.search(text)
    ) or re.search(r"\bnot discriminate|\b(?:class|eligible list|promotional)\b", text):
        return False
    return bool(_CITY_STATE.search(text) or _LOCATED.search(text) or _SHIFT_PLACE.search(text))


_TIME = _rx(
    r"\b\d{1,2}(?::\d\d)? ?(?:[ap]\.?m?\.?)? ?(?:-|–|to"
    r"|until) ?\d{1,2}(?::\d\d)? ?[ap]\.?(?:m\b\.?)?|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b"
    r"|\b\d{1,2}:\d\d (?:to|-|–) \d{1,2}:\d\d|\b\d{3,4}p? ?- ?\d{3,4}a?\b"
)
_DAYS = _rx(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?s?\b ?(?:-|–|to|through"
    r"|thru|/|,|and) ?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?s?\b"
)
_HOURS = _rx(
    r"\b\d{1,3}(?:\.\d+)?(?:\s?(?:-|–|to)\s?\d{1,2})? ?\+?h(?:ou)?rs?\.? (?:total )?(?:a|per|each"
    r"|/) ?week|\b\d{2} hours? weekly|\b(?:8|10|12|twelve)[- ]hour (?:shifts?|days?)"
    r"|\b(?:waking )?nights?\b(?= (?:shift|work)|,| only|$)|\bnight[- ]shifts?|\b(?:1st|2nd|3rd"
    r"|first|second|third|day|evening|overnight|rotating|rotational|swing|split|weekend"
    r"|late) shifts?\b|\bweekends?\b(?! off)|\bovernights?\b(?! pack)|\brotat\w+ (?:shift|schedule"
    r"|rota)|\bon[- ]call\b|\bcall-?ins\b|\bflexible (?:hours|schedul\w+|working hours)\b"
    r"|\bshifts are\b|\bbusy season\b.*\bsaturdays?\b|\bcore hours\b|\bcontract day\b"
    r"|\bsaturdays?\b|\bweekdays\b|\bhours of work\b|\bdays shift\b|\bafter ?noons?\b"
    r"|\btuesday overnight"
)
_NOT_SCHEDULE = _rx(
    r"\b(?:apply|applications?|office hours|call us|contact|open date|closing|deadline|pm on"
    r"|p\.m\. on|orientation|interview|within 24|24 hours|training hours|credit hours|semester"
    r"|per hour of|workers' comp|\btest\b|downtime|parent)\b"
)


def _is_schedule(line: Line) -> bool:
    text = line.text
    if line.tail or _NOT_SCHEDULE.search(text) or line.section in (Section.NOTES, Section.APPLY):
        return False
    if line.section is Section.COMPANY:
        return False
    return bool(_TIME.search(text) or _DAYS.search(text) or _HOURS.search(text))


_BENEFIT = _rx(
    r"\b(?:401 ?\(?k\)?|403\(?b\)?|health(?:care)?,? (?:(?:and |& )?dental|insurance|benefits?"
    r"|plan|cover)|medical(?:,| insurance| plan| cover| benefits|, dental)|(?-i:dental)"
    r"|\bdental(?:,| and| insurance| plan| cover| benefits)"
    r"|vision (?:insurance|plan|cover)|life insurance|PTO\b|paid (?:time off|vacation|holidays?"
    r"|leave|sick|training|lunch|parental)|vacation|annual leave"
    r"|\d+ days (?:of |paid )*(?:holiday|leave|vacation)|holiday(?:s)? (?:pay|entitlement"
    r"|allowance)|days['’]? (?:annual )?(?:holiday|leave|vacation)|sick (?:pay|leave|time)|pension"
    r"|retirement plan|stock options?|equity|bonus(?:es)?\b|tuition|discounts?\b|perks?:"
    r"|free (?:lunch|food|meals?|parking|coffee|snacks|uniform|gym)|gym membership|wellness"
    r"|profit[- ]shar\w+|bupa|private healthcare|life assurance|childcare vouchers|season ticket"
    r"|loyalty|employee assistance|commuter|flexible spending|health savings|benefit coverage"
    r"|benefits (?:from )?day|benefits - full|health benefits|bike to work|cycle to work)"
)
_VAGUE_BENEFIT = _rx(
    r"^\W*(?:we (?:offer|provide)|an?|offering)?\W*(?:(?:excellent|competitive|great|comprehensive"
    r"|full|good|best|attractive|one of the best|company|and|salary|compensation"
    r"|pay)\W+)*(?:benefits?|salary"
    r"|compensation)(?: package)?(?: packages)?(?: in the industry)?\W*$"
)


def _is_benefit(line: Line) -> bool:
    text = line.text
    if (
        line.tail
        or _VAGUE_BENEFIT.match(text)
        or re.search(
            r"\bexperience\b.{0,40}\b(?:benefits|dental|medical)\b|\bmust have\b|\b(?:medical"
            r"|dental) (?:assistant|office|records|clearance|certificate)\b|\bprocess\w* (?:bonus|payroll)"
            r"|\badminister",
            text,
            re.I,
        )
    ):
        return False
    return (bool(_BENEFIT.search(text)) and line.section not in (Section.REQUIRED, Section.DUTIES)) or bool(
        _BENEFIT.search(text)
        and re.search(r"\b(?:we|you will (?:also )?receive|receive our|offers?|includes?|paid\b)", text, re.I)
    )


_EMPLOYMENT = _rx(
    r"\bfull or part time\b|\b(?:full|part)[- ]?time\b|\bpermanent\b|\bfixed[- ]term\b"
    r"|\btemp(?:orary)?[- ](?:to[- ](?:hire|perm)|contract|position|role|assignment)|\bper diem\b"
    r"|\bseasonal\b|\bfreelance\b|\binternship\b|\bzero hours?\b|\bcontract (?:role|position)\b"
    r"|\bnon-exempt\b"
)
_START = _rx(
    r"\bstart(?:s|ing)?(?: date)?\s*[:–-]|\b(?:start|starts|starting|begins?|orientation"
    r"|class starts|first day)\b[^.;]{0,40}\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|immediate|asap|\d{1,2}/\d{1,2}|monday|next month)\w*|\bimmediate start\b|\bstart date\b"
    r"|\bneed \d+ by\b"
)
_TRAINING = _rx(
    r"\b(?:(?:paid|full|extensive|on[- ]the[- ]job|comprehensive|ongoing|free|initial"
    r"|hands-on) training|training (?:is )?(?:provided|given|program|and (?:development|natural"
    r"|support))|we(?:'ll| will)? (?:train|certify|teach)|will be trained|mentor programs?"
    r"|professional development|promote from within|career (?:development|progression|advancement)"
    r"|apprenticeship|ramp(?:'s| is)|work towards your|room for advancement|opportunit(?:y"
    r"|ies) (?:for|to) (?:growth|advancement|grow)|class is \d)"
)
_CONTACT = _rx(
    r"\b[\w.+-]+@[\w-]+\.[\w.]+\b|\bcall (?:us )?(?:on|at)? ?\+?\d[\d ()-]{6,}"
    r"|\bcontact (?:[A-Z]\w+|us)\b.{0,60}\d"
)
_APPLICATION = _rx(
    r"^(?:please )?(?:to )?apply\b.{0,80}\b(?:online|website|visit|at|by|via|email|in person)"
    r"|\bto apply\b|\bsend (?:your|a|us) (?:cv|resume|updated)|\bapplications? (?:will|must|close"
    r"|deadline|should)|\bclosing date\b|\bsubmit (?:your|a) (?:cv|resume|application)"
    r"|\bapplications close\b|\bhow to apply\b|\brespond with a resume"
)
_EQUIP = _rx(
    r"\b(?:we (?:ship|provide|supply|give you) (?:\w+ ){0,3}(?:equipment|laptop|uniform|tools"
    r"|phone)|equipment (?:is )?(?:provided|shipped|supplied)|steel toes?"
    r"|uniforms? (?:are )?provided|company (?:car|vehicle|laptop|phone)|boots?\b.{0,30}(?:required"
    r"|pays|provided))"
)
_WORKDAY = _rx(
    r"\b\d+ (?:students|residents|patients|beds|covers|direct reports|dials)\b|\bfifty dials\b"
    r"|\b(?:team|class|ward|store|crew|staff) of \d+|\bwith an? (?:para|assistant) in\b"
)
_COMPANY_LINE = _rx(
    r"(?:\b|\))(?:is|are) (?:a|an|the|one of)\b.{0,200}\b(?:company|firm|provider|manufacturer|leader"
    r"|producer|business|organi[sz]ation|charity|store|retailer|family of|network|agency"
    r"|non-?profit|joint venture|restaurant|hospital|school|care home|hotel|startup|studio|brand"
    r"|supplier|home for)\b|\bdelivers innovative\b|\bformerly\b.*\b(?:delivers|provides)\b"
    r"|\bmaintains? [\w-]+ standards\b|\b(?:is|we are) a leading\b|\bis the .{3,60}\bevolution\b"
    r"|^company:|\boffer of employment .{0,40}\bwith the City\b"
)

_SAYS_OF_ITSELF = (Section.NONE, Section.COMPANY, Section.DUTIES, Section.REQUIRED, Section.NOTES)


def _tells_of_company(line: Line) -> bool:
    """What the employer is, or its name under a label of its own."""
    if line.tail:
        return False
    if re.match(r"\W*(?:company|employer)\s*:", line.heading, re.I) and len(line.text) <= 80:
        return True
    opening = re.match(r"\W*(?:company description)?\W*we are an?\b", line.text, re.I)
    return bool(_COMPANY_LINE.search(line.text)) and (line.section in _SAYS_OF_ITSELF or bool(opening))


_NEEDED = _rx(r"^(?:you )?must have\b|\bexperience,? or\b")
_READERS: tuple[tuple[str, Callable[[Line], bool]], ...] = (
    ("pay", _is_pay),
    ("schedule", _is_schedule),
    ("location", _is_location),
    ("remote", lambda line: not line.tail and bool(_REMOTE.search(line.text))),
    ("benefits", _is_benefit),
    (
        "contract",
        lambda line: (
            (
                not line.tail
                and bool(_EMPLOYMENT.search(line.text))
                and not re.search(r"experience|years of full", line.text, re.I)
            )
            or line.text.lower().startswith("employment type:")
        ),
    ),
    ("start", lambda line: not line.tail and bool(_START.search(line.text))),
    ("training", lambda line: not line.tail and not _NEEDED.search(line.text) and bool(_TRAINING.search(line.text))),
    ("equipment", lambda line: not line.tail and bool(_EQUIP.search(line.text))),
    ("work", lambda line: not line.tail and bool(_WORKDAY.search(line.text))),
    ("company", _tells_of_company),
    ("contact", lambda line: bool(_CONTACT.search(line.text))),
    ("application", lambda line: not line.tail and bool(_APPLICATION.search(line.text))),
)


_BOILERPLATE = _rx(
    r"\bdiscriminat|\bequal (?:employment )?opportunit|\bwithout regard to\b|\bregardless of\b"
    r"|\breciprocity\b|\bmust submit\b|\bfail to (?:submit|provide)\b|\baccredited\b"
    r"|\bpercentage of time\b|\bVWE\b|\bpromotional (?:candidate|list|basis)\b"
)


# "Place: Unit 7": the writer says what the line is about, whatever else it mentions.
_LABELS = {
    "pay": "pay|salary|wages?|hourly rate|rate of pay",
    "location": "place|where|(?:job |work )?location|address|site",
    "schedule": "hours|schedule|shifts?|working hours|days and hours",
    "benefits": "benefits|perks",
    "start": "start|start date|starting",
    "training": "training",
}
_LABEL = re.compile(
    r"^\W*(?:" + "|".join(f"(?P<{topic}>{words})" for topic, words in _LABELS.items()) + r")\s*[:–-]\s+(?=\w|[£$€])",
    re.I,
)


def _label(line: Line) -> str | None:
    found = None if line.tail else _LABEL.match(line.text)
    return found.lastgroup if found else None


def read_facts(source: Source, title_line: str) -> tuple[Fact, ...]:
    """At most two facts a topic, the plainest first."""
    lines = [
        line
        for line in source.lines
        if (line.section is not Section.IGNORE or "benefit coverage" in line.text)
        and not _BOILERPLATE.search(line.text)
    ]
    facts: list[Fact] = []
    for topic, reads in _READERS:
        matching = [line for line in lines if (_label(line) or topic) == topic and (_label(line) or reads(line))]
        if topic == "pay":
            matching = _body_first(matching)
        chosen = sorted(matching, key=lambda line: _rank(topic, line, title_line))[:PER_TOPIC]
        for line in chosen[: 1 if topic in ("contract", "remote", "contact", "application") else PER_TOPIC]:
            facts.append(Fact(topic=topic, answer=_answer(topic, line), quote=line.quote))
    return _without_repeats(facts)


def _body_first(lines: list[Line]) -> list[Line]:
    body = [line for line in lines if not line.tail]
    return body or lines


def _rank(topic: str, line: Line, title_line: str) -> tuple[int, int]:
    text = line.text
    in_place = {
        "pay": bool(re.search(r"salary|pay|compensation", line.heading, re.I))
        or bool(re.search(r"\bsalary|\bpay\b|starting pay|\bcomp(?:ensation)?\b", text, re.I)),
        "location": line.section is Section.LOCATION or bool(re.search(r"\b(?:based|located|location)\b", text, re.I)),
        "schedule": line.section is Section.SCHEDULE
        or bool(_TIME.search(text) or re.search(r"hours per week", text, re.I)),
        "benefits": line.section is Section.BENEFITS,
        "contract": not line.tail,
    }.get(topic, line.section is Section.COMPANY)
    return (0 if in_place else 1) + (2 if text == title_line else 0), 0 if len(text) < 320 else 1


_MUST_WORK = re.compile(r"^(?:you )?(?:must|need to|have to|should)(?: be able to| be available to)? work (?=\w)", re.I)


def _answer(topic: str, line: Line) -> str:
    text = _LABEL.sub("", line.text, count=1).strip(" -–—*,;")
    if topic == "schedule":
        text = _MUST_WORK.sub("", text)
    text = re.sub(
        r"^(?:employment type|salary range|job location|location|work schedule|compensation)\s*:\s*",
        "",
        text,
        flags=re.I,
    )
    if len(text) > ANSWER_MAX:
        pattern = {"pay": _MONEY, "schedule": _HOURS, "location": _CITY_STATE, "benefits": _BENEFIT}.get(topic)
        found = pattern.search(text) if pattern else None
        start = max(0, found.start() - 80) if found else 0
        text = text[start : start + ANSWER_MAX].rsplit(" ", 1)[0].lstrip(" ,;")
    if re.match(r"^[\d,.]+\s*-\s*[\d,.]+$", text):
        text = text.replace("-", " to ")
    return text[0].upper() + text[1:] if text else text


def _without_repeats(facts: list[Fact]) -> tuple[Fact, ...]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for fact in facts:
        key = (fact.topic, re.sub(r"\W+", "", fact.answer.lower())[:80])
        if key not in seen and fact.answer:
            seen.add(key)
            kept.append(fact)
    return tuple(kept)


def missing_topics(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """Of pay, schedule, location and benefits, those without a fact."""
    known = {fact.topic for fact in facts} | ({"location"} if any(f.topic == "remote" for f in facts) else set())
    return tuple(topic for topic in ASKED_FIRST if topic not in known)
