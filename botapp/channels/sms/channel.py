"""Text messages (SMS, MMS) over Twilio: the one place that knows its words.

Guarantees: `verify` believes only what one of the account's tokens signed; `send` posts a message at most once and
says exactly what became of it. It decides nothing about who may be texted, and when.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from botapp.channels.base import DeliveryResult, Limits, LookUp, Outgoing, Rejected, WebhookRequest
from botapp.channels.sms import media
from botapp.channels.sms.account import SmsAccount, signed_outbox_id, status_url
from botapp.channels.sms.calls import CALL_TIMEOUT, Calls
from botapp.channels.sms.errors import failure_of
from botapp.channels.sms.form import prove, query_value, read_form, tokens_in
from botapp.channels.sms.inbound import E164, read_text
from botapp.channels.sms.status import read_report
from botapp.clock import Clock, SystemClock
from botapp.errors import BadPayload
from botapp.messages import DeliveryReport, InboundMessage, OutboundMessage
from botapp.screening.segments import count_segments, fit_for_sms

MAX_LENGTH = 1600
SHORTEST_VALID, LONGEST_VALID = 60, 14_400
_PLAIN_ANSWERS = {"yes", "no"}  # anyone knows how to text these: a list of them is only noise


class Sms:
    """The channel of one account. `address` is `tel:+E164`."""

    scheme = "tel"

    def __init__(self, account: SmsAccount, clock: Clock | None = None) -> None:
        self.account = account
        self._clock = clock or SystemClock()
        self._calls = Calls(account, self._clock)
        self.limits = Limits(
            max_length=MAX_LENGTH,
            max_buttons=0,
            hop=True,
            settle=timedelta(seconds=account.settle),
            settle_cap=timedelta(seconds=12),
            obeys_opt_out=True,
            needs_consent=True,
            keeps_quiet_hours=True,
            rate=account.segments_per_second,
            part_gap=timedelta(seconds=3),
            call_timeout=CALL_TIMEOUT,
        )

    def account_of(self, request: WebhookRequest) -> str:
        return read_form(request).first("AccountSid")

    def verify(self, request: WebhookRequest, secrets: Mapping[str, str]) -> None:
        """Signed with one of the tokens in `secrets` (`account.secrets`), for this account."""
        form = read_form(request)
        prove(request, form, public_url=self.account.public_url, tokens=tokens_in(secrets))
        if "AccountSid" in form and form.first("AccountSid") != self.account.account_sid:
            raise BadPayload("That is for another account.")

    def parse(self, request: WebhookRequest) -> list[InboundMessage | DeliveryReport]:
        form = read_form(request)
        account = self.account.account_sid
        if "MessageStatus" in form:
            signed = query_value(request, "ob")
            outbox_id = signed_outbox_id(self.account.signing_key, signed) if signed else ""
            report = read_report(form, account=account, outbox_id=outbox_id)
            return [report] if report else []
        if "CallSid" in form:
            raise BadPayload("That is a call; only text messages are read here.")
        return [read_text(form, account=account, handles_opt_out=self.account.handles_opt_out, at=self._clock.now())]

    def parts(self, message: OutboundMessage) -> list[OutboundMessage]:
        text = words_of(message)
        fitted = fit_for_sms(text, names=message.names, language=message.language)
        return [OutboundMessage(part) for part in fitted] or [OutboundMessage(text)]

    def lane(self, sender: str, address: str) -> str:
        return f"tel:{sender or self.account.sender}"

    def units(self, message: OutboundMessage) -> int:
        return count_segments(words_of(message)).count

    def render(self, message: OutboundMessage) -> Mapping[str, Any]:
        return {"Body": words_of(message)}

    def send(self, outgoing: Outgoing) -> DeliveryResult:
        to = _number(outgoing.address)
        if not E164.fullmatch(to):
            return Rejected(failure_of(21211))
        return self._calls.create(self._form(outgoing, to))

    def _form(self, outgoing: Outgoing, to: str) -> dict[str, Any]:
        """The call's fields, as the official client spells them."""
        sender = outgoing.sender or self.account.sender
        form: dict[str, Any] = {
            "to": to,
            "body": words_of(outgoing.message),
            "status_callback": status_url(self.account.public_url, self.account.signing_key, outgoing.id),
            "messaging_service_sid" if sender.startswith("MG") else "from_": sender,
        }
        if outgoing.valid_for is not None:
            seconds = int(outgoing.valid_for.total_seconds())
            form["validity_period"] = min(max(SHORTEST_VALID, seconds), LONGEST_VALID)
        return form

    def look_up(self, outgoing: Outgoing) -> LookUp:
        return self._calls.find(
            to=_number(outgoing.address),
            sender=outgoing.sender or self.account.sender,
            body=words_of(outgoing.message),
            since=_moment(outgoing.sent_after),
        )

    def fetch_media(self, url: str) -> tuple[bytes, str]:
        """The bytes of a file that came with a text, and their content type."""
        return media.fetch(self.account, url)

    def client(self) -> Any:
        """The official client, for looking into the account and setting it up."""
        return self._calls.client()


def words_of(message: OutboundMessage) -> str:
    """Everything a message says, as text: choices as a short numbered list, a card in its plain form.

    Choices that the text lists already, and a bare yes or no, are not repeated.
    """
    labels = [reply.label for reply in message.quick_replies]
    plain = {label.strip().lower() for label in labels} <= _PLAIN_ANSWERS
    listed = all(label in message.text for label in labels)
    choices = "" if plain or listed else "  ".join(f"{place}) {label}" for place, label in enumerate(labels, 1))
    card = message.card.plain if message.card else ""
    return "\n".join(part for part in (message.text, card, choices) if part)


def _number(address: str) -> str:
    return address.removeprefix("tel:")


def _moment(written: str) -> datetime:
    """The moment before which it can't have left; unknown: any time."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
