"""Drafts the adverts of the annotated set as `botapp compose` does and scores them with the shared scorer.

    python evals/compose_eval.py [--all] [--show FILE ...]

Needs ../shared beside the checkout; without it the eval says so and ends well. --all: other languages than English too.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SHARED = ROOT.parent / "shared"
GOLD = SHARED / "data" / "gold" / "jd_gold.jsonl"
TODAY = date(2026, 11, 22)
Row = dict[str, Any]


def drafts(names: Sequence[str]) -> list[Row]:
    """One row a file, with what `botapp compose --json` prints."""
    from botapp.engines.rules import RulesLanguage
    from botapp.entrypoints.cli_compose import BadInput, composed, published, read_brief

    rows: list[Row] = []
    for name in names:
        try:
            result = composed(read_brief(str(SHARED / "data" / "jds" / name)), "", RulesLanguage(), TODAY)
        except BadInput:
            rows.append({"file": name, "draft": None})
        else:
            rows.append({"file": name, "draft": published(result).model_dump(mode="json", by_alias=True)})
    return rows


def show(names: Sequence[str]) -> None:
    """Prints drafts as a recruiter would see them."""
    from botapp.compose.drafting import draft_interviewer
    from botapp.compose.wording import draft_plain
    from botapp.llm import DraftRequest

    for name in names:
        text = (SHARED / "data" / "jds" / name).read_text(encoding="utf-8")
        result = draft_interviewer(DraftRequest(text=text, today=TODAY))
        print(f"=== {name}")
        print(draft_plain(result.draft) if result.draft else result.problem)
        print(f"assumed: {result.assumed}\nclarifying: {result.clarifying}\n")


def rows() -> list[Row]:
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line.strip()]


def report(part: Sequence[Row], lang: str = "en") -> Row:
    """The scorer's counts over these adverts; `lang`: en, or other."""
    if not part:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        gold, made = Path(folder) / "gold.jsonl", Path(folder) / "drafts.jsonl"
        gold.write_text("\n".join(json.dumps(row) for row in part), encoding="utf-8")
        made.write_text("\n".join(json.dumps(row) for row in drafts([row["file"] for row in part])), encoding="utf-8")
        scorer = SHARED / "tools" / "score_compose.py"
        command = [sys.executable, str(scorer), str(gold), str(made), str(SHARED / "data" / "jds")]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)[lang]
    return dict(found)


def main(arguments: list[str]) -> int:
    if not GOLD.exists():
        print("skipped: ../shared is not there, so there are no annotated adverts to measure on")
        return 0
    if "--show" in arguments:
        show([name for name in arguments if not name.startswith("--")])
        return 0
    languages = ("en", "other") if "--all" in arguments else ("en",)
    for lang in languages:
        part = [row for row in rows() if (row["lang"] == "en") == (lang == "en")]
        print(lang, json.dumps(report(part, lang), indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
