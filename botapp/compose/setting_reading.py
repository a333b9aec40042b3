"""Wishes about the title, the link and settings, one clause at a time, as edits."""

import re
from datetime import timedelta
from typing import Any

from botapp.compose.dates import NUMBER, find_date, number_of
from botapp.compose.references import STAGE_REF, Reading, ask_which, refuse, resolve_stage
from botapp.compose.settings_edits import slug_of
from botapp.screening.edits import Edit, EditOp

Edits = list[Edit]


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def _setting(name: str, value: Any) -> Edits:
    return [Edit(op=EditOp.SET_SETTING, target=name, value=value)]


_CHANGE = (
    r"(?:(?:change|set|make|update|edit|use|put|switch|turn|move|push|extend|raise|lower|bump"
    r"|increase|reduce|drop|give)\s+)?"
)

# ---- title and link ----------------------------------------------------------------------------------------

_TITLE = _rx(
    rf"^{_CHANGE}(?:it'?s |the |its )?(?:job )?title\s*(?:should be|to be|to|is|=|:|be|as|say"
    r"|now)\s*(?P<t>.+)$|^(?:rename|retitle)\s+(?:it|this|that|the (?:interviewer|role|draft|job"
    r"|screener|title))?\s*(?:to|as|:)?\s+(?P<t2>.+)$|^(?:call)\s+(?:it|this(?: one)?|the (?:interviewer"
    r"|role|draft|job|screener))\s+(?P<t3>.+)$|^title\s+(?P<t4>[A-Z\"“].+)$"
)
_SLUG = _rx(
    rf"^{_CHANGE}(?:the |its )?(?:link|slug|url|web address|address)(?: name| slug)?\s*(?:should be"
    r"|to be|too|to|is|=|:|be|as|also|,)*\s*(?P<s>[\"“/\w].*)?$"
)
_QUOTES = " .,:;\"“”'"


def title(clause: str, _reading: Reading) -> Edits | None:
    match = _TITLE.match(clause)
    if not match or re.search(r"\bagent|\bbot\b", clause[:24], re.I):
        return None
    said = next(value for value in match.groups() if value)
    also = re.search(
        r"[,;]?\s+(?:and )?(?:the )?(?:link|slug|url) (?:too|as well|also)\b[,:\s]*(?P<s>\S+)?\s*$", said, re.I
    )
    if also:
        said = said[: also.start()]
    new = said.strip(_QUOTES)
    edits = [Edit(op=EditOp.SET_TITLE, target="title", value=new)]
    if also:
        edits.append(
            Edit(op=EditOp.SET_SLUG, target="slug", value=also["s"].strip(_QUOTES) if also["s"] else slug_of(new))
        )
    return edits


def slug(clause: str, _reading: Reading) -> Edits | None:
    match = _SLUG.match(clause)
    if not match or re.search(r"\bredirect|https?:", clause, re.I):
        return None
    said = (match["s"] or "").strip(_QUOTES)
    if not said:
        return [Edit(op=EditOp.SET_SLUG, target="slug", value=None)]  # "link too": made from the new title
    bare = re.sub(r"^(?:https?://\S*?/)?/?(?:i/)?", "", said)
    return [Edit(op=EditOp.SET_SLUG, target="slug", value=bare if re.fullmatch(r"\S+", bare) else slug_of(bare))]


# ---- dates, numbers, limits --------------------------------------------------------------------------------

_DEADLINE = _rx(
    rf"^{_CHANGE}(?:the )?(?:deadline|closing date|close(?:s|d)?(?: it)?(?: on)?|end date|last day"
    r"|open until|keep it open (?:until|till)|runs? until|closes? (?:it )?on)\b\s*(?P<when>.*)$"
    r"|^(?:keep|leave) it open (?:un)?til+ (?P<when2>.+)$|^(?:they|candidates|everyone"
    r"|everybody) ha(?:s|ve) (?:un)?til+ (?P<when3>.+)$|^extend (?:it"
    r"|the deadline)?\s*(?P<when4>.+)$|^(?:stop|close)(?: taking (?:people|answers"
    r"|candidates))? (?:on|after) (?P<when5>.+)$"
)
_NONE = _rx(
    r"\b(?:no|remove|drop|clear|without(?: an?)?|delete|lift|get rid of|scrap"
    r"|turn off)\s+(?:the )?(?:deadline|closing date)\b|^deadline (?:off|none)$"
)
_DAYS = _rx(
    rf"\b(?P<n>{NUMBER}|a|one)\s*(?P<u>days?|weeks?|hours?)\s*(?:each |in total )?(?:to|for)\s*(?:complete"
    r"|finish|answer|do|get through|reply)|\b(?:complete|finish|done)(?: it"
    rf"| this)?\s*(?:with)?in\s*(?P<n2>{NUMBER}|a)\s*(?P<u2>days?|weeks?|hours?)|\b(?:days"
    rf"|time) to (?:complete|finish)\s*(?:to|is|:|=|at|of)?\s*(?P<n3>{NUMBER})|^(?:give|allow"
    rf"|let) (?:them|candidates|people|everyone)(?: have)? (?P<n4>{NUMBER}|a) (?P<u4>days?|weeks?)$"
    rf"|^(?:they|candidates|people) (?:get|have) (?P<n5>{NUMBER}|a) (?P<u5>days?|weeks?)$"
)


def deadline(clause: str, reading: Reading) -> Edits | None:
    if _NONE.search(clause):
        return _setting("deadline", None)
    match = _DEADLINE.match(clause)
    if not match:
        return None
    when = next((value for value in match.groups() if value), "")
    old = reading.draft.settings.deadline
    later = re.search(
        rf"\b(?:by|another|for|back|out|forward)\s+(?P<n>{NUMBER}|an?|another)?\s*(?P<u>day|week"
        r"|month)s?\b",
        clause,
        re.I,
    )
    if (
        later
        and old
        and re.search(r"\b(?:extend|push|move|later|another|back)\b", clause, re.I)
        and not re.search(r"\bto\b", when, re.I)
    ):
        count = 1 if (later["n"] or "a").lower() in ("a", "an", "another") else number_of(later["n"])
        days = count * {"day": 1, "week": 7, "month": 30}[later["u"].lower()]
        earlier = re.search(r"\b(?:earlier|forward|bring)\b", clause, re.I)
        return _setting("deadline", (old - timedelta(days=days) if earlier else old + timedelta(days=days)).isoformat())
    day = find_date(when, reading.today)
    if day is None:
        raise ask_which("Which day should be the last one? For example: December 18.", "no_value")
    if day < reading.today:
        raise refuse(f"{day.isoformat()} has passed already. Name a day that lies ahead.", "out_of_range")
    return _setting("deadline", day.isoformat())


def days(clause: str, _reading: Reading) -> Edits | None:
    match = _DAYS.search(clause)
    if not match or re.search(r"\b(?:between|retake|cool|wait|question)\b", clause, re.I):
        return None
    groups = match.groupdict()
    shown = next(groups[name] for name in ("n", "n2", "n3", "n4", "n5") if groups.get(name))
    unit = next((groups[name] for name in ("u", "u2", "u4", "u5") if groups.get(name)), "days")
    count = 1 if shown.lower() in ("a", "one") else number_of(shown)
    if unit.lower().startswith("hour"):
        count = -(-count // 24)
    return _setting(
        "days_to_complete", _checked("days_to_complete", count * (7 if unit.lower().startswith("week") else 1))
    )


_RANGE = {
    "days_to_complete": (1, 90, "The days to finish"),
    "pass_bar": (0, 100, "The pass bar"),
    "retakes": (0, 5, "Retakes"),
    "retake_cooldown_days": (0, 365, "The wait before a retake"),
}


def _checked(name: str, value: int) -> int:
    low, high, label = _RANGE[name]
    if not low <= value <= high:
        raise refuse(f"{label} can be {low} to {high}, so {value} won't do.", "out_of_range")
    return value


_BAR = _rx(
    r"\b(?:pass(?:ing)?[- ]?(?:bar|mark|score|grade|rate|threshold)|pass(?:ing)?(?= (?:is |at |to "
    r"|= ?)?\d)|min(?:imum)?\.?(?: passing| pass)? ?score|threshold|the bar|bar)\b"
)
_BAR_OFF = _rx(
    r"\b(?:no|remove|drop|clear|without a?|delete|turn off|get rid of|scrap"
    r"|lose)\s+(?:the )?(?:pass(?:ing)?[- ]?(?:bar|mark|score)|min(?:imum)? score|threshold"
    r"|bar)\b(?! (?:down )?(?:to|at|by)\b)"
)


_TENS = {word: 10 * tens for tens, word in enumerate(("forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 4)}


def pass_bar(clause: str, reading: Reading) -> Edits | None:
    if re.match(
        r"^(?:only )?(?:show me |let through |i only want )?(?:people|those|candidates) (?:above"
        r"|over) \d+",
        clause,
        re.I,
    ):
        pass
    elif not _BAR.search(clause) or re.search(r"\brubric|passing (?:on|through)", clause, re.I):
        return None
    stage_match = re.search(
        r"\b(?:for|on|of|in) (?:the )?(?P<s>(?:chat|form|voice|resume|cv|text|phone|stage \w+|first"
        r"|last)\b.*)$",
        clause,
        re.I,
    )
    place = None
    if stage_match and (
        named := STAGE_REF.search(stage_match["s"] + (" stage" if stage_match["s"] in ("first", "last") else ""))
    ):
        place = resolve_stage(named, reading)
    value: int | None
    if _BAR_OFF.search(clause):
        value = None
    else:
        clause = re.sub(rf"\b(?:{'|'.join(_TENS)})\b", lambda m: str(_TENS[m[0].lower()]), clause, flags=re.I)
        numbers = re.findall(r"-?\d+", clause[: stage_match.start()] if stage_match else clause)
        if not numbers and place is not None:
            numbers = (
                re.findall(r"\d+", clause)
                if not re.search(
                    r"\b(?:for|on|of"
                    r"|in) (?:the )?stage \d+$",
                    clause,
                )
                else []
            )
        if not numbers:
            raise ask_which("At what score should the pass bar be, from 0 to 100?", "no_value")
        value = _checked("pass_bar", int(numbers[-1]))
    if place is not None:
        return [Edit(op=EditOp.SET_STAGE_MIN_SCORE, target={"stage": place}, value=value)]
    return _setting("pass_bar", value)


_RETAKE = _rx(
    r"\b(?:retak\w+|re-?tr(?:y|ies|ying)|redo(?:s|es)? it|try again|second (?:tr(?:y|ies)|attempts?|chances?|goes)"
    r"|attempts?|another (?:go|try))\b"
)
_WAIT = _rx(
    rf"\b(?P<n>{NUMBER}|a)\s*(?P<u>days?|weeks?)\s*(?:in )?(?:between|apart|wait|cool|before|gap"
    r"|later)|\b(?:wait(?:ing)?|cool[- ]?down|gap|pause|after)\s*(?:time |period |of |is |to |at "
    rf"|for |= ?)*(?P<n2>{NUMBER}|a)\s*(?P<u2>days?|weeks?)|\bwith (?P<n3>{NUMBER}|a) (?P<u3>days?"
    r"|weeks?)"
)


def retakes(clause: str, _reading: Reading) -> Edits | None:
    if not _RETAKE.search(clause) and not re.search(r"\bcool[- ]?down\b", clause, re.I):
        return None
    edits: Edits = []
    wait = _WAIT.search(clause)
    if wait:
        shown = wait["n"] or wait["n2"] or wait["n3"]
        unit = (wait["u"] or wait["u2"] or wait["u3"]).lower()
        count = (1 if shown.lower() == "a" else number_of(shown)) * (7 if unit.startswith("week") else 1)
        edits += _setting("retake_cooldown_days", _checked("retake_cooldown_days", count))
    rest = clause.replace(wait[0], " ") if wait else clause
    if re.search(
        r"\b(?:no|zero|none|without|don'?t allow|disallow|remove|turn off|not|never|drop|disable"
        r"|stop)\b",
        rest,
        re.I,
    ):
        return [*_setting("retakes", 0), *edits]
    if re.search(r"\btwice\b", rest, re.I):
        return [*_setting("retakes", 2), *edits]
    number = re.search(rf"(?<!\d)-?(?:\d+|{NUMBER})\b", re.sub(r"\bsecond\b", "1", rest), re.I)
    if number:
        return [
            *_setting(
                "retakes",
                _checked("retakes", number_of(number[0].lstrip("-")) if not number[0].startswith("-") else -1),
            ),
            *edits,
        ]
    if re.search(r"\b(?:once|a|allow|let|another|again)\b", rest, re.I) and not edits:
        return _setting("retakes", 1)
    if edits:
        return edits
    raise ask_which("How many retakes, 0 to 5?", "no_value")


_BUDGET = _rx(
    r"\b(?:budget|cap|limit|at most|max(?:imum)?|no more than|up to)\b.*?(?P<n>\d[\d,]*"
    rf"|{NUMBER})\s*(?:interviews?|candidates?|screenings?|people)?\s*(?P<how>in total|total"
    r"|overall|altogether|all in all|a day|per day|daily|each day|/ ?day)?"
)


def budget(clause: str, _reading: Reading) -> Edits | None:
    if re.search(
        r"\b(?:no|remove|drop|clear|lift|without a?|unlimited|delete)\s+(?:the )?(?:budget|cap"
        r"|limit on interviews|interview limit)\b|^unlimited interviews|\bbudget (?:off|none"
        r"|unlimited)\b",
        clause,
        re.I,
    ):
        return _setting("budget", {"kind": "none", "cap": 0})
    if not re.search(
        r"\bbudget\b|\b(?:cap|limit|max(?:imum)?|at most|no more than)\b.*\b(?:interviews|candidates"
        r"|screenings|a day|per day|daily)\b",
        clause,
        re.I,
    ) or re.search(r"\bfollow|\bretake|\bquestions?\b", clause, re.I):
        return None
    match = _BUDGET.search(clause)
    if not match:
        raise ask_which("How many interviews, in total or a day?", "no_value")
    shown = match["n"].replace(",", "")
    cap = int(shown) if shown.isdigit() else number_of(shown)
    daily = re.search(r"\b(?:a day|per day|daily|each day|every day)\b|/ ?day", clause, re.I)
    return _setting("budget", {"kind": "daily" if daily else "total", "cap": cap})


_ENFORCE = _rx(
    r"^(?:(?:don'?t|do not|stop|no longer) (?P<off>enforc\w+|end\w* .* on|apply\w*)|(?P<on>enforce"
    r"|apply|turn on|switch on)|(?P<off2>turn off|switch off|disable)) (?:the "
    r"|all )?(?:knock ?outs?|knock ?out enforcement|dealbreakers?)\b"
)
_REDIRECT = _rx(
    r"\b(?:redirect|send (?:them|candidates|people|everyone)(?: on)?|forward|afterwards? (?:go"
    r"|take them)|take them)\b.*?(?P<u>https?://\S+|www\.\S+|[\w-]+\.(?:com|org|net|io|co|co\.uk"
    r"|de|example)(?:/\S*)?)"
)
_ALERT = _rx(
    r"\b(?:alerts?|notif\w+|ping|notify)\b.*?(?P<a>#[\w-]+|[\w.+-]+@[\w-]+\.[\w.]+|(?:webchat"
    r"|slack|email|tel|terminal):\S+|\bconsole\b)|\b(?:post|send) (?:the )?(?:results|scorecards?"
    r"|updates|completions?) (?:to|in|into) (?P<a2>#[\w-]+|[\w.+-]+@[\w-]+\.[\w.]+)"
)
_ALERT_HERE = _rx(
    r"\b(?:alerts?|notify|ping|(?:post|send) (?:the |all )?(?:results|scorecards?|updates|completions?))\b"
    r"[\w ]{0,30}\b(?:here|this (?:slack )?(?:channel|thread|dm|conversation))\s*[.!]?$"
)
_AGENT = _rx(
    r"^(?:call|name|rename)\s+(?:the |your |our )?(?:agent|bot|assistant|interviewer bot"
    r"|ai)\s+(?:to |as )?[\"“]?(?P<n>[^\"”]{1,60}?)[\"”]?$|^(?:change |set |make )?(?:the "
    r"|your )?(?:agent|bot|assistant)(?:'s)? name\s*(?:to|is|should be|=|:"
    r"|be)?\s*[\"“]?(?P<n2>[^\"”]{1,60}?)[\"”]?$|^call (?:yourself|her|him) (?P<n3>\w[\w ]{0,40})$"
    r"|^(?:the )?(?:agent|bot|assistant) (?:should be|is) (?:called|named) (?P<n4>.{1,60})$"
)
_COMPANY = _rx(
    rf"^{_CHANGE}(?:the )?(?:company|employer)(?: name)?\s*(?:to be|to|is|=|:|should be"
    rf"|as)\s*(?P<c>.{{2,80}})$"
)


def other_settings(clause: str, _reading: Reading) -> Edits | None:
    if match := _ENFORCE.match(clause):
        return _setting("enforce_knockouts", bool(match["on"]))
    if re.search(r"\b(?:no|remove|drop|clear|delete|turn off|stop)\s+(?:the )?redirect", clause, re.I):
        return _setting("redirect_url", "")
    if match := _REDIRECT.search(clause):
        url = match["u"].rstrip(".,;)")
        return _setting("redirect_url", url if url.startswith("http") else f"https://{url}")
    if match := _ALERT.search(clause):
        return _setting("alert_address", _address(match["a"] or match["a2"]))
    if _ALERT_HERE.search(clause):
        return _setting("alert_address", "slack:here")
    if match := _AGENT.match(clause):
        return _setting("agent_name", next(value for value in match.groups() if value).strip(_QUOTES))
    if match := _COMPANY.match(clause):
        return _setting("company", match["c"].strip(_QUOTES))
    return None


def _address(said: str) -> str:
    if said.startswith("#"):
        return f"slack:{said}"
    if said.lower() == "console":
        return "webchat:feed"
    return said if re.match(r"(?:webchat|slack|email|tel|terminal):", said) else f"email:{said}"
