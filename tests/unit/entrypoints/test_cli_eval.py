"""`botapp eval`: one JSON object a line; a bad line is said with its number and the others are still read."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from botapp.entrypoints.cli import main


def run(what: str, *rows: Any, today: str = "2026-11-22") -> Result:
    lines = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    return CliRunner().invoke(main, ["eval", what, "-", "--json", "--today", today], input=lines)


def read(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_reply_is_read_and_held_against_its_rule() -> None:
    row = {
        "id": "r1",
        "kind": "duration_years",
        "question": "How many years have you driven a forklift?",
        "rule": {"op": ">=", "value": 2},
        "reply": "18 months",
        "expect": {"value": 99},
    }
    result = run("replies", row)
    assert result.exit_code == 0
    assert read(result) == [{"id": "r1", "value": 1.5, "status": None, "meets_rule": False}]


def test_the_day_is_taken_from_the_option() -> None:
    row = {"id": 1, "kind": "date", "question": "When could you start?", "reply": "tomorrow"}
    assert read(run("replies", row, today="2027-03-01"))[0]["value"] == "2027-03-02"


@pytest.mark.parametrize(
    ("context", "message", "intent"),
    [
        ("Your interview is set for Tuesday at 2:00 pm.", "can we push it a day?", "reschedule"),
        ("How long have you driven?", "i already told you", "already_answered"),
        ("Ready for 5 short questions?", "hablas espanol?", "language_switch"),
        ("Can you work nights?", "STOP", "stop"),
        ("Can you work nights?", "yes", "answer"),
    ],
)
def test_intents_have_the_names_of_the_annotated_data(context: str, message: str, intent: str) -> None:
    (found,) = read(run("intents", {"id": "i", "context": context, "message": message}))
    assert found["intent"] == intent
    assert set(found) == {"id", "intent", "also", "topic", "when"}


def test_a_question_has_a_topic() -> None:
    (found,) = read(run("intents", {"id": "i", "context": "Can you work nights?", "message": "what does it pay?"}))
    assert (found["intent"], found["topic"]) == ("question", "pay")


def test_a_burst_is_read_as_one() -> None:
    row = {
        "id": "b",
        "kind": "yes_no",
        "question": "Can you work overnight shifts?",
        "rule": {"op": "==", "value": True},
        "messages": [{"t": 0, "text": "no"}, {"t": 2, "text": "problem"}, {"t": 3, "text": "is there parking?"}],
    }
    (found,) = read(run("bursts", row))
    assert (found["value"], found["meets_rule"], found["question"]) == (True, True, "is there parking?")


def test_an_answer_is_scored_on_the_scale_of_its_row() -> None:
    row = {
        "id": "a",
        "question": "Where does a program begin?",
        "reference_or_rubric": "At the main function.",
        "answer": "at the main function",
        "score": 0.1,
        "score_max": 2,
        "lang": "en",
    }
    (found,) = read(run("answers", row))
    assert found["score"] == 2
    assert (found["engine"], found["flags"]) == ("rules/1", [])
    assert found["evidence"][0]["quote"] == "at the main function"


def test_bad_lines_are_named_and_the_others_are_still_read() -> None:
    good = {"id": "g", "context": "", "message": "hello"}
    result = run("intents", "not json", '["a list"]', {"message": "no id"}, {"id": "x"}, good)
    assert result.exit_code == 2
    assert [row["id"] for row in read(result)] == ["g"]
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["line 1", "line 2", "line 3", "line 4"]
