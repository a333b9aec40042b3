"""`botapp templates`: the roles there is a template for, and what else each is called. Reads files of ours only."""

import click

from botapp.compose.role_search import find_templates
from botapp.compose.role_templates import roles

NOTHING_FITS = 1


def list_templates(query: str) -> int:
    """All of them, or those that fit, best first; 1 when none does."""
    found = [entry.role for entry in find_templates(query)] if query.strip() else list(roles())
    if not found:
        click.echo(f"No template fits “{query}”. `botapp templates` lists all of them.", err=True)
        return NOTHING_FITS
    for role in found:
        click.echo(f"{role.title}: {', '.join(role.also)}")
    return 0
