"""The simulated candidates: what they take a question for, what they say, and that they know nothing else."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from botapp.entrypoints import demo
from botapp.entrypoints.demo.answering import (
    PERSONAS,
    Button,
    Habit,
    Mind,
    Persona,
    Reply,
    Shown,
    begin,
    kind_of,
    respond,
)
from botapp.entrypoints.demo.bank import GENERIC, Strength, load_bank

STRONG, MIDDLING, WEAK = PERSONAS
YES_NO = (Button("Yes", "q1:yes"), Button("No", "q1:no"))
PICK_FAST = "Tell us about a time you had to work fast with orders and still get it right. How did you avoid mistakes?"


def without_habits(persona: Persona) -> Persona:
    return replace(persona, habits=frozenset())


def say(persona: Persona, *asked: Shown, title: str = "Night Order Picker") -> tuple[list[Reply], Mind]:
    """The persona's replies to these messages in turn."""
    mind, replies = begin(persona, title), []
    for shown in asked:
        reply, mind = respond(mind, shown, load_bank())
        replies.append(reply)
    return replies, mind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many years of experience do you have in a warehouse?", "years"),
        ("How long have you worked as a nurse?", "years"),
        ("When could you start?", "start"),
        ("What is your notice period?", "start"),
        ("What pay are you looking for, per hour?", "pay"),
        ("Which days can you work?", "availability"),
        ("How far do you live from the depot, in miles?", "count"),
        ("Please upload your resume.", "file"),
        ("Which of these have you driven? Vans; trucks; buses. You can name several.", "list"),
        (PICK_FAST, "open"),
        ("How did it turn out?", "open"),
        ("What made you do it that way?", "open"),
    ],
)
def test_kind_of_question(question: str, kind: str) -> None:
    """A question is taken for what a person would take it for."""
    assert kind_of(question, ()) == kind


def test_buttons_decide_the_kind() -> None:
    """Where there are buttons, the words don't matter."""
    assert kind_of("How many years do you have?", YES_NO) == "button"


@pytest.mark.parametrize(
    ("persona", "text", "pressed"), [(STRONG, "Yes", True), (MIDDLING, "Yes, I do", False), (WEAK, "yes", False)]
)
def test_yes_in_their_own_way(persona: Persona, text: str, pressed: bool) -> None:
    """One presses the button, the others write."""
    (reply,), _ = say(without_habits(persona), Shown("Do you have a driving licence?", YES_NO, 0, 5))
    assert reply.says[0].text == text
    assert (reply.says[0].button == YES_NO[0]) is pressed


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Have you ever been convicted of a felony?", "No"),
        ("Will you need visa sponsorship?", "No"),
        ("Do you require sponsorship to work here?", "No"),
        ("Can you work weekends?", "Yes"),
    ],
)
def test_no_where_no_is_the_good_answer(question: str, answer: str) -> None:
    """Some questions are better answered with no."""
    (reply,), _ = say(STRONG, Shown(question, YES_NO, 0, 5))
    assert reply.says[0].text == answer


@pytest.mark.parametrize(("persona", "label"), [(STRONG, "5 or more"), (MIDDLING, "2 to 4"), (WEAK, "under 2")])
def test_a_choice_by_size(persona: Persona, label: str) -> None:
    """Options with figures are chosen by strength."""
    buttons = tuple(Button(text, text) for text in ("under 2", "2 to 4", "5 or more"))
    (reply,), _ = say(without_habits(persona), Shown("How many?", buttons, 0, 5))
    assert reply.says[0].text == label


def test_a_choice_without_figures_avoids_none() -> None:
    """Nobody picks “none of these” when there is something else."""
    buttons = tuple(Button(text, text) for text in ("None of these", "Class A", "Class B"))
    (reply,), _ = say(STRONG, Shown("Which licence do you hold?", buttons, 0, 5))
    assert reply.says[0].text == "Class A"


def test_options_in_the_text() -> None:
    """Options without buttons are named from the text."""
    (reply,), _ = say(STRONG, Shown("Which have you driven? Vans; trucks; buses. You can name several.", (), 0, 5))
    assert reply.says[0].text == "Vans and trucks"


def test_what_stands_before_the_question_is_not_the_question() -> None:
    """An answer about pay, and then the question again: only the question is answered."""
    (reply,), _ = say(STRONG, Shown("The pay is 20 an hour. Start in May.\n\nCan you work nights?", YES_NO, 0, 5))
    assert reply.says[0].text == "Yes"


def test_a_burst() -> None:
    """The strong one sends the first open answer in two messages, and only that one."""
    (first, second), mind = say(
        STRONG, Shown(PICK_FAST, (), 0, 5), Shown("Tell us about an unhappy customer. What did you do?", (), 1, 5)
    )
    assert (len(first.says), len(second.says)) == (2, 1)
    assert mind.habits_shown == (Habit.BURST,)


def test_pay_is_asked_in_the_middle_and_the_question_answered_after() -> None:
    """An aside takes one message; then the open question gets its answer."""
    question = Shown(PICK_FAST, (), 2, 5)
    (aside, answer), mind = say(WEAK, question, replace(question, text=f"20 an hour.\n\n{PICK_FAST}"))
    assert (aside.source, "pay" in aside.says[0].text) == ("aside", True)
    assert answer.source == "accuracy under speed"
    assert mind.habits_shown == (Habit.ASKS_PAY,)


def test_a_correction_follows_free_wording() -> None:
    """The middling one says it loosely first and corrects it when the next question comes."""
    (years, correction, answer), mind = say(
        MIDDLING,
        Shown("How many years of experience do you have?", (), 0, 5),
        Shown(PICK_FAST, (), 1, 5),
        Shown(PICK_FAST, (), 1, 5),
    )
    assert years.says[0].text == "about two and a half yrs"
    assert "three years" in correction.says[0].text
    assert answer.source == "accuracy under speed"
    assert set(mind.habits_shown) == {Habit.FREE_WORDS, Habit.CORRECTS}


def test_plain_when_not_understood() -> None:
    """The same question again: they say it plainly."""
    question = Shown("How many years of experience do you have?", (), 0, 5)
    (first, second), _ = say(MIDDLING, question, replace(question, text="I didn't catch that. How many years?"))
    assert (first.says[0].text, second.says[0].text) == ("about two and a half yrs", "2.5 years")


def test_follow_ups_stay_on_the_topic_until_it_is_told() -> None:
    """Each follow-up gets the next line of the story; then come generic ones."""
    replies, _ = say(
        without_habits(WEAK), Shown(PICK_FAST, (), 0, 5), *(Shown("How did it turn out?", (), 0, 5) for _ in range(3))
    )
    topic = "accuracy under speed"
    assert [r.source for r in replies] == [topic, topic, GENERIC, GENERIC]
    assert len({r.says[0].text for r in replies}) == 4


def test_a_topic_is_told_once() -> None:
    """A second question on the same subject gets another story, generic if need be."""
    (first, second), _ = say(without_habits(STRONG), Shown(PICK_FAST, (), 0, 5), Shown(PICK_FAST, (), 1, 5))
    assert first.says[0].text != second.says[0].text


def test_an_unknown_subject_is_generic() -> None:
    """A question that fits no topic is answered, and counted as generic."""
    (reply,), _ = say(without_habits(STRONG), Shown("What is the capital of your heart?", (), 0, 5))
    assert reply.source == GENERIC


@pytest.mark.parametrize(
    ("title", "question", "topic"),
    [
        ("Barista", "There is a line, and a drink has come back as wrong. What do you do?", "coffee and food"),
        ("Staff Nurse", "Tell us about a patient whose condition got worse. What did you do?", "nursing"),
        ("CDL Driver", "What do you check on your truck before a route in bad weather?", "driving"),
        ("Site Reliability Engineer", "Tell us about an outage in production.", "incidents in software"),
        ("Accountant", "Tell us about a reconciliation that did not balance.", "accounts"),
        ("Night Order Picker", "Tell us about a time you saw something unsafe at work.", "safety"),
    ],
)
def test_topic_by_words_and_job(title: str, question: str, topic: str) -> None:
    """The words of the question choose the story; some stories belong to some jobs."""
    assert load_bank().topic(question, title, ()).name == topic


def test_every_topic_has_lines_for_everybody() -> None:
    """No strength is left without words, and no two lines are the same."""
    bank = load_bank()
    for strength in Strength:
        lines = [line for topic in (*bank.topics, bank.generic) for line in topic.lines[strength]]
        assert all(topic.lines[strength] for topic in bank.topics)
        assert len(lines) == len(set(lines))
        assert all(bank.short[kind][strength] and bank.plain[kind][strength] for kind in bank.short)


def test_candidates_know_nothing_of_drafting_or_scoring() -> None:
    """The demo imports nothing of ours but errors and the networks it plays: it sees no rubrics, rules or weights."""
    allowed = (
        "botapp.entrypoints.demo",
        "botapp.entrypoints.simulator",
        "botapp.channels.slack.manifest",
        "botapp.errors",
    )
    for path in Path(demo.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        imported += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
        assert not [m for m in imported if m.startswith("botapp") and not m.startswith(allowed)], path.name
