"""The life of an app in Slack: removed and connected again, a turn that fails for good, the doctor, the first owner."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from botapp.bootstrap import connect_slack, ensure_workspace, services
from botapp.channels.slack import Slack
from botapp.channels.slack.checkup import events_answer, standing_of
from botapp.config import Settings
from botapp.entrypoints.cli_slack_doctor import judged, run_doctor
from botapp.entrypoints.simulator.slack import SIGNING_SECRET
from botapp.llm import Language
from botapp.state import people
from botapp.state import slack as installed
from botapp.state.migrate import upgrade
from botapp.state.unit_of_work import Database
from tests.support.roles import ADVERT
from tests.support.slack_stack import SlackStack, slack_stack
from tests.support.stack import MovableClock, run_until_idle


@pytest.fixture
def team(database: Database, redis_url: str, clock: MovableClock, tmp_path: Path) -> Iterator[SlackStack]:
    with slack_stack(database, redis_url, clock, tmp_path / "data") as made:
        yield made


def test_a_removal_that_comes_late_forgets_no_newer_installation(team: SlackStack) -> None:
    """Removed, connected again, and only then told of the removal."""
    team.says("U1", "help")
    removals = team.slack.uninstalls()
    for delivery in removals:
        delivery.wait()
    team.slack.team().trouble = ""
    team.clock.advance(minutes=5)
    connect_slack(team.settings, team.services)
    team.slack.sender.deliver_again(removals[1]).wait()
    with team.services.database.reading() as uow:
        assert installed.workspace_of_team(uow, "T1") == team.stack.workspace_id


def no_language(_workspace: str, _conversation: str) -> Language:
    raise ValueError("this turn can't be run")


def test_a_turn_that_fails_for_good_leaves_no_status_line(team: SlackStack) -> None:
    team.stack.may_fail = True
    team.says("U1", "help")
    shown: list[str] = []
    broken = replace(team.services, language_for=no_language, show_status=lambda _address, line: shown.append(line))
    team.slack.says("U1", ADVERT).wait()
    run_until_idle(broken, team.clock, settles=timedelta(minutes=10))
    assert shown == [""]
    assert "Something went wrong on our side" in team.slack.text(team.slack.dm("U1").id)


def test_the_doctor_says_what_slack_needs(team: SlackStack, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_doctor(Settings(_env_file=None), as_json=False) == 1  # type: ignore[call-arg]
    assert "neither a signing secret nor an app token" in capsys.readouterr().out
    channel = team.services.channels["slack"]
    assert isinstance(channel, Slack)
    finding, *_ = judged("T1", standing_of(channel.api, "T1", team.slack.token))
    assert finding.level == "ok"
    team.slack.team().scopes = team.slack.team().scopes - {"files:read"}
    finding, *_ = judged("T1", standing_of(channel.api, "T1", team.slack.token))
    assert finding.level == "problem" and "files:read" in finding.what
    here = team.slack.sender.urls.events.removesuffix("/hooks/slack/events")
    now = int(team.clock.now().timestamp())
    assert events_answer(here, SIGNING_SECRET, now) == ""
    assert events_answer(here, "another secret", now) == "it answers 403"


def test_the_first_owner_is_known_by_the_address_of_the_settings(team: SlackStack, tmp_path: Path) -> None:
    """Set at the first start or later; who changed it themselves keeps theirs."""
    settings = Settings(_env_file=None, data_dir=tmp_path / "new", redis_url="redis://127.0.0.1:1")  # type: ignore[call-arg]
    settings.data_dir.mkdir()
    shared = services(settings)
    upgrade(shared.database)
    emails = []
    for email in ("", "Ada@harbour.test", "other@harbour.test"):
        first = ensure_workspace(settings.model_copy(update={"owner_email": email}), shared)
        with shared.database.reading() as uow:
            owner = people.member(uow, first.owner_id)
            assert owner is not None
            emails.append(owner.email)
    assert emails == ["owner@localhost", "ada@harbour.test", "ada@harbour.test"]
