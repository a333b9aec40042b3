"""A link to a job in Slack: in a direct message, in a thread with a draft; Slack wraps links in marks of its own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from botapp.pipeline.fetch import Guard
from botapp.screening.interviewer import Interviewer
from botapp.state.unit_of_work import Database
from tests.support.roles import ADVERT
from tests.support.site import site
from tests.support.slack_stack import SlackStack, slack_stack
from tests.support.stack import MovableClock


@pytest.fixture
def team(database: Database, redis_url: str, clock: MovableClock, tmp_path: Path) -> Iterator[SlackStack]:
    with slack_stack(database, redis_url, clock, tmp_path / "data") as made:
        made.stack.services = replace(made.stack.services, guard=Guard(loopback=True, ports=None, seconds=2.0))
        yield made


@pytest.fixture(scope="module")
def link() -> Iterator[str]:
    with site({"/job": ("text/plain", ADVERT.encode())}) as made:
        yield f"{made.url}/job"


def draft(team: SlackStack) -> Interviewer:
    return Interviewer.model_validate(team.only().draft)


@pytest.mark.parametrize("marked", ["<{link}>", "<{link}|the job>", "Draft this, only SMS: <{link}>"])
def test_a_link_is_read_and_drafted_in_its_thread(team: SlackStack, link: str, marked: str) -> None:
    said = team.says("U1", marked.format(link=link))
    assert draft(team).title == "Night Warehouse Picker"
    shown = "\n".join(entry.shown for entry in team.said(said.channel, said.ts))
    assert "I read 127.0.0.1. I drafted" in shown


def test_in_the_thread_of_a_draft_it_asks(team: SlackStack, link: str) -> None:
    said = team.says("U1", "Night porter, $15 an hour. Must hold a first aid certificate. Nights, full-time.")
    before = draft(team)
    team.says("U1", f"<{link}>", thread=said.ts)
    asked = team.last(said.channel, said.ts)
    assert "Shall I start a new one" in asked.shown
    team.presses("U1", "Only the facts", on=asked)
    assert draft(team).questions() == before.questions() and "19.50" in str(draft(team).facts)
