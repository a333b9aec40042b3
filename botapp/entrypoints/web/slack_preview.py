"""Our cards as Slack draws them, at /dev/slack: what a change to a card looks like, and the pictures of the README.

Guarantees: in development only, on this machine, for somebody who is signed in: it shows what candidates said.
"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from botapp.entrypoints.web.development import here_only
from botapp.entrypoints.web.security import require_member, services, signed_in

pages = Blueprint("slack_preview", __name__, url_prefix="/dev/slack")


@pages.before_request
def _here_only() -> None:
    here_only(services().settings.in_development)
    require_member()


@pages.get("")
def slack_preview() -> ResponseReturnValue:
    """Every card there is data for."""
    return render_template("slack.html", previews=services().slack_previews(signed_in()), member=signed_in())
