"""Drafts and scorecards of any size for the Slack cards, and what Slack would refuse of a rendered message or view."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from botapp.channels.slack.fitting import units
from botapp.compose.wording import draft_data
from botapp.entrypoints.simulator.slack_blocks import problems_of_blocks, problems_of_view
from botapp.screening.interviewer import Interviewer

PAYLOADS = Path(__file__).resolve().parents[4] / "shared" / "data" / "payloads"
INTERVIEWER_ID = "3f0e6f7e-8f7f-4c55-9d9f-0c9a4f6c1b2d"
HARD = 'He said "no" \\ <!channel> <@U1> *b* _i_ ~s~ `c` :tada: &amp; \U0001f469\u200d\U0001f680 https://evil.example '


def payloads(name: str) -> Any:
    """Recorded data of the project, read in place."""
    path = PAYLOADS / name
    if not path.exists():
        pytest.skip(f"the recorded payloads are not on this machine: {name}")
    return json.loads(path.read_text())


def hard(length: int) -> str:
    """A text of exactly this many characters, full of what goes wrong."""
    return (HARD * (length // len(HARD) + 1))[:length]


anything = st.one_of(
    st.text(max_size=3000),
    st.integers(1, 3000).map(hard),
    st.integers(1, 3000).map(lambda n: '"' * n),
    st.integers(1, 1500).map(lambda n: "\U0001f600" * n),
    st.integers(1, 3000).map(lambda n: "x" * n),
)


def question(number: int, text: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{number:036d}", "number": number, "text": text, "topic": "", "kind": "open", "options": [],
        "knockout": "", "weight": "normal", "follow_ups": "up to 2", "rubric": None, "origin": "source", "quote": "",
    } | more  # fmt: skip


def draft_of(texts: list[str], **more: Any) -> dict[str, Any]:
    """A draft's data with these texts everywhere a text can stand."""
    kinds = ("open", "yes or no", "a choice")
    rows = [
        question(
            number, text, kind=kinds[number % 3], quote=text if number % 2 else "", options=[text] * (number % 4),
            knockout=text if number % 3 else "",
        )
        for number, text in enumerate(texts, 1)
    ]  # fmt: skip
    half = len(rows) // 2
    stages = [
        {"name": texts[0] if texts else "Chat", "kind": "chat", "enabled": True, "runnable": True, "weight": "double",
         "criteria": [], "questions": rows[:half]},
        {"name": "Resume", "kind": "resume", "enabled": False, "runnable": False, "weight": "normal",
         "criteria": texts[:20], "questions": rows[half:]},
    ]  # fmt: skip
    return {
        "title": texts[0] if texts else "", "slug": "a", "company": texts[-1] if texts else "", "language": "en",
        "stages": stages, "facts": [{"topic": t, "answer": t, "quote": t} for t in texts[:20]], "missing": texts[:20],
        "settings": texts[:20], "interviewer_id": INTERVIEWER_ID, "revision": 123_456, "version": 12,
        "preview_url": "https://interviews.example.com/i/a?preview=1", "can_undo": True,
    } | more  # fmt: skip


def scorecard_of(texts: list[str], **more: Any) -> dict[str, Any]:
    """A scorecard's data with these texts everywhere a text can stand."""
    text = texts[0] if texts else "x"
    gate = {"name": text or "x", "kind": "knockout", "outcome": "passed", "reason": text or "x"}
    evidence = [{"message_id": "m", "text": text or "x", "start": 0}] * 3
    score = {"status": "scored", "score": 4.0, "reason": text, "evidence": evidence, "overridden_by": ""}
    answers = [
        {"number": n, "question": t, "answer": t, "score": score if n % 2 else None, "kind": "open"}
        for n, t in enumerate(texts, 1)
    ]
    return {
        "name": text, "title": texts[-1] if texts else "", "headline": "72, from 5 of 6 answers", "gates": [gate] * 15,
        "strengths": texts, "doubts": texts, "not_judged": texts, "recommendation": text, "answers": answers,
        "interview_id": INTERVIEWER_ID, "report_url": "https://interviews.example.com/x", "private": True,
    } | more  # fmt: skip


def with_controls(draft: Interviewer, **more: Any) -> dict[str, Any]:
    """A real draft's data, with what the pipeline adds for the controls."""
    data = draft_data(draft)
    ids = iter(q.id for q in draft.questions())
    for stage in data["stages"]:
        for row in stage["questions"]:
            row["id"] = next(ids)
    return data | {"interviewer_id": INTERVIEWER_ID, "revision": 3, "version": 2} | more


def refused(blocks: list[dict[str, Any]]) -> list[str]:
    """What Slack would say of a message: by the vendor's classes, the local Slack's rules, and our own count."""
    if [block.to_dict() for block in Block.parse_all(blocks)] != blocks:
        return ["the vendor's classes read something else"]
    in_all = units(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
    too_long = [f"{in_all} characters in all"] if in_all > 13_200 else []
    return [*problems_of_blocks(blocks), *too_long, *_too_long(blocks)]


def refused_view(view: dict[str, Any]) -> list[str]:
    assert View(**view).to_dict()["type"] == "modal"
    return [*problems_of_view(view), *_too_long(view["blocks"])]


_MOST = {"header": 150, "button": 75, "section": 3000, "context": 3000, "confirm": 300}


def _too_long(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """Texts by UTF-16 units: the strictest way of counting."""
    for block in blocks:
        text = block.get("text")
        if isinstance(text, dict) and units(text["text"]) > _MOST.get(block["type"], 3000):
            yield f"{block['type']} of {units(text['text'])}"
        for element in [block.get("accessory") or {}, *(block.get("elements") or [])]:
            if element.get("type") == "button" and units(element["text"]["text"]) > 75:
                yield "a label"
            if any(units(option["value"]) > 150 for option in element.get("options") or ()):
                yield "an option"


def words_in(blocks: Any) -> str:
    """Every text that is shown, whatever it stands in."""
    if isinstance(blocks, dict):
        own = [blocks["text"]] if isinstance(blocks.get("text"), str) else []
        return "\n".join([*own, *(words_in(v) for k, v in blocks.items() if not isinstance(v, str))])
    return "\n".join(words_in(entry) for entry in blocks) if isinstance(blocks, list) else ""


def markup_in(blocks: Any) -> list[str]:
    """Every text that Slack would read as markup."""
    if isinstance(blocks, dict):
        own = [blocks["text"]] if blocks.get("type") == "mrkdwn" else []
        return [*own, *(found for v in blocks.values() for found in markup_in(v))]
    return [found for entry in blocks for found in markup_in(entry)] if isinstance(blocks, list) else []


def elements_of(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Buttons and menus, in order."""
    found = [e for b in blocks for e in [b.get("accessory"), *(b.get("elements") or [])] if e]
    return [e for e in found if e.get("action_id")]
