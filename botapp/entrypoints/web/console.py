"""The recruiter's pages: interviewers, composing one by chat, candidates, scorecards, alerts, teammates.

Every page needs a signed-in member; who may do what is decided by the services, not here.
"""

import hashlib
import io
from collections.abc import Mapping
from itertools import groupby

import segno
from flask import Blueprint, redirect, render_template, request, send_file, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from botapp.entrypoints.web import evidence, given_file
from botapp.entrypoints.web.exports import asked_version, card_by, not_asked
from botapp.entrypoints.web.formula import formula
from botapp.entrypoints.web.posted import MEMBER_CHARACTERS, parsed, read_posted
from botapp.entrypoints.web.scorecard_words import versions_of
from botapp.entrypoints.web.security import require_member, services, sign_in, signed_in
from botapp.entrypoints.web.streams import Thread, list_answer, stream_answer
from botapp.errors import BadPayload, NotAllowed, NotFound
from botapp.messages import JsonObject
from botapp.pipeline.exporting import changes_of
from botapp.policy.access import Action, Role, may, refusal
from botapp.screening.phone import calling_regions
from botapp.state.read_models import CandidateRow, InterviewerPage, InterviewerRow

door = Blueprint("door", __name__)
pages = Blueprint("console", __name__, url_prefix="/console")
pages.before_request(given_file.expect_file)
pages.before_request(require_member)

PASTE_LIMIT = 1_100_000  # bytes of MEMBER_CHARACTERS, escaped
_USED_UP = "This sign-in link was used before, or it is too old."


@door.get("/signin/<token>")
def sign_in_page(token: str) -> ResponseReturnValue:
    """A page with a button: opening a link (a mail scanner does) never uses it up."""
    if not services().peek_sign_in(token):
        raise NotFound(_USED_UP)
    return render_template("signin.html", token=token)


@door.post("/signin/<token>")
def use_sign_in(token: str) -> ResponseReturnValue:
    """The button uses the link up and starts a session."""
    member = services().redeem_sign_in(token)
    if member is None:
        raise NotFound(_USED_UP)
    sign_in(member)
    return redirect(url_for("console.interviewers"), 303)


@door.post("/signout")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    require_member()
    session.clear()
    return redirect(url_for("chat.home"), 303)


@pages.get("")
def interviewers() -> ResponseReturnValue:
    """The list, filtered and searched."""
    shown, search = request.args.get("show", "active"), request.args.get("search", "").strip()[:200]
    rows = _rows(shown, search)
    return render_template("interviewers.html", rows=rows, shown=shown, search=search, member=signed_in())


@pages.post("/interviewers")
def create() -> ResponseReturnValue:
    """A new, empty interviewer, ready to be talked about."""
    interviewer_id = services().create_interviewer(signed_in())
    return redirect(url_for("console.compose", interviewer_id=interviewer_id), 303)


@pages.get("/interviewers/<interviewer_id>")
def compose(interviewer_id: str) -> ResponseReturnValue:
    """Chat on the left, the live draft on the right."""
    page = services().interviewer_page(signed_in(), interviewer_id)
    key = hashlib.sha256(page.conversation_id.encode()).hexdigest()[:16]
    allowed = may(signed_in().role, Action.COMPOSE)
    return render_template(
        "compose.html", page=page, key=key, member=signed_in(), most=MEMBER_CHARACTERS, about=_about(page),
        refusal="" if allowed else refusal(Action.COMPOSE), public=_public_link(page),
        texting=services().texting(signed_in()), files=given_file.Offered() if allowed else None,
    )  # fmt: skip


@pages.get("/interviewers/<interviewer_id>/draft")
def draft(interviewer_id: str) -> ResponseReturnValue:
    """The draft alone, for the page to put in after each reply."""
    page = services().interviewer_page(signed_in(), interviewer_id)
    texting = services().texting(signed_in())
    return render_template("draft.html", page=page, public=_public_link(page), texting=texting)


@pages.get("/interviewers/<interviewer_id>/messages")
def messages(interviewer_id: str) -> ResponseReturnValue:
    """Lines after a number, for a page without a stream."""
    return list_answer(_lines(interviewer_id))


@pages.get("/interviewers/<interviewer_id>/stream")
def stream(interviewer_id: str) -> ResponseReturnValue:
    """Lines as they come."""
    return stream_answer(_lines(interviewer_id))


@pages.post("/interviewers/<interviewer_id>/messages")
def say(interviewer_id: str) -> ResponseReturnValue:
    """Something the member said; pasted adverts may be long."""
    request.max_content_length = PASTE_LIMIT
    said = read_posted(parsed(request), MEMBER_CHARACTERS)
    seq, message_id = services().say_as_member(signed_in(), interviewer_id, said.client_id, said.text, said.button)
    return {"seq": seq, "id": message_id}, 202


@pages.post("/interviewers/<interviewer_id>/files")
def give_file(interviewer_id: str) -> ResponseReturnValue:
    """A file to draft from, with or without words; from a page without scripts the words alone too."""
    kept = given_file.take(interviewer_id)
    if request.accept_mimetypes.best == "application/json":
        return {"seq": kept[0], "id": kept[1]}, 202
    return redirect(url_for("console.compose", interviewer_id=interviewer_id), 303)


@pages.post("/interviewers/<interviewer_id>/typing-ended")
def typing_ended(interviewer_id: str) -> ResponseReturnValue:
    """The box stayed empty after the last message: no more is coming."""
    services().typing_ended(services().interviewer_page(signed_in(), interviewer_id).conversation_id)
    return "", 204


@pages.get("/interviewers/<interviewer_id>/candidates")
def candidates(interviewer_id: str) -> ResponseReturnValue:
    """Who answered, and how far they came. Scores stand together only within one version."""
    page = services().interviewer_page(signed_in(), interviewer_id)
    rows = services().candidates(signed_in(), interviewer_id)
    again = services().scored_again(signed_in(), interviewer_id)
    return render_template(
        "candidates.html", page=page, rows=rows, groups=comparable([*rows, *again]), funnel=funnel(rows),
        member=signed_in(),
        texting=services().texting(signed_in()),
    )  # fmt: skip


@pages.get("/interviewers/<interviewer_id>/poster")
def poster(interviewer_id: str) -> ResponseReturnValue:
    """A page to print, with the candidate link as a QR code."""
    page = services().interviewer_page(signed_in(), interviewer_id)
    link = _public_link(page)
    if page.draft is None or not link:
        raise BadPayload("There is no candidate link yet. Publish the interviewer first, then print its poster.")
    texting = services().texting(signed_in())
    return render_template("poster.html", page=page, draft=page.draft, link=link, code=qr_code(link), texting=texting)


@pages.get("/interviews/<interview_id>")
def interview(interview_id: str) -> ResponseReturnValue:
    """The scorecard and the transcript with its evidence marked."""
    page = services().interview_page(signed_in(), interview_id)
    version = asked_version(page)
    card = card_by(page, version)
    own = page.candidate.version
    return render_template(
        "interview.html", page=page, card=card, marks=evidence.marks(card, page.transcript), member=signed_in(),
        formula=formula(card) if card else (), may_decide=may(signed_in().role, Action.DECIDE), version=version,
        chosen=None if version == own else version, changes=changes_of(page.decisions),
        others=[n for n in range(page.versions, 0, -1) if n != own],
        versions=versions_of(card, own, version) if card else (), not_asked=not_asked(page, card),
    )  # fmt: skip


@pages.post("/interviews/<interview_id>/rescores")
def rescore(interview_id: str) -> ResponseReturnValue:
    """Score the same answers by the rubrics of another version."""
    version = request.form.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 9):
        raise BadPayload("Please choose a version.")
    services().ask_for_rescore(signed_in(), interview_id, int(version))
    return redirect(url_for("console.interview", interview_id=interview_id), 303)


@pages.get("/files/<file_id>")
def file(file_id: str) -> ResponseReturnValue:
    """A file that a candidate sent, to keep, never to be run here: as a download, and sandboxed if opened."""
    found = services().candidate_file(signed_in(), file_id)
    answer = send_file(
        io.BytesIO(found.content or b""),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=found.name or "file",
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@pages.post("/interviews/<interview_id>/decisions")
def decide(interview_id: str) -> ResponseReturnValue:
    """Shortlist, dismiss, reopen, or override a score or a gate."""
    kind, subject = request.form.get("kind", "")[:40], request.form.get("subject", "")[:200]
    reason = request.form.get("reason", "").strip()
    services().decide(signed_in(), interview_id, kind, subject, reason, decision_data(request.form))
    return redirect(url_for("console.interview", interview_id=interview_id) + "#decisions", 303)


@pages.get("/feed")
def feed() -> ResponseReturnValue:
    """Alerts, newest first."""
    return render_template("feed.html", rows=services().feed(signed_in()), member=signed_in())


@pages.get("/team")
def team() -> ResponseReturnValue:
    """Who is in this workspace."""
    return _team_page()


@pages.post("/team")
def invite_member() -> ResponseReturnValue:
    """Invite a teammate; their link is shown once."""
    name, email = request.form.get("name", "").strip()[:120], request.form.get("email", "").strip()[:200]
    role = request.form.get("role", "")
    if not name or "@" not in email or role not in set(Role):
        return _team_page(problem="Give a name, an e-mail address and a role, then invite again."), 400
    token = services().invite_member(signed_in(), name, email, role)
    link = services().settings.base_url.rstrip("/") + url_for("door.sign_in_page", token=token)
    return _team_page(invited=name, link=link)


@pages.post("/team/region")
def set_region() -> ResponseReturnValue:
    """Which country's numbers are typed without a country code."""
    services().set_region(signed_in(), request.form.get("region", "")[:2])
    return redirect(url_for("console.team", _anchor="texting"), 303)


@pages.post("/team/<member_id>/remove")
def remove_member(member_id: str) -> ResponseReturnValue:
    """Take a teammate out; their sessions end with it."""
    services().remove_member(signed_in(), member_id)
    return redirect(url_for("console.team"), 303)


def comparable(rows: list[CandidateRow]) -> list[tuple[str, list[CandidateRow]]]:
    """Rows in groups whose scores may be compared: rubrics of one version, one engine. Newest first, best first."""
    several = len({r.engines for r in rows if r.engines}) > 1

    def table(row: CandidateRow) -> tuple[int, bool, tuple[str, ...]]:
        return -(row.scored_by or row.version), several and not row.engines, row.engines if several else ()

    ordered = sorted(rows, key=lambda r: (*table(r), r.score is None, -(r.score or 0), r.name))
    return [(_group_name(-key[0], key[2]), list(group)) for key, group in groupby(ordered, key=table)]


def _group_name(version: int, engines: tuple[str, ...]) -> str:
    return f"Version {version}" + (f", judged by {' and '.join(engines)}" if engines else "")


def funnel(rows: list[CandidateRow]) -> list[tuple[str, int]]:
    """How many came how far."""
    started = [r for r in rows if r.status != "invited"]
    done = [r for r in started if r.status == "completed"]
    return [
        ("Invited or started", len(rows)),
        ("Started", len(started)),
        ("Completed", len(done)),
        ("Through every gate", sum(r.gates_met for r in done)),
        ("Shortlisted", sum(r.decision == "shortlisted" for r in rows)),
    ]


def decision_data(form: Mapping[str, str]) -> dict[str, str]:
    """The new value that an override sets; the services check it."""
    return {name: form[name][:20] for name in ("score", "outcome") if form.get(name)}


def qr_code(link: str) -> Markup:
    """The link as an SVG without a size of its own."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, title="QR code of the link", nl=False
    )
    return Markup(out.getvalue().decode())  # noqa: S704  # made by segno from our own link; it escapes what it writes


def _rows(shown: str, search: str) -> list[InterviewerRow]:
    ours, member = services(), signed_in()
    match shown:
        case "archived":
            return [r for r in ours.interviewers(member, True, search) if r.status == "archived"]
        case "all":
            both = ours.interviewers(member, False, search) + ours.interviewers(member, True, search)
            return list({row.id: row for row in both}.values())
        case _:
            return [r for r in ours.interviewers(member, False, search) if r.status != "archived"]


def _public_link(page: InterviewerPage) -> str:
    if page.draft is None or page.version == 0:
        return ""
    return services().settings.base_url.rstrip("/") + url_for("chat.start_page", slug=page.draft.slug)


def _about(page: InterviewerPage) -> JsonObject:
    return {"status": page.status, "revision": page.revision, "version": page.version}


def _lines(interviewer_id: str) -> Thread:
    ours, member = services(), signed_in()
    page = ours.interviewer_page(member, interviewer_id)

    def now_about() -> JsonObject:
        current = ours.member(member.id)  # who was removed meanwhile reads no further
        if current is None:
            raise NotAllowed("You are not a member of this workspace any more.")
        return _about(ours.interviewer_page(current, interviewer_id))

    is_owner = may(member.role, Action.MANAGE_MEMBERS)
    return Thread(ours, page.workspace_id, page.conversation_id, now_about, shows_sign_in_links=is_owner)


def _team_page(problem: str = "", invited: str = "", link: str = "") -> str:
    rows = services().members(signed_in())
    return render_template(
        "team.html", rows=rows, member=signed_in(), problem=problem, invited=invited, link=link,
        may_manage=may(signed_in().role, Action.MANAGE_MEMBERS), roles=list(Role),
        texting=services().texting(signed_in()), regions=calling_regions(),
        slack=services().slack_standing(signed_in()),
    )  # fmt: skip
