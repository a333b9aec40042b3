"""From a pasted text to a complete draft, in one step and by rules.

Guarantees: every question names the words it came from, or says that it is from our stock; nothing is required, paid or
scheduled that the text does not state; nothing protected is asked. Without a role in the text there is no draft.
"""

import re
from dataclasses import dataclass, replace

from botapp.compose import template_drafting
from botapp.compose.dates import month_later, said
from botapp.compose.fact_reading import missing_topics, read_facts
from botapp.compose.foreign_choice import choose_in_language
from botapp.compose.foreign_reading import company_of, facts_of, sectioned, title_of
from botapp.compose.instructions import Wishes, closing_date, read_wishes
from botapp.compose.lawful import protected_topic
from botapp.compose.long_texts import shortened
from botapp.compose.mixed_text import mixed_note
from botapp.compose.need_reading import read_needs
from botapp.compose.needs import Need
from botapp.compose.orders import NOTE as ORDERS_NOTE
from botapp.compose.orders import without_orders
from botapp.compose.question_choice import Chosen, choose_questions
from botapp.compose.role_templates import RoleTemplate, load_template
from botapp.compose.roles import NO_ROLE, named_roles, no_role_problem
from botapp.compose.settings_edits import slug_of
from botapp.compose.source import Section, Source, read_source
from botapp.compose.stage_building import build_stages
from botapp.compose.titles import find_company, find_title
from botapp.compose.tongue_packs import Pack, language_of, load_pack
from botapp.compose.wording import language_name
from botapp.llm import DraftRequest, DraftResult
from botapp.screening.interviewer import Fact, Interviewer, Overview, Overviews, Settings

USUAL_QUESTIONS = 8


def draft_interviewer(request: DraftRequest) -> DraftResult:
    """The draft a text asks for, or the sentence that says why there is none.

    Orders to a machine in it are cut out, a text too long to read whole is shortened; both are said.
    """
    short = shortened(request.text)
    told = without_orders(short.text)
    is_clean = told == short.text
    made = _draft(request.model_copy(update={"text": told}), trusts_text=is_clean and not request.theirs)
    if made.draft is None:
        return made
    notes = ("" if is_clean else ORDERS_NOTE, *short.notes, mixed_note(short.text, made.draft.language))
    return made.model_copy(update={"assumed": (*filter(None, notes), *made.assumed)})


def _draft(request: DraftRequest, *, trusts_text: bool = True) -> DraftResult:
    if trusts_text and (result := draft_from_template(request)):
        return result
    source = read_source(request.text)
    if (language := language_of(source.clean)) != "en":
        return _drafted_abroad(request, source, load_pack(language), trusts_text=trusts_text)
    roles = named_roles(source)
    if len(roles) > 1:
        return DraftResult(draft=None, problem=_which_role(roles))
    title = find_title(source, request.instructions)
    needs = read_needs(source)
    if problem := no_role_problem(request, source, title, needs):
        return DraftResult(draft=None, problem=problem)
    return _drafted(request, source, title, needs, trusts_text=trusts_text)


def draft_from_template(request: DraftRequest) -> DraftResult | None:
    """The draft of a role template that is asked for by name; None when none is. By rules, whatever the engine."""
    asked = template_drafting.asked_for(request.text, request.instructions)
    if asked is None:
        return None
    if asked.problem:
        return DraftResult(draft=None, problem=asked.problem)
    template = load_template(asked.roles[0].id)
    source = read_source(asked.rest)
    told = request.model_copy(update={"text": asked.rest})
    made = _drafted(told, source, template_drafting.title_for(asked, template), read_needs(source), template)
    said = f"{request.instructions} {asked.rest}"
    return template_drafting.completed(made, template, read_wishes(said, request.today, typed=True).languages)


def _which_role(roles: tuple[str, ...]) -> str:
    listed = ", ".join(roles[:6]) + (f" and {len(roles) - 6} more" if len(roles) > 6 else "")
    return f"I found {len(roles)} roles in this text: {listed}. Which one is it? Paste that one alone."


def _drafted(
    request: DraftRequest,
    source: Source,
    title: str,
    needs: tuple[Need, ...],
    template: RoleTemplate | None = None,
    *,
    trusts_text: bool = True,
) -> DraftResult:
    """`trusts_text`: wishes that stand in the text itself count too."""
    wishes = _wishes(request, source, trusts_text)
    most = wishes.most_questions or USUAL_QUESTIONS
    chosen = choose_questions(source, title, needs, wishes, most)
    if template is None:
        chosen = template_drafting.filled_up(chosen, title, most)
    else:
        chosen = template_drafting.from_template(chosen, template, most)
        wishes = template_drafting.with_stages(wishes, template)
    head = _Head(title, find_company(source, title), read_facts(source, title))
    return _assembled(request, source, wishes, chosen, head)


def _drafted_abroad(request: DraftRequest, source: Source, pack: Pack, *, trusts_text: bool) -> DraftResult:
    """An advert in Spanish, French or German gets an interviewer in its language."""
    source = sectioned(source, pack)
    title = title_of(source, pack)
    if not title:
        return DraftResult(draft=None, problem=NO_ROLE)
    wishes = _wishes(request, source, trusts_text)
    chosen = choose_in_language(source, title, wishes, wishes.most_questions or USUAL_QUESTIONS, pack)
    head = _Head(title, company_of(source, title, pack), facts_of(source, title, pack), pack.language)
    return _assembled(request, source, wishes, chosen, head)


@dataclass(frozen=True, slots=True)
class _Head:
    """What is told of the job beside the questions."""

    title: str
    company: str
    facts: tuple[Fact, ...]
    language: str = "en"


def _assembled(request: DraftRequest, source: Source, wishes: Wishes, chosen: Chosen, head: _Head) -> DraftResult:
    draft = Interviewer(
        title=head.title,
        slug=slug_of(head.title),
        company=head.company,
        language=head.language,
        stages=build_stages(chosen, wishes, source),
        facts=head.facts,
        overviews=_overviews(source),
        settings=_settings(request, source, wishes),
        missing=missing_topics(head.facts),
    )
    return DraftResult(
        draft=draft,
        assumed=_assumed(request, source, draft, wishes, chosen),
        clarifying=_clarifying(wishes, chosen),
    )


def _wishes(request: DraftRequest, source: Source, trusts_text: bool) -> Wishes:
    wishes = read_wishes(request.instructions, request.today, typed=True)
    if trusts_text and (not request.instructions.strip() or not wishes.stages):
        return _with_hidden(wishes, read_wishes(_plain(source), request.today, typed=False))
    return wishes


def _plain(source: Source) -> str:
    return source.clean[:6000] if len(source.clean) < 6000 else source.clean[:3000] + "\n" + source.clean[-1500:]


def _with_hidden(typed: Wishes, hidden: Wishes) -> Wishes:
    """Wishes found in the paste fill what was not typed beside it."""
    return replace(
        typed,
        stages=typed.stages or hidden.stages,
        most_questions=typed.most_questions or hidden.most_questions,
        pass_bar=typed.pass_bar if typed.pass_bar is not None else hidden.pass_bar,
        deadline=typed.deadline or hidden.deadline,
        days_to_complete=typed.days_to_complete or hidden.days_to_complete,
        only_knockouts=typed.only_knockouts if typed.only_knockouts is not None else hidden.only_knockouts,
        knock_out_on=typed.knock_out_on or hidden.knock_out_on,
        languages=typed.languages or hidden.languages,
        contradictions=typed.contradictions + hidden.contradictions,
    )


def _settings(request: DraftRequest, source: Source, wishes: Wishes) -> Settings:
    deadline = wishes.deadline or closing_date(source.clean, request.today) or month_later(request.today)
    settings = Settings(deadline=deadline, pass_bar=wishes.pass_bar)
    update: dict[str, object] = {}
    if wishes.days_to_complete:
        update["days_to_complete"] = wishes.days_to_complete
    if more := tuple(code for code in wishes.languages if code != "en"):
        update["languages"] = more
    if wishes.agent_name:
        update["agent_name"] = wishes.agent_name
    return settings.model_copy(update=update)


def _overviews(source: Source) -> Overviews:
    def text(*sections: Section) -> str:
        return " ".join(line.text for line in source.lines if line.section in sections and not line.tail)[:2000]

    return Overviews(
        company=Overview(text=text(Section.COMPANY)),
        job=Overview(text=text(Section.DUTIES)),
        process=Overview(text=text(Section.APPLY)),
    )


def _assumed(
    request: DraftRequest, source: Source, draft: Interviewer, wishes: Wishes, chosen: Chosen
) -> tuple[str, ...]:
    notes = []
    if not wishes.stages:
        notes.append("One chat stage, as nothing else was asked for.")
    if not (wishes.deadline or closing_date(source.clean, request.today)) and draft.settings.deadline:
        notes.append(f"Open until {said(draft.settings.deadline)}, one month from today.")
    if chosen.left_out:
        points = "one more point" if chosen.left_out == 1 else f"{chosen.left_out} more points"
        notes.append(f"I left out {points} to keep it at {chosen.most} questions.")
    for topic in chosen.unlawful:
        notes.append(f"I left out {topic}: it may not be asked.")
    if wishes.languages and wishes.languages != (draft.language,):
        name = language_name(draft.language)
        notes.append(f"I draft in {name}, the language of the text. To translate it I need a connected model.")
    if any(
        line.section is Section.IGNORE and re.match(r"(?:position|title)\b", line.text, re.I) for line in source.lines
    ):
        notes.append("The text names a second role. I kept to the first.")
    return tuple(notes)


def _clarifying(wishes: Wishes, chosen: Chosen) -> tuple[str, ...]:
    questions = list(wishes.contradictions)
    if wishes.only_knockouts:
        lacking = [word for word in wishes.only_knockouts if word in chosen.not_found]
        questions += [
            f"You want to knock out on {word}, but I found nothing about it in the text. What is the rule?"
            for word in lacking
        ]
    if not chosen.has_must and not questions:
        questions.append("The text states no hard requirement. Is there anything a candidate must have?")
    return tuple(q for q in questions if not protected_topic(q))[:3]
