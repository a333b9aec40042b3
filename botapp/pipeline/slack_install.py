"""Connecting a Slack workspace: an owner is sent to Slack and comes back; or its token is set by hand.

Guarantees: who comes back is who was sent; the installer is known as that member from then on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botapp.channels.slack import Slack
from botapp.channels.slack.api import Answered
from botapp.channels.slack.oauth import NOT_DONE, App, exchanged, install_url, own_bot
from botapp.clock import Clock
from botapp.errors import BadPayload, BotappError, NotFound
from botapp.log import get_logger
from botapp.pipeline.members import require
from botapp.pipeline.services import Services
from botapp.pipeline.slack_people import SCHEME
from botapp.policy.access import Action
from botapp.state import events, member_accounts
from botapp.state.read_models import MemberRow, SlackStanding
from botapp.state.slack import SlackRecords, teams_of
from botapp.state.unit_of_work import Database

if TYPE_CHECKING:
    from botapp.channels.slack.installations import Installations, OAuthStates

log = get_logger()


class Stores:
    """Where the app is installed, as the vendor's library asks: made when first used, for that loads the library."""

    def __init__(self, database: Database, clock: Clock, token_keys: str, signing_key: Callable[[], str]) -> None:
        self._records = SlackRecords(database, clock)
        self._keys = token_keys, signing_key
        self._made: Installations | None = None

    def installations(self) -> "Installations":
        """Raises:
        Permanent: the keys are no keys.
        """
        from botapp.channels.slack.installations import Installations
        from botapp.channels.slack.sealing import Sealer, keys_in

        if self._made is None:
            token_keys, signing_key = self._keys
            self._made = Installations(self._records, Sealer(keys_in(token_keys), signing_key()))
        return self._made

    def token_of(self, team: str) -> str:
        """The bot's token; "" where the app is not."""
        return self.installations().token_of(team)

    def states(self) -> "OAuthStates":
        from botapp.channels.slack.installations import OAuthStates

        return OAuthStates(self._records)


@dataclass(frozen=True)
class Connector:
    """What connecting a Slack workspace needs."""

    services: Services
    app: App
    stores: Stores

    @property
    def _channel(self) -> Slack:
        channel = self.services.channels.get(SCHEME)
        if not isinstance(channel, Slack):
            raise NotFound("Slack is not set up here.")
        return channel

    def start(self, member: MemberRow) -> str:
        """Where an owner is sent.

        Raises:
            NotFound: no app is set up here. NotAllowed.
        """
        require(member, Action.MANAGE_MEMBERS)
        if not self.app.client_id:
            raise NotFound("No Slack app is set up here. Set BOTAPP_SLACK_CLIENT_ID and its secret.")
        state = self.stores.states().issue(workspace_id=member.workspace_id, member_id=member.id)
        return install_url(self.app, self._channel.api, state)

    def standing(self, member: MemberRow) -> SlackStanding:
        """Which Slack workspaces are connected, and whether another one can be."""
        if SCHEME not in self.services.channels:
            return SlackStanding()
        with self.services.database.reading() as uow:
            teams = teams_of(uow, member.workspace_id)
        return SlackStanding(True, bool(self.app.client_id), tuple(self._name_of(team) for team in teams))

    def _name_of(self, team: str) -> str:
        try:
            bot = self.stores.installations().find_bot(enterprise_id=None, team_id=team)
        except BotappError:  # its key is gone: the page says which one all the same
            return team
        return (bot.team_name if bot else "") or team

    def finish(self, code: str, state: str) -> str:
        """The name of the Slack workspace that is connected now.

        Raises:
            BadPayload: it was not started here, too long ago, or Slack says no. Conflict: another workspace has it.
            Retryable: Slack could not be reached.
        """
        claimed = self.stores.states().claim(state)
        if claimed is None or not code:
            raise BadPayload(NOT_DONE)
        workspace_id, member_id = claimed
        made = exchanged(self.app, self._channel.api, code, workspace_id)
        self.stores.installations().save(made)
        services = self.services
        with services.database.writing() as uow:
            account = f"{made.team_id or made.enterprise_id}/{made.user_id}"
            if made.user_id:
                member_accounts.keep(
                    uow,
                    workspace_id=workspace_id,
                    scheme=SCHEME,
                    account=account,
                    member_id=member_id,
                    now=services.now(),
                )
            events.record(
                uow,
                workspace_id=workspace_id,
                subject_id=workspace_id,
                name="slack_connected",
                at=services.now(),
                data={"team": made.team_id or made.enterprise_id or ""},
                by_member=member_id,
            )
        return made.team_name or "Slack"

    def connect_own(self, token: str, workspace_id: str) -> bool:
        """The Slack workspace of a token that was set by hand. False when Slack does not take it, or is away."""
        outcome = self._channel.api.whoami(token)
        if not isinstance(outcome, Answered):
            log.warning("slack_token_not_taken", outcome=type(outcome).__name__)
            return False
        team = str(outcome.data.get("team_id", ""))
        if self.stores.installations().token_of(team) != token:
            self.stores.installations().save_bot(own_bot(token, outcome.data, workspace_id))
        return True
