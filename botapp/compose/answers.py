"""Answers to a recruiter's questions about the draft, from the draft alone."""

import re
from collections.abc import Callable

from botapp.compose import estimate
from botapp.compose.lint import lint
from botapp.compose.readiness import blockers
from botapp.compose.references import Answered, Reading, resolve
from botapp.compose.wording import (
    follow_up_words,
    knockout_words,
    question_tags,
    rubric_text,
    setting_words,
    stage_name,
    weight_words,
)
from botapp.screening.interviewer import Interviewer, Origin, Settings


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def _setting(name: str) -> Callable[[Interviewer], str]:
    def answer(draft: Interviewer) -> str:
        label, value = setting_words(name, draft.settings)
        return f"{label}: {value}."

    return answer


def _knockouts(draft: Interviewer) -> str:
    rows = [f"{n}. {q.text} ({knockout_words(q)})" for _, n, q in draft.numbered() if q.knockout]
    return "The knockouts are:\n" + "\n".join(rows) if rows else "There are no knockouts."


def _count(draft: Interviewer) -> str:
    per = ", ".join(f"{stage_name(stage).lower()} {len(stage.questions)}" for stage in draft.stages)
    return f"{len(draft.questions())} questions: {per}."


def _stages(draft: Interviewer) -> str:
    names = [f"{n}. {stage_name(s)}" + ("" if s.enabled else " (switched off)") for n, s in enumerate(draft.stages, 1)]
    return "The stages are: " + ", ".join(names) + "."


def _facts(draft: Interviewer) -> str:
    rows = [f"- {fact.topic}: {fact.answer}" for fact in draft.facts]
    return "Candidates can ask about:\n" + "\n".join(rows) if rows else "There are no facts yet."


def _missing(draft: Interviewer) -> str:
    reasons = blockers(draft)
    gaps = [f"The text doesn't say anything about {topic}." for topic in draft.missing]
    return " ".join([*reasons, *gaps]) or "Nothing is missing. Say publish when you are ready."


def _questions(draft: Interviewer) -> str:
    return "\n".join(f"{n}. {q.text}" for _, n, q in draft.numbered()) or "There are no questions yet."


def _assumed(draft: Interviewer) -> str:
    """What nobody said: questions of our own, settings as they come, what the text leaves open."""
    own = [str(n) for _, n, q in draft.numbered() if q.provenance.origin is Origin.TEMPLATE]
    usual = Settings()
    names = [n for n in ("days_to_complete", "pass_bar", "retakes") if getattr(draft.settings, n) == getattr(usual, n)]
    rows = [f"{label.lower()} {value}" for label, value in (setting_words(n, draft.settings) for n in names)]
    told = [
        f"Not from your text but from our stock: question{'' if len(own) == 1 else 's'} {', '.join(own)}."
        if own
        else "",
        f"As usual, since nothing else was said: {', '.join(rows)}." if rows else "",
        f"Not in the text: {', '.join(draft.missing)}." if draft.missing else "",
    ]
    return " ".join(filter(None, told)) or "Nothing: everything in it was said by you or your text."


_UNSEEN = "No. Candidates see the questions and what they are told, never weights, rules or rubrics."


def _findings(draft: Interviewer) -> str:
    """What the checks would have looked at."""
    return "\n".join(finding.plain for finding in lint(draft)) or "I see nothing wrong with it."


def _failing(draft: Interviewer) -> str:
    ends = "ends politely" if draft.settings.enforce_knockouts else "goes on, and the answer is marked for you"
    bar = draft.settings.pass_bar
    below = f" Below the pass bar of {bar} a person still decides." if bar is not None else ""
    return f"When a must-have is not met the interview {ends}. Nobody is turned down by a score alone.{below}"


def _settings(draft: Interviewer) -> str:
    from botapp.compose.wording import setting_lines

    return "\n".join(setting_lines(draft.settings))


_GENERAL: tuple[tuple[re.Pattern[str], Callable[[Interviewer], str]], ...] = (
    (_rx(r"\bpass(?:ing)?[- ]?(?:bar|mark|score|threshold)|\bmin(?:imum)? score\b|\bthe bar\b"), _setting("pass_bar")),
    (_rx(r"\bdeadline|\bclos(?:e|es|ing)\b|\blast day\b|\bhow long is it open"), _setting("deadline")),
    (_rx(r"\bretakes?\b|\btry again\b"), _setting("retakes")),
    (_rx(r"\bbudget\b|\bhow many interviews\b"), _setting("budget")),
    (_rx(r"\bredirect\b"), _setting("redirect_url")),
    (_rx(r"\balerts?\b|\bnotif"), _setting("alert_address")),
    (_rx(r"\bagent\b|\byour name\b|\bthe bot called\b"), _setting("agent_name")),
    (
        _rx(
            r"\b(?:days|time) (?:do (?:they|candidates) (?:have|get)|to (?:finish|complete))"
            r"|\bhow many days\b"
        ),
        _setting("days_to_complete"),
    ),
    (_rx(r"\bhow many questions\b|\bnumber of questions\b"), _count),
    (
        _rx(
            r"\bsee (?:the|my|any) (?:weights?|rubrics?|scores?|rules?|knock)|\bknow (?:the|their) (?:weights?|scores?)"
        ),
        lambda _: _UNSEEN,
    ),
    (
        _rx(
            r"\bknock (?:people|them|anyone|anybody|candidates) out\b|\bknock ?outs?\b|\bdealbreakers?\b"
            r"|\bmust[- ]haves?\b"
        ),
        _knockouts,
    ),
    (_rx(r"\bstages?\b|\bsteps?\b"), _stages),
    (_rx(r"\bassum\w+|\bmake up\b|\bmade up\b|\btake for granted\b|\bguess\w*\b"), _assumed),
    (_rx(r"\bwhat happens\b.*\b(?:fail|don'?t (?:pass|meet|have)|say no|knocked|below|wrong)\w*"), _failing),
    (_rx(r"\b(?:link|slug|url)\b"), lambda draft: f"The link is /i/{draft.slug}."),
    (_rx(r"\btitle\b|\bcalled\b"), lambda draft: f"The title is {draft.title}."),
    (_rx(r"\bfacts?\b|\bcandidates? (?:can )?ask\b"), _facts),
    (_rx(r"\bmissing\b|\bready\b|\bcan(?:'t| ?not)? (?:i |we |it be )?publish"), _missing),
    (
        _rx(
            r"\bhow long (?:does|will|would|is)|\bhow many (?:minutes|messages)\b|\btake (?:them"
            r"|candidates|a candidate)\b"
        ),
        lambda draft: f"For a candidate: {estimate.words(draft)}.",
    ),
    (
        _rx(
            r"\bwould you change\b|\banything wrong\b|\bis (?:it|this|that|.{2,40}) (?:ok(?:ay)?|good|fine"
            r"|right|legal|allowed|enough)\b"
            r"|\bimprove\b|\bsuggest\w*|\bany (?:problems|notes|issues)\b|\bproblems?\b"
        ),
        _findings,
    ),
    (_rx(r"\bsettings\b"), _settings),
    (_rx(r"\bquestions\b"), _questions),
)
_ANCHOR = _rx(
    r"\b(?P<five>strong|great|good|best|top|perfect|5|five|full marks)\b|\b(?P<one>weak|bad|poor"
    r"|worst|1|one)\b|\b(?P<three>average|ok(?:ay)?|middling|3|three)\b"
)
_REF = _rx(
    r"^(?:is|are|does|do|should)\s+(?P<sub>(?:the )?[\w' -]{2,40}?)\s+(?:a |an |be "
    r"|already )*(?:knock|dealbreaker|must)|\b(?:q|question|number|no\.?|#)\s?(?P<n>\d+|one|two"
    r"|three|four|five|six|seven|eight)\b|\b(?:answer|reply|rubric|anchors?|score) (?:to|on|for"
    r"|of) (?P<a>(?:the )?[\w' -]{1,50}?(?: (?:question|one))?)"
    r"(?= (?:look|be|sound|have|need|mean)\b)|\b(?:of|to|on|for|about"
    r"|is)\s+(?P<ref>(?:the )?[\w' -]{2,50}?(?: (?:question|one))?|it|that|\d+)\s*\??$"
)


def answer(text: str, reading: Reading) -> tuple[str, int | None]:
    """What to say, and the number of the question it was about."""
    if re.search(
        r"\brubric|\banswer (?:to|on|for)\b|\blook like\b|\bscored?\b|\bgrade\b|\banchors?\b", text, re.I
    ) and (number := _number(text, reading)):
        return _rubric_answer(text, number, reading), number
    number = (
        _number(text, reading)
        if re.search(
            r"\bq(?:uestion)? ?\d|^(?:is|are|does|do|should)\b.*\b(?:knock ?out|dealbreaker|must)\b"
            r"|\bquestion (?:one|two|three|four|five|six)\b|\bweight\b|\bfollow|\bwhere did\b"
            r"|\bcome from\b|\bwhy (?:do|is|are)\b",
            text,
            re.I,
        )
        else None
    )
    if number:
        return _about(text, number, reading), number
    for pattern, say in _GENERAL:
        if pattern.search(text):
            return say(reading.draft), None
    for fact in reading.draft.facts:
        if re.search(rf"\b{re.escape(fact.topic)}\b", text, re.I):
            return f"{fact.topic.capitalize()}: {fact.answer}", None
    for topic in reading.draft.missing:
        if topic in text.lower():
            return f"The text doesn't say anything about {topic}. Tell me and I will add it.", None
    return (
        "Nothing was changed. I can answer questions about the draft: its questions, rules, settings and facts."
    ), None


def _number(text: str, reading: Reading) -> int | None:
    for match in _REF.finditer(text):
        try:
            return resolve(match["n"] or match["a"] or match["ref"] or match["sub"], reading)[0]
        except Answered:
            if match["n"]:
                raise
    return None


def _rubric_answer(text: str, number: int, reading: Reading) -> str:
    question = reading.questions[number]
    anchor = _ANCHOR.search(re.sub(r"\bq(?:uestion)?\s?\d+\b", " ", text))
    if question.rubric is None or not anchor:
        return rubric_text(question, number)
    score, words = (
        ("5", question.rubric.five)
        if anchor["five"]
        else ("1", question.rubric.one)
        if anchor["one"]
        else ("3", question.rubric.three)
    )
    return f"A {score} on question {number} ({question.text}): {words}"


def _about(text: str, number: int, reading: Reading) -> str:
    question = reading.questions[number]
    if re.search(r"\bweight\b", text, re.I):
        return f"Question {number} has weight {weight_words(question.weight)}."
    if re.search(r"\bfollow", text, re.I):
        return f"Question {number} has follow-ups: {follow_up_words(question.follow_ups)}."
    if re.search(r"\bwhere\b|\bcome from\b|\bwhy\b|\bsource\b", text, re.I):
        quote = question.provenance.quote
        return (
            f"Question {number} comes from: “{quote}”"
            if quote
            else (
                f"Question {number} is not from the text; it is "
                f"{'from our stock' if question.provenance.origin.value == 'template' else 'added by you'}."
            )
        )
    return f"{number}. {question.text} ({question_tags(question)})"
