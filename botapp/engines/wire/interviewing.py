"""Understanding, follow-ups and answers from the facts by a model. Credits only words the candidate sent.

A reply to a candidate is let through only when it names facts that exist and holds no number that they don't hold.
"""

import re

from botapp.engines.wire.readings import READ
from botapp.engines.wire.task import Task, Unusable, Wire, anchors, describe, numbered, one_line
from botapp.engines.wire.verbatim import Source
from botapp.llm import (
    CandidateQuestion,
    FactReply,
    FollowUp,
    FollowUpRequest,
    Intent,
    Understanding,
    UnderstandRequest,
)
from botapp.llm.tasks import CreditedAnswer
from botapp.prompting import fence
from botapp.screening.interview import SpokenPart
from botapp.screening.interviewer import DeliveryMode, Rubric

__all__ = ["ANSWER_CANDIDATE", "FOLLOW_UP", "READ", "UNDERSTAND"]

FOLLOW_UP_MAX = 240
REPLY_MAX = 600
_LEAKS = re.compile(r"\b(rubric|score[sd]?|scoring|points?|weight(?:ed)?|anchors?|knock-?out)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


# ---- understand ------------------------------------------------------------------------------------------


class WireCredit(Wire):
    question: int
    message: int
    words: str
    is_correction: bool


class WireUnderstanding(Wire):
    main: Intent
    also: list[Intent]
    answers: list[WireCredit]
    asked: list[str]
    when: str


def understand_variables(request: UnderstandRequest) -> dict[str, str]:
    listed = [describe(question, number) for number, question in enumerate(request.questions, 1)]
    numbers = {question.id: number for number, question in enumerate(request.questions, 1)}
    said = [fence(f"answer to question {numbers.get(qid, 0)}", text) for qid, text in request.answered.items()]
    opened = request.open_question
    return {
        "today": request.today.isoformat(),
        "questions": "\n".join(listed) or "There are no questions.",
        "answered": "\n".join(said) or "Nothing yet.",
        "open_question": describe(opened, numbers.get(opened.id)) if opened else "None is open.",
        "messages": numbered(request.parts),
    }


def accept_understanding(request: UnderstandRequest, said: WireUnderstanding) -> Understanding:
    """Only credits, questions and times whose words the candidate sent."""
    sources = [Source(part.text) for part in request.parts]
    answers = _credited(request, said.answers, sources)
    asked = tuple(dict.fromkeys(words for quote in said.asked if (words := _first_words(quote, sources))))
    if said.main in {Intent.ANSWER, Intent.CORRECTION} and not answers:
        raise Unusable(
            f'The main intent is "{said.main.value}", but no answer names a question and words of a message.'
        )
    if said.main is Intent.QUESTION and not asked:
        asked = (" ".join(part.text.strip() for part in request.parts),)
    also = tuple(dict.fromkeys(intent for intent in said.also if intent is not said.main))
    when = _first_words(said.when, sources)
    return Understanding(main=said.main, also=also, answers=answers, asked=asked, when=when)


def _first_words(quote: str, sources: list[Source]) -> str:
    return next((words for source in sources if (words := source.words(quote))), "")


def _credited(
    request: UnderstandRequest, credits_: list[WireCredit], sources: list[Source]
) -> tuple[CreditedAnswer, ...]:
    """One credit per question, the open question first, its parts in the order they were sent."""
    spoken: dict[str, dict[int, SpokenPart]] = {}
    corrected: set[str] = set()
    for credit in credits_:
        place, question = credit.message - 1, credit.question - 1
        if not (0 <= place < len(sources) and 0 <= question < len(request.questions)):
            continue
        words = sources[place].words(credit.words)
        if words:
            question_id = request.questions[question].id
            part = SpokenPart(
                message_id=request.parts[place].message_id, text=_joined(spoken, question_id, place, words)
            )
            spoken.setdefault(question_id, {})[place] = part
            corrected |= {question_id} if credit.is_correction and question_id in request.answered else set()
    opened = request.open_question.id if request.open_question else ""
    return tuple(
        CreditedAnswer(
            question_id=question_id,
            parts=tuple(parts[place] for place in sorted(parts)),
            is_correction=question_id in corrected,
        )
        for question_id, parts in sorted(spoken.items(), key=lambda item: item[0] != opened)
    )


def _joined(spoken: dict[str, dict[int, SpokenPart]], question_id: str, place: int, words: str) -> str:
    """Two stretches of one message that answer the same question are told as one."""
    before = spoken.get(question_id, {}).get(place)
    return f"{before.text} {words}" if before and words not in before.text else words


# ---- follow-up -------------------------------------------------------------------------------------------


class WireFollowUp(Wire):
    because: str
    text: str


def follow_up_variables(request: FollowUpRequest) -> dict[str, str]:
    return {
        "question": one_line(request.question.text),
        "anchors": anchors(request.question.rubric),
        "asked": "\n".join(f"- {one_line(text)}" for text in request.asked) or "None yet.",
        "messages": numbered(request.parts),
    }


def accept_follow_up(request: FollowUpRequest, said: WireFollowUp) -> FollowUp:
    """One short question that gives nothing of the rubric away, and was not asked before."""
    text = one_line(said.text)
    if not text:
        return FollowUp(because=one_line(said.because))
    if len(text) > FOLLOW_UP_MAX or text.count("?") != 1 or not text.endswith("?"):
        raise Unusable(f"The follow-up must be one question of at most {FOLLOW_UP_MAX} characters, or empty.")
    if _leaks(text, request.question.rubric):
        raise Unusable("The follow-up gives away how the answer is scored. Ask openly, or leave it empty.")
    if text.lower() in {one_line(asked).lower() for asked in request.asked}:
        return FollowUp(because="already asked")
    return FollowUp(text=text, because=one_line(said.because))


def _leaks(text: str, rubric: Rubric | None) -> bool:
    if rubric is None:
        return bool(_LEAKS.search(text))
    own_words = (rubric.one + rubric.three + rubric.five).lower()
    words = text.lower().rstrip("?").split()
    runs = (" ".join(words[i : i + 5]) for i in range(len(words) - 4))
    return bool(_LEAKS.search(text)) or any(run in own_words for run in runs)


# ---- a candidate's own question --------------------------------------------------------------------------


class WireFactReply(Wire):
    facts: list[int]
    answer: str | None


def _known(request: CandidateQuestion) -> list[tuple[str, str]]:
    """(topic, text) of everything a candidate may be told. What is silent never reaches the model."""
    overviews = request.overviews
    named = (("company", overviews.company), ("job", overviews.job), ("process", overviews.process))
    told = [(topic, view.text) for topic, view in named if view.text and view.mode is not DeliveryMode.SILENT]
    return [(fact.topic, fact.answer) for fact in request.facts] + told


def candidate_variables(request: CandidateQuestion) -> dict[str, str]:
    facts = [fence(f"fact {n} - {topic}", text) for n, (topic, text) in enumerate(_known(request), 1)]
    return {
        "title": one_line(request.title) or "not named",
        "company": one_line(request.company) or "not named",
        "facts": "\n".join(facts) or "There are no facts.",
        "question": fence("question of the candidate", request.text),
    }


def accept_fact_reply(request: CandidateQuestion, said: WireFactReply) -> FactReply:
    """The answer when it stands on named facts alone; otherwise not known, and passed on to the recruiter."""
    known = _known(request)
    used = [known[number - 1] for number in said.facts if 0 < number <= len(known)]
    answer = one_line(said.answer or "")
    if not answer or not used or len(answer) > REPLY_MAX or _invents(answer, used, request):
        return FactReply(text=None)
    return FactReply(text=answer, topics=tuple(dict.fromkeys(topic for topic, _ in used)))


def _invents(answer: str, used: list[tuple[str, str]], request: CandidateQuestion) -> bool:
    """Whether the answer holds a number that neither the facts it names nor the job's names hold."""
    held = " ".join([*(text for _, text in used), request.title, request.company])
    return bool(_numbers(answer) - _numbers(held))


def _numbers(text: str) -> set[str]:
    """The numbers in a text, however they are written: 55,000 is 55000, 19.50 is 19.5, 8:00 is 8."""
    plain = (re.sub(r",(?=\d{3}\b)|:00$", "", number) for number in _NUMBER.findall(text))
    return {number.rstrip("0").rstrip(".") if "." in number else number for number in plain}


def _understanding_shape(_: UnderstandRequest) -> type[WireUnderstanding]:
    return WireUnderstanding


def _follow_up_shape(_: FollowUpRequest) -> type[WireFollowUp]:
    return WireFollowUp


def _fact_reply_shape(_: CandidateQuestion) -> type[WireFactReply]:
    return WireFactReply


UNDERSTAND = Task("interview/understand", _understanding_shape, understand_variables, accept_understanding)
FOLLOW_UP = Task("interview/choose_follow_up", _follow_up_shape, follow_up_variables, accept_follow_up)
ANSWER_CANDIDATE = Task("interview/answer_candidate", _fact_reply_shape, candidate_variables, accept_fact_reply)
