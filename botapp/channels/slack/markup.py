"""Slack's markup in a person's message, read as the words they see. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_MARK = re.compile(r"<((?:[@#!]|[a-zA-Z][a-zA-Z0-9+.-]*:)[^<>\n]+)>")
_USER = re.compile(r"@([UW][A-Z0-9]+)")
_CHANNEL = re.compile(r"#([CG][A-Z0-9]+)")


@dataclass(frozen=True, slots=True)
class Read:
    """The words, who and which channels are named in them, and whether we are."""

    text: str
    users: tuple[str, ...]
    channels: dict[str, str]  # name or id as it stands in the text -> id
    mentions_us: bool


def read_markup(marked: str, us: str = "") -> Read:
    """A message as its words. Our own mention is taken out of the start; elsewhere it reads "@botapp"."""
    ours = f"<@{us}>"
    mentioned = bool(us) and (ours in marked or f"<@{us}|" in marked)
    users = tuple(dict.fromkeys(found for found in re.findall(r"<@([UW][A-Z0-9]+)", marked) if found != us))
    channels: dict[str, str] = {}
    start = re.compile(rf"^\s*(?:<@{re.escape(us)}(?:\|[^<>]*)?>[\s,:]*)+") if us else None
    bare = start.sub("", marked) if start else marked
    text = _MARK.sub(lambda match: _said(match[1], us, channels), bare)
    return Read(_entities(text), users, channels, mentioned)


def _entities(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _said(inner: str, us: str, channels: dict[str, str]) -> str:
    target, _, label = inner.partition("|")
    readers: dict[str, Callable[[], str]] = {
        "@": lambda: f"@{'botapp' if us and target == f'@{us}' else label or target[1:]}",
        "#": lambda: _channel(target, label, channels),
        "!": lambda: _special(target, label),
    }
    return readers.get(target[:1], lambda: _link(target, label))()


def _channel(target: str, label: str, channels: dict[str, str]) -> str:
    name = label or target[1:]
    if _CHANNEL.fullmatch(target):
        channels[name] = target[1:]
    return f"#{name}"


def _special(target: str, label: str) -> str:
    """`<!channel>`, `<!subteam^S1|@team>`, `<!date^...|fallback>`."""
    if label:
        return label
    return f"@{target[1:].partition('^')[0]}"


def _link(target: str, label: str) -> str:
    """A link with its words; an address or number that Slack made a link of reads as it was typed."""
    scheme, _, rest = target.partition(":")
    if scheme in ("mailto", "tel"):
        return label or rest
    return f"{label} ({target})" if label and label not in (target, rest.removeprefix("//")) else label or target
