"""A conversation with a graph, without pipeline or database: says, presses, happens; what is heard and decided."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from botapp.graphs.compose.graph import build_compose_graph
from botapp.graphs.context import (
    CandidateView,
    ComposeContext,
    FrontdeskContext,
    Heard,
    InterviewContext,
    MemberView,
    Revision,
)
from botapp.graphs.frontdesk.graph import build_frontdesk_graph
from botapp.graphs.interview.graph import build_interview_graph
from botapp.graphs.running import TurnOutcome, first_memory, run
from botapp.policy.access import Role
from botapp.screening.interviewer import (
    ChatStage,
    Fact,
    FollowUps,
    Interviewer,
    Knockout,
    Question,
    QuestionKind,
    Rubric,
    Settings,
    Stage,
)
from tests.support.scripted_language import ScriptedLanguage

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)  # a Monday
RUBRIC = Rubric(one="Names no example.", three="Names one example.", five="Names an example with its result.")

NIGHTS = Question(id="q1", kind=QuestionKind.YES_NO, text="Can you work night shifts?", topic="night shifts")
YEARS = Question(
    id="q2", kind=QuestionKind.DURATION, text="How long have you picked orders?", topic="picking experience"
)
BUSY = Question(
    id="q3",
    kind=QuestionKind.OPEN,
    text="Tell me about a shift that got too busy.",
    topic="busy shifts",
    rubric=RUBRIC,
    follow_ups=FollowUps(min=0, max=1),
)
LICENCE = Question(
    id="q4",
    kind=QuestionKind.YES_NO,
    text="Do you have a forklift licence?",
    topic="forklift licence",
    knockout=Knockout(op="eq", value=True),
)


@cache
def graphs() -> dict[str, Any]:
    """Compiled once for all tests, as a worker does."""
    return {
        "interview": build_interview_graph(),
        "compose": build_compose_graph(),
        "frontdesk": build_frontdesk_graph(),
    }


def role(*questions: Question, **settings: Any) -> Interviewer:
    """An interviewer with one chat stage."""
    return Interviewer(
        title="Night picker",
        slug="night-picker",
        company="Harbour Foods",
        stages=(ChatStage(id="s1", questions=questions or (NIGHTS, YEARS, BUSY)),),
        facts=(Fact(topic="pay", answer="The pay is $19 an hour."),),
        settings=Settings(**settings),
    )


def heard(kind: str, ident: str, text: str = "", **payload: Any) -> Heard:
    """One pending message."""
    return {
        "id": ident,
        "kind": kind,
        "text": text,
        "sender_kind": "system" if kind == "event" else "candidate",
        "sender_id": "",
        "payload": payload,
    }


@dataclass
class Talk:
    """One conversation with a graph, turn after turn. `turn` is the last one."""

    kind: str
    context: Any
    memory: dict[str, Any] = field(default_factory=dict)
    turn: TurnOutcome | None = None
    count: int = 0

    def __post_init__(self) -> None:
        self.memory = self.memory or first_memory(self.kind)  # type: ignore[arg-type]

    @property
    def language(self) -> ScriptedLanguage:
        return self.context.language

    def hears(self, *messages: Heard) -> "Talk":
        """One turn over these messages."""
        self.turn = run(graphs()[self.kind], self.memory, list(messages), self.context)
        self.memory = self.turn.memory
        return self

    def says(self, *texts: str) -> "Talk":
        """A burst of texts: one turn."""
        return self.hears(*(heard("text", self._next(), text) for text in texts))

    def presses(self, *values: str) -> "Talk":
        return self.hears(*(heard("button", self._next(), v.partition(":")[2] or v, value=v) for v in values))

    def happens(self, event: str, **payload: Any) -> "Talk":
        item = heard("event", self._next())
        return self.hears({**item, "payload": {"event": event, **payload}})

    def later(self, **span: float) -> "Talk":
        """Time passes."""
        self.context = replace(self.context, now=self.context.now + timedelta(**span))
        return self

    def _next(self) -> str:
        self.count += 1
        return f"m{self.count}"

    @property
    def replies(self) -> list[str]:
        assert self.turn
        return [message.text for message in self.turn.replies]

    @property
    def reply(self) -> str:
        assert self.turn and len(self.turn.replies) == 1, self.replies
        return self.turn.replies[0].text

    def effects(self, kind: str) -> list[dict[str, Any]]:
        assert self.turn
        return [effect for effect in self.turn.effects if effect["kind"] == kind]

    def effect(self, kind: str) -> dict[str, Any]:
        (only,) = self.effects(kind)
        return only


def interview(*questions: Question, language: Any = None, zone: str = "UTC", **settings: Any) -> Talk:
    """A candidate who has not joined yet."""
    context = InterviewContext(
        language=language or ScriptedLanguage(),
        now=NOW,
        interviewer=role(*questions, **settings),
        candidate=CandidateView("c1", "Maria Lopez", "maria@example.com"),
        interview_id="i1",
        zone=zone,
        people="Dana at Harbour Foods",
        console_url="https://bot.example/console/interviews/i1",
    )
    return Talk("interview", context)


FORM_LINK, RESUME_LINK = "https://bot.example/s/form", "https://bot.example/s/resume"


def staged(*stages: Stage, by_text: bool = False, **settings: Any) -> Talk:
    """A candidate who was asked the first thing of these stages; the form is s2, the resume s4."""
    talk = interview(**settings)
    of_role = talk.context.interviewer.model_copy(update={"stages": stages})
    links = {"s2": FORM_LINK, "s4": RESUME_LINK}
    channel = "tel" if by_text else "webchat"
    talk.context = replace(talk.context, interviewer=of_role, stage_links=links, channel=channel)
    return talk.happens("joined")


def texted(*questions: Question, name: str = "Maria Lopez", **fields: Any) -> Talk:
    """A candidate on their phone, of whom nothing was heard and to whom nothing was said."""
    talk = interview(*questions, zone="America/New_York", language=fields.pop("language", None))
    known = CandidateView("c1", name, "+12025550123")
    talk.context = replace(talk.context, channel="tel", candidate=known, people="", **fields)
    return talk


def invited(*questions: Question, **fields: Any) -> Talk:
    """A candidate who agreed to texts and got the invitation."""
    return texted(*questions, **fields).happens("invited")


def joined(*questions: Question, **settings: Any) -> Talk:
    """A candidate who agreed and was asked the first question."""
    return interview(*questions, **settings).happens("joined")


@dataclass
class Composing(Talk):
    """A composing conversation with revisions kept the way the pipeline keeps them."""

    undone: list[Revision] = field(default_factory=list)
    done: list[Revision] = field(default_factory=list)

    def hears(self, *messages: Heard) -> "Composing":
        super().hears(*messages)
        assert self.turn
        for effect in self.turn.effects:
            self._carry_out(effect)
        return self

    def _carry_out(self, effect: dict[str, Any]) -> None:
        context: ComposeContext = self.context
        now = Revision(context.revision, "", context.draft.model_dump(mode="json") if context.draft else None)
        match effect["kind"]:
            case "draft_saved":
                self.done, self.undone = [now, *self.done], []
                self._at(context.revision + 1, effect["draft"])
            case "history_moved":
                for _ in range(abs(effect["steps"])):
                    source, sink = (self.done, self.undone) if effect["steps"] < 0 else (self.undone, self.done)
                    target = source.pop(0)
                    sink.insert(0, now)
                    now = target
                self._at(now.number, now.draft)
            case "published":
                self.context = replace(context, version=context.version + 1, status="active")
            case "status_changed":
                self.context = replace(context, status=effect["status"])
            case _:
                pass

    def _at(self, number: int, draft: Any) -> None:
        made = Interviewer.model_validate(draft) if draft else None
        self.context = replace(
            self.context, revision=number, draft=made, before=tuple(self.done), after=tuple(self.undone)
        )


def composing(draft: Interviewer | None = None, member_role: Role = Role.OWNER, **fields: Any) -> Composing:
    """A member in a composing conversation."""
    context = ComposeContext(
        language=fields.pop("language", None) or ScriptedLanguage(),
        now=NOW,
        interviewer_id="iv1",
        member=MemberView("u1", "Dana", member_role),
        draft=draft,
        revision=1 if draft else 0,
        revised_by="Dana",
        status=fields.pop("status", "draft"),
        version=fields.pop("version", 0),
        base_url="https://bot.example",
        secrets=("secret-1", "secret-2"),
        new_ids=("new-1",),
        **fields,
    )
    return Composing("compose", context)


def desk(sender_kind: str, *threads: Any, employer: str = "Harbour Foods", **fields: Any) -> Talk:
    """Somebody at the front desk."""
    return Talk("frontdesk", FrontdeskContext(NOW, sender_kind, tuple(threads), employer, **fields))
