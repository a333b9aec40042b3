"""Whom somebody in distress can call, by the zone they are in, else by their language. Pure.

The numbers have their sources in docs/safety.md; a country that is not here gets its local
emergency number and a directory of lines in all countries.
"""

from typing import Final

ELSEWHERE: Final = "elsewhere"

_BY_ZONE: Final = {
    "us": (
        *("New_York", "Detroit", "Chicago", "Menominee", "Denver", "Boise", "Phoenix", "Los_Angeles", "Anchorage"),
        *("Juneau", "Sitka", "Metlakatla", "Yakutat", "Nome", "Adak", "Indianapolis", "Louisville"),
    ),
    "ca": (
        *("Toronto", "Vancouver", "Edmonton", "Winnipeg", "Halifax", "St_Johns", "Regina", "Moncton", "Whitehorse"),
        *("Iqaluit", "Montreal", "Glace_Bay", "Goose_Bay", "Swift_Current", "Dawson", "Yellowknife", "Inuvik"),
        *("Thunder_Bay", "Rankin_Inlet", "Resolute", "Cambridge_Bay", "Fort_Nelson", "Dawson_Creek", "Creston"),
    ),
    "mx": (
        *("Mexico_City", "Tijuana", "Monterrey", "Merida", "Cancun", "Chihuahua", "Hermosillo", "Mazatlan"),
        *("Matamoros", "Ojinaga", "Ciudad_Juarez", "Bahia_Banderas"),
    ),
}
_COUNTRY: Final = {
    **{f"America/{city}": country for country, cities in _BY_ZONE.items() for city in cities},
    "Pacific/Honolulu": "us",
    "Europe/London": "gb",
    "Europe/Belfast": "gb",
    "Europe/Dublin": "ie",
    "Europe/Madrid": "es",
    "Atlantic/Canary": "es",
    "Africa/Ceuta": "es",
    "Europe/Paris": "fr",
    "Europe/Berlin": "de",
    "Europe/Busingen": "de",
}
_PARTS_OF: Final = {
    "US/": "us",
    "America/Indiana/": "us",
    "America/Kentucky/": "us",
    "America/North_Dakota/": "us",
    "Canada/": "ca",
    "Mexico/": "mx",
}
_BY_LANGUAGE: Final = {"fr": "fr", "de": "de"}  # English and Spanish are spoken in too many countries to guess
_EMERGENCY: Final = {"us": "911", "ca": "911", "mx": "911", "gb": "999"}


def help_line(zone: str, language: str = "") -> str:
    """The country (small letters) whose line to name, or `elsewhere`."""
    found = _country(zone)
    if found == ELSEWHERE and zone in ("", "UTC"):
        return _BY_LANGUAGE.get(language, ELSEWHERE)
    return found


def emergency_number(zone: str) -> str:
    """The number for an emergency where they are; "" when that is not known. 112 works all over Europe."""
    return _EMERGENCY.get(_country(zone)) or ("112" if zone.startswith("Europe/") or _country(zone) == "es" else "")


def _country(zone: str) -> str:
    by_part = next((country for part, country in _PARTS_OF.items() if zone.startswith(part)), ELSEWHERE)
    return _COUNTRY.get(zone, by_part)
