"""Stages that somebody asks for and that there are none of: named back, with those there are."""

import re

KINDS = "text chat, form, resume, voice call and scenario"
_KNOWN = re.compile(
    r"\b(?:chat\w*|sms|text\w*|whatsapp|messag\w+|slack|web|forms?|questionnaires?|r[eé]sum[eé]s?|cvs?|voice"
    r"|phone|telephone"
    r"|calls?|scenario|role[- ]?play|work sample|simulation|interview(?:er|s)?|screen\w*|stages?|steps?"
    r"|questions?|knock\w*)\b",
    re.I,
)
_OTHER = re.compile(
    r"^(?:second|third|fourth|first|last|next|new|other|another|single|extra|more|final|one|two|three|four|five"
    r"|\d+|all|no|each"
    r"|every|any|this|that|same|separate|different|short|quick|whole|right|early|hiring|selection|current|previous)$",
    re.I,
)
_NAMED = re.compile(
    r"\b(?:an?|the|then|with|add|include|->|→|and|plus|by)\s+(?:an? |the"
    r" )?(?P<kind>(?:[a-z][\w-]*\s+){1,3})(?:stage|step|round)\b",
    re.I,
)
_ARROW = re.compile(r"\s*(?:->|→|=>)\s*")
_THEN = re.compile(r"\s*,?\s*\bthen\b\s*(?:an? |the )?", re.I)
_PIECE = re.compile(r"^(?:an? |the )?(?P<kind>[a-z][\w-]*(?: [\w-]+){0,2})$", re.I)


def unknown_stages(text: str) -> tuple[str, ...]:
    """Names of stages that do not exist, in instructions or in one change; as they were written."""
    found = [kind for match in _NAMED.finditer(text) if (kind := _unknown(match["kind"]))]
    for line in re.split(r"[\n.;]", text):
        pieces = [piece for part in _ARROW.split(line) for piece in _THEN.split(part)]
        if len(pieces) > 2 and sum(bool(_KNOWN.search(piece)) for piece in pieces) >= len(pieces) - 1:
            found += [
                kind for piece in pieces if (match := _PIECE.match(piece.strip())) and (kind := _unknown(match["kind"]))
            ]
    return tuple(dict.fromkeys(found))


def _unknown(kind: str) -> str:
    """The words that name it; "" when they name a stage there is, or only its place."""
    words = [word for word in kind.split() if not _OTHER.match(word)]
    return "" if not words or _KNOWN.search(" ".join(words)) else " ".join(words)


def no_such(kind: str) -> str:
    return f"There is no {kind} stage. The stages are {KINDS}."
