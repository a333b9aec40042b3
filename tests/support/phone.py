"""A candidate on a phone: a stack with the throw-away channel, and an interview whose thread is a number."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from sqlalchemy import select, update

from botapp.messages import DeliveryStatus, OutboundMessage, outbound_to_json
from botapp.pipeline import candidates
from botapp.pipeline.outgoing import outgoing_row
from botapp.pipeline.receive import receive_message
from botapp.pipeline.services import fresh_id
from botapp.pipeline.turn import TurnServices
from botapp.state import conversations, outbox
from botapp.state.inbox import Kept
from botapp.state.tables import conversation_addresses
from botapp.state.tables import outbox as outbox_table
from botapp.state.unit_of_work import Database
from tests.support.channels import Accepted, Provider, Tel, text_from
from tests.support.roles import SLUG, night_picker
from tests.support.stack import MovableClock, Stack, add_workspace, publish, services_with


@dataclass
class Phone:
    """One candidate with a phone, in the middle of an interview."""

    stack: Stack
    provider: Provider
    channel: Tel
    number: str = "+15551230001"
    conversation_id: str = ""
    candidate_id: str = ""
    interview_id: str = ""
    ids: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def address(self) -> str:
        return f"tel:{self.number}"

    @property
    def services(self) -> TurnServices:
        return self.stack.services

    def begins(self, *, settle: bool = True) -> "Phone":
        """The person has opened their link and proved the number; the thread goes on by text message."""
        token = candidates.start_interview(self.services, slug=SLUG, name="Maria Lopez", contact=self.number)
        thread = candidates.thread(self.services, token)
        assert thread is not None
        self.conversation_id, self.candidate_id = thread.conversation_id, thread.candidate_id
        self.interview_id = thread.interview_id
        with self.services.database.writing() as uow:
            uow.connection.execute(
                update(conversation_addresses)
                .where(conversation_addresses.c.conversation_id == self.conversation_id)
                .values(open=False)
            )
            conversations.join_address(
                uow,
                workspace_id=self.stack.workspace_id,
                conversation_id=self.conversation_id,
                address=self.address,
            )
        if settle:
            self.stack.settle()
        return self

    def texts(self, text: str, id: str = "") -> Kept:
        """A text message comes in."""
        message = text_from(self.number, text, id or f"t{next(self.ids)}", self.stack.clock.now(), self.candidate_id)
        return receive_message(self.services, message, workspace_id=self.stack.workspace_id)

    def got(self) -> list[Accepted]:
        """What the provider took for this number."""
        return self.provider.ledger(self.address)

    def queue(self, text: str, *, about: str = "reminder", asked: bool = False) -> str:
        """A row of ours on its way to this number; returns its id."""
        id, now = fresh_id(), self.stack.clock.now()
        with self.services.database.writing() as uow:
            row = outgoing_row(
                self.services,
                uow,
                id=id,
                workspace_id=self.stack.workspace_id,
                address=self.address,
                about=about,
                subject={},
                message=outbound_to_json(OutboundMessage(text)),
                asked=asked,
                now=now,
                turn_id=None,
            )
            outbox.add(uow, [row])
        return id

    def status(self, outbox_id: str) -> DeliveryStatus:
        with self.services.database.reading() as uow:
            row = outbox.get(uow, outbox_id)
        assert row is not None
        return DeliveryStatus(row.status)

    def rows(self) -> list[tuple[str, str, str]]:
        """(id, about, status) of everything on its way or gone to this number, oldest first."""
        query = (
            select(outbox_table.c.id, outbox_table.c.about, outbox_table.c.status)
            .where(outbox_table.c.address == self.address)
            .order_by(outbox_table.c.created_at, outbox_table.c.seq)
        )
        with self.services.database.reading() as uow:
            return [(row[0], row[1], row[2]) for row in uow.connection.execute(query)]


def phone_on(
    database: Database,
    redis_url: str,
    clock: MovableClock,
    ledger: Path,
    mark: Callable[[str], None] = lambda _point: None,
) -> Phone:
    """An employer with a published interviewer, and a phone that has not begun yet."""
    provider = Provider(ledger)
    channel = Tel(provider, clock)
    services = services_with(database, redis_url, clock, channels={"tel": channel}, mark=mark)
    workspace_id, owner = add_workspace(services)
    publish(services, owner, night_picker())
    return Phone(Stack(services, clock, workspace_id, owner), provider, channel)


def marked(phone: Phone, mark: Callable[[str], None]) -> Phone:
    """The same phone on services that call `mark` at each named point."""
    return replace(phone, stack=replace(phone.stack, services=replace(phone.services, mark=mark)))
