"""Publishing: says what is in the way, asks once, and does it on a yes about this very draft."""

from langgraph.runtime import Runtime

from botapp.compose import estimate
from botapp.compose.readiness import blockers, channel_note, judging_note
from botapp.compose.texting import is_number
from botapp.graphs.compose.nodes.apply import NO_DRAFT
from botapp.graphs.compose.state import (
    ComposeMemory,
    ComposeState,
    ComposeUpdate,
    Pending,
    kept,
    planned,
    recall,
    reply,
    said,
)
from botapp.graphs.context import ComposeContext
from botapp.screening.effects import published
from botapp.screening.interviewer import Interviewer


def publish(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """Blockers, the question, or the published version with its link and poster."""
    context, memory = runtime.context, recall(state)
    if context.draft is None:
        return said(NO_DRAFT)
    if reasons := _in_the_way(context.draft, context):
        listed = "\n".join(f"- {reason}" for reason in reasons)
        return {"memory": kept(memory, pending=None), **said(f"Not yet. This is in the way:\n{listed}")}
    agreed = planned(state).value.get("agreed")  # they confirmed what this very draft showed
    if agreed and context.version and context.published_revision == context.revision:
        return said(f"It is published already, as version {context.version}.")
    if agreed:
        return _publish(context.draft, memory, context)
    asked = memory.pending if memory.pending and memory.pending.what == "publish" else None
    if asked and asked.revision == context.revision:
        return _publish(context.draft, memory, context)
    return _ask(context.draft, memory, context, changed=asked is not None)


def _in_the_way(draft: Interviewer, context: ComposeContext) -> list[str]:
    reasons = list(blockers(draft))
    deadline = draft.settings.deadline
    if deadline and deadline < context.now.date():
        reasons.append(f"The deadline has passed ({deadline:%Y-%m-%d}). Tell me a later one.")
    if draft.slug in context.taken_slugs:
        reasons.append(f"The link name {draft.slug} is taken. Tell me another one.")
    if context.status == "archived":
        reasons.append("It is archived. Say “unarchive” first.")
    return reasons


def _ask(draft: Interviewer, memory: ComposeMemory, context: ComposeContext, changed: bool) -> ComposeUpdate:
    count = len([q for stage in draft.running_stages() for q in stage.questions])
    deadline = draft.settings.deadline
    until = f", open until {deadline.day} {deadline:%B %Y}" if deadline else ""
    who = context.revised_by or "Somebody"
    first = f"{who} changed the draft since I asked. " if changed else ""
    questions = f"{count} question{'' if count == 1 else 's'}"
    text = (
        f"{first}Publish {draft.title} as version {context.version + 1}? {questions}, {estimate.words(draft)}{until}."
    )
    notes = (channel_note(draft, context.connected), judging_note(draft, context.language.name))
    text = " ".join(filter(None, (text, *notes, _unrehearsed(memory, context, "%s Say “rehearse it”, or publish."))))
    pending = Pending(what="publish", revision=context.revision)
    return {
        "memory": kept(memory, pending=pending, told_unrehearsed=memory.told_unrehearsed or not context.is_rehearsed),
        "replies": [reply(text, ("Publish", "yes"), ("Not yet", "no"))],
    }


def _unrehearsed(memory: ComposeMemory, context: ComposeContext, said: str) -> str:
    """Said once, in no one's way: nobody has tried this very draft."""
    if context.is_rehearsed or memory.told_unrehearsed:
        return ""
    return said % ("It changed since its rehearsal." if context.rehearsed else "It was not rehearsed yet.")


def _by_text(draft: Interviewer, context: ComposeContext) -> str:
    """How texts begin, while they can leave: by inviting somebody, or by the code on the poster."""
    if not context.sms_sender:
        return ""
    code = draft.settings.join_code or context.join_code
    to = f" to {context.sms_sender}" if is_number(context.sms_sender) else ""
    on_poster = "The code that starts it by text stands on the poster."
    joins = f"People can start it by texting JOIN {code}{to}." if code else on_poster
    return f"\nTo text somebody who agreed to it, say: text Maria, and her number\n{joins}"


def _publish(draft: Interviewer, memory: ComposeMemory, context: ComposeContext) -> ComposeUpdate:
    poster = f"{context.base_url}/console/interviewers/{context.interviewer_id}/poster"
    text = (
        f"Published as version {context.version + 1}.\n"
        f"Candidate link: {context.base_url}/i/{draft.slug}\n"
        f"Poster to print: {poster}\n"
        "To give somebody a link of their own, say: invite Maria, maria@example.com"
        f"{_by_text(draft, context)}"
    )
    text = "\n".join(filter(None, (text, _unrehearsed(memory, context, "%s You can still say “rehearse it”."))))
    told = memory.told_unrehearsed or not context.is_rehearsed
    return {
        "memory": kept(memory, pending=None, told_published_stays=False, told_unrehearsed=told),
        "replies": [reply(text)],
        "effects": [published()],
    }
