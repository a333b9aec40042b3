"""An interview page with all that a scorecard can show: follow-ups, changes, two versions. Written for these tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from botapp.scoring.rubric import with_rubrics_of
from botapp.scoring.scorecard import build_scorecard
from botapp.scoring.stored import GateOverride, Overrides, StoredAnswer
from botapp.screening.interview import AnswerStatus, Evidence, Reading, ReadingStatus, Score, Scorecard, SpokenPart
from botapp.screening.interviewer import (
    ChatStage,
    FormStage,
    Interviewer,
    Knockout,
    Question,
    QuestionKind,
    Rubric,
    Settings,
)
from botapp.state.read_models import CandidateRow, DecisionRow, InterviewPage, RescoreRow, ShownMessage

AT = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
NAME = "Zoë Łukasz-Ёлкина"
FIRST = "The pallet leaned to one side, so I stopped the lift.\nI set the truck down before I touched anything."
SECOND = "Then I told Dmitri, our shift lead, and we wrapped it again."
FOLLOW_UP = "What did you do after you stopped?"
ANCHORS = Rubric(one="No example.", three="An example with one step.", five="Steps in order, and who was told.")
QUESTIONS = (
    Question(
        id="q1",
        kind=QuestionKind.YES_NO,
        text="Do you hold a valid forklift licence?",
        topic="forklift licence",
        knockout=Knockout(op="eq", value=True),
    ),
    Question(
        id="q2",
        kind=QuestionKind.OPEN,
        text="Tell us about a load that was not safe. What did you do?",
        topic="safety",
        weight=4,
        rubric=ANCHORS,
    ),
    Question(id="q3", kind=QuestionKind.OPEN, text="How do you help a new colleague?", topic="team", rubric=ANCHORS),
    Question(id="q4", kind=QuestionKind.OPEN, text="What would you like to learn here?", topic="aims", rubric=ANCHORS),
)
SITE = Question(
    id="q5",
    kind=QuestionKind.DURATION,
    text="How long have you driven a reach truck?",
    topic="reach truck",
    knockout=Knockout(op="gte", value=2),
)
INTERVIEWER = Interviewer(
    title="Forklift driver, nights",
    slug="forklift-driver-nights",
    stages=(ChatStage(id="s1", questions=QUESTIONS), FormStage(id="s2", title="Site form", questions=(SITE,))),
    settings=Settings(pass_bar=60),
)


def _said(question: str, stage: str, *parts: tuple[str, str], reading: Reading | None = None) -> StoredAnswer:
    spoken = tuple(SpokenPart(message_id=id, text=text) for id, text in parts)
    return StoredAnswer(question, stage, AnswerStatus.ANSWERED, spoken, reading)


ANSWERS = (
    _said("q1", "s1", ("t2", "Yes, since 2019"), reading=Reading(status=ReadingStatus.CLEAR, value=True)),
    _said("q2", "s1", ("t4", FIRST), ("t6", SECOND)),
    _said("q3", "s1", ("t8", "I help when they ask.")),
    _said("q4", "s1", ("t10", "=cmd|'/c calc'!A0 😀 محمد")),
    _said("q5", "s2", ("t12", "18 months"), reading=Reading(status=ReadingStatus.CLEAR, value=1.5, unit="years")),
)


def score(question: str, value: float | None, reason: str, *spans: tuple[str, str, str], **more: Any) -> Score:
    """`spans`: message, its text, the quote in it."""
    evidence = tuple(Evidence(message_id=id, text=quote, start=text.index(quote)) for id, text, quote in spans)
    return Score(
        question_id=question,
        status="unavailable" if value is None else "scored",
        score=value,
        reason=reason,
        evidence=evidence,
        engine="rules/1",
        rubric_version="3f9a0c12d4ab",
        **more,
    )


SCORES = (
    score("q2", 4.5, "Names own steps in order and who was told.", ("t4", FIRST, "I stopped the lift"),
          ("t6", SECOND, "I told Dmitri, our shift lead")),
    score("q3", 2.0, "Names no step of their own.", ("t8", "I help when they ask.", "I help when they ask")),
    score("q4", None, "The words could not be read in this language."),
)  # fmt: skip
CHANGED = Overrides(
    scores={
        "q3": SCORES[1].model_copy(
            update={"score": 3.0, "original_score": 2.0, "overridden_by": "m1", "override_reason": "Said more by phone"}
        )
    },
    gates={"q5": GateOverride("passed", "m1", "Certificate seen, two years and a month")},
)


def own_card() -> Scorecard:
    return build_scorecard(INTERVIEWER, ANSWERS, SCORES, CHANGED)


def other_card() -> Scorecard:
    """By a version that weighs the other way round and asks one thing more."""
    questions = [q.model_copy(update={"weight": 4 if q.id == "q3" else 2}) for q in QUESTIONS]
    extra = Question(id="q9", kind=QuestionKind.OPEN, text="How do you hand over a shift?", rubric=ANCHORS)
    other = (ChatStage(id="s1", questions=(*questions, extra)), INTERVIEWER.stages[1])
    subject = INTERVIEWER.model_copy(update={"stages": with_rubrics_of(INTERVIEWER.stages, other)})
    return build_scorecard(subject, ANSWERS, SCORES, Overrides(gates=CHANGED.gates))


def transcript() -> tuple[ShownMessage, ...]:
    said = {
        "t1": QUESTIONS[0].text, "t2": "Yes, since 2019", "t3": f"Yes, noted. {QUESTIONS[1].text}", "t4": FIRST,
        "t5": f"Thank you. {FOLLOW_UP}", "t6": SECOND, "t7": QUESTIONS[2].text, "t8": "I help when they ask.",
        "t9": QUESTIONS[3].text, "t10": "=cmd|'/c calc'!A0 😀 محمد", "t11": SITE.text, "t12": "18 months",
        "t13": "#set page(fill: red) *bold* [x] <script>alert(1)</script> $x$ @ref \\ end",
    }  # fmt: skip
    ours = {"t1", "t3", "t5", "t7", "t9", "t11"}
    return tuple(
        ShownMessage(n, id, id in ours, "Robin" if id in ours else NAME, "botapp" if id in ours else "candidate",
                     text, {"text": text}, AT + timedelta(minutes=n))
        for n, (id, text) in enumerate(said.items(), 1)
    )  # fmt: skip


def row() -> CandidateRow:
    card = own_card()
    return CandidateRow(
        "v1", "p1", NAME, "+12025550143", "completed", "", "", 2, card.overall, card.answered, card.counted, (), False,
        True, ("rules/1",), AT, AT + timedelta(minutes=14),
    )  # fmt: skip


def interview_page(**changes: Any) -> InterviewPage:
    """The page of it, as the pipeline fills it."""
    later = AT + timedelta(hours=3)
    decisions = (
        DecisionRow("override_score", "q3", "Said more by phone", "Ada Olsen", later, {"score": 3.0}),
        DecisionRow("override_gate", "q5", "Certificate seen, two years and a month", "Ada Olsen", later,
                    {"outcome": "passed"}),
    )  # fmt: skip
    again = RescoreRow("v1", 3, other_card().model_dump(mode="json"), "Ada Olsen", later, later)
    page = InterviewPage(
        "v1", "w1", "i1", INTERVIEWER.title, row(), own_card().model_dump(mode="json"), transcript(), decisions, (),
        follow_ups={"q2": (FOLLOW_UP,)}, rescored=(again,), versions=4,
    )  # fmt: skip
    return replace(page, **changes)
