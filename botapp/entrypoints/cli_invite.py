"""Inviting by text and looking at consent, from the command line: the same verbs as the console, one line a person."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from botapp.bootstrap import ensure_workspace, services
from botapp.compose.texting import segment_words
from botapp.config import Settings
from botapp.errors import BotappError
from botapp.pipeline.inviting import invite_list, invite_one
from botapp.pipeline.members import consent_history
from botapp.pipeline.services import Services
from botapp.state import interviewers, people
from botapp.state.read_models import ConsentRow, InviteReport, MemberRow


def run_invite(
    settings: Settings, slug: str, *, name: str, phone: str, email: str, how: str, file: str, as_email: str
) -> int:
    """Invite one person or a list. Returns 1 when somebody was refused."""
    shared = services(settings)
    try:
        member = _member(settings, shared, as_email)
        interviewer_id = _interviewer(shared, member, slug)
        if file:
            path = Path(file)
            report = invite_list(shared, member, interviewer_id, path.read_bytes(), file=path.name)
        else:
            report = invite_one(
                shared,
                member,
                interviewer_id,
                name=name,
                phone=phone,
                email=email,
                how=how,
                channel="cli",
                evidence={"command": "botapp invite"},
            )
    except BotappError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{file} can't be read: {error.strerror}") from error
    _print(report, is_list=bool(file), price=settings.sms_segment_price)
    return 1 if report.refused else 0


def _print(report: InviteReport, *, is_list: bool, price: float) -> None:
    for result in report.results:
        line = f"line {result.line:>4}  " if is_list else ""
        who = " ".join(filter(None, (result.name, result.phone)))
        click.echo(f"{line}{'invited' if result.sent else 'REFUSED'}  {who}{': ' if who else ''}{result.sentence}")
    spent = f" At most {segment_words(report.segments, price)}." if report.sent else ""
    click.echo(f"{report.sent} invited, {report.refused} refused.{spent}", err=True)


def show_consent(settings: Settings, contact: str, as_json: bool) -> int:
    """The history of a phone number or an e-mail address. Returns 1 when there is none."""
    shared = services(settings)
    try:
        rows = consent_history(shared, _member(settings, shared, ""), contact)
    except BotappError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps([asdict(row) | {"at": row.at.isoformat()} for row in rows], indent=2, ensure_ascii=False))
    elif not rows:
        click.echo(f"Nothing is on record about {contact}: no text may be sent there unasked.")
    else:
        for row in rows:
            click.echo(_said(row))
        click.echo(_in_force(rows))
    return 0 if rows else 1


def _said(row: ConsentRow) -> str:
    what = "agreed to texts" if row.given else "took it back"
    recorded = f"Recorded {row.where}" + (f" by {row.by}" if row.by else "") + (f"; {row.proof}" if row.proof else "")
    return f"{row.at:%Y-%m-%d %H:%M} UTC  {row.contact}  {what}: {row.how}\n                      {recorded}."


def _in_force(rows: tuple[ConsentRow, ...]) -> str:
    latest = {row.contact: row for row in rows}
    return "\n".join(
        f"{contact}: {'consent is in force' if row.given else 'no consent is in force'}."
        for contact, row in latest.items()
    )


def _member(settings: Settings, shared: Services, email: str) -> MemberRow:
    """Who does it: the owner, or the member with this e-mail."""
    first = ensure_workspace(settings, shared)
    with shared.database.reading() as uow:
        member_id = people.member_by_email(uow, first.workspace_id, email) if email else first.owner_id
        found = people.member(uow, member_id) if member_id else None
    if found is None:
        raise click.ClickException(f"No member has the e-mail {email}.")
    return found


def _interviewer(shared: Services, member: MemberRow, slug: str) -> str:
    with shared.database.reading() as uow:
        stored = interviewers.by_slug(uow, slug)
    if stored is None or stored.workspace_id != member.workspace_id:
        raise click.ClickException(f"There is no interviewer with the link name {slug}.")
    return stored.id
