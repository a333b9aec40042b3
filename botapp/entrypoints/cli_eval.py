"""`botapp eval`: annotated rows through the rules engine, one JSON object a line. Keeps nothing and sends nothing."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, BinaryIO

import click

from botapp.entrypoints.eval_rows import READERS, Row


class BadLine(Exception):
    """A line that is no row: said on the way, the others are still read."""


def run_eval(what: str, file: BinaryIO, today: date, as_json: bool) -> int:
    """Print a reading of every row. Returns 2 when a line could not be read."""
    reader, failed, count = READERS[what], False, 0
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            found = read_line(line, reader, today)
        except BadLine as error:
            click.echo(f"line {number}: {error}", err=True)
            failed = True
        else:
            count += 1
            click.echo(json.dumps(found, ensure_ascii=False) if as_json else _shown(found))
    if not as_json:
        click.echo(f"{count} rows read.")
    return 2 if failed else 0


def read_line(line: bytes, reader: Callable[[Row, date], Row], today: date) -> Row:
    """The reading of one line.

    Raises:
        BadLine: it is no JSON object, or lacks what such a row must have.
    """
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadLine(f"not JSON ({error}).") from error
    if not isinstance(row, dict):
        raise BadLine("not a JSON object.")
    if not isinstance(row.get("id"), str | int):
        raise BadLine("it has no id.")
    try:
        return reader(row, today)
    except KeyError as error:
        raise BadLine(f"row {row['id']} has no {error}.") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise BadLine(f"row {row['id']} can't be read: {' '.join(str(error).split())[:200]}") from error


def _shown(found: dict[str, Any]) -> str:
    return "  ".join(_pairs(found))


def _pairs(found: dict[str, Any]) -> Iterator[str]:
    for key, value in found.items():
        yield str(value) if key == "id" else f"{key}={json.dumps(value, ensure_ascii=False)}"
