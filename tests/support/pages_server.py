"""Our pages behind a real server in this process, and a worker on the same database and channels."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from werkzeug.serving import make_server

from botapp.bootstrap import WebServices
from botapp.entrypoints.web.app import create_app
from botapp.pipeline.turn import TurnServices
from tests.support.stack import MovableClock, loaded


def worker_beside(web: WebServices, clock: MovableClock, **more: Any) -> TurnServices:
    """A worker that shares everything with these pages."""
    shared = web.services
    return replace(
        loaded(),
        database=shared.database,
        wakeups=shared.wakeups,
        clock=clock,
        base_url=shared.base_url,
        channels=shared.channels,
        terms=shared.terms,
        secrets=shared.secrets,
        leases=None,
        **more,
    )


@contextmanager
def served(web: WebServices) -> Iterator[int]:
    """The port they answer on."""
    server = make_server("127.0.0.1", 0, create_app(web), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="pages", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
