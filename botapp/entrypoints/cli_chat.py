"""`botapp chat`: the compose agent in a terminal. Lines go to receive; replies come from the outbox.

If no worker is running, the turns run here, in this process, by the same code.
"""

import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from botapp.bootstrap import ensure_workspace, services, worker_services
from botapp.channels.terminal import terminal_lines
from botapp.config import Settings
from botapp.errors import BadPayload, BotappError
from botapp.log import configure_logging
from botapp.messages import InboundKind, InboundMessage, QuickReply, Sender, SenderKind, outbound_from_json
from botapp.pipeline.briefs import give_file
from botapp.pipeline.receive import receive_message
from botapp.pipeline.services import Services
from botapp.scoring.forms import UploadedFile
from botapp.state import conversations, people, views
from botapp.state.migrate import upgrade
from botapp.state.wakeups import TURNS

WAITS_FOR = 120.0
HELP = "Type or paste, then an empty line to send. /file PATH sends a file. /quit leaves; everything is kept."
_FILE = "/file"


class TerminalThread:
    """One member at one terminal: an address of its own, and what it has shown so far."""

    def __init__(self, shared: Services, workspace_id: str, member_id: str, *, alone: bool, settings: Settings) -> None:
        self._shared = shared
        self._workspace_id = workspace_id
        self._member_id = member_id
        self._address = f"terminal:{member_id}/{uuid.uuid4().hex[:12]}"
        self._worker = worker_services(settings) if alone else None
        self._shown: set[str] = set()
        self.replies: tuple[QuickReply, ...] = ()

    def say(self, text: str) -> Iterator[str]:
        """Hand a message to receive and return the lines of what is answered.

        Raises:
            BotappError: nothing was kept; say it again.
        """
        pressed = self._pressed(text)
        message = InboundMessage(
            channel_account="terminal",
            external_id=uuid.uuid4().hex,
            address=self._address,
            sender=Sender(SenderKind.MEMBER, self._member_id),
            text=pressed.label if pressed else text,
            received_at=self._shared.now(),
            kind=InboundKind.BUTTON if pressed else InboundKind.TEXT,
            payload={"value": pressed.value} if pressed else {},
            typing_ended=True,
        )
        receive_message(self._shared, message, workspace_id=self._workspace_id)
        return self._answer()

    def give(self, path: Path) -> Iterator[str]:
        """Hand a file to receive and return the lines of what is answered.

        Raises:
            BotappError: nothing was kept, and why.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BadPayload(f"{path} can't be opened: {error.strerror}.") from error
        file = UploadedFile(path.name, "", content)
        give_file(self._shared, self._workspace_id, self._member_id, self._address, uuid.uuid4().hex, file)
        return self._answer()

    def _pressed(self, text: str) -> QuickReply | None:
        typed = text.strip()
        if typed.isdigit() and 1 <= int(typed) <= len(self.replies):
            return self.replies[int(typed) - 1]
        return None

    def _answer(self) -> Iterator[str]:
        """What is said, as it comes, up to the end of the work that it says is being done."""
        ends, answered = time.monotonic() + WAITS_FOR, False
        while time.monotonic() < ends:
            self._run_turns()
            for line in self._new_lines():
                answered = True
                yield line
            if answered and not self._is_busy():
                yield from self._new_lines()  # what was said between the two looks
                return
            time.sleep(0.05)
        if not answered:
            yield "No answer yet. What you said is kept; it will be answered here or in the console."

    def _is_busy(self) -> bool:
        with self._shared.database.reading() as uow:
            return conversations.is_busy(uow, self._workspace_id, self._address)

    def _run_turns(self) -> None:
        if self._worker is None:
            return
        from botapp.pipeline.timers import do_next_task
        from botapp.pipeline.turn import run_next_turn

        while run_next_turn(self._worker) or do_next_task(self._worker):
            continue

    def _new_lines(self) -> list[str]:
        with self._shared.database.reading() as uow:
            rows = views.sent_to(uow, self._workspace_id, self._address)
        fresh = [(id, outbound_from_json(message)) for id, message in rows if id not in self._shown]
        self._shown |= {id for id, _ in fresh}
        if fresh:
            self.replies = fresh[-1][1].quick_replies
        return [line for _, message in fresh for line in (*terminal_lines(message), "")]


def run_chat(settings: Settings, email: str) -> None:
    """Talk until /quit or the end of input."""
    configure_logging("CRITICAL")  # the terminal is for the conversation
    shared = services(settings)
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        upgrade(shared.database)
        first = ensure_workspace(settings, shared)
        with shared.database.reading() as uow:
            member_id = people.member_by_email(uow, first.workspace_id, email) if email else first.owner_id
        if not member_id:
            raise click.ClickException(f"No member has the e-mail {email}. Invite them in the console, under Team.")
        alone = shared.wakeups.workers(TURNS) == 0
        thread = TerminalThread(shared, first.workspace_id, member_id, alone=alone, settings=settings)
        click.echo(HELP)
        _converse(thread)
    except BotappError as error:
        raise click.ClickException(f"{error} Nothing you said before is lost.") from error


def _converse(thread: TerminalThread) -> None:
    show(thread.say("hello"))
    while True:
        said = read_message()
        if said is None or said.strip() == "/quit":
            return
        if said.strip():
            show(_answer_to(thread, said.strip()))


def _answer_to(thread: TerminalThread, said: str) -> Iterable[str]:
    word, _, path = said.partition(" ")
    if word != _FILE or "\n" in said:
        return thread.say(said)
    if not path.strip():
        return ["Which file? Say /file and its path."]
    try:
        return thread.give(Path(path.strip()).expanduser())
    except BadPayload as error:  # a wrong path is no reason to leave
        return [str(error)]


def show(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def read_message() -> str | None:
    """Lines up to an empty one, so that a pasted advert is one message. None at the end of input."""
    lines: list[str] = []
    is_typed = sys.stdin.isatty()
    if is_typed:
        click.echo("> ", nl=False)
    for line in sys.stdin:
        if not line.strip() and lines:
            return "\n".join(lines)
        if line.strip():
            lines.append(line.rstrip("\n"))
        if line.strip() == "/quit" or (is_typed and len(lines) == 1 and not _more_is_waiting()):
            return "\n".join(lines)
    return "\n".join(lines) if lines else None


def _more_is_waiting() -> bool:
    """Whether more input is there already: a paste."""
    import select

    return bool(select.select([sys.stdin], [], [], 0.15)[0])
