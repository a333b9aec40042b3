"""One Protocol with a method per language task. Engines implement it; graphs and tasks call it."""

from typing import Protocol

from botapp.llm.tasks import (
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
from botapp.screening.interview import Reading


class Language(Protocol):
    """Who answers the language tasks.

    Raises:
        Retryable: the engine is down, slow or over its budget; nothing was decided.
        Permanent: the engine refused or answered with something that is not the task's output, after one repair.
    """

    @property
    def name(self) -> str:
        """`rules/1` or `openai/<model>`: stored beside everything it produced."""
        ...

    def draft_interviewer(self, request: DraftRequest) -> DraftResult:
        """A complete draft from pasted text and instructions, or the reason why there is none."""
        ...

    def plan_edits(self, request: PlanRequest) -> Plan:
        """What a recruiter's message asks for: edits, a publish, an undo, an answer to a question..."""
        ...

    def understand(self, request: UnderstandRequest) -> Understanding:
        """What a candidate's burst of messages does: answers, asks, stops, wants a person..."""
        ...

    def read_answer(self, request: AnswerRequest) -> Reading:
        """The value a typed answer states, or why there is no single reading."""
        ...

    def choose_follow_up(self, request: FollowUpRequest) -> FollowUp:
        """Whether a follow-up would change the score, and which."""
        ...

    def judge_answer(self, request: JudgeRequest) -> Judgement:
        """A score from 1 to 5 against the anchors with verbatim evidence, or `unavailable`."""
        ...

    def answer_candidate(self, request: CandidateQuestion) -> FactReply:
        """A candidate's question answered from the facts, or not known."""
        ...

    def translate(self, request: TranslateRequest) -> Translation:
        """A question in the language the candidate asked for, or nothing."""
        ...

    def summarise(self, request: SummariseRequest) -> Summary:
        """Strengths and doubts, each bound to a quote."""
        ...
