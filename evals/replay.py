"""Bursts replayed through the pipeline: real receive, turns and SQLite, a clock of our own, the settle times of SMS.

What production would hear as two turns is heard as two turns here: nothing is merged for the eval's sake. What is
counted is where the conversation ends: the answer that is kept, and every intent that a turn acted on.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from botapp import bootstrap
from botapp.channels.webchat import WebChat
from botapp.config import Settings
from botapp.engines.rules import RulesLanguage
from botapp.entrypoints.eval_rows import Row, decide, named_intents, question_of
from botapp.graphs.interview.state import InterviewMemory
from botapp.llm import Understanding, UnderstandRequest
from botapp.pipeline import candidates
from botapp.pipeline.deliver import deliver_next
from botapp.pipeline.effects import open_interviewer
from botapp.pipeline.services import fresh_id
from botapp.pipeline.sweep import next_due
from botapp.pipeline.timers import do_next_task
from botapp.pipeline.turn import TurnServices, run_next_turn
from botapp.policy.access import Role
from botapp.screening.interview import Reading, ReadingStatus, SpokenPart
from botapp.screening.interviewer import ChatStage, Interviewer, Question, QuestionKind
from botapp.state import conversations, interviewers, interviews, people
from botapp.state.migrate import upgrade
from botapp.state.wakeups import Wakeups

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SETTLE, SETTLE_CAP = timedelta(seconds=4), timedelta(seconds=12)  # of a text message
AFTER = timedelta(seconds=60)  # how long is waited after the last message
URGENT = (
    "stop",
    "distress",
    "injection",
    "abuse",
    "wrong_person",
    "human",
    "not_interested",
    "later",
    "help",
    "repeat",
)


class VirtualClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self._at = START

    def now(self) -> datetime:
        return self._at

    def move_to(self, moment: datetime) -> None:
        self._at = max(self._at, moment)


class Silent(Wakeups):
    """Nobody is woken: the replay works off what is due by itself."""

    def wake(self, name: str) -> bool:  # noqa: ARG002
        return True

    def wake_another(self, name: str) -> None:  # noqa: ARG002
        return None

    def push(self, conversation_id: str, event: dict[str, Any]) -> None:  # noqa: ARG002
        return None


class TextLike(WebChat):
    """Our own pages, with the patience of a text message."""

    limits = replace(WebChat.limits, settle=SETTLE, settle_cap=SETTLE_CAP)


@dataclass
class Listening(RulesLanguage):
    """The rules engine; remembers what was heard in each turn, and the words."""

    heard: list[tuple[Understanding, tuple[SpokenPart, ...]]] = field(default_factory=list)

    def understand(self, request: UnderstandRequest) -> Understanding:
        found = super().understand(request)
        self.heard.append((found, request.parts))
        return found


@dataclass
class Replay:
    """One employer with everything that takes an interview."""

    services: TurnServices
    clock: VirtualClock
    language: Listening
    workspace_id: str
    owner_id: str

    def run(self, row: Row) -> Row:
        """One burst, from the first question to a minute after the last message."""
        question = question_of(row)
        token = candidates.start_interview(
            self.services, slug=self._publish(question), name="Sam Example", contact="sam@example.com"
        )
        self._until(self.clock.now() + AFTER)
        self.language.heard.clear()
        began = self.clock.now()
        for number, message in enumerate(row["messages"]):
            self._until(began + timedelta(seconds=message["t"]))
            candidates.say_as_candidate(self.services, token, f"c{number}", message["text"])
        self._until(self.clock.now() + AFTER)
        return {"id": row["id"], "turns": len(self.language.heard), **self._kept(row, question, token), **self._acted()}

    def _until(self, end: datetime) -> None:
        """Everything that becomes due until then, in its order."""
        while True:
            while run_next_turn(self.services) or do_next_task(self.services) or deliver_next(self.services):
                pass
            due = min((moment for moment in next_due(self.services) if moment is not None), default=end)
            if due >= end or due <= self.clock.now():
                self.clock.move_to(end)
                return
            self.clock.move_to(due)

    def _publish(self, question: Question) -> str:
        id, now = fresh_id(), self.clock.now()
        last = Question(id="z", kind=QuestionKind.OPEN, text="Is there anything else you would like to tell the team?")
        asked = question.model_copy(update={"id": "q", "knockout": None})
        stage = ChatStage(id="s1", questions=(asked, last))
        draft = Interviewer(title="Helper", slug=f"helper-{id[:8]}", stages=(stage,))
        with self.services.database.writing() as uow:
            open_interviewer(uow, id=id, workspace_id=self.workspace_id, by=self.owner_id, now=now)
            stored = interviewers.get(uow, id)
            assert stored is not None
            interviewers.save_draft(
                uow, stored, draft=draft.model_dump(mode="json"), summary="eval", edits=[], by=self.owner_id, now=now
            )
            stages = [each.model_dump(mode="json") for each in draft.running_stages()]
            interviewers.publish(uow, stored, definition={"stages": stages}, by=self.owner_id, now=now)
            found = interviewers.get(uow, id)
        assert found is not None
        return found.slug

    def _kept(self, row: Row, question: Question, token: str) -> Row:
        with self.services.database.reading() as uow:
            interview = interviews.by_link(uow, token)
            assert interview is not None
            memory = InterviewMemory.model_validate(conversations.load(uow, interview.conversation_id).state)
        answer = memory.answer("q")
        reading = answer.reading
        if question.is_open or reading is None:
            kept = not question.is_open and bool(answer.parts)
            return {"value": None, "status": "unclear" if kept else "no_answer", "meets_rule": None}
        return _reading_row(row, question, reading)

    def _acted(self) -> Row:
        """All intents of all turns, the most urgent first, and every question of the candidate."""
        named = [named_intents(heard, parts, "") for heard, parts in self.language.heard]
        seen = list(dict.fromkeys(each for one in named for each in (one["intent"], *one["also"])))
        urgent = [each for each in URGENT if each in seen]
        main = next(iter(urgent), "answer" if "answer" in seen else next(iter(seen), "answer"))
        question = " ".join(one["question"] for one in named if one["question"])
        return {"intent": main, "also": [each for each in seen if each != main], "question": question}


def _reading_row(row: Row, question: Question, reading: Reading) -> Row:
    clear = reading.status is ReadingStatus.CLEAR
    return {
        "value": reading.value if clear else None,
        "status": None if clear else reading.status.value,
        "meets_rule": decide(row, question, reading),
    }


@contextmanager
def replaying() -> Iterator[Replay]:
    """A fresh database in a folder that goes away, with one employer in it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, data_dir=Path(folder))
        clock, language = VirtualClock(), Listening()
        shared = bootstrap.worker_services(settings)
        upgrade(shared.database)
        services = replace(
            shared,
            clock=clock,
            wakeups=Silent("redis://127.0.0.1:1/0"),
            channels={**shared.channels, "webchat": TextLike(clock)},
            language_for=lambda _workspace, _conversation: language,
            leases=None,
        )
        workspace_id, owner = fresh_id(), fresh_id()
        with services.database.writing() as uow:
            people.create_workspace(uow, id=workspace_id, name="Example Foods", now=clock.now())
            people.add_member(
                uow,
                id=owner,
                workspace_id=workspace_id,
                name="Olive Owner",
                email="owner@example.com",
                role=Role.OWNER,
                now=clock.now(),
            )
        yield Replay(services, clock, language, workspace_id, owner)


def bursts(rows: list[Row]) -> list[Row]:
    """Every burst in a conversation of its own."""
    with replaying() as replay:
        return [replay.run(row) for row in rows]
