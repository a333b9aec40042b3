"""The part of the reading child that opens a Word document: the words a reader sees, in reading order.

Loaded by `reading_child.py` alone. Hidden runs, runs in the colour of the page and runs too small to read, by their
own properties or by their style's, are left out and counted by kind.
"""

import io
import zipfile
from collections import Counter
from typing import Any
from xml.parsers import expat

EXPANDED, RATIO, ENTRIES = 50_000_000, 100, 1000
TINY = 5  # half points: 2.5 pt
NEAR_WHITE = 0xEB  # of 255, in each of red, green and blue
_WHITE_THEMES = frozenset({"background1", "bg1", "light1", "lt1"})
_NO = frozenset({"0", "false", "off", "none"})


class Unreadable(Exception):
    """Why there is no text, by name."""


def read(content: bytes) -> tuple[str, int, Counter[str]]:
    """The words, no number of pages, and how many characters were left out, by kind."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        body, styles, about = _checked(packed, len(content))
        words = Words(_styles(_part(packed, styles)) if styles else {})
        text = words.of(_part(packed, body))
        written = _written_about(_part(packed, about)) if about else 0
    if not text.strip():
        raise Unreadable("nothing_visible" if words.hidden else "empty")
    if written:
        words.hidden["metadata"] += written
    return text, 0, words.hidden


def _part(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with packed.open(entry) as part:
        xml = part.read(EXPANDED + 1)
    if len(xml) > EXPANDED:
        raise Unreadable("too_heavy")
    return xml


def _checked(
    packed: zipfile.ZipFile, size: int
) -> tuple[zipfile.ZipInfo, zipfile.ZipInfo | None, zipfile.ZipInfo | None]:
    """The parts with the words, the styles and what is written about it, of a package that is what it says it is."""
    entries = packed.infolist()
    expanded = sum(entry.file_size for entry in entries)
    squeezed = any(entry.file_size > RATIO * max(entry.compress_size, 1) for entry in entries)
    if len(entries) > ENTRIES or expanded > EXPANDED or expanded > RATIO * size or squeezed:
        raise Unreadable("too_heavy")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise Unreadable("macros")
    names = {entry.filename: entry for entry in entries}
    bodies = sorted(n for n in names if n.startswith("word/document") and n.removesuffix(".xml")[13:].isdigit())
    body = "word/document.xml" if "word/document.xml" in names else next(iter(bodies), "")
    if not body:
        raise Unreadable("other")
    if names[body].flag_bits & 1:
        raise Unreadable("encrypted")
    return names[body], names.get("word/styles.xml"), names.get("docProps/core.xml")


# ---- looks -------------------------------------------------------------------------------------------------

Look = dict[str, str]  # of a run or style: kinds of being hidden, or "" where it takes that back; "dark": its ground


def _look(element: str, values: dict[str, str]) -> Look:
    """What one property of a run means for whether its words can be seen."""
    value = values.get("val", "")
    match element:
        case "vanish" | "webHidden" | "specVanish":
            return {"hidden": "" if value in _NO else "yes"}
        case "sz":
            return {"tiny": "yes" if value.isdigit() and int(value) < TINY else ""}
        case "color":
            return {"colour": "yes" if _is_white(value, values.get("themeColor", "")) else ""}
        case "shd":
            fill, theme = values.get("fill", "auto"), values.get("themeFill", "")
            return {"dark": "yes" if not (fill == "auto" and not theme) and not _is_white(fill, theme) else ""}
        case "highlight":
            return {"dark": "" if value in ("white", "none") else "yes"}
    return {}


def _is_white(value: str, theme: str) -> bool:
    if len(value) != 6:
        return theme in _WHITE_THEMES
    try:
        return all(int(value[at : at + 2], 16) >= NEAR_WHITE for at in (0, 2, 4))
    except ValueError:
        return False


def _styles(xml: bytes) -> dict[str, Look]:
    """The look each style gives, with what it takes from the style it is based on."""
    own: dict[str, Look] = {}
    based: dict[str, str] = {}
    name = ""

    def begins(element: str, attributes: dict[str, str]) -> None:
        nonlocal name
        local, values = _local(element), _values(attributes)
        if local == "style":
            name = values.get("styleId", "")
            own[name] = {"kind": values.get("type", "")}
        elif name and local == "basedOn":
            based[name] = values.get("val", "")
        elif name:
            own[name] |= _look(local, values)

    _parse(xml, begins)

    def whole(style: str, depth: int = 0) -> Look:
        below = whole(based[style], depth + 1) if style in based and depth < 10 else {}
        return below | own.get(style, {})

    return {style: whole(style) for style in own}


def _written_about(xml: bytes) -> int:
    """Characters of keywords, subject and description beyond what anybody needs: a place to hide words in."""
    inside, written = False, 0

    def begins(element: str, _attributes: dict[str, str]) -> None:
        nonlocal inside
        inside = _local(element) in ("keywords", "subject", "description")

    def says(text: str) -> None:
        nonlocal written
        written += len(text) if inside else 0

    _parse(xml, begins, says=says)
    return written if written > 200 else 0


def _parse(xml: bytes, begins: Any, ends: Any = None, says: Any = None) -> None:
    """A document type, and so any entity, is refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refused
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begins, ends, says
    parser.Parse(xml, True)


def _refused(*_declaration: Any) -> None:
    raise Unreadable("broken")


def _local(element: str) -> str:
    return element.rpartition(" ")[2]


def _values(attributes: dict[str, str]) -> dict[str, str]:
    return {_local(name): value for name, value in attributes.items()}


# ---- words -------------------------------------------------------------------------------------------------


class Words:
    """The words of a document, and how many characters of it nobody sees."""

    def __init__(self, styles: dict[str, Look]) -> None:
        self.parts: list[str] = []
        self.hidden = Counter[str]()
        self.styles = styles
        self.skipping = 0  # inside what a reader doesn't see: moved away, or a second form of the same thing
        self.cells = 0
        self.in_text = False
        self.run: Look | None = None
        self.paragraph: Look = {}
        self.ground: list[bool] = []  # of the cells, tables and boxes around: whether one is dark
        self.before: list[Look] = []  # looks of the paragraphs around a box

    def of(self, xml: bytes) -> str:
        _parse(xml, self._begins, self._ends, self._says)
        return "".join(self.parts)

    def _begins(self, element: str, attributes: dict[str, str]) -> None:
        local, values = _local(element), _values(attributes)
        match local:
            case "Fallback" | "moveFrom":
                self.skipping += 1
            case "p" | "tbl" | "tc" | "wsp":
                self._opens(local)
            case "r":
                self.run = {}
            case "t":
                self.in_text = True
            case "numPr":
                self._add("- ")
            case "tab" if "pos" not in values:  # with a place: a tab stop
                self._add("\t")
            case "br" | "cr":
                self._add("\n")
            case "noBreakHyphen":
                self._add("-")
            case _:
                self._dresses(local, values)

    def _opens(self, local: str) -> None:
        if local == "p":
            self.before.append(self.paragraph)
            self.paragraph, self.run = {}, None
        else:
            self.cells += local == "tc"
            self.ground.append(False)

    def _dresses(self, local: str, values: dict[str, str]) -> None:
        """A property: of the run, of the paragraph, or of the cell, table or box they stand in."""
        if local in ("solidFill", "gradFill", "pattFill", "blipFill") and self.ground and self.run is not None:
            self.ground[-1] = True
        elif local in ("rStyle", "pStyle"):
            self._wear(self.styles.get(values.get("val", ""), {}))
        elif local == "tblStyle" and self.ground:
            self.ground[-1] = bool(self.styles.get(values.get("val", ""), {}).get("dark"))
        elif look := _look(local, values):
            if "dark" in look and self.ground and self.run is None and not self.paragraph.get("open"):
                self.ground[-1] = self.ground[-1] or bool(look["dark"])
            self._wear(look)

    def _wear(self, look: Look) -> None:
        if self.run is None:
            # Of a paragraph's own properties the ground counts for its runs; the rest is about its end mark.
            own = look if "kind" in look else {key: value for key, value in look.items() if key == "dark"}
            self.paragraph = self.paragraph | own
        else:
            self.run = self.run | look

    def _ends(self, element: str) -> None:
        match _local(element):
            case "Fallback" | "moveFrom":
                self.skipping -= 1
            case "t":
                self.in_text = False
            case "r":
                self.run = None
            case "tc":
                self.cells -= 1
                self.ground.pop()
                self._add("\t")
            case "tbl" | "wsp":
                self.ground.pop()
            case "tr":
                self._add("\n")
            case "p":
                self.paragraph = self.before.pop()
                self._add(" " if self.cells else "\n")

    def _says(self, text: str) -> None:
        if not self.in_text or self.skipping:
            return
        if why := self._why_unseen():
            self.hidden[why] += sum(not char.isspace() for char in text)
        else:
            self._add(text)

    def _why_unseen(self) -> str:
        look = self.paragraph | (self.run or {})
        if look.get("hidden") or look.get("tiny"):
            return "hidden_run" if look.get("hidden") else "tiny"
        return "colour" if look.get("colour") and not look.get("dark") and not any(self.ground) else ""

    def _add(self, text: str) -> None:
        if not self.skipping:
            self.parts.append(text)
