"""The child that opens a stranger's file: bytes on stdin, one line of JSON on stdout, nothing else.

Run as a script by `attachments.py`, never imported: it knows no secret and imports nothing of ours. Before a byte of
the file is looked at it has given up writing files and most memory; before parsing begins it can open no file and no
connection any more. What it answers is only words and a reason by name: the parent believes nothing else.
"""

import codecs
import importlib.util
import json
import logging
import re
import resource
import sys
import unicodedata
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

MEMORY, SECONDS, FILES = 512 * 1024 * 1024, 10, 64
CHARACTERS = 200_000
CODECS = (
    *("ascii", "latin-1", "cp1252", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-be", "mac-roman"),
    *(
        "cp437",
        "charmap",
        "unicode_escape",
        "raw_unicode_escape",
        "gbk",
        "gb2312",
        "gb18030",
        "big5",
        "shift_jis",
        "euc-kr",
    ),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_JOINERS = frozenset("\u200c\u200d")  # a part of many scripts' spelling, and of emoji
_SOFT = frozenset("\u00ad\ufeff")  # a place to part a word; the mark a text may begin with
Read = tuple[str, int, Counter[str]]  # the words, the pages, and the characters left out by kind


class Unreadable(Exception):
    """Why there is no text, by name."""


def main(kind: str) -> None:
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, SECONDS)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, FILES)
    logging.disable(logging.CRITICAL)
    content = sys.stdin.buffer.read()
    for name in CODECS:
        codecs.lookup(name)
    read = _text if kind == "text" else _reader(kind)
    _limit(resource.RLIMIT_NOFILE, 3)  # stdin, stdout and stderr are all there will ever be: no file, no connection
    answer = _answer(read, content)
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()


def _limit(which: int, most: int) -> None:
    with suppress(ValueError, OSError):  # a system that has no such limit, or a lower one
        resource.setrlimit(which, (most, most))


def _reader(kind: str) -> Any:
    """The part that reads this kind, with all it needs: when it reads, it can open no file any more."""
    place = Path(__file__).with_name(f"reading_{kind}.py")
    found = importlib.util.spec_from_file_location(place.stem, place)
    assert found is not None
    assert found.loader is not None
    part = importlib.util.module_from_spec(found)
    sys.modules[place.stem] = part
    found.loader.exec_module(part)
    return part.read


def _answer(read: Any, content: bytes) -> dict[str, Any]:
    try:
        text, pages, hidden = read(content)
    except MemoryError:
        return {"problem": "too_heavy"}
    except Exception as why:  # noqa: BLE001 - whatever a parser trips over, the file is not one it can read
        return {"problem": str(why) if type(why).__name__ == Unreadable.__name__ else "broken"}
    text, unseen = _seen(text)
    hidden.update({"zero_width": unseen} if unseen else {})
    whole = text[:CHARACTERS].encode("utf-8", "ignore").decode()  # without halves of surrogate pairs
    return {"text": whole, "pages": pages, "cut": len(text) > CHARACTERS, "hidden": dict(hidden)}


def _seen(text: str) -> tuple[str, int]:
    """Without characters that have no look, and how many there were; pictures of icon fonts go too, uncounted."""
    kept, unseen = [], 0
    for place, char in enumerate(text):
        kind = unicodedata.category(char) if not char.isascii() else ""
        if kind not in ("Cf", "Co") or (char in _JOINERS and place and ord(text[place - 1]) > 0x2FF):
            kept.append(char)
        elif kind == "Cf" and char not in _SOFT:
            unseen += 1
    return "".join(kept), unseen


# ---- plain text --------------------------------------------------------------------------------------------


def _text(content: bytes) -> Read:
    text = _decoded(content)
    if not text.strip():
        raise Unreadable("empty")
    if len(_CONTROLS.findall(text[:10_000])) > 2:
        raise Unreadable("other")
    return text, 0, Counter()


def _decoded(content: bytes) -> str:
    for name in _encodings(content):
        with suppress(UnicodeDecodeError):
            return content.decode(name)
    raise Unreadable("other")


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    start = content[:2000]
    if len(content) % 2 == 0 and start.count(0) > len(start) // 4:  # every other byte of plain words in UTF-16
        return ("utf-16-be",) if start[0] == 0 else ("utf-16-le",)
    return ("utf-8-sig", "cp1252")


if __name__ == "__main__":
    main(sys.argv[1])
