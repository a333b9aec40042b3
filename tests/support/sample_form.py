"""A form with a question of every kind, and an interviewer that asks it after a chat. Written for these tests."""

from botapp.screening.interviewer import (
    ChatStage,
    FormStage,
    Interviewer,
    Knockout,
    Question,
    QuestionKind,
    Rubric,
    ScenarioStage,
    Settings,
    Stage,
    task_of,
)
from botapp.state.read_models import StageVisit

CARD = Question(
    id="card",
    kind=QuestionKind.YES_NO,
    text="Do you have a food handler card?",
    topic="food handler card",
    knockout=Knockout(op="eq", value=True),
)
EXPERIENCE = Question(id="experience", kind=QuestionKind.DURATION, text="How long have you worked in a kitchen?")
LIFTS = Question(id="lifts", kind=QuestionKind.NUMBER, text="How much can you lift?", unit="lb")
STRESS = Question(
    id="stress", kind=QuestionKind.NUMBER, text="On a scale of 1 to 10, how calm do you stay in a full kitchen?"
)
PAY = Question(id="pay", kind=QuestionKind.MONEY, text="What pay do you hope for?", unit="USD/hour")
START = Question(id="start", kind=QuestionKind.DATE, text="When could you start?")
SHIFT = Question(id="shift", kind=QuestionKind.CHOICE, text="Which shift do you prefer?", options=("Day", "Evening"))
TOOLS = Question(
    id="tools",
    kind=QuestionKind.CHOICE,
    text="What have you worked with?",
    options=("Grill", "Deep fryer", "Slicer"),
    multiple=True,
)
DAYS = Question(id="days", kind=QuestionKind.AVAILABILITY, text="When can you work?")
STORY = Question(
    id="story",
    kind=QuestionKind.OPEN,
    text="Tell us about a rush that you got through.",
    topic="a rush",
    rubric=Rubric(one="No example.", three="An example with one step.", five="Steps in order, and how it ended."),
)
PAPER = Question(id="paper", kind=QuestionKind.FILE, text="Send us your food handler card.", weight=0)
EVERY_KIND = (CARD, EXPERIENCE, LIFTS, STRESS, PAY, START, SHIFT, TOOLS, DAYS, STORY, PAPER)
FILLED = {
    "card": "yes",
    "experience": "18",
    "experience.unit": "months",
    "lifts": "45",
    "stress": "7",
    "pay": "21.50",
    "pay.period": "hour",
    "start": "2026-06-01",
    "shift": "Evening",
    "tools": ["Grill", "Slicer"],
    "days.days": ["fri", "sat"],
    "days.parts": ["evening"],
    "story": "Two cooks were out. I took the grill, called the orders and we served 90 plates in an hour.",
}
PDF = b"%PDF-1.4\n% a small paper\n"


def form_stage(*questions: Question, **fields: object) -> FormStage:
    return FormStage.model_validate({"id": "s2", "title": "", "questions": questions or EVERY_KIND, **fields})


def scenario_stage(**fields: object) -> ScenarioStage:
    """A task as it runs: with its one question."""
    told = {
        "id": "s3",
        "goal": "A guest found a hair in the soup. Write what you say.",
        "deliverable": "Send your words to the guest.",
        "max_rounds": 3,
        "max_minutes": 10,
        "rubric": STORY.rubric,
    }
    stage = ScenarioStage.model_validate({**told, **fields})
    return stage.model_copy(update={"questions": (task_of(stage),)})


def cook(*stages: Stage, **settings: object) -> Interviewer:
    """A role whose interview has these stages."""
    return Interviewer(
        title="Line cook",
        slug="line-cook",
        company="Harbour Foods",
        stages=stages or (ChatStage(id="s1", questions=(CARD,)), form_stage()),
        settings=Settings.model_validate(settings),
    )


def form_visit(interviewer: Interviewer | None = None, **fields: object) -> StageVisit:
    """What a link to the form leads to."""
    role = interviewer or cook()
    stage = next(stage for stage in role.stages if isinstance(stage, FormStage))
    known = {
        "interview_id": "i1",
        "conversation_id": "c1",
        "workspace_id": "w1",
        "candidate_id": "p1",
        "employer": role.company,
        "interviewer": role,
        "stage": stage,
        "phase": "open",
        "language": "en",
    }
    return StageVisit(**{**known, **fields})  # type: ignore[arg-type]
