"""Drafts every brief of the annotated set and prints what was expected and is not there.

    python evals/compose_briefs_eval.py

Needs ../shared beside the checkout; without it the eval says so and ends well.
"""

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SHARED = ROOT.parent / "shared"


def hit(patterns: list[str], text: str) -> bool:
    """Whether all patterns are found."""
    return all(re.search(pattern, text, re.I) for pattern in patterns)


def check(row: dict[str, Any]) -> list[str]:
    """What is missing or wrong in the draft of one brief."""
    from botapp.compose.drafting import draft_interviewer
    from botapp.llm import DraftRequest

    result = draft_interviewer(
        DraftRequest(text=row["context"], instructions=row["instruction"], today=date(2026, 11, 22))
    )
    if result.draft is None:
        return [f"no draft: {result.problem}"]
    draft, expect, match = result.draft, row["expect"], row["expect"]["match"]
    questions = [(q, " ".join([q.text, *q.options])) for q in draft.questions()]
    wrong = []
    if [stage.kind.value for stage in draft.stages] != expect["stages"]:
        wrong.append(f"stages {[stage.kind.value for stage in draft.stages]}")
    matched = set()
    for item in expect["knockouts"]:
        found = [q for q, text in questions if q.knockout and hit(match["questions"][item["about"]], text)]
        matched |= {q.id for q in found}
        if not found:
            wrong.append(f"knockout lacking: {item['about']}")
    wrong += [f"knockout not asked for: {q.text}" for q, _ in questions if q.knockout and q.id not in matched]
    for about in [*expect["asks"], *expect["open_topics"]]:
        if not any(hit(match["questions"][about], text) for _, text in questions):
            wrong.append(f"not asked: {about}")
    for about, patterns in match["must_not_ask"].items():
        wrong += [f"FORBIDDEN {about}: {text}" for _, text in questions if hit(patterns, text)]
    for fact in expect["facts"]:
        told = [f"{f.topic} {f.answer} {f.quote}" for f in draft.facts]
        if not any(hit(match["facts"][fact["topic"]], text) for text in told):
            wrong.append(f"fact lacking: {fact['topic']}")
    if draft.settings.pass_bar != expect["pass_bar"]:
        wrong.append(f"pass bar {draft.settings.pass_bar}")
    if str(draft.settings.deadline) != expect["deadline"]:
        wrong.append(f"deadline {draft.settings.deadline}")
    if expect["max_questions"] and len(questions) > expect["max_questions"]:
        wrong.append(f"{len(questions)} questions")
    return [f"title: {draft.title}", *wrong]


def main() -> int:
    path = SHARED / "data" / "gold" / "briefs.jsonl"
    if not path.exists():
        print("skipped: ../shared is not there, so there are no annotated briefs to measure on")
        return 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        print(row["id"], row["role"])
        for wrong in check(row):
            print("   ", wrong)
    return 0


if __name__ == "__main__":
    sys.exit(main())
