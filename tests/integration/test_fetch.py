"""Fetching a page: nothing inside is reached, nothing is read for ever, and a sentence says what went wrong."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from botapp.pipeline.fetch import MOST_BYTES, CannotFetch, Guard, fetch_page, is_public

HERE = Guard(loopback=True, ports=None, seconds=2.0)


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        getattr(self, "_" + self.path.strip("/").partition("/")[0])()

    def _job(self) -> None:
        self._say(b"<p>A job</p>", "text/html; charset=utf-8")

    def _image(self) -> None:
        self._say(b"\x89PNG", "image/png")

    def _large(self) -> None:
        self._say(b"x" * (MOST_BYTES + 1), "text/html")

    def _bomb(self) -> None:
        self._say(gzip.compress(b"\0" * 50_000_000), "text/html", encoding="gzip")

    def _loop(self) -> None:
        self._say(b"", "text/html", 302, location="/loop")

    def _moved(self) -> None:
        self._say(b"", "text/html", 301, location="/job")

    def _inside(self) -> None:
        self._say(b"", "text/html", 302, location="http://169.254.169.254/latest/meta-data")

    def _file(self) -> None:
        self._say(b"", "text/html", 302, location="file:///etc/passwd")

    def _gone(self) -> None:
        self._say(b"", "text/html", 404)

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self._trickle(b"x")

    def _slow(self) -> None:
        """Headers that never end, a byte now and then."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self._trickle(b"y")

    def _trickle(self, byte: bytes) -> None:
        try:
            for _ in range(200):
                self.wfile.write(byte)
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def _say(self, body: bytes, kind: str, status: int = 200, location: str = "", encoding: str = "") -> None:
        self.send_response(status)
        more = {"Location": location, "Content-Encoding": encoding}
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **more}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.daemon_threads, server.block_on_close = True, False
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched_also_where_it_moved_to(site: str) -> None:
    page = fetch_page(f"{site}/moved", HERE)
    assert (page.url, page.content, page.content_type, page.charset) == (
        f"{site}/job",
        b"<p>A job</p>",
        "text/html",
        "utf-8",
    )


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("image", "no web page"),
        ("large", "too large"),
        ("bomb", "too large"),
        ("loop", "without an end"),
        ("inside", "private network"),
        ("file", "http or https"),
        ("gone", "no page"),
    ],
)
def test_what_can_not_be_read_says_so(site: str, path: str, words: str) -> None:
    with pytest.raises(CannotFetch, match=words):
        fetch_page(f"{site}/{path}", HERE)


@pytest.mark.parametrize("path", ["endless", "slow"])
def test_nothing_is_read_for_ever(site: str, path: str) -> None:
    began = time.monotonic()
    with pytest.raises(CannotFetch, match=r"takes too long|broke off"):
        fetch_page(f"{site}/{path}", Guard(loopback=True, ports=None, seconds=0.5))
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::7f00:1]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::1]/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f.1/",
        "http://0/",
        "http://10.0.0.8/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.100.100.200/",
        "http://192.0.0.192/",
    ],
)
def test_nothing_inside_is_reached(url: str) -> None:
    with pytest.raises(CannotFetch, match=r"private network|can't reach"):
        fetch_page(url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://example.com/job", "http or https"),
        ("file:///etc/passwd", "read that link|http or https"),
        ("http://ok@example.com/", "user name or password"),
        ("http://example.com:22/", "unusual port"),
        ("http://exa mple.com/", "can't read that link"),
        ("http://example.com\\@127.0.0.1/", "can't read that link"),
        ("http://", "can't read that link"),
        ("http://example.com:99999/", "can't read that link"),
        ("http://example.com/" + "x" * 3000, "can't read that link"),
    ],
)
def test_odd_links_are_not_opened(url: str, words: str) -> None:
    with pytest.raises(CannotFetch, match=words):
        fetch_page(url)


def test_a_name_that_resolves_differently_the_second_time_gains_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The address that was checked is the one connected to: the second answer is never asked for."""
    asked, resolve = [], socket.getaddrinfo

    def rebinding(host: str, port: Any, *args: Any, **options: Any) -> Any:
        if host != "rebind.test":
            return resolve(host, port, *args, **options)
        asked.append(host)
        address = "203.0.113.9" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port or 80))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with pytest.raises(CannotFetch):
        fetch_page("http://rebind.test/", Guard(seconds=0.5))
    assert asked == ["rebind.test"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f::1", True),
        ("::5db8:d70e", False),
        ("224.0.0.1", False),
        ("0.1.2.3", False),
        ("::ffff:10.0.0.1", False),
    ],
)
def test_addresses_of_the_open_internet(address: str, public: bool) -> None:
    assert is_public(address) is public
