"""Where the app is installed, as the vendor's libraries ask for it: their stores over our own tables, tokens sealed.

Guarantees: a token is never stored or logged in the clear. A Slack workspace belongs to one workspace of ours; a second
one that installs it is refused. What is kept where, the `Records` passed in say: no database is known here.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from logging import Logger, getLogger
from typing import Any, Protocol

from slack_sdk.oauth.installation_store import Bot, Installation, InstallationStore
from slack_sdk.oauth.state_store import OAuthStateStore

from botapp.channels.slack.sealing import Sealer
from botapp.errors import NotFound, Permanent

STATE_LIVES = timedelta(minutes=10)
_quiet = getLogger("botapp.channels.slack.installations")


@dataclass(frozen=True, slots=True)
class Place:
    """A Slack workspace, or an organisation that installed the app for all of its own (`team` is then empty)."""

    enterprise: str
    team: str


class Kept(Protocol):
    """One row: `slack_user` is the installer, "" for the bot of the place. `sealed` is the rest."""

    @property
    def workspace_id(self) -> str: ...

    @property
    def slack_user(self) -> str: ...

    @property
    def sealed(self) -> str: ...


class Records(Protocol):
    """What is durable (`state.slack.SlackRecords`). Each call is one transaction; a place is (enterprise, team)."""

    def keep(self, enterprise: str, team: str, slack_user: str, *, workspace_id: str, sealed: str, app_id: str) -> None:
        """Raises Conflict when the place belongs to another workspace of ours."""
        ...

    def find(self, enterprise: str, team: str, slack_user: str | None) -> Kept | None:
        """The row of `slack_user`; None for it: the installer who came last."""
        ...

    def remove(self, enterprise: str, team: str, slack_user: str | None) -> None:
        """The row of `slack_user`; None: every installer's, not the bot's."""
        ...

    def workspace_of(self, team: str) -> str | None: ...

    def keep_state(self, state: str, *, workspace_id: str, member_id: str, lives: timedelta) -> None: ...

    def use_state(self, state: str) -> tuple[str, str] | None:
        """(workspace, member) of an unused, fresh state, which is then used; else None."""
        ...


def place_of(enterprise: str | None, team: str | None, whole_org: bool | None) -> Place:
    """A team of an organisation keeps the organisation's id out of its key: events carry it or not."""
    if whole_org or not team:
        return Place(enterprise or "", "")
    return Place("", team)


def _at(place: Place) -> tuple[str, str]:
    return place.enterprise, place.team


class Installations(InstallationStore):
    """The vendor's interface. `custom_values["workspace_id"]` of what is saved names our workspace."""

    def __init__(self, records: Records, sealer: Sealer) -> None:
        self._records = records
        self._sealer = sealer

    @property
    def logger(self) -> Logger:
        return _quiet

    def save(self, installation: Installation) -> None:
        workspace = str(installation.custom_values.get("workspace_id", ""))
        place = place_of(installation.enterprise_id, installation.team_id, installation.is_enterprise_install)
        if not workspace:
            raise Permanent("This installation names no workspace of ours. Please start it from the console.")
        if installation.bot_token:
            self.save_bot(installation.to_bot())
        self._keep(place, installation.user_id, workspace, installation.to_dict(), installation.app_id)

    def save_bot(self, bot: Bot) -> None:
        workspace = str(bot.custom_values.get("workspace_id", ""))
        place = place_of(bot.enterprise_id, bot.team_id, bot.is_enterprise_install)
        if not workspace:
            known = self._records.find(*_at(place), "")
            workspace = known.workspace_id if known else ""
        if not workspace:
            raise Permanent("This installation names no workspace of ours. Please start it from the console.")
        self._keep(place, "", workspace, bot.to_dict(), bot.app_id)

    def _keep(self, place: Place, user: str, workspace: str, values: Mapping[str, Any], app_id: str | None) -> None:
        sealed = self._sealer.seal(json.dumps(values, default=str))
        self._records.keep(*_at(place), user, workspace_id=workspace, sealed=sealed, app_id=app_id or "")

    def find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        kept = self._records.find(*_at(place_of(enterprise_id, team_id, is_enterprise_install)), "")
        return Bot(**self._values(kept, Bot)) if kept else None

    def find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """With the bot's token as it is now: another installer may have renewed it, or it is gone."""
        kept = self._records.find(*_at(place_of(enterprise_id, team_id, is_enterprise_install)), user_id)
        if kept is None:
            return None
        found = Installation(**self._values(kept, Installation))
        bot = self.find_bot(enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install)
        found.bot_token = bot.bot_token if bot else None
        if bot:
            found.bot_id, found.bot_user_id, found.bot_scopes = bot.bot_id, bot.bot_user_id, bot.bot_scopes
        return found

    def _values(self, kept: Kept, made: type[Bot] | type[Installation]) -> dict[str, Any]:
        """What its constructor takes."""
        values: dict[str, Any] = json.loads(self._sealer.open(kept.sealed))
        known = made.__init__.__annotations__
        taken = {name: value for name, value in values.items() if name in known}
        return {**taken, "custom_values": {"workspace_id": kept.workspace_id}}

    def delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        self._records.remove(*_at(place_of(enterprise_id, team_id, False)), "")

    def delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        self._records.remove(*_at(place_of(enterprise_id, team_id, False)), user_id)

    # ---- what we ask ourselves ------------------------------------------------------------------------------

    def token_of(self, team: str) -> str:
        """The bot's token for a Slack workspace or organisation; "" when the app is not there."""
        bot = self.find_bot(enterprise_id=team, team_id=None) if team.startswith("E") else None
        bot = bot or self.find_bot(enterprise_id=None, team_id=team)
        return (bot.bot_token or "") if bot else ""

    def bot_user_of(self, team: str) -> str:
        bot = self.find_bot(enterprise_id=None, team_id=team)
        return (bot.bot_user_id or "") if bot else ""

    def workspace_of(self, team: str) -> str:
        """Our workspace that a Slack workspace belongs to.

        Raises:
            NotFound: none does.
        """
        found = self._records.workspace_of(team)
        if found is None:
            raise NotFound("This Slack workspace is not connected to botapp.")
        return found

    def installer_of(self, team: str) -> str:
        """Who installed it last: told when a channel is dead."""
        kept = self._records.find("", team, None)
        return kept.slack_user if kept else ""


class OAuthStates(OAuthStateStore):
    """Proof that who comes back from Slack is who was sent there: works once, for ten minutes."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @property
    def logger(self) -> Logger:
        return _quiet

    def issue(self, *_args: Any, workspace_id: str = "", member_id: str = "", **_kwargs: Any) -> str:
        if not workspace_id:
            raise Permanent("Slack is connected from the console, by somebody who is signed in.")
        state = secrets.token_urlsafe(32)
        self._records.keep_state(state, workspace_id=workspace_id, member_id=member_id, lives=STATE_LIVES)
        return state

    def consume(self, state: str) -> bool:
        return self.claim(state) is not None

    def claim(self, state: str) -> tuple[str, str] | None:
        """(workspace, member) who was sent; None when the state is unknown, used or old."""
        return self._records.use_state(state) if state and len(state) <= 200 else None
