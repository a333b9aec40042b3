"""Rehearsal: made-up candidates go through the real interview graph and real scoring, in memory, on a clock of its own.

Guarantees: nobody is written to, nothing is counted, no row of a candidate, an answer or a score is written. A
candidate is shown what a candidate sees, and nothing else. Bounded: turns of one candidate, and time in all.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botapp.compose.acting import Persona
from botapp.compose.rehearsal import Rehearsal, Run, side_by_side
from botapp.compose.rehearsal_findings import with_findings
from botapp.compose.rehearsal_words import outline
from botapp.errors import Permanent
from botapp.log import get_logger
from botapp.pipeline.playing import Play, Setting
from botapp.pipeline.running import as_run, draft_of
from botapp.pipeline.services import derived_id
from botapp.screening.interviewer import ChatStage, Interviewer
from botapp.state import interviewers, people, rehearsals
from botapp.state.tasks import Task

if TYPE_CHECKING:
    from botapp.pipeline.turn import TurnServices

WITHIN = 240.0  # seconds for all candidates; with rules it takes a few
_BREATH = 0.001
log = get_logger()


@dataclass(frozen=True, slots=True)
class OutOfTime:
    """Says whether the time of a rehearsal is used up."""

    ends: float

    def __call__(self) -> bool:
        return time.monotonic() > self.ends


def rehearse(services: "TurnServices", task: Task) -> dict[str, Any]:
    """Do the task; the payload names the interviewer. The result enters the inbox as `rehearse_done`."""
    made = rehearse_stored(
        services, str(task.payload["interviewer_id"]), id=task.id, by=str(task.payload.get("by", ""))
    )
    log.info("rehearsed", task_id=task.id, revision=made.revision, findings=len(made.findings))
    return {"rehearsal_id": task.id, "revision": made.revision}


def rehearse_stored(services: "TurnServices", interviewer_id: str, *, id: str, by: str) -> Rehearsal:
    """Rehearse the current draft of a stored interviewer, and keep what came out.

    Raises:
        Permanent: it is gone, has no draft, or nothing in it can run.
    """
    with services.database.reading() as uow:
        stored = interviewers.get(uow, interviewer_id)
        if stored is None:
            raise Permanent("This interviewer is gone.")
        draft = draft_of(stored)
        employer = people.workspace_name(uow, stored.workspace_id)
    if draft is None:
        raise Permanent("There is no draft to rehearse yet.")
    made = rehearse_draft(services, draft, stored.workspace_id, id=id, revision=stored.revision, employer=employer)
    with services.database.writing() as uow:
        rehearsals.keep(
            uow,
            id=id,
            workspace_id=stored.workspace_id,
            interviewer_id=interviewer_id,
            revision=made.revision,
            outline=outline(made),
            result=made.model_dump(mode="json"),
            by=by,
            now=services.now(),
        )
    return made


def rehearse_draft(
    services: "TurnServices", draft: Interviewer, workspace_id: str, *, id: str, revision: int = 0, employer: str = ""
) -> Rehearsal:
    """Five candidates, one after the other; those who were knocked out are let through a second time, for the scores.

    Raises:
        Permanent: nothing in the draft can run.
    """
    running = as_run(draft)
    if not any(stage.questions or stage.kind in ("resume", "scenario") for stage in running.running_stages()):
        raise Permanent("There is nothing to rehearse: the draft asks nothing yet.")
    by_text = any(isinstance(stage, ChatStage) and stage.channel == "sms" for stage in running.running_stages())
    # Model calls of a rehearsal are kept like any others, under a name of its own.
    language = services.language_for(workspace_id, derived_id("rehearsal", id))
    setting = Setting(
        graph=services.graphs["interview"],
        language=language,
        interviewer=running,
        now=services.now(),
        employer=draft.company or employer,
        base_url=services.base_url,
        by_text=by_text,
        numbers={question.id: number for _, number, question in draft.numbered()},
    )
    runs = _played(setting, OutOfTime(time.monotonic() + WITHIN), _letting_others_go(services))
    made = side_by_side(
        draft, runs, revision=revision, engine=language.name, today=services.now().date(), by_text=by_text
    )
    return with_findings(made, draft, setting.gap_with)


def _played(setting: Setting, is_late: OutOfTime, breathe: Callable[[], None]) -> list[Run]:
    return [Play(setting, persona, is_late, breathe).run() for persona in Persona]


def _letting_others_go(services: "TurnServices") -> Callable[[], None]:
    """Between two turns whoever waits for this process goes first: a rehearsal is in no hurry, candidates are."""

    def breathe() -> None:
        with services.turnstile.aside():
            time.sleep(_BREATH)

    return breathe
