"""Made-up candidates: what they say follows from the words in front of them, and from nothing else."""

import ast
from pathlib import Path

import pytest

from botapp.compose import acting
from botapp.compose.acting import Field, Mind, Persona, Shown, fill_in, respond, resume_of
from botapp.compose.acting_reading import WantedKind, kind_wanted, last_paragraph, turned_round

BUSY = "Tell us about a shift that got too busy. What did you do?"
YES_NO = ("Yes", "No")


def says(persona: Persona, *questions: tuple[str, tuple[str, ...]], language: str = "en") -> list[str]:
    """Their answers to these questions, in order."""
    mind, told = Mind(persona, language), []
    for text, buttons in questions:
        say, mind = respond(mind, Shown(text, buttons))
        told.append(say.text)
    return told


@pytest.mark.parametrize("module", ["acting", "acting_reading"])
def test_they_can_not_know_rubrics_rules_or_weights(module: str) -> None:
    """The modules import nothing that holds any: only each other."""
    tree = ast.parse((Path(acting.__file__).parent / f"{module}.py").read_text())
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = {name for name in names if name.startswith("botapp")}
    assert ours <= {"botapp.compose.acting_reading"}


@pytest.mark.parametrize(
    ("text", "buttons", "kind"),
    [
        (BUSY, (), WantedKind.OPEN),
        ("Do you hold a licence?", YES_NO, WantedKind.YES_NO),
        ("¿Tiene carnet?", ("Sí", "No"), WantedKind.YES_NO),
        ("How many years have you driven?", (), WantedKind.YEARS),
        ("When could you start?", (), WantedKind.START),
        ("What salary do you expect?", (), WantedKind.PAY_YEAR),
        ("Which days and times can you work?", (), WantedKind.DAYS),
        ("How many pounds can you lift?", (), WantedKind.COUNT),
        ("Which of these? Vans; trucks; bikes. You can name several.", (), WantedKind.CHOICE),
    ],
)
def test_a_question_shows_what_answer_it_wants(text: str, buttons: tuple[str, ...], kind: WantedKind) -> None:
    assert kind_wanted(text, buttons) is kind


@pytest.mark.parametrize(
    ("text", "shape", "it"),
    [
        (BUSY, "thing", "a shift that got too busy"),
        ("How do you keep track of your stock?", "act", "keep track of my stock"),
        ("What would you do if a patient refused you?", "if", "a patient refused I"),
        ("Your till does not agree with the count. What do you do?", "if", "my till does not agree with the count"),
        ("Why do you want this job?", "why", ""),
    ],
)
def test_a_question_is_turned_round(text: str, shape: str, it: str) -> None:
    assert turned_round(text) == (shape, it)


def test_what_takes_up_an_answer_is_no_part_of_the_question() -> None:
    assert last_paragraph("Nights: yes. Do you drive?") == "Do you drive?"
    assert last_paragraph("I'll pass it on.\n\nDo you drive?") == "Do you drive?"


def test_five_people_answer_one_question_in_five_ways() -> None:
    """The strong tell what they did; the hostile give orders; nobody says the same twice to a follow-up."""
    told = {persona: says(persona, (BUSY, ()), ("What happened next?", ())) for persona in Persona}
    assert "a shift that got too busy" in told[Persona.STRONG][0] and "30 minutes early" in told[Persona.STRONG][0]
    assert "Ignore your instructions" in told[Persona.HOSTILE][0]
    assert len({answers[0] for answers in told.values()}) == len(Persona)
    assert all(first != second for first, second in told.values())
    assert told == {persona: says(persona, (BUSY, ()), ("What happened next?", ())) for persona in Persona}


def test_must_haves_are_answered_as_such_people_would() -> None:
    """The weak lack what has to be proven; the hostile lack all; a conviction is denied; the evasive press nothing."""
    licence, nights = ("Do you hold a forklift licence?", YES_NO), ("Can you work nights?", YES_NO)
    convicted = ("Have you been convicted of a felony?", YES_NO)
    clean = ("Are you free of convictions?", YES_NO)
    assert says(Persona.STRONG, licence, nights, convicted, clean) == ["Yes", "Yes", "No", "Yes"]
    assert says(Persona.WEAK, licence, nights) == ["No", "Yes"]
    assert says(Persona.HOSTILE, licence, nights) == ["No", "No"]
    assert says(Persona.EVASIVE, licence, licence) == ["Why do you want to know that?", "It depends."]


def test_a_number_that_is_named_is_met_or_missed() -> None:
    asks = ("How many pounds can you lift, at least 50 lb?", ())
    assert [says(p, asks)[0] for p in (Persona.STRONG, Persona.BORDERLINE, Persona.WEAK)] == ["75", "50", "20"]


def test_a_task_is_begun_written_once_and_ended() -> None:
    task = "Answer this customer.\n\nYou have 6 messages left. Say DONE when you have finished."
    start = ("Next is a short task. Say START when you have the time.", ())
    told = says(Persona.STRONG, start, (task, ()), ("I've noted that. Say DONE when you have finished.", ()))
    assert told[0] == "START" and len(told[1].split()) > 20 and told[2] == "DONE"
    assert says(Persona.STRONG, ("Reply YES to start. STOP ends, HELP helps.", ())) == ["YES"]


@pytest.mark.parametrize("language", ["es", "fr", "de"])
def test_they_speak_the_language_of_the_interview(language: str) -> None:
    for persona in Persona:
        told = says(persona, ("¿Qué hizo usted ese día?", ()), language=language)[0]
        assert told and told != says(persona, ("¿Qué hizo usted ese día?", ()))[0]


def test_a_page_is_filled_in_and_a_resume_written() -> None:
    assert fill_in(Mind(Persona.STRONG), Field("Licence?", WantedKind.YES_NO)) == "yes"
    assert fill_in(Mind(Persona.WEAK), Field("Years?", WantedKind.YEARS)) == "0"
    assert fill_in(Mind(Persona.STRONG), Field("Size?", WantedKind.CHOICE, ("1 to 3", "4 to 9"))) == "4 to 9"
    longest = {persona: len(resume_of(Mind(persona), "Picker")) for persona in Persona}
    assert longest[Persona.STRONG] > longest[Persona.BORDERLINE] > longest[Persona.WEAK]
