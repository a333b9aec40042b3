"""Whether a text is about a job at all, and about how many. Guesses no role."""

import re

from botapp.compose.needs import Need
from botapp.compose.source import Section, Source
from botapp.compose.titles import clean_title, has_role_word
from botapp.llm import DraftRequest

_HIRING = re.compile(
    r"\b(?:hir(?:e|ing)|recruit\w*|vacanc\w+|job (?:description|summary|title|requirements|type)"
    r"|applicants?|candidates?|salary|wages?|per hour|an hour|shifts?|full[- ]time|part[- ]time"
    r"|responsibilit\w+|qualifications?|requirements?|looking for|seeking|join (?:our|us|the)"
    r"|interviewer|screen(?:er|ing)?|intake|must[- ]haves?|position|role|duties|apply|OTE|hybrid"
    r"|per week|nights?|weekends?|experience|must)\b",
    re.I,
)
_NOT_JOB = re.compile(
    r"\b(?:lorem ipsum|dolor sit amet|preheat|tablespoons?|teaspoons?|tbsp|tsp|cups? of"
    r"|ingredients|stir in|simmer)\b",
    re.I,
)
NO_ROLE = (
    "I found no role in this text, so I made no draft. "
    "Paste a job description or your notes, or tell me the title, the must-haves, the pay and the "
    "hours."
)


def no_role_problem(request: DraftRequest, source: Source, title: str, needs: tuple[Need, ...]) -> str:
    """Why there is nothing to draft from; "" when there is a role."""
    text = source.clean.strip()
    if not text and not request.instructions.strip():
        return "There is no text here. Paste a job description or your notes."
    if _unreadable(text):
        return "I can't read this: it looks like a file, not text. Paste the words of the job description."
    if not title:
        return NO_ROLE
    signals = len({match.lower() for match in _HIRING.findall(text + " " + request.instructions)}) + 2 * len(needs)
    short = len(text.split()) <= 12
    if (len({match.lower() for match in _NOT_JOB.findall(text)}) >= 2 and signals < 8) or re.search(
        r"\blorem ipsum\b", text, re.I
    ):
        return NO_ROLE
    return (
        NO_ROLE
        if signals < (1 if short and has_role_word(text) and len(text.split()) <= 6 else 2)
        and not _only_title(text, title)
        else ""
    )


def _only_title(text: str, title: str) -> bool:
    first = next((row for row in text.split("\n") if row.strip()), "")
    return len(first.split()) <= 6 and clean_title(first).lower() == title.lower()


def _unreadable(text: str) -> bool:
    sample = text[:4000]
    if not sample:
        return False
    letters = sum(character.isalpha() or character.isspace() for character in sample)
    odd = sum(not character.isprintable() and not character.isspace() for character in sample)
    return (letters < 0.5 * len(sample) and len(sample) > 40) or odd > 0.05 * len(sample)


def named_roles(source: Source) -> tuple[str, ...]:
    """The roles a text lists when it is a page of several openings; at most one otherwise."""
    labelled = [
        clean_title(match[1])
        for row in source.clean.split("\n")
        if (
            match := re.match(
                r"^\W*(?:job title|title|position|role|vacancy)\s*(?:\d+\s*)?[:：]\s*(.{3,80})$", row.strip(), re.I
            )
        )
    ]
    roles = tuple(dict.fromkeys(role for role in labelled if has_role_word(role)))
    first = next((line.text for line in source.lines), "")
    heads = {role.lower() for role in roles}
    if len(roles) > 1 and not any(
        role in first.lower() or first.lower().startswith(role) for role in heads - _labelled_first(first)
    ):
        return roles
    announced = re.search(
        r"\b(?:following|several|multiple|these|all) (?:open )?(?:positions|roles|jobs|openings"
        r"|vacancies)\b|\bcurrent openings\b|\bopen positions\b",
        source.clean[:1500],
        re.I,
    )
    if announced:
        listed = [
            clean_title(line.text)
            for line in source.lines
            if len(line.text.split()) <= 6
            and has_role_word(line.text)
            and line.section in (Section.NONE, Section.COMPANY, Section.DUTIES)
        ]
        return tuple(dict.fromkeys(listed)) if len(set(listed)) > 1 else ()
    return ()


def _labelled_first(first: str) -> set[str]:
    return {clean_title(first).lower()} if re.match(r"\W*(?:job title|title|position|role)\s*:", first, re.I) else set()


def looks_like_brief(text: str, first: bool = False) -> bool:
    """Whether a message is an advert or notes to draft from rather than a change. `first`: there is no draft yet."""
    words = text.split()
    signals = len({match.lower() for match in _HIRING.findall(text[:20_000])})
    rows = len([row for row in text.split("\n") if row.strip()])
    if first:
        wants = re.search(
            r"\b(?:screen\w*|interview\w*|hir\w+|recruit\w*|need|looking for|draft|create|build|make)\b",
            text[:2000],
            re.I,
        )
        short = (
            len(words) <= 12
            and has_role_word(text)
            and bool(wants or len(words) <= 5)
            and not text.rstrip().endswith("?")
        )
        return (
            len(text) > 200 or short or (len(words) >= 12 and (signals >= 2 or (bool(wants) and has_role_word(text))))
        )
    if len(text) > 6000 or (len(words) >= 80 and (signals >= 4 or rows >= 6)):
        return True
    labelled = re.match(r"\W*(?:job title|title|position|job description|role)\s*:", text, re.I)
    return len(words) >= 30 and signals >= 3 and (rows >= 4 or bool(labelled))
