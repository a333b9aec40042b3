"""What recruiters type, in casual English and simple Spanish, French and German: exactly that is done, and no more."""

import json

from evals import compose_edits_eval


def test_every_saying_of_the_sample_does_exactly_what_it_says() -> None:
    """The rows are in evals/sample/sayings.jsonl; a row that fails is printed with what was done instead."""
    rows = [json.loads(line) for line in compose_edits_eval.OWN.read_text(encoding="utf-8").splitlines()]
    wrong = {row["say"]: done for row, done in compose_edits_eval.own_outcomes(rows[::3]) if done}
    assert len(rows) > 300 and wrong == {}
