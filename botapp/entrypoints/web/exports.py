"""Scorecards to take away: one interview as PDF, CSV or JSON, and all candidates of an interviewer as CSV.

Every file needs a signed-in member of the workspace, is saved rather than shown, and is kept by no cache.
"""

import re
from urllib.parse import quote

from flask import Blueprint, Response, request

from botapp.entrypoints.web import spreadsheet
from botapp.entrypoints.web.paper import paper
from botapp.entrypoints.web.security import require_member, services, signed_in
from botapp.errors import NotFound
from botapp.pipeline.exporting import export_of
from botapp.scoring.export import ScorecardExport, ScoredBy
from botapp.screening.interview import Scorecard
from botapp.state.read_models import InterviewPage

pages = Blueprint("exports", __name__, url_prefix="/console")
pages.before_request(require_member)

NO_SUCH_SCORE = "This interview has no score by that version."


@pages.get("/interviews/<interview_id>/scorecard.json")
def as_json(interview_id: str) -> Response:
    """Everything, with each version's score; the schema is docs/scorecard.schema.json."""
    page = services().interview_page(signed_in(), interview_id)
    body = export_of(page, services().now()).model_dump_json(indent=2).encode()
    return _file(body, "application/json", _name(page, "json"))


@pages.get("/interviews/<interview_id>/scorecard.csv")
def as_csv(interview_id: str) -> Response:
    """One row for the whole, each stage, gate and answer, by one version."""
    page = services().interview_page(signed_in(), interview_id)
    export = export_of(page, services().now())
    body = spreadsheet.scorecard_sheet(export, _scored_by(export, asked_version(page)))
    return _file(body, "text/csv; charset=utf-8", _name(page, "csv"))


@pages.get("/interviews/<interview_id>/scorecard.pdf")
def as_pdf(interview_id: str) -> Response:
    """The page on paper, by one version."""
    from botapp.entrypoints.web.pdf import pdf

    page, now = services().interview_page(signed_in(), interview_id), services().now()
    version = asked_version(page)
    card = card_by(page, version)
    body = pdf(paper(page, card, version, now, not_asked(page, card)), now)
    return _file(body, "application/pdf", _name(page, "pdf"))


@pages.get("/interviewers/<interviewer_id>/candidates.csv")
def candidates_csv(interviewer_id: str) -> Response:
    """Everybody, with a further row for each other version that scored them."""
    rows = services().candidates(signed_in(), interviewer_id)
    again = services().scored_again(signed_in(), interviewer_id)
    page = services().interviewer_page(signed_in(), interviewer_id)
    title = page.draft.title if page.draft else "Interviewer"
    return _file(spreadsheet.candidates_sheet([*rows, *again]), "text/csv; charset=utf-8", f"Candidates, {title}.csv")


def asked_version(page: InterviewPage) -> int:
    """The version in `?scored_by=`; the interview's own without it.

    Raises:
        NotFound: it was not scored by that one.
    """
    wanted = request.args.get("scored_by", "")
    version = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else page.candidate.version
    if wanted and card_by(page, version) is None:
        raise NotFound(NO_SUCH_SCORE)
    return version


def card_by(page: InterviewPage, version: int) -> Scorecard | None:
    """The scorecard by this version, None while there is none."""
    if version == page.candidate.version:
        stored = page.scorecard
    else:
        stored = next((again.scorecard for again in page.rescored if again.version == version), None)
    return Scorecard.model_validate(stored) if stored else None


def not_asked(page: InterviewPage, card: Scorecard | None) -> frozenset[str]:
    """Questions that only another version asks."""
    own = card_by(page, page.candidate.version)
    if card is None or own is None:
        return frozenset()
    return frozenset(line.question_id for line in card.answers) - {line.question_id for line in own.answers}


def _scored_by(export: ScorecardExport, version: int) -> ScoredBy | None:
    return next((s for s in (export.own, *export.rescored) if s and s.scoring.version == version), None)


def _name(page: InterviewPage, ending: str) -> str:
    return f"{page.candidate.name or 'No name yet'}, {page.title}.{ending}"


def _file(body: bytes, kind: str, name: str) -> Response:
    clean = re.sub(r'[\x00-\x1f\x7f"\\/:*?<>|\ud800-\udfff]+', " ", name).strip(" .")[-150:]
    plain = clean.encode("ascii", "ignore").decode().strip(" ,.") or "scorecard"
    answer = Response(body, content_type=kind)
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
