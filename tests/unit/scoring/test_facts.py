"""A candidate's question is answered from the facts, or not at all."""

import pytest

from botapp.llm.tasks import CandidateQuestion, FactReply
from botapp.scoring.facts import answer_candidate
from botapp.screening.interviewer import DeliveryMode, Fact, Overview, Overviews

FACTS = (
    Fact(topic="pay", answer="$19 an hour, paid weekly"),
    Fact(topic="schedule", answer="Monday to Friday, 6 am to 2:30 pm"),
    Fact(topic="location", answer="Reno, Nevada"),
    Fact(topic="dress", answer="Safety boots are required; a vest is provided"),
    Fact(topic="benefits", answer="Medical and dental insurance after 60 days"),
    Fact(topic="start_date", answer="As soon as possible"),
)


def reply(text: str, overviews: Overviews | None = None) -> FactReply:
    return answer_candidate(
        CandidateQuestion(
            text=text, facts=FACTS, overviews=overviews or Overviews(), company="Acme Laundry", title="Driver"
        )
    )


@pytest.mark.parametrize(
    ("asked", "topics"),
    [
        ("whats the pay", ("pay",)),
        ("how much an hour", ("pay",)),
        ("do you pay weekly?", ("pay",)),
        ("What are the hours?", ("schedule",)),
        ("where is it", ("location",)),
        ("do I get health insurance", ("benefits",)),
        ("how soon can I start", ("start",)),
        ("what boots do i need", ("dress",)),
        ("where is it and what are the hours?", ("schedule", "location")),
        ("are you a bot?", ("ai",)),
        ("are you a bot? and what do you pay?", ("ai", "pay")),
        ("is this a scam", ("scam",)),
        ("who reads this", ("reader",)),
        ("how long will this take?", ("duration",)),
    ],
)
def test_known_things_are_answered(asked: str, topics: tuple[str, ...]) -> None:
    """By the words people use, several at once."""
    assert reply(asked).topics == topics
    assert reply(asked).text


@pytest.mark.parametrize(
    "asked",
    [
        "do tips get pooled",
        "do I get vision",
        "do you sponsor visas",
        "is there parking?",
        "do you pay overtime",
        "",
        "hm",
    ],
)
def test_unknown_things_are_not_guessed(asked: str) -> None:
    """No text at all: the caller passes the question on. A part of a topic needs a fact about that part."""
    assert reply(asked) == FactReply(text=None)


def test_a_silent_overview_is_never_told() -> None:
    """Reference text may be used; silent text may not."""
    text = "The laundry runs two electric vans."
    told = Overviews(job=Overview(text=text, mode=DeliveryMode.REFERENCE))
    silent = Overviews(job=Overview(text=text, mode=DeliveryMode.SILENT))
    assert reply("are the vans electric", told).text == text
    assert reply("are the vans electric", silent).text is None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("What is the process?", "First this chat. Then a call with Ann. Then a trial shift."),
        ("what does the process look like after this?", "Then a trial shift."),
        ("What is the job about?", "You pick orders at night."),
        ("What does the company do?", "We feed corner shops."),
    ],
)
def test_an_overview_answers_what_it_is_about(asked: str, words: str) -> None:
    """Whole, when it is short; a silent one never."""
    told = Overviews(
        process=Overview(text="First this chat. Then a call with Ann. Then a trial shift."),
        job=Overview(text="You pick orders at night."),
        company=Overview(text="We feed corner shops."),
    )
    silent = Overviews(
        **{
            name: getattr(told, name).model_copy(update={"mode": DeliveryMode.SILENT})
            for name in ("process", "job", "company")
        }
    )

    assert words in (answer_candidate(CandidateQuestion(text=asked, facts=(), overviews=told)).text or "")
    assert answer_candidate(CandidateQuestion(text=asked, facts=(), overviews=silent)).text is None
