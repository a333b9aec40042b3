"""Drafts of adverts and briefs, and edits, through the code of `botapp compose` and `edit`; both parts of the rows.

English is held to the lines; Spanish, French and German are counted beside it.
"""

import json
import statistics
import time
from collections.abc import Iterator, Sequence
from typing import Any

from evals import compose_briefs_eval, compose_edits_eval, compose_eval, gold
from evals.figures import Figure, Row, figure, parts

MOST_MS = 300.0
ADVERTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("gate recall", "gate_recall", {"floor": 0.75, "target": 0.90}),
    ("other must-haves covered", "other_must_recall", {"floor": 0.70, "target": 0.85}),
    ("knockout precision", "knockout_precision", {"floor": 0.95, "target": 0.99}),
    ("forbidden questions (count)", "forbidden", {"floor": 0.0, "target": 0.0, "at_most": True}),
    ("title right", "title", {"floor": 0.90, "target": 0.97}),
    ("facts right", "facts", {"floor": 0.80, "target": 0.92}),
    ("not stated where silent", "not_stated", {"floor": 0.98, "target": 0.98}),
    ("quotes not verbatim (count)", "fact_quote_not_verbatim", {"floor": 0.0, "target": 0.0, "at_most": True}),
)
BRIEFS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("stages exact", {"floor": 0.90, "target": 1.0}),
    ("cap kept", {"floor": 0.90, "target": 1.0}),
    ("knockouts asked for", {"floor": 0.75, "target": 0.90}),
    ("knockouts right", {"floor": 0.95, "target": 0.99}),
    ("other musts asked", {"floor": 0.70, "target": 0.85}),
    ("facts there", {"floor": 0.80, "target": 0.92}),
    ("pass bar", {"floor": 0.90, "target": 1.0}),
    ("deadline", {"floor": 0.90, "target": 1.0}),
    ("languages", {"floor": 0.90, "target": 1.0}),
    ("must not be asked", {"floor": 0.0, "target": 0.0, "at_most": True}),
)


def run() -> Iterator[Figure]:
    yield from adverts()
    yield from briefs()
    yield from edits()


def adverts() -> Iterator[Figure]:
    """By the shared scorer. An advert's id is its file."""
    rows = [row | {"id": row["file"]} for row in gold.rows("jd_gold")]
    for lang, section in (("en", "adverts"), ("other", "adverts es/fr/de")):
        mine = [row for row in rows if (row["lang"] == "en") == (lang == "en")]
        found = [compose_eval.report(part, lang) for part in parts(mine)]
        for name, key, lines in ADVERTS:
            seen, aside = (_rate(report, key) for report in found)
            yield Figure(section, name, seen, aside, **(lines if lang == "en" else {}), note=_counts(found, key))
    yield _speed(rows)


def _rate(report: Row, key: str) -> float | None:
    value = report.get(key)
    return value["rate"] if isinstance(value, dict) else None if value is None else float(value)


def _counts(found: Sequence[Row], key: str) -> str:
    return ", ".join(f"{r[key]['right']} of {r[key]['of']}" for r in found if isinstance(r.get(key), dict))


def _speed(rows: Sequence[Row]) -> Figure:
    """CPU time of a draft, for 3,000 characters of advert, each drafted twice and the second time counted."""
    from botapp.compose.drafting import draft_interviewer
    from botapp.llm import DraftRequest

    times = []
    for row in rows:
        text = (gold.SHARED / "data" / "jds" / row["file"]).read_text(encoding="utf-8")
        request = DraftRequest(text=(text * (3000 // max(1, len(text)) + 1))[:3000], today=gold.TODAY)
        draft_interviewer(request)
        began = time.thread_time()
        draft_interviewer(request)
        times.append((time.thread_time() - began) * 1000)
    slowest = round(max(times), 1)
    note = f"median {statistics.median(times):.1f}"
    return Figure("speed", "CPU ms to draft 3,000 characters, worst", slowest, None, MOST_MS, MOST_MS, True, note)


def briefs() -> Iterator[Figure]:
    rows = gold.rows("briefs")
    for name, lines in BRIEFS:
        yield figure("briefs", name, rows, lambda part, name=name: _of(part, name), **lines)


def _of(part: Sequence[Row], name: str) -> float | None:
    return compose_briefs_eval.total(part).get(name) if part else None


def edits() -> Iterator[Figure]:
    """Exactly the expected effect, by the shared judge; what was changed unasked is counted apart."""
    rows = gold.rows("edits")
    english = [row for row in rows if row["say_language"] == "en"]
    yield figure("edits", "exactly right", english, _right, floor=0.85, target=0.95)
    yield figure("edits", "changed unasked (count)", rows, _unasked, floor=0.0, target=0.0, at_most=True)
    others = [row for row in rows if row["say_language"] != "en"]
    yield figure("edits", "exactly right, es/fr/de", others, _right)
    own = [json.loads(line) for line in (compose_edits_eval.OWN).read_text(encoding="utf-8").splitlines()]
    outcomes = list(compose_edits_eval.own_outcomes(own))
    share = round(sum(not wrong for _, wrong in outcomes) / len(outcomes), 4)
    yield Figure("edits", "our own sayings", share, None, floor=0.95, target=1.0, note=f"{len(outcomes)} rows")


def _right(part: Sequence[Row]) -> float | None:
    found = list(compose_edits_eval.outcomes(part, language=""))
    return sum(not each.wrong for each in found) / len(found) if found else None


def _unasked(part: Sequence[Row]) -> float | None:
    return float(sum(each.is_unasked for each in compose_edits_eval.outcomes(part, language=""))) if part else None
