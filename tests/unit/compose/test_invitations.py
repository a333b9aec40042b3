"""Invitations as recruiters type them, and what they answer when asked how somebody agreed."""

import pytest

from botapp.compose.invitations import Agreement, Invitee, read_agreement, read_invitation

MARIA = Invitee("Maria", "+1 202 555 0123")


@pytest.mark.parametrize(
    ("text", "people", "how"),
    [
        ("text Maria +1 202 555 0123 for the night picker role", (MARIA,), ""),
        ("Can you text Maria at +1 202 555 0123 please", (MARIA,), ""),
        ("send a text to Maria, +1 202 555 0123", (MARIA,), ""),
        ("text +1 202 555 0123 (Maria)", (MARIA,), ""),
        ("text Maria: +1 202 555 0123, she agreed at the job fair", (MARIA,), "she agreed at the job fair"),
        ("text Maria (she agreed in person) +1 202 555 0123", (MARIA,), "she agreed in person"),
        ("text Maria, who ticked the box, +1 202 555 0123", (MARIA,), "ticked the box"),
        ("Maria +1 202 555 0123\ntext these people", (MARIA,), ""),
        (
            "invite these by text, they applied on our site:\n1. Maria +1 202 555 0123\n"
            "2) Jon O'Neil 202.555.0124 jon@example.com",
            (MARIA, Invitee("Jon O'Neil", "202.555.0124", "jon@example.com")),
            "they applied on our site",
        ),
        (
            "invite jos\u00e9 ruiz 2025550123 jose@example.com",
            (Invitee("jos\u00e9 ruiz", "2025550123", "jose@example.com"),),
            "",
        ),
        ("text +1 202 555 0123", (Invitee("", "+1 202 555 0123"),), ""),
        ("invite these by text", (), ""),
    ],
)
def test_people_and_consent_are_read_as_typed(text: str, people: tuple[Invitee, ...], how: str) -> None:
    """Names and numbers go together; the job and the manners around them are left out."""
    asked = read_invitation(text)
    assert asked is not None
    assert asked.people == people
    assert asked.how == how


@pytest.mark.parametrize(
    "text",
    [
        "text screen first",
        "invite Maria, maria@example.com",
        "invite my colleague Sam +1 202 555 0123",
        "set the deadline to 2026-12-18",
        "add a question about the number 555 0123 456",
        "text the night picker candidates",
        "set the budget to 2,000",
        "Text us at 202-555-0123 to apply.\nWarehouse picker, nights\nWe are looking for a night picker.\n"
        "Requirements:\n- A valid forklift licence is required.\n- At least 2 years of experience in a warehouse.\n"
        "The pay is $19.50 per hour. Shifts run from 22:00 to 06:00, Sunday to Thursday.",
        "",
    ],
)
def test_other_wishes_are_left_to_others(text: str) -> None:
    """No number, or nobody to be texted at it."""
    assert read_invitation(text) is None


def test_who_did_not_agree_is_told_apart() -> None:
    """No words are kept that would read like a consent."""
    asked = read_invitation("text Maria +1 202 555 0123, she hasn't agreed")
    assert asked is not None
    assert asked.not_agreed and asked.how == ""


@pytest.mark.parametrize(
    ("text", "agreement"),
    [
        ("applied on our site and ticked the box", Agreement.TOLD),
        ("At the job fair in May", Agreement.TOLD),
        ("yes, on the application form", Agreement.TOLD),
        ("Put her number on the sign-up sheet", Agreement.TOLD),
        ("she texted us first", Agreement.TOLD),
        ("yes", Agreement.UNTOLD),
        ("she did", Agreement.UNTOLD),
        ("they agreed", Agreement.UNTOLD),
        ("she didn't", Agreement.NONE),
        ("no, she didn't agree", Agreement.NONE),
        ("they have not agreed", Agreement.NONE),
        ("I don't know", Agreement.NONE),
        ("not sure", Agreement.NONE),
        ("not yet", Agreement.NONE),
        ("cancel", Agreement.CANCELLED),
        ("never mind", Agreement.CANCELLED),
        ("don't text her", Agreement.CANCELLED),
        ("undo", Agreement.ELSEWHERE),
        ("make the licence a knockout", Agreement.ELSEWHERE),
        ("what does it cost?", Agreement.ELSEWHERE),
        ("thanks", Agreement.ELSEWHERE),
        ("5", Agreement.ELSEWHERE),
    ],
)
def test_an_answer_comes_to_one_thing(text: str, agreement: Agreement) -> None:
    """Only words that say how are kept."""
    read, how = read_agreement(text)
    assert read is agreement
    assert bool(how) is (agreement is Agreement.TOLD)
