"""What became of a message, and what a consent rests on, in the words a recruiter reads. Pure."""

from datetime import datetime
from typing import assert_never

from botapp.messages import DeliveryStatus
from botapp.policy.zones import moment_in_words
from botapp.state.consents import GIVEN, Consent
from botapp.state.read_models import ConsentRow
from botapp.state.views import Way

_WHERE = {
    "console": "in the console",
    "compose": "by talking to botapp",
    "file": "in a list",
    "cli": "on the command line",
    "sms": "by text",
    "tel": "by text",
    "webchat": "in the web chat",
    "provider": "told by the phone network",
}


def delivery_words(way: Way, zones: tuple[str, ...], now: datetime) -> str:
    """`delivered`, `goes out 9:00 am ET`, `not delivered: ...`."""
    match way.status:
        case DeliveryStatus.QUEUED | DeliveryStatus.HELD if way.due_at > now:
            return f"goes out {moment_in_words(way.due_at, zones)}"
        case DeliveryStatus.QUEUED | DeliveryStatus.HELD | DeliveryStatus.SENDING:
            return "on its way"
        case DeliveryStatus.SENT:
            return "sent"
        case DeliveryStatus.DELIVERED:
            return "delivered"
        case DeliveryStatus.UNKNOWN:
            return "sent perhaps; we are finding out"
        case DeliveryStatus.FAILED:
            return _because("not delivered", way.error)
        case DeliveryStatus.REFUSED:
            return _because("not sent", way.error)
        case DeliveryStatus.SUPERSEDED:
            return "not sent: a newer message took its place"
    assert_never(way.status)


def _because(what: str, why: str) -> str:
    return f"{what}: {why}" if why else what


def consent_row(consent: Consent) -> ConsentRow:
    """One line of the record, for a page or a terminal."""
    return ConsentRow(
        contact=consent.address.partition(":")[2],
        given=consent.kind == GIVEN,
        how=consent.how,
        where=_WHERE.get(consent.channel, consent.channel),
        proof=_proof(consent),
        at=consent.at,
        by=consent.by,
    )


def _proof(consent: Consent) -> str:
    known = consent.evidence
    ids = known.get("message_ids") or [known["message_id"]] if "message_id" in known or "message_ids" in known else []
    parts = [
        f"file {known['file']}" if known.get("file") else "",
        f"line {known['line']}" if known.get("line") else "",
        f"message {', '.join(map(str, ids))}" if ids else "",
        f"from {known['ip']}" if known.get("ip") else "",
        f"written down at {consent.recorded_at:%Y-%m-%d %H:%M} UTC" if consent.recorded_at != consent.at else "",
    ]
    return ", ".join(filter(None, parts))
