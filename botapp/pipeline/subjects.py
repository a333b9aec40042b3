"""What a turn is about, loaded for its graph: the interview with its pinned version, the draft, the front desk's list.

Reads only. Frozen things (a version's stages, a revision's draft) are parsed once per process.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from botapp.errors import Permanent
from botapp.graphs.context import (
    READ,
    CandidateView,
    CodeTarget,
    ComposeContext,
    FrontdeskContext,
    InterviewContext,
    MemberView,
    OpenThread,
    Rehearsed,
    Revision,
)
from botapp.llm import Language
from botapp.messages import channel_of
from botapp.pipeline.running import draft_of, running_interviewer, spent_now
from botapp.pipeline.services import Services, fresh_id
from botapp.pipeline.stage_links import stage_links
from botapp.pipeline.starting import is_under_way, refusal_to_candidates, refusal_to_repeat
from botapp.policy.zones import zones_of
from botapp.screening.interview import InterviewStatus
from botapp.screening.interviewer import Interviewer
from botapp.state import candidates, inbox, interviewers, interviews, join_codes, people, rehearsals, senders, views
from botapp.state.conversations import Conversation
from botapp.state.inbox import InboxEntry
from botapp.state.interviewers import StoredInterviewer
from botapp.state.interviews import StoredInterview
from botapp.state.unit_of_work import UnitOfWork

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

    @property
    def names(self) -> tuple[str, ...]:
        """Names in this thread, spelled as their owners do."""
        match self.context:
            case InterviewContext(interviewer=interviewer, candidate=candidate):
                return tuple(filter(None, (candidate.name, interviewer.company, interviewer.settings.agent_name)))
            case FrontdeskContext(employer=employer):
                return (employer,) if employer else ()
            case _:
                return ()

    @property
    def language(self) -> str:
        """What is spoken in this thread."""
        return self.context.spoken if isinstance(self.context, InterviewContext) else "en"


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
            return _interview_subject(services, uow, conversation, entries, language())
        case "compose":
            return _compose_subject(services, uow, conversation, entries, language())
        case _:
            return _frontdesk_subject(services, uow, conversation, entries)


def _interview_subject(
    services: Services,
    uow: UnitOfWork,
    conversation: Conversation,
    entries: Sequence[InboxEntry],
    language: Language,
) -> Subject:
    interview = interviews.get(uow, conversation.subject_id)
    if interview is None:
        raise Permanent("This interview is gone.")
    stored = interviewers.get(uow, interview.interviewer_id)
    assert stored is not None
    interviewer = running_interviewer(uow, stored, interview.version)
    employer = interviewer.company or people.workspace_name(uow, conversation.workspace_id)
    address = _address(uow, conversation, entries)
    context = InterviewContext(
        language=language,
        now=services.now(),
        interviewer=interviewer,
        candidate=CandidateView(interview.candidate_id, interview.candidate_name, interview.candidate_contact),
        interview_id=interview.id,
        employer=employer,
        scorecard_ready=interview.scorecard,
        decision=interview.decision,
        console_url=f"{services.base_url}/console/interviews/{interview.id}",
        channel=channel_of(address),
        zone=_zone(uow, interview, address),
        stage_links=stage_links(services, interview.id, interviewer),
        switched_to=str(conversation.state.get("language", "")),
        refusal=_refusal(services, uow, stored, interview),
    )
    return Subject(context, interview=interview, interviewer=stored)


def _refusal(services: Services, uow: UnitOfWork, stored: StoredInterviewer, interview: StoredInterview) -> str:
    """Why an invited person can't begin now; nothing keeps those who have begun."""
    invited = interview.status == InterviewStatus.INVITED
    return refusal_to_candidates(services, uow, stored, has_place=True) if invited else ""


def _address(uow: UnitOfWork, conversation: Conversation, entries: Sequence[InboxEntry]) -> str:
    """The address that will be answered: where they last spoke from."""
    spoken = next((e.address for e in reversed(entries) if e.kind != "event"), None)
    return spoken or inbox.last_address(uow, conversation.id) or "webchat:"


def _zone(uow: UnitOfWork, interview: StoredInterview, address: str) -> str:
    """Where the candidate is: by their own words, else by their number."""
    own = candidates.get(uow, interview.candidate_id).zone
    scheme, _, number = address.partition(":")
    return zones_of(own=own, number=number if scheme == "tel" else "")[0]


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
    speaker = speaker or next((str(e.payload.get("by", "")) for e in entries if is_read(e)), "")
    member = people.member(uow, speaker) if speaker else None
    spoke = {e.sender_id for e in entries if e.sender_kind == "member"}
    roles = {m.id: m.role for m in (people.member(uow, id) for id in sorted(spoke)) if m is not None}
    revisions = interviewers.revision_list(uow, stored.id)
    by_number = {r.number: r for r in revisions}
    author = by_number[stored.revision].by_member if stored.revision in by_number else ""
    reviser = people.member(uow, author) if author else None
    now = services.now()
    codes = join_codes.codes_of(uow, conversation.workspace_id)
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
        published_revision=stored.published_revision,
        base_url=services.base_url,
        before=before,
        after=after,
        taken_slugs=interviewers.taken_slugs(uow, stored.id),
        secrets=tuple(secrets.token_urlsafe(24) for _ in range(10)),
        new_ids=tuple(fresh_id() for _ in range(3)),
        spent=spent_now(uow, stored.id, draft, now),
        speakers=roles,
        sms_sender=next(iter(senders.senders_of(uow, conversation.workspace_id, "tel")), ""),
        region=people.region_of(uow, conversation.workspace_id),
        segment_price=services.terms.segment_price,
        join_code=codes_here[-1] if (codes_here := [c for c, i in codes.items() if i == stored.id]) else "",
        taken_codes=frozenset(code for code, owner in codes.items() if owner != stored.id),
        rehearsed=_rehearsed(uow, stored),
    )
    return Subject(context, interviewer=stored, member_id=member.id if member else "")


def is_read(entry: InboxEntry) -> bool:
    """Whether it is what stands on a page or in a file that a member gave us; `by` says who."""
    return entry.sender_kind == "system" and entry.payload.get("event") in READ


def _rehearsed(uow: UnitOfWork, stored: StoredInterviewer) -> Rehearsed | None:
    latest = rehearsals.outline_of(uow, stored.workspace_id, stored.id)
    return Rehearsed(*latest) if latest else None


def _deadline(draft: Interviewer | None) -> str | None:
    return draft.settings.deadline.isoformat() if draft and draft.settings.deadline else None


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
        threads = (*_their_own(uow, workspace_id, entries[-1]), *threads)
    elif entries:
        found = views.open_interviews_of(uow, workspace_id, entries[-1].address)
        threads = tuple(OpenThread(id, title, "interview") for id, title in found)
    context = FrontdeskContext(
        now=services.now(),
        sender_kind="member" if is_member else "candidate",
        threads=threads,
        employer=people.workspace_name(uow, workspace_id),
        codes={} if is_member else _codes(services, uow, workspace_id, entries[-1].address if entries else ""),
        channel=channel_of(entries[-1].address) if entries else "webchat",
    )
    speaker = next((e.sender_id for e in reversed(entries) if e.sender_kind == "member"), "")
    return Subject(context, member_id=speaker)


def _their_own(uow: UnitOfWork, workspace_id: str, entry: InboxEntry) -> tuple[OpenThread, ...]:
    """Interviews that a member takes themselves, in Slack: what they say there may be an answer."""
    account = f"{entry.payload.get('team', '')}/{entry.payload.get('user', '')}"
    person = candidates.at_address(uow, workspace_id, f"slack:{account}") if len(account) > 1 else None
    found = views.threads_of_candidate(uow, workspace_id, person.id, "slack") if person else []
    return tuple(OpenThread(id, f"My interview: {title}", "interview") for id, _, title in found)


def _codes(services: Services, uow: UnitOfWork, workspace_id: str, address: str) -> dict[str, CodeTarget]:
    """What each code of the workspace starts, and whether it does now for whoever has this address."""
    person = candidates.at_address(uow, workspace_id, address) if address else None
    found = {}
    for code, interviewer_id in join_codes.codes_of(uow, workspace_id).items():
        stored = interviewers.get(uow, interviewer_id)
        assert stored is not None
        refused = refusal_to_candidates(services, uow, stored) or _taken(services, uow, stored, person)
        found[code] = CodeTarget(stored.id, stored.title, refused)
    return found


def _taken(
    services: Services, uow: UnitOfWork, stored: StoredInterviewer, person: candidates.StoredCandidate | None
) -> str:
    """Why somebody who took this interview can't take it again; who is in the middle of it, or invited, goes on."""
    last = next(reversed(interviews.attempts_of(uow, stored.id, person.id)), None) if person else None
    if person is None or last is None or is_under_way(last) or last.status == InterviewStatus.INVITED:
        return ""
    interviewer = running_interviewer(uow, stored, stored.version)
    return refusal_to_repeat(uow, stored, person.id, interviewer, services.now())
