"""The first message of an interview: who asks, for what job, that it is automated, who reviews, how to stop.

Guarantees two segments of a text message at most, whatever the names; only the title is ever shortened for it, and a
greeting whose name a plain text can't carry goes without the name.
"""

from collections.abc import Callable

from botapp.compose.estimate import minutes
from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.state import asked_here
from botapp.graphs.interview.wording import employer_of, people_of, short
from botapp.screening.segments import count_segments, fit_for_sms

DISCLOSURE_MAX = 300  # two segments
_TITLE_MIN = 12


def disclosure(context: InterviewContext) -> str:
    """Said when the candidate has joined, before any question."""
    help_ = ", HELP for help" if context.by_text else ""
    tail = f" Say STOP to end{help_}, LATER to pause, PERSON to reach someone."

    def say(hello: str, title: str) -> str:
        return f"{hello} This is about the job {title}. {_effort(context)} {_reviewer(context)}{tail}"

    return _fitted(say, context)


def invitation(context: InterviewContext) -> str:
    """Said first by text, to somebody who agreed to be texted; then nothing until they answer."""

    def say(hello: str, title: str) -> str:
        asks = f"It's about the job {title}. {_effort(context)} {_reviewer(context)}"
        return f"{hello} {asks} Reply YES to start. STOP ends, HELP helps."

    return _fitted(say, context)


def invitation_again(context: InterviewContext) -> str:
    """The one reminder of an invitation that was not answered."""

    def say(hello: str, title: str) -> str:
        return f"{hello} I wrote about the job {title}. {_effort(context)} Reply YES to start. STOP ends, HELP helps."

    return _fitted(say, context)


def _fitted(say: Callable[[str, str], str], context: InterviewContext) -> str:
    """With the longest title that fits, and with the name when it can be written in a plain text."""
    title = " ".join(context.interviewer.title.split())
    name = short(context.candidate.name.split(" ")[0], 20)
    text = ""
    for who in dict.fromkeys((name, "")):
        for most in range(max(len(title), _TITLE_MIN), _TITLE_MIN - 1, -4):
            text = _as_sent(say(_hello(who, context), short(title, most)), name, context)
            if _fits(text, context):
                return text
    return text


def _hello(name: str, context: InterviewContext) -> str:
    employer = employer_of(context)
    company = f" for {short(employer, 40)}" if employer else ""
    agent = short(context.interviewer.settings.agent_name, 20)
    return f"Hello{f' {name}' if name else ''}, I'm {agent}, an automated assistant{company}."


def _effort(context: InterviewContext) -> str:
    questions = len(asked_here(context.interviewer))
    count = "1 question" if questions == 1 else f"{questions} questions"
    return f"{count}, about {minutes(context.interviewer)} min."


def _reviewer(context: InterviewContext) -> str:
    """A team is told as a person of it; a name stands for itself. In a text the employer is named once."""
    people = people_of(context)
    if context.by_text:
        people = people.removesuffix(f" at {employer_of(context)}")
    people = short(people, 60)
    who = f"A person on {people}" if people.startswith("the ") else f"A person, {people},"
    return f"{who} reviews your answers."


def _as_sent(text: str, name: str, context: InterviewContext) -> str:
    """In the letters of a text message; a name keeps its own."""
    if not context.by_text:
        return text
    parts = fit_for_sms(text, names=(name,) if name else (), language=context.interviewer.language)
    return parts[0] if len(parts) == 1 else text


def _fits(text: str, context: InterviewContext) -> bool:
    if context.by_text:
        return count_segments(text).count <= 2
    return len(text) <= DISCLOSURE_MAX
