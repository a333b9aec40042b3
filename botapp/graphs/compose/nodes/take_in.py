"""A page or file was read: what to do with its words. As if the member who gave it had pasted them."""

from collections.abc import Mapping
from typing import Any

from langgraph.runtime import Runtime

from botapp.compose.fact_reading import read_facts
from botapp.compose.source import read_source
from botapp.graphs.compose.state import ComposeState, ComposeUpdate, Elsewhere, events, said
from botapp.graphs.context import READ, ComposeContext
from botapp.llm import Plan, PlanIntent
from botapp.policy.access import Action, may, refusal
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import Fact, Interviewer


def take_in(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """A new draft, the facts alone, or why there is nothing to take."""
    context = runtime.context
    given = next(item["payload"] for item in reversed(events(state)) if item["payload"].get("event") in READ)
    if failed := given.get("failed"):
        return said(f"I could not read it. {failed} Please paste the text here.")
    if context.member is None or not may(context.member.role, Action.COMPOSE):
        return said(refusal(Action.COMPOSE))
    if not given["text"]:
        return said(str(given["problem"]))
    if _changed_meanwhile(given, context):
        return {"elsewhere": Elsewhere.model_validate(given["again"]).model_dump(mode="json")}
    if given["use"] == "facts" and context.draft is not None:
        return _facts(given, context.draft)
    return _as_request(given, Plan(intent=PlanIntent.NEW_DRAFT))


def _changed_meanwhile(given: Mapping[str, Any], context: ComposeContext) -> bool:
    """A draft that was made or changed since is not replaced unasked."""
    return context.draft is not None and given["use"] == "draft" and given["revision"] != context.revision


def _as_request(given: Mapping[str, Any], plan: Plan) -> ComposeUpdate:
    return {
        "request": {
            "text": str(given["text"]),
            "instructions": str(given["instructions"]),
            "origin": str(given["origin"]),
            "note": str(given["problem"]),
            "theirs": bool(given["theirs"]),
        },
        "plan": plan.model_dump(mode="json"),
    }


def _facts(given: Mapping[str, Any], draft: Interviewer) -> ComposeUpdate:
    found = _first_of_each(read_facts(read_source(str(given["text"])), draft.title))
    if not found:
        return said(
            f"I read {given['origin']} and found no facts for candidates: no pay, place or hours. Nothing changed."
        )
    edits = tuple(Edit(op=EditOp.ADD_FACT, target=fact.topic, value=fact.model_dump()) for fact in found)
    return _as_request(given, Plan(intent=PlanIntent.EDIT, edits=edits))


def _first_of_each(facts: tuple[Fact, ...]) -> list[Fact]:
    by_topic: dict[str, Fact] = {}
    for fact in facts:
        by_topic.setdefault(fact.topic.lower(), fact)
    return list(by_topic.values())
