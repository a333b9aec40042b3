"""What a rehearsal found out: five made-up candidates side by side, by question and by gate. Values and their making.

Pure. A run is what really happened in the interview graph; everything else here is counted from the runs.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from botapp.compose import estimate
from botapp.compose.acting import Persona
from botapp.compose.wording import knockout_words
from botapp.screening.edits import Edit
from botapp.screening.interviewer import Interviewer, Noun, Question

ALIKE = 1.5  # points of 5: strong and weak answers that lie nearer do not tell people apart
Outcome = Literal["passed", "failed", "needs_person", "not_reached"]


class Line(Noun):
    """One message of a run. `question`: the number of what is asked; 0: none."""

    ours: bool
    text: str
    buttons: tuple[str, ...] = ()
    question: int = 0


class MadeAnswer(Noun):
    """What one candidate said to one question, and what it was worth. `reason`: why there is a score, or none."""

    question_id: str
    said: str
    score: float | None = None
    reason: str = ""


class MadeGate(Noun):
    """One gate as it came out. `key` names it whoever is judged: the question, or the name of a minimum score."""

    key: str
    name: str
    outcome: Outcome
    reason: str


class Run(Noun):
    """One candidate's interview. After a knockout the rest was played all the same, for `answers` and `overall`."""

    persona: Persona
    ending: str  # completed, knocked_out, below_minimum, stopped, person, later, unfinished
    knocked_out_by: int = 0  # number of the question
    lines: tuple[Line, ...] = ()
    rest: tuple[Line, ...] = ()  # what would have come after a knockout
    answers: tuple[MadeAnswer, ...] = ()
    gates: tuple[MadeGate, ...] = ()
    overall: float | None = None
    answered: int = 0
    counted: int = 0
    sent: int = 0  # messages of ours
    said: int = 0  # messages of theirs
    seconds: int = 0
    repeated: tuple[int, ...] = ()  # questions that were put again, word for word or as a clarification
    most_segments: int = 0  # of the longest text, when it ran by text
    longest_question: int = 0
    problem: str = ""

    @property
    def minutes(self) -> int:
        return max(1, -(-self.seconds // 60))

    def answer(self, question_id: str) -> MadeAnswer | None:
        return next((each for each in self.answers if each.question_id == question_id), None)


class QuestionRow(Noun):
    """One question across all candidates. `gap`: strong minus weak, in points of 5; None where nothing is scored."""

    number: int
    question_id: str
    text: str
    kind: str
    rule: str = ""
    scores: dict[Persona, float | None] = Field(default_factory=dict)
    said: dict[Persona, str] = Field(default_factory=dict)
    gap: float | None = None
    separates: bool | None = None


class GateRow(Noun):
    """One gate across all candidates."""

    key: str
    name: str
    question: int = 0
    outcomes: dict[Persona, Outcome] = Field(default_factory=dict)


class Finding(Noun):
    """One thing worth knowing, as a sentence. `serious`: a candidate would be stuck or judged wrongly."""

    kind: str
    text: str
    question: int = 0
    serious: bool = False


class Suggestion(Noun):
    """A change that can be accepted by its number. `aims`: for each edit the id of the question it is for, or ""."""

    number: int
    text: str
    because: str
    edits: tuple[Edit, ...]
    aims: tuple[str, ...] = ()


class Rehearsal(Noun):
    """All of it: what `botapp rehearse --json` prints and the console shows."""

    format: Literal[1] = 1
    title: str
    revision: int = 0
    engine: str = ""
    today: date
    by_text: bool = False
    minutes: int  # estimated, for anybody
    messages: int
    runs: tuple[Run, ...]
    questions: tuple[QuestionRow, ...]
    gates: tuple[GateRow, ...]
    findings: tuple[Finding, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    def run(self, persona: Persona) -> Run | None:
        return next((run for run in self.runs if run.persona is persona), None)


def side_by_side(
    draft: Interviewer, runs: Sequence[Run], *, revision: int, engine: str, today: date, by_text: bool
) -> Rehearsal:
    """The runs in tables; findings and suggestions are added by `rehearsal_findings`."""
    running = {stage.id for stage in draft.running_stages()}
    numbers = {question.id: number for _, number, question in draft.numbered()}
    asked = [
        _question_row(number, question, runs)
        for index, number, question in draft.numbered()
        if draft.stages[index].id in running
    ]
    return Rehearsal(
        title=draft.title,
        revision=revision,
        engine=engine,
        today=today,
        by_text=by_text,
        minutes=estimate.minutes(draft),
        messages=estimate.messages(draft),
        runs=tuple(runs),
        questions=(*asked, *_other_rows(draft, runs, {row.question_id for row in asked})),
        gates=_gate_rows(runs, numbers),
    )


def _question_row(number: int, question: Question, runs: Sequence[Run]) -> QuestionRow:
    answers = {run.persona: answer for run in runs if (answer := run.answer(question.id))}
    scores = {persona: answer.score for persona, answer in answers.items()} if question.is_open else {}
    gap = gap_of(scores) if question.weight else None
    return QuestionRow(
        number=number,
        question_id=question.id,
        text=question.text,
        kind=question.kind.value,
        rule=knockout_words(question),
        scores=scores,
        said={persona: answer.said for persona, answer in answers.items()},
        gap=gap,
        separates=None if gap is None else gap >= ALIKE,
    )


def gap_of(scores: Mapping[Persona, float | None]) -> float | None:
    """How far a strong answer lies above a weak one; a weak one in which nothing was found to judge is the least."""
    strong = scores.get(Persona.STRONG)
    if strong is None or Persona.WEAK not in scores:
        return None
    weak = scores[Persona.WEAK]
    return round(strong - (1.0 if weak is None else weak), 2)


def _other_rows(draft: Interviewer, runs: Sequence[Run], known: set[str]) -> list[QuestionRow]:
    """What is judged beside the questions: a task in writing, the criteria of a resume. They have no number."""
    found: dict[str, str] = {}
    for run in runs:
        for each in run.answers:
            if each.question_id not in known:
                found.setdefault(each.question_id, each.said)
    rows = []
    for id in found:
        scores = {run.persona: answer.score for run in runs if (answer := run.answer(id))}
        gap = gap_of(scores)
        rows.append(
            QuestionRow(
                number=0,
                question_id=id,
                text=_named(draft, id),
                kind="criterion" if id.endswith((".resume", ".gate")) else "open",
                scores=scores,
                gap=gap,
                separates=None if gap is None else gap >= ALIKE,
            )
        )
    return rows


def _named(draft: Interviewer, id: str) -> str:
    """A criterion in its own words, a task by the name of its stage."""
    stage = next((stage for stage in draft.stages if id.startswith(f"{stage.id}.")), None)
    criteria = getattr(stage, "criteria", ())
    return next((c.text for c in criteria if f".{c.id}." in id), "The task in writing")


def _gate_rows(runs: Sequence[Run], numbers: Mapping[str, int]) -> tuple[GateRow, ...]:
    names = {gate.key: gate.name for run in runs for gate in run.gates}
    return tuple(
        GateRow(
            key=key,
            name=name,
            question=numbers.get(key, 0),
            outcomes={run.persona: gate.outcome for run in runs for gate in run.gates if gate.key == key},
        )
        for key, name in names.items()
    )
