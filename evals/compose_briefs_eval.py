"""Drafts every brief of the annotated set as `botapp compose` does, and counts what its instruction asked for.

    python evals/compose_briefs_eval.py

Needs ../shared beside the checkout; without it the eval says so and ends well.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SHARED = ROOT.parent / "shared"
GOLD = SHARED / "data" / "gold" / "briefs.jsonl"
TODAY = date(2026, 11, 22)
Row = dict[str, Any]
Counts = dict[str, tuple[int, int]]


def hit(patterns: list[str], text: str) -> bool:
    """Whether all patterns are found."""
    return all(re.search(pattern, text, re.I) for pattern in patterns)


def drafted(row: Row) -> Row:
    """What `botapp compose --json` prints for it."""
    from botapp.engines.rules import RulesLanguage
    from botapp.entrypoints.cli_compose import composed, published

    result = composed(row["context"], row["instruction"], RulesLanguage(), TODAY)
    return published(result).model_dump(mode="json", by_alias=True)


def count(row: Row) -> Counts:
    """(right, of) for each thing that is counted."""
    draft, expect = drafted(row), row["expect"]
    questions = [q for stage in draft["stages"] for q in stage["questions"]]
    told = [(q, " ".join([q["text"], *q["options"]])) for q in questions]
    match, settings = expect["match"], draft["settings"]
    gates, knocking = _knockouts(told, expect, match["questions"])
    asked = [*expect["asks"], *expect["open_topics"]]
    return {
        "stages exact": (int([s["kind"] for s in draft["stages"]] == expect["stages"]), 1),
        "cap kept": (int(_within(draft, expect)), 1),
        "knockouts asked for": (gates, len(expect["knockouts"])),
        "knockouts right": (knocking, sum(bool(q["knockout"]) for q in questions)),
        "other musts asked": (
            sum(any(hit(match["questions"][a], text) for _, text in told) for a in asked),
            len(asked),
        ),
        "facts there": (
            sum(_is_told(f["topic"], draft, match["facts"]) for f in expect["facts"]),
            len(expect["facts"]),
        ),
        "pass bar": (int(settings["min_score"] == expect["pass_bar"]), 1),
        "deadline": (int(expect["deadline"] is None or settings["deadline"] == expect["deadline"]), 1),
        "languages": (int(settings["languages"] == expect["languages"]), 1),
        "must not be asked": (sum(hit(p, text) for p in match["must_not_ask"].values() for _, text in told), len(told)),
    }


def _knockouts(told: list[tuple[Row, str]], expect: Row, match: Row) -> tuple[int, int]:
    """How many that are wanted are there with their rule, and how many that are there are wanted or may be."""
    found, right = 0, set()
    for item in expect["knockouts"]:
        rules = [item["rule"], *(other["rule"] for other in item.get("also_ok", []))]
        fits = [q for q, text in told if q["knockout"] and hit(match[item["about"]], text)]
        found += any(_same(q["knockout"], rule) for q in fits for rule in rules) or (
            bool(fits) and "inverse_ok" in item
        )
        right |= {q["n"] for q in fits}
    for about in expect.get("ok_knockouts", []):
        name = about["about"] if isinstance(about, dict) else about
        right |= {q["n"] for q, text in told if q["knockout"] and name in match and hit(match[name], text)}
    return found, len(right)


def _same(one: Row, other: Row) -> bool:
    a, b = one["value"], other["value"]
    return one["op"] == other["op"] and (
        sorted(a) == sorted(b) if isinstance(a, list) and isinstance(b, list) else a == b
    )


def _within(draft: Row, expect: Row) -> bool:
    cap = expect["max_questions"]
    if cap is None:
        return True
    scope = expect.get("max_questions_scope")
    stages = [s for s in draft["stages"] if scope != "chat" or s["kind"] == "chat"]
    return sum(len(stage["questions"]) for stage in stages) <= cap


def _is_told(topic: str, draft: Row, match: Row) -> bool:
    return any(hit(match[topic], f"{f['topic']} {f['answer']} {f['quote']}") for f in draft["facts"])


def total(rows: Sequence[Row]) -> dict[str, float | None]:
    """The share of each over all rows; None where there is nothing to count."""
    sums: dict[str, list[int]] = {}
    for row in rows:
        for name, (right, of) in count(row).items():
            got = sums.setdefault(name, [0, 0])
            got[0], got[1] = got[0] + right, got[1] + of
    return {name: (right / of if of else None) for name, (right, of) in sums.items()}


def misses(row: Row) -> Iterator[str]:
    for name, (right, of) in count(row).items():
        if name == "must not be asked":
            if right:
                yield f"{name}: {right}"
        elif right < of:
            yield f"{name}: {right} of {of}"


def main() -> int:
    if not GOLD.exists():
        print("skipped: ../shared is not there, so there are no annotated briefs to measure on")
        return 0
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line.strip()]
    for row in rows:
        print(row["id"], row["role"], "; ".join(misses(row)) or "all right")
    print(total(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
