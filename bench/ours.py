"""Our whole turn in one process: accept, claim, load, graph, commit, delivered. SQLite FULL, web chat.

Redis wake-ups are left out (a peer has none): `single_message` measures with them. Log lines go to a file, as they do
under the supervisor.
"""

import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.scenario import ANSWERS, Said, interviewer
from botapp.bootstrap import ensure_workspace, worker_services
from botapp.channels.webchat import read_post
from botapp.config import Settings
from botapp.log import configure_logging
from botapp.messages import Sender, SenderKind
from botapp.pipeline.candidates import start_interview
from botapp.pipeline.effects import open_interviewer
from botapp.pipeline.receive import receive_message
from botapp.pipeline.services import Services, fresh_id
from botapp.pipeline.turn import TurnServices, run_next_turn
from botapp.screening.interviewer import Interviewer
from botapp.state import interviewers, interviews, views
from botapp.state.interviews import StoredInterview
from botapp.state.migrate import upgrade
from botapp.state.wakeups import Wakeups


class Silent(Wakeups):
    """Wakes nobody: the benchmark calls the worker itself."""

    def wake(self, name: str) -> bool:  # noqa: ARG002 - the signature of what it stands for
        return True

    def push(self, conversation_id: str, event: dict[str, Any]) -> None:  # noqa: ARG002
        return None


def publish(shared: Services, settings: Settings, role: Interviewer) -> str:
    """Store a role and publish it, without the chat that makes one; returns its link name."""
    first = ensure_workspace(settings, shared)
    draft = role.model_dump(mode="json")
    now, id = shared.now(), fresh_id()
    with shared.database.writing() as uow:
        open_interviewer(uow, id=id, workspace_id=first.workspace_id, by=first.owner_id, now=now)
        opened = interviewers.get(uow, id)
        assert opened is not None
        interviewers.save_draft(uow, opened, draft=draft, summary="made", edits=[], by=first.owner_id, now=now)
        saved = interviewers.get(uow, id)
        assert saved is not None
        interviewers.publish(uow, saved, definition={"stages": draft["stages"]}, by=first.owner_id, now=now)
    return role.slug


AGO, APART = timedelta(hours=1), timedelta(seconds=5)


@dataclass
class Talk:
    """One interview under way."""

    stack: "Ours"
    interview: StoredInterview
    count: int = 0
    seen: int = 0

    def say(self, said: Said) -> None:
        """One turn: accepted, run, committed, and so delivered."""
        self.count += 1
        body = {"client_id": f"m{self.count}", "text": said.text, "typing_ended": True}
        if said.button:
            body["button"] = {"label": said.text, "value": said.button}
        sender = Sender(SenderKind.CANDIDATE, self.interview.candidate_id)
        address = f"webchat:{self.interview.id}"
        services = self.stack.services
        at = services.now() - AGO + self.count * APART  # as a person would: faster than that is a flood, and is slowed
        message = read_post(body, address=address, sender=sender, at=at)
        receive_message(
            services,
            message,
            workspace_id=self.interview.workspace_id,
            conversation_id=self.interview.conversation_id,
        )
        assert run_next_turn(services)

    def answer(self) -> None:
        """Every question, one turn each."""
        for said in ANSWERS:
            self.say(said)

    def replies(self) -> list[str]:
        """What we said since the last call, read as a page reads it."""
        with self.stack.services.database.reading() as uow:
            shown = views.messages(
                uow,
                workspace_id=self.interview.workspace_id,
                conversation_id=self.interview.conversation_id,
                after=self.seen,
                agent="",
            )
        self.seen = max((m.seq for m in shown), default=self.seen)
        return [m.text for m in shown if m.ours]


class Ours:
    """The real stack on a fresh database."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.database = folder / "botapp.db"
        self.settings = Settings(data_dir=folder, _env_file=None)
        log, stderr = (folder / "turns.log").open("a"), sys.stderr
        sys.stderr = log  # the log's factory keeps the stream it finds
        configure_logging("INFO")
        sys.stderr = stderr
        made = worker_services(self.settings)
        self.services: TurnServices = replace(made, wakeups=Silent(self.settings.redis))
        upgrade(self.services.database)
        self.slug = publish(self.services, self.settings, interviewer())
        self.people = 0

    def start(self) -> Talk:
        """A candidate agrees; their first turn (the welcome) is not run yet."""
        self.people += 1
        token = start_interview(self.services, slug=self.slug, name="Sam Field", contact=f"s{self.people}@example.com")
        with self.services.database.reading() as uow:
            begun = interviews.by_link(uow, token)
        assert begun is not None
        return Talk(self, begun)

    def welcome(self, talk: Talk) -> list[str]:
        assert run_next_turn(self.services)
        return talk.replies()

    def statements(self) -> tuple[int, int]:
        """(statements, transactions) of one turn in which a typed answer is read, counted by SQLite itself."""
        talk = self.start()
        self.welcome(talk)
        talk.say(ANSWERS[0])
        seen: list[str] = []
        database = self.services.database
        with database.reading() as uow:  # one connection is in use at a time, so the pool hands out this one again
            uow.driver.set_trace_callback(seen.append)
        talk.say(ANSWERS[1])
        with database.reading() as uow:
            uow.driver.set_trace_callback(None)
        verbs = [sql.split(None, 1)[0].upper() for sql in seen[:-1]]
        begun = verbs.count("BEGIN")
        return sum(verb not in ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA") for verb in verbs), begun


def whole_interview(stack: Ours) -> list[str]:
    """Every reply of one interview."""
    talk = stack.start()
    replies = stack.welcome(talk)
    for said in ANSWERS:
        talk.say(said)
        replies += talk.replies()
    return replies
