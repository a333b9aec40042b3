"""The interview every variant runs: eight questions, eight answers, one of each kind a text screen asks for."""

from dataclasses import dataclass

from botapp.screening.interviewer import (
    ChatStage,
    Fact,
    FollowUps,
    Interviewer,
    Knockout,
    Question,
    QuestionKind,
    Rubric,
)

RUBRIC = Rubric(
    one="Names no situation of their own.",
    three="Names a situation and what they did.",
    five="Names a situation, what they did and how it turned out.",
)
CLOSING = "That was the last question."


@dataclass(frozen=True, slots=True)
class Said:
    """What the candidate does in one turn. `button`: the value of the quick reply that was pressed."""

    text: str
    button: str = ""


def interviewer() -> Interviewer:
    """A night picker's text screen."""
    return Interviewer(
        title="Night Order Picker",
        slug="night-order-picker",
        company="Harbour Lane Logistics",
        stages=(ChatStage(id="s1", questions=_QUESTIONS),),
        facts=(
            Fact(topic="pay", answer="The pay is £14.20 an hour plus £1.80 for nights, paid weekly."),
            Fact(topic="location", answer="You would work at Harbour Lane, Leeds."),
        ),
    )


def buttons_only(count: int = 8) -> Interviewer:
    """An interview that is answered by pressing buttons."""
    kinds = QuestionKind.YES_NO
    questions = tuple(Question(id=f"q{n}", kind=kinds, text=f"{text}?") for n, text in enumerate(_YES_NO[:count], 1))
    return Interviewer(title="Day Packer", slug="day-packer", stages=(ChatStage(id="s1", questions=questions),))


_YES_NO = (
    "Can you work weekends",
    "Can you lift 20 kg",
    "Do you have your own transport",
    "Can you start in January",
    "Have you used a hand scanner",
    "Have you worked in a cold store",
    "Are you at least 18 years old",
    "Can you work bank holidays",
)
_QUESTIONS = (
    Question(
        id="q1",
        kind=QuestionKind.YES_NO,
        text="Do you hold a valid forklift licence?",
        topic="forklift licence",
        knockout=Knockout(op="eq", value=True),
    ),
    Question(id="q2", kind=QuestionKind.DURATION, text="How long have you worked in a warehouse?", topic="experience"),
    Question(
        id="q3",
        kind=QuestionKind.OPEN,
        text="Tell me about a shift that got too busy. What did you do?",
        topic="busy shifts",
        rubric=RUBRIC,
        follow_ups=FollowUps(min=0, max=0),
    ),
    Question(id="q4", kind=QuestionKind.YES_NO, text="Can you work nights, Sunday to Thursday?", topic="nights"),
    Question(
        id="q5",
        kind=QuestionKind.CHOICE,
        text="Which shift do you like best?",
        options=("Early", "Late", "Night"),
        topic="shift",
    ),
    Question(
        id="q6",
        kind=QuestionKind.OPEN,
        text="How do you make sure that an order is right before it leaves your bay?",
        topic="accuracy",
        rubric=RUBRIC,
        follow_ups=FollowUps(min=0, max=0),
    ),
    Question(
        id="q7", kind=QuestionKind.MONEY, text="What hourly pay do you expect?", unit="GBP/hour", topic="expected pay"
    ),
    Question(id="q8", kind=QuestionKind.DATE, text="When could you start?", topic="start"),
)

ANSWERS = (
    Said("Yes", "q1:yes"),
    Said("I have worked in warehouses for about four years now."),
    Said(
        "Last winter two of us were off sick and 300 orders waited. I sorted them by departure, asked my lead for one "
        "more scanner and we were done 20 minutes before the deadline."
    ),
    Said("Yes", "q4:yes"),
    Said("Night", "q5:Night"),
    Said(
        "I count every line against the list twice, once when I pick and once at the bay, and I scan the label last. "
        "In my last job I had 2 wrong orders in a year."
    ),
    Said("£15 an hour would be fine"),
    Said("On 12 January 2027"),
)
ASIDE = Said("How much does it pay?")
