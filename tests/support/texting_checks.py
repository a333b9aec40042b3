"""What tests of text messages look at and hold back: rows by their ids, reports on their way, what phones were sent."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select

from botapp.channels.sms import Sms
from botapp.channels.sms.account import signed_outbox_id, status_url
from botapp.entrypoints.simulator.twilio import AUTH_TOKEN
from botapp.entrypoints.simulator.twilio_ledger import Message
from botapp.entrypoints.simulator.twilio_webhooks import Attempt, Params, Poster
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.pipeline.outgoing import outgoing_row
from botapp.pipeline.services import fresh_id
from botapp.state import outbox
from botapp.state.outbox import OutboxEntry
from botapp.state.tables import inbox
from botapp.state.tables import outbox as outbox_table
from tests.support.texting import Texting

STATUS_PATH = "/hooks/twilio/status"


class HoldingPoster(Poster):
    """Reports wait in `held` until somebody lets them in; texts go through as ever."""

    def __init__(self, routes: Mapping[str, str]) -> None:
        super().__init__(AUTH_TOKEN, routes)
        self.holding = True
        self.held: list[tuple[str, Params]] = []

    def post(self, url: str, params: Params) -> Attempt:
        if self.holding and STATUS_PATH in url:
            self.held.append((url, params))
            return Attempt(url, 204, "", "", tuple(params), 0.0)
        return super().post(url, params)

    def let_in(self, report: tuple[str, Params]) -> Attempt:
        """This report comes in now."""
        return super().post(*report)


def hold_reports(line: Texting) -> HoldingPoster:
    """From now on reports wait."""
    poster = HoldingPoster(line.twilio.poster.routes)
    line.twilio.poster = poster
    return poster


def queue(line: Texting, number: str, text: str, *, about: str = "reminder") -> str:
    """A one-part message of ours on its way; returns the id of its row."""
    id, now = fresh_id(), line.clock.now()
    with line.services.database.writing() as uow:
        row = outgoing_row(
            line.services,
            uow,
            id=id,
            workspace_id=line.stack.workspace_id,
            address=f"tel:{number}",
            about=about,
            subject={},
            message=outbound_to_json(OutboundMessage(text)),
            asked=False,
            now=now,
            turn_id=None,
        )
        outbox.add(uow, [row])
    return id


def entry(line: Texting, id: str) -> OutboxEntry:
    """One row of ours."""
    with line.services.database.reading() as uow:
        row = outbox.get(uow, id)
    assert row is not None
    return row


def rows(line: Texting) -> dict[str, OutboxEntry]:
    """Every row for a phone, by its id."""
    query = select(outbox_table.c.id).where(outbox_table.c.address.startswith("tel:"))
    with line.services.database.reading() as uow:
        found = [outbox.get(uow, id) for id in uow.connection.execute(query).scalars().all()]
    return {row.id: row for row in found if row is not None}


def callback_of(line: Texting, id: str) -> str:
    """The address at which reports about this row arrive."""
    channel = line.services.channels["tel"]
    assert isinstance(channel, Sms)
    return status_url(channel.account.public_url, channel.account.signing_key, id)


def outbox_id_of(line: Texting, message: Message) -> str:
    """Whose words these are: our id, out of the status address that was given with them."""
    channel = line.services.channels["tel"]
    assert isinstance(channel, Sms)
    signed = parse_qs(urlsplit(message.callback).query)["ob"][0]
    return signed_outbox_id(channel.account.signing_key, signed)


def taken(line: Texting) -> dict[str, list[Message]]:
    """What the provider took, by the id of our row."""
    found: dict[str, list[Message]] = defaultdict(list)
    for message in line.twilio.ledger.accepted():
        found[outbox_id_of(line, message)].append(message)
    return found


def inbox_ids(line: Texting) -> list[str]:
    """The provider's ids of the texts that were kept."""
    query = select(inbox.c.external_id).where(inbox.c.address.startswith("tel:"), inbox.c.kind == "text")
    with line.services.database.reading() as uow:
        return list(uow.connection.execute(query).scalars())


def texts_kept(line: Texting) -> list[tuple[str, str, datetime]]:
    """(address, words, when it came) of the texts that were kept, oldest first."""
    query = (
        select(inbox.c.address, inbox.c.text, inbox.c.received_at)
        .where(inbox.c.address.startswith("tel:"), inbox.c.kind == "text")
        .order_by(inbox.c.received_at)
    )
    with line.services.database.reading() as uow:
        return [(row[0], row[1], row[2]) for row in uow.connection.execute(query)]
