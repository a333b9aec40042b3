"""Questions about candidates in plain words: answered from what is stored, to who may know, never guessed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from botapp.errors import BadPayload
from botapp.pipeline import members
from botapp.pipeline.asking import asked, is_asking, ranking
from botapp.state.read_models import CandidateRow
from tests.support.conversation import Candidate
from tests.support.roles import BUSY, LICENCE, SLUG, STRONG, YEARS, night_picker
from tests.support.slack_alerts import alert_rig
from tests.support.stack import Stack, add_workspace

Publish = Callable[..., str]


@pytest.fixture
def role(published: Publish) -> str:
    return published()


def finishes(stack: Stack, name: str, licence: str = "Yes") -> Candidate:
    one = Candidate(stack).opens(SLUG, name=name, contact=f"{name.split()[0].lower()}@example.com")
    one.hears(LICENCE.text)
    one.presses(licence)
    one.hears()
    if licence == "Yes":
        one.says("3 years").hears(BUSY.text)
        one.says(STRONG).hears("last question")
    stack.settle()
    return one


@pytest.mark.parametrize(
    "text",
    [
        "who's ahead for night picker?", "Who is leading for the night picker role?", "top candidates for night picker",
        "why was J. knocked out?", "why was Maria Lopez dismissed?", "show Maria's answer about forklifts",
        "what did Maria say about busy shifts?",
    ],
)  # fmt: skip
def test_questions_are_known(text: str) -> None:
    assert is_asking(text)


@pytest.mark.parametrize(
    "text",
    ["We need a night picker. Who is best for this?", "ask why they left", "make question 3 a knockout", "who", "why?"],
)
def test_what_is_no_question_is_left_alone(text: str) -> None:
    assert not is_asking(text)


def test_who_is_ahead(stack: Stack, role: str) -> None:
    finishes(stack, "Maria Lopez")
    finishes(stack, "Jonas Berg", licence="No")
    said = asked(stack.services, stack.owner, "who's ahead for night picker?")
    assert said is not None
    assert "1. Maria Lopez: " in said
    assert "Jonas" not in said
    assert "from 1 of 1 answers" in said


def test_why_somebody_is_out(stack: Stack, role: str) -> None:
    """The gate with its reason, and a person's decision with theirs."""
    jonas = finishes(stack, "Jonas Berg", licence="No")
    members.decide(stack.services, stack.owner, jonas.thread.interview_id, "dismiss", "", "No licence", {})
    said = asked(stack.services, stack.owner, "why was J. knocked out?")
    assert said is not None
    assert "Jonas Berg (Night picker)" in said
    assert "orklift licence: no" in said
    assert "Dismissed by Olive Owner: No licence" in said


def test_an_answer_is_shown_as_it_was_given(stack: Stack, role: str) -> None:
    finishes(stack, "Maria Lopez")
    said = asked(stack.services, stack.owner, "show Maria's answer about shifts")
    assert said is not None
    assert BUSY.text in said
    assert "400 orders" in said
    assert "no answer about bicycles" in str(asked(stack.services, stack.owner, "what did Maria say about bicycles?"))


def test_it_asks_which_one(stack: Stack, role: str, published: Publish) -> None:
    finishes(stack, "Maria Lopez")
    finishes(stack, "Maja Lind")
    with pytest.raises(BadPayload, match="Which one"):
        asked(stack.services, stack.owner, "show Ma's answer about shifts")
    published(night_picker(YEARS, slug="day-picker", title="Day picker"))
    with pytest.raises(BadPayload, match="For which role"):
        asked(stack.services, stack.owner, "who's ahead?")
    assert "Night picker, best first" in str(asked(stack.services, stack.owner, "who's ahead?", role))


def test_another_workspace_knows_nobody(stack: Stack, role: str) -> None:
    finishes(stack, "Maria Lopez")
    _, stranger = add_workspace(stack.services, "Other")
    assert "Maria" not in str(asked(stack.services, stranger, "who's ahead for night picker?"))
    with pytest.raises(BadPayload, match="no candidate called"):
        asked(stack.services, stranger, "why was Maria knocked out?")


def test_asked_in_a_direct_message_and_not_in_a_channel(stack: Stack, role: str) -> None:
    """The whole way in; where others read along no name is said, but for who types the command."""
    with alert_rig(stack) as rig:
        finishes(stack, "Maria Lopez")
        rig.slack.sender.post = rig.walks_in
        rig.slack.says("U1", "who's ahead for night picker?").wait()
        stack.settle()
        assert "1. Maria Lopez" in rig.calls()[-1].shown
        rig.slack.says("U1", "who's ahead for night picker?", channel="C1", mention=True).wait()
        stack.settle()
        told = [call for call in rig.calls() if call.channel == "C1"]
        assert ["direct message" in call.shown for call in told] == [True]
        assert "Maria" not in told[0].shown
        rig.slack.runs("U1", "/interviewer", "who's ahead for night picker?", channel="C1")
        assert "1. Maria Lopez" in rig.slack.ledger.entries[-1].shown


def test_scores_of_different_engines_are_not_ranked_together() -> None:
    row = CandidateRow("i", "c", "Ana", "", "completed", "", "", 1, 70.0, 3, 3, (), True, False, ("rules",), None, None)
    said = ranking(
        "Night picker",
        [row, replace(row, name="Ben", score=60.0), replace(row, name="Cleo", score=99.0, engines=("model",))],
        "https://a.test",
    )
    assert said.index("Ana") < said.index("Ben")
    assert "Cleo" not in said
    assert "And 1 scored by another engine or version" in said
