"""Text messages end to end: our pages behind a real server, the local Twilio, real signed webhooks, a clock we move."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from botapp.bootstrap import WebServices
from botapp.channels.sms.account import fallback_url, webhook_url
from botapp.config import Settings
from botapp.entrypoints.simulator.twilio import ACCOUNT_SID, AUTH_TOKEN, NUMBER, LocalTwilio
from botapp.pipeline.turn import TurnServices
from botapp.state import consents, senders
from botapp.state.tables import outbox
from botapp.state.unit_of_work import Database
from tests.support.pages_server import served, worker_beside
from tests.support.stack import MovableClock, Stack, add_workspace, run_until_idle

PUBLIC_URL = "https://interviews.test"


@dataclass
class Texting:
    """An employer with a number at the local Twilio."""

    stack: Stack
    twilio: LocalTwilio
    settings: Settings
    web: WebServices

    @property
    def services(self) -> TurnServices:
        return self.stack.services

    @property
    def clock(self) -> MovableClock:
        return self.stack.clock

    def agrees(self, number: str, how: str = "ticked the box on our site") -> None:
        """A consent is on record."""
        now = self.clock.now()
        with self.services.database.writing() as uow:
            consents.record(
                uow,
                workspace_id=self.stack.workspace_id,
                address=f"tel:{number}",
                kind=consents.GIVEN,
                how=how,
                channel="console",
                at=now,
                now=now,
            )

    def text(self, number: str, body: str) -> None:
        """A person writes to our number; the provider calls our webhook, and all that follows happens."""
        self.twilio.text_from(number, body)
        assert self.twilio.idle(), "the text never came in"
        self.settle()

    @contextmanager
    def database_away(self) -> Iterator[None]:
        """The pages can't reach the database."""
        before = self.web.services
        self.web.services = replace(before, database=Database("sqlite:////nowhere/at/all.db"))
        try:
            yield
        finally:
            self.web.services = before

    def settle(self, settles: timedelta = timedelta(seconds=15)) -> None:
        """Work everything off; reports come in between."""
        for _ in range(20):
            before = self._rows()
            run_until_idle(self.services, self.clock, settles=settles)
            assert self.twilio.idle(), "the local Twilio never came to rest"
            if self._rows() == before:
                return
        raise AssertionError("it never came to rest")

    def got(self, number: str) -> list[str]:
        """What arrived on this phone, oldest first."""
        return [message.body for message in self.twilio.ledger.delivered(number)]

    def _rows(self) -> list[tuple[str, str]]:
        with self.services.database.reading() as uow:
            return [(r[0], r[1]) for r in uow.connection.execute(select(outbox.c.id, outbox.c.status))]

    def outcomes(self, number: str) -> list[tuple[str, str, str]]:
        """(about, status, error) of everything of ours for this number, oldest first."""
        query = (
            select(outbox.c.about, outbox.c.status, outbox.c.error)
            .where(outbox.c.address == f"tel:{number}")
            .order_by(outbox.c.created_at, outbox.c.seq)
        )
        with self.services.database.reading() as uow:
            return [(r[0], r[1], r[2] or "") for r in uow.connection.execute(query)]


def settings_for(database: Database, redis_url: str, folder: Path, twilio_url: str, **more: object) -> Settings:
    """An installation with an account at the local Twilio."""
    usual: dict[str, object] = {
        "data_dir": folder,
        "database_url": database.url,
        "redis_url": redis_url,
        "public_url": PUBLIC_URL,
        "workspace_name": "Harbour Foods",
        "twilio_account_sid": ACCOUNT_SID,
        "twilio_auth_token": AUTH_TOKEN,
        "twilio_from": NUMBER,
        "twilio_base_url": twilio_url,
    }
    return Settings(_env_file=None, **usual | more)  # type: ignore[arg-type,call-arg]


@contextmanager
def texting(database: Database, redis_url: str, clock: MovableClock, folder: Path, **more: object) -> Iterator[Texting]:
    """Everything up, on this database and clock."""
    with LocalTwilio(now=clock.now) as twilio:
        twilio.account.point_at(webhook_url(PUBLIC_URL), fallback_url(PUBLIC_URL))
        settings = settings_for(database, redis_url, folder, twilio.url, **more)
        web = WebServices(settings, clock)
        web.services = replace(web.services, database=database, base_url=PUBLIC_URL)
        worker = worker_beside(web, clock)
        workspace_id, owner = add_workspace(worker)
        with database.writing() as uow:
            senders.replace(uow, workspace_id, "tel", ACCOUNT_SID, [NUMBER])
        with served(web) as port:
            twilio.poster.routes[PUBLIC_URL] = f"http://127.0.0.1:{port}"
            yield Texting(Stack(worker, clock, workspace_id, owner), twilio, settings, web)
