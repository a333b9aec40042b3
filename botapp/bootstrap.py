"""The only composition root. `web_services` is light; `worker_services` alone imports graphs and engines."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from botapp.channels.base import Channel, WebhookRequest
from botapp.channels.slack import Slack, SlackApi
from botapp.channels.slack.manifest import manifest
from botapp.channels.slack.oauth import App
from botapp.channels.sms import Sms, SmsAccount
from botapp.channels.terminal import Terminal
from botapp.channels.webchat import WebChat
from botapp.clock import Clock, SystemClock
from botapp.config import Settings
from botapp.errors import BotappError, NotFound
from botapp.llm import Language
from botapp.pipeline import (
    candidates,
    inviting,
    members,
    posters,
    reaching,
    receive,
    rescoring,
    resume,
    slack,
    slack_preview,
    spool,
    stages,
)
from botapp.pipeline.model_use import cap_reached
from botapp.pipeline.services import Services, Terms, fresh_id
from botapp.pipeline.slack_install import Connector, Stores
from botapp.pipeline.slack_worker import PROMPTS, status_line
from botapp.policy.access import Action, Role
from botapp.policy.model_budget import Cap
from botapp.scoring.forms import Form, Problem, UploadedFile
from botapp.state import people, senders
from botapp.state.attachments import Attachment
from botapp.state.migrate import at_head
from botapp.state.model_calls import DurableCalls
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
    SlackStanding,
    StageVisit,
    Texting,
)
from botapp.state.resumes import StoredResume
from botapp.state.unit_of_work import Database, UnitOfWork
from botapp.state.wakeups import LivePushes, Pushes, Wakeups
from botapp.turnstile import Turnstile

if TYPE_CHECKING:
    from botapp.pipeline.turn import TurnServices

STATUS_WITHIN = timedelta(seconds=2)
NOBODY_YET = "owner@localhost"  # the address of an owner who has told us none


def channels(
    settings: Settings | None = None, clock: Clock | None = None, database: Database | None = None
) -> Mapping[str, Channel]:
    """Every way to reach people that is set up, by the scheme of its addresses."""
    found: list[Channel] = [WebChat(), Terminal()]
    account = sms_account(settings) if settings else None
    if account is not None:
        found.append(Sms(account, clock))
    if settings and database and settings.uses_slack:
        found.append(_slack(settings, database, clock))
    return {channel.scheme: channel for channel in found}


def sms_account(settings: Settings) -> SmsAccount | None:
    """The provider's account for text messages; None when none is set.

    Raises:
        Permanent: it is set, but can't be used.
    """
    if not settings.twilio_account_sid:
        return None
    tokens = (settings.twilio_auth_token.get_secret_value(), settings.twilio_auth_token_old.get_secret_value())
    return SmsAccount(
        account_sid=settings.twilio_account_sid,
        tokens=tuple(filter(None, tokens)),
        numbers=settings.text_numbers,
        messaging_service=settings.twilio_messaging_service_sid,
        base_url=settings.twilio_base_url,
        public_url=settings.base_url,
        signing_key=settings.signing_key(),
        handles_opt_out=settings.twilio_handles_opt_out,
        segments_per_second=settings.sms_segments_per_second,
        settle=settings.sms_settle,
    )


def _slack(settings: Settings, database: Database, clock: Clock | None) -> Slack:
    stores = _slack_stores(settings, database, clock or SystemClock())
    return Slack(stores.token_of, SlackApi(settings.slack_base_url), settings.base_url, clock)


def _slack_stores(settings: Settings, database: Database, clock: Clock) -> Stores:
    return Stores(database, clock, settings.token_keys.get_secret_value(), settings.signing_key)


def slack_connector(settings: Settings, shared: Services) -> Connector:
    """What connects Slack workspaces."""
    app = App(settings.slack_client_id, settings.slack_client_secret.get_secret_value(), shared.base_url)
    return Connector(shared, app, _slack_stores(settings, shared.database, shared.clock))


def slack_manifest(settings: Settings) -> Mapping[str, Any]:
    """The manifest of our Slack app: with a socket where nothing here has a public address."""
    socket_mode = bool(settings.slack_app_token.get_secret_value()) or not settings.public_url
    return manifest(settings.base_url, socket_mode=socket_mode, prompts=PROMPTS)


def connect_slack(settings: Settings, shared: Services) -> None:
    """The Slack workspace whose token is in the settings belongs to the first workspace of ours."""
    token = settings.slack_bot_token.get_secret_value()
    with shared.database.reading() as uow:
        first = people.first_workspace(uow)
    if token and first and settings.uses_slack:
        slack_connector(settings, shared).connect_own(token, first[0])


def _secrets(settings: Settings, account: SmsAccount | None) -> Mapping[str, Mapping[str, str]]:
    """What webhooks are proven with."""
    own = {"now": settings.slack_signing_secret, "before": settings.slack_signing_secret_old}
    slack = {name: value.get_secret_value() for name, value in own.items() if value.get_secret_value()}
    return {**({"tel": account.secrets} if account else {}), **({"slack": slack} if slack else {})}


def _terms(settings: Settings) -> Terms:
    return Terms(
        help_contact=settings.help_contact,
        segment_price=settings.sms_segment_price,
        texting_from=time.fromisoformat(settings.texting_from),
        texting_until=time.fromisoformat(settings.texting_until),
    )


def services(settings: Settings, clock: Clock | None = None) -> Services:
    """What every process shares. Opens nothing yet."""
    account, database = sms_account(settings), Database(settings.database)
    return Services(
        database=database,
        wakeups=Wakeups(settings.redis),
        channels=channels(settings, clock, database),
        clock=clock or SystemClock(),
        base_url=settings.base_url,
        terms=_terms(settings),
        secrets=_secrets(settings, account),
        signing_key=settings.signing_key,
    )


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


def readiness(shared: Services) -> dict[str, str]:
    """Whether the database answers and is migrated, and whether Redis answers."""
    try:
        database = "ok" if at_head(shared.database) else "needs `botapp db upgrade`"
    except BotappError as error:
        database = str(error)
    redis = "ok" if shared.wakeups.ping() else "does not answer; messages are kept and answered later"
    return {"database": database, "redis": redis}


def web_services(settings: Settings, clock: Clock | None = None) -> WebServices:
    """For the web process: no graph and no engine is imported."""
    return WebServices(settings, clock)


def worker_services(settings: Settings, clock: Clock | None = None) -> "TurnServices":
    """For processes that run turns: graphs compiled, the engine chosen. Importing them costs seconds."""
    os.environ["LANGSMITH_TRACING"] = "false"  # nothing about a conversation leaves this machine unasked
    from botapp.graphs.compose import graph as compose
    from botapp.graphs.frontdesk import graph as frontdesk
    from botapp.graphs.interview import graph as interview
    from botapp.pipeline.turn import LeaseKeeper, TurnServices

    shared, turnstile = services(settings, clock), Turnstile()
    return TurnServices(
        database=shared.database,
        wakeups=shared.wakeups,
        channels=shared.channels,
        clock=shared.clock,
        base_url=shared.base_url,
        terms=shared.terms,
        secrets=shared.secrets,
        signing_key=shared.signing_key,
        graphs={
            "interview": interview.build_interview_graph(),
            "compose": compose.build_compose_graph(),
            "frontdesk": frontdesk.build_frontdesk_graph(),
        },
        status_lines={
            "interview": interview.STATUS_LINES,
            "compose": compose.STATUS_LINES,
            "frontdesk": frontdesk.STATUS_LINES,
        },
        language_for=_language_maker(settings, shared, turnstile),
        shows_progress=bool(settings.llm_model),
        show_status=status_line(shared, SlackApi(settings.slack_base_url, STATUS_WITHIN)),
        leases=LeaseKeeper(shared),
        turnstile=turnstile,
    )


def _language_maker(settings: Settings, shared: Services, turnstile: Turnstile) -> Callable[[str, str], Language]:
    """Who answers language tasks in one conversation: rules, or a model with rules behind it."""
    from botapp.engines.rules import RulesLanguage

    rules = RulesLanguage()
    if not settings.llm_model:
        return lambda _workspace_id, _conversation_id: rules
    return _model_maker(settings, shared, rules, turnstile)


def _model_maker(
    settings: Settings, shared: Services, rules: Language, turnstile: Turnstile
) -> Callable[[str, str], Language]:
    from botapp.engines.fallback import FallbackLanguage
    from botapp.engines.openai import OPENAI_URL, ModelSettings, OpenAILanguage
    from botapp.engines.recorder import CallContext, Prices, Recorder

    model = OpenAILanguage(
        ModelSettings(
            model=settings.llm_model,
            base_url=settings.llm_base_url or OPENAI_URL,
            api_key=settings.llm_api_key.get_secret_value(),
            timeout_s=settings.llm_timeout,
        ),
        turnstile=turnstile,
    )
    model.load()
    prices = Prices(settings.llm_price_in, settings.llm_price_out)

    def language_for(workspace_id: str, conversation_id: str) -> Language:
        store = DurableCalls(shared.database, workspace_id, shared.now())
        recorder = Recorder(model, store, CallContext(conversation_id, prices))

        def cap(interview: bool) -> Cap:
            return cap_reached(shared, settings.model_caps, workspace_id, conversation_id if interview else "")

        return FallbackLanguage(recorder, rules, cap, settings.judge_passes)

    return language_for


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What a fresh installation begins with."""

    workspace_id: str
    owner_id: str


def ensure_workspace(settings: Settings, shared: Services) -> FirstRun:
    """The installation's workspace and its owner; made on the first start, found on every later one."""
    with shared.database.writing() as uow:
        known = people.first_workspace(uow)
        if known is not None:
            _connect_senders(settings, uow, known[0])
            owner = next(m for m in people.members_of(uow, known[0]) if m.role is Role.OWNER)
            _name_owner(settings, uow, owner)
            return FirstRun(known[0], owner.id)
        workspace_id, owner_id = fresh_id(), fresh_id()
        people.create_workspace(
            uow, id=workspace_id, name=settings.workspace_name, now=shared.now(), region=settings.region
        )
        people.add_member(
            uow,
            id=owner_id,
            workspace_id=workspace_id,
            name="Owner",
            email=settings.owner_email.strip() or NOBODY_YET,
            role=Role.OWNER,
            now=shared.now(),
        )
        _connect_senders(settings, uow, workspace_id)
        return FirstRun(workspace_id, owner_id)


def _name_owner(settings: Settings, uow: UnitOfWork, owner: MemberRow) -> None:
    """The first owner gets the address of the settings, once: who changed theirs later keeps it."""
    email = settings.owner_email.strip()
    if email and owner.email == NOBODY_YET and people.member_by_email(uow, owner.workspace_id, email) is None:
        people.set_email(uow, owner.workspace_id, owner.id, email)


def _connect_senders(settings: Settings, uow: UnitOfWork, workspace_id: str) -> None:
    """What texts are sent from and come in to belongs to the workspace, as the settings say."""
    if not settings.twilio_account_sid:
        return  # a command that was started without these settings takes no number away
    ours = [*filter(None, [settings.twilio_messaging_service_sid]), *settings.text_numbers]
    senders.replace(uow, workspace_id, "tel", settings.twilio_account_sid, ours)
