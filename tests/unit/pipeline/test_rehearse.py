"""Rehearsals through the real interview graph and the rules engine: who passes, what separates, what gets stuck."""

from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from botapp.compose.acting import Persona
from botapp.compose.rehearsal import Rehearsal
from botapp.engines.rules import RulesLanguage
from botapp.errors import Permanent, Retryable
from botapp.llm import DraftRequest, JudgeRequest
from botapp.pipeline import rehearse
from botapp.pipeline.rehearse import rehearse_draft
from botapp.screening.interviewer import (
    ChatStage,
    Criterion,
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
from botapp.turnstile import Turnstile
from tests.support.roles import ADVERT, BUSY, LICENCE, PROBED, YEARS, night_picker
from tests.unit.graphs.talk import graphs

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
VAGUE = Question(
    id="vague",
    kind=QuestionKind.OPEN,
    text="Are you a team player?",
    topic="team spirit",
    rubric=Rubric(one="Bad.", three="Okay.", five="Good."),
)
ALL = (Persona.STRONG, Persona.BORDERLINE, Persona.WEAK)


def rehearsed(draft: Interviewer, language: Any = None) -> Rehearsal:
    services: Any = SimpleNamespace(
        language_for=lambda _workspace, _conversation: language or RulesLanguage(),
        graphs=graphs(),
        now=lambda: NOW,
        base_url="https://bot.example",
        turnstile=Turnstile(),
    )
    return rehearse_draft(services, draft, "w1", id="r1", employer="Harbour Foods")


@cache
def of_the_advert() -> tuple[Interviewer, Rehearsal]:
    draft = RulesLanguage().draft_interviewer(DraftRequest(text=ADVERT, today=NOW.date())).draft
    assert draft is not None
    return draft, rehearsed(draft)


def overall(made: Rehearsal, persona: Persona) -> float:
    run = made.run(persona)
    assert run is not None and run.overall is not None
    return run.overall


def test_an_interviewer_drafted_from_an_advert_separates() -> None:
    """Strong above borderline above weak; who evades or gives orders gains nothing; each question does its part."""
    _, made = of_the_advert()
    scores = [overall(made, persona) for persona in ALL]
    assert scores == sorted(scores, reverse=True) and len(set(scores)) == 3
    assert overall(made, Persona.HOSTILE) <= overall(made, Persona.WEAK)
    assert overall(made, Persona.EVASIVE) <= overall(made, Persona.WEAK)
    opens = [row for row in made.questions if row.kind == "open"]
    assert opens and all(row.separates for row in opens)
    assert not [finding for finding in made.findings if finding.serious]


def test_orders_to_the_machine_lift_nothing() -> None:
    _, made = of_the_advert()
    for row in made.questions:
        weak, hostile = row.scores.get(Persona.WEAK), row.scores.get(Persona.HOSTILE)
        assert (hostile or 1.0) <= (weak or 1.0), row.text
    assert not [finding for finding in made.findings if finding.kind == "lifted"]


def test_must_haves_keep_out_who_lacks_them_and_the_rest_is_played_all_the_same() -> None:
    made = rehearsed(night_picker(LICENCE, BUSY))
    weak = made.run(Persona.WEAK)
    assert weak is not None
    assert (weak.ending, weak.knocked_out_by) == ("knocked_out", 1)
    assert weak.said == 1 and weak.rest and weak.answer(BUSY.id) is not None
    assert "fixed requirement" in weak.lines[-1].text
    strong = made.run(Persona.STRONG)
    assert strong is not None and (strong.ending, strong.rest) == ("completed", ())
    (gate,) = made.gates
    assert gate.outcomes[Persona.STRONG] == "passed" and gate.outcomes[Persona.HOSTILE] == "failed"
    assert gate.outcomes[Persona.EVASIVE] == "needs_person"


def test_a_question_that_nobody_can_separate_is_named_with_a_change() -> None:
    made = rehearsed(night_picker(YEARS, VAGUE, BUSY))
    assert [f.question for f in made.findings if f.kind == "not_separated"] == [2]
    (change,) = [each for each in made.suggestions if each.aims and each.aims[0] == VAGUE.id]
    assert change.edits[0].target == {"question": 2}


def test_a_must_have_that_keeps_the_strong_out_is_serious() -> None:
    impossible = YEARS.model_copy(update={"knockout": Knockout(op="gte", value=40)})
    made = rehearsed(night_picker(impossible, BUSY))
    finding = next(f for f in made.findings if f.kind == "gate_stops_all")
    assert finding.serious and finding.question == 1
    assert made.suggestions[0].edits[0].op.value == "clear_knockout"


def test_a_bar_that_nobody_reaches_is_moved() -> None:
    made = rehearsed(night_picker(BUSY, VAGUE, pass_bar=90))
    (change,) = [s for s in made.suggestions if s.edits[0].target == "pass_bar"]
    assert change.edits[0].value < overall(made, Persona.STRONG)


def test_follow_ups_are_answered_and_counted() -> None:
    made = rehearsed(night_picker(PROBED))
    strong = made.run(Persona.STRONG)
    assert strong is not None and strong.said == 2 and strong.repeated == ()


def test_pages_and_tasks_are_done_too() -> None:
    """A form, a minimum score, a resume and a task in writing: to the end, with the draft's numbers."""
    task = ScenarioStage(id="s3", goal="A customer wants their money back.", deliverable="Write the reply.")
    resume = ResumeStage(id="s2", criteria=(Criterion(id="c1", text="Has improved how work is done"),))
    form = FormStage(id="s1", questions=(LICENCE, YEARS, BUSY), min_score=20)
    draft = night_picker().model_copy(
        update={"stages": (form, resume, task, ChatStage(id="s4", questions=(PROBED_2,)))}
    )
    made = rehearsed(draft)
    strong = made.run(Persona.STRONG)
    assert strong is not None and strong.ending == "completed" and not strong.problem
    said = [line.text for line in strong.lines if not line.ours]
    assert said[0].startswith("(Fills in the form)") and said[1].startswith("(Sends a resume)")
    assert "START" in said and "DONE" in said
    assert next(row for row in made.questions if row.question_id == PROBED_2.id).number == 4


PROBED_2 = BUSY.model_copy(update={"id": "busy2", "text": "Tell us about a mistake you caught. What did you do?"})


def test_by_text_the_invitation_is_answered_and_long_texts_are_named() -> None:
    long = BUSY.model_copy(update={"text": "Tell us about a shift that got too busy. " + "Say who was there. " * 20})
    stage = ChatStage(id="s1", channel="sms", questions=(long,))
    made = rehearsed(night_picker().model_copy(update={"stages": (stage,)}))
    strong = made.run(Persona.STRONG)
    assert made.by_text and strong is not None and strong.lines[1].text == "YES"
    (finding,) = [f for f in made.findings if f.kind == "long_text"]
    assert finding.question == 1


def test_in_another_language_the_thread_runs_and_what_is_not_judged_is_said() -> None:
    asks = Question(
        id="o", kind=QuestionKind.OPEN, text="Cuéntenos de un turno con mucho trabajo. ¿Qué hizo?", rubric=BUSY.rubric
    )
    made = rehearsed(night_picker(asks).model_copy(update={"language": "es"}))
    strong = made.run(Persona.STRONG)
    assert strong is not None and strong.ending == "completed"
    assert [f.kind for f in made.findings] == ["not_judged"]


class _Away(RulesLanguage):
    def judge_answer(self, request: JudgeRequest) -> Any:
        raise Retryable("The model does not answer.")


def test_without_a_judge_it_ends_and_says_why() -> None:
    made = rehearsed(night_picker(BUSY), _Away())
    assert [f.kind for f in made.findings] == ["not_judged"]
    assert "The model does not answer." in made.findings[0].text


def test_a_draft_that_asks_nothing_is_not_rehearsed() -> None:
    empty = Interviewer(title="Picker", slug="picker", stages=(ChatStage(id="s1"),), settings=Settings())
    with pytest.raises(Permanent, match="asks nothing yet"):
        rehearsed(empty)


def test_when_time_is_up_what_was_played_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearse, "WITHIN", -1.0)
    made = rehearsed(night_picker(BUSY))
    assert {f.kind for f in made.findings} == {"stuck"}
    assert "no time left" in made.findings[0].text
