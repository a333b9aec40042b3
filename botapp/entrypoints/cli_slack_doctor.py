"""`botapp doctor slack`: what is set, whether Slack takes our token with every permission, whether it can reach us.

Guarantees: looking changes nothing; no token or secret is ever printed.
"""

from collections.abc import Iterator

from botapp.bootstrap import services, slack_connector
from botapp.channels.slack import Slack
from botapp.channels.slack.checkup import Standing, events_answer, standing_of
from botapp.channels.slack.manifest import EVENTS_PATH
from botapp.config import Settings
from botapp.entrypoints.cli_operate import Finding, print_findings
from botapp.errors import BotappError
from botapp.pipeline.services import Services
from botapp.state import people
from botapp.state import slack as installed

REINSTALL = "Paste `botapp slack manifest` into the app's settings (App Manifest), then install it again."
CONNECT = "Set BOTAPP_SLACK_BOT_TOKEN, or let an owner press Connect Slack in the console, under Team."


def run_doctor(settings: Settings, as_json: bool) -> int:
    """Print what Slack needs and what is wrong. Returns 1 when there is a problem."""
    try:
        findings = list(_findings(settings))
    except BotappError as error:
        findings = [Finding("problem", str(error))]
    return print_findings(findings, as_json)


def _findings(settings: Settings) -> Iterator[Finding]:
    shared = services(settings)
    channel = shared.channels.get("slack")
    if not isinstance(channel, Slack):
        mend = "Set BOTAPP_SLACK_SIGNING_SECRET, or BOTAPP_SLACK_APP_TOKEN for a socket: docs/channels/slack.md."
        yield Finding("problem", "Slack is not set up: neither a signing secret nor an app token is set.", mend)
        return
    if settings.slack_base_url:
        yield Finding("note", f"Slack is one on this machine, at {settings.slack_base_url}.", "No real Slack hears us.")
    yield from _ways_in(settings, shared)
    yield from _installing(settings)
    yield from _teams(settings, shared, channel)


def _ways_in(settings: Settings, shared: Services) -> Iterator[Finding]:
    secret = settings.slack_signing_secret.get_secret_value()
    if settings.slack_app_token.get_secret_value():
        yield Finding("ok", "Slack comes in by a socket: `botapp up` listens to it.")
        return
    if settings.slack_signing_secret_old.get_secret_value():
        yield Finding("note", "The old signing secret is still accepted.", "Clear BOTAPP_SLACK_SIGNING_SECRET_OLD.")
    url = f"{settings.base_url}{EVENTS_PATH}"
    if not settings.secure_cookies and not settings.slack_base_url:
        yield Finding(
            "problem",
            f"Slack can't reach {url}.",
            "Set BOTAPP_PUBLIC_URL to an https address, or use a socket (BOTAPP_SLACK_APP_TOKEN).",
        )
    wrong = events_answer(settings.base_url, secret, int(shared.now().timestamp()))
    if wrong:
        yield Finding("problem", f"The events address is {url}, and {wrong}.", "Start `botapp up`; check the proxy.")
    else:
        yield Finding("ok", f"The events address {url} answers, and knows the signing secret.")


def _installing(settings: Settings) -> Iterator[Finding]:
    if bool(settings.slack_client_id) != bool(settings.slack_client_secret.get_secret_value()):
        yield Finding(
            "problem", "Installing by link lacks its id or its secret.", "Set both BOTAPP_SLACK_CLIENT_ID and _SECRET."
        )
    if not settings.owner_email and settings.slack_bot_token.get_secret_value():
        mend = "Set BOTAPP_OWNER_EMAIL to the address you have in Slack, or invite yourself under Team."
        yield Finding("note", "Slack can't know the first owner: no e-mail address is set.", mend)


def _teams(settings: Settings, shared: Services, channel: Slack) -> Iterator[Finding]:
    with shared.database.reading() as uow:
        first = people.first_workspace(uow)
        teams = installed.teams_of(uow, first[0]) if first else []
    if not teams:
        yield Finding("problem", "The app is in no Slack workspace yet.", CONNECT)
    for team in teams:
        try:
            token = slack_connector(settings, shared).stores.token_of(team)
        except BotappError as error:
            yield Finding("problem", f"{team}: {error}", "Put the key back into BOTAPP_TOKEN_KEYS, or connect again.")
            continue
        yield from judged(team, standing_of(channel.api, team, token))


def judged(team: str, standing: Standing) -> Iterator[Finding]:
    """What Slack said of one workspace, against what should be. Pure."""
    whose = f"{standing.name} ({team})" if standing.name != team else team
    if standing.problem:
        yield Finding("problem", f"{whose}: {standing.problem}", CONNECT)
        return
    if standing.missing:
        yield Finding("problem", f"{whose}: permissions are missing: {', '.join(standing.missing)}.", REINSTALL)
    else:
        yield Finding("ok", f"{whose}: the token works, with every permission of the manifest.")
    if standing.needless:
        yield Finding("note", f"{whose}: it has permissions we don't use: {', '.join(standing.needless)}.", REINSTALL)
