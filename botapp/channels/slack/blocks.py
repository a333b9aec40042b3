"""The pieces every card and view is made of: Block Kit that obeys Slack's limits by construction.

Guarantees: pure. Words of people stand in plain text or rich text objects only, which Slack shows literally: no
escaping, nothing becomes live, copying gives what was written. Built with the vendor's classes, which check again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextListElement,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
)

from botapp.channels.slack.actions import fits_option
from botapp.channels.slack.fitting import (
    ACTIONS_IN_BLOCK,
    ASIDES_IN_BLOCK,
    BUTTON_VALUE,
    CONFIRM_LABEL,
    CONFIRM_TEXT,
    CONFIRM_TITLE,
    HEADER,
    LABEL,
    OPTIONS_IN_MENU,
    SECTION,
    URL,
    Block,
    clipped,
    shown,
    units,
)

Part = RichTextElementParts.Text | RichTextElementParts.Link


def plain(text: str, limit: int) -> PlainTextObject:
    """Words as they are; no signs are turned into emoji."""
    return PlainTextObject(text=clipped(text, limit), emoji=False)


def header(text: str) -> Block:
    return _dict(HeaderBlock(text=plain(text, HEADER)))


def divider() -> Block:
    return _dict(DividerBlock())


def words(text: str, *, beside: ButtonElement | OverflowMenuElement | None = None, limit: int = SECTION) -> Block:
    """A paragraph, with a control beside it."""
    return _dict(SectionBlock(text=plain(text, limit), accessory=beside))


def aside(*texts: str, limit: int = SECTION) -> Block:
    """Small and grey: what stands behind the words above it."""
    return _dict(ContextBlock(elements=[plain(text, limit) for text in texts[:ASIDES_IN_BLOCK]]))


def row_of(*elements: ButtonElement) -> Block:
    return _dict(ActionsBlock(elements=list(elements[:ACTIONS_IN_BLOCK])))


def button(
    label: str, action: str, value: str, *, style: str | None = None, confirm: ConfirmObject | None = None
) -> ButtonElement:
    assert units(value) <= BUTTON_VALUE, "a button's value is made by us and short"
    return ButtonElement(text=plain(label, LABEL), action_id=action, value=value or None, style=style, confirm=confirm)


def link(label: str, action: str, url: str) -> ButtonElement:
    """A button that opens a page of ours."""
    return ButtonElement(text=plain(label, LABEL), action_id=action, url=url)


def is_link(url: Any) -> bool:
    """Whether a link button can carry it."""
    return isinstance(url, str) and url.startswith(("https://", "http://")) and units(url) <= URL and shown(url) == url


def menu(action: str, options: Sequence[tuple[str, str]]) -> OverflowMenuElement | None:
    """An overflow menu of (label, value); None when nothing fits in it."""
    fitting = [Option(text=plain(label, LABEL), value=value) for label, value in options if fits_option(value)]
    return OverflowMenuElement(action_id=action, options=fitting[:OPTIONS_IN_MENU]) if fitting else None


def sure(title: str, text: str, confirm: str, deny: str = "Not yet") -> ConfirmObject:
    return ConfirmObject(
        title=plain(title, CONFIRM_TITLE),
        text=plain(text, CONFIRM_TEXT),
        confirm=plain(confirm, CONFIRM_LABEL),
        deny=plain(deny, CONFIRM_LABEL),
    )


# ---- rich text: literal words with a look ------------------------------------------------------------------


def text(said: str, *, bold: bool = False, strike: bool = False, italic: bool = False) -> Part:
    style = {name: True for name, on in (("bold", bold), ("strike", strike), ("italic", italic)) if on}
    return RichTextElementParts.Text(text=said, style=style or None)


def live(url: str) -> Part:
    """A link that may be pressed: only ever to a page of ours."""
    return RichTextElementParts.Link(url=url)


def rich(*parts: Part) -> Block:
    return _dict(RichTextBlock(elements=[RichTextSectionElement(elements=list(parts))]))


def quote(said: str, limit: int) -> Block:
    element = RichTextQuoteElement(elements=[text(clipped(said, limit))])
    return _dict(RichTextBlock(elements=[element]))


def bullets(lines: Sequence[Sequence[Part]], heading: str = "") -> Block:
    """A list, under a line in bold when there is one."""
    head = [RichTextSectionElement(elements=[text(heading, bold=True)])] if heading else []
    entries = [RichTextSectionElement(elements=list(line)) for line in lines]
    listed = RichTextListElement(elements=entries, style="bullet")
    return _dict(RichTextBlock(elements=[*head, listed]))


def _dict(block: Any) -> Block:
    made: Mapping[str, Any] = block.to_dict()
    return dict(made)
