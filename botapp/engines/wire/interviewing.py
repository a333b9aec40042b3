"""Understanding, follow-ups and answers from the facts by a model. Credits only words the candidate sent.

What a candidate would read is let through only when scoring/leaks.py finds nothing in it: else it goes back once, and
then rules take over.
"""

from botapp.engines.wire.readings import READ
from botapp.engines.wire.task import Task, Unusable, Wire, anchors, describe, numbered, one_line
from botapp.engines.wire.verbatim import Source
from botapp.llm import (
    CandidateQuestion,
    FactReply,
    FollowUp,
    FollowUpRequest,
    Intent,
    TranslateRequest,
    Translation,
    Understanding,
    UnderstandRequest,
)
from botapp.llm.tasks import CreditedAnswer
from botapp.prompting import fence
from botapp.scoring.intents.tongues import language_of
from botapp.scoring.leak_patterns import REACHABLE
from botapp.scoring.leaks import leaks, numbers, promises, strays, unsayable
from botapp.screening.interview import SpokenPart
from botapp.screening.interviewer import DeliveryMode

__all__ = ["ANSWER_CANDIDATE", "FOLLOW_UP", "READ", "TRANSLATE", "UNDERSTAND"]

FOLLOW_UP_MAX = 240
REPLY_MAX = 600
TRANSLATION_MAX = 600
_LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French", "de": "German"}


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
    """One short question that gives nothing of the rubric away, brings nothing new in, and was not asked before."""
    text = one_line(said.text)
    if not text:
        return FollowUp(because=one_line(said.because))
    if len(text) > FOLLOW_UP_MAX or text.count("?") != 1 or not text.endswith("?"):
        raise Unusable(f"The follow-up must be one question of at most {FOLLOW_UP_MAX} characters, or empty.")
    spoken = " ".join(part.text for part in request.parts)
    wrong = unsayable(
        text, ours=request.question.text, known=spoken, figures=spoken, rubrics=(request.question.rubric,)
    )
    if wrong:
        raise Unusable(f"The follow-up can't be asked. {wrong} Ask openly, or leave it empty.")
    if text.lower() in {one_line(asked).lower() for asked in request.asked}:
        return FollowUp(because="already asked")
    return FollowUp(text=text, because=one_line(said.because))


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
    """The answer when it stands on named facts alone; not known, and passed on to the recruiter, when there is none.

    Raises:
        Unusable: it says what no fact holds, or what is not for candidates.
    """
    known = _known(request)
    used = [known[number - 1] for number in said.facts if 0 < number <= len(known)]
    answer = one_line(said.answer or "")
    if not answer or not used:
        return FactReply(text=None)
    if len(answer) > REPLY_MAX:
        raise Unusable(f"The answer must have at most {REPLY_MAX} characters.")
    ours = " ".join([*(f"{topic} {text}" for topic, text in used), request.title, request.company])
    if wrong := unsayable(answer, ours=ours, known=request.text):
        raise Unusable(f"The answer can't be sent. {wrong} Say only what the facts say, or null.")
    if strays(answer, f"{ours} {request.text}"):
        raise Unusable("The answer says more than the facts it names. Say only what they say, or null.")
    return FactReply(text=answer, topics=tuple(dict.fromkeys(topic for topic, _ in used)))


# ---- a question in another language ----------------------------------------------------------------------


class WireTranslation(Wire):
    text: str


def translate_variables(request: TranslateRequest) -> dict[str, str]:
    language = _LANGUAGES.get(request.language, request.language)
    return {"language": language, "question": fence("question", one_line(request.question.text))}


def accept_translation(request: TranslateRequest, said: WireTranslation) -> Translation:
    """The question alone: of like length, with its numbers and no other, in that language, and no word of judging."""
    text, ours = one_line(said.text), one_line(request.question.text)
    if not text:
        return Translation()
    if len(text) > min(TRANSLATION_MAX, 3 * len(ours) + 40) or text.count("?") > max(1, ours.count("?")):
        raise Unusable("It must be the question and nothing else.")
    if numbers(text) != numbers(ours):
        raise Unusable("It must hold the numbers of the question and no other.")
    if language_of(text) not in ("", request.language):
        raise Unusable(f"It is not in {_LANGUAGES.get(request.language, request.language)}.")
    reachable = REACHABLE.search(text) and not REACHABLE.search(ours)
    if leaks(text, (request.question.rubric,), ours) or promises(text, ours) or reachable:
        raise Unusable("It says more than the question.")
    return Translation(text=text)


def _translation_shape(_: TranslateRequest) -> type[WireTranslation]:
    return WireTranslation


def _understanding_shape(_: UnderstandRequest) -> type[WireUnderstanding]:
    return WireUnderstanding


def _follow_up_shape(_: FollowUpRequest) -> type[WireFollowUp]:
    return WireFollowUp


def _fact_reply_shape(_: CandidateQuestion) -> type[WireFactReply]:
    return WireFactReply


UNDERSTAND = Task("interview/understand", _understanding_shape, understand_variables, accept_understanding)
FOLLOW_UP = Task("interview/choose_follow_up", _follow_up_shape, follow_up_variables, accept_follow_up)
TRANSLATE = Task("interview/translate", _translation_shape, translate_variables, accept_translation)
ANSWER_CANDIDATE = Task("interview/answer_candidate", _fact_reply_shape, candidate_variables, accept_fact_reply)
