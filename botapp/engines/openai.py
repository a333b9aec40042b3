"""Language by a model behind any OpenAI-compatible chat-completions endpoint.

Guarantees: every answer is validated and checked before it is used, after one repair at most; a task waits no longer
than its time-out in all, reads no more than its cap, and ends in an answer, Retryable or Permanent. The SDK is
imported when the first question is asked, never with this module; nothing is reported to a tracing service.
"""

import json
import math
import os
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import ValidationError

from botapp.engines import wire
from botapp.engines.recorder import Usage
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
    Plan,
    PlanRequest,
    SummariseRequest,
    Summary,
    TranslateRequest,
    Translation,
    Understanding,
    UnderstandRequest,
)
from botapp.prompting import Prompts, fence
from botapp.screening.interview import Reading
from botapp.turnstile import Turnstile

if TYPE_CHECKING:
    import openai
    from langchain_core.messages import AIMessage
    from langchain_openai import ChatOpenAI

OPENAI_URL = "https://api.openai.com/v1"
TIMEOUT_S = 20.0
DRAFT_TIMEOUT_S = 90.0
BODY_LIMIT = 2_000_000
REPLY_SHOWN = 8_000
COMES_BACK = 2  # times that a busy endpoint is asked again when it says when
_LEAST_WAIT_S = 0.05
_RETRYABLE_STATUS = frozenset({408, 409, 425, 429})
# What langchain-openai lets through when a body is not the protocol: it indexes and converts what it got.
_NOT_THE_PROTOCOL = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError)

_NOTHING_USED = Usage()
_CODE_BLOCK = re.compile(r"\A```(?:json)?\s*(.*?)\s*```\Z", re.DOTALL)
_ABOUT_SCHEMAS = re.compile(r"response_format|json_schema|structured output", re.IGNORECASE)
_OF_THE_TRANSFER = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_TOO_SLOW = "The language model took too long."
_CUT_OFF = "The language model's answer was cut off."
_FILTERED = "The language model's answer was held back by a content filter."

Request = TypeVar("Request")
Shape = TypeVar("Shape", bound=wire.Wire)
Output = TypeVar("Output")


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which model, where, and how long to wait for it. A draft is long, so it may take longer."""

    model: str
    base_url: str = OPENAI_URL
    api_key: str = field(default="", repr=False)
    timeout_s: float = TIMEOUT_S
    draft_timeout_s: float = DRAFT_TIMEOUT_S
    body_limit: int = BODY_LIMIT


class OpenAILanguage:
    """The language port answered by a model. Safe to share between threads."""

    def __init__(
        self, settings: ModelSettings, prompts: Prompts | None = None, turnstile: Turnstile | None = None
    ) -> None:
        self._settings = settings
        self._prompts = prompts or Prompts.load(names=wire.PROMPT_NAMES)
        self._endpoint = _Endpoint(settings, turnstile or Turnstile())
        self._knows_schemas = True

    @property
    def name(self) -> str:
        return f"openai/{self._settings.model}"

    def prompt_fingerprint(self, task: str) -> str:
        """The hash of the prompt files that `task` is asked with."""
        names = (wire.TASK_PROMPTS[task], wire.REPAIR_PROMPT, wire.SCHEMA_PROMPT)
        return "-".join(self._prompts.fingerprint(name) for name in names)

    def take_usage(self) -> Usage:
        """What this thread's calls used since it was last asked."""
        return self._endpoint.take_usage()

    def load(self) -> None:
        """Import the SDK now, so that the first question does not wait for it. A wrong address is said when asked."""
        with suppress(Permanent):
            self._endpoint.chat()

    def close(self) -> None:
        """Close idle connections. It may be asked again: it opens new ones."""
        self._endpoint.close()

    def draft_interviewer(self, request: DraftRequest) -> DraftResult:
        return self._ask(wire.DRAFT, request, self._settings.draft_timeout_s)

    def plan_edits(self, request: PlanRequest) -> Plan:
        return self._ask(wire.PLAN, request)

    def understand(self, request: UnderstandRequest) -> Understanding:
        return self._ask(wire.UNDERSTAND, request)

    def read_answer(self, request: AnswerRequest) -> Reading:
        return self._ask(wire.READ, request).model_copy(update={"engine": self.name})

    def choose_follow_up(self, request: FollowUpRequest) -> FollowUp:
        return self._ask(wire.FOLLOW_UP, request)

    def judge_answer(self, request: JudgeRequest) -> Judgement:
        """One pass. What says nothing beside what is kept from a judge is not sent at all."""
        if not wire.says_something(request):
            return Judgement(status="unavailable", reason=wire.NOTHING_TO_JUDGE)
        name, task = ("judge_answer", wire.JUDGE) if request.of == "answer" else ("judge_resume", wire.JUDGE_RESUME)
        by = {"prompt": self.prompt_fingerprint(name), "model": self._settings.model}
        return self._ask(task, request).model_copy(update=by)

    def answer_candidate(self, request: CandidateQuestion) -> FactReply:
        return self._ask(wire.ANSWER_CANDIDATE, request)

    def translate(self, request: TranslateRequest) -> Translation:
        return self._ask(wire.TRANSLATE, request)

    def summarise(self, request: SummariseRequest) -> Summary:
        return self._ask(wire.SUMMARISE, request)

    def _ask(self, task: wire.Task[Request, Shape, Output], request: Request, timeout_s: float | None = None) -> Output:
        """The task's output; one repair when the first answer is not it."""
        self._endpoint.chat()  # the import is not the model's time
        deadline = time.monotonic() + (timeout_s or self._settings.timeout_s)
        shape = task.shape(request)
        prompt = self._prompts.render(task.prompt, **task.variables(request))
        messages = [("system", prompt.static), ("user", prompt.dynamic)]
        text = self._reply(messages, shape, deadline)
        try:
            return task.accept(request, _parsed(shape, text))
        except wire.Unusable as problem:
            messages.append(("user", self._repair(text, str(problem))))
        text = self._reply(messages, shape, deadline)
        try:
            return task.accept(request, _parsed(shape, text))
        except wire.Unusable as problem:
            raise Permanent("The language model's answer could not be used, also not after a repair.") from problem

    def _repair(self, answer: str, problem: str) -> str:
        asked = self._prompts.render(
            wire.REPAIR_PROMPT,
            answer=fence("previous answer", answer, REPLY_SHOWN),
            problem=fence("what is wrong with it", problem, REPLY_SHOWN),
        )
        return f"{asked.static}\n\n{asked.dynamic}"

    def _reply(self, messages: list[tuple[str, str]], shape: type[wire.Wire], deadline: float) -> str:
        """The text of one answer. An endpoint that knows no structured output is told the schema in words."""
        schema = wire.provider_schema(shape)
        if self._knows_schemas:
            try:
                return self._endpoint.ask(messages, deadline, _response_format(shape.__name__, schema))
            except _SchemaUnknown:
                self._knows_schemas = False
        asked = self._prompts.render(wire.SCHEMA_PROMPT, schema=json.dumps(schema, ensure_ascii=False))
        (role, system), *rest = messages
        return self._endpoint.ask([(role, f"{system}\n\n{asked.static}\n\n{asked.dynamic}"), *rest], deadline)


def _response_format(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": True}}


def _parsed(shape: type[Shape], text: str) -> Shape:
    """The answer as a value.

    Raises:
        Unusable: it is no JSON, or not the shape.
    """
    unwrapped = _CODE_BLOCK.sub(r"\1", text.strip())
    try:
        return shape.model_validate_json(unwrapped)
    except ValidationError as error:
        raise wire.Unusable(wire.problems(error)) from error


# ---- the endpoint ----------------------------------------------------------------------------------------


class _SchemaUnknown(Exception):
    """The endpoint does not know `response_format`: ask in words."""


class _Busy(Retryable):
    """The endpoint asks to come back in so many seconds, and there is time for that."""

    def __init__(self, seconds: float) -> None:
        super().__init__("The language model is busy.")
        self.seconds = seconds


class _Endpoint:
    """The only place that touches the SDK. `ask` gives the text of one answer, or Retryable, or Permanent."""

    def __init__(self, settings: ModelSettings, turnstile: Turnstile) -> None:
        self._settings = settings
        self._turnstile = turnstile
        self._local = threading.local()
        self._loading = threading.Lock()
        self._chat: ChatOpenAI | None = None
        self._client: Any = None

    def take_usage(self) -> Usage:
        usage: Usage = getattr(self._local, "usage", _NOTHING_USED)
        self._local.usage = _NOTHING_USED
        return usage

    def chat(self) -> "ChatOpenAI":
        """The SDK's model, made once."""
        with self._loading:
            if self._chat is None:
                self._chat = self._made()
            return self._chat

    def close(self) -> None:
        with self._loading:
            if self._client is not None:
                self._client.close()
            self._chat = self._client = None

    def _made(self) -> "ChatOpenAI":
        _check_url(self._settings.base_url)
        os.environ["LANGSMITH_TRACING"] = os.environ["LANGCHAIN_TRACING_V2"] = "false"  # prompts hold personal data
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        self._client = _capped_client(self._settings.body_limit, lambda: float(self._local.deadline), self._turnstile)
        return ChatOpenAI(
            model=self._settings.model,
            base_url=self._settings.base_url,
            # Never empty: the SDK would send the key of another service that it finds in the environment.
            api_key=SecretStr(self._settings.api_key.strip() or "none"),
            timeout=self._settings.timeout_s,
            max_retries=0,
            use_responses_api=False,
            http_client=self._client,
        )

    def ask(
        self, messages: list[tuple[str, str]], deadline: float, response_format: dict[str, Any] | None = None
    ) -> str:
        """The text of the model's answer.

        `response_format` is bound as it is: `with_structured_output` would parse what came back leniently and keep
        the text to itself when it fails, and the repair needs that text.
        """
        chat = self.chat()
        options: dict[str, Any] = {"response_format": response_format} if response_format else {}
        self._local.deadline = deadline
        for _ in range(COMES_BACK):
            try:
                return self._text(self._invoke(chat, messages, deadline, options))
            except _Busy as busy:
                wait = busy.seconds
            with self._turnstile.aside():
                time.sleep(wait)
        return self._text(self._invoke(chat, messages, deadline, options))

    def _invoke(
        self, chat: "ChatOpenAI", messages: list[tuple[str, str]], deadline: float, options: dict[str, Any]
    ) -> "AIMessage":
        import openai
        from langsmith import tracing_context

        timeout = _timeout(deadline - time.monotonic())
        try:
            with tracing_context(enabled=False):
                return chat.invoke(messages, timeout=timeout, **options)
        except (openai.LengthFinishReasonError, openai.ContentFilterFinishReasonError) as error:
            self._count(error.completion.usage if error.completion else None)
            was_cut = isinstance(error, openai.LengthFinishReasonError)
            raise Permanent(_CUT_OFF if was_cut else _FILTERED) from error
        except openai.OpenAIError as error:
            wait = _asked_to_wait(error)
            if wait is not None and wait <= (deadline - time.monotonic()) / 2:
                raise _Busy(wait) from error
            raise _named(error, bool(options)) from error
        except _NOT_THE_PROTOCOL as error:
            raise Retryable("The language model's endpoint did not answer as a chat-completions endpoint.") from error

    def _text(self, message: "AIMessage") -> str:
        usage = message.usage_metadata
        if usage:
            self._add(usage["input_tokens"], usage["output_tokens"])
        if message.additional_kwargs.get("refusal"):
            raise Permanent("The language model refused to answer.")
        match message.response_metadata.get("finish_reason"):
            case "content_filter":
                raise Permanent(_FILTERED)
            case "length":
                raise Permanent(_CUT_OFF)
        return str(message.text)

    def _count(self, usage: "openai.types.CompletionUsage | None") -> None:
        if usage:
            self._add(usage.prompt_tokens, usage.completion_tokens)

    def _add(self, tokens_in: int, tokens_out: int) -> None:
        before: Usage = getattr(self._local, "usage", _NOTHING_USED)
        self._local.usage = Usage(before.tokens_in + tokens_in, before.tokens_out + tokens_out)


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and url.isprintable()
    except ValueError:
        usable = False
    if not usable:
        raise Permanent("The address of the language model is not a web address: it must start with https://.")


def _timeout(left: float) -> "openai.Timeout":
    """Connecting and waiting for the first byte together take at most `left` seconds."""
    import openai

    if left < _LEAST_WAIT_S:
        raise Retryable(_TOO_SLOW)
    connect = min(left / 4, 5.0)
    return openai.Timeout(left - connect, connect=connect)


def _asked_to_wait(error: "openai.OpenAIError") -> float | None:
    """The seconds of a Retry-After, when the endpoint is busy and names them."""
    import openai

    if not isinstance(error, openai.APIStatusError) or error.status_code not in {429, 503}:
        return None
    try:
        seconds = float(error.response.headers.get("retry-after", ""))
    except ValueError:
        return None
    return max(seconds, _LEAST_WAIT_S) if math.isfinite(seconds) else None


def _named(error: "openai.OpenAIError", asked_schema: bool) -> Exception:
    """What the caller does next about the SDK's error. The endpoint's words are never passed on."""
    import openai

    match error:
        case openai.APITimeoutError():
            return Retryable(_TOO_SLOW)
        case openai.APIConnectionError():
            return Retryable("The language model can't be reached.")
        case openai.APIStatusError(status_code=status) if status in _RETRYABLE_STATUS or status >= 500:
            return Retryable(f"The language model is busy or down (status {status}).")
        case openai.APIStatusError(status_code=status):
            if asked_schema and status in {400, 422} and _ABOUT_SCHEMAS.search(str(error)):
                return _SchemaUnknown()
            return Permanent(f"The language model refused the request (status {status}).")
        case _:
            return Retryable("The language model's endpoint did not answer as a chat-completions endpoint.")


def _capped_client(body_limit: int, deadline: Callable[[], float], turnstile: Turnstile) -> Any:
    """An HTTP client that reads no more than `body_limit` and not past the deadline, and lets others work meanwhile.

    The SDK's own time-out is per read: a body that trickles would never end.
    """
    import openai

    class Capped(openai.DefaultHttpxClient):
        def send(self, request: Any, **options: Any) -> Any:
            with turnstile.aside():
                response = super().send(request, **{**options, "stream": True})
                try:
                    body = _read(response, body_limit, deadline())
                finally:
                    response.close()
            headers = [(key, value) for key, value in response.headers.multi_items() if key not in _OF_THE_TRANSFER]
            return type(response)(response.status_code, headers=headers, content=body, request=request)

    return Capped(follow_redirects=False)


def _read(response: Any, body_limit: int, deadline: float) -> bytes:
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > body_limit:
            raise Retryable("The language model's answer is too long to be read.")
        if time.monotonic() > deadline:
            raise Retryable(_TOO_SLOW)
    return bytes(body)
