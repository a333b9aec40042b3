"""Shows what was asked for: the draft, one question, a rubric, the link. Changes nothing."""

from langgraph.runtime import Runtime

from botapp.compose.wording import draft_card, question_tags, rubric_text
from botapp.graphs.compose.nodes.apply import NO_DRAFT
from botapp.graphs.compose.state import ComposeState, ComposeUpdate, planned, said, with_full_link
from botapp.graphs.context import ComposeContext
from botapp.llm import Plan
from botapp.screening.interviewer import Interviewer


def show(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """By what the plan names; the whole draft when it names nothing."""
    context, plan = runtime.context, planned(state)
    if context.draft is None:
        return said(plan.reply or NO_DRAFT)
    what = str(plan.value.get("what") or "")
    if what == "link":
        return said(_link(context.draft, context))
    if what in ("rubric", "question"):
        return said(_question(context.draft, plan, what))
    if plan.reply:
        return said(with_full_link(plan.reply, context))
    return said("Here is the draft.", card=draft_card(context.draft, context.text_price))


def _link(draft: Interviewer, context: ComposeContext) -> str:
    link = f"{context.base_url}/i/{draft.slug}"
    return f"Candidate link: {link}" if context.version else f"It will be {link} once it is published."


def _question(draft: Interviewer, plan: Plan, what: str) -> str:
    questions = draft.questions()
    number = plan.value.get("question") or plan.focus
    if not isinstance(number, int):
        return plan.reply or "Which question? Tell me its number."
    if not 1 <= number <= len(questions):
        return f"There is no question {number}. They run from 1 to {len(questions)}." if questions else NO_DRAFT
    question = questions[number - 1]
    if what == "rubric":
        return rubric_text(question, number)
    options = f"\nOptions: {', '.join(question.options)}" if question.options else ""
    quote = f"\nFrom: “{question.provenance.quote}”" if question.provenance.quote else ""
    return f"{number}. {question.text}\n{question_tags(question)}{options}{quote}"
