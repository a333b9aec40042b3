"""One place where an error becomes an answer: what happened, what was kept, what to do, and a reference to quote.

No trace of the code and no secret of a link ever reaches a page or a log line from here.
"""

import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from botapp.entrypoints.web.security import SignedOut
from botapp.errors import BadPayload, BotappError, Conflict, NotAllowed, NotFound, Retryable
from botapp.log import get_logger

_SPOKEN_BY_SCRIPTS = ("/messages", "/typing-ended", "/stream", "/healthz", "/readyz")
_DRAINED_AT_MOST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a person reads when something goes wrong."""

    happened: str
    kept: str
    todo: str


_WORDS = {
    400: Sentences("That could not be read.", "Nothing was changed.", "Go back, check it and send it again."),
    401: Sentences(
        "You are not signed in.",
        "Everything in the console is as you left it.",
        "Open your sign-in link. No link? Ask an owner of your workspace to invite you, or run botapp signin "
        "on the machine where botapp runs.",
    ),
    403: Sentences("You may not do that.", "Nothing was changed.", "Ask an owner of your workspace."),
    404: Sentences(
        "There is nothing at this address.",
        "Whatever was sent before is kept.",
        "Check the link. It may have been cut off on its way. If it stays like this, ask whoever sent it to you.",
    ),
    405: Sentences(
        "This address can't be used that way.", "Nothing was changed.", "Go back and use the page's own buttons."
    ),
    409: Sentences("Somebody changed this at the same moment.", "Their change is kept.", "Load the page again."),
    413: Sentences("That is too long to take in one piece.", "Nothing of it was kept.", "Send it in shorter pieces."),
    500: Sentences(
        "Something went wrong on our side.",
        "Everything that was confirmed before is kept.",
        "Try again in a minute. If it happens again, tell us the reference below.",
    ),
    503: Sentences("We can't answer right now.", "Everything sent before is kept.", "Try again in a minute."),
}


def answer_failures(app: Flask) -> None:
    """Register the handlers for our errors, for those of HTTP, and for the unforeseen."""
    app.register_error_handler(BotappError, _ours)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(InternalServerError, _unforeseen)


def _ours(error: BotappError) -> ResponseReturnValue:
    return _answer(_status_of(error), str(error))


def _status_of(error: BotappError) -> int:
    match error:
        case SignedOut():
            return 401
        case NotAllowed():
            return 403
        case NotFound():
            return 404
        case BadPayload():
            return 400
        case Conflict():
            return 409
        case Retryable():
            return 503
        case _:
            return 500


def _of_http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, RequestEntityTooLarge):
        drain()
    code = error.code or 500
    if 300 <= code < 400:
        return error.get_response()
    return _answer(code, "")


def _unforeseen(error: InternalServerError) -> ResponseReturnValue:
    get_logger().error(
        "web.failed", endpoint=request.endpoint, reference=_reference(), exc_info=error.original_exception
    )
    return _answer(500, "")


def _reference() -> str:
    if "reference" not in g:
        g.reference = secrets.token_hex(4)
    return str(g.reference)


def drain(at_most: int = _DRAINED_AT_MOST) -> None:
    """Read what is still coming: a server that closes early makes the browser report a lost connection instead."""
    left = request.content_length or 0  # never past its end: there a server may wait for more for ever
    if left > at_most:
        return
    stream = request.environ["wsgi.input"]
    while left > 0 and (piece := stream.read(min(left, 65536))):
        left -= len(piece)


def _words(code: int) -> Sentences:
    if code in _WORDS:
        return _WORDS[code]
    return _WORDS[500] if code >= 500 else _WORDS[400]


def _answer(code: int, happened: str) -> ResponseReturnValue:
    words = _words(code)
    if request.path.endswith(_SPOKEN_BY_SCRIPTS) or request.accept_mimetypes.best == "application/json":
        sentence = happened or f"{words.happened} {words.todo}"
        body: dict[str, Any] = {"error": sentence, "reference": _reference()}
        return jsonify(body), code
    title = HTTPStatus(code).phrase if code in HTTPStatus._value2member_map_ else "Error"
    page = render_template(
        "error.html", title=title, happened=happened or words.happened, words=words, reference=_reference()
    )
    return page, code
