"""Planning edits by a model: one shape per kind of edit, checked against the draft they are meant for.

The plan only proposes. Whether and how edits change a draft is decided by the edit grammar; what is checked here is
that a target exists, a value can be read and nothing unlawful is asked.
"""

import json
from typing import Annotated, Any, Literal

from pydantic import Field

from botapp.compose.edits import EditRefused, apply_edits
from botapp.compose.grammar import plan_edits
from botapp.compose.lawful import protected_topic, refusal
from botapp.compose.orders import without_orders
from botapp.compose.roles import looks_like_brief
from botapp.engines.wire.knockouts import WireKnockout, fitting
from botapp.engines.wire.task import Task, Unusable, Wire, one_line
from botapp.llm import Plan, PlanIntent, PlanRequest
from botapp.prompting import fence
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import Interviewer, Question, QuestionKind, StageKind

TEXT_LIMIT = 60_000


class At(Wire):
    """Where: stage from 1, and the number of the question as the recruiter sees it."""

    stage: int
    question: int


class TextEdit(Wire):
    op: Literal["set_title", "set_slug"]
    value: str


class WireBudget(Wire):
    kind: Literal["none", "total", "daily"]
    cap: int


class SettingEdit(Wire):
    op: Literal["set_setting"]
    setting: str
    value: bool | int | str | WireBudget | None


class AddQuestion(Wire):
    op: Literal["add_question"]
    stage: int
    position: int | None
    kind: QuestionKind
    text: str
    topic: str
    options: list[str]
    unit: str
    knockout: WireKnockout | None


class PlainQuestionEdit(Wire):
    op: Literal["remove_question", "clear_knockout"]
    at: At


class MoveQuestion(Wire):
    op: Literal["move_question"]
    at: At
    to: int
    to_stage: int | None


class SwapQuestions(Wire):
    op: Literal["swap_questions"]
    at: At
    other: At


class SetText(Wire):
    op: Literal["set_text"]
    at: At
    value: str


class SetKind(Wire):
    op: Literal["set_kind"]
    at: At
    kind: QuestionKind
    options: list[str]
    text: str


class SetOptions(Wire):
    op: Literal["set_options"]
    at: At
    value: list[str]


class SetWeight(Wire):
    op: Literal["set_weight"]
    stage: int
    question: int | None
    value: int


class SetKnockout(Wire):
    op: Literal["set_knockout"]
    at: At
    value: WireKnockout


class SetFollowUps(Wire):
    op: Literal["set_follow_ups"]
    at: At
    min: int
    max: int


class SetRubric(Wire):
    op: Literal["set_rubric"]
    at: At
    one: str | None
    three: str | None
    five: str | None


class AddStage(Wire):
    op: Literal["add_stage"]
    position: int
    kind: StageKind
    channel: Literal["any", "sms", "webchat", "slack"] | None
    title: str


class StageEdit(Wire):
    """`value`: null to remove, the new place to move, true or false to switch, 0-100 or null for a minimum score."""

    op: Literal["remove_stage", "move_stage", "set_stage_enabled", "set_stage_min_score"]
    stage: int
    value: bool | int | None


class FactEdit(Wire):
    op: Literal["add_fact", "remove_fact"]
    topic: str
    answer: str


class OverviewEdit(Wire):
    op: Literal["set_overview"]
    overview: Literal["company", "job", "process"]
    text: str | None
    mode: Literal["exact", "summarised", "reference", "silent"] | None


WireEdit = Annotated[
    TextEdit
    | SettingEdit
    | AddQuestion
    | PlainQuestionEdit
    | MoveQuestion
    | SwapQuestions
    | SetText
    | SetKind
    | SetOptions
    | SetWeight
    | SetKnockout
    | SetFollowUps
    | SetRubric
    | AddStage
    | StageEdit
    | FactEdit
    | OverviewEdit,
    Field(discriminator="op"),
]


class WireDetails(Wire):
    """What an intent other than an edit needs; null where it does not apply."""

    steps: int | None
    name: str | None
    contact: str | None
    email: str | None
    role: Literal["owner", "recruiter", "viewer"] | None
    title: str | None
    status: Literal["pause", "resume", "archive", "unarchive"] | None
    what: Literal["rubric", "question", "draft", "link"] | None


class WirePlan(Wire):
    intent: PlanIntent
    edits: list[WireEdit]
    reply: str
    reason: str
    details: WireDetails
    focus: int | None


def plan_variables(request: PlanRequest) -> dict[str, str]:
    draft = json.dumps(_shown(request.draft), ensure_ascii=False) if request.draft else "There is no draft yet."
    return {
        "today": request.today.isoformat(),
        "draft": fence("draft", draft, TEXT_LIMIT),
        "last_question": str(request.last_question or "none"),
        "pending": one_line(request.pending) or "nothing",
        "history": f"{request.can_undo} to undo, {request.can_redo} to redo",
        "message": fence("message of the recruiter", without_orders(request.text), TEXT_LIMIT),
    }


def _shown(draft: Interviewer) -> dict[str, Any]:
    """The draft as the recruiter sees it: numbered, without ids and sources."""
    return {
        **draft.model_dump(mode="json", include={"title", "slug", "company", "language", "settings", "overviews"}),
        "facts": [{"topic": fact.topic, "answer": fact.answer} for fact in draft.facts],
        "stages": [
            {
                **stage.model_dump(mode="json", exclude={"id", "questions"}),
                "stage": index + 1,
                "questions": [
                    {"number": number, **question.model_dump(mode="json", exclude={"id", "provenance"})}
                    for at, number, question in draft.numbered()
                    if at == index
                ],
            }
            for index, stage in enumerate(draft.stages)
        ],
    }


def accept_plan(request: PlanRequest, said: WirePlan) -> Plan:
    """The plan, its edits checked against the draft.

    Raises:
        Unusable: an edit's target or value does not exist, or an intent lacks what it needs.
    """
    if said.intent in _ACTS and (plan := _by_rule(request, said.intent)):
        return plan
    if said.intent is PlanIntent.EDIT:
        return _edit_plan(request, said)
    if said.edits:
        raise Unusable(f'Only the intent "edit" has edits; this one is "{said.intent.value}".')
    if said.intent in {PlanIntent.ANSWER, PlanIntent.ASK_WHICH, PlanIntent.REFUSE} and not said.reply.strip():
        raise Unusable(f'The intent "{said.intent.value}" needs a reply.')
    return Plan(
        intent=said.intent,
        reply=one_line(said.reply),
        reason=one_line(said.reason),
        value=_details(said),
        focus=_focus(request, said),
    )


_OUTWARD = frozenset(
    {PlanIntent.PUBLISH, PlanIntent.CONFIRM, PlanIntent.STATUS, PlanIntent.INVITE, PlanIntent.INVITE_TEAMMATE}
)
_ACTS = _OUTWARD | {PlanIntent.EDIT, PlanIntent.UNDO, PlanIntent.REDO, PlanIntent.CLONE}


def _by_rule(request: PlanRequest, intent: PlanIntent) -> Plan | None:
    """What is not left to a model: a text pasted into the message, and one that gives orders to a machine.

    A pasted brief publishes nothing and lets nobody in, whatever it says; with such orders in it, rules read the rest.
    """
    if without_orders(request.text) != request.text:
        return plan_edits(request)
    if intent in _OUTWARD and looks_like_brief(request.text):
        return Plan(intent=PlanIntent.NEW_DRAFT)
    return None


def _edit_plan(request: PlanRequest, said: WirePlan) -> Plan:
    if request.draft is None:
        raise Unusable('There is no draft to edit. A pasted brief is "new_draft".')
    if not said.edits:
        raise Unusable('The intent "edit" needs at least one edit.')
    unlawful = next((found for edit in said.edits if (found := protected_topic(_words(edit)))), None)
    if unlawful:
        return Plan(intent=PlanIntent.REFUSE, reply=refusal(unlawful), reason="unlawful")
    edits = tuple(_in_grammar(edit, request.draft) for edit in said.edits)
    try:
        apply_edits(request.draft, edits)
    except EditRefused as error:
        raise Unusable(f"{error} When that is what the recruiter asked for, refuse or ask instead.") from error
    return Plan(intent=PlanIntent.EDIT, edits=edits, reply=one_line(said.reply), focus=_focus(request, said))


def _words(edit: WireEdit) -> str:
    """Everything in the edit that a candidate would read."""
    match edit:
        case AddQuestion() | SetKind():
            return " ".join([edit.text, *edit.options])
        case SetText():
            return edit.value
        case SetOptions():
            return " ".join(edit.value)
    return ""


def _focus(request: PlanRequest, said: WirePlan) -> int | None:
    known = len(request.draft.questions()) if request.draft else 0
    return said.focus if said.focus and 0 < said.focus <= known else None


def _details(said: WirePlan) -> dict[str, Any]:
    """Only what the intent carries; undo and redo always have a number of steps."""
    value = {name: item for name, item in said.details.model_dump().items() if item not in (None, "")}
    if said.intent in {PlanIntent.UNDO, PlanIntent.REDO}:
        value["steps"] = max(1, int(value.get("steps", 1)))
    if said.intent is PlanIntent.STATUS and "status" not in value:
        raise Unusable('The intent "status" needs details.status.')
    return value


def _in_grammar(edit: WireEdit, draft: Interviewer) -> Edit:
    return Edit(op=EditOp(edit.op), target=_target(edit), value=_value(edit, draft))


def _question(draft: Interviewer, number: int) -> Question | None:
    return next((question for _, n, question in draft.numbered() if n == number), None)


def _target(edit: WireEdit) -> dict[str, int | None] | str | None:
    match edit:
        case TextEdit():
            return edit.op.removeprefix("set_")
        case SettingEdit():
            return edit.setting
        case AddQuestion():
            return {"stage": edit.stage, "position": edit.position}
        case SetWeight():
            return {"stage": edit.stage, "question": edit.question}
        case AddStage():
            return {"position": edit.position}
        case StageEdit():
            return {"stage": edit.stage}
        case FactEdit():
            return edit.topic
        case OverviewEdit():
            return edit.overview
        case _:
            return {"stage": edit.at.stage, "question": edit.at.question}


def _value(edit: WireEdit, draft: Interviewer) -> Any:
    match edit:
        case SettingEdit(value=WireBudget() as budget):
            return budget.model_dump()
        case TextEdit() | SettingEdit() | SetText() | SetOptions() | SetWeight():
            return edit.value
        case SetKnockout():
            return _knockout(edit.value, _question(draft, edit.at.question))
        case SetFollowUps():
            return {"min": edit.min, "max": edit.max}
        case SetRubric():
            return {key: text for key, text in zip("135", (edit.one, edit.three, edit.five), strict=True) if text}
        case StageEdit():
            return _stage_value(edit)
        case PlainQuestionEdit() | FactEdit(op="remove_fact"):
            return None
        case FactEdit():
            return {"topic": edit.topic, "answer": edit.answer}
        case OverviewEdit():
            return edit.model_dump(include={"text", "mode"}, exclude_none=True)
        case _:
            return _structural(edit)


def _structural(edit: AddQuestion | MoveQuestion | SwapQuestions | SetKind | AddStage) -> dict[str, Any]:
    match edit:
        case AddQuestion():
            value = edit.model_dump(mode="json", include={"kind", "text", "topic", "options", "unit"})
            knockout = {"knockout": edit.knockout.model_dump()} if edit.knockout else {}
            return {key: item for key, item in value.items() if item} | knockout
        case MoveQuestion():
            return {"to": edit.to} | ({"stage": edit.to_stage} if edit.to_stage is not None else {})
        case SwapQuestions():
            return {"with": edit.other.model_dump()}
        case SetKind():
            value = edit.model_dump(mode="json", include={"kind", "options", "text"})
            return {key: item for key, item in value.items() if item}
        case AddStage():
            value = edit.model_dump(mode="json", include={"kind", "channel", "title"}, exclude_none=True)
            return {key: item for key, item in value.items() if item}


def _stage_value(edit: StageEdit) -> bool | int | None:
    """The value in the type its operation needs; JSON's true is never a number."""
    is_flag = isinstance(edit.value, bool)
    match edit.op:
        case "set_stage_enabled" if is_flag:
            return edit.value
        case "move_stage" if edit.value is not None and not is_flag:
            return edit.value
        case "set_stage_min_score" if not is_flag:
            return edit.value
        case "remove_stage":
            return None
    raise Unusable(f"The edit {edit.op} has a value of the wrong kind.")


def _knockout(said: WireKnockout, question: Question | None) -> dict[str, Any]:
    """The rule as it stands when an earlier edit may change the question's kind; else only one that fits."""
    if question is None or question.is_open:
        return said.model_dump()
    knockout = fitting(said, question)
    if knockout is None:
        raise Unusable(f"The knockout does not fit a {question.kind.value} question. Ask or refuse instead.")
    return knockout.model_dump()


def _plan_shape(_: PlanRequest) -> type[WirePlan]:
    return WirePlan


PLAN = Task("compose/plan_edits", _plan_shape, plan_variables, accept_plan)
