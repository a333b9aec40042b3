"""Says every message of the edits set as `botapp edit` does, and judges what it prints by the shared judge.

    python evals/compose_edits_eval.py [FILE.jsonl] [--all]

Needs ../shared beside the checkout; without it the eval says so and ends well. --all: messages in other languages too.
"""

import importlib.util
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SHARED = ROOT.parent / "shared"
TODAY = date(2026, 11, 22)
SAMPLE = Path(__file__).with_name("sample")
OWN = SAMPLE / "sayings.jsonl"
GOLD = SHARED / "data" / "gold" / "edits.jsonl"
Row = dict[str, Any]
_LEFT_ALONE = {"none", "ask_which", "publish_request", "clone"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`wrong` is "" when exactly what was asked was done."""

    row: Row
    wrong: str
    answer: str
    is_changed: bool

    @property
    def is_unasked(self) -> bool:
        """A change where nothing was to be changed."""
        return self.is_changed and all(o["op"] in _LEFT_ALONE for o in self.row["expect"])


def load_checker() -> ModuleType:
    """The shared judge as a module."""
    spec = importlib.util.spec_from_file_location("check_edits", SHARED / "tools" / "check_edits.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judge(row: Row, checker: ModuleType) -> Outcome:
    """One row; undo and redo by the operation alone, as a one-shot command has no memory."""
    from botapp.engines.rules import RulesLanguage
    from botapp.entrypoints.cli_compose import edited

    printed, failed = edited(row, row["say"], RulesLanguage(), TODAY)
    ops = printed["operations"]
    walks = {o["op"] for o in ops} & {"undo", "redo"}
    wrong = failed or checker.verdict(row, None if walks else printed, ops)
    for wanted in row["expect"]:
        says = (wanted["value"] or {}).get("says") if isinstance(wanted["value"], dict) else None
        if not wrong and says and not checker.hit(says, printed["answer"]):
            wrong = f"the answer lacks {says}"
    is_changed = checker.compare(row["before"], printed) != "" and not walks
    return Outcome(
        row, wrong, printed["answer"] + f"\n   {[(o['op'], o['target'], o['value']) for o in ops]}", is_changed
    )


def outcomes(rows: Sequence[Row], *, language: str = "en") -> Iterator[Outcome]:
    """Each row in that language ("": every one)."""
    checker = load_checker()
    for row in rows:
        if language in ("", row["say_language"]):
            yield judge(row, checker)


def own_outcomes(rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    """Our own sayings to a draft of ours: each with what was done instead of what it says, "" when right."""
    from botapp.engines.rules import RulesLanguage
    from botapp.entrypoints.cli_compose import edited

    draft = json.loads((SAMPLE / "care_assistant.json").read_text(encoding="utf-8"))
    for row in rows:
        printed, _ = edited(draft, row["say"], RulesLanguage(), TODAY)
        done = [[o["op"], o["target"], _essence(o)] for o in printed["operations"]]
        yield row, "" if done == row["ops"] else json.dumps(done, ensure_ascii=False)


def _essence(operation: Row) -> Any:
    """The value without what may be any: ids, rubrics and words of an added question's anchors."""
    value = operation["value"]
    match operation["op"]:
        case "add_question":
            return {k: value[k] for k in ("kind", "text", "knockout", "weight") if value.get(k) is not None}
        case "none":
            return value["reason"]
        case "ask_which":
            return [place["question"] for place in value["candidates"]]
        case _:
            return value


def main(arguments: list[str]) -> int:
    paths = [Path(a) for a in arguments if not a.startswith("--")] or [GOLD]
    if not paths[0].exists():
        print("skipped: ../shared is not there, so there are no annotated edits to measure on")
        return 0
    rows = [json.loads(line) for line in paths[0].read_text(encoding="utf-8").splitlines() if line.strip()]
    found = list(outcomes(rows, language="" if "--all" in arguments else "en"))
    for outcome in found:
        if outcome.wrong:
            print(f"{outcome.row['id']}: {outcome.row['say']}\n   {outcome.wrong}\n   {outcome.answer}")
    for row, done in own_outcomes([json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]):
        if done:
            print(f"{row['id']}: {row['say']}\n   expected {row['ops']}\n   {done}")
    print(f"right {sum(not o.wrong for o in found)} of {len(found)}; unasked {sum(o.is_unasked for o in found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
