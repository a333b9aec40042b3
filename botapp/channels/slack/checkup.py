"""What Slack says of our app in one workspace, and whether our own events address answers: for `botapp doctor slack`.

Guarantees: asks and changes nothing; no token is part of what it returns.
"""

import json
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from botapp.channels.slack.api import Answered, Refused, SlackApi
from botapp.channels.slack.manifest import EVENTS_PATH, scope_names

CHALLENGE = "botapp doctor"
PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Standing:
    """`problem` is "" when the token works; `missing` are permissions the manifest asks for and Slack did not give."""

    name: str
    missing: tuple[str, ...] = ()
    needless: tuple[str, ...] = ()
    problem: str = ""


def standing_of(api: SlackApi, team: str, token: str) -> Standing:
    """Whether the token of one Slack workspace works, and with which permissions."""
    outcome = api.whoami(token)
    match outcome:
        case Answered(data=data):
            given = {scope.strip() for scope in str(data.get("scopes", "")).split(",") if scope.strip()}
            wanted = scope_names()
            missing = tuple(name for name in wanted if given and name not in given)
            return Standing(str(data.get("team") or team), missing, tuple(sorted(given - set(wanted))))
        case Refused(code=code):
            return Standing(team, problem=f"Slack does not take its token ({code}).")
        case _:
            return Standing(team, problem="Slack did not answer.")


def events_answer(base_url: str, secret: str, stamp: int) -> str:
    """What is wrong with our events address as Slack would ask it; "" when it answers as it should."""
    from slack_sdk.signature import SignatureVerifier

    body = json.dumps({"type": "url_verification", "challenge": CHALLENGE})
    signed = SignatureVerifier(secret).generate_signature(timestamp=str(stamp), body=body)
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": str(stamp),
        "X-Slack-Signature": signed or "",
    }
    request = Request(f"{base_url}{EVENTS_PATH}", body.encode(), headers)  # noqa: S310 - our own address, from settings
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            said = answer.read(10_000).decode("utf-8", errors="replace")
    except HTTPError as error:
        error.close()
        return f"it answers {error.code}"
    except (OSError, HTTPException, ValueError):
        return "nobody answers there"
    return "" if CHALLENGE in said else "something else answers there"
