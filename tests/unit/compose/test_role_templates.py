"""Our role templates: each is complete and lawful, found by everyday names, and requires nothing by itself."""

from datetime import date

import pytest

from botapp.compose.drafting import draft_interviewer
from botapp.compose.lawful import protected_topic
from botapp.compose.lint import question_findings
from botapp.compose.role_search import best, find_templates, template_of_title
from botapp.compose.role_templates import RoleTemplate, load_template, roles
from botapp.compose.template_drafting import asked_for
from botapp.llm import DraftRequest, DraftResult
from botapp.screening.interviewer import Interviewer, Origin, Question, QuestionKind, ResumeStage

TODAY = date(2026, 11, 25)
ALL = [load_template(role.id) for role in roles()]


def drafted(text: str, instructions: str = "") -> DraftResult:
    return draft_interviewer(DraftRequest(text=text, instructions=instructions, today=TODAY))


def draft_of(text: str, instructions: str = "") -> Interviewer:
    draft = drafted(text, instructions).draft
    assert draft is not None
    return draft


def ours(question: Question) -> bool:
    return question.provenance.origin is Origin.TEMPLATE


# ---- the files ---------------------------------------------------------------------------------------------


def test_there_are_at_least_forty() -> None:
    """Frontline and professional work."""
    assert len(ALL) >= 40


@pytest.mark.parametrize("template", ALL, ids=lambda template: template.role.id)
def test_a_template_is_complete_and_lawful(template: RoleTemplate) -> None:
    """Other names, both kinds of questions, whole rubrics, nothing that lint or the law objects to."""
    assert len(template.role.also) >= 5
    assert {"pay"} <= set(template.ask)
    assert 3 <= len(template.typed) <= 5
    assert len(template.open) == 3
    questions = [*template.typed, *template.open]
    assert len(questions) <= 8
    assert len({q.topic for q in questions}) == len(questions)
    for number, question in enumerate(questions, 1):
        assert question_findings(question, number) == []
        assert question.knockout is None
        assert ours(question)
    for question in template.open:
        assert question.rubric is not None
        anchors = [question.rubric.one, question.rubric.three, question.rubric.five]
        assert len({*anchors}) == 3
        assert len(question.rubric.five) > len(question.rubric.three)
        assert not any(protected_topic(anchor) for anchor in anchors)
    assert not any(protected_topic(text) for text in template.criteria)
    assert bool(template.criteria) == any(stop.kind.value == "resume" for stop in template.stages)


def test_no_name_stands_for_two_roles() -> None:
    """Whoever types it gets the one role."""
    owners: dict[str, str] = {}
    for role in roles():
        for name in {name.lower() for name in role.names}:
            assert owners.setdefault(name, role.id) == role.id, name


def test_no_question_is_asked_by_two_roles_with_other_anchors() -> None:
    """An open question belongs to one role."""
    texts = [question.text for template in ALL for question in template.open]
    assert len(set(texts)) == len(texts)


# ---- search ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "role"),
    [
        ("forklift", "forklift_operator"),
        ("SDR", "sdr"),
        ("CNA", "nursing_assistant"),
        ("wharehouse", "warehouse_picker"),
        ("barrista", "barista"),
        ("house keeper", "hotel_housekeeper"),
        ("software enginer", "software_engineer"),
        ("night warehouse picker", "warehouse_picker"),
        ("line cooks", "cook"),
        ("teacher's aide", "teaching_assistant"),
        ("HVAC tech", "hvac_technician"),
        ("Stockers and Order Fillers", "warehouse_picker"),
        ("fork", "forklift_operator"),
        ("truck driver class A", "cdl_truck_driver"),
    ],
)
def test_a_role_is_found_by_what_people_call_it(query: str, role: str) -> None:
    """Slips, plurals, short names and official titles."""
    assert [found.id for found in best(find_templates(query))] == [role]


@pytest.mark.parametrize("query", ["driver", "manager", "PM"])
def test_roles_that_fit_equally_are_all_at_the_top(query: str) -> None:
    """For the caller to ask."""
    assert len(best(find_templates(query))) > 1


@pytest.mark.parametrize("query", ["", "astronaut", "the", "???", "x" * 5000])
def test_what_names_no_role_finds_none(query: str) -> None:
    """No guess."""
    assert find_templates(query) == ()


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Night Warehouse Picker (m/f)", "warehouse_picker"),
        ("Senior Software Engineer II", "software_engineer"),
        ("Registered Nurse - ICU", "registered_nurse"),
        ("Nurse Practitioner", None),
        ("Restaurant Manager", None),
        ("Dental Hygienist", None),
        ("Flight Attendant", None),
    ],
)
def test_the_title_of_an_advert_is_a_role_only_without_doubt(title: str, role: str | None) -> None:
    """A nurse practitioner is no nurse."""
    found = template_of_title(title)
    assert (found.id if found else None) == role


# ---- drafting ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["barista", "Use the barista template", "start from a barista", "We need a barista", "barista template."]
)
def test_a_template_by_its_name(text: str) -> None:
    """All of it is ours, none of it a rule, and the facts are asked for."""
    result = drafted(text)
    assert result.draft is not None
    assert result.draft.title == "Barista"
    assert all(ours(question) and question.knockout is None for question in result.draft.questions())
    assert result.draft.facts == ()
    assert {"pay", "schedule", "location", "tips"} <= set(result.draft.missing)
    assert any("pay" in asked for asked in result.clarifying)
    assert any("must-have" in asked and "standing" in asked for asked in result.clarifying)


def test_what_is_said_beside_the_template_holds() -> None:
    """Stated pay and shift are facts and rules with their quote; the rest is the template's."""
    draft = draft_of("use the barista template, nights, $17 an hour in Austin")
    rules = [q.text for q in draft.questions() if q.knockout]
    assert rules == ["Can you work night shifts?"]
    assert any(fact.topic == "pay" and "$17" in fact.answer for fact in draft.facts)
    assert len(draft.questions()) <= 8
    assert len([q for q in draft.questions() if q.topic in ("shifts", "night shifts")]) <= 1


def test_the_law_is_named_and_not_made_a_rule() -> None:
    """A licence that the law asks for is confirmed by the recruiter."""
    result = drafted("CDL driver")
    assert any("The law usually asks for 1 (licence class)" in asked for asked in result.clarifying)
    assert result.draft is not None
    assert not any(q.knockout for q in result.draft.questions())


def test_professional_work_starts_with_a_resume() -> None:
    """With what it is read for; another order is done as asked."""
    draft = draft_of("software engineer")
    assert [stage.kind.value for stage in draft.stages] == ["resume", "chat"]
    assert isinstance(draft.stages[0], ResumeStage)
    assert draft.stages[0].criteria
    assert [s.kind.value for s in draft_of("software engineer", "text only").stages] == ["chat"]


@pytest.mark.parametrize("text", ["use the driver template", "manager"])
def test_two_that_fit_are_asked_about(text: str) -> None:
    """No draft, one question."""
    result = drafted(text)
    assert result.draft is None
    assert result.problem.endswith("Which one?")


def test_a_template_there_is_not() -> None:
    """Said, with the way on."""
    assert "no template for “astronaut”" in drafted("use the astronaut template").problem


def test_another_language_is_said_to_be_lacking() -> None:
    """The templates are in English."""
    assert any("in English only" in note for note in drafted("use the barista template in Spanish").assumed)


def test_a_short_text_is_filled_up_with_open_questions_alone() -> None:
    """What it requires stays its own; nothing typed comes from the template."""
    draft = draft_of("We need a barista in Austin, $17 an hour, must have a food handler card")
    from_us = [question for question in draft.questions() if ours(question)]
    assert {question.kind for question in from_us} == {QuestionKind.OPEN}
    assert {q.text for q in from_us} <= {q.text for q in load_template("barista").open}
    assert [q.text for q in draft.questions() if q.knockout] == ["Do you have a food handler card?"]


@pytest.mark.parametrize(
    "text",
    ["hello", "thanks", "publish", "undo", "swap 1 and 2", "what is missing?", "use the e-mail address of Maria"],
)
def test_other_messages_ask_for_no_template(text: str) -> None:
    """They are edits, or talk."""
    assert asked_for(text) is None
