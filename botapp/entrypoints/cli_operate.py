"""The operator's commands: sign-in links, doctor, migrations, a draft from a file."""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import click

from botapp.bootstrap import ensure_workspace, readiness, services
from botapp.config import Settings
from botapp.errors import BotappError
from botapp.pipeline.members import new_sign_in
from botapp.pipeline.model_use import cap_reached, use_today
from botapp.pipeline.services import Services
from botapp.policy.model_budget import Cap
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
    yield from model_findings(settings, shared)
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
    if not settings.llm_daily_budget and not settings.llm_daily_tokens:
        yield Finding(
            "note", "No daily limit on model cost.", "Set BOTAPP_LLM_DAILY_BUDGET or BOTAPP_LLM_DAILY_TOKENS."
        )
    if (settings.llm_daily_budget or settings.llm_interview_budget) and not (
        settings.llm_price_in or settings.llm_price_out
    ):
        yield Finding(
            "problem",
            "A limit on model cost does nothing without prices.",
            "Set BOTAPP_LLM_PRICE_IN and BOTAPP_LLM_PRICE_OUT, or limit by BOTAPP_LLM_DAILY_TOKENS.",
        )


def model_findings(settings: Settings, shared: Services) -> Iterator[Finding]:
    """What the model took today, and whether its rest has to wait for tomorrow."""
    if not settings.llm_model or (not settings.database_url and not settings.data_dir.exists()):
        return
    if readiness(shared)["database"] != "ok":
        return
    with shared.database.reading() as uow:
        first = people.first_workspace(uow)
    if first is None:
        return
    use = use_today(shared, first[0])
    told = f"The model today (UTC): {use.calls:,} calls, {use.tokens:,} tokens, {use.cost:,.2f}."
    if cap_reached(shared, settings.model_caps, first[0]) is Cap.NONE:
        yield Finding("ok", told)
    else:
        yield Finding("note", f"{told} The limit is reached.", "Rules carry conversations; scores wait for tomorrow.")


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
