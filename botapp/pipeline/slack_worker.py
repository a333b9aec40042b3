"""What a worker does in Slack beside sending: the line while something works, and what one could say. Best effort."""

from collections.abc import Callable
from typing import Any

from botapp.channels.slack import Slack, SlackApi
from botapp.channels.slack.api import Answered
from botapp.log import get_logger
from botapp.pipeline.services import Services
from botapp.pipeline.slack_home import home_opened
from botapp.pipeline.slack_people import SCHEME
from botapp.state.tasks import Task

PROMPTS: tuple[tuple[str, str], ...] = (
    ("Draft from a job description", "Here is a job description. Please draft an interviewer from it: "),
    ("Start from a role", "I need a new interviewer for a night picker. A forklift licence is a must."),
    ("Show my interviewers", "list"),
    ("What can you do?", "help"),
)
log = get_logger()


def status_line(services: Services, api: SlackApi | None = None) -> Callable[[str, str], None]:
    """Shows a line in the thread of an address while its turn runs; "" takes it away. Never fails a turn."""
    channel = services.channels.get(SCHEME)
    if not isinstance(channel, Slack):
        return lambda _address, _line: None
    caller = api or channel.api

    def show(address: str, line: str) -> None:
        scheme, _, rest = address.partition(":")
        team, _, place = rest.partition("/")
        where, _, thread = place.partition("/")
        if scheme != SCHEME or not where.startswith("D") or not thread:
            return
        try:
            outcome = caller.set_status(channel.token_of(team), where, thread, line)
        except Exception as error:
            log.warning("slack_status_failed", exc_info=error)
            return
        if not isinstance(outcome, Answered):
            log.info("slack_status_not_shown", outcome=type(outcome).__name__)

    return show


def app_opened(services: Services, task: Task) -> dict[str, Any]:
    """Somebody opened the app: its Home is drawn; in the messages tab they are shown what they could say."""
    channel, at = services.channels.get(SCHEME), task.payload
    if isinstance(channel, Slack) and at["tab"] == "messages" and at["channel"]:
        outcome = channel.api.suggest(channel.token_of(str(at["team"])), str(at["channel"]), list(PROMPTS))
        log.info("slack_prompts", outcome=type(outcome).__name__)
    elif at["tab"] == "home":
        home_opened(services, task.workspace_id, str(at["team"]), str(at["user"]))
    return {}
