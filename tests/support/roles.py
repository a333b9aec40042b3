"""A small interviewer that tests publish without talking, and a job advert of our own to draft one from."""

from typing import Any

from botapp.screening.interviewer import (
    ChatStage,
    Fact,
    FollowUps,
    Interviewer,
    Knockout,
    Question,
    QuestionKind,
    Rubric,
    Settings,
)

SLUG = "night-picker"

LICENCE = Question(
    id="licence",
    kind=QuestionKind.YES_NO,
    text="Do you hold a valid forklift licence?",
    topic="forklift licence",
    knockout=Knockout(op="eq", value=True),
)
YEARS = Question(
    id="years",
    kind=QuestionKind.DURATION,
    text="How long have you worked in a warehouse?",
    topic="warehouse experience",
)
BUSY = Question(
    id="busy",
    kind=QuestionKind.OPEN,
    text="Tell me about a shift that got too busy. What did you do?",
    topic="busy shifts",
    rubric=Rubric(
        one="Names no situation and no action of their own.",
        three="Names a busy shift and one thing they did about it.",
        five="Names a busy shift, what they did step by step, and how it turned out.",
    ),
)
PROBED = BUSY.model_copy(update={"follow_ups": FollowUps(min=1, max=1)})
STRONG = (
    "Last December two people were off sick and we had 400 orders left at 4 am. I split the aisles into three zones, "
    "asked the loaders to help with packing and checked every tenth box myself. We finished 20 minutes early with "
    "no wrong orders."
)


def night_picker(*questions: Question, slug: str = SLUG, title: str = "Night picker", **settings: Any) -> Interviewer:
    """One chat stage: a must-have, a typed answer, an open one."""
    return Interviewer(
        title=title,
        slug=slug,
        company="Harbour Foods",
        stages=(ChatStage(id="s1", title="Chat", questions=questions or (LICENCE, YEARS, BUSY)),),
        facts=(
            Fact(topic="pay", answer="The pay is $19.50 an hour.", quote="We pay $19.50 an hour."),
            Fact(topic="location", answer="The warehouse is at 12 Dock Road, Newport."),
        ),
        settings=Settings(**settings),
    )


ADVERT = """Night Warehouse Picker

Harbour Foods runs a warehouse in Newport that fills supermarket orders by night.

Responsibilities
- Pick and pack customer orders with a hand scanner
- Keep aisles clear and report damaged stock

Requirements
- You must hold a valid forklift licence
- At least 2 years of warehouse experience
- Able to work night shifts from 10 pm to 6 am

We offer
- Pay: $19.50 per hour, paid weekly
- Location: 12 Dock Road, Newport
"""
