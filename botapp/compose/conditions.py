"""Conditions of the work itself: age, right to work, checks, lifting, shifts, travel, getting there, languages.

As in `needs`: one question from one line, nothing the line doesn't state, never a protected trait.
"""

import re
from collections.abc import Callable, Iterator

from botapp.compose import phrasing
from botapp.compose.hours_of_work import ordinary_hours, shifts
from botapp.compose.languages import language
from botapp.compose.needs import Need, is_must, is_soft
from botapp.compose.source import Line, Section

_QUIET = frozenset({Section.COMPANY, Section.BENEFITS, Section.APPLY})


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


# ---- age, right to work, checks ----------------------------------------------------------------------------

_AGE = _rx(
    r"\b(?:at least|minimum(?: age)?(?: of| is|:)?|must be|be|over|aged?"
    r"|age)\s+(?:the age of )?(?P<a>1[4-9]|2[0-5])\b(?!\s*(?:lb|pound|kg|%|hours|minutes|days"
    r"|people|:|month|-))(?=\s*(?:\+|years|yrs|or (?:older|over|above)|and over|$|[.,;)]| to ))"
    r"|\b(?P<b>1[4-9]|2[0-5])\s*(?:\+(?=\s*(?:\(|,|$|years old|only|to))"
    r"|(?:years )?(?:of age )?(?:or|and) (?:older|over|above)|years of age|years old)"
)
_AGE_RANGE = _rx(
    r"\b(?:1[4-9]|[2-6]\d) ?(?:-|–|to|and) ?[2-6]\d ?(?:years? (?:old|of age)|yrs? old)"
    r"|\bage[sd]? (?:between )?\d\d ?(?:-|–|to|and) ?\d\d"
)


def age(line: Line) -> Iterator[Need]:
    match = _AGE.search(line.text)
    if (
        match
        and not _AGE_RANGE.search(line.text)
        and not re.search(
            r"\b(?:children|residents|clients|patients|students|guests|customers|dogs?)\b.{0,30}\b(?:aged?"
            r"|years old)",
            line.text,
            re.I,
        )
    ):
        years = match["a"] or match["b"]
        yield Need("age", f"{years} or older", f"Are you at least {years} years old?", line, 10)


_COUNTRIES = (
    (_rx(r"\bu\.?k\b|united kingdom|\bbritain|\bhome office|\bDBS\b|£"), "the UK", "have the right"),
    (_rx(r"\bcanada\b|\bcanadian\b"), "Canada", "auth"),
    (_rx(r"\baustralia\b"), "Australia", "have the right"),
    (_rx(r"\bnew zealand\b|\bauckland\b"), "New Zealand", "have the right"),
    (_rx(r"\bireland\b|\bdublin\b"), "Ireland", "have the right"),
    (
        _rx(r"\bu\.s\.?|\bus\b|united states|\busa\b|\bEAD\b|green card|\$|, [A-Z]{2}\b|401"),
        "the United States",
        "auth",
    ),
)
_RIGHT = _rx(
    r"\b(?:authori[sz]ed|eligible|entitled|permitted|legally (?:allowed|able)"
    r"|allowed) (?:to (?:live and )?)?(?:to )?work\b|\bwork authori[sz]ation\b|\beligib(?:le"
    r"|ility) to (?:live and )?work\b|\b(?:right|permission) to (?:live and )?work\b"
    r"|\bwork permit\b|\bwork status required\b|\billegal working\b|\bgreen card\b"
    r"|\bbe a (?:u\.?s\.? )?citizen\b|\bmust be (?:a )?(?:u\.?s\.? )?citizens?\b|\bvalid work visa"
    r"|\bwithout (?:visa )?sponsorship|\bdo(?:es)? not sponsor|\bresident alien\b"
)


def right_to_work(line: Line, whole: str) -> Iterator[Need]:
    if not _RIGHT.search(line.text) or re.search(
        r"regard(?:less)? (?:to|of)|citizens? of (?:the )?world|equal opportunity", line.text, re.I
    ):
        return
    for pattern, country, form in _COUNTRIES:
        if pattern.search(line.text) or (
            pattern.search(whole) and not any(p.search(line.text) for p, _, _ in _COUNTRIES)
        ):
            ask = (
                f"Are you legally authorized to work in {country}?"
                if form == "auth"
                else f"Do you have the right to work in {country}?"
            )
            break
    else:
        ask = "Are you legally allowed to work in the country of this job?"
    yield Need("work_authorization", "right to work", ask, line, 11)


_BACKGROUND = _rx(
    r"\bbackground (?:check|screen|investigation|history check|clearance)\w*"
    r"|\bcriminal (?:history |records? )?(?:background )?(?:check|screening|disclosure)s?"
    r"|\b(?:enhanced )?DBS\b|\bpolice (?:check|clearance|criminal records disclosure)"
    r"|\bcriminal records disclosure|\bwithin the last \w+ years\b.{0,30}\bevidence\b"
)
_DRUG = _rx(
    r"\bdrug[- /](?:test|screen)\w*|\bdrug and alcohol (?:test|screen)\w*|\bdrug/alcohol"
    r"|\bpre-employment (?:drug|alcohol)|\bpass (?:a |an )?(?:\w+ )?drug\b|\bphysical.{0,40}drug"
)
_NOT_CHECK = _rx(
    r"\bchecks? (?:clear|come back|take)\b|\bfair chance|\barrest(?:s)? (?:or|and) conviction"
    r"|\bregardless of|\bunder(?:go)? a background check on your behalf"
)


def checks(line: Line) -> Iterator[Need]:
    text = line.text
    if _NOT_CHECK.search(text):
        return
    background, drug = _BACKGROUND.search(text), _DRUG.search(text)
    if background and "evidence" in background[0]:
        yield Need(
            "background_check",
            "background check",
            "Are you free of convictions of the kinds this registration excludes, within the last five years?",
            line,
            26,
        )
        return
    if not (background or drug):
        return
    what = []
    if drug:
        what.append("a drug and alcohol test" if "alcohol" in text.lower() else "a drug test")
    if background:
        enhanced = "enhanced " if re.search(r"\benhanced\b", text, re.I) else ""
        british = re.search(r"\bDBS\b|\bdisclosure\b", text)
        what.append(
            f"an {enhanced}criminal record check"
            if british and enhanced
            else "a criminal record check"
            if british
            else "a criminal background check"
            if "criminal" in text.lower()
            else "a background check"
        )
    before = " before you start" if re.search(r"\bpre-?employment|prior to", text, re.I) else ""
    topic = "drug test and background check" if len(what) == 2 else "drug test" if drug else "background check"
    yield Need("checks", topic, f"Are you willing to take {' and '.join(what)}{before}?", line, 26)


_RECORD = _rx(
    r"\b(?:good|clean|safe|acceptable|satisfactory|excellent) (?:driving|motor vehicle|MVR"
    r"|driver'?s?)\b(?: and \w+)?.{0,12}\b(?:record|history)|\bmoving violations\b"
)


def driving_record(line: Line) -> Iterator[Need]:
    text = line.text
    if not _RECORD.search(text) or re.search(r"\bsome positions\b", text, re.I):
        return
    limit = re.search(
        r"(?P<word>three|two|four|3|2|4) or more moving violations|(?:less|fewer) than (?P<less>three"
        r"|two|four|3|2|4) moving violations|no more than (?P<most>one|two|three|1|2"
        r"|3) moving violations",
        text,
        re.I,
    )
    if limit:
        over = limit["word"] or limit["less"]
        span = re.search(r"(?:last|previous|past) (?:\d+|\w+) (?:months|years)", text, re.I)
        count = f"fewer than {over.lower()}" if over else f"no more than {limit['most'].lower()}"
        also = " and at-fault accidents" if re.search(r"at-fault", text, re.I) else ""
        major = ", and no major violation such as a DUI" if re.search(r"\bDUI|major moving", text) else ""
        ask = (
            f"Have you had {count} moving violations{also} in the "
            f"{span[0].lower() if span else 'last three years'}{major}?"
        )
        yield Need("driving_record", "driving record", ask, line, 24)
        return
    yield Need("driving_record", "driving record", "Do you have a good driving record?", line, 24)


_REVOKED = _rx(r"\bno prior revocation of (?P<what>[\w ,]{5,60}?)(?:\.|$)")


def revocation(line: Line) -> Iterator[Need]:
    if match := _REVOKED.search(line.text):
        what = (
            phrasing.lower_first(match["what"].strip())
            .replace("Registration", "registration")
            .replace("License", "license")
        )
        yield Need(
            "revocation",
            "licence history",
            f"Have you kept every {what} you have held, without one being revoked?",
            line,
            25,
        )


# ---- physical work -----------------------------------------------------------------------------------------

_LIFT = _rx(
    r"\b(?:lift\w*|carry\w*|pick up|move|push\w*|handle"
    r"|lifting test)\b[^.;]{0,60}?(?:(?P<low>\d{2,3})\s*(?:-|–"
    r"|to)\s*)?(?P<n>\d{2,3})\s*\+?\s*(?P<u>lbs?\b|pounds?\b|#|kgs?\b|kilos?\b)"
    r"|\b(?P<n2>\d{2,3})\s*(?P<u2>lbs?|pounds?|kg)\b[^.;]{0,20}\b(?:lift|carry)"
)
_STAND = _rx(
    r"\b(?:on (?:your|their) feet|stand(?:ing)?(?: and walk\w*)?)\b[^.;]{0,40}\b(?:\d+ ?%|hours?"
    r"|all day|day|shift|long periods|extended periods|prolonged)"
    r"|\b\d+ ?% of the day[^.;]{0,30}\bfeet\b|\b(?:long|extended"
    r"|prolonged) periods (?:of )?(?:standing|on (?:your|their) feet|time (?:standing|walking))"
    r"|\bsignificant walking\b|\bprolonged standing"
)
_WEATHER = _rx(
    r"\b(?:work|working)\b[^.;]{0,30}\b(?:in all weather|outside in|outdoors in|extreme (?:heat"
    r"|cold|temperatures)|freezer|cold environment|(?:cold|hot|refrigerated) (?:warehouse"
    r"|environment))"
)
_HEIGHT = _rx(r"\b(?:work(?:ing)? at heights?|climb(?:ing)? (?:ladders|stairs|towers|poles))\b")


def _lifting(line: Line) -> Iterator[Need]:
    match = _LIFT.search(line.text)
    of_the_job = line.section is not Section.NONE or is_must(line) or _ABLE.search(line.text)
    if match and of_the_job:
        number = match["n"] or match["n2"]
        unit = "kg" if (match["u"] or match["u2"]).lower().startswith("k") else "lb"
        often = " repeatedly" if re.search(r"\brepeated", line.text, re.I) else ""
        ask = f"Can you lift {number} {unit}{often}, with or without reasonable accommodation?"
        yield Need("physical", f"lifting {number} {unit}", ask, line, 28)


_ABLE = _rx(r"\bable to\b|\bability to\b|\bwill\b|\byou\b|\bwillingness\b")


def physical(line: Line) -> Iterator[Need]:
    if line.section in _QUIET or (is_soft(line) and not re.search(r"may be required", line.text, re.I)):
        return
    text = line.text
    yield from _lifting(line)
    if match := _STAND.search(text):
        if re.search(r"walking", match[0], re.I) and not re.search(r"stand", match[0], re.I):
            ask, topic = (
                "Can you do a lot of walking during the shift, with or without reasonable accommodation?",
                "walking",
            )
        else:
            share = re.search(r"\d+ ?%|\d+[- ]?(?:\+ )?hours?|(?:long|extended|prolonged) periods", text, re.I)
            how = (
                f"{share[0]} of the day"
                if share and "%" in share[0]
                else f"for {share[0].lower()}"
                if share and "hour" in share[0]
                else "for long periods"
            )
            ask, topic = f"Can you be on your feet {how}, with or without reasonable accommodation?", "standing"
        yield Need("physical", topic, ask, line, 29)
    if match := _WEATHER.search(text):
        where = (
            "outside in all weather"
            if re.search(r"weather|outdoors|outside", match[0], re.I)
            else "in the cold"
            if re.search(r"freez|cold|refrig", match[0], re.I)
            else "in heat"
        )
        yield Need(
            "physical",
            "work outside" if "outside" in where else "temperature",
            f"Are you willing to work {where}?",
            line,
            29,
        )
    if _HEIGHT.search(text) and is_must(line):
        yield Need(
            "physical",
            "heights",
            "Can you work at heights or on ladders, with or without reasonable accommodation?",
            line,
            29,
        )


# ---- travel, getting there, place --------------------------------------------------------------------------

_TRAVEL = _rx(
    r"\b(?:travel\w*|overnight travel)\b[^.;]{0,75}?(?P<pct>\d{1,3}(?:\s*-\s*\d{1,3})? ?%)"
    r"|(?P<pct2>\d{1,3}(?:\s*-\s*\d{1,3})? ?%)[^.;]{0,15}\btravel|\b(?:willing(?:ness)?|able"
    r"|ability|must|required|require\w*|need(?:s|ed)?) (?:to )?(?:be able to )?travel\b[^.;]{0,60}"
    r"|\btravel (?:is )?(?:required|essential)\b"
)
_TRANSPORT = _rx(
    r"\breliable (?:\w+ )?(?:transport\w*|vehicle|car)|\bown (?:transport\w*|vehicle|car|truck)\b"
    r"|\baccess to (?:a |their own |own |reliable )*(?:vehicle|car|transport\w*)|\bget (?:here"
    r"|there|to (?:work|the (?:site|building)))\b.{0,40}\bstart\b"
)


def travel(line: Line) -> Iterator[Need]:
    if line.section in _QUIET or re.search(
        r"\btravel (?:reimburs|agen|industry|allowance|expenses|company|insurance|categor)"
        r"|\btravell?ers\b",
        line.text,
        re.I,
    ):
        return
    match = _TRAVEL.search(line.text)
    if not match:
        return
    part = re.search(r"\btravel\w*\b[^.;]{0,75}?(\d{1,3}(?:\s*-\s*\d{1,3})? ?%)", line.text, re.I)
    share = part[1] if part else match["pct"] or match["pct2"]
    if share:
        ask = f"Can you travel for up to {re.sub(' ', '', share)} of your time?"
    else:
        where = re.search(
            r"\btravel\b(?P<w> (?:to|between|within|throughout|across|for|overnight)[^.;,]{3,50})?", line.text, re.I
        )
        ask = (
            "Are you willing to "
            f"travel{phrasing.clip(where['w'], 9).rstrip() if where and where['w'] else ' for this job'}?"
        ).replace("travelto", "travel to")
        ask = re.sub(r"travel(?=[a-z])", "travel ", ask)
    yield Need("travel", "travel", ask, line, 34, hard=is_must(line) or bool(share))


def transport(line: Line) -> Iterator[Need]:
    match = _TRANSPORT.search(line.text)
    if not match or line.section in _QUIET:
        return
    only_arrival = re.search(r"\bget (?:here|there|to)|\bnot on the bus|don'?t ask if they own", line.text, re.I)
    if re.search(r"vehicle|car\b|truck", match[0], re.I) and not only_arrival:
        ask, topic = "Do you have a vehicle you can use for this job?", "vehicle"
    else:
        start = re.search(r"\b(\d{1,2}(?::\d\d)? ?[ap]\.?m\.?) start", line.text, re.I)
        ask, topic = (
            f"Can you reliably get to work{f' for a {start[1]} start' if start else ' on time'}?",
            "getting to work",
        )
    yield Need("transport", topic, ask, line, 32, hard=is_must(line) or bool(re.search(r"\bown\b", match[0], re.I)))


_OFFICE = _rx(
    r"\bin (?:the |our )?(?P<place>(?:[A-Z][a-z]+ ){0,2}office)[ ,]+(?P<days>(?:tue|wed|mon|thu"
    r"|fri)\w*[^.;,]{0,30})|\b(?P<city>[A-Z][a-z]+), in the office (?P<days2>(?:Tue|Wed|Mon|Thu"
    r"|Fri)\w*[^.;,]{0,30})"
)
_LIVE = _rx(
    r"\b(?:have to|must|need to) (?:live|reside|be (?:based"
    r"|located)) in (?P<where>[A-Z][\w, ]{1,60}?)(?:[.;]|$)"
)
_WIRED = _rx(r"\b(?P<kind>wired|broadband|high[- ]speed|reliable)(?: \w+)? internet\b(?P<rest>.{0,60})")


def place(line: Line) -> Iterator[Need]:
    text = line.text
    if match := _OFFICE.search(text):
        where = f"the {match['city']} office" if match["city"] else "the " + match["place"].removeprefix("the ")
        days = (match["days"] or match["days2"]).strip(" .").replace("/", ", ")
        yield Need("office", "office days", f"Can you work in {where} on {days}?", line, 17)
    if match := _LIVE.search(text):
        places = re.split(r", (?:legal|no|and no)\b", match["where"].strip(" ,"))[0]
        yield Need("residence", "where they live", f"Do you live in {places}?", line, 12)
    if (
        (match := _WIRED.search(text))
        and not is_soft(line)
        and (is_must(line) or re.search(r"\d+ (?:down|mbps)|no \d+", text, re.I))
    ):
        speed = re.search(r"(\d+) ?(?:mbps|down|mb)", text, re.I)
        ask = (
            f"Do you have {'a wired' if match['kind'].lower() == 'wired' else match['kind'].lower()} "
            "internet connection"
        )
        ask = (
            ask.replace("high-speed internet", "a high-speed internet")
            .replace("reliable internet", "a reliable internet")
            .replace("broadband internet", "a broadband internet")
        )
        yield Need(
            "equipment", "internet", ask + (f" with at least {speed[1]} Mbps download?" if speed else "?"), line, 36
        )


_EQUIPMENT = _rx(r"\b(?:windows (?:xp|\d+|pc|computer))\b")


def equipment(line: Line) -> Iterator[Need]:
    heading = re.search(r"\bequipment requirements?\b", line.heading, re.I)
    if not (heading or re.search(r"\bequipment requirements?\b", line.text, re.I)):
        return
    if _EQUIPMENT.search(line.text):
        mac = ", not a Mac" if re.search(r"\bmac\b", line.text, re.I) else ""
        yield Need("equipment", "computer", f"Do you have a computer with Windows to work on{mac}?", line, 36)
    if re.search(r"\bheadset\b", line.text, re.I):
        cancelling = "noise cancelling " if re.search(r"noise[- ]cancell?ing", line.text, re.I) else ""
        yield Need(
            "equipment",
            "headset",
            f"Do you have a {cancelling}headset?",
            line,
            37,
            quote=_around(line.quote, r"noise[- ]cancell?ing headset|headset"),
        )


def _around(quote: str, pattern: str) -> str:
    match = re.search(pattern, quote, re.I)
    return match[0] if match else quote


_START_BY = _rx(
    r"\b(?:start|available|begin|join)\w*\b[^.;]{0,30}\b(?:by|on|no later than)\b|\bcan'?t slip\b"
    r"|\bcan(?:no|')?t commit\b"
)
_DATE = _rx(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? \d{1,2}\b"
)


_OR_OUT = _rx(
    r"\bif (?:they|you|someone|a candidate) can(?:'?t|not) (?P<what>(?:commit|attend|do|make|be"
    r"|get|stay|finish|work)\b[^.;]{3,70}?),? (?:we can'?t (?:take|use|hire)|they'?re out"
    r"|then (?:they'?re )?out|it'?s a no|no job|don'?t)"
)


def start_by(line: Line) -> Iterator[Need]:
    """A start that can't move, or something without which they can't take a candidate."""
    if out := _OR_OUT.search(line.text):
        what = phrasing.clip(out["what"], 12)
        course = re.search(r"\b(?:class|training|course|orientation)\b", line.text + " " + line.heading, re.I)
        weeks = f" of {course[0].lower()}" if course and re.search(r"\bweeks?$", what) else ""
        yield Need("commitment", "commitment", f"Can you {what}{weeks}?", line, 13)
    day = _DATE.search(line.text)
    fixed = re.search(r"\b(?:is out|can'?t slip|no exceptions|must|no later than)\b", line.text, re.I)
    if day and fixed and _START_BY.search(line.text):
        shown = day[0][0].upper() + day[0][1:]
        yield Need("start", "start date", f"Can you start by {shown}?", line, 14)


CONDITIONS: tuple[Callable[[Line], Iterator[Need]], ...] = (
    age,
    start_by,
    checks,
    driving_record,
    revocation,
    physical,
    shifts,
    ordinary_hours,
    travel,
    transport,
    place,
    equipment,
    language,
)
