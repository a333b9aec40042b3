"""A small real implementation of the language port: queued outputs first, then plain behaviour by keyword.

A test queues what a task shall answer (`scripted.understandings.append(...)`); what is not queued is done simply and
predictably: a line with a question mark asks, "stop" stops, everything else answers the open question. `calls` names
the tasks that ran, in order; `requests` holds their inputs.
"""

import re
from collections import deque
from dataclasses import dataclass, field

from botapp.llm import (
    AnswerRequest,
    CandidateQuestion,
    DraftRequest,
    DraftResult,
    FactReply,
    FollowUp,
    FollowUpRequest,
    Intent,
    Judgement,
    JudgeRequest,
    Plan,
    PlanIntent,
    PlanRequest,
    SummariseRequest,
    Summary,
    TranslateRequest,
    Translation,
    Understanding,
    UnderstandRequest,
)
from botapp.llm.tasks import CreditedAnswer
from botapp.screening.interview import Evidence, Reading, ReadingStatus
from botapp.screening.interviewer import ChatStage, Fact, Interviewer, Question, QuestionKind, Rubric

_INTENTS = {
    "stop": Intent.STOP,
    "person": Intent.HUMAN,
    "later": Intent.LATER,
    "skip": Intent.SKIP,
    "help": Intent.HELP,
    "start": Intent.START,
    "hello": Intent.GREETING,
    "what do you mean?": Intent.REPEAT,
    "": Intent.NOISE,
}
_PLANS = {
    "undo": PlanIntent.UNDO,
    "redo": PlanIntent.REDO,
    "publish": PlanIntent.PUBLISH,
    "yes": PlanIntent.CONFIRM,
    "no": PlanIntent.DECLINE,
    "show": PlanIntent.SHOW,
}


@dataclass
class ScriptedLanguage:
    """Answers from its queues, and simply where they are empty."""

    name: str = "scripted/1"
    drafts: deque[DraftResult] = field(default_factory=deque)
    plans: deque[Plan] = field(default_factory=deque)
    understandings: deque[Understanding] = field(default_factory=deque)
    readings: deque[Reading] = field(default_factory=deque)
    follow_ups: deque[FollowUp] = field(default_factory=deque)
    translations: deque[Translation] = field(default_factory=deque)
    judgements: deque[Judgement] = field(default_factory=deque)
    replies: deque[FactReply] = field(default_factory=deque)
    summaries: deque[Summary] = field(default_factory=deque)
    calls: list[str] = field(default_factory=list)
    requests: list[object] = field(default_factory=list)

    def _heard(self, task: str, request: object) -> None:
        self.calls.append(task)
        self.requests.append(request)

    def draft_interviewer(self, request: DraftRequest) -> DraftResult:
        self._heard("draft_interviewer", request)
        return self.drafts.popleft() if self.drafts else _draft(request)

    def plan_edits(self, request: PlanRequest) -> Plan:
        self._heard("plan_edits", request)
        return self.plans.popleft() if self.plans else _plan(request)

    def understand(self, request: UnderstandRequest) -> Understanding:
        self._heard("understand", request)
        return self.understandings.popleft() if self.understandings else _understand(request)

    def read_answer(self, request: AnswerRequest) -> Reading:
        self._heard("read_answer", request)
        return self.readings.popleft() if self.readings else _read(request)

    def choose_follow_up(self, request: FollowUpRequest) -> FollowUp:
        self._heard("choose_follow_up", request)
        return self.follow_ups.popleft() if self.follow_ups else FollowUp()

    def translate(self, request: TranslateRequest) -> Translation:
        self._heard("translate", request)
        return self.translations.popleft() if self.translations else Translation()

    def judge_answer(self, request: JudgeRequest) -> Judgement:
        self._heard("judge_answer", request)
        if self.judgements:
            return self.judgements.popleft()
        first = request.parts[0]
        evidence = (Evidence(message_id=first.message_id, text=first.text, start=0),)
        return Judgement(status="scored", score=3, reason="It says something.", evidence=evidence)

    def answer_candidate(self, request: CandidateQuestion) -> FactReply:
        self._heard("answer_candidate", request)
        if self.replies:
            return self.replies.popleft()
        known = [fact for fact in request.facts if fact.topic in request.text.lower()]
        return FactReply(text=known[0].answer if known else None, topics=tuple(fact.topic for fact in known))

    def summarise(self, request: SummariseRequest) -> Summary:
        self._heard("summarise", request)
        return self.summaries.popleft() if self.summaries else Summary()


def _draft(request: DraftRequest) -> DraftResult:
    if "picker" not in request.text.lower():
        return DraftResult(draft=None, problem="I found no role in this text.")
    rubric = Rubric(one="Names no example.", three="Names one example.", five="Names an example with its result.")
    questions = (
        Question(id="q1", kind=QuestionKind.YES_NO, text="Can you work nights?", topic="night shifts"),
        Question(id="q2", kind=QuestionKind.OPEN, text="Tell me about a busy shift.", rubric=rubric),
    )
    draft = Interviewer(
        title="Night picker",
        slug="night-picker",
        company="Harbour Foods",
        stages=(ChatStage(id="s1", questions=questions),),
        facts=(Fact(topic="pay", answer="The pay is $19 an hour."),),
    )
    return DraftResult(draft=draft, assumed=("A text chat comes first.",), clarifying=("Which site is it?",))


def _plan(request: PlanRequest) -> Plan:
    text = request.text.strip().lower()
    if request.draft is None or len(text) > 200:
        return Plan(intent=PlanIntent.NEW_DRAFT)
    return Plan(intent=_PLANS.get(text, PlanIntent.CHATTER))


def _understand(request: UnderstandRequest) -> Understanding:
    said = " ".join(part.text for part in request.parts).strip().lower()
    if said in _INTENTS:
        return Understanding(main=_INTENTS[said])
    asked = tuple(part.text for part in request.parts if "?" in part.text)
    telling = tuple(part for part in request.parts if "?" not in part.text)
    if not telling or request.open_question is None:
        return Understanding(main=Intent.QUESTION if asked else Intent.GREETING, asked=asked)
    credited = CreditedAnswer(question_id=request.open_question.id, parts=telling)
    return Understanding(main=Intent.ANSWER, answers=(credited,), asked=asked)


def _read(request: AnswerRequest) -> Reading:
    said = (request.button_value or " ".join(part.text for part in request.parts)).lower()
    value: object = None
    match request.question.kind:
        case QuestionKind.YES_NO:
            found = re.findall(r"\b(yes|no)\b", said)
            value = found[-1] == "yes" if found else None
        case QuestionKind.NUMBER | QuestionKind.DURATION:
            numbers = re.findall(r"\d+(?:\.\d+)?", said)
            value = float(numbers[-1]) if numbers else None
        case QuestionKind.CHOICE:
            value = next((option for option in request.question.options if option.lower() in said), None)
        case _:
            value = said or None
    status = ReadingStatus.CLEAR if value is not None else ReadingStatus.UNCLEAR
    return Reading(status=status, value=value, engine="scripted")
