"""A small Language for tests: gives out what it was told to, in order, and remembers what it was asked."""

from collections import deque
from typing import Any

from botapp.engines.recorder import CallKey, Usage
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
from botapp.screening.interview import Reading

PER_CALL = Usage(100, 20)


class ScriptedLanguage:
    """Answers every task with the next of `outputs`; an exception among them is raised."""

    def __init__(self, *outputs: Any, name: str = "openai/scripted", usage: Usage = PER_CALL) -> None:
        self.name = name
        self.fingerprint = "f1"
        self.asked: list[str] = []
        self._outputs = deque(outputs)
        self._usage = usage
        self._used = Usage()

    def prompt_fingerprint(self, task: str) -> str:
        return self.fingerprint

    def take_usage(self) -> Usage:
        used, self._used = self._used, Usage()
        return used

    def draft_interviewer(self, request: DraftRequest) -> DraftResult:
        return self._next("draft_interviewer")

    def plan_edits(self, request: PlanRequest) -> Plan:
        return self._next("plan_edits")

    def understand(self, request: UnderstandRequest) -> Understanding:
        return self._next("understand")

    def read_answer(self, request: AnswerRequest) -> Reading:
        return self._next("read_answer")

    def choose_follow_up(self, request: FollowUpRequest) -> FollowUp:
        return self._next("choose_follow_up")

    def judge_answer(self, request: JudgeRequest) -> Judgement:
        return self._next("judge_answer")

    def answer_candidate(self, request: CandidateQuestion) -> FactReply:
        return self._next("answer_candidate")

    def translate(self, request: TranslateRequest) -> Translation:
        return self._next("translate")

    def summarise(self, request: SummariseRequest) -> Summary:
        return self._next("summarise")

    def _next(self, task: str) -> Any:
        self.asked.append(task)
        output = self._outputs.popleft()
        self._used = self._usage
        if isinstance(output, Exception):
            raise output
        return output


class KeptInMemory:
    """A CallStore in a dictionary."""

    def __init__(self) -> None:
        self.rows: dict[CallKey, dict[str, Any]] = {}

    def find(self, key: CallKey) -> str | None:
        return self.rows[key]["output_json"] if key in self.rows else None

    def append(
        self,
        key: CallKey,
        task: str,
        prompt_hash: str,
        output_json: str,
        tokens_in: int,
        tokens_out: int,
        cost: float,
        engine: str,
    ) -> None:
        self.rows.setdefault(
            key,
            {
                "task": task,
                "prompt_hash": prompt_hash,
                "output_json": output_json,
                "tokens": (tokens_in, tokens_out),
                "cost": cost,
                "engine": engine,
            },
        )
