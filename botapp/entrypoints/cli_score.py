"""`botapp score`: a stored scorecard on the command line, and the schema of its JSON."""

import json

import click

from botapp.bootstrap import ensure_workspace, services
from botapp.config import Settings
from botapp.errors import BotappError
from botapp.pipeline.exporting import export_interview
from botapp.pipeline.members import find_member, interview_page
from botapp.scoring.export import ScorecardExport
from botapp.scoring.scorecard import scorecard_card
from botapp.screening.interview import Scorecard

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def show_score(settings: Settings, interview_id: str, as_json: bool) -> None:
    """Print one interview's scorecard, as the owner of this installation sees it."""
    shared = services(settings)
    try:
        owner = find_member(shared, ensure_workspace(settings, shared).owner_id)
        assert owner is not None
        if as_json:
            click.echo(export_interview(shared, owner, interview_id).model_dump_json(indent=2))
            return
        page = interview_page(shared, owner, interview_id)
    except BotappError as error:
        raise click.ClickException(str(error)) from error
    if page.scorecard is None:
        raise click.ClickException("This interview is not scored yet.")
    click.echo(scorecard_card(Scorecard.model_validate(page.scorecard), page.candidate.name, page.title).plain)


def print_schema() -> None:
    """The JSON Schema of what `show --json` and the console's JSON hold."""
    schema = ScorecardExport.model_json_schema(mode="serialization")
    said = {"$schema": DIALECT, **schema, "title": "botapp scorecard, format 1"}
    click.echo(json.dumps(said, indent=2))
