"""Small readers: dates, instructions, clauses, spelling, protected topics, titles, the source itself."""

from datetime import date

import pytest

from botapp.compose.clauses import split_wishes
from botapp.compose.dates import find_date, month_later
from botapp.compose.instructions import read_wishes
from botapp.compose.lawful import protected_topic
from botapp.compose.settings_edits import slug_of
from botapp.compose.source import Section, heading_section, read_source
from botapp.compose.spelling import mended
from botapp.compose.titles import clean_title

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("dec 18", date(2026, 12, 18)),
        ("jan 8", date(2027, 1, 8)),
        ("18th of December", date(2026, 12, 18)),
        ("12/14", date(2026, 12, 14)),
        ("2027-02-01", date(2027, 2, 1)),
        ("December 1, 2026", date(2026, 12, 1)),
        ("in two weeks", date(2026, 12, 6)),
        ("a month from now", date(2026, 12, 22)),
        ("next friday", date(2026, 11, 27)),
        ("tomorrow", date(2026, 11, 23)),
        ("feb 31", None),
        ("soon", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    """A year left out means the next such date; nonsense is no date."""
    assert find_date(text, TODAY) == day


def test_a_month_later() -> None:
    """The last day stands in where the month is shorter."""
    assert month_later(date(2027, 1, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("said", "wishes"),
    [
        ("swap 2 and 3", ["swap 2 and 3"]),
        ("drop 2 and make 4 a dealbreaker", ["drop 2", "make 4 a dealbreaker"]),
        (
            "right, um put the resume first and then bin the form",
            ["put the resume first", "bin the form"],
        ),
        ("two retakes.. no make that zero", ["zero retakes"]),
        ("drop 2. actually never mind", []),
        ("pass bar 70, actually 75", ["pass bar 75"]),
        ('reword 2 to "Drop it, and make it 3."', ['reword 2 to "Drop it, and make it 3."']),
    ],
)
def test_wishes(said: str, wishes: list[str]) -> None:
    """Clauses are told apart, corrections replace, quotes stay whole."""
    assert split_wishes(said) == wishes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("remvoe teh fomr stage", "remove the form stage"),
        ("deadlnie jan 20", "deadline jan 20"),
        ("from the form to the chat", "from the form to the chat"),
        ("call it Marek's list", "call it Marek's list"),
    ],
)
def test_spelling(typed: str, meant: str) -> None:
    """Slips towards our words are mended; other words and names are left."""
    assert mended(typed) == meant


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("do you have kids", "children and family"),
        ("how old are you", "age"),
        ("are you married", "marriage"),
        ("which church do you go to", "religion"),
        ("what is your nationality", "origin"),
        ("are you a native speaker", "first language"),
        ("do you have any medical conditions", "health or disability"),
        ("have you ever been arrested", "arrests"),
        ("what was your last salary", "pay history"),
        ("please attach a photo of you", "looks"),
    ],
)
def test_protected(text: str, topic: str) -> None:
    """Each protected topic is known by name."""
    found = protected_topic(text)
    assert found is not None
    assert found.topic == topic


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("pass mark 75", "pass_bar", 75),
        ("only people above 70", "pass_bar", 70),
        ("they have until december 11", "deadline", date(2026, 12, 11)),
        ("everybody has til dec 4", "deadline", date(2026, 12, 4)),
        ("max 6 questions", "most_questions", 6),
        ("under 5 questions", "most_questions", 4),
        ("needs to work in Spanish too", "languages", ("es",)),
        ("keep it friendly", "tone", "friendly"),
        ("no knockouts", "only_knockouts", ()),
    ],
)
def test_instructions(said: str, field: str, value: object) -> None:
    """One wish, one value."""
    assert getattr(read_wishes(said, TODAY, typed=True), field) == value


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("Production Operator - $16.50/hr", "Production Operator"),
        ("FORKLIFT DRIVER - NIGHTS - APPLY NOW!!", "Forklift Driver"),
        ("Receptionist (Part time)", "Receptionist"),
        ("RNs Needed ASAP - ER & ICU", "Registered Nurse - ER & ICU"),
        ("Care Assistant, Rowan House, Leeds", "Care Assistant"),
        ("HVAC technician", "HVAC technician"),
        ("Customer Service Repersentative", "Customer Service Representative"),
    ],
)
def test_titles(raw: str, title: str) -> None:
    """No pay, shift, slogan or place; slips in role words are mended."""
    assert clean_title(raw) == title


def test_slug() -> None:
    """A link name from any title, at most 100 characters."""
    assert slug_of("Night Picker / Packer (m/f)") == "night-picker-packer-m-f"
    assert len(slug_of("x" * 300)) == 100


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Requirements:", Section.REQUIRED),
        ("## What you'll do", Section.DUTIES),
        ("Nice to have:", Section.PREFERRED),
        ("Pay and benefits", Section.BENEFITS),
        ("Do not ask:", Section.IGNORE),
        ("Our dogs are lovely", None),
    ],
)
def test_headings(heading: str, section: Section | None) -> None:
    """Headings open sections; other lines don't."""
    assert heading_section(heading) == section


def test_source_without_line_breaks() -> None:
    """Lines run together by a lost break are told apart, and quotes stay verbatim."""
    text = "We are hiring.Must be able to lift 30 lbsMust have good communication skillsMust be punctual"
    lines = read_source(text).lines
    assert [line.text for line in lines] == [
        "We are hiring.",
        "Must be able to lift 30 lbs",
        "Must have good communication skills",
        "Must be punctual",
    ]
    assert all(line.quote in text for line in lines)


def test_source_with_markup() -> None:
    """Tags and hidden characters are gone from the text; the quote is from the paste."""
    text = "<p>Requirements:</p><ul><li>CDL <b>class A</b>\u200b</li></ul>"
    line = read_source(text).lines[0]
    assert line.text == "CDL class A"
    assert line.section is Section.REQUIRED
    assert line.quote in text
