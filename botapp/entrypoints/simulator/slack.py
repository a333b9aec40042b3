"""The local Slack: a real server on loopback that speaks the Web API, sends signed events, and remembers it all.

Guarantees: it is as strict as Slack, and stricter where that finds mistakes (unknown arguments, dead threads); what it
accepted is in its ledger, what it refused among its refusals; nothing leaves the machine. It is a rig: no part of
botapp imports it but the demo.

Run alone: `python -m botapp.entrypoints.simulator.slack --port 8765 --events http://127.0.0.1:8000/hooks/slack/events`.
"""

import argparse
import sys
import threading
from collections.abc import Callable, Iterable
from types import TracebackType

from botapp.clock import SystemClock
from botapp.entrypoints.simulator import slack_switches as troubles
from botapp.entrypoints.simulator.slack_api import Api
from botapp.entrypoints.simulator.slack_control import control
from botapp.entrypoints.simulator.slack_doors import files, install_page, new_grant, response_urls, web_api
from botapp.entrypoints.simulator.slack_http import FrontDoor
from botapp.entrypoints.simulator.slack_ledger import Entry, Ledger, Refusal, text_of, text_of_view
from botapp.entrypoints.simulator.slack_payloads import url_verification
from botapp.entrypoints.simulator.slack_people import People, Said, Submitted
from botapp.entrypoints.simulator.slack_reading import reading_methods
from botapp.entrypoints.simulator.slack_sender import (
    Attempt,
    Delivery,
    Kind,
    Post,
    Sender,
    SignedRequest,
    Urls,
    post_over_http,
    signature_of,
)
from botapp.entrypoints.simulator.slack_socket import SocketHub
from botapp.entrypoints.simulator.slack_switches import Switches, Trouble
from botapp.entrypoints.simulator.slack_transcript import thread_text
from botapp.entrypoints.simulator.slack_world import (
    BOT_SCOPES,
    CLIENT_ID,
    CLIENT_SECRET,
    Channel,
    ChannelKind,
    File,
    NotPossible,
    Pace,
    Team,
    User,
    World,
)

__all__ = [
    "BOT_SCOPES", "CLIENT_ID", "CLIENT_SECRET", "SIGNING_SECRET", "Attempt", "Delivery", "Entry", "Kind", "LocalSlack",
    "NotPossible", "Pace", "Refusal", "Said", "SignedRequest", "Submitted", "Trouble", "signature_of", "text_of",
    "text_of_view", "troubles",
]  # fmt: skip

SIGNING_SECRET = "the signing secret of the local Slack"  # noqa: S105 (of a Slack that is only a rig)


def machine_time() -> float:
    return SystemClock().now().timestamp()


class LocalSlack(People):
    """One Slack with one or more workspaces, served at `root`; use it as a context manager."""

    def __init__(
        self, *, port: int = 0, events_url: str = "", interactions_url: str = "", commands_url: str = "",
        signing_secret: str = SIGNING_SECRET, socket_mode: bool = False, pace: Pace | None = None,
        clock: Callable[[], float] = machine_time, team: str = "T1", post: Post = post_over_http,
    ) -> None:  # fmt: skip
        world, ledger = World(pace or Pace(), clock), Ledger(clock)
        self.switches, self.hub = Switches(), SocketHub()
        urls = Urls(events_url, interactions_url, commands_url)
        sender = Sender(world, self.hub, urls, signing_secret, socket_mode=socket_mode, post=post)
        super().__init__(world, ledger, sender)
        self._api = Api(world, ledger, self.switches, reading_methods(self.hub.open_door))
        parts = (web_api(self._api), response_urls(self), files(self), install_page(self), control(self))
        self._door = FrontDoor(port, parts, self.hub)
        world.root = self.hub.root = self._door.root
        self.home_team = team
        self.add_team(team, "Northgate")

    def __enter__(self) -> "LocalSlack":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        self._door.open()

    def stop(self) -> None:
        """Deliveries that wait for their next try are given up."""
        self.sender.stopping.set()
        self._api.stopping.set()
        self._door.close()

    def goes_down(self) -> None:
        """Connections are refused until it comes back; what is to be delivered is delivered all the same."""
        self._door.close()

    def comes_back(self) -> None:
        self._door.open()

    # -- addresses and secrets ---------------------------------------------------------------------

    @property
    def root(self) -> str:
        return self._door.root

    @property
    def base_url(self) -> str:
        """For WebClient(base_url=...) and BOTAPP_SLACK_BASE_URL; ends with a slash, as slack_sdk wants it."""
        return f"{self.root}/api/"

    @property
    def app_token(self) -> str:
        return self.world.app_token

    @property
    def token(self) -> str:
        """The bot token of the workspace."""
        return self.team().token

    @property
    def signing_secret(self) -> str:
        return self.sender.secret

    @property
    def mishaps(self) -> list[str]:
        """Faults of the local Slack itself; a test that passes has none."""
        return self._door.mishaps

    # -- what exists -------------------------------------------------------------------------------

    def add_team(self, team: str, name: str, *, scopes: Iterable[str] = BOT_SCOPES) -> Team:
        bot = f"U{team[1:]}BOT"
        made = Team(team, name, bot, f"xoxb-{team}-local", self.root, frozenset(scopes))
        made.users[bot] = User(bot, "botapp", is_bot=True)
        self.world.teams[team] = made
        return made

    def add_user(self, user: str, name: str, *, email: str = "", team: str = "") -> User:
        made = User(user, name, email)
        self.team(team).users[user] = made
        return made

    def add_channel(
        self, channel: str, name: str, members: Iterable[str] = (), *, private: bool = False, with_app: bool = True,
        team: str = "",
    ) -> Channel:  # fmt: skip
        owner = self.team(team)
        inside = {self.user(member, team).id for member in members} | ({owner.bot_user} if with_app else set())
        made = Channel(channel, name, ChannelKind.PRIVATE if private else ChannelKind.PUBLIC, inside)
        owner.channels[channel] = made
        return made

    def grant_code(
        self, user: str, *, redirect_uri: str = "", scopes: Iterable[str] = BOT_SCOPES, team: str = ""
    ) -> str:
        """A code of the install page, as a person who agreed gets it."""
        return new_grant(self, team or self.home_team, user, redirect_uri, frozenset(scopes))

    # -- what goes wrong ---------------------------------------------------------------------------

    def goes_wrong(self, method: str, trouble: Trouble, *, times: int = 1, channel: str = "") -> None:
        """The next `times` calls of `method` ("*" for any), in `channel` only when named. `troubles` has the kinds."""
        self.switches.add(method, trouble, times, channel)

    def all_well(self) -> None:
        self.switches.clear()

    def revoke_token(self, team: str = "", error: str = "token_revoked") -> None:
        """From now on every call is refused, without an event; `uninstalls` is the one with events."""
        self.team(team).trouble = error

    def archive(self, channel: str, team: str = "") -> None:
        self.channel(channel, team).archived = True

    def remove_app(self, channel: str, team: str = "") -> None:
        self.channel(channel, team).members.discard(self.team(team).bot_user)

    def lose_file(self, file: File) -> None:
        """Slack no longer serves it."""
        file.lost = True

    # -- bytes -------------------------------------------------------------------------------------

    def verify_url(self, challenge: str = "a challenge") -> bool:
        """Whether the app answers Slack's question whether the events URL is its own."""
        delivery = self.sender.deliver(Kind.EVENT, url_verification(challenge)).wait()
        return delivery.acked and challenge in delivery.attempts[-1].body

    def signed(self, delivery: Delivery) -> SignedRequest:
        """The bytes of a delivery, signed now; for a test that hands them to the app itself."""
        return self.sender.signed(delivery.kind, delivery.payload)

    def sends(self, request: SignedRequest, seconds: float = 30.0) -> tuple[int, str]:
        """Exactly these bytes, once: status and body. Make them with `sender.signed(...)` and spoil them at will.

        Nobody tries again, so it waits longer than Slack does: a busy machine is no failure.
        """
        status, body, _ = self.sender.post(request, seconds)
        return status, body

    # -- reading -----------------------------------------------------------------------------------

    def hears(
        self, *words: str, channel: str = "", thread: str = "", after: int = 0, seconds: float = 5.0, method: str = ""
    ) -> Entry:
        """Waits for something said that has all these words in it; the failure shows the whole ledger."""

        def wanted(entry: Entry) -> bool:
            seen = entry.shown if entry.view is None else text_of_view(entry.view)
            there = channel in ("", entry.channel) and thread in ("", entry.thread_ts) and method in ("", entry.method)
            return there and all(word in seen or word in entry.text for word in words)

        return self.ledger.wait_for(wanted, seconds, after)

    def text(self, channel: str, thread: str = "", team: str = "") -> str:
        """The channel or thread as a person would read it out."""
        return thread_text(self.team(team), self.channel(channel, team), thread)


def _serve(given: argparse.Namespace) -> None:
    slack = LocalSlack(
        port=given.port, events_url=given.events, interactions_url=given.interactions, commands_url=given.commands,
        socket_mode=given.socket_mode, signing_secret=given.signing_secret,
    )  # fmt: skip
    slack.add_user("U1", "Ada Olsen", email="ada@example.com")
    slack.add_user("U2", "Vic Brand", email="vic@example.com")
    slack.add_channel("C1", "hiring", ["U1", "U2"])
    with slack:
        sys.stdout.write(f"Local Slack: {slack.base_url}\nbot token {slack.token}\napp token {slack.app_token}\n")
        sys.stdout.flush()
        threading.Event().wait()


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="A Slack of your own, on this machine only.")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--events", default="", help="where the app listens, for example .../hooks/slack/events")
    parser.add_argument("--interactions", default="")
    parser.add_argument("--commands", default="")
    parser.add_argument("--socket-mode", action="store_true")
    parser.add_argument("--signing-secret", default=SIGNING_SECRET)
    try:
        _serve(parser.parse_args(arguments))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
