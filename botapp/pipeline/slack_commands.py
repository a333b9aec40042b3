"""`/interviewer new|list|find TEXT|help`, and the same words said directly: answered at once, to the asker."""

import re
from collections.abc import Mapping
from typing import Any

from botapp.messages import InboundMessage, OutboundMessage
from botapp.pipeline.asking import answer_in_words, is_asking
from botapp.pipeline.members import list_interviewers
from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.slack_applying import announcement
from botapp.pipeline.slack_people import tell
from botapp.pipeline.starting import refusal_to_candidates
from botapp.policy.access import Action, may, refusal
from botapp.policy.zones import zone_in_words
from botapp.state import alerts, interviewers, join_codes
from botapp.state.read_models import InterviewerRow, MemberRow
from botapp.state.wakeups import DELIVERIES

SHOWN = 20
HELP = (
    "Tell me a role or paste a job description in a direct message, or mention me in a channel: "
    "I draft the interviewer in that thread, and you change it there by telling me.\n"
    "/interviewer new – how to begin\n"
    "/interviewer list – all interviewers\n"
    "/interviewer find TEXT – those with these words in their title\n"
    "/interviewer post CODE – here in the channel, with a button by which anybody can be interviewed in Slack\n"
    "/interviewer apply CODE – be interviewed yourself, in a direct message\n"
    "/interviewer digest 9 – alerts in this channel once a day at 9:00 (digest 9 London, digest off)\n"
    "/interviewer help – this"
)
NEW = (
    "Paste a job description to me in a direct message, or mention me in a channel with it. "
    "I draft the interviewer in a thread below; everybody on the team can change it there."
)
_HOUR = re.compile(r"^\s*(?:at\s+)?(\d{1,2})(?::00)?\s*(am|pm)?\b\s*(.*)$", re.IGNORECASE)
_SAID = re.compile(r"^\W*(?:/interviewer\s+)?(help|list|find\s+\S.*|commands)\W*$", re.IGNORECASE)


def command_in(text: str) -> bool:
    """Whether a whole message is one of the command's words."""
    return bool(_SAID.match(text)) and len(text) <= 100


def answered(services: Services, member: MemberRow, message: InboundMessage) -> Mapping[str, Any]:
    """What only the asker sees."""
    return only_for_them(services, words_for(services, member, message))


def only_for_them(services: Services, text: str) -> Mapping[str, Any]:
    """The answer to a command, drawn like any message: nothing in it is live."""
    drawn = services.channels["slack"].render(OutboundMessage(text))
    return {"response_type": "ephemeral", "text": drawn["text"], "blocks": drawn["blocks"]}


def words_for(services: Services, member: MemberRow, message: InboundMessage) -> str:
    """What a command says."""
    word, _, rest = message.text.strip().partition(" ")
    match word.lower().strip("./!?"):
        case "new":
            return NEW if may(member.role, Action.COMPOSE) else refusal(Action.COMPOSE)
        case "list":
            return _list(services, member, "")
        case "digest" if message.payload.get("command"):
            return _digest(services, member, message, rest)
        case "post" if message.payload.get("command"):
            return _post(services, member, message, rest)
        case "find":
            return _list(services, member, rest.strip()) if rest.strip() else "Find what? /interviewer find night"
        case _ if is_asking(message.text):
            return answer_in_words(services, member, message.text)
        case _:
            return HELP


def _digest(services: Services, member: MemberRow, message: InboundMessage, rest: str) -> str:
    """Alerts of the channel it was typed in: once a day at this hour, or as they come."""
    if not may(member.role, Action.COMPOSE):
        return refusal(Action.COMPOSE)
    said, off = _HOUR.match(rest), rest.strip().lower() in ("off", "no", "stop")
    hour = None if said is None else int(said[1]) % 12 + 12 * (said[2].lower() == "pm") if said[2] else int(said[1])
    if not off and (hour is None or hour > 23):
        return "At which hour? /interviewer digest 9, with a place or a clock if you like: /interviewer digest 9 London"
    with services.database.writing() as uow:
        zone = zone_in_words(f"{rest} time") or zone_in_words(f"I live in {said[3]}" if said else "") or "UTC"
        alerts.set_daily(
            uow,
            workspace_id=member.workspace_id,
            address=message.address,
            hour=None if off else hour,
            zone=zone,
            by=member.id,
            now=services.now(),
        )
    if off or hour is None:
        return "From now on alerts come here as they happen."
    return (
        f"Alerts that go to this channel come once a day from now on, in one message at {hour}:00 ({zone}). "
        "What happens stands in the console at once. /interviewer digest off ends it."
    )


def _post(services: Services, member: MemberRow, message: InboundMessage, rest: str) -> str:
    """A job in the channel it was typed in, with a button to be interviewed."""
    if not may(member.role, Action.INVITE_CANDIDATE):
        return refusal(Action.INVITE_CANDIDATE)
    code = join_codes.code_shape(rest.strip())
    with services.database.writing() as uow:
        found = join_codes.codes_of(uow, member.workspace_id).get(code) if code else None
        stored = interviewers.get(uow, found, member.workspace_id) if found else None
        if stored is None:
            known = ", ".join(sorted(join_codes.codes_of(uow, member.workspace_id))[:SHOWN]) or "none yet"
            return f"Which one? /interviewer post CODE. Codes: {known}."
        if refused := refusal_to_candidates(services, uow, stored):
            return f"Nobody could begin it now, so I did not post it. Candidates would read: {refused}"
        id = derived_id("announced", message.channel_account, message.external_id)
        said = announcement(services, uow, stored)
        tell(services, uow, member.workspace_id, message, said.text, id, card=said.card)
    services.wakeups.wake(DELIVERIES)
    return f"I post {stored.title} here. If it does not appear, add me to this channel and type it again."


def _list(services: Services, member: MemberRow, search: str) -> str:
    rows = list_interviewers(services, member, archived=False, search=search)
    if not rows:
        return f"No interviewer has “{search[:60]}” in its title." if search else f"There are none yet. {NEW}"
    more = [f"and {len(rows) - SHOWN} more: {services.base_url}/console"] if len(rows) > SHOWN else []
    return "\n".join([*(_line(services, row) for row in rows[:SHOWN]), *more])


def _line(services: Services, row: InterviewerRow) -> str:
    return f"{row.title or 'Untitled draft'} ({row.status}): {services.base_url}/console/interviewers/{row.id}"
