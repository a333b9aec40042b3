"""Judging and summarising by a model: a score stands only on the candidate's own words.

A judge is shown the question, its anchors and the answer, and of the answer nothing that says who somebody is.
"""

import re
from typing import Literal

from botapp.engines.wire.task import Task, Unusable, Wire, anchors, numbered, one_line
from botapp.engines.wire.verbatim import Source
from botapp.llm import Judgement, JudgeRequest, SummariseRequest, Summary
from botapp.llm.tasks import JudgedAnswer
from botapp.prompting import fence
from botapp.scoring import redaction
from botapp.scoring.evidence import shown
from botapp.scoring.leaks import brought_in, promises
from botapp.scoring.redaction import Redacted, redact
from botapp.screening.interview import Evidence, SpokenPart

NOTHING_TO_JUDGE = "Nothing to judge: the answer says nothing about this question."
NOT_ASKED = "Nothing was said to this question."
MOST = 3
REASON_MAX, SENTENCES = 400, 2
_LEAST_LETTERS = 2
_SCALE = "Anchor Rubric Score Candidate 1 2 3 4 5 6 7 8 9 10"  # what a reason may always speak of
_QUOTED = re.compile(r"[“„«\"]\s*([^“”„«»\"]+?)\s*[”“»\"]|(?<!\w)[‘']([^‘’'\n]{2,}?)[’'](?!\w)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")


class WireQuote(Wire):
    message: int
    quote: str


class WireJudgement(Wire):
    status: Literal["scored", "unavailable"]
    reason: str
    evidence: list[WireQuote]
    score: Literal[1, 2, 3, 4, 5] | None


class WirePoint(Wire):
    answer: int
    sentence: str
    quote: str


class WireSummary(Wire):
    strengths: list[WirePoint]
    doubts: list[WirePoint]


def judge_variables(request: JudgeRequest) -> dict[str, str]:
    shown_parts = tuple(
        part.model_copy(update={"text": hidden.text})
        for part, hidden in zip(request.parts, _redacted(request), strict=True)
    )
    return {
        "question": one_line(request.question.text),
        "anchors": anchors(request.question.rubric),
        "messages": numbered(shown_parts) or NOT_ASKED,
    }


def says_something(request: JudgeRequest) -> bool:
    """Whether anything is left of the answer to be judged."""
    return any(redaction.says_something(hidden.text) for hidden in _redacted(request))


def _redacted(request: JudgeRequest) -> list[Redacted]:
    return [redact(part.text, request.names) for part in request.parts]


def accept_judgement(request: JudgeRequest, said: WireJudgement) -> Judgement:
    """The score with its verified evidence.

    Raises:
        Unusable: no quote of the answer under a score, or a reason that quotes what was not said.
    """
    reason = _reason(request, said.reason)
    if said.status == "unavailable" or said.score is None:
        return Judgement(status="unavailable", score=None, reason=reason)
    hidden = _redacted(request)
    spans = [_evidence(quote, request.parts, hidden) for quote in said.evidence]
    found: tuple[Evidence, ...] = tuple(dict.fromkeys(span for span in spans if span))
    if not found:
        raise Unusable("No quote of the evidence stands in the answer. Copy the words character by character.")
    return Judgement(status="scored", score=float(said.score), reason=reason, evidence=found[:MOST])


def _reason(request: JudgeRequest, text: str) -> str:
    """One or two sentences that put no words into the candidate's mouth."""
    reason = " ".join(_SENTENCE_END.split(one_line(text))[:SENTENCES])
    if not any(map(str.isalpha, reason)) or len(reason) > REASON_MAX:
        raise Unusable(f"The reason must be one or two sentences of at most {REASON_MAX} characters.")
    shown_texts = [hidden.text for hidden in _redacted(request)]
    answer, said = [Source(text) for text in shown_texts], " ".join(shown_texts)
    asked = f"{request.question.text} {anchors(request.question.rubric)}"
    if promises(reason, f"{said} {asked}") or brought_in(reason, f"{asked} {_SCALE}", said, said):
        raise Unusable("The reason must be about this answer and its anchors alone, without promises or other people.")
    for quoted in _QUOTED.finditer(reason):
        words = quoted[1] or quoted[2]
        if any(map(str.isalnum, words)) and not any(source.find(words) for source in answer):
            raise Unusable("The reason quotes words that are not in the answer. Quote only what was said, or nothing.")
    return reason


def _evidence(quote: WireQuote, parts: tuple[SpokenPart, ...], hidden: list[Redacted]) -> Evidence | None:
    """The candidate's own characters behind a quote: of the message it names, else of whichever has it."""
    if not redaction.says_something(quote.quote) or sum(map(str.isalnum, quote.quote)) < _LEAST_LETTERS:
        return None
    pairs = list(zip(parts, hidden, strict=True))
    for part, shown_text in (*(pairs[quote.message - 1 : quote.message] if quote.message > 0 else ()), *pairs):
        found = Source(shown_text.text).find(quote.quote)
        if found:
            start, end = shown_text.back(found[0], found[0] + len(found[1]))
            return Evidence(message_id=part.message_id, text=part.text[start:end], start=start)
    return None


def summary_variables(request: SummariseRequest) -> dict[str, str]:
    answers = "\n".join(_judged(number, answer) for number, answer in enumerate(request.answers, 1))
    return {"role": one_line(request.role), "answers": answers or "There are no judged answers."}


def _judged(number: int, answer: JudgedAnswer) -> str:
    score = "not judged" if answer.score is None else f"{answer.score:g} of 5"
    quotes = "\n".join(fence(f"quote from answer {number}", span.text) for span in answer.evidence)
    return f"Answer {number}: {one_line(answer.question)}\n{score}: {one_line(answer.reason)}\n{quotes}"


def accept_summary(request: SummariseRequest, said: WireSummary) -> Summary:
    """Each sentence with its verified quote; a sentence without one is dropped."""
    return Summary(strengths=_points(said.strengths, request), doubts=_points(said.doubts, request))


def _points(points: list[WirePoint], request: SummariseRequest) -> tuple[str, ...]:
    return tuple(sentence for point in points if (sentence := _point(point, request)))[:MOST]


def _point(point: WirePoint, request: SummariseRequest) -> str:
    index = point.answer - 1
    sentence = one_line(point.sentence).rstrip(". ")
    if not sentence or not 0 <= index < len(request.answers):
        return ""
    for span in request.answers[index].evidence:
        found = Source(span.text).find(point.quote)
        if found:
            quoted = Evidence(message_id=span.message_id, text=found[1], start=span.start + found[0])
            return f"{sentence}. {shown(quoted)}"
    return ""


def _judgement_shape(_: JudgeRequest) -> type[WireJudgement]:
    return WireJudgement


def _summary_shape(_: SummariseRequest) -> type[WireSummary]:
    return WireSummary


def resume_variables(request: JudgeRequest) -> dict[str, str]:
    of_answer = judge_variables(request)
    return {
        "today": request.today.isoformat() if request.today else "not known",
        "criterion": of_answer["question"],
        "anchors": of_answer["anchors"],
        "resume": of_answer["messages"],
    }


JUDGE_RESUME = Task("scoring/judge_resume", _judgement_shape, resume_variables, accept_judgement)
JUDGE = Task("scoring/judge_answer", _judgement_shape, judge_variables, accept_judgement)
SUMMARISE = Task("scoring/summarise", _summary_shape, summary_variables, accept_summary)
