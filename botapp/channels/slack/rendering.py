"""Our message as Slack shows it: a line for notifications, and blocks that obey every limit.

Guarantees: pure. What is posted where others read along holds nothing of a person unless the card says it may. What
does not fit in one message becomes several, in order, with nothing lost; the card and the buttons stand on the last.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from botapp.channels.slack.actions import REPLY, Action
from botapp.channels.slack.blocks import Part, button, live, rich, row_of, text
from botapp.channels.slack.cards import card_blocks
from botapp.channels.slack.cards.scorecard import is_private, role_sentence
from botapp.channels.slack.escaping import as_markup
from botapp.channels.slack.fitting import (
    ACTIONS_IN_BLOCK,
    BUTTON_VALUE,
    MESSAGE_BUDGET,
    SECTION,
    URL,
    Block,
    clipped,
    pieces,
    shown,
    size,
    units,
)
from botapp.messages import Card, CardKind, OutboundMessage, QuickReply

_TEXT_UNITS, _TEXT_COST = 6_000, 9_000  # of one message without a card
_BESIDE_UNITS, _BESIDE_COST = 1_500, 2_500  # of one with a card
_LINE = 3_000  # of the notification line
_URL = re.compile(r"https?://[^\s<>|\"“”]+[^\s<>|\"“”.,;:!?)]")


def split(message: OutboundMessage) -> list[OutboundMessage]:
    """The messages that say it, at least one."""
    if _is_kept_back(message):
        return [message]
    most, cost = _room(message)
    if units(message.text) <= most and size(message.text) <= cost:
        return [message]
    texts = list(pieces(message.text, _TEXT_UNITS, _TEXT_COST))
    if message.card:
        return [*map(OutboundMessage, texts), OutboundMessage("", message.quick_replies, message.card)]
    return [*map(OutboundMessage, texts[:-1]), OutboundMessage(texts[-1], message.quick_replies)]


def rendered(message: OutboundMessage, public_url: str = "") -> dict[str, Any]:
    """`text` and `blocks` of one message."""
    if _is_kept_back(message):
        assert message.card is not None
        return {"text": as_markup(role_sentence(message.card.data)), "blocks": card_blocks(message.card)}
    card = _drawn(message.card) if message.card else []
    said = next(pieces(message.text.strip(), *_room(message)), "")  # all of it, in what `split` made
    blocks = [*_paragraphs(said, public_url), *card, *_replies(message, card)]
    return {"text": notification(message), "blocks": blocks or [rich(text(shown("")))]}


def _drawn(card: Card) -> list[Block]:
    """The card; its plain form when its data is not of a shape we know (kept by a release before or after this one)."""
    try:
        return card_blocks(card)
    except (AttributeError, LookupError, TypeError, ValueError):
        return [rich(text(clipped(card.plain, SECTION)))]


def _room(message: OutboundMessage) -> tuple[int, int]:
    """How long the words of a message may be, and what they may cost as JSON."""
    return (_BESIDE_UNITS, _BESIDE_COST) if message.card else (_TEXT_UNITS, _TEXT_COST)


def _is_kept_back(message: OutboundMessage) -> bool:
    """A scorecard in a shared channel: the words beside it name the person, so they stay out too."""
    return message.card is not None and message.card.kind is CardKind.SCORECARD and not is_private(message.card.data)


def notification(message: OutboundMessage) -> str:
    """The whole message as one text, for notifications and screen readers."""
    plain = message.card.plain if message.card else ""
    return as_markup(clipped("\n".join(part for part in (message.text, plain) if part), _LINE))


def _paragraphs(said: str, public_url: str) -> Iterator[Block]:
    for piece in pieces(said, SECTION, MESSAGE_BUDGET):
        yield rich(*_linked(shown(piece), public_url))


def _linked(said: str, public_url: str) -> Iterator[Part]:
    """Words, with links to our own pages live and all others as words."""
    at = 0
    for found in _URL.finditer(said):
        if is_ours(found[0], public_url) and units(found[0]) <= URL:
            if found.start() > at:
                yield text(said[at : found.start()])
            yield live(found[0])
            at = found.end()
    if at < len(said):
        yield text(said[at:])


def is_ours(url: str, public_url: str) -> bool:
    base = public_url.rstrip("/")
    return bool(base) and (url == base or url.startswith((f"{base}/", f"{base}?")))


def _replies(message: OutboundMessage, card: list[Block]) -> Iterator[Block]:
    """The quick replies; those the card has as buttons of its own stay out."""
    there = {element.get("action_id") for block in card for element in block.get("elements", ()) if block}
    own = {"undo": Action.UNDO, "publish": Action.PUBLISH, "rehearse": Action.REHEARSE}
    wanted = [reply for reply in message.quick_replies if own.get(reply.value) not in there]
    buttons = [_reply(index, reply) for index, reply in enumerate(wanted) if units(reply.value) <= BUTTON_VALUE]
    for start in range(0, len(buttons), ACTIONS_IN_BLOCK):
        yield row_of(*buttons[start : start + ACTIONS_IN_BLOCK])


def _reply(index: int, reply: QuickReply) -> Any:
    return button(reply.label, f"{REPLY}{index}", reply.value)


def replaces(message: OutboundMessage) -> str:
    """The moment-id of the message of ours that this one is to replace; "" for a new one.

    `update_ts` in the card's data is that id, or what `Sent` gave: "C1/1712345678.000100".
    """
    data: Mapping[str, Any] = message.card.data if message.card else {}
    wanted = data.get("update_ts", "")
    ts = wanted.rpartition("/")[2] if isinstance(wanted, str) else ""
    return ts if re.fullmatch(r"\d{1,16}\.\d{1,9}", ts) else ""
