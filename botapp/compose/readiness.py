"""Why a draft can't be published yet, each reason a sentence with what to do. Publishes nothing."""

from collections.abc import Set

from botapp.compose.lint import lint
from botapp.compose.wording import stage_name
from botapp.screening.interviewer import (
    RUNNABLE_STAGES,
    TITLE_MIN,
    ChatStage,
    FormStage,
    Interviewer,
    ResumeStage,
    ScenarioStage,
    Stage,
)


def channel_note(draft: Interviewer, connected: Set[str] = frozenset()) -> str:
    """Said before publishing when a chat was asked for on a channel that is not connected; "" otherwise."""
    asked = {stage.channel for stage in draft.running_stages() if isinstance(stage, ChatStage)}
    wanted = (asked & {"sms", "slack"}) - connected
    if not wanted:
        return ""
    names = " and ".join({"sms": "SMS", "slack": "Slack"}[channel] for channel in sorted(wanted))
    return f"{names} can't be used yet: until then candidates answer in web chat, by the link."


def judging_note(draft: Interviewer, engine: str) -> str:
    """Said before publishing when a task would be scored but no model is there to judge it; "" otherwise."""
    has_task = any(isinstance(stage, ScenarioStage) for stage in draft.running_stages())
    if not has_task or not engine.startswith("rules"):
        return ""
    return "Without a language model the task isn't scored: candidates do it, and a person reads it."


def blockers(draft: Interviewer) -> tuple[str, ...]:
    """What is in the way; empty when the draft can be published."""
    return (*_head(draft), *_stages(draft), *_rubrics(draft), *_unlawful(draft))


def _head(draft: Interviewer) -> list[str]:
    reasons = []
    if len(draft.title.strip()) < TITLE_MIN:
        reasons.append("It has no title. Tell me what the role is called.")
    if not draft.slug:
        reasons.append("It has no link name. Tell me one, like night-picker.")
    return reasons


def _stages(draft: Interviewer) -> list[str]:
    running = draft.running_stages()
    reasons = []
    for stage in running:
        name = stage_name(stage)
        named = f"The {name[0].lower() + name[1:]} stage"
        if stage.kind not in RUNNABLE_STAGES:
            reasons.append(f"{named} can't run yet: remove it or switch it off.")
        elif isinstance(stage, FormStage) and not stage.questions:
            reasons.append(f"{named} asks nothing yet: add a question to it, remove it or switch it off.")
        elif isinstance(stage, ScenarioStage) and not stage.goal.strip():
            reasons.append(f"{named} has no task yet: remove it or switch it off.")
    if not any(_asks(stage) for stage in running):
        reasons.append("It asks nothing yet: add at least one question to a chat stage.")
    return reasons


def _asks(stage: Stage) -> bool:
    """Whether a candidate has anything to do in it."""
    if stage.kind not in RUNNABLE_STAGES:
        return False
    return bool(stage.questions) or isinstance(stage, (ResumeStage, ScenarioStage))


def _rubrics(draft: Interviewer) -> list[str]:
    lacking = [
        number
        for index, number, question in draft.numbered()
        if draft.stages[index].enabled and question.is_open and question.rubric is None and question.weight
    ]
    if not lacking:
        return []
    numbers = ", ".join(str(number) for number in lacking)
    which = f"Question {numbers} has" if len(lacking) == 1 else f"Questions {numbers} have"
    return [f"{which} no rubric: tell me what a 1, a 3 and a 5 look like."]


def _unlawful(draft: Interviewer) -> list[str]:
    return [f"{finding.where}: {finding.text}" for finding in lint(draft) if finding.level == "refuse"]
