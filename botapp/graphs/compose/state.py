"""What a composing conversation remembers between turns, and what its nodes hand on within one. Plain JSON types.

The draft is not in here: it has its own revisions, which several members share.
"""

import operator
import re
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from botapp.compose.links import Use
from botapp.graphs.context import ComposeContext, Heard
from botapp.llm import Plan
from botapp.messages import Card, OutboundMessage, QuickReply, outbound_to_json
from botapp.screening.edits import Edit
from botapp.screening.effects import Effect
from botapp.screening.interviewer import Interviewer, Noun

PENDING_TURNS = 3  # a "yes" much later does not answer what was asked


class TextedPerson(Noun):
    """Somebody a text shall go to; the number as E.164."""

    name: str
    phone: str
    email: str = ""


class GivenFile(Noun):
    """A file of the recruiter's, kept as an attachment."""

    id: str
    name: str


class Elsewhere(Noun):
    """Words that are not in the message but behind its links or in its files. `use`: what for; "": not said yet."""

    urls: tuple[str, ...] = ()
    files: tuple[GivenFile, ...] = ()
    instructions: str = ""
    use: Use = ""


class Pending(Noun):
    """What was asked last and waits for an answer. `revision`: the draft it was asked about.

    "consent" waits for how `people` agreed to texts, "elsewhere" for what a page or file is to be used for; the others
    wait for yes or no.
    """

    what: Literal["publish", "refused_alternative", "consent", "elsewhere"]
    revision: int
    edits: tuple[Edit, ...] = ()
    people: tuple[TextedPerson, ...] = ()
    elsewhere: Elsewhere | None = None
    age: int = 0


class ComposeMemory(Noun):
    """Bounded: what "it" means, what waits for a yes, and what was said once and need not be said again."""

    version: Literal[1] = 1
    pending: Pending | None = None
    last_question: int | None = None
    greeted: bool = False
    told_published_stays: bool = False
    told_unrehearsed: bool = False


class Request(TypedDict):
    """What a member asks for in this turn. `instructions` when they came apart from the text.

    `origin`: the page or file the text was read from; `note`: what of it was left out; `theirs`: strangers wrote it.
    """

    text: str
    instructions: str
    origin: NotRequired[str]
    note: NotRequired[str]
    theirs: NotRequired[bool]


class ComposeState(TypedDict, total=False):
    """One turn's state. Only `memory` outlives the turn."""

    memory: dict[str, Any]
    heard: list[Heard]
    request: Request
    plan: dict[str, Any]
    elsewhere: dict[str, Any]
    replies: Annotated[list[dict[str, Any]], operator.add]
    effects: Annotated[list[Effect], operator.add]


ComposeUpdate = ComposeState


def recall(state: ComposeState) -> ComposeMemory:
    """The memory as a value."""
    return ComposeMemory.model_validate(state["memory"])


def kept(memory: ComposeMemory, **fields: Any) -> dict[str, Any]:
    """The memory as it is stored, with these fields changed."""
    return memory.model_copy(update=fields).model_dump(mode="json")


def planned(state: ComposeState) -> Plan:
    """What the message asks for."""
    return Plan.model_validate(state["plan"])


def spoken(state: ComposeState) -> list[Heard]:
    """What members said or pressed in this turn."""
    return [item for item in state["heard"] if item["kind"] != "event"]


def events(state: ComposeState) -> list[Heard]:
    """What happened in this turn."""
    return [item for item in state["heard"] if item["kind"] == "event"]


def reply(text: str, *buttons: tuple[str, str], card: Card | None = None) -> dict[str, Any]:
    """A message as stored JSON; `buttons` are (label, value)."""
    return outbound_to_json(OutboundMessage(text, tuple(QuickReply(*button) for button in buttons), card))


def said(text: str, *buttons: tuple[str, str], card: Card | None = None) -> ComposeUpdate:
    """An update that only says something."""
    return {"replies": [reply(text, *buttons, card=card)]}


def with_full_link(text: str, context: ComposeContext) -> str:
    """An engine knows a link only as `/i/<slug>`; people need the whole of it."""
    if context.draft is None:
        return text
    path = re.escape(f"/i/{context.draft.slug}")
    return re.sub(rf"(?<![\w/]){path}(?![\w-])", f"{context.base_url}/i/{context.draft.slug}", text)


def free_slug(slug: str, taken: frozenset[str]) -> str:
    """The link name, or the first of `-2`, `-3`... that is free, within its length."""
    number, candidate = 2, slug
    while candidate in taken:
        candidate = f"{slug[:90].rstrip('-')}-{number}"
        number += 1
    return candidate


def stored(draft: Interviewer) -> dict[str, Any]:
    """The draft as JSON types."""
    return draft.model_dump(mode="json")
