"""The phone simulator: a page that is a phone at the network of this machine. It needs no sign-in.

Guarantees: it is there in development only, for callers on this machine under one of its own names, behind no proxy;
for everybody else it does not exist. What it sends goes through the real webhooks; what it shows is what the network
holds, not what botapp believes.
"""

import re
from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from botapp.channels.sms.errors import failure_of
from botapp.entrypoints.web.development import here_only
from botapp.entrypoints.web.phone_calls import PhoneNetwork
from botapp.entrypoints.web.posted import parsed
from botapp.entrypoints.web.security import services
from botapp.errors import BadPayload, BotappError, Retryable

pages = Blueprint("phone", __name__, url_prefix="/dev/phone")
NUMBERS = ("+12025550111", "+12025550112", "+12025550113")  # of the range that is kept for fiction
LONGEST = 1600
WITH_FILE = 4 * 1024 * 1024
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
LATENCIES = ((0.0, "at once"), (1.0, "after 1 second"), (10.0, "after 10 seconds"), (60.0, "after a minute"))
DELAYS = ((0.0, "at once"), (0.5, "after half a second"), (5.0, "after 5 seconds"), (30.0, "after 30 seconds"))
FAULTS = (
    ("none", "as it should"),
    ("slow", "slowly, after 3 seconds"),
    ("hang", "after 20 seconds, and takes nothing"),
    ("accept_then_drop", "not at all, but it took the text"),
    ("drop", "not at all, and took nothing"),
    ("accept_then_fail", "with an error, but it took the text"),
    ("fail", "with an error, and took nothing"),
    ("limit", "that there are too many texts"),
)
_SECONDS = {"slow": 3.0, "hang": 20.0, "limit": 2.0}
CODES = (30003, 30005, 30006, 30007, 30008, 30034, 21211, 21408, 21610, 21614)
_WORDS = {"delivered": "Delivered", "read": "Read", "sent": "Sent, not on the phone yet", "canceled": "Taken back"}


@pages.before_request
def _here_only() -> None:
    here_only(bool(services().settings.phone_network))
    if request.endpoint == "phone.write":
        request.max_content_length = WITH_FILE


@pages.errorhandler(BotappError)
def _said(error: BotappError) -> ResponseReturnValue:
    """The page shows the sentence."""
    return jsonify(error=str(error)), 503 if isinstance(error, Retryable) else 400


@pages.get("")
def phone() -> ResponseReturnValue:
    """The page; its script fills it."""
    codes = [(code, f"{code}: {failure_of(code).sentence}") for code in CODES]
    return render_template(
        "phone.html", number=NUMBERS[0], most=LONGEST, latencies=LATENCIES, delays=DELAYS, faults=FAULTS, codes=codes
    )


@pages.get("/messages")
def messages() -> ResponseReturnValue:
    """What one phone shows, and all that the page shows around it."""
    number, network = _number(request.args.get("number")), _network()
    known = network.look("phones")
    others = [found["number"] for found in known["phones"] if found["number"] not in NUMBERS]
    return jsonify(
        ours=known["ours"],
        numbers=[*NUMBERS, *others],
        messages=[_shown(message, number) for message in network.look("thread", number)["messages"]],
        codes=[{"code": code, "title": title} for code, title in services().join_codes().items()],
        switches=_switches(network.look("switches"), number),
    )


@pages.post("/messages")
def write() -> ResponseReturnValue:
    """A text from this phone, with a file perhaps. Answered when the webhook was."""
    body = _posted()
    text, file = body.get("text", ""), body.get("file")
    if not isinstance(text, str) or len(text) > LONGEST:
        raise BadPayload(f"A text has {LONGEST:,} characters at most.")
    if not text.strip() and not file:
        raise BadPayload("There was nothing in that text. Write something and send it again.")
    media = [{"type": file.get("type"), "base64": file.get("base64")}] if isinstance(file, dict) else []
    done = _network().do("text", **{"from": _number(body.get("number"))}, body=text, media=media)
    return jsonify(id=done["sid"], taken=200 <= done["status"] < 300)


@pages.post("/again")
def again() -> ResponseReturnValue:
    """The webhook of a text once more, as a network does that missed our answer."""
    return jsonify(status=_network().do("again", sid=str(_posted().get("id")))["status"])


@pages.post("/switches")
def switches() -> ResponseReturnValue:
    """How the network behaves, for all phones and for this one."""
    body, network = _posted(), _network()
    number, fault = _number(body.get("number")), _one_of(body.get("fault"), [name for name, _ in FAULTS])
    network.do(
        "switches",
        latency=_one_of(body.get("latency"), [seconds for seconds, _ in LATENCIES]),
        reporting={
            "delay": _one_of(body.get("delay"), [seconds for seconds, _ in DELAYS]),
            "copies": 2 if body.get("doubles") else 1,
            "shuffle": bool(body.get("shuffle")),
        },
        always=fault,
        seconds=_SECONDS.get(fault, 1.0),
        hooks_fail=bool(body.get("hooks_fail")),
    )
    code = _one_of(body.get("error_code"), [0, *CODES])
    network.do("phone", number, error_code=code, silent=bool(body.get("silent")))
    return jsonify(_switches(network.look("switches"), number))


def _network() -> PhoneNetwork:
    return PhoneNetwork(services().settings.phone_network)


def _posted() -> dict[str, Any]:
    body = parsed(request)
    if not isinstance(body, dict):
        raise BadPayload("That could not be read. Load the page again and repeat it.")
    return body


def _number(typed: object) -> str:
    number = re.sub(r"[\s().-]", "", typed) if isinstance(typed, str) else ""
    if not _NUMBER.fullmatch(number):
        raise BadPayload("That is no phone number. Write it with its country, like +12025550111.")
    return number


def _one_of(given: Any, allowed: list[Any]) -> Any:
    if given not in allowed:
        raise BadPayload("That switch could not be read. Load the page again and repeat it.")
    return given


def _switches(found: dict[str, Any], number: str) -> dict[str, Any]:
    """In the page's words: what its controls stand at."""
    phone = found["phones"].get(number, {})
    return {
        "latency": found["latency"],
        "delay": found["reporting"]["delay"],
        "doubles": found["reporting"]["copies"] > 1,
        "shuffle": found["reporting"]["shuffle"],
        "fault": found["always"]["fault"],
        "hooks_fail": found["hooks_fail"],
        "error_code": phone.get("error_code", 0),
        "silent": phone.get("silent", False),
    }


def _shown(message: dict[str, Any], number: str) -> dict[str, Any]:
    mine = message["from_"] == number
    return {
        "id": message["sid"],
        "mine": mine,
        "text": message["body"],
        "at": message["created"],
        "files": len(message["media"]),
        "segments": message["segments"],
        "by_network": message["by_provider"],
        "arrived": message["arrived"],
        **(_taken(message) if mine else _sent(message)),
    }


def _taken(message: dict[str, Any]) -> dict[str, str]:
    """What became of a text from the phone."""
    if "taken" not in message:
        return {"state": "done", "words": "Sent"}
    if not message["taken"]:
        return {"state": "failed", "words": "Not received: our web server did not take it"}
    by = ", by the fallback address" if message["by_fallback"] else ""
    return {"state": "done", "words": f"Received{by}"}


def _sent(message: dict[str, Any]) -> dict[str, str]:
    """What became of a text to the phone."""
    status, code = message["status"], message["error_code"]
    if status in ("failed", "undelivered"):
        return {"state": "failed", "words": f"Not delivered. {failure_of(code).sentence} ({code})"}
    if message["by_provider"]:
        return {"state": "done", "words": "Answered by the phone network, not by us"}
    if message["arrived"] > 1:
        return {"state": "failed", "words": f"Delivered {message['arrived']} times"}
    return {"state": "done" if message["arrived"] else "waiting", "words": _WORDS.get(status, "Sending")}
