"""The rules engine: deterministic, no network, English. It only ties pure functions to the language port."""

from botapp.compose import drafting, grammar
from botapp.llm import (
    AnswerRequest,
    CandidateQuestion,
    DraftRequest,
    DraftResult,
    FactReply,
    FollowUp,
    FollowUpRequest,
    Judgement,
    JudgeRequest,
    Plan,
    PlanRequest,
    SummariseRequest,
    Summary,
    TranslateRequest,
    Translation,
    Understanding,
    UnderstandRequest,
)
from botapp.scoring import facts, follow_up, judging, reading, resume_criteria, summary, understanding
from botapp.screening.interview import Reading


class RulesLanguage:
    """Language by rules. Never raises Retryable or Permanent: it knows what it can't judge, and says so."""

    name = "rules/1"

    def draft_interviewer(self, request: DraftRequest) -> DraftResult:
        return drafting.draft_interviewer(request)

    def plan_edits(self, request: PlanRequest) -> Plan:
        return grammar.plan_edits(request)

    def understand(self, request: UnderstandRequest) -> Understanding:
        return understanding.understand(request)

    def read_answer(self, request: AnswerRequest) -> Reading:
        return reading.read_answer(request)

    def choose_follow_up(self, request: FollowUpRequest) -> FollowUp:
        return follow_up.choose_follow_up(request)

    def judge_answer(self, request: JudgeRequest) -> Judgement:
        return judging.judge_answer(request) if request.of == "answer" else resume_criteria.judge_resume(request)

    def answer_candidate(self, request: CandidateQuestion) -> FactReply:
        return facts.answer_candidate(request)

    def translate(self, request: TranslateRequest) -> Translation:  # noqa: ARG002 - rules translate nothing
        return Translation()

    def summarise(self, request: SummariseRequest) -> Summary:
        return summary.summarise(request)
