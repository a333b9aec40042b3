"""A burst of alerts becomes one message that grows in place.

Guarantees: whatever waits for a shared channel when an alert is about to leave, leaves with it. The digest is written,
and the alerts it tells of marked as told, in the one transaction that decides to send; its id derives from the alert
that came first, so that a repeat meets a constraint. Every alert is in the digest or a message of its own. A digest
that others follow within minutes is replaced by one that holds them all: the channel sees one message.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from botapp.channels.slack.actions import About, packed
from botapp.messages import Card, CardKind, DeliveryStatus, JsonObject, OutboundMessage, outbound_to_json
from botapp.pipeline.alerts import DIGEST, GATHER, is_shared_alert, shared_sentence
from botapp.pipeline.services import Services, derived_id
from botapp.state import alerts, outbox
from botapp.state.outbox import OutboxEntry
from botapp.state.unit_of_work import UnitOfWork

RECENT = timedelta(seconds=30)  # alerts closer together than this share a message
OPEN_FOR = timedelta(minutes=10)  # how long a digest grows before the next one begins
MOST = 1000  # alerts in one digest
SHOWN = 10  # of which the latest have a line and a button of their own
Item = Mapping[str, str]
_COUNTED = {
    "completed": "{n} finished",
    "person_requested": "{n} need a person",
    "scoring_objected": "{n} don't want a machine to score them",
    "question": "{n} asked something the facts don't answer",
    "undeliverable": "{n} did not get our text",
    "knocked_out": "{n} do not meet a must-have",
    "opted_out": "{n} asked for no more messages",
    "stalled": "{n} stopped answering",
    "awaited": "people wait for your answer",
    "promise_passed": "{n} had no answer by the promised day",
    "wrote_to_person": "{n} wrote to the person who took over",
    "not_passed_on": "{n} did not get a message of yours",
}


def gathered(services: Services, uow: UnitOfWork, entry: OutboxEntry) -> OutboxEntry:
    """What is to leave instead of this row: the row itself, or the digest that tells it and all that wait with it."""
    if not is_shared_alert(entry) or entry.about == DIGEST:
        return entry
    outbox.lock_address(uow, entry.workspace_id, entry.address)
    found = alerts.at_address(uow, entry.workspace_id, entry.address, waiting=True)
    soon = services.now() + GATHER  # what waits for the channel's hour goes on waiting
    due = [row for row in reversed(found) if is_shared_alert(row) and row.about != DIGEST and row.due_at <= soon]
    waiting = due[:MOST]
    if entry.id not in {row.id for row in waiting}:
        return entry  # another sender was quicker
    since = services.now() - OPEN_FOR
    left = alerts.at_address(uow, entry.workspace_id, entry.address, waiting=False, since=since, limit=20)
    told = [row for row in left if is_shared_alert(row)]
    if len(waiting) == 1 and not any(row.about == DIGEST or _is_recent(services, row) for row in told):
        return entry
    return _digest(services, uow, waiting, _still_open(services, told, len(waiting)))


def _is_recent(services: Services, row: OutboxEntry) -> bool:
    return row.created_at > services.now() - RECENT


def _still_open(services: Services, told: Sequence[OutboxEntry], more: int) -> OutboxEntry | None:
    """The digest that can still grow."""
    latest = next((row for row in told if row.about == DIGEST and row.external_id), None)
    if latest is None or str(latest.subject.get("opened", "")) < (services.now() - OPEN_FOR).isoformat():
        return None
    return latest if len(_items_of(latest)) + more <= MOST else None


def _items_of(entry: OutboxEntry) -> list[Item]:
    return list(entry.message["card"]["data"].get("items", ()))


def _digest(
    services: Services, uow: UnitOfWork, waiting: Sequence[OutboxEntry], before: OutboxEntry | None
) -> OutboxEntry:
    """One row for all of them, with everything an open digest before it told."""
    first = waiting[0]
    items = merged(_items_of(before) if before else [], [_item(row) for row in waiting])
    data = digest_data(items, services.base_url)
    subject = {"alert": DIGEST, "title": _only(items, "title"), "opened": services.now().isoformat()}
    if before is not None:
        data["update_ts"] = before.external_id
        subject["opened"] = before.subject["opened"]
    card = Card(CardKind.LIST, data, digest_text(items))
    row = replace(
        first,
        id=derived_id(first.id, DIGEST),
        about=DIGEST,
        subject=subject,
        message=outbound_to_json(OutboundMessage("", card=card)),
        status=DeliveryStatus.QUEUED.value,
        due_at=services.now(),
        attempts=0,
        look_ups=0,
        sending_since=None,
    )
    outbox.add(uow, [row])
    alerts.take_over(uow, [alert.id for alert in waiting], row.id)
    return row


def _item(row: OutboxEntry) -> Item:
    return {name: row.subject.get(name, "") for name in ("alert", "title", "interview_id", "interviewer_id")}


def _only(items: Sequence[Item], name: str) -> str:
    found = {item[name] for item in items}
    return found.pop() if len(found) == 1 else ""


# ---- what it says (pure) -----------------------------------------------------------------------------------


def merged(before: Sequence[Item], more: Sequence[Item]) -> list[Item]:
    """Each interview once for each kind of news, the latest last."""
    found: dict[tuple[str, ...], Item] = {}
    for item in (*before, *more):
        key = (item["alert"], item["interviewer_id"], item["interview_id"])
        found.pop(key, None)
        found[key] = item
    return list(found.values())


def digest_data(items: Sequence[Item], base_url: str) -> JsonObject:
    """A line for each role with its counts and a link, then the latest with a button each."""
    roles = [_role_row(title, id, counts, base_url) for (title, id), counts in _counts(items).items()]
    rows: list[Any] = roles[:SHOWN]
    if len(roles) > SHOWN:
        rows.append(f"And {len(roles) - SHOWN} more roles.")
    latest = list(reversed(items))[:SHOWN]
    rows += [_item_row(item) for item in latest if item["interview_id"]]
    if len(items) > SHOWN:
        rows.append(f"The latest {SHOWN} are shown here; all {len(items)} stand in the console.")
    return {"title": _heading(items), "rows": rows, "items": [dict(item) for item in items]}


def _heading(items: Sequence[Item]) -> str:
    if all(item["alert"] == "completed" for item in items):
        return "1 candidate finished" if len(items) == 1 else f"{len(items)} candidates finished"
    return f"{len(items)} alerts about candidates"


def _counts(items: Sequence[Item]) -> dict[tuple[str, str], dict[str, int]]:
    """How many of each kind, by role."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for item in items:
        kinds = found.setdefault((item["title"], item["interviewer_id"]), {})
        kinds[item["alert"]] = kinds.get(item["alert"], 0) + 1
    return found


def _counted(kinds: Mapping[str, int]) -> str:
    return ", ".join(_COUNTED.get(kind, "{n} with other news").format(n=number) for kind, number in kinds.items())


def _role_row(title: str, interviewer_id: str, kinds: Mapping[str, int], base_url: str) -> JsonObject:
    url = f"{base_url}/console/interviewers/{interviewer_id}/candidates"
    return {"title": f"{title}: {_counted(kinds)}", **({"url": url} if interviewer_id else {})}


def _item_row(item: Item) -> JsonObject:
    value = packed(About(interview=item["interview_id"]))
    return {
        "title": shared_sentence(item["alert"], item["title"]),
        "action": {"label": "Show details", "value": value},
    }


def digest_text(items: Sequence[Item]) -> str:
    """The whole digest as text, for notifications and screen readers."""
    return "\n".join(_lines(items))


def _lines(items: Sequence[Item]) -> Iterator[str]:
    yield _heading(items)
    for (title, _), kinds in _counts(items).items():
        yield f"{title}: {_counted(kinds)}"
