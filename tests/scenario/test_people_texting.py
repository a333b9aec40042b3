"""People in the loop by text message: quiet hours, opt-outs and codes, through signed webhooks and the local Twilio."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from botapp.errors import BadPayload
from botapp.pipeline import members, reaching
from botapp.state.read_models import CandidateRow, InterviewPage
from botapp.state.unit_of_work import Database
from tests.scenario.test_texting import KIM, opens, says
from tests.support.stack import MovableClock
from tests.support.texting import Texting, texting

ANSWERS = (
    "join night",
    "Kim Poe",
    "yes",
    "two and a half years",
    "We were two short, I moved people and we cleared it",
)
NIGHT = datetime(2026, 5, 5, 2, 30, tzinfo=UTC)  # 10:30 pm in Washington
MORNING = datetime(2026, 5, 5, 13, 1, tzinfo=UTC)


@pytest.fixture
def line(database: Database, redis_url: str, tmp_path: Path) -> Iterator[Texting]:
    clock = MovableClock(datetime(2026, 5, 4, 18, 0, tzinfo=UTC))  # 2 pm in Washington
    with texting(database, redis_url, clock, tmp_path / "data") as made:
        yield made


def row_of(line: Texting, interviewer_id: str) -> CandidateRow:
    return members.list_candidates(line.services, line.stack.owner, interviewer_id)[-1]


def page_of(line: Texting, interviewer_id: str) -> InterviewPage:
    return members.interview_page(line.services, line.stack.owner, row_of(line, interviewer_id).interview_id)


def test_what_people_write_at_night_waits_until_morning_and_says_so(line: Texting) -> None:
    """Two messages of a person and a decision are held, none takes the place of another, and all leave in order."""
    id = opens(line, "NIGHT")
    assert "hear from us by 11 May" in says(line, KIM, *ANSWERS)[-1]
    line.clock.move_to(NIGHT)
    interview, before = row_of(line, id).interview_id, len(line.got(KIM))
    told = reaching.reply_as_person(line.services, line.stack.owner, interview, "One moment please")
    assert "as a text message. It is their night: it goes out at 9:00 am ET." in told
    line.settle()
    told = reaching.tell_decision(
        line.services, line.stack.owner, interview, "dismiss", reason="Too far away", text="We chose somebody else."
    )
    assert told.startswith("Dismissed.") and "9:00 am ET" in told
    line.settle()
    assert line.got(KIM)[before:] == []
    held = [said.delivery for said in page_of(line, id).transcript if said.sender == "Olive Owner"]
    assert held == ["goes out 9:00 am ET"] * 2
    line.clock.move_to(MORNING)
    line.settle()
    assert line.got(KIM)[before:] == ["Olive Owner: One moment please", "We chose somebody else."]
    assert not any("Too far" in text for text in line.got(KIM))


def test_a_person_writes_in_the_thread_and_the_interview_goes_on(line: Texting) -> None:
    id = opens(line, "NIGHT")
    assert says(line, KIM, "join night", "Kim Poe")[-1].endswith("Do you hold a valid forklift licence?")
    before, interview = len(line.got(KIM)), row_of(line, id).interview_id
    reaching.take_over(line.services, line.stack.owner, interview)
    line.settle()
    assert "Olive Owner from Harbour Foods writes to you here now" in line.got(KIM)[before]
    assert says(line, KIM, "oh hi, is this about the forklift?") == []
    reaching.hand_back(line.services, line.stack.owner, interview)
    line.settle()
    assert line.got(KIM)[-1].endswith("Do you hold a valid forklift licence?")
    assert "warehouse" in says(line, KIM, "yes")[-1]


def test_who_took_it_hears_why_not_again_and_who_opted_out_is_not_written_to(line: Texting) -> None:
    """The recruiter is told so, before and after trying; START opens it again."""
    id = opens(line, "NIGHT")
    says(line, KIM, *ANSWERS)
    (why,) = says(line, KIM, "join night")
    assert why.startswith("You have already taken this interview") and "Harbour Foods" in why
    interview = row_of(line, id).interview_id
    line.clock.move_to(NIGHT)
    reaching.reply_as_person(line.services, line.stack.owner, interview, "A word for tomorrow")
    line.settle()
    line.text(KIM, "STOP")
    line.clock.advance(minutes=1)
    before = len(line.got(KIM))
    feed = [str(row.message["text"]) for row in members.feed(line.services, line.stack.owner)]
    assert "What Olive Owner wrote to Kim Poe (Night picker) was not sent: they asked for no more messages." in feed
    assert "asked for no more messages" in page_of(line, id).reach.blocked
    with pytest.raises(BadPayload, match="asked for no more messages"):
        reaching.reply_as_person(line.services, line.stack.owner, interview, "Hello again")
    line.settle()
    assert len(line.got(KIM)) == before
    says(line, KIM, "START")
    assert page_of(line, id).reach.blocked == ""
