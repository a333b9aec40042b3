"""Questions about candidates in plain words, answered from the database: who is ahead, why somebody is out, an answer.

Guarantees: reads only; with the asker's role; of the asker's workspace alone. What is not understood is None, never a
guess; where two roles or two people fit, it asks which. Scores of different engines or versions are not compared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from botapp.errors import BadPayload, BotappError
from botapp.pipeline import members
from botapp.pipeline.services import Services
from botapp.state.read_models import CandidateRow, InterviewerRow, InterviewPage, MemberRow

SHOWN, QUOTED, ROLES = 10, 600, 50
_ROLE = r"(?:\s+(?:for|in|on)\s+(?:the\s+)?(?P<role>[^?!.]{2,80}?)(?:\s+(?:role|job|interviewer))?)?"
_END = r"[?!.\s]*$"
_AHEAD = re.compile(
    r"^\W*(?:who(?:'s|’s| is| are)?\s+(?:ahead|leading|in the lead|the best|best|on top)"
    rf"|(?:show (?:me )?)?(?:the )?(?:top|best) candidates){_ROLE}{_END}",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"^\W*why\s+(?:was|is|did)\s+(?P<who>[^?!]{1,60}?)\s+(?:knocked out|out|dismissed|rejected|fail(?:ed)?|not pass)\b"
    rf"{_ROLE}{_END}",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"^\W*(?:show (?:me )?(?P<who>[^?!]{1,60}?)(?:'s|’s|s’|s')\s+answers?\s+(?:about|to|on)"
    r"|what did (?P<who2>[^?!]{1,60}?) (?:say|answer) (?:about|to|on))\s+(?:the\s+)?(?P<topic>[^?!]{2,80}?)[?!.\s]*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Found:
    row: CandidateRow
    title: str


def is_asking(text: str) -> bool:
    """Whether a whole message is such a question."""
    return len(text) <= 300 and any(pattern.match(text) for pattern in (_AHEAD, _WHY, _ANSWER))


def answer_in_words(services: Services, member: MemberRow, text: str, interviewer_id: str = "") -> str:
    """The answer, or the sentence that says what is missing."""
    try:
        return asked(services, member, text, interviewer_id) or ""
    except BotappError as error:
        return str(error)


def asked(services: Services, member: MemberRow, text: str, interviewer_id: str = "") -> str | None:
    """The answer, in words; None when it is no such question. `interviewer_id`: whose thread it was asked in.

    Raises:
        NotAllowed. BadPayload: with the sentence that asks which one is meant.
    """
    if match := _AHEAD.match(text):
        return _ahead(services, member, match["role"] or "", interviewer_id)
    if match := _WHY.match(text):
        return _why(services, member, match["who"], match["role"] or "", interviewer_id)
    if match := _ANSWER.match(text):
        return _answer(services, member, match["who"] or match["who2"], match["topic"], interviewer_id)
    return None


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def roles_named(services: Services, member: MemberRow, role: str, interviewer_id: str) -> list[InterviewerRow]:
    """The interviewers meant: by words of their title, else the thread's own, else all."""
    rows = members.list_interviewers(services, member, False, "")
    if role:
        return [row for row in rows if _words(role) <= _words(row.title)]
    return [row for row in rows if row.id == interviewer_id] or rows[:ROLES]


# ---- who is ahead ------------------------------------------------------------------------------------------


def _ahead(services: Services, member: MemberRow, role: str, interviewer_id: str) -> str:
    found = [row for row in roles_named(services, member, role, interviewer_id) if row.version]
    if not found:
        return f"No published interviewer has “{role}” in its title." if role else "No interviewer is published yet."
    if len(found) > 1:
        raise BadPayload(f"For which role? {', '.join(row.title for row in found[:SHOWN])}.")
    rows = members.list_candidates(services, member, found[0].id)
    return ranking(found[0].title, rows, f"{services.base_url}/console/interviewers/{found[0].id}/candidates")


def ranking(title: str, rows: Sequence[CandidateRow], url: str) -> str:
    """The candidates who can be compared, best first; the rest is counted, not ranked."""
    standing = [row for row in rows if row.score is not None and row.decision != "dismissed"]
    passed = [row for row in standing if not row.gates_failed]
    kinds = [(row.engines, row.version) for row in passed]
    usual = max(kinds, key=kinds.count) if kinds else None
    alike = sorted((row for row in passed if (row.engines, row.version) == usual), key=lambda row: -(row.score or 0.0))
    if not alike:
        return f"Nobody is ahead for {title} yet: {_many(len(rows))}, none scored with all gates passed. {url}"
    lines = [f"{title}, best first:", *(_line(place, row) for place, row in enumerate(alike[:SHOWN], 1))]
    left = [
        (len(alike) - SHOWN, "further down"),
        (len(standing) - len(passed), "with a failed gate"),
        (len(passed) - len(alike), "scored by another engine or version, so not compared"),
    ]
    lines += [f"And {number} {what}." for number, what in left if number > 0]
    return "\n".join([*lines, url])


def _many(number: int) -> str:
    return "1 candidate" if number == 1 else f"{number} candidates"


def _line(place: int, row: CandidateRow) -> str:
    doubt = ", needs a person" if row.needs_person else ""
    decided = f", {row.decision}" if row.decision else ""
    score = int((row.score or 0.0) + 1e-9)
    return (
        f"{place}. {row.name or 'A candidate'}: {score}, from {row.answered} of {row.counted} answers{doubt}{decided}"
    )


# ---- one candidate -----------------------------------------------------------------------------------------


def the_candidate(
    services: Services, member: MemberRow, who: str, role: str = "", interviewer_id: str = ""
) -> InterviewPage:
    """The one who is meant; J. is anybody whose name has a part that begins so.

    Raises:
        BadPayload: nobody is, or several are: with the sentence that asks.
    """
    wanted = _words(who)
    found = [
        _Found(row, interviewer.title)
        for interviewer in roles_named(services, member, role, interviewer_id)
        for row in members.list_candidates(services, member, interviewer.id)
        if wanted and all(any(part.startswith(word) for part in _words(row.name)) for word in wanted)
    ]
    if not found:
        raise BadPayload(f"I find no candidate called {who.strip()}.")
    if len(found) > 1:
        named = ", ".join(f"{each.row.name} ({each.title})" for each in found[:SHOWN])
        raise BadPayload(f"Which one? {named}. Please say the whole name and the role.")
    return members.interview_page(services, member, found[0].row.interview_id)


def _why(services: Services, member: MemberRow, who: str, role: str, interviewer_id: str) -> str:
    page = the_candidate(services, member, who, role, interviewer_id)
    name, said = page.candidate.name or "This candidate", []
    for gate in (page.scorecard or {}).get("gates", ()):
        if gate["outcome"] == "failed":
            said.append(f"{gate['name']}: no. {gate['reason']}".strip())
    for decision in page.decisions:
        if decision.kind == "dismiss":
            said.append(f"Dismissed by {decision.by or 'a colleague'}: {decision.reason}")
    if not said:
        outcome = f" The interview is {page.candidate.status.replace('_', ' ')}."
        return f"{name} ({page.title}) failed no gate and was not dismissed.{outcome}\n{_link(services, page)}"
    return "\n".join([f"{name} ({page.title})", *said, _link(services, page)])


def _answer(services: Services, member: MemberRow, who: str, topic: str, interviewer_id: str) -> str:
    page = the_candidate(services, member, who, "", interviewer_id)
    name, wanted = page.candidate.name or "This candidate", _stems(topic)
    answers = [
        answer
        for answer in (page.scorecard or {}).get("answers", ())
        if wanted & _stems(f"{answer['question']} {answer.get('answer', '')}")
    ]
    answers.sort(key=lambda answer: -len(wanted & _stems(answer["question"])))
    if not answers:
        return f"{name} ({page.title}) has no answer about {topic.strip()}.\n{_link(services, page)}"
    best = answers[0]
    words = " ".join(best.get("answer", "").split()) or "no answer"
    cut = words if len(words) <= QUOTED else words[:QUOTED].rsplit(" ", 1)[0] + "…"
    return f"{name} ({page.title})\n{best['question']}\n“{cut}”\n{_link(services, page)}"


def _stems(text: str) -> set[str]:
    """Words without an ending of number: forklifts is forklift."""
    return {word[:-1] if word.endswith("s") and len(word) > 3 else word for word in _words(text) if len(word) > 2}


def _link(services: Services, page: InterviewPage) -> str:
    return f"{services.base_url}/console/interviews/{page.interview_id}"
