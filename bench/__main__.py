"""`python -m bench`: measures everything in one run, prints a table, writes build/bench.json."""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import cold_start, growth, single_message, slack_ack, sms_priority, turns, twilio_accept
from bench.calibration import calibrate
from bench.turns import Turns

OUT = Path("build/bench.json")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `floor`: what must hold; `target`: what we aim at; both as printed."""

    name: str
    values: dict[str, float]
    floor: str = ""
    target: str = ""

    def __str__(self) -> str:
        unit = {"ratio": "", "p50_ms": " ms p50", "p95_ms": " ms p95", "p99_ms": " ms p99", "p95_s": " s p95"}
        shown = ", ".join(f"{value:.3g}{unit[key]}" for key, value in self.values.items())
        return f"{self.name:<28}{shown:<26}{self.floor:<24}{self.target}"


def ratio(name: str, value: float, floor: str = "", target: str = "") -> Figure:
    return Figure(name, {"ratio": round(value, 4)}, floor, target)


def figures(folder: Path) -> Iterator[Figure]:
    """Measures group by group, saying what the machine does beside each."""
    _say_machine(folder, "turns")
    measured = turns.compare(folder / "turns")
    _say_turns(measured)
    yield ratio("turn_vs_langgraph_exit", measured.ratios["ours / LangGraph exit"], "at most 2.0", "1.3")
    yield ratio("turn_vs_langgraph_stock", measured.ratios["ours / LangGraph stock"], "at most 0.8", "0.5")
    yield ratio("overhead_vs_langgraph_exit", measured.ratios["overhead"], "reported")
    yield ratio("turn_vs_floor", measured.ratios["ours / floor"], "reported")
    yield ratio("bytes_vs_langgraph_stock", measured.bytes["ours"] / measured.bytes["LangGraph stock"], "at most 0.25")
    _say_machine(folder, "growth")
    grown = growth.measure(folder / "growth")
    print(f"  turn 5: {grown.early_ms:.2f} ms, turn 500: {grown.late_ms:.2f} ms ({grown.reached} turns in all)\n")
    yield ratio("turn500_vs_turn5", grown.ratio, "at most 1.3")
    _say_machine(folder, "one message through the running system")
    waits = single_message.measure(folder / "up")
    shown = " ".join(f"{wait:.0f}" for wait in waits.by_interview_ms)
    print(f"  {waits.samples} buttons; medians by interview: {shown} ms\n")
    values = {"p50_ms": round(waits.p50_ms, 2), "p95_ms": round(waits.p95_ms, 2)}
    yield Figure("single_message", values, "p50 25 ms, p95 60 ms")
    yield from _texting(folder)
    yield _slack(folder)
    _say_machine(folder, "start of the command line")
    starts = cold_start.measure()
    print(f"  --help: {starts.help_ms:.0f} ms, importing everything: {starts.everything_ms:.0f} ms\n")
    yield ratio("help_start_vs_full_import", starts.ratio, "at most 0.1")


def _texting(folder: Path) -> Iterator[Figure]:
    _say_machine(folder, "texts coming in, while every model call takes a minute")
    took = twilio_accept.measure(folder / "accept")
    print(f"  {took.kept} of {took.sent} texts kept, {took.asked} model calls slept; worst {took.worst_ms:.0f} ms")
    print(f"  {took.slow_syncs} of about 100 small writes of the disk alone took over 25 ms meanwhile\n")
    values = {"p50_ms": round(took.p50_ms, 2), "p99_ms": round(took.p99_ms, 2)}
    yield Figure("twilio_accept", values, "p99 at most 50 ms")
    _say_machine(folder, "replies behind a list of invitations, time by hand")
    waited = sms_priority.measure(folder / "priority")
    print(f"  {waited.replies} replies, {waited.invitations} invitations out after {waited.list_s:.0f} s\n")
    yield Figure("sms_priority", {"p95_s": round(waited.p95_s, 3)}, "p95 under 3 s")


def _slack(folder: Path) -> Figure:
    _say_machine(folder, "events of Slack coming in, while every model call takes a minute")
    took = slack_ack.measure(folder / "slack")
    print(f"  {took.kept} of {took.sent} events kept, {took.asked} model calls slept; worst {took.worst_ms:.0f} ms")
    print(f"  {took.slow_syncs} of about 100 small writes of the disk alone took over 25 ms meanwhile\n")
    values = {"p50_ms": round(took.p50_ms, 2), "p99_ms": round(took.p99_ms, 2)}
    return Figure("slack_ack", values, "p99 at most 100 ms")


def _say_machine(folder: Path, title: str) -> None:
    print(f"{title}  [{calibrate(folder)}]")
    sys.stdout.flush()


def _say_turns(measured: Turns) -> None:
    for name, value in measured.ms.items():
        against = measured.ratios.get(f"ours / {name}")
        size = f", {measured.bytes[name] / 1024:.0f} KiB an interview" if name in measured.bytes else ""
        print(f"  {name:<18}{value:6.2f} ms a turn{f', ours is {against:.2f} of it' if against else ''}{size}")
    count, begun = measured.statements
    print(f"  a turn of ours: {count} SQL statements in {begun} transactions, two of them durable\n")


def main() -> None:
    """Exit 0 when everything was measured; the figures are for people and for CI to judge."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="botapp-bench-") as folder:
        done = list(figures(Path(folder)))
    print(f"{'name':<28}{'measured':<26}{'floor':<24}target")
    for figure in done:
        print(figure)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({figure.name: figure.values for figure in done}, indent=2) + "\n")
    print(f"\n{OUT} written after {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
