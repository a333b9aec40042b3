"""Small requests of our own making, for the tests of the engines."""

from datetime import date

from botapp.llm import (
    AnswerRequest,
    CandidateQuestion,
    DraftRequest,
    FollowUpRequest,
    JudgeRequest,
    PlanRequest,
    SummariseRequest,
    TranslateRequest,
    UnderstandRequest,
)
from botapp.llm.tasks import JudgedAnswer
from botapp.screening.interview import Evidence, SpokenPart
from botapp.screening.interviewer import (
    ChatStage,
    DeliveryMode,
    Fact,
    FollowUps,
    Interviewer,
    Overview,
    Overviews,
    Question,
    QuestionKind,
    Rubric,
)

TODAY = date(2026, 11, 22)
RUBRIC = Rubric(
    one="Names no step of their own.",
    three="Names the steps they took but not what came of it.",
    five="Names the steps, the reason for them and the result.",
)
LICENCE = Question(id="q1", kind=QuestionKind.YES_NO, text="Do you hold a forklift licence?", topic="forklift licence")
YEARS = Question(id="q2", kind=QuestionKind.DURATION, text="How long have you driven a forklift?", unit="years")
LOAD = Question(
    id="q3",
    kind=QuestionKind.OPEN,
    text="Tell me about a load that was hard to move.",
    rubric=RUBRIC,
    follow_ups=FollowUps(min=0, max=1),
)
SHIFT = Question(id="q4", kind=QuestionKind.CHOICE, text="Which shift suits you?", options=("Early", "Late", "Night"))
PART = SpokenPart(message_id="m1", text="I checked the straps first, then moved the pallet in “two parts”.")
SECOND = SpokenPart(message_id="m2", text="Nothing broke and we were\nback on time.")
DRAFT = Interviewer(
    title="Forklift driver",
    slug="forklift-driver",
    stages=(ChatStage(id="s1", questions=(LICENCE, YEARS, LOAD, SHIFT)),),
    facts=(Fact(topic="pay", answer="19.50 USD an hour", quote="We pay 19.50 USD an hour."),),
)
SOURCE = "Forklift driver wanted in Reno. You hold a forklift licence. We pay 19.50 USD an hour."

DRAFT_REQUEST = DraftRequest(text=SOURCE, instructions="Ask about night work.", today=TODAY)
PLAN_REQUEST = PlanRequest(draft=DRAFT, text="make the licence a must", today=TODAY)
UNDERSTAND_REQUEST = UnderstandRequest(
    parts=(SpokenPart(message_id="m1", text="Yes I do"), SpokenPart(message_id="m2", text="what is the pay?")),
    open_question=LICENCE,
    questions=(LICENCE, YEARS, LOAD),
    today=TODAY,
)
ANSWER_REQUEST = AnswerRequest(
    question=YEARS, parts=(SpokenPart(message_id="m1", text="since my son was born, so 6 or 7"),), today=TODAY
)
FOLLOW_UP_REQUEST = FollowUpRequest(question=LOAD, parts=(PART,))
JUDGE_REQUEST = JudgeRequest(question=LOAD, parts=(PART, SECOND), role="Forklift driver")
CANDIDATE_QUESTION = CandidateQuestion(
    text="How much do you pay?",
    facts=DRAFT.facts,
    overviews=Overviews(
        company=Overview(text="We move furniture."), process=Overview(text="Secret 7.", mode=DeliveryMode.SILENT)
    ),
    title="Forklift driver",
)
SUMMARISE_REQUEST = SummariseRequest(
    role="Forklift driver",
    answers=(
        JudgedAnswer(
            question=LOAD.text,
            score=4.0,
            reason="Names steps and a result.",
            evidence=(Evidence(message_id="m1", text="I checked the straps first", start=0),),
        ),
    ),
)

# ---- what a model may answer, by task of the port ----------------------------------------------------------

_DETAILS = dict.fromkeys(["steps", "name", "contact", "email", "role", "title", "status", "what"])
WIRE_LICENCE = {
    "origin": "source",
    "quote": "You hold a forklift licence.",
    "kind": "yes_no",
    "text": "Do you hold a forklift licence?",
    "topic": "forklift licence",
    "options": [],
    "multiple": False,
    "unit": "",
    "weight": 2,
    "knockout": {"op": "eq", "value": True},
    "follow_ups_min": 0,
    "follow_ups_max": 0,
    "rubric": None,
}
WIRE_LOAD = WIRE_LICENCE | {
    "origin": "template",
    "quote": "",
    "kind": "open",
    "text": "Tell me about a load that was hard to move.",
    "topic": "hard load",
    "knockout": None,
    "follow_ups_max": 1,
    "rubric": RUBRIC.model_dump(),
}
WIRE_STAGE = {
    "kind": "chat",
    "title": "",
    "channel": "any",
    "criteria": [],
    "goal": "",
    "deliverable": "",
    "questions": [WIRE_LICENCE, WIRE_LOAD],
}
WIRE_DRAFT = {
    "role_found": True,
    "problem": "",
    "title": "Forklift driver",
    "company": "Acme Moving",
    "language": "en",
    "stages": [WIRE_STAGE],
    "facts": [
        {"topic": "Pay", "answer": "19.50 USD an hour", "quote": "we pay 19.50 USD an hour"},
        {"topic": "bonus", "answer": "5000 USD", "quote": "There is a bonus."},
    ],
    "overviews": {"company": "", "job": "Driving a forklift.", "process": ""},
    "settings": dict.fromkeys(
        [
            "deadline",
            "days_to_complete",
            "pass_bar",
            "enforce_knockouts",
            "retakes",
            "retake_cooldown_days",
            "redirect_url",
            "agent_name",
        ]
    ),
    "missing": ["schedule"],
    "assumed": [],
    "clarifying": [],
}
WIRE_PLAN = {
    "intent": "edit",
    "edits": [
        {"op": "set_knockout", "at": {"stage": 1, "question": 1}, "value": {"op": "eq", "value": True}},
    ],
    "reply": "",
    "reason": "",
    "details": _DETAILS,
    "focus": 1,
}
WIRE_UNDERSTANDING = {
    "main": "answer",
    "also": ["question"],
    "answers": [{"question": 1, "message": 1, "words": "yes I do", "is_correction": False}],
    "asked": ["What is the pay?"],
    "when": "",
}
WIRE_READING = {
    "status": "clear",
    "condition": "",
    "because": "said 6 or 7",
    "needs_person": False,
    "value": {"min": 6, "max": 7},
}
WIRE_FOLLOW_UP = {"because": "no result yet", "text": "What came of it?"}
TRANSLATE_REQUEST = TranslateRequest(question=LOAD, language="es")
WIRE_TRANSLATION = {"text": "Hábleme de una carga difícil de mover."}
WIRE_JUDGEMENT = {
    "status": "scored",
    "reason": "Names two steps and the result.",
    "evidence": [{"message": 1, "quote": "I checked the straps first"}],
    "score": 4,
}
WIRE_REPLY = {"facts": [1], "answer": "The pay is 19.50 USD an hour."}
WIRE_SUMMARY = {
    "strengths": [{"answer": 1, "sentence": "Checks before moving.", "quote": "checked the straps"}],
    "doubts": [],
}

TASKS = {
    "draft_interviewer": (DRAFT_REQUEST, WIRE_DRAFT),
    "plan_edits": (PLAN_REQUEST, WIRE_PLAN),
    "understand": (UNDERSTAND_REQUEST, WIRE_UNDERSTANDING),
    "read_answer": (ANSWER_REQUEST, WIRE_READING),
    "choose_follow_up": (FOLLOW_UP_REQUEST, WIRE_FOLLOW_UP),
    "judge_answer": (JUDGE_REQUEST, WIRE_JUDGEMENT),
    "translate": (TRANSLATE_REQUEST, WIRE_TRANSLATION),
    "answer_candidate": (CANDIDATE_QUESTION, WIRE_REPLY),
    "summarise": (SUMMARISE_REQUEST, WIRE_SUMMARY),
}
