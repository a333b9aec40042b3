"""Reads the gold replies, intents and bursts with the rules and counts them with the shared scorer.

    python evals/replies_eval.py [replies|intents|bursts] [--errors]

Needs the shared data beside the checkout. Gold intents that this product folds into one of its own (a change of an
appointment is "later", another language is a "question", "I said that already" is a "skip") are folded before counting.
"""

import importlib.util
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from botapp.llm import AnswerRequest, UnderstandRequest
from botapp.llm.tasks import Intent
from botapp.scoring.reading import meets, read_answer
from botapp.scoring.understanding import understand
from botapp.screening.interview import Reading, SpokenPart
from botapp.screening.interviewer import Knockout, Question, QuestionKind

TODAY = date(2026, 11, 22)
SHARED = Path(__file__).resolve().parents[2] / "shared"
KINDS = {"duration_years": "duration", "multi_choice": "choice"}
OPS = {"==": "eq", ">=": "gte", "<=": "lte", "in": "in", "contains_any": "in", "includes": "in", "min_days": "gte"}
FOLDED = {"reschedule": "later", "already_answered": "skip", "language_switch": "question"}
Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    lines = (SHARED / "data" / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def question_of(row: Row) -> Question:
    rule = row.get("rule") or {}
    kind = QuestionKind(KINDS.get(row["kind"], row["kind"]))
    unit = row.get("unit") or ""
    if kind is QuestionKind.MONEY and rule:
        unit = f"{rule['currency']}/{rule['period']}"
    return Question(id="q", kind=kind, text=row["question"], options=tuple(row.get("options") or ()), unit=unit,
                    multiple=row["kind"] == "multi_choice", knockout=next(knockouts(row), None))  # fmt: skip


def knockouts(row: Row) -> Iterator[Knockout]:
    """The rule of a gold row in our form; a rule over several things becomes several, all of which must hold."""
    rule = row.get("rule")
    if not rule:
        return
    match rule["op"]:
        case "contains_all":
            for value in rule["value"]:
                yield Knockout(op="in", value=[value])
        case "includes":
            for day in rule["days"]:
                yield Knockout(op="in", value=[day])
        case "includes_any" | "covers":
            yield Knockout(op="in", value=rule["days"])
        case op:
            yield Knockout(op=OPS[op], value=rule["value"])  # type: ignore[arg-type]


def decide(row: Row, question: Question, reading: Reading) -> bool | None:
    verdicts = [meets(k, reading, question) for k in knockouts(row)]
    op = (row.get("rule") or {}).get("op", "")
    if op == "includes_any":
        verdicts = [meets(Knockout(op="in", value=[d]), reading, question) for d in row["rule"]["days"]]
        return True if True in verdicts else None if None in verdicts else False
    if op == "contains_all" and False in verdicts and True in verdicts and "language" in row["question"].casefold():
        return None
    return False if False in verdicts else None if None in verdicts or not verdicts else True


def reading_row(row: Row, question: Question, parts: tuple[SpokenPart, ...]) -> Row:
    reading = read_answer(AnswerRequest(question=question, parts=parts, today=TODAY))
    out: Row = {"id": row["id"], "meets_rule": decide(row, question, reading)}
    return out | ({"value": reading.value} if reading.status.value == "clear" else {"status": reading.status.value})


def parts_of(texts: list[str]) -> tuple[SpokenPart, ...]:
    return tuple(SpokenPart(message_id=f"m{i}", text=t) for i, t in enumerate(texts))


def context_question(context: str) -> Question | None:
    """A stand-in for the open question of an intent row, which names none: guessed from the bot's last words."""
    if any(
        w in context
        for w in ("assist", "Assist", "Just checking", "Thanks", "opted out", "interview is set", "Soy", "soy")
    ):
        return None
    low = context.casefold()
    kind, options = QuestionKind.YES_NO, ()
    if "a) " in low:
        return Question(id="q", kind=QuestionKind.CHOICE, text=context, options=("Days", "Evenings", "Nights"))
    if any(w in low for w in ("how many years", "how long")):
        kind = QuestionKind.DURATION
    elif any(w in low for w in ("how many", "cuántas", "wie viele")):
        kind = QuestionKind.NUMBER
    elif any(w in low for w in ("pay are", "salary", "sueldo")):
        kind = QuestionKind.MONEY
    elif any(w in low for w in ("when could", "cuándo", "à partir", "ab wann")):
        kind = QuestionKind.DATE
    elif low.startswith(("what", "tell", "which", "is there anything", "was war", "comment")):
        kind = QuestionKind.OPEN
    return Question(id="q", kind=kind, text=context, options=options)


def replies() -> tuple[list[Row], list[Row]]:
    gold = rows("typed_replies")
    return gold, [reading_row(r, question_of(r), parts_of([r["reply"]])) for r in gold]


def intents() -> tuple[list[Row], list[Row]]:
    gold = [folded(r) for r in rows("intents")]
    out = []
    for row in gold:
        question = context_question(row["context"])
        got = understand(
            UnderstandRequest(
                parts=parts_of([row["message"]]),
                open_question=question,
                questions=(question,) if question else (),
                today=TODAY,
            )
        )
        out.append(
            {
                "id": row["id"],
                "intent": named(got.main),
                "also": [named(i) for i in got.also],
                "asked": got.asked,
                "when": got.when,
            }
        )
    return gold, out


def named(intent: Intent) -> str:
    return {"correction": "answer", "accommodation": "human"}.get(intent.value, intent.value)


def folded(row: Row) -> Row:
    change = lambda name: FOLDED.get(name, name)  # noqa: E731
    also_ok = [change(x) if isinstance(x, str) else x for x in row.get("also_ok") or []]
    return row | {
        "expect": change(row["expect"]),
        "also_ok": also_ok,
        "also": [change(x) for x in row.get("also") or []],
    }


def bursts() -> tuple[list[Row], list[Row]]:
    gold, out = rows("bursts"), []
    for row in gold:
        question = question_of(row)
        parts = parts_of([m["text"] for m in row["messages"]])
        got = understand(UnderstandRequest(parts=parts, open_question=question, questions=(question,), today=TODAY))
        credited = next((a.parts for a in got.answers if a.question_id == "q"), ())
        read = (
            reading_row(row, question, credited)
            if credited and not question.is_open
            else {"id": row["id"], "status": "no_answer", "meets_rule": None}
        )
        out.append(
            read | {"intent": named(got.main), "also": [named(i) for i in got.also], "question": " ".join(got.asked)}
        )
    return gold, out


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_gold", SHARED / "tools" / "score_gold.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def wrong(what: str, gold: list[Row], outs: dict[str, Row], tools: Any) -> Iterator[str]:
    for row in gold:
        out = outs[row["id"]]
        if what == "intents":
            accepted = {row["expect"], *row["also_ok"]}
            if out["intent"] not in accepted or not set(row["also"]) - {"deletion"} <= {out["intent"], *out["also"]}:
                got = (out["intent"], out["also"])
                yield f"{row['id']} {row['message']!r}: want {row['expect']} {row['also']}, got {got}"
            continue
        said = row.get("reply") or [m["text"] for m in row["messages"]]
        ok = (
            tools.reading_ok(row, out)
            and (out.get("meets_rule") is row.get("meets_rule") or not row.get("rule"))
            and out.get("intent") == row.get("intent")
        )
        if not ok or bool(out.get("question")) != bool(row.get("leftover_question")):
            got_it = {k: v for k, v in out.items() if k != "id"}
            want = (row["expect"], row.get("meets_rule"), row.get("intent", ""))
            yield f"{row['id']} {row['question'][:60]!r} {said!r}: want {want}, got {got_it}"


def main(arguments: list[str]) -> int:
    if not SHARED.exists():
        print("The shared gold data is not beside this checkout: nothing to count.")
        return 0
    tools = scorer()
    chosen = [a for a in arguments if not a.startswith("--")] or ["replies", "intents", "bursts"]
    for what in chosen:
        began = time.perf_counter()
        gold, out = {"replies": replies, "intents": intents, "bursts": bursts}[what]()
        spent = (time.perf_counter() - began) * 1000 / max(1, len(gold))
        outs = {o["id"]: o for o in out}
        print(
            what, f"({spent:.2f} ms a row)", json.dumps(getattr(tools, what)(gold, outs), ensure_ascii=False, indent=1)
        )
        if "--errors" in arguments:
            print("\n".join(wrong(what, gold, outs, tools)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
