"""The candidate's pages: what a link leads to, and the chat behind a private one.

The secret in the link is the only key. Opening a page never uses a link up; only a posted form does.
"""

import hashlib
import secrets
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from botapp.entrypoints.web.posted import CANDIDATE_CHARACTERS, parsed, read_posted
from botapp.entrypoints.web.resume import attach_words
from botapp.entrypoints.web.security import services
from botapp.entrypoints.web.streams import Thread, list_answer, stream_answer
from botapp.errors import BadPayload, NotFound
from botapp.messages import JsonObject
from botapp.state.read_models import CandidateThread, PublicInterviewer

pages = Blueprint("chat", __name__)

_NO_THREAD = "This link leads to no conversation."
_PLEASE_AGREE = "Tick the box to agree before you start."
_NO_NAME = "Write your name, so that the hiring team knows who answered."
_NO_CONTACT = "Write an e-mail address or a phone number, so that the hiring team can reach you."
_NAME_CHARACTERS = 120
_CONTACT_CHARACTERS = 200


@pages.get("/")
def home() -> ResponseReturnValue:
    """What this place is."""
    return render_template("home.html")


@pages.get("/i/<slug>")
def start_page(slug: str) -> ResponseReturnValue:
    """What a public link leads to: the start form, a newer link, or why it is closed."""
    found = services().public_interviewer(slug)
    if found and found.moved_to and found.moved_to != slug:
        return redirect(url_for("chat.start_page", slug=found.moved_to), 301)
    return _start_answer(found, url_for("chat.start", slug=slug))


@pages.post("/i/<slug>/start")
def start(slug: str) -> ResponseReturnValue:
    """Agreeing and giving a name and a contact opens a private link."""
    found = services().public_interviewer(slug)
    if found is None or found.closed:
        return _start_answer(found, "")
    problems = _problems(request.form, asks_contact=True)
    if problems:
        return _form_again(found, problems)
    name, contact = request.form["name"].strip(), request.form["contact"].strip()
    try:
        token = services().start_interview(
            slug=found.moved_to or slug, name=name, contact=contact, ticket=request.form.get("ticket", "")
        )
    except BadPayload as error:
        return _form_again(found, {"": str(error)})
    return redirect(url_for("chat.chat_page", token=token), 303)


@pages.get("/invite/<token>")
def invite_page(token: str) -> ResponseReturnValue:
    """The start page for somebody whose name is known."""
    invitation = services().invitation(token)
    found, name = (invitation[0], invitation[1]) if invitation else (None, "")
    return _start_answer(found, url_for("chat.start_invited", token=token), invited=name)


@pages.post("/invite/<token>/start")
def start_invited(token: str) -> ResponseReturnValue:
    """Agreeing is all that an invited person does."""
    invitation = services().invitation(token)
    if invitation is None or invitation[0].closed:
        return _start_answer(invitation[0] if invitation else None, "")
    problems = _problems(request.form, asks_contact=False)
    if problems:
        return _form_again(invitation[0], problems, invited=invitation[1])
    try:
        own = services().start_interview(invite_token=token, name=invitation[1], contact=invitation[2])
    except BadPayload as error:
        return _form_again(invitation[0], {"": str(error)}, invited=invitation[1])
    return redirect(url_for("chat.chat_page", token=own), 303)


@pages.get("/c/<token>")
def chat_page(token: str) -> ResponseReturnValue:
    """The interview itself."""
    thread = _thread(token)
    own_link = f"{services().settings.base_url.rstrip('/')}{url_for('chat.chat_page', token=token)}"
    key = hashlib.sha256(token.encode()).hexdigest()[:16]
    return render_template(
        "chat.html",
        thread=thread,
        own_link=own_link,
        key=key,
        most=CANDIDATE_CHARACTERS,
        about=about(thread),
        attach=attach_words(thread),
    )


@pages.get("/c/<token>/messages")
def messages(token: str) -> ResponseReturnValue:
    """Lines after a number, for a page without a stream."""
    return list_answer(_lines(token))


@pages.get("/c/<token>/stream")
def stream(token: str) -> ResponseReturnValue:
    """Lines as they come."""
    return stream_answer(_lines(token))


@pages.post("/c/<token>/messages")
def say(token: str) -> ResponseReturnValue:
    """Something the candidate said; a repeat of the same client id is the same message."""
    _thread(token)
    said = read_posted(parsed(request), CANDIDATE_CHARACTERS)
    seq, message_id = services().say_as_candidate(token, said.client_id, said.text, said.button)
    return {"seq": seq, "id": message_id}, 202


@pages.post("/c/<token>/typing-ended")
def typing_ended(token: str) -> ResponseReturnValue:
    """The box stayed empty after the last message: no more is coming."""
    services().typing_ended(_thread(token).conversation_id)
    return "", 204


def about(thread: CandidateThread) -> JsonObject:
    """What the page shows around the messages."""
    over = thread.status in ("completed", "ended", "expired")
    return {
        "status": thread.status,
        "done": thread.done,
        "total": thread.total,
        "redirect_url": thread.redirect_url if over else "",
        "resume_url": f"/s/{thread.resume_token}" if thread.resume_token else "",
    }


def _thread(token: str) -> CandidateThread:
    thread = services().thread(token)
    if thread is None:
        raise NotFound(_NO_THREAD)
    return thread


def _lines(token: str) -> Thread:
    thread, ours = _thread(token), services()

    def now_about() -> JsonObject:
        return about(ours.thread(token) or thread)

    return Thread(ours, thread.workspace_id, thread.conversation_id, now_about)


def _start_answer(found: PublicInterviewer | None, action: str, invited: str = "") -> ResponseReturnValue:
    if found is None:
        return render_template("closed.html", found=None), 404
    if found.closed:
        return render_template("closed.html", found=found), 410
    given = {"ticket": secrets.token_urlsafe(24)}
    return render_template("start.html", found=found, action=action, invited=invited, problems={}, given=given)


def _form_again(found: PublicInterviewer, problems: dict[str, str], invited: str = "") -> ResponseReturnValue:
    page = render_template(
        "start.html", found=found, action=request.path, invited=invited, problems=problems, given=request.form
    )
    return page, 400


def _problems(form: Any, *, asks_contact: bool) -> dict[str, str]:
    """Which fields of the start form are missing, each with a sentence."""
    problems = {}
    if asks_contact:
        if not 0 < len(form.get("name", "").strip()) <= _NAME_CHARACTERS:
            problems["name"] = _NO_NAME
        if not 0 < len(form.get("contact", "").strip()) <= _CONTACT_CHARACTERS:
            problems["contact"] = _NO_CONTACT
    if not form.get("agree"):
        problems["agree"] = _PLEASE_AGREE
    return problems
