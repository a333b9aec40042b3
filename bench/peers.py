"""The same nodes and the same rules work without our spine: bare LangGraph with its SQLite saver, and a plain function.

A peer gets the lightest fair treatment: what only lives within a turn is emptied by the next turn's input, one context
is made for a whole interview, no transcript is kept beside the state.
"""

import sqlite3
import uuid
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol

import orjson
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.types import Overwrite

from bench.scenario import ANSWERS, Said, interviewer
from botapp.engines.rules import RulesLanguage
from botapp.graphs.context import CandidateView, Heard, InterviewContext
from botapp.graphs.interview.graph import build_interview_graph
from botapp.graphs.running import first_memory


class Peer(Protocol):
    """One way to run the interview. `start` opens a thread; `turn` hears one thing and returns what is said."""

    def start(self) -> str: ...
    def turn(self, thread: str, heard: Heard) -> list[str]: ...
    def close(self) -> None: ...


def heard(said: Said) -> Heard:
    """One message as the graph takes it."""
    kind, payload = ("button", {"value": said.button}) if said.button else ("text", {})
    return _heard(kind, said.text, payload)


def joined() -> Heard:
    return _heard("event", "", {"event": "joined"})


def _heard(kind: str, text: str, payload: dict[str, Any]) -> Heard:
    return {
        "id": str(uuid.uuid4()),
        "kind": kind,
        "text": text,
        "sender_kind": "candidate",
        "sender_id": "c1",
        "payload": payload,
    }


def context() -> InterviewContext:
    return InterviewContext(
        language=RulesLanguage(),
        now=datetime.now(UTC),
        interviewer=interviewer(),
        candidate=CandidateView("c1", "Sam Field", "sam@example.com"),
        interview_id="i1",
        people="the hiring team at Harbour Lane Logistics",
    )


def _texts(replies: list[dict[str, Any]]) -> list[str]:
    return [reply["text"] for reply in replies]


class BareGraph:
    """The graph alone: memory handed from turn to turn in Python, nothing stored."""

    def __init__(self) -> None:
        self.graph = build_interview_graph()
        self.context = context()
        self.memories: dict[str, dict[str, Any]] = {}

    def start(self) -> str:
        thread = str(uuid.uuid4())
        self.memories[thread] = first_memory("interview")
        return thread

    def turn(self, thread: str, heard: Heard) -> list[str]:
        state = {"memory": self.memories[thread], "heard": [heard], "replies": [], "effects": []}
        done = self.graph.invoke(state, context=self.context)
        self.memories[thread] = done["memory"]
        return _texts(done["replies"])

    def close(self) -> None:
        return None


class LangGraph:
    """The graph compiled with langgraph-checkpoint-sqlite; `durability` None is what you get when you say nothing."""

    def __init__(self, file: Path, durability: str | None) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.file = file
        self.connection = sqlite3.connect(file, check_same_thread=False)
        self.connection.execute("PRAGMA synchronous=FULL")  # SQLite's default as well: said so that it is sure
        saver = SqliteSaver(self.connection)
        saver.setup()
        self.graph = build_interview_graph().builder.compile(checkpointer=saver, name="interview")
        self.options: dict[str, Any] = {"durability": durability} if durability else {}
        self.context = context()

    def start(self) -> str:
        return str(uuid.uuid4())

    def turn(self, thread: str, heard: Heard) -> list[str]:
        fresh: dict[str, Any] = {key: Overwrite([]) for key in ("lines", "replies", "effects")}
        given = {"heard": [heard], "follow_up_text": "", "knocked_out": "", **fresh}
        if heard["payload"].get("event") == "joined":
            given["memory"] = first_memory("interview")
        config = {"configurable": {"thread_id": thread}}
        done = self.graph.invoke(given, config, context=self.context, **self.options)
        return _texts(done["replies"])

    def close(self) -> None:
        self.connection.close()


class Floor:
    """A plain function does the rules work; what it took and said is one SQLite FULL transaction."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.execute("CREATE TABLE talks (id TEXT PRIMARY KEY, memory TEXT)")
        self.connection.execute("CREATE TABLE messages (id TEXT PRIMARY KEY, talk TEXT, ours INTEGER, text TEXT)")
        self.steps = _Steps()
        self.runtime = SimpleNamespace(context=context())

    def start(self) -> str:
        return str(uuid.uuid4())

    def turn(self, thread: str, heard: Heard) -> list[str]:
        execute = self.connection.execute
        found = execute("SELECT memory FROM talks WHERE id = ?", (thread,)).fetchone()
        memory = orjson.loads(found[0]) if found else first_memory("interview")
        state = self.steps.run({"memory": memory, "heard": [heard], "replies": [], "effects": []}, self.runtime)
        said = _texts(state["replies"])
        rows = [(heard["id"], thread, 0, heard["text"]), *((str(uuid.uuid4()), thread, 1, text) for text in said)]
        execute("BEGIN IMMEDIATE")
        execute("INSERT OR REPLACE INTO talks VALUES (?, ?)", (thread, orjson.dumps(state["memory"]).decode()))
        self.connection.executemany("INSERT INTO messages VALUES (?, ?, ?, ?)", rows)
        execute("COMMIT")
        return said

    def close(self) -> None:
        self.connection.close()


class _Steps:
    """Walks the interview's own nodes and routes, read from its wiring, in a plain loop."""

    def __init__(self) -> None:
        builder = build_interview_graph().builder
        self.nodes = {name: spec.runnable.func for name, spec in builder.nodes.items()}
        self.routes = {name: next(iter(found.values())).path.func for name, found in builder.branches.items()}
        self.wants_runtime = {name for name, node in self.nodes.items() if node.__code__.co_argcount == 2}

    def run(self, state: dict[str, Any], runtime: Any) -> dict[str, Any]:
        name = self.routes["__start__"](state)
        while name:
            node = self.nodes[name]
            update = node(state, runtime) if name in self.wants_runtime else node(state)
            for key, value in update.items():
                state[key] = state.get(key, []) + value if key in ("lines", "replies", "effects") else value
            name = self.routes[name](state) if name in self.routes else ""
        return state


def whole_interview(peer: Peer) -> list[str]:
    """Every reply of one interview."""
    thread = peer.start()
    replies = peer.turn(thread, joined())
    for said in ANSWERS:
        replies += peer.turn(thread, heard(said))
    return replies
