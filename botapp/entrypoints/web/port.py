"""What the pages ask of the rest of botapp. bootstrap's Services keeps this promise; the pages know nothing else.

Refusals come back as errors.NotAllowed, NotFound and BadPayload, each a sentence that a person may read.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from botapp.channels.base import WebhookRequest
from botapp.state.attachments import Attachment
from botapp.state.read_models import (
    CandidateRow,
    CandidateThread,
    FeedRow,
    InterviewerPage,
    InterviewerRow,
    InterviewPage,
    InviteReport,
    MemberRow,
    PublicInterviewer,
    ShownMessage,
    Texting,
)

Button = dict[str, str]
Invitation = tuple[PublicInterviewer, str, str]  # whose link it is: the interviewer, a name, a contact


class WebSettings(Protocol):
    """The part of the settings that the pages read."""

    @property
    def base_url(self) -> str: ...
    @property
    def secret_key(self) -> str: ...
    @property
    def secure_cookies(self) -> bool: ...
    @property
    def max_streams(self) -> int: ...
    @property
    def phone_network(self) -> str: ...


class Stream(Protocol):
    """A subscription to one conversation. `wait` gives the next push, or None when the time is up."""

    def wait(self, seconds: float) -> dict[str, Any] | None: ...


class CandidateSide(Protocol):
    """What a person with a link can do."""

    def public_interviewer(self, slug: str) -> PublicInterviewer | None: ...
    def invitation(self, token: str) -> Invitation | None: ...
    def start_interview(
        self,
        *,
        slug: str | None = None,
        invite_token: str | None = None,
        name: str = "",
        contact: str = "",
        ticket: str = "",
    ) -> str: ...
    def thread(self, token: str) -> CandidateThread | None: ...
    def say_as_candidate(
        self, token: str, client_id: str, text: str, button: Button | None = None
    ) -> tuple[int, str]: ...


class MemberSide(Protocol):
    """What a signed-in member can do. Each call checks the member's role itself."""

    def peek_sign_in(self, token: str) -> bool: ...
    def redeem_sign_in(self, token: str) -> MemberRow | None: ...
    def member(self, member_id: str) -> MemberRow | None: ...
    def interviewers(self, member: MemberRow, archived: bool, search: str) -> list[InterviewerRow]: ...
    def create_interviewer(self, member: MemberRow) -> str: ...
    def interviewer_page(self, member: MemberRow, interviewer_id: str) -> InterviewerPage: ...
    def say_as_member(
        self, member: MemberRow, interviewer_id: str, client_id: str, text: str, button: Button | None = None
    ) -> tuple[int, str]: ...
    def candidates(self, member: MemberRow, interviewer_id: str) -> list[CandidateRow]: ...
    def interview_page(self, member: MemberRow, interview_id: str) -> InterviewPage: ...
    def candidate_file(self, member: MemberRow, file_id: str) -> Attachment: ...
    def decide(
        self, member: MemberRow, interview_id: str, kind: str, subject: str, reason: str, data: Mapping[str, Any]
    ) -> None: ...
    def feed(self, member: MemberRow) -> list[FeedRow]: ...
    def members(self, member: MemberRow) -> list[MemberRow]: ...
    def invite_member(self, member: MemberRow, name: str, email: str, role: str) -> str: ...
    def remove_member(self, member: MemberRow, member_id: str) -> None: ...
    def texting(self, member: MemberRow) -> Texting: ...
    def resume_sender(self, member: MemberRow, lane: str) -> None: ...
    def invite_one(
        self,
        member: MemberRow,
        interviewer_id: str,
        *,
        name: str,
        phone: str,
        email: str,
        how: str,
        evidence: Mapping[str, Any],
        batch: str,
    ) -> InviteReport: ...
    def invite_list(
        self,
        member: MemberRow,
        interviewer_id: str,
        content: bytes,
        *,
        file: str,
        evidence: Mapping[str, Any],
        batch: str,
    ) -> InviteReport: ...


class Services(CandidateSide, MemberSide, Protocol):
    """All of it, and what both sides share."""

    @property
    def settings(self) -> WebSettings: ...
    def now(self) -> datetime: ...
    def receive_webhook(self, scheme: str, request: WebhookRequest) -> None: ...
    def spool_webhook(self, scheme: str, request: WebhookRequest) -> None: ...
    def join_codes(self) -> Mapping[str, str]: ...
    def typing_ended(self, conversation_id: str) -> None: ...
    def messages(self, workspace_id: str, conversation_id: str, after: int) -> list[ShownMessage]: ...
    def open_stream(self, conversation_id: str) -> AbstractContextManager[Stream]: ...
    def ready(self) -> dict[str, str]: ...
