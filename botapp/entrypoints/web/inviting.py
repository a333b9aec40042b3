"""Inviting people by text: one person, or a CSV list. Says for every line what went out, or why nothing did.

Sending a form again shows what its first arrival did: nobody is invited twice by a double press or a reload.
"""

import hashlib
import secrets
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from botapp.entrypoints.web.security import require_member, services, signed_in
from botapp.errors import BadPayload
from botapp.policy.access import Action, may, refusal
from botapp.state.read_models import InviteReport

pages = Blueprint("inviting", __name__, url_prefix="/console")
LIST_LIMIT = 2 * 1024 * 1024
_FIELDS = {"name": 120, "phone": 60, "email": 200, "how": 500}


@pages.before_request
def _take_lists() -> None:
    """Before the token in the form is looked for: a list is longer than other forms."""
    if request.endpoint == "inviting.upload":
        request.max_content_length = LIST_LIMIT


pages.before_request(require_member)


@pages.get("/interviewers/<interviewer_id>/invite")
def form(interviewer_id: str) -> ResponseReturnValue:
    """Both ways to invite, and the code for those who come by themselves."""
    return _form_page(interviewer_id)


@pages.post("/interviewers/<interviewer_id>/invite")
def invite(interviewer_id: str) -> ResponseReturnValue:
    """One person."""
    typed = {name: request.form.get(name, "").strip()[:most] for name, most in _FIELDS.items()}
    try:
        report = services().invite_one(
            signed_in(), interviewer_id, **typed, evidence=_evidence(), batch=_batch("\0".join(typed.values()).encode())
        )
    except BadPayload as error:
        return _form_page(interviewer_id, problem=str(error), typed=typed), 400
    return _report_page(interviewer_id, report)


@pages.post("/interviewers/<interviewer_id>/invite/list")
def upload(interviewer_id: str) -> ResponseReturnValue:
    """Everybody on a list."""
    sent = request.files.get("list")
    content = sent.read() if sent else b""
    if sent is None or not content:
        return _form_page(interviewer_id, list_problem="Choose a CSV file first, then send it."), 400
    file = "".join(c for c in (sent.filename or "list.csv") if c.isprintable())[-120:]
    try:
        report = services().invite_list(
            signed_in(), interviewer_id, content, file=file, evidence=_evidence(), batch=_batch(content)
        )
    except BadPayload as error:
        return _form_page(interviewer_id, list_problem=str(error)), 400
    return _report_page(interviewer_id, report, file)


@pages.post("/senders/resume")
def resume_sender() -> ResponseReturnValue:
    """What stopped it is mended: what waits may leave."""
    services().resume_sender(signed_in(), request.form.get("lane", "")[:300])
    return redirect(url_for("console.team") + "#texting", 303)


def _batch(content: bytes) -> str:
    """The same form with the same words in it: one list, however often it arrives."""
    ticket = request.form.get("ticket", "")[:64].encode()
    return hashlib.sha256(ticket + b"\0" + content).hexdigest() if ticket else ""


def _evidence() -> dict[str, Any]:
    return {"ip": request.remote_addr or ""}


def _form_page(
    interviewer_id: str, problem: str = "", list_problem: str = "", typed: dict[str, str] | None = None
) -> str:
    member = signed_in()
    page = services().interviewer_page(member, interviewer_id)
    allowed = may(member.role, Action.INVITE_CANDIDATE)
    return render_template(
        "invite.html", page=page, member=member, texting=services().texting(member), problem=problem,
        list_problem=list_problem, typed=typed or {}, ticket=secrets.token_urlsafe(24),
        refusal="" if allowed else refusal(Action.INVITE_CANDIDATE),
    )  # fmt: skip


def _report_page(interviewer_id: str, report: InviteReport, file: str = "") -> str:
    member = signed_in()
    page = services().interviewer_page(member, interviewer_id)
    return render_template(
        "invited.html", page=page, member=member, report=report, file=file, texting=services().texting(member)
    )
