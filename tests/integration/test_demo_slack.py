"""`botapp demo --channel slack` with its own processes: a recruiter at the Slack of this machine."""

import pytest

from botapp.entrypoints.demo.slack import question_numbers
from tests.integration.test_demo import run_demo


@pytest.mark.timeout(120)
def test_the_demo_in_slack_does_all_of_it() -> None:
    """Composed by direct message, changed, published by button, alerted in the channel, shortlisted by button."""
    done = run_demo("--channel", "slack")

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert "All of it happened." in done.stdout
    assert "yes  #hiring reads the role and nothing of the person" in done.stdout


def test_the_open_questions_of_a_card_are_known() -> None:
    card = "1. Right to work? [... Edit]\nyes or no · must have\n2. Tell us more. [... Edit]\nopen · weight normal"
    assert question_numbers(card) == [2]
