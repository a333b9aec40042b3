"""Our cards in Block Kit, one module for each kind. Pure; the same data gives the same blocks."""

from botapp.channels.slack.cards.diff import diff_blocks
from botapp.channels.slack.cards.draft import draft_blocks
from botapp.channels.slack.cards.listing import list_blocks
from botapp.channels.slack.cards.scorecard import scorecard_blocks
from botapp.channels.slack.fitting import Block
from botapp.messages import Card, CardKind

__all__ = ["card_blocks", "diff_blocks", "draft_blocks", "list_blocks", "scorecard_blocks"]


def card_blocks(card: Card) -> list[Block]:
    """Any card, on the page that its data names."""
    match card.kind:
        case CardKind.DRAFT:
            return draft_blocks(card.data, card.data.get("page", 0))
        case CardKind.DIFF:
            return diff_blocks(card.data)
        case CardKind.SCORECARD:
            return scorecard_blocks(card.data)
        case CardKind.LIST:
            return list_blocks(card.data, card.data.get("page", 0))
