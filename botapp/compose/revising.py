"""One message to one draft, whoever plans it: the draft after it, what was done in published words, and what is said.

Guarantees: all of a message or nothing; a plan that may not be made changes nothing, whoever made it. Keeps no memory:
what undo and redo go back to is handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from botapp.compose.diff import DiffLine, diff_drafts
from botapp.compose.edits import EditRefused, apply_edits
from botapp.compose.exchange import PUBLISHED_NAME, Operation, channel_of
from botapp.compose.lint import new_findings, notes_line
from botapp.compose.wording import draft_plain
from botapp.llm import Language, Plan, PlanIntent, PlanRequest
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import Interviewer

_NO_EARLIER = "There is no earlier version here: a draft in a file has no history."
_NO_LATER = "There is nothing to redo here: a draft in a file has no history."
_BRIEF = "That is a whole brief. To draft from it, use: botapp compose FILE"


@dataclass(frozen=True, slots=True)
class Turn:
    """What a message came to. `focus`: the question "it" means next."""

    draft: Interviewer
    operations: tuple[Operation, ...]
    answer: str
    focus: int | None = None


@dataclass
class Talk:
    """Messages about one draft, one after the other, with what was before them."""

    language: Language
    today: date
    draft: Interviewer
    focus: int | None = None

    def __post_init__(self) -> None:
        self._before: list[Interviewer] = []
        self._after: list[Interviewer] = []

    def say(self, text: str) -> Turn:
        """The turn that `text` makes; the next one begins where it ends."""
        turn = self._turn(self._planned(text))
        self.focus = turn.focus or self.focus
        self.draft = turn.draft
        return turn

    def _planned(self, text: str) -> Plan:
        return self.language.plan_edits(
            PlanRequest(
                draft=self.draft,
                text=text,
                today=self.today,
                last_question=self.focus,
                can_undo=len(self._before),
                can_redo=len(self._after),
            )
        )

    def _turn(self, plan: Plan) -> Turn:
        match plan.intent:
            case PlanIntent.EDIT:
                return self._edited(plan)
            case PlanIntent.UNDO:
                return self._walked(plan, self._before, self._after, _NO_EARLIER)
            case PlanIntent.REDO:
                return self._walked(plan, self._after, self._before, _NO_LATER)
            case _:
                return Turn(self.draft, (talked(plan, self.draft),), _words(plan, self.draft), plan.focus)

    def _edited(self, plan: Plan) -> Turn:
        try:
            after = apply_edits(self.draft, plan.edits)
        except EditRefused as refused:
            return Turn(self.draft, (_none("out_of_range"),), str(refused))
        found = new_findings(self.draft, after)
        if refusal := next((f for f in found if f.level == "refuse"), None):
            return Turn(self.draft, (_none("unlawful"),), refusal.text)
        if after == self.draft:
            return Turn(self.draft, (_none("question"),), "That is how it is already. Nothing changed.", plan.focus)
        answer = "\n".join(filter(None, (plan.reply, *_lines(diff_drafts(self.draft, after)), notes_line(found))))
        self._before.append(self.draft)
        self._after.clear()
        done = tuple(operation(edit, self.draft) for edit in plan.edits)
        return Turn(after, done, answer, plan.focus)

    def _walked(self, plan: Plan, there: list[Interviewer], here: list[Interviewer], none: str) -> Turn:
        steps = max(1, int(plan.value.get("steps") or 1))
        done = (Operation(op=plan.intent.value, value={"steps": steps}),)
        if not there:
            return Turn(self.draft, done, none)
        for _ in range(min(steps, len(there))):
            here.append(self.draft)
            self.draft = there.pop()
        return Turn(self.draft, done, "Undone." if plan.intent is PlanIntent.UNDO else "Done again.")


def _lines(lines: Sequence[DiffLine]) -> list[str]:
    return [line.plain for line in lines]


def _words(plan: Plan, draft: Interviewer) -> str:
    if plan.reply:
        return plan.reply
    match plan.intent:
        case PlanIntent.PUBLISH:
            return (
                f"Publish {draft.title}? Say yes in the conversation where it is composed; here nothing is published."
            )
        case PlanIntent.CLONE:
            return f"A copy would be called {plan.value.get('title')}. This one stays as it is."
        case PlanIntent.SHOW:
            return draft_plain(draft)
        case PlanIntent.NEW_DRAFT:
            return _BRIEF
        case PlanIntent.CONFIRM | PlanIntent.DECLINE:
            return "There is nothing waiting for a yes or no."
        case PlanIntent.INVITE | PlanIntent.INVITE_TEAMMATE | PlanIntent.STATUS | PlanIntent.REHEARSE:
            return "That can't be done on a draft in a file. Say it in the conversation where it is composed."
        case _:
            return "Nothing was changed."


# ---- in published words ------------------------------------------------------------------------------------


def talked(plan: Plan, draft: Interviewer) -> Operation:
    """What changes no draft, as an operation."""
    match plan.intent:
        case PlanIntent.PUBLISH:
            return Operation(op="publish_request")
        case PlanIntent.CLONE:
            return Operation(op="clone", value={"title": str(plan.value.get("title") or "")})
        case PlanIntent.ASK_WHICH:
            numbers = plan.value.get("candidates") or ()
            places = [{"stage": i + 1, "question": n} for i, n, _ in draft.numbered() if n in numbers]
            return Operation(op="ask_which", value={"reason": plan.reason, "candidates": places})
        case PlanIntent.REFUSE if plan.reason == "translate":
            return Operation(op="translate", target=plan.value["language"], value={"mode": plan.value["mode"]})
        case _:
            return _none(plan.reason or plan.intent.value)


def _none(reason: str) -> Operation:
    return Operation(op="none", value={"reason": reason})


def operation(edit: Edit, draft: Interviewer) -> Operation:
    """An edit of ours in the words of the published shape."""
    if edit.op is EditOp.SET_SETTING and edit.target == "languages":
        added = [code for code in edit.value if code not in draft.settings.languages]
        if added:
            return Operation(op="translate", target=added[0], value={"mode": "add"})
    if edit.op is not EditOp.SET_SETTING:
        return Operation(op=edit.op.value, target=edit.target, value=edit.value)
    name = str(edit.target)
    value = channel_of(str(edit.value)) if name == "alert_address" else edit.value
    return Operation(op="set_setting", target=PUBLISHED_NAME.get(name, name), value=value)
