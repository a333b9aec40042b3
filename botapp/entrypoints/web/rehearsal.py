"""The page of a rehearsal: what to change, who passed what, every question by every candidate, every word.

Looking changes nothing. What is accepted or asked for here is said in the chat, in the member's name, and done there.
"""

import re

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from botapp.compose.acting import Persona
from botapp.compose.rehearsal_words import OUTCOMES, capital, run_line
from botapp.entrypoints.web.security import require_member, services, signed_in
from botapp.errors import BadPayload
from botapp.policy.access import Action, may

pages = Blueprint("rehearsal", __name__, url_prefix="/console/interviewers/<interviewer_id>/rehearsal")
pages.before_request(require_member)
_SAYS = re.compile(r"rehearse it|accept (?:all|\d{1,2})")


@pages.get("")
def page(interviewer_id: str) -> ResponseReturnValue:
    """The latest one."""
    found = services().rehearsal(signed_in(), interviewer_id)
    return render_template(
        "rehearsal.html", page=found, made=found.rehearsal, member=signed_in(), personas=list(Persona),
        outcomes=OUTCOMES, capital=capital, run_line=run_line, may_compose=may(signed_in().role, Action.COMPOSE),
    )  # fmt: skip


@pages.post("")
def say(interviewer_id: str) -> ResponseReturnValue:
    """Said in the chat: rehearse again, or accept a suggestion. The answer comes there."""
    words = request.form.get("say", "")
    if not _SAYS.fullmatch(words):
        raise BadPayload("That can't be done from here. Please say it in the chat.")
    client_id = request.form.get("client_id", "")[:64]
    services().say_as_member(signed_in(), interviewer_id, client_id, capital(words))
    return redirect(url_for("console.compose", interviewer_id=interviewer_id), 303)
