"""Where Slack calls us, and where an owner connects a Slack workspace.

A call is proven and kept before it is answered 2xx; a 5xx asks Slack to try again; what can never be right is refused
with a word that spares the retries. Who can't prove a call learns nothing more from the answer.
"""

import json

from flask import Blueprint, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from botapp.channels.base import WebhookRequest
from botapp.entrypoints.web.security import require_member, services, signed_in
from botapp.errors import BadPayload, NotFound, Retryable

BODY_LIMIT = 1024 * 1024
NO_RETRY = {"X-Slack-No-Retry": "1"}
pages = Blueprint("slack", __name__)


@pages.post("/hooks/slack/events")
def slack_events() -> ResponseReturnValue:
    """Something was said or happened."""
    return _received()


@pages.post("/hooks/slack/actions")
def slack_actions() -> ResponseReturnValue:
    """A button, a menu or a form."""
    return _received()


@pages.post("/hooks/slack/commands")
def slack_commands() -> ResponseReturnValue:
    """/interviewer"""
    return _received()


def _received() -> ResponseReturnValue:
    request.max_content_length = BODY_LIMIT
    call = WebhookRequest(request.path, dict(request.headers), request.get_data(cache=False))
    try:
        answer = services().receive_slack(call)
    except BadPayload:
        return Response("", 403, NO_RETRY)
    except NotFound:
        return Response("", 404, NO_RETRY)
    except Retryable:
        return Response("", 503, {"Retry-After": "5"})
    return Response("", 200) if answer is None else jsonify(dict(answer))


@pages.get("/slack/install")
def slack_install() -> ResponseReturnValue:
    """Off to Slack, for an owner who is signed in."""
    require_member()
    return redirect(services().slack_install_url(signed_in()), 302)


@pages.get("/slack/manifest.json")
def slack_manifest() -> ResponseReturnValue:
    """What makes the Slack app, to paste at api.slack.com, for an owner who is signed in."""
    require_member()
    made = json.dumps(services().slack_manifest(signed_in()), indent=2)
    return Response(made, 200, mimetype="application/json")


@pages.get("/slack/oauth")
def slack_oauth() -> ResponseReturnValue:
    """Back from Slack, with a code or without."""
    name = services().slack_installed(request.args.get("code", "")[:300], request.args.get("state", "")[:200])
    return Response(
        f"{name} is connected. Write to botapp in Slack, or mention it in a channel.", 200, mimetype="text/plain"
    )
