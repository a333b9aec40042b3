"""Rows on pages: what is too long for one message gets "Previous" and "Next", and says which page it is."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import ButtonElement

from botapp.channels.slack.actions import About, Action, packed
from botapp.channels.slack.blocks import aside, button
from botapp.channels.slack.fitting import Block, Row

ROWS_BUDGET = 6_000  # of the message's budget: the rest is for the head, the buttons and the words above the card
ROWS_BLOCKS = 40


def turners(about: About, page: int, pages: int, back: Action, on: Action) -> list[ButtonElement]:
    """The buttons that turn the page."""
    found = []
    if page > 0:
        found.append(button("Previous", back, packed(replace(about, page=page - 1))))
    if page + 1 < pages:
        found.append(button("Next", on, packed(replace(about, page=page + 1))))
    return found


def place(page: int, pages: int) -> list[Block]:
    return [aside(f"Page {page + 1} of {pages}")] if pages > 1 else []


def flat(rows: Sequence[Row]) -> list[Block]:
    return [block for row in rows for block in row]
