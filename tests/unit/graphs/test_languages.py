"""A conversation in four languages: switched on request, offered once, and each language all the way through."""

from dataclasses import replace

import pytest

from botapp.engines.rules import RulesLanguage
from botapp.graphs.interview.help_lines import emergency_number, help_line
from botapp.graphs.interview.values import acknowledgement
from botapp.graphs.interview.when import later, said_moment
from botapp.llm import FollowUp, Translation
from botapp.screening.interview import Reading, ReadingStatus
from botapp.screening.interviewer import Question, QuestionKind
from tests.support.scripted_language import ScriptedLanguage
from tests.unit.graphs.talk import BUSY, LICENCE, NIGHTS, NOW, YEARS, Talk, interview, invited


def begun(language: str = "en", **fields: object) -> Talk:
    talk = interview(NIGHTS, YEARS, BUSY, language=RulesLanguage())
    role = talk.context.interviewer.model_copy(update={"language": language})
    talk.context = replace(talk.context, interviewer=role, **fields)
    return talk.happens("joined")


@pytest.mark.parametrize(
    ("wish", "language", "said", "after"),
    [
        ("en español por favor", "es", "Claro, seguimos en español. Soy un asistente automático", "Sí, anotado."),
        ("can we do this in French?", "fr", "Bien sûr, continuons en français.", "Oui, c'est noté."),
        ("auf Deutsch bitte", "de", "Natürlich, weiter auf Deutsch.", "Ja, notiert."),
    ],
)
def test_a_wish_switches_at_once(wish: str, language: str, said: str, after: str) -> None:
    """The fixed sentences change in the same message; the question stays, and that is said honestly."""
    talk = begun().says(wish)
    assert talk.memory["language"] == language
    assert talk.reply.startswith(said)
    assert "Can you work night shifts?" in talk.reply
    assert {"es": "inglés", "fr": "anglais", "de": "Englisch"}[language] in talk.reply
    assert talk.effects("answer_saved") == []
    yes = {"es": "sí claro", "fr": "oui bien sûr", "de": "ja klar"}[language]
    assert talk.says(yes).reply.startswith(after)


def test_a_switch_and_an_answer_in_one_message_count_both() -> None:
    """Nothing that was said is lost."""
    talk = begun().says("auf Deutsch bitte", "ja, Nachtschicht geht")
    assert talk.memory["language"] == "de"
    assert talk.memory["answers"]["q1"]["reading"]["value"] is True


def test_back_to_the_language_of_the_questions() -> None:
    """No note about other languages then."""
    talk = begun().says("en español por favor").says("English please")
    assert talk.memory["language"] == "en"
    assert talk.reply.startswith("Of course, in English.")
    assert "themselves are in" not in talk.reply


def test_another_language_is_offered_once_and_never_forced() -> None:
    """After two messages in it; the word alone takes it."""
    talk = begun()
    talk.says("Sí, puedo trabajar por la noche y no tengo problema con el turno")
    assert "ESPAÑOL" not in talk.reply
    talk.says("Trabajé en un almacén de la empresa por dos años y medio")
    assert "¿Prefiere seguir en español? Diga ESPAÑOL." in talk.reply
    assert talk.memory["language"] == ""
    talk.says("Era una noche muy difícil y no había nadie, pero la terminamos con mi jefe")
    assert "ESPAÑOL" not in talk.reply
    assert talk.says("español").memory["language"] == "es"


def test_a_language_named_in_an_answer_is_no_wish() -> None:
    """Only whoever asks for it gets it."""
    talk = begun().says("I can do nights, and I speak Spanish and German with my customers")
    assert talk.memory["language"] == ""
    assert talk.says("Spanish").memory["language"] == "es"


def test_an_invitation_is_repeated_in_the_language_asked_for() -> None:
    """By text, before anything has begun."""
    talk = invited(NIGHTS, language=RulesLanguage()).says("en español por favor")
    assert talk.memory["status"] == "invited"
    assert "Responda S" in talk.replies[-1]
    assert talk.says("Sí").memory["status"] == "in_progress"


@pytest.mark.parametrize(
    ("language", "talk_of"),
    [
        (
            "es",
            ["no entiendo la pregunta", "sí", "unos dos años y medio", "¿es usted un robot?", "más tarde", "seguir"],
        ),
        ("fr", ["je ne comprends pas", "oui", "deux ans et demi", "êtes-vous un robot ?", "plus tard", "continuer"]),
        ("de", ["ich verstehe die Frage nicht", "ja", "zweieinhalb Jahre", "sind Sie ein Bot?", "später", "weiter"]),
    ],
)
def test_a_talk_goes_on_in_one_language(language: str, talk_of: list[str]) -> None:
    """Rephrased, read, answered, put off and taken up again without a word of English but the questions."""
    talk = begun(language)
    for words in talk_of:
        talk.says(words)
        assert talk.replies, words
        own = " ".join(talk.replies)
        for question in (NIGHTS, YEARS, BUSY):
            own = own.replace(question.text, "").replace(question.topic, "")
        for english in (" you ", " your ", " the ", "Noted", "thank you", "Let's", " noted"):
            assert english not in own, own
    assert talk.memory["answers"]["q1"]["reading"]["value"] is True
    assert talk.memory["answers"]["q2"]["reading"]["value"] == 2.5
    assert talk.memory["status"] == "in_progress"


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("mañana a las 6", "Tue 18:00"),
        ("mañana por la mañana", "Tue 09:00"),
        ("pasado mañana", "Wed 10:00"),
        ("dentro de dos horas", "Mon 12:00"),
        ("el viernes a las 9", "Fri 09:00"),
        ("demain à 18h", "Tue 18:00"),
        ("demain matin", "Tue 09:00"),
        ("vendredi à 9h30", "Fri 09:30"),
        ("ce soir", "Mon 19:00"),
        ("morgen um 18 Uhr", "Tue 18:00"),
        ("morgen Nachmittag", "Tue 15:00"),
        ("morgen früh", "Tue 09:00"),
        ("in einer halben Stunde", "Mon 10:30"),
        ("nächste Woche", "Mon 10:00"),
    ],
)
def test_later_is_read_in_every_language(words: str, when: str) -> None:
    assert f"{later(words, NOW, 'UTC'):%a %H:%M}" == when


def test_a_moment_is_said_in_the_language() -> None:
    """With its own names of days and months."""
    friday = later("friday at 9", NOW, "UTC")
    assert said_moment(friday, NOW, "es") == "el viernes 8 de mayo a las 09:00"
    assert said_moment(friday, NOW, "fr") == "vendredi 8 mai à 09:00"
    assert said_moment(friday, NOW, "de") == "am Freitag, 8. Mai um 09:00"


@pytest.mark.parametrize(
    ("zone", "language", "number", "emergency"),
    [
        ("America/Chicago", "en", "988", "911"),
        ("America/Indiana/Knox", "es", "988", "911"),
        ("America/Toronto", "fr", "988", "911"),
        ("Europe/London", "en", "116 123", "999"),
        ("Europe/Dublin", "en", "116 123", "112"),
        ("Europe/Madrid", "es", "024", "112"),
        ("Atlantic/Canary", "es", "024", "112"),
        ("Europe/Paris", "fr", "3114", "112"),
        ("Europe/Berlin", "de", "0800 111 0 111", "112"),
        ("America/Mexico_City", "es", "800 911 2000", "911"),
        ("Europe/Warsaw", "en", "findahelpline.com", "112"),
        ("Asia/Tokyo", "en", "findahelpline.com", "your local emergency number"),
        ("UTC", "de", "0800 111 0 111", "örtliche Notrufnummer"),
        ("UTC", "en", "988", "your local emergency number"),
    ],
)
def test_distress_names_the_help_of_the_place(zone: str, language: str, number: str, emergency: str) -> None:
    """A fixed caring reply, a pause and an alert; the line where they are."""
    words = {"en": "I want to kill myself", "es": "quiero morirme", "fr": "je veux mourir", "de": "ich will sterben"}
    talk = begun(language, zone=zone).says(words[language])
    assert number in talk.reply and emergency in talk.reply, talk.reply
    assert talk.memory["waiting_for"] == "person"
    assert "distress" in str(talk.effect("alert"))
    assert "?" not in talk.reply.replace("¿", "")


def test_a_zone_nobody_knows_has_no_number_of_its_own() -> None:
    assert (help_line("Mars/Base", "en"), emergency_number("Mars/Base")) == ("elsewhere", "")


def test_abuse_gets_one_calm_line_then_a_person() -> None:
    """The second time only the question; the third time it pauses and the team is told."""
    talk = begun()
    assert talk.says("you are an idiot").reply.startswith("Let's keep this civil.")
    assert talk.says("stupid idiots").reply == "Can you work night shifts?"
    talk.says("fuck you")
    assert "I'm stopping here for now" in talk.reply
    assert talk.memory["waiting_for"] == "person"
    assert "abusive" in str(talk.effect("alert"))
    assert talk.says("hello?").replies == []


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("wrong number", "wrong_person"),
        ("numéro erroné", "wrong_person"),
        ("número equivocado", "wrong_person"),
        ("falsche Nummer", "wrong_person"),
        ("not interested", "not_interested"),
        ("no me interesa", "not_interested"),
        ("kein Interesse", "not_interested"),
    ],
)
def test_who_leaves_is_let_go(words: str, intent: str) -> None:
    talk = begun().says(words)
    assert (talk.memory["status"], talk.memory["outcome"]) == ("ended", intent)


def test_a_stop_is_confirmed_in_its_own_language() -> None:
    """ "ALTO" in an English interview."""
    assert begun().says("ALTO").reply.startswith("Lo dejo aquí y no volveré a escribirle.")


def test_what_was_not_understood_is_put_otherwise() -> None:
    """Not the same words again."""
    talk = begun().says("yes").says("I don't understand")
    assert "How long have you picked orders?" not in talk.reply
    assert talk.reply.startswith("Of course, let me put it another way. About how many years or months")


def test_a_must_have_that_is_not_met_ends_in_their_language() -> None:
    talk = interview(LICENCE, language=RulesLanguage())
    talk.context = replace(talk.context, interviewer=talk.context.interviewer.model_copy(update={"language": "es"}))
    talk.happens("joined").says("no")
    assert "requisito fijo" in talk.reply and talk.memory["outcome"] == "knocked_out"


def test_an_engine_that_can_puts_the_questions_in_their_language() -> None:
    """Then nothing is said of the language they were written in; what leaks a rubric is not taken."""
    language = ScriptedLanguage()
    language.translations += [
        Translation(text="¿Puede trabajar por la noche?"),
        Translation(text="¿Cuánto tiempo ha preparado pedidos?"),
        Translation(text="Hábleme de un turno; cita un ejemplo con su resultado según la rúbrica."),
    ]
    talk = interview(NIGHTS, YEARS, BUSY, language=language).happens("joined").says("en español por favor")
    assert talk.reply.endswith("\n\n¿Puede trabajar por la noche? Basta con un sí o un no.")
    assert "Las preguntas están" not in talk.reply
    talk.presses("q1:yes")
    assert talk.reply == "Sí, anotado. ¿Cuánto tiempo ha preparado pedidos?"
    talk.says("2 years")
    assert BUSY.text in talk.reply and "rúbrica" not in talk.reply


def test_a_follow_up_in_another_language_is_not_asked() -> None:
    """An engine without their language gives way to neutral words in it."""
    language = ScriptedLanguage()
    language.follow_ups.append(FollowUp(text="Could you tell me more about that, with one real example?"))
    talk = interview(BUSY, language=language)
    talk.context = replace(talk.context, interviewer=talk.context.interviewer.model_copy(update={"language": "de"}))
    talk.happens("joined").says("Ich habe an dem Abend die Leute eingeteilt und es ging gut")
    assert "Können Sie mir dafür ein Beispiel nennen?" in talk.reply


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (QuestionKind.MONEY, {"amount": 19.5, "period": "hour", "currency": "EUR"}, "19,50 € por hora, anotado."),
        (
            QuestionKind.MONEY,
            {"min": 900, "max": 1200, "period": "biweek"},
            "De 900 a 1.200 cada dos semanas, anotado.",
        ),
        (QuestionKind.DURATION, 2.5, "2,5 años, anotado."),
        (QuestionKind.DURATION, 0.5, "Medio año, anotado."),
        (QuestionKind.DATE, "2026-06-01", "El lunes 1 de junio, anotado."),
        (QuestionKind.DATE, "2026-06", "Junio de 2026, anotado."),
        (QuestionKind.CHOICE, ["Mañana", "Tarde"], "Mañana y Tarde, anotado."),
        (QuestionKind.YES_NO, False, "Sábados: no."),
        (QuestionKind.AVAILABILITY, {"days": "any"}, "Anotado."),
    ],
)
def test_values_are_said_back_as_that_language_writes_them(kind: QuestionKind, value: object, said: str) -> None:
    options = ("Mañana", "Tarde") if kind is QuestionKind.CHOICE else ()
    topic = "sábados" if kind is QuestionKind.YES_NO else ""
    question = Question(id="q1", kind=kind, text="¿Y bien?", topic=topic, options=options)
    assert acknowledgement(question, Reading(status=ReadingStatus.CLEAR, value=value), "es") == said
