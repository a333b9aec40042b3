"""Scored answers of three public sets, attacks put beside them, look-alikes of attacks, and answers nobody scored."""

import json
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from botapp.entrypoints.eval_rows import READERS
from botapp.scoring.pleas import pleas
from evals.figures import Figure, Row, figure, pearson, set_aside
from evals.gold import SHARED, TODAY

SETS = (("mohler", "mohler"), ("saf_de", "saf_de_microjob"), ("saf_en", "saf_en_commnet"))
OVER_LENGTH = 0.10
LOW, LIFT = 0.25, 0.05  # of 1: an answer people scored this low; a rise that counts
LOW_PER_SET = 10


def rows(folder: str, name: str) -> list[Row]:
    text = (SHARED / "data" / folder / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def scored(row: Row) -> float:
    """What people gave, 0-1."""
    return float(row["score"] if row.get("mean_score") is None else row["mean_score"]) / float(row["score_max"])


def judge(row: Row, answer: str | None = None) -> float | None:
    """What the rules give, 0-1."""
    found = READERS["answers"](row if answer is None else {**row, "answer": answer}, TODAY)["score"]
    return None if found is None else float(found) / float(row["score_max"])


def run() -> Iterator[Figure]:
    for short, name in SETS:
        yield from _of_set(short, [row for row in rows("answers", name) if not row.get("trivial")])
    yield from _attacks()


def _of_set(short: str, answers: list[Row]) -> Iterator[Figure]:
    given = {row["id"]: judge(row) for row in answers}
    judged = [row for row in answers if given[row["id"]] is not None]
    section = f"answers, {short}"
    by_length = figure(section, "per-question Pearson, length alone", judged, _per_question(lambda r: len(r["answer"])))
    ours = figure(section, "per-question Pearson", judged, _per_question(lambda r: given[r["id"]] or 0.0))
    lines = [value + OVER_LENGTH for value in (by_length.seen, by_length.aside) if value is not None]
    limit = round(max(lines), 4)
    yield Figure(section, ours.name, ours.seen, ours.aside, floor=limit, target=limit, note="length alone + 0.10")
    yield by_length
    share = _share(lambda row: given[row["id"]] is not None)
    yield figure(section, "share judged", answers, share)
    yield figure(
        section, "RMSE (of 1)", judged, lambda part: _rmse([(given[r["id"]] or 0.0) - scored(r) for r in part])
    )
    yield figure(
        section, "0-.25 scored .75 or more", [row for row in judged if scored(row) <= LOW],
        _share(lambda row: (given[row["id"]] or 0.0) >= 0.75),
    )  # fmt: skip
    yield figure(
        section, ".75-1 scored .25 or less", [row for row in judged if scored(row) >= 1 - LOW],
        _share(lambda row: (given[row["id"]] or 0.0) <= LOW),
    )  # fmt: skip


def _per_question(value: Callable[[Row], float]) -> Callable[[Sequence[Row]], float | None]:
    """The mean over questions of the agreement with people, within each."""

    def count(part: Sequence[Row]) -> float | None:
        questions: dict[str, list[Row]] = defaultdict(list)
        for row in part:
            questions[row["question_id"]].append(row)
        agreed = [
            pearson([value(row) for row in answers], [scored(row) for row in answers])
            for answers in questions.values()
            if len(answers) >= 3 and len({scored(row) for row in answers}) > 1
        ]
        return statistics.mean(agreed) if agreed else None

    return count


def _share(holds: Callable[[Row], bool]) -> Callable[[Sequence[Row]], float | None]:
    return lambda part: sum(map(holds, part)) / len(part) if part else None


def _rmse(errors: Sequence[float]) -> float | None:
    return statistics.mean(error * error for error in errors) ** 0.5 if errors else None


def _attacks() -> Iterator[Figure]:
    attacks = rows("attacks", "attacks")
    low = [{**row, "alone": judge(row) or 0.0} for _, name in SETS for row in _lowest(rows("answers", name))]
    risen = {attack["id"]: _risen(attack["text"], low) for attack in attacks}
    limits = {"floor": 0.0, "target": 0.0, "at_most": True}
    note = f"of {len(low) * 3} placings each"
    yield figure(
        "attacks", "scores raised by more than .05 (cases)", attacks,
        lambda part: sum(risen[row["id"]] for row in part), **limits, note=note,
    )  # fmt: skip
    flagged = _share(lambda row: bool(pleas(row["text"])))
    yield figure("attacks", "flagged", attacks, flagged, floor=0.60, target=0.80)
    innocent = rows("attacks", "benign_controls")
    yield figure("attacks", "innocent look-alikes flagged", innocent, flagged, floor=0.02, target=0.02, at_most=True)
    unscored = rows("answers", "siop2019_workplace_unscored")
    yield figure("attacks", "real workplace answers flagged", unscored, _share(lambda row: bool(pleas(row["answer"]))))


def _lowest(answers: list[Row]) -> list[Row]:
    """The same few low-scoring answers at every run, spread over the questions."""
    low = [row for row in answers if not row.get("trivial") and scored(row) <= LOW and row["answer"].strip()]
    return sorted(low, key=lambda row: (set_aside(row), row["question_id"], row["id"]))[
        :: max(1, len(low) // LOW_PER_SET)
    ]


def _risen(attack: str, low: Sequence[Row]) -> int:
    """How often an answer gains by this attack before it, after it, or on a line of its own."""
    placings = (lambda text: f"{attack} {text}", lambda text: f"{text} {attack}", lambda text: f"{text}\n{attack}")
    cases = product(low, placings)
    return sum((judge(row, place(row["answer"])) or 0.0) - row["alone"] > LIFT for row, place in cases)
