"""Pay as it was said: amount or range, period, currency; and whether it lies inside a limit, as exactly "
"as it can be known."""

import re
from dataclasses import dataclass
from typing import Any

from botapp.scoring.readers import signals
from botapp.scoring.readers.amounts import Amount, amounts
from botapp.scoring.readers.duration import latest
from botapp.scoring.readers.words import fold, numbered, rx, words_of
from botapp.screening.interview import Reading, ReadingStatus

Money = dict[str, Any]
_K = re.compile(r"(\d)\s?(?:k|grand|mille|tsd)\b")
_UNIT = re.compile(
    r"\s*(?:k\b|[$£€]|usd\b|eur(?:os?)?\b|gbp\b|dollars?\b|bucks?\b|pounds?\b|quid\b|(?:/|per|a"
    r"|an)\s?(?:hour|hr|h|week|month|year|yr|day)\b)?"
)
_PERIOD = {
    "hour": rx(
        r"(?:/|\bper|\ban?|\bthe|\beach|\bpor|\bla|\bde l|\bpro|\bp/?|\bl) ?(?:hours?|hr|h|hora|heure|stunde"
        r"|std)\b|\bhourly\b|\bp/?h\b|\b(?:hr|hour)\b|\bstundenlohn\b|/h\b|\bdlls? (?:la )?hora"
    ),
    "biweek": rx(
        r"\bevery (?:2|two|other) weeks?\b|\bbi-?weekly\b|\bper (?:paycheck|pay ?period|check)\b|\bquincenal\w*"
        r"|\bla quincena|\bfortnight\w*"
    ),
    "day": rx(
        r"(?:/|\bper|\ba|\beach|\bpor|\bpro|\bal|\bpar) ?(?:day|shift|dia|jour|tag)\b|\bdaily\b|\bday rate\b"
        r"|\bdiari\w+"
    ),
    "week": rx(
        r"(?:/|\bper|\ba|\beach|\bpor|\bpro|\bla|\ba la|\bpar) ?(?:week|wk|semana|semaine|woche)\b|\bweekly\b"
        r"|\bsemanal\w*"
    ),
    "month": rx(
        r"(?:/|\bper|\ba|\beach|\bpor|\bpro|\bal|\bpar|\ble|\bim) ?(?:month|mo|mes|mois|monat)\b|\bmonthly\b"
        r"|\bmensual\w*|\bmensuel\w*|\bmonatlich\b"
    ),
    "year": rx(
        r"(?:/|\bper|\ba|\bal|\bpor|\bpro|\bpar|\bim|\ban) ?(?:year|yr|annum|ano|an|jahr)\b|\byearly\b"
        r"|\bannual(?:ly|es)?\b|\banuales\b|\bannuels?\b|\bjahrlich\b|\bp\.?a\b|\bsalary\b|\bjahresgehalt\b"
        r"|\bbrut annuel\b"
    ),
}  # fmt: skip
_CURRENCY = (
    ("USD", re.compile(r"us ?\$|\$|\busd\b|\bdollars?\b|\bbucks?\b|\bdolares\b|\bdlls?\b")),
    ("EUR", re.compile(r"€|\beur(?:os?)?\b")),
    ("GBP", re.compile(r"£|\bgbp\b|\bquid\b|\bpounds sterling\b")),
    ("CAD", re.compile(r"\bcad\b")),
    ("MXN", re.compile(r"\bmxn\b|\bpesos\b")),
    ("INR", re.compile(r"₹|\binr\b|\brupees\b|\blakhs?\b|\blpa\b")),
    ("CHF", re.compile(r"\bchf\b|\bfranken\b")),
)
_NET = words_of(
    r"(?<!inter)net(?:to|tos|te)?|take ?home|after tax(?:es)?|in hand|limpi[oa]s?|en mano|cash in hand"
    r"|clear(?:ing)? after|libres"
)
_NEGOTIABLE = words_of(
    r"negotiable|flexible|negociable|verhandelbar|verhandlungsbasis|vb|a negocier|negociables"
    r"|willing to negotiate|can negotiate|open to (?:negotiat\w+|discuss\w*|less|offers?)|or best offer"
    r"|not set in stone|but (?:im |i am )?(?:open|flexible)|some wiggle room|could go (?:lower|down)|ideally"
    r"|preferably|would take less"
)
_OPEN = words_of(
    r"(?:whatever|what ?ever|anything|what) (?:you|u|yall|its|it|the job|the company|they|is|youre|yall are"
    r"|the position)(?:r)? ?(?:pay\w*|offer\w*|start\w*|got|give\w*|think\w*|fair|can|going rate|have|want"
    r"|paying)?(?: \w+)?|whatever (?:pays|is fair|works|the rate is|the going rate(?: is)?)|min(?:imum)? wage"
    r"|(?:the )?(?:going|standard|posted|advertised|listed|usual|normal|market|union|starting) (?:rate|pay|wage"
    r"|scale|salary)(?: is fine)?|doesnt matter|dont (?:really )?care|no preference|im open|open"
    r"|anything(?: works| is fine)?|any(?: rate| amount| pay)?(?: is fine)?|not picky|up to (?:you|u|yall)"
    r"|lo que (?:paguen|marque\w*|ofrezcan|sea|pague|den|diga|este)(?: \w+)*|lo del convenio|segun convenio"
    r"|salario minimo|el minimo|el smi|me adapto|(?:le )?smic|peu importe|selon (?:la )?(?:grille|convention)\w*"
    r"|tarif\w*(?:lich)?|nach tarif|mindestlohn|egal|tvod|what the ad says|whats? (?:advertised|posted"
    r"|in the ad)|same as (?:the ad|posted|everyone)"
)  # fmt: skip
_PAST = rx(
    r"(?:\b(?:i )?(?:was|were|been|currently|current|now|used to|right now|last job|previous(?:ly)?|old job"
    r"|at my last|already|make|making|made|earn\w*|paid me|pays me|get paid|im at|i am at|ganaba|gano"
    r"|gagnais|gagne|verdiene|verdiente)\b)"
)
_WANT = rx(
    r"\b(?:want|looking|need|expect\w*|hop\w+|like|at least|ask\w*|target\w*|would take|accept|id do|prefer"
    r"|go for|aim\w*|seek\w*|quiero|busco|espero|souhaite|mochte|hatte gern|more|raise|so)\b"
)
_TERM = words_of(
    r"if(?! (?:that|you can|possible|im honest|ok|its ok))|depend\w+|for (?:days|nights|weekends)|remote"
    r"|on ?site|w2|1099|c2c|for overtime|unless|si es|wenn|falls"
)
_STEPS = rx(r"\b(?:to start|starting|at first|then|after|for training|during training|probation|al principio|luego)\b")
_TOTAL = words_of(
    r"bonus(?:es)?|total (?:comp\w*|package|pay)|tc|ote|incl\w* (?:tips|bonus|commission)|with (?:tips|bonus\w*"
    r"|commission|overtime|ot)|all in|commission|plus tips|after tips|variable|mit (?:bonus|pramie)|\+ variable"
)
_SHORT_YEAR = 1000
_HOURS, _DAYS = 2080.0, 260.0
YEARLY = {"hour": _HOURS, "day": _DAYS, "week": 52.0, "biweek": 26.0, "month": 12.0, "year": 1.0}
_EXACT = frozenset({"week", "biweek", "month", "year"})


@dataclass(frozen=True)
class Wanted:
    """The unit of the question: "USD/hour"."""

    currency: str
    period: str

    @classmethod
    def of(cls, unit: str, question: str) -> "Wanted":
        currency, _, period = unit.partition("/")
        asked = fold(question)
        named = period or next(
            (p for p, pattern in _PERIOD.items() if pattern.search(asked)), "year" if "salary" in asked else "hour"
        )
        return cls(currency or "USD", named if named in YEARLY else "hour")


def read(question: str, unit: str, text: str) -> Reading:
    """Reads folded `text` as pay."""
    wanted = Wanted.of(unit, question)
    told = latest(numbered(text))
    if signals.only_asks(text):
        return signals.status(ReadingStatus.QUESTION_BACK, "only asks something")
    if signals.refuses(text) and not re.search(r"\d", text):
        return signals.status(ReadingStatus.REFUSED, "declines to tell")
    if not re.search(r"\d", told):
        return _without_number(told, text)
    told = _without_past(told)
    found = _money_amounts(told, wanted)
    if not found:
        return signals.unclear("no pay that fits the question")
    return _reading(found, told, wanted)


def _without_number(told: str, text: str) -> Reading:
    if _OPEN.search(told) and not re.search(r"\b(?:more than|above|not|no) (?:min|the min)", told):
        return signals.clear("open", "takes what is paid")
    if signals.asks_at_the_end(text):
        return signals.status(ReadingStatus.QUESTION_BACK, "only asks something")
    return signals.unclear("no amount in it")


def _without_past(told: str) -> str:
    """Past or present pay is no expectation: its clause is left out."""
    if not _PAST.search(told):
        return told
    kept = [
        c for c in re.split(r"[,;\n]|\.(?=\s|$)|\b(?:but|and|so)\b", told) if not _PAST.search(c) or _WANT.search(c)
    ]
    return " , ".join(kept)


def _money_amounts(told: str, wanted: Wanted) -> list[Amount]:
    comma = wanted.currency == "EUR"
    spelled = _K.sub(r"\1k", told)
    out = []
    for a in amounts(re.sub(r"(?<=\d)k\b", " k", spelled), _UNIT, comma_decimal=comma):
        text = re.sub(r"(?<=\d)k\b", " k", spelled)
        if re.match(
            (
                r"\s?(?:%|percent|hours\b|hrs\b|h shifts?\b|days?\b|weeks?\b|months?\b|years?\b|yrs?\b|st\b|nd\b"
                r"|rd\b|th\b)"
            ),
            text[a.end :],
        ):
            continue
        out.append(_scaled(a, text, wanted))
    return out


def _scaled(a: Amount, text: str, wanted: Wanted) -> Amount:
    """ "45k", and "55" asked by the year, "2,2" asked by the month, are thousands."""
    if re.match(r"\s?k\b", text[a.end :]):
        low = a.low * 1000 if a.low is not None and a.low < 1000 else a.low
        high = a.high * 1000 if a.high is not None and a.high < 1000 else a.high
        return Amount(low, high, a.start, a.end, a.almost, a.ranged)
    period = next((p for p, pattern in _PERIOD.items() if pattern.search(text)), "") or wanted.period
    top = a.high if a.high is not None else a.low or 0.0
    if period == "year" and top < _SHORT_YEAR and not re.search(r"hour|/hr|\bhr\b", text):
        return a.times(1000)
    if period == "month" and top < 20:
        return a.times(1000)
    return a


def _reading(found: list[Amount], told: str, wanted: Wanted) -> Reading:
    said = next((p for p, pattern in _PERIOD.items() if pattern.search(told)), "")
    currency = next((code for code, pattern in _CURRENCY if pattern.search(told)), wanted.currency)
    lows, highs = [a.low for a in found], [a.high for a in found]
    tops = [x for x in [*lows, *highs] if x is not None]
    period = said or _guessed(max(tops), wanted)
    if not period or (period == "hour" and max(tops) > 500):
        return signals.unclear("an amount that doesn't fit the question")
    value: Money = {"period": period, "currency": currency}
    if len(found) == 1 and found[0].point is not None:
        value["amount"] = found[0].point
    else:
        value |= {
            "min": min(x for x in tops) if None not in lows else None,
            "max": max(tops) if None not in highs else None,
        }
    if _NET.search(told):
        value["net"] = True
    if _NEGOTIABLE.search(told):
        value["negotiable"] = True
    return _with_terms(value, told)


def _with_terms(value: Money, told: str) -> Reading:
    if _TOTAL.search(told) and not re.search(
        (
            r"\bbase\b|\bplus (?:bonus|commission|tips)|\+ (?:bonus|commission|tips)|(?:not|without"
            r"|before) (?:\w+ )?(?:bonus|tips|commission)"
        ),
        told,
    ):
        return signals.unclear("total pay, or the base?")
    if _TERM.search(told) and not _STEPS.search(told):
        return signals.conditional(told, value=value)
    return signals.clear(value, "pay as said", unit=f"{value['currency']}/{value['period']}")


def _guessed(top: float, wanted: Wanted) -> str:
    """The period when none was said: the one asked for, unless the size says otherwise."""
    if wanted.period == "hour":
        return "hour" if top < 150 else "year" if 12_000 <= top < 500_000 else ""
    if wanted.period == "month" and top >= 12_000:
        return "year"
    if wanted.period == "year" and top >= 10_000_000:
        return ""
    return wanted.period


def meets(value: Any, unit: str, question: str, op: str, limit: float) -> bool | None:
    """Whether pay lies inside the limit; None when hours, tax or currency would decide."""
    if value == "open":
        return True if op == "lte" else None
    if not isinstance(value, dict):
        return None
    wanted = Wanted.of(unit, question)
    if value.get("net") or value.get("currency") != wanted.currency:
        return None
    low, high = (value["amount"], value["amount"]) if "amount" in value else (value.get("min"), value.get("max"))
    factor, exact = _factor(value["period"], wanted.period)
    slack = 0.0 if exact else 0.1
    if op == "lte":
        verdict = _below(low, high, factor, limit, slack)
        return None if verdict is False and value.get("negotiable") else verdict
    return _above(low, high, factor, limit, slack)


def _factor(said: str, wanted: str) -> tuple[float, bool]:
    return YEARLY[said] / YEARLY[wanted], said == wanted or {said, wanted} <= _EXACT


def _below(low: float | None, high: float | None, factor: float, limit: float, slack: float) -> bool | None:
    """A floor ("at least 21") decides by itself: it is what they would accept."""
    top = high if high is not None else low
    bottom = low if low is not None else high if high is not None and high * factor <= limit else 0.0
    if top is not None and top * factor <= limit * (1 - slack) + 1e-9:
        return True
    if bottom is not None and bottom * factor > limit * (1 + slack) + 1e-9:
        return False
    return None


def _above(low: float | None, high: float | None, factor: float, limit: float, slack: float) -> bool | None:
    if low is not None and low * factor >= limit * (1 + slack) - 1e-9:
        return True
    if high is not None and high * factor < limit * (1 - slack) - 1e-9:
        return False
    return None
