"""Drafts every English advert of the annotated set and scores the drafts with the shared scorer.

    python evals/compose_eval.py [--show] [FILE ...]

Needs ../shared beside the checkout; without it the eval says so and ends well.
"""

import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SHARED = ROOT.parent / "shared"


def drafts(names: list[str]) -> list[dict[str, object]]:
    """One row a file, as the scorer reads them."""
    from botapp.compose.drafting import draft_interviewer
    from botapp.llm import DraftRequest

    rows: list[dict[str, object]] = []
    for name in names:
        text = (SHARED / "data" / "jds" / name).read_text(encoding="utf-8")
        result = draft_interviewer(DraftRequest(text=text, today=date(2026, 11, 22)))
        rows.append({"file": name, "draft": for_scorer(result.draft.model_dump(mode="json")) if result.draft else None})
    return rows


def for_scorer(draft: dict[str, Any]) -> dict[str, Any]:
    """The scorer reads a question's source as `source.quote`; ours stands in its provenance."""
    for stage in draft["stages"]:
        for question in stage["questions"]:
            question["source"] = {"quote": question["provenance"]["quote"]}
    return draft


def show(names: list[str]) -> None:
    """Prints drafts as a recruiter would see them."""
    from botapp.compose.drafting import draft_interviewer
    from botapp.compose.wording import draft_plain
    from botapp.llm import DraftRequest

    for name in names:
        text = (SHARED / "data" / "jds" / name).read_text(encoding="utf-8")
        result = draft_interviewer(DraftRequest(text=text, today=date(2026, 11, 22)))
        print(f"=== {name}")
        print(draft_plain(result.draft) if result.draft else result.problem)
        print(f"assumed: {result.assumed}\nclarifying: {result.clarifying}\n")


def report() -> dict[str, Any]:
    """The scorer's counts over the English adverts."""
    gold = SHARED / "data" / "gold" / "jd_gold.jsonl"
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    made = drafts([row["file"] for row in rows if row["lang"] == "en"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drafts.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in made), encoding="utf-8")
        scorer = SHARED / "tools" / "score_compose.py"
        command = [sys.executable, str(scorer), str(gold), str(path), str(SHARED / "data" / "jds")]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["en"]
    return dict(found)


def main(arguments: list[str]) -> int:
    gold = SHARED / "data" / "gold" / "jd_gold.jsonl"
    if not gold.exists():
        print("skipped: ../shared is not there, so there are no annotated adverts to measure on")
        return 0
    if "--show" in arguments:
        show([name for name in arguments if name != "--show"])
        return 0
    print(json.dumps(report(), indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
