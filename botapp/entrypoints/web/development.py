"""Pages that exist in development only: for callers on this machine under one of its own names, behind no proxy."""

import ipaddress
from urllib.parse import urlsplit

from flask import abort, request

_PROXIED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


def here_only(there: bool) -> None:
    """Looks like any address that does not exist, unless all of it holds; `there`: whether this page exists at all."""
    proxied = any(name in request.headers for name in _PROXIED)
    ours = _on_this_machine(request.remote_addr or "") and _on_this_machine(_host())
    if proxied or not ours or not there:
        abort(404)


def _host() -> str:
    """The name that was asked for: another one that leads here is some web page's trick."""
    try:
        return urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return ""


def _on_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
