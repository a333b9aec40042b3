"""`botapp rehearse`: five made-up candidates try a draft, here and now. Nobody is written to."""

from pathlib import Path

import click

from botapp.bootstrap import ensure_workspace, worker_services
from botapp.compose import exchange
from botapp.compose.rehearsal import Rehearsal
from botapp.compose.rehearsal_words import plain
from botapp.config import Settings
from botapp.entrypoints.cli_compose import BadInput, read_draft
from botapp.errors import BotappError, NotFound
from botapp.pipeline.rehearse import rehearse_draft, rehearse_stored
from botapp.pipeline.services import fresh_id
from botapp.state import interviewers
from botapp.state.migrate import upgrade

BAD_INPUT = 2


def run_rehearsal(settings: Settings, which: str, as_json: bool) -> int:
    """Print what came out. 2 when there is no such draft, or nothing in it can be rehearsed."""
    try:
        made = _of_file(settings, which) if which.endswith(".json") or which == "-" else _of_stored(settings, which)
    except (BotappError, BadInput) as error:
        click.echo(f"Error: {error}", err=True)
        return BAD_INPUT
    click.echo(made.model_dump_json(indent=2) if as_json else plain(made))
    return 0


def _of_file(settings: Settings, file: str) -> Rehearsal:
    if file != "-" and not Path(file).is_file():
        raise BadInput(f"There is no file {file}.")
    try:
        draft = exchange.read_interviewer(read_draft(file))
    except exchange.NotAnInterviewer as error:
        raise BadInput(f"This draft can't be used: {' '.join(str(error).split())}.") from error
    return rehearse_draft(worker_services(settings), draft, "", id=fresh_id(), employer=settings.workspace_name)


def _of_stored(settings: Settings, which: str) -> Rehearsal:
    """Of an interviewer of this installation; it is kept as if it had been asked for in the chat."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    shared = worker_services(settings)
    upgrade(shared.database)
    first = ensure_workspace(settings, shared)
    with shared.database.reading() as uow:
        found = interviewers.get(uow, which, first.workspace_id) or interviewers.by_slug(uow, which)
    if found is None or found.workspace_id != first.workspace_id:
        raise NotFound(f"There is no interviewer {which} here. Give its id, its link name, or a file.")
    return rehearse_stored(shared, found.id, id=fresh_id(), by=first.owner_id)
