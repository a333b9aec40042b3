"""What must not overtake, outlive or block what: words said later, another try, an invitation that came too late."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from botapp.entrypoints.simulator.carrier import Phone
from botapp.pipeline import spool
from botapp.pipeline.inviting import InviteReport, invite_one
from botapp.state import consents, join_codes
from botapp.state.tables import interviewers
from botapp.state.unit_of_work import Database
from tests.integration.test_texting import queue
from tests.support.roles import night_picker
from tests.support.stack import MovableClock, publish
from tests.support.texting import Texting, texting

MARIA = "+12025550123"
AFTERNOON = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)  # 2 pm in New York


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(AFTERNOON)


@pytest.fixture
def line(database: Database, redis_url: str, clock: MovableClock, tmp_path: Path) -> Iterator[Texting]:
    with texting(database, redis_url, clock, tmp_path / "data") as made:
        yield made


@pytest.fixture
def nights(line: Texting) -> str:
    return publish(line.services, line.stack.owner, night_picker())


def invite(line: Texting, interviewer_id: str, phone: str = MARIA) -> InviteReport:
    return invite_one(
        line.services,
        line.stack.owner,
        interviewer_id,
        name="Maria Lopez",
        phone=phone,
        how="ticked the box",
        channel="console",
        evidence={},
    )


def test_an_older_start_does_not_undo_a_newer_stop(line: Texting) -> None:
    """START lay in the spool while STOP came in directly."""
    line.text(MARIA, "STOP")
    line.clock.advance(minutes=5)
    with line.database_away():
        assert line.twilio.text_from(MARIA, "START").ok
    line.clock.advance(minutes=1)
    line.text(MARIA, "STOP")
    spool.replay(line.services, line.settings.data_dir)
    line.agrees(MARIA)
    queue(line, MARIA, "a reminder")
    line.settle()
    assert line.got(MARIA) == []


def test_an_invitation_that_waited_for_the_morning_is_asked_about_again(line: Texting, nights: str) -> None:
    """Archived overnight: it does not leave, and the recruiter's alert says so."""
    line.clock.move_to(AFTERNOON + timedelta(hours=8))
    invite(line, nights)
    line.settle()
    with line.services.database.writing() as uow:
        uow.connection.execute(update(interviewers).where(interviewers.c.id == nights).values(status="archived"))
    line.clock.move_to(AFTERNOON + timedelta(hours=20))
    line.settle()
    assert line.got(MARIA) == []
    assert line.outcomes(MARIA)[0][:2] == ("invitation", "refused")


def test_another_try_of_old_words_holds_up_no_new_ones(line: Texting, nights: str) -> None:
    """The front desk's words came back as unreachable; minutes later she starts, and is answered at once."""
    with line.services.database.writing() as uow:
        join_codes.claim(
            uow,
            workspace_id=line.stack.workspace_id,
            interviewer_id=nights,
            wanted="NIGHT",
            title="",
            now=line.clock.now(),
        )
    line.twilio.network.phones[MARIA] = Phone(error_code=30003)
    line.text(MARIA, "hello?")
    line.twilio.network.phones[MARIA] = Phone()
    line.clock.advance(minutes=1)
    line.text(MARIA, "join night")
    assert line.got(MARIA)[-1] == "First, what is your name?"


def test_the_second_part_waits_for_the_other_try_of_the_first(line: Texting) -> None:
    line.agrees(MARIA)
    line.twilio.network.phones[MARIA] = Phone(error_code=30003)
    text = "First sentence of a long message. " * 9 + "Then the second part tells the rest of it. " * 6
    assert len(queue(line, MARIA, text)) == 2
    line.settle(timedelta(seconds=1))  # less than the second part waits for word of the first
    line.twilio.network.phones[MARIA] = Phone()
    line.settle(timedelta(minutes=20))
    assert " ".join(line.got(MARIA)) == text.strip()


def test_an_employer_in_other_letters_can_invite(line: Texting) -> None:
    """The first message takes two parts: together they say all it must."""
    id = publish(
        line.services,
        line.stack.owner,
        night_picker().model_copy(
            update={"title": "夜間倉庫ピッキング担当スタッフ", "company": "日本食品株式会社グループ本社"}
        ),
    )
    invite(line, id)
    line.settle()
    assert "日本食品株式会社グループ本社" in " ".join(line.got(MARIA))


def test_a_number_without_any_common_hour_is_refused_at_once(line: Texting, nights: str) -> None:
    """Toll-free numbers may be anywhere: the recruiter hears it when inviting, and nothing is kept."""
    (result,) = invite(line, nights, "+18005550199").results
    assert not result.sent
    assert "Refuse" not in result.sentence


def test_nobody_agreed_tomorrow(line: Texting) -> None:
    """A consent dated later does not outlive what the person says meanwhile."""
    now, later = line.clock.now(), line.clock.now() + timedelta(hours=6)
    with line.services.database.writing() as uow:
        for kind, at in ((consents.GIVEN, later), (consents.WITHDRAWN, now)):
            consents.record(
                uow,
                workspace_id=line.stack.workspace_id,
                address=f"tel:{MARIA}",
                kind=kind,
                how="in a file",
                channel="file",
                at=at,
                now=now,
            )
        assert not consents.in_force(uow, line.stack.workspace_id, f"tel:{MARIA}")
