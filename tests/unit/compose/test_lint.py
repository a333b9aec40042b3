"""What the checks find in a draft, and that a good draft is left in peace."""

from typing import Any

import pytest

from botapp.compose.lint import Finding, lint, new_findings, notes_line
from botapp.screening.interviewer import ChatStage, Fact, Interviewer, Origin, Provenance, VoiceStage
from tests.unit.compose.test_grammar import DRAFT, question

TOLD = (Fact(topic="pay", answer="$20"), Fact(topic="schedule", answer="nights"))


def found(*questions: Any, **changes: Any) -> list[Finding]:
    stage = ChatStage(id="s1", questions=tuple(questions))
    given: dict[str, Any] = {"stages": (stage,), "facts": TOLD} | changes
    return list(lint(Interviewer(title="Night picker", slug="night-picker").model_copy(update=given)))


def said(*questions: Any, **changes: Any) -> str:
    return " | ".join(finding.plain for finding in found(*questions, **changes))


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("How old are you?", "open", "age"),
        ("¿Tiene hijos?", "yes_no", "children"),
        ("Avez-vous des enfants ?", "yes_no", "children"),
        ("Sind Sie schwanger?", "yes_no", "pregnancy"),
        ("Are you a native English speaker?", "yes_no", "first language"),
        ("Can you work nights and do you own a car?", "yes_no", "two things"),
        ("You do like early shifts, right?", "yes_no", "suggests its answer"),
        ("Don't you agree that safety comes first?", "yes_no", "suggests its answer"),
        ("Tell us about yourself.", "open", "so wide"),
        ("Where do you see yourself in five years?", "open", "so wide"),
        ("Are you reliable and punctual?", "yes_no", "Everybody says yes"),
        (
            "Considering the organisational interdependencies characterising multidisciplinary environments, which "
            "methodological considerations predominantly inform your prioritisation of competing responsibilities?",
            "open",
            "hard to read",
        ),
    ],
)
def test_a_question_is_found_to_be_wrong(text: str, kind: str, says: str) -> None:
    """Unlawful, double, leading, vague or hard to read."""
    assert says in said(question(1, text, kind))


@pytest.mark.parametrize(
    "text",
    [
        "Can you lift 50 lb with or without accommodation?",
        "Tell us about a time you calmed somebody who was upset. What did you do?",
        "What would you do with a damaged pallet?",
        "Do you hold a forklift licence?",
        "How many years have you worked in a warehouse?",
        "¿Puede trabajar de noche?",
        "Können Sie nachts arbeiten?",
        "Pouvez-vous travailler de nuit ?",
        "Do you have experience caring for children with disabilities?",
        "How do you check that a medicine is right before you give it?",
    ],
)
def test_a_plain_lawful_question_is_left_in_peace(text: str) -> None:
    """What is noisy is not read."""
    kind = "open" if text.startswith(("Tell", "What", "How do")) else "yes_no"
    assert said(question(1, text, kind)) == ""


@pytest.mark.parametrize("five", ["Great answer.", "Confident and enthusiastic.", "Excellent", "A good cultural fit."])
def test_an_anchor_that_nobody_can_observe_is_found(five: str) -> None:
    """A 5 has to be seen in the words of an answer."""
    rubric = {"one": "None.", "three": "Some.", "five": five}
    assert "can't be seen" in said(
        question(1, "What would you do with a damaged pallet?", "open").model_copy(
            update={"rubric": question(2, "x", "open").rubric.model_copy(update=rubric)}  # type: ignore[union-attr]
        )
    )


def test_a_knockout_nobody_asked_for_is_found() -> None:
    """One of our own stock, that neither the text nor the recruiter named."""
    gate = question(1, "Do you own a van?", knockout={"op": "eq", "value": True})
    ours = gate.model_copy(update={"provenance": Provenance(origin=Origin.TEMPLATE)})
    assert "doesn't ask for it" in said(ours) and said(gate) == ""


def test_stages_nobody_gets_anything_from_are_found() -> None:
    """One that can't run before another, one that asks nothing, one with a bar and nothing to score."""
    asks = ChatStage(id="s2", questions=(question(1, "Can you work nights?"),))
    voice = VoiceStage(id="s1", questions=(question(2, "Why here, and not there?", "open"),))
    assert "nobody gets to what follows" in said(stages=(voice, asks))
    assert "asks nothing" in said(stages=(asks, ChatStage(id="s3")))
    assert "nothing in it is scored" in said(stages=(asks.model_copy(update={"min_score": 60}),))
    assert said(stages=(asks, voice.model_copy(update={"enabled": False}))) == ""


def test_what_every_candidate_asks_is_missed_when_it_is_not_told() -> None:
    """Pay and hours."""
    text = said(question(1, "Can you work nights?"), facts=())
    assert "about pay" in text and "about the hours" in text


def test_a_message_tells_two_notes_and_counts_the_rest() -> None:
    """And nothing that the draft's card says anyway."""
    many = found(*(question(n, "Tell us about yourself.", "open") for n in (1, 2, 3)), facts=())
    line = notes_line(many)
    assert line.startswith("3 notes: Question 1:") and line.endswith("And 1 more.") and "pay" not in line
    assert notes_line(()) == ""


def test_only_what_an_edit_brought_is_said_after_it() -> None:
    """Old findings are not told again with every change."""
    worse = DRAFT.model_copy(
        update={"stages": (ChatStage(id="s1", questions=(question(1, "Tell us about yourself.", "open"),)),)}
    )
    assert [finding.where for finding in new_findings(DRAFT, worse)] == ["Question 1"]
    assert new_findings(worse, worse) == []
