"""Drafting from what people say and write in a hurry, and must-haves that are no yes or no."""

from datetime import date

import pytest

from botapp.compose.drafting import draft_interviewer
from botapp.compose.lint import lint
from botapp.compose.needs import Need
from botapp.compose.source import read_source
from botapp.compose.stated_points import IN_ONE, grouped, stated_points
from botapp.llm import DraftRequest
from botapp.screening.interviewer import Interviewer, Question

CALL = """Sam 10:02: so for the warehouse lead role at Northfield Foods in Reno
Dana 10:02: right. they need five years in a warehouse
Sam 10:03: five?
Dana 10:04: sorry, three years. three is enough. and a forklift license, that's a must
Sam 10:05: nights?
Dana 10:05: yes, nights, 10pm to 6am, Sunday to Thursday. pay is 27 an hour
Dana 10:06: spanish would be nice but don't knock anyone out on it
"""
MAIL = """Hi Ana, following our call: the Office Coordinator at Bright Dental
(Leeds). You must have two years of reception experience, or a business
administration apprenticeship, or equivalent. DBS check before starting.
£24,000.
"""
ADVERT = """Title: Line Cook
Requirements:
- Must be able to lift 40 lbs
- Excellent communication skills
- Ability to effectively follow and complete recipes
- Must be flexible, punctual and reliable
- Knowledge of food safety rules
- Must be of good appearance and physically fit
- Previous catering work is a plus
- Experience with combi ovens and induction hobs
"""


def drafted(text: str) -> Interviewer:
    result = draft_interviewer(DraftRequest(text=text, today=date(2026, 11, 22)))
    assert result.draft is not None, result.problem
    return result.draft


def question(draft: Interviewer, word: str) -> Question:
    return next(q for q in draft.questions() if word in q.text)


def test_a_call_names_the_role_and_the_company_without_the_words_around_them() -> None:
    draft = drafted(CALL)
    assert (draft.title, draft.company) == ("Warehouse Lead", "Northfield Foods")


def test_what_was_said_last_is_the_rule_and_its_proof() -> None:
    years = question(drafted(CALL), "warehouse?")
    assert years.knockout is not None and years.knockout.value == 3
    assert "three years" in years.provenance.quote


def test_a_must_said_in_passing_is_a_knockout_and_a_wish_is_none() -> None:
    draft = drafted(CALL)
    assert question(draft, "forklift").knockout and question(draft, "night shifts").knockout
    assert not any(q.knockout for q in draft.questions() if "Spanish" in q.text)


def test_pay_of_a_call_is_its_own_sentence() -> None:
    assert {fact.topic: fact.answer for fact in drafted(CALL).facts}["pay"] == "Pay is 27 an hour"


def test_a_mail_that_greets_still_has_a_role_and_what_it_takes_instead_stays_open() -> None:
    draft = drafted(MAIL)
    assert (draft.title, draft.company) == ("Office Coordinator", "Bright Dental")
    text = question(draft, "reception").text
    assert text.startswith("Do you have at least 2 years of reception experience, or a business administration")
    assert [fact.topic for fact in draft.facts] == ["pay"]  # the dental of its name is no benefit


def test_every_must_have_is_asked_about_and_what_has_no_situation_is_named() -> None:
    draft = drafted(ADVERT)
    quotes = " ".join(q.provenance.quote for q in draft.questions())
    for line in ADVERT.splitlines()[2:]:
        assert (line.removeprefix("- ") in quotes) != any(word in line for word in ("appearance", "is a plus"))
    named = question(draft, "This job asks for")
    assert "experience with combi ovens and induction hobs" in named.text
    assert named.is_open and named.knockout is None and named.rubric is not None
    assert "combi ovens" in named.rubric.five
    assert not [finding for finding in lint(draft) if finding.level == "refuse"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Ability to effectively follow and complete recipes", "effectively following and completing recipes"),
        ("Must be flexible, punctual and reliable", "being flexible, punctual and reliable"),
        ("Excellent communication skills, both verbal and written", "communication skills, both verbal and written"),
        (
            "Must possess a positive attitude and have solid computer skills",
            "positive attitude and solid computer skills",
        ),
        ("Proficient in Excel and Word", "proficiency in Excel and Word"),
        ("Able to plan, organize and lead a team", "planning, organizing and leading a team"),
    ],
)
def test_a_point_is_named_in_the_words_of_the_text(line: str, named: str) -> None:
    (point,) = stated_points(read_source(f"Title: Clerk\n\nRequirements:\n- {line}\n"), [])
    assert point.text == named


def test_looks_fitness_and_what_is_preferred_are_no_points() -> None:
    source = read_source(ADVERT)
    names = " ".join(point.text for point in stated_points(source, [])).lower()
    assert "appearance" not in names and "fit" not in names.split() and "catering" not in names


@pytest.mark.parametrize("count", [1, IN_ONE, IN_ONE + 1, 3 * IN_ONE])
def test_points_are_shared_over_as_few_questions_as_can_be_read(count: int) -> None:
    items = "\n".join(f"- Knowledge of subject number {chr(96 + n)}" for n in range(1, count + 1))
    source = read_source(f"Title: Clerk\nRequirements:\n{items}\n")
    questions = grouped(stated_points(source, ()), source, 2)
    assert len(questions) == min(2, -(-count // IN_ONE))
    assert all(len(q.text) < 400 for q in questions)


def test_a_line_that_has_its_own_question_is_no_point() -> None:
    source = read_source(ADVERT)
    line = next(line for line in source.lines if "combi" in line.text)
    need = Need("experience", "ovens", "Do you have experience with combi ovens?", line, 1)
    assert not any("combi" in point.text for point in stated_points(source, [need.line]))
