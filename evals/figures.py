"""Figures beside their floor and target, counted on two parts of the rows: those worked on, and a third set aside."""

import hashlib
import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Row = dict[str, Any]
Count = Callable[[Sequence[Row]], float | None]


@dataclass(frozen=True)
class Figure:
    """One number of both parts. `at_most`: the smaller the better. Without a floor it is only reported."""

    section: str
    name: str
    seen: float | None
    aside: float | None
    floor: float | None = None
    target: float | None = None
    at_most: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        """By the worse of the two parts."""
        values = [value for value in (self.seen, self.aside) if value is not None]
        if self.floor is None or not values:
            return ""
        worst = max(values) if self.at_most else min(values)
        if self.target is not None and self._holds(worst, self.target):
            return "target"
        return "floor" if self._holds(worst, self.floor) else "MISS"

    def _holds(self, value: float, line: float) -> bool:
        return value <= line if self.at_most else value >= line

    def as_json(self) -> Row:
        return {**asdict(self), "verdict": self.verdict}


def set_aside(row: Row) -> bool:
    """A third of all rows, always the same, by the hash of their id."""
    return int(hashlib.sha256(str(row["id"]).encode()).hexdigest(), 16) % 3 == 0


def parts(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    rows = list(rows)
    return [row for row in rows if not set_aside(row)], [row for row in rows if set_aside(row)]


def figure(section: str, name: str, rows: Sequence[Row], count: Count, **lines: Any) -> Figure:
    """The same count over both parts."""
    seen, aside = parts(rows)
    return Figure(section, name, _rounded(count(seen)), _rounded(count(aside)), **lines)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)


def pearson(x: Sequence[float], y: Sequence[float]) -> float:
    if len(x) < 2:
        return 0.0
    mean_x, mean_y = statistics.mean(x), statistics.mean(y)
    spread = math.sqrt(sum((a - mean_x) ** 2 for a in x) * sum((b - mean_y) ** 2 for b in y))
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / spread if spread else 0.0


def table(figures: Sequence[Figure]) -> str:
    """As a person reads it."""
    lines = [f"{'section':<16} {'figure':<42} {'seen':>8} {'aside':>8} {'floor':>7} {'target':>7}  verdict"]
    for each in figures:
        cells = (_cell(each.seen), _cell(each.aside), _cell(each.floor), _cell(each.target))
        lines.append(
            f"{each.section:<16} {each.name:<42} {cells[0]:>8} {cells[1]:>8} {cells[2]:>7} {cells[3]:>7}"
            f"  {each.verdict}{'  ' + each.note if each.note else ''}"
        )
    return "\n".join(lines)


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
