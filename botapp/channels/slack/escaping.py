"""Other people's words in Slack's markup: read as they were written, and never live.

Guarantees: pure. `escaped` leaves no mention, channel call or link that Slack would act on. `as_markup` leaves no
formatting either. Most text never comes here: plain text and rich text objects take words literally, and cards use
those; this is for the few places that only take markup (the notification line, fields).
"""

import re

_JOINER = "\u2060"  # takes no space and breaks no line; stands beside a sign that would format
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_FORMATTING = re.compile(r"[*_~`]")
_QUOTED = re.compile(r"^(\s*)(?=&gt;|>)", re.MULTILINE)
_SHORTCODE = re.compile(r":(?=[a-z0-9_+'-]+:)")
_LINKED = re.compile(r"(?i)(https?|ftp|\bmailto|\btel|\bslack)(:)(?=\S)")
_AT = re.compile(r"(?<!\w)([@#])(?=\w)")


def escaped(text: str) -> str:
    """With the three signs Slack reads as markup written so that it doesn't."""
    return text.translate(_ENTITIES)


def as_markup(text: str) -> str:
    """Words as they are, inside markup: nothing in them is bold, struck, quoted, an emoji, a mention or a link."""
    safe = escaped(text)
    safe = "\n".join(_unformatted(line) for line in safe.split("\n"))
    safe = _QUOTED.sub(rf"\1{_JOINER}", safe)
    safe = _SHORTCODE.sub(f":{_JOINER}", safe)
    safe = _LINKED.sub(rf"\1{_JOINER}\2", safe)
    return _AT.sub(rf"\1{_JOINER}", safe)


def _unformatted(line: str) -> str:
    """A sign alone formats nothing, and stays as it is."""
    return _FORMATTING.sub(lambda m: f"{_JOINER}{m[0]}{_JOINER}" if line.count(m[0]) > 1 else m[0], line)


def readable(text: str) -> str:
    """What a person sees of a marked-up text: the inverse of both, for tests and for reading back."""
    return text.replace(_JOINER, "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
