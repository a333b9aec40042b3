"""The command line. Every command imports what it needs when it runs, so that `--help` answers at once."""

import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

import click

from botapp import __version__

if TYPE_CHECKING:
    from botapp.config import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """botapp: build an AI interviewer by chatting, screen candidates in the threads they already use."""


def _settings() -> "Settings":
    """With the account of the phone network that `botapp up` runs here, while it does."""
    from botapp.entrypoints.phone_network import with_running_network

    return with_running_network(_own_settings())


def _own_settings() -> "Settings":
    from pydantic import ValidationError

    from botapp.config import Settings

    try:
        return Settings()
    except ValidationError as error:
        lines = [f"BOTAPP_{'_'.join(str(p) for p in e['loc']).upper()}: {e['msg']}" for e in error.errors()]
        raise click.ClickException("A setting can't be used:\n  " + "\n  ".join(lines)) from error


@main.command()
def up() -> None:
    """Start everything, restart what dies, stop all on Ctrl-C."""
    from botapp.entrypoints.supervisor import run_supervisor

    run_supervisor(_own_settings())


@main.command()
def web() -> None:
    """Serve the pages (gunicorn)."""
    from botapp.entrypoints.supervisor import web_command

    command = web_command(_settings())
    os.execv(command[0], command)  # noqa: S606 - this process becomes the server


@main.command()
@click.option("--turns", type=click.IntRange(0, 64), help="Processes that run turns (default: BOTAPP_TURN_WORKERS).")
@click.option("--deliveries", type=click.IntRange(0, 64), default=1, help="Processes that call providers.")
def worker(turns: int | None, deliveries: int) -> None:
    """Run conversation turns and send what is queued."""
    from botapp.entrypoints.worker import run_worker
    from botapp.state.wakeups import DELIVERIES, TURNS

    settings = _settings()
    run_worker(settings, [DELIVERIES] * deliveries + [TURNS] * (settings.turn_workers if turns is None else turns))


@main.command()
def timers() -> None:
    """Wake workers for whatever is due."""
    from botapp.entrypoints.timers import run_timers

    run_timers(_settings())


@main.command()
@click.option("--as", "email", default="", help="E-mail of the member who is chatting (default: the owner).")
def chat(email: str) -> None:
    """Build an interviewer by chatting, here in the terminal."""
    from botapp.entrypoints.cli_chat import run_chat

    run_chat(_settings(), email)


@main.command()
@click.option("--jd", type=click.Path(exists=True, dir_okay=False), help="A job description to use.")
@click.option("--channel", type=click.Choice(["web", "sms", "slack"]), default="web", help="Which to show.")
def demo(jd: str | None, channel: str) -> None:
    """Do all of it without a hand: compose, edit, publish, screen candidates, score, alert."""
    from botapp.entrypoints.cli_demo import run_demo

    sys.exit(run_demo(_own_settings(), jd, channel=channel))


@main.command()
@click.argument("email", default="")
def signin(email: str) -> None:
    """Print a one-time sign-in link for a member (default: the owner)."""
    from botapp.entrypoints.cli_operate import print_sign_in

    print_sign_in(_settings(), email)


@main.command()
@click.argument("part", type=click.Choice(["twilio", "slack"]), required=False)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def doctor(part: str | None, as_json: bool) -> None:
    """Say what is configured, what is missing and how to mend it; of everything, or of one part."""
    if part == "twilio":
        from botapp.entrypoints.cli_twilio import run_doctor
    elif part == "slack":
        from botapp.entrypoints.cli_slack_doctor import run_doctor
    else:
        from botapp.entrypoints.cli_operate import run_doctor

    sys.exit(run_doctor(_settings(), as_json))


@main.group()
def setup() -> None:
    """Set up what botapp works with at its providers."""


@setup.command("twilio")
@click.option("--yes", "agreed", is_flag=True, help="Don't ask.")
def setup_twilio(agreed: bool) -> None:
    """Point our numbers (or our messaging service) at this server. Shows the change first."""
    from botapp.entrypoints.cli_twilio import run_setup

    sys.exit(run_setup(_settings(), agreed))


_ENGINE = click.option("--engine", type=click.Choice(["rules", "openai"]), default="rules", help="Who does it.")
_TODAY = click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day it is taken to be (default: today).")


@main.command()
@click.argument("file")
@click.option("--instruction", "--instructions", "instruction", default="", help="What you would type beside it.")
@_ENGINE
@_TODAY
@click.option("--json", "as_json", is_flag=True, help="The draft as JSON (docs/interviewer.schema.json).")
def compose(file: str, instruction: str, engine: str, today: datetime | None, as_json: bool) -> None:
    """Draft an interviewer from a file of text, HTML, PDF or Word (- for standard input), and keep nothing."""
    from botapp.entrypoints.cli_compose import language_of, run_compose

    day = today.date() if today else None
    sys.exit(run_compose(file, instruction, lambda: language_of(engine, _own_settings), day, as_json))


@main.command()
@click.argument("draft")
@click.option("--say", required=True, help="What you would say to the agent.")
@_ENGINE
@_TODAY
@click.option("--json", "as_json", is_flag=True, help="The new draft, the operations and the answer as JSON.")
def edit(draft: str, say: str, engine: str, today: datetime | None, as_json: bool) -> None:
    """Change a draft that `compose --json` printed by one message (- for standard input), and keep nothing."""
    from botapp.entrypoints.cli_compose import language_of, run_edit

    day = today.date() if today else None
    sys.exit(run_edit(draft, say, lambda: language_of(engine, _own_settings), day, as_json))


@main.command()
@click.argument("query", default="")
def templates(query: str) -> None:
    """List the roles there is a template for, or those that fit QUERY ("forklift", "SDR", "CNA")."""
    from botapp.entrypoints.cli_templates import list_templates

    sys.exit(list_templates(query))


@main.command()
@click.argument("interviewer")
@click.option("--json", "as_json", is_flag=True, help="Everything, transcripts too.")
def rehearse(interviewer: str, as_json: bool) -> None:
    """Let five made-up candidates try a draft: its id or link name, or a file that `compose --json` printed."""
    from botapp.entrypoints.cli_rehearse import run_rehearsal

    sys.exit(run_rehearsal(_settings(), interviewer, as_json))


@main.command(hidden=True)
def interviewer_schema() -> None:
    """Print `docs/interviewer.schema.json`."""
    from botapp.entrypoints.cli_compose import print_schema

    print_schema()


@main.command()
@click.argument("interviewer_slug")
@click.option("--name", default="", help="Who is invited.")
@click.option("--phone", default="", help="Their phone number.")
@click.option("--email", default="", help="Their e-mail address, if you have it.")
@click.option("--how", default="", help="How they agreed to texts; kept as the record of consent.")
@click.option("--file", type=click.Path(exists=True, dir_okay=False), help="A CSV list of people instead.")
@click.option("--as", "as_email", default="", help="E-mail of the member who invites (default: the owner).")
def invite(interviewer_slug: str, name: str, phone: str, email: str, how: str, file: str | None, as_email: str) -> None:
    """Invite people to an interview by text: one, or a list."""
    from botapp.entrypoints.cli_invite import run_invite

    if bool(file) == bool(phone):
        raise click.UsageError("Give either --name, --phone and --how, or --file.")
    sys.exit(
        run_invite(
            _settings(),
            interviewer_slug,
            name=name,
            phone=phone,
            email=email,
            how=how,
            file=file or "",
            as_email=as_email,
        )
    )


@main.group()
def consent() -> None:
    """Who agreed to be written to."""


@consent.command("show")
@click.argument("contact")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def consent_show(contact: str, as_json: bool) -> None:
    """The history of consent of a phone number or an e-mail address."""
    from botapp.entrypoints.cli_invite import show_consent

    sys.exit(show_consent(_settings(), contact, as_json))


@main.group()
def score() -> None:
    """Scorecards."""


@score.command("show")
@click.argument("interview_id")
@click.option("--json", "as_json", is_flag=True, help="Everything, with the inputs of every number.")
def score_show(interview_id: str, as_json: bool) -> None:
    """Print the scorecard of an interview."""
    from botapp.entrypoints.cli_score import show_score

    show_score(_settings(), interview_id, as_json)


@score.command("schema")
def score_schema() -> None:
    """Print the schema of `show --json`."""
    from botapp.entrypoints.cli_score import print_schema

    print_schema()


@main.group()
def slack() -> None:
    """Slack."""


@slack.command()
def manifest() -> None:
    """Print the manifest that makes the Slack app."""
    from botapp.entrypoints.cli_slack import print_manifest

    print_manifest(_settings())


@slack.command()
def key() -> None:
    """Print a fresh key for BOTAPP_TOKEN_KEYS."""
    from botapp.entrypoints.cli_slack import print_key

    print_key()


@slack.command("socket")
def slack_socket() -> None:
    """Listen to Slack by a socket (BOTAPP_SLACK_APP_TOKEN): no public address is needed."""
    from botapp.entrypoints.cli_slack import listen

    listen(_settings())


@main.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema."""
    from botapp.entrypoints.cli_operate import upgrade_database

    upgrade_database(_settings())


@main.command("eval")
@click.argument("what", type=click.Choice(["replies", "intents", "bursts", "answers"]))
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object a line.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day it is taken to be (default: today).")
def eval_rows(what: str, file: BinaryIO, as_json: bool, today: datetime | None) -> None:
    """Read rows of annotated data (- for standard input) with the rules engine, and keep nothing."""
    from botapp.clock import SystemClock
    from botapp.entrypoints.cli_eval import run_eval

    sys.exit(run_eval(what, file, (today or SystemClock().now()).date(), as_json))


@main.command(hidden=True)
def env_example() -> None:
    """Print `.env.example`."""
    from botapp.config import env_example as text

    click.echo(text(), nl=False)


if __name__ == "__main__":
    main()
