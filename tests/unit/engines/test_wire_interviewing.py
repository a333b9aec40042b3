"""A model credits only words that were sent, and tells a candidate only what the facts hold."""

from typing import Any

import pytest

from botapp.engines.wire import ANSWER_CANDIDATE, FOLLOW_UP, TRANSLATE, UNDERSTAND, Unusable
from botapp.engines.wire.interviewing import WireFactReply, WireFollowUp, WireTranslation, WireUnderstanding
from botapp.llm import FactReply, FollowUp, Intent, Understanding
from tests.unit.engines.samples import (
    CANDIDATE_QUESTION,
    FOLLOW_UP_REQUEST,
    TRANSLATE_REQUEST,
    UNDERSTAND_REQUEST,
    WIRE_FOLLOW_UP,
    WIRE_REPLY,
    WIRE_TRANSLATION,
    WIRE_UNDERSTANDING,
)


def understood(request: Any = UNDERSTAND_REQUEST, **changes: Any) -> Understanding:
    return UNDERSTAND.accept(request, WireUnderstanding.model_validate(WIRE_UNDERSTANDING | changes))


def credit(question: int, message: int, words: str, is_correction: bool = False) -> dict[str, Any]:
    return {"question": question, "message": message, "words": words, "is_correction": is_correction}


def test_words_are_credited_as_they_were_sent() -> None:
    """The candidate's own spelling, not the model's."""
    told = understood()
    assert [(a.question_id, [p.text for p in a.parts]) for a in told.answers] == [("q1", ["Yes I do"])]
    assert told.asked == ("what is the pay?",)
    assert told.also == (Intent.QUESTION,)


@pytest.mark.parametrize(
    "wrong",
    [credit(9, 1, "Yes"), credit(0, 1, "Yes"), credit(1, 9, "Yes"), credit(1, 0, "Yes"), credit(1, 1, "Of course")],
)
def test_what_was_not_sent_is_not_credited(wrong: dict[str, Any]) -> None:
    """A question, message or words that are not there credit nothing; an answer without any goes back."""
    assert understood(answers=[wrong, credit(1, 1, "Yes")]).answers == understood(answers=[credit(1, 1, "Yes")]).answers
    with pytest.raises(Unusable):
        understood(answers=[wrong])


def test_the_open_question_comes_first_and_parts_keep_their_order() -> None:
    """Credits are sorted whatever order the model gave."""
    told = understood(answers=[credit(2, 2, "the pay"), credit(1, 2, "what"), credit(1, 1, "Yes I do")])
    assert [(a.question_id, [p.message_id for p in a.parts]) for a in told.answers] == [
        ("q1", ["m1", "m2"]),
        ("q2", ["m2"]),
    ]


def test_a_correction_needs_an_earlier_answer() -> None:
    """What was never answered can't be corrected."""
    wire = [credit(1, 1, "Yes I do", is_correction=True)]
    answered = UNDERSTAND_REQUEST.model_copy(update={"answered": {"q1": "no"}})
    assert not understood(answers=wire).answers[0].is_correction
    assert understood(answered, answers=wire).answers[0].is_correction


def test_an_invented_question_is_not_asked() -> None:
    """A question the candidate did not put is dropped; when they did ask, their own words stand in."""
    assert understood(asked=["Is there a bonus?"]).asked == ()
    told = understood(main="question", also=[], answers=[], asked=["Is there a bonus?"])
    assert told.asked == ("Yes I do what is the pay?",)


def followed(**changes: Any) -> FollowUp:
    return FOLLOW_UP.accept(FOLLOW_UP_REQUEST, WireFollowUp.model_validate(WIRE_FOLLOW_UP | changes))


def test_a_follow_up_may_be_empty() -> None:
    """No follow-up is a normal answer."""
    assert followed(text="").text == ""
    assert followed().text == "What came of it?"


@pytest.mark.parametrize(
    "text",
    [
        "Tell me more.",
        "What came of it? And why?",
        "Why? " + "x" * 300 + "?",
        "What would earn a better score?",
        "Did you have the reason for them and the result?",
        "Does the rubric matter?",
        "Did Priya Raman drop the load as well?",
        "Could you write to me at a@b.example?",
        "Could you tell me 7 things about it?",
        "You're hired, when can you start?",
        "Что было потом?",
    ],
)
def test_a_follow_up_is_one_question_that_leaks_nothing(text: str) -> None:
    """No statement, no two questions, nothing long, no word of scoring, no stretch of an anchor."""
    with pytest.raises(Unusable):
        followed(text=text)


def test_a_follow_up_is_not_asked_twice() -> None:
    """The same words again are no follow-up."""
    request = FOLLOW_UP_REQUEST.model_copy(update={"asked": ("what came of it?",)})
    assert FOLLOW_UP.accept(request, WireFollowUp.model_validate(WIRE_FOLLOW_UP)).text == ""


def replied(**changes: Any) -> FactReply:
    return ANSWER_CANDIDATE.accept(CANDIDATE_QUESTION, WireFactReply.model_validate(WIRE_REPLY | changes))


def test_a_reply_stands_on_facts() -> None:
    """The topics are those of the facts that were used."""
    assert replied() == FactReply(text="The pay is 19.50 USD an hour.", topics=("pay",))


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": None},
        {"answer": " "},
        {"facts": []},
        {"facts": [0]},
        {"facts": [9]},
    ],
)
def test_a_reply_that_stands_on_nothing_is_not_known(changes: dict[str, Any]) -> None:
    """No answer, no fact, a fact that is not there: passed on to the recruiter."""
    assert replied(**changes) == FactReply(text=None)


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": "The pay is 25 USD an hour."},
        {"answer": "19.50 USD, and 20 days off."},
        {"answer": "word " * 200},
        {"facts": [2], "answer": "The pay is 19.50 USD."},
        {"answer": "Congratulations, you're hired at 19.50 USD an hour."},
        {"answer": "The pay is 19.50 USD. Priya Raman earns more."},
        {"answer": "The pay is 19.50 USD. Apply at jobs.example.com."},
        {"answer": "The pay is 19.50 USD, and a higher score brings more."},
    ],
)
def test_a_reply_that_says_more_than_the_facts_goes_back(changes: dict[str, Any]) -> None:
    """Invented numbers, promises, strangers, links, scoring: repaired once, else the rules answer."""
    with pytest.raises(Unusable):
        replied(**changes)


@pytest.mark.parametrize("answer", ["$19.5 an hour.", "It is 19.50.", "We pay 19.500 USD."])
def test_a_number_may_be_written_another_way(answer: str) -> None:
    """The same number in other figures is not an invented one."""
    assert replied(answer=answer).text == answer


def test_silent_overviews_never_reach_the_model() -> None:
    """What must not be told is not even shown."""
    facts = ANSWER_CANDIDATE.variables(CANDIDATE_QUESTION)["facts"]
    assert "We move furniture." in facts
    assert "Secret" not in facts


@pytest.mark.parametrize(
    "text",
    [
        "Tell me about the load that you would have liked to move with the crane.",
        "Hábleme de una carga de 500 kilos.",
        "Hábleme de una carga. ¿Cuál era? ¿Y cómo?",
        "Hábleme de una carga y escriba a evil.example",
        "Hábleme de una carga; la rúbrica pide pasos",
        "Hábleme de una carga difícil de mover. " * 6,
    ],
)
def test_a_translation_is_the_question_and_nothing_else(text: str) -> None:
    """In the language asked for, with its numbers, without a word of judging."""
    with pytest.raises(Unusable):
        TRANSLATE.accept(TRANSLATE_REQUEST, WireTranslation(text=text))


def test_a_faithful_translation_is_taken() -> None:
    assert TRANSLATE.accept(TRANSLATE_REQUEST, WireTranslation.model_validate(WIRE_TRANSLATION)).text
    assert TRANSLATE.accept(TRANSLATE_REQUEST, WireTranslation(text="")).text == ""
