"""Which files a candidate may hand in on a form, and what one really is. Pure: what its first bytes say counts.

A name alone lets nothing in: a program that is called cv.pdf is refused.
"""

import unicodedata
from collections.abc import Callable

MOST_BYTES = 10 * 1024 * 1024
ACCEPTED = (".pdf", ".docx", ".doc", ".odt", ".rtf", ".txt", ".jpg", ".jpeg", ".png", ".webp", ".heic")
_NAME_MAX = 120


def _is_text(content: bytes) -> bool:
    return b"\x00" not in content[:4096] and not content.startswith((b"MZ", b"\x7fELF", b"#!"))


_LOOKS: dict[str, Callable[[bytes], bool]] = {
    ".pdf": lambda c: b"%PDF-" in c[:1024],
    ".docx": lambda c: c.startswith(b"PK\x03\x04"),
    ".odt": lambda c: c.startswith(b"PK\x03\x04"),
    ".doc": lambda c: c.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ".rtf": lambda c: c.startswith(b"{\\rtf"),
    ".txt": _is_text,
    ".jpg": lambda c: c.startswith(b"\xff\xd8\xff"),
    ".jpeg": lambda c: c.startswith(b"\xff\xd8\xff"),
    ".png": lambda c: c.startswith(b"\x89PNG\r\n"),
    ".webp": lambda c: c[:4] == b"RIFF" and c[8:12] == b"WEBP",
    ".heic": lambda c: c[4:8] == b"ftyp",
}


def is_accepted(name: str, content: bytes) -> bool:
    """Whether the file is of a kind that may be handed in, by its name and by its bytes."""
    _, dot, ending = name.lower().rpartition(".")
    looks = _LOOKS.get(f"{dot}{ending}")
    return looks is not None and looks(content)


def plain_name(name: str) -> str:
    """A file's name without folders, control and direction characters; `file` when nothing is left."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    if len(seen) > _NAME_MAX:
        stem, dot, ending = seen.rpartition(".")
        seen = f"{stem[: _NAME_MAX - len(ending) - 1]}{dot}{ending}" if stem and len(ending) < 10 else seen[:_NAME_MAX]
    return seen or "file"
