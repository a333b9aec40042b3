"""Every page over the fake services, for states that a real run seldom shows.

`python -m tests.browser.pages.fakes [port]` serves them to look at.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

from botapp.entrypoints.web.app import create_app
from tests.support.fake_services import FakeServices, FakeSettings


class _Quiet(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Stay silent."""


@contextmanager
def served(services: FakeServices | None = None, port: int = 0) -> Iterator[tuple[str, FakeServices]]:
    """The pages at a free port."""
    services = services or FakeServices()
    server = make_server("127.0.0.1", port, create_app(services), threaded=True, request_handler=_Quiet)
    base = f"http://localhost:{server.server_port}"
    services.settings = FakeSettings(base_url=base, max_streams=services.settings.max_streams)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    serving.start()
    try:
        yield base, services
    finally:
        server.shutdown()


def main() -> None:
    """Serve until stopped."""
    with served(port=int(sys.argv[1]) if len(sys.argv) > 1 else 8199) as (base, _):
        print(base)
        threading.Event().wait()


if __name__ == "__main__":
    main()
