"""The part of the reading child that opens a PDF: the words a reader sees, in the order they read them.

Loaded by `reading_child.py` alone. What no reader sees (in the colour of the page, too small, beyond its edge, drawn
without ink, covered, standing behind other words) is left out and counted by kind. A column is read to its end before
the next; a row of a table, or a date at the end of a line, is read with its line.
"""

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

PAGES, CHARACTERS = 20, 200_000
LONGEST_SIDE = 1600  # pixels of the picture that shows what can be seen
TINY = 2.3  # height in points of a letter's cell; a reader needs more than twice that
LIGHT = 224  # of 255: ink as light as this can be lost on paper
FAINT = 26  # of 255: less of a difference to what lies around it nobody sees
NARROW = 0.06  # of its height: a narrower letter is none that was drawn, but of words that stand for those drawn
STRAY = 2  # lines out of order that a page may have and still count as written in order
MOST_PIECES = 1500  # more than any page for people has; they are read as written
WORD_GAP = 0.1  # of a letter's height
GUTTER = 9.0  # points between columns, at least
_PASSWORD = 4
_LINE_ENDS = frozenset("\r\n")
_SOFT_HYPHENS = frozenset("\u00ad\u0002\ufffe")


class Unreadable(Exception):
    """Why there is no text, by name."""


@dataclass(slots=True)
class Glyph:
    """A character and where it stands, in points from the lower left."""

    char: str
    left: float
    bottom: float
    right: float
    top: float
    height: float
    begins: float  # with the room that its font gives it
    ends: float
    ink: int = 0  # how light it is drawn, of 255
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand side by side."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 0.1)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def read(content: bytes) -> tuple[str, int, Counter[str]]:
    """The words, the number of pages, and how many characters were left out, by kind."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("encrypted" if error.err_code == _PASSWORD else "broken") from None
    pages, hidden, texts = len(document), Counter[str](), []
    for number in range(min(pages, PAGES)):
        texts.append(_page(document[number], hidden))
        if sum(map(len, texts)) > CHARACTERS:
            break
    text = "\n\n".join(texts)
    if not text.strip():
        raise Unreadable(_why_empty(pages, hidden))
    if written := _written_about(document):
        hidden["metadata"] += written
    return text, pages, hidden


def _why_empty(pages: int, hidden: Counter[str]) -> str:
    if not pages:
        return "empty"
    return "nothing_visible" if sum(hidden.values()) - hidden["no_ink"] > 0 else "no_text_in_pages"


def _written_about(document: Any) -> int:
    """Characters of keywords and subject beyond what anybody needs: a place to hide words in."""
    written = sum(len(document.get_metadata_value(key)) for key in ("Keywords", "Subject"))
    return written if written > 200 else 0


def _page(page: Any, hidden: Counter[str]) -> str:
    page.set_rotation(0)
    glyphs = list(_glyphs(page.get_textpage()))
    _mark_hidden(glyphs, page)
    hidden.update(g.hidden for g in glyphs if g.hidden and not g.char.isspace())
    return "\n".join(_in_order(list(_pieces(glyphs)))).strip()


# ---- letters -----------------------------------------------------------------------------------------------


def _glyphs(text: Any) -> Iterator[Glyph]:
    """Every character in the order of the file; line ends have no place."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    cell = pdfium.FS_RECTF()
    for index in range(min(text.count_chars(), CHARACTERS)):
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if char in _SOFT_HYPHENS or pdfium.FPDFText_IsHyphen(text, index) == 1:
            height = cell.top - cell.bottom
            yield Glyph("\u00ad", left.value, bottom.value, right.value, top.value, height, cell.left, cell.right)
            continue
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        pdfium.FPDFText_GetLooseCharBox(text, index, cell)
        height = max(cell.top - cell.bottom, cell.right - cell.left)
        glyph = Glyph(char, left.value, bottom.value, right.value, top.value, height, cell.left, cell.right)
        if not char.isspace() and not pdfium.FPDFText_IsGenerated(text, index):
            drawn = pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text, index))
            glyph.ink = _lightness(text, index) if drawn == 0 else 0
            if drawn == 3:
                glyph.hidden = "no_ink"
            elif height < TINY:
                glyph.hidden = "tiny"
            elif char.isalnum() and glyph.ends - glyph.begins < NARROW * height:
                glyph.hidden = "behind"
        yield glyph


def _lightness(text: Any, index: int) -> int:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    return (299 * red.value + 587 * green.value + 114 * blue.value) // 1000


def _mark_hidden(glyphs: list[Glyph], page: Any) -> None:
    """What the page's own picture doesn't show. Signs of little ink go with the letter before them."""
    placed = [g for g in glyphs if not g.char.isspace()]
    if not placed:
        return
    shown = Picture(page)
    before = ""
    for glyph in placed:
        if not glyph.hidden and (glyph.char.isalnum() or not before):
            glyph.hidden = shown.why_unseen(glyph)
        elif not glyph.hidden:
            glyph.hidden = before
        if glyph.char.isalnum():
            before = glyph.hidden
    for word in _words(glyphs):  # laid over words that can be seen, so that the place alone shows something
        if 2 * sum(shown.melts(glyph) for glyph in word) > len(word):
            for glyph in word:
                glyph.hidden = glyph.hidden or "colour"
    for first, second in pairwise(glyphs):
        if second.char.isspace() and not second.hidden:
            second.hidden = first.hidden


def _words(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Runs of letters as light as paper: only those can lie over others unseen."""
    for light, run in groupby(glyphs, key=lambda g: g.ink >= LIGHT and not g.char.isspace()):
        if light:
            yield list(run)


class Picture:
    """The page as it is drawn, in grey: whether anything can be seen in a place."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        wide, high = max(self.right - self.left, 1.0), max(self.top - self.bottom, 1.0)
        self.scale = min(LONGEST_SIDE / max(wide, high), 2.0)
        bitmap = page.render(scale=self.scale, grayscale=True, may_draw_forms=False)
        self.width, self.height, self.stride = bitmap.width, bitmap.height, bitmap.stride
        self.pixels = bytes(bitmap.buffer)

    def why_unseen(self, glyph: Glyph) -> str:
        across, along = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
        if not (self.left <= across <= self.right and self.bottom <= along <= self.top):
            return "off_page"
        seen = self._around(glyph, 1)
        if seen and max(seen) - min(seen) >= FAINT:
            return ""
        drawn = ord(glyph.char) <= 0x24F  # another letter may be in no font here, and drawn as nothing
        return "colour" if drawn or not seen or abs(glyph.ink - seen[0]) < FAINT else ""

    def melts(self, glyph: Glyph) -> bool:
        """Whether it is as light as what is most of its place, and most of what lies around it."""
        return all(
            abs(glyph.ink - _most(seen)) < FAINT
            for room in (1, int(glyph.height * self.scale))
            if (seen := self._around(glyph, room))
        )

    def _around(self, glyph: Glyph, room: int) -> bytes:
        """The pixels of its place and of so many more on each side."""
        left = max(int((glyph.left - self.left) * self.scale) - room, 0)
        right = min(int((glyph.right - self.left) * self.scale) + 1 + room, self.width)
        top = max(int((self.top - glyph.top) * self.scale) - room, 0)
        bottom = min(int((self.top - glyph.bottom) * self.scale) + 1 + room, self.height)
        return b"".join(
            self.pixels[y * self.stride + left : y * self.stride + max(right, left)] for y in range(top, bottom)
        )


def _most(seen: bytes) -> int:
    """The commonest value. (`Counter.most_common` imports when it is called, and here nothing can be opened.)"""
    counts = Counter(seen)
    return max(counts, key=counts.__getitem__)


# ---- pieces of a line --------------------------------------------------------------------------------------


def _pieces(glyphs: list[Glyph]) -> Iterator[Piece]:
    """Runs of visible characters, parted where the file ends a line and where a gap is wider than a word's."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if glyph.hidden:
            continue
        if glyph.char in _LINE_ENDS:
            yield from _piece(run)
            run = []
        elif glyph.char.isspace() or not run:
            run.append(glyph)
        else:
            last = next((g for g in reversed(run) if not g.char.isspace()), None)
            if last is not None and _apart(last, glyph):
                yield from _piece(run)
                run = []
            run.append(glyph)
    yield from _piece(run)


def _apart(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.height, glyph.height, 1.0)
    if glyph.char == "\u00ad" or last.char == "\u00ad":
        return False
    other_line = abs((glyph.bottom + glyph.top) - (last.bottom + last.top)) / 2 > size
    return other_line or glyph.left - last.right > 1.2 * size or last.left - glyph.right > size


def _piece(run: list[Glyph]) -> Iterator[Piece]:
    inked = [g for g in run if not g.char.isspace() and g.char != "\u00ad"]
    if inked:
        text = " ".join(_spelled(run).split())
        low, high = min(g.bottom for g in inked), max(g.top for g in inked)
        yield Piece(text, min(g.left for g in inked), low, max(g.right for g in inked), high)


def _spelled(run: list[Glyph]) -> str:
    """The characters, with a blank where a gap is wider than those between the letters of this run."""
    gaps = [
        two.begins - one.ends if not (one.char.isspace() or two.char.isspace()) else None for one, two in pairwise(run)
    ]
    usual = median([gap for gap in gaps if gap is not None] or [0.0])
    spelled = "-" if run[0].char == "\u00ad" else run[0].char
    for gap, glyph in zip(gaps, run[1:], strict=True):
        least = WORD_GAP * glyph.height * (0.3 if spelled[-1] == "f" else 1)  # its hook hangs over what follows
        parted = gap is not None and glyph.char.isalnum() and gap - usual > least
        spelled += (" " if parted else "") + ("-" if glyph.char == "\u00ad" else glyph.char)
    return spelled


# ---- reading order -----------------------------------------------------------------------------------------


def _in_order(pieces: list[Piece]) -> list[str]:
    """The lines of a page. Most files are written as they are read; where one is not, places alone decide."""
    return _lines(pieces if _reads_as_written(pieces) else _by_place(pieces))


def _reads_as_written(pieces: list[Piece]) -> bool:
    """Whether nothing comes later than what stands below it, but for a stray line such as the page's number."""
    jumps = [n for n, (one, two) in enumerate(pairwise(pieces), 1) if two.middle - one.middle > 1.5 * two.height]
    if not jumps or len(pieces) > MOST_PIECES:
        return True
    early, late = set(), set()
    for second in range(jumps[0], len(pieces)):
        later = pieces[second]
        for first in range(max(n for n in jumps if n <= second)):
            if _stands_above(later, pieces[first]):
                early.add(first)
                late.add(second)
    return min(len(early), len(late)) <= STRAY


def _stands_above(one: Piece, other: Piece) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > 2 and one.middle - other.middle > 0.5 * other.height


def _by_place(pieces: list[Piece]) -> list[Piece]:
    """From above to below, a column to its end before the next one."""
    left = _in_rows(pieces)
    ordered: list[Piece] = []
    while left:
        columns = _columns(left, pieces)
        if columns:
            ordered += [piece for column in columns for piece in _by_place(column)]
            taken = {id(p) for column in columns for p in column}
            left = [p for p in left if id(p) not in taken]
        else:
            ordered.append(left.pop(0))
    return ordered


def _in_rows(pieces: list[Piece]) -> list[Piece]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: -p.middle):
        if rows and _on_one_line(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [piece for row in rows for piece in sorted(row, key=lambda p: p.left)]


def _columns(left: list[Piece], written: list[Piece]) -> tuple[list[Piece], list[Piece]] | None:
    """The longest run from the top that one gutter parts into two columns, or None. `written`: in the file's order."""
    covered: list[tuple[float, float]] = []
    best: tuple[list[Piece], list[Piece]] | None = None
    edges = (min(p.left for p in left), max(p.right for p in left))
    for count, piece in enumerate(left, 1):
        covered = _merged(covered, (piece.left, piece.right))
        gutters = [(a[1], b[0]) for a, b in pairwise(covered)]
        if not gutters and (best is not None or covered == [edges]):
            break
        if gutters:
            widest = max(gutters, key=lambda g: g[1] - g[0])
            run = left[:count]
            best = ([p for p in run if p.right <= widest[0]], [p for p in run if p.left >= widest[1]])
    return best if best and _are_columns(*best, written) else None


def _merged(spans: list[tuple[float, float]], new: tuple[float, float]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for start, end in sorted([*spans, new]):
        if merged and start - merged[-1][1] < GUTTER:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _are_columns(one: list[Piece], other: list[Piece], written: list[Piece]) -> bool:
    """Each written in a few goes; a column of dates or labels is written line by line with what they belong to."""
    few = min(len(one), len(other))
    first, second = set(map(id, one)), set(map(id, other))
    sides = [id(p) in first for p in written if id(p) in first or id(p) in second]
    switches = sum(a != b for a, b in pairwise(sides))
    return few >= 3 and switches <= max(3, few / 2)


def _on_one_line(one: Piece, other: Piece) -> bool:
    return abs(one.middle - other.middle) < 0.5 * max(one.height, other.height)


def _lines(pieces: list[Piece]) -> list[str]:
    """What stands beside each other is one line; after a wide gap, or at the head of a column, an empty one."""
    lines: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        if before is not None and _on_one_line(before, piece) and piece.left >= before.right - 2:
            lines[-1] += f"\t{piece.text}"
        else:
            if before is not None and not 0 <= before.middle - piece.middle < 2.2 * max(before.height, piece.height):
                lines.append("")
            lines.append(piece.text)
        before = piece
    return lines
