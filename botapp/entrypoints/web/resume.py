"""The page of a resume stage: one file in, and what became of it. Works without scripts.

Until a file has been read it can be replaced. What can't be read is said with what would help, and never blamed.
"""

import re

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from botapp.entrypoints.web.failures import drain
from botapp.entrypoints.web.page_words import PageWords
from botapp.entrypoints.web.security import services
from botapp.scoring.forms import UploadedFile
from botapp.screening.file_types import MOST_BYTES, plain_name
from botapp.state.read_models import CandidateThread, StageVisit

ACCEPTED = ".pdf,.docx,.txt"
MEGABYTES = MOST_BYTES // (1024 * 1024)
_CHAT = re.compile(r"/c/[A-Za-z0-9_-]{1,200}")
_BODY_MOST, _DRAINED_MOST = MOST_BYTES + 64 * 1024, 128 * 1024 * 1024


def show(found: StageVisit, token: str) -> ResponseReturnValue:
    """Where to send the file; that it is being read, or couldn't be; that it is done, closed or too late."""
    return _page(found, token, "") if found.phase == "open" else _over(found)


def take(found: StageVisit, token: str) -> ResponseReturnValue:
    """The file as it was sent, or a sentence why it can't be one."""
    request.max_content_length = _BODY_MOST
    if found.phase != "open":
        drain(_DRAINED_MOST)
        return _over(found)
    try:
        sent = request.files.get("resume")
        file = sent and UploadedFile(plain_name(sent.filename or ""), sent.mimetype, sent.stream.read(MOST_BYTES + 1))
    except RequestEntityTooLarge:
        drain(_DRAINED_MOST)
        return _page(found, token, "too_large"), 413
    if not file or not (sent and sent.filename):
        return _page(found, token, "missing"), 400
    problem = services().send_resume(token, file)
    if problem:
        return _page(found, token, problem), 400
    back = request.form.get("back", "")  # sent from the paper-clip of a chat: back to it
    return redirect(back if _CHAT.fullmatch(back) else url_for("stages.stage_page", token=token), 303)


def attach_words(thread: CandidateThread) -> PageWords:
    """What stands at the paper-clip of a chat."""
    return PageWords("resume", thread.interviewer.language, most=MEGABYTES)


def _words(found: StageVisit) -> PageWords:
    agent = found.interviewer.settings.agent_name
    return PageWords("resume", found.language, agent=agent, employer=found.employer, most=MEGABYTES)


def _over(found: StageVisit) -> ResponseReturnValue:
    page = render_template("stage_over.html", found=found, say=_words(found))
    return page, 200 if found.phase == "done" else 410


def _page(found: StageVisit, token: str, problem: str) -> str:
    return render_template(
        "resume.html",
        found=found,
        say=_words(found),
        kept=services().resume_of(found),
        problem=problem,
        action=url_for("stages.send", token=token),
        accepted=ACCEPTED,
        most_bytes=MOST_BYTES,
    )
