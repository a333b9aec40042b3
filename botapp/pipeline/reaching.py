"""People in the loop: a member takes a candidate's thread over, writes in it, hands it back, answers, decides.

Guarantees: the member's role is asked each time, and interviews of other workspaces are not there. What is written
passes the send gate like everything else, and is refused here, with the reason, when it could never leave. The same
click twice (one client id) is one deed. Each deed is one transaction: the log, the decision and the event that the
interview's next turn answers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from botapp.errors import BadPayload, NotFound
from botapp.pipeline.alerts import redraw_decided
from botapp.pipeline.members import require
from botapp.pipeline.reach import (
    address_of,
    may_be_taken_over,
    waits_for_person,
    where_words,
    why_blocked,
)
from botapp.pipeline.running import draft_of
from botapp.pipeline.services import Services, fresh_id
from botapp.pipeline.starting import tell_conversation
from botapp.policy.access import Action
from botapp.scoring.facts import topics_asked
from botapp.screening.interviewer import Fact
from botapp.state import conversations, events, inbox, interviewers, interviews, outbox, reaching
from botapp.state.interviews import StoredInterview
from botapp.state.read_models import MemberRow, OpenQuestion
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.wakeups import TURNS

LONGEST = 4000
_ACCOUNT = "people"
_TOPIC_MAX = 60
_DECISIONS = ("shortlist", "dismiss")
_NOT_BEGUN = "They have not answered the invitation yet. You can write to them, and take over when they have answered."


@dataclass(frozen=True, slots=True)
class _Deed:
    """One thing a member does about one interview, inside its transaction."""

    services: Services
    uow: UnitOfWork
    member: MemberRow
    interview: StoredInterview
    client_id: str

    def external_id(self, event: str) -> str:
        return f"{event}/{self.interview.id}/{self.client_id}"[:200]

    def was_done(self, event: str) -> bool:
        """The same click, come in before."""
        return inbox.find_kept(self.uow, _ACCOUNT, self.external_id(event)) is not None

    def tell(self, event: str, **data: str) -> None:
        """The interview's graph hears of it in its next turn."""
        tell_conversation(
            self.uow,
            self.interview,
            event,
            account=_ACCOUNT,
            external_id=self.external_id(event),
            address=address_of(self.uow, self.interview),
            now=self.services.now(),
            by=self.member.name,
            **data,
        )

    def log(self, name: str, **data: object) -> None:
        events.record(
            self.uow,
            workspace_id=self.member.workspace_id,
            subject_id=self.interview.id,
            name=name,
            at=self.services.now(),
            data=data,
            by_member=self.member.id,
            conversation_id=self.interview.conversation_id,
        )

    def goes_out(self) -> str:
        """When something written now leaves: `now`, `at 9:00 am ET`.

        Raises:
            BadPayload: it never would, with the reason.
        """
        address = address_of(self.uow, self.interview)
        known = outbox.lock_address(self.uow, self.member.workspace_id, address)
        blocked, goes_out = why_blocked(self.services, self.uow, self.interview, address, known)
        if blocked:
            raise BadPayload(blocked)
        return goes_out

    @property
    def name(self) -> str:
        return self.interview.candidate_name or "the candidate"

    @property
    def has_it(self) -> bool:
        """Whether this member has the thread."""
        return reaching.taken_by(self.uow, self.member.workspace_id, self.interview.id)[0] == self.member.id


@contextmanager
def _deed(services: Services, member: MemberRow, interview_id: str, client_id: str) -> Iterator[_Deed]:
    """The transaction of a deed; afterwards a worker is woken.

    Raises:
        NotAllowed: with the sentence that says who can. NotFound: no such interview here.
    """
    require(member, Action.DECIDE)
    with services.database.writing() as uow:
        interview = interviews.of_workspace(uow, member.workspace_id, interview_id)
        if interview is None:
            raise NotFound("There is no such interview here.")
        interviews.lock(uow, interview_id)
        yield _Deed(services, uow, member, interview, client_id or fresh_id())
    services.wakeups.wake(TURNS)
    services.wakeups.push(interview.conversation_id, {"type": "message"})


# ---- the thread --------------------------------------------------------------------------------------------


def take_over(services: Services, member: MemberRow, interview_id: str, *, client_id: str = "") -> str:
    """The assistant pauses and the candidate is told, once, who writes. Returns the sentence for the member.

    Raises:
        BadPayload: nothing can be written to them, with the reason. NotAllowed, NotFound.
    """
    with _deed(services, member, interview_id, client_id) as deed:
        if not may_be_taken_over(deed.interview):
            raise BadPayload(_NOT_BEGUN)
        deed.goes_out()
        if not deed.has_it:
            deed.log(reaching.TAKEN_OVER)
            deed.tell("taken_over")
    return f"You have this conversation now. {_capital(deed.name)} is told that you write."


def hand_back(services: Services, member: MemberRow, interview_id: str, *, client_id: str = "") -> str:
    """The interview goes on where it was. Returns the sentence for the member.

    Raises:
        NotAllowed, NotFound.
    """
    with _deed(services, member, interview_id, client_id) as deed:
        memory = reaching.memory_of(deed.uow, deed.interview.conversation_id)
        taken, _ = reaching.taken_by(deed.uow, member.workspace_id, interview_id)
        waits = bool(taken) or waits_for_person(deed.interview, memory.get("waiting_for", ""))
        if waits and not deed.was_done("handed_back"):
            deed.log(reaching.HANDED_BACK)
            deed.tell("handed_back")
    return "The assistant has this conversation again, and goes on where it was."


def reply_as_person(
    services: Services,
    member: MemberRow,
    interview_id: str,
    text: str,
    answering: str = "",
    *,
    keep_as_fact: bool = False,
    client_id: str = "",
) -> str:
    """Write to a candidate at any time; `answering`: the id of their question, which is answered with it.

    Returns the sentence for the member, which says when it goes out.

    Raises:
        BadPayload: with the sentence to show: nothing to say, too long, nothing can be sent. NotAllowed, NotFound.
    """
    text = _checked(text)
    with _deed(services, member, interview_id, client_id) as deed:
        goes_out = deed.goes_out()
        if not deed.was_done("person_reply"):
            question = _question(deed, answering) if answering else None
            deed.log(reaching.WROTE, answering=answering)
            deed.tell("person_reply", text=text, question=question.text if question else "")
            if question is not None:
                deed.log(reaching.ANSWERED, question=question.id)
                if keep_as_fact:
                    _keep_fact(deed, question.text, text)
        where = where_words(address_of(deed.uow, deed.interview))
    return f"Your message goes to {deed.name} {where}{_when(goes_out)}."


def _question(deed: _Deed, id: str) -> OpenQuestion:
    waiting = reaching.open_questions(deed.uow, deed.member.workspace_id, deed.interview.id)
    found = next((question for question in waiting if question.id == id), None)
    if found is None:
        raise BadPayload("That question is answered already, or is not theirs. Nothing was sent.")
    return found


def _keep_fact(deed: _Deed, question: str, answer: str) -> None:
    """The next candidate who asks gets it: a fact of the interviewer, in force at once and in its history."""
    uow, now = deed.uow, deed.services.now()
    interviewers.lock(uow, deed.interview.interviewer_id)
    stored = interviewers.get(uow, deed.interview.interviewer_id)
    draft = draft_of(stored) if stored else None
    if stored is None or draft is None:
        return
    asked = " ".join(question.split()).strip(" ?!.")
    topic = next(iter(topics_asked(question)), asked[:_TOPIC_MAX].lower() or "other")
    fact = Fact(topic=topic, answer=answer[:2000])
    if fact in draft.facts:
        return
    after = draft.model_copy(update={"facts": (*draft.facts, fact)})
    edit = {"op": "add_fact", "target": topic, "value": {"topic": topic, "answer": fact.answer}}
    interviewers.save_draft(
        uow,
        stored,
        draft=after.model_dump(mode="json"),
        summary=f"Fact from a candidate's question: {topic}",
        edits=[edit],
        by=deed.member.id,
        now=now,
    )
    conversations.changed_beside(uow, stored.conversation_id)
    events.record(
        uow,
        workspace_id=stored.workspace_id,
        subject_id=stored.id,
        name="fact_added",
        at=now,
        data={"topic": topic, "interview_id": deed.interview.id},
        by_member=deed.member.id,
        conversation_id=stored.conversation_id,
    )


# ---- the decision ------------------------------------------------------------------------------------------


def tell_decision(
    services: Services,
    member: MemberRow,
    interview_id: str,
    kind: str,
    *,
    reason: str = "",
    text: str = "",
    client_id: str = "",
) -> str:
    """Shortlist or dismiss, and, with `text`, tell the candidate in their own thread. `reason` is never sent.

    Returns the sentence for the member.

    Raises:
        BadPayload: with the sentence to show; then nothing was decided either. NotAllowed, NotFound.
    """
    reason, text = reason.strip(), _checked(text) if text.strip() else ""
    if kind not in _DECISIONS:
        raise BadPayload("That is not a decision we know. Please reload the page and try again.")
    if kind == "dismiss" and not reason:
        raise BadPayload("Please give a reason. It is kept with the decision, and never sent.")
    if len(reason) > 2000:
        raise BadPayload("Please keep the reason under 2,000 characters.")
    with _deed(services, member, interview_id, client_id) as deed:
        goes_out = deed.goes_out() if text else ""
        if not deed.was_done("decided"):
            _decide(deed, kind, reason, told=bool(text))
            deed.tell("decided", decision=kind, text=text)
        where = where_words(address_of(deed.uow, deed.interview))
    done = "On the shortlist." if kind == "shortlist" else "Dismissed."
    if not text:
        return f"{done} {_capital(deed.name)} was not told."
    return f"{done} Your message goes to {deed.name} {where}{_when(goes_out)}."


def _decide(deed: _Deed, kind: str, reason: str, told: bool) -> None:
    word = {"shortlist": "shortlisted", "dismiss": "dismissed"}[kind]
    last = next(iter(reversed(interviews.decisions_of(deed.uow, deed.interview.id))), None)
    same = last is not None and (last["kind"], last["reason"]) == (kind, reason)
    if not (deed.interview.decision == word and same):
        interviews.decide(
            deed.uow,
            id=fresh_id(),
            workspace_id=deed.member.workspace_id,
            interview_id=deed.interview.id,
            kind=kind,
            subject="",
            reason=reason,
            data={"told": told},
            by=deed.member.id,
            now=deed.services.now(),
        )
        redraw_decided(deed.services, deed.uow, deed.interview, deed.member.name)
    if told:
        deed.log(reaching.TOLD, decision=kind)


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise BadPayload("There is nothing to send yet. Please write your message first.")
    if len(text) > LONGEST:
        raise BadPayload(f"Please keep the message under {LONGEST:,} characters.")
    return text


def _when(goes_out: str) -> str:
    """Held until morning: when that is."""
    return "" if goes_out == "now" else f". It is their night: it goes out {goes_out}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
