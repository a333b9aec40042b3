"""The Flask app factory. It joins the pages, their words and their defences; it decides nothing itself."""

import hashlib
import secrets
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask, url_for

from botapp.entrypoints.web import (
    chat,
    console,
    exports,
    health,
    hooks,
    inviting,
    people,
    phone,
    rehearsal,
    scorecard_words,
    slack_hooks,
    slack_preview,
    stages,
    wording,
)
from botapp.entrypoints.web.failures import answer_failures
from botapp.entrypoints.web.port import Services
from botapp.entrypoints.web.security import csrf_token, secure
from botapp.entrypoints.web.streams import StreamSlots

STATIC_DAYS = 365
BODY_LIMIT = 64 * 1024


class _QuietFlask(Flask):
    """Flask logs the path of a failed request, and our paths hold secrets: failures.py logs instead."""

    def log_exception(
        self,
        exc_info: tuple[type, BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> None:
        """Say nothing here."""


def create_app(services: Services) -> Flask:
    """All pages over one Services object."""
    app = _QuietFlask("botapp.entrypoints.web")
    app.config.update(
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        SEND_FILE_MAX_AGE_DEFAULT=STATIC_DAYS * 86400,
        PROPAGATE_EXCEPTIONS=False,
        TRAP_HTTP_EXCEPTIONS=False,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["botapp"] = services
    app.extensions["botapp_streams"] = StreamSlots(services.settings.max_streams)
    secure(app, services)
    answer_failures(app)
    wording.register(app)
    scorecard_words.register(app)
    app.jinja_env.globals.update(asset=_asset_links(app), csrf_token=csrf_token, fresh_ticket=fresh_ticket)
    theirs = (hooks.pages, phone.pages, slack_hooks.pages, slack_preview.pages)
    for blueprint in (
        chat.pages,
        stages.pages,
        console.pages,
        exports.pages,
        inviting.pages,
        people.pages,
        rehearsal.pages,
        console.door,
        health.pages,
        *theirs,
    ):
        app.register_blueprint(blueprint)
    return app


def fresh_ticket() -> str:
    """What a form is known by when it comes twice."""
    return secrets.token_urlsafe(12)


def _asset_links(app: Flask) -> Any:
    """Links to static files that change with their content, so that browsers may keep them for ever."""
    folder = Path(app.static_folder or "")
    prints = {file.name: _fingerprint(file) for file in folder.iterdir() if file.is_file()}

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=prints[name])

    return asset


def _fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]
