"""A model's score stands on the candidate's words, or it does not stand."""

from typing import Any

import pytest

from botapp.engines.wire.scoring import (
    NO_EVIDENCE,
    WireJudgement,
    WireSummary,
    accept_judgement,
    accept_summary,
    judge_variables,
)
from botapp.llm import Judgement
from botapp.scoring.evidence import verify
from tests.unit.engines.samples import JUDGE_REQUEST, SUMMARISE_REQUEST, WIRE_JUDGEMENT, WIRE_SUMMARY


def judged(**changes: Any) -> Judgement:
    return accept_judgement(JUDGE_REQUEST, WireJudgement.model_validate(WIRE_JUDGEMENT | changes))


def quotes(*words: str) -> list[dict[str, Any]]:
    return [{"message": 1, "quote": word} for word in words]


def test_a_score_with_evidence_is_kept() -> None:
    """Score, reason and the verified span."""
    judgement = judged()
    assert (judgement.status, judgement.score) == ("scored", 4.0)
    assert all(verify(span, JUDGE_REQUEST.parts) for span in judgement.evidence)


@pytest.mark.parametrize("words", [[], ["I am the best"], [""], ["I checked the brakes first"]])
def test_a_score_without_evidence_is_unavailable(words: list[str]) -> None:
    """No quote, or none that was said: the score is set aside, and so is the number."""
    judgement = judged(evidence=quotes(*words))
    assert (judgement.status, judgement.score, judgement.reason) == ("unavailable", None, NO_EVIDENCE)


def test_only_what_is_not_verbatim_is_dropped() -> None:
    """One invented quote among real ones goes; a repeat is told once."""
    judgement = judged(evidence=quotes("invented", "in 'two parts'", "nothing BROKE", "nothing broke"))
    assert [(e.message_id, e.text) for e in judgement.evidence] == [
        ("m1", "in “two parts"),
        ("m2", "Nothing broke"),
    ]
    assert all(verify(span, JUDGE_REQUEST.parts) for span in judgement.evidence)


@pytest.mark.parametrize("changes", [{"status": "unavailable"}, {"score": None}])
def test_unavailable_has_no_score(changes: dict[str, Any]) -> None:
    """What the model can't judge stays unjudged, with its reason."""
    judgement = judged(**changes)
    assert (judgement.status, judgement.score, judgement.evidence) == ("unavailable", None, ())


def test_the_answer_is_fenced() -> None:
    """Every message of the candidate reaches the prompt inside a fence, numbered."""
    messages = judge_variables(JUDGE_REQUEST)["messages"]
    assert messages.count('<untrusted_data label="message ') == 2


def test_a_summary_sentence_ends_in_its_quote() -> None:
    """The quote is verbatim and stands at the end, as the rules engine writes it."""
    summary = accept_summary(SUMMARISE_REQUEST, WireSummary.model_validate(WIRE_SUMMARY))
    assert summary.strengths == ('Checks before moving. "checked the straps"',)


@pytest.mark.parametrize("change", [{"answer": 0}, {"answer": 2}, {"quote": "never said"}, {"sentence": " "}])
def test_a_sentence_without_a_quote_is_dropped(change: dict[str, Any]) -> None:
    """An answer that is not there, words nobody said, or nothing to say."""
    point = WIRE_SUMMARY["strengths"][0] | change
    summary = accept_summary(SUMMARISE_REQUEST, WireSummary.model_validate({"strengths": [point], "doubts": [point]}))
    assert (summary.strengths, summary.doubts) == ((), ())
