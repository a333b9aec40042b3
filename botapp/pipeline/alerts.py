"""Alerts: where each goes, and what it may say where many read along.

Guarantees: every alert stands in the console's feed, whole, in the transaction that raised it, so none is lost
whatever becomes of a channel. In a shared channel it names the role only, never a person, a score or their words: what
is written for there is made from the kind of alert, not from its text. Only channels of the workspace's own Slack are
written to. A channel that is dead is told of once, to who installed the app and in the feed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from botapp.channels.slack.actions import About, packed
from botapp.messages import (
    Card,
    CardKind,
    DeliveryStatus,
    Failure,
    JsonObject,
    OutboundMessage,
    channel_of,
    outbound_to_json,
)
from botapp.pipeline.outgoing import outgoing_row
from botapp.pipeline.services import Services, derived_id
from botapp.screening.interviewer import AlertKind, Interviewer, Settings
from botapp.state import alerts, interviewers, interviews, outbox, reaching, slack
from botapp.state.interviewers import StoredInterviewer
from botapp.state.interviews import StoredInterview
from botapp.state.outbox import OutboxEntry
from botapp.state.unit_of_work import UnitOfWork

FEED = "webchat:feed"  # the console's list of alerts
DIGEST = "digest"
GATHER = timedelta(seconds=3)  # how long an alert waits for others to be told together with
_SHARED = re.compile(r"slack:([TE][A-Z0-9]+)/([CGD][A-Z0-9]+)(?:/\d{1,16}\.\d{1,9})?")
_NAMED = re.compile(r"slack:#?([\w-]+)")
_HERE = ("slack:here", "slack:#here")
_GONE = ("message_not_found", "cant_update_message", "edit_window_closed")  # the message that was to be changed
_SENTENCES = {
    "completed": "A candidate finished the interview for {title}.",
    "person_requested": "A candidate for {title} needs a person. The interview waits for you.",
    "scoring_objected": "A candidate for {title} does not want to be scored by a machine.",
    "question": "A candidate for {title} asked something the facts don't answer.",
    "undeliverable": "A candidate for {title} did not get our text.",
    "knocked_out": "A candidate for {title} does not meet a must-have.",
    "opted_out": "A candidate for {title} asked for no more messages.",
    "stalled": "A candidate for {title} has stopped answering.",
    "awaited": "People who finished the interview for {title} wait for your answer.",
    "promise_passed": "A candidate for {title} was promised an answer and has none yet.",
    "wrote_to_person": "A candidate for {title} wrote to the person who took over.",
    "not_passed_on": "A message to a candidate for {title} was not sent.",
}
_CHOSEN = {
    "completed": AlertKind.COMPLETED,
    "knocked_out": AlertKind.KNOCKED_OUT,
    "person_requested": AlertKind.ASKED_PERSON,
    "scoring_objected": AlertKind.ASKED_PERSON,
    "question": AlertKind.QUESTION,
    "stalled": AlertKind.STALLED,
    "opted_out": AlertKind.OPTED_OUT,
}
_NAMED_MOST = 5  # people a reminder names; more are counted
_OTHER = "There is news about a candidate for {title}."


def is_wanted(about: str, settings: Settings) -> bool:
    """Whether the team asked to be told of this kind; what they can't choose is always told."""
    kind = _CHOSEN.get(about)
    return kind is None or kind in settings.alerts


def remind_of_waiting(
    services: Services,
    uow: UnitOfWork,
    interviewer: StoredInterviewer,
    draft: Interviewer | None,
    turn_id: str | None = None,
) -> None:
    """Everybody who finished and has neither a decision nor a word from a person; once a day for an interviewer."""
    waiting = reaching.waiting_for_answer(uow, interviewer.workspace_id, interviewer.id)
    if not waiting:
        return
    days = draft.settings.answer_within_days if draft else 0
    link = f"{services.base_url}/console/interviewers/{interviewer.id}/candidates"
    message = OutboundMessage(f"{waiting_words(waiting, interviewer.title, days)}\n{link}")
    raise_alert(
        services,
        uow,
        id=derived_id(interviewer.id, "awaited", services.now().date()),
        workspace_id=interviewer.workspace_id,
        about="awaited",
        message=outbound_to_json(message),
        subject={"interviewer_id": interviewer.id},
        wanted=draft.settings.alert_address if draft else FEED,
        turn_id=turn_id,
    )


def tell_of_unsent(services: Services, uow: UnitOfWork, workspace_id: str, address: str) -> None:
    """Before an opt-out takes back what waits: whoever wrote something that can't leave any more hears of it."""
    for row_id, interview_id, by in reaching.unsent(uow, workspace_id, address):
        interview = interviews.get(uow, interview_id)
        stored = interviewers.get(uow, interview.interviewer_id) if interview else None
        if interview is None or stored is None:
            continue
        name = interview.candidate_name or "a candidate"
        text = f"What {by} wrote to {name} ({stored.title}) was not sent: they asked for no more messages."
        raise_alert(
            services,
            uow,
            id=derived_id(row_id, "unsent"),
            workspace_id=workspace_id,
            about="not_passed_on",
            message=outbound_to_json(OutboundMessage(text)),
            subject={"interview_id": interview_id, "interviewer_id": stored.id},
            wanted=str(((stored.draft or {}).get("settings") or {}).get("alert_address") or FEED),
        )


def waiting_words(waiting: Sequence[tuple[str, datetime]], title: str, days: int) -> str:
    """`2 people wait for your answer since 4 May (Night picker): Ann, Ben. The first was promised one by 11 May.`"""
    names = [name or "somebody without a name" for name, _ in waiting]
    more = len(names) - _NAMED_MOST
    listed = ", ".join(names[:_NAMED_MOST]) + (f" and {more} more" if more > 0 else "")
    who = "1 person waits" if len(names) == 1 else f"{len(names)} people wait"
    since = waiting[0][1]
    by = since + timedelta(days=days)
    first = "They were" if len(names) == 1 else "The first was"
    return f"{who} for your answer since {_day(since)} ({title}): {listed}. {first} promised one by {_day(by)}."


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B}"


def raise_alert(
    services: Services,
    uow: UnitOfWork,
    *,
    id: str,
    workspace_id: str,
    about: str,
    message: Mapping[str, Any],
    subject: Mapping[str, str],
    wanted: str,
    turn_id: str | None = None,
) -> None:
    """Tell the team: in the feed, and where the interviewer's alerts go. Raised again under its id, it is one."""
    if outbox.get(uow, id) is not None:
        return
    place = place_of(services, uow, workspace_id, wanted, subject.get("interviewer_id", ""))
    told = _Told(id, workspace_id, about, subject, turn_id)
    if _SHARED.fullmatch(place):
        _put(services, uow, told, FEED, message)
        _put_shared(services, uow, told, place)
    else:
        _put(services, uow, told, place, message)


def place_of(services: Services, uow: UnitOfWork, workspace_id: str, wanted: str, interviewer_id: str) -> str:
    """The address that was asked for; the feed while it leads nowhere, so that no alert is lost."""
    if channel_of(wanted) not in services.channels:
        return FEED
    if channel_of(wanted) != "slack":
        return wanted
    place = wanted if _SHARED.fullmatch(wanted) else _named_place(uow, wanted, interviewer_id)
    found = _SHARED.fullmatch(place)
    return place if found and slack.workspace_of_team(uow, found[1]) == workspace_id else FEED


def _named_place(uow: UnitOfWork, wanted: str, interviewer_id: str) -> str:
    """`slack:#hiring` or `slack:here`: what was meant when somebody said it, in the thread that composes it."""
    stored = interviewers.get(uow, interviewer_id) if interviewer_id else None
    name = _NAMED.fullmatch(wanted)
    if stored is None or name is None:
        return ""
    heard = alerts.heard_from(uow, stored.conversation_id, "slack")
    if wanted in _HERE:
        spoken = [address for address, text, _ in heard if "alert" in text.lower()] or [h[0] for h in heard]
        return "/".join(spoken[0].split("/")[:2]) if spoken else ""
    for address, _, payload in heard:
        if channel := (payload.get("channels") or {}).get(name[1]):
            return f"{address.partition('/')[0]}/{channel}"
    return ""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the rows of one alert have in common."""

    id: str
    workspace_id: str
    about: str
    subject: Mapping[str, str]
    turn_id: str | None = None


def _row(services: Services, uow: UnitOfWork, told: _Told, address: str, message: Mapping[str, Any]) -> OutboxEntry:
    return outgoing_row(
        services,
        uow,
        id=told.id,
        workspace_id=told.workspace_id,
        address=address,
        about=told.about,
        subject=told.subject,
        message=message,
        asked=False,
        now=services.now(),
        turn_id=told.turn_id,
    )


def _put(services: Services, uow: UnitOfWork, told: _Told, address: str, message: Mapping[str, Any]) -> None:
    if outbox.get(uow, told.id) is None:
        outbox.add(uow, [_row(services, uow, told, address, message)])


def _put_shared(services: Services, uow: UnitOfWork, told: _Told, place: str) -> None:
    """The part for the shared channel waits a moment: of a burst one digest is made."""
    stored = interviewers.get(uow, told.subject.get("interviewer_id", ""))
    title = stored.title if stored and stored.title else "a role"
    message = shared_message(services.base_url, told.about, title, told.subject.get("interview_id", ""))
    subject = {**told.subject, "alert": told.about, "title": title}
    shared = _Told(derived_id(told.id, "shared"), told.workspace_id, told.about, subject, told.turn_id)
    row = _row(services, uow, shared, place, message)
    outbox.add(uow, [replace(row, due_at=_leaves_at(services, uow, told.workspace_id, place))])


def _leaves_at(services: Services, uow: UnitOfWork, workspace_id: str, place: str) -> datetime:
    """A moment from now, or the channel's hour."""
    daily = alerts.daily_of(uow, workspace_id, place)
    return next_daily(services.now(), *daily) if daily else services.now() + GATHER


def next_daily(now: datetime, hour: int, zone: str) -> datetime:
    """The next time it is that hour there. Pure."""
    local = now.astimezone(ZoneInfo(zone))
    today = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    due = today if today > local else (today.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=today.tzinfo)
    return due.astimezone(UTC)


# ---- what a shared channel may read ------------------------------------------------------------------------


def shared_sentence(about: str, title: str) -> str:
    """The alert without the person. Made from its kind alone."""
    return _SENTENCES.get(about, _OTHER).format(title=title)


def shared_message(base_url: str, about: str, title: str, interview_id: str, decided: str = "") -> JsonObject:
    """The sentence, and a button that opens the rest for who may see it. `decided`: by whom, once somebody has."""
    sentence = " ".join(filter(None, (shared_sentence(about, title), decided)))
    if about == "completed":
        data: JsonObject = {
            "title": title,
            "private": False,
            "decided": decided,
            "interview_id": interview_id,
            "report_url": f"{base_url}/console/interviews/{interview_id}",
        }
        return outbound_to_json(OutboundMessage("", card=Card(CardKind.SCORECARD, data, sentence)))
    row: JsonObject = {"title": sentence}
    if interview_id:
        row["action"] = {"label": "Show details", "value": packed(About(interview=interview_id))}
    return outbound_to_json(OutboundMessage("", card=Card(CardKind.LIST, {"rows": [row]}, sentence)))


def is_shared_alert(entry: OutboxEntry) -> bool:
    """Whether this row is the part of an alert (or a digest of alerts) that a shared channel reads."""
    return bool(entry.subject.get("alert"))


# ---- after a decision ---------------------------------------------------------------------------------------

REDRAWN_FOR = timedelta(days=30)


def redraw_decided(services: Services, uow: UnitOfWork, interview: StoredInterview, by: str) -> None:
    """The alert in the shared channel says that somebody has decided, and who; `by` "": it is open again.

    What was decided is about the person, so it stays behind the button. A digest stays as it is.
    """
    workspace_id, stored = interview.workspace_id, interviewers.get(uow, interview.interviewer_id)
    wanted = str(((stored.draft or {}).get("settings") or {}).get("alert_address", "")) if stored else ""
    place = place_of(services, uow, workspace_id, wanted, interview.interviewer_id)
    if not _SHARED.fullmatch(place):
        return
    since = services.now() - REDRAWN_FOR
    for row in alerts.at_address(uow, workspace_id, place, waiting=False, since=since):
        if row.subject.get("interview_id") != interview.id or row.about == DIGEST or not is_shared_alert(row):
            continue
        decided = f"Decided by {by}." if by else ""
        title = row.subject.get("title", "")
        message = shared_message(services.base_url, row.subject["alert"], title, interview.id, decided)
        card = message["card"]
        drawn = {**message, "card": {**card, "data": {**card["data"], "update_ts": row.external_id}}}
        key = derived_id(row.id, "decided", by, services.now().isoformat())
        _put(services, uow, _Told(key, workspace_id, "redrawn", {"interview_id": interview.id}), place, drawn)


# ---- a channel that is dead --------------------------------------------------------------------------------


def not_delivered(services: Services, uow: UnitOfWork, entry: OutboxEntry, failure: Failure) -> None:
    """The shared part of an alert did not arrive. The alert itself stands in the feed; who can mend it is told once."""
    if failure.code in _GONE and _replaces(entry):
        _post_anew(services, uow, entry)
        return
    team, role = entry.address.partition(":")[2].partition("/")[0], entry.subject.get("title", "")
    about = f"Alerts{f' for {role}' if role else ''} don't reach their Slack channel."
    text = f"{about} {failure.sentence} Until then they stand in the console: {services.base_url}/console/feed"
    key = derived_id(entry.workspace_id, entry.address, "dead", _last_sign_of_life(uow, entry))
    subject = {name: id for name, id in entry.subject.items() if name == "interviewer_id"}
    message = outbound_to_json(OutboundMessage(text))
    told = _Told(key, entry.workspace_id, "alert_channel", subject)
    _put(services, uow, told, FEED, message)
    installation = slack.find(uow, "", team, None)
    if installation is not None and "slack" in services.channels:
        direct = _Told(derived_id(key, "installer"), entry.workspace_id, "alert_channel", subject)
        _put(services, uow, direct, f"slack:{team}/{installation.slack_user}", message)


def _replaces(entry: OutboxEntry) -> bool:
    return bool((entry.message.get("card") or {}).get("data", {}).get("update_ts"))


def _post_anew(services: Services, uow: UnitOfWork, entry: OutboxEntry) -> None:
    """Somebody deleted the digest: it is posted again, whole."""
    card = entry.message["card"]
    data = {name: value for name, value in card["data"].items() if name != "update_ts"}
    message = {**entry.message, "card": {**card, "data": data}}
    told = _Told(derived_id(entry.id, "anew"), entry.workspace_id, entry.about, entry.subject)
    _put(services, uow, told, entry.address, message)


def _last_sign_of_life(uow: UnitOfWork, entry: OutboxEntry) -> str:
    """The last message that arrived there: a channel that was mended and dies again is told of again."""
    latest = alerts.at_address(uow, entry.workspace_id, entry.address, waiting=False, limit=1)
    return latest[0].id if latest else ""


def status_of_shared(uow: UnitOfWork, alert_id: str) -> DeliveryStatus | None:
    """What became of an alert's part for the shared channel; None when it had none."""
    found = outbox.get(uow, derived_id(alert_id, "shared"))
    return DeliveryStatus(found.status) if found else None
