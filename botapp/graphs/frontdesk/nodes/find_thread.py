"""Which thread the messages are about: only what was picked, or what can't be anything else. Never a guess.

By text a wish to get no more messages is heard before anything else, and a code from a poster starts an interview.
"""

import re
from typing import Literal

from langgraph.runtime import Runtime

from botapp.compose.links import asked_pages
from botapp.graphs.context import TEXT, FrontdeskContext, Heard, OpenThread
from botapp.graphs.frontdesk.codes import code_in
from botapp.graphs.frontdesk.state import FrontdeskMemory, FrontdeskState, FrontdeskUpdate, recall, spoken
from botapp.scoring.intents.stop import opts_out
from botapp.scoring.intents.wishes import is_someone_else
from botapp.scoring.readers.words import fold

BRIEF = 60  # characters from which a member's message to an empty desk is a brief
_ROLE = re.compile(
    r"\b(hir(?:e|ing)|recruit|looking for|we need|need an?|job|role|position|vacanc|interview(?:er)?"
    r"|screen|candidates?)",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"^\W*(?:a\s+)?(?:new(?:\s+(?:one|interviewer|role|draft))?|start (?:a )?new(?: one)?|none of (?:them|these))\W*$",
    re.I,
)
_NUMBER = re.compile(r"^\W*(?:number|no\.?|option)?\s*(\d{1,2})\W*$", re.IGNORECASE)


def find_thread(state: FrontdeskState, runtime: Runtime[FrontdeskContext]) -> FrontdeskUpdate:
    """`choice`: a conversation id, "new", or "" when it has to be asked or explained. `code`: one that is known."""
    context = runtime.context
    choice = _choice(state, recall(state), context)
    code = "" if choice or context.sender_kind == "member" else _code(state, context)
    return {"choice": choice, "open_threads": len(context.threads), "code": code, "leaves": _leaves(state, context)}


def _code(state: FrontdeskState, context: FrontdeskContext) -> str:
    return next((code for item in reversed(spoken(state)) if (code := code_in(item["text"], context.codes))), "")


def _leaves(state: FrontdeskState, context: FrontdeskContext) -> Literal["", "stop", "wrong_person"]:
    if context.channel != TEXT or context.sender_kind == "member":
        return ""
    said = [fold(item["text"]) for item in spoken(state)]
    if any(item["payload"].get("opt_out") == "stop" for item in spoken(state)) or any(map(opts_out, said)):
        return "stop"
    return "wrong_person" if any(map(is_someone_else, said)) else ""


def _choice(state: FrontdeskState, memory: FrontdeskMemory, context: FrontdeskContext) -> str:
    heard, last = spoken(state), spoken(state)[-1]
    member = context.sender_kind == "member"
    if not context.threads:
        return "new" if member and any(_is_brief(item) for item in heard) else ""
    said = (
        str(last["payload"].get("value") or last["text"]).strip() if last["kind"] == "button" else last["text"].strip()
    )
    if member and memory.offered and _NEW.match(said):
        return "new"
    return _picked(said, memory, context.threads)


def _is_brief(item: Heard) -> bool:
    """Words about a role, or a page or file that may hold them."""
    text = item["text"]
    if item["payload"].get("attachment") or asked_pages(text, has_draft=False):
        return True
    return len(text) >= BRIEF or (len(text.split()) >= 3 and bool(_ROLE.search(text)))


def _picked(said: str, memory: FrontdeskMemory, threads: tuple[OpenThread, ...]) -> str:
    """By button, by number of the list that was shown, or by a title that fits one thread only."""
    known = {thread.conversation_id for thread in threads}
    if said in known:
        return said
    if (match := _NUMBER.match(said)) and 1 <= int(match[1]) <= len(memory.offered):
        chosen = memory.offered[int(match[1]) - 1]
        return chosen if chosen in known else ""
    words = said.lower().strip(" .?\"'“”")
    exact = [t.conversation_id for t in threads if t.title.lower() == words]
    if len(exact) == 1:
        return exact[0]
    within = [t.conversation_id for t in threads if memory.offered and len(words) >= 3 and words in t.title.lower()]
    return within[0] if len(within) == 1 else ""
