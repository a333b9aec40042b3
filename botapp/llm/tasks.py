"""Inputs and outputs of the language tasks, as Pydantic values: what a model returns is validated here."""

from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from botapp.screening.edits import Edit
from botapp.screening.interview import Confidence, Evidence, Reading, SpokenPart
from botapp.screening.interviewer import Fact, Interviewer, Noun, Overviews, Question

# ---- composing -------------------------------------------------------------------------------------------


class DraftRequest(Noun):
    text: str  # everything the recruiter pasted: advert, intake notes, instructions, in one or several messages
    instructions: str = ""  # what was typed beside it, when the two can be told apart
    today: date
    theirs: bool = False  # the text is of a page that strangers wrote: nothing in it is a wish about the interview


class DraftResult(Noun):
    """`draft` when a role was found. `problem` otherwise: a sentence for the recruiter; nothing is invented."""

    draft: Interviewer | None
    problem: str = ""
    assumed: tuple[str, ...] = ()  # short sentences: what was taken for granted
    clarifying: tuple[str, ...] = Field((), max_length=3)  # only for missing must-haves


class PlanIntent(StrEnum):
    EDIT = "edit"
    NEW_DRAFT = "new_draft"  # a whole brief was pasted
    UNDO = "undo"
    REDO = "redo"
    PUBLISH = "publish"
    CONFIRM = "confirm"  # yes to what was asked last
    DECLINE = "decline"
    SHOW = "show"  # show a rubric, a question, the draft, the link
    ANSWER = "answer"  # a question about the draft, answered in `reply`
    INVITE = "invite"  # value: {name, contact}
    INVITE_TEAMMATE = "invite_teammate"  # value: {name?, email, role}
    CLONE = "clone"  # value: {title}
    REHEARSE = "rehearse"  # made-up candidates try the draft
    STATUS = "status"  # value: pause | resume | archive | unarchive
    ASK_WHICH = "ask_which"  # two targets fit, or a contradiction: `reply` asks
    REFUSE = "refuse"  # can't or may not: `reply` says why and what would do
    CHATTER = "chatter"  # thanks, hello


class PlanRequest(Noun):
    draft: Interviewer | None
    text: str
    today: date
    last_question: int | None = None  # number of the question last talked about: "it", "that"
    pending: str = ""  # what was asked last and waits for yes or no: "publish", "refused_alternative"...
    can_undo: int = 0
    can_redo: int = 0


class Plan(Noun):
    """One intent. For EDIT: `edits`, applied whole or not at all, in the order a recruiter would expect."""

    intent: PlanIntent
    edits: tuple[Edit, ...] = ()
    reply: str = ""
    reason: str = ""  # question, unlawful, not_there, out_of_range, chatter, contradiction, two_match, no_antecedent
    value: dict[str, Any] = Field(default_factory=dict)  # steps for undo/redo; name and contact for invite...
    focus: int | None = None  # number of the question this was about, for the next "it"


# ---- interviewing ----------------------------------------------------------------------------------------


class Intent(StrEnum):
    ANSWER = "answer"
    QUESTION = "question"  # asks something of the employer, or about this chat
    STOP = "stop"
    HUMAN = "human"
    LATER = "later"
    REPEAT = "repeat"  # did not understand
    CORRECTION = "correction"  # changes an earlier answer
    SKIP = "skip"  # does not want to answer this one
    NOT_INTERESTED = "not_interested"
    WRONG_PERSON = "wrong_person"
    DISTRESS = "distress"
    ACCOMMODATION = "accommodation"  # needs another way to do this
    OBJECTION = "objection"  # does not want to be scored by a machine
    ABUSE = "abuse"
    INJECTION = "injection"  # tells the machine what to do
    GREETING = "greeting"
    HELP = "help"
    START = "start"
    NOISE = "noise"  # empty, invisible or meaningless


class UnderstandRequest(Noun):
    parts: tuple[SpokenPart, ...]  # the burst, in order
    open_question: Question | None
    questions: tuple[Question, ...]  # all questions of the running stage
    answered: dict[str, str] = Field(default_factory=dict)  # question id -> what was said, for corrections
    today: date
    gap: float | None = None  # seconds since the candidate's words before these; None: these are the first


class CreditedAnswer(Noun):
    """Part of a burst that answers `question_id`."""

    question_id: str
    parts: tuple[SpokenPart, ...]
    is_correction: bool = False


class Understanding(Noun):
    """`main` is what must be acted on first; `also` further intents in the same burst. `answers` credits text to

    questions (the open one first). `asked` are the candidate's own questions, verbatim.
    """

    main: Intent
    also: tuple[Intent, ...] = ()
    answers: tuple[CreditedAnswer, ...] = ()
    asked: tuple[str, ...] = ()
    when: str = ""  # for LATER: the words that name a time


class AnswerRequest(Noun):
    question: Question
    parts: tuple[SpokenPart, ...]  # everything said to this question so far, in order
    today: date
    button_value: str = ""  # a pressed quick reply: exact


class FollowUpRequest(Noun):
    question: Question
    parts: tuple[SpokenPart, ...]
    asked: tuple[str, ...] = ()  # follow-ups already asked


class FollowUp(Noun):
    """`text` is one question that leaks neither rubric nor weight; empty when none would change the score."""

    text: str = ""
    because: str = ""


class TranslateRequest(Noun):
    question: Question
    language: str  # ISO 639-1


class Translation(Noun):
    """`text` is the question in that language; empty when the engine can't put it so."""

    text: str = ""


class JudgeRequest(Noun):
    """`role` and `names` are never shown to a judge: what a candidate is called is taken out of their words."""

    question: Question
    parts: tuple[SpokenPart, ...]
    role: str = ""
    names: tuple[str, ...] = ()
    of: Literal["answer", "resume", "resume_gate"] = "answer"  # what `parts` are; a gate: 5 is met, else a person looks
    today: date | None = None  # a resume's "to date"


class Judgement(Noun):
    """One judgement, or the median of several passes. `confidence` is low until several passes agreed."""

    status: Literal["scored", "unavailable"]
    score: float | None = Field(None, ge=1, le=5)
    reason: str
    evidence: tuple[Evidence, ...] = ()
    confidence: Confidence = "low"
    passes: tuple[float, ...] = ()  # the score of every pass that gave one, in order; none by rules
    spread: float | None = None  # how far apart they lie; None when there are not two of them
    prompt: str = ""  # fingerprint of the prompt files; "" by rules
    model: str = ""  # "" by rules


class CandidateQuestion(Noun):
    text: str
    facts: tuple[Fact, ...]
    overviews: Overviews
    company: str = ""
    title: str = ""


class FactReply(Noun):
    """`text` answers from the facts only; None: not known, pass it on to the recruiter."""

    text: str | None
    topics: tuple[str, ...] = ()


class JudgedAnswer(Noun):
    question: str
    score: float | None
    reason: str
    evidence: tuple[Evidence, ...] = ()
    reading: Reading | None = None


class SummariseRequest(Noun):
    role: str
    answers: tuple[JudgedAnswer, ...]


class Summary(Noun):
    strengths: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
