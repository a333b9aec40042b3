"""Opt-out words, obeyed by rule before anything else hears the message, on candidates' phone addresses only.

The list is the carriers' standard set (CTIA Messaging Principles and Best Practices) with the spellings people use.
START and UNSTOP undo it. A sentence that merely contains such a word is not an opt-out here; the graph reads it.
"""

import re
from typing import Literal

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
STOP_WORDS = frozenset(
    {
        "stop",
        "stopall",
        "stop all",
        "stop it",
        "stop please",
        "please stop",
        "stop texting",
        "stop texting me",
        "stop messaging me",
        "unsubscribe",
        "unsubscribe me",
        "cancel",
        "end",
        "quit",
        "revoke",
        "optout",
        "opt out",
        "opt-out",
        "remove",
        "remove me",
    }
)
START_WORDS = frozenset({"start", "unstop", "yes start", "resubscribe"})


def opt_out_word(text: str) -> Literal["stop", "start"] | None:
    """`stop` or `start` when the whole message is such a word, else None."""
    if len(text) > 40:
        return None
    word = " ".join(_EDGES.sub("", text).casefold().split())
    if word in STOP_WORDS:
        return "stop"
    return "start" if word in START_WORDS else None
