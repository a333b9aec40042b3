"""Lists of people as spreadsheets write them: what is read, and why a row is left out."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.errors import BadPayload
from botapp.screening.invite_list import MAX_ROWS, InviteRow, read_invite_list

TODAY = date(2026, 11, 22)
HEADER = "name,phone,email,consent source,consent time\n"
GOOD = "Sam Field,+12025550101,sam@example.com,application form,2026-11-20 14:05\n"
SAM = InviteRow(
    2, "Sam Field", "+12025550101", "sam@example.com", "application form", datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
)


def read(text: str | bytes, region: str = "US") -> tuple[tuple[InviteRow, ...], dict[int, str]]:
    found = read_invite_list(text.encode() if isinstance(text, str) else text, region, TODAY)
    return found.rows, dict(found.problems)


def only_problem(text: str) -> str:
    rows, problems = read(HEADER + text)
    assert rows == ()
    assert list(problems) == [2]
    assert problems[2].startswith("Line 2 ")
    assert problems[2].endswith(".")
    return problems[2]


@pytest.mark.parametrize(
    "content",
    [
        HEADER + GOOD,
        (HEADER + GOOD).replace("\n", "\r\n"),
        (HEADER + GOOD).replace("\n", "\r"),
        "\ufeff" + HEADER + GOOD,
        (HEADER + GOOD).replace(",", ";"),
        (HEADER + GOOD).replace(",", "\t"),
        (HEADER + GOOD).encode("utf-16"),
        "Name;Phone Number;E-Mail;Consent_Source;Consent-Time\n" + GOOD.replace(",", ";"),
        "FULL NAME,Mobile,Email Address,How they agreed,Agreed at\n" + GOOD,
        "Nombre,Teléfono,Correo electrónico,Consentimiento,Consent date\n" + GOOD,
        '"name","phone","email","consent source","consent time"\n'
        + ",".join(f'"{v}"' for v in GOOD.strip().split(",")),
        HEADER + GOOD.replace("+12025550101", '"=""+12025550101"""'),
        HEADER + GOOD.replace("+12025550101", "(202) 555-0101"),
        HEADER + GOOD.replace("+12025550101", "12025550101.0"),
        HEADER.strip() + ",notes\n" + GOOD.strip() + ",likes nights\n",
        HEADER + GOOD + ",,,,\n\n",
    ],
)
def test_one_person_however_the_file_is_written(content: str | bytes) -> None:
    """Byte order marks, separators, headers in any case and some languages, quotes, further columns."""
    assert read(content) == ((SAM,), {})


def test_columns_in_any_order_and_names_in_two() -> None:
    """First and last name make one."""
    rows, problems = read(
        "consent time,last name,consent source,phone,first name\n2026-11-20,Field,called us,202-555-0101,Sam"
    )
    assert problems == {}
    assert (rows[0].name, rows[0].email, rows[0].how) == ("Sam Field", "", "called us")


def test_a_separator_line_and_a_file_of_old_letters() -> None:
    """As spreadsheets of some countries write them; lines count on."""
    rows, _ = read(("sep=;\n" + (HEADER + GOOD).replace(",", ";")).replace("Sam", "José").encode("cp1252"))
    assert (rows[0].line, rows[0].name) == (3, "José Field")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",+12025550101,,form,2026-11-20", "no name"),
        ("Sam,,,form,2026-11-20", "no phone number"),
        ("Sam,n/a,,form,2026-11-20", "no phone number"),
        ("Sam,12345,,form,2026-11-20", "short code"),
        ("Sam,2.025550101E+9,,form,2026-11-20", "shortened"),
        ("Sam,+1 900 555 0100,,form,2026-11-20", "premium rate"),
        ("Sam,+12025550101,sam at example,form,2026-11-20", "e-mail"),
        ("Sam,+12025550101,,,2026-11-20", "how they agreed"),
        ("Sam,+12025550101,,-,2026-11-20", "how they agreed"),
        ("Sam,+12025550101,,yes,2026-11-20", "how they agreed"),
        ("Sam,+12025550101,,NO,2026-11-20", "how they agreed"),
        ("Sam,+12025550101,,form,", "when they agreed"),
        ("Sam,+12025550101,,form", "when they agreed"),
        ("Sam,+12025550101,,form,last week", "can't be read"),
        ("Sam,+12025550101,,form,2026-13-45", "can't be read"),
        ("Sam,+12025550101,,form,2026-11-20 25:00", "can't be read"),
        ("Sam,+12025550101,,form,2026-11-24", "future"),
        ("Sam,+12025550101,,form,1970-01-01", "can't be right"),
        ("=cmd|'/c calc'!A1,+12025550101,,form,2026-11-20", "formula"),
        ("@SUM(1),+12025550101,,form,2026-11-20", "formula"),
        ("+cmd,+12025550101,,form,2026-11-20", "formula"),
        ("-cmd,+12025550101,,form,2026-11-20", "formula"),
        ("+1+cmd|x,+12025550101,,form,2026-11-20", "formula"),
        ("Sam,+12025550101,,=HYPERLINK(0),2026-11-20", "formula"),
        ("Sam,=cmd,,form,2026-11-20", "no number we can text"),
        ("Sam,+12025550101,,form,2026-11-20,and more", "more values"),
        ("\u200b,+12025550101,,form,2026-11-20", "no name"),
        ("x" * 200 + ",+12025550101,,form,2026-11-20", "no name a person"),
    ],
)
def test_a_row_that_is_left_out_says_why(row: str, why: str) -> None:
    """With its line, in one sentence."""
    assert why in only_problem(row)


def test_a_file_without_consent_columns_invites_nobody() -> None:
    """Each row is named."""
    rows, problems = read("name,phone\nSam,+12025550101\nAda,+12025550102\n")
    assert rows == ()
    assert list(problems) == [2, 3]
    assert all("how they agreed" in sentence for sentence in problems.values())


def test_the_same_number_twice_is_refused_with_the_first_line() -> None:
    """Whatever its spelling; a row left out before does not count."""
    again = GOOD.replace("+12025550101", "(202) 555 0101").replace("Sam", "Ada")
    bad = "Kim,+12025550101,,,\n"
    rows, problems = read(HEADER + bad + GOOD + "\n" + again)
    assert [row.line for row in rows] == [3]
    assert problems[5] == "Line 5 has the same number as line 3."
    assert list(problems) == [2, 5]


def test_lines_are_those_of_the_file_where_values_span_several() -> None:
    """The line a row begins on."""
    rows, problems = read(HEADER + '"Sam\nField",+12025550101,,"a form,\npaper",2026-11-20\nAda,1,,,\n')
    assert (rows[0].line, rows[0].name, rows[0].how) == (2, "Sam Field", "a form, paper")
    assert list(problems) == [5]


def test_short_names_that_look_like_nothing_are_names() -> None:
    """People are called Na and No."""
    rows, _ = read(HEADER + "Na,+12025550101,,form,2026-11-20\nNo,+12025550102,,form,2026-11-20\n")
    assert [row.name for row in rows] == ["Na", "No"]


@pytest.mark.parametrize(
    ("typed", "region", "moment"),
    [
        ("2026-11-20", "US", datetime(2026, 11, 20)),
        ("2026-11-20T14:05:09Z", "US", datetime(2026, 11, 20, 14, 5, 9)),
        ("2026-11-20T14:05:09.123+02:00", "US", datetime(2026, 11, 20, 12, 5, 9)),
        ("2026-11-20 14:05 -0500", "US", datetime(2026, 11, 20, 19, 5)),
        ("11/9/2026 2:05 PM", "US", datetime(2026, 11, 9, 14, 5)),
        ("11/9/2026 12:05 am", "US", datetime(2026, 11, 9, 0, 5)),
        ("9/11/2026", "GB", datetime(2026, 11, 9)),
        ("20/11/2026", "US", datetime(2026, 11, 20)),
        ("11/20/2026", "GB", datetime(2026, 11, 20)),
        ("09.11.2026 14:05", "US", datetime(2026, 11, 9, 14, 5)),
        ("Nov 9, 2026", "US", datetime(2026, 11, 9)),
        ("9 November 2026 14:05", "US", datetime(2026, 11, 9, 14, 5)),
        ("2026-11-23", "US", datetime(2026, 11, 23)),  # tomorrow already, somewhere
    ],
)
def test_moments_as_people_and_spreadsheets_write_them(typed: str, region: str, moment: datetime) -> None:
    """Month first in the United States, day first elsewhere, unless there is only one way to read it."""
    rows, problems = read(f'{HEADER}Sam,+12025550101,,form,"{typed}"\n', region)
    assert problems == {}
    assert rows[0].given_at == moment.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("Sam,+12025550101\n", "no column “phone”"),
        ("name,email\nSam,sam@example.com\n", "no column “phone”"),
        ("phone,mobile\n1,2\n", "mean the same: “phone” and “mobile”"),
        (HEADER + '"Sam,+12025550101', "quotes"),
        (HEADER + GOOD + '"a"b,1\n', "Line 3 can't be read"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\x00\x01\x02", "not a CSV"),
        (b"x" * 4_000_001, "too large"),
        (HEADER + '"' + "x" * 200_000 + '"', "can't be read"),
        (b"\xff\xfea", "CSV|column"),
    ],
)
def test_a_file_that_is_none_is_refused_whole(content: str | bytes, why: str) -> None:
    """With a sentence, and nothing of it is used."""
    with pytest.raises(BadPayload, match=why) as refused:
        read(content)
    assert str(refused.value).endswith(".")


def test_five_thousand_rows_are_read_and_one_more_is_too_many() -> None:
    """Nothing of a longer list is used."""
    row = "Sam,,,form,2026-11-20\n"
    _, problems = read(HEADER + row * MAX_ROWS)
    assert len(problems) == MAX_ROWS == 5_000
    with pytest.raises(BadPayload, match="5,001 rows"):
        read(HEADER + row * (MAX_ROWS + 1))


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: (HEADER + text).encode("utf-8", "replace")))
def test_no_file_breaks_the_reading(content: bytes) -> None:
    """Rows with all they need, sentences, or a refusal."""
    try:
        found = read_invite_list(content, "US", TODAY)
    except BadPayload as refused:
        assert str(refused).endswith(".")
        return
    assert all(row.name and row.phone.startswith("+") and row.how and row.given_at.tzinfo for row in found.rows)
    assert not {row.line for row in found.rows} & {line for line, _ in found.problems}
