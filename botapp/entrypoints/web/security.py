"""What every answer carries and every cookie request must show: headers, the session, the CSRF token.

The session cookie is signed, HttpOnly and SameSite=Lax, and holds a member's id and a CSRF secret. Candidates have no
cookie: the secret in their link is all they need. No inline script or style is ever allowed.
"""

import hmac
import secrets
from datetime import timedelta
from typing import cast

from flask import Flask, Response, current_app, g, request, session

from botapp.entrypoints.web.port import Services
from botapp.errors import NotAllowed
from botapp.state.read_models import MemberRow

STAYS_SIGNED_IN = timedelta(days=14)
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_STALE = "This page is out of date. Nothing was changed. Load the page again and repeat what you did."
_ELSEWHERE = "This request came from another site. Nothing was changed. Open the link itself and try again."


class SignedOut(NotAllowed):
    """Nobody is signed in: answer with a 401 and say how to sign in."""


def secure(app: Flask, services: Services) -> None:
    """Cookie settings, headers on every answer, and the cross-site checks on every writing request."""
    app.secret_key = services.settings.secret_key
    app.config.update(
        SESSION_COOKIE_NAME="botapp_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=services.settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=STAYS_SIGNED_IN,
    )
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)


def services() -> Services:
    """The one Services object that the app was made with."""
    return cast(Services, current_app.extensions["botapp"])


def sign_in(member: MemberRow) -> None:
    """Start a fresh session for `member`."""
    session.clear()
    session.permanent = True
    session["member"] = member.id
    session["csrf"] = secrets.token_urlsafe(24)


def require_member() -> None:
    """Before any console request: somebody is signed in and still a member, and a writing request proves its page."""
    found = services().member(str(session.get("member", ""))) if session.get("member") else None
    if found is None:
        session.clear()
        raise SignedOut("You are not signed in.")
    g.member = found
    if request.method not in _SAFE_METHODS and not _proves_its_page():
        raise NotAllowed(_STALE)


def signed_in() -> MemberRow:
    """Who is asking. Only inside a request that `require_member` let pass."""
    return cast(MemberRow, g.member)


def csrf_token() -> str:
    """The secret that forms and fetches of this session repeat; empty when nobody is signed in."""
    return str(session.get("csrf", ""))


def _proves_its_page() -> bool:
    shown = request.headers.get("X-CSRF") or request.form.get("csrf", "")
    return bool(csrf_token()) and hmac.compare_digest(shown.encode(), csrf_token().encode())


def _refuse_other_sites() -> None:
    if request.method not in _SAFE_METHODS and request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise NotAllowed(_ELSEWHERE)


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
