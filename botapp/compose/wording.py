"""An interviewer in words a recruiter reads: rules, weights, kinds, stages, settings. Decides nothing."""

from typing import Any

from botapp.compose.dates import said
from botapp.compose.texting import interview_words, text_words
from botapp.messages import Card, CardKind
from botapp.screening.interviewer import (
    RUNNABLE_STAGES,
    WEIGHT_DOUBLE,
    WEIGHT_NORMAL,
    AlertKind,
    Budget,
    BudgetKind,
    ChatStage,
    Criterion,
    CriterionKind,
    FollowUps,
    Interviewer,
    Knockout,
    Question,
    QuestionKind,
    ResumeStage,
    ScenarioStage,
    Settings,
    Stage,
    StageKind,
)

_STAGE = {
    StageKind.CHAT: "Chat",
    StageKind.FORM: "Form",
    StageKind.RESUME: "Resume",
    StageKind.VOICE: "Voice call",
    StageKind.SCENARIO: "Work scenario",
}
_CHANNEL = {"any": "", "sms": " by SMS", "webchat": " on the web", "slack": " in Slack"}
_KIND = {
    QuestionKind.OPEN: "open",
    QuestionKind.YES_NO: "yes or no",
    QuestionKind.NUMBER: "a number",
    QuestionKind.DURATION: "a length of time",
    QuestionKind.MONEY: "an amount of money",
    QuestionKind.DATE: "a date",
    QuestionKind.CHOICE: "a choice",
    QuestionKind.AVAILABILITY: "days and times",
    QuestionKind.FILE: "a file",
}


def number_in_words(value: float) -> str:
    """3.0 as `3`, 2.5 as `2.5`, 54037 as `54,037`."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{int(value):,}"


def _amount(value: float, question: Question) -> str:
    if question.kind is QuestionKind.DURATION or question.unit in ("years", "year"):
        if 0 < value < 1:
            months = round(value * 12)
            return f"{months} month" + ("" if months == 1 else "s")
        return f"{number_in_words(value)} year" + ("" if value == 1 else "s")
    return f"{number_in_words(value)} {question.unit}".strip()


def knockout_words(question: Question) -> str:
    """The condition to stay in: `must be yes`, `at least 2 years`; empty when there is none."""
    rule = question.knockout
    if rule is None:
        return ""
    value = rule.value
    if isinstance(value, bool):
        return "must be yes" if value else "must be no"
    if rule.op in ("gte", "lte"):
        is_date = question.kind is QuestionKind.DATE
        lead = (
            ("on or after" if rule.op == "gte" else "by") if is_date else "at least" if rule.op == "gte" else "at most"
        )
        shown = _amount(float(value), question) if isinstance(value, int | float) else str(value)
        return f"{lead} {shown}"
    if isinstance(value, list):
        return "must be " + " or ".join(value)
    return f"must be {number_in_words(value) if isinstance(value, float) else value}"


def scored_words(question: Question) -> str:
    """`weight normal`, or `not scored`: only open answers are scored, typed ones are read exactly."""
    return f"weight {weight_words(question.weight)}" if question.is_open and question.weight else "not scored"


def weight_words(weight: int) -> str:
    """`normal`, `double`, `not scored`, or the number."""
    named = {0: "not scored", 1: "half", WEIGHT_NORMAL: "normal", WEIGHT_DOUBLE: "double", 6: "triple"}
    return named.get(weight, f"{weight} (normal is {WEIGHT_NORMAL})")


def kind_words(kind: QuestionKind) -> str:
    """What sort of answer is read."""
    return _KIND[kind]


def follow_up_words(follow_ups: FollowUps) -> str:
    """`none`, `exactly 1`, `up to 2`, `1 to 2`."""
    low, high = follow_ups.min, follow_ups.max
    if high == 0:
        return "none"
    if low == high:
        return f"exactly {high}"
    return f"up to {high}" if low == 0 else f"{low} to {high}"


def stage_name(stage: Stage) -> str:
    """`Chat by SMS`, `Resume`, or the title it was given."""
    if stage.title:
        return stage.title
    channel = _CHANNEL[stage.channel] if isinstance(stage, ChatStage) else ""
    return _STAGE[stage.kind] + channel


def task_lines(stage: Stage) -> list[str]:
    """What a scenario asks for and how long it may take; nothing of any other stage."""
    if not isinstance(stage, ScenarioStage):
        return []
    limits = f"At most {stage.max_rounds} messages and {stage.max_minutes} minutes."
    return [*filter(None, (stage.goal.strip() or "It has no task yet.", stage.deliverable.strip())), limits]


def budget_words(budget: Budget) -> str:
    if budget.kind is BudgetKind.NONE:
        return "no limit"
    per = "in total" if budget.kind is BudgetKind.TOTAL else "a day"
    return f"{budget.cap:,} interview{'' if budget.cap == 1 else 's'} {per}"


def _days(count: int) -> str:
    return f"{count} day" + ("" if count == 1 else "s")


def setting_words(name: str, settings: Settings) -> tuple[str, str]:
    """A setting's name and its value, both in words."""
    match name:
        case "deadline":
            return "Deadline", said(settings.deadline) if settings.deadline else "none"
        case "days_to_complete":
            return "Time to finish", _days(settings.days_to_complete)
        case "pass_bar":
            return "Pass bar", "none" if settings.pass_bar is None else str(settings.pass_bar)
        case "enforce_knockouts":
            return (
                "Knockouts",
                "end the interview" if settings.enforce_knockouts else "are noted, nobody is turned away",
            )
        case "retakes":
            return "Retakes", "none" if settings.retakes == 0 else str(settings.retakes)
        case "retake_cooldown_days":
            waits = settings.retake_cooldown_days
            return "Wait before a retake", "none" if waits == 0 else _days(waits)
        case "budget":
            return "Budget", budget_words(settings.budget)
        case "redirect_url":
            return "Redirect link", settings.redirect_url or "none"
        case "alert_address":
            return "Alerts", alert_words(settings.alert_address)
        case "join_code":
            return "Code to start by text", settings.join_code or "none"
        case "agent_name":
            return "Agent name", settings.agent_name
        case _:
            return _people_words(name, settings)


def _people_words(name: str, settings: Settings) -> tuple[str, str]:
    """Settings of how people are reminded, answered and told of."""
    match name:
        case "remind_after_hours":
            hours = settings.remind_after_hours
            return "Remind after", "1 hour of silence" if hours == 1 else f"{hours} hours of silence"
        case "max_reminders":
            return "Reminders", "none" if settings.max_reminders == 0 else f"{settings.max_reminders} at most"
        case "answer_within_days":
            return "Promised answer", f"within {_days(settings.answer_within_days)}"
        case "stalled_after_days":
            return "Counts as stalled", f"{_days(settings.stalled_after_days)} after the last reminder"
        case "languages":
            return "Also offered in", ", ".join(map(language_name, settings.languages)) or "no other language"
        case _:
            return "Alerts about", ", ".join(_ALERT_KINDS[kind] for kind in settings.alerts) or "nothing"


_LANGUAGES = {
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "pt": "Portuguese",
    "pl": "Polish",
    "it": "Italian",
    "zh": "Chinese",
}


def language_name(code: str) -> str:
    """`Spanish` for es; a code we have no name for as it is."""
    return _LANGUAGES.get(code, code)


_ALERT_KINDS = {
    AlertKind.COMPLETED: "finished interviews",
    AlertKind.KNOCKED_OUT: "knockouts",
    AlertKind.ASKED_PERSON: "people who need a person",
    AlertKind.QUESTION: "questions passed on",
    AlertKind.STALLED: "people who stopped answering",
    AlertKind.OPTED_OUT: "people who opted out",
}


def alert_words(address: str) -> str:
    """`the console feed`, or the place that was asked for; whatever becomes of that, the feed has every alert."""
    scheme, _, rest = address.partition(":")
    if address == "webchat:feed":
        return "the console feed"
    if scheme == "slack":
        named = "this Slack channel" if rest == "here" else f"{rest} in Slack" if rest[:1] == "#" else "a Slack channel"
        return f"{named} once botapp is in it, and the console feed"
    return f"{rest if scheme == 'email' else address} once that is connected, the console feed until then"


def setting_lines(settings: Settings) -> tuple[str, ...]:
    """Every setting as `Name: value`, the rarely used ones only when they are set."""
    always = ("deadline", "days_to_complete", "pass_bar", "retakes", "agent_name", "alert_address")
    usual = Settings()
    names = [n for n in Settings.model_fields if n in always or getattr(settings, n) != getattr(usual, n)]
    return tuple(f"{name}: {value}" for name, value in (setting_words(n, settings) for n in names))


def question_tags(question: Question) -> str:
    """`yes or no, must have (must be yes), double`: all that stands behind a question, in one line."""
    parts = [kind_words(question.kind)]
    if question.knockout:
        parts.append(f"must have: {knockout_words(question)}")
    parts.append(scored_words(question))
    if question.is_open:
        parts.append(f"follow-ups {follow_up_words(question.follow_ups)}")
    return ", ".join(parts)


def rubric_text(question: Question, number: int) -> str:
    """The rubric of a question, or what stands in its place."""
    head = f"Question {number}: {question.text}"
    if question.rubric is None:
        if question.is_open:
            return f"{head}\nIt has no rubric yet. Tell me what a 1, a 3 and a 5 look like."
        rule = knockout_words(question)
        how = f"It is read exactly ({kind_words(question.kind)})" + (f", and the rule is: {rule}." if rule else ".")
        return f"{head}\n{how} Only open questions have a rubric."
    anchors = question.rubric
    return f"{head}\n5: {anchors.five}\n3: {anchors.three}\n1: {anchors.one}"


def _question_row(number: int, question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "number": number,
        "text": question.text,
        "topic": question.topic,
        "kind": kind_words(question.kind),
        "options": list(question.options),
        "knockout": knockout_words(question),
        "weight": weight_words(question.weight if question.is_open else 0),
        "follow_ups": follow_up_words(question.follow_ups) if question.is_open else "",
        "rubric": question.rubric.model_dump() if question.rubric else None,
        "origin": question.provenance.origin.value,
        "quote": question.provenance.quote,
    }


def missing_line(topic: str) -> str:
    """`Pay: the text doesn't say`."""
    return f"{topic.capitalize()}: the text doesn't say"


def draft_data(draft: Interviewer, price: float | None = None) -> dict[str, Any]:
    """The whole draft as JSON types, in words. With the price of a segment, what each question costs as a text."""
    stages: list[dict[str, Any]] = []
    number = 0
    for stage in draft.stages:
        rows = []
        for question in stage.questions:
            number += 1
            rows.append(_question_row(number, question) | _as_text(question, price))
        stages.append(
            {
                "name": stage_name(stage),
                "kind": stage.kind.value,
                "enabled": stage.enabled,
                "runnable": stage.kind in RUNNABLE_STAGES,
                "weight": weight_words(stage.weight),
                "criteria": [criterion_words(criterion) for criterion in stage.criteria]
                if isinstance(stage, ResumeStage)
                else [],
                "task": task_lines(stage),
                "questions": rows,
            }
        )
    return {
        "title": draft.title,
        "slug": draft.slug,
        "company": draft.company,
        "language": draft.language,
        "stages": stages,
        "facts": [{"topic": f.topic, "answer": f.answer, "quote": f.quote} for f in draft.facts],
        "missing": [missing_line(topic) for topic in draft.missing],
        "settings": list(setting_lines(draft.settings)),
        **({} if price is None else {"by_text": interview_words(draft, price)}),
    }


def _as_text(question: Question, price: float | None) -> dict[str, str]:
    return {} if price is None else {"by_text": text_words(question.text, price)}


def criterion_words(criterion: Criterion) -> str:
    """What a resume is read for, and whether it is a gate."""
    return f"{criterion.text} (must have)" if criterion.kind is CriterionKind.GATE else criterion.text


def draft_card(draft: Interviewer, price: float | None = None) -> Card:
    """The draft as a card; its plain form holds all of it. `price` of a segment, while texts can leave."""
    return Card(CardKind.DRAFT, draft_data(draft, price), draft_plain(draft, price))


def draft_plain(draft: Interviewer, price: float | None = None) -> str:
    """The draft as text for a terminal or a plain message."""
    lines = [draft.title + (f" at {draft.company}" if draft.company else ""), f"Link: /i/{draft.slug}"]
    number = 0
    for place, stage in enumerate(draft.stages, 1):
        off = "" if stage.enabled else " (switched off)"
        lines += ["", f"Stage {place}: {stage_name(stage)}{off}"]
        if isinstance(stage, ResumeStage):
            lines += [f"  - {criterion_words(criterion)}" for criterion in stage.criteria]
        lines += [f"  {line}" for line in task_lines(stage)]
        for question in stage.questions:
            number += 1
            cost = "" if price is None else f", by text {text_words(question.text, price)}"
            lines += [f"{number}. {question.text}", f"   {question_tags(question)}{cost}"]
            if question.options:
                lines.append("   Options: " + ", ".join(question.options))
            if question.provenance.quote:
                lines.append(f"   From: “{question.provenance.quote}”")
    if draft.facts:
        lines += ["", "Candidates can ask about:"] + [f"- {f.topic}: {f.answer}" for f in draft.facts]
    lines += [f"- {missing_line(topic)}" for topic in draft.missing]
    costs = [] if price is None else [f"By text: {interview_words(draft, price)}"]
    return "\n".join([*lines, "", *setting_lines(draft.settings), *costs])


def rule_words(rule: Knockout, question: Question) -> str:
    """`rule` in words, as it would read on `question`."""
    return knockout_words(question.model_copy(update={"knockout": rule}))
