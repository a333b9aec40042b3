"""A list of things (interviewers, candidates, what needs somebody): a line each, with what can be done beside it.

Data: `title`; `rows` of {`title`, `detail`, `url` or `action` {`label`, `value`}}, or of words; `empty`, what stands
when there are none; `about`, a value for the page buttons; `whole` where rows are people's words, which are not cut;
`buttons` of {`label`, `action`, `value`}, below all rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from botapp.channels.slack.actions import LIST_ITEM, Action, unpacked
from botapp.channels.slack.blocks import aside, button, header, is_link, link, row_of, words
from botapp.channels.slack.cards.paging import ROWS_BLOCKS, ROWS_BUDGET, flat, place, turners
from botapp.channels.slack.fitting import BUTTON_VALUE, SECTION, Block, Row, clipped, page_within, paged, units

Data = Mapping[str, Any]


def list_blocks(data: Data, page: int = 0, *, blocks: int = ROWS_BLOCKS, budget: int = ROWS_BUDGET) -> list[Block]:
    """One page of the list."""
    longest = SECTION if data.get("whole") else 300
    rows = [_row(index, row, longest) for index, row in enumerate(data.get("rows", ()))]
    pages = paged(rows, blocks=blocks, budget=budget)
    page = page_within(page, len(pages))
    standing = flat([rows[index] for index in pages[page]]) or [
        words(data.get("empty") or "There is nothing here yet.")
    ]
    return [*_head(data), *standing, *place(page, len(pages)), *_turning(data, page, len(pages)), *_buttons(data)]


def _buttons(data: Data) -> Iterator[Block]:
    """What can be done about the list as a whole."""
    fitting = [b for b in data.get("buttons", ()) if units(str(b["value"])) <= BUTTON_VALUE]
    if fitting:
        yield row_of(*(button(b["label"], b["action"], str(b["value"]), style=b.get("style")) for b in fitting[:5]))


def _head(data: Data) -> Iterator[Block]:
    if data.get("title"):
        yield header(data["title"])


def _row(index: int, row: Data | str, longest: int) -> Row:
    if isinstance(row, str):
        return [words(clipped(row, longest))]
    says = words(clipped(row.get("title", ""), longest), beside=_control(index, row))
    return [says, aside(clipped(row["detail"], 600))] if row.get("detail") else [says]


def _control(index: int, row: Data) -> ButtonElement | None:
    if action := row.get("action"):
        value = str(action["value"])
        return button(action["label"], f"{LIST_ITEM}{index}", value) if units(value) <= BUTTON_VALUE else None
    return link("Open", Action.LIST_LINK, row["url"]) if is_link(row.get("url")) else None


def _turning(data: Data, page: int, pages: int) -> list[Block]:
    if pages == 1 or not data.get("about"):
        return []
    about = replace(unpacked(data["about"]), page=0)
    return [row_of(*turners(about, page, pages, Action.LIST_PREVIOUS, Action.LIST_NEXT))]
