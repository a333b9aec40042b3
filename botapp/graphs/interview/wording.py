"""Every sentence an interview says to a candidate that no language engine writes. Pure functions of names and facts."""

import re

from botapp.compose.wording import knockout_words
from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.values import day
from botapp.messages import QuickReply
from botapp.screening.interviewer import DeliveryMode, Overview, Question, QuestionKind

_OPTIONS_MAX = 6
_SUMMARY_MAX = 240

STOPPED = "I've stopped here and won't write again. Your answers so far are kept. Send START if you want to go on."
_DELETION = "I've stopped here and won't write again. I've passed your wish to have your data deleted on to {people}."
NOT_INTERESTED = (
    "Thanks for telling me. I've ended this here and won't write again. Send START if you change your mind."
)
WELCOME_BACK = "Welcome back. Let's go on."
STARTING = "Thank you, let's start."
REPLY_YES = "Reply YES when you want to start."
ASK_NAME = "First, what is your name?"
ASK_NAME_AGAIN = "What may I call you? A first name is enough."
FILE_KEPT = "I've kept your file, and a person can open it. I read only what you write."
NO_PICTURES = "I can't read pictures. If it is a document, please send it as a PDF."
WRONG_PERSON = "Sorry about the mix-up. I've ended this and won't write to you again."
INJECTION = "I can't do that here."
ABUSE = "Let's keep this civil. I'll read your answer whenever you're ready."
NOISE = "I didn't get any text there."
GREETING = "Hello, good to hear from you."
WELCOME = "You're welcome."
ADDED = "I've added that."
PUT_RIGHT = "Thank you for putting that right. Let's go on."
SKIPPED = "That's fine, we can leave that one."
LEFT_TO_PERSON = "I'll leave that one for a person to read."
NOT_UNDERSTOOD = "I didn't quite get that."
HELP = (
    "You can answer in your own words, ask me about the job, say LATER to pause, "
    "PERSON to reach someone, or STOP to end."
)
# What is said after an open answer says no more than that it was read: nothing about how good it was.
_BRIEF, _FULL = 5, 25  # words
_ACKS_BRIEF = ("All right.", "Okay.", "Okay, thank you.")
_ACKS = ("Thank you, noted.", "I see, thank you.", "Thanks, I have that.", "Understood, thank you.")
_ACKS_FULL = ("Thank you for telling me about that.", "Thanks for taking me through that.", "Thank you for the detail.")
_PROBES = (
    "Could you give me one example of that?",
    "What did you do yourself, step by step?",
    "How did it turn out?",
    "What would you do differently today?",
    "Is there anything you would add to that?",
)


def people_of(context: InterviewContext) -> str:
    """Who reviews, in the middle of a sentence."""
    company = context.interviewer.company
    return context.people or (f"the hiring team at {company}" if company else "the hiring team")


def employer_of(context: InterviewContext) -> str:
    """Who hires: the company of the role, or of the people who review."""
    return context.interviewer.company or people_of(context).partition(" at ")[2]


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def overviews(context: InterviewContext) -> str:
    """What the employer wants told at the start, in the order company, job, process; "" when nothing."""
    told = context.interviewer.overviews
    return "\n\n".join(filter(None, (_told(overview) for overview in (told.company, told.job, told.process))))


def _told(overview: Overview) -> str:
    match overview.mode:
        case DeliveryMode.EXACT:
            return overview.text.strip()
        case DeliveryMode.SUMMARISED:
            return _first_sentences(overview.text.strip())
        case _:
            return ""


def _first_sentences(text: str) -> str:
    kept = ""
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if kept and len(kept) + len(sentence) >= _SUMMARY_MAX:
            break
        kept = f"{kept} {sentence}".strip()
    return short(kept, _SUMMARY_MAX)


def short(text: str, most: int) -> str:
    """The text, cut with dots when it is longer than `most`."""
    return text if len(text) <= most else f"{text[: max(most, 8) - 3].rstrip()}..."


def quick_replies(question: Question) -> tuple[QuickReply, ...]:
    """Buttons for a question with few exact answers. Their value carries the question's id."""
    if question.kind is QuestionKind.YES_NO:
        return (QuickReply("Yes", f"{question.id}:yes"), QuickReply("No", f"{question.id}:no"))
    if question.kind is QuestionKind.CHOICE and not question.multiple and len(question.options) <= _OPTIONS_MAX:
        return tuple(QuickReply(option, f"{question.id}:{option}") for option in question.options)
    return ()


def first_wording(question: Question) -> str:
    """The question as it is asked first, with its options when no buttons show them."""
    if question.kind is QuestionKind.CHOICE and not quick_replies(question):
        several = " You can name several." if question.multiple else ""
        return f"{question.text} {'; '.join(question.options)}.{several}"
    return question.text


def open_acknowledgement(turn: int, text: str) -> str:
    """A few words after an open answer, fit to its length; they change from turn to turn."""
    length = len(text.split())
    acks = _ACKS_BRIEF if length <= _BRIEF else _ACKS_FULL if length >= _FULL else _ACKS
    return acks[turn % len(acks)]


def probe(asked: tuple[str, ...]) -> str:
    """A neutral follow-up for when one must be asked and the engine has none."""
    return next((text for text in _PROBES if text not in asked), _PROBES[-1])


def passed_on(context: InterviewContext, wish: bool = False) -> str:
    """For what no fact answers; a `wish` is something to do, not to know."""
    if wish:
        return f"I've passed that on to {people_of(context)}, who will see to it and write to you."
    return f"I don't know that. I'll pass it on to {people_of(context)}, who will answer you."


def stopped_for_deletion(context: InterviewContext) -> str:
    if context.by_text:  # the one confirmation of an opt-out is one segment
        who = short(employer_of(context), 40)
        return f"{f'{who}: ' if who else ''}You won't get more texts. Your wish to have your data deleted is passed on."
    return _DELETION.format(people=people_of(context))


def put_off_before_the_start(moment: str) -> str:
    return f"No problem. I'll write again {moment}. Reply YES to start earlier."


def person_called(context: InterviewContext) -> str:
    return (
        f"Of course. I've told {people_of(context)}. Someone will write to you here. Your answers so far are kept, "
        "and I'll wait until then."
    )


def accommodation(context: InterviewContext) -> str:
    return (
        f"Thank you for telling me. There can be another way to do this. I've told {people_of(context)}, and someone "
        "will write to you here about it. Until then I'll wait, and nothing counts against you."
    )


def distress(context: InterviewContext) -> str:
    return (
        "I'm sorry you are going through this. You matter more than this interview, so I've paused it and told "
        f"{people_of(context)}. If you may be in danger or might hurt yourself, please call your local emergency "
        "number now. In the US you can call or text 988 at any hour to talk to someone."
    )


def still_waiting(context: InterviewContext) -> str:
    return f"I've passed that on. {capital(people_of(context))} will answer you here. Say CONTINUE to go on with me."


def still_waiting_in_distress(context: InterviewContext) -> str:
    return f"I've passed that on to {people_of(context)}. Someone will write to you here."


def objection(context: InterviewContext) -> str:
    return f"Understood. Your answers won't be scored by a machine. They are kept, and {people_of(context)} reads them."


def postponed(moment: str) -> str:
    return f"No problem. Your answers so far are kept. I'll write again {moment}. You can go on earlier at any time."


def welcome_back(name: str) -> str:
    return f"Hello {name.split(' ')[0]}, here we are again." if name else "Hello, here we are again."


def reminder(name: str, job: str, last: bool) -> str:
    hello = f"Hello {name.split(' ')[0]}" if name else "Hello"
    return (
        f"{hello}, one question about the job {short(job, 60)} is open.{' This is my last reminder.' if last else ''}"
    )


def expired(context: InterviewContext) -> str:
    return (
        "The time for this interview is over, so I've closed it. Your answers so far are kept. "
        f"If you still want to take part, please write to {people_of(context)}."
    )


def next_steps(context: InterviewContext) -> str:
    """What happens after the end and by when."""
    deadline = context.interviewer.settings.deadline
    by_when = (
        f" The job stays open for answers until {day(deadline)}, so expect to hear around then." if deadline else ""
    )
    link = context.interviewer.settings.redirect_url
    where = f" Please go on here: {link}" if link else ""
    return f"{capital(people_of(context))} reads your answers and writes to you about what comes next.{by_when}{where}"


def thanks(context: InterviewContext) -> str:
    name = context.candidate.name.split(" ")[0]
    return f"That was the last question. Thank you for your time{', ' + name if name else ''}. {next_steps(context)}"


def thanks_but(context: InterviewContext, question: Question) -> str:
    """The end after a must-have that is not met: honest about it, and that a person looks."""
    need = question.topic or question.text.rstrip("?")
    if question.knockout and not isinstance(question.knockout.value, bool):
        need = f"{need}: {knockout_words(question)}"
    return (
        f"Thank you for telling me. This job has a fixed requirement here ({need}), so I'll end our chat at this "
        f"point. {next_steps(context)} If I got that wrong, just tell me."
    )


def already_over(context: InterviewContext, outcome: str) -> str:
    """The one line for somebody who writes after the end."""
    match outcome:
        case "stopped" | "not_interested":
            return "This interview is stopped. Send START if you want to go on."
        case "wrong_person":
            return "This chat is closed. You won't get further messages from me."
        case "expired":
            return f"This interview is closed. {capital(people_of(context))} can tell you what is still possible."
        case _:
            people = people_of(context)
            return f"This interview is finished, and {people} can read this too. You can still ask me things."


_IS_IT_A_BOT = re.compile(
    r"\b(?:are you|is this|am i (?:talking|speaking|chatting))\b.*"
    r"\b(?:bot|robot|ai|human|machine|real|person|automated)\b",
    re.IGNORECASE,
)
_WHO_IS_THIS = re.compile(
    r"^\W*(?:who(?:'s| is| are)? (?:this|you|u)|what(?:'s| is)? (?:your|ur) name)\W*$", re.IGNORECASE
)
_WHAT_COMES_NEXT = re.compile(
    r"\bwhen\b.*\bhear\b|\bhear (?:back|from (?:you|someone|anyone|them))\b"
    r"|\b(?:what|whats|what's)\b.*\b(?:next|after this)\b|\bnext steps?\b",
    re.IGNORECASE,
)
_HOW_MUCH_IS_LEFT = re.compile(
    r"\bhow (?:many|much)\b.*\b(?:questions?|more|left)\b"
    r"|\bhow (?:much )?long(?:er)?\b.*\b(?:this take|interview|chat|survey|questions)\b",
    re.IGNORECASE,
)
_WHY_ASKED = re.compile(
    r"^\W*(?:but |and |sorry |ok )*why(?: not)?\W*$|\bwhy (?:do|does|did|are|would|is) (?:you|u|they|it|that|this)\b.*"
    r"\b(?:ask(?:ing)?|need|want|know|matter|important|relevant)\b|\bwhy (?:this|that) question\b",
    re.IGNORECASE,
)
_HOW_IT_WENT = re.compile(
    r"\bhow (?:did|have|am|was|were) (?:i|my|that|it)\b.*\b(?:do|done|doing|go|answers?|score)\b"
    r"|\bdid i (?:pass|do (?:well|ok|okay|good)|get (?:it|the job))\b|\b(?:what(?:'s| is|s)?|see"
    r"|know) my (?:score|result)s?\b"
    r"|\b(?:was|is) (?:that|my answer|this) (?:ok|okay|good|right|correct|enough)\b",
    re.IGNORECASE,
)
_WHO_READS = re.compile(r"\bwho\b.*\b(?:reads?|sees?|reviews?|decides?)\b", re.IGNORECASE)


def about_this_chat(text: str, context: InterviewContext, left: int) -> str | None:
    """The answer to a question about the chat itself, which no fact holds; None when it is about something else."""
    if _IS_IT_A_BOT.search(text) or _WHO_IS_THIS.search(text):
        name = context.interviewer.settings.agent_name
        return f"I'm {name}, an automated assistant. {capital(people_of(context))} reads your answers and decides."
    if _HOW_MUCH_IS_LEFT.search(text):
        return (
            f"{'One question is' if left == 1 else f'{left} questions are'} left." if left else "No question is left."
        )
    if _HOW_IT_WENT.search(text):
        return f"I can't say how it went. {capital(people_of(context))} reads your answers, and a person decides."
    if _WHY_ASKED.search(text):
        return f"It helps {people_of(context)} see how this job and you would fit. You can leave it out: say SKIP."
    if _WHO_READS.search(text):
        return f"{capital(people_of(context))} reads your answers, and a person decides."
    return None


def about_what_comes_next(text: str, context: InterviewContext) -> str | None:
    """What happens after the interview, when no fact says it better."""
    return next_steps(context) if _WHAT_COMES_NEXT.search(text) else None
