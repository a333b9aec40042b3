"""Children that are killed at a named point, forked from this process with everything loaded."""

import os
import signal
import warnings
from collections.abc import Callable
from pathlib import Path

Mark = Callable[[str], None]


def killed_at(point: str, work: Callable[[Mark], None]) -> None:
    """Run `work` in a child that kills itself, as a power cut would, when it first comes to `point`."""

    def mark(here: str) -> None:
        if here == point:
            os.kill(os.getpid(), signal.SIGKILL)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # later Pythons warn of forks beside threads: ours are idle
        pid = os.fork()
    if pid == 0:
        try:
            work(mark)
        finally:
            os._exit(3)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), f"the child never came to {point}"
    assert os.WTERMSIG(status) == signal.SIGKILL


def children_of(pid: int) -> list[int]:
    """The processes that `pid` has forked."""
    with Path(f"/proc/{pid}/task/{pid}/children").open() as listed:
        return [int(word) for word in listed.read().split()]
