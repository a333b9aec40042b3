"""How a scorecard's judgements, changes and versions are said, on the page and on paper alike. Pure."""

from flask import Flask

from botapp.entrypoints.web.exchange import exchange
from botapp.entrypoints.web.formula import FORMULA
from botapp.entrypoints.web.wording import decision_kind, outcome_words, subject_of
from botapp.scoring import wording as scoring
from botapp.scoring.export import confidence_of, judged_by
from botapp.screening.interview import Score, Scorecard, ScoredAnswer
from botapp.state.read_models import DecisionRow

FINGERPRINT = 12  # characters of one that are shown


def judged_words(score: Score) -> str:
    """`Judged by rules/1, rubric 3f9a0c12d4ab, low confidence.`: who, with what, and how sure."""
    told = judged_by(score)
    parts = [f"Judged by {told.engine}"]
    if told.model and told.model not in told.engine:
        parts.append(f"model {told.model}")
    if told.prompt:
        parts.append(f"prompt {told.prompt[:FINGERPRINT]}")
    parts.append(f"rubric {told.rubric[:FINGERPRINT]}")
    if told.passes:
        parts.append(f"passes {' and '.join(map(scoring.answer_score, told.passes))}")
    if told.confidence:
        parts.append(f"{told.confidence} confidence")
    return ", ".join(parts) + "."


def doubtful(score: Score) -> bool:
    """Whether the engine itself is not sure."""
    return confidence_of(score) == "low"


def reason_of(line: ScoredAnswer) -> str:
    """Why this score, or why there is none."""
    score, reading = line.score, line.reading
    if score and score.status == "scored":
        return score.reason
    if score:
        return f"Not judged: {score.reason}"
    if reading and reading.because:
        person = ". A person has to decide" if reading.needs_person else ""
        return f"Read as: {reading.because}{person}. Not scored: read exactly."
    return ""


def not_judged(words: str) -> str:
    """`Not judged: question 4: not answered.`"""
    return f"Not judged: {words[:1].lower()}{words[1:]}"


def scored_by_words(asked: int, by: int) -> str:
    """Which version asked and which scored, when they differ."""
    return (
        f"Scored by the rubrics of version {by}. Version {asked} was asked and stays this interview's own; "
        "its score is kept beside this one, and the two are never compared."
    )


def versions_of(card: Scorecard, asked: int, by: int) -> list[str]:
    """What the numbers rest on: versions, engines, rubrics."""
    rubrics = sorted({line.score.rubric_version for line in card.answers if line.score})
    lines = [f"Interviewer version {asked}." if asked == by else f"Asked version {asked}, scored by version {by}."]
    if card.engines:
        lines.append(f"Judged and read by {scoring.joined(list(card.engines))}.")
    if rubrics:
        lines.append(f"Rubrics {scoring.joined(rubrics)}.")
    return lines


def decision_line(row: DecisionRow, card: Scorecard | None) -> str:
    """`Score changed (question 3). New score 3.5. Reason: ...`, without who and when."""
    about = f" ({subject_of(row, card)})" if row.subject else ""
    parts = [f"{decision_kind(row.kind)}{about}."]
    if row.data.get("score"):
        parts.append(f"New score {scoring.answer_score(float(row.data['score']))}.")
    if row.data.get("outcome"):
        parts.append(f"Now {outcome_words(row.data['outcome'])}.")
    if row.reason:
        parts.append(f"Reason: {row.reason}{'' if row.reason.endswith(('.', '!', '?')) else '.'}")
    return " ".join(parts)


def register(app: Flask) -> None:
    """Make all of this available to the templates."""
    app.jinja_env.globals.update(
        exchange=exchange,
        formula_words=FORMULA,
        judged_words=judged_words,
        doubtful=doubtful,
        reason_of=reason_of,
        not_judged=not_judged,
        scored_by_words=scored_by_words,
        decision_line=decision_line,
    )
