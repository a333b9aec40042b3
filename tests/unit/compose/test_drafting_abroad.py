"""Adverts in Spanish, French and German get an interviewer in their language: lawful, with their own words as proof."""

from datetime import date

import pytest

from botapp.compose.drafting import draft_interviewer
from botapp.compose.lawful import protected_topic
from botapp.compose.lint import lint
from botapp.compose.tongue_packs import SPOKEN, language_of, load_pack
from botapp.llm import DraftRequest
from botapp.screening.interviewer import Interviewer, Question

SPANISH = """Mozo/a de almacén

Empresa: Frutas del Sur
Ubicación: Valencia
Horario: de lunes a viernes de 6:00 a 14:00
Contrato: indefinido

Requisitos:
- Mayor de 18 años
- Carnet de conducir B en vigor
- Mínimo 2 años de experiencia como mozo de almacén
- Disponibilidad para trabajar los fines de semana
- Capacidad para cargar cajas de 20 kg
- Buena presencia
- Nacionalidad española
- Trabajo en equipo y puntualidad
- Se valorará inglés nivel medio

Ofrecemos:
- Salario de 1.400 € al mes
- Seguro médico
"""
FRENCH = """Préparateur de commandes (H/F)

Chez Logibleu, nous recrutons un préparateur de commandes pour notre site de Lyon.

Profil :
- CACES 1 obligatoire
- Expérience de 1 an minimum en logistique
- Disponible le samedi
- Anglais courant
- Situation familiale à préciser
- Rigueur et esprit d'équipe
- Le permis B serait un plus

Avantages :
- 12,50 € brut de l'heure
- Mutuelle et tickets restaurant
- Contrat en CDI
"""
GERMAN = """# Pflegefachkraft (m/w/d)

Die Sonnenhof Pflege GmbH sucht ab sofort Verstärkung für das Pflegeheim in Kassel.

## Ihr Profil

- abgeschlossene Ausbildung zur Pflegefachkraft
- Führerschein Klasse B
- mindestens zwei Jahre Berufserfahrung in der Altenpflege
- Bereitschaft zum Schichtdienst und zur Arbeit am Wochenende
- gute Deutschkenntnisse (B2)
- Alter zwischen 20 und 35 Jahren
- Teamfähigkeit
- Erfahrung in der Palliativpflege ist wünschenswert

## Wir bieten

- 3.600 € brutto im Monat
- 30 Tage Urlaub
- unbefristeter Vertrag
"""


def drafted(text: str, instructions: str = "") -> Interviewer:
    result = draft_interviewer(DraftRequest(text=text, instructions=instructions, today=date(2026, 11, 22)))
    assert result.draft is not None, result.problem
    return result.draft


def knockouts(draft: Interviewer) -> list[Question]:
    return [question for question in draft.questions() if question.knockout]


def test_a_spanish_advert_is_asked_in_spanish_with_the_right_rules() -> None:
    draft = drafted(SPANISH)
    assert (draft.language, draft.title, draft.company) == ("es", "Mozo/a de almacén", "Frutas del Sur")
    assert [(q.text, q.knockout.value) for q in knockouts(draft) if q.knockout] == [
        ("¿Tiene al menos 18 años?", True),
        ("¿Puede trabajar los fines de semana?", True),
        ("¿Tiene carnet de conducir B en vigor?", True),
        ("¿Puede levantar 20 kg, con o sin ajustes razonables?", True),
        ("¿Cuántos años de experiencia tiene como mozo de almacén?", 2),
    ]


def test_a_french_advert_is_asked_in_french_with_the_right_rules() -> None:
    draft = drafted(FRENCH)
    assert (draft.language, draft.title, draft.company) == ("fr", "Préparateur de commandes", "Logibleu")
    assert [q.text for q in knockouts(draft)] == [
        "Pouvez-vous travailler le samedi ?",
        "Avez-vous le titre suivant : CACES 1 ?",
        "Avez-vous un niveau courant en anglais ?",
        "Combien d'années d'expérience avez-vous en logistique ?",
    ]


def test_a_german_advert_is_asked_in_german_with_the_right_rules() -> None:
    draft = drafted(GERMAN)
    assert (draft.language, draft.title, draft.company) == ("de", "Pflegefachkraft", "Sonnenhof Pflege GmbH")
    assert [q.text for q in knockouts(draft)] == [
        "Können Sie im Schichtdienst und am Wochenende arbeiten?",
        "Haben Sie einen gültigen Führerschein der Klasse B?",
        "Haben Sie Folgendes: abgeschlossene Ausbildung zur Pflegefachkraft?",
        "Haben Sie gute Deutschkenntnisse (B2)?",
        "Wie viele Jahre Berufserfahrung haben Sie in der Altenpflege?",
    ]


@pytest.mark.parametrize("text", [SPANISH, FRENCH, GERMAN], ids=SPOKEN)
def test_what_is_preferred_or_protected_knocks_nobody_out_and_is_not_asked(text: str) -> None:
    draft = drafted(text)
    said = " ".join(f"{q.text} {' '.join(q.options)}" for q in draft.questions()).lower()
    for word in ("presencia", "nacionalidad", "familiale", "alter", "20 und 35"):
        assert word not in said.split() and f" {word}" not in said
    for question in knockouts(draft):
        assert not any(word in question.provenance.quote for word in ("valorará", "serait un plus", "wünschenswert"))
    assert not [finding for finding in lint(draft) if finding.level == "refuse"]


@pytest.mark.parametrize(
    ("text", "pay", "place"),
    [(SPANISH, "1.400", "Valencia"), (FRENCH, "12,50", "Lyon"), (GERMAN, "3.600", "Kassel")],
    ids=SPOKEN,
)
def test_facts_are_told_with_the_words_of_the_text(text: str, pay: str, place: str) -> None:
    draft = drafted(text)
    answers = {fact.topic: fact.answer for fact in reversed(draft.facts)}
    assert pay in answers["pay"] and place in answers["location"]
    assert {"contract", "benefits"} <= answers.keys()
    folded = " ".join(text.split())
    assert all(fact.quote in folded for fact in draft.facts)


@pytest.mark.parametrize("text", [SPANISH, FRENCH, GERMAN], ids=SPOKEN)
def test_what_is_no_yes_or_no_is_named_in_an_open_question(text: str) -> None:
    draft = drafted(text)
    said = " ".join(q.text for q in draft.questions() if q.is_open).lower()
    assert any(
        word in said for word in ("trabajo en equipo y puntualidad", "rigueur et esprit d'équipe", "teamfähigkeit")
    )
    assert len(draft.questions()) <= 8
    assert all(q.rubric for q in draft.questions() if q.is_open)


def test_wishes_in_english_hold_for_an_advert_in_another_language() -> None:
    draft = drafted(FRENCH, "resume first, then text chat, max 4 questions")
    assert [stage.kind.value for stage in draft.stages] == ["resume", "chat"]
    assert len(draft.questions()) <= 4


def test_a_text_of_job_words_alone_has_no_role() -> None:
    said = "Buscamos personas con ganas de trabajar en nuestro equipo. Ofrecemos un buen ambiente para todos."
    assert draft_interviewer(DraftRequest(text=said, today=date(2026, 11, 22))).draft is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SPANISH, "es"),
        (FRENCH, "fr"),
        (GERMAN, "de"),
        ("Barista at La Casa del Café. We need a barista with one year of experience and a food card.", "en"),
        ("Forklift driver, Lyon", "en"),
    ],
)
def test_the_language_is_that_of_most_telling_words(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("language", SPOKEN)
def test_no_sentence_of_a_pack_asks_what_is_protected(language: str) -> None:
    pack = load_pack(language)
    asks = [rule.ask for rule in pack.needs if rule.about != "age"] + [theme.text for theme in pack.themes]
    assert not [ask for ask in asks if protected_topic(ask)]
    assert len(asks) > 15


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("¿Cuál es su nacionalidad?", "origin"),
        ("¿Tiene hijos?", "children and family"),
        ("Se busca mujer de 20 a 30 años", "age"),
        ("Buena presencia", "looks"),
        ("Quel âge avez-vous ?", "age"),
        ("Êtes-vous enceinte ?", "pregnancy"),
        ("Quelle est votre situation familiale ?", "children and family"),
        ("Welche Staatsangehörigkeit haben Sie?", "origin"),
        ("Sind Sie schwanger?", "pregnancy"),
        ("Deutsch als Muttersprache", "first language"),
        ("nur männliche Bewerber", "sex or gender"),
    ],
)
def test_protected_questions_are_known_in_their_language(text: str, topic: str) -> None:
    found = protected_topic(text)
    assert found is not None and found.topic == topic


@pytest.mark.parametrize(
    "text",
    [
        "¿Tiene al menos 18 años?",
        "Avez-vous au moins 18 ans ?",
        "Sind Sie mindestens 18 Jahre alt?",
        "Haben Sie gute Deutschkenntnisse?",
        "¿Está autorizado a trabajar en España?",
        "Avez-vous le permis B ?",
        "Erfahrung in der Kinderkrankenpflege",
    ],
)
def test_the_lawful_core_may_be_asked_in_their_language(text: str) -> None:
    assert protected_topic(text) is None
