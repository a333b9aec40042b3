"""What the fake services show: one interviewer, a few candidates, one scorecard. Written for these tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from botapp.compose.diff import DiffLine, diff_card
from botapp.compose.wording import draft_card
from botapp.messages import OutboundMessage, QuickReply, outbound_to_json
from botapp.screening.interview import (
    Evidence,
    Gate,
    Reading,
    ReadingStatus,
    Score,
    Scorecard,
    ScoredAnswer,
    StageScore,
)
from botapp.screening.interviewer import (
    Budget,
    BudgetKind,
    ChatStage,
    Fact,
    FollowUps,
    FormStage,
    Interviewer,
    Knockout,
    Origin,
    Overview,
    Overviews,
    Provenance,
    Question,
    QuestionKind,
    Rubric,
    Settings,
)
from botapp.state.read_models import CandidateRow, InterviewerRow, Reach, ShownMessage

REACH = Reach(
    where="on their interview page",
    may_take_over=True,
    promised="2026-05-11",
    shortlist="Hello Maria, thank you for your time. We would like to go on with you. Ada, Northgate Foods",
    dismiss="Hello Maria, thank you for your time. We have decided not to go on. Ada, Northgate Foods",
)
STATUS = {"type": "status", "text": "Robin is reading"}
SAFETY = "I stop the line first, then I call the shift lead, and I write it down in the log before we start again."


def draft() -> Interviewer:
    """Two stages, five questions of several kinds, facts and a missing topic."""
    from_text = Provenance(origin=Origin.SOURCE, quote="A valid forklift licence is required.")
    chat = ChatStage(
        id="s1",
        channel="webchat",
        questions=(
            Question(
                id="q1",
                kind=QuestionKind.YES_NO,
                text="Do you hold a valid forklift licence?",
                topic="forklift licence",
                weight=0,
                knockout=Knockout(op="eq", value=True),
                provenance=from_text,
            ),
            Question(
                id="q2",
                kind=QuestionKind.DURATION,
                text="How many years have you worked in a warehouse?",
                knockout=Knockout(op="gte", value=2),
                weight=0,
                provenance=from_text,
            ),
            Question(
                id="q3",
                kind=QuestionKind.OPEN,
                text="Tell us about a time you saw something unsafe at work. What did you do?",
                weight=4,
                follow_ups=FollowUps(min=0, max=2),
                rubric=Rubric(
                    one="No example.", three="An example with one step taken.", five="Steps in order, and who was told."
                ),
                provenance=Provenance(origin=Origin.TEMPLATE),
            ),
            Question(
                id="q4",
                kind=QuestionKind.CHOICE,
                text="Which shifts can you work?",
                options=("days", "evenings", "nights"),
                multiple=True,
                provenance=Provenance(origin=Origin.INSTRUCTIONS),
            ),
        ),
    )
    form = FormStage(
        id="s2", enabled=False, questions=(Question(id="q5", kind=QuestionKind.DATE, text="When could you start?"),)
    )
    return Interviewer(
        title="Warehouse associate",
        slug="warehouse-associate",
        company="Northgate Foods",
        stages=(chat, form),
        facts=(
            Fact(topic="location", answer="12 Dock Road, Leeds", quote="Our site is at 12 Dock Road, Leeds."),
            Fact(topic="shifts", answer="Days, evenings and nights in rotation"),
        ),
        overviews=Overviews(job=Overview(text="You load, unload and count pallets with a team of nine.")),
        settings=Settings(deadline=date(2031, 1, 15), budget=Budget(kind=BudgetKind.TOTAL, cap=50), pass_bar=60),
        missing=("pay",),
    )


def opening(employer: str, title: str) -> dict[str, Any]:
    return outbound_to_json(
        OutboundMessage(
            f"Hello, I am Robin, an AI assistant. I ask a few questions for {employer} about the job {title}. "
            "A person reviews your answers. Write “stop” or “talk to a person” at any time.\n\n"
            "Do you hold a valid forklift licence?",
            (QuickReply("Yes", "true"), QuickReply("No", "false")),
        )
    )


def reply(conversation: str, said: str) -> dict[str, Any]:
    """What the fake says back: a diff or a draft to members, the next question to candidates."""
    if not conversation.startswith("compose"):
        return outbound_to_json(OutboundMessage(f"Noted: {said[:40]}. How many years have you worked in a warehouse?"))
    if len(said) > 200:
        return outbound_to_json(
            OutboundMessage(
                "Here is a draft with 5 questions. The text doesn't say what it pays.", card=draft_card(draft())
            )
        )
    lines = [
        DiffLine("weight normal", "weight double", "Question 3"),
        DiffLine("no knockout", "must be yes", "Question 1"),
        DiffLine("", "Can you lift 25 kg?", "Question 6"),
        DiffLine("none", "60", "Pass bar"),
        DiffLine("number 2", "number 3", "“How many years”"),
    ]
    return outbound_to_json(OutboundMessage("Done. Five changes.", card=diff_card(lines)))


def interviewer_rows() -> list[InterviewerRow]:
    at = datetime(2030, 11, 4, tzinfo=UTC)
    return [
        InterviewerRow(
            "i1",
            "Warehouse associate",
            "warehouse-associate",
            "active",
            2,
            ("chat", "form"),
            12,
            7,
            12,
            "total",
            50,
            "2031-01-15",
            at,
        ),
        InterviewerRow("i2", "Night nurse", "night-nurse", "draft", 0, ("chat",), 0, 0, 0, "none", 0, "", at),
        InterviewerRow("i3", "Summer cook", "summer-cook", "archived", 1, ("chat",), 4, 4, 4, "daily", 10, "", at),
    ]


def candidate_rows(now: datetime) -> list[CandidateRow]:
    def row(n: int, name: str, status: str, **more: Any) -> CandidateRow:
        values: dict[str, Any] = {
            "outcome": "",
            "decision": "",
            "version": 2,
            "score": None,
            "answered": 0,
            "counted": 4,
            "gates_failed": (),
            "gates_met": status == "completed" and not more.get("gates_failed") and not more.get("needs_person"),
            "needs_person": False,
            "engines": (),
            "started_at": now - timedelta(hours=n),
            "completed_at": None,
        } | more
        return CandidateRow(f"v{n}", f"p{n}", name, f"{name.split()[0].lower()}@example.com", status, **values)

    done = {"completed_at": now - timedelta(minutes=20)}
    return [
        row(1, "Maria Santos", "completed", score=72.0, answered=3, decision="shortlisted", **done),
        row(2, "Tom Reed", "completed", score=41.0, answered=4, gates_failed=("Forklift licence",), **done),
        row(3, "Li Wen", "in_progress"),
        row(4, "Omar Haddad", "completed", score=88.0, answered=4, version=1, needs_person=True, **done),
    ]


def transcript(now: datetime) -> tuple[ShownMessage, ...]:
    said = [
        (True, "Do you hold a valid forklift licence?"),
        (False, "Yes, since 2019"),
        (True, "Tell us about a time you saw something unsafe at work. What did you do?"),
        (False, SAFETY),
        (True, "Thank you. Ada's team reads this and answers by Friday."),
        (False, "<script>alert(1)</script> <b>thanks</b>"),
    ]
    return tuple(
        ShownMessage(
            n,
            f"t{n}",
            ours,
            "Robin" if ours else "Maria Santos",
            "botapp" if ours else "candidate",
            text,
            {"text": text},
            now - timedelta(minutes=30 - n),
        )
        for n, (ours, text) in enumerate(said, 1)
    )


def scorecard() -> Scorecard:
    first = Evidence(message_id="t4", text="I stop the line first", start=0)
    second = Evidence(message_id="t4", text="I write it down in the log", start=SAFETY.index("I write it"))
    licence = Evidence(message_id="t2", text="Yes, since 2019", start=0)
    score = Score(
        question_id="q3",
        status="scored",
        score=4,
        reason="Names the steps in order and who was told.",
        evidence=(first, second),
        engine="rules/1",
        rubric_version="3f9a0c12d4",
    )
    other = Score(
        question_id="q4",
        status="unavailable",
        reason="the answer is too short to judge.",
        engine="rules/1",
        rubric_version="77aa",
    )
    return Scorecard(
        gates=(
            Gate(
                name="Forklift licence",
                kind="knockout",
                outcome="passed",
                reason="yes",
                question_id="q1",
                evidence=(licence,),
            ),
            Gate(
                name="Minimum score", kind="minimum_score", outcome="needs_person", reason="one answer has no score yet"
            ),
        ),
        stages=(StageScore(stage_id="s1", title="Chat", score=75.0, weight=2, answered=1, counted=2),),
        answers=(
            ScoredAnswer(
                question_id="q1",
                stage_id="s1",
                number=1,
                question="Do you hold a valid forklift licence?",
                kind="yes_no",
                weight=0,
                answer="Yes, since 2019",
                reading=Reading(status=ReadingStatus.CLEAR, value=True, because="said yes"),
            ),
            ScoredAnswer(
                question_id="q3",
                stage_id="s1",
                number=3,
                question="Tell us about a time you saw something unsafe at work.",
                kind="open",
                weight=4,
                answer=SAFETY,
                score=score,
            ),
            ScoredAnswer(
                question_id="q4",
                stage_id="s1",
                number=4,
                question="Why this job?",
                kind="open",
                weight=2,
                answer="ok",
                score=other,
            ),
        ),
        overall=75.0,
        answered=1,
        counted=2,
        strengths=("Takes the first step without being told: “I stop the line first”",),
        doubts=("Says little about what came after: “before we start again”",),
        not_judged=("Question 4: the answer is too short to judge.",),
        recommendation="A gate needs a person: Minimum score.",
        engines=("rules/1",),
    )
