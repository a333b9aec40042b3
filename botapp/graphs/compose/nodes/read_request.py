"""What the members' messages ask for. Who may not change interviewers is told so, before anything is read."""

from dataclasses import asdict
from typing import Any

from langgraph.runtime import Runtime

from botapp.compose.invitations import Agreement, Invitation, Invitee, read_agreement, read_invitation
from botapp.compose.template_drafting import asked_for
from botapp.graphs.compose.accepting import about_rehearsal
from botapp.graphs.compose.elsewhere import given_elsewhere
from botapp.graphs.compose.state import (
    PENDING_TURNS,
    ComposeMemory,
    ComposeState,
    ComposeUpdate,
    Elsewhere,
    Request,
    kept,
    recall,
    spoken,
)
from botapp.graphs.context import ComposeContext, Heard
from botapp.llm import Plan, PlanIntent, PlanRequest
from botapp.policy.access import Action, Role, may, refusal
from botapp.screening.edits import Edit

_BRIEF = 400  # characters from which a message is a pasted text rather than an instruction
_NO_CHANGE = 6000  # characters from which nobody has to be asked whether it is a change
_BUTTONS = {
    "undo": PlanIntent.UNDO,
    "redo": PlanIntent.REDO,
    "publish": PlanIntent.PUBLISH,
    "yes": PlanIntent.CONFIRM,
    "no": PlanIntent.DECLINE,
    "show": PlanIntent.SHOW,
    "rehearse": PlanIntent.REHEARSE,
}
_KEEPS_WAITING = frozenset(
    {
        PlanIntent.EDIT,
        PlanIntent.UNDO,
        PlanIntent.REDO,
        PlanIntent.SHOW,
        PlanIntent.ANSWER,
        PlanIntent.REHEARSE,
    }
)


def read_request(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """One plan for all that was said in this turn."""
    context, memory = runtime.context, recall(state)
    heard = [item for item in spoken(state) if _may_compose(item, context)]
    request = _request(heard)
    elsewhere = _given(heard, memory, context)
    plan = Plan(intent=PlanIntent.ANSWER) if elsewhere else _plan(heard, request, memory, context)
    focus = plan.focus or memory.last_question
    return {
        "memory": kept(memory, last_question=focus, pending=_waiting(memory, plan)),
        "request": request,
        "plan": plan.model_dump(mode="json"),
        "elsewhere": elsewhere.model_dump(mode="json") if elsewhere else {},
    }


def _given(heard: list[Heard], memory: ComposeMemory, context: ComposeContext) -> Elsewhere | None:
    """Pages and files to read first; a press that was drawn from another draft than today's does nothing."""
    return None if not heard or _pressed(heard, context) else given_elsewhere(heard, memory, context)


def _may_compose(item: Heard, context: ComposeContext) -> bool:
    """A viewer's words don't ride along with a recruiter's."""
    last = context.member.role if context.member else Role.VIEWER
    return may(context.speakers.get(item["sender_id"], last), Action.COMPOSE)


def _plan(heard: list[Heard], request: Request, memory: ComposeMemory, context: ComposeContext) -> Plan:
    if not heard:
        return Plan(intent=PlanIntent.REFUSE, reply=refusal(Action.COMPOSE))
    if plan := _pressed(heard, context):
        return plan
    if plan := _about_texting(heard, memory, context) or about_rehearsal(request["text"], context):
        return plan
    if request["instructions"] or len(request["text"]) > _NO_CHANGE or _names_template(request["text"], context):
        return Plan(intent=PlanIntent.NEW_DRAFT)
    if not request["text"].strip():
        return Plan(intent=PlanIntent.CHATTER, reply="I didn't get any text there. What would you like to change?")
    return context.language.plan_edits(
        PlanRequest(
            draft=context.draft,
            text=request["text"],
            today=context.now.date(),
            last_question=memory.last_question,
            pending=memory.pending.what if memory.pending else "",
            can_undo=len(context.before),
            can_redo=len(context.after),
        )
    )


def _names_template(text: str, context: ComposeContext) -> bool:
    """A template of ours was asked for; the name of a role alone says so only while there is no draft."""
    asked = asked_for(text)
    if asked is None:
        return False
    return context.draft is None or (asked.as_template and bool(asked.roles))


def _about_texting(heard: list[Heard], memory: ComposeMemory, context: ComposeContext) -> Plan | None:
    """Who is to be texted, and how they agreed, is read by rule: no number goes to a model or is guessed by one."""
    text = "\n".join(item["text"] for item in heard)
    if context.draft is None:
        return None
    if asked := read_invitation(text):
        return Plan(intent=PlanIntent.INVITE, value=_invitation(asked))
    if memory.pending is None or memory.pending.what != "consent":
        return None
    agreement, how = read_agreement(text)
    match agreement:
        case Agreement.ELSEWHERE:
            return None
        case Agreement.CANCELLED:
            return Plan(intent=PlanIntent.DECLINE)
        case _:
            return Plan(intent=PlanIntent.INVITE, value={"consent": agreement.value, "how": how})


def _invitation(asked: Invitation) -> dict[str, Any]:
    """The plan's value; name and contact too, for a link to one person."""
    first = asked.people[0] if asked.people else Invitee("")
    return {**asdict(asked), "people": [asdict(p) for p in asked.people], "name": first.name, "contact": first.phone}


def _request(heard: list[Heard]) -> Request:
    """Pasted text and what was typed beside it: told apart by the page, or by length when there is just one paste."""
    given = [item["payload"] for item in heard if item["payload"].get("source_text")]
    if given:
        text = "\n\n".join(str(payload["source_text"]) for payload in given)
        return {"text": text, "instructions": str(given[-1].get("instructions") or "Draft it.")}
    texts = [item["text"] for item in heard]
    pasted = [text for text in texts if len(text) >= _BRIEF]
    typed = [text for text in texts if len(text) < _BRIEF]
    if pasted and typed:
        return {"text": "\n\n".join(pasted), "instructions": "\n".join(typed)}
    return {"text": "\n\n".join(texts), "instructions": ""}


def _pressed(heard: list[Heard], context: ComposeContext) -> Plan | None:
    """A press is a turn of its own. One that was drawn from another draft than today's does nothing."""
    if len(heard) != 1 or heard[0]["kind"] != "button":
        return None
    payload = heard[0]["payload"]
    if payload.get("revision", context.revision) != context.revision:
        return Plan(intent=PlanIntent.ANSWER, reply=_changed_meanwhile(context))
    if edits := payload.get("edits"):  # filled in on a form of ours, which named exactly what is to change
        return Plan(intent=PlanIntent.EDIT, edits=tuple(Edit.model_validate(edit) for edit in edits))
    intent = _BUTTONS.get(str(payload.get("value", "")))
    agreed = {"agreed": True} if payload.get("agreed") and intent is PlanIntent.PUBLISH else {}
    return Plan(intent=intent, value=agreed) if intent else None


def _changed_meanwhile(context: ComposeContext) -> str:
    who = context.revised_by or "Somebody"
    return f"{who} changed the draft since you saw that, so nothing was done. Say “show the draft” for the newest one."


def _waiting(memory: ComposeMemory, plan: Plan) -> object:
    """What waits for a yes still waits through a few edits, and is forgotten when the talk moves on."""
    pending = memory.pending
    if pending is not None and "consent" in plan.value:
        return pending
    if pending is None or plan.intent in (PlanIntent.CONFIRM, PlanIntent.DECLINE, PlanIntent.PUBLISH):
        return pending
    if pending.age >= PENDING_TURNS or plan.intent not in _KEEPS_WAITING:
        return None
    return pending.model_copy(update={"age": pending.age + 1})
