"""Views in Slack: within every limit, and what is filled in comes back as something that can be kept, or as errors."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from botapp.channels.slack.actions import About, Action, Callback, unpacked
from botapp.channels.slack.forms import with_errors
from botapp.channels.slack.modals import (
    QuestionEdit,
    diff_view,
    dismiss_view,
    message_view,
    publish_view,
    question_view,
    read_message,
    read_question,
    read_reason,
    report_view,
    told_view,
    working_view,
)
from botapp.screening.interviewer import Knockout, Question, QuestionKind
from tests.support.roles import BUSY, LICENCE, YEARS, night_picker
from tests.unit.channels.slack_cases import (
    INTERVIEWER_ID,
    anything,
    draft_of,
    elements_of,
    hard,
    markup_in,
    refused_view,
    scorecard_of,
    with_controls,
    words_in,
)

ABOUT = About(interviewer=INTERVIEWER_ID, revision=7, question="licence", address="slack:T1/C2/1712345678.000100")
slow = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
CHOICE = Question(id="shift", kind=QuestionKind.CHOICE, text="Which shift?", options=("Early", "Late, or night"))


def filled(**fields: Any) -> dict[str, Any]:
    """A submission: texts as typed, tuples of one as chosen."""
    values = {
        name: {name: {"selected_option": {"value": value[0]}} if isinstance(value, tuple) else {"value": value}}
        for name, value in fields.items()
    }
    return {"state": {"values": values}}


def as_opened(question: Question) -> dict[str, Any]:
    """What comes back when nothing is changed."""
    fields: dict[str, Any] = {}
    for block in question_view(question, 1, ABOUT)["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            chosen = element.get("initial_option")
            fields[block["block_id"]] = (chosen["value"],) if chosen else element.get("initial_value")
    return filled(**fields)


def edit(**fields: Any) -> QuestionEdit | dict[str, str]:
    usual = {"text": "Ready?", "kind": ("yes_no",), "options": None, "rule": ("none",), "value": None, "weight": ("2",)}
    return read_question(filled(**(usual | fields)))


# ---- limits ------------------------------------------------------------------------------------------------


@slow
@given(st.lists(anything, min_size=1, max_size=40), st.integers(0, 50))
def test_a_report_of_any_texts_is_taken_by_slack(texts: list[str], page: int) -> None:
    """Every page."""
    assert refused_view(report_view(scorecard_of(texts), ABOUT, page)) == []


@slow
@given(anything)
def test_views_of_any_texts_are_taken_by_slack(text: str) -> None:
    """All of them."""
    question = Question(id="q", kind=QuestionKind.OPEN, text=text[:600] or "x")
    choice = Question(id="q", kind=QuestionKind.CHOICE, text="x", options=(text, text + "b"))
    lines = [{"where": text, "old": text, "new": text}] * 40
    for view in (
        question_view(question, 3, ABOUT),
        question_view(choice, 3, ABOUT),
        dismiss_view(text, ABOUT),
        message_view(text, ABOUT, text[:100]),
        publish_view(draft_of([text] * 3), ABOUT),
        publish_view(draft_of([text] * 3, blockers=[text] * 9), ABOUT),
        diff_view(lines, ABOUT),  # type: ignore[arg-type]
        working_view(text, text),
        told_view(text, text, text),
    ):
        assert refused_view(view) == []
        assert markup_in(view["blocks"]) == []


def test_a_long_report_pages_through_every_answer() -> None:
    """A hundred answers of 3,000 characters; Next leads on, the page is kept in the view."""
    data, page, seen = scorecard_of([hard(3000)] * 100), 0, list[str]()
    while True:
        view = report_view(data, ABOUT, page)
        assert refused_view(view) == []
        assert unpacked(view["private_metadata"]).page == page
        seen += [line for line in words_in(view["blocks"]).split("\n") if line.split(".")[0].isdecimal()]
        following = [e for e in elements_of(view["blocks"]) if e["action_id"] == Action.REPORT_NEXT]
        if not following:
            break
        page = unpacked(following[0]["value"]).page
    assert [int(line.split(".")[0]) for line in seen] == list(range(1, 101))


# ---- a question --------------------------------------------------------------------------------------------

KEPT = [
    LICENCE,
    YEARS.model_copy(update={"knockout": Knockout(op="gte", value=2.5)}),
    BUSY.model_copy(update={"weight": 7}),
    CHOICE.model_copy(update={"knockout": Knockout(op="in", value=["Late, or night"])}),
    Question(id="d", kind=QuestionKind.DATE, text="From when?", knockout=Knockout(op="lte", value="2026-05-31")),
]


@pytest.mark.parametrize("question", KEPT, ids=lambda q: q.kind.value)
def test_a_question_that_is_only_looked_at_stays_the_same(question: Question) -> None:
    """Opening the view and saving it changes nothing."""
    wanted = QuestionEdit(question.text, question.kind, question.options, question.knockout, question.weight)
    assert read_question(as_opened(question)) == wanted


def test_the_view_names_what_it_is_about() -> None:
    """Interviewer, revision, question and thread travel with it."""
    view = question_view(LICENCE, 1, ABOUT)
    assert view["callback_id"] == Callback.EDIT_QUESTION
    assert unpacked(view["private_metadata"]) == ABOUT


@pytest.mark.parametrize(
    ("fields", "wrong", "sentence"),
    [
        ({"text": "  "}, "text", "needs words"),
        ({"text": "x" * 601}, "text", "at most 600"),
        ({"kind": ("poem",)}, "kind", "choose"),
        ({"kind": ("choice",), "options": "only one"}, "options", "at least two"),
        ({"kind": ("choice",), "options": "a\nA" + "x" * 101}, "options", "at most 100"),
        ({"kind": ("open",), "rule": ("yes",)}, "rule", "can't be a must-have"),
        ({"rule": ("gte",), "value": "2"}, "rule", "does not fit"),
        ({"kind": ("number",), "rule": ("gte",), "value": "two"}, "value", "Which number"),
        ({"kind": ("number",), "rule": ("gte",), "value": "nan"}, "value", "out of range"),
        ({"kind": ("number",), "rule": ("gte",), "value": "-1"}, "value", "out of range"),
        ({"kind": ("date",), "rule": ("lte",), "value": "soon"}, "value", "Which date"),
        ({"kind": ("choice",), "options": "a\nb", "rule": ("in",), "value": "c"}, "value", "“c” is not one"),
        ({"kind": ("choice",), "options": "a\nb", "rule": ("in",), "value": " "}, "value", "Which of the options"),
        ({"weight": ("99",)}, "weight", "choose a weight"),
        ({"weight": ("²",)}, "weight", "choose a weight"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(fields: dict[str, Any], wrong: str, sentence: str) -> None:
    """In a sentence, and nothing else is an error."""
    found = edit(**fields)
    assert isinstance(found, dict)
    assert list(found) == [wrong]
    assert sentence in found[wrong]
    assert with_errors(found) == {"response_action": "errors", "errors": found}


def test_a_rule_is_read_by_its_kind() -> None:
    """Numbers with commas, options in any case, dates."""
    found = edit(kind=("money",), rule=("lte",), value="54,000")
    assert isinstance(found, QuestionEdit)
    assert found.knockout == Knockout(op="lte", value=54_000.0)
    found = edit(kind=("choice",), options="- Early\n• Late\nEarly", rule=("in",), value="late, EARLY")
    assert isinstance(found, QuestionEdit)
    assert (found.options, found.knockout) == (("Early", "Late"), Knockout(op="in", value=["Late", "Early"]))


@given(st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner)))
def test_a_submission_of_any_shape_is_errors_or_an_edit(state: Any) -> None:
    """Never an exception."""
    assert isinstance(read_question({"state": {"values": state}}), dict)
    assert isinstance(read_reason({"state": state}), dict)
    assert isinstance(read_message(state if isinstance(state, dict) else {}), dict)


def test_an_edit_makes_a_question_that_is_allowed() -> None:
    """What is returned fits the rules of a question."""
    for question in KEPT:
        found = read_question(as_opened(question))
        assert isinstance(found, QuestionEdit)
        Question(id="x", text=found.text, kind=found.kind, options=found.options, knockout=found.knockout)


# ---- the others --------------------------------------------------------------------------------------------


def test_dismissing_needs_a_reason_and_writing_needs_words() -> None:
    """A few words do; too many are counted."""
    assert read_reason(filled(reason=" No licence. ")) == "No licence."
    assert read_message(filled(message="Hello")) == "Hello"
    for read, name in ((read_reason, "reason"), (read_message, "message")):
        assert isinstance(read(filled(**{name: " \n"})), dict)
        long = read(filled(**{name: "x" * 3000}))
        assert isinstance(long, dict)
        assert "3,000" in long[name]


def test_the_report_shows_answers_with_their_judgement() -> None:
    """Score, reason, the words it rests on; "not judged" is a calm state."""
    said = words_in(report_view(scorecard_of(["I drove one for two years"]), ABOUT)["blocks"])
    assert "4 of 5: I drove one for two years" in said
    assert "“I drove one for two years”" in said


def test_publishing_is_confirmed_from_the_draft_as_it_is() -> None:
    """With what stands in the way, there is no button."""
    data = with_controls(night_picker())
    assert publish_view(data, ABOUT)["submit"]["text"] == "Publish"
    blocked = publish_view(data | {"blockers": ["Question 1 has no words."]}, ABOUT)
    assert "submit" not in blocked
    assert "Question 1 has no words." in json.dumps(blocked)
