"""What is said about a stage that is no chat: what comes next and where, what is still open, and "I'm done". Pure."""

import re
from datetime import datetime, timedelta

from botapp.compose.estimate import stage_minutes
from botapp.graphs.context import Heard, InterviewContext
from botapp.graphs.interview.speech import say
from botapp.graphs.interview.state import InterviewMemory, StageMemory, said_words
from botapp.screening.interviewer import ScenarioStage, Stage, StageKind

_DONE = re.compile(
    r"\W*(?:(?:ok(?:ay)?|yes|all|i'?m|i am|i'?ve|i have|it'?s|it is|that'?s|is|now|just|the form|form|ya|he|esta"
    r"|est[aá]|lo|j'?ai|c'?est|je l'ai|ich|bin|habe|es|ist|alles)\W+)*"
    r"(?:done|finished|complete[d]?|submitted|sent(?: it)?|filled(?: it)?(?: in| out)?|that'?s (?:all|it|everything)"
    r"|listo|lista|hecho|terminado|enviado|he terminado|fini|termin[eé]e?|fait|envoy[eé]|fertig|erledigt"
    r"|abgeschickt|gesendet|ausgef[uü]llt)(?:\W+(?:now|it|already|thanks|thank you|the form|gracias|merci|danke))*\W*",
    re.IGNORECASE,
)
_SHORT = 60


def says_done(heard: list[Heard]) -> bool:
    """Short words that say it is finished, and nothing else."""
    words = said_words(heard)
    return len(words) <= _SHORT and bool(_DONE.fullmatch(words))


def announcement(stage: Stage, memory: InterviewMemory, context: InterviewContext, heard: list[Heard]) -> str:
    """What comes next, the first time; then what is still open, in fewer words."""
    known = memory.stage(stage.id)
    if isinstance(stage, ScenarioStage):
        return _about_task(stage, known, context)
    return _about_page(stage, known, context, claims_done=says_done(heard))


def _about_page(stage: Stage, known: StageMemory, context: InterviewContext, claims_done: bool) -> str:
    kind, language = stage.kind.value, context.spoken
    link = context.stage_links.get(stage.id, "")
    if stage.kind is StageKind.RESUME and known.attachment:
        return say("stages.resume_being_read", language)
    if not known.announced:
        name = f"stages.{kind}_by_text" if context.by_text else f"stages.{kind}"
        return say(name, language, link=link, minutes=stage_minutes(stage))
    return say(f"stages.{kind}_not_here" if claims_done else f"stages.{kind}_again", language, link=link)


def _about_task(stage: ScenarioStage, known: StageMemory, context: InterviewContext) -> str:
    language = context.spoken
    if known.begun_at:
        return task_words(stage, known, context)
    if known.announced:
        return say("stages.task_again", language)
    return say("stages.task", language, minutes=stage.max_minutes, messages=stage.max_rounds)


def task_words(stage: ScenarioStage, known: StageMemory, context: InterviewContext) -> str:
    """The task itself, and what is left of its time and messages."""
    told = "\n".join(filter(None, (stage.goal.strip(), stage.deliverable.strip())))
    return f"{told}\n\n{left_words(stage, known, context)}"


def left_words(stage: ScenarioStage, known: StageMemory, context: InterviewContext) -> str:
    """How much is left, and how to end."""
    rounds = stage.max_rounds - known.rounds
    name = "stages.task_last_message" if rounds == 1 else "stages.task_left"
    return say(name, context.spoken, messages=rounds, minutes=minutes_left(stage, known, context))


def minutes_left(stage: ScenarioStage, known: StageMemory, context: InterviewContext) -> int:
    """Whole minutes of a task's time, rounded up; 0 when it is over."""
    left = task_ends(stage, known, context) - context.now
    return max(0, -int(-left.total_seconds() // 60))


def task_ends(stage: ScenarioStage, known: StageMemory, context: InterviewContext) -> datetime:
    """When the time of a task is over: counted from its beginning, or from now."""
    begun = datetime.fromisoformat(known.begun_at) if known.begun_at else context.now
    return begun + timedelta(minutes=stage.max_minutes)
