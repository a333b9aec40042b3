"""What every process shares: settings to channels, database, wake-ups; the installation's first workspace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

from botapp.channels.base import Channel
from botapp.channels.slack import Slack, SlackApi
from botapp.channels.slack.manifest import manifest
from botapp.channels.slack.oauth import App
from botapp.channels.sms import Sms, SmsAccount
from botapp.channels.terminal import Terminal
from botapp.channels.webchat import WebChat
from botapp.clock import Clock, SystemClock
from botapp.config import Settings
from botapp.errors import BotappError
from botapp.pipeline.services import Services, Terms, fresh_id
from botapp.pipeline.slack_install import Connector, Stores
from botapp.pipeline.slack_worker import PROMPTS
from botapp.policy.access import Role
from botapp.state import people, senders
from botapp.state.migrate import at_head
from botapp.state.read_models import (
    MemberRow,
)
from botapp.state.unit_of_work import Database, UnitOfWork
from botapp.state.wakeups import Wakeups

if TYPE_CHECKING:
    pass

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


def readiness(shared: Services) -> dict[str, str]:
    """Whether the database answers and is migrated, and whether Redis answers."""
    try:
        database = "ok" if at_head(shared.database) else "needs `botapp db upgrade`"
    except BotappError as error:
        database = str(error)
    redis = "ok" if shared.wakeups.ping() else "does not answer; messages are kept and answered later"
    return {"database": database, "redis": redis}


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
