"""What an interview remembers between turns, and what its nodes hand on within one. Plain JSON types; no transcript."""

import operator
import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypedDict

from pydantic import Field

from botapp.graphs.context import Heard, InterviewContext
from botapp.llm import Intent, Understanding
from botapp.screening.effects import Effect, answer_saved, task
from botapp.screening.interview import AnswerStatus, InterviewStatus, Reading, SpokenPart
from botapp.screening.interviewer import (
    ON_A_PAGE,
    RUNNABLE_STAGES,
    Interviewer,
    Noun,
    Question,
    ResumeStage,
    Stage,
    StageKind,
)

PARTS_MAX = 20  # an answer amended for ever keeps its first message and the latest ones
SAID_MAX = 300  # characters of an earlier answer that help to understand a correction

Ahead = Literal["ask", "follow_up", "stage", "weigh", "finish", "say"]


Place = Literal["chat", "page", "task_ahead", "task", "weighed"]  # what kind of stage the words fall into


class AnswerMemory(Noun):
    """How far one question is. `probed`: how many of the parts the last choice of a follow-up has seen."""

    status: AnswerStatus = AnswerStatus.OPEN
    parts: tuple[SpokenPart, ...] = ()
    reading: Reading | None = None
    follow_ups: tuple[str, ...] = ()
    clarified: bool = False
    disputed: bool = False  # was answered in two ways, and they were asked which is right
    probed: int = 0

    @property
    def is_done(self) -> bool:
        return self.status is not AnswerStatus.OPEN


class StageMemory(Noun):
    """How far one stage is that is more than its questions. `gate`: what its minimum score came to."""

    done: bool = False
    left: bool = False  # done because they would rather not; what comes later is still taken
    announced: bool = False
    begun_at: str = ""  # a task: when its time began (ISO)
    rounds: int = 0  # a task: messages of the candidate so far
    attachment: str = ""  # a resume: the file that is being read, or was
    tries: int = 0  # a resume: files that could not be read
    gate: Literal["", "passed", "failed", "needs_person"] = ""


class InterviewMemory(Noun):
    """Where an interview is. `prompt` is what was asked last, word for word, for coming back to it."""

    version: Literal[1] = 1
    status: InterviewStatus = InterviewStatus.INVITED
    outcome: str = ""
    waiting_for: Literal["", "person", "later"] = ""
    open_question: str = ""
    prompt: str = ""
    answers: dict[str, AnswerMemory] = Field(default_factory=dict)
    reminders: int = 0
    told: bool = False  # has been told, once, that this waits or is over
    unscored: bool = False
    alerted: bool = False
    expires_at: str = ""
    introduced: bool = False  # invited by text: the invitation said who asks, so the first words start it
    wants_name: bool = False  # nobody knows their name yet; asked before the first question
    name_asks: int = 0
    taken_by: str = ""  # the person of the team who writes instead of us
    taken_from: Literal["", "person", "later"] = ""  # what it waited for when they took over
    offered: Literal["", "ways"] = ""  # what the next words may choose from
    promised: str = ""  # the day (ISO) by which they hear from a person
    answered_by_person: bool = False  # a person has written since the end
    stages: dict[str, StageMemory] = Field(default_factory=dict)
    held: str = ""  # the stage whose score decides whether the next one begins; "": none is waited for
    language: str = ""  # what the candidate asked to be spoken to in; "": the interviewer's
    language_offered: str = ""  # they wrote in it, and were asked whether to go on in it
    foreign: int = 0  # messages in another language, one after the other
    abuse: int = 0  # turns with insults or threats
    heard_at: str = ""  # when words were heard last (ISO): what follows at once goes on with the same answer

    @property
    def is_over(self) -> bool:
        return self.status in (InterviewStatus.COMPLETED, InterviewStatus.ENDED, InterviewStatus.EXPIRED)

    def answer(self, question_id: str) -> AnswerMemory:
        return self.answers.get(question_id) or AnswerMemory()

    def stage(self, stage_id: str) -> StageMemory:
        return self.stages.get(stage_id) or StageMemory()


class Credited(TypedDict):
    """Part of a burst that answers a question; `button_value` when a button was pressed.

    `corrects`: takes an earlier answer back. Without it, words to an answered question are added to the answer.
    """

    question_id: str
    parts: list[dict[str, str]]
    button_value: str
    corrects: bool


class InterviewState(TypedDict, total=False):
    """One turn's state. Only `memory` outlives the turn; `lines` are sentences that stand before what is asked next."""

    memory: dict[str, Any]
    heard: list[Heard]
    understanding: dict[str, Any]
    credited: list[Credited]
    asked: list[str]
    ahead: Ahead
    knocked_out: str
    follow_up_text: str
    switched: bool
    place: Place
    zone: str
    lines: Annotated[list[str], operator.add]
    replies: Annotated[list[dict[str, Any]], operator.add]
    effects: Annotated[list[Effect], operator.add]


InterviewUpdate = InterviewState


def recall(state: InterviewState) -> InterviewMemory:
    """The memory as a value."""
    return InterviewMemory.model_validate(state["memory"])


def keep(memory: InterviewMemory) -> dict[str, Any]:
    """The memory as it is stored."""
    return memory.model_dump(mode="json")


def changed(memory: InterviewMemory, **fields: Any) -> InterviewMemory:
    """The memory with these fields changed."""
    return memory.model_copy(update=fields)


def with_answer(memory: InterviewMemory, question_id: str, answer: AnswerMemory) -> InterviewMemory:
    """The memory with this answer in place of the one before."""
    return memory.model_copy(update={"answers": {**memory.answers, question_id: answer}})


def with_stage(memory: InterviewMemory, stage_id: str, **fields: Any) -> InterviewMemory:
    """The memory with these fields of a stage changed."""
    known = memory.stage(stage_id).model_copy(update=fields)
    return memory.model_copy(update={"stages": {**memory.stages, stage_id: known}})


def understood(state: InterviewState) -> Understanding:
    """What the burst does."""
    return Understanding.model_validate(state["understanding"])


_ASIDE_FROM = (Intent.ANSWER, Intent.QUESTION, Intent.CORRECTION, Intent.GREETING)
_OVERRIDES = (Intent.DISTRESS, Intent.HUMAN, Intent.ACCOMMODATION, Intent.OBJECTION, Intent.LATER)


def chief(understanding: Understanding) -> Intent:
    """What is acted on beside the answers: the main intent, or one that came along with an answer or a question."""
    if understanding.main not in _ASIDE_FROM:
        return understanding.main
    return next((intent for intent in _OVERRIDES if intent in understanding.also), understanding.main)


_GO_ON = re.compile(
    r"\W*(?:(?:ok(?:ay)?|yes|yeah|sure|hi|hey|hello|please|pls|let'?s|i'?m|i am|we|can we|shall we|i|i'?d"
    r"|s[ií]|vale|hola|ya|estoy|quiero|podemos|oui|bonjour|je suis|je veux|on peut|ja|hallo|ich bin|k[oö]nnen wir|jetzt"
    r"|wir|bitte"
    r"|want|would like"
    r"|like|to|now|then|and|just|actually|sorry|back|ready|alright)\W+)*"
    r"(?:continue|carry on|go(?:ing)? on|keep going|resume|restart|start|back|ready|changed my mind"
    r"|let'?s go|proceed|contin[uú]a\w*|continuemos|sig[ao]mos|seguir|seguimos|list[oa]|adelante"
    r"|continu(?:er|ons|ez)|pr[eê]te?|on y va|poursuiv\w+|reprend\w+|weiter(?:machen|geht'?s)?|machen wir weiter"
    r"|los(?: geht'?s)?|bereit)"
    r"(?:\W+(?:please|pls|now|then|again|thanks|thank you|here|with you|with it|with this|the interview|and|want|to|i"
    r"|go on|continue|let'?s|start|por favor|gracias|ahora|s'?il vous pla[iî]t|svp|merci|maintenant|bitte|danke|jetzt"
    r"|machen|wir|weiter))*\W*",
    re.IGNORECASE,
)


_AGREES = re.compile(
    r"\W*(?:y|ye[sp]|yes+|yeah|yea|yup|ok(?:ay)?|k|sure|fine|s[ií]|oui|ja|start|go|ready|begin"
    r"|claro|vale|de acuerdo|dale|por supuesto|d'accord|bien s[uû]r|volontiers|allons-y|gerne|klar|nat[uü]rlich|los"
    r"|let'?s (?:go|start|do (?:it|this))|sounds good|of course|absolutely|go ahead|i'?m in|\U0001f44d)(?![\w'])",
    re.IGNORECASE,
)
_TURNS_DOWN = re.compile(
    r"\W*(?:no+|nope|nah|n|nay|no way|pass|skip|non|nein|no gracias|non merci|nein danke|\U0001f44e)\W*", re.IGNORECASE
)
_AGREED_MAX = 40


def agrees(heard: list[Heard]) -> bool:
    """Begins with a yes to "Reply YES to start"."""
    return bool(_AGREES.match(said_words(heard)))


def only_agrees(heard: list[Heard]) -> bool:
    """Says yes and nothing else: no answer to any question."""
    words = said_words(heard)
    rest = re.sub(
        rf"(?:{_AGREES.pattern}|please|pls|thanks|thank you|now|por favor|gracias|merci|svp|bitte|danke)",
        "",
        words,
        flags=re.IGNORECASE,
    )
    return len(words) <= _AGREED_MAX and agrees(heard) and not re.search(r"\w", rest)


def turns_down(heard: list[Heard]) -> bool:
    """A bare no to "Reply YES to start"."""
    return bool(_TURNS_DOWN.fullmatch(said_words(heard)))


def said_words(heard: list[Heard]) -> str:
    """All that was said in this turn, with plain apostrophes."""
    return " ".join(item["text"] for item in heard).replace("\u2019", "'")


def wants_to_go_on(heard: list[Heard]) -> bool:
    """Short words that plainly ask to continue, and nothing else."""
    words = said_words(heard)
    return len(words) <= 80 and bool(_GO_ON.fullmatch(words))


def spoken(state: InterviewState) -> list[Heard]:
    """What a person said or pressed in this turn."""
    return [item for item in state["heard"] if item["kind"] != "event"]


def events(state: InterviewState) -> list[Heard]:
    """What happened in this turn."""
    return [item for item in state["heard"] if item["kind"] == "event"]


def asked_here(interviewer: Interviewer) -> list[tuple[str, Question]]:
    """(stage id, question) of every question that words in the thread may answer, in order: a form's too."""
    stages = [stage for stage in interviewer.running_stages() if stage.kind in (StageKind.CHAT, StageKind.FORM)]
    return [(stage.id, question) for stage in stages for question in stage.questions]


def question_of(context: InterviewContext, question_id: str) -> Question | None:
    """The question with this id, if this graph asks it."""
    return next((q for _, q in asked_here(context.interviewer) if q.id == question_id), None)


def next_open(memory: InterviewMemory, context: InterviewContext) -> Question | None:
    """The open question of the running chat, or its first that is not done; None while another stage runs."""
    stage = current_stage(memory, context)
    if stage is None or stage.kind is not StageKind.CHAT:
        return None
    todo = [q for q in stage.questions if not memory.answer(q.id).is_done]
    return next((q for q in todo if q.id == memory.open_question), todo[0] if todo else None)


def look_ahead(memory: InterviewMemory, context: InterviewContext) -> Ahead:
    """What this turn has to end with, as things stand."""
    if memory.status is not InterviewStatus.IN_PROGRESS:
        return "say"
    if current_stage(memory, context) is None or is_below(memory, context):
        return "finish"
    if to_weigh(memory, context):
        return "weigh"
    question = next_open(memory, context)
    if question is None:
        return "stage"
    answer = memory.answer(question.id)
    return "follow_up" if question.is_open and len(answer.parts) > answer.probed else "ask"


def current_stage(memory: InterviewMemory, context: InterviewContext) -> Stage | None:
    """The first stage that is not done; None when all are."""
    return next((stage for stage in _stages(context) if not _is_done(stage, memory)), None)


def to_weigh(memory: InterviewMemory, context: InterviewContext) -> Stage | None:
    """The stage whose score has to be known before the running one may begin: it has a minimum that ends things."""
    if memory.unscored or not context.interviewer.settings.enforce_knockouts:
        return None
    current = current_stage(memory, context)
    for stage in _stages(context):
        if stage is current:
            return None
        if not memory.stage(stage.id).gate and _bar_of(stage, context) is not None and _counts(stage, memory):
            return stage
    return None


def is_below(memory: InterviewMemory, context: InterviewContext) -> bool:
    """Whether the score of a stage lies clearly below its minimum."""
    return any(memory.stage(stage.id).gate == "failed" for stage in _stages(context))


def _stages(context: InterviewContext) -> list[Stage]:
    """The stages of this run in order, without those that can't run yet."""
    return [stage for stage in context.interviewer.running_stages() if stage.kind in RUNNABLE_STAGES]


def _is_done(stage: Stage, memory: InterviewMemory) -> bool:
    """A chat or form when nothing is left to ask; anything else, and a form that was sent, when it is said so."""
    if memory.stage(stage.id).done:
        return True
    by_answers = stage.kind in (StageKind.CHAT, StageKind.FORM)
    return by_answers and all(memory.answer(question.id).is_done for question in stage.questions)


def _bar_of(stage: Stage, context: InterviewContext) -> int | None:
    """The stage's own minimum, else the interviewer's, which stages without weight are not part of."""
    shared = context.interviewer.settings.pass_bar if stage.weight else None
    return shared if stage.min_score is None else stage.min_score


def _counts(stage: Stage, memory: InterviewMemory) -> bool:
    """Whether anything was handed in that a score can come from."""
    if isinstance(stage, ResumeStage):
        return bool(memory.stage(stage.id).attachment)
    return any(q.is_open and q.weight and memory.answer(q.id).parts for q in stage.questions)


def place_of(memory: InterviewMemory, context: InterviewContext) -> Place:
    """Where what is said now falls."""
    stage = current_stage(memory, context)
    if memory.held or stage is None:
        return "weighed" if memory.held else "chat"
    if stage.kind in ON_A_PAGE:
        return "page"
    if stage.kind is StageKind.SCENARIO:
        return "task" if memory.stage(stage.id).begun_at else "task_ahead"
    return "chat"


def joined_parts(before: Iterable[SpokenPart], new: Iterable[SpokenPart]) -> tuple[SpokenPart, ...]:
    """Both, each message once, bounded."""
    parts = list({(p.message_id, p.text): p for p in (*before, *new)}.values())
    return tuple(parts if len(parts) <= PARTS_MAX else [parts[0], *parts[1 - PARTS_MAX :]])


def to_score(memory: InterviewMemory, context: InterviewContext) -> Effect:
    """The task that makes the scorecard; no answer is judged of somebody who objected to it."""
    unscored = {"unscored": True} if memory.unscored else {}
    return task("score_interview", {"interview_id": context.interview_id, **unscored})


def saved(context: InterviewContext, question_id: str, answer: AnswerMemory) -> Effect:
    """The effect that stores an answer as it stands."""
    stages = context.interviewer.running_stages()
    stage_id = next(stage.id for stage in stages for q in stage.questions if q.id == question_id)
    return answer_saved(
        stage_id=stage_id,
        question_id=question_id,
        status=answer.status.value,
        parts=[{"message_id": p.message_id, "text": p.text} for p in answer.parts],
        reading=answer.reading.model_dump(mode="json") if answer.reading else None,
        follow_ups=list(answer.follow_ups),
    )
