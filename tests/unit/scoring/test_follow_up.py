"""When a follow-up is asked, and what it may say."""

import pytest

from botapp.llm.tasks import FollowUp, FollowUpRequest
from botapp.scoring.follow_up import ANY_TIME, ONE_TIME, choose_follow_up
from botapp.screening.interview import SpokenPart
from botapp.screening.interviewer import FollowUps, Question, QuestionKind, Rubric

RUSH = Question(
    id="q",
    kind=QuestionKind.OPEN,
    text="Tell me about a time you had to finish a big order quickly.",
    follow_ups=FollowUps(min=0, max=2),
    rubric=Rubric(
        one="No example.",
        three="Names an order and what was done.",
        five="Specific order, own plan, help from others, quality kept, and a measurable outcome.",
    ),
)
FULL = (
    "In March a hotel ordered 400 towels for the same evening. I split the order into four batches, "
    "asked Dana to help me, "
    "checked every tenth towel and called the customer at 3. We delivered all 400 by 6 and they ordered again."
)


def ask(text: str, question: Question = RUSH, asked: tuple[str, ...] = ()) -> FollowUp:
    parts = (SpokenPart(message_id="m", text=text),)
    return choose_follow_up(FollowUpRequest(question=question, parts=parts, asked=asked))


def test_a_full_answer_is_not_pushed() -> None:
    """Nothing is asked when it would not change the score."""
    assert ask(FULL) == FollowUp()


@pytest.mark.parametrize(
    "vague", ["I'm good with pressure", "pass", "", "I always do my best", "I thrive under pressure"]
)
def test_a_vague_answer_gets_one_warm_push(vague: str) -> None:
    """One time it happened; not twice."""
    first = ask(vague)
    assert first.text == (ANY_TIME if vague in ("pass", "") else ONE_TIME).text
    assert ask(vague, asked=(first.text,)).text == ""


def test_the_missing_part_is_asked_for() -> None:
    """What they did, or how it ended."""
    assert ask("We had a big order for the hotel and I packed it fast").text == "How did it turn out?"


def test_a_second_follow_up_goes_to_an_answer_that_is_half_way_there() -> None:
    """Nobody is asked three times about an answer that stays thin."""
    assert ask("I packed it fast", asked=("How did it turn out?",)).text == ""
    assert ask("We had a big order for the hotel and I packed it fast", asked=("What then?",)).text


@pytest.mark.parametrize(
    ("question", "answer", "not_asked"),
    [
        ("What interests you in this job?", "It is close to home and I like to work with bread", "turn out"),
        ("A guest is angry. What do you do?", "I listen and I say sorry and bring another", "really happened"),
        ("Tell us about a busy shift.", "I dont have an example but I would ask for help", "really happened"),
    ],
)
def test_a_follow_up_fits_what_was_asked(question: str, answer: str, not_asked: str) -> None:
    """No end is asked for where no story was, and no example of somebody who has none."""
    rubric = Rubric(one="Nothing.", three="One reason or step.", five="Two reasons or steps with a detail of this job.")
    said = ask(answer, RUSH.model_copy(update={"text": question, "rubric": rubric})).text
    assert not_asked not in said


@pytest.mark.parametrize(
    "text", ["I packed it fast", "We had a rush in May. I packed 30 boxes", "pass", "I asked my lead"]
)
def test_a_follow_up_never_shows_the_rubric(text: str) -> None:
    """None of the anchors' own words, no weights, no bars."""
    said = ask(text).text.lower()
    for word in ("measurable", "outcome", "quality", "specific", "rubric", "score", "weight", "points", "5"):
        assert word not in said


def test_none_is_asked_beyond_the_maximum_or_twice() -> None:
    """The maximum holds, and an asked question does not come again."""
    asked: tuple[str, ...] = ()
    generous = RUSH.model_copy(update={"follow_ups": FollowUps(min=0, max=5)})
    for _ in range(5):
        asked += (ask("I packed it fast for the order", generous, asked).text,)
    said = [text for text in asked if text]
    assert len(said) == len(set(said))
    assert ask("I packed it fast for the order", RUSH, ("a", "b")) == FollowUp()


def test_the_minimum_is_asked_even_of_a_full_answer() -> None:
    """A recruiter who wants at least one follow-up gets one."""
    assert ask(FULL, RUSH.model_copy(update={"follow_ups": FollowUps(min=1, max=2)})).text


def test_an_answer_in_another_language_is_not_pushed() -> None:
    """These rules can't tell what is missing in it."""
    assert ask("Recibimos un pedido grande y lo hicimos entre todos porque era para el hotel").text == ""


def test_typed_questions_get_none() -> None:
    """Their clarification is somebody else's work."""
    typed = Question(id="t", kind=QuestionKind.YES_NO, text="Can you work nights?", follow_ups=FollowUps(min=0, max=2))
    assert ask("well", typed) == FollowUp()
