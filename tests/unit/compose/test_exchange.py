"""The published shape of an interviewer keeps what it holds, and is written down as it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from botapp.compose import exchange
from botapp.compose.drafting import draft_interviewer
from botapp.llm import DraftRequest
from botapp.screening.interviewer import (
    ChatStage,
    Criterion,
    CriterionKind,
    FormStage,
    Interviewer,
    Knockout,
    Question,
    QuestionKind,
    ResumeStage,
    Rubric,
    ScenarioStage,
    Settings,
)
from tests.unit.compose.test_grammar import DRAFT, TODAY, question

SCHEMA = Path(__file__).parents[3] / "docs" / "interviewer.schema.json"
WHOLE = Interviewer(
    title="Night picker",
    slug="night-picker",
    company="Harbour Foods",
    stages=(
        ChatStage(
            id="s1",
            channel="sms",
            min_score=60,
            questions=(
                question(1, "How long have you driven a forklift?", "duration", unit="years"),
                question(2, "Which shift?", "choice", options=["Early", "Late"], multiple=True),
                question(3, "What would you do with a damaged pallet?", "open", follow_ups={"min": 0, "max": 2}),
            ),
        ),
        FormStage(id="s2", enabled=False, questions=(question(4, "When could you start?", "date"),)),
        ResumeStage(id="s3", criteria=(Criterion(id="c1", text="CPA licence", kind=CriterionKind.GATE),)),
        ScenarioStage(id="s4", goal="Plan a shift.", rubric=Rubric(one="None.", three="Some.", five="All.")),
    ),
    settings=Settings(
        pass_bar=70, alert_address="slack:#hiring", languages=("es",), max_reminders=3, agent_name="Sunny"
    ),
    missing=("pay",),
)


def printed(draft: Interviewer) -> dict[str, Any]:
    return json.loads(exchange.publish(draft).model_dump_json(by_alias=True))  # type: ignore[no-any-return]


@pytest.mark.parametrize("draft", [DRAFT, WHOLE])
def test_what_is_printed_is_read_back_as_it_was(draft: Interviewer) -> None:
    """Nothing of a draft is lost on the way out and back."""
    assert exchange.read_interviewer(printed(draft)) == draft


def test_a_draft_from_a_text_survives_too() -> None:
    """With its quotes, criteria and facts."""
    text = (
        "Forklift driver at Harbour Foods, Reno\n\nRequirements:\n- Forklift licence\n- 2 years in a "
        "warehouse\n\nPay: $21 an hour"
    )
    made = draft_interviewer(DraftRequest(text=text, today=TODAY)).draft
    assert made is not None and exchange.read_interviewer(printed(made)) == made


@pytest.mark.parametrize(
    "address", ["webchat:feed", "slack:#hiring", "slack:T1/C2", "slack:here", "email:jo@example.com"]
)
def test_an_alert_address_is_a_channel_and_back(address: str) -> None:
    """null stands for the console alone."""
    draft = DRAFT.model_copy(update={"settings": Settings(alert_address=address)})
    assert exchange.read_interviewer(printed(draft)).settings.alert_address == address


def test_the_published_words_are_those_of_the_issue() -> None:
    """Numbers run through all stages; a length of time is a number in years; the pass bar is a minimum score."""
    shown = printed(WHOLE)
    first = shown["stages"][0]["questions"][0]
    assert (first["n"], first["kind"], first["unit"], first["reading"]) == (1, "number", "years", "duration")
    assert [q["n"] for stage in shown["stages"] for q in stage["questions"]] == [1, 2, 3, 4]
    assert shown["settings"]["min_score"] == 70 and shown["settings"]["alert_channel"] == "#hiring"
    assert shown["settings"]["languages"] == ["en", "es"]
    assert set(shown["stages"][0]["questions"][2]["rubric"]) == {"1", "3", "5"}
    assert shown["stages"][0]["questions"][0]["source"] == {"type": "recruiter", "quote": ""}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "no interviewer"),
        ({"title": "Night picker"}, "no interviewer"),
        ({"title": "N", "slug": "n", "stages": []}, "title"),
        ({"title": "Night picker", "slug": "Not A Link", "stages": []}, "link name"),
        ({"title": "Night picker", "slug": "n", "stages": [{"kind": "dance"}]}, "stages.0.kind"),
        (
            {"title": "Night picker", "slug": "n", "stages": [{"kind": "chat", "questions": [{"kind": "open"}]}]},
            "stages.0.questions.0.text",
        ),
    ],
)
def test_what_has_not_the_shape_is_refused_with_the_place(given: Any, says: str) -> None:
    """One line says where it is wrong."""
    with pytest.raises(exchange.NotAnInterviewer, match=says):
        exchange.read_interviewer(given)


def test_the_schema_in_the_docs_is_the_one_in_force() -> None:
    """`make docs` writes it."""
    assert SCHEMA.read_text(encoding="utf-8") == json.dumps(exchange.schema(), indent=2, ensure_ascii=False) + "\n"


def test_settings_that_were_not_named_stay_unnamed_until_they_change() -> None:
    """So that a draft of another program comes back with its own keys."""
    given = {"title": "Night picker", "slug": "n", "stages": [], "settings": {"retakes": 1}}
    before = printed(exchange.read_interviewer(given))
    after = printed(exchange.read_interviewer(given | {"settings": {"retakes": 1, "min_score": 70}}))
    assert exchange.like(after, given, before)["settings"] == {"retakes": 1, "min_score": 70}


def test_a_rule_is_kept_with_its_kind() -> None:
    """Of every kind of answer that can have one."""
    gate = Question(
        id="q1",
        kind=QuestionKind.CHOICE,
        text="Which tier?",
        options=("Tier 3", "Tier 4"),
        knockout=Knockout(op="in", value=["Tier 4"]),
    )
    draft = DRAFT.model_copy(update={"stages": (ChatStage(id="s1", questions=(gate,)),)})
    assert exchange.read_interviewer(printed(draft)).questions()[0].knockout == gate.knockout
