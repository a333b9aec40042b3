"""A browser without a window: pages, forms, cookies and the page's own fetches, over plain HTTP. Nothing of ours but
what a page holds is used."""

import http.client
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from botapp.entrypoints.demo.errors import Unmet

_WAITS = 30.0
_REDIRECTS = 5
_CSRF = re.compile(r'(?:name="csrf" value|data-csrf)="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    url: str
    text: str


class Browser:
    """One person's session with one server."""

    def __init__(self, base_url: str) -> None:
        self._base = base_url
        self._cookies: dict[str, str] = {}
        self._csrf = ""

    def open(self, url: str) -> Page:
        """A page, after redirects.

        Raises:
            Unmet: there was none.
        """
        return self._page("GET", url, None, {})

    def submit(self, url: str, **fields: str) -> Page:
        """A form of the page seen last, with its hidden token."""
        form = {**fields, **({"csrf": self._csrf} if self._csrf else {})}
        return self._page("POST", url, urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    def fetch(self, url: str) -> dict[str, Any]:
        """JSON that a page asks for."""
        return self._json("GET", url, None)

    def post(self, url: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """JSON that a page sends."""
        return self._json("POST", url, json.dumps(body).encode())

    def _page(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Page:
        for _ in range(_REDIRECTS):
            status, text, goes_on = self._request(method, url, body, headers)
            if goes_on:
                method, url, body, headers = "GET", urljoin(url, goes_on), None, {}
                continue
            if status != 200:
                raise Unmet(f"{method} {_path(url)} answered {status}.")
            if found := _CSRF.search(text):
                self._csrf = found[1]
            return Page(status, urljoin(self._base, url), text)
        raise Unmet(f"{_path(url)} redirects for ever.")

    def _json(self, method: str, url: str, body: bytes | None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", **({"X-CSRF": self._csrf} if self._csrf else {})}
        status, text, _ = self._request(method, url, body, headers)
        if status not in (200, 202, 204):
            raise Unmet(f"{method} {_path(url)} answered {status}: {text[:200]}")
        return dict(json.loads(text)) if text else {}

    def _request(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str, str]:
        """(status, text, where it redirects to)."""
        parts = urlsplit(urljoin(self._base, url))
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=_WAITS)
        cookie = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())} if self._cookies else {}
        where = parts.path + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request(method, where, body, {"Sec-Fetch-Site": "same-origin", **cookie, **headers})
            response = connection.getresponse()
            text = response.read().decode()
        except OSError as error:
            raise Unmet(f"{method} {_path(url)} got no answer ({error}).") from error
        finally:
            connection.close()
        for set_cookie in response.headers.get_all("Set-Cookie") or []:
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(set_cookie).items()}
        return response.status, text, response.headers.get("Location", "") if 300 <= response.status < 400 else ""


def _path(url: str) -> str:
    """The address without what a secret link carries."""
    return re.sub(r"^/(signin|c|invite)/[^/]+", r"/\1/...", urlsplit(url).path)
