"""A Twilio on this machine: a real HTTP server with its REST interface, its webhooks and a phone network behind it.

Guarantees: it listens on loopback only and calls loopback only. What it took and what reached a phone is in `ledger`,
whatever its answer to the call was. It never removes doubles: what is sent twice arrives twice, and the ledger tells.
"""

import argparse
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from botapp.entrypoints.simulator import twilio_shapes as shapes
from botapp.entrypoints.simulator.carrier import HELP, STARTED, STOPPED, Network, Step, keyword
from botapp.entrypoints.simulator.twilio_account import ACCOUNT_SID, AUTH_TOKEN, NUMBER, Account
from botapp.entrypoints.simulator.twilio_api import Api
from botapp.entrypoints.simulator.twilio_faults import Fault, Switches
from botapp.entrypoints.simulator.twilio_later import Later
from botapp.entrypoints.simulator.twilio_ledger import Ledger, Media, Message, new_sid
from botapp.entrypoints.simulator.twilio_server import Server
from botapp.entrypoints.simulator.twilio_webhooks import Attempt, Params, Poster

NOBODY = "http://127.0.0.1:9/"  # the port where things are discarded: nobody listens

__all__ = ["ACCOUNT_SID", "AUTH_TOKEN", "NUMBER", "Account", "Fault", "LocalTwilio", "Media"]


class LocalTwilio:
    """One account with its numbers and phones. `with LocalTwilio() as twilio:` starts and stops it.

    Args:
        routes: public address -> where that server really listens, for webhooks signed over the public one.
        now: the clock of the ledger; delays run in real seconds.
    """

    def __init__(
        self,
        account: Account | None = None,
        *,
        port: int = 0,
        file: Path | None = None,
        routes: Mapping[str, str] | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.account = account or Account()
        self.ledger = Ledger(file, now)
        self.network = Network()
        self.switches = Switches()
        self.hooks_fail = False  # texts find nobody at the first address
        self.poster = Poster(self.account.token, routes)
        self.later = Later()
        self.api = Api(self.account, self.ledger, self.network, self._taken)
        self._port = port
        self._server: Server | None = None

    def __enter__(self) -> Self:
        self.up()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.down()
        self.later.stop()

    def up(self) -> None:
        """Listen; on the same port as before, so that it can be away for a while."""
        self._server = Server(self, self._port)
        self._port = self._server.server_address[1]
        self._server.begin()

    def down(self) -> None:
        """Stop listening: calls are refused from now on."""
        if self._server:
            self._server.end()
            self._server = None

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Nobody listens inside: every connection is refused."""
        self.down()
        try:
            yield
        finally:
            self.up()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def will(self, fault: Fault, times: int = 1, seconds: float = 1.0) -> None:
        """What the next calls that send a message meet."""
        self.switches.will(fault, times, seconds)

    def idle(self, timeout: float = 30.0) -> bool:
        """Wait until every report and arrival is done."""
        return self.later.idle(timeout)

    # Messages to phones.

    def _taken(self, message: Message) -> None:
        """A message was accepted: its life begins."""
        if message.error_code == 21610:
            steps = [Step(0.0, "failed", 21610)]
        else:
            steps = self.network.plan(message.to, bool(message.service))
        for step in steps:
            self.later.after(step.after, lambda step=step: self._live(message.sid, step))  # type: ignore[misc]
        reports = self.network.reports(steps, message.sid)
        if self.network.reporting.before_response and reports:
            self._report(message.sid, reports[:1])
            reports = reports[1:]
        self._report_later(message.sid, reports, 0.0)

    def _live(self, sid: str, step: Step) -> None:
        if self.ledger.move(sid, step.status, step.error_code) and step.status == "delivered":
            self.ledger.deliver(sid)

    def _report_later(self, sid: str, reports: Sequence[tuple[float, Step]], gone: float) -> None:
        if reports:
            self.later.after(max(0.0, reports[0][0] - gone), lambda: self._report(sid, reports))

    def _report(self, sid: str, reports: Sequence[tuple[float, Step]]) -> None:
        """One report, and the next when it was answered."""
        (due, step), rest = reports[0], reports[1:]
        message = self.ledger.get(sid)
        if message and message.callback:
            self.poster.post(
                message.callback, shapes.status_params(self.account, message, step.status, step.error_code)
            )
        self._report_later(sid, rest, due)

    # Messages from phones.

    def text_from(
        self,
        number: str,
        body: str,
        *,
        to: str = "",
        media: Sequence[tuple[str, bytes]] = (),
        sid: str = "",
    ) -> Attempt:
        """A phone texts us; returns what became of the webhook. `media`: (content type, bytes) of each file."""
        to = to or self.account.numbers[0]
        message = Message(
            sid=sid or new_sid("MM" if media else "SM"),
            to=to,
            from_=number,
            body=body,
            status="received",
            direction="inbound",
            created=self.ledger.now(),
            sent=self.ledger.now(),
            segments=shapes.segments(body),
        )
        files = [Media(new_sid("ME"), message.sid, kind, content) for kind, content in media]
        for file in files:
            self.ledger.keep_media(file)
        self.ledger.put(replace(message, media=tuple(file.sid for file in files)))
        word = self._obey(number, to, body) if self.account.handles_opt_out else ""
        told = word if self.account.advanced_opt_out else ""
        return self._hand_in(to, shapes.text_params(self.account, message, files, base=self.url, opt_out=told))

    def hand_in_again(self, sid: str) -> Attempt:
        """The same text's webhook once more: a retry of Twilio's, or somebody's replay."""
        message = self.ledger.get(sid)
        if message is None:
            raise KeyError(sid)
        files = [found for one in message.media if (found := self.ledger.media(one))]
        params = shapes.text_params(self.account, message, files, base=self.url, opt_out="")
        return self._hand_in(message.to, params)

    def _hand_in(self, to: str, params: Params) -> Attempt:
        webhooks = self.account.webhooks_for(to)
        url = f"{NOBODY}#{webhooks.url.partition('#')[2]}" if self.hooks_fail else webhooks.url
        return self.poster.post_or_fall_back(url, webhooks.fallback, params)

    def _obey(self, number: str, to: str, body: str) -> str:
        """Twilio's own words: it blocks or unblocks, and answers. Returns which it was."""
        word, sender = keyword(body), self.account.sender_of(to)
        blocked = self.ledger.opted_out(sender, number)
        if word == "stop":
            self.ledger.opt_out(sender, number)
            if not blocked:
                self._say(to, number, STOPPED)
        elif word == "start":
            self.ledger.opt_out(sender, number, on=False)
            if blocked:
                self._say(to, number, STARTED)
            elif body.strip().lower() == "yes":
                return ""
        elif word == "help":
            self._say(to, number, HELP)
        return word

    def _say(self, from_: str, to: str, body: str) -> None:
        """A message Twilio writes itself: on the phone at once, and not in our side's ledger."""
        now = self.ledger.now()
        sid = new_sid("SM")
        self.ledger.put(Message(sid, to, from_, body, "delivered", "outbound-reply", now, sent=now, by_provider=True))
        self.ledger.deliver(sid)


def settings_from(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """From the command line; what is not given there, from botapp's own settings in the environment."""
    env = os.environ.get
    read = argparse.ArgumentParser(prog="python -m botapp.entrypoints.simulator.twilio", description=__doc__)
    read.add_argument("--port", type=int, default=8900)
    read.add_argument("--public-url", default=env("BOTAPP_PUBLIC_URL") or "http://127.0.0.1:8000")
    read.add_argument("--reach", default="", help="where the server behind the public URL really listens")
    read.add_argument("--account-sid", default=env("BOTAPP_TWILIO_ACCOUNT_SID") or ACCOUNT_SID)
    read.add_argument("--numbers", default=env("BOTAPP_TWILIO_FROM") or NUMBER)
    read.add_argument("--service", default=env("BOTAPP_TWILIO_MESSAGING_SERVICE_SID") or "")
    read.add_argument("--we-answer-opt-outs", action="store_true", help="Twilio leaves STOP and HELP to us")
    read.add_argument("--file", type=Path, default=None, help="keep the ledger here")
    read.add_argument("--report-delay", type=float, default=0.5, help="seconds until a status is reported")
    read.add_argument("--latency", type=float, default=1.0, help="seconds until a text is on the phone")
    return read.parse_args(arguments)


def built(given: argparse.Namespace) -> LocalTwilio:
    """The server these settings describe; it points its numbers at our hooks, as `botapp setup twilio` does."""
    account = Account(
        sid=given.account_sid,
        token=os.environ.get("BOTAPP_TWILIO_AUTH_TOKEN") or AUTH_TOKEN,
        numbers=tuple(number.strip() for number in given.numbers.split(",") if number.strip()),
        service=given.service,
        handles_opt_out=not given.we_answer_opt_outs,
    )
    public = given.public_url.rstrip("/")
    account.point_at(f"{public}/hooks/twilio/sms#rc=3&rp=all", f"{public}/hooks/twilio/fallback#rc=3&rp=all")
    routes = {public: given.reach} if given.reach else {}
    twilio = LocalTwilio(account, port=given.port, file=given.file, routes=routes)
    twilio.network.reporting = replace(twilio.network.reporting, delay=given.report_delay)
    twilio.network.latency = given.latency
    return twilio


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until asked to stop."""
    asked_to_stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: asked_to_stop.set())
    with built(settings_from(arguments)) as twilio:
        print(f"The local Twilio listens at {twilio.url}", flush=True)  # noqa: T201 - a command line prints
        asked_to_stop.wait()


if __name__ == "__main__":
    main()
