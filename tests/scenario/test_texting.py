"""Interviews by text message, as conversations: through signed webhooks and the local Twilio."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from botapp.errors import NotFound
from botapp.pipeline import members
from botapp.state import join_codes
from botapp.state.unit_of_work import Database
from tests.support.roles import night_picker
from tests.support.stack import MovableClock, add_workspace, publish
from tests.support.texting import Texting, texting

MARIA, KIM = "+12025550123", "+12025550125"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2026, 5, 4, 18, 0, tzinfo=UTC))  # 2 pm in New York


@pytest.fixture
def line(database: Database, redis_url: str, clock: MovableClock, tmp_path: Path) -> Iterator[Texting]:
    with texting(database, redis_url, clock, tmp_path / "data") as made:
        yield made


def opens(line: Texting, code: str, **changes: str) -> str:
    """A published interviewer that starts by this code."""
    id = publish(line.services, line.stack.owner, night_picker().model_copy(update=changes))
    with line.services.database.writing() as uow:
        join_codes.claim(
            uow,
            workspace_id=line.stack.workspace_id,
            interviewer_id=id,
            wanted=code,
            title="",
            now=line.clock.now(),
        )
    return id


def says(line: Texting, number: str, *texts: str) -> list[str]:
    """What came back to the last of these texts."""
    heard: list[str] = []
    for text in texts:
        before = len(line.got(number))
        line.text(number, text)
        line.clock.advance(minutes=1)
        heard = line.got(number)[before:]
    return heard


def recruiter_says(line: Texting, interviewer_id: str, text: str) -> None:
    members.say_as_member(line.services, line.stack.owner, interviewer_id, text[:60], text)
    line.settle()
    line.clock.advance(seconds=5)
    line.settle()


def test_a_recruiter_invites_by_text_and_is_asked_once_how_they_agreed(line: Texting) -> None:
    """Nothing leaves before the answer; then one first message that says all it must, and silence."""
    id = opens(line, "NIGHT")
    recruiter_says(line, id, "text Maria Lopez +1 202-555-0123 for the night picker role")
    assert line.got(MARIA) == []
    recruiter_says(line, id, "she applied on our site and ticked the box for texts")
    (first,) = line.got(MARIA)
    for said in ("Maria", "automated assistant", "Harbour Foods", "Night picker", "YES", "STOP", "HELP"):
        assert said in first
    assert says(line, MARIA, "yes")[0].endswith("Do you hold a valid forklift licence?")


def test_a_whole_interview_by_text(line: Texting) -> None:
    opens(line, "NIGHT")
    assert says(line, KIM, "Join night!")[-1] == "First, what is your name?"
    assert says(line, KIM, "Kim Poe")[0].startswith("Thank you, Kim.")
    (end,) = says(line, KIM, "yes", "two and a half years", "I asked for help, we moved two people over and cleared it")
    assert "last question" in end and "Kim" in end
    assert len(says(line, KIM, "thanks")) == 1
    assert says(line, KIM, "bye") == []  # the one line after the end was said


def test_two_roles_on_one_number_go_on_where_they_last_spoke(line: Texting) -> None:
    opens(line, "NIGHT")
    opens(line, "FORKLIFT", title="Forklift driver", slug="forklift-driver")
    says(line, KIM, "join night", "Kim Poe")
    assert "Forklift driver" in says(line, KIM, "JOIN FORKLIFT")[0]
    assert "warehouse" in says(line, KIM, "yes")[0]
    line.clock.advance(hours=13)
    line.clock.move_to(datetime(2026, 5, 5, 15, 0, tzinfo=UTC))
    (asks,) = says(line, KIM, "2 years")
    assert asks.startswith("What is this about?") and "1. " in asks and "1) " not in asks
    assert "shift that got too busy" in says(line, KIM, "Forklift driver")[0]


def test_a_number_that_changed_hands_needs_a_new_consent(line: Texting) -> None:
    id = opens(line, "NIGHT")
    recruiter_says(line, id, "text Maria Lopez +1 202-555-0123, she agreed at the job fair on Monday")
    assert len(line.got(MARIA)) == 1
    assert len(says(line, MARIA, "wrong number, I'm not Maria")) == 1
    line.clock.advance(hours=1)
    before = len(line.got(MARIA))
    recruiter_says(line, id, "text Maria Lopez +1 202-555-0123")
    assert len(line.got(MARIA)) == before, "no text without a new consent"


def test_free_wording_ends_it_with_one_short_confirmation(line: Texting) -> None:
    opens(line, "NIGHT")
    says(line, KIM, "join night", "Kim Poe")
    (confirmed,) = says(line, KIM, "I really don't want to get any more of these messages from you people")
    assert len(confirmed) <= 160 and "START" in confirmed
    line.settle(timedelta(days=3))
    assert line.got(KIM)[-1] == confirmed
    assert says(line, KIM, "yes") == []
    assert says(line, KIM, "start")[-1].endswith("Do you hold a valid forklift licence?")


def test_later_is_kept_in_their_own_zone(line: Texting) -> None:
    opens(line, "NIGHT")
    says(line, KIM, "join night", "Kim Poe")
    (kept,) = says(line, KIM, "I'm in Denver, can we do it tomorrow at 6 pm")
    assert "tomorrow at 6:00 pm MT" in kept
    before = len(line.got(KIM))
    line.clock.move_to(datetime(2026, 5, 6, 0, 1, tzinfo=UTC))  # 6:01 pm in Denver
    line.settle()
    assert len(line.got(KIM)) == before + 1


def test_a_picture_is_kept_and_said_to_be_no_answer(line: Texting) -> None:
    opens(line, "NIGHT")
    says(line, KIM, "join night", "Kim Poe")
    before = len(line.got(KIM))
    line.twilio.text_from(KIM, "", media=[("image/jpeg", b"\xff\xd8\xff\xe0 not really")])
    assert line.twilio.idle()
    line.settle()
    assert "PDF" in " ".join(line.got(KIM)[before:])


def test_a_file_is_there_for_the_team_to_open_and_for_nobody_else(line: Texting) -> None:
    id = opens(line, "NIGHT")
    says(line, KIM, "join night", "Kim Poe")
    line.twilio.text_from(KIM, "my resume", media=[("application/pdf", b"%PDF-1.4 mine")])
    assert line.twilio.idle()
    line.settle()
    (row,) = members.list_candidates(line.services, line.stack.owner, id)
    (file,) = members.interview_page(line.services, line.stack.owner, row.interview_id).files
    assert file.content_type == "application/pdf" and not file.problem
    assert members.candidate_file(line.services, line.stack.owner, file.id).content == b"%PDF-1.4 mine"
    _, stranger = add_workspace(line.services, "Another employer")
    with pytest.raises(NotFound):
        members.candidate_file(line.services, stranger, file.id)
