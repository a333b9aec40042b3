"""Judging and summarising by a model: a score stands only on the candidate's own words."""

from typing import Literal

from botapp.engines.wire.task import Task, Wire, anchors, numbered, one_line
from botapp.engines.wire.verbatim import Source, evidence
from botapp.llm import Judgement, JudgeRequest, SummariseRequest, Summary
from botapp.llm.tasks import JudgedAnswer
from botapp.prompting import fence
from botapp.scoring.evidence import shown
from botapp.screening.interview import Evidence

NO_EVIDENCE = "The score had no words of the candidate to stand on, so it was set aside."
NOT_ASKED = "Nothing was said to this question."
MOST = 3


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
    return {
        "role": one_line(request.role),
        "question": one_line(request.question.text),
        "anchors": anchors(request.question.rubric),
        "messages": numbered(request.parts) or NOT_ASKED,
    }


def accept_judgement(request: JudgeRequest, said: WireJudgement) -> Judgement:
    """The score with its verified evidence; without any, unavailable."""
    reason = one_line(said.reason) or "The model gave no reason."
    if said.status == "unavailable" or said.score is None:
        return Judgement(status="unavailable", score=None, reason=reason)
    spans = [evidence(item.message, item.quote, request.parts) for item in said.evidence]
    found: tuple[Evidence, ...] = tuple(dict.fromkeys(span for span in spans if span))
    if not found:
        return Judgement(status="unavailable", score=None, reason=NO_EVIDENCE)
    return Judgement(status="scored", score=float(said.score), reason=reason, evidence=found)


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


JUDGE = Task("scoring/judge_answer", _judgement_shape, judge_variables, accept_judgement)
SUMMARISE = Task("scoring/summarise", _summary_shape, summary_variables, accept_summary)
