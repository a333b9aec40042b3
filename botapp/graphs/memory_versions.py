"""Brings a stored memory to the shape its graph reads today: each change of shape adds one function, never edited.

The n-th function of a graph turns version n into version n + 1 (`m001_...` is the first). A memory is migrated when it
is loaded; it is stored in the new shape with the turn's commit.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Memory = dict[str, Any]
Migration = Callable[[Memory], Memory]

MIGRATIONS: Mapping[str, Sequence[Migration]] = {"interview": (), "compose": (), "frontdesk": ()}


def newest(kind: str, memory: Mapping[str, Any], migrations: Mapping[str, Sequence[Migration]] = MIGRATIONS) -> Memory:
    """The memory after every migration it has not seen. One of a newer release is left as it is, and refused later."""
    current = dict(memory)
    for number, migrate in enumerate(migrations[kind], start=1):
        if current.get("version", 1) == number:
            current = {**migrate(current), "version": number + 1}
    return current
