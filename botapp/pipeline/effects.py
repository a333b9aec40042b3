"""Carries out what a turn decided, inside the turn's one transaction: each effect is a few rows.

Ids derive from the turn: running the same turn twice meets a constraint instead of doubling.
"""

from datetime import datetime, timedelta

from botapp.pipeline import address_effects
from botapp.pipeline.alerts import FEED, is_wanted, raise_alert, remind_of_waiting
from botapp.pipeline.frame import Frame, effect_id, hand_over, log_event
from botapp.pipeline.services import derived_id
from botapp.policy.access import Role
from botapp.screening.effects import Effect, EffectKind
from botapp.screening.interviewer import Interviewer
from botapp.state import candidates, conversations, inbox, interviewers, interviews, join_codes, people, tasks
from botapp.state.interviewers import StoredInterviewer
from botapp.state.unit_of_work import UnitOfWork

SIGN_IN_DAYS = 7
__all__ = ("FEED", "Frame", "add_teammate", "carry_out", "open_interviewer")


def carry_out(frame: Frame, effects: list[Effect]) -> None:
    """Write every effect. What an effect needs but the turn lacks is a programming error, not bad input."""
    for index, effect in enumerate(effects):
        _DO[EffectKind(effect["kind"])](frame, effect, index)


# ---- interviewing ----------------------------------------------------------------------------------------


def _interview_id(frame: Frame) -> str:
    assert frame.subject.interview is not None
    return frame.subject.interview.id


def _answer_saved(frame: Frame, effect: Effect, _index: int) -> None:
    interviews.save_answer(
        frame.uow,
        interview_id=_interview_id(frame),
        workspace_id=frame.workspace_id,
        answer=effect,
        now=frame.now,
    )


def _interview_status(frame: Frame, effect: Effect, _index: int) -> None:
    interviews.set_status(frame.uow, _interview_id(frame), effect["status"], effect["outcome"], frame.now)
    log_event(frame, f"interview_{effect['status']}", {"outcome": effect["outcome"]})


def _question_passed_on(frame: Frame, effect: Effect, _index: int) -> None:
    log_event(frame, "question_passed_on", {"text": effect["text"], "message_id": effect["message_id"]})


def _timer(frame: Frame, effect: Effect, index: int) -> None:
    tasks.add_task(
        frame.uow,
        id=effect_id(frame, effect, index),
        workspace_id=frame.workspace_id,
        conversation_id=frame.conversation.id,
        kind="timer",
        name=effect["name"],
        payload={},
        due_at=datetime.fromisoformat(effect["due_at"]),
        now=frame.now,
    )


def _cancel_timers(frame: Frame, _effect: Effect, _index: int) -> None:
    tasks.cancel_timers(frame.uow, frame.conversation.id)


def _task(frame: Frame, effect: Effect, index: int) -> None:
    tasks.add_task(
        frame.uow,
        id=effect_id(frame, effect, index),
        workspace_id=frame.workspace_id,
        conversation_id=frame.conversation.id,
        kind="work",
        name=effect["name"],
        payload=effect["payload"],
        due_at=frame.now,
        now=frame.now,
    )


def _alert(frame: Frame, effect: Effect, index: int) -> None:
    draft = _live_draft(frame)
    if draft and not effect.get("always") and not is_wanted(effect["about"], draft.settings):
        return
    raise_alert(
        frame.services,
        frame.uow,
        id=effect_id(frame, effect, index),
        workspace_id=frame.workspace_id,
        about=effect["about"],
        message=effect["message"],
        subject=frame.subject_ids,
        wanted=draft.settings.alert_address if draft else FEED,
        turn_id=frame.turn_id,
    )


def _awaited(frame: Frame, _effect: Effect, _index: int) -> None:
    assert frame.subject.interviewer is not None
    remind_of_waiting(frame.services, frame.uow, frame.subject.interviewer, _live_draft(frame), frame.turn_id)


def _live_draft(frame: Frame) -> Interviewer | None:
    interviewer = getattr(frame.subject.context, "interviewer", None) or getattr(frame.subject.context, "draft", None)
    return interviewer if isinstance(interviewer, Interviewer) else None


def _event(frame: Frame, effect: Effect, _index: int) -> None:
    log_event(frame, effect["name"], effect["data"])


# ---- composing -------------------------------------------------------------------------------------------


def _current(frame: Frame) -> StoredInterviewer:
    assert frame.subject.interviewer is not None
    stored = interviewers.get(frame.uow, frame.subject.interviewer.id)
    assert stored is not None
    return stored


def _draft_saved(frame: Frame, effect: Effect, _index: int) -> None:
    interviewers.save_draft(
        frame.uow,
        _current(frame),
        draft=effect["draft"],
        summary=effect["summary"],
        edits=effect["edits"],
        by=frame.subject.member_id,
        now=frame.now,
    )
    log_event(frame, "draft_saved", {"summary": effect["summary"], "edits": effect["edits"]})


def _history_moved(frame: Frame, effect: Effect, _index: int) -> None:
    context = frame.subject.context
    steps = effect["steps"]
    line = getattr(context, "before" if steps < 0 else "after")
    target = line[abs(steps) - 1]
    interviewers.point_at(frame.uow, _current(frame), number=target.number, draft=target.draft, now=frame.now)
    log_event(frame, "history_moved", {"steps": steps, "revision": target.number})


def _published(frame: Frame, _effect: Effect, _index: int) -> None:
    stored = _current(frame)
    assert stored.draft is not None
    draft = Interviewer.model_validate(stored.draft)
    stages = [stage.model_dump(mode="json") for stage in draft.running_stages()]
    number = interviewers.publish(
        frame.uow, stored, definition={"stages": stages}, by=frame.subject.member_id, now=frame.now
    )
    code = join_codes.claim(
        frame.uow,
        workspace_id=frame.workspace_id,
        interviewer_id=stored.id,
        wanted=draft.settings.join_code,
        title=draft.title,
        now=frame.now,
    )
    log_event(frame, "published", {"version": number, "join_code": code})


def _status_changed(frame: Frame, effect: Effect, _index: int) -> None:
    interviewers.set_status(frame.uow, _current(frame).id, effect["status"], frame.now)
    log_event(frame, "status_changed", {"status": effect["status"]})


def _invited(frame: Frame, effect: Effect, index: int) -> None:
    contact, address = effect["contact"], candidates.address_of(effect["contact"])
    known = candidates.at_address(frame.uow, frame.workspace_id, address)
    candidate_id = known.id if known else effect_id(frame, effect, index)
    if known is None:
        candidates.add(
            frame.uow,
            id=candidate_id,
            workspace_id=frame.workspace_id,
            name=effect["name"],
            contact=contact,
            now=frame.now,
        )
    candidates.add_address(frame.uow, frame.workspace_id, address, candidate_id, frame.now)
    interviews.invite(
        frame.uow,
        token=effect["token"],
        workspace_id=frame.workspace_id,
        interviewer_id=_current(frame).id,
        candidate_id=candidate_id,
        by=frame.subject.member_id,
        now=frame.now,
    )
    log_event(frame, "invited", {"candidate_id": candidate_id})


def _teammate_invited(frame: Frame, effect: Effect, index: int) -> None:
    add_teammate(
        frame.uow,
        id=effect_id(frame, effect, index),
        workspace_id=frame.workspace_id,
        name=effect["name"] or effect["email"].partition("@")[0],
        email=effect["email"],
        role=Role(effect["role"]),
        secret=effect["token"],
        now=frame.now,
    )
    log_event(frame, "teammate_invited", {"role": effect["role"]})


def add_teammate(
    uow: UnitOfWork, *, id: str, workspace_id: str, name: str, email: str, role: Role, secret: str, now: datetime
) -> str:
    """Add (or bring back) a member with a one-time sign-in secret; returns the member's id."""
    known = people.member_by_email(uow, workspace_id, email, removed=True)
    if known is None:
        people.add_member(uow, id=id, workspace_id=workspace_id, name=name, email=email, role=role, now=now)
    elif people.member_by_email(uow, workspace_id, email) is None:
        people.bring_back(uow, workspace_id, known, name, role)
    member_id = known or id
    people.add_sign_in_link(
        uow,
        secret=secret,
        workspace_id=workspace_id,
        member_id=member_id,
        expires_at=now + timedelta(days=SIGN_IN_DAYS),
    )
    return member_id


def _cloned(frame: Frame, effect: Effect, _index: int) -> None:
    id = effect["interviewer_id"]
    open_interviewer(frame.uow, id=id, workspace_id=frame.workspace_id, by=frame.subject.member_id, now=frame.now)
    fresh = interviewers.get(frame.uow, id)
    assert fresh is not None
    interviewers.save_draft(
        frame.uow,
        fresh,
        draft=effect["draft"],
        summary="Copied from another interviewer",
        edits=[],
        by=frame.subject.member_id,
        now=frame.now,
    )
    log_event(frame, "cloned", {"interviewer_id": id})


def open_interviewer(uow: UnitOfWork, *, id: str, workspace_id: str, by: str, now: datetime) -> str:
    """A new interviewer without a draft and the conversation that composes it; returns the conversation's id."""
    conversation_id = derived_id("compose", id)
    conversations.create_conversation(
        uow, id=conversation_id, workspace_id=workspace_id, kind="compose", subject_id=id, state={}
    )
    interviewers.create(uow, id=id, workspace_id=workspace_id, conversation_id=conversation_id, by=by, now=now)
    conversations.join_address(
        uow, workspace_id=workspace_id, conversation_id=conversation_id, address=f"webchat:{conversation_id}"
    )
    return conversation_id


# ---- front desk ------------------------------------------------------------------------------------------


def _readdressed(frame: Frame, effect: Effect, index: int) -> None:
    target = effect["conversation_id"]
    if target == "new":
        target = open_interviewer(
            frame.uow,
            id=effect_id(frame, effect, index),
            workspace_id=frame.workspace_id,
            by=frame.subject.member_id,
            now=frame.now,
        )
    conversations.join_address(
        frame.uow,
        workspace_id=frame.workspace_id,
        conversation_id=target,
        address=frame.address,
        heard_at=frame.now,
    )
    _as_candidate(frame, target, effect["message_ids"])
    hand_over(frame, target, effect["message_ids"])


def _as_candidate(frame: Frame, target: str, message_ids: list[str]) -> None:
    """A member who is interviewed themselves answers as the candidate they are."""
    conversation = conversations.load(frame.uow, target)
    interview = interviews.get(frame.uow, conversation.subject_id) if conversation.kind == "interview" else None
    if interview is not None:
        inbox.said_by_candidate(frame.uow, message_ids, interview.candidate_id)


_DO = {
    EffectKind.ANSWER_SAVED: _answer_saved,
    EffectKind.INTERVIEW_STATUS: _interview_status,
    EffectKind.QUESTION_PASSED_ON: _question_passed_on,
    EffectKind.TIMER: _timer,
    EffectKind.CANCEL_TIMERS: _cancel_timers,
    EffectKind.TASK: _task,
    EffectKind.ALERT: _alert,
    EffectKind.AWAITED: _awaited,
    EffectKind.EVENT: _event,
    EffectKind.OPTED_OUT: address_effects.opted_out,
    EffectKind.CHANGED_HANDS: address_effects.changed_hands,
    EffectKind.CANDIDATE_NAMED: address_effects.candidate_named,
    EffectKind.ZONE_LEARNED: address_effects.zone_learned,
    EffectKind.DRAFT_SAVED: _draft_saved,
    EffectKind.HISTORY_MOVED: _history_moved,
    EffectKind.PUBLISHED: _published,
    EffectKind.STATUS_CHANGED: _status_changed,
    EffectKind.INVITED: _invited,
    EffectKind.TEAMMATE_INVITED: _teammate_invited,
    EffectKind.CLONED: _cloned,
    EffectKind.READDRESSED: _readdressed,
    EffectKind.JOINED: address_effects.joined,
}
