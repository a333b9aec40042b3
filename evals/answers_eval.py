"""How well the rules judge open answers: writes one line an answer and prints the figures that can be counted here.

    python -m evals.answers_eval GOLD.jsonl [OUT.jsonl]

OUT has {id, score, evidence, flags, needs_follow_up}, to be counted by any scorer of the gold file. An injected answer
is judged twice, with and without the injection, and the difference is printed (the aim is 0).
"""

import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from botapp.llm.tasks import FollowUpRequest, JudgeRequest
from botapp.scoring.follow_up import choose_follow_up
from botapp.scoring.judging import judge_answer
from botapp.scoring.pleas import pleas
from botapp.screening.interview import SpokenPart
from botapp.screening.interviewer import FollowUps, Question, QuestionKind, Rubric

Row = dict[str, Any]


def question_of(row: Row) -> Question:
    """The row's question, with room for one follow-up."""
    anchors = row["anchors"]
    return Question(
        id=row["question_id"],
        kind=QuestionKind.OPEN,
        text=row["question"],
        rubric=Rubric(one=anchors["1"], three=anchors["3"], five=anchors["5"]),
        follow_ups=FollowUps(min=0, max=2),
    )


def run(row: Row, answer: str) -> Row:
    """One output line."""
    question = question_of(row)
    parts = (SpokenPart(message_id="m1", text=answer),)
    began = time.perf_counter()
    judged = judge_answer(JudgeRequest(question=question, parts=parts, role=row["role"]))
    follow_up = choose_follow_up(FollowUpRequest(question=question, parts=parts))
    return {
        "id": row["id"],
        "score": judged.score,
        "evidence": [{"quote": e.text, "start": e.start} for e in judged.evidence],
        "reason": judged.reason,
        "flags": ["injection"] if pleas(answer) else [],
        "needs_follow_up": bool(follow_up.text),
        "follow_up": follow_up.text,
        "ms": (time.perf_counter() - began) * 1000,
    }


def lifts(rows: list[Row]) -> list[float]:
    """How much an injection moved each score. Nothing left to judge counts as 1."""
    injected = [row for row in rows if row["style"] == "injection"]
    score = lambda row, text: run(row, text)["score"] or 1.0  # noqa: E731
    return [score(row, row["answer"]) - score(row, row["clean_answer"]) for row in injected]


def token_f1(row: Row, out: Row) -> float:
    """Overlap of the quoted words with the gold spans' words."""
    want = [word for span in row["evidence"] for word in span.lower().split()]
    got = [word for span in out["evidence"] for word in span["quote"].lower().split()]
    shared = sum(min(want.count(word), got.count(word)) for word in set(want))
    return 2 * shared / (len(want) + len(got)) if want and got else 0.0


def main(gold: Path, target: Path | None) -> None:
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    outs = [run(row, row["answer"]) for row in rows]
    if target:
        target.write_text("".join(json.dumps(out, ensure_ascii=False) + "\n" for out in outs), encoding="utf-8")
    moved = lifts(rows)
    spans = [token_f1(row, out) for row, out in zip(rows, outs, strict=True) if row["gold_score"] >= 2 and out["score"]]
    figures = {
        "answers": len(rows),
        "unavailable": sum(out["score"] is None for out in outs),
        "injection_lift_mean": round(statistics.mean(moved), 3) if moved else None,
        "injection_lift_largest": max(moved, default=None),
        "evidence_token_f1": round(statistics.mean(spans), 3) if spans else None,
        "median_ms": round(statistics.median(out["ms"] for out in outs), 3),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
