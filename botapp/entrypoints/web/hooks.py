"""Where providers call us. A call is proven and kept before it is answered 2xx; a 5xx asks the provider to try again.

`/hooks/twilio/fallback` is called when the first address failed: it proves the call and writes it to disk, and asks
neither the database nor Redis for anything.
"""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from botapp.channels.base import WebhookRequest
from botapp.entrypoints.web.security import services
from botapp.errors import BadPayload, NotFound, Retryable

EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
SMS = "tel"
pages = Blueprint("hooks", __name__)


@pages.post("/hooks/twilio/sms")
def twilio_sms() -> ResponseReturnValue:
    """A text came in. Answered empty: what we say leaves by the outbox."""
    return _received(xml=True)


@pages.post("/hooks/twilio/status")
def twilio_status() -> ResponseReturnValue:
    """What became of a text of ours."""
    return _received(xml=False)


@pages.post("/hooks/twilio/fallback")
def twilio_fallback() -> ResponseReturnValue:
    """The same as a text that came in, when that could not be kept."""
    try:
        services().spool_webhook(SMS, _call())
    except BadPayload:
        return _refused()
    return _empty()


def _received(*, xml: bool) -> ResponseReturnValue:
    try:
        services().receive_webhook(SMS, _call())
    except BadPayload:
        return _refused()
    except NotFound:
        return Response("", 404)
    except Retryable:
        return Response("", 503, {"Retry-After": "5"})
    return _empty() if xml else Response("", 204)


def _call() -> WebhookRequest:
    """The call as its signature covers it: path and query as they came, never the Host header."""
    path = request.full_path if request.query_string else request.path
    return WebhookRequest(url=path, headers=dict(request.headers), body=request.get_data(cache=False))


def _empty() -> Response:
    return Response(EMPTY_TWIML, 200, {"Content-Type": "text/xml"})


def _refused() -> Response:
    """Who can't prove a call learns nothing more from the answer."""
    return Response("", 403)
