"""Keeps every answer of a model at once, and gives it back when the same turn runs again.

Guarantees: a call that was kept is never paid for twice; the passes of the same question within a turn stay apart;
every token the endpoint told us of stands in the ledger, also those of calls that came to nothing.
One recorder serves one turn. It must not decide anything, retry, or know which engine it keeps.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar, runtime_checkable

from pydantic import BaseModel, ConfigDict

from botapp.errors import Permanent, Retryable
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
from botapp.screening.interview import Reading

CallKey = tuple[str, str, str, int]
"""(conversation id, task, prompt hash, pass within the turn counted from 1): unique for ever."""

Request = TypeVar("Request", bound=BaseModel)
Output = TypeVar("Output", bound=BaseModel)


class CallStore(Protocol):
    """An append-only place for model calls. Each `append` is durable when it returns; a repeat of a key is ignored."""

    def find(self, key: CallKey) -> str | None:
        """The stored `output_json`, or None."""
        ...

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
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens read and written."""

    tokens_in: int = 0
    tokens_out: int = 0


@runtime_checkable
class Metered(Protocol):
    """An engine that costs something and whose answers depend on prompt files."""

    def prompt_fingerprint(self, task: str) -> str:
        """The hash of the prompt files that `task` (a method of the port) is asked with."""
        ...

    def take_usage(self) -> Usage:
        """What this thread's calls used since it was last asked."""
        ...


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost; 0 when not known."""

    tokens_in: float = 0.0
    tokens_out: float = 0.0

    def of(self, usage: Usage) -> float:
        return (usage.tokens_in * self.tokens_in + usage.tokens_out * self.tokens_out) / 1_000_000


@dataclass(frozen=True, slots=True)
class CallContext:
    """Whose turn it is, and what the engine costs."""

    conversation_id: str
    prices: Prices = Prices()


class KeptRefusal(Permanent):
    """An answer that could not be used, given back from the store: nothing was asked and nothing was paid."""


class _Refused(BaseModel):
    """The stored form of an answer that was paid for and could not be used. No output has this field."""

    model_config = ConfigDict(extra="forbid")

    refused: str


class Recorder:
    """A Language that keeps what another one answers."""

    def __init__(self, language: Language, store: CallStore, context: CallContext) -> None:
        self._language = language
        self._store = store
        self._context = context
        self._passes: Counter[tuple[str, str]] = Counter()

    @property
    def name(self) -> str:
        return self._language.name

    def draft_interviewer(self, request: DraftRequest) -> DraftResult:
        return self._kept("draft_interviewer", request, DraftResult, self._language.draft_interviewer)

    def plan_edits(self, request: PlanRequest) -> Plan:
        return self._kept("plan_edits", request, Plan, self._language.plan_edits)

    def understand(self, request: UnderstandRequest) -> Understanding:
        return self._kept("understand", request, Understanding, self._language.understand)

    def read_answer(self, request: AnswerRequest) -> Reading:
        return self._kept("read_answer", request, Reading, self._language.read_answer)

    def choose_follow_up(self, request: FollowUpRequest) -> FollowUp:
        return self._kept("choose_follow_up", request, FollowUp, self._language.choose_follow_up)

    def judge_answer(self, request: JudgeRequest) -> Judgement:
        return self._kept("judge_answer", request, Judgement, self._language.judge_answer)

    def answer_candidate(self, request: CandidateQuestion) -> FactReply:
        return self._kept("answer_candidate", request, FactReply, self._language.answer_candidate)

    def translate(self, request: TranslateRequest) -> Translation:
        return self._kept("translate", request, Translation, self._language.translate)

    def summarise(self, request: SummariseRequest) -> Summary:
        return self._kept("summarise", request, Summary, self._language.summarise)

    def _kept(self, task: str, request: Request, output: type[Output], ask: Callable[[Request], Output]) -> Output:
        prompt_hash = self._hash(task, request)
        self._passes[task, prompt_hash] += 1
        key = (self._context.conversation_id, task, prompt_hash, self._passes[task, prompt_hash])
        stored = self._store.find(key)
        if stored is not None:
            return _restored(stored, output)
        self._usage()  # what an interrupted call of this thread left behind is not this call's
        try:
            answer = ask(request)
        except Permanent as refusal:
            usage = self._usage()
            if usage != Usage():  # paid for: the same turn must not pay again
                self._append(key, _Refused(refused=str(refusal)), usage)
            raise
        except Retryable as fault:
            usage = self._usage()
            if usage != Usage():  # paid for without an answer: the bill stands, and the question may be asked again
                lost = (self._context.conversation_id, task, uuid.uuid4().hex, self._passes[task, prompt_hash])
                self._append(lost, _Refused(refused=str(fault)), usage)
            raise
        self._append(key, answer, self._usage())
        return answer

    def _hash(self, task: str, request: BaseModel) -> str:
        fingerprint = self._language.prompt_fingerprint(task) if isinstance(self._language, Metered) else ""
        parts = (self._language.name, task, fingerprint, request.model_dump_json())
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _usage(self) -> Usage:
        return self._language.take_usage() if isinstance(self._language, Metered) else Usage()

    def _append(self, key: CallKey, answer: BaseModel, usage: Usage) -> None:
        cost = self._context.prices.of(usage)
        _, task, prompt_hash, _ = key
        self._store.append(
            key, task, prompt_hash, answer.model_dump_json(), usage.tokens_in, usage.tokens_out, cost, self.name
        )


def _restored(stored: str, output: type[Output]) -> Output:
    """The stored answer as it was; a kept refusal is raised again."""
    if stored.startswith('{"refused":'):
        raise KeptRefusal(_Refused.model_validate_json(stored).refused)
    return output.model_validate_json(stored)
