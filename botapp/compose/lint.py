"""What is wrong with a draft: what may not be asked (refuse) and what to look at (warn). Changes nothing.

Every finding can be mended by one sentence to the agent. What is noisy is not read: a draft made by rules has few.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from botapp.compose.lawful import protected_topic, refusal
from botapp.compose.wording import stage_name
from botapp.screening.interviewer import (
    RUNNABLE_STAGES,
    SLUG,
    SLUG_MAX,
    TITLE_MAX,
    TITLE_MIN,
    WEIGHT_NORMAL,
    Interviewer,
    Origin,
    Question,
    QuestionKind,
    ResumeStage,
    ScenarioStage,
    Stage,
)

SHOWN = 2  # more notes than that are counted


@dataclass(frozen=True, slots=True)
class Finding:
    """`level` refuse: it may not be published so. `where` names the place, `alternative` what would do."""

    level: Literal["refuse", "warn"]
    where: str
    text: str
    alternative: str = ""
    is_told: bool = False  # the draft's card, or what is in the way of publishing, says it too

    @property
    def plain(self) -> str:
        mend = self.alternative if self.level == "warn" else ""  # a refusal names it already
        return f"{self.where}: {self.text} {mend}".strip()


_DOUBLE = re.compile(
    r"\b(?:and|or)\s+(?:do|are|can|have|will|would|did|how|what|why|when|which|where)\s+you\b|\?.{3,}\?"
    r"|¿.+¿|\b(?:et|und)\s+(?:pouvez|avez|êtes|können|haben|sind)[- ](?:vous|sie)\b",
    re.I,
)
_LEADING = re.compile(
    r"\b(?:don'?t you|wouldn'?t you|aren'?t you|can'?t you|isn'?t it|surely|obviously|as you know|you (?:do )?agree)\b"
    r"|,\s*(?:right|correct|yes|no)\s*\?",
    re.I,
)
_VAGUE = re.compile(
    r"^(?:please )?(?:tell (?:us|me)|talk)(?: (?:a (?:bit|little)|something|more))? about yourself\W*$"
    r"|^(?:is there )?anything else\b|^what else\b|^why (?:you|us|should we hire you)\W*$|^describe yourself\W*$"
    r"|^(?:any )?(?:comments|thoughts|questions)\W*$|^tell us about your experience\W*$"
    r"|^what are your (?:strengths|weaknesses)\b|\bwhere do you see yourself\b|\b(?:five|5) years from now\b",
    re.I,
)
_SELF_PRAISE = re.compile(
    r"^(?:are|would you say you(?:'re| are)|do you (?:consider|see) yourself|do you have|can you be)\b.{0,40}"
    r"\b(?:reliable"
    r"|punctual|hard[- ]?working|honest|motivated|a team player|friendly|flexible|good communicat\w+|good with people"
    r"|positive attitude|detail[- ]oriented|organi[sz]ed|a fast learner|passionate|professional|trustworthy"
    r"|good attention|strong work ethic|people person|self[- ]starter)\b",
    re.I,
)
_JUDGED_BY_MANNER = re.compile(
    r"\b(?:confident(?:ly)?|enthusias\w+|charis\w+|smil\w+|eye contact|accent|good (?:vibe|attitude|feeling|energy)"
    r"|cultur(?:e|al) fit|personality|likeable|polished|well[- ]spoken|articulate|presentable"
    r"|body language|gut feel\w*)\b",
    re.I,
)
_EMPTY_ANCHOR = re.compile(
    r"^(?:an? )?(?:very |really )?(?:good|great|strong|excellent|bad|poor|weak|average|ok(?:ay)?|best|top|perfect|nice"
    r"|decent|fine|acceptable|outstanding)(?: (?:answer|reply|response|candidate|one|example|knowledge|skills?))?\W*$",
    re.I,
)
_STATED = (("pay", "pay"), ("schedule", "the hours or shifts"))
_ALIAS = {"pay": "pay|salary|wage|rate|compensation", "schedule": "schedule|hours|shifts?|working time"}


def lint(draft: Interviewer) -> tuple[Finding, ...]:
    """Every finding, the refusals first."""
    findings = [*_head(draft)]
    for _, number, question in draft.numbered():
        findings += question_findings(question, number)
    findings += [*_stages(draft), *_facts(draft)]
    return tuple(sorted(findings, key=lambda finding: finding.level != "refuse"))


def new_findings(before: Interviewer | None, after: Interviewer) -> list[Finding]:
    """What `after` has and `before` had not, wherever it stood."""
    known = {(finding.text, finding.alternative) for finding in lint(before)} if before else set()
    return [finding for finding in lint(after) if (finding.text, finding.alternative) not in known]


def notes_line(findings: Sequence[Finding]) -> str:
    """`2 notes: ...` in a message; "" when there is nothing to look at that isn't told anyway."""
    warned = [finding for finding in findings if finding.level == "warn" and not finding.is_told]
    if not warned:
        return ""
    more = f" And {len(warned) - SHOWN} more." if len(warned) > SHOWN else ""
    told = " ".join(finding.plain for finding in warned[:SHOWN])
    return f"{len(warned)} note{'' if len(warned) == 1 else 's'}: {told}{more}"


def _head(draft: Interviewer) -> Iterator[Finding]:
    if not TITLE_MIN <= len(draft.title) <= TITLE_MAX:
        yield Finding("refuse", "Title", f"A title has {TITLE_MIN} to {TITLE_MAX} characters.")
    if len(draft.slug) > SLUG_MAX or not SLUG.match(draft.slug):
        yield Finding("refuse", "Link", f"A link name has at most {SLUG_MAX} characters: a-z, 0-9 and hyphens.")


def _stages(draft: Interviewer) -> Iterator[Finding]:
    """Stages nobody gets to, or gets anything from."""
    running = draft.running_stages()
    for place, stage in enumerate(running):
        where = f"Stage {draft.stages.index(stage) + 1}"
        if stage.kind not in RUNNABLE_STAGES:
            after = "" if place == len(running) - 1 else " and nobody gets to what follows it"
            text = f"The {stage_name(stage).lower()} can't run yet{after}."
            yield Finding("warn", where, text, "Remove it or switch it off.", is_told=True)
        elif not stage.questions and not isinstance(stage, (ResumeStage, ScenarioStage)):
            yield Finding(
                "warn", where, f"The {stage_name(stage).lower()} asks nothing.", "Add a question to it.", is_told=True
            )
        elif stage.min_score is not None and not _is_scored(stage):
            text = f"It has a pass bar of {stage.min_score}, but nothing in it is scored, so a person has to look."
            yield Finding("warn", where, text, "Take its pass bar away, or score a question.")


def _is_scored(stage: Stage) -> bool:
    return isinstance(stage, (ResumeStage, ScenarioStage)) or any(q.is_open and q.weight for q in stage.questions)


def _facts(draft: Interviewer) -> Iterator[Finding]:
    """What every candidate asks and the draft can't answer."""
    told = " | ".join(fact.topic.lower() for fact in draft.facts)
    for topic, words in _STATED:
        if not re.search(rf"\b(?:{_ALIAS[topic]})\b", told):
            text = f"Candidates will ask about {words}, and the draft doesn't say."
            yield Finding("warn", topic.capitalize(), text, "Tell me and I will add it.", is_told=True)


def question_findings(question: Question, number: int) -> list[Finding]:
    """What is wrong with one question."""
    where = f"Question {number}"
    findings = []
    if found := protected_topic(" ".join([question.text, *question.options])):
        findings.append(Finding("refuse", where, refusal(found), found.alternative))
    findings += [Finding("warn", where, text, mend) for text, mend in (*_wording(question), *_scoring(question))]
    return findings


def _wording(question: Question) -> Iterator[tuple[str, str]]:
    text = question.text
    if _DOUBLE.search(text):
        yield "This asks two things at once.", "Split it into two questions."
    if _LEADING.search(text):
        yield "This question suggests its answer.", "Ask it openly."
    if _VAGUE.search(text):
        yield "This is so wide that answers can't be compared.", "Name the situation you want to hear about."
    if not question.is_open and _SELF_PRAISE.search(text):
        yield "Everybody says yes to this.", "Ask for a time they showed it."
    if _is_hard_to_read(text):
        yield "This is hard to read on a phone.", "Say it in one or two short sentences."


def _scoring(question: Question) -> Iterator[tuple[str, str]]:
    if question.knockout and question.provenance.origin is Origin.TEMPLATE:
        yield (
            "It knocks people out, but your text doesn't ask for it.",
            "Say so if you want it; else clear the knockout.",
        )
    if not question.is_open and question.weight > WEIGHT_NORMAL:
        yield (
            f"Weight {question.weight} changes no score: this is read exactly, and only open answers are scored.",
            "To score it, ask about it openly.",
        )
    if question.kind is not QuestionKind.OPEN:
        return
    if question.rubric is None:
        yield "This open question has no rubric.", "Say what a 1, a 3 and a 5 look like."
    elif _JUDGED_BY_MANNER.search(question.rubric.five) or _EMPTY_ANCHOR.match(question.rubric.five):
        yield "What earns a 5 can't be seen in an answer.", "Say what a strong answer names or does."
    if question.weight == 0 and question.follow_ups.max > 1:
        yield "Follow-ups are asked though it isn't scored.", "Lower the follow-ups."


def _is_hard_to_read(text: str) -> bool:
    """Long sentences of long words: above what most adults read at ease (a grade of about 14)."""
    sentences = [s for s in re.split(r"[.?!]+", text) if s.strip()]
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) < 12:
        return False
    syllables = sum(max(1, len(re.findall(r"[aeiouyàâäéèêëîïôöùûüáíóú]+", word.lower()))) for word in words)
    grade = 0.39 * len(words) / max(1, len(sentences)) + 11.8 * syllables / len(words) - 15.59
    return grade > 15 or max(len(s.split()) for s in sentences) > 40
