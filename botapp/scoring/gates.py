"""Gates: knockouts on typed answers and minimum scores, each in words with its reason.

A gate never moves a score. It can't fail on what is missing: an answer that can't be read, or a score that is not
there and could lift the result over the bar, "needs a person". Nothing here ends an interview: callers decide that.

The pass bar is for the mean of the stages that have no bar of their own; a stage with one is held to its own.
"""

from collections.abc import Mapping, Sequence

from botapp.scoring import wording
from botapp.scoring.aggregation import Weighed, bounds, stage_score, weighted_mean
from botapp.scoring.reading import meets
from botapp.scoring.stored import GateOverride, StoredAnswer
from botapp.screening.interview import AnswerStatus, Evidence, Gate, Score
from botapp.screening.interviewer import Interviewer, Knockout, Question, Stage, criterion_questions, gates_resume

NOT_ENFORCED = "not enforced here, so it ends nothing"
MINIMUM = "Minimum score"


def build_gates(
    interviewer: Interviewer,
    answers: Mapping[str, StoredAnswer],
    terms: Mapping[str, Sequence[Weighed]],
    overrides: Mapping[str, GateOverride] | None = None,
    judged: Mapping[str, Score] | None = None,
) -> tuple[Gate, ...]:
    """Every gate of the running stages: knockouts in order, pass/fail criteria of resumes, then minimum scores.

    `answers` and `judged` by question id; `terms` by stage id: the answered questions that count, with their scores.
    """
    stages = interviewer.running_stages()
    enforced = interviewer.settings.enforce_knockouts
    knockouts = [
        knockout_gate(question, question.knockout, answers.get(question.id), enforced)
        for stage in stages
        for question in stage.questions
        if question.knockout is not None
    ]
    criteria = [
        criterion_gate(question, question.id in answers, (judged or {}).get(question.id))
        for stage in stages
        for question in criterion_questions(stage)
        if gates_resume(question)
    ]
    minimums = minimum_gates(stages, interviewer.settings.pass_bar, terms)
    return tuple(_overridden(gate, overrides or {}) for gate in (*knockouts, *criteria, *minimums))


MET = 4.0  # of 5: the resume shows it


def criterion_gate(question: Question, has_resume: bool, score: Score | None) -> Gate:
    """Met by words of the resume, or left to a person: what a resume doesn't say ends nothing."""
    met = score is not None and score.score is not None and score.score >= MET
    if score is None:
        reason = "not read for it yet" if has_resume else "no resume yet"
    else:
        reason = score.reason
    return Gate(
        name=wording.topic_of(question),
        kind="knockout",
        outcome="passed" if met else "needs_person" if has_resume else "not_reached",
        reason=reason,
        question_id=question.id,
        evidence=score.evidence if score else (),
    )


def knockout_gate(question: Question, knockout: Knockout, answer: StoredAnswer | None, enforced: bool = True) -> Gate:
    """What a typed answer means for its rule."""
    said = wording.reading_words(answer.reading, question) if answer else ""
    must = wording.requirement(question, knockout)
    outcome, reason = _decide(question, knockout, answer, said, must)
    if outcome == "failed" and not enforced:
        reason = f"{reason}, {NOT_ENFORCED}"
    return Gate.model_validate(
        {
            "name": wording.topic_of(question),
            "kind": "knockout",
            "outcome": outcome,
            "reason": reason,
            "question_id": question.id,
            "evidence": _said(answer),
        }
    )


def _decide(
    question: Question, knockout: Knockout, answer: StoredAnswer | None, said: str, must: str
) -> tuple[str, str]:
    if answer is None or (answer.status is AnswerStatus.OPEN and answer.reading is None):
        return "not_reached", "not asked or not answered yet"
    if answer.reading is None:
        return "needs_person", f"no answer, {must}"
    if answer.reading.needs_person:
        return "needs_person", f"{said}, with a reason that only a person should weigh"
    match meets(knockout, answer.reading, question):
        case True:
            return "passed", said
        case False:
            return "failed", f"{said}, {must}"
        case None:
            return "needs_person", f"{said}, {must}"


def _said(answer: StoredAnswer | None) -> tuple[Evidence, ...]:
    """What was said, whole: a typed answer is short and every word of it was read."""
    spoken = [part for part in (answer.parts if answer else ()) if part.text.strip()]
    return tuple(Evidence(message_id=part.message_id, text=part.text, start=0) for part in spoken)


def minimum_gates(stages: Sequence[Stage], bar: int | None, terms: Mapping[str, Sequence[Weighed]]) -> list[Gate]:
    """The pass bar over the stages without a bar of their own, then each stage's own bar."""
    own = [stage for stage in stages if stage.min_score is not None]
    shared = [stage for stage in stages if stage.min_score is None and stage.weight > 0]
    gates = []
    if bar is not None and shared:
        pooled = [(stage.weight, terms.get(stage.id, ())) for stage in shared]
        gates.append(_minimum_gate(MINIMUM, bar, pooled))
    for stage in own:
        name = f"{MINIMUM}, {wording.stage_title(stage, stage.kind.value)}"
        gates.append(_minimum_gate(name, stage.min_score or 0, [(1, terms.get(stage.id, ()))], stage.id))
    return gates


def _minimum_gate(name: str, bar: int, pooled: Sequence[tuple[int, Sequence[Weighed]]], stage_id: str = "") -> Gate:
    score = weighted_mean((weight, stage_score(terms)) for weight, terms in pooled)
    ranges = [(weight, bounds(terms)) for weight, terms in pooled]
    low = weighted_mean((weight, span and span[0]) for weight, span in ranges)
    high = weighted_mean((weight, span and span[1]) for weight, span in ranges)
    outcome, reason = _against_bar(bar, score, low, high)
    return Gate.model_validate(
        {"name": name, "kind": "minimum_score", "outcome": outcome, "reason": reason, "bar": bar, "stage_id": stage_id}
    )


def _against_bar(bar: int, score: float | None, low: float | None, high: float | None) -> tuple[str, str]:
    if low is None or high is None:
        return "not_reached", f"nothing scored yet, at least {bar}"
    if score is None:
        return "needs_person", f"no score to compare, at least {bar}"
    said = wording.points(score)
    if low >= bar:
        return "passed", f"{said}, at least {bar}"
    if high < bar:
        return "failed", f"{said}, at least {bar}"
    if low < high:
        return "needs_person", f"{said} so far, at least {bar}, and an answer is not judged"
    return "failed", f"{said}, at least {bar}"


def gate_key(gate: Gate) -> str:
    """What an override of this gate is stored under."""
    return gate.question_id or gate.name


def _overridden(gate: Gate, overrides: Mapping[str, GateOverride]) -> Gate:
    decision = overrides.get(gate_key(gate))
    if decision is None:
        return gate
    decided = {
        "outcome": decision.outcome,
        "overridden_by": decision.by,
        "override_reason": decision.reason,
        "original_outcome": gate.outcome,
    }
    return Gate.model_validate(gate.model_dump() | decided)
