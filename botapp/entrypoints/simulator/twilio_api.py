"""Twilio's REST interface, as far as texting needs it: refusals with its codes, answers in its shape.

Guarantees: no network here; a request in, an answer out. What it takes is in the ledger before it answers.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from botapp.entrypoints.simulator import twilio_shapes as shapes
from botapp.entrypoints.simulator.carrier import Network
from botapp.entrypoints.simulator.twilio_account import Account, Webhooks, number_sid
from botapp.entrypoints.simulator.twilio_ledger import Ledger, Message, new_sid

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
MOST_LETTERS = 1600
LONGEST_VALID = 36_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: JSON, or bytes of a file."""

    status: int
    json: Any = None
    content: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """Twilio says no, with its code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


@dataclass(frozen=True, slots=True)
class Call:
    """A request to the API: decoded query and form."""

    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    user: tuple[str, str]


class Api:
    """`taken` is told of every message that was taken, before the answer leaves."""

    def __init__(self, account: Account, ledger: Ledger, network: Network, taken: Callable[[Message], None]) -> None:
        self.account, self.ledger, self.network = account, ledger, network
        self._taken = taken
        base = "/2010-04-01/Accounts/(?P<account>[^/.]+)"
        service = "/v1/Services/(?P<service>[^/]+)"
        self._routes: list[tuple[str, str, Callable[..., Answer]]] = [
            ("POST", rf"{base}/Messages\.json", self._create),
            ("GET", rf"{base}/Messages\.json", self._list),
            ("GET", rf"{base}/Messages/(?P<sid>[^/.]+)\.json", self._fetch),
            ("POST", rf"{base}/Messages/(?P<sid>[^/.]+)\.json", self._cancel),
            ("GET", rf"{base}/Messages/(?P<sid>[^/]+)/Media/(?P<media>[^/.]+)", self._media),
            ("GET", rf"{base}\.json", self._account),
            ("GET", rf"{base}/IncomingPhoneNumbers\.json", self._numbers),
            ("GET", rf"{base}/IncomingPhoneNumbers/(?P<sid>[^/.]+)\.json", self._number),
            ("POST", rf"{base}/IncomingPhoneNumbers/(?P<sid>[^/.]+)\.json", self._set_number),
            ("GET", service, self._service),
            ("POST", service, self._set_service),
            ("GET", rf"{service}/PhoneNumbers", self._service_numbers),
            ("GET", rf"{service}/Compliance/Usa2p", self._registrations),
        ]

    def answer(self, call: Call) -> Answer:
        """The answer to any call; a refusal is one too."""
        try:
            return self._route(call)
        except Refused as refused:
            more = f"https://www.twilio.com/docs/errors/{refused.code}"
            body = {"code": refused.code, "message": str(refused), "more_info": more, "status": refused.status}
            return Answer(refused.status, body)

    def _route(self, call: Call) -> Answer:
        if call.user != (self.account.sid, self.account.token):
            raise Refused(401, 20003, "Authenticate")
        for method, pattern, handler in self._routes:
            if call.method == method and (found := re.fullmatch(pattern, call.path)):
                named = found.groupdict()
                if named.pop("account", self.account.sid) != self.account.sid:
                    break
                if named.pop("service", self.account.service) != self.account.service:
                    break
                return handler(call, **named)
        raise Refused(404, 20404, f"The requested resource {call.path} was not found")

    def _create(self, call: Call) -> Answer:
        form = call.form
        self._check_shape(form)
        to, sender = form["To"], form.get("From", "")
        service = form.get("MessagingServiceSid", "")
        self._check_sender(sender, service)
        blocked = self.account.handles_opt_out and self.ledger.opted_out(service or self.account.sender_of(sender), to)
        if blocked and not self.account.advanced_opt_out:
            raise Refused(400, 21610, "Attempt to send to unsubscribed recipient")
        if code := self.network.refusal(to):
            raise Refused(400, code, f"The number {to} was refused")
        message = self.ledger.put(self._made(form, blocked))
        self._taken(message)
        return Answer(201, shapes.message(self.account.sid, message))

    def _check_shape(self, form: Mapping[str, str]) -> None:
        """The refusals that need no knowledge, in Twilio's order. Unknown parameters are ignored, as it does."""
        body, to = form.get("Body", ""), form.get("To", "")
        if not to:
            raise Refused(400, 21604, "A 'To' phone number is required.")
        if not form.get("From") and not form.get("MessagingServiceSid"):
            raise Refused(400, 21603, "A 'From' phone number is required.")
        if not body.strip() and "MediaUrl" not in form and "ContentSid" not in form:
            raise Refused(400, 21602, "Message body is required.")
        if len(body) > MOST_LETTERS:
            raise Refused(400, 21617, "The concatenated message body exceeds the 1600 character limit.")
        if not E164.fullmatch(to):
            raise Refused(400, 21211, f"Invalid 'To' Phone Number: {to}")
        validity = form.get("ValidityPeriod", "1")
        if not validity.isdigit() or not 1 <= int(validity) <= LONGEST_VALID:
            raise Refused(400, 21624, "The ValidityPeriod is invalid")
        callback = form.get("StatusCallback", "http://a")
        if urlsplit(callback).scheme not in ("http", "https") or "_" in (urlsplit(callback).hostname or "_"):
            raise Refused(400, 21609, "The 'StatusCallback' URL is not a valid URL")

    def _check_sender(self, sender: str, service: str) -> None:
        if service and service != self.account.service:
            raise Refused(400, 21701, "The Messaging Service does not exist")
        if sender and sender not in self.account.numbers:
            raise Refused(400, 21606, f"The 'From' phone number {sender} is not a valid, message-capable number")

    def _made(self, form: Mapping[str, str], blocked: bool) -> Message:
        service = form.get("MessagingServiceSid", "")
        return Message(
            sid=new_sid("SM"),
            to=form["To"],
            from_=form.get("From", "") or self.account.numbers[0],
            body=form.get("Body", "").strip(),
            status="accepted" if service else "queued",
            direction="outbound-api",
            created=self.ledger.now(),
            service=service,
            callback=form.get("StatusCallback", ""),
            validity=int(form.get("ValidityPeriod", LONGEST_VALID)),
            segments=shapes.segments(form.get("Body", "")),
            error_code=21610 if blocked else 0,
        )

    def _list(self, call: Call) -> Answer:
        """Newest first, filtered by To, From and the date of sending; a message not sent yet has none."""
        asked = call.query
        found = [m for m in reversed(self.ledger.all()) if shapes.fits(m, asked)]
        size = min(max(int(asked.get("PageSize", "50")), 1), 1000)
        page = int(asked.get("Page", "0"))
        some = found[page * size : (page + 1) * size]
        more = len(found) > (page + 1) * size
        return Answer(200, shapes.page(self.account.sid, some, page=page, size=size, more=more))

    def _known(self, sid: str) -> Message:
        message = self.ledger.get(sid)
        if message is None:
            raise Refused(404, 20404, f"The requested resource {sid} was not found")
        return message

    def _fetch(self, _: Call, sid: str) -> Answer:
        return Answer(200, shapes.message(self.account.sid, self._known(sid)))

    def _cancel(self, call: Call, sid: str) -> Answer:
        """Status=canceled while it waits; an empty Body takes the words out."""
        message = self._known(sid)
        if call.form.get("Status") == "canceled":
            message = self.ledger.move(sid, "canceled") or message
        elif call.form.get("Body") == "":
            message = self.ledger.change(sid, body="")
        return Answer(200, shapes.message(self.account.sid, message))

    def _media(self, _: Call, sid: str, media: str) -> Answer:
        found = self.ledger.media(media)
        if found is None or found.message_sid != sid:
            raise Refused(404, 20404, f"The requested resource {media} was not found")
        return Answer(200, content=found.content, content_type=found.content_type)

    def _account(self, _: Call) -> Answer:
        return Answer(200, shapes.account(self.account))

    def _numbers(self, call: Call) -> Answer:
        wanted = call.query.get("PhoneNumber", "")
        found = [shapes.number(self.account, number) for number in self.account.numbers if wanted in ("", number)]
        return Answer(200, {"incoming_phone_numbers": found, "page": 0, "page_size": 50, "next_page_uri": None})

    def _number_of(self, sid: str) -> str:
        found = next((number for number in self.account.numbers if number_sid(number) == sid), None)
        if found is None:
            raise Refused(404, 20404, f"The requested resource {sid} was not found")
        return found

    def _number(self, _: Call, sid: str) -> Answer:
        return Answer(200, shapes.number(self.account, self._number_of(sid)))

    def _set_number(self, call: Call, sid: str) -> Answer:
        number = self._number_of(sid)
        _set(self.account.number_webhooks[number], call.form, "SmsUrl", "SmsFallbackUrl", "StatusCallback")
        return Answer(200, shapes.number(self.account, number))

    def _service(self, _: Call) -> Answer:
        return Answer(200, shapes.service(self.account))

    def _set_service(self, call: Call) -> Answer:
        _set(self.account.service_webhooks, call.form, "InboundRequestUrl", "FallbackUrl", "StatusCallback")
        if "UseInboundWebhookOnNumber" in call.form:
            self.account.service_defers = call.form["UseInboundWebhookOnNumber"].lower() == "true"
        return Answer(200, shapes.service(self.account))

    def _service_numbers(self, _: Call) -> Answer:
        found = [shapes.service_number(self.account, number) for number in self.account.numbers]
        return Answer(200, {"phone_numbers": found, "meta": shapes.meta("phone_numbers")})

    def _registrations(self, _: Call) -> Answer:
        return Answer(200, {"compliance": shapes.registrations(self.account), "meta": shapes.meta("compliance")})


def _set(webhooks: Webhooks, form: Mapping[str, str], url: str, fallback: str, status: str) -> None:
    webhooks.url = form.get(url, webhooks.url)
    webhooks.fallback = form.get(fallback, webhooks.fallback)
    webhooks.status = form.get(status, webhooks.status)
