"""The first message of an interview: who asks, for what job, that it is automated, who reviews, how to stop.

Guarantees two segments of a text message at most, whatever the names; only the title is ever shortened for it, and a
greeting whose name a plain text can't carry goes without the name. Every sentence is the catalogue's: no setting and
no text of the employer changes or removes one.
"""

from collections.abc import Callable

from botapp.compose.estimate import minutes
from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.speech import say
from botapp.graphs.interview.state import asked_here
from botapp.graphs.interview.wording import employer_of, people_of, short, team_of
from botapp.screening.segments import count_segments, fit_for_sms

DISCLOSURE_MAX = 300  # two segments
_TITLE_MIN = 12


def disclosure(context: InterviewContext) -> str:
    """Said when the candidate has joined, before any question."""
    return _fitted("opening.disclosure_by_text" if context.by_text else "opening.disclosure", context)


def invitation(context: InterviewContext) -> str:
    """Said first by text, to somebody who agreed to be texted; then nothing until they answer."""
    return _fitted("opening.invitation", context)


def invitation_again(context: InterviewContext) -> str:
    """The one reminder of an invitation that was not answered."""
    return _fitted("opening.invitation_again", context)


def _fitted(key: str, context: InterviewContext) -> str:
    """With the longest title that fits, and with the name when it can be written in a plain text."""
    title = " ".join(context.interviewer.title.split())
    name = short(context.candidate.name.split(" ")[0], 20)
    text = ""
    for who in dict.fromkeys((name, "")):
        for most in range(max(len(title), _TITLE_MIN), _TITLE_MIN - 1, -4):
            said = _sentence(key, context)(who, short(title, most))
            text = _as_sent(said, name, context)
            if _fits(text, context):
                return text
    return text


def _sentence(key: str, context: InterviewContext) -> Callable[[str, str], str]:
    effort, reviewer = _effort(context), _reviewer(context)

    def told(name: str, title: str) -> str:
        hello = _hello(name, context)
        return say(key, context.spoken, hello=hello, title=title, effort=effort, reviewer=reviewer)

    return told


def _hello(name: str, context: InterviewContext) -> str:
    employer = short(employer_of(context), 40)
    agent = short(context.interviewer.settings.agent_name, 20)
    key = f"opening.hello{'_name' if name else ''}{'_for' if employer else ''}"
    return say(key, context.spoken, name=name, agent=agent, employer=employer)


def _effort(context: InterviewContext) -> str:
    count = len(asked_here(context.interviewer))
    key = "opening.one_question" if count == 1 else "opening.questions" if count else "stages.effort"
    return say(key, context.spoken, count=count, minutes=minutes(context.interviewer))


def _reviewer(context: InterviewContext) -> str:
    """A team is told as a person of it; a name stands for itself. In a text the employer is named once."""
    if context.people:
        return say("opening.person_reviews", context.spoken, people=short(context.people, 60))
    people = team_of(context, "") if context.by_text else people_of(context)
    return say("opening.team_reviews", context.spoken, people=short(people, 60))


def _as_sent(text: str, name: str, context: InterviewContext) -> str:
    """In the letters of a text message; a name keeps its own."""
    if not context.by_text:
        return text
    parts = fit_for_sms(text, names=(name,) if name else (), language=context.spoken)
    return parts[0] if len(parts) == 1 else text


def _fits(text: str, context: InterviewContext) -> bool:
    if context.by_text:
        return count_segments(text).count <= 2
    return len(text) <= DISCLOSURE_MAX
