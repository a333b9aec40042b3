"""Interviewers as they run: a version's frozen stages with today's title, facts and settings. Reads only."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from pydantic import TypeAdapter

from botapp.errors import Permanent
from botapp.screening.interviewer import BudgetKind, Interviewer, ScenarioStage, Stage, task_of
from botapp.state import interviewers
from botapp.state.interviewers import StoredInterviewer
from botapp.state.unit_of_work import UnitOfWork

Parsed = TypeVar("Parsed")
_STAGES: TypeAdapter[tuple[Stage, ...]] = TypeAdapter(tuple[Stage, ...])

# Versions and revisions never change once written, so each is parsed once per process.
_stages: OrderedDict[tuple[str, int], tuple[Stage, ...]] = OrderedDict()
_drafts: OrderedDict[tuple[str, int], Interviewer] = OrderedDict()
_KEPT = 256


def _once(kept: OrderedDict[tuple[str, int], Parsed], key: tuple[str, int], parse: Callable[[], Parsed]) -> Parsed:
    if key not in kept:
        kept[key] = parse()
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    return kept[key]


def stages_of(uow: UnitOfWork, interviewer_id: str, version: int) -> tuple[Stage, ...]:
    """The stages frozen in a version. A scenario's task is its one question."""

    def parse() -> tuple[Stage, ...]:
        stages = _STAGES.validate_python(interviewers.definition(uow, interviewer_id, version)["stages"])
        return tuple(_with_task(stage) for stage in stages)

    return _once(_stages, (interviewer_id, version), parse)


def _with_task(stage: Stage) -> Stage:
    return stage.model_copy(update={"questions": (task_of(stage),)}) if isinstance(stage, ScenarioStage) else stage


def as_run(draft: Interviewer) -> Interviewer:
    """The draft as a candidate would meet it if it were published now."""
    return draft.model_copy(update={"stages": tuple(_with_task(stage) for stage in draft.stages)})


def draft_of(stored: StoredInterviewer) -> Interviewer | None:
    """The current draft, with the live settings and facts."""
    if stored.draft is None:
        return None
    return _once(_drafts, (stored.id, stored.revision), lambda: Interviewer.model_validate(stored.draft))


def running_interviewer(uow: UnitOfWork, stored: StoredInterviewer, version: int) -> Interviewer:
    """What a candidate meets: the version's stages with today's title, facts and settings."""
    live = draft_of(stored)
    if live is None:
        raise Permanent("This interviewer has no draft any more.")
    return live.model_copy(update={"stages": stages_of(uow, stored.id, version)})


def spent_now(uow: UnitOfWork, interviewer_id: str, draft: Interviewer | None, now: datetime) -> int:
    """Interviews that count against the budget: today's for a daily one, else all."""
    daily = draft is not None and draft.settings.budget.kind is BudgetKind.DAILY
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return interviewers.spent(uow, interviewer_id, midnight if daily else None)
