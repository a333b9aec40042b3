"""The scorecard: gates, scores with coverage, quotes and answers, all recomputable from what is stored.

Refuses a score without verbatim evidence. Recommends in words only; a person decides.
"""

from collections.abc import Iterator, Mapping, Sequence

from botapp.llm.tasks import JudgedAnswer, Judgement, SummariseRequest, Summary
from botapp.messages import Card, CardKind
from botapp.scoring import wording
from botapp.scoring.aggregation import CRITERION, CRITERION_GATE, Weighed, counts, overall_score, score_stage
from botapp.scoring.evidence import shown, verbatim
from botapp.scoring.gates import build_gates
from botapp.scoring.rubric import rubric_version
from botapp.scoring.stored import GateOverride, Overrides, StoredAnswer
from botapp.scoring.summary import summarise
from botapp.screening.interview import (
    AnswerStatus,
    Gate,
    Score,
    Scorecard,
    ScoredAnswer,
    SpokenPart,
)
from botapp.screening.interviewer import Interviewer, Question, Stage, criterion_questions, gates_resume

__all__ = [
    "GateOverride",
    "Overrides",
    "StoredAnswer",
    "build_scorecard",
    "score_answer_from",
    "scorecard_card",
]

NO_EVIDENCE = "No score: the judgement quoted nothing that was said."


def score_answer_from(judgement: Judgement, question: Question, engine: str, parts: Sequence[SpokenPart]) -> Score:
    """A judgement as a score. Without a verbatim quote there is none: it becomes unavailable."""
    evidence = verbatim(judgement.evidence, parts)
    scored = judgement.status == "scored" and judgement.score is not None
    refused = scored and not evidence
    return Score(
        question_id=question.id,
        status="scored" if scored and not refused else "unavailable",
        score=judgement.score if scored and not refused else None,
        reason=NO_EVIDENCE if refused else judgement.reason,
        evidence=evidence,
        engine=engine,
        rubric_version=rubric_version(question),
        confidence=judgement.confidence,
        passes=judgement.passes,
        spread=judgement.spread,
        prompt=judgement.prompt,
        model=judgement.model,
    )


def build_scorecard(
    interviewer: Interviewer,
    answers: Sequence[StoredAnswer],
    scores: Sequence[Score],
    overrides: Overrides | None = None,
    summary: Summary | None = None,
) -> Scorecard:
    """Everything a recruiter sees, with a person's corrections in force.

    `summary` comes from another engine, or else by rules from these scores.
    """
    over = overrides or Overrides()
    said = {answer.question_id: answer for answer in answers}
    judged = {score.question_id: score for score in scores} | dict(over.scores)
    stages = interviewer.running_stages()
    terms = {stage.id: _terms(stage, said, judged) for stage in stages}
    gates = build_gates(interviewer, said, terms, over.gates, judged)
    lines = (*_lines(interviewer, said, judged), *_resume_lines(interviewer, said, judged))
    stage_scores = tuple(
        score_stage(stage, wording.stage_title(stage, stage.kind.value), _all_terms(stage, judged))
        for stage in stages
        if any(map(counts, _judged_in(stage)))
    )
    told = summary or summarise(_to_summarise(interviewer, lines, said))
    overall = overall_score(stage_scores)
    return Scorecard(
        gates=gates,
        stages=stage_scores,
        answers=lines,
        overall=overall,
        answered=sum(stage.answered for stage in stage_scores),
        counted=sum(stage.counted for stage in stage_scores),
        strengths=told.strengths,
        doubts=told.doubts,
        not_judged=_not_judged(lines),
        recommendation=recommend(gates, overall),
        engines=tuple(sorted({s.engine for s in judged.values()} | {r for r in _readers(answers) if r})),
    )


def _readers(answers: Sequence[StoredAnswer]) -> set[str]:
    return {answer.reading.engine for answer in answers if answer.reading}


def _score_of(question: Question, judged: Mapping[str, Score]) -> float | None:
    score = judged.get(question.id)
    return score.score if score and score.status == "scored" else None


def _was_answered(question: Question, said: Mapping[str, StoredAnswer]) -> bool:
    answer = said.get(question.id)
    return answer is not None and answer.status in (AnswerStatus.ANSWERED, AnswerStatus.NEEDS_PERSON)


def _terms(stage: Stage, said: Mapping[str, StoredAnswer], judged: Mapping[str, Score]) -> list[Weighed]:
    """What was answered and counts, judged or not: the input of minimum scores."""
    return [
        Weighed(question.weight, _score_of(question, judged))
        for question in _judged_in(stage)
        if counts(question) and (_was_answered(question, said) or _score_of(question, judged) is not None)
    ]


def _all_terms(stage: Stage, judged: Mapping[str, Score]) -> list[Weighed]:
    """One term for each question that counts, answered or not: the input of coverage."""
    return [Weighed(q.weight, _score_of(q, judged)) for q in _judged_in(stage) if counts(q)]


def _judged_in(stage: Stage) -> tuple[Question, ...]:
    """What a stage asks, and what its resume is read for."""
    return (*stage.questions, *criterion_questions(stage))


def _lines(
    interviewer: Interviewer, said: Mapping[str, StoredAnswer], judged: Mapping[str, Score]
) -> tuple[ScoredAnswer, ...]:
    running = {stage.id for stage in interviewer.running_stages()}
    return tuple(
        _line(interviewer.stages[index].id, number, question, said.get(question.id), judged.get(question.id))
        for index, number, question in interviewer.numbered()
        if interviewer.stages[index].id in running
    )


def _resume_lines(
    interviewer: Interviewer, said: Mapping[str, StoredAnswer], judged: Mapping[str, Score]
) -> Iterator[ScoredAnswer]:
    """One for each criterion, numbered after the questions. The resume itself is not repeated in them."""
    number = len(interviewer.questions())
    for stage in interviewer.running_stages():
        for question in criterion_questions(stage):
            number += 1
            line = _line(stage.id, number, question, said.get(question.id), judged.get(question.id))
            kind = CRITERION_GATE if gates_resume(question) else CRITERION
            yield line.model_copy(update={"kind": kind, "answer": "", "parts": ()})


def _line(
    stage_id: str, number: int, question: Question, answer: StoredAnswer | None, score: Score | None
) -> ScoredAnswer:
    return ScoredAnswer(
        question_id=question.id,
        stage_id=stage_id,
        number=number,
        question=question.text,
        kind=question.kind.value,
        weight=question.weight,
        answer="\n".join(part.text for part in answer.parts) if answer else "",
        reading=answer.reading if answer else None,
        score=score,
        parts=answer.parts if answer else (),
    )


def _to_summarise(
    interviewer: Interviewer, lines: Sequence[ScoredAnswer], said: Mapping[str, StoredAnswer]
) -> SummariseRequest:
    asked = [question for stage in interviewer.stages for question in _judged_in(stage)]
    names = {question.id: wording.topic_of(question) for question in asked}
    return SummariseRequest(
        role=interviewer.title,
        answers=tuple(
            JudgedAnswer(
                question=names[line.question_id],
                score=line.score.score,
                reason=line.score.reason,
                evidence=verbatim(
                    line.score.evidence, said[line.question_id].parts if line.question_id in said else ()
                ),
            )
            for line in lines
            if line.score and line.score.status == "scored" and line.weight > 0
        ),
    )


def _not_judged(lines: Sequence[ScoredAnswer]) -> tuple[str, ...]:
    """Open questions that would count and have no score, each with why."""
    return tuple(
        f"Question {line.number}: {_why_not_judged(line)}"
        for line in lines
        if line.kind in ("open", CRITERION) and line.weight > 0 and not (line.score and line.score.status == "scored")
    )


def _why_not_judged(line: ScoredAnswer) -> str:
    if line.score:
        return line.score.reason
    if line.kind == CRITERION:
        return "the resume is not read for it yet."
    return "judging is still to come." if line.parts else "not answered."


def recommend(gates: Sequence[Gate], overall: float | None) -> str:
    """A recommendation in words. It is only that."""
    failed = [gate for gate in gates if gate.outcome == "failed"]
    asks = [gate for gate in gates if gate.outcome == "needs_person"]
    if failed:
        return f"Not met: {wording.joined([gate.name for gate in failed])}. A person decides."
    if asks:
        return f"A gate needs a person: {wording.joined([gate.name for gate in asks])}."
    if any(gate.outcome == "not_reached" for gate in gates):
        return "Not finished: some gates were not reached."
    if overall is None:
        return "No score to go by: read the answers."
    if any(gate.kind == "minimum_score" for gate in gates):
        return "Above the bar, all gates passed: worth a look."
    return "All gates passed: read the answers." if gates else "No gates set: read the answers."


def scorecard_card(card: Scorecard, name: str, title: str) -> Card:
    """The scorecard as a card: gates first, then the score, strengths and doubts, then the answers."""
    blocks = [
        [f"{name}, {title}", *(wording.gate_line(gate) for gate in card.gates)],
        [wording.headline(card), *(wording.stage_line(s) for s in card.stages if len(card.stages) > 1)],
        _section("Strengths", card.strengths),
        _section("Doubts", card.doubts),
        _section("Not judged", card.not_judged),
        [card.recommendation],
        _section("Answers", [_answer_line(line) for line in card.answers]),
    ]
    plain = "\n\n".join("\n".join(block) for block in blocks if any(block))
    data = card.model_dump(mode="json") | {"name": name, "title": title, "headline": wording.headline(card)}
    return Card(kind=CardKind.SCORECARD, data=data, plain=plain)


def _section(heading: str, lines: Sequence[str]) -> list[str]:
    return [heading, *(f"- {line}" for line in lines)] if lines else []


def _answer_line(line: ScoredAnswer) -> str:
    said = " ".join(line.answer.split()) or "no answer"
    short = said if len(said) <= 160 else said[:160].rsplit(" ", 1)[0] + "..."
    start = f"{line.number}. {line.question} {short}"
    if line.score is None:
        return start
    if line.score.score is None:
        return f"{start} (not judged: {line.score.reason})"
    mark = f"{wording.answer_score(line.score.score)} of 5"
    quote = f" {shown(line.score.evidence[0])}" if line.score.evidence else ""
    return f"{start} ({mark}: {line.score.reason}{quote})"
