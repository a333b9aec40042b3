"""The command line. Every command imports what it needs when it runs, so that `--help` answers at once."""

import os
import sys
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

    run_supervisor(_settings())


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
def demo(jd: str | None) -> None:
    """Do all of it without a hand: compose, edit, publish, screen three candidates, score, alert."""
    from botapp.entrypoints.cli_demo import run_demo

    sys.exit(run_demo(_settings(), jd))


@main.command()
@click.argument("email", default="")
def signin(email: str) -> None:
    """Print a one-time sign-in link for a member (default: the owner)."""
    from botapp.entrypoints.cli_operate import print_sign_in

    print_sign_in(_settings(), email)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def doctor(as_json: bool) -> None:
    """Say what is configured, what is missing and how to mend it."""
    from botapp.entrypoints.cli_operate import run_doctor

    sys.exit(run_doctor(_settings(), as_json))


@main.command()
@click.argument("file", type=click.File("rb"))
@click.option("--instructions", default="", help="What you would type beside it.")
@click.option("--json", "as_json", is_flag=True, help="The draft as JSON.")
def compose(file: BinaryIO, instructions: str, as_json: bool) -> None:
    """Draft an interviewer from a file of text (- for standard input), and keep nothing."""
    from botapp.entrypoints.cli_operate import run_compose

    sys.exit(run_compose(file.read(), instructions, as_json))


@main.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema."""
    from botapp.entrypoints.cli_operate import upgrade_database

    upgrade_database(_settings())


@main.command(hidden=True)
def env_example() -> None:
    """Print `.env.example`."""
    from botapp.config import env_example as text

    click.echo(text(), nl=False)


if __name__ == "__main__":
    main()
