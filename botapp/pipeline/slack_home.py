"""App Home for a member: gathered from the database, published to them alone.

Guarantees: reads only, but for "New interviewer", which is one message through the outbox, once for each press.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from botapp.channels.slack.actions import Action
from botapp.log import get_logger
from botapp.messages import OutboundMessage, outbound_to_json
from botapp.pipeline import members
from botapp.pipeline.alerts import FEED
from botapp.pipeline.outgoing import outgoing_row
from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.slack_decisions import Press, slack_of
from botapp.policy.access import Action as Deed
from botapp.policy.access import may
from botapp.state import alerts, member_accounts, outbox, people, views
from botapp.state.read_models import FeedRow, InterviewerRow, MemberRow
from botapp.state.wakeups import DELIVERIES

WARN_DAYS = 7
ALL = "all"
LOOKS_BACK = timedelta(days=14)
_NEEDS = (
    "person_requested",
    "question",
    "scoring_objected",
    "undeliverable",
    "stuck",
    "sender_paused",
    "alert_channel",
)
_ACTIONS = (Action.HOME_NEW, Action.HOME_SEARCH, Action.HOME_PREVIOUS, Action.HOME_NEXT)
ASK = (
    "Which role do you want to fill? Describe it here, paste the job description or drop the file, "
    "and I draft the interview."
)
STRANGER = (
    "I don't know you yet. Write to me under Messages and I find out who you are. If you are not on the team of "
    "{employer}, an owner can invite you from the console, under Team."
)
log = get_logger()


def is_home(action: str) -> bool:
    """Whether a press is Home's own."""
    return action in _ACTIONS or action.startswith(f"{Action.HOME_FILTER}:")


def home_in_slack(services: Services, member: MemberRow, action: str, press: Press) -> None:
    """Home was opened, or something on it was pressed. `press` is the payload of the message it came in."""
    team, user = str(press.get("team", "")), str(press.get("user", ""))
    about = press.get("about") or {}
    match action:
        case Action.HOME_NEW:
            _ask_for_a_role(services, member, team, user, press)
        case Action.HOME_SEARCH:
            publish_home(services, member, team, user, search=str(press.get("value", "")))
        case Action.HOME_PREVIOUS | Action.HOME_NEXT:
            publish_home(services, member, team, user, page=int(about.get("page", 0)), shown=str(about.get("do", "")))
        case _ if action.startswith(f"{Action.HOME_FILTER}:"):
            publish_home(services, member, team, user, shown=str(press.get("value", "")))
        case _:
            publish_home(services, member, team, user)


def home_opened(services: Services, workspace_id: str, team: str, user: str) -> None:
    """Home of whoever opened it: a member's own, or the way to become one."""
    from botapp.channels.slack.home import stranger_view

    with services.database.reading() as uow:
        member = member_accounts.member_of(uow, workspace_id, "slack", f"{team}/{user}")
        employer = people.workspace_name(uow, workspace_id)
    if member is not None:
        publish_home(services, member, team, user)
        return
    slack = slack_of(services)
    slack.api.publish_home(slack.token_of(team), user, stranger_view(STRANGER.format(employer=employer)))


def publish_home(
    services: Services, member: MemberRow, team: str, user: str, *, search: str = "", page: int = 0, shown: str = ""
) -> None:
    """Draw Home for one member. Best effort: the next opening draws it again."""
    from botapp.channels.slack.api import Answered
    from botapp.channels.slack.home import home_view

    slack = slack_of(services)
    view = home_view(home_data(services, member, search=search, page=page, shown=shown))
    outcome = slack.api.publish_home(slack.token_of(team), user, view)
    if not isinstance(outcome, Answered):
        log.info("home_not_published", workspace_id=member.workspace_id, outcome=type(outcome).__name__)


def home_data(
    services: Services, member: MemberRow, *, search: str = "", page: int = 0, shown: str = ""
) -> dict[str, Any]:
    """What Home shows this member; `shown`: the one status that is wanted."""
    everything = members.list_interviewers(services, member, False, search.strip()[:200])
    found = [row for row in everything if shown in ("", ALL, row.status)]
    with services.database.reading() as uow:
        feed = views.feed(uow, member.workspace_id, FEED, limit=100)
        about = [row.interview_id for row in feed if row.interview_id]
        standing = alerts.standing_of(uow, member.workspace_id, about)
    recent = [row for row in feed if row.at > services.now() - LOOKS_BACK]
    return {
        "kinds": kinds_of(everything),
        "shown": shown or ALL,
        "rows": [_row(row, services.base_url, services.now().date()) for row in found],
        "needs": [] if search.strip() else needs_of(recent, standing),
        "search": search.strip(),
        "page": page,
        "console_url": f"{services.base_url}/console",
        "may_compose": may(member.role, Deed.COMPOSE),
    }


def kinds_of(rows: Sequence[InterviewerRow]) -> list[dict[str, Any]]:
    """All, then each status there is with how many; nothing to choose from where there is one."""
    found = [row.status for row in rows]
    each = [{"label": one.capitalize(), "value": one, "count": found.count(one)} for one in dict.fromkeys(found)]
    return [{"label": "All", "value": ALL, "count": len(found)}, *each] if len(each) > 1 else []


def _row(row: InterviewerRow, base_url: str, today: date) -> dict[str, str]:
    return {
        "title": f"{row.title} ({row.status})",
        "detail": detail_words(row),
        "warning": deadline_words(row.deadline, today),
        "url": f"{base_url}/console/interviewers/{row.id}",
    }


def detail_words(row: InterviewerRow) -> str:
    """`12 candidates, 5 completed (42%), 8 of 50 interviews used`."""
    if not row.version:
        return "Not published yet"
    many = "1 candidate" if row.candidates == 1 else f"{row.candidates} candidates"
    share = f" ({round(100 * row.completed / row.candidates)}%)" if row.candidates else ""
    said = [many, f"{row.completed} completed{share}"]
    if row.budget_kind != "none":
        said.append(f"{row.spent} of {row.budget_cap} interviews used{' a day' if row.budget_kind == 'daily' else ''}")
    return ", ".join(said)


def deadline_words(deadline: str, today: date) -> str:
    """When it ends; a warning in the last seven days."""
    if not deadline:
        return ""
    left = (date.fromisoformat(deadline) - today).days
    if left < 0:
        return f"The deadline was {deadline}."
    if left > WARN_DAYS:
        return f"Deadline {deadline}"
    when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    return f"⚠ Ends {when} ({deadline})"


def needs_of(feed: Sequence[FeedRow], standing: Mapping[str, tuple[str, str]]) -> list[dict[str, str]]:
    """What still waits for a person, newest first, each interview once for each kind."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in feed:
        if row.about in _NEEDS and _is_open(row, standing):
            words = str(row.message.get("text", "")).split("\n")[0]
            found.setdefault((row.about, row.interview_id or row.id), {"title": words, "interview": row.interview_id})
    return list(found.values())


def _is_open(row: FeedRow, standing: Mapping[str, tuple[str, str]]) -> bool:
    if not row.interview_id:
        return True
    status, decision = standing.get(row.interview_id, ("", ""))
    return not decision and (row.about != "person_requested" or status == "paused")


def _ask_for_a_role(services: Services, member: MemberRow, team: str, user: str, press: Press) -> None:
    """The talk goes on in the Messages tab: what they answer there opens the interviewer."""
    members.require(member, Deed.COMPOSE)
    id = derived_id("home.new", team, user, press.get("trigger_id", ""))
    with services.database.writing() as uow:
        if outbox.get(uow, id) is not None:
            return
        row = outgoing_row(
            services,
            uow,
            id=id,
            workspace_id=member.workspace_id,
            address=f"slack:{team}/{user}",
            about="reply",
            subject={},
            message=outbound_to_json(OutboundMessage(ASK)),
            asked=True,
            now=services.now(),
            turn_id=None,
        )
        outbox.add(uow, [row])
    services.wakeups.wake(DELIVERIES)
