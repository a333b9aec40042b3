"""The child that opens a stranger's file: bytes on stdin, one line of JSON on stdout, nothing else.

Run as a script by `attachments.py`, never imported: it knows no secret and imports nothing of ours. Before a byte of
the file is looked at it has given up writing files and most memory; before parsing begins it can open no file and no
connection any more. What it answers is only words and a reason by name: the parent believes nothing else.
"""

import codecs
import importlib
import io
import json
import logging
import pkgutil
import re
import resource
import sys
import zipfile
from contextlib import suppress
from typing import Any
from xml.parsers import expat

MEMORY, SECONDS, FILES = 512 * 1024 * 1024, 10, 64
PAGES, CHARACTERS = 20, 200_000
EXPANDED, RATIO, ENTRIES = 50_000_000, 100, 1000
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
_BODY = re.compile(r"word/document\d*\.xml")


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
    read = _pdf_reader() if kind == "pdf" else {"docx": _docx, "text": _text}[kind]
    _limit(resource.RLIMIT_NOFILE, 3)  # stdin, stdout and stderr are all there will ever be: no file, no connection
    answer = _answer(read, content)
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()


def _limit(which: int, most: int) -> None:
    with suppress(ValueError, OSError):  # a system that has no such limit, or a lower one
        resource.setrlimit(which, (most, most))


def _answer(read: Any, content: bytes) -> dict[str, Any]:
    try:
        text, pages = read(content)
    except Unreadable as why:
        return {"problem": str(why)}
    except MemoryError:
        return {"problem": "too_heavy"}
    except Exception:  # noqa: BLE001 - whatever a parser trips over, the file is not one it can read
        return {"problem": "broken"}
    whole = text[:CHARACTERS].encode("utf-8", "ignore").decode()  # without halves of surrogate pairs
    return {"text": whole, "pages": pages, "cut": len(text) > CHARACTERS}


# ---- PDF ---------------------------------------------------------------------------------------------------


def _pdf_reader() -> Any:
    """The reader, with all it would import later: when it reads, it can open no file any more."""
    import pypdf
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    for module in pkgutil.walk_packages(pypdf.__path__, "pypdf."):
        with suppress(ImportError):  # a part that needs a package nobody needs for words
            importlib.import_module(module.name)

    def read(content: bytes) -> tuple[str, int]:
        try:
            reader = PdfReader(io.BytesIO(content))
            if reader.is_encrypted and not reader.decrypt(""):
                raise Unreadable("encrypted")
            return _pages_text(reader)
        except LimitReachedError:  # the library's own guard against pages that expand without end
            raise Unreadable("too_heavy") from None

    return read


def _pages_text(reader: Any) -> tuple[str, int]:
    pages = len(reader.pages)
    texts: list[str] = []
    for number in range(min(pages, PAGES)):
        texts.append(reader.pages[number].extract_text().strip())
        if sum(map(len, texts)) > CHARACTERS:
            break
    text = "\n\n".join(texts)
    if not text.strip():
        raise Unreadable("no_text_in_pages" if pages else "empty")
    return text, pages


# ---- Word --------------------------------------------------------------------------------------------------


def _docx(content: bytes) -> tuple[str, int]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        body = _checked(packed, len(content))
        with packed.open(body) as part:
            xml = part.read(EXPANDED + 1)
    if len(xml) > EXPANDED:
        raise Unreadable("too_heavy")
    text = Words().of(xml)
    if not text.strip():
        raise Unreadable("empty")
    return text, 0


def _checked(packed: zipfile.ZipFile, size: int) -> zipfile.ZipInfo:
    """The part with the words, of a package that is what it says it is."""
    entries = packed.infolist()
    expanded = sum(entry.file_size for entry in entries)
    squeezed = any(entry.file_size > RATIO * max(entry.compress_size, 1) for entry in entries)
    if len(entries) > ENTRIES or expanded > EXPANDED or expanded > RATIO * size or squeezed:
        raise Unreadable("too_heavy")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise Unreadable("macros")
    bodies = sorted((e for e in entries if _BODY.fullmatch(e.filename)), key=lambda e: e.filename)
    if not bodies:
        raise Unreadable("other")
    if bodies[0].flag_bits & 1:
        raise Unreadable("encrypted")
    return bodies[0]


class Words:
    """The words of a Word document in reading order. A document type, and so any entity, is refused."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.skipping = 0  # inside what a reader doesn't see: moved away, or a second form of the same thing
        self.cells = 0
        self.in_text = self.hidden = False

    def of(self, xml: bytes) -> str:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self._refused
        parser.StartElementHandler, parser.EndElementHandler = self._begins, self._ends
        parser.CharacterDataHandler = self._says
        parser.Parse(xml, True)
        return "".join(self.parts)

    def _refused(self, *_declaration: Any) -> None:
        raise Unreadable("broken")

    def _begins(self, element: str, attributes: dict[str, str]) -> None:
        match element.rpartition(" ")[2]:
            case "Fallback" | "moveFrom":
                self.skipping += 1
            case "r":
                self.hidden = False
            case "vanish":
                self.hidden = not any(value in ("0", "false", "off") for value in attributes.values())
            case "t":
                self.in_text = True
            case "tc":
                self.cells += 1
            case "numPr":
                self._add("- ")
            case "tab" if "pos" not in {name.rpartition(" ")[2] for name in attributes}:  # with a place: a tab stop
                self._add("\t")
            case "br" | "cr":
                self._add("\n")
            case "noBreakHyphen":
                self._add("-")

    def _ends(self, element: str) -> None:
        match element.rpartition(" ")[2]:
            case "Fallback" | "moveFrom":
                self.skipping -= 1
            case "t":
                self.in_text = False
            case "tc":
                self.cells -= 1
                self._add("\t")
            case "tr":
                self._add("\n")
            case "p":
                self._add(" " if self.cells else "\n")

    def _says(self, text: str) -> None:
        if self.in_text and not self.hidden:
            self._add(text)

    def _add(self, text: str) -> None:
        if not self.skipping:
            self.parts.append(text)


# ---- plain text --------------------------------------------------------------------------------------------


def _text(content: bytes) -> tuple[str, int]:
    text = _decoded(content)
    if not text.strip():
        raise Unreadable("empty")
    if len(_CONTROLS.findall(text[:10_000])) > 2:
        raise Unreadable("other")
    return text, 0


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
