"""What a turn decided beside its replies: plain JSON objects, made by graphs and carried out by the pipeline's commit.

Each function builds one kind and is the documentation of its shape. All values are JSON types.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

Effect = dict[str, Any]


class EffectKind(StrEnum):
    # interviewing
    ANSWER_SAVED = "answer_saved"
    INTERVIEW_STATUS = "interview_status"
    QUESTION_PASSED_ON = "question_passed_on"
    TIMER = "timer"
    CANCEL_TIMERS = "cancel_timers"
    TASK = "task"
    ALERT = "alert"
    AWAITED = "awaited"
    EVENT = "event"
    OPTED_OUT = "opted_out"
    CHANGED_HANDS = "changed_hands"
    CANDIDATE_NAMED = "candidate_named"
    ZONE_LEARNED = "zone_learned"
    # composing
    DRAFT_SAVED = "draft_saved"
    HISTORY_MOVED = "history_moved"
    PUBLISHED = "published"
    STATUS_CHANGED = "status_changed"
    INVITED = "invited"
    TEAMMATE_INVITED = "teammate_invited"
    CLONED = "cloned"
    # front desk
    READDRESSED = "readdressed"
    JOINED = "joined"


def answer_saved(
    *,
    stage_id: str,
    question_id: str,
    status: str,
    parts: list[dict[str, str]],
    reading: dict[str, Any] | None,
    follow_ups: list[str],
) -> Effect:
    """An answer as it stands now (replaces the row of this question). `parts`: [{"message_id", "text"}]."""
    return {
        "kind": EffectKind.ANSWER_SAVED.value,
        "stage_id": stage_id,
        "question_id": question_id,
        "status": status,
        "parts": parts,
        "reading": reading,
        "follow_ups": follow_ups,
    }


def interview_status(status: str, outcome: str = "") -> Effect:
    """The interview's new status (InterviewStatus) and, at its end, the outcome in one or two words."""
    return {"kind": EffectKind.INTERVIEW_STATUS.value, "status": status, "outcome": outcome}


def question_passed_on(message_id: str, text: str) -> Effect:
    """A candidate's question that the facts don't answer: the recruiter will."""
    return {"kind": EffectKind.QUESTION_PASSED_ON.value, "message_id": message_id, "text": text}


def timer(name: str, due_at: datetime) -> Effect:
    """Ring at `due_at`: an EVENT message with payload {"event": "timer", "timer": name} comes in."""
    return {"kind": EffectKind.TIMER.value, "name": name, "due_at": due_at.isoformat()}


def cancel_timers() -> Effect:
    """Forget every timer of this conversation that has not rung."""
    return {"kind": EffectKind.CANCEL_TIMERS.value}


def task(name: str, payload: dict[str, Any]) -> Effect:
    """Work for after the reply. Its result comes in as an EVENT with payload {"event": "<name>_done", ...}."""
    return {"kind": EffectKind.TASK.value, "name": name, "payload": payload}


def alert(about: str, message: dict[str, Any], *, always: bool = False) -> Effect:
    """An OutboundMessage (as JSON) to the interviewer's alert address. `about`: completed, person_requested...

    Raised when the interviewer's settings ask for this kind; `always`: whatever they say.
    """
    return {"kind": EffectKind.ALERT.value, "about": about, "message": message} | ({"always": True} if always else {})


def awaited() -> Effect:
    """People wait for the team's answer to their interview: the team is reminded of all of them, once a day."""
    return {"kind": EffectKind.AWAITED.value}


def event(name: str, **data: Any) -> Effect:
    """A line in the append-only log of what happened."""
    return {"kind": EffectKind.EVENT.value, "name": name, "data": data}


def opted_out() -> Effect:
    """Never write to this turn's address again. The turn's first reply is the one confirmation that still leaves.

    For channels whose limits say that opt-outs are obeyed.
    """
    return {"kind": EffectKind.OPTED_OUT.value}


def changed_hands() -> Effect:
    """Whoever answers at this turn's address is not the candidate: the address is theirs no more, nor is the consent.

    The candidate's other open interviews leave the address too. This turn's replies may still go there.
    """
    return {"kind": EffectKind.CHANGED_HANDS.value}


def candidate_named(name: str) -> Effect:
    """The candidate of this interview told us their name."""
    return {"kind": EffectKind.CANDIDATE_NAMED.value, "name": name}


def zone_learned(zone: str, source: Literal["words", "place"]) -> Effect:
    """The candidate's time zone (an IANA name): from their own words, or from a place we know them to be in."""
    return {"kind": EffectKind.ZONE_LEARNED.value, "zone": zone, "source": source}


def draft_saved(draft: dict[str, Any], summary: str, edits: list[dict[str, Any]]) -> Effect:
    """A new revision of the draft by the member who spoke. `summary` is one line for the history."""
    return {"kind": EffectKind.DRAFT_SAVED.value, "draft": draft, "summary": summary, "edits": edits}


def history_moved(steps: int) -> Effect:
    """Undo (-n) or redo (+n): move the pointer along the revisions; nothing is deleted."""
    return {"kind": EffectKind.HISTORY_MOVED.value, "steps": steps}


def published() -> Effect:
    """Freeze the current draft as the next version and make the interviewer active."""
    return {"kind": EffectKind.PUBLISHED.value}


def status_changed(status: str) -> Effect:
    """active, paused or archived."""
    return {"kind": EffectKind.STATUS_CHANGED.value, "status": status}


def invited(name: str, contact: str, token: str) -> Effect:
    """A candidate's own link; `token` is the secret in it, stored only as a hash."""
    return {"kind": EffectKind.INVITED.value, "name": name, "contact": contact, "token": token}


def teammate_invited(name: str, email: str, role: str, token: str) -> Effect:
    """A further member of the workspace and the one-time sign-in secret for them."""
    return {"kind": EffectKind.TEAMMATE_INVITED.value, "name": name, "email": email, "role": role, "token": token}


def cloned(draft: dict[str, Any], interviewer_id: str) -> Effect:
    """A new interviewer with this draft and a compose conversation of its own."""
    return {"kind": EffectKind.CLONED.value, "draft": draft, "interviewer_id": interviewer_id}


def readdressed(conversation_id: str, message_ids: list[str]) -> Effect:
    """The front desk found out what this address is about: join it and hand over the messages it held.

    `conversation_id` may be "new": a new interviewer is opened for the member who spoke.
    """
    return {"kind": EffectKind.READDRESSED.value, "conversation_id": conversation_id, "message_ids": message_ids}


def joined(interviewer_id: str, message_ids: list[str]) -> Effect:
    """Somebody sent an interviewer's code to the front desk: start an interview for the candidate of this address.

    The new conversation hears the event {"event": "joined"}, then the messages that waited (never the code itself).
    """
    return {"kind": EffectKind.JOINED.value, "interviewer_id": interviewer_id, "message_ids": message_ids}
