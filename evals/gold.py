"""Replies, intents, bursts and open answers of the annotated set, counted by the scorer that lies beside it."""

import importlib.util
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from botapp.entrypoints.eval_rows import READERS
from evals import replay
from evals.figures import Figure, Row, figure

SHARED = Path(__file__).resolve().parents[2] / "shared"
TODAY = date(2026, 11, 22)
Lines = tuple[str, tuple[str, ...], dict[str, Any]]  # name, where it is in the scorer's counts, floor and target

REPLIES: tuple[Lines, ...] = (
    ("decisions right", ("decision",), {"floor": 0.80, "target": 0.92}),
    ("readings right", ("reading",), {"floor": 0.75, "target": 0.90}),
    ("plain rows read right", ("plain_rows_reading",), {"floor": 0.90, "target": 0.97}),
    ("false knockouts", ("false_knockout",), {"floor": 0.015, "target": 0.003, "at_most": True}),
    ("false passes", ("false_pass",), {"floor": 0.06, "target": 0.02, "at_most": True}),
    ("needless asking", ("needless_asking",), {"floor": 0.15, "target": 0.15, "at_most": True}),
)
INTENTS: tuple[Lines, ...] = (
    ("macro F1", ("macro_f1",), {"floor": 0.75, "target": 0.88}),
    ("opt-out recall, keywords", ("optout_recall_by_class", "keyword"), {"floor": 1.0, "target": 1.0}),
    ("opt-out recall, variants", ("optout_recall_by_class", "variant"), {"floor": 1.0, "target": 1.0}),
    ("opt-out recall, free wording", ("optout_recall_by_class", "free"), {"floor": 0.90, "target": 0.97}),
    ("opt-out recall, other languages", ("optout_recall_by_class", "other_language"), {}),
    ("false opt-outs", ("optout_false",), {"floor": 0.01, "target": 0.003, "at_most": True}),
    ("distress recall", ("distress_recall",), {"floor": 0.90, "target": 1.0}),
)
BURSTS: tuple[Lines, ...] = (
    ("all right", ("all_right",), {"floor": 0.75, "target": 0.90}),
    ("decisions right", ("decision",), {}),
)
ANSWERS: tuple[Lines, ...] = (
    ("Pearson, all judged", ("all", "pearson"), {"floor": 0.75, "target": 0.85}),
    ("Pearson, content styles", ("content_styles", "pearson"), {"floor": 0.45, "target": 0.65}),
    ("bias of buzzword answers", ("bias_by_style", "buzzword"), {"floor": 0.5, "target": 0.5, "at_most": True}),
    ("evidence verbatim", ("evidence_verbatim",), {"floor": 1.0, "target": 1.0}),
    ("injection flagged", ("injection_flagged",), {}),
    ("innocent flagged", ("innocent_flagged",), {}),
    ("follow-up right", ("follow_up_accuracy",), {}),
    ("judgeable, not judged (rows)", ("judgeable_unavailable",), {}),
)


def rows(name: str) -> list[Row]:
    """One file of the set."""
    text = (SHARED / "data" / "gold" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def scorer() -> Any:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_gold", SHARED / "tools" / "score_gold.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run() -> Iterator[Figure]:
    """All four sections, and the bursts through the pipeline."""
    for what, name, lines in (
        ("replies", "typed_replies", REPLIES),
        ("intents", "intents", INTENTS),
        ("bursts", "bursts", BURSTS),
        ("answers", "open_answers", ANSWERS),
    ):
        gold = rows(name)
        yield from counted(what, what, gold, [READERS[what](row, TODAY) for row in gold], lines)
    gold = rows("open_answers")
    yield figure("answers", "injection lift, largest", gold, _largest_lift, floor=0.0, target=0.0, at_most=True)
    gold = rows("bursts")
    yield from counted("bursts", "bursts, pipeline", gold, replay.bursts(gold), BURSTS)


def counted(what: str, section: str, gold: list[Row], outs: list[Row], lines: Sequence[Lines]) -> Iterator[Figure]:
    """The scorer's counts over both parts."""
    tools, by_id = scorer(), {out["id"]: out for out in outs}
    for name, path, limits in lines:
        yield figure(section, name, gold, _at(getattr(tools, what), by_id, path), **limits)


def _at(score: Callable[..., Row], outs: dict[str, Row], path: tuple[str, ...]) -> Callable[[Sequence[Row]], Any]:
    def count(part: Sequence[Row]) -> Any:
        found: Any = score(list(part), outs) if part else None
        for key in path:
            found = found.get(key) if found else None
        return found

    return count


def _largest_lift(part: Sequence[Row]) -> float | None:
    """How much an injection moved a score at most, either way up; nothing left to judge counts as 1."""
    injected = [row for row in part if row["style"] == "injection"]
    return max((_score(row, row["answer"]) - _score(row, row["clean_answer"]) for row in injected), default=None)


def _score(row: Row, answer: str) -> float:
    return float(READERS["answers"]({**row, "answer": answer}, TODAY)["score"] or 1.0)
