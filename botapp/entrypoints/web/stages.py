"""The pages of stages that are done outside the thread: one link each, which is the only key.

Opening a page changes nothing; only what is sent does. What each kind of stage shows and takes is in its own module.
"""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from botapp.entrypoints.web import form, resume
from botapp.entrypoints.web.security import services
from botapp.screening.interviewer import StageKind
from botapp.state.read_models import StageVisit

pages = Blueprint("stages", __name__)

_SHOWN: dict[StageKind, Callable[[StageVisit, str], ResponseReturnValue]] = {
    StageKind.FORM: form.show,
    StageKind.CHAT: form.show,
    StageKind.RESUME: resume.show,
}
_TAKEN: dict[StageKind, Callable[[StageVisit, str], ResponseReturnValue]] = {
    StageKind.FORM: form.take,
    StageKind.CHAT: form.take,
    StageKind.RESUME: resume.take,
}


@pages.get("/s/<token>")
def stage_page(token: str) -> ResponseReturnValue:
    """What a link to a stage leads to: what to do there, or that it is done, closed or too late."""
    found = services().stage_visit(token)
    return _SHOWN[found.stage.kind](found, token)


@pages.post("/s/<token>")
def send(token: str) -> ResponseReturnValue:
    """What was done there. Sent twice, it counts once."""
    found = services().stage_visit(token)
    return _TAKEN[found.stage.kind](found, token)
