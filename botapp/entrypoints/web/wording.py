"""Words for values, as template filters: what a status or a moment is called on a page.

Pure functions of their arguments. Rules, weights, kinds and settings are said by compose.wording, points by
scoring.wording; nothing here says them a second way.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask import Flask
from markupsafe import Markup

from botapp.compose import wording as composing
from botapp.compose.texting import money, segment_words
from botapp.entrypoints.web.resume_words import flag_words, unread_words
from botapp.policy.access import Action, Role, may
from botapp.policy.model_budget import ModelUse
from botapp.scoring import wording as scoring
from botapp.screening.interview import Scorecard
from botapp.screening.interviewer import RUNNABLE_STAGES, BudgetKind, Origin, Question, Settings, Stage
from botapp.screening.segments import count_segments, fit_for_sms
from botapp.state.read_models import CandidateRow, DecisionRow, FeedRow

_INTERVIEWER_STATUS = {
    "draft": "Draft",
    "active": "Active",
    "paused": "Paused",
    "expired": "Expired",
    "archived": "Archived",
}
_INTERVIEW_STATUS = {
    "invited": "Invited",
    "in_progress": "Answering",
    "paused": "Waiting",
    "completed": "Completed",
    "ended": "Stopped",
    "expired": "Out of time",
}
_DECISIONS = {"": "Open", "shortlisted": "Shortlisted", "dismissed": "Dismissed"}
_DECISION_KINDS = {
    "shortlist": "Shortlisted",
    "dismiss": "Dismissed",
    "reopen": "Opened again",
    "override_score": "Score changed",
    "override_gate": "Gate changed",
    "restore_score": "Score as judged again",
    "restore_gate": "Gate as decided by rule again",
}
_OUTCOMES = {
    "passed": "met",
    "failed": "not met",
    "needs_person": "a person has to decide",
    "not_reached": "not reached",
}
_ORIGINS = {
    Origin.SOURCE: "From the text",
    Origin.INSTRUCTIONS: "You asked for it",
    Origin.TEMPLATE: "From our stock for this kind of role",
    Origin.MEMBER: "Added by talking",
}
_MODES = {
    "exact": "told word for word at the start",
    "summarised": "told in short at the start",
    "reference": "used to answer questions",
    "silent": "never told",
}
_ROLES = {"owner": "Owner", "recruiter": "Recruiter", "viewer": "Viewer"}


def kind_of(question: Question) -> str:
    """`a number, in lb`, `a choice: days, nights`."""
    words = composing.kind_words(question.kind)
    if question.options:
        return f"{words}{', several may be picked' if question.multiple else ''}: {', '.join(question.options)}"
    return f"{words}, in {question.unit}" if question.unit else words


def rule_of(question: Question) -> str:
    """The rule beside a "must have" tag: `yes`, `at least 2 years`."""
    return composing.knockout_words(question).removeprefix("must be ")


def weight_of(weight: int) -> str:
    """`normal weight`, `not scored`."""
    words = composing.weight_words(weight)
    return words if weight == 0 else f"weight {words}" if words[0].isdigit() else f"{words} weight"


def stage_of(stage: Stage) -> str:
    """The stage's name, when all that is at hand is its kind too."""
    return composing.stage_name(stage)


def can_run(stage: Stage) -> bool:
    """Whether this kind of stage runs already."""
    return stage.kind in RUNNABLE_STAGES


def settings_of(settings: Settings) -> list[tuple[str, str]]:
    """Every setting's name and value, in words."""
    return [composing.setting_words(name, settings) for name in Settings.model_fields]


def spent_words(spent: int, kind: str, cap: int) -> str:
    """`12 of 50`, `3 of 10 today`, `7, no cap`."""
    match kind:
        case BudgetKind.TOTAL:
            return f"{spent} of {cap}"
        case BudgetKind.DAILY:
            return f"{spent} of {cap} today"
        case _:
            return f"{spent}, no cap"


def day_words(day: date | str | None) -> str:
    """`4 November 2025`."""
    if not day:
        return ""
    real = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{real.day} {real:%B %Y}"


def moment(at: datetime | None) -> Markup:
    """A <time> in UTC, which the page turns into the reader's own time."""
    if at is None:
        return Markup("")
    words = f"{at.day} {at:%b %Y, %H:%M} UTC"
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), words)


def counted(number: int, one: str, many: str = "") -> str:
    """`1 question`, `2 questions`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def phone_words(contact: str) -> str:
    """`+1 202 555 0100`: a number as people read it aloud; anything else as it is."""
    if re.fullmatch(r"\+1\d{10}", contact):
        return f"+1 {contact[2:5]} {contact[5:8]} {contact[8:]}"
    return contact


def join_words(code: str, number: str) -> str:
    """`Text JOIN NIGHTS to +1 202 555 0100`."""
    return f"Text JOIN {code}" + (f" to {phone_words(number)}" if number else "")


def text_cost(text: str, price: float, language: str) -> str:
    """`by text: 1 segment, $0.0083`: what a question takes as it is sent."""
    parts = fit_for_sms(text, language=language)
    return "by text: " + segment_words(sum(count_segments(part).count for part in parts), price)


def spend_words(segments: int, price: float) -> str:
    """What invitations take, at most."""
    return f"At most {segment_words(segments, price)}."


def model_use_words(use: ModelUse) -> str:
    """`Model: 12 calls, 8,412 tokens, $0.03.` The cost only where prices are set."""
    calls = "1 call" if use.calls == 1 else f"{use.calls:,} calls"
    cost = f", {'less than $0.01' if use.cost < 0.01 else f'${use.cost:,.2f}'}" if use.cost else ""
    return f"Model: {calls}, {use.tokens:,} tokens{cost}."


def topic_words(topic: str) -> str:
    """`start_date` -> `Start date`."""
    spaced = topic.replace("_", " ").strip()
    return spaced[:1].upper() + spaced[1:]


def says_more(row: CandidateRow) -> bool:
    """Whether the outcome tells what the status has not told already."""
    return bool(row.outcome) and topic_words(row.outcome) != _INTERVIEW_STATUS.get(row.status)


def alert_words(row: FeedRow) -> str:
    """An alert without the address of its interview: the page has a link."""
    lines = str(row.message.get("text", "")).splitlines()
    own = f"/interviews/{row.interview_id}"
    return "\n".join(line for line in lines if not (row.interview_id and line.endswith(own)))


def subject_of(decision: DecisionRow, card: Scorecard | None) -> str:
    """What was overridden: a gate by its name, a question by its number."""
    if card is None:
        return decision.subject
    names = {a.question_id: f"question {a.number}" for a in card.answers}
    if decision.kind.endswith("_gate"):
        names = {gate.question_id: gate.name for gate in card.gates}
    return names.get(decision.subject, decision.subject)


def role_may(role: Role, action: str) -> bool:
    """policy.access.may, for templates."""
    return may(role, Action(action))


def _lookup(table: Mapping[Any, str]) -> Callable[[Any], str]:
    return lambda value: table.get(value, str(value))


status_words = _lookup(_INTERVIEW_STATUS)
decision_words = _lookup(_DECISIONS)
decision_kind = _lookup(_DECISION_KINDS)
outcome_words = _lookup(_OUTCOMES)


def register(app: Flask) -> None:
    """Make all of this available to the templates."""
    app.jinja_env.filters.update(
        kind_of=kind_of,
        weight_of=weight_of,
        stage_of=stage_of,
        follow_ups=composing.follow_up_words,
        points=scoring.points,
        answer_score=scoring.answer_score,
        says_more=says_more,
        alert_words=alert_words,
        origin_words=lambda question: _ORIGINS[question.provenance.origin],
        day=day_words,
        moment=moment,
        topic_words=topic_words,
        model_use_words=model_use_words,
        phone_words=phone_words,
        flag_words=flag_words,
        unread_words=unread_words,
        money=money,
        interviewer_status=_lookup(_INTERVIEWER_STATUS),
        interview_status=status_words,
        decision_words=decision_words,
        decision_kind=decision_kind,
        outcome_words=outcome_words,
        mode_words=_lookup(_MODES),
        role_words=_lookup(_ROLES),
    )
    app.jinja_env.globals.update(
        rule_of=rule_of,
        missing_line=composing.missing_line,
        settings_of=settings_of,
        spent_words=spent_words,
        subject_of=subject_of,
        headline=scoring.headline,
        stage_line=scoring.stage_line,
        counted=counted,
        join_words=join_words,
        text_cost=text_cost,
        spend_words=spend_words,
        can_run=can_run,
        task_lines=composing.task_lines,
        may=role_may,
    )
