"""What pages and cards read: plain values, shaped for showing. Queries that fill them are in views.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from botapp.compose.rehearsal import Rehearsal
from botapp.policy.access import Role
from botapp.policy.model_budget import ModelUse
from botapp.screening.interviewer import Interviewer, Stage


@dataclass(frozen=True, slots=True)
class MemberRow:
    id: str
    workspace_id: str
    name: str
    email: str
    role: Role
    joined: bool  # has signed in at least once


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """One line of a thread, from the inbox or the outbox, as a page shows it. `message` is an OutboundMessage as JSON

    for ours, {"text": ...} for theirs. `client_id` echoes the page's own id of a message it posted.
    """

    seq: int
    id: str
    ours: bool  # said by botapp
    sender: str  # name to show: the agent's, the candidate's, the member's
    sender_kind: str  # "botapp", "candidate", "member"
    text: str
    message: Mapping[str, Any]
    at: datetime
    client_id: str = ""
    delivery: str = ""  # what became of a message that crosses a network, in words; "" where we are the provider


@dataclass(frozen=True, slots=True)
class InterviewerRow:
    id: str
    title: str
    slug: str
    status: str  # draft, active, paused, expired, archived
    version: int
    stages: tuple[str, ...]
    candidates: int
    completed: int
    spent: int
    budget_kind: str
    budget_cap: int
    deadline: str  # ISO date or ""
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class InterviewerPage:
    """One interviewer for the compose page. `draft` is None until there is one."""

    id: str
    workspace_id: str
    status: str
    version: int
    revision: int
    revised_by: str
    conversation_id: str
    draft: Interviewer | None
    unpublished_changes: bool
    spent: int
    history: tuple["RevisionRow", ...]
    join_code: str = ""  # the word that starts it by text, "" while it has none


@dataclass(frozen=True, slots=True)
class RehearsalPage:
    """The latest rehearsal of an interviewer, if there is one. `changed`: the draft is another one by now."""

    interviewer_id: str
    title: str
    rehearsal: Rehearsal | None = None
    by: str = ""
    at: datetime | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class RevisionRow:
    number: int
    summary: str
    by: str
    at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class CandidateRow:
    interview_id: str
    candidate_id: str
    name: str
    contact: str
    status: str  # InterviewStatus
    outcome: str
    decision: str  # "", "shortlisted", "dismissed"
    version: int
    score: float | None  # 0-100
    answered: int
    counted: int
    gates_failed: tuple[str, ...]
    gates_met: bool  # scored, and every gate was reached and passed
    needs_person: bool
    engines: tuple[str, ...]  # who judged; scores of different engines are never compared
    started_at: datetime | None
    completed_at: datetime | None
    scored_by: int = 0  # the version whose rubrics scored it, when that is not the version that was asked


@dataclass(frozen=True, slots=True)
class RescoreRow:
    """The same answers scored by another version's rubrics. `scorecard` is None while that is still to be done."""

    interview_id: str
    version: int
    scorecard: Mapping[str, Any] | None
    by: str
    asked_at: datetime
    scored_at: datetime | None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    kind: str  # shortlist, dismiss, override_score, override_gate, restore_score, restore_gate...
    subject: str  # question id or gate name for overrides
    reason: str
    by: str
    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One line of a consent record. `where`: console, file, sms...; `proof`: file and line, message, IP address."""

    contact: str
    given: bool
    how: str
    where: str
    proof: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SlackStanding:
    """Where our Slack app is, as an owner sees it."""

    set_up: bool = False  # Slack can call us
    can_connect: bool = False  # a further Slack workspace can be connected by a link
    connected: tuple[str, ...] = ()  # names of the Slack workspaces


@dataclass(frozen=True, slots=True)
class InviteResult:
    """What became of one person of an invitation list. `goes_out`: `now`, `at 9:00 am ET`; "" when refused."""

    line: int
    name: str
    phone: str
    sent: bool
    sentence: str
    goes_out: str


@dataclass(frozen=True, slots=True)
class InviteReport:
    """A whole list: one result for each line, and what the texts take at most."""

    results: tuple[InviteResult, ...]
    segments: int
    cost: float  # 0 when the price is not known

    @property
    def sent(self) -> int:
        return sum(result.sent for result in self.results)

    @property
    def refused(self) -> int:
        return len(self.results) - self.sent


@dataclass(frozen=True, slots=True)
class Texting:
    """How this workspace texts. `number` is one that people can text to; a price of 0 is not known."""

    number: str = ""
    region: str = "US"
    segment_price: float = 0.0
    senders: tuple[str, ...] = ()  # none: nothing is connected
    paused: tuple["PausedSender", ...] = ()


@dataclass(frozen=True, slots=True)
class PausedSender:
    """A sender that stands still because too much of what it sent failed."""

    lane: str
    name: str
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that a candidate sent. `problem`: why it could not be had, "" when it can be opened.

    Of a resume: `unread` names why it could not be read, `flags` what stands in it that no reader sees.
    """

    id: str
    name: str
    content_type: str
    problem: str
    unread: str = ""
    flags: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A candidate's question that waits for a recruiter."""

    id: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether and how a candidate can be written to from their interview, and who has the thread."""

    where: str = ""  # `as a text message`
    blocked: str = ""  # why nothing can be sent, as a sentence; "": it can
    goes_out: str = "now"  # or `at 9:00 am ET`
    taken_by: str = ""  # the member who has the thread; "": the assistant
    mine: bool = False  # that member is who looks
    waits: bool = False  # the interview stands still until a person hands it back
    may_take_over: bool = False
    promised: str = ""  # the ISO date by which they hear from a person; "": nothing is promised or they have
    on_their_way: tuple[str, ...] = ()  # written by people, not in the transcript yet
    language: str = "en"
    shortlist: str = ""  # what could be said with the decision
    dismiss: str = ""


@dataclass(frozen=True, slots=True)
class InterviewPage:
    """One interview for the scorecard page. `scorecard` is a Scorecard as JSON, None while it is not scored."""

    interview_id: str
    workspace_id: str
    interviewer_id: str
    title: str
    candidate: CandidateRow
    scorecard: Mapping[str, Any] | None
    transcript: tuple[ShownMessage, ...]
    decisions: tuple[DecisionRow, ...]
    passed_on: tuple[str, ...]  # the candidate's questions that wait for a recruiter
    consents: tuple[ConsentRow, ...] = ()  # oldest first
    files: tuple[FileRow, ...] = ()  # what came with their messages, oldest first
    invited_by_text: bool = False
    follow_ups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # asked, by question id
    rescored: tuple[RescoreRow, ...] = ()  # by other versions, oldest version first
    versions: int = 0  # how many the interviewer has
    questions: tuple[OpenQuestion, ...] = ()  # `passed_on` with their ids
    reach: Reach = Reach()
    model_use: ModelUse = field(default_factory=ModelUse)  # of the language model, scoring included


@dataclass(frozen=True, slots=True)
class FeedRow:
    id: str
    about: str
    message: Mapping[str, Any]  # OutboundMessage as JSON
    interview_id: str
    interviewer_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PublicInterviewer:
    """What a candidate link leads to. `closed` is "" when it takes candidates, else expired, paused, archived, full."""

    interviewer_id: str
    workspace_id: str
    employer: str
    draft: Interviewer
    closed: str
    moved_to: str  # the current slug when an old one was followed, else ""
    minutes: int
    questions: int


@dataclass(frozen=True, slots=True)
class CandidateThread:
    """What a private link leads to."""

    interview_id: str
    conversation_id: str
    workspace_id: str
    address: str
    candidate_id: str
    candidate_name: str
    employer: str
    interviewer: Interviewer
    status: str  # InterviewStatus
    done: int  # questions answered
    total: int
    redirect_url: str
    resume_token: str = ""  # of the page that takes the resume they are asked for now; "": none is wanted


@dataclass(frozen=True, slots=True)
class StageVisit:
    """What a link to a stage leads to. `phase`: open, done (we have it), closed (the interview is over) or expired.

    `answers`: what is known of its questions already, as stored; `files`: what was sent on its page, by question id.
    """

    interview_id: str
    conversation_id: str
    workspace_id: str
    candidate_id: str
    employer: str
    interviewer: Interviewer
    stage: Stage
    phase: Literal["open", "done", "closed", "expired"]
    language: str
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
