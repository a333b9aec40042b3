"""What a turn hands to a graph besides its state: the port, the moment, and the things the conversation is about.

Everything random or outside is decided by the pipeline before the graph runs (`now`, `secrets`, `taken_slugs`), so
that a graph is a function of its inputs and any turn can be replayed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

from botapp.llm import Language
from botapp.policy.access import Role
from botapp.screening.interviewer import Interviewer

TEXT = "tel"  # the address scheme of text messages
READ = frozenset({"fetch_page_done", "read_given_files_done"})  # events: a page or file that a member gave was read


class Heard(TypedDict):
    """One pending inbound message, oldest first. `payload` as in InboundMessage; `kind`: text, button or event."""

    id: str
    kind: str
    text: str
    sender_kind: str
    sender_id: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CandidateView:
    id: str
    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class InterviewContext:
    """`interviewer` has the pinned version's stages and the live title, facts, overviews and settings."""

    language: Language
    now: datetime
    interviewer: Interviewer
    candidate: CandidateView
    interview_id: str
    zone: str = "UTC"  # IANA name of the candidate's time zone
    channel: str = "webchat"  # scheme of the address we answer on: webchat, tel...
    refusal: str = ""  # why it can't start now (closed, full), as a sentence; "": it can
    people: str = ""  # name of the person who reviews; "": the hiring team of the employer
    employer: str = ""  # who hires, when the role itself names no company
    scorecard_ready: Mapping[str, Any] | None = None  # headline of the finished scorecard, for the alert
    console_url: str = ""  # where a recruiter reads this interview
    stage_links: Mapping[str, str] = field(default_factory=dict)  # where each form and resume stage is done, by its id
    decision: str = ""  # what the team decided: shortlisted, dismissed; "": nothing yet
    switched_to: str = ""  # the language the candidate asked for; "": the interviewer's

    @property
    def spoken(self) -> str:
        """The language (ISO 639-1) this turn is spoken in: the candidate's choice, else the interviewer's."""
        return (self.switched_to or self.interviewer.language or "en")[:2].lower()

    @property
    def by_text(self) -> bool:
        """Whether we answer by text message: short, and opt-outs hold for the whole number."""
        return self.channel == TEXT


@dataclass(frozen=True, slots=True)
class MemberView:
    id: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier or later state of the draft, for undo and redo. `draft` is the stored JSON (None: no draft yet)."""

    number: int
    summary: str
    draft: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The latest rehearsal: the revision it was run on, and its outline (compose/rehearsal_words.py)."""

    revision: int
    outline: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ComposeContext:
    """What composing one interviewer may look at. `before` and `after` are nearest first."""

    language: Language
    now: datetime
    interviewer_id: str
    member: MemberView | None  # who spoke last; None for a system event
    draft: Interviewer | None
    revision: int  # number of the current revision; 0 when there is no draft
    revised_by: str  # name of the member who made it
    status: str  # draft, active, paused, expired, archived
    version: int  # latest published version; 0 = never published
    base_url: str
    before: tuple[Revision, ...] = ()
    after: tuple[Revision, ...] = ()
    taken_slugs: frozenset[str] = frozenset()
    secrets: tuple[str, ...] = ()  # fresh random tokens for links made in this turn
    new_ids: tuple[str, ...] = ()  # fresh ids for things made in this turn
    spent: int = 0  # interviews counted against the budget (all in all, or today)
    speakers: Mapping[str, Role] = field(default_factory=dict)  # everybody who spoke in this turn, when several did
    sms_sender: str = ""  # a number or service of ours that text messages leave from; "": none is connected
    region: str = "US"  # of phone numbers typed without a country
    segment_price: float = 0.0  # what one segment of a text costs; 0: not known
    join_code: str = ""  # the code that starts this interviewer by text, as it is in force now
    published_revision: int = 0  # the revision that the latest version was made from
    taken_codes: frozenset[str] = frozenset()  # codes of the workspace's other interviewers
    rehearsed: Rehearsed | None = None  # the latest rehearsal, of whatever revision

    @property
    def is_rehearsed(self) -> bool:
        """Whether this very draft was rehearsed."""
        return self.rehearsed is not None and self.rehearsed.revision == self.revision

    @property
    def text_price(self) -> float | None:
        """What a segment costs, 0 when not known; None while no text can leave at all."""
        return self.segment_price if self.sms_sender else None

    @property
    def connected(self) -> frozenset[str]:
        """Channels a chat stage may ask for that work now, beside the web."""
        return frozenset({"sms"}) if self.sms_sender else frozenset()


@dataclass(frozen=True, slots=True)
class OpenThread:
    """Something an address could be about: a draft being composed, an interview under way."""

    conversation_id: str
    title: str
    kind: str  # compose or interview


@dataclass(frozen=True, slots=True)
class CodeTarget:
    """What a code on a poster starts. `refusal`: why it takes nobody now, as a sentence; "": it does."""

    interviewer_id: str
    title: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class FrontdeskContext:
    """`codes`: what each code starts, by the code in capitals. Empty where nobody joins by code."""

    now: datetime
    sender_kind: str  # member or candidate
    threads: tuple[OpenThread, ...]
    employer: str = ""
    codes: Mapping[str, CodeTarget] = field(default_factory=dict)
    channel: str = "webchat"  # scheme of the address
