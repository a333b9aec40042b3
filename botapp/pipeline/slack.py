"""Receive, for Slack: proven, read, routed and kept in one transaction; then Slack is answered.

Guarantees: nothing slow happens here. The answer to a call is what Slack wants at once: nothing, errors beside the
fields of a form, a note only the asker sees, a view that a press opens. Everything else leaves by the outbox.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from botapp.channels.base import WebhookRequest
from botapp.channels.slack import Slack
from botapp.channels.slack.actions import Action
from botapp.channels.slack.inbound import read
from botapp.channels.slack.payloads import read_payload
from botapp.errors import NotFound
from botapp.log import get_logger
from botapp.messages import Card, CardKind, InboundKind, InboundMessage, Sender, SenderKind
from botapp.pipeline import slack_actions as actions
from botapp.pipeline.asking import answer_in_words, is_asking
from botapp.pipeline.controls import controls_of
from botapp.pipeline.receive import Placing, front_desk, receive_message
from botapp.pipeline.running import draft_of
from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.slack_applying import applies, apply, heard_in_interview
from botapp.pipeline.slack_commands import answered, command_in, only_for_them, words_for
from botapp.pipeline.slack_decisions import FORMS, decide_in_slack, is_decision, submit_in_slack, tell_them
from botapp.pipeline.slack_home import home_in_slack, is_home
from botapp.pipeline.slack_lists import invite_when_pressed
from botapp.pipeline.slack_nudge import ask_whom, nudge, wants_to_nudge
from botapp.pipeline.slack_people import SCHEME, has_files, read_later, tell
from botapp.pipeline.slack_routing import in_its_thread, is_ours, place
from botapp.pipeline.slack_takeover import mirror_of, talk_to, wants_to_talk, write_in_thread
from botapp.policy.access import Action as May
from botapp.policy.access import may, refusal
from botapp.state import conversations, events, interviewers, member_accounts, tasks
from botapp.state import slack as installed
from botapp.state.inbox import Kept
from botapp.state.read_models import MemberRow
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.wakeups import DELIVERIES

Answer = Mapping[str, Any] | None
NOT_CONNECTED = "This Slack workspace is not connected to botapp. An owner can connect it from the console."
WHO_ARE_YOU = "One moment: I'm finding out who you are. Please try again in a few seconds."
NOT_IN_A_CHANNEL = "Answers about candidates are for a direct message. Please ask me there."
OPENING = "I'm opening a thread for it here."
PAGES = (Action.DRAFT_PREVIOUS.value, Action.DRAFT_NEXT.value)
log = get_logger()


def receive_slack(services: Services, request: WebhookRequest) -> Answer:
    """One call of Slack's, proven, kept and answered.

    Raises:
        BadPayload: it is not Slack's, or not what it says it is. NotFound: that Slack workspace is not connected here.
        Retryable: nothing was kept; Slack may try again.
    """
    channel = services.channels.get(SCHEME)
    if channel is None:
        raise NotFound("Slack is not set up here.")
    channel.verify(request, services.secrets.get(SCHEME, {}))
    return take_payload(services, read_payload(request), request.body)


def take_payload(services: Services, payload: Mapping[str, Any], raw: bytes) -> Answer:
    """The same, of a payload that is proven already (it came down a socket that we opened)."""
    if payload.get("type") == "url_verification":
        return {"challenge": str(payload.get("challenge", ""))}
    answer: Answer = None
    for message in read(payload, services.now()):
        answer = _take(services, message, raw) or answer
    return answer


def _take(services: Services, message: InboundMessage, raw: bytes) -> Answer:
    account = message.sender.id.removeprefix("slack:")
    with services.database.reading() as uow:
        workspace_id = installed.workspace_of_team(uow, message.channel_account)
        member = member_accounts.member_of(uow, workspace_id, SCHEME, account) if workspace_id else None
    if workspace_id is None:
        if "command" in message.payload:
            return only_for_them(services, NOT_CONNECTED)
        raise NotFound(NOT_CONNECTED)
    desk = Desk(services, workspace_id, raw)
    if message.kind is InboundKind.EVENT:
        return desk.something_happened(message)
    message = in_its_thread(message)
    try:
        if applies(message):
            return desk.applied(message)
        note = heard_in_interview(services, workspace_id, message, raw, is_member=member is not None)
        if note is not None:
            return desk.says(message, note) if note else None
        return desk.stranger(message) if member is None else desk.known(member, message)
    except NotFound as error:
        log.info("slack_names_nothing_here", workspace_id=workspace_id)
        return desk.says(message, str(error))


@dataclass(frozen=True, slots=True)
class Desk:
    """Where what comes from one Slack workspace is taken in."""

    services: Services
    workspace_id: str
    raw: bytes

    def known(self, member: MemberRow, message: InboundMessage) -> Answer:
        """Something a member said or did."""
        message = replace(message, sender=Sender(SenderKind.MEMBER, member.id))
        payload = message.payload
        if "command" in payload:
            return self._ran(member, message)
        if "action" in payload:
            return self._pressed(member, message)
        with self.services.database.reading() as uow:
            if not is_ours(uow, self.workspace_id, message):
                return None
            new = not conversations.conversations_of(uow, self.workspace_id, message.address)
        if (mirror := mirror_of(self.services, member, message)) is not None:
            note = write_in_thread(self.services, member, mirror, message)
            return self.says(message, note) if note else None
        if message.payload.get("direct") and (who := wants_to_talk(message.text)):
            return self.says(message, talk_to(self.services, member, who, message))
        if is_asking(message.text) or wants_to_nudge(message.text):
            return self._asked(member, message)
        if new and command_in(message.text) and not has_files(member, message):
            return self._said_command(member, message)
        if new and not may(member.role, May.COMPOSE):
            return self.says(message, refusal(May.COMPOSE))
        self._keep(member, message)
        return None

    def _asked(self, member: MemberRow, message: InboundMessage) -> Answer:
        """A question about candidates; answered where only the asker reads along."""
        if not message.payload.get("direct"):
            return self.says(message, NOT_IN_A_CHANNEL)
        with self.services.database.reading() as uow:
            here = conversations.conversations_of(uow, self.workspace_id, message.address)
            thread = conversations.load(uow, here[0]) if len(here) == 1 else None
        role = thread.subject_id if thread is not None and thread.kind == "compose" else ""
        if wants_to_nudge(message.text):
            asked = ask_whom(self.services, member, message.text, role)
            return self.says(message, asked.text, **({"card": asked.card} if asked.card else {}))
        return self.says(message, answer_in_words(self.services, member, message.text, role))

    def _ran(self, member: MemberRow, message: InboundMessage) -> Answer:
        """A command is answered at once; one that brings a text to draft from opens a thread where it was typed."""
        word, _, text = message.text.strip().partition(" ")
        if word.lower() != "new" or not text.strip() or not may(member.role, May.COMPOSE):
            return answered(self.services, member, message)
        asked = replace(message, text=text.strip(), payload={**message.payload, "held": True, "mention": True})
        placing = Opening(self, member, asked)
        receive_message(self.services, asked, workspace_id=self.workspace_id, raw=self.raw, placing=placing)
        self.services.wakeups.wake(DELIVERIES)
        return only_for_them(self.services, OPENING)

    def _pressed(self, member: MemberRow, message: InboundMessage) -> Answer:
        if actions.opens_view(message):
            return self._open(member, message)
        if actions.is_question_form(message):
            return self._submitted(member, message)
        action, about = str(message.payload["action"]), actions.about_of(message)
        if action in PAGES:
            return self._turn_page(member, message)
        if action == "submit":
            form = str(message.payload["value"])
            return submit_in_slack(self.services, member, about, form, message.payload) if form in FORMS else None
        if action == Action.NUDGE:
            return self.says(message, nudge(self.services, member, message))
        if action == Action.INVITE_LIST:
            return self.says(message, note) if (note := invite_when_pressed(self.services, member, message)) else None
        if is_home(action):
            home_in_slack(self.services, member, action, message.payload)
            return None
        if is_decision(about, action):
            decide_in_slack(self.services, member, about, action, message.payload)
            return None
        with self.services.database.reading() as uow:
            message, conversation_id = actions.translated(uow, member, message)
        self._keep(member, message, conversation_id)
        return None

    def _open(self, member: MemberRow, message: InboundMessage) -> Answer:
        """Slack waits three seconds for a view; the database has all that is in it."""
        channel = self._channel()
        with self.services.database.reading() as uow:
            view = actions.view_for(uow, member, message)
        token = channel.token_of(message.channel_account)
        outcome = channel.api.open_view(token, str(message.payload["trigger_id"]), view)
        log.info("slack_view", outcome=type(outcome).__name__)
        return None

    def _submitted(self, member: MemberRow, message: InboundMessage) -> Answer:
        from botapp.channels.slack.forms import with_errors

        with self.services.database.reading() as uow:
            form = actions.read_form(uow, member, message)
        if isinstance(form, dict):
            return with_errors(form)
        message, conversation_id = form
        if conversation_id:
            self._keep(member, message, conversation_id)
        return None

    def _turn_page(self, member: MemberRow, message: InboundMessage) -> Answer:
        """The card is drawn anew on another page, from the draft as it is now, in the same message."""
        from botapp.compose.wording import draft_data, draft_plain

        about = actions.about_of(message)
        with self.services.database.writing() as uow:
            stored = interviewers.get(uow, about.interviewer, member.workspace_id)
            draft = draft_of(stored) if stored else None
            if stored is None or draft is None:
                raise NotFound("There is no such draft here any more.")
            there = {"page": about.page, "update_ts": f"{message.payload['channel']}/{message.payload['ts']}"}
            data = {**draft_data(draft), **controls_of(stored, self.services.base_url), **there}
            card = Card(CardKind.DRAFT, data, draft_plain(draft))
            id = derived_id("page", message.channel_account, message.external_id)
            tell(self.services, uow, self.workspace_id, message, "", id, card=card)
        self.services.wakeups.wake(DELIVERIES)
        return None

    def _said_command(self, member: MemberRow, message: InboundMessage) -> Answer:
        """Said to us directly, "list" is the same as the command."""
        return self.says(message, words_for(self.services, member, message))

    def _keep(self, member: MemberRow, message: InboundMessage, conversation_id: str = "") -> None:
        placing: Placing = Placed(self, member, message, conversation_id)
        if has_files(member, message):
            message = replace(message, payload={**message.payload, "held": True})
            placing = Filed(self, member, message)
        receive_message(self.services, message, workspace_id=self.workspace_id, raw=self.raw, placing=placing)
        self.services.wakeups.wake(DELIVERIES)

    def applied(self, message: InboundMessage) -> Answer:
        """Somebody wants to be interviewed. Only they see what it says."""
        said = apply(self.services, self.workspace_id, message)
        if "command" in message.payload:
            return only_for_them(self.services, said)
        tell_them(self.services, message.payload, said)
        return None

    def stranger(self, message: InboundMessage) -> Answer:
        """Somebody we don't know yet: kept, held, and a worker asks Slack who it is."""
        with self.services.database.reading() as uow:
            if not is_ours(uow, self.workspace_id, message) and "command" not in message.payload:
                return None
        if actions.is_question_form(message):
            return {"response_action": "clear"}
        held = replace(message, payload={**message.payload, "held": True})
        placing = Held(self, held)
        receive_message(self.services, held, workspace_id=self.workspace_id, raw=self.raw, placing=placing)
        return only_for_them(self.services, WHO_ARE_YOU) if "command" in message.payload else None

    def says(self, message: InboundMessage, text: str, **card: Any) -> Answer:
        """Said by rule where they are; once for each message of theirs."""
        id = derived_id("said", message.channel_account, message.external_id)
        with self.services.database.writing() as uow:
            tell(self.services, uow, self.workspace_id, message, text, id, **card)
        self.services.wakeups.wake(DELIVERIES)
        return None

    def something_happened(self, message: InboundMessage) -> Answer:
        """The app was opened, or taken away."""
        if message.payload["event"] in ("app_uninstalled", "tokens_revoked"):
            self._taken_away(message)
        elif message.payload["event"] == "app_home_opened":
            placing = Opened(self, message)
            receive_message(self.services, message, workspace_id=self.workspace_id, raw=self.raw, placing=placing)
        return None

    def _taken_away(self, message: InboundMessage) -> None:
        """Tokens that work no more are not kept; who connects it again begins with new ones.

        Slack may tell us late: what was installed after it happened stays.
        """
        team, payload = message.channel_account, message.payload
        until = datetime.fromtimestamp(payload["happened"], UTC) if payload.get("happened") else self.services.now()
        with self.services.database.writing() as uow:
            for user in payload.get("users", ()):
                installed.remove(uow, "", team, str(user), until=until)
            if not payload.get("bot") or not installed.remove(uow, "", team, "", until=until):
                return
            installed.remove(uow, "", team, None, until=until)
            events.record(
                uow,
                workspace_id=self.workspace_id,
                subject_id=self.workspace_id,
                name="slack_disconnected",
                at=self.services.now(),
                data={"team": team, "why": str(payload["event"])},
            )
        log.warning("slack_disconnected", team=team)

    def _channel(self) -> Slack:
        channel = self.services.channels[SCHEME]
        assert isinstance(channel, Slack)
        return channel


@dataclass(frozen=True, slots=True)
class Placed:
    """A member's message: where it belongs, or the kind no that stands in for an answer."""

    desk: Desk
    member: MemberRow
    message: InboundMessage
    conversation_id: str

    def conversation(self, uow: UnitOfWork, message: InboundMessage) -> str:
        where = self.conversation_id or place(uow, self.member, message)
        if isinstance(where, str):
            return where
        return front_desk(uow, self.desk.workspace_id, message.address)

    def then(self, uow: UnitOfWork, kept: Kept) -> None:  # noqa: ARG002 - nothing follows
        return None


@dataclass(frozen=True, slots=True)
class Filed:
    """A member's message with files opens what it opens, and waits at the front desk until a worker has read them."""

    desk: Desk
    member: MemberRow
    message: InboundMessage

    def conversation(self, uow: UnitOfWork, message: InboundMessage) -> str:
        place(uow, self.member, message)
        return front_desk(uow, self.desk.workspace_id, message.address)

    def then(self, uow: UnitOfWork, kept: Kept) -> None:
        read_later(self.desk.services, uow, self.member, kept.id, kept.conversation_id)


@dataclass(frozen=True, slots=True)
class AtTheDesk:
    """What waits at the front desk of where it was said."""

    desk: Desk

    def conversation(self, uow: UnitOfWork, message: InboundMessage) -> str:
        return front_desk(uow, self.desk.workspace_id, message.address)


@dataclass(frozen=True, slots=True)
class Held(AtTheDesk):
    """A stranger's message waits at the front desk of where it was said."""

    message: InboundMessage

    def then(self, uow: UnitOfWork, kept: Kept) -> None:
        add_work(self.desk, uow, kept, "identify")


@dataclass(frozen=True, slots=True)
class Opening(AtTheDesk):
    """A command that begins an interviewer: a line of ours first, below which its thread is."""

    member: MemberRow
    message: InboundMessage

    def then(self, uow: UnitOfWork, kept: Kept) -> None:
        row = derived_id("opening", kept.id)
        line = f"{self.member.name} begins a new interviewer. It is drafted in this thread."
        tell(self.desk.services, uow, self.desk.workspace_id, self.message, line, row)
        add_work(self.desk, uow, kept, "open_thread", row=row)


@dataclass(frozen=True, slots=True)
class Opened(AtTheDesk):
    """Somebody opened the app: what they see there is a worker's to draw."""

    message: InboundMessage

    def then(self, uow: UnitOfWork, kept: Kept) -> None:
        payload = self.message.payload
        at = {name: payload[name] for name in ("tab", "user", "team", "channel")}
        add_work(self.desk, uow, kept, "app_opened", **at)


def add_work(desk: Desk, uow: UnitOfWork, kept: Kept, name: str, **payload: Any) -> None:
    """A worker's part of it, in the transaction that keeps the message."""
    now = desk.services.now()
    tasks.add_task(
        uow,
        id=derived_id(name, kept.id),
        workspace_id=desk.workspace_id,
        conversation_id=kept.conversation_id,
        kind="work",
        name=name,
        payload={"inbox_id": kept.id, **payload},
        due_at=now,
        now=now,
    )
