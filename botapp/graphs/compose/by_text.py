"""Inviting people by text: who, how they agreed to it, and only then the task that writes to them.

Guarantees: nothing is asked for that was said; no text leaves without a consent in a member's words; one bad number
stops the whole request, so that nobody has to work out who was texted.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from botapp.compose.invitations import Agreement
from botapp.errors import BadPayload
from botapp.graphs.compose.state import (
    ComposeMemory,
    ComposeUpdate,
    Pending,
    TextedPerson,
    kept,
    reply,
    said,
)
from botapp.graphs.context import ComposeContext
from botapp.screening.contact import clean_name
from botapp.screening.effects import Effect, invited, task
from botapp.screening.interviewer import BudgetKind
from botapp.screening.phone import read_phone

PEOPLE_MAX = 50
_WHOM = "Whom shall I text? Give me their names and phone numbers, one person a line."
_NOT_CONNECTED = "Text messages are not connected yet, so nobody was texted."
_NO_CONSENT = "No text leaves without their agreement, so nobody was texted."
_HOW_AGAIN = "I need to write down how: where or on what form. No text leaves before. Say “cancel” to drop it."


def is_for_texting(value: Mapping[str, Any], context: ComposeContext) -> bool:
    """Texts were asked for, or a number was given and texts can leave."""
    if value.get("by_text"):
        return True
    phones = [str(person.get("phone") or "") for person in _given(value)]
    return bool(context.sms_sender) and any(phones) and not value.get("link")


def text_people(memory: ComposeMemory, context: ComposeContext, value: Mapping[str, Any]) -> ComposeUpdate:
    """The texts, or the one question how these people agreed, or why nobody can be texted."""
    idle = kept(memory, pending=None)
    if not (given := _given(value)):
        return {"memory": idle, **said(_WHOM)}
    try:
        people = [_person(person, context) for person in given]
    except BadPayload as bad:
        return {"memory": idle, **said(f"Nobody was texted. {bad}")}
    if no := _too_many(people, context):
        return {"memory": idle, **said(no)}
    if not context.sms_sender:
        return {"memory": idle, **_links_for(people, context, _NOT_CONNECTED)}
    if value.get("not_agreed"):
        return {"memory": idle, **_links_for(people, context, _NO_CONSENT)}
    if how := str(value.get("how") or "").strip():
        return {"memory": idle, **_texting(people, how, context)}
    pending = Pending(what="consent", revision=context.revision, people=tuple(people))
    return {"memory": kept(memory, pending=pending), **said(_how_question(people))}


def after_consent(
    memory: ComposeMemory, context: ComposeContext, agreement: Agreement, value: Mapping[str, Any]
) -> ComposeUpdate:
    """The answer to the question how they agreed."""
    assert memory.pending is not None, "routes come here only while the question waits"
    people, idle = memory.pending.people, kept(memory, pending=None)
    match agreement:
        case Agreement.TOLD if context.sms_sender:
            return {"memory": idle, **_texting(people, str(value.get("how") or ""), context)}
        case Agreement.TOLD:
            return {"memory": idle, **_links_for(people, context, _NOT_CONNECTED)}
        case Agreement.NONE:
            return {"memory": idle, **_links_for(people, context, _NO_CONSENT)}
        case _:
            return said(_HOW_AGAIN)


def own_links(people: Sequence[tuple[str, str]], context: ComposeContext, lead: str = "") -> ComposeUpdate:
    """A link for each (name, contact), as long as there are fresh secrets; who is left out is told so."""
    texts, effects = [lead] if lead else [], []
    for (name, contact), token in zip(people, context.secrets, strict=False):
        link = f"{context.base_url}/invite/{token}"
        texts.append(f"{name}'s own link: {link}\nIt is for {name} alone. Send it to {contact}.")
        effects.append(invited(name, contact, token))
    if left := [name for name, _ in people[len(effects) :]]:
        texts.append(f"I made {len(effects)} links at once. Ask me again for {_listed(left)}.")
    return {"replies": [reply("\n".join(texts))], "effects": effects}


def _links_for(people: Sequence[TextedPerson], context: ComposeContext, lead: str) -> ComposeUpdate:
    return own_links([(person.name, person.phone) for person in people], context, lead)


def _given(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The people as typed; an engine that knows one name and one contact knows one person."""
    if people := value.get("people"):
        return list(people)
    name, contact = str(value.get("name") or ""), str(value.get("contact") or "")
    return [{"name": name, "phone": contact}] if contact and "@" not in contact else []


def _person(given: Mapping[str, Any], context: ComposeContext) -> TextedPerson:
    """
    Raises:
        BadPayload: there is no name, or no number that can be texted; with the person in the sentence.
    """
    typed = str(given.get("phone") or "")
    name = str(given.get("name") or "").strip()
    if not name:
        raise BadPayload(f"What is the name of the person at {typed}? Tell me both in one message.")
    try:
        number = read_phone(typed, context.region)
    except BadPayload as bad:
        raise BadPayload(f"{name}: {bad}") from bad
    return TextedPerson(name=clean_name(name), phone=number.e164, email=str(given.get("email") or ""))


def _too_many(people: Sequence[TextedPerson], context: ComposeContext) -> str:
    if len(people) > PEOPLE_MAX:
        return f"That is {len(people)} people. I take up to {PEOPLE_MAX} in a message; nobody was texted."
    assert context.draft is not None, "checked before"
    budget = context.draft.settings.budget
    room = budget.cap - context.spent
    if budget.kind is BudgetKind.NONE or len(people) <= room:
        return ""
    when = "today" if budget.kind is BudgetKind.DAILY else "in all"
    return f"The budget has room for {room} more of {budget.cap} interviews {when}, and you named {len(people)} people."


def _how_question(people: Sequence[TextedPerson]) -> str:
    who = _listed([person.name for person in people]) if len(people) <= 3 else f"these {len(people)} people"
    return f"How did {who} agree to texts? For example: applied on our site and ticked the box."


def _texting(people: Sequence[TextedPerson], how: str, context: ComposeContext) -> ComposeUpdate:
    rows = [{**person.model_dump(), "how": how} for person in people]
    by = context.member.id if context.member else ""
    work: Effect = task("invite_people", {"rows": rows, "by": by, "interviewer_id": context.interviewer_id})
    one = len(people) == 1
    who = _listed([person.name for person in people]) if len(people) <= 3 else f"{len(people)} people"
    told = f"Texting {who}. I'll tell you when {'it has' if one else 'they have'} left."
    return {"replies": [reply(told)], "effects": [work]}


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
