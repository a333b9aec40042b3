"""Drafting from a role template: asked for by name, or to fill up what a text leaves open.

Guarantees: nothing from a template is required, paid or scheduled; its usual must-haves are named to be confirmed. Two
roles that fit equally are asked about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from botapp.compose import themes
from botapp.compose.instructions import Wishes
from botapp.compose.question_choice import Chosen
from botapp.compose.role_search import best, find_templates, has_only_known_words, template_of_title
from botapp.compose.role_templates import Role, RoleTemplate, load_template
from botapp.compose.wording import language_name
from botapp.llm import DraftResult
from botapp.screening.interviewer import (
    Criterion,
    Interviewer,
    Origin,
    Question,
    QuestionKind,
    ResumeStage,
    Stage,
)

_LONGEST = 400  # characters of a message that may name a template; a pasted text speaks of other templates
_ENOUGH_OPEN = 3  # open questions a text gives by itself, from which no template adds to it
_SURE = 80.0
_SHOWN = 5

_ROLE = r"(?P<role>[\w'’/& -]{2,60}?)"
_EXPLICIT = (
    re.compile(
        r"\b(?:use|using|start(?:ing)? (?:from|with)|begin with|take|load|apply|pick|from)\s+(?:the|an?|your|our)\s+"
        rf"{_ROLE}\s+(?:role )?template\b",
        re.I,
    ),
    re.compile(
        rf"\btemplate (?:for|of) (?:(?:an?|the) )?{_ROLE}(?=\s*(?:[,.;:!?\n]|$|\bbut\b|\band\b|\bwith\b|\bin\b))", re.I
    ),
    re.compile(
        rf"^\W*(?:please )?(?:start|begin) (?:from|with) an? {_ROLE}(?=\s*(?:[,.;:!?\n]|$|\bbut\b|\band\b))", re.I
    ),
    re.compile(rf"^\W*(?:the )?{_ROLE} template\W*$", re.I),
)
_LEAD = re.compile(
    r"^\W*(?:please )?(?:(?:i|we)(?:'m|'re| am| are)? (?:need|want|would like|looking for|hiring|recruiting)(?: to"
    r" (?:hire|screen|interview|recruit))?|hiring|hire|draft|make|build|create|set up|screen|interview|give me)?\s*"
    r"(?:(?:an?|the|our|some|new)\s+)*(?:(?:interviewer|screener|interview|screening|draft) (?:for|of)\s+)?"
    r"(?:(?:an?|the|our|some)\s+)*",
    re.I,
)
_POLITE = re.compile(r"[\s,.!]*(?:please|thanks|thank you)?[\s,.!]*$", re.I)


@dataclass(frozen=True, slots=True)
class Asked:
    """A template was asked for: `roles` that fit (one: that one), and what else the message says.

    `as_template`: by the word; otherwise the message is nothing but the name of a role.
    """

    said: str
    roles: tuple[Role, ...]
    rest: str = ""
    as_template: bool = False

    @property
    def problem(self) -> str:
        """The question which, or that there is none; "" when it is clear."""
        if len(self.roles) == 1:
            return ""
        if self.roles:
            shown = [role.title for role in self.roles[:_SHOWN]]
            return f"Several templates fit “{self.said}” equally well: {_listed(shown, 'or')}. Which one?"
        return f"I have no template for “{self.said}”. Paste a job description, or tell me the role and the must-haves."


def asked_for(text: str, instructions: str = "") -> Asked | None:
    """The template that a message asks for by name, or by being nothing but the name of a role."""
    if instructions and (match := _explicit(instructions)):
        return _asked(match["role"], text)
    if len(text) > _LONGEST:
        return None
    if match := _explicit(text):
        rest = (text[: match.start()] + text[match.end() :]).strip(" ,.;:-\n")
        return _asked(match["role"], re.sub(r"^(?:but|and|with|for)\b[\s,]*", "", rest, flags=re.I))
    return _only_a_role(text)


def _explicit(text: str) -> re.Match[str] | None:
    return next((match for pattern in _EXPLICIT if (match := pattern.search(text))), None)


def _asked(said: str, rest: str) -> Asked:
    said = re.sub(r"\s+", " ", said).strip()
    return Asked(said, best(find_templates(said)), rest, as_template=True)


def _only_a_role(text: str) -> Asked | None:
    said = _POLITE.sub("", _LEAD.sub("", text.strip(), count=1))
    if not said or len(said.split()) > 6 or re.search(r"[\d\n?$€£]", said) or not has_only_known_words(said):
        return None
    found = find_templates(said)
    return Asked(said, best(found)) if found and found[0].score >= _SURE else None


_BEFORE = frozenset(["night", "overnight", "evening", "weekend", "senior", "junior", "lead", "trainee"])


def title_for(asked: Asked, template: RoleTemplate) -> str:
    """The template's title, after what a recruiter said of shift or grade: "Night warehouse picker"."""
    before = " ".join(word for word in re.findall(r"[a-z]+", asked.said.lower()) if word in _BEFORE)
    name = template.title
    if not before or name.lower().startswith(before):
        return name
    return f"{before.capitalize()} {name if name[:2].isupper() else name[0].lower() + name[1:]}"


# ---- questions ---------------------------------------------------------------------------------------------


def from_template(chosen: Chosen, template: RoleTemplate, most: int) -> Chosen:
    """What the message itself asks for, then the template's questions; must-haves to confirm stand first."""
    covered = [*chosen.typed, *chosen.extra]
    fresh = [q for q in template.typed if not any(_same_subject(q, other) for other in covered)]
    to_confirm = {*template.lawful_musts, *template.usual_musts}
    own_stock = {theme.text for theme in themes.THEMES}
    opens = [*(q for q in _told(chosen) if q.text not in own_stock), *template.open]
    room = max(0, most - len(chosen.typed) - min(len(opens), 3, max(1, most // 2)))
    musts = [q for q in fresh if q.topic in to_confirm][:room]
    typed = [*chosen.typed, *musts]
    kept_open = opens[: max(0, most - len(typed))]
    others = [*chosen.extra, *(q for q in fresh if q.topic not in to_confirm)]
    return replace(
        chosen,
        typed=tuple(typed),
        open=tuple(kept_open),
        extra=tuple(others[: max(0, most - len(typed) - len(kept_open))]),
        spare=tuple(opens[len(kept_open) :][:4]),
        has_must=True,  # what is needed is asked about by name instead
    )


def filled_up(chosen: Chosen, title: str, most: int) -> Chosen:
    """Open questions of the role's template where the text gives few; the others stay as they are."""
    told = _told(chosen)
    room = min(_ENOUGH_OPEN, most - len(chosen.typed) - len(chosen.extra)) - len(told)
    role = template_of_title(title) if room > 0 else None
    if role is None:
        return chosen
    known = [question.topic for question in told]
    more = [q for q in load_template(role.id).open if q.topic not in known][:room]
    return replace(chosen, open=(*told, *more))


def _told(chosen: Chosen) -> list[Question]:
    """Open questions without our two that fit any job."""
    any_job = (themes.CLOSEST_WORK, themes.WHY_THIS)
    return [q for q in chosen.open if q.provenance.origin is not Origin.TEMPLATE or q.text not in any_job]


_GENERAL = frozenset(["licen", "certi", "card", "exper", "work", "valid", "years", "check"])


def _same_subject(one: Question, other: Question) -> bool:
    years = (QuestionKind.DURATION, QuestionKind.NUMBER)
    if one.kind in years and other.kind in years and "year" in f"{one.unit} {other.unit}":
        return one.kind is QuestionKind.DURATION
    shared = _stems(one.topic) & _stems(other.topic)
    return bool(shared - _GENERAL) or len(shared) >= 2


def _stems(topic: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{3,}", topic.lower().replace("license", "licence"))}


# ---- stages, facts and what is said ------------------------------------------------------------------------


def with_stages(wishes: Wishes, template: RoleTemplate) -> Wishes:
    """The template's stages, unless others were asked for."""
    return wishes if wishes.stages else replace(wishes, stages=template.stages)


def completed(result: DraftResult, template: RoleTemplate, languages: Sequence[str]) -> DraftResult:
    """What a resume is read for, the facts to give, and what only the recruiter can confirm."""
    if result.draft is None:
        return result
    topics = [fact.topic for fact in result.draft.facts]
    draft = result.draft.model_copy(
        update={
            "stages": _with_criteria(result.draft.stages, template),
            "missing": _still_missing(result.draft.missing, template, topics),
        }
    )
    asks = (*result.clarifying, *_to_confirm(template, draft))[:3]
    return DraftResult(draft=draft, assumed=(*_notes(template, draft, languages), *result.assumed), clarifying=asks)


def _with_criteria(stages: Sequence[Stage], template: RoleTemplate) -> tuple[Stage, ...]:
    """What a resume is read for, where the message says nothing of it."""
    criteria = tuple(Criterion(id=f"c{number}", text=text) for number, text in enumerate(template.criteria, 1))
    return tuple(
        stage.model_copy(update={"criteria": criteria})
        if isinstance(stage, ResumeStage) and not stage.criteria
        else stage
        for stage in stages
    )


def _still_missing(missing: tuple[str, ...], template: RoleTemplate, draft_topics: Sequence[str]) -> tuple[str, ...]:
    """The facts to give: those every candidate asks for, then those of this role."""
    heads = {topic.split()[0] for topic in (*missing, *draft_topics)}
    return (*missing, *(topic for topic in template.ask if topic.split()[0] not in heads))


def _notes(template: RoleTemplate, draft: Interviewer, languages: Sequence[str]) -> tuple[str, ...]:
    """That the template is ours and what follows from it."""
    foreign = [language_name(code) for code in languages if code != "en"]
    english = (
        f"My role templates are in English only. For {_listed(foreign, 'and')}, paste an advert in that language."
        if foreign
        else ""
    )
    count = sum(q.provenance.origin is Origin.TEMPLATE for q in draft.questions())
    ours = (
        f"{count} of {len(draft.questions())} questions come from my {template.title} template. None knocks anyone out."
    )
    return tuple(filter(None, (ours, english)))


def _to_confirm(template: RoleTemplate, draft: Interviewer) -> tuple[str, ...]:
    """What only the recruiter knows: which usual must-haves hold here, and the facts."""
    asks = []
    by_law = _numbered(draft, template.lawful_musts)
    usual = _numbered(draft, template.usual_musts)
    if by_law:
        asks.append(
            f"The law usually asks for {_listed(by_law, 'and')}. "
            f"Say “make {_first(by_law)} a knockout” if it does here."
        )
    if usual:
        asks.append(f"Often a must-have: {_listed(usual, 'and')}. Which of them must a candidate have?")
    if draft.missing:
        asks.append(
            f"What shall I tell candidates about {_listed(draft.missing, 'and')}? For example: the pay is $21 an hour."
        )
    return tuple(asks)


def _numbered(draft: Interviewer, topics: Sequence[str]) -> list[str]:
    return [
        f"{number} ({question.topic})"
        for _, number, question in draft.numbered()
        if question.topic in topics and question.provenance.origin is Origin.TEMPLATE and question.knockout is None
    ]


def _first(numbered: Sequence[str]) -> str:
    return numbered[0].split()[0]


def _listed(names: Sequence[str], joint: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}"
