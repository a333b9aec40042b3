"""A language task as a model sees it: which prompt, which variables, which shape, and how an answer is accepted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from botapp.prompting import fence, visible
from botapp.screening.interview import SpokenPart
from botapp.screening.interviewer import Question, Rubric

# What strict structured output knows of JSON Schema; the rest is checked by Pydantic when the answer is back.
_NOT_FOR_PROVIDERS = frozenset(
    {"default", "discriminator", "title", "minimum", "maximum", "minLength", "maxLength", "maxItems", "minItems"}
)


class Unusable(ValueError):
    """What the model said fits the shape but not the facts. The sentence goes back to the model, once."""


class Wire(BaseModel):
    """A shape for a model: every field required, none unknown, no free-form object."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Request = TypeVar("Request")
Shape = TypeVar("Shape", bound=Wire)
Output = TypeVar("Output")


@dataclass(frozen=True, slots=True)
class Task(Generic[Request, Shape, Output]):
    """`accept` turns a valid shape into the task's output, or raises Unusable."""

    prompt: str
    shape: Callable[[Request], type[Shape]]
    variables: Callable[[Request], dict[str, str]]
    accept: Callable[[Request, Shape], Output]


def provider_schema(shape: type[Wire]) -> dict[str, Any]:
    """JSON Schema of `shape` in the subset that strict structured output accepts."""
    schema = _strict(shape.model_json_schema())
    assert isinstance(schema, dict)
    return schema


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {("anyOf" if key == "oneOf" else key): value for key, value in node.items() if key not in _NOT_FOR_PROVIDERS}
    if "const" in kept:
        kept["enum"] = [kept.pop("const")]
    return {key: _named(value) if key in {"properties", "$defs"} else _strict(value) for key, value in kept.items()}


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    """Names under `properties` and `$defs` are ours, not keywords: only their values are cleaned."""
    return {name: _strict(value) for name, value in fields.items()}


def one_line(text: str) -> str:
    """Text of ours or a recruiter's as one visible line."""
    return " ".join(visible(text).split())


def describe(question: Question, number: int | None = None) -> str:
    """A question in one line, with what is needed to read an answer to it; never its weight or knockout."""
    details = [f"kind: {question.kind.value}"]
    if question.topic:
        details.append(f"topic: {one_line(question.topic)}")
    if question.options:
        details.append("options: " + " | ".join(one_line(option) for option in question.options))
    if question.multiple:
        details.append("several options may be picked")
    if question.unit:
        details.append(f"unit: {one_line(question.unit)}")
    prefix = f"{number}. " if number is not None else ""
    return f"{prefix}{one_line(question.text)} ({'; '.join(details)})"


def problems(error: ValidationError) -> str:
    """What is wrong and where, without the values."""
    return "; ".join(
        f"{'.'.join(map(str, item['loc'])) or 'answer'}: {item['msg']}"
        for item in error.errors(include_url=False, include_input=False)[:8]
    )


def anchors(rubric: Rubric | None) -> str:
    """The three anchors, a line each."""
    if rubric is None:
        return "There are no anchors for this question."
    return f"1: {one_line(rubric.one)}\n3: {one_line(rubric.three)}\n5: {one_line(rubric.five)}"


def numbered(parts: tuple[SpokenPart, ...]) -> str:
    """The messages, fenced one by one and numbered from 1."""
    return "\n".join(fence(f"message {number}", part.text) for number, part in enumerate(parts, 1))
