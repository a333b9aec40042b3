"""How long the rules engine reads and decides a turn, in CPU time of this thread."""

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date

from botapp.entrypoints.eval_rows import READERS
from botapp.scoring import judging
from botapp.scoring.pleas import pleas
from evals.figures import Figure, Row

MOST_MS = 5.0


def medians(sets: dict[str, Sequence[Row]], today: date) -> list[Figure]:
    """Median and 95th percentile of every kind of row."""
    found = []
    for what, rows in sets.items():
        times = sorted(_ms(lambda row=row, what=what: READERS[what](row, today)) for row in rows)  # type: ignore[misc]
        p95 = times[int(len(times) * 0.95)]
        found.append(
            Figure(
                "speed", f"CPU ms to read {what}, median", round(statistics.median(times), 3), None,
                floor=MOST_MS, target=MOST_MS, at_most=True, note=f"p95 {p95:.2f}",
            )
        )  # fmt: skip
    return found


def _ms(read: Callable[[], object]) -> float:
    """The second reading, with what was kept of the first one forgotten: code is warm, the words are new."""
    read()
    pleas.cache_clear()
    judging.forget()
    began = time.thread_time()
    read()
    return (time.thread_time() - began) * 1000
