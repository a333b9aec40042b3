"""What a card of a draft needs so that somebody can act on it: whose it is, which revision, what stands in the way.

Only where a message crosses a network: our own pages know their interviewer.
"""

from collections.abc import Mapping
from typing import Any

from botapp.compose.readiness import blockers
from botapp.messages import CardKind
from botapp.pipeline.frame import Frame
from botapp.pipeline.running import draft_of
from botapp.state import interviewers
from botapp.state.interviewers import StoredInterviewer

_CARDS = (CardKind.DRAFT.value, CardKind.DIFF.value)


def with_controls(frame: Frame, message: Mapping[str, Any]) -> Mapping[str, Any]:
    """The stored message, its card naming the draft as this turn leaves it."""
    card = message.get("card")
    if not card or card["kind"] not in _CARDS or not frame.services.limits_for(frame.address).hop:
        return message
    if frame.subject.interviewer is None:
        return message
    stored = interviewers.get(frame.uow, frame.subject.interviewer.id)
    assert stored is not None
    more = named(stored) if card["kind"] == CardKind.DIFF else controls_of(stored, frame.services.base_url)
    return {**message, "card": {**card, "data": {**card["data"], **more}}}


def named(stored: StoredInterviewer) -> dict[str, Any]:
    """Which draft, as it was at which revision."""
    return {"interviewer_id": stored.id, "revision": stored.revision}


def controls_of(stored: StoredInterviewer, base_url: str) -> dict[str, Any]:
    """What the card of the whole draft offers."""
    draft = draft_of(stored)
    return {
        **named(stored),
        "version": stored.version + 1,
        "preview_url": f"{base_url}/console/interviewers/{stored.id}",
        "can_undo": stored.revision > 1 or (stored.revision == 1 and stored.version == 0),
        "blockers": list(blockers(draft)) if draft else [],
    }
