"""A model's draft keeps only what stands in the text, can be read and may be asked."""

from datetime import date
from typing import Any

import pytest

from botapp.engines.wire import DRAFT, Unusable
from botapp.engines.wire.composing import WireDraft
from botapp.llm import DraftResult
from botapp.screening.interviewer import Interviewer, Knockout, Origin, Question, QuestionKind
from tests.unit.engines.samples import DRAFT_REQUEST, WIRE_DRAFT, WIRE_LICENCE, WIRE_LOAD, WIRE_STAGE


def drafted(**changes: Any) -> DraftResult:
    return DRAFT.accept(DRAFT_REQUEST, WireDraft.model_validate(WIRE_DRAFT | changes))


def draft(**changes: Any) -> Interviewer:
    result = drafted(**changes)
    assert result.draft is not None
    return result.draft


def with_question(**changes: Any) -> tuple[Question, DraftResult]:
    """The draft's second question after these changes to it."""
    result = drafted(stages=[WIRE_STAGE | {"questions": [WIRE_LICENCE, WIRE_LICENCE | changes]}])
    assert result.draft is not None
    return result.draft.questions()[1], result


def test_a_good_draft_is_whole() -> None:
    """Ids, link name, deadline, knockout, rubric and quote are in place."""
    made = draft()
    assert (made.title, made.slug, made.settings.deadline) == ("Forklift driver", "forklift-driver", date(2026, 12, 22))
    assert [q.id for q in made.questions()] == ["q1", "q2"]
    assert made.questions()[0].knockout == Knockout(op="eq", value=True)
    assert made.questions()[0].provenance.quote == "You hold a forklift licence."
    assert made.questions()[1].rubric is not None


@pytest.mark.parametrize(
    ("origin", "quote", "expected"),
    [
        ("source", "you hold a forklift licence", (Origin.SOURCE, "You hold a forklift licence")),
        ("instructions", "night work", (Origin.INSTRUCTIONS, "night work")),
        ("source", "night work", (Origin.INSTRUCTIONS, "night work")),
        ("source", "You need ten years.", (Origin.TEMPLATE, "")),
        ("source", "", (Origin.TEMPLATE, "")),
        ("template", "", (Origin.TEMPLATE, "")),
    ],
)
def test_a_quote_is_verbatim_or_the_question_is_ours(origin: str, quote: str, expected: tuple[Origin, str]) -> None:
    """A quote that is nowhere in the text makes the question one of our stock, without a quote."""
    provenance = with_question(origin=origin, quote=quote)[0].provenance
    assert (provenance.origin, provenance.quote) == expected


def test_a_fact_without_its_sentence_is_dropped() -> None:
    """The invented bonus goes, and stands among what is missing."""
    made = draft()
    assert [(fact.topic, fact.quote) for fact in made.facts] == [("pay", "We pay 19.50 USD an hour")]
    assert made.missing == ("schedule", "bonus")


def test_a_company_that_is_not_in_the_text_is_left_out() -> None:
    """The name is not invented."""
    assert draft().company == ""
    assert draft(company="reno").company == "Reno"


SHIFT = {"kind": "choice", "options": ["Early", "Late"]}


@pytest.mark.parametrize(
    ("question", "op", "value", "expected"),
    [
        ({"kind": "duration"}, "gte", 2, Knockout(op="gte", value=2.0)),
        ({"kind": "money", "unit": "USD/hour"}, "lte", 22.5, Knockout(op="lte", value=22.5)),
        ({"kind": "date"}, "lte", "2026-12-01", Knockout(op="lte", value="2026-12-01")),
        (SHIFT, "in", ["early"], Knockout(op="in", value=["Early"])),
        (SHIFT, "eq", "late", Knockout(op="in", value=["Late"])),
        ({"kind": "yes_no"}, "eq", False, Knockout(op="eq", value=False)),
        ({"kind": "yes_no"}, "gte", 1, None),
        ({"kind": "yes_no"}, "eq", "yes", None),
        ({"kind": "number"}, "gte", True, None),
        ({"kind": "number"}, "gte", "two", None),
        ({"kind": "date"}, "lte", "soon", None),
        (SHIFT, "in", ["Night"], None),
        (SHIFT, "in", [], None),
        ({"kind": "file"}, "eq", True, None),
    ],
)
def test_a_knockout_fits_its_question_or_is_left_out(
    question: dict[str, Any], op: str, value: Any, expected: Knockout | None
) -> None:
    """A rule that could not be read later is not kept, and the recruiter is told."""
    made, result = with_question(**question, knockout={"op": op, "value": value})
    assert made.knockout == expected
    assert bool(expected) != any("must-have on question 2" in line for line in result.assumed)


def test_an_open_question_has_no_knockout() -> None:
    """Must-haves are typed."""
    made = draft(stages=[WIRE_STAGE | {"questions": [WIRE_LOAD | {"knockout": {"op": "eq", "value": True}}]}])
    assert made.questions()[0].knockout is None


@pytest.mark.parametrize("text", ["How old are you?", "Do you have children?", "Are you pregnant?"])
def test_an_unlawful_question_is_left_out_and_said(text: str) -> None:
    """Whatever the model wrote, what may not be asked is not in the draft."""
    result = drafted(stages=[WIRE_STAGE | {"questions": [WIRE_LICENCE, WIRE_LICENCE | {"text": text}]}])
    assert result.draft is not None
    assert [q.text for q in result.draft.questions()] == ["Do you hold a forklift licence?"]
    assert any(line.startswith("I can't ask about") for line in result.assumed)


def test_settings_out_of_range_are_left_and_said() -> None:
    """One impossible setting does not spoil the others."""
    said = WIRE_DRAFT | {
        "settings": WIRE_DRAFT["settings"] | {"pass_bar": 140, "retakes": 2, "redirect_url": "javascript:x"}
    }
    asked = DRAFT_REQUEST.model_copy(update={"instructions": "Pass bar 140, two retakes, then on to javascript:x"})
    result = DRAFT.accept(asked, WireDraft.model_validate(said))
    assert result.draft is not None
    assert (result.draft.settings.pass_bar, result.draft.settings.retakes) == (None, 2)
    assert result.draft.settings.redirect_url == ""
    assert sum("is not possible there" in line for line in result.assumed) == 2


def test_typed_questions_have_no_rubric_or_follow_ups() -> None:
    """Only open questions do, whatever the model gave."""
    made = with_question(follow_ups_max=2, rubric=WIRE_LOAD["rubric"])[0]
    assert (made.rubric, made.follow_ups.max) == (None, 0)


@pytest.mark.parametrize("kind", ["chat", "form", "resume", "voice", "scenario"])
def test_all_five_stages_can_be_drafted(kind: str) -> None:
    """Each kind takes its own fields and leaves the others."""
    stage = WIRE_STAGE | {"kind": kind, "criteria": ["Licence"], "goal": "Plan a shift", "deliverable": "A plan"}
    assert [s.kind.value for s in draft(stages=[WIRE_STAGE, stage]).stages] == ["chat", kind]


def test_no_role_is_no_draft() -> None:
    """Nothing is invented for a text without a job, even when the model filled the rest."""
    result = drafted(role_found=False, problem="This is a recipe. Paste a job description.")
    assert (result.draft, result.problem) == (None, "This is a recipe. Paste a job description.")
    assert drafted(role_found=False).problem


@pytest.mark.parametrize(
    "changes",
    [
        {"stages": []},
        {"stages": [WIRE_STAGE | {"questions": []}]},
        {"title": "x"},
        {"stages": [WIRE_STAGE | {"questions": [WIRE_LICENCE | {"text": ""}]}]},
        {"stages": [WIRE_STAGE | {"questions": [WIRE_LICENCE | {"weight": 11}]}]},
        {"stages": [WIRE_STAGE | {"questions": [WIRE_LICENCE | {"kind": "choice"}]}]},
        {"stages": [WIRE_STAGE | {"questions": [WIRE_LOAD | {"rubric": None}]}]},
    ],
)
def test_what_cannot_become_an_interviewer_goes_back(changes: dict[str, Any]) -> None:
    """No questions, no title, an empty question, an impossible weight, a choice without options, no anchors."""
    with pytest.raises(Unusable):
        drafted(**changes)


def test_the_source_is_fenced() -> None:
    """Pasted text and instructions reach the prompt as data."""
    variables = DRAFT.variables(DRAFT_REQUEST)
    assert all(variables[name].startswith("<untrusted_data") for name in ("source", "instructions"))


def test_kinds_of_the_wire_are_the_kinds_of_the_product() -> None:
    """No kind of question is unknown to the model."""
    schema = str(WireDraft.model_json_schema())
    assert all(f"'{kind.value}'" in schema for kind in QuestionKind)
