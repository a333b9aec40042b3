"""`make eval`: how well the rules engine drafts, edits, reads and judges; one table, and `build/eval.json`.

Always counts our own small sample; the annotated sets too when they lie beside the checkout (`../shared`). A third of
their rows is set aside, and every figure is given for both parts. Fails only when it can't run.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import structlog

from botapp.engines.rules import RulesLanguage
from botapp.llm import AnswerRequest, DraftRequest, JudgeRequest, PlanRequest
from botapp.screening.interview import SpokenPart
from botapp.screening.interviewer import Interviewer, Question, Rubric
from evals import composing, gold, judging, resumes_eval, speed
from evals.figures import Figure, Row, table

HERE = Path(__file__).parent
ADVERT = HERE.parent / "botapp" / "entrypoints" / "samples" / "night_picker.txt"
REPORT = HERE.parent / "build" / "eval.json"
TODAY = date(2026, 11, 22)


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
        return bool(reading.status.value == row["status"])
    if isinstance(row["value"], dict) and isinstance(reading.value, dict):
        wrong = [key for key, value in row["value"].items() if reading.value.get(key) != value]
        return not wrong
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


def count_sample() -> Iterator[Figure]:
    """Our own rows: the share that is right, by set."""
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
        share = round(sum(right for _, right in outcomes) / len(outcomes), 4)
        yield Figure("sample", name, share, None, floor=0.9, target=1.0, note=f"{len(outcomes)} rows")
        for row, right in outcomes:
            if not right:
                print(f"  wrong: {json.dumps(row, ensure_ascii=False)[:160]}")


def annotated() -> Iterator[Figure]:
    yield from gold.run()
    yield from judging.run()
    yield from speed.medians(
        {
            "replies": gold.rows("typed_replies"),
            "intents": gold.rows("intents"),
            "bursts": gold.rows("bursts"),
            "answers": gold.rows("open_answers"),
        },
        TODAY,
    )
    yield from resumes_eval.run()
    yield from composing.run()


def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    figures = list(count_sample())
    if gold.SHARED.exists():
        figures += annotated()
    print(table(figures))
    if not gold.SHARED.exists():
        print("The annotated sets are not beside this checkout; only our own sample was counted.")
    REPORT.parent.mkdir(exist_ok=True)
    report = {"set_aside": "a third, by the hash of the id", "figures": [each.as_json() for each in figures]}
    REPORT.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    missed = [f"{each.section}: {each.name}" for each in figures if each.verdict == "MISS"]
    print(f"Written to build/eval.json. {'Missed: ' + '; '.join(missed) if missed else 'No floor is missed.'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
