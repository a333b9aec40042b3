"""From a job description to a scored candidate, by chat, as a newcomer walks it."""

import re

import pytest

from tests.support.conversation import Candidate, Recruiter
from tests.support.roles import ADVERT, STRONG

ANSWERS = (
    (r"licen[cs]e", "Yes, I do"),
    (r"how (long|many years)|experience", "3 years"),
    (r"night|shift|hours|schedule|available", "Yes, nights are fine"),
    (r"start|notice", "In two weeks"),
    (r"pay|salary", "Yes, that works for me"),
)


def answer_to(question: str) -> str:
    for pattern, words in ANSWERS:
        if re.search(pattern, question.splitlines()[0], re.IGNORECASE) and "tell me" not in question.lower():
            return words
    return STRONG


@pytest.mark.parametrize("database_kind", ["sqlite", "postgres"])
def test_draft_edit_undo_publish_screen_scorecard_alert(recruiter: Recruiter, candidate: Candidate) -> None:
    """One recruiter, one candidate, everything in between."""
    recruiter.opens_new()
    recruiter.sees("paste a job description")
    recruiter.says(ADVERT)
    recruiter.sees("I drafted", "forklift")
    assert "Picker" in recruiter.draft.title
    first = recruiter.draft

    recruiter.says("rename it to Dock Night Picker")
    recruiter.sees("Dock Night Picker")
    recruiter.says("undo that")
    recruiter.sees()
    assert recruiter.draft == first
    recruiter.says("redo")
    recruiter.sees()
    assert recruiter.draft.title == "Dock Night Picker"

    recruiter.says("publish")
    recruiter.sees("Publish", "version 1?")
    recruiter.presses("Publish")
    recruiter.sees("Published as version 1", f"/i/{recruiter.draft.slug}")

    candidate.opens(recruiter.draft.slug)
    heard = candidate.hears("assistant", "STOP")
    for _ in range(30):
        if candidate.status != "in_progress":
            break
        candidate.says(answer_to(heard.split("\n")[-1]))
        heard = candidate.hears()
    assert candidate.status == "completed", candidate.everything()
    assert "thank you" in heard.lower()

    [row] = recruiter.candidates()
    assert row.name == "Maria Lopez"
    assert row.score is not None
    assert row.answered == row.counted
    page = recruiter.reads(row.interview_id)
    assert page.scorecard is not None
    assert all(gate["outcome"] == "passed" for gate in page.scorecard["gates"]), page.scorecard["gates"]
    assert "Maria Lopez" in recruiter.alerts()[0]
    assert f"Score {int(row.score)}" in recruiter.alerts()[0]
