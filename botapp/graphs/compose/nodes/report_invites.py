"""Invitations by text were carried out: what came of each person, in one short message."""

from collections.abc import Mapping, Sequence
from typing import Any

from botapp.compose.texting import money
from botapp.graphs.compose.state import ComposeState, ComposeUpdate, events, reply

_NAMED = 12  # more people than that are counted


def report_invites(state: ComposeState) -> ComposeUpdate:
    """One message for each batch that is done."""
    batches = [item["payload"] for item in events(state) if item["payload"].get("event") == "invite_people_done"]
    return {"replies": [reply(_told(batch)) for batch in batches if batch.get("results") or batch.get("failed")]}


def _told(batch: Mapping[str, Any]) -> str:
    if batch.get("failed"):
        return f"Nobody was texted. {batch['failed']}"
    results: Sequence[Mapping[str, Any]] = batch["results"]
    cost = _cost(batch)
    if len(results) == 1:
        return f"{_line(results[0])}{cost}"
    sent = sum(bool(result.get("sent")) for result in results)
    head = f"Texted {sent} of {len(results)} people.{cost}"
    worth = [r for r in results if r.get("sentence") or not r.get("sent")] if len(results) > _NAMED else results
    more = [f"and {len(worth) - _NAMED} more"] if len(worth) > _NAMED else []
    return "\n".join([head, *(f"- {_line(result)}" for result in worth[:_NAMED]), *more])


def _line(result: Mapping[str, Any]) -> str:
    """`Texted Maria.`, `Maria: goes out 9:00 am ET.`, `Maria was not texted: she has opted out.`"""
    name, sentence = str(result.get("name") or result.get("phone")), str(result.get("sentence") or "").strip()
    if result.get("sent"):
        return f"{name}: {_ended(sentence)}" if sentence else f"Texted {name}."
    return f"{name} was not texted: {_ended(sentence)}" if sentence else f"{name} was not texted."


def _ended(sentence: str) -> str:
    return sentence if sentence[-1] in ".?" else f"{sentence}."


def _cost(batch: Mapping[str, Any]) -> str:
    count, cost = int(batch.get("segments") or 0), money(float(batch.get("cost") or 0))
    if not count:
        return ""
    return f" {count} segment{'' if count == 1 else 's'}{f', {cost}' if cost else ''}."
