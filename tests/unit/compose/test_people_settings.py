"""Reminders, the promised answer, silence and alerts by choice, said by a recruiter."""

from datetime import date
from typing import Any

import pytest

from botapp.compose.edits import apply_edits
from botapp.compose.grammar import plan_edits
from botapp.compose.wording import setting_words
from botapp.llm import PlanIntent, PlanRequest
from botapp.screening.interviewer import AlertKind, Settings
from tests.support.roles import night_picker

USUAL = Settings().alerts


def changed(words: str) -> dict[str, Any]:
    """The settings that differ after these words."""
    draft = night_picker()
    plan = plan_edits(PlanRequest(text=words, draft=draft, today=date(2026, 5, 4)))
    assert plan.intent is PlanIntent.EDIT, plan.reply
    after = apply_edits(draft, list(plan.edits))
    return {n: v for n, v in after.settings.model_dump().items() if v != draft.settings.model_dump()[n]}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("remind after 12 hours", {"remind_after_hours": 12}),
        ("at most 3 reminders", {"max_reminders": 3}),
        ("remind them once, 2 days apart", {"remind_after_hours": 48, "max_reminders": 1}),
        ("no reminders", {"max_reminders": 0}),
        ("remind people every week", {"remind_after_hours": 168}),
        ("tell them within 5 days", {"answer_within_days": 5}),
        ("candidates hear from us within two weeks", {"answer_within_days": 14}),
        ("they count as stalled after 3 days", {"stalled_after_days": 3}),
        ("alert us when somebody stalls", {"alerts": (*USUAL, AlertKind.STALLED)}),
        ("don't alert us when they finish", {"alerts": (AlertKind.ASKED_PERSON, AlertKind.QUESTION)}),
    ],
)
def test_what_was_said_is_set(words: str, expected: dict[str, Any]) -> None:
    assert changed(words) == expected


def test_what_can_not_be_is_refused_and_what_is_open_is_asked() -> None:
    draft = night_picker()
    plan = plan_edits(PlanRequest(text="set up reminders", draft=draft, today=date(2026, 5, 4)))
    assert "how often" in plan.reply
    far = plan_edits(PlanRequest(text="remind after 9 weeks", draft=draft, today=date(2026, 5, 4)))
    assert "1 to 168" in far.reply


def test_the_time_candidates_have_is_another_setting() -> None:
    assert "answer_within_days" not in changed("give them 5 days to answer")


def test_each_is_said_in_words() -> None:
    said = {name: setting_words(name, Settings()) for name in Settings.model_fields}
    assert said["remind_after_hours"] == ("Remind after", "24 hours of silence")
    assert said["max_reminders"] == ("Reminders", "2 at most")
    assert said["answer_within_days"] == ("Promised answer", "within 7 days")
    assert said["alerts"] == ("Alerts about", "finished interviews, people who need a person, questions passed on")
