"""`botapp doctor twilio` and `botapp setup twilio`: what the account for text messages says, and setting it right.

Guarantees: looking changes nothing; nothing is set before it was shown and agreed to; no token is ever printed.
"""

from collections.abc import Iterator

import click

from botapp.bootstrap import services
from botapp.channels.sms import Sms, SmsAccount, setup
from botapp.channels.sms.setup import Inbound, Number, Service, Standing
from botapp.config import Settings
from botapp.entrypoints.cli_operate import Finding, print_findings
from botapp.errors import BotappError
from botapp.pipeline import spool
from botapp.pipeline.services import Services
from botapp.state import lanes, people

SET = "`botapp setup twilio` sets it, and shows it first."
CONSOLE = "Look in the Twilio console, under Messaging > Regulatory compliance."
TOLL_FREE = ("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888")
VERIFIED, REFUSED = ("VERIFIED", "APPROVED"), ("FAILED", "REJECTED", "SUSPENDED", "DELETED", "EXPIRED")


def run_doctor(settings: Settings, as_json: bool) -> int:
    """Print what texting needs and what is wrong. Returns 1 when there is a problem."""
    try:
        findings = list(_findings(settings))
    except BotappError as error:
        findings = [Finding("problem", str(error))]
    return print_findings(findings, as_json)


def _findings(settings: Settings) -> Iterator[Finding]:
    shared = services(settings)
    channel = shared.channels.get(Sms.scheme)
    if not isinstance(channel, Sms):
        yield Finding(
            "problem",
            "No Twilio account is set, so no text can come or go.",
            "Set BOTAPP_TWILIO_ACCOUNT_SID, BOTAPP_TWILIO_AUTH_TOKEN and BOTAPP_TWILIO_FROM.",
        )
        return
    yield from _settings(settings, channel.account)
    if channel.account.tokens:
        yield from _account(channel)
    yield from _here(settings, shared)


def _settings(settings: Settings, account: SmsAccount) -> Iterator[Finding]:
    if not account.tokens:
        yield Finding("problem", "There is no auth token: every call is refused.", "Set BOTAPP_TWILIO_AUTH_TOKEN.")
    if settings.twilio_auth_token_old.get_secret_value():
        yield Finding("note", "The old auth token is still accepted.", "Clear BOTAPP_TWILIO_AUTH_TOKEN_OLD when done.")
    if not account.sender:
        yield Finding("problem", "There is no number to text from.", "Set BOTAPP_TWILIO_FROM.")
    yield _public_url(settings, account)
    if not settings.help_contact:
        yield Finding("note", "HELP names nobody to write to or call.", "Set BOTAPP_HELP_CONTACT.")


def _public_url(settings: Settings, account: SmsAccount) -> Finding:
    if account.base_url:
        return Finding("note", f"Texts go to a Twilio on this machine, at {account.base_url}.", "No phone gets them.")
    if settings.secure_cookies:
        return Finding("ok", f"Twilio reaches us at {settings.base_url}.")
    return Finding(
        "problem",
        f"Twilio can't safely reach {settings.base_url}.",
        "Set BOTAPP_PUBLIC_URL to the https address in front of the web server; signatures are checked over it.",
    )


def _account(channel: Sms) -> Iterator[Finding]:
    """What the provider says. When it says nothing, the one reason."""
    account = channel.account
    try:
        standing = setup.read_standing(channel.client(), account)
    except BotappError as error:
        mend = "Check BOTAPP_TWILIO_ACCOUNT_SID, BOTAPP_TWILIO_AUTH_TOKEN, BOTAPP_TWILIO_MESSAGING_SERVICE_SID."
        yield Finding("problem", str(error), mend)
        return
    yield from judged(standing, account)


def judged(standing: Standing, account: SmsAccount) -> Iterator[Finding]:
    """What was read, against what should be. Pure."""
    if standing.status == "active":
        yield Finding("ok", "The account answers and is active.")
    else:
        yield Finding("problem", f"The account is {standing.status}: no text leaves.", "Look in the Twilio console.")
    if standing.kind == "Trial":
        yield Finding("note", "It is a trial account: it texts only numbers verified in the Twilio console.")
    want = setup.expected(account)
    if standing.service is not None:
        yield from _service(standing.service, account, want)
    for number in account.numbers:
        yield from _number(standing, number, want)
    yield from _registration(standing, account)


def _service(service: Service, account: SmsAccount, want: Inbound) -> Iterator[Finding]:
    whose = f"Messaging service {service.name}"
    if service.defers:
        yield Finding("ok", f"{whose}: texts go where each number says.")
    else:
        yield from _inbound(whose, service.inbound, want)
    if not service.numbers:
        yield Finding("problem", f"{whose} has no numbers.", "Add one to its sender pool in the Twilio console.")
    for number in service.numbers:
        if number not in account.numbers:
            yield Finding(
                "problem",
                f"{number} sends for {whose}, but is not listed in BOTAPP_TWILIO_FROM.",
                "Add it to BOTAPP_TWILIO_FROM.",
            )
    for number in account.numbers:
        if number not in service.numbers:
            yield Finding("note", f"{number} is not one of {whose}'s numbers: texts come in by it, none leave.")


def _number(standing: Standing, number: str, want: Inbound) -> Iterator[Finding]:
    found = standing.numbers.get(number)
    if found is None:
        yield Finding("problem", f"{number} is not a number of this account.", "Check BOTAPP_TWILIO_FROM.")
        return
    if found.sends_texts:
        yield Finding("ok", f"{number} is ours and can text.")
    else:
        yield Finding("problem", f"{number} is ours but can't text.", "Get a number with SMS in the Twilio console.")
    if not standing.takes_by_service(number):
        yield from _own_inbound(found, want)


def _own_inbound(number: Number, want: Inbound) -> Iterator[Finding]:
    if number.application:
        yield Finding("problem", f"{number.number}: an app takes its texts, not our address.", SET)
    else:
        yield from _inbound(number.number, number.inbound, want)


def _inbound(whose: str, now: Inbound, want: Inbound) -> Iterator[Finding]:
    """Where texts go: to us, to us with other retry settings, or somewhere else."""
    if now == want:
        yield Finding("ok", f"{whose}: texts come to us, with three retries and a fallback.")
        return
    pairs = ((setup.TEXTS, now.url, want.url), (setup.FALLBACK, now.fallback, want.fallback))
    for what, old, new in pairs:
        if old == new:
            continue
        if setup.without_rules(old) == setup.without_rules(new):
            yield Finding("note", f"{whose}: {what} the right address, with other retry settings.", SET)
        else:
            yield Finding("problem", f"{whose}: {what} {old or 'nowhere'}, and not {new}.", SET)
    if (now.method, now.fallback_method) != (want.method, want.fallback_method):
        yield Finding("problem", f"{whose}: texts are not posted (the method is not POST).", SET)


def _registration(standing: Standing, account: SmsAccount) -> Iterator[Finding]:
    """Whether US carriers let our texts through. Only a messaging service tells."""
    numbers = standing.service.numbers if standing.service else account.numbers
    toll_free = [number for number in numbers if number.startswith(TOLL_FREE)]
    local = [number for number in numbers if number.startswith("+1") and number not in toll_free]
    if toll_free:
        yield Finding("note", "Whether our toll-free number is verified can't be told from here.", CONSOLE)
    if not local:
        return
    if standing.service is None:
        yield Finding(
            "note",
            "Registration for texting in the US (10DLC) can't be told without a messaging service.",
            f"{CONSOLE} Texts that fail with 30034 mean that it is missing.",
        )
        return
    yield _campaign(standing.service)


def _campaign(service: Service) -> Finding:
    states = [campaign.status for campaign in service.campaigns]
    if any(status in VERIFIED for status in states):
        return Finding("ok", "Registered for texting in the US (10DLC): the campaign is verified.")
    if waiting := [status for status in states if status not in REFUSED]:
        words = waiting[0].lower().replace("_", " ")
        return Finding("note", f"Registration for texting in the US (10DLC) is {words}.", "Texts to US phones wait.")
    if reasons := [reason for campaign in service.campaigns for reason in campaign.reasons]:
        return Finding("problem", f"Registration for texting in the US (10DLC) failed: {' '.join(reasons)}", CONSOLE)
    if states:
        return Finding("problem", f"Registration for texting in the US (10DLC): {states[0].lower()}.", CONSOLE)
    if service.registered:
        return Finding("ok", "Registered for texting in the US (10DLC), as the messaging service says.")
    what = "Not registered for texting in the US (10DLC): texts to US phones are refused (30034)."
    return Finding("problem", what, f"{CONSOLE} Register a brand and a campaign, and link it to this service.")


def _here(settings: Settings, shared: Services) -> Iterator[Finding]:
    """What waits or stands still on our side."""
    yield _spooled(settings)
    yield from _paused(shared)


def _spooled(settings: Settings) -> Finding:
    folder = settings.data_dir / spool.FOLDER
    if count := len(spool.waiting(settings.data_dir)):
        mend = "They are received when the database answers and `botapp timers` runs (it is part of `botapp up`)."
        return Finding("problem", f"{_texts(count)} kept on disk, not received yet.", mend)
    if count := len(list((folder / spool.REFUSED).glob("*.json"))):
        return Finding("note", f"{_texts(count)} kept on disk could not be received.", f"See {folder / spool.REFUSED}.")
    return Finding("ok", "No text waits on disk.")


def _texts(count: int) -> str:
    return "1 text is" if count == 1 else f"{count} texts are"


def _paused(shared: Services) -> Iterator[Finding]:
    try:
        with shared.database.reading() as uow:
            workspace = people.first_workspace(uow)
            stopped = lanes.paused(uow, workspace[0]) if workspace else []
    except BotappError:
        yield Finding("note", "Whether a number is paused can't be told: the database doesn't answer.")
        return
    for lane in stopped:
        sender = lane.lane.removeprefix(f"{Sms.scheme}:")
        yield Finding(
            "problem",
            f"{sender} is paused since {lane.since:%Y-%m-%d %H:%M} UTC. {lane.reason}",
            "When it is mended, press Resume in the console, under Team.",
        )
    if not stopped:
        yield Finding("ok", "No number is paused.")


def run_setup(settings: Settings, agreed: bool) -> int:
    """Show what would change, ask, set it, read it back. Returns 1 when it is not as it should be."""
    try:
        return _set_up(settings, agreed)
    except BotappError as error:
        raise click.ClickException(str(error)) from error


def _set_up(settings: Settings, agreed: bool) -> int:
    channel = services(settings).channels.get(Sms.scheme)
    if not isinstance(channel, Sms) or not channel.account.tokens or not channel.account.sender:
        raise click.ClickException(
            "Set BOTAPP_TWILIO_ACCOUNT_SID, BOTAPP_TWILIO_AUTH_TOKEN and BOTAPP_TWILIO_FROM first."
        )
    if not channel.account.base_url and not settings.secure_cookies:
        raise click.ClickException("Set BOTAPP_PUBLIC_URL to an https address first: Twilio has to reach it.")
    client = channel.client()
    standing = setup.read_standing(client, channel.account)
    missing = [number for number in channel.account.numbers if number not in standing.numbers]
    for number in missing:
        click.echo(f"{number} is not a number of this account. Check BOTAPP_TWILIO_FROM.", err=True)
    wanted = setup.changes(standing, channel.account)
    if not wanted:
        click.echo("There is nothing to change.")
        return 1 if missing else 0
    _show(wanted)
    if not agreed and not click.confirm("Set this?"):
        click.echo("Nothing was changed.")
        return 1
    left = setup.apply(client, channel.account, wanted)
    if left:
        click.echo("Twilio still says something else:", err=True)
        _show(left)
        return 1
    click.echo("Set, and read back: texts come to us.")
    return 1 if missing else 0


def _show(wanted: list[setup.Change]) -> None:
    whose = ""
    for change in wanted:
        if change.whose != whose:
            whose = change.whose
            click.echo(whose)
        click.echo(f"  {change.what}: {change.old or 'nothing'} -> {change.new or 'nothing'}")
