"""People in the loop, on an interview's page: take over, write, hand back, answer a question, decide and say so.

A form sent twice is one deed: each carries an id of its own. What was done is said on the page it leads back to.
"""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from botapp.entrypoints.web.security import require_member, services, signed_in

pages = Blueprint("people", __name__, url_prefix="/console/interviews/<interview_id>")
pages.before_request(require_member)
_MOST = {"text": 4001, "reason": 2001, "answering": 40, "client_id": 64, "kind": 20}


@pages.post("/take-over")
def take_over(interview_id: str) -> ResponseReturnValue:
    """The member writes from now on."""
    return _back(interview_id, services().take_over(signed_in(), interview_id, _field("client_id")))


@pages.post("/hand-back")
def hand_back(interview_id: str) -> ResponseReturnValue:
    """The assistant goes on."""
    return _back(interview_id, services().hand_back(signed_in(), interview_id, _field("client_id")))


@pages.post("/messages")
def write(interview_id: str) -> ResponseReturnValue:
    """A message of the member's, perhaps the answer to a question that was passed on."""
    told = services().write_as_person(
        signed_in(),
        interview_id,
        _field("text"),
        answering=_field("answering"),
        keep_as_fact=request.form.get("keep") == "1",
        client_id=_field("client_id"),
    )
    return _back(interview_id, told)


@pages.post("/decision")
def decide(interview_id: str) -> ResponseReturnValue:
    """Shortlist or dismiss; the candidate is told in these words, or not at all."""
    text = _field("text") if request.form.get("told") == "1" else ""
    told = services().tell_decision(
        signed_in(),
        interview_id,
        _field("kind"),
        reason=_field("reason"),
        text=text,
        client_id=_field("client_id"),
    )
    return _back(interview_id, told)


def _field(name: str) -> str:
    return request.form.get(name, "").replace("\r\n", "\n").strip()[: _MOST[name]]


def _back(interview_id: str, told: str) -> ResponseReturnValue:
    flash(told)
    return redirect(url_for("console.interview", interview_id=interview_id), 303)
