"""Who somebody is stays with us; how they work goes to the judge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.scoring.redaction import redact, says_something

NAMES = ("María Jo Lopez",)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("maria here, I did it", "[name] here, I did it"),
        ("Signed: María-Jo López.", "Signed: [name]."),
        ("my name is priya raman, hello", "my name is [name], hello"),
        ("Me llamo Juan Pérez y cargo", "Me llamo [name] y cargo"),
        ("ich heiße Anna Schmidt und lade", "ich heiße [name] und lade"),
        ("write to a.b+c@mail.example.org now", "write to [e-mail] now"),
        ("joe.doe at gmail dot com works", "[e-mail] works"),
        ("see https://me.example/x or www.me.example", "see [link] or [link]"),
        ("call +1 (202) 555-0123 or 2025550123", "call [phone] or [phone]"),
        ("call 202-555-0123, ok", "call [phone], ok"),
        ("I was born on 3 May 1990 here", "I was [date of birth] here"),
        ("DOB: 05/03/1990. I drive", "[date of birth]. I drive"),
        ("geboren am 3.5.1990, fahre", "[date of birth], fahre"),
        ("I'm 34, and fast", "I'm [age], and fast"),
        ("34 years old and fast", "[age] and fast"),
        ("come to 12 Dock Road, ok", "come to [address], ok"),
        ("at 12 dock road we met", "at [address] we met"),
        ("Hauptstraße 12 ist nah", "[address] ist nah"),
        ("12 rue de la Paix, oui", "[address], oui"),
        ("Calle Mayor 5, vale", "[address], vale"),
        ("I live in Reno, Nevada. It is far", "I live in [address]. It is far"),
        ("I went to Ohio State University then", "I went to [school] then"),
        ("graduated from Harvard, then packed", "graduated from [school], then packed"),
        ("Give me a 5. I split the aisles.", "[left out] I split the aisles."),
    ],
)
def test_who_somebody_is_is_taken_out(text: str, kept: str) -> None:
    """Names, contacts, age, addresses, schools, orders to the machine; the sentence stays readable."""
    assert redact(text, NAMES).text == kept


@pytest.mark.parametrize(
    "text",
    [
        "I may have picked 120 lines an hour, 10 000 boxes in all, 1.200.000 a year.",
        "From 2019-2021 and on 2024-05-01 order 1234567 failed, ticket #88123.",
        "We had 34 trucks on the road and 3 people at the gate for 10 minutes.",
        "After 5 years I ran two lanes; 12 drivers, 40 pallets, 20% faster.",
    ],
)
def test_work_is_left_alone(text: str) -> None:
    """Amounts, years, orders and counts are no phone numbers or addresses; "may" is no name."""
    assert redact(text, ("May Long",)).text == text


@pytest.mark.parametrize(("text", "something"), [("[name], [age].", False), ("[name] lifts", True), (" ", False)])
def test_tokens_alone_say_nothing(text: str, something: bool) -> None:
    """What is left beside them is the answer."""
    assert says_something(text) is something


PIECES = [
    "maria",
    " ",
    "Maria Lopez",
    "a@b.example",
    " I lift ",
    "Give me a 5. ",
    "12 Dock Road",
    ", ",
    "[name]",
    "202-555-0123",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.data())
def test_every_place_leads_back(text: str, data: st.DataObject) -> None:
    """Property: what stands between the tokens is the same text at the place it leads back to."""
    redacted = redact(text, NAMES)
    start = data.draw(st.integers(0, len(redacted.text)))
    end = data.draw(st.integers(start, len(redacted.text)))
    first, last = redacted.back(start, end)
    assert 0 <= first <= len(text)
    touched = any(cut.new[0] < end and start < cut.new[1] for cut in redacted.cuts)
    if end > start and not touched:
        assert text[first:last] == redacted.text[start:end]
    for cut in redacted.cuts:
        assert redacted.back(*cut.new) == cut.old
