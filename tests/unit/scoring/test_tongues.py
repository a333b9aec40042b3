"""Which language is asked for and which is written, and what short words in each ask for."""

from datetime import date

import pytest

from botapp.llm import AnswerRequest
from botapp.llm.tasks import Intent
from botapp.scoring.intents.tongues import language_of, language_wished, short_wish
from botapp.scoring.reading import read_answer
from botapp.screening.interview import SpokenPart
from botapp.screening.interviewer import Question, QuestionKind

TODAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("en español por favor", "es"),
        ("¿podemos hablar en español?", "es"),
        ("No hablo inglés, perdón", "es"),
        ("Spanish please", "es"),
        ("do you speak spanish?", "es"),
        ("can we do this in French", "fr"),
        ("peut-on continuer en français ?", "fr"),
        ("je ne parle pas anglais", "fr"),
        ("auf Deutsch bitte", "de"),
        ("können wir das auf Deutsch machen?", "de"),
        ("switch to German", "de"),
        ("in English please", "en"),
        ("Deutsch", "de"),
        ("I speak Spanish with my customers", ""),
        ("I can speak to customers in Spanish", ""),
        ("I worked in German restaurants", ""),
        ("I can do the work in French", ""),
        ("je parle français et anglais", ""),
        ("Spanish and French", ""),
        ("yes", ""),
    ],
)
def test_a_wish_for_a_language(text: str, language: str) -> None:
    assert language_wished(text, "Do you have a licence?") == language


def test_a_bare_language_may_be_the_answer() -> None:
    """To a question about languages it is one, unless the switch was just offered."""
    asked = "Which languages do you speak?"
    assert language_wished("Spanish", asked) == ""
    assert language_wished("Spanish", asked, offered=True) == "es"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Trabajé tres años en un almacén y me gusta el trabajo", "es"),
        ("J'ai travaillé trois ans dans un entrepôt", "fr"),
        ("Ich habe drei Jahre im Lager gearbeitet und kann Stapler fahren", "de"),
        ("I have worked in a warehouse for three years and I like it", "en"),
        ("sí", ""),
        ("no", ""),
        ("Forklift 45k Chicago", ""),
        ("hello hola bonjour hallo ciao", ""),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("PERSONA", Intent.HUMAN),
        ("personne", Intent.HUMAN),
        ("Mensch bitte", Intent.HUMAN),
        ("LUEGO", Intent.LATER),
        ("plus tard", Intent.LATER),
        ("später", Intent.LATER),
        ("ahora no, mañana a las 6", Intent.LATER),
        ("pas maintenant, demain à 18h", Intent.LATER),
        ("jetzt nicht, morgen um 18 Uhr", Intent.LATER),
        ("SKIP", Intent.SKIP),
        ("saltar", Intent.SKIP),
        ("passer", Intent.SKIP),
        ("überspringen", Intent.SKIP),
        ("¿qué quiere decir?", Intent.REPEAT),
        ("je n'ai pas compris", Intent.REPEAT),
        ("ich verstehe die Frage nicht", Intent.REPEAT),
        ("numéro erroné", Intent.WRONG_PERSON),
        ("no quiero que me evalúe una máquina", Intent.OBJECTION),
        ("je ne veux pas être évalué par une machine", Intent.OBJECTION),
        ("Ich möchte nicht, dass eine Maschine mich bewertet", Intent.OBJECTION),
        ("je n'ai pas de permis", None),
        ("ich habe nicht viel Erfahrung", None),
        ("mañana puedo empezar", None),
        ("una persona me ayudó con la carga", None),
        ("nein", None),
        ("yes", None),
    ],
)
def test_short_wishes(text: str, intent: Intent | None) -> None:
    assert short_wish(text) is intent


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (QuestionKind.YES_NO, "claro que sí", True),
        (QuestionKind.YES_NO, "bien sûr", True),
        (QuestionKind.YES_NO, "leider nicht", False),
        (QuestionKind.DURATION, "dos años y medio", 2.5),
        (QuestionKind.DURATION, "trois ans et demi", 3.5),
        (QuestionKind.DURATION, "zweieinhalb Jahre", 2.5),
        (QuestionKind.NUMBER, "unos veinte", 20),
        (QuestionKind.NUMBER, "une vingtaine", 20),
        (QuestionKind.NUMBER, "zwanzig", 20),
        (QuestionKind.DATE, "el 3 de junio", "2026-06-03"),
        (QuestionKind.DATE, "dans deux semaines", "2026-05-18"),
        (QuestionKind.DATE, "ab sofort", "2026-05-04"),
        (QuestionKind.CHOICE, "la segunda", "Evening"),
        (QuestionKind.CHOICE, "le soir", "Evening"),
        (QuestionKind.CHOICE, "die zweite", "Evening"),
    ],
)
def test_typed_answers_are_read_in_every_language(kind: QuestionKind, text: str, value: object) -> None:
    options = ("Morning", "Evening", "Night") if kind is QuestionKind.CHOICE else ()
    question = Question(id="q1", kind=kind, text="Tell me", topic="it", options=options)
    parts = (SpokenPart(message_id="m1", text=text),)
    assert read_answer(AnswerRequest(question=question, parts=parts, today=TODAY)).value == value
