"""Rows of annotated data, read by the rules engine as production would. Pure: a row in, a row out.

Only what a system under test may see is read from a row: the question, its options, rule and unit, the words, the
anchors or the reference. What a row expects is never looked at.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from botapp.engines.rules import RulesLanguage
from botapp.llm import AnswerRequest, FollowUpRequest, JudgeRequest, Understanding, UnderstandRequest
from botapp.llm.tasks import Intent
from botapp.scoring import facts
from botapp.scoring.fact_topics import ABOUT_CHAT
from botapp.scoring.follow_up import GOOD_ENOUGH
from botapp.scoring.intents import tongues, wishes
from botapp.scoring.pleas import pleas
from botapp.scoring.readers.words import fold
from botapp.scoring.reading import meets
from botapp.screening.interview import Reading, ReadingStatus, SpokenPart
from botapp.screening.interviewer import FollowUps, Knockout, Question, QuestionKind, Rubric

Row = dict[str, Any]
_KINDS: Final = {"duration_years": "duration", "multi_choice": "choice"}
_OPS: Final = {
    "==": "eq",
    ">=": "gte",
    "<=": "lte",
    "in": "in",
    "contains_any": "in",
    "includes": "in",
    "min_days": "gte",
}
_LONGEST_QUESTION: Final = 600
_LANGUAGE: Final = RulesLanguage()
# An intent row names no open question: what the bot said last tells whether there is one, and of which kind.
_NO_QUESTION: Final = re.compile(
    r"assist|just checking|^thanks|opted out|(?:interview|appointment) is set|reply stop|\bsoy el\b|\bich bin der\b",
    re.I,
)
_APPOINTMENT: Final = re.compile(
    r"\b(?:interview|appointment|call|visit|cita|entrevista|termin|entretien|rendez-vous)\b.*"
    r"\b(?:is set|is scheduled|is booked|confirmed|change the time|reschedule|a las|um \d|est fix)",
    re.I,
)
_OPEN: Final = re.compile(
    r"(?:what|tell|which|describe|walk|is there anything|was|comment|cuénte|qué|erzählen)\b", re.I
)
_OPTION: Final = re.compile(r"\b[a-z1-9][).]\s*([^()]+?)(?=\s+[a-z1-9][).]|[?.]?\s*$)", re.I)
_KIND_WORDS: Final = (
    (QuestionKind.DURATION, ("how many years", "how long", "cuántos años", "wie lange", "combien d'années")),
    (QuestionKind.NUMBER, ("how many", "cuántas", "cuántos", "wie viele", "combien de")),
    (QuestionKind.MONEY, ("pay are", "pay do you", "salary", "sueldo", "gehalt", "salaire", "how much")),
    (QuestionKind.DATE, ("when could", "when can", "cuándo", "à partir", "ab wann", "start date")),
)
_TOPIC_NAMES: Final = {"ai decides": "ai", "reader": "privacy", "employment": "contract", "duration": "process"}
_TOPICS: Final = (
    (
        "why_asked",
        r"why (?:do|are|would|does) (?:you|u|yall|they|that)\b.*(?:need|ask|want|matter)|por que (?:lo|me) pregunt\w+",
    ),
    ("privacy", r"how did (?:you|u|yall) get my|where did (?:you|u) get my|my (?:data|info\w*)|delete my"),
    ("accommodation", r"wheelchair|accommodat\w+|disab\w+|deaf|screen reader|interpreter|dyslexi\w+"),
    ("location", r"donde|ubicacion|direccion|ou se trouve|adresse|wo (?:ist|liegt)|standort"),
    ("pay", r"cuanto pagan|sueldo|salario|pagan|salaire|paye|combien|gehalt|lohn|verdien\w+|bezahl\w+"),
    ("schedule", r"turno|horario|que horas|horaires?|heures|schicht\w*|arbeitszeit\w*|uhrzeit"),
    ("contract", r"cdi|cdd|interim|contrato|contrat|vertrag|befristet|unbefristet|festanstellung|minijob"),
    ("benefits", r"beneficios|prestaciones|avantages|mutuelle|weihnachtsgeld|urlaub\w*|zulage\w*"),
    ("process", r"siguiente paso|cuando me (?:llaman|avisan)|prochaine etape|wie geht es weiter|wann hore ich"),
)


def replies(row: Row, today: date) -> Row:
    """A typed reply: {id, value | status, meets_rule}."""
    question = question_of(row)
    return {"id": row["id"], **_read(row, question, (_part(row["reply"]),), today)}


def bursts(row: Row, today: date) -> Row:
    """Several messages as one turn: the reading, the intents and the question that is left."""
    question = question_of(row)
    parts = tuple(_part(each["text"], n) for n, each in enumerate(row["messages"]))
    heard = _understood(parts, question, today)
    return {"id": row["id"], **_credited(row, question, heard, today), **named_intents(heard, parts, "")}


def intents(row: Row, today: date) -> Row:
    """One message after the bot's last words: {id, intent, also, topic, when}."""
    context = row.get("context") or ""
    parts = (_part(row["message"]),)
    heard = _understood(parts, open_question(context), today)
    named = named_intents(heard, parts, context)
    asked = named.pop("question")
    return {"id": row["id"], **named, "topic": topic_of(asked), "when": heard.when}


def answers(row: Row, _today: date) -> Row:
    """An open answer: {id, score, evidence, flags, needs_follow_up, engine}; the score on the row's own scale."""
    question = open_question_of(row)
    parts = (_part(row["answer"]),)
    judged = _LANGUAGE.judge_answer(JudgeRequest(question=question, parts=parts))
    follow_up = _LANGUAGE.choose_follow_up(FollowUpRequest(question=question, parts=parts))
    return {
        "id": row["id"],
        "score": on_scale(judged.score, row),
        "evidence": [{"quote": span.text, "start": span.start} for span in judged.evidence],
        "flags": ["injection"] if pleas(row["answer"]) else [],
        "needs_follow_up": bool(follow_up.text) if "anchors" in row else (judged.score or 1.0) < GOOD_ENOUGH,
        "engine": _LANGUAGE.name,
    }


READERS: Final[Mapping[str, Callable[[Row, date], Row]]] = {
    "replies": replies,
    "intents": intents,
    "bursts": bursts,
    "answers": answers,
}


def on_scale(score: float | None, row: Row) -> float | None:
    """1-5, or 0 to the row's `score_max`."""
    top = row.get("score_max")
    return score if score is None or top is None else round((score - 1) / 4 * float(top), 3)


def open_question_of(row: Row) -> Question:
    """The row's question with its anchors, or with a reference of what a full answer says."""
    anchors = row.get("anchors") or {"1": "", "3": "", "5": row["reference_or_rubric"]}
    rubric = Rubric(one=anchors["1"], three=anchors["3"], five=anchors["5"])
    text = row["question"][:_LONGEST_QUESTION]
    return Question(id="q", kind=QuestionKind.OPEN, text=text, rubric=rubric, follow_ups=FollowUps(min=0, max=2))


def question_of(row: Row) -> Question:
    """The typed question of a row, as an interviewer holds it."""
    rule = row.get("rule") or {}
    kind = QuestionKind(_KINDS.get(str(row["kind"]), str(row["kind"])))
    unit = row.get("unit") or ""
    if kind is QuestionKind.MONEY and rule:
        unit = f"{rule['currency']}/{rule['period']}"
    return Question(
        id="q",
        kind=kind,
        text=row["question"],
        options=tuple(row.get("options") or ()),
        unit=unit,
        multiple=row["kind"] == "multi_choice",
        knockout=next(knockouts(row), None),
    )


def knockouts(row: Row) -> Iterator[Knockout]:
    """The rule of a row in our form; a rule over several things becomes several, all of which must hold."""
    rule = row.get("rule")
    if not rule:
        return
    match rule["op"]:
        case "contains_all":
            yield from (Knockout(op="in", value=[value]) for value in rule["value"])
        case "includes" | "includes_any":
            yield from (Knockout(op="in", value=[day]) for day in rule["days"])
        case "covers":
            yield Knockout(op="in", value=rule["days"])
        case op:
            yield Knockout(op=_OPS[op], value=rule["value"])


def decide(row: Row, question: Question, reading: Reading) -> bool | None:
    """True stays in, False is out, None: ask or a person."""
    verdicts = [meets(knockout, reading, question) for knockout in knockouts(row)]
    op = (row.get("rule") or {}).get("op", "")
    if op == "includes_any":
        return True if True in verdicts else None if None in verdicts else False
    if op == "contains_all" and {True, False} <= set(verdicts) and "language" in row["question"].casefold():
        return None
    return False if False in verdicts else None if None in verdicts or not verdicts else True


def open_question(context: str) -> Question | None:
    """The question that the bot's last words ask, if any."""
    if not context or _NO_QUESTION.search(context):
        return None
    low = context.casefold()
    options = tuple(found.strip() for found in _OPTION.findall(context))
    if len(options) > 1:
        return Question(id="q", kind=QuestionKind.CHOICE, text=context, options=options)
    kind = next((kind for kind, words in _KIND_WORDS if any(word in low for word in words)), None)
    kind = kind or (QuestionKind.OPEN if _OPEN.match(low.lstrip("¿¡ ")) else QuestionKind.YES_NO)
    return Question(id="q", kind=kind, text=context[:_LONGEST_QUESTION])


def topic_of(asked: str) -> str:
    """What a candidate's question is about; "" when nothing is asked, "other" when it is about nothing we know."""
    if not asked:
        return ""
    folded = fold(asked)
    about_chat = (
        topic for topic, patterns, _ in ABOUT_CHAT if any(re.search(rf"\b(?:{p})\b", folded) for p in patterns)
    )
    named = (topic for topic, words in _TOPICS if re.search(rf"\b(?:{words})\b", folded))
    found = next(named, "") or next(about_chat, "") or next(iter(facts.topics_asked(asked)), "")
    return _TOPIC_NAMES.get(found, found) or "other"


def _part(text: str, n: int = 0) -> SpokenPart:
    return SpokenPart(message_id=f"m{n}", text=text)


def _understood(parts: tuple[SpokenPart, ...], question: Question | None, today: date) -> Understanding:
    questions = (question,) if question else ()
    return _LANGUAGE.understand(
        UnderstandRequest(parts=parts, open_question=question, questions=questions, today=today)
    )


def _read(row: Row, question: Question, parts: tuple[SpokenPart, ...], today: date) -> Row:
    reading = _LANGUAGE.read_answer(AnswerRequest(question=question, parts=parts, today=today))
    decision: Row = {"meets_rule": decide(row, question, reading)}
    if reading.status is ReadingStatus.CLEAR:
        return {"value": reading.value, "status": None, **decision}
    return {"value": None, "status": reading.status.value, **decision}


def _credited(row: Row, question: Question, heard: Understanding, today: date) -> Row:
    parts = next((answer.parts for answer in heard.answers if answer.question_id == "q"), ())
    if not parts or question.is_open:
        return {"value": None, "status": "no_answer", "meets_rule": None}
    return _read(row, question, parts, today)


def named_intents(heard: Understanding, parts: tuple[SpokenPart, ...], context: str) -> Row:
    """The intents of a turn under the names of the annotated data, and the question that is left to answer."""
    text = " ".join(fold(part.text) for part in parts)
    main, *also = (_label(intent, text, context) for intent in (heard.main, *heard.also))
    wished = next((w for w in (tongues.language_wished(part.text, context) for part in parts) if w), "")
    if main in ("question", "answer", "repeat", "later", "skip") and (wished or _asks_for_language(text)):
        main, also = "language_switch", [each for each in also if each != "question"]
    return {
        "intent": main,
        "also": [each for each in dict.fromkeys(also) if each != main],
        "question": "" if main == "language_switch" else " ".join(heard.asked),
    }


def _label(intent: Intent, text: str, context: str) -> str:
    """The name the annotated data has for an intent of ours."""
    match intent:
        case Intent.LATER if _APPOINTMENT.search(context):
            return "reschedule"
        case Intent.SKIP if wishes.said_already(text):
            return "already_answered"
        case Intent.CORRECTION:
            return "answer"
        case Intent.ACCOMMODATION | Intent.OBJECTION:
            return "human"
        case Intent.NOISE:
            return "answer"
        case _:
            return intent.value


_OTHER_LANGUAGE: Final = re.compile(
    r"\b(?:parlez-vous|habla[ns]? (?:usted )?(?:espanol|ingles)|hablas espanol|fala (?:portugues|espanhol)|sprechen sie"
    r"|sprichst du|pale kreyol|pou nou pale|do (?:you|u|yall) speak|can (?:we|you|u|i) (?:\w+ ){0,2}(?:speak"
    r"|talk|text|do this"
    r"|continue|answer|write|have this) (?:\w+ ){0,2}in (?:spanish|french|portuguese|creole|german|chinese"
    r"|vietnamese|arabic"
    r"|polish|russian|tagalog|somali)|in (?:spanish|french|portuguese|creole|german|chinese|vietnamese|arabic"
    r"|polish|russian)"
    r"\W*(?:please|pls|plz)?\W*$|(?:english|ingles|anglais|englisch) (?:is )?(?:not|no|pas|nicht) (?:so |very "
    r"|tan )?(?:good|great"
    r"|well|bueno|bon|gut)|no (?:hablo|entiendo) (?:mucho |bien )?(?:el )?ingles|ne parle pas (?:bien )?(?:l )?anglais"
    r"|po polsku|po russki|tieng viet)\b|中文|可以吗|по-русски|español\b.{0,10}$",
)


def _asks_for_language(text: str) -> bool:
    return len(text) < 120 and bool(_OTHER_LANGUAGE.search(text))
