"""Slack end to end: our pages behind a real server, the local Slack, real signed bytes, a clock we move."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from botapp.bootstrap import WebServices, connect_slack
from botapp.channels.slack import SlackApi
from botapp.channels.slack.manifest import ACTIONS_PATH, COMMANDS_PATH, EVENTS_PATH
from botapp.config import Settings
from botapp.entrypoints.simulator.slack import CLIENT_ID, CLIENT_SECRET, SIGNING_SECRET, Entry, LocalSlack, Said
from botapp.entrypoints.simulator.slack_sender import Urls
from botapp.pipeline.slack_worker import status_line
from botapp.pipeline.turn import TurnServices
from botapp.policy.access import Role
from botapp.state import interviewers, views
from botapp.state.interviewers import StoredInterviewer
from botapp.state.read_models import MemberRow
from botapp.state.unit_of_work import Database
from tests.support.pages_server import served, worker_beside
from tests.support.slack import local_slack
from tests.support.stack import MovableClock, Stack, add_member, add_workspace, run_until_idle

PUBLIC_URL = "https://interviews.test"


@dataclass
class SlackStack:
    """An employer whose Slack is T1: Ada (U1) is a recruiter, Vic (U2) too; Wim (U3) a viewer; Zoe (U4) nobody's."""

    stack: Stack
    slack: LocalSlack
    settings: Settings
    web: WebServices
    members: dict[str, MemberRow]

    @property
    def services(self) -> TurnServices:
        return self.stack.services

    @property
    def clock(self) -> MovableClock:
        return self.stack.clock

    def settle(self, settles: timedelta = timedelta(seconds=15)) -> None:
        """Work everything off."""
        run_until_idle(self.services, self.clock, settles=settles)

    def says(self, user: str, text: str, *, channel: str = "", thread: str = "", mention: bool = False) -> Said:
        """Somebody writes, Slack tells us, and all that follows happens."""
        said = self.slack.says(user, text, channel=channel, thread=thread, mention=mention).wait()
        assert all(delivery.acked for delivery in said.deliveries), said.deliveries
        self.settle()
        return said

    def presses(self, user: str, name: str, *, on: Entry, row: str = "", choose: str = "") -> None:
        """Somebody presses, and all that follows happens."""
        delivery = self.slack.presses(user, name, on=on, row=row, choose=choose).wait()
        assert delivery.acked, delivery.attempts
        self.settle()

    def last(self, channel: str = "", thread: str = "") -> Entry:
        """What we said or drew last, there."""
        return self.said(channel, thread)[-1]

    def said(self, channel: str = "", thread: str = "") -> list[Entry]:
        """All we posted there, oldest first."""
        return [
            entry
            for entry in self.slack.ledger.entries
            if entry.method in ("chat.postMessage", "chat.update")
            and channel in ("", entry.channel)
            and thread in ("", entry.thread_ts)
        ]

    def interviewers(self) -> list[StoredInterviewer]:
        """Every interviewer of the employer."""
        with self.services.database.reading() as uow:
            rows = views.interviewer_list(
                uow, self.stack.workspace_id, archived=False, search="", today=self.clock.now().date()
            )
            return [stored for row in rows if (stored := interviewers.get(uow, row.id))]

    def only(self) -> StoredInterviewer:
        """The one interviewer there is."""
        (found,) = self.interviewers()
        return found

    def authors(self) -> list[str]:
        """Who made each revision, oldest first."""
        with self.services.database.reading() as uow:
            line = interviewers.revision_list(uow, self.only().id)
        names = {member.id: member.name for member in self.members.values()}
        return [names.get(revision.by_member, "") for revision in reversed(line)]

    @contextmanager
    def database_away(self) -> Iterator[None]:
        """The pages can't reach the database."""
        before = self.web.services
        self.web.services = replace(before, database=Database("sqlite:////nowhere/at/all.db"))
        try:
            yield
        finally:
            self.web.services = before


def settings_for(database: Database, redis_url: str, folder: Path, slack: LocalSlack, **more: object) -> Settings:
    """An installation with a Slack app at the local Slack."""
    usual: dict[str, object] = {
        "data_dir": folder,
        "database_url": database.url,
        "redis_url": redis_url,
        "public_url": PUBLIC_URL,
        "secret_key": "a key for tests",
        "slack_client_id": CLIENT_ID,
        "slack_client_secret": CLIENT_SECRET,
        "slack_signing_secret": SIGNING_SECRET,
        "slack_bot_token": slack.token,
        "slack_base_url": slack.base_url,
    }
    return Settings(_env_file=None, **usual | more)  # type: ignore[arg-type,call-arg]


@contextmanager
def slack_stack(
    database: Database, redis_url: str, clock: MovableClock, folder: Path, **more: object
) -> Iterator[SlackStack]:
    """Everything up, on this database and clock; the Slack workspace is connected by its token."""
    with local_slack(clock=lambda: clock.now().timestamp()) as slack:
        slack.add_user("U3", "Wim Viewer", email="wim@harbour.test")
        slack.add_user("U4", "Zoe Stranger", email="zoe@elsewhere.test")
        for user in ("U3", "U4"):
            slack.channel("C1").members.add(user)
        slack.user("U1").email, slack.user("U2").email = "ada@harbour.test", "vic@harbour.test"
        settings = settings_for(database, redis_url, folder, slack, **more)
        web = WebServices(settings, clock)
        web.services = replace(web.services, database=database, base_url=PUBLIC_URL)
        worker = worker_of(web, clock)
        workspace_id, owner = add_workspace(worker)
        members = {
            "U1": add_member(worker, workspace_id, "Ada Olsen", Role.RECRUITER),
            "U2": add_member(worker, workspace_id, "Vic Brand", Role.RECRUITER),
            "U3": add_member(worker, workspace_id, "Wim Viewer", Role.VIEWER),
        }
        connect_slack(settings, worker)
        with served(web) as port:
            base = f"http://127.0.0.1:{port}"
            slack.sender.urls = Urls(base + EVENTS_PATH, base + ACTIONS_PATH, base + COMMANDS_PATH)
            yield SlackStack(Stack(worker, clock, workspace_id, owner), slack, settings, web, members)


def worker_of(web: WebServices, clock: MovableClock) -> TurnServices:
    """A worker on the same database and channels as these pages, that shows in Slack what it does."""
    api = SlackApi(web.services.channels["slack"].api.base_url)  # type: ignore[attr-defined]
    return worker_beside(web, clock, show_status=status_line(web.services, api))
