"""The draft as a card: stages in order, a question a row with its menu, what is missing, and what can be done.

Guarantees: a draft of any length fits, on pages. Every control names the interviewer and the revision it was drawn
from. Without `interviewer_id` in the data there are no controls: the card is then only read.

Data: what `compose.wording.draft_data` makes, with, for controls, `interviewer_id`, `revision`, an `id` in each
question row; and if known `version` (the number publishing would give), `preview_url`, `can_undo`, `blockers`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import ConfirmObject, OverflowMenuElement

from botapp.channels.slack.actions import About, Action, Do, packed
from botapp.channels.slack.blocks import (
    aside,
    bullets,
    button,
    header,
    is_link,
    link,
    menu,
    rich,
    row_of,
    sure,
    text,
    words,
)
from botapp.channels.slack.cards.paging import ROWS_BLOCKS, ROWS_BUDGET, flat, place, turners
from botapp.channels.slack.fitting import Block, Row, clipped, page_within, paged, shown

Data = Mapping[str, Any]
_ORIGIN = {"instructions": "You asked for it", "template": "Usual for this role", "member": "Added by hand"}


def draft_blocks(data: Data, page: int = 0) -> list[Block]:
    """One page of the draft."""
    about = _about(data)
    rows = [*_stage_rows(data, about), *_end_rows(data)]
    pages = paged(rows, blocks=ROWS_BLOCKS, budget=ROWS_BUDGET)
    page = page_within(page, len(pages))
    standing = flat([rows[index] for index in pages[page]])
    return [*_head(data), *standing, *place(page, len(pages)), *_controls(data, about, page, len(pages))]


def _about(data: Data) -> About | None:
    if not data.get("interviewer_id"):
        return None
    return About(interviewer=str(data["interviewer_id"]), revision=int(data.get("revision", 0)))


def _head(data: Data) -> list[Block]:
    """The title. A page after the first has it too: a message is read alone."""
    under = " · ".join(filter(None, (data.get("company", ""), _counted(data))))
    return [header(data.get("title") or "Draft"), aside(clipped(under, 300))]


def question_count(data: Data) -> int:
    return sum(len(stage["questions"]) for stage in data.get("stages", ()))


def _counted(data: Data) -> str:
    questions, stages = question_count(data), len(data.get("stages", ()))
    return f"{_many(questions, 'question')} in {_many(stages, 'stage')}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


# ---- stages and questions ----------------------------------------------------------------------------------


def _stage_rows(data: Data, about: About | None) -> Iterator[Row]:
    last = question_count(data)
    for position, stage in enumerate(data.get("stages", ()), 1):
        start = _stage_head(position, stage)
        if len(start) > 1:  # a head with criteria is long enough to be a row of its own
            yield start
            start = []
        for question in stage["questions"]:
            yield [*start, *_question(question, about, last)]
            start = []
        if start:
            yield start


def _stage_head(position: int, stage: Data) -> Row:
    off = ["switched off"] if not stage.get("enabled", True) else []
    weight = stage.get("weight", "normal")
    said = [*off, *([f"weight {weight}"] if weight != "normal" else [])]
    name = text(f"Stage {position}: {clipped(stage.get('name', ''), 120)}", bold=True)
    blocks = [rich(name, *([text(f"  ({', '.join(said)})")] if said else []))]
    if criteria := stage.get("criteria"):
        more = [f"and {len(criteria) - 10} more"] if len(criteria) > 10 else []
        blocks.append(bullets([[text(clipped(c, 150))] for c in [*criteria[:10], *more]]))
    if task := stage.get("task"):
        blocks.append(bullets([[text(clipped(line, 300))] for line in task]))
    return blocks


def _question(question: Data, about: About | None, last: int) -> Row:
    says = clipped(f"{question['number']}. {shown(question['text'])}", 1200)
    beside = _menu(question, replace(about, question=str(question["id"])), last) if about and "id" in question else None
    return [words(says, beside=beside), aside("\n".join(_behind(question)))]


def _behind(question: Data) -> Iterator[str]:
    """The kind, the rule and the weight in words; the options; where it came from."""
    must = f"must have: {clipped(question['knockout'], 150)}" if question.get("knockout") else ""
    weight = question.get("weight", "normal")
    scored = "" if must else weight if weight == "not scored" else f"weight {weight}"
    follow = question.get("follow_ups", "")
    yield " · ".join(
        filter(None, (question["kind"], must, scored, f"follow-ups {follow}" if follow not in ("", "none") else ""))
    )
    if question.get("options"):
        yield clipped("Options: " + ", ".join(question["options"]), 300)
    if question.get("quote"):
        yield f"From the text: “{clipped(question['quote'], 300)}”"
    elif question.get("origin") in _ORIGIN:
        yield _ORIGIN[question["origin"]]


def _menu(question: Data, about: About, last: int) -> OverflowMenuElement | None:
    """At most five things: an open question can't be a must-have, and only an open one has a weight."""
    number = int(question["number"])
    wanted = [("Edit", Do.EDIT), *_special(question)]
    wanted += [("Move up", Do.UP)] if number > 1 else []
    wanted += [("Move down", Do.DOWN)] if number < last else []
    wanted.append(("Remove", Do.REMOVE))
    return menu(Action.QUESTION, [(label, packed(replace(about, do=do))) for label, do in wanted])


def _special(question: Data) -> list[tuple[str, Do]]:
    if question["kind"] == "open":
        double = question.get("weight") == "double"
        return [("Weight: normal", Do.NORMAL) if double else ("Weight: double", Do.DOUBLE)]
    return [("No longer a must-have", Do.NOT_MUST) if question.get("knockout") else ("Make it a must-have", Do.MUST)]


# ---- the end -----------------------------------------------------------------------------------------------


def _end_rows(data: Data) -> Iterator[Row]:
    facts = [f"{clipped(fact['topic'], 60)}: {clipped(fact['answer'], 200)}" for fact in data.get("facts", ())]
    for start in range(0, len(facts), 6):
        heading = "Candidates can ask about" if start == 0 else ""
        yield [bullets([[text(fact)] for fact in facts[start : start + 6]], heading)]
    missing = [clipped(line, 150) for line in data.get("missing", ())]
    if missing:
        more = [f"and {len(missing) - 10} more"] if len(missing) > 10 else []
        yield [bullets([[text(line)] for line in [*missing[:10], *more]], "Still open")]
    if settings := data.get("settings"):
        yield [aside("\n".join(clipped(line, 200) for line in settings[:12]))]


def _controls(data: Data, about: About | None, page: int, pages: int) -> list[Block]:
    if about is None:
        return []
    blockers = [clipped(line, 200) for line in data.get("blockers", ())][:5]
    turning = turners(about, page, pages, Action.DRAFT_PREVIOUS, Action.DRAFT_NEXT)
    value = packed(about)
    doing = [button("Undo", Action.UNDO, value)] if data.get("can_undo", True) else []
    doing.append(button("Rehearse", Action.REHEARSE, value))
    if is_link(data.get("preview_url")):
        doing.append(link("Preview", Action.PREVIEW, data["preview_url"]))
    if not blockers:
        doing.append(button("Publish", Action.PUBLISH, value, style="primary", confirm=_confirm(data)))
    first = [aside("Before you can publish: " + " ".join(blockers))] if blockers else []
    return [*([row_of(*turning)] if turning else []), *first, row_of(*doing)]


def _confirm(data: Data) -> ConfirmObject:
    return sure(publish_title(data), publish_words(data), "Publish")


def publish_title(data: Data) -> str:
    return f"Publish version {data['version']}?" if data.get("version") else "Publish?"


def publish_words(data: Data) -> str:
    """What goes live, from the draft as it is."""
    musts = sum(bool(q.get("knockout")) for stage in data.get("stages", ()) for q in stage["questions"])
    gates = f", {_many(musts, 'must-have')}" if musts else ""
    return (
        f"“{clipped(data.get('title', ''), 100)}”: {_counted(data)}{gates}. "
        "People who start from now on get it. Whoever has started keeps the version they have."
    )
