"""Which questions a burst answers: the open one first, others only when a clause names them and reads clearly."""

import re

from botapp.llm import AnswerRequest, UnderstandRequest
from botapp.llm.tasks import CreditedAnswer
from botapp.scoring.intents.asking import Piece
from botapp.scoring.readers.polarity import stems
from botapp.scoring.readers.words import fold, rx
from botapp.scoring.reading import read_answer
from botapp.screening.interview import Reading, ReadingStatus, SpokenPart
from botapp.screening.interviewer import Question, QuestionKind

_CORRECTS = rx(
    r"^(?:\W*(?:oh|wait|no|hey|hi|and|also|so|ok|um|lol)[ ,.]*)*(?:sorry|oops|my bad|correction|typo"
    r"|scratch that|\*|actually|i mean(?:t)?|i misspoke|i made a mistake|i messed up|let me correct"
    r"|change my answer|to correct|about my (?:earlier|last|previous) answer|for the [a-z ]{2,40}(?:question"
    r"|one)\b|(?:on|about|regarding) the [a-z ]{2,40}(?:question|one)\b|perdon|quise decir|je voulais dire"
    r"|ich meinte)"
)
_ADDS = rx(
    r"^(?:\W|and|also|oh|sorry|just|wait|i(?:d| would)? (?:like|want|forgot|meant)|one more thing|something)*\bto add\b"
    r".{0,12}\bto (?:my|the|that) (?:last|previous|earlier|first)?\W?(?:answer|one|question|message)?"
    r"|^(?:\W|and|also|oh|sorry|wait)*(?:about|on|regarding|back to) (?:my|the|your) (?:last|previous|earlier)"
    r" (?:answer|question|one)\b|^(?:\W|and|oh)*i forgot to (?:say|mention|add)\b"
)
_MEANT = rx(
    r"\bi meant?\b|^\W*\*|\bsorry\b|\bcorrection\b|\btypo\b|\bmisspoke\b|\bchange my answer\b|\boops\b"
    r"|\bmy bad\b|\bmistake\b|\bearlier\b|quise decir|voulais dire|ich meinte"
)
_CLAUSES = re.compile(r"(?<=[.!?;\n])\s*|,\s+|\s+(?=(?:and|but|plus|also|&)\s)", re.IGNORECASE)
_GOES_ON = rx(
    r"^\W*(?:and|but|back|so|no|not|or|which|after|before|i mean|then|like|well|plus|only|except|if|unless|until"
    r"|from|at|an?"
    r"|per|with|without|also|oder|und|aber|nicht|pero|y|o|no|mais|et|ou|pas|sauf|nur)\b"
)
_DIGITS = re.compile(r"\d+")
_READ = (ReadingStatus.CLEAR, ReadingStatus.CONDITIONAL)
MOST_WORDS_GOING_ON = 10  # of what goes on with an answer
WITH_A_WORD, AT_ONCE = 20.0, 8.0  # seconds in which hardly anybody reads and answers the next question
_LONGEST_CREDITED = 1500
_MOST_CLAUSES = 24
_AND = re.compile(r"^(?:and|but|plus|also|&|,)\s+(?:i\s+)?", re.IGNORECASE)
_HINTS = {
    QuestionKind.DURATION: re.compile(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|a|couple)\b.*\b(?:years?|yrs?|months?)\b"
    ),
    QuestionKind.MONEY: re.compile(r"[$£€]\s?\d|\d+(?:\.\d+)?\s?(?:k\b|an hour|/h|per hour|a year|/hr)"),
    QuestionKind.NUMBER: re.compile(r"\d"),
    QuestionKind.DATE: re.compile(r"\b(?:start|begin|available|notice|expires?)\b"),
    QuestionKind.AVAILABILITY: re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)\w*\b|\bweek(?:days?|ends?)\b"),
}


# Words that stand in any answer about any work: they name no question.
_EVERYDAY = stems(
    "work working works worked job jobs time times day days experience year years able ability right way new good"
    " people team company use used using alone without with minimum least provide reliable valid current"
)


def read_text(question: Question, parts: tuple[SpokenPart, ...], request: UnderstandRequest) -> Reading:
    return read_answer(AnswerRequest(question=question, parts=parts, today=request.today))


def is_correction(folded: str) -> bool:
    return bool(_CORRECTS.search(folded)) and len(folded) < 300


def corrections(request: UnderstandRequest, told: list[Piece]) -> tuple[CreditedAnswer, ...]:
    """An earlier answer taken back (the one named, or the last whose kind fits), or the last one added to."""
    if not request.answered:
        return ()
    text = "\n".join(p.folded for p in told)
    if not is_correction(text) and not _ADDS.search(text):
        return _continued(request, text, told)
    parts = _as_parts(told)
    earlier = [q for q in reversed(_answered(request)) if not request.open_question or q.id != request.open_question.id]
    if earlier and _ADDS.search(text):
        return (CreditedAnswer(question_id=earlier[0].id, parts=parts),)
    target = _named(text, earlier, request.open_question) or _fitting(text, parts, earlier, request)
    if target is None:
        return _continued(request, text, told)
    return (CreditedAnswer(question_id=target.id, parts=parts, is_correction=True),)


def _continued(request: UnderstandRequest, text: str, told: list[Piece]) -> tuple[CreditedAnswer, ...]:
    """What comes right after our reply and goes on with the answer before it ("19", "an hour", "but 17 for days")."""
    if request.gap is None or not text or len(text.split()) > MOST_WORDS_GOING_ON:
        return ()
    goes_on = bool(_GOES_ON.search(text))
    last = next((q for q in reversed(_answered(request)) if q != request.open_question), None)
    if last is None or last.is_open or last.kind is QuestionKind.FILE:
        return ()
    parts = _as_parts(told)
    question = request.open_question
    fits_open = question is not None and not question.is_open and read_text(question, parts, request).status in _READ
    if request.gap > (WITH_A_WORD if goes_on else AT_ONCE) or fits_open:
        return ()
    if _is_reading_of(last, text, parts, request) or (goes_on and _bears_on(last, text, parts, request)):
        return (CreditedAnswer(question_id=last.id, parts=parts, is_correction=True),)
    return ()


def _is_reading_of(question: Question, text: str, parts: tuple[SpokenPart, ...], request: UnderstandRequest) -> bool:
    """Whether words answer a question by themselves. A bare yes or no may answer any, so that must name its subject."""
    if read_text(question, parts, request).status not in _READ:
        return False
    digits = set(_DIGITS.findall(text)) & set(_DIGITS.findall(question.text))
    return question.kind is not QuestionKind.YES_NO or bool(stems(text) & _topic(question) - _EVERYDAY or digits)


def _bears_on(question: Question, text: str, parts: tuple[SpokenPart, ...], request: UnderstandRequest) -> bool:
    """Whether words that begin with "but", "not", "after" change an answer, or speak of the same kind of thing."""
    if read_text(question, parts, request).status is ReadingStatus.UNCLEAR:
        return True
    hint = _HINTS.get(question.kind)
    before = SpokenPart(message_id="", text=request.answered[question.id])
    together = read_text(question, (before, *parts), request)
    changes = together.status in _READ and together != read_text(question, (before,), request)
    return changes or bool(hint and hint.search(text))


def _answered(request: UnderstandRequest) -> list[Question]:
    known = {q.id: q for q in request.questions}
    return [known[i] for i in request.answered if i in known]


def _topic(question: Question) -> frozenset[str]:
    return stems(fold(f"{question.topic} {question.text} {' '.join(question.options)}"))


def _named(text: str, earlier: list[Question], open_question: Question | None) -> Question | None:
    said = stems(text)
    own = stems(fold(f"{open_question.topic} {open_question.text}")) if open_question else frozenset()
    scored = [(len(said & _topic(q) - own), q) for q in earlier]
    best = max((s for s, _ in scored), default=0)
    return next((q for s, q in scored if s == best), None) if best else None


def _fitting(
    text: str, parts: tuple[SpokenPart, ...], earlier: list[Question], request: UnderstandRequest
) -> Question | None:
    if not _MEANT.search(text) and request.open_question and _fits_open(request, parts):
        return None
    for question in earlier:
        if not question.is_open and read_text(question, parts, request).status in (
            ReadingStatus.CLEAR,
            ReadingStatus.CONDITIONAL,
        ):
            return question
    return None


def _fits_open(request: UnderstandRequest, parts: tuple[SpokenPart, ...]) -> bool:
    question = request.open_question
    return question is not None and (
        question.is_open or read_text(question, parts, request).status is ReadingStatus.CLEAR
    )


def _as_parts(told: list[Piece]) -> tuple[SpokenPart, ...]:
    """One part a message, the told sentences of it in one piece when they stand together."""
    out: dict[str, list[str]] = {}
    for p in told:
        out.setdefault(p.message_id, []).append(p.text)
    return tuple(SpokenPart(message_id=i, text=" ".join(texts)) for i, texts in out.items())


def whole_parts(request: UnderstandRequest, told: list[Piece]) -> tuple[SpokenPart, ...]:
    """The messages that hold something told, as they were sent."""
    ids = {p.message_id for p in told}
    return tuple(p for p in request.parts if p.message_id in ids)


def others(request: UnderstandRequest, told: list[Piece]) -> tuple[CreditedAnswer, ...]:
    """Other questions of the stage that a clause names and answers clearly."""
    own = (
        stems(fold(f"{request.open_question.topic} {request.open_question.text}"))
        if request.open_question
        else frozenset()
    )
    candidates = [
        q
        for q in request.questions
        if not q.is_open
        and q.kind is not QuestionKind.FILE
        and q.id not in request.answered
        and (not request.open_question or q.id != request.open_question.id)
    ]
    if not candidates or sum(len(p.text) for p in told) > _LONGEST_CREDITED:
        return ()
    clauses = [(p, c) for p in told for c in _split(p.text)][:_MOST_CLAUSES]
    found = ((q, _answering(q, own, clauses, request)) for q in candidates)
    return tuple(CreditedAnswer(question_id=q.id, parts=parts) for q, parts in found if parts)


def _split(text: str) -> list[str]:
    return [c.strip() for c in _CLAUSES.split(text) if c and c.strip()]


def _names(question: Question, own: frozenset[str], folded: str) -> bool:
    """Whether a clause speaks of this question's own subject: its label, or two rarer words of its text.

    A yes or no about a measure ("lift 50 lb") is answered beside another question only with the measure.
    """
    measures = set(re.findall(r"\d+", question.text))
    if question.kind is QuestionKind.YES_NO and measures and not measures & set(re.findall(r"\d+", folded)):
        return False
    said = stems(folded) - own - _EVERYDAY
    label = stems(fold(f"{question.topic} {' '.join(question.options)}"))
    return bool(said & label) or len(said & stems(fold(question.text))) >= 2


def _answering(
    question: Question, own: frozenset[str], clauses: list[tuple[Piece, str]], request: UnderstandRequest
) -> tuple[SpokenPart, ...]:
    hint = _HINTS.get(question.kind)
    for piece, clause in clauses:
        folded = fold(_AND.sub("", clause))
        if not _names(question, own, folded) or (hint and not hint.search(folded)):
            continue
        part = SpokenPart(message_id=piece.message_id, text=clause)
        if read_text(question, (part,), request).status is not ReadingStatus.CLEAR:
            continue
        return (part,)
    return ()
