"""A conversation never waits for a model that is down, slow, odd or over its budget: rules take over.

Guarantees: stop, distress and a wish for a person are heard by rule; typed answers are read by rule first; judging
never falls back, so that scores of two engines are never mixed. One instance serves one turn: after the model failed
to answer in time, the rest of the turn does not wait for it again.
"""

from collections.abc import Callable
from typing import TypeVar

from botapp.errors import Permanent, Retryable
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
    Language,
    Plan,
    PlanRequest,
    SummariseRequest,
    Summary,
    Understanding,
    UnderstandRequest,
)
from botapp.log import get_logger
from botapp.screening.interview import Reading, ReadingStatus

BY_RULE = frozenset({Intent.STOP, Intent.DISTRESS, Intent.HUMAN})
OVER_BUDGET = "The budget for the language model is spent."

Request = TypeVar("Request")
Output = TypeVar("Output")


class FallbackLanguage:
    """`primary` where it may and can, `rules` where it must or cannot."""

    def __init__(self, primary: Language, rules: Language, spent: Callable[[], bool] | None = None) -> None:
        self._primary = primary
        self._rules = rules
        self._spent = spent or _never
        self._is_down = False

    @property
    def name(self) -> str:
        """The engine that judges: scores are stored under its name."""
        return self._primary.name

    def draft_interviewer(self, request: DraftRequest) -> DraftResult:
        return self._either(self._primary.draft_interviewer, self._rules.draft_interviewer, request)

    def plan_edits(self, request: PlanRequest) -> Plan:
        return self._either(self._primary.plan_edits, self._rules.plan_edits, request)

    def understand(self, request: UnderstandRequest) -> Understanding:
        by_rule = self._rules.understand(request)
        if BY_RULE & {by_rule.main, *by_rule.also}:
            return by_rule
        return self._either(self._primary.understand, lambda _: by_rule, request)

    def read_answer(self, request: AnswerRequest) -> Reading:
        by_rule = self._rules.read_answer(request)
        if request.button_value or by_rule.needs_person or by_rule.status is not ReadingStatus.UNCLEAR:
            return by_rule
        return self._either(self._primary.read_answer, lambda _: by_rule, request)

    def choose_follow_up(self, request: FollowUpRequest) -> FollowUp:
        return self._either(self._primary.choose_follow_up, self._rules.choose_follow_up, request)

    def answer_candidate(self, request: CandidateQuestion) -> FactReply:
        return self._either(self._primary.answer_candidate, self._rules.answer_candidate, request)

    def judge_answer(self, request: JudgeRequest) -> Judgement:
        self._refuse_when_spent()
        return self._primary.judge_answer(request)

    def summarise(self, request: SummariseRequest) -> Summary:
        self._refuse_when_spent()
        return self._primary.summarise(request)

    def _either(
        self, primary: Callable[[Request], Output], rules: Callable[[Request], Output], request: Request
    ) -> Output:
        """The model's answer, or the rules' when there is none to be had now."""
        if self._is_down:
            return rules(request)
        if self._spent():
            return self._fell_back("budget_spent", rules, request)
        try:
            return primary(request)
        except Retryable:
            self._is_down = True
            return self._fell_back("retryable", rules, request)
        except Permanent:
            return self._fell_back("permanent", rules, request)

    def _fell_back(self, reason: str, rules: Callable[[Request], Output], request: Request) -> Output:
        get_logger().warning("engine_fell_back", engine=self.name, task=type(request).__name__, reason=reason)
        return rules(request)

    def _refuse_when_spent(self) -> None:
        if self._spent():
            raise Retryable(OVER_BUDGET)


def _never() -> bool:
    return False
