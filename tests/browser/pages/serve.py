"""Serve every page over the fake services, to look at: `python -m tests.browser.pages.serve [port]`."""

import sys

from werkzeug.serving import make_server

from botapp.entrypoints.web.app import create_app
from tests.support.fake_services import FakeServices, FakeSettings


def main() -> None:
    """Serve until stopped."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8199
    services = FakeServices(settings=FakeSettings(base_url=f"http://localhost:{port}"))
    make_server("127.0.0.1", port, create_app(services), threaded=True).serve_forever()


if __name__ == "__main__":
    main()
