"""What a button, menu or form in Slack asks for, in the words and edits that composing understands.

Guarantees: an id that a control names is believed only inside the presser's own workspace. What changes a draft carries
the revision it was drawn from, so that the graph can refuse a stale one. A form is checked before it is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from botapp.channels.slack.actions import REPLY, About, Action, Callback, Do
from botapp.compose.diff import diff_drafts
from botapp.compose.edits import EditRefused, apply_edits
from botapp.errors import NotFound
from botapp.messages import CardKind, InboundMessage
from botapp.pipeline.running import draft_of
from botapp.policy.access import Action as May
from botapp.policy.access import may, refusal
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import WEIGHT_DOUBLE, WEIGHT_NORMAL, Interviewer, Knockout, Question, QuestionKind
from botapp.state import interviewers, outbox, people
from botapp.state.interviewers import StoredInterviewer
from botapp.state.read_models import MemberRow
from botapp.state.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from botapp.channels.slack.questions import QuestionEdit

View = dict[str, Any]
Errors = dict[str, str]
TEXT, VALUE = "text", "value"  # fields of a question's form
OPENS_VIEW = (Action.WHOLE_DIFF.value,)
GONE = "That question is not in the draft any more."
_NO_SUCH = "There is no such interviewer here."


# ---- presses that become a turn ----------------------------------------------------------------------------


def translated(uow: UnitOfWork, member: MemberRow, message: InboundMessage) -> tuple[InboundMessage, str]:
    """The press as composing reads it, and its conversation; "" when the thread decides.

    Raises:
        NotFound: it names nothing of this workspace.
    """
    action, about = str(message.payload.get("action", "")), about_of(message)
    if action.startswith(REPLY):
        return _with(message, **_seen_at(uow, member, message)), ""
    if not about.interviewer:
        return message, ""
    stored = _interviewer(uow, member, about)
    match action:
        case Action.UNDO:
            return _with(message, "Undo", value="undo", revision=about.revision), stored.conversation_id
        case Action.REHEARSE:
            pressed = _with(message, "Rehearse it", value="rehearse", revision=about.revision)
            return pressed, stored.conversation_id
        case Action.PUBLISH:
            pressed = _with(message, "Publish", value="publish", agreed=True, revision=about.revision)
            return pressed, stored.conversation_id
        case Action.QUESTION:
            return _menu(message, stored, about), stored.conversation_id
        case _:
            return message, stored.conversation_id


def about_of(message: InboundMessage) -> About:
    return About(**message.payload.get("about", {}))


def _with(message: InboundMessage, text: str = "", **payload: Any) -> InboundMessage:
    return replace(message, text=text or message.text, payload={**message.payload, **payload})


def _interviewer(uow: UnitOfWork, member: MemberRow, about: About) -> StoredInterviewer:
    stored = interviewers.get(uow, about.interviewer, member.workspace_id)
    if stored is None:
        raise NotFound(_NO_SUCH)
    return stored


def _seen_at(uow: UnitOfWork, member: MemberRow, message: InboundMessage) -> dict[str, Any]:
    """The revision that the message showed under which a reply was pressed, where it showed one."""
    shown = outbox.at_place(uow, member.workspace_id, f"{message.payload['channel']}/{message.payload['ts']}")
    card = shown.message.get("card") if shown else None
    revision = card["data"].get("revision") if card and card["kind"] in (CardKind.DRAFT, CardKind.DIFF) else None
    return {} if revision is None else {"revision": revision}


def _menu(message: InboundMessage, stored: StoredInterviewer, about: About) -> InboundMessage:
    """A question's menu: an exact edit, or words where a value is still to be asked for."""
    found = question_at(draft_of(stored), about.question)
    if found is None:
        return _with(message, "That question", value="", revision=-1)
    number, question = found
    draft = draft_of(stored)
    assert draft is not None
    words, edit = _asked(draft, number, question, about.do)
    edits = {"edits": [edit.model_dump(mode="json")]} if edit else {}
    return _with(message, words, value="", revision=about.revision, **edits)


def question_at(draft: Interviewer | None, question_id: str) -> tuple[int, Question] | None:
    """(number, question) of an id."""
    return next(((n, q) for _, n, q in draft.numbered() if q.id == question_id), None) if draft else None


def _asked(draft: Interviewer, number: int, question: Question, do: str) -> tuple[str, Edit | None]:
    target = target_of(draft, number)
    match do:
        case Do.UP | Do.DOWN:
            words = f"Move question {number} {do}"
            to = _moved(draft, number, -1 if do == Do.UP else 1)
            return words, Edit(op=EditOp.MOVE_QUESTION, target=target, value=to)
        case Do.REMOVE:
            return f"Remove question {number}", Edit(op=EditOp.REMOVE_QUESTION, target=target)
        case Do.DOUBLE:
            return f"Double the weight of question {number}", _weight(target, WEIGHT_DOUBLE)
        case Do.NORMAL:
            return f"Give question {number} its normal weight", _weight(target, WEIGHT_NORMAL)
        case Do.NOT_MUST:
            edit = Edit(op=EditOp.CLEAR_KNOCKOUT, target=target)
            return f"Question {number} is no longer a must-have", edit
        case _ if question.kind is QuestionKind.YES_NO:
            rule = Edit(op=EditOp.SET_KNOCKOUT, target=target, value={"op": "eq", "value": True})
            return f"Make question {number} a must-have", rule
        case _:
            return f"Make question {number} a knockout", None


def _weight(target: dict[str, int | None], weight: int) -> Edit:
    return Edit(op=EditOp.SET_WEIGHT, target=target, value=weight)


def target_of(draft: Interviewer, number: int) -> dict[str, int | None]:
    stage = next(index for index, n, _ in draft.numbered() if n == number)
    return {"stage": stage + 1, "question": number}


def _moved(draft: Interviewer, number: int, step: int) -> dict[str, int]:
    """One place on; over the edge of its stage into the next one that has questions."""
    order = [(index, n) for index, n, _ in draft.numbered()]
    here = next(index for index, n in order if n == number)
    inside = [n for index, n in order if index == here]
    place = inside.index(number) + 1
    if 1 <= place + step <= len(inside):
        return {"to": place + step}
    around = [index for index, _ in order if (index < here if step < 0 else index > here)]
    if not around:
        return {"to": place}
    there = around[-1] if step < 0 else around[0]
    return {"stage": there + 1, "to": len([1 for index, _ in order if index == there]) + 1 if step < 0 else 1}


# ---- views: opened from the database, at once --------------------------------------------------------------


def opens_view(message: InboundMessage) -> bool:
    """Whether the press wants a view, which it has to get within three seconds."""
    action = message.payload.get("action")
    return action in OPENS_VIEW or (action == Action.QUESTION and about_of(message).do == Do.EDIT)


def view_for(uow: UnitOfWork, member: MemberRow, message: InboundMessage) -> View:
    """The view that a press asks for.

    Raises:
        NotFound: it names nothing of this workspace.
    """
    from botapp.channels.slack.modals import diff_view, question_view, told_view

    about = about_of(message)
    stored = _interviewer(uow, member, about)
    if message.payload["action"] == Action.WHOLE_DIFF:
        return diff_view(_changes(uow, stored, about.revision), about)
    if not may(member.role, May.COMPOSE):
        return told_view("Question", refusal(May.COMPOSE))
    found = question_at(draft_of(stored), about.question)
    if found is None:
        return told_view("Question", f"{GONE} {who_changed(uow, stored)} changed the draft since you saw it.")
    number, question = found
    return question_view(question, number, replace(about, revision=stored.revision, address=message.address))


def _changes(uow: UnitOfWork, stored: StoredInterviewer, revision: int) -> list[Mapping[str, Any]]:
    """What a revision changed, line by line."""
    line = interviewers.revision_list(uow, stored.id, limit=200)
    after = next((r for r in line if r.number == revision), None)
    before = next((r for r in line if r.number < revision), None)
    if after is None:
        return []
    old = Interviewer.model_validate(before.draft) if before else None
    lines = diff_drafts(old, Interviewer.model_validate(after.draft))
    return [{"where": line.where, "old": line.old, "new": line.new} for line in lines]


def who_changed(uow: UnitOfWork, stored: StoredInterviewer) -> str:
    """Who made the revision that is the draft now."""
    line = interviewers.revision_list(uow, stored.id)
    author = next((r.by_member for r in line if r.number == stored.revision), "")
    member = people.member(uow, author) if author else None
    return member.name if member else "Somebody"


# ---- forms: checked, then kept -----------------------------------------------------------------------------


def read_form(uow: UnitOfWork, member: MemberRow, message: InboundMessage) -> tuple[InboundMessage, str] | Errors:
    """A filled-in question as a press with exact edits and its conversation, or a sentence beside each wrong field.

    The conversation is "" when nothing was changed.

    Raises:
        NotFound: it names nothing of this workspace.
    """
    from botapp.channels.slack.modals import QuestionEdit, read_question

    about = about_of(message)
    stored = _interviewer(uow, member, about)
    if not may(member.role, May.COMPOSE):
        return {TEXT: refusal(May.COMPOSE)}
    wanted = read_question({"state": {"values": message.payload["state"]}})
    if not isinstance(wanted, QuestionEdit):
        return wanted
    draft, found = draft_of(stored), question_at(draft_of(stored), about.question)
    if draft is None or found is None:
        return {TEXT: f"{who_changed(uow, stored)} removed this question meanwhile. Nothing was changed."}
    number, question = found
    if stored.revision != about.revision and _as_it_was(uow, stored, about) != question:
        return {TEXT: f"{who_changed(uow, stored)} changed this question meanwhile. Close this and open it again."}
    edits = edits_to(question, wanted, target_of(draft, number))
    try:
        apply_edits(draft, edits)
    except EditRefused as refused:
        return {VALUE if "knockout" in str(refused) else TEXT: str(refused)}
    words = f"Changed question {number} in the form"
    made = [edit.model_dump(mode="json") for edit in edits]
    pressed = _with(message, words, value="", revision=stored.revision, edits=made)
    return pressed, stored.conversation_id if edits else ""


def _as_it_was(uow: UnitOfWork, stored: StoredInterviewer, about: About) -> Question | None:
    line = interviewers.revision_list(uow, stored.id, limit=200)
    drawn = next((r.draft for r in line if r.number == about.revision), None)
    found = question_at(Interviewer.model_validate(drawn), about.question) if drawn else None
    return found[1] if found else None


def edits_to(question: Question, wanted: "QuestionEdit", target: dict[str, int | None]) -> Sequence[Edit]:
    """What makes the one of the other, and nothing else. Pure."""
    edits: list[Edit] = []
    rule = question.knockout
    if wanted.text != question.text:
        edits.append(Edit(op=EditOp.SET_TEXT, target=target, value=wanted.text))
    if rule and wanted.knockout != rule:
        edits.append(Edit(op=EditOp.CLEAR_KNOCKOUT, target=target))
    if wanted.kind is not question.kind:
        value = {"kind": wanted.kind.value, "options": list(wanted.options)}
        edits.append(Edit(op=EditOp.SET_KIND, target=target, value=value))
        rule = rule if rule == wanted.knockout else None
    elif wanted.kind is QuestionKind.CHOICE and wanted.options != question.options:
        edits.append(Edit(op=EditOp.SET_OPTIONS, target=target, value=list(wanted.options)))
    if wanted.knockout and (wanted.knockout != question.knockout or wanted.kind is not question.kind):
        edits.append(_rule(wanted.knockout, target))
    if wanted.kind is QuestionKind.OPEN and wanted.weight != question.weight:
        edits.append(_weight(target, wanted.weight))
    return edits


def _rule(rule: Knockout, target: dict[str, int | None]) -> Edit:
    return Edit(op=EditOp.SET_KNOCKOUT, target=target, value=rule.model_dump(mode="json"))


def is_question_form(message: InboundMessage) -> bool:
    return message.payload.get("action") == "submit" and message.payload.get("value") == Callback.EDIT_QUESTION
