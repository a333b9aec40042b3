"""Says every English message of the edits set to the grammar, applies the plan and judges the result.

    python evals/compose_edits_eval.py [FILE.jsonl] [--all]

Needs ../shared beside the checkout; without it the eval says so and ends well. --all: messages in other languages too.
"""

import importlib.util
import json
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SHARED = ROOT.parent / "shared"
TODAY = date(2026, 11, 22)
TALK = {
    "undo": "undo",
    "redo": "redo",
    "publish": "publish_request",
    "clone": "clone",
    "ask_which": "ask_which",
}


def load_checker() -> ModuleType:
    """The shared judge as a module."""
    spec = importlib.util.spec_from_file_location("check_edits", SHARED / "tools" / "check_edits.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def to_ours(gold: dict[str, Any]) -> dict[str, Any]:
    """The judge's interviewer as ours."""
    stages = []
    for place, stage in enumerate(gold["stages"], 1):
        questions = [question_to_ours(question) for question in stage["questions"]]
        stages.append({"id": f"s{place}", "kind": stage["kind"], "weight": stage["weight"], "questions": questions})
    settings = gold["settings"]
    ours = {
        "deadline": settings.get("deadline"),
        "days_to_complete": settings.get("days_to_complete", 7),
        "pass_bar": settings.get("min_score"),
        "retakes": settings.get("retakes", 0),
    }
    if settings.get("alert_channel"):
        ours["alert_address"] = f"slack:{settings['alert_channel']}"
    return {
        "title": gold["title"],
        "slug": gold["slug"],
        "language": gold["language"],
        "stages": stages,
        "facts": [{"topic": fact["topic"], "answer": fact["answer"]} for fact in gold["facts"]],
        "settings": ours,
    }


def question_to_ours(question: dict[str, Any]) -> dict[str, Any]:
    rubric = question["rubric"]
    unit = "years" if question["kind"] == "number" and "year" in question["text"].lower() else ""
    return {
        "id": f"q{question['n']}",
        "kind": question["kind"],
        "text": question["text"],
        "options": question.get("options", []),
        "unit": unit,
        "weight": question["weight"],
        "knockout": question["knockout"],
        "follow_ups": question["follow_ups"],
        "rubric": {"one": rubric["1"], "three": rubric["3"], "five": rubric["5"]} if rubric else None,
    }


def to_gold(draft: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Ours as the judge's."""
    number = 0
    stages = []
    for stage in draft["stages"]:
        questions = []
        for question in stage["questions"]:
            number += 1
            questions.append(question_to_gold(question, number))
        stages.append({"kind": stage["kind"], "weight": stage["weight"], "questions": questions})
    ours = draft["settings"]
    settings = dict(before["settings"])
    settings |= {
        key: ours[name]
        for key, name in (
            ("deadline", "deadline"),
            ("days_to_complete", "days_to_complete"),
            ("min_score", "pass_bar"),
            ("retakes", "retakes"),
        )
        if key in settings or ours[name] not in (None, 0)
    }
    if "alert_channel" in settings:
        settings["alert_channel"] = ours["alert_address"].removeprefix("slack:").removeprefix("email:")
    facts = [{"topic": fact["topic"], "answer": fact["answer"]} for fact in draft["facts"]]
    return {key: draft[key] for key in ("title", "slug", "language")} | {
        "settings": settings,
        "stages": stages,
        "facts": facts,
    }


def question_to_gold(question: dict[str, Any], number: int) -> dict[str, Any]:
    rubric = question["rubric"]
    gold = {
        "n": number,
        "kind": "number" if question["kind"] == "duration" else question["kind"],
        "text": question["text"],
        "weight": question["weight"],
        "knockout": question["knockout"],
        "follow_ups": question["follow_ups"],
        "rubric": {"1": rubric["one"], "3": rubric["three"], "5": rubric["five"]} if rubric else None,
    }
    return gold | ({"options": list(question["options"])} if question["options"] else {})


def judge(row: dict[str, Any], checker: ModuleType) -> tuple[str, str]:
    """("" when right, else what is wrong; the reply)."""
    from botapp.compose.edits import apply_edits
    from botapp.compose.grammar import plan_edits
    from botapp.llm import PlanRequest
    from botapp.screening.interviewer import Interviewer

    earlier = row.get("earlier")
    start = Interviewer.model_validate(to_ours(earlier["before"] if earlier else row["before"]))
    focus: int | None = None
    drafts = [start]
    for say in earlier["say"] if earlier else []:
        plan = plan_edits(PlanRequest(draft=drafts[-1], text=say, today=TODAY, last_question=focus))
        focus = plan.focus
        if plan.intent == "undo" and len(drafts) > 1:
            drafts.pop()
        elif plan.edits:
            drafts.append(apply_edits(drafts[-1], plan.edits))
    before = Interviewer.model_validate(to_ours(row["before"]))
    request = PlanRequest(
        draft=before, text=row["say"], today=TODAY, last_question=focus, can_undo=1 if earlier else 0, can_redo=1
    )
    plan = plan_edits(request)
    ops = [TALK[plan.intent]] if plan.intent in TALK else ["translate"] if plan.reason == "translate" else []
    if plan.intent in ("undo", "redo"):
        return checker.verdict(row, None, ops), plan.reply
    after = apply_edits(before, plan.edits) if plan.edits else before
    shown = to_gold(after.model_dump(mode="json"), row["before"])
    return checker.verdict(
        row, shown, ops
    ), plan.reply or f"{plan.intent} {[(e.op.value, e.target, e.value) for e in plan.edits]}"


def main(arguments: list[str]) -> int:
    paths = [Path(a) for a in arguments if not a.startswith("--")] or [SHARED / "data" / "gold" / "edits.jsonl"]
    if not paths[0].exists():
        print("skipped: ../shared is not there, so there are no annotated edits to measure on")
        return 0
    checker = load_checker()
    rows = [json.loads(line) for line in paths[0].read_text(encoding="utf-8").splitlines() if line.strip()]
    right = 0
    asked = [row for row in rows if "--all" in arguments or row["say_language"] == "en"]
    for row in asked:
        wrong, reply = judge(row, checker)
        right += not wrong
        if wrong:
            print(f"{row['id']}: {row['say']}\n   {wrong}\n   {reply}")
    print(f"right {right} of {len(asked)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
