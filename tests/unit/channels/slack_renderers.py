"""Everything that botapp draws for Slack, with one text of a candidate's everywhere a text of theirs can stand."""

from collections.abc import Iterator, Mapping
from typing import Any

from botapp.channels.slack.actions import About
from botapp.channels.slack.details import details_view
from botapp.channels.slack.home import home_view, stranger_view
from botapp.channels.slack.modals import diff_view, dismiss_view, message_view, publish_view, report_view, told_view
from botapp.channels.slack.rendering import rendered
from botapp.messages import Card, CardKind, OutboundMessage, QuickReply
from botapp.pipeline.alerts import shared_message
from botapp.pipeline.mirroring import rows_of
from tests.unit.channels.slack_cases import INTERVIEWER_ID, draft_of, scorecard_of

OURS = "https://interviews.example.com"
MESSAGE, MODAL, HOME = "Message", "ModalView", "HomeView"
Drawn = tuple[str, str, Mapping[str, Any]]  # what, of which kind, as Slack gets it


def drawn(said: str) -> Iterator[Drawn]:
    """Messages, then modals, then Home."""
    about = About(interview=INTERVIEWER_ID)
    for name, message in _messages(said):
        yield name, MESSAGE, rendered(message, OURS)
    data = scorecard_of([said] * 3)
    lines = [{"where": said, "old": said, "new": said}]
    yield "details", MODAL, details_view({**data, "scored": True, "standing": said, "may_decide": True}, about)
    yield "report", MODAL, report_view(data, about)
    yield "dismiss", MODAL, dismiss_view(said, about)
    yield "message", MODAL, message_view(said, about, said)
    yield "changes", MODAL, diff_view(lines, about)
    yield "publish", MODAL, publish_view(draft_of([said]), about)
    yield "told", MODAL, told_view("Message", said)
    row = {"title": said, "detail": said, "warning": said, "url": f"{OURS}/x"}
    home = {"rows": [row], "needs": [{"title": said, "interview": INTERVIEWER_ID}], "search": said, "may_compose": True}
    yield "home", HOME, home_view(home)
    yield "home of a stranger", HOME, stranger_view(said)


def _messages(said: str) -> Iterator[tuple[str, OutboundMessage]]:
    yield "words", OutboundMessage(said, (QuickReply(said, "yes"),))
    cards = {
        "draft": (CardKind.DRAFT, draft_of([said] * 3)),
        "diff": (CardKind.DIFF, {"lines": [{"where": said, "old": said, "new": said}], "more": 0}),
        "scorecard": (CardKind.SCORECARD, scorecard_of([said])),
        "list": (CardKind.LIST, {"title": said, "rows": [said, {"title": said, "detail": said}], "empty": said}),
        "mirrored thread": (CardKind.LIST, {"rows": rows_of(said, said), "whole": True}),
    }
    for name, (kind, data) in cards.items():
        yield name, OutboundMessage(said, card=Card(kind, data, said))
    told = shared_message(OURS, "completed", said, INTERVIEWER_ID, f"Decided by {said}.")
    card = told["card"]
    yield "alert", OutboundMessage("", card=Card(CardKind(card["kind"]), card["data"], card["plain"]))
