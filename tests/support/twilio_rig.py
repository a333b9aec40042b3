"""`make check-twilio`: one of each request we make to Twilio, judged by its own OpenAPI description.

A validating proxy (Prism, strict copy of the vendor's description) stands at BOTAPP_TWILIO_RIG and answers 4xx to what
the description does not allow. Not covered, because that description has only the 2010 API: messaging services.
"""

import os
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from botapp.channels.base import Found, Outgoing, Rejected, Sent
from botapp.channels.sms import Sms, SmsAccount, setup
from botapp.errors import BotappError
from botapp.messages import OutboundMessage

URL = os.environ.get("BOTAPP_TWILIO_RIG", "")
# The account of the stand-in behind the proxy; another one by the usual settings.
SID = os.environ.get("BOTAPP_TWILIO_ACCOUNT_SID") or "AC" + "0" * 32
TOKEN = os.environ.get("BOTAPP_TWILIO_AUTH_TOKEN") or "twilio_test_auth_token"
NUMBER = os.environ.get("BOTAPP_TWILIO_FROM") or "+15551234567"
SERVICE = os.environ.get("BOTAPP_TWILIO_MESSAGING_SERVICE_SID") or "MG" + "0" * 32
PHONE = "+12025550123"
HOW = """skipped: BOTAPP_TWILIO_RIG is not set.
To run it, start a stand-in for Twilio and a validating proxy before it, for example
  npx @stoplight/prism-cli@5 proxy --errors --host 127.0.0.1 --port 4012 twilio_api_v2010.json http://127.0.0.1:4104
with Twilio's OpenAPI description (github.com/twilio/twilio-oai); the stand-in may be botapp's own:
  python -m botapp.entrypoints.simulator.twilio --port 4104
Then: BOTAPP_TWILIO_RIG=http://127.0.0.1:4012 make check-twilio"""


class Refused(Exception):
    """It was not taken, or not as it should be."""


@dataclass(frozen=True)
class Check:
    """One request. `wrong`: a control, which must be refused."""

    name: str
    run: Callable[[], object]
    wrong: bool = False


def sms(service: str = "") -> Sms:
    account = SmsAccount(
        account_sid=SID,
        tokens=(TOKEN,),
        numbers=(NUMBER,),
        messaging_service=service,
        base_url=URL,
        public_url="https://interviews.example.com",
        signing_key="a key of this check",
    )
    return Sms(account)


def outgoing(text: str, since: str = "") -> Outgoing:
    return Outgoing(uuid.uuid4().hex, f"tel:{PHONE}", OutboundMessage(text), since, valid_for=timedelta(hours=4))


def sent(channel: Sms, text: str) -> None:
    """A message as deliver sends it."""
    match channel.send(outgoing(text)):
        case Sent():
            return
        case Rejected(failure=failure):
            raise Refused(f"refused ({failure.code})")
        case other:
            raise Refused(f"{type(other).__name__}: {getattr(other, 'reason', '')}")


def found(channel: Sms, text: str, since: datetime) -> None:
    """A look-up finds the one message that was sent a moment ago."""
    looked = channel.look_up(outgoing(text, since.isoformat()))
    if not isinstance(looked, Found):
        raise Refused(type(looked).__name__)


def set_up(channel: Sms) -> None:
    """As `botapp setup twilio` does it. Whether the stand-in remembers it is not asked: not every one does."""
    client, want = channel.client(), setup.expected(channel.account)
    [number] = setup.read_standing(client, channel.account).numbers.values()
    fields = {
        "sms_url": want.url,
        "sms_method": want.method,
        "sms_fallback_url": want.fallback,
        "sms_fallback_method": want.fallback_method,
    }
    wanted = [setup.Change(number.sid, NUMBER, field, field, "", new) for field, new in fields.items()]
    setup.apply(client, channel.account, wanted)


def checks() -> Iterator[Check]:
    """Each kind of request, and controls which show that the judge judges."""
    one, by_service, began = sms(), sms(SERVICE), datetime.now(UTC)
    client, words = one.client(), f"Hello from a check, {uuid.uuid4().hex[:6]}"
    good: dict[str, Any] = {"to": PHONE, "from_": NUMBER, "body": words}
    create = client.messages.create
    yield Check("send from a number", lambda: sent(one, words))
    yield Check("send with letters of all kinds", lambda: sent(one, "Grüße, Maria: ¿qué tal? 你好 👋"))
    yield Check("send by a messaging service", lambda: sent(by_service, f"{words} again"))
    yield Check("look up what was sent", lambda: found(one, words, began))
    yield Check("read the account and our number", lambda: setup.read_standing(client, one.account))
    yield Check("set our number", lambda: set_up(one))
    yield Check("control: no recipient", lambda: create(**good | {"to": ""}), wrong=True)
    yield Check("control: no words", lambda: create(to=PHONE, from_=NUMBER), wrong=True)
    yield Check("control: too long", lambda: create(**good | {"body": "x" * 1601}), wrong=True)
    yield Check(
        "control: not a service id", lambda: create(to=PHONE, messaging_service_sid="MGx", body="x"), wrong=True
    )
    yield Check("control: not a number id", lambda: client.incoming_phone_numbers("PNx").fetch(), wrong=True)


def outcome(check: Check) -> tuple[bool, str]:
    """Whether it came out as it should, and what was said."""
    from twilio.base.exceptions import TwilioException

    try:
        check.run()
    except (Refused, BotappError, TwilioException) as error:
        return check.wrong, str(error).splitlines()[0][:120]
    return not check.wrong, "" if not check.wrong else "taken, although it is wrong"


def main() -> int:
    """0 when all came out as they should, or when there is no judge to ask."""
    if not URL:
        print(HOW)
        return 0
    failed = 0
    for check in checks():
        good, said = outcome(check)
        failed += not good
        print(f"{'pass' if good else 'FAIL'}  {check.name}{f': {said}' if said else ''}")
    print(f"{failed} failed" if failed else "All as Twilio's description says.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
