"""What a turn is about, loaded for its graph: the interview with its pinned version, the draft, the front desk's list.

Reads only. Frozen things (a version's stages, a revision's draft) are parsed once per process.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pydantic import TypeAdapter

from botapp.errors import Permanent
from botapp.graphs.context import (
    CandidateView,
    ComposeContext,
    FrontdeskContext,
    InterviewContext,
    MemberView,
    OpenThread,
    Revision,
)
from botapp.llm import Language
from botapp.pipeline.services import Services, fresh_id
from botapp.screening.interviewer import BudgetKind, Interviewer, Stage
from botapp.state import interviewers, interviews, people, views
from botapp.state.conversations import Conversation
from botapp.state.inbox import InboxEntry
from botapp.state.interviewers import StoredInterviewer
from botapp.state.interviews import StoredInterview
from botapp.state.unit_of_work import UnitOfWork

Parsed = TypeVar("Parsed")
_STAGES: TypeAdapter[tuple[Stage, ...]] = TypeAdapter(tuple[Stage, ...])
UNDO_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Subject:
    """The rows a turn's effects apply to, and the context its graph reads."""

    context: InterviewContext | ComposeContext | FrontdeskContext
    interview: StoredInterview | None = None
    interviewer: StoredInterviewer | None = None
    member_id: str = ""

    @property
    def agent(self) -> str:
        """The name botapp goes by in this thread."""
        match self.context:
            case InterviewContext(interviewer=interviewer):
                return interviewer.settings.agent_name
            case _:
                return "botapp"


# Versions and revisions never change once written, so each is parsed once per process.
_stages: OrderedDict[tuple[str, int], tuple[Stage, ...]] = OrderedDict()
_drafts: OrderedDict[tuple[str, int], Interviewer] = OrderedDict()
_KEPT = 256


def _once(kept: OrderedDict[tuple[str, int], Parsed], key: tuple[str, int], parse: Callable[[], Parsed]) -> Parsed:
    if key not in kept:
        kept[key] = parse()
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    return kept[key]


def stages_of(uow: UnitOfWork, interviewer_id: str, version: int) -> tuple[Stage, ...]:
    """The stages frozen in a version."""
    return _once(
        _stages,
        (interviewer_id, version),
        lambda: _STAGES.validate_python(interviewers.definition(uow, interviewer_id, version)["stages"]),
    )


def draft_of(stored: StoredInterviewer) -> Interviewer | None:
    """The current draft, with the live settings and facts."""
    if stored.draft is None:
        return None
    return _once(_drafts, (stored.id, stored.revision), lambda: Interviewer.model_validate(stored.draft))


def running_interviewer(uow: UnitOfWork, stored: StoredInterviewer, version: int) -> Interviewer:
    """What a candidate meets: the version's stages with today's title, facts and settings."""
    live = draft_of(stored)
    if live is None:
        raise Permanent("This interviewer has no draft any more.")
    return live.model_copy(update={"stages": stages_of(uow, stored.id, version)})


def load_subject(
    services: Services,
    uow: UnitOfWork,
    conversation: Conversation,
    entries: Sequence[InboxEntry],
    language: Callable[[], Language],
) -> Subject:
    """Everything the graph of this conversation may look at."""
    match conversation.kind:
        case "interview":
            return _interview_subject(services, uow, conversation, language())
        case "compose":
            return _compose_subject(services, uow, conversation, entries, language())
        case _:
            return _frontdesk_subject(services, uow, conversation, entries)


def _interview_subject(services: Services, uow: UnitOfWork, conversation: Conversation, language: Language) -> Subject:
    interview = interviews.get(uow, conversation.subject_id)
    if interview is None:
        raise Permanent("This interview is gone.")
    stored = interviewers.get(uow, interview.interviewer_id)
    assert stored is not None
    interviewer = running_interviewer(uow, stored, interview.version)
    employer = interviewer.company or people.workspace_name(uow, conversation.workspace_id)
    context = InterviewContext(
        language=language,
        now=services.now(),
        interviewer=interviewer,
        candidate=CandidateView(interview.candidate_id, interview.candidate_name, interview.candidate_contact),
        interview_id=interview.id,
        people=f"the hiring team at {employer}",
        scorecard_ready=interview.scorecard,
        console_url=f"{services.base_url}/console/interviews/{interview.id}",
    )
    return Subject(context, interview=interview, interviewer=stored)


def _compose_subject(
    services: Services,
    uow: UnitOfWork,
    conversation: Conversation,
    entries: Sequence[InboxEntry],
    language: Language,
) -> Subject:
    stored = interviewers.get(uow, conversation.subject_id)
    if stored is None:
        raise Permanent("This interviewer is gone.")
    speaker = next((e.sender_id for e in reversed(entries) if e.sender_kind == "member"), "")
    member = people.member(uow, speaker) if speaker else None
    spoke = {e.sender_id for e in entries if e.sender_kind == "member"}
    roles = {m.id: m.role for m in (people.member(uow, id) for id in sorted(spoke)) if m is not None}
    revisions = interviewers.revision_list(uow, stored.id)
    by_number = {r.number: r for r in revisions}
    author = by_number[stored.revision].by_member if stored.revision in by_number else ""
    reviser = people.member(uow, author) if author else None
    now = services.now()
    draft = draft_of(stored)
    before, after = _history(revisions, stored.revision, may_empty=stored.version == 0)
    context = ComposeContext(
        language=language,
        now=now,
        interviewer_id=stored.id,
        member=MemberView(member.id, member.name, member.role) if member else None,
        draft=draft,
        revision=stored.revision,
        revised_by=reviser.name if reviser else "",
        status=views.status_today(stored.status, _deadline(draft), now.date()),
        version=stored.version,
        base_url=services.base_url,
        before=before,
        after=after,
        taken_slugs=interviewers.taken_slugs(uow, stored.id),
        secrets=tuple(secrets.token_urlsafe(24) for _ in range(3)),
        new_ids=tuple(fresh_id() for _ in range(3)),
        spent=spent_now(uow, stored.id, draft, now),
        speakers=roles,
    )
    return Subject(context, interviewer=stored, member_id=member.id if member else "")


def _deadline(draft: Interviewer | None) -> str | None:
    return draft.settings.deadline.isoformat() if draft and draft.settings.deadline else None


def spent_now(uow: UnitOfWork, interviewer_id: str, draft: Interviewer | None, now: datetime) -> int:
    """Interviews that count against the budget: today's for a daily one, else all."""
    daily = draft is not None and draft.settings.budget.kind is BudgetKind.DAILY
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return interviewers.spent(uow, interviewer_id, midnight if daily else None)


def _history(
    revisions: Sequence[interviewers.StoredRevision], current: int, *, may_empty: bool
) -> tuple[tuple[Revision, ...], tuple[Revision, ...]]:
    """(before, after), nearest first. Undoing the first draft leads to no draft (number 0), never once published."""
    older = [Revision(r.number, r.summary, r.draft) for r in revisions if r.number < current]
    newer = [Revision(r.number, r.summary, r.draft) for r in reversed(revisions) if r.number > current]
    if current and may_empty:
        older.append(Revision(0, "no draft", None))
    return tuple(older[:UNDO_DEPTH]), tuple(newer[:UNDO_DEPTH])


def _frontdesk_subject(
    services: Services, uow: UnitOfWork, conversation: Conversation, entries: Sequence[InboxEntry]
) -> Subject:
    workspace_id = conversation.workspace_id
    is_member = any(e.sender_kind == "member" for e in entries)
    threads: tuple[OpenThread, ...] = ()
    if is_member:
        rows = views.interviewer_list(uow, workspace_id, archived=False, search="", today=services.now().date())
        stored = [interviewers.get(uow, row.id, workspace_id) for row in rows[:9]]
        threads = tuple(OpenThread(s.conversation_id, s.title or "Untitled draft", "compose") for s in stored if s)
    elif entries:
        found = views.open_interviews_of(uow, workspace_id, entries[-1].address)
        threads = tuple(OpenThread(id, title, "interview") for id, title in found)
    context = FrontdeskContext(
        now=services.now(),
        sender_kind="member" if is_member else "candidate",
        threads=threads,
        employer=people.workspace_name(uow, workspace_id),
    )
    speaker = next((e.sender_id for e in reversed(entries) if e.sender_kind == "member"), "")
    return Subject(context, member_id=speaker)
