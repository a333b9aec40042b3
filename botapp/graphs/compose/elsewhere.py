"""Whether a recruiter gave us a page or a file to read, and what for. By rule: no engine is asked what to open."""

import re

from botapp.compose.links import Use, asked_pages, use_of
from botapp.graphs.compose.state import ComposeMemory, Elsewhere, GivenFile
from botapp.graphs.context import ComposeContext, Heard

NEW_DRAFT, ONLY_FACTS = "elsewhere:draft", "elsewhere:facts"
_MOST_TYPED = 4000
_CHOSEN: dict[str, Use] = {NEW_DRAFT: "draft", ONLY_FACTS: "facts"}
_NEW_ONE = re.compile(
    r"^\W*(?:(?:yes|ok|please)[\s,]+)*(?:(?:a |the )?(?:new|fresh|another)\b.{0,30}|start (?:over|again|fresh|a"
    r" new).{0,20}"
    r"|re-?draft.{0,20}|draft (?:it|from).{0,20}|replace.{0,20}|the first(?: one)?)\W*$",
    re.I,
)
_FACTS = re.compile(r"^.{0,40}\b(?:facts?|details)\b.{0,30}$|^\W*the second(?: one)?\W*$", re.I)


def given_elsewhere(heard: list[Heard], memory: ComposeMemory, context: ComposeContext) -> Elsewhere | None:
    """What is to be read before anything else can be said; None when all that is needed is in the messages."""
    files = tuple(GivenFile.model_validate(item["payload"]["attachment"]) for item in heard if _has_file(item))
    typed = "\n".join(item["text"] for item in heard if not _has_file(item)).strip()
    beside = "\n".join(
        dict.fromkeys(filter(None, (typed, *(str(item["payload"].get("beside", "")) for item in heard))))
    )
    if files:
        use = use_of(beside) if context.draft else "draft"
        return Elsewhere(files=files, instructions=beside[:_MOST_TYPED], use=use)
    if chosen := _chosen(heard, memory):
        return chosen
    pages = asked_pages(typed, has_draft=context.draft is not None)
    return Elsewhere(urls=pages.urls, instructions=pages.beside, use=pages.use) if pages else None


def _has_file(item: Heard) -> bool:
    return bool(item["payload"].get("attachment"))


def _chosen(heard: list[Heard], memory: ComposeMemory) -> Elsewhere | None:
    """The answer to the question what it is for."""
    pending = memory.pending
    if pending is None or pending.elsewhere is None:
        return None
    said = heard[-1]
    use = _CHOSEN.get(str(said["payload"].get("value", "")), "")
    if said["kind"] == "text" and len(heard) == 1:
        use = "draft" if _NEW_ONE.match(said["text"]) else "facts" if _FACTS.match(said["text"]) else ""
    return pending.elsewhere.model_copy(update={"use": use}) if use else None
