"""Links of their own: for a candidate to this interview, for a teammate to this workspace. Or a text to a candidate."""

import re
from collections.abc import Mapping
from typing import Any

from langgraph.runtime import Runtime

from botapp.compose.invitations import Agreement
from botapp.errors import BadPayload
from botapp.graphs.compose.by_text import after_consent, is_for_texting, own_links, text_people
from botapp.graphs.compose.state import ComposeState, ComposeUpdate, kept, planned, recall, reply, said
from botapp.graphs.context import ComposeContext
from botapp.policy.access import Action, Role, may, refusal
from botapp.screening.contact import clean_contact, is_email
from botapp.screening.effects import teammate_invited
from botapp.screening.interviewer import BudgetKind


def invite(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """A candidate's unguessable link, or a text, while the interviewer takes candidates and the budget allows it."""
    context, memory, value = runtime.context, recall(state), planned(state).value
    if no := _may_not_invite(context):
        return {"memory": kept(memory, pending=None), **said(no)}
    if memory.pending and memory.pending.what == "consent" and not value.get("people") and not value.get("name"):
        return after_consent(memory, context, Agreement(value.get("consent") or Agreement.UNTOLD), value)
    if is_for_texting(value, context):
        return text_people(memory, context, value)
    return {"memory": kept(memory, pending=None), **_own_link(value, context)}


def _own_link(value: Mapping[str, Any], context: ComposeContext) -> ComposeUpdate:
    name, contact = str(value.get("name") or "").strip(), str(value.get("contact") or "").strip()
    if not name:
        return said("Whom shall I invite? Tell me a name and an email address or phone number.")
    if not contact:
        return said(f"How can {name} be reached? For example: invite {name}, {_example(name)}@example.com")
    try:
        contact = clean_contact(contact, context.region)
    except BadPayload:
        return said(f"{contact} is neither an email address nor a phone number. How can {name} be reached?")
    return own_links([(name, contact)], context)


def _example(name: str) -> str:
    return re.sub(r"\W", "", name.split()[0].lower()) or "name"


def _all_may(context: ComposeContext, action: Action) -> bool:
    """Everybody who spoke in this turn: a wish is not granted because somebody else spoke right after it."""
    roles = set(context.speakers.values()) | ({context.member.role} if context.member else set())
    return bool(roles) and all(may(role, action) for role in roles)


def _may_not_invite(context: ComposeContext) -> str:
    if not _all_may(context, Action.INVITE_CANDIDATE):
        return refusal(Action.INVITE_CANDIDATE)
    if context.version == 0 or context.draft is None:
        return "It is not published yet. Say “publish” first, then I can invite people."
    if context.status != "active":
        return _CLOSED.get(context.status, "It takes no candidates at the moment.")
    deadline = context.draft.settings.deadline
    if deadline and deadline < context.now.date():
        return _CLOSED["expired"]
    return _over_budget(context)


_CLOSED = {
    "draft": "It is not published yet. Say “publish” first, then I can invite people.",
    "paused": "It is paused. Say “resume” first, then I can invite people.",
    "expired": "Its deadline has passed. Set a later one first, then I can invite people.",
    "archived": "It is archived. Say “unarchive” first, then I can invite people.",
}


def _over_budget(context: ComposeContext) -> str:
    assert context.draft is not None, "checked before"
    budget = context.draft.settings.budget
    if budget.kind is BudgetKind.NONE or context.spent < budget.cap:
        return ""
    when = "today" if budget.kind is BudgetKind.DAILY else "in all"
    used = f"The budget is used up: {context.spent} of {budget.cap} interviews {when}."
    return f"{used} Raise it first, for example: budget {budget.cap + 10}."


def invite_teammate(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """A teammate's one-time sign-in link; owners only."""
    context, value = runtime.context, planned(state).value
    if not _all_may(context, Action.MANAGE_MEMBERS):
        return said(refusal(Action.MANAGE_MEMBERS))
    email = str(value.get("email") or "").strip()
    if not is_email(email):
        return said("What is their email address? For example: invite teammate Sam, sam@example.com, as viewer.")
    given = str(value.get("role") or Role.RECRUITER.value).lower()
    if given not in set(Role):
        return said("A teammate is an owner, a recruiter or a viewer. Which one?")
    name = str(value.get("name") or email.partition("@")[0].capitalize()).strip()
    token = context.secrets[0]
    article = "an" if given == "owner" else "a"
    link = f"{context.base_url}/signin/{token}"
    text = f"{name}'s sign-in link, as {article} {given}: {link}\nIt works once. Send it to {email}."
    return {"replies": [reply(text)], "effects": [teammate_invited(name, email, given, token)]}
