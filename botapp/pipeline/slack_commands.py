"""`/interviewer new|list|find TEXT|help`, and the same words said directly: answered at once, to the asker."""

import re
from collections.abc import Mapping
from typing import Any

from botapp.messages import InboundMessage, OutboundMessage
from botapp.pipeline.asking import answer_in_words, is_asking
from botapp.pipeline.members import list_interviewers
from botapp.pipeline.services import Services
from botapp.policy.access import Action, may, refusal
from botapp.state.read_models import InterviewerRow, MemberRow

SHOWN = 20
HELP = (
    "Tell me a role or paste a job description in a direct message, or mention me in a channel: "
    "I draft the interviewer in that thread, and you change it there by telling me.\n"
    "/interviewer new – how to begin\n"
    "/interviewer list – all interviewers\n"
    "/interviewer find TEXT – those with these words in their title\n"
    "/interviewer help – this"
)
NEW = (
    "Paste a job description to me in a direct message, or mention me in a channel with it. "
    "I draft the interviewer in a thread below; everybody on the team can change it there."
)
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
        case "find":
            return _list(services, member, rest.strip()) if rest.strip() else "Find what? /interviewer find night"
        case _ if is_asking(message.text):
            return answer_in_words(services, member, message.text)
        case _:
            return HELP


def _list(services: Services, member: MemberRow, search: str) -> str:
    rows = list_interviewers(services, member, archived=False, search=search)
    if not rows:
        return f"No interviewer has “{search[:60]}” in its title." if search else f"There are none yet. {NEW}"
    more = [f"and {len(rows) - SHOWN} more: {services.base_url}/console"] if len(rows) > SHOWN else []
    return "\n".join([*(_line(services, row) for row in rows[:SHOWN]), *more])


def _line(services: Services, row: InterviewerRow) -> str:
    return f"{row.title or 'Untitled draft'} ({row.status}): {services.base_url}/console/interviewers/{row.id}"
