"""Messages and views of ours judged by a JSON schema of Block Kit that is not of our making.

The schema is read where it lies, from $BOTAPP_SLACK_SCHEMA or beside this repository; `make check-slack` prints what it
says of every card and view we draw. Only the keywords that the schema uses are known; another one is an error here.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

SCHEMA = Path(
    os.environ.get("BOTAPP_SLACK_SCHEMA")
    or Path(__file__).resolve().parents[3] / "shared" / "rigs" / "specs" / "blockkit.schema.json"
)
MESSAGE, MODAL, HOME = "Message", "ModalView", "HomeView"
HOW = f"skipped: there is no Block Kit schema at {SCHEMA}. Set BOTAPP_SLACK_SCHEMA to one with definitions."
_SAYS_NOTHING = {"definitions", "$schema", "$comment", "description", "deprecated", "default", "title", "format"}
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "null": lambda value: value is None,
}


@lru_cache
def _definitions() -> Mapping[str, Any]:
    return dict(json.loads(SCHEMA.read_text())["definitions"])


def problems(value: Any, kind: str) -> list[str]:
    """What the schema has against a message's blocks or a view; empty when nothing."""
    return list(_judge({"blocks": value} if kind == MESSAGE else value, _definitions()[kind], kind))


def _judge(value: Any, schema: Mapping[str, Any], at: str) -> Iterator[str]:
    for keyword, wanted in schema.items():
        if keyword in _SAYS_NOTHING or keyword in ("then", "required", "additionalProperties"):
            continue
        yield from _KEYWORDS[keyword](value, wanted, at)
    if isinstance(value, dict):
        yield from (f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value)
        if schema.get("additionalProperties") is False:
            yield from (f"{at}: {name} is unknown" for name in value if name not in schema.get("properties", {}))
    if "if" in schema and not list(_judge(value, schema["if"], at)):
        yield from _judge(value, schema["then"], at)


def _any_of(value: Any, choices: list[Mapping[str, Any]], at: str) -> Iterator[str]:
    found = [list(_judge(value, choice, at)) for choice in choices]
    if all(found):
        yield min(found, key=len)[0]


def _properties(value: Any, wanted: Mapping[str, Any], at: str) -> Iterator[str]:
    for name, schema in wanted.items():
        if isinstance(value, dict) and name in value:
            yield from _judge(value[name], schema, f"{at}.{name}")


def _items(value: Any, schema: Mapping[str, Any], at: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _judge(entry, schema, f"{at}[{number}]")


def _contains(value: Any, schema: Mapping[str, Any], at: str) -> Iterator[str]:
    if isinstance(value, list) and all(list(_judge(entry, schema, at)) for entry in value):
        yield f"{at}: none of it is as wanted"


def _type(value: Any, wanted: str | list[str], at: str) -> Iterator[str]:
    if not any(_TYPES[name](value) for name in ([wanted] if isinstance(wanted, str) else wanted)):
        yield f"{at}: is no {wanted}"


def _is(holds: Callable[[Any, Any], bool], what: str) -> Callable[[Any, Any, str], Iterator[str]]:
    def judge(value: Any, wanted: Any, at: str) -> Iterator[str]:
        if not holds(value, wanted):
            yield f"{at}: {what} {wanted}"

    return judge


def _sized(kind: type, most: bool) -> Callable[[Any, int], bool]:
    return lambda value, n: not isinstance(value, kind) or (len(value) <= n if most else len(value) >= n)


def _number(most: bool) -> Callable[[Any, float], bool]:
    return lambda value, n: not _TYPES["number"](value) or (value <= n if most else value >= n)


_KEYWORDS: dict[str, Callable[[Any, Any, str], Iterator[str]]] = {
    "$ref": lambda value, name, at: _judge(value, _definitions()[name.rpartition("/")[2]], at),
    "allOf": lambda value, schemas, at: (p for schema in schemas for p in _judge(value, schema, at)),
    "anyOf": _any_of,
    "if": lambda _value, _wanted, _at: iter(()),
    "properties": _properties,
    "items": _items,
    "contains": _contains,
    "type": _type,
    "const": _is(lambda value, wanted: bool(value == wanted), "is not"),
    "enum": _is(lambda value, wanted: value in wanted, "is none of"),
    "pattern": _is(lambda value, wanted: not isinstance(value, str) or bool(re.search(wanted, value)), "is not like"),
    "maxLength": _is(_sized(str, True), "is longer than"),
    "minLength": _is(_sized(str, False), "is shorter than"),
    "maxItems": _is(_sized(list, True), "has more than"),
    "minItems": _is(_sized(list, False), "has fewer than"),
    "maximum": _is(_number(True), "is more than"),
    "minimum": _is(_number(False), "is less than"),
}


def main() -> int:
    """A line for each thing we draw, and whether it would be taken."""
    from tests.unit.channels.slack_renderers import drawn

    if not SCHEMA.exists():
        sys.stdout.write(f"{HOW}\n")
        return 0
    worst = 0
    for name, kind, made in drawn("Some words <!channel> of a candidate"):
        found = problems(made["blocks"] if kind == MESSAGE else made, kind)
        worst |= bool(found)
        sys.stdout.write(f"{'NO ' if found else 'yes'}  {name}{': ' + found[0] if found else ''}\n")
    return int(worst)


if __name__ == "__main__":
    raise SystemExit(main())
