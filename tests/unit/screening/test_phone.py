"""Phone numbers as people type them, and the sentence for what can't be texted."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.errors import BadPayload
from botapp.screening.contact import clean_contact
from botapp.screening.phone import PhoneNumber, read_phone, zones_of_number


@pytest.mark.parametrize(
    ("typed", "region", "number"),
    [
        ("(202) 555-0123", "US", "+12025550123"),
        ("202.555.0123", "US", "+12025550123"),
        ("1-202-555-0123", "US", "+12025550123"),
        ("+1 202 555 0123", "DE", "+12025550123"),
        ("tel:+12025550123", "US", "+12025550123"),
        (" 202\u2011555\u20110123 ", "US", "+12025550123"),
        ("\u202a+1 202 555 0123\u202c", "US", "+12025550123"),  # as contact lists copy it
        ("\uff12\uff10\uff12 \uff15\uff15\uff15 \uff10\uff11\uff12\uff13", "US", "+12025550123"),
        ("011 44 113 496 0000", "US", "+441134960000"),
        ("0113 496 0000", "GB", "+441134960000"),
        ("030 23125 000", "DE", "+493023125000"),
        ("0049 30 23125 000", "DE", "+493023125000"),
        ("555-123-4567", "US", "+15551234567"),  # possible, though nobody has it
    ],
)
def test_numbers_in_one_spelling(typed: str, region: str, number: str) -> None:
    """E.164, with the region's country code when none was typed."""
    assert read_phone(typed, region).e164 == number
    assert clean_contact(typed, region) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("+12025550123", PhoneNumber("+12025550123", "US", "either")),
        ("+447700900123", PhoneNumber("+447700900123", "", "unknown")),
        ("+442079460000", PhoneNumber("+442079460000", "GB", "landline")),
        ("+18005550100", PhoneNumber("+18005550100", "US", "toll_free")),
        ("+15551234567", PhoneNumber("+15551234567", "", "unknown")),
    ],
)
def test_what_is_known_of_a_number(typed: str, number: PhoneNumber) -> None:
    """Where it is from and what it is, as far as one can tell."""
    found = read_phone(typed)
    assert found.e164 == number.e164
    assert (found.region, found.kind) == (number.region, number.kind) or number.kind == "unknown"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "not a phone number"),
        ("--", "not a phone number"),
        ("202 555 0123; 202 555 0124", "not a phone number"),
        ("+1+202 555 0123", "not a phone number"),
        ("1-800-FLOWERS", "letters"),
        ("ACME", "letters"),
        ("72001", "short code"),
        ("911", "short code"),
        ("202 555 0123 ext. 4", "extension"),
        ("202 555 0123 x4", "extension"),
        ("2025550123x4", "extension"),
        ("202 555 0123 #4", "extension"),
        ("5550123", "possible"),
        ("2025550123" * 2, "possible"),
        ("+999 1234567", "possible"),
        ("+1 900 555 0100", "premium rate"),
        ("+53 5 2345678", "country"),
        ("+98 912 345 6789", "country"),
        ("+850 191 123 4567", "country"),
        ("+963 944 567 890", "country"),
    ],
)
def test_what_can_not_be_texted_says_why(typed: str, why: str) -> None:
    """One sentence a person may read."""
    with pytest.raises(BadPayload, match=why) as refused:
        read_phone(typed)
    assert str(refused.value).endswith(".")
    with pytest.raises(BadPayload, match="e-mail address or a phone number"):
        clean_contact(typed)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_number_or_refused(text: str) -> None:
    """And a number that was read reads the same again."""
    try:
        found = read_phone(text)
    except BadPayload:
        return
    assert found.e164.startswith("+")
    assert read_phone(found.e164, "DE") == found


@given(st.from_regex(r"[+(]?[\d ().x-]{3,20}", fullmatch=True))
def test_whatever_looks_like_a_number_is_one_or_refused(text: str) -> None:
    """The same, closer to the mark."""
    test_whatever_is_typed_is_a_number_or_refused.hypothesis.inner_test(text)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("number", "zones"),
    [
        ("+12025550123", ("America/New_York",)),
        ("+13035550123", ("America/Denver",)),
        ("+18085550123", ("Pacific/Honolulu",)),
        ("+493023125000", ("Europe/Berlin",)),
        ("+15551234567", ()),
        ("", ()),
        ("2025550123", ()),
        ("MG123", ()),
        ("+0000000", ()),
    ],
)
def test_where_a_number_may_be(number: str, zones: tuple[str, ...]) -> None:
    """Nothing is made up for one that is not known."""
    assert zones_of_number(number) == zones


def test_reading_no_number_costs_no_import() -> None:
    """Processes that read none start without it."""
    code = "import sys, botapp.screening.contact, botapp.policy.zones, botapp.screening.segments as s; s.as_sms('Hi'); "
    code += "sys.exit(bool({'phonenumbers', 'regex'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("typed", ["Maria@Example.COM", " maria@example.com "])
def test_an_address_is_in_small_letters(typed: str) -> None:
    """Whatever the region."""
    assert clean_contact(typed, "DE") == "maria@example.com"
