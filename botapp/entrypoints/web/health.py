"""Whether this process is up, and whether it can do its work."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from botapp.entrypoints.web.security import services

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@pages.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Every check in words; 503 when one of them is not ok."""
    checks = services().ready()
    fine = all(outcome == "ok" for outcome in checks.values())
    return jsonify(status="ready" if fine else "not ready", checks=checks), 200 if fine else 503
