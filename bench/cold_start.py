"""`botapp --help` against a process that imports all of botapp and all it can use."""

import statistics
import subprocess
import sys
from dataclasses import dataclass

from bench.calibration import elapsed_ms

ROUNDS = 7
HELP = [sys.executable, "-m", "botapp.entrypoints.cli", "--help"]
# Module by module, and by name what botapp itself imports only when it is used.
EVERYTHING = [
    sys.executable,
    "-c",
    "import pkgutil, importlib, botapp\n"
    "import langgraph.graph, langchain_openai, flask, gunicorn.app.wsgiapp, alembic.command, psycopg, segno, rq\n"
    "for found in pkgutil.walk_packages(botapp.__path__, 'botapp.'):\n"
    "    if '.migrations' not in found.name: importlib.import_module(found.name)\n",
]


@dataclass(frozen=True, slots=True)
class Starts:
    help_ms: float
    everything_ms: float
    ratio: float


def measure(rounds: int = ROUNDS) -> Starts:
    """Alternating process starts, the first of each not counted."""
    _run(HELP)
    _run(EVERYTHING)
    pairs = [(elapsed_ms(lambda: _run(HELP)), elapsed_ms(lambda: _run(EVERYTHING))) for _ in range(rounds)]
    return Starts(
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
