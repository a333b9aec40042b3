"""What this machine does just now: a fixed loop of pure Python, and one small durable write."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Machine:
    """Medians, in milliseconds. Set beside every group of figures: compare only what was measured together."""

    loop_ms: float
    sync_ms: float

    def __str__(self) -> str:
        return f"CPU loop {self.loop_ms:.1f} ms, fdatasync of 4 KiB {self.sync_ms:.2f} ms"


def calibrate(folder: Path, times: int = 9) -> Machine:
    """Run both a few times in `folder`."""
    file = os.open(folder / "calibration", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        loops = [elapsed_ms(_loop) for _ in range(times)]
        syncs = [elapsed_ms(lambda: _sync(file)) for _ in range(times)]
    finally:
        os.close(file)
    return Machine(statistics.median(loops), statistics.median(syncs))


def elapsed_ms(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _loop() -> int:
    total = 0
    for number in range(300_000):
        total += number & 7
    return total


def _sync(file: int) -> None:
    os.pwrite(file, b"x" * 4096, 0)
    os.fdatasync(file)
