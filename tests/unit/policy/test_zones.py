"""Which clock a person lives by, and how a moment is told."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.policy.places import CITIES, STATES, STATES_SHORT, UNSURE
from botapp.policy.zones import moment_in_words, zone_in_words, zones_of


@pytest.mark.parametrize(
    ("own", "number", "zones"),
    [
        ("Europe/Berlin", "+12025550123", ("Europe/Berlin",)),
        ("", "+12025550123", ("America/New_York",)),
        ("no such zone", "+13035550123", ("America/Denver",)),
        ("", "+15551230000", ("UTC",)),  # an area code nobody has
        ("", "not a number", ("UTC",)),
        ("../etc/passwd", "", ("UTC",)),
    ],
)
def test_own_words_come_before_the_number(own: str, number: str, zones: tuple[str, ...]) -> None:
    """And UTC when nothing is known."""
    assert zones_of(own=own, number=number) == zones


def test_a_number_without_a_place_may_be_in_many_zones() -> None:
    """Then it must be day in all of them."""
    zones = zones_of(own="", number="+18005550100")
    assert {"America/New_York", "Pacific/Honolulu"} <= set(zones)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("I'm in Denver", "America/Denver"),
        ("im in chicago btw", "America/Chicago"),
        ("I’m in Phoenix", "America/Phoenix"),
        ("Yes, I live in Austin now", "America/Chicago"),
        ("i live in Denver CO right now", "America/Denver"),
        ("I'm currently located in the Seattle area", "America/Los_Angeles"),
        ("we're in New York City.", "America/New_York"),
        ("in Denver", "America/Denver"),
        ("Denver, CO", "America/Denver"),
        ("Aurora, CO", "America/Denver"),
        ("I'm in El Paso, Texas", "America/Denver"),
        ("i'm in London, Ontario", "America/Toronto"),
        ("I'm in Washington DC", "America/New_York"),
        ("I'm in Washington state", "America/Los_Angeles"),
        ("I'm in Berlin but moving to Denver", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("Berlin, Germany", "Europe/Berlin"),
        ("ich wohne in Wien", "Europe/Vienna"),
        ("estoy en Madrid", "Europe/Madrid"),
        ("J'habite à Paris", "Europe/Paris"),
        ("mountain time", "America/Denver"),
        ("I'm on Eastern Standard Time", "America/New_York"),
        ("central european time", "Europe/Berlin"),
        ("EST", "America/New_York"),
        ("pst.", "America/Los_Angeles"),
        ("call me at 9am PT", "America/Los_Angeles"),
        ("5:30 pm CT works", "America/Chicago"),
        ("it's 9 Denver time", "America/Denver"),
        ("Hawaii time", "Pacific/Honolulu"),
    ],
)
def test_zones_people_name(text: str, zone: str) -> None:
    """A place they are in, or the zone itself."""
    assert zone_in_words(text) == zone


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "yes",
            "I'm in sales",
            "I am interested in Denver",
            "I'm in",
            "I used to live in Denver",
            "I want part time PT",
        ),
        *("I worked in Berlin for five years", "I'm not in Denver", "my brother lives in Denver", "I was in Chicago"),
        *("I'm in Texas", "I'm in Florida", "I'm in Paris, Texas", "Washington", "I'm in Portland", "I'm in Georgia"),
        *(
            "Eastern time, but I'm in Denver",
            "Austin",
            "Charlotte",
            "c'est est bien",
            "full time",
            "any time",
            "CT"[:1],
        ),
        *("central time off policy", "when I live in Denver again", "I'm in L.A", "I'm in Berlin" + " x" * 300),
    ],
)
def test_what_does_not_tell_is_not_guessed(text: str) -> None:
    """Two zones, a name, a past, somebody else."""
    assert zone_in_words(text) is None


@given(st.text(max_size=120))
def test_no_words_break_the_reading(text: str) -> None:
    """A zone that exists, or none."""
    zone = zone_in_words(text)
    assert zone is None or zone in available_timezones()


def test_every_place_has_a_zone_that_exists() -> None:
    """The tables themselves."""
    zones = {*CITIES.values(), *STATES.values()} - {UNSURE}
    assert zones <= available_timezones()
    assert set(STATES_SHORT.values()) == set(STATES)
    assert len(STATES) >= 60


@pytest.mark.parametrize(
    ("zones", "words"),
    [
        (("America/New_York",), "9:00 am ET"),
        (("America/Denver",), "7:00 am MT"),
        (("America/Phoenix",), "6:00 am MT"),
        (("America/New_York", "America/Chicago"), "8:00 am CT"),  # the zone it waits for
        (("Pacific/Honolulu",), "3:00 am HT"),
        (("Europe/Berlin",), "15:00 CEST"),
        (("Europe/London",), "14:00 BST"),
        (("Asia/Kathmandu",), "18:45 UTC+5:45"),
        (("America/Sao_Paulo",), "10:00 UTC-3"),
        ((), "13:00 UTC"),
    ],
)
def test_a_moment_as_people_say_it(zones: tuple[str, ...], words: str) -> None:
    """Twelve hours in North America, twenty-four elsewhere."""
    assert moment_in_words(datetime(2026, 7, 1, 13, tzinfo=UTC), zones) == words


def test_noon_and_midnight() -> None:
    """The hours twelve-hour clocks get wrong."""
    east = ZoneInfo("America/New_York")
    assert moment_in_words(datetime(2026, 1, 1, 12, 5, tzinfo=east), ("America/New_York",)) == "12:05 pm ET"
    assert moment_in_words(datetime(2026, 1, 1, 0, 5, tzinfo=east), ("America/New_York",)) == "12:05 am ET"
