"""`botapp slack manifest`, `key` and `socket`: what Slack is asked for, a key for tokens, a socket."""

import json

import click

from botapp.config import Settings
from botapp.errors import BotappError


def print_manifest(settings: Settings) -> None:
    """As https://api.slack.com/apps takes it: Create New App, From a manifest."""
    from botapp.bootstrap import slack_manifest

    click.echo(json.dumps(slack_manifest(settings), indent=2))


def print_key() -> None:
    """A fresh key, to stand first in BOTAPP_TOKEN_KEYS."""
    from botapp.channels.slack.sealing import new_key

    click.echo(new_key())


def listen(settings: Settings) -> None:
    """A sentence, not a traceback, when it can't start."""
    from botapp.entrypoints.slack import run_socket

    try:
        run_socket(settings)
    except BotappError as error:
        raise click.ClickException(str(error)) from error
