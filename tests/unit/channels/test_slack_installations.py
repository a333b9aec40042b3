"""Where the app is installed: the vendor's interface over our tables, tokens sealed, one workspace of ours for each."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import text

import botapp.state
from botapp.channels.slack.installations import Installations, OAuthStates, Place, place_of
from botapp.channels.slack.sealing import Sealer, keys_in, new_key
from botapp.errors import Conflict, NotFound, Permanent
from botapp.state import people
from botapp.state.unit_of_work import Database
from tests.support.stack import MovableClock

if TYPE_CHECKING:
    from botapp.state.slack import SlackRecords

TOKEN = "xoxb-a-token-nobody-may-read"


def records_in(database: Database, clock: MovableClock) -> "SlackRecords":
    """Importing the module adds its tables to the schema, so it waits for their migration."""
    migrations = Path(botapp.state.__file__).parent / "migrations" / "versions"
    if not any("slack_installations" in path.read_text() for path in migrations.glob("*.py")):
        pytest.skip("the migration that makes these tables is still to come")
    from botapp.state.slack import SlackRecords

    with database.writing() as uow:
        for name in ("w1", "w2"):
            people.create_workspace(uow, id=name, name=name, now=clock.now())
    return SlackRecords(database, clock)


@pytest.fixture
def records(database: Database, clock: MovableClock) -> "SlackRecords":
    return records_in(database, clock)


@pytest.fixture
def store(records: "SlackRecords") -> Installations:
    return Installations(records, Sealer([], "a signing key"))


def installation(user: str = "U1", team: str | None = "T1", workspace: str = "w1", **more: Any) -> Installation:
    usual: dict[str, Any] = {
        "app_id": "A1", "enterprise_id": "E1", "team_id": team, "team_name": "Northgate", "bot_token": TOKEN,
        "bot_id": "B1", "bot_user_id": "U1BOT", "bot_scopes": ["chat:write", "commands"], "user_id": user,
        "custom_values": {"workspace_id": workspace},
    }  # fmt: skip
    return Installation(**(usual | more))


# ---- installations -----------------------------------------------------------------------------------------


def test_what_is_saved_is_found(store: Installations) -> None:
    """The bot, the installer, and whoever installed it last; whether the event names the organisation or not."""
    store.save(installation())
    for enterprise in ("E1", None):
        bot = store.find_bot(enterprise_id=enterprise, team_id="T1")
        found = store.find_installation(enterprise_id=enterprise, team_id="T1", user_id="U1")
        assert bot is not None
        assert found is not None
        assert (bot.bot_token, bot.bot_user_id, list(bot.bot_scopes)) == (TOKEN, "U1BOT", ["chat:write", "commands"])
        assert (found.bot_token, found.user_id, found.custom_values) == (TOKEN, "U1", {"workspace_id": "w1"})
    assert store.find_installation(enterprise_id=None, team_id="T1", user_id="U9") is None
    assert store.find_bot(enterprise_id="E1", team_id="T9") is None
    assert (store.token_of("T1"), store.token_of("T9"), store.bot_user_of("T1")) == (TOKEN, "", "U1BOT")


def test_the_newest_token_is_the_token(store: Installations, clock: MovableClock) -> None:
    """A second installer renews the bot for all."""
    store.save(installation())
    clock.advance(hours=1)
    store.save(installation("U2", bot_token="xoxb-newer"))
    first = store.find_installation(enterprise_id=None, team_id="T1", user_id="U1")
    assert first is not None
    assert first.bot_token == store.token_of("T1") == "xoxb-newer"
    latest = store.find_installation(enterprise_id=None, team_id="T1")
    assert latest is not None
    assert latest.user_id == store.installer_of("T1") == "U2"


def test_no_token_is_stored_in_the_clear(store: Installations, database: Database) -> None:
    """Nor anything else of the installation."""
    store.save(installation())
    with database.reading() as uow:
        rows = uow.connection.execute(text("SELECT * FROM slack_installations")).all()
    assert len(rows) == 2
    assert "xoxb" not in str(rows)
    assert "Northgate" not in str(rows)


def test_a_slack_workspace_belongs_to_one_of_ours(store: Installations) -> None:
    """Another one that installs it is refused, and nothing changes."""
    store.save(installation())
    with pytest.raises(Conflict, match="another workspace"):
        store.save(installation("U2", workspace="w2", bot_token="xoxb-theirs"))
    assert (store.workspace_of("T1"), store.token_of("T1")) == ("w1", TOKEN)
    with pytest.raises(NotFound):
        store.workspace_of("T9")
    with pytest.raises(Permanent, match="from the console"):
        store.save(installation(team="T2", custom_values={}))


def test_removal_takes_the_tokens(store: Installations) -> None:
    """The bot's alone, one installer's alone, or all."""
    store.save(installation())
    store.delete_installation(enterprise_id="E1", team_id="T1", user_id="U1")
    assert store.token_of("T1") == TOKEN
    store.save(installation())
    store.delete_bot(enterprise_id=None, team_id="T1")
    assert store.token_of("T1") == ""
    left = store.find_installation(enterprise_id=None, team_id="T1", user_id="U1")
    assert left is not None
    assert left.bot_token is None
    store.delete_all(enterprise_id=None, team_id="T1")
    assert store.find_installation(enterprise_id=None, team_id="T1") is None
    store.save(installation(workspace="w2"))
    assert store.workspace_of("T1") == "w2"


def test_an_organisation_may_install_for_all_of_its_workspaces(store: Installations) -> None:
    """Its rows have no team."""
    store.save(installation(team=None, is_enterprise_install=True))
    assert place_of("E1", "T5", True) == Place("E1", "")
    found = store.find_bot(enterprise_id="E1", team_id="T5", is_enterprise_install=True)
    assert found is not None
    assert (store.token_of("E1"), store.workspace_of("E1")) == (TOKEN, "w1")


def test_the_workspaces_of_ours_know_their_slacks(store: Installations, database: Database) -> None:
    """By name of the Slack workspace."""
    from botapp.state.slack import teams_of

    store.save(installation(team="T2"))
    store.save(installation(team="T1"))
    with database.reading() as uow:
        assert teams_of(uow, "w1") == ["T1", "T2"]
        assert teams_of(uow, "w2") == []


# ---- the way there and back --------------------------------------------------------------------------------


def test_a_state_works_once(records: "SlackRecords", database: Database) -> None:
    """And says who was sent; it is stored as a hash."""
    states = OAuthStates(records)
    state = states.issue(workspace_id="w1", member_id="m1")
    with database.reading() as uow:
        assert state not in str(uow.connection.execute(text("SELECT * FROM slack_oauth_states")).all())
    assert states.claim(state) == ("w1", "m1")
    assert states.claim(state) is None
    assert not states.consume("another")
    assert not states.consume("")
    with pytest.raises(Permanent):
        states.issue()


def test_a_state_is_good_for_ten_minutes(records: "SlackRecords", clock: MovableClock) -> None:
    """Not longer."""
    states = OAuthStates(records)
    early, late = (states.issue(workspace_id="w1", member_id="m1") for _ in range(2))
    clock.advance(minutes=9)
    assert states.consume(early)
    clock.advance(minutes=2)
    assert not states.consume(late)


# ---- sealing -----------------------------------------------------------------------------------------------


def test_keys_are_changed_without_losing_a_token() -> None:
    """The new one first, the old one after it, until every row is sealed anew."""
    old, new = new_key(), new_key()
    sealed = Sealer([old], "").seal(TOKEN)
    both = Sealer(keys_in(f"{new}, {old},"), "")
    assert both.open(sealed) == TOKEN
    assert Sealer([new], "").open(both.again(sealed)) == TOKEN
    with pytest.raises(Permanent, match="connect Slack again"):
        Sealer([new], "").open(sealed)


def test_without_keys_the_signing_key_seals() -> None:
    """A key of its own made from it; without either there is no start."""
    assert Sealer([], "signing").open(Sealer([], "signing").seal(TOKEN)) == TOKEN
    with pytest.raises(Permanent):
        Sealer([], "other").open(Sealer([], "signing").seal(TOKEN))
    with pytest.raises(Permanent, match="BOTAPP_SECRET_KEY"):
        Sealer([], "")
    with pytest.raises(Permanent, match="BOTAPP_TOKEN_KEYS"):
        Sealer(["not a key"], "")


def test_what_was_changed_is_not_opened() -> None:
    """In any letter."""
    sealed = Sealer([], "signing").seal(TOKEN)
    with pytest.raises(Permanent):
        Sealer([], "signing").open(sealed[:-4] + "AAAA")
