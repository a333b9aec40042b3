"""Small rules that say what is wrong with a piece of JSON, and where. Pure: a rule only adds problems."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Rule = Callable[[Any, str, list[str]], None]


def string(most: int, least: int = 1) -> Rule:
    def check(value: Any, where: str, problems: list[str]) -> None:
        if not isinstance(value, str):
            problems.append(f"must be a string [json-pointer:{where}]")
        elif len(value) < least:
            problems.append(f"must be more than {least - 1} characters [json-pointer:{where}]")
        elif len(value) > most:
            problems.append(f"must be less than {most + 1} characters [json-pointer:{where}]")

    return check


def matching(pattern: str, most: int = 3000) -> Rule:
    length = string(most)

    def check(value: Any, where: str, problems: list[str]) -> None:
        length(value, where, problems)
        if isinstance(value, str) and not re.fullmatch(pattern, value, re.DOTALL):
            problems.append(f"has the wrong form [json-pointer:{where}]")

    return check


def one_of(*allowed: str) -> Rule:
    def check(value: Any, where: str, problems: list[str]) -> None:
        if value not in allowed:
            problems.append(f"must be one of {', '.join(allowed)} [json-pointer:{where}]")

    return check


def boolean(value: Any, where: str, problems: list[str]) -> None:
    if not isinstance(value, bool):
        problems.append(f"must be a boolean [json-pointer:{where}]")


def whole(least: int, most: int) -> Rule:
    def check(value: Any, where: str, problems: list[str]) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            problems.append(f"must be a number from {least} to {most} [json-pointer:{where}]")

    return check


def anything(value: Any, where: str, problems: list[str]) -> None:
    """Some fields are only carried."""


def list_of(rule: Rule, most: int, least: int = 1) -> Rule:
    def check(value: Any, where: str, problems: list[str]) -> None:
        if not isinstance(value, list):
            problems.append(f"must be an array [json-pointer:{where}]")
            return
        if len(value) < least:
            problems.append(f"no fewer than {least} items allowed [json-pointer:{where}]")
        if len(value) > most:
            problems.append(f"no more than {most} items allowed [json-pointer:{where}]")
        for index, item in enumerate(value):
            rule(item, f"{where}/{index}", problems)

    return check


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None, also: Rule | None = None) -> Rule:
    """An object with these fields and no others."""
    rules = {**required, **(optional or {})}

    def check(value: Any, where: str, problems: list[str]) -> None:
        if not isinstance(value, dict):
            problems.append(f"must be an object [json-pointer:{where}]")
            return
        problems += [f"missing required field: {name} [json-pointer:{where}]" for name in required if name not in value]
        problems += [
            f"invalid additional property: {name} [json-pointer:{where}]" for name in value if name not in rules
        ]
        for name in value:
            if name in rules:
                rules[name](value[name], f"{where}/{name}", problems)
        if also is not None:
            also(value, where, problems)

    return check


def by_type(kinds: Mapping[str, Rule]) -> Rule:
    """An object whose `type` says which rule holds."""

    def check(value: Any, where: str, problems: list[str]) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        rule = kinds.get(kind) if isinstance(kind, str) else None
        if rule is None:
            problems.append(f"unsupported type: {kind} [json-pointer:{where}/type]")
        else:
            rule(value, where, problems)

    return check


def at_least_one(*names: str) -> Rule:
    def check(value: Any, where: str, problems: list[str]) -> None:
        if not any(value.get(name) for name in names):
            problems.append(f"missing required field: one of {', '.join(names)} [json-pointer:{where}]")

    return check


def choosing(rules: Mapping[str, Rule], names: Sequence[str]) -> dict[str, Rule]:
    return {name: rules[name] for name in names}
