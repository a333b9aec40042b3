"""Yes and no by meaning: what must be a yes, a no, and what must stay open."""

from datetime import date

import pytest

from botapp.llm import AnswerRequest
from botapp.scoring.reading import meets, read_answer
from botapp.screening.interview import Reading, ReadingStatus, SpokenPart
from botapp.screening.interviewer import Knockout, Question, QuestionKind

TODAY = date(2026, 11, 22)
NIGHTS = "Can you work overnight shifts?"
LICENCE = "Do you have a valid driver's licence?"
WEEKENDS = "Are you able to work weekends?"
OUTSIDE = "Would working outside be a problem for you?"
VISA = "Will you need visa sponsorship?"
MUST, MUST_NOT = Knockout(op="eq", value=True), Knockout(op="eq", value=False)


def verdict(text: str, knockout: Knockout, *said: str) -> tuple[Reading, bool | None]:
    question = Question(id="q", kind=QuestionKind.YES_NO, text=text, knockout=knockout)
    parts = tuple(SpokenPart(message_id=str(i), text=s) for i, s in enumerate(said))
    reading = read_answer(AnswerRequest(question=question, parts=parts, today=TODAY))
    return reading, meets(knockout, reading, question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (NIGHTS, ["no problem, nights are fine"]),
        (NIGHTS, ["no", "problem"]),
        (NIGHTS, ["I don't mind at all"]),
        (NIGHTS, ["no no wait, yes I can"]),
        (NIGHTS, ["👍"]),
        (NIGHTS, ["claro que sí"]),
        (NIGHTS, ["kein Problem"]),
        (NIGHTS, ["pas de souci"]),
        (NIGHTS, ["yes, when can I start?"]),
        (LICENCE, ["sure do"]),
        (LICENCE, ["yes, never had a ticket"]),
        (LICENCE, ["I have a licence"]),
        (LICENCE, ["no", "sorry I mean yes"]),
        (WEEKENDS, ["if needed, sure"]),
        ("Are you at least 18 years old?", ["I'm 34"]),
        ("Do you have a reliable way to get to work?", ["I don't drive but I live two blocks away"]),
    ],
)
def test_a_yes_in_any_words_stays_in(question: str, said: list[str]) -> None:
    """What means yes passes, also when it begins with no."""
    assert verdict(question, MUST, *said)[1] is True


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (NIGHTS, "no"),
        (NIGHTS, "yeah no"),
        (NIGHTS, "I can't do nights"),
        (NIGHTS, "unfortunately not"),
        (LICENCE, "I don't have a licence"),
        (LICENCE, "never got one"),
        ("Do you have your own tools?", "no but I can buy them"),
        (LICENCE, "it was revoked"),
        (LICENCE, "nah my girlfriend drives me"),
        ("Are you at least 18 years old?", "17"),
    ],
)
def test_a_plain_no_fails(question: str, said: str) -> None:
    """A plain no to a must-have fails."""
    assert verdict(question, MUST, said)[1] is False


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (NIGHTS, "ok"),
        (NIGHTS, "maybe"),
        (NIGHTS, "I'd rather work days"),
        (NIGHTS, "fridays i cant"),
        (NIGHTS, "yes but not on Thursdays"),
        (NIGHTS, "no, I have epilepsy"),
        (NIGHTS, "I cannot stress enough how much I love my family"),
        (LICENCE, "nope but I get it next week"),
        (LICENCE, "not yet, my road test is thursday"),
        (LICENCE, "no dui no tickets clean licence"),
        (LICENCE, "I have one from Guatemala"),
        (LICENCE, "why do you need to know?"),
        (LICENCE, "prefer not to say"),
        ("Are you at least 18 years old?", "17 but 18 in january"),
        (WEEKENDS, "saturdays yes, sundays I have church"),
        ("Can you lift 50 lb?", "my back is bad since the surgery, so no"),
    ],
)
def test_doubt_and_private_reasons_never_knock_out(question: str, said: str) -> None:
    """Parts, conditions, doubt, refusals, and reasons of health or faith are left open."""
    assert verdict(question, MUST, said)[1] is None


@pytest.mark.parametrize(
    ("question", "said", "outcome"),
    [
        (OUTSIDE, "no problem", True),
        (OUTSIDE, "I love working outside", True),
        (OUTSIDE, "yes that's fine", True),
        (OUTSIDE, "yes it would", False),
        (OUTSIDE, "yes", None),
        (VISA, "no, I'm a citizen", True),
        (VISA, "I'm a citizen", True),
        (VISA, "not needed", True),
        (VISA, "yes", False),
        ("Do you mind early starts?", "yes", None),
        ("Do you mind early starts?", "not at all", True),
    ],
)
def test_questions_where_yes_is_the_bad_answer(question: str, said: str, outcome: bool | None) -> None:
    """A bare yes to an obstacle may be a misreading; favourable words say the fact."""
    assert verdict(question, MUST_NOT, said)[1] is outcome


def test_a_private_reason_is_marked_for_a_person() -> None:
    """Health behind a no is marked, so that a person looks."""
    reading, _ = verdict("Can you lift 50 lb?", MUST, "no, I'm pregnant")
    assert reading.needs_person


def test_a_private_matter_beside_a_yes_changes_nothing() -> None:
    """A clear yes stays a yes."""
    reading, outcome = verdict("Can you lift 50 lb?", MUST, "with my back brace on, yes")
    assert outcome is True
    assert not reading.needs_person


def test_a_coming_step_is_conditional() -> None:
    """A dated step towards it is a condition, not a no."""
    assert verdict(LICENCE, MUST, "picking up my licence tomorrow")[0].status is ReadingStatus.CONDITIONAL


def test_only_asking_back_is_no_answer() -> None:
    """A counter-question is told apart."""
    assert verdict(LICENCE, MUST, "does a permit count?")[1] is None
    assert verdict(LICENCE, MUST, "what car would I drive?")[0].status is ReadingStatus.QUESTION_BACK


@pytest.mark.parametrize(
    ("reply", "status", "value"),
    [
        ("never had one revoked", ReadingStatus.CLEAR, True),
        ("no, none of mine were revoked", ReadingStatus.CLEAR, True),
        ("never", ReadingStatus.UNCLEAR, None),
        ("no", ReadingStatus.UNCLEAR, None),
        ("yes", ReadingStatus.CLEAR, True),
    ],
)
def test_a_no_to_a_clean_record_is_not_taken_as_a_fault(reply: str, status: ReadingStatus, value: bool | None) -> None:
    """ "Without one being revoked?" - "never" means that there was none, or the contrary: asked again, not decided."""
    text = "Have you kept every license you have held, without one being revoked?"
    question = Question(id="q", kind=QuestionKind.YES_NO, text=text)
    part = SpokenPart(message_id="m", text=reply)
    found = read_answer(AnswerRequest(question=question, parts=(part,), today=TODAY))
    assert (found.status, found.value) == (status, value)
