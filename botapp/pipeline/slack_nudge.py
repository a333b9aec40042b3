"""Reminding everybody who stopped answering: first who it would be, then, when confirmed, each through the gate.

Guarantees: nothing is sent before the list was shown and confirmed, and only to who is on it and still silent. The same
confirmation twice reminds once. Nobody gets more reminders than the interviewer allows. What becomes of each is said.
"""

import re
from collections.abc import Sequence
from datetime import timedelta

from botapp.channels.slack.actions import Action
from botapp.errors import BotappError
from botapp.messages import Card, CardKind, InboundMessage, JsonObject, OutboundMessage
from botapp.pipeline.asking import roles_named
from botapp.pipeline.members import require
from botapp.pipeline.reach import address_of, why_blocked
from botapp.pipeline.running import draft_of
from botapp.pipeline.services import Services
from botapp.pipeline.starting import tell_conversation
from botapp.policy.access import Action as Deed
from botapp.state import interviewers, interviews, outbox, reaching, views
from botapp.state.interviews import StoredInterview
from botapp.state.read_models import MemberRow
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.views import Silent
from botapp.state.wakeups import TURNS

MOST = 200  # people in one go
SHOWN = 20  # of whom a line each stands in the question
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_NUDGE = re.compile(
    r"^\W*(?:please\s+)?(?:nudge|remind|ping)\s+(?:everybody|everyone|all|those|people)\b.*?"
    r"\b(?P<days>\d{1,2}|a|one|two|three|four|five|six|seven)\s+days?\b"
    r"(?:\s+(?:for|in|on)\s+(?:the\s+)?(?P<role>[^?!.]{2,80}?)(?:\s+(?:role|job|interviewer))?)?[.!]*$",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"^\W*(?:please\s+)?(?:nudge|remind|ping)\s+(?:everybody|everyone|all)\b.*\bstuck\b.*$", re.IGNORECASE
)
USUAL_DAYS = 2
NOBODY_LEFT = "Nobody on that list is silent any more, so nothing was sent."
GONE = "I don't know that list any more. Please ask again: nudge everyone stuck more than two days."


def wants_to_nudge(text: str) -> bool:
    """Whether a whole message asks for that."""
    return len(text) <= 200 and bool(_NUDGE.match(text) or _ALL.match(text))


def ask_whom(services: Services, member: MemberRow, text: str, interviewer_id: str = "") -> OutboundMessage:
    """Who would be reminded, and the button that does it; or the sentence why nobody."""
    said = _NUDGE.match(text)
    days = _days(said["days"]) if said else USUAL_DAYS
    role = (said["role"] or "") if said else ""
    try:
        require(member, Deed.DECIDE)
        rows = roles_named(services, member, role, interviewer_id)
    except BotappError as error:
        return OutboundMessage(str(error))
    if not rows:
        return OutboundMessage(f"No interviewer has “{role}” in its title.")
    with services.database.reading() as uow:
        before = services.now() - timedelta(days=days)
        found = views.silent_since(uow, member.workspace_id, [row.id for row in rows], before)[:MOST]
    if not found:
        return OutboundMessage(f"Nobody is stuck: all who began have answered in the last {_many(days, 'day')}.")
    return _question(services, found)


def _days(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word.lower()]


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _question(services: Services, found: Sequence[Silent]) -> OutboundMessage:
    lines = [f"{one.name or 'A candidate'}, {one.title}: silent for {_silence(services, one)}" for one in found[:SHOWN]]
    more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    title = f"Remind {_many(len(found), 'person') if len(found) == 1 else f'{len(found)} people'}?"
    label = "Send 1 reminder" if len(found) == 1 else f"Send {len(found)} reminders"
    data: JsonObject = {
        "title": title,
        "rows": [*lines, *more],
        "buttons": [{"label": label, "action": Action.NUDGE.value, "value": "send", "style": "primary"}],
        "whom": [one.interview_id for one in found],
    }
    return OutboundMessage("", card=Card(CardKind.LIST, data, "\n".join([title, *lines, *more])))


def _silence(services: Services, one: Silent) -> str:
    return _many(max((services.now() - one.since).days, 1), "day")


# ---- confirmed ---------------------------------------------------------------------------------------------


def nudge(services: Services, member: MemberRow, message: InboundMessage) -> str:
    """The button below the list was pressed: each is reminded or not, and what became of it is said."""
    try:
        require(member, Deed.DECIDE)
    except BotappError as error:
        return str(error)
    at = message.payload
    with services.database.writing() as uow:
        asked = outbox.at_place(uow, member.workspace_id, f"{at['channel']}/{at['ts']}")
        card = (asked.message.get("card") or {}) if asked else {}
        whom = [str(id) for id in (card.get("data") or {}).get("whom", ())][:MOST]
        if asked is None or not whom:
            return GONE
        found = [one for id in whom if (one := interviews.of_workspace(uow, member.workspace_id, id))]
        lines = [_reminded(services, uow, one, f"nudge/{asked.id}/{one.id}") for one in found]
    services.wakeups.wake(TURNS)
    return "\n".join(lines) or NOBODY_LEFT


def _reminded(services: Services, uow: UnitOfWork, one: StoredInterview, external_id: str) -> str:
    name = one.candidate_name or "A candidate"
    if one.status != "in_progress":
        return f"{name}: not reminded, the interview is {one.status.replace('_', ' ')}."
    if not _has_one_left(uow, one):
        return f"{name}: not reminded, they have had every reminder that this interviewer sends."
    address = address_of(uow, one)
    blocked, goes_out = why_blocked(services, uow, one, address, reaching.standing(uow, one.workspace_id, address))
    if blocked:
        return f"{name}: not reminded. {blocked}"
    tell_conversation(
        uow,
        one,
        "timer",
        account="people",
        external_id=external_id[:200],
        address=address,
        now=services.now(),
        timer="reminder",
    )
    return f"{name}: the reminder goes out {goes_out}."


def _has_one_left(uow: UnitOfWork, one: StoredInterview) -> bool:
    stored = interviewers.get(uow, one.interviewer_id)
    draft = draft_of(stored) if stored else None
    sent = int(reaching.memory_of(uow, one.conversation_id).get("reminders", 0))
    return draft is not None and sent < draft.settings.max_reminders
