"""RQ jobs and the worker process: a job drains whatever is due. Everything is loaded before work begins."""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from botapp.bootstrap import worker_services
from botapp.config import Settings
from botapp.entrypoints.lifeline import die_with_parent
from botapp.log import configure_logging, get_logger
from botapp.pipeline.deliver import deliver_next, look_up_unknown
from botapp.pipeline.sweep import next_due
from botapp.pipeline.timers import do_next_task
from botapp.pipeline.turn import TurnServices, run_next_turn
from botapp.state import conversations
from botapp.state.wakeups import TURNS, connect

DRAIN_FOR = 20.0  # seconds
DRAIN_TURNS = 200
WAITS_FOR = timedelta(seconds=3)  # a row due sooner is waited for, so that a settling burst needs no second wake-up
LOOKS_EVERY = 0.02
TASK_EVERY = 10  # turns: under steady load scoring and timers get their share
log = get_logger()

# One per process: RQ calls jobs by name and can pass nothing that is not JSON.
services: TurnServices | None = None


def _services() -> TurnServices:
    assert services is not None, "run_worker loads the services before it takes work"
    return services


def drain_turns() -> None:
    """RQ job: run turns and tasks until nothing is due soon."""
    loaded = _services()
    drain(loaded, seconds=DRAIN_FOR, turns=DRAIN_TURNS)


def drain(loaded: TurnServices, *, seconds: float, turns: int) -> int:
    """Run turns and tasks; returns how many turns ran. Stops when nothing is due within 3 s."""
    ends = time.monotonic() + seconds
    done = 0
    asked_for_help = False
    while done < turns and time.monotonic() < ends:
        if _alone(loaded, run_next_turn):
            done += 1
            if done % TASK_EVERY == 0:
                _alone(loaded, do_next_task)
            if not asked_for_help and _more_is_due(loaded):
                loaded.wakeups.wake_another(TURNS)
                asked_for_help = True
        elif not _alone(loaded, do_next_task) and not _wait_for_next(loaded):
            break
    return done


def _alone(loaded: TurnServices, work: Callable[[TurnServices], bool]) -> bool:
    with loaded.turnstile.passed():
        return work(loaded)


def _more_is_due(loaded: TurnServices) -> bool:
    with loaded.database.reading() as uow:
        return conversations.count_due(uow, loaded.now()) > 1


def _wait_for_next(loaded: TurnServices) -> bool:
    """Wait for a row due within 3 s, looking again meanwhile. False when there is none."""
    now = loaded.now()
    due, _ = next_due(loaded)
    if due is None or due > now + WAITS_FOR:
        return False
    time.sleep(min(max((due - now).total_seconds(), 0.0), LOOKS_EVERY))
    return True


def drain_deliveries() -> None:
    """RQ job: send what is queued, look up what is unknown."""
    loaded = _services()
    ends = time.monotonic() + DRAIN_FOR
    while time.monotonic() < ends:
        if not deliver_next(loaded) and not look_up_unknown(loaded):
            break


def run_worker(settings: Settings, roles: list[str]) -> None:
    """Load everything once, fork a worker for each role (a queue's name), replace one that dies.

    Stops all on SIGTERM or SIGINT; what is under way is finished first.
    """
    configure_logging(settings.log_level)
    global services
    services = worker_services(settings)
    children: dict[int, str] = {}
    stopping = threading.Event()

    def stop(_signal: int, _frame: object) -> None:
        stopping.set()
        for pid in list(children):
            _tell(pid, signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    waiting = list(roles)
    while children or not stopping.is_set():
        while waiting and not stopping.is_set():
            role = waiting.pop()
            children[_fork(settings, role)] = role
        pid, _ = os.wait()
        waiting.append(children.pop(pid))
        if not stopping.is_set():
            log.warning("worker_died", pid=pid)
            time.sleep(0.2)


def _tell(pid: int, what: signal.Signals) -> None:
    try:
        os.kill(pid, what)
    except ProcessLookupError:
        return


def _fork(settings: Settings, role: str) -> int:
    pid = os.fork()
    if pid:
        return pid
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    die_with_parent()
    try:
        _work(settings, role)
    finally:
        os._exit(0)


class Worker(SimpleWorker):
    """RQ's worker without a fork for each job, quick to find Redis again."""

    max_connection_wait_time = 1.0


def _work(settings: Settings, role: str) -> None:
    loaded = _services()
    if loaded.leases is not None:
        loaded.leases.start()
    if role == TURNS:
        _drain_beside(settings, loaded)
    connection = connect(settings.redis, blocking=True)
    worker = Worker(
        [Queue(role, connection=connection, serializer=JSONSerializer)],
        connection=connection,
        serializer=JSONSerializer,
        log_job_description=False,
    )
    worker.work(logging_level="WARNING")


def _drain_beside(settings: Settings, loaded: TurnServices) -> None:
    """With a model engine a worker runs several conversations at once, each in a thread."""
    if settings.llm_model and settings.turns_at_once > 1:
        pool = ThreadPoolExecutor(settings.turns_at_once - 1, thread_name_prefix="turns")
        for _ in range(settings.turns_at_once - 1):
            pool.submit(_keep_draining, loaded)


def _keep_draining(loaded: TurnServices) -> None:
    while True:
        try:
            if not _alone(loaded, run_next_turn):
                time.sleep(0.2)
        except Exception:  # the outermost frame of this thread: it must not end for one bad row
            log.exception("turn_thread_failed")
            time.sleep(1.0)
