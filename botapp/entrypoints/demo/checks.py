"""What has to be true after a demo. Pure: reads what the recruiter and the candidates saw, and says yes or no."""

from collections.abc import Iterator, Mapping, Sequence

from botapp.entrypoints.demo.bank import Strength
from botapp.entrypoints.demo.pages import AlertSeen, ScorecardSeen
from botapp.entrypoints.demo.recruiter import finished
from botapp.entrypoints.demo.report import Check
from botapp.entrypoints.demo.screening import Run


def checks_of(runs: Sequence[Run], cards: Mapping[str, ScorecardSeen], alerts: Sequence[AlertSeen]) -> Iterator[Check]:
    """Everything about the three interviews."""
    for run in runs:
        name = run.persona.name
        yield Check(f"{name} came to the end", run.status == "completed", run.problem or run.status)
        yield _has_evidence(run, cards.get(name))
        yield Check(f"{name} was alerted once", finished(name, alerts) == 1)
    yield _order(runs, cards)


def _has_evidence(run: Run, card: ScorecardSeen | None) -> Check:
    what = f"{run.persona.name} has a scorecard with evidence, word for word"
    if card is None:
        return Check(what, False, "no scorecard")
    made_up = [quote for quote in card.quotes if not any(quote in said for said in run.said)]
    if made_up:
        return Check(what, False, f"never said: “{made_up[0]}”")
    return Check(what, bool(card.quotes), f"{len(card.quotes)} quotes")


def _order(runs: Sequence[Run], cards: Mapping[str, ScorecardSeen]) -> Check:
    """The strong one scores at least what the weak one does; an interview that a must-have ended has no score."""
    scores = {run.persona.strength: _score(cards.get(run.persona.name)) for run in runs}
    strong, weak = scores.get(Strength.STRONG), scores.get(Strength.WEAK)
    shown = ", ".join(f"{s.value} {'not scored' if v is None else v}" for s, v in scores.items())
    return Check("The strong candidate scores at least the weak one", _rank(strong) >= _rank(weak), shown)


def _rank(score: int | None) -> int:
    return -1 if score is None else score


def _score(card: ScorecardSeen | None) -> int | None:
    return card.score if card else None
