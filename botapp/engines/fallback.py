"""A conversation never waits for a model that is down, slow, odd or over its budget: rules take over.

Guarantees: stop, distress and a wish for a person are heard by rule; typed answers are read by rule first; judging
never falls back, so that scores of two engines are never mixed. One instance serves one turn: after the model failed
to answer in time, the rest of the turn does not wait for it again. No call begins once a cap is reached.
"""

from collections.abc import Callable
from typing import TypeVar

from botapp.engines.recorder import KeptRefusal
from botapp.errors import OverBudget, Permanent, Retryable
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
    TranslateRequest,
    Translation,
    Understanding,
    UnderstandRequest,
)
from botapp.log import get_logger
from botapp.policy.model_budget import Cap
from botapp.scoring.passes import combine, needed
from botapp.screening.interview import Reading, ReadingStatus

BY_RULE = frozenset({Intent.STOP, Intent.DISTRESS, Intent.HUMAN})
OVER_DAY = "Not judged yet: the budget for the language model is spent for today."
OVER_INTERVIEW = "Not judged: the budget for the language model is spent for this interview."
UNUSABLE = "The language model's judgements could not be used."
TRIES = 3  # rounds of passes whose answers can't be used, before no more are asked for
PLAIN_WORDS = 8  # of a message that is read by rule alone when it only answers a typed question

Request = TypeVar("Request")
Output = TypeVar("Output")


class FallbackLanguage:
    """`primary` where it may and can, `rules` where it must or cannot."""

    def __init__(
        self, primary: Language, rules: Language, cap: Callable[[bool], Cap] | None = None, passes: int = 1
    ) -> None:
        """`cap` says which cap is reached, for an interview or (False) for composing. `passes`: judgements a score."""
        self._primary = primary
        self._rules = rules
        self._cap = cap or (lambda _interview: Cap.NONE)
        self._passes = passes
        self._is_down = False

    @property
    def name(self) -> str:
        """The engine that judges: scores are stored under its name."""
        return self._primary.name

    def draft_interviewer(self, request: DraftRequest) -> DraftResult:
        return self._either(self._primary.draft_interviewer, self._rules.draft_interviewer, request, interview=False)

    def plan_edits(self, request: PlanRequest) -> Plan:
        return self._either(self._primary.plan_edits, self._rules.plan_edits, request, interview=False)

    def understand(self, request: UnderstandRequest) -> Understanding:
        by_rule = self._rules.understand(request)
        if BY_RULE & {by_rule.main, *by_rule.also} or self._is_plain(request, by_rule):
            return by_rule
        return self._either(self._primary.understand, lambda _: by_rule, request)

    def _is_plain(self, request: UnderstandRequest, said: Understanding) -> bool:
        """Whether a short message only answers the open typed question, and rules read it clearly."""
        question = request.open_question
        if question is None or question.is_open or len(request.parts) != 1 or len(said.answers) != 1:
            return False
        if said.main is not Intent.ANSWER or said.also or said.asked or said.answers[0].question_id != question.id:
            return False
        if len(request.parts[0].text.split()) > PLAIN_WORDS:
            return False
        reading = self._rules.read_answer(AnswerRequest(question=question, parts=request.parts, today=request.today))
        return reading.status is ReadingStatus.CLEAR and not reading.needs_person

    def read_answer(self, request: AnswerRequest) -> Reading:
        by_rule = self._rules.read_answer(request)
        if request.button_value or by_rule.needs_person or by_rule.status is not ReadingStatus.UNCLEAR:
            return by_rule
        return self._either(self._primary.read_answer, lambda _: by_rule, request)

    def choose_follow_up(self, request: FollowUpRequest) -> FollowUp:
        return self._either(self._primary.choose_follow_up, self._rules.choose_follow_up, request)

    def answer_candidate(self, request: CandidateQuestion) -> FactReply:
        return self._either(self._primary.answer_candidate, self._rules.answer_candidate, request)

    def translate(self, request: TranslateRequest) -> Translation:
        return self._either(self._primary.translate, self._rules.translate, request)

    def judge_answer(self, request: JudgeRequest) -> Judgement:
        """Several passes, each asked by itself, as one judgement.

        A pass whose answer can't be used does not count. Answers kept from an earlier try are taken first.

        Raises:
            Retryable: too few passes could be used so far. Permanent: and no more are asked for.
        """
        good: list[Judgement] = []
        asked = failed = 0
        why = UNUSABLE
        while len(good) + asked < self._passes and failed < self._passes * TRIES:
            self._refuse_when_spent()
            try:
                good.append(self._primary.judge_answer(request))
            except KeptRefusal:
                failed += 1
            except Permanent as refusal:
                asked, failed, why = asked + 1, failed + 1, str(refusal)
                get_logger().warning("pass_not_counted", engine=self.name)
        if len(good) >= needed(self._passes):
            return combine(good, self._passes)
        raise Permanent(why) if failed >= self._passes * TRIES else Retryable(why)

    def summarise(self, request: SummariseRequest) -> Summary:
        self._refuse_when_spent()
        return self._primary.summarise(request)

    def _either(
        self,
        primary: Callable[[Request], Output],
        rules: Callable[[Request], Output],
        request: Request,
        *,
        interview: bool = True,
    ) -> Output:
        """The model's answer, or the rules' when there is none to be had now."""
        if self._is_down:
            return rules(request)
        if self._cap(interview) is not Cap.NONE:
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
        match self._cap(True):
            case Cap.DAY:
                raise OverBudget(OVER_DAY)
            case Cap.INTERVIEW:
                raise Permanent(OVER_INTERVIEW)
            case _:
                return
