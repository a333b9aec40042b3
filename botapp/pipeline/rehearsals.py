"""What pages read of rehearsals. Runs none: the web process loads no graph."""

from botapp.compose.rehearsal import Rehearsal
from botapp.errors import NotFound
from botapp.pipeline.members import require
from botapp.pipeline.services import Services
from botapp.policy.access import Action
from botapp.state import interviewers, rehearsals
from botapp.state.read_models import MemberRow, RehearsalPage


def rehearsal_page(services: Services, member: MemberRow, interviewer_id: str) -> RehearsalPage:
    """The latest rehearsal, with whether the draft is still the one that was rehearsed.

    Raises:
        NotFound: there is no such interviewer in the member's workspace. NotAllowed.
    """
    require(member, Action.READ)
    with services.database.reading() as uow:
        stored = interviewers.get(uow, interviewer_id, member.workspace_id)
        if stored is None:
            raise NotFound("There is no such interviewer here.")
        latest = rehearsals.of_interviewer(uow, member.workspace_id, interviewer_id)
    title = stored.title or "New interviewer"
    if latest is None:
        return RehearsalPage(interviewer_id, title)
    return RehearsalPage(
        interviewer_id,
        title,
        rehearsal=Rehearsal.model_validate(latest.result),
        by=latest.by,
        at=latest.at,
        changed=latest.revision != stored.revision,
    )
