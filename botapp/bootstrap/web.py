"""What pages are given. No graph and no engine is imported."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botapp.bootstrap.shared import readiness, services, slack_connector, slack_manifest
from botapp.channels.base import Channel, WebhookRequest
from botapp.clock import Clock
from botapp.config import Settings
from botapp.errors import NotFound
from botapp.pipeline import (
    briefs,
    candidates,
    inviting,
    members,
    posters,
    reaching,
    receive,
    rehearsals,
    rescoring,
    resume,
    slack,
    slack_preview,
    spool,
    stages,
)
from botapp.policy.access import Action
from botapp.scoring.forms import Form, Problem, UploadedFile
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
    RehearsalPage,
    ShownMessage,
    SlackStanding,
    StageVisit,
    Texting,
)
from botapp.state.resumes import StoredResume
from botapp.state.wakeups import LivePushes, Pushes

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class WebSettings:
    """The part of the settings that pages read."""

    base_url: str
    secret_key: str
    secure_cookies: bool
    max_streams: int
    phone_network: str = ""  # where it listens, on this machine and in development only
    in_development: bool = False  # nobody but this machine can reach us


class WebServices:
    """Everything pages ask for: each method is one verb of the pipeline."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = WebSettings(
            base_url=settings.base_url,
            secret_key=settings.signing_key(),
            secure_cookies=settings.secure_cookies,
            max_streams=min(settings.max_streams, settings.web_threads - 20),
            phone_network=settings.phone_network,
            in_development=settings.in_development,
        )
        self.services = services(settings, clock)
        self._settings = settings
        self._data_dir = settings.data_dir
        self._pushes = LivePushes(settings.redis)

    def now(self) -> datetime:
        return self.services.now()

    # candidates

    def public_interviewer(self, slug: str) -> PublicInterviewer | None:
        return candidates.public_interviewer(self.services, slug)

    def invitation(self, token: str) -> tuple[PublicInterviewer, str, str] | None:
        return candidates.invitation(self.services, token)

    def start_interview(
        self,
        *,
        slug: str | None = None,
        invite_token: str | None = None,
        name: str = "",
        contact: str = "",
        ticket: str = "",
    ) -> str:
        return candidates.start_interview(
            self.services, slug=slug, invite_token=invite_token, name=name, contact=contact, ticket=ticket
        )

    def thread(self, token: str) -> CandidateThread | None:
        return candidates.thread(self.services, token)

    def say_as_candidate(
        self, token: str, client_id: str, text: str, button: dict[str, str] | None = None
    ) -> tuple[int, str]:
        return candidates.say_as_candidate(self.services, token, client_id, text, button)

    def stage_visit(self, token: str) -> StageVisit:
        return stages.visit(self.services, token)

    def submit_form(self, token: str, form: Form) -> Mapping[str, Problem]:
        return stages.submit_form(self.services, token, form)

    def resume_of(self, visit: StageVisit) -> StoredResume | None:
        return resume.resume_of(self.services, visit)

    def send_resume(self, token: str, file: UploadedFile) -> str:
        return resume.send_resume(self.services, token, file)

    # members

    def peek_sign_in(self, token: str) -> bool:
        return members.peek_sign_in(self.services, token)

    def redeem_sign_in(self, token: str) -> MemberRow | None:
        return members.redeem_sign_in(self.services, token)

    def member(self, member_id: str) -> MemberRow | None:
        return members.find_member(self.services, member_id)

    def interviewers(self, member: MemberRow, archived: bool, search: str) -> list[InterviewerRow]:
        return members.list_interviewers(self.services, member, archived, search)

    def create_interviewer(self, member: MemberRow) -> str:
        return members.create_interviewer(self.services, member)

    def interviewer_page(self, member: MemberRow, interviewer_id: str) -> InterviewerPage:
        return members.interviewer_page(self.services, member, interviewer_id)

    def say_as_member(
        self,
        member: MemberRow,
        interviewer_id: str,
        client_id: str,
        text: str,
        button: dict[str, str] | None = None,
    ) -> tuple[int, str]:
        return members.say_as_member(self.services, member, interviewer_id, client_id, text, button)

    def send_file(
        self, member: MemberRow, interviewer_id: str, client_id: str, file: UploadedFile, beside: str
    ) -> tuple[int, str]:
        return briefs.send_file(self.services, member, interviewer_id, client_id, file, beside)

    def rehearsal(self, member: MemberRow, interviewer_id: str) -> RehearsalPage:
        return rehearsals.rehearsal_page(self.services, member, interviewer_id)

    def candidates(self, member: MemberRow, interviewer_id: str) -> list[CandidateRow]:
        return members.list_candidates(self.services, member, interviewer_id)

    def interview_page(self, member: MemberRow, interview_id: str) -> InterviewPage:
        return members.interview_page(self.services, member, interview_id)

    def candidate_file(self, member: MemberRow, file_id: str) -> Attachment:
        return members.candidate_file(self.services, member, file_id)

    def decide(
        self,
        member: MemberRow,
        interview_id: str,
        kind: str,
        subject: str,
        reason: str,
        data: Mapping[str, Any],
    ) -> None:
        members.decide(self.services, member, interview_id, kind, subject, reason, data)

    def ask_for_rescore(self, member: MemberRow, interview_id: str, version: int) -> None:
        rescoring.ask_for_rescore(self.services, member, interview_id, version)

    def scored_again(self, member: MemberRow, interviewer_id: str) -> list[CandidateRow]:
        return rescoring.scored_again(self.services, member, interviewer_id)

    def take_over(self, member: MemberRow, interview_id: str, client_id: str) -> str:
        return reaching.take_over(self.services, member, interview_id, client_id=client_id)

    def hand_back(self, member: MemberRow, interview_id: str, client_id: str) -> str:
        return reaching.hand_back(self.services, member, interview_id, client_id=client_id)

    def write_as_person(
        self, member: MemberRow, interview_id: str, text: str, *, answering: str, keep_as_fact: bool, client_id: str
    ) -> str:
        return reaching.reply_as_person(
            self.services, member, interview_id, text, answering, keep_as_fact=keep_as_fact, client_id=client_id
        )

    def tell_decision(
        self, member: MemberRow, interview_id: str, kind: str, *, reason: str, text: str, client_id: str
    ) -> str:
        return reaching.tell_decision(
            self.services, member, interview_id, kind, reason=reason, text=text, client_id=client_id
        )

    def feed(self, member: MemberRow) -> list[FeedRow]:
        return members.feed(self.services, member)

    def members(self, member: MemberRow) -> list[MemberRow]:
        return members.list_members(self.services, member)

    def invite_member(self, member: MemberRow, name: str, email: str, role: str) -> str:
        return members.invite_member(self.services, member, name, email, role)

    def remove_member(self, member: MemberRow, member_id: str) -> None:
        members.remove_member(self.services, member, member_id)

    # texting

    def texting(self, member: MemberRow) -> Texting:
        return members.texting(self.services, member)

    def set_region(self, member: MemberRow, region: str) -> None:
        members.set_region(self.services, member, region)

    def resume_sender(self, member: MemberRow, lane: str) -> None:
        members.resume_sender(self.services, member, lane)

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
    ) -> InviteReport:
        return inviting.invite_one(
            self.services,
            member,
            interviewer_id,
            name=name,
            phone=phone,
            email=email,
            how=how,
            channel="console",
            evidence=evidence,
            batch=batch,
        )

    def invite_list(
        self,
        member: MemberRow,
        interviewer_id: str,
        content: bytes,
        *,
        file: str,
        evidence: Mapping[str, Any],
        batch: str,
    ) -> InviteReport:
        return inviting.invite_list(
            self.services, member, interviewer_id, content, file=file, evidence=evidence, batch=batch
        )

    # providers

    def receive_webhook(self, scheme: str, request: WebhookRequest) -> None:
        """A provider's call, proven and kept.

        Raises:
            NotFound: that channel is not set up here, or it is for nobody here. BadPayload. Retryable.
        """
        receive.receive_webhook(self.services, self._channel(scheme), request)

    def receive_slack(self, request: WebhookRequest) -> Mapping[str, Any] | None:
        return slack.receive_slack(self.services, request)

    def slack_install_url(self, member: MemberRow) -> str:
        return slack_connector(self._settings, self.services).start(member)

    def slack_installed(self, code: str, state: str) -> str:
        return slack_connector(self._settings, self.services).finish(code, state)

    def slack_standing(self, member: MemberRow) -> SlackStanding:
        return slack_connector(self._settings, self.services).standing(member)

    def slack_manifest(self, member: MemberRow) -> Mapping[str, Any]:
        """What makes the Slack app, for an owner.

        Raises:
            NotAllowed.
        """
        members.require(member, Action.MANAGE_MEMBERS)
        return slack_manifest(self._settings)

    def slack_previews(self, member: MemberRow) -> list[slack_preview.Preview]:
        return slack_preview.previews(self.services, member)

    def spool_webhook(self, scheme: str, request: WebhookRequest) -> None:
        """The same, proven and kept on disk alone."""
        channel = self._channel(scheme)
        channel.verify(request, self.services.secrets.get(scheme, {}))
        spool.put(self._data_dir, scheme, request, self.services.now())

    def _channel(self, scheme: str) -> Channel:
        channel = self.services.channels.get(scheme)
        if channel is None:
            raise NotFound("That channel is not set up here.")
        return channel

    # both

    def join_codes(self) -> dict[str, str]:
        """Code to the title of the job it starts: for the phone in development."""
        return posters.codes_in_force(self.services)

    def typing_ended(self, conversation_id: str) -> None:
        receive.typing_ended(self.services, conversation_id)

    def messages(self, workspace_id: str, conversation_id: str, after: int) -> list[ShownMessage]:
        return members.messages(self.services, workspace_id, conversation_id, after)

    @contextmanager
    def open_stream(self, conversation_id: str) -> Iterator[Pushes]:
        with self._pushes.subscribed(conversation_id) as mine:
            yield Pushes(mine)

    def ready(self) -> dict[str, str]:
        """Each thing a page needs, "ok" or what is wrong with it."""
        return readiness(self.services)


def web_services(settings: Settings, clock: Clock | None = None) -> WebServices:
    """For the web process: no graph and no engine is imported."""
    return WebServices(settings, clock)
