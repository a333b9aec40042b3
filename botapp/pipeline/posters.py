"""Which codes stand on posters now: the words that start an interview by text, each with its job's title."""

from botapp.pipeline.services import Services
from botapp.state import interviewers, join_codes, people


def codes_in_force(services: Services) -> dict[str, str]:
    """Code to title, of every interviewer of this installation that takes candidates; oldest first."""
    with services.database.reading() as uow:
        workspace = people.first_workspace(uow)
        codes = join_codes.codes_of(uow, workspace[0]) if workspace else {}
        found = {code: interviewers.get(uow, id) for code, id in codes.items()}
    return {code: stored.title for code, stored in found.items() if stored and stored.status == "active"}
