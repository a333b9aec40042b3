"""Consent, addresses and codes as rows: what was said last is in force; a number and a code have one owner each."""

from datetime import timedelta

import pytest

from botapp.state import candidates, consents, join_codes
from botapp.state.unit_of_work import Database
from tests.support.roles import night_picker
from tests.support.stack import START, Stack, publish

MARIA = "tel:+12025550123"


def write_down(stack: Stack, kind: str, *, days: float = 0, address: str = MARIA, how: str = "asked") -> None:
    at = START + timedelta(days=days)
    with stack.services.database.writing() as uow:
        consents.record(
            uow, workspace_id=stack.workspace_id, address=address, kind=kind, how=how, channel="console", at=at, now=at
        )


def in_force(stack: Stack, address: str = MARIA) -> bool:
    with stack.services.database.reading() as uow:
        return consents.in_force(uow, stack.workspace_id, address)


def test_what_was_said_last_is_in_force(stack: Stack) -> None:
    """Nothing on record means no; a consent told late does not undo a withdrawal that came after it."""
    assert not in_force(stack)
    write_down(stack, consents.GIVEN, days=1)
    assert in_force(stack)
    write_down(stack, consents.WITHDRAWN, days=3)
    write_down(stack, consents.GIVEN, days=2)
    assert not in_force(stack)
    write_down(stack, consents.GIVEN, days=4)
    assert in_force(stack)
    assert not in_force(stack, "tel:+12025550199")


def test_of_one_moment_the_last_line_counts(stack: Stack) -> None:
    write_down(stack, consents.GIVEN)
    write_down(stack, consents.WITHDRAWN)
    assert not in_force(stack)


def test_nothing_is_ever_changed(stack: Stack) -> None:
    """Every line stays, in the order in which it was said."""
    write_down(stack, consents.GIVEN, days=1, how="ticked a box")
    write_down(stack, consents.WITHDRAWN, days=2, how="wrote STOP")
    with stack.services.database.reading() as uow:
        lines = consents.history(uow, stack.workspace_id, MARIA)
        assert consents.history(uow, "another workspace", MARIA) == []
    assert [(line.kind, line.how) for line in lines] == [("given", "ticked a box"), ("withdrawn", "wrote STOP")]


def add(stack: Stack, name: str, address: str) -> str:
    with stack.services.database.writing() as uow:
        contact = candidates.contact_of(address)
        person = candidates.add(
            uow, id=f"c-{name}", workspace_id=stack.workspace_id, name=name, contact=contact, now=START
        )
        candidates.add_address(uow, stack.workspace_id, address, person.id, START)
    return person.id


def owner(stack: Stack, address: str) -> str:
    with stack.services.database.reading() as uow:
        person = candidates.at_address(uow, stack.workspace_id, address)
    return person.name if person else ""


def test_a_number_changes_hands_again_and_again(stack: Stack) -> None:
    """Its owners follow each other; each keeps their own row, and the number is free for the next."""
    for name in ("Maria", "John", "Ana"):
        assert owner(stack, MARIA) == ""
        id = add(stack, name, MARIA)
        assert owner(stack, MARIA) == name
        with stack.services.database.writing() as uow:
            candidates.leave_address(uow, stack.workspace_id, MARIA, id, START)
            contact = candidates.get(uow, id).contact
        assert contact.startswith("+12025550123 (until 4 May 2026)")
    add(stack, "Lena", MARIA)
    assert owner(stack, MARIA) == "Lena"


def test_who_loses_a_number_is_reached_at_their_other_address(stack: Stack) -> None:
    id = add(stack, "Maria", MARIA)
    with stack.services.database.writing() as uow:
        candidates.add_address(uow, stack.workspace_id, "mailto:maria@example.com", id, START)
        candidates.leave_address(uow, stack.workspace_id, MARIA, id, START)
        assert candidates.get(uow, id).contact == "maria@example.com"
    assert owner(stack, "mailto:maria@example.com") == "Maria"


def test_their_own_words_beat_a_guess_about_the_zone(stack: Stack) -> None:
    id = add(stack, "Maria", MARIA)
    with stack.services.database.writing() as uow:
        assert candidates.set_zone(uow, id, "America/Chicago", "place")
        assert candidates.set_zone(uow, id, "America/Denver", "words")
        assert not candidates.set_zone(uow, id, "America/Chicago", "place")
        assert candidates.zone_of_address(uow, stack.workspace_id, MARIA) == "America/Denver"
        assert candidates.set_zone(uow, id, "America/New_York", "words")


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Night Warehouse Picker", "NIGHT"),
        ("Senior full-time nurse", "NURSE"),
        ("Kräuter-Köchin", "KRAUTER"),
        ("Stop & Go attendant", "ATTENDANT"),
        ("夜勤スタッフ", "JOB"),
        ("IT", "JOB"),
    ],
)
def test_the_word_of_a_title(title: str, code: str) -> None:
    assert join_codes.word_of(title) == code


def claim(database: Database, stack: Stack, interviewer_id: str, wanted: str, title: str = "Night picker") -> str:
    with database.writing() as uow:
        return join_codes.claim(
            uow,
            workspace_id=stack.workspace_id,
            interviewer_id=interviewer_id,
            wanted=wanted,
            title=title,
            now=stack.services.now(),
        )


def test_a_code_is_one_interviewers(stack: Stack, database: Database) -> None:
    """A clash gets a number; publishing again changes nothing; a new word leaves the old one in use."""
    first = publish(stack.services, stack.owner, night_picker(slug="one"))
    second = publish(stack.services, stack.owner, night_picker(slug="two"))
    assert claim(database, stack, first, "") == "NIGHT"
    assert claim(database, stack, second, "") == "NIGHT2"
    assert claim(database, stack, second, "") == "NIGHT2"
    assert claim(database, stack, second, "nights!") == "NIGHTS"
    assert claim(database, stack, first, "STOP") == "NIGHT"
    with database.reading() as uow:
        assert join_codes.codes_of(uow, stack.workspace_id) == {"NIGHT": first, "NIGHT2": second, "NIGHTS": second}
        assert join_codes.codes_of(uow, "another workspace") == {}
