"""`make eval`: how well the rules engine drafts, edits, reads and judges. Prints figures; fails only when it can't run.

Always counts our own small sample; the annotated sets too when they lie beside the checkout (`../shared`).
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from botapp.engines.rules import RulesLanguage
from botapp.llm import AnswerRequest, DraftRequest, JudgeRequest, PlanRequest
from botapp.screening.interview import SpokenPart
from botapp.screening.interviewer import Interviewer, Question, Rubric
from evals import answers_eval, compose_edits_eval, compose_eval, replies_eval

HERE = Path(__file__).parent
ADVERT = HERE.parent / "botapp" / "entrypoints" / "samples" / "night_picker.txt"
GOLD = HERE.parents[1] / "shared" / "data" / "gold"
TODAY = date(2026, 11, 22)
Row = dict[str, Any]


def rows(name: str) -> Iterator[Row]:
    for line in (HERE / "sample" / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def reads(row: Row, language: RulesLanguage) -> bool:
    """Whether a typed reply is read as its row says."""
    fields = {key: row[key] for key in ("kind", "unit", "options") if key in row}
    question = Question(id="q1", text=row["question"], **fields)
    part = SpokenPart(message_id="m1", text=row["reply"])
    reading = language.read_answer(AnswerRequest(question=question, parts=(part,), today=TODAY))
    if "status" in row:
        return reading.status.value == row["status"]
    if isinstance(row["value"], dict) and isinstance(reading.value, dict):
        return all(reading.value.get(key) == value for key, value in row["value"].items())
    return bool(reading.value == row["value"])


def plans(row: Row, language: RulesLanguage, draft: Interviewer) -> bool:
    """Whether a recruiter's message leads to the operations its row names, or to none."""
    plan = language.plan_edits(PlanRequest(draft=draft, text=row["say"], today=TODAY))
    return not plan.edits if row.get("refused") else [edit.op.value for edit in plan.edits] == row["ops"]


def ranks(row: Row, language: RulesLanguage) -> bool:
    """Whether the concrete answer is scored above the empty one, each with verbatim quotes."""
    one, three, five = row["anchors"]
    question = Question(id="q1", kind="open", text=row["question"], rubric=Rubric(one=one, three=three, five=five))

    def score(text: str) -> float:
        part = SpokenPart(message_id="m1", text=text)
        judged = language.judge_answer(JudgeRequest(question=question, parts=(part,), role="Night order picker"))
        assert all(text[e.start : e.start + len(e.text)] == e.text for e in judged.evidence)
        return judged.score or 1.0

    return score(row["strong"]) > score(row["weak"])


def count_sample() -> None:
    """Our own rows: right of all, by set."""
    language = RulesLanguage()
    drafted = language.draft_interviewer(DraftRequest(text=ADVERT.read_text(encoding="utf-8"), today=TODAY)).draft
    assert drafted is not None
    sets: dict[str, Callable[[Row], bool]] = {
        "replies.jsonl": lambda row: reads(row, language),
        "edits.jsonl": lambda row: plans(row, language, drafted),
        "answers.jsonl": lambda row: ranks(row, language),
    }
    for name, is_right in sets.items():
        outcomes = [(row, is_right(row)) for row in rows(name)]
        print(f"sample {name}: {sum(right for _, right in outcomes)} of {len(outcomes)}")
        for row, right in outcomes:
            if not right:
                print(f"  wrong: {json.dumps(row, ensure_ascii=False)[:160]}")


def main() -> int:
    count_sample()
    if not GOLD.exists():
        print("The annotated sets are not beside this checkout; only the sample was counted.")
        return 0
    for name, run in (
        ("drafting", lambda: compose_eval.main([])),
        ("edits", lambda: compose_edits_eval.main([])),
        ("replies", lambda: replies_eval.main([])),
        ("answers", lambda: answers_eval.main(GOLD / "open_answers.jsonl", None)),
    ):
        print(f"\n== {name}")
        run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
