"""A web page that a recruiter named, fetched without reaching anything inside.

Guarantees: only http and https, only their own ports; the address that was checked is the address that is connected to
(so a name that resolves differently the second time gains nothing); every redirect is checked like the first address;
private, loopback, link-local, translated (NAT64, 6to4, mapped) and metadata addresses are refused; time, size after
unpacking, redirects and kinds of content are capped; no cookie, no proxy and no password of ours is sent. Whatever
goes wrong is one sentence in `CannotFetch`, with nothing of the other side's words in it.
"""

import ipaddress
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from threading import Timer
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urljoin, urlsplit

from botapp.errors import Permanent
from botapp.log import get_logger

if TYPE_CHECKING:
    from requests import Response, Session

MOST_BYTES = 2_000_000
MOST_REDIRECTS = 3
SECONDS = 10.0
_CONNECT_SECONDS, _READ_SECONDS = 5.0, 5.0
MOST_URL = 2_000
_CHUNK = 65_536
_AGENT = "botapp (reads one job page when a recruiter asks)"
_KINDS = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What Python 3.11 still calls global, beside what requests-hardened refuses: the IPv4-compatible range and "this net".
_INSIDE = (ipaddress.ip_network("::/96"), ipaddress.ip_network("0.0.0.0/8"))
_ASK = "Please paste the text of the job here."
log = get_logger()


class CannotFetch(Permanent):
    """The page can't be had; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Page:
    """What came back. `url` is where it was found after redirects; `content_type` without parameters."""

    url: str
    content: bytes
    content_type: str
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be reached. `loopback` is for tests on one machine; ports of None are any."""

    loopback: bool = False
    ports: frozenset[int] | None = frozenset({80, 443})
    seconds: float = SECONDS


def fetch_page(url: str, guard: Guard | None = None) -> Page:
    """The page at `url`.

    Raises:
        CannotFetch: with the sentence to show.
    """
    rules = guard or Guard()
    deadline = time.monotonic() + rules.seconds
    with _session(rules, deadline) as session:
        for _ in range(MOST_REDIRECTS + 1):
            _check(url, rules)
            response = _get(session, url)
            _in_time(deadline)
            if response.status_code not in _REDIRECTS:
                return _page(response, url, deadline)
            url = urljoin(url, response.headers.get("Location", ""))
            response.close()
    raise CannotFetch(f"That page sends me from place to place without an end. {_ASK}")


def _check(url: str, rules: Guard) -> None:
    if not url.lower().startswith(("http://", "https://")):
        raise CannotFetch(f"I can only read web pages (http or https). {_ASK}")
    parts = _split(url)
    if parts.username is not None or parts.password is not None:
        raise CannotFetch(f"That link holds a user name or password, so I don't open it. {_ASK}")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if rules.ports is not None and port not in rules.ports:
        raise CannotFetch(f"That link leads to an unusual port, so I don't open it. {_ASK}")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        readable = bool(parts.hostname) and parts.port != 0 and url.isprintable() and len(url) <= MOST_URL
    except ValueError:
        readable = False
    if not readable or " " in url or "\\" in url:
        raise CannotFetch(f"I can't read that link. {_ASK}")
    return parts


def _get(session: "Session", url: str) -> "Response":
    import requests
    from requests_hardened.ip_filter import InvalidIPAddress

    try:
        return session.get(url, stream=True, allow_redirects=False, timeout=(_CONNECT_SECONDS, _READ_SECONDS))
    except InvalidIPAddress as error:
        log.warning("fetch_refused")
        raise CannotFetch(f"That link leads to a private network, so I don't open it. {_ASK}") from error
    except requests.exceptions.SSLError as error:
        raise CannotFetch(f"The certificate of that page is not valid, so I did not read it. {_ASK}") from error
    except (requests.RequestException, OSError, ValueError) as error:
        raise CannotFetch(f"I can't reach that page. {_ASK}") from error


def _page(response: "Response", url: str, deadline: float) -> Page:
    with response:
        if response.status_code in {401, 403}:
            raise CannotFetch(f"That page is not open to everybody, so I can't read it. {_ASK}")
        if response.status_code in {404, 410}:
            raise CannotFetch("There is no page at that link. Please check it, or paste the text of the job here.")
        if response.status_code != 200:
            raise CannotFetch(f"That page answered with an error. {_ASK}")
        kind, _, rest = response.headers.get("Content-Type", "").partition(";")
        kind = kind.strip().lower()
        if kind not in _KINDS:
            raise CannotFetch(f"There is no web page or PDF at that link. {_ASK}")
        return Page(url, _body(response, deadline), kind, _charset(rest))


def _charset(parameters: str) -> str:
    name, _, value = parameters.strip().partition("=")
    return value.strip("\"' ")[:40] if name.lower() == "charset" else ""


def _body(response: "Response", deadline: float) -> bytes:
    import requests

    body = bytearray()
    try:
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > MOST_BYTES:
                raise CannotFetch(f"That page is too large to be read. {_ASK}")
            _in_time(deadline)
    except (requests.RequestException, OSError, ValueError) as error:
        raise CannotFetch(f"That page broke off while I read it. {_ASK}") from error
    return bytes(body)


def _in_time(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise CannotFetch(f"That page takes too long. {_ASK}")


# ---- the connection ----------------------------------------------------------------------------------------


@contextmanager
def _session(rules: Guard, deadline: float) -> Iterator["Session"]:
    """A session that reaches public addresses only, and whose sockets are shut when the time is over.

    The library's own time-outs are for each read: a server that sends a byte now and then would hold us for ever.
    """
    import requests
    from requests_hardened.ip_filter import InvalidIPAddress
    from requests_hardened.ip_filter_adapter import IPFilterAdapter

    sockets: list[socket.socket] = []

    class Guarded(IPFilterAdapter):  # type: ignore[misc]  # the library has no types
        def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
            host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
            if not is_public(host["host"].strip("[]"), loopback=rules.loopback):
                raise InvalidIPAddress(host["host"])
            return host, pool

        def get_connection_with_tls_context(self, *args: Any, **options: Any) -> Any:
            pool = super().get_connection_with_tls_context(*args, **options)
            pool.ConnectionCls = _recorded(pool.ConnectionCls, sockets)
            return pool

    session = requests.Session()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.trust_env = False  # no proxy, no .netrc of this machine
    session.headers = requests.structures.CaseInsensitiveDict(
        {
            "User-Agent": _AGENT,
            "Accept": "text/html, text/plain;q=0.9, application/pdf;q=0.8",
            "Accept-Encoding": "gzip",
        }
    )
    for scheme in ("http", "https"):
        adapter = Guarded(is_https_proto=scheme == "https", allow_loopback=rules.loopback)
        session.mount(f"{scheme}://", adapter)
    watch = Timer(max(0.0, deadline - time.monotonic()), _shut, [sockets])
    watch.daemon = True
    watch.start()
    try:
        yield session
    finally:
        watch.cancel()
        session.close()


def is_public(address: str, *, loopback: bool = False) -> bool:
    """Whether an IP address is one of the open internet. What carries an IPv4 address inside is judged by that."""
    ip = ipaddress.ip_address(address)
    if loopback and ip.is_loopback:
        return True
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _INSIDE if net.version == ip.version)


def _recorded(connection: Any, sockets: list[socket.socket]) -> Any:
    """The connection class, noting each socket it opens."""

    class Recorded(connection):  # type: ignore[misc]  # whichever class the pool would use
        def connect(self) -> None:
            super().connect()
            sockets.append(self.sock)

    return Recorded


def _shut(sockets: list[socket.socket]) -> None:
    for opened in sockets:
        with suppress(OSError):
            opened.shutdown(socket.SHUT_RDWR)
