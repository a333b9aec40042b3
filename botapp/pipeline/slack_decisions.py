"""What a member does about a candidate by buttons in Slack: look, shortlist, dismiss, write, read the whole report.

Guarantees: the member's role is asked each time, at the press and again when a form comes back; interviews of other
workspaces are not there. The same press or form twice changes one thing once. A press reads the database and answers
with one call of Slack's, so a modal opens within its trigger's time; what a candidate reads passes the send gate.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from botapp.channels.slack import Slack
from botapp.channels.slack.actions import LIST_ITEM, About, Action, Callback
from botapp.errors import BadPayload, BotappError, NotFound
from botapp.messages import channel_of
from botapp.pipeline import members, reaching
from botapp.pipeline.services import Services, derived_id
from botapp.pipeline.slack_takeover import hand_back, open_thread_with
from botapp.policy.access import Action as Deed
from botapp.policy.access import may
from botapp.scoring.scorecard import scorecard_card
from botapp.screening.interview import Scorecard
from botapp.state import inbox, interviews
from botapp.state.read_models import InterviewPage, MemberRow

Press = Mapping[str, Any]
PRESSES = frozenset(
    (
        Action.DETAILS,
        Action.SHORTLIST,
        Action.DISMISS,
        Action.MESSAGE,
        Action.REPORT,
        Action.REPORT_PREVIOUS,
        Action.REPORT_NEXT,
        Action.TAKE_OVER,
        Action.HAND_BACK,
    )
)
FORMS = frozenset((Callback.DISMISS, Callback.MESSAGE))
_WHERE = {"tel": "as a text message", "webchat": "to their interview page", "slack": "to their Slack thread"}


def is_decision(about: About, action: str) -> bool:
    """Whether a press is ours to answer. A line of an alert or a digest opens the details."""
    return bool(about.interview) and (action in PRESSES or action.startswith(LIST_ITEM))


def decide_in_slack(services: Services, member: MemberRow, about: About, action: str, press: Press) -> None:
    """Answer a press. `press` is the payload of the message it came in: who, where, trigger and view.

    Every refusal is told to the one who pressed; nothing is raised for them to see.
    """
    try:
        _decide(services, member, about, action, press)
    except BotappError as error:
        tell_them(services, press, str(error))


def _decide(services: Services, member: MemberRow, about: About, action: str, press: Press) -> None:
    from botapp.channels.slack import modals

    page = members.interview_page(services, member, about.interview)
    match action:
        case Action.SHORTLIST:
            _shortlist(services, member, page, press)
        case Action.DISMISS:
            members.require(member, Deed.DECIDE)
            _show(services, press, modals.dismiss_view(_name(page), _about(about, press)))
        case Action.MESSAGE:
            members.require(member, Deed.DECIDE)
            where = _WHERE.get(channel_of(_address(services, page)), "")
            _show(services, press, modals.message_view(_name(page), _about(about, press), where))
        case Action.REPORT | Action.REPORT_PREVIOUS | Action.REPORT_NEXT:
            data = report_data(services, page)
            if data is None:
                raise BadPayload("There is no scorecard yet. Please look again when the interview is finished.")
            _show(services, press, modals.report_view(data, _about(about, press), max(about.page, 0)))
        case Action.TAKE_OVER:
            team, user = str(press.get("team", "")), str(press.get("user", ""))
            tell_them(services, press, open_thread_with(services, member, page, team, user))
        case Action.HAND_BACK:
            tell_them(services, press, hand_back(services, member, page))
        case _:
            show_details(services, member, page, press)


def show_details(services: Services, member: MemberRow, page: InterviewPage, press: Press) -> None:
    """The modal with everything at a glance."""
    from botapp.channels.slack.details import details_view

    data = details_data(services, member, page)
    _show(services, press, details_view(data, _about(About(interview=page.interview_id), press)))


def details_data(services: Services, member: MemberRow, page: InterviewPage) -> dict[str, Any]:
    """What that modal shows to this member."""
    card = report_data(services, page)
    return {
        **(card or {"name": page.candidate.name, "title": page.title, "report_url": _report_url(services, page)}),
        "scored": card is not None,
        "standing": _standing(page),
        "may_decide": may(member.role, Deed.DECIDE),
        "decided": page.candidate.decision,
    }


def _standing(page: InterviewPage) -> str:
    """What was decided, and what waits for somebody."""
    said = []
    decided = next((d for d in reversed(page.decisions) if d.kind in ("shortlist", "dismiss", "reopen")), None)
    if page.candidate.decision and decided is not None:
        reason = f": {decided.reason}" if decided.reason else ""
        said.append(f"{page.candidate.decision.capitalize()} by {decided.by or 'a colleague'}{reason}.")
    elif page.candidate.status == "paused":
        said.append("The interview waits for you.")
    said += [f"They asked: “{text}”" for text in page.passed_on[-2:]]
    return " ".join(said)


def report_data(services: Services, page: InterviewPage) -> dict[str, Any] | None:
    """The scorecard as the cards of Slack take it; None while there is none."""
    if page.scorecard is None:
        return None
    card = scorecard_card(Scorecard.model_validate(page.scorecard), _name(page), page.title)
    more = {"interview_id": page.interview_id, "report_url": _report_url(services, page), "private": True}
    return {**card.data, **more}


def _report_url(services: Services, page: InterviewPage) -> str:
    return f"{services.base_url}/console/interviews/{page.interview_id}"


def _name(page: InterviewPage) -> str:
    return page.candidate.name or "A candidate"


def _about(about: About, press: Press) -> About:
    """What a view carries: the interview, and the thread it was opened from, for what is said afterwards."""
    team, channel = str(press.get("team", "")), str(press.get("channel", ""))
    thread = str(press.get("thread_ts", ""))
    from_here = f"slack:{team}/{channel}" + (f"/{thread}" if thread else "") if channel else about.address
    return replace(about, address=from_here)


def _address(services: Services, page: InterviewPage) -> str:
    with services.database.reading() as uow:
        interview = interviews.get(uow, page.interview_id)
        return (inbox.last_address(uow, interview.conversation_id) or "") if interview else ""


# ---- deciding ----------------------------------------------------------------------------------------------


def _shortlist(services: Services, member: MemberRow, page: InterviewPage, press: Press) -> None:
    if page.candidate.decision != "shortlisted":
        members.decide(services, member, page.interview_id, "shortlist", "", "", {})
    else:
        members.require(member, Deed.DECIDE)
    if in_modal(press):
        show_details(services, member, members.interview_page(services, member, page.interview_id), press)
    else:
        tell_them(services, press, "They are on the shortlist.")


def submit_in_slack(services: Services, member: MemberRow, about: About, callback: str, press: Press) -> dict[str, Any]:
    """A filled-in form: done, and what Slack is answered with (errors under the fields, or a last word)."""
    from botapp.channels.slack import forms, modals

    view = {"state": {"values": press.get("state") or {}}}
    read = modals.read_reason if callback == Callback.DISMISS else modals.read_message
    given = read(view)
    if not isinstance(given, str):
        return forms.with_errors(given)
    try:
        title, said = _submitted(services, member, about, callback, given, press)
    except BotappError as error:
        title, said = "Not done", str(error)
    return {"response_action": "update", "view": modals.told_view(title, said)}


def _submitted(
    services: Services, member: MemberRow, about: About, callback: str, given: str, press: Press
) -> tuple[str, str]:
    page = members.interview_page(services, member, about.interview)
    if callback == Callback.DISMISS:
        return _dismiss(services, member, page, given)
    return _write(services, member, page, given, press)


def _dismiss(services: Services, member: MemberRow, page: InterviewPage, reason: str) -> tuple[str, str]:
    last = page.decisions[-1] if page.decisions else None
    again = page.candidate.decision == "dismissed" and last is not None and last.reason == reason
    if not again:
        members.decide(services, member, page.interview_id, "dismiss", "", reason, {})
    return "Dismissed", f"{_name(page)} will not go on. Your reason is kept with the decision. Nobody was told."


def _write(services: Services, member: MemberRow, page: InterviewPage, text: str, press: Press) -> tuple[str, str]:
    """Into the candidate's own thread, as written by a person; the turn and the send gate do the rest."""
    said = reaching.reply_as_person(
        services, member, page.interview_id, text, client_id=f"{press.get('view_id', '')}/{derived_id(text)}"
    )
    return "Message", said


# ---- showing -----------------------------------------------------------------------------------------------


def slack_of(services: Services) -> Slack:
    """The channel. Raises NotFound where Slack is not set up."""
    channel = services.channels.get("slack")
    if not isinstance(channel, Slack):
        raise NotFound("Slack is not connected here.")
    return channel


def in_modal(press: Press) -> bool:
    """Pressed in a modal, which can be changed; from Home a new one opens."""
    return bool(press.get("view_id")) and press.get("view_type") != "home"


def _show(services: Services, press: Press, view: Mapping[str, Any]) -> None:
    """In the modal that is open, else in a new one."""
    slack = slack_of(services)
    token = slack.token_of(str(press.get("team", "")))
    if in_modal(press):
        slack.api.update_view(token, str(press["view_id"]), view)
    else:
        slack.api.open_view(token, str(press.get("trigger_id", "")), view)


def tell_them(services: Services, press: Press, sentence: str) -> None:
    """Only to who pressed: in the modal, or below the message."""
    from botapp.channels.slack.escaping import as_markup
    from botapp.channels.slack.modals import told_view

    slack = slack_of(services)
    token, channel = slack.token_of(str(press.get("team", ""))), str(press.get("channel", ""))
    if in_modal(press) or not channel:
        _show(services, press, told_view("botapp", sentence))
        return
    thread = str(press.get("thread_ts", ""))
    slack.api.tell_only(token, channel, str(press.get("user", "")), as_markup(sentence), thread)
