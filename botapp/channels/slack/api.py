"""Slack's Web API: the one place that calls it.

Guarantees: a call is made once, with a time-out, and says exactly what became of it; nothing is retried here, nothing
raises. A base URL other than Slack's own is a server on this machine, or construction fails. A token goes to Slack's
own hosts only.
"""

import errno
import ipaddress
import logging
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from botapp.channels.slack.errors import MAY_HAVE_HAPPENED, SURELY_NOT
from botapp.errors import Permanent, Retryable

SLACK = "https://slack.com/api/"
FILES_HOST = "files.slack.com"
CALL_TIMEOUT = timedelta(seconds=10)
LONGEST_WAIT, USUAL_WAIT = timedelta(minutes=10), timedelta(seconds=30)
_ERROR_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,80}")
_UNREACHABLE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN)
_quiet = logging.getLogger("botapp.channels.slack.api")
_quiet.setLevel(logging.CRITICAL)  # the vendor's client logs what it sends; we log ids


@dataclass(frozen=True, slots=True)
class Answered:
    """Slack did it."""

    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NotDone:
    """It surely did not happen (no connection, rate limit): try again after `after`."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack said no, and why in its own word. `needed`: the permission that is missing."""

    code: str
    needed: str = ""


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may have happened (read time-out, 5xx, broken answer)."""

    reason: str


Outcome = Answered | NotDone | Refused | Unsure


class SlackApi:
    """Calls, by method name. `token` is the bot's, of the workspace it concerns."""

    def __init__(self, base_url: str = "", timeout: timedelta = CALL_TIMEOUT) -> None:
        if base_url and not _on_this_machine(base_url):
            raise Permanent("BOTAPP_SLACK_BASE_URL may only name a server on this machine: http://127.0.0.1:8900/api/.")
        self.base_url = base_url or SLACK
        self.timeout = timeout

    def call(self, method: str, token: str, **arguments: Any) -> Outcome:
        """A method that takes JSON."""
        return self._called(method, token, {"json": arguments})

    def read(self, method: str, token: str, **arguments: Any) -> Outcome:
        """A method that reads, which takes a form only."""
        return self._called(method, token, {"params": arguments})

    def _called(
        self, method: str, token: str, request: dict[str, Any], named: Mapping[str, str] | None = None
    ) -> Outcome:
        """`named`: headers that are wanted beside the answer, and under which names."""
        from slack_sdk.errors import SlackApiError

        if not token:
            return Refused("not_installed")
        try:
            answer = self.client(token).api_call(method, **request)
        except SlackApiError as error:
            return _refused(error.response)
        except URLError as error:
            return _not_reached(error)
        except (OSError, HTTPException, ValueError) as error:
            return Unsure(f"no whole answer: {type(error).__name__}")
        if not isinstance(answer.data, Mapping):
            return Unsure("the answer was no object")
        said = {name.lower(): str(value) for name, value in answer.headers.items()} if named else {}
        return Answered({**answer.data, **{as_: said.get(header, "") for header, as_ in (named or {}).items()}})

    def client(self, token: str) -> Any:
        """The vendor's client: one try, our time-out, no proxy when the server is on this machine."""
        from slack_sdk.web import WebClient

        client = WebClient(
            token=token,
            base_url=self.base_url,
            timeout=max(1, int(self.timeout.total_seconds())),
            retry_handlers=[],
            logger=_quiet,
        )
        if self.base_url != SLACK:
            client.proxy = None
        return client

    # ---- what handlers and workers ask for ------------------------------------------------------------------

    def open_view(self, token: str, trigger_id: str, view: Mapping[str, Any]) -> Outcome:
        """Within 3 s of the press: open a skeleton first."""
        return self.call("views.open", token, trigger_id=trigger_id, view=view)

    def update_view(self, token: str, view_id: str, view: Mapping[str, Any], hash: str = "") -> Outcome:
        guard = {"hash": hash} if hash else {}
        return self.call("views.update", token, view_id=view_id, view=view, **guard)

    def publish_home(self, token: str, user: str, view: Mapping[str, Any]) -> Outcome:
        return self.call("views.publish", token, user_id=user, view=view)

    def tell_only(self, token: str, channel: str, user: str, text: str, thread: str = "") -> Outcome:
        """A note that only this person sees, in a channel."""
        where = {"thread_ts": thread} if thread else {}
        return self.call("chat.postEphemeral", token, channel=channel, user=user, text=text, **where)

    def set_status(self, token: str, channel: str, thread: str, status: str) -> Outcome:
        """The line while something works, at most 50 characters; "" takes it away."""
        return self.call("assistant.threads.setStatus", token, channel_id=channel, thread_ts=thread, status=status[:50])

    def suggest(self, token: str, channel: str, prompts: list[tuple[str, str]], thread: str = "") -> Outcome:
        """What one could say, as (title, message): at most four."""
        offered = [{"title": title, "message": message} for title, message in prompts[:4]]
        where = {"thread_ts": thread} if thread else {}
        return self.call("assistant.threads.setSuggestedPrompts", token, channel_id=channel, prompts=offered, **where)

    def user(self, token: str, user: str) -> Outcome:
        """Name and e-mail address of a person of that Slack workspace."""
        return self.read("users.info", token, user=user)

    def whoami(self, token: str) -> Outcome:
        """Whose the token is, and (as `scopes`) with which permissions, which Slack says in a header."""
        return self._called("auth.test", token, {"params": {}}, named={"x-oauth-scopes": "scopes"})

    def download(self, token: str, url: str, most: int) -> bytes:
        """A file that somebody dropped.

        Raises:
            Permanent: it is not on Slack's server, is gone, may not be read, or has more than `most` bytes.
            Retryable: Slack could not be reached.
        """
        return _fetched(token, self._file_url(url), most, self.timeout.total_seconds())

    def _file_url(self, url: str) -> str:
        parts = urlsplit(url)
        ours = urlsplit(self.base_url)
        local = self.base_url != SLACK and (parts.scheme, parts.netloc) == (ours.scheme, ours.netloc)
        if local or (parts.scheme == "https" and parts.hostname == FILES_HOST and parts.port in (None, 443)):
            return url
        raise Permanent("This file is not on Slack's own server, so it was not fetched. Please upload it to Slack.")


def _on_this_machine(url: str) -> bool:
    parts = urlsplit(url)
    try:
        known = parts.port is None or parts.port > 0
        loopback = parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
    return known and loopback and parts.scheme in ("http", "https") and not parts.username


def _refused(response: Any) -> Outcome:
    """A "no" with a name, a rate limit, or trouble of Slack's own after which nobody knows."""
    status, data = response.status_code, response.data if isinstance(response.data, Mapping) else {}
    code = str(data.get("error", ""))
    if status == 429 or code in SURELY_NOT:
        return NotDone(_wait(response.headers))
    if status >= 500 or code in MAY_HAVE_HAPPENED or not _ERROR_NAME.fullmatch(code):
        return Unsure(f"Slack answered {status}")
    return Refused(code, str(data.get("needed", ""))[:100])


def _wait(headers: Mapping[str, Any]) -> timedelta:
    said = next((str(value) for name, value in headers.items() if name.lower() == "retry-after"), "")
    if said.isascii() and said.isdecimal():
        return min(timedelta(seconds=int(said[:6])), LONGEST_WAIT)
    return USUAL_WAIT


def _not_reached(error: URLError) -> Outcome:
    """The vendor's client wraps what fails up to the last byte handed over; what fails later comes as it is."""
    why = error.reason
    before = isinstance(why, ConnectionRefusedError | socket.gaierror | TimeoutError) or (
        isinstance(why, OSError) and (why.errno in _UNREACHABLE or type(why).__name__.startswith("SSLCert"))
    )
    return NotDone(timedelta(0)) if before else Unsure(f"the connection broke: {type(why).__name__}")


def _fetched(token: str, url: str, most: int, timeout: float) -> bytes:
    from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

    class Nowhere(HTTPRedirectHandler):
        """A redirect leads to a sign-in page, or off with our token: it is not followed."""

        def redirect_request(self, *_arguments: Any, **_named: Any) -> None:
            return None

    direct = [ProxyHandler({})] if urlsplit(url).hostname != FILES_HOST else []
    request = Request(url, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - the host was checked
    try:
        with build_opener(Nowhere(), *direct).open(request, timeout=timeout) as answer:
            content: bytes = answer.read(most + 1)
            kind = answer.headers.get_content_type()
    except HTTPError as error:
        error.close()
        raise _file_error(error.code) from error
    except (OSError, HTTPException) as error:
        raise Retryable("Slack could not be reached for this file.") from error
    if len(content) > most:
        raise Permanent(f"This file is larger than {most // 1_000_000} MB. Please send a smaller one.")
    if kind == "text/html" and not urlsplit(url).path.lower().endswith((".html", ".htm")):
        raise Permanent("Slack did not give us this file. Please check that botapp may read files there.")
    return content


def _file_error(status: int) -> Exception:
    if status == 429 or status >= 500:
        return Retryable("Slack could not give us this file just now.")
    return Permanent("Slack no longer has this file, or botapp may not read it. Please send it again.")
