"""Sweeps: what is due and when. The database says; a lost wake-up is made good here."""

from datetime import datetime

from botapp.pipeline.deliver import give_up_stale
from botapp.pipeline.services import Services
from botapp.state import conversations, outbox, tasks
from botapp.state.wakeups import DELIVERIES, TURNS


def next_due(services: Services) -> tuple[datetime | None, datetime | None]:
    """(when the next turn or task is due, when the outbox next has something to do)."""
    with services.database.reading() as uow:
        moments = [m for m in (conversations.next_due(uow), tasks.next_due(uow)) if m is not None]
        return (min(moments) if moments else None), outbox.next_open(uow)


def sweep(services: Services) -> None:
    """Wake workers for whatever is due, however its wake-up got lost."""
    now = services.now()
    turns_due, outbox_due = next_due(services)
    if turns_due is not None and turns_due <= now:
        services.wakeups.wake(TURNS)
    if outbox_due is not None and outbox_due <= now:
        give_up_stale(services)
        services.wakeups.wake(DELIVERIES)
