"""Says what a burst of a candidate's messages does and which questions its parts answer. Pure, by rules.

It guarantees that a bare opt-out keyword is always a stop, that a candidate's own questions are kept verbatim, and that
an honest answer beside something else is kept. It must not decide what is said back.
"""

from dataclasses import dataclass
from typing import Final

from botapp.llm import Understanding, UnderstandRequest
from botapp.llm.tasks import CreditedAnswer, Intent
from botapp.scoring.intents import asking, credit, safety, stop, wishes
from botapp.scoring.intents.asking import Piece
from botapp.scoring.readers import signals
from botapp.scoring.readers.words import fold
from botapp.screening.interview import Reading, ReadingStatus
from botapp.screening.interviewer import Question, QuestionKind

_LONGEST_SEARCHED: Final = 4000  # wishes and insults are looked for in the beginning of a long text
_READ: Final = frozenset({ReadingStatus.CLEAR, ReadingStatus.CONDITIONAL})


@dataclass(frozen=True)
class Heard:
    """A burst, folded once."""

    request: UnderstandRequest
    lines: tuple[str, ...]
    text: str
    pieces: tuple[Piece, ...]

    @property
    def told(self) -> list[Piece]:
        return [p for p in self.pieces if not p.asks]

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(p.text for p in self.pieces if p.asks)

    @property
    def open_question(self) -> Question | None:
        return self.request.open_question


def understand(request: UnderstandRequest) -> Understanding:
    """The intents of the burst, the questions it answers, and what the candidate asked."""
    lines = tuple(fold(p.text) for p in request.parts)
    text = "\n".join(line for line in lines if line)[:_LONGEST_SEARCHED]
    if not any(ch.isalnum() or ord(ch) >= 0x2000 or ch == "?" for ch in text):
        return Understanding(main=Intent.NOISE)
    heard = Heard(request, lines, text, tuple(asking.pieces(request.parts)))
    intents = _intents(heard)
    return _composed(heard, intents)


def _intents(heard: Heard) -> list[Intent]:
    """What must be acted on, most urgent first, answers and questions left out."""
    text = heard.text
    found: list[Intent] = []
    if any(map(stop.opts_out, map(safety.without_self_harm, (*heard.lines, text)))):
        found.append(Intent.STOP)
    if safety.in_distress(text):
        found.append(Intent.DISTRESS)
    if safety.is_injection(text):
        found.append(Intent.INJECTION)
    if safety.is_abuse(text):
        found.append(Intent.ABUSE)
    return found + _wishes(heard, text, bool(found))


def _wishes(heard: Heard, text: str, urgent: bool) -> list[Intent]:
    found: list[Intent] = []
    if wishes.wants_start(text):
        return [Intent.START]
    if wishes.is_someone_else(text) and not _answers_open(heard):
        found.append(Intent.WRONG_PERSON)
    if wishes.wants_person(text):
        found.append(Intent.HUMAN)
    if wishes.objects(text):
        found.append(Intent.OBJECTION)
    if wishes.needs_adjustment(text) or (Intent.HUMAN in found and signals.private_reason(text)):
        found.append(Intent.ACCOMMODATION)
    if not found or urgent:
        found += _leaving(heard, text)
    return found


def _leaving(heard: Heard, text: str) -> list[Intent]:
    if wishes.wants_out(text, asked_something=_is_substantial(heard)):
        return [Intent.NOT_INTERESTED]
    if wishes.has_trouble(text) or (wishes.wants_help(text) and not _answers_open(heard)):
        return [Intent.HELP]
    if _puts_off(heard, text):
        return [Intent.LATER]
    if _asks_again(heard, text):
        return [Intent.REPEAT]
    if wishes.said_already(text) or _skips(heard, text):
        return [Intent.SKIP]
    return [Intent.GREETING] if wishes.only_greets(text) else []


def _is_substantial(heard: Heard) -> bool:
    """An open question is being answered at some length."""
    return heard.open_question is not None and heard.open_question.is_open


def _puts_off(heard: Heard, text: str) -> bool:
    if heard.open_question is None and wishes.moves_appointment(text):
        return True
    if wishes.puts_off_bare(text):
        return not _bare_is_answer(heard)
    return wishes.wants_later(text) and not _reads_clearly(heard)


def _bare_is_answer(heard: Heard) -> bool:
    """ "tomorrow" answers "when can you start"; "driving" doesn't answer "tell me about a time"."""
    question = heard.open_question
    if question is None or question.is_open:
        return question is not None and not fold(question.text).startswith(
            ("tell", "describe", "give", "how would", "how do", "walk")
        )
    return question.kind in (QuestionKind.DATE, QuestionKind.CHOICE, QuestionKind.AVAILABILITY) and _reads_clearly(
        heard
    )


def _asks_again(heard: Heard, text: str) -> bool:
    if not wishes.asks_again(text):
        return False
    return not (_reads_clearly(heard) or (_is_substantial(heard) and len(text) > 80))


def _skips(heard: Heard, text: str) -> bool:
    if heard.open_question is None or len(text) > 120 or not signals.refuses(text):
        return False
    return not _reads_clearly(heard) and not (heard.open_question.is_open and len(text.split()) > 12)


def _reading(heard: Heard) -> Reading | None:
    question = heard.open_question
    if question is None or question.is_open:
        return None
    return credit.read_text(question, heard.request.parts, heard.request)


def _reads_clearly(heard: Heard) -> bool:
    reading = _reading(heard)
    return reading is not None and reading.status is ReadingStatus.CLEAR


def _answers_open(heard: Heard) -> bool:
    reading = _reading(heard)
    return (reading is not None and reading.status in _READ) or (
        heard.open_question is not None and heard.open_question.is_open and len(heard.text.split()) > 14
    )


_SILENCING: Final = frozenset(
    {
        Intent.GREETING,
        Intent.START,
        Intent.REPEAT,
        Intent.HELP,
        Intent.WRONG_PERSON,
        Intent.LATER,
        Intent.NOT_INTERESTED,
        Intent.SKIP,
        Intent.HUMAN,
        Intent.OBJECTION,
        Intent.DISTRESS,
        Intent.ABUSE,
        Intent.STOP,
        Intent.ACCOMMODATION,
    }
)


_MILD: Final = frozenset({Intent.SKIP, Intent.GREETING})  # an answer beside them is what counts


def _composed(heard: Heard, intents: list[Intent]) -> Understanding:
    asked = () if set(intents) & {Intent.REPEAT, Intent.GREETING} else _own_questions(heard, intents)
    corrected = credit.corrections(heard.request, heard.told) if not intents or intents == [Intent.SKIP] else ()
    answers = corrected or _answers(heard, intents, bool(asked))
    also = list(intents)
    if corrected:
        also = [Intent.CORRECTION]
    elif answers and Intent.ANSWER not in also:
        also = [*(i for i in also if i not in _MILD), Intent.ANSWER]
    if asked:
        also.append(Intent.QUESTION)
    if not also:
        also = [Intent.ANSWER]  # words that do nothing else, also when no question is open
    main, *rest = also
    when = wishes.time_named(heard.text) if Intent.LATER in also else ""
    return Understanding(main=main, also=tuple(dict.fromkeys(rest)), answers=answers, asked=asked, when=when)


def _own_questions(heard: Heard, intents: list[Intent]) -> tuple[str, ...]:
    """The candidate's questions. One that is itself the wish ("can I talk to a person?") is not repeated."""
    if set(intents) & {Intent.STOP, Intent.INJECTION, Intent.START}:
        return ()
    wish = set(intents) & {
        Intent.HUMAN,
        Intent.LATER,
        Intent.HELP,
        Intent.WRONG_PERSON,
        Intent.SKIP,
        Intent.ABUSE,
        Intent.NOT_INTERESTED,
        Intent.OBJECTION,
    }
    return tuple(p.text for p in heard.pieces if p.asks and not (wish and _is_the_wish(p)))


def _is_the_wish(piece: Piece) -> bool:
    f = piece.folded
    return (
        wishes.wants_person(f)
        or wishes.wants_later(f)
        or wishes.moves_appointment(f)
        or wishes.wants_help(f)
        or wishes.has_trouble(f)
        or wishes.is_someone_else(f)
        or wishes.said_already(f)
        or safety.is_abuse(f)
        or bool(signals.refuses(f))
        or wishes.objects(f)
    )


def _answers(heard: Heard, intents: list[Intent], asked: bool) -> tuple[CreditedAnswer, ...]:
    """What is credited: nothing beside a wish unless it reads clearly by itself."""
    request, question = heard.request, heard.open_question
    told = [p for p in heard.told if asking.substance(p.folded) or (p.folded and not asked)]
    told = [p for p in told if not stop.bare_keyword(p.folded)]
    if Intent.INJECTION in intents:
        told = [p for p in told if asking.substance(safety.without_injection(p.folded))]
    if not told and not heard.told:
        return ()
    leaving = Intent.NOT_INTERESTED in intents or Intent.WRONG_PERSON in intents
    own = _own_answer(heard, question, intents, told) if question and not leaving else ()
    if set(intents) & _SILENCING and not own:
        return ()
    return own + credit.others(request, told)


def _own_answer(
    heard: Heard, question: Question, intents: list[Intent], told: list[Piece]
) -> tuple[CreditedAnswer, ...]:
    silenced = bool(set(intents) & _SILENCING)
    if question.is_open:
        parts = credit.whole_parts(heard.request, told)
        enough = told and not silenced and (not heard.asked or sum(len(p.folded.split()) for p in told) >= 3)
        return (CreditedAnswer(question_id=question.id, parts=parts),) if enough and parts else ()
    mild = not set(intents) & _SILENCING - _MILD
    kept = heard.told if mild else [p for p in told if not _is_the_wish(p)]
    parts = credit.whole_parts(heard.request, kept)
    if not parts:
        return ()
    reading = credit.read_text(question, parts, heard.request)
    if reading.status in _READ or (not silenced and not heard.asked and not intents):
        return (CreditedAnswer(question_id=question.id, parts=parts),)
    if (
        heard.asked
        and not silenced
        and told
        and reading.status is ReadingStatus.UNCLEAR
        and any(len(p.folded.split()) >= 3 for p in told)
    ):
        return (CreditedAnswer(question_id=question.id, parts=parts),)
    return ()
