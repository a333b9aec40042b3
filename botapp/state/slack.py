"""Where our Slack app is installed, and who is on the way back from installing it. Account look-ups: Slack names teams.

Guarantees: one row for each installer of a Slack workspace and one for its bot; a Slack workspace belongs to one
workspace of ours. What is in `sealed` was encrypted by the caller. A state is stored as a hash and works once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from botapp.clock import Clock
from botapp.errors import Conflict
from botapp.state.people import secret_hash
from botapp.state.tables import slack_installations, slack_oauth_states
from botapp.state.unit_of_work import Database, UnitOfWork


@dataclass(frozen=True, slots=True)
class InstallationRow:
    """An installer (`slack_user`), or the bot of a place ("")."""

    workspace_id: str
    slack_user: str
    sealed: str


def keep(
    uow: UnitOfWork,
    *,
    enterprise: str,
    team: str,
    slack_user: str,
    workspace_id: str,
    app_id: str,
    sealed: str,
    now: datetime,
) -> None:
    """A new row, or the newest state of one.

    Raises:
        Conflict: the Slack workspace belongs to another workspace of ours.
    """
    owner = _owner(uow, enterprise, team)
    if owner not in (None, workspace_id):
        raise Conflict("This Slack workspace is connected to another workspace here. Please disconnect it there first.")
    id = f"{enterprise}/{team}/{slack_user}"
    values = {"app_id": app_id, "sealed": sealed, "installed_at": now}
    changed = uow.connection.execute(update(slack_installations).where(slack_installations.c.id == id).values(**values))
    if changed.rowcount == 0:
        named = {"id": id, "enterprise": enterprise, "team": team, "slack_user": slack_user}
        uow.connection.execute(insert(slack_installations).values(workspace_id=workspace_id, **named, **values))


def _at(enterprise: str, team: str) -> ColumnElement[bool]:
    return and_(slack_installations.c.enterprise == enterprise, slack_installations.c.team == team)


def _owner(uow: UnitOfWork, enterprise: str, team: str) -> str | None:
    query = select(slack_installations.c.workspace_id).where(_at(enterprise, team)).limit(1)
    found: str | None = uow.connection.execute(query).scalar_one_or_none()
    return found


def find(uow: UnitOfWork, enterprise: str, team: str, slack_user: str | None) -> InstallationRow | None:
    """The row of `slack_user` ("" is the bot); None: the installer who came last."""
    rows = slack_installations.c
    wanted = rows.slack_user != "" if slack_user is None else rows.slack_user == slack_user
    query = (
        select(rows.workspace_id, rows.slack_user, rows.sealed)
        .where(_at(enterprise, team), wanted)
        .order_by(rows.installed_at.desc(), rows.id)
        .limit(1)
    )
    row = uow.connection.execute(query).one_or_none()
    return InstallationRow(row[0], row[1], row[2]) if row else None


def remove(
    uow: UnitOfWork, enterprise: str, team: str, slack_user: str | None, *, until: datetime | None = None
) -> bool:
    """The row of `slack_user` ("" is the bot); None: every installer's. Tokens are gone with it.

    `until`: what was installed after that moment stays. False: there was nothing to remove.
    """
    rows = slack_installations.c
    wanted = rows.slack_user != "" if slack_user is None else rows.slack_user == slack_user
    old = [rows.installed_at <= until] if until is not None else []
    return uow.connection.execute(delete(slack_installations).where(_at(enterprise, team), wanted, *old)).rowcount > 0


def workspace_of_team(uow: UnitOfWork, team: str) -> str | None:
    """Account look-up: our workspace of a Slack workspace, or of an organisation that installed the app whole."""
    return _owner(uow, "", team) or _owner(uow, team, "")


def teams_of(uow: UnitOfWork, workspace_id: str) -> list[str]:
    """The Slack workspaces where the app is, for a workspace of ours."""
    rows = slack_installations.c
    query = select(rows.team, rows.enterprise).where(rows.workspace_id == workspace_id, rows.slack_user == "")
    return sorted(team or enterprise for team, enterprise in uow.connection.execute(query))


def keep_state(
    uow: UnitOfWork, state: str, *, workspace_id: str, member_id: str, expires_at: datetime, now: datetime
) -> None:
    """Old ones go: nobody comes back for them."""
    uow.connection.execute(delete(slack_oauth_states).where(slack_oauth_states.c.expires_at <= now))
    hashed = secret_hash(state)
    uow.connection.execute(
        insert(slack_oauth_states).values(
            state_hash=hashed, workspace_id=workspace_id, member_id=member_id, expires_at=expires_at
        )
    )


def use_state(uow: UnitOfWork, state: str, now: datetime) -> tuple[str, str] | None:
    """(workspace, member), once; None when it is unknown, used or old."""
    states = slack_oauth_states.c
    row = uow.connection.execute(
        delete(slack_oauth_states)
        .where(states.state_hash == secret_hash(state), states.expires_at > now)
        .returning(states.workspace_id, states.member_id)
    ).one_or_none()
    return (row[0], row[1]) if row else None


class SlackRecords:
    """The functions above, one transaction each: what the channel's stores are given."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def keep(self, enterprise: str, team: str, slack_user: str, *, workspace_id: str, sealed: str, app_id: str) -> None:
        with self._database.writing() as uow:
            keep(
                uow,
                enterprise=enterprise,
                team=team,
                slack_user=slack_user,
                workspace_id=workspace_id,
                app_id=app_id,
                sealed=sealed,
                now=self._clock.now(),
            )

    def find(self, enterprise: str, team: str, slack_user: str | None) -> InstallationRow | None:
        with self._database.reading() as uow:
            return find(uow, enterprise, team, slack_user)

    def remove(self, enterprise: str, team: str, slack_user: str | None) -> None:
        with self._database.writing() as uow:
            remove(uow, enterprise, team, slack_user)

    def workspace_of(self, team: str) -> str | None:
        with self._database.reading() as uow:
            return workspace_of_team(uow, team)

    def keep_state(self, state: str, *, workspace_id: str, member_id: str, lives: timedelta) -> None:
        now = self._clock.now()
        with self._database.writing() as uow:
            keep_state(uow, state, workspace_id=workspace_id, member_id=member_id, expires_at=now + lives, now=now)

    def use_state(self, state: str) -> tuple[str, str] | None:
        with self._database.writing() as uow:
            return use_state(uow, state, self._clock.now())
