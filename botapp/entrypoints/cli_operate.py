"""The operator's commands: sign-in links, doctor, migrations, a draft from a file."""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click

from botapp.bootstrap import ensure_workspace, readiness, services
from botapp.clock import SystemClock
from botapp.config import Settings
from botapp.errors import BotappError
from botapp.pipeline.members import new_sign_in
from botapp.pipeline.services import Services
from botapp.screening.interviewer import Interviewer
from botapp.state import people
from botapp.state.migrate import upgrade
from botapp.state.wakeups import TURNS


def print_sign_in(settings: Settings, email: str) -> None:
    """A one-time link for a member; the owner without an e-mail."""
    shared = services(settings)
    try:
        upgrade(shared.database)
        first = ensure_workspace(settings, shared)
        member_id = first.owner_id
        if email:
            with shared.database.reading() as uow:
                member_id = people.member_by_email(uow, first.workspace_id, email) or ""
        if not member_id:
            raise click.ClickException(f"No member has the e-mail {email}. Invite them in the console, under Team.")
        secret = new_sign_in(shared, member_id)
    except BotappError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{settings.base_url}/signin/{secret}")
    click.echo("It works once, for an hour.", err=True)


def upgrade_database(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        shared = services(settings)
        upgrade(shared.database)
        ensure_workspace(settings, shared)
    except BotappError as error:
        raise click.ClickException(str(error)) from error
    click.echo("The database is up to date.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor. `level`: ok, note (works, but read this) or problem."""

    level: str
    what: str
    mend: str = ""


def run_doctor(settings: Settings, as_json: bool) -> int:
    """Print what is configured and what is wrong. Returns 1 when there is a problem."""
    return print_findings(list(_findings(settings, services(settings))), as_json)


def print_findings(findings: Sequence[Finding], as_json: bool) -> int:
    """One line each, with what mends it below. Returns 1 when there is a problem among them."""
    if as_json:
        click.echo(json.dumps([asdict(f) for f in findings], indent=2))
    else:
        for finding in findings:
            mark = {"ok": "ok     ", "note": "note   ", "problem": "PROBLEM"}[finding.level]
            click.echo(f"{mark}  {finding.what}")
            if finding.mend:
                click.echo(f"         {finding.mend}")
    return 1 if any(f.level == "problem" for f in findings) else 0


def _findings(settings: Settings, shared: Services) -> Iterator[Finding]:
    yield from _storage(settings, shared)
    yield from _engine(settings)
    yield from _reach(settings)


def _storage(settings: Settings, shared: Services) -> Iterator[Finding]:
    kind = "PostgreSQL" if settings.database_url else f"SQLite in {settings.data_dir}"
    state = readiness(shared) if settings.database_url or settings.data_dir.exists() else {"database": "fresh"}
    if state["database"] == "ok":
        yield Finding("ok", f"Database: {kind}, up to date.")
    elif state["database"] == "fresh":
        yield Finding("note", f"Database: {kind}, not made yet.", "`botapp up` makes it.")
    else:
        yield Finding("problem", f"Database: {kind}. {state['database']}", "Run `botapp db upgrade`, or check the URL.")
    if not settings.data_dir.exists():
        return
    if not os.access(settings.data_dir, os.W_OK):
        yield Finding(
            "problem", f"The data folder {settings.data_dir} can't be written.", "Give this user the right to."
        )
    free = shutil.disk_usage(settings.data_dir).free // 2**20
    if free < 500:
        yield Finding("problem", f"Only {free} MB of disk are free.", "Make room: a full disk stops every answer.")
    workers = shared.wakeups.workers(TURNS)
    if not shared.wakeups.ping():
        yield Finding("note", "Redis does not answer.", "`botapp up` starts one; messages wait until then.")
    elif not workers:
        yield Finding("problem", "No worker is running: messages are kept, nobody answers.", "Start `botapp worker`.")
    else:
        yield Finding("ok", f"Redis answers; {workers} worker processes run turns.")


def _engine(settings: Settings) -> Iterator[Finding]:
    if not settings.llm_model:
        yield Finding(
            "note",
            "Language: the rules engine (English, no model, no cost).",
            "Set BOTAPP_LLM_MODEL and BOTAPP_LLM_BASE_URL to connect a model.",
        )
        return
    yield Finding("ok", f"Language: {settings.llm_model}, with rules behind it.")
    if settings.llm_base_url and not settings.llm_base_url.startswith(("http://", "https://")):
        yield Finding("problem", "BOTAPP_LLM_BASE_URL is not a web address.", "It begins with https:// or http://.")
    if not settings.llm_base_url and not settings.llm_api_key.get_secret_value():
        yield Finding(
            "problem", "The model has no key.", "Set BOTAPP_LLM_API_KEY, or BOTAPP_LLM_BASE_URL for a local one."
        )
    if not settings.llm_daily_budget:
        yield Finding("note", "No daily limit on model cost.", "Set BOTAPP_LLM_DAILY_BUDGET to have one.")


def _reach(settings: Settings) -> Iterator[Finding]:
    if not settings.public_url:
        yield Finding(
            "note",
            f"Links begin with {settings.base_url}: only this machine can open them.",
            "Set BOTAPP_PUBLIC_URL to the address people use.",
        )
    elif not settings.secure_cookies:
        yield Finding("problem", "BOTAPP_PUBLIC_URL is not https.", "Put a TLS proxy in front: links are secrets.")
    else:
        yield Finding("ok", f"Links begin with {settings.base_url}.")
    if settings.workspace_name == "Your company":
        yield Finding("note", "Candidates read “Your company”.", "Set BOTAPP_WORKSPACE_NAME before the first start.")


def printed_draft(draft: Interviewer) -> dict[str, Any]:
    """A draft as other programs read it: each question with its `source`, {"quote": sentence it came from}."""
    printed = draft.model_dump(mode="json")
    for stage in printed["stages"]:
        for question in stage["questions"]:
            question["source"] = {"quote": question["provenance"]["quote"]}
    return printed


def run_compose(raw: bytes, instructions: str, as_json: bool) -> int:
    """Draft from a file and print it. Returns 1, with the reason, when there is no draft."""
    from botapp.compose.wording import draft_card
    from botapp.engines.rules import RulesLanguage
    from botapp.llm import DraftRequest

    text = raw.decode("utf-8", errors="replace")
    request = DraftRequest(text=text, instructions=instructions, today=SystemClock().now().date())
    result = RulesLanguage().draft_interviewer(request)
    if result.draft is None:
        click.echo(result.problem, err=True)
        return 1
    if as_json:
        click.echo(json.dumps(printed_draft(result.draft), indent=2, ensure_ascii=False))
        return 0
    click.echo(draft_card(result.draft).plain)
    for line in (*result.assumed, *result.clarifying):
        click.echo(line, err=True)
    return 0
