"""The timer loop: sleeps until the next due row, a second at most, and wakes workers; receives what lies in the spool.

It decides and sends nothing.
"""

import signal
import threading

from botapp.bootstrap import services
from botapp.config import Settings
from botapp.errors import Retryable
from botapp.log import configure_logging, get_logger
from botapp.pipeline.spool import replay
from botapp.pipeline.sweep import next_due, sweep

AT_MOST = 1.0
AT_LEAST = 0.05
log = get_logger()


def run_timers(settings: Settings) -> None:
    """Until SIGTERM or SIGINT."""
    configure_logging(settings.log_level)
    shared = services(settings)
    stopping = threading.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, lambda _signal, _frame: stopping.set())
    while not stopping.is_set():
        wait = AT_MOST
        try:
            sweep(shared)
            replay(shared, settings.data_dir)
            due = [moment for moment in next_due(shared) if moment is not None and moment > shared.now()]
            if due:
                wait = min(max((min(due) - shared.now()).total_seconds(), AT_LEAST), AT_MOST)
        except Retryable as error:
            log.warning("sweep_failed", reason=str(error))
        stopping.wait(wait)
