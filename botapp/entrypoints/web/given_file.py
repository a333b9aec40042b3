"""The composing page's paper-clip: a job description as a file. Works without scripts, which only save the way back."""

from dataclasses import dataclass
from hashlib import sha256

from flask import request, session

from botapp.entrypoints.web.failures import drain
from botapp.entrypoints.web.posted import CLIENT_ID_CHARACTERS, MEMBER_CHARACTERS, read_posted
from botapp.entrypoints.web.security import services, signed_in
from botapp.errors import BadPayload
from botapp.pipeline.attachments import MOST_BYTES
from botapp.pipeline.briefs import TOO_LARGE
from botapp.scoring.forms import UploadedFile

ACCEPTED = ".txt,.md,.html,.htm,.pdf,.docx"
_BODY_MOST, _DRAINED_MOST = MOST_BYTES + 1_100_000, 128 * 1024 * 1024
_TICKET_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Offered:
    """What the page needs for its paper-clip."""

    accepted: str = ACCEPTED
    most_bytes: int = MOST_BYTES
    megabytes: int = MOST_BYTES // 1_000_000


def expect_file() -> None:
    """Before the token in the form is looked for: a file is longer than other forms.

    Raises:
        BadPayload: it is larger than any we read.
    """
    if request.endpoint != "console.give_file":
        return
    request.max_content_length, request.max_form_memory_size = _BODY_MOST, _BODY_MOST - MOST_BYTES
    if (request.content_length or 0) > _BODY_MOST:
        if session.get("member"):
            drain(_DRAINED_MOST)
        raise BadPayload(TOO_LARGE)


def take(interviewer_id: str) -> tuple[int, str]:
    """Keep what was posted: (seq, id) of the message.

    Raises:
        BadPayload: with the sentence to show.
    """
    sent, text = request.files.get("file"), request.form.get("text", "")
    if sent is None or not sent.filename:
        return _words_alone(interviewer_id, text)
    file = UploadedFile(sent.filename, sent.mimetype, sent.stream.read(MOST_BYTES + 1))
    return services().send_file(signed_in(), interviewer_id, _client_id(file.content), file, text)


def _words_alone(interviewer_id: str, text: str) -> tuple[int, str]:
    if not text.strip():
        raise BadPayload("Choose a file or write something, then send it.")
    said = read_posted({"client_id": _client_id(text.encode("utf-8", "replace")), "text": text}, MEMBER_CHARACTERS)
    return services().say_as_member(signed_in(), interviewer_id, said.client_id, said.text)


def _client_id(content: bytes) -> str:
    """The page's own id of the message; without scripts one that the same post has again, and nothing else."""
    own, ticket = request.form.get("client_id", ""), request.form.get("ticket", "")[:_TICKET_CHARACTERS]
    if own and own.isprintable() and len(own) <= CLIENT_ID_CHARACTERS:
        return own
    if not ticket.isprintable():
        raise BadPayload("That message came without an id. Load the page again and send it once more.")
    return f"{ticket}-{sha256(content).hexdigest()[:16]}"
