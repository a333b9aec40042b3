"""The control paths of the local Twilio, for a page that plays the phone: look at the ledger, write a text, press
switches. JSON both ways; a request that makes no sense is answered 400 with a sentence.
"""

import base64
import binascii
from collections import Counter
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from botapp.entrypoints.simulator.carrier import Phone, Reporting
from botapp.entrypoints.simulator.twilio_api import Answer
from botapp.entrypoints.simulator.twilio_faults import Fault, Trouble

if TYPE_CHECKING:
    from botapp.entrypoints.simulator.twilio import LocalTwilio


def look(twilio: "LocalTwilio", path: str) -> Answer:
    """GET: ledger, phones, one phone, webhooks, switches."""
    match path.removeprefix("/_sim/").split("/"):
        case ["ledger"]:
            accepted, delivered = twilio.ledger.accepted(), twilio.ledger.delivered()
            return Answer(200, {"accepted": [m.as_json() for m in accepted], "delivered": [m.sid for m in delivered]})
        case ["phones"]:
            return Answer(200, {"ours": list(twilio.account.numbers), "phones": _phones(twilio)})
        case ["phone", number]:
            return Answer(200, {"number": number, "messages": [m.as_json() for m in twilio.ledger.on_phone(number)]})
        case ["thread", number]:
            return Answer(200, {"number": number, "messages": _thread(twilio, number)})
        case ["webhooks"]:
            return Answer(200, {"attempts": [asdict(a) | {"params": dict(a.params)} for a in twilio.poster.attempts]})
        case ["switches"]:
            return Answer(200, _switches(twilio))
        case _:
            return Answer(404, {"message": "There is nothing here."})


def do(twilio: "LocalTwilio", path: str, asked: dict[str, Any]) -> Answer:
    """POST: write a text, hand one in again, press switches, set a phone, start anew."""
    try:
        match path.removeprefix("/_sim/").split("/"):
            case ["text"]:
                return _text(twilio, asked)
            case ["again"]:
                return Answer(200, {"status": twilio.hand_in_again(str(asked["sid"])).status})
            case ["switches"]:
                _press(twilio, asked)
                return Answer(200, _switches(twilio))
            case ["phone", number]:
                twilio.network.phones[number] = _phone(twilio.network.phone(number), asked)
                return Answer(200, asdict(twilio.network.phones[number]))
            case ["forget"]:
                twilio.ledger.forget()
                return Answer(200, {})
            case _:
                return Answer(404, {"message": "There is nothing here."})
    except (KeyError, ValueError, TypeError, binascii.Error) as error:
        return Answer(400, {"message": f"That can't be done: {type(error).__name__} {error}."})


def _phones(twilio: "LocalTwilio") -> list[dict[str, Any]]:
    """Every number that wrote or was written to, latest last."""
    counted: dict[str, int] = {}
    for message in twilio.ledger.all():
        number = message.to if message.outbound else message.from_
        counted[number] = counted.pop(number, 0) + 1
    return [{"number": number, "messages": count} for number, count in counted.items()]


def _thread(twilio: "LocalTwilio", number: str) -> list[dict[str, Any]]:
    """All between this phone and us, arrived or not, oldest first; of what it wrote, how our webhook took it."""
    arrived = Counter(message.sid for message in twilio.ledger.delivered(number))
    told = {params["MessageSid"]: a for a in twilio.poster.attempts if (params := dict(a.params)).get("MessageSid")}
    fallbacks = {w.fallback.partition("#")[0] for w in twilio.account.number_webhooks.values()}
    return [
        message.as_json()
        | {"arrived": arrived[message.sid]}
        | ({"taken": a.ok, "by_fallback": a.url in fallbacks} if (a := told.get(message.sid)) else {})
        for message in twilio.ledger.all()
        if number in (message.from_, message.to)
    ]


def _text(twilio: "LocalTwilio", asked: dict[str, Any]) -> Answer:
    files = [(str(file["type"]), base64.b64decode(file["base64"], validate=True)) for file in asked.get("media", [])]
    number, body, to = str(asked["from"]), str(asked.get("body", "")), str(asked.get("to", ""))
    attempt = twilio.text_from(number, body, to=to, media=files)
    sid = dict(attempt.params)["MessageSid"]
    return Answer(200, {"sid": sid, "status": attempt.status, "failed": attempt.failed})


def _press(twilio: "LocalTwilio", asked: dict[str, Any]) -> None:
    if "next" in asked:
        twilio.will(Fault(asked["next"]), int(asked.get("times", 1)), float(asked.get("seconds", 1)))
    if "always" in asked:
        twilio.switches.always = Trouble(Fault(asked["always"]), float(asked.get("seconds", 1)))
    if "reporting" in asked:
        known = {name: asked["reporting"][name] for name in Reporting.__slots__ if name in asked["reporting"]}
        twilio.network.reporting = replace(twilio.network.reporting, **known)
    if "latency" in asked:
        twilio.network.latency = float(asked["latency"])
    if "hooks_fail" in asked:
        twilio.hooks_fail = bool(asked["hooks_fail"])
    if "handles_opt_out" in asked:
        twilio.account.handles_opt_out = bool(asked["handles_opt_out"])


def _switches(twilio: "LocalTwilio") -> dict[str, Any]:
    return {
        "next": [asdict(trouble) for trouble in twilio.switches.waiting()],
        "always": asdict(twilio.switches.always),
        "reporting": asdict(twilio.network.reporting),
        "latency": twilio.network.latency,
        "hooks_fail": twilio.hooks_fail,
        "handles_opt_out": twilio.account.handles_opt_out,
        "phones": {number: asdict(phone) for number, phone in twilio.network.phones.items()},
    }


def _phone(known: Phone, asked: dict[str, Any]) -> Phone:
    kinds = {"error_code": int, "latency": float, "reads": bool, "silent": bool}
    return replace(known, **{name: kind(asked[name]) for name, kind in kinds.items() if name in asked})
