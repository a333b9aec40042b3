"""What our cards and views look like in Slack, from this workspace's own data: for the page that draws them.

Guarantees: reads only, with the asker's role; the same renderers as for Slack, so a picture of it is a picture of ours.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botapp.channels.slack.actions import About
from botapp.compose.diff import diff_card, diff_drafts
from botapp.compose.wording import draft_card
from botapp.messages import Card, OutboundMessage, outbound_from_json
from botapp.pipeline import members
from botapp.pipeline.alerts import shared_message
from botapp.pipeline.controls import controls_of, named
from botapp.pipeline.running import draft_of
from botapp.pipeline.services import Services
from botapp.pipeline.slack_decisions import details_data, report_data
from botapp.pipeline.slack_home import home_data
from botapp.screening.interviewer import Interviewer
from botapp.state import interviewers
from botapp.state.interviewers import StoredInterviewer
from botapp.state.read_models import InterviewPage, MemberRow

LOOKED_AT = 20  # interviewers in which a finished interview is looked for


@dataclass(frozen=True, slots=True)
class Preview:
    """One thing as Slack would draw it. `view` is {} for a message, which has only blocks."""

    id: str
    title: str
    blocks: tuple[Mapping[str, Any], ...]
    view: Mapping[str, Any]


def previews(services: Services, member: MemberRow) -> list[Preview]:
    """The draft, its last change, an alert, the report behind it, and Home; without what does not exist yet."""
    from botapp.channels.slack.home import home_view

    rows = members.list_interviewers(services, member, False, "")[:LOOKED_AT]
    stored = [found for row in rows if (found := _stored(services, row.id))]
    page = _finished(services, member, stored)
    shown = next((one for one in stored if page is None or one.id == page.interviewer_id), None)
    return [
        *(_of_draft(services, shown) if shown else ()),
        *_last_change(services, stored),
        *(_of_interview(services, member, page) if page else ()),
        _view("home", "Home", home_view(home_data(services, member))),
    ]


def _stored(services: Services, interviewer_id: str) -> StoredInterviewer | None:
    with services.database.reading() as uow:
        return interviewers.get(uow, interviewer_id)


def _finished(services: Services, member: MemberRow, stored: Sequence[StoredInterviewer]) -> InterviewPage | None:
    """An interview with a score to show."""
    for one in stored:
        scored = next((c for c in members.list_candidates(services, member, one.id) if c.score is not None), None)
        if scored is not None:
            return members.interview_page(services, member, scored.interview_id)
    return None


def _of_draft(services: Services, stored: StoredInterviewer) -> Iterator[Preview]:
    if draft := draft_of(stored):
        yield _card(services, "draft", "A draft", "", draft_card(draft), controls_of(stored, services.base_url))


def _last_change(services: Services, stored: Sequence[StoredInterviewer]) -> Iterator[Preview]:
    for one in stored:
        with services.database.reading() as uow:
            line = interviewers.revision_list(uow, one.id, limit=20)
        before, draft = next((r.draft for r in line if r.number < one.revision and r.draft), None), draft_of(one)
        if before is not None and draft is not None:
            lines = diff_drafts(Interviewer.model_validate(before), draft)
            yield _card(services, "diff", "What changed", "Done.", diff_card(lines), named(one))
            return


def _of_interview(services: Services, member: MemberRow, page: InterviewPage) -> Iterator[Preview]:
    from botapp.channels.slack.details import details_view
    from botapp.channels.slack.modals import report_view

    told = shared_message(services.base_url, "completed", page.title, page.interview_id)
    yield _message(services, "alert", "An alert in a shared channel", outbound_from_json(told))
    about = About(interview=page.interview_id)
    yield _view("details", "What opens behind it", details_view(details_data(services, member, page), about))
    if (data := report_data(services, page)) is not None:
        yield _view("report", "The full report", report_view(data, about))


def _card(services: Services, id: str, title: str, text: str, card: Card, more: Mapping[str, Any]) -> Preview:
    drawn = Card(card.kind, {**card.data, **more}, card.plain)
    return _message(services, id, title, OutboundMessage(text, card=drawn))


def _message(services: Services, id: str, title: str, message: OutboundMessage) -> Preview:
    from botapp.channels.slack.rendering import rendered

    return Preview(id, title, tuple(rendered(message, services.base_url)["blocks"]), {})


def _view(id: str, title: str, view: Mapping[str, Any]) -> Preview:
    return Preview(id, title, tuple(view["blocks"]), view)
