"""Phone numbers as people type them, in E.164; or the sentence that says why one can't be texted. Pure.

`phonenumbers` costs 80 ms to import: it is imported when the first number is read.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from botapp.errors import BadPayload

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber as Parsed

EMBARGOED = frozenset({"CU", "IR", "KP", "SY"})  # comprehensive US sanctions, as of 2026-09
_EXTENSION = re.compile(r"(?:;ext=|(?<=[\d\s),])(?:extension|ext|x|#)[.:]*)\s*\d{1,7}\s*$", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_KINDS = {
    "FIXED_LINE": "landline",
    "MOBILE": "mobile",
    "FIXED_LINE_OR_MOBILE": "either",
    "TOLL_FREE": "toll_free",
    "VOIP": "voip",
    "PERSONAL_NUMBER": "personal",
    "VOICEMAIL": "voicemail",
}
_REFUSED = {"PREMIUM_RATE": "premium rate", "SHARED_COST": "shared cost", "PAGER": "pager", "UAN": "company-wide"}


@lru_cache
def calling_regions() -> dict[str, int]:
    """The countries (two letters, in alphabetical order) whose numbers can be read, each with its calling code."""
    from phonenumbers import SUPPORTED_REGIONS, country_code_for_region

    return {region: country_code_for_region(region) for region in sorted(SUPPORTED_REGIONS)}


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """`kind`: mobile, landline, either (one can't tell), voip, toll_free, personal, voicemail or unknown.

    `region` is "" for a number that no country has given out.
    """

    e164: str
    region: str
    kind: str


def read_phone(typed: str, region: str = "US") -> PhoneNumber:
    """The number, read as one of `region` when it has no country code.

    Raises:
        BadPayload: it is no number a person could be texted at; says why.
    """
    digits = _checked(typed)
    parsed = _parsed(digits, region)
    return _classified(parsed)


def zones_of_number(e164: str) -> tuple[str, ...]:
    """The IANA zones this number may be in; empty when nothing is known of it."""
    return _zones(e164) if re.fullmatch(r"\+\d{7,15}", e164) else ()


def _checked(typed: str) -> str:
    """The digits as typed, with a leading plus if there was one."""
    text = unicodedata.normalize("NFKC", typed).strip().removeprefix("tel:").strip()
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    if _EXTENSION.search(text):
        raise BadPayload("A text can't reach an extension. Please give the number without it.")
    if _LETTER.search(text):
        raise BadPayload("A phone number has digits only. This one has letters in it.")
    if re.search(r"[^\d\s+().\-/‐‑‒–—]", text) or "+" in text[1:].removeprefix("+"):
        raise BadPayload("This is not a phone number.")
    digits = "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())
    if 3 <= len(digits) <= 6:
        raise BadPayload("This is a short code, not a person's phone number.")
    if len(digits) < 3:
        raise BadPayload("This is not a phone number.")
    return f"+{digits}" if text.startswith(("+", "(+")) else digits


def _parsed(digits: str, region: str) -> "Parsed":
    import phonenumbers

    try:
        parsed = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        parsed = None
    possible = parsed and phonenumbers.is_possible_number_with_reason(parsed)
    if parsed is None or possible != phonenumbers.ValidationResult.IS_POSSIBLE:  # not one without its area code
        raise BadPayload(
            "This is not a possible phone number. One of another country starts with + and the country's code."
        )
    return parsed


def _written(parsed: "Parsed") -> str:
    import phonenumbers

    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _classified(parsed: "Parsed") -> PhoneNumber:
    import phonenumbers

    region = phonenumbers.region_code_for_number(parsed) or ""
    country = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    if EMBARGOED & {region, country}:
        raise BadPayload("Text messages can't be sent to this country.")
    kind = phonenumbers.PhoneNumberType.to_string(phonenumbers.number_type(parsed))
    if kind in _REFUSED:
        raise BadPayload(f"This is a {_REFUSED[kind]} number. Please give a person's own phone number.")
    e164 = _written(parsed)
    if _written(phonenumbers.parse(e164)) != e164:  # leading zeros that mean nothing there
        raise BadPayload("This is not a possible phone number. Please check its digits.")
    return PhoneNumber(e164, region, _KINDS.get(kind, "unknown"))


@lru_cache(maxsize=4096)
def _zones(e164: str) -> tuple[str, ...]:
    import phonenumbers
    from phonenumbers import timezone

    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return ()
    return tuple(zone for zone in timezone.time_zones_for_number(parsed) if zone != "Etc/Unknown")
