"""The sample interviewer of a fresh installation, made as a recruiter makes one: by chatting, through the workers."""

import time
from collections.abc import Callable
from pathlib import Path

from botapp.bootstrap import FirstRun
from botapp.errors import Permanent
from botapp.pipeline.members import create_interviewer, find_member, list_interviewers, say_as_member
from botapp.pipeline.receive import typing_ended
from botapp.pipeline.services import Services
from botapp.state import inbox, interviewers
from botapp.state.interviewers import StoredInterviewer

ADVERT = Path(__file__).parent / "samples" / "night_picker.txt"
SLUG = "night-order-picker"  # what the advert's title becomes
WAITS_FOR = 20.0


def sample_link(shared: Services, first: FirstRun) -> str:
    """The sample's candidate link (another's when it is gone); on a fresh installation the sample is made."""
    owner = find_member(shared, first.owner_id)
    assert owner is not None
    active = [row for row in list_interviewers(shared, owner, False, "") if row.version and row.status == "active"]
    ours = next((row for row in active if row.slug == SLUG), active[-1] if active else None)
    slug = ours.slug if ours else make_interviewer(shared, first.owner_id, ADVERT.read_text())
    return f"{shared.base_url}/i/{slug}"


def make_interviewer(shared: Services, owner_id: str, advert: str) -> str:
    """Paste, publish, confirm. Returns the link name.

    Raises:
        Permanent: the workers did not do it in time.
    """
    owner = find_member(shared, owner_id)
    assert owner is not None
    id = create_interviewer(shared, owner)
    steps: list[tuple[str, Callable[[StoredInterviewer], bool]]] = [
        (advert, lambda stored: stored.draft is not None),
        ("publish", lambda _stored: True),
        ("yes", lambda stored: stored.version == 1),
    ]
    for number, (text, is_done) in enumerate(steps):
        before = _stored(shared, id)
        say_as_member(shared, owner, id, f"sample-{number}", text)
        typing_ended(shared, before.conversation_id)
        _wait(shared, id, is_done)
    return _stored(shared, id).slug


def _stored(shared: Services, interviewer_id: str) -> StoredInterviewer:
    with shared.database.reading() as uow:
        found = interviewers.get(uow, interviewer_id)
    assert found is not None
    return found


def _wait(shared: Services, interviewer_id: str, is_done: Callable[[StoredInterviewer], bool]) -> None:
    ends = time.monotonic() + WAITS_FOR
    while time.monotonic() < ends:
        stored = _stored(shared, interviewer_id)
        if is_done(stored) and not _is_pending(shared, stored.conversation_id):
            return
        time.sleep(0.03)
    raise Permanent("The sample interviewer was not made in time. The workers' log says more; nothing was lost.")


def _is_pending(shared: Services, conversation_id: str) -> bool:
    with shared.database.reading() as uow:
        return bool(inbox.pending(uow, conversation_id))
