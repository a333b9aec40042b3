"""Due work: timers that ring and tasks a turn asked for.

A task's result enters the inbox with the task's id as external id, so it comes in once however often it was done.
"""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

from botapp.errors import Conflict, Permanent, Retryable
from botapp.log import get_logger
from botapp.messages import InboundKind, InboundMessage, Sender, SenderKind
from botapp.pipeline.briefs import fetch_pages, read_given_files
from botapp.pipeline.inviting import run_invite_task
from botapp.pipeline.media import keep_media
from botapp.pipeline.rehearse import rehearse
from botapp.pipeline.rescoring import rescore_interview
from botapp.pipeline.resume import read_resume
from botapp.pipeline.scoring import score_interview
from botapp.pipeline.services import Services, fresh_id
from botapp.pipeline.slack_applying import open_interview
from botapp.pipeline.slack_files import read_files
from botapp.pipeline.slack_lists import invite_listed
from botapp.pipeline.slack_people import identify, open_thread
from botapp.pipeline.slack_takeover import open_mirror
from botapp.pipeline.slack_worker import app_opened
from botapp.pipeline.turn import MAX_FAILURES, TurnServices
from botapp.state import inbox, tasks
from botapp.state.tasks import Task
from botapp.state.unit_of_work import UnitOfWork

NO_WAIT = timedelta(0)
log = get_logger()


def do_next_task(services: TurnServices) -> bool:
    """Do the task that is due longest. False when none is due."""
    with services.database.writing() as uow:
        task = tasks.claim_due(uow, services.now())
        if task is not None and task.kind == "timer":
            _ring(services, uow, task)
    if task is None:
        return False
    if task.kind == "work":
        if services.leases is not None:
            services.leases.hold(task)
        try:
            _work(services, task)
        finally:
            if services.leases is not None:
                services.leases.drop(task)
    return True


def _ring(services: Services, uow: UnitOfWork, task: Task) -> None:
    if tasks.finish(uow, task.id):
        _enter(services, uow, task, {"event": "timer", "timer": task.name})


def _work(services: TurnServices, task: Task) -> None:
    services.mark("task.begin")
    try:
        with services.turnstile.aside() if task.name in _WAITS_FOR_OTHERS else nullcontext():
            result = _DO[task.name](services, task)
    except (Retryable, Conflict):  # the work itself says when to give up
        with services.database.writing() as uow:
            tasks.try_again(uow, task, services.now())
        return
    except Permanent as error:
        result = {"failed": str(error)}
    except Exception as error:  # the outermost frame of a task: a poison one must not stop the others
        log.error("task_failed", task_id=task.id, name=task.name, attempts=task.attempts, exc_info=error)
        if task.attempts + 1 < MAX_FAILURES:
            with services.database.writing() as uow:
                tasks.try_again(uow, task, services.now())
            return
        result = {"failed": "Something went wrong on our side."}
    services.mark("task.done")
    with services.database.writing() as uow:
        if tasks.finish(uow, task.id):
            _enter(services, uow, task, {"event": f"{task.name}_done", **result})
    log.info("task_done", task_id=task.id, name=task.name)


_DO: dict[str, Callable[[TurnServices, Task], dict[str, Any]]] = {
    "score_interview": score_interview,
    "rescore_interview": rescore_interview,
    "read_resume": read_resume,
    "fetch_page": fetch_pages,
    "read_given_files": read_given_files,
    "rehearse": rehearse,
    "keep_media": keep_media,
    "invite_people": run_invite_task,
    "identify": identify,
    "open_thread": open_thread,
    "app_opened": app_opened,
    "read_files": read_files,
    "invite_listed": invite_listed,
    "open_mirror": open_mirror,
    "open_interview": open_interview,
}


# What waits for the network or for another process lets this process's turns go on.
_WAITS_FOR_OTHERS = frozenset(
    {
        "keep_media",
        "read_resume",
        "fetch_page",
        "read_given_files",
        "identify",
        "open_thread",
        "app_opened",
        "read_files",
        "open_mirror",
        "open_interview",
    }
)


def _enter(services: Services, uow: UnitOfWork, task: Task, payload: dict[str, Any]) -> None:
    """The inbox hears of it, in the transaction that finishes the task."""
    message = InboundMessage(
        channel_account="tasks",
        external_id=task.id,
        address=f"task:{task.id}",
        sender=Sender(SenderKind.SYSTEM),
        text="",
        received_at=services.now(),
        kind=InboundKind.EVENT,
        payload=payload,
    )
    inbox.keep(
        uow,
        message,
        id=fresh_id(),
        conversation_id=task.conversation_id,
        raw=None,
        settle=NO_WAIT,
        settle_cap=NO_WAIT,
    )
