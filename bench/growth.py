"""Does a turn get slower as a conversation gets longer? One interview, kept going by the candidate's questions."""

import random
import statistics
from dataclasses import dataclass
from pathlib import Path

from bench.calibration import elapsed_ms
from bench.ours import Ours, Talk
from bench.scenario import ASIDE

LONG = 500
ROUNDS = 15
TIMED = 5  # turns of each kind in a round: 3-7 of a fresh interview, five around the 500th of the long one


@dataclass(frozen=True, slots=True)
class Growth:
    early_ms: float
    late_ms: float
    ratio: float
    reached: int


def measure(folder: Path, rounds: int = ROUNDS) -> Growth:
    """Alternates between a long interview and a fresh one; the ratio is the median of the rounds' own."""
    stack = Ours(folder)
    long = _begun(stack, LONG - rounds * TIMED // 2)
    early: list[float] = []
    late: list[float] = []
    for _ in range(rounds):
        fresh = _begun(stack, 2)
        pairs = [(fresh, early), (long, late)]
        random.shuffle(pairs)
        for talk, samples in pairs:
            samples.append(elapsed_ms(lambda talk=talk: _ask(talk, TIMED)) / TIMED)  # type: ignore[misc]
    _check(long)
    ratio = statistics.median(b / a for a, b in zip(early, late, strict=True))
    return Growth(statistics.median(early), statistics.median(late), ratio, long.count)


def _begun(stack: Ours, turns: int) -> Talk:
    talk = stack.start()
    stack.welcome(talk)
    _ask(talk, turns)
    return talk


def _ask(talk: Talk, turns: int) -> None:
    for _ in range(turns):
        talk.say(ASIDE)


def _check(talk: Talk) -> None:
    """Every question was answered from the facts, and the open question came back after it."""
    talk.seen = 0
    pages = iter(talk.replies, [])
    answered = sum("14.20" in text and "forklift" in text for page in pages for text in page)
    assert answered == talk.count, f"{answered} of {talk.count} questions were answered from the facts"
