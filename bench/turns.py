"""A whole turn of ours against the same graph and rules in bare LangGraph, and against the floor; and bytes on disk."""

import random
import sqlite3
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import ours, peers
from bench.calibration import elapsed_ms
from bench.ours import Ours
from bench.peers import BareGraph, Floor, LangGraph, Peer
from bench.scenario import ANSWERS, CLOSING

ROUNDS = 25
INTERVIEWS = 2  # of each variant in a round


@dataclass(frozen=True, slots=True)
class Turns:
    """Milliseconds of one turn by variant (medians), ratios of ours (medians of the rounds' own), bytes, statements."""

    ms: dict[str, float]
    ratios: dict[str, float]
    bytes: dict[str, float]
    statements: tuple[int, int]


def compare(folder: Path, rounds: int = ROUNDS) -> Turns:
    """Every variant in every round, in a new order each time; replies are checked before and after."""
    stack = Ours(folder / "ours")
    others: dict[str, Peer] = {
        "bare graph": BareGraph(),
        "LangGraph exit": LangGraph(folder / "exit.db", "exit"),
        "LangGraph stock": LangGraph(folder / "stock.db", None),
        "floor": Floor(folder / "floor.db"),
    }
    _same_replies(stack, others)
    files = {"ours": stack.database, "LangGraph exit": folder / "exit.db", "LangGraph stock": folder / "stock.db"}
    before = {name: _bytes(file) for name, file in files.items()}
    samples = _rounds(stack, others, rounds)
    grown = {name: (_bytes(file) - before[name]) / (rounds * INTERVIEWS) for name, file in files.items()}
    _same_replies(stack, others)
    statements = stack.statements()
    for peer in others.values():
        peer.close()
    return Turns(
        ms={name: statistics.median(values) for name, values in samples.items()},
        ratios=_ratios(samples),
        bytes=grown,
        statements=statements,
    )


def _rounds(stack: Ours, others: dict[str, Peer], rounds: int) -> dict[str, list[float]]:
    """Milliseconds a turn, by variant and round."""
    variants: dict[str, Callable[[], float]] = {"ours": lambda: _ours_ms(stack)}
    variants |= {name: (lambda peer=peer: _peer_ms(peer)) for name, peer in others.items()}  # type: ignore[misc]
    samples: dict[str, list[float]] = {name: [] for name in variants}
    order = list(variants)
    for _ in range(rounds):
        random.shuffle(order)
        for name in order:
            samples[name].append(statistics.mean(variants[name]() for _ in range(INTERVIEWS)))
    return samples


def _ours_ms(stack: Ours) -> float:
    talk = stack.start()
    stack.welcome(talk)
    return elapsed_ms(talk.answer) / len(ANSWERS)


def _peer_ms(peer: Peer) -> float:
    thread = peer.start()
    peer.turn(thread, peers.joined())
    heard = [peers.heard(said) for said in ANSWERS]
    return elapsed_ms(lambda: [peer.turn(thread, item) for item in heard]) / len(heard)


def _ratios(samples: dict[str, list[float]]) -> dict[str, float]:
    mine, bare, ended = samples["ours"], samples["bare graph"], samples["LangGraph exit"]
    overheads = [(m - b) / (e - b) for m, b, e in zip(mine, bare, ended, strict=True) if e > b]
    ratios = {
        f"ours / {name}": statistics.median(m / o for m, o in zip(mine, values, strict=True))
        for name, values in samples.items()
        if name != "ours"
    }
    return ratios | {"overhead": statistics.median(overheads)}


def _same_replies(stack: Ours, others: dict[str, Peer]) -> None:
    expected = ours.whole_interview(stack)
    assert CLOSING in expected[-1], f"the interview did not end as it should: {expected[-1]}"
    for name, peer in others.items():
        assert peers.whole_interview(peer) == expected, f"{name} said something else"


def _bytes(file: Path) -> int:
    """Pages in use after VACUUM."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=10)
    try:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    finally:
        connection.close()
    return int(pages) * int(size)
