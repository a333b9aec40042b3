"""What is wrong with a draft: what may not be asked (refuse) and what to look at (warn). Changes nothing."""

import re
from dataclasses import dataclass
from typing import Literal

from botapp.compose.lawful import protected_topic, refusal
from botapp.screening.interviewer import SLUG, SLUG_MAX, TITLE_MAX, TITLE_MIN, WEIGHT_NORMAL, Interviewer, Question


@dataclass(frozen=True, slots=True)
class Finding:
    """`level` refuse: it may not be published so. `where` names the place, `alternative` what would do."""

    level: Literal["refuse", "warn"]
    where: str
    text: str
    alternative: str = ""


_DOUBLE = re.compile(
    r"\b(?:and|or)\s+(?:do|are|can|have|will|would|did|how|what|why|when|which|where)\s+you\b|\?.{3,}\?", re.I
)
_LEADING = re.compile(r"\b(?:don'?t you|wouldn'?t you|isn'?t it|surely)\b", re.I)


def lint(draft: Interviewer) -> tuple[Finding, ...]:
    """Every finding, the refusals first."""
    findings = [*_head(draft)]
    for _, number, question in draft.numbered():
        findings += question_findings(question, number)
    return tuple(sorted(findings, key=lambda finding: finding.level != "refuse"))


def _head(draft: Interviewer) -> list[Finding]:
    findings = []
    if not TITLE_MIN <= len(draft.title) <= TITLE_MAX:
        findings.append(Finding("refuse", "Title", f"A title has {TITLE_MIN} to {TITLE_MAX} characters."))
    if len(draft.slug) > SLUG_MAX or not SLUG.match(draft.slug):
        text = f"A link name has at most {SLUG_MAX} characters: a-z, 0-9 and hyphens."
        findings.append(Finding("refuse", "Link", text))
    return findings


def question_findings(question: Question, number: int) -> list[Finding]:
    """What is wrong with one question."""
    where = f"Question {number}"
    findings = []
    if found := protected_topic(" ".join([question.text, *question.options])):
        findings.append(Finding("refuse", where, refusal(found), found.alternative))
    if _DOUBLE.search(question.text):
        findings.append(Finding("warn", where, "This asks two things at once.", "Split it into two questions."))
    if _LEADING.search(question.text):
        findings.append(Finding("warn", where, "This question suggests its answer.", "Ask it openly."))
    if question.is_open and question.rubric is None:
        findings.append(
            Finding("warn", where, "This open question has no rubric.", "Say what a 1, a 3 and a 5 look like.")
        )
    if not question.is_open and question.weight > WEIGHT_NORMAL:
        text = (
            f"Weight {question.weight} changes no score: this answer is read exactly, and only open answers are scored."
        )
        findings.append(Finding("warn", where, text, "To score it, ask about it openly."))
    if question.is_open and question.weight == 0 and question.follow_ups.max > 1:
        findings.append(Finding("warn", where, "Follow-ups are asked though it isn't scored.", "Lower the follow-ups."))
    return findings
