"""A page or a file is to be read: says so at once and leaves it to a worker. Beside a draft it asks what it is for."""

from langgraph.runtime import Runtime

from botapp.compose.links import host_of
from botapp.graphs.compose.elsewhere import NEW_DRAFT, ONLY_FACTS
from botapp.graphs.compose.state import ComposeState, ComposeUpdate, Elsewhere, Pending, kept, recall, reply, said
from botapp.graphs.context import ComposeContext
from botapp.screening.effects import task


def read_elsewhere(state: ComposeState, runtime: Runtime[ComposeContext]) -> ComposeUpdate:
    """The task, or the question whether to draft anew; nothing of the draft is touched before that is answered."""
    context, memory = runtime.context, recall(state)
    waiting = memory.pending.elsewhere if memory.pending else None
    given = Elsewhere.model_validate(state["elsewhere"]) if state.get("elsewhere") else waiting
    if given is None:
        return said("Which page or file shall I read? Send me its link, or the file.")
    if context.draft is not None and not given.use:
        pending = Pending(what="elsewhere", revision=context.revision, elsewhere=given)
        return {"memory": kept(memory, pending=pending), "replies": [_question(given)]}
    use = given.use or "draft"
    payload = {
        "use": use,
        "instructions": given.instructions,
        "by": context.member.id if context.member else "",
        "revision": context.revision,
    }
    if given.files:
        work = task("read_given_files", {**payload, "files": [file.model_dump() for file in given.files]})
    else:
        work = task("fetch_page", {**payload, "urls": list(given.urls)})
    return {"memory": kept(memory, pending=None), "replies": [reply(_reading(given))], "effects": [work]}


def _question(given: Elsewhere) -> dict[str, object]:
    text = (
        f"There is a draft already. Shall I start a new one from {_named(given)}, or only take the facts for "
        "candidates from it: pay, place, hours?"
    )
    return reply(text, ("New draft", NEW_DRAFT), ("Only the facts", ONLY_FACTS), ("Leave it", "no"))


def _named(given: Elsewhere) -> str:
    return given.files[0].name if given.files else host_of(given.urls[0])


def _reading(given: Elsewhere) -> str:
    if given.files:
        names = [file.name for file in given.files]
        return f"I'm reading {names[0]}." if len(names) == 1 else f"I'm reading {len(names)} files."
    return "I'm reading that page." if len(given.urls) == 1 else "I'm reading those pages, the first job I find counts."
