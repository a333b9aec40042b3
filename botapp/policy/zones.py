"""Which clock a person lives by: their own words, else where their number may be. Pure.

Guarantees: what can't be told is not guessed. A state with two zones, a city name that two zones share, two places in
one message, or a place somebody used to live in say nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from botapp.policy.places import ALSO_NAMES, CITIES, STATES, STATES_SHORT, UNSURE
from botapp.screening.phone import zones_of_number

_AFTER_CLOCK = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
_SHORT = {
    **dict.fromkeys(("EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("CST", "CDT"), "America/Chicago"),
    **dict.fromkeys(("MST", "MDT"), "America/Denver"),
    **dict.fromkeys(("PST", "PDT"), "America/Los_Angeles"),
    **dict.fromkeys(("AKST", "AKDT"), "America/Anchorage"),
    **dict.fromkeys(("CET", "CEST"), "Europe/Berlin"),
    **dict.fromkeys(("EET", "EEST"), "Europe/Athens"),
    "HST": "Pacific/Honolulu",
    "BST": "Europe/London",
}
_LONG = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "alaska": "America/Anchorage",
    "atlantic": "America/Halifax",
    "newfoundland": "America/St_Johns",
    "central european": "Europe/Berlin",
    "uk": "Europe/London",
    "british": "Europe/London",
}
_GENERIC = {"E": "ET", "C": "CT", "M": "MT", "P": "PT", "AK": "AKT", "A": "AT", "H": "HT", "N": "NT"}

_CLOCK_SHORT = re.compile(r"\b\d{1,2}(?::\d\d)?\s*(?:[aApP]\.?[mM]\.?)?\s*(ET|CT|MT|PT)\b")
_SHORT_NAME = re.compile(rf"\b({'|'.join(_SHORT)})\b")
_LONG_NAME = re.compile(
    rf"\b({'|'.join(sorted(_LONG, key=len, reverse=True))})(?: (?:standard|daylight|summer))? time(?: ?zone)?\b(?! off)"
)
_LIVES = re.compile(
    r"(?:(?:^|[.!?;,\n] ?|\b(?:hi|hello|hey|yes|no|and|but|so|well|since|because|that) )"
    r"(?:(?:i|we)(?:'m|m| am|'re| are)? )?(?:still |currently |now |actually |just |both |here )*"
    r"(?:(?:live|living|based|located|staying|stay|reside|residing) )?(?:here |over |out )?(?:in|near) (?:the )?"
    r"|\b(?:vivo|estoy|resido) en |\b(?:j'habite|je vis|je suis) a |\b(?:ich (?:wohne|lebe|bin)|wohne|lebe) in )"
    r"([^\n.!?;:()]{2,60})"
)
_PLACE_TIME = re.compile(r"\b([\w']+(?: [\w']+){0,2}) time\b")
_MOST_WORDS = 4


def zones_of(*, own: str, number: str) -> tuple[str, ...]:
    """The zones a person may be in: their own if it is known, else those of their number, else UTC."""
    if own and _is_zone(own):
        return (own,)
    return tuple(zone for zone in zones_of_number(number) if _is_zone(zone)) or ("UTC",)


@lru_cache(maxsize=512)
def _is_zone(name: str) -> bool:
    return name in available_timezones()


def zone_in_words(text: str) -> str | None:
    """The zone a person says they are in; None when they say none, or more than one."""
    if len(text) > 400:
        return None
    found = {*_named_zones(text), *_places(text)}
    return found.pop() if len(found) == 1 else None


def _named_zones(text: str) -> Iterable[str]:
    if short := text.strip(" .!").upper():
        if short in _AFTER_CLOCK:
            yield _AFTER_CLOCK[short]
        elif short in _SHORT:
            yield _SHORT[short]
    yield from (_AFTER_CLOCK[m[1]] for m in _CLOCK_SHORT.finditer(text))
    yield from (_SHORT[m[1]] for m in _SHORT_NAME.finditer(text))
    yield from (_LONG[m[1]] for m in _LONG_NAME.finditer(_plain(text)))


def _places(text: str) -> Iterable[str]:
    plain = _plain(text)
    whole = plain.strip(" .!")
    yield from _some(None if whole in ALSO_NAMES else _place(whole.split(), whole=True))
    yield from (zone for match in _LIVES.finditer(plain) for zone in _some(_place(match[1].split())))
    for match in _PLACE_TIME.finditer(plain):
        words = match[1].split()
        yield from _some(next(filter(None, (_place(words[n:], whole=True) for n in range(len(words)))), None))


def _some(zone: str | None) -> tuple[str, ...]:
    return (zone,) if zone else ()


def _place(words: list[str], *, whole: bool = False) -> str | None:
    """The zone of the place these words begin with, or are when `whole`."""
    for size in range(min(len(words), _MOST_WORDS), 0, -1):
        if whole and size != len(words):
            return None
        if zone := _zone_of_place(" ".join(words[:size])):
            return zone if zone != UNSURE else None
    return None


def _zone_of_place(place: str) -> str | None:
    """A city, a state, or both: then the state decides, and where it has two zones the city, if it can lie there."""
    place = place.rstrip(",")
    if place in STATES or place in CITIES:
        return STATES.get(place) or CITIES[place]
    words = place.replace(",", " ").split()
    for size in (1, 2):
        city, after = " ".join(words[:-size]), " ".join(words[-size:])
        state = STATES_SHORT.get(after, after)
        if city and state in STATES:
            in_city = CITIES.get(city, UNSURE)
            if STATES[state] != UNSURE:
                return STATES[state] if city in CITIES or "," in place else None
            return in_city if in_city.startswith("America/") else UNSURE
    return CITIES.get(place.partition(",")[0])  # "Berlin, Germany"


def _plain(text: str) -> str:
    """Small letters without accents, plain apostrophes, single spaces."""
    parts = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    kept = "".join(c for c in parts if not unicodedata.combining(c))
    return "\n".join(" ".join(line.split()) for line in kept.splitlines())


def moment_in_words(when: datetime, zones: tuple[str, ...]) -> str:
    """The clock's time where the day is youngest of these zones: "9:00 am ET", "09:00 CET"."""
    local = min((when.astimezone(ZoneInfo(zone)) for zone in zones or ("UTC",)), key=lambda at: at.replace(tzinfo=None))
    name = _zone_name(local)
    if name in _GENERIC.values():
        return f"{local.hour % 12 or 12}:{local.minute:02d} {'am' if local.hour < 12 else 'pm'} {name}"
    return f"{local.hour:02d}:{local.minute:02d} {name}"


def _zone_name(local: datetime) -> str:
    """ "ET" summer and winter in North America; elsewhere the zone's own abbreviation, or its distance from UTC."""
    zone, name = str(local.tzinfo), local.tzname() or "UTC"
    american = re.fullmatch(r"(AK|[ECMPAHN])[SD]T", name)
    if american and zone.startswith(("America/", "US/", "Canada/", "Pacific/Honolulu")):
        return _GENERIC[american[1]]
    if name.isalpha():
        return name
    minutes = int((local.utcoffset() or timedelta(0)).total_seconds()) // 60
    rest = f":{abs(minutes) % 60:02d}" if minutes % 60 else ""
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60}{rest}"
