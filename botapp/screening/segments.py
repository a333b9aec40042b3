"""Text messages as carriers count and cut them. Pure.

Guarantees: the GSM 03.38 alphabet is exact (160 septets, 153 in each of several; an extension character takes two and
is never cut in half); anything else is UCS-2 (70, 67; a surrogate pair stays whole). What `fit_for_sms` returns keeps
every letter of what it was given, folded or straightened as asked, and cuts neither a grapheme nor a link.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM = BASIC | EXTENSION
_ALONE = {"GSM-7": 160, "UCS-2": 70}
_EACH = {"GSM-7": 153, "UCS-2": 67}

# Languages whose text stays readable without the accents that the GSM alphabet lacks (it has ä ö ü ß ñ é è à ù ì ò).
_FOLDED = frozenset({"en", "es", "fr", "de", "it", "pt", "ca", "nl", "sv", "da", "nb", "no", "fi"})
_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´‹›ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("–—‒―−‐‑•‣", "-"),
        **dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x09), " "),  # spaces
        **dict.fromkeys("\u2028\u2029\x0b\x85", "\n"),
        **dict.fromkeys("\u200b\u2060\ufeff\u00ad"),
        "…": "...",
    }
)
_LETTERS = dict(zip("łŁđĐðÐıŧŦħĦ×", "lLdDdDitThHx", strict=True)) | {
    "œ": "oe",
    "Œ": "OE",
    "þ": "th",
    "Þ": "Th",
    "ẞ": "SS",
    "→": "->",
    "←": "<-",
    "™": "(TM)",
}
_LINK = re.compile(r"(?:https?://|www\.)\S+|(?<![\w@.])(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}/\S*", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)]}'\"’”»›…"
_SENTENCE_END = re.compile(
    r"(?<!\b\w)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bNo)[.!?…]+[\"')\]]*(?=\s)|[。！？]|\n"
)


@dataclass(frozen=True, slots=True)
class Segments:
    """`units`: septets or UTF-16 code units of the text itself; `count`: what is paid for."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    count: int


def is_gsm7(text: str) -> bool:
    """Whether every character is in the GSM alphabet."""
    return _GSM.issuperset(text)


def count_segments(text: str) -> Segments:
    """How a carrier counts this text."""
    if is_gsm7(text):
        sizes = [2 if c in EXTENSION else 1 for c in text]
        return Segments("GSM-7", sum(sizes), _count("GSM-7", sizes))
    sizes = [2 if ord(c) > 0xFFFF else 1 for c in text]
    return Segments("UCS-2", sum(sizes), _count("UCS-2", sizes))


def _count(encoding: str, sizes: Sequence[int]) -> int:
    """Segments of characters that are never cut in half: one may stay a unit short of full."""
    total = sum(sizes)
    if total <= _ALONE[encoding]:
        return 1 if total else 0
    if total == len(sizes):
        return -(-total // _EACH[encoding])
    count, used = 1, 0
    for size in sizes:
        if used + size > _EACH[encoding]:
            count, used = count + 1, 0
        used += size
    return count


# ---- letters ---------------------------------------------------------------------------------------------


def as_sms(text: str, *, names: Iterable[str] = (), language: str = "en") -> str:
    """The text with plain quotes and dashes, and without accents the alphabet lacks where its language can spare them.

    Names and links stay as they are.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    folds = language[:2].lower() in _FOLDED
    made, done = [], 0
    for begin, end in _kept_as_is(text, names):
        made += [_straight(text[done:begin], folds), text[begin:end]]
        done = end
    return "".join([*made, _straight(text[done:], folds)])


def _kept_as_is(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where names and links stand, in order and apart from each other."""
    words = sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True)
    spans = _link_spans(text)
    if words:
        spans += [m.span() for m in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", text, re.I)]
    apart: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if not apart or begin >= apart[-1][1]:
            apart.append((begin, end))
    return apart


def _link_spans(text: str) -> list[tuple[int, int]]:
    return [(m.start(), m.start() + len(m[0].rstrip(_AFTER_LINK))) for m in _LINK.finditer(text)]


def _straight(text: str, folds: bool) -> str:
    if text.isascii():
        return text.replace("\t", " ").replace("\x0b", "\n")
    text = unicodedata.normalize("NFC", text).translate(_STRAIGHT)
    return "".join(c if c in _GSM else _folded(c) for c in text) if folds else text


def _folded(char: str) -> str:
    """A Latin letter without its accent; what is none stays."""
    if char in _LETTERS:
        return _LETTERS[char]
    parts = unicodedata.normalize("NFD", char)
    if len(parts) > 1 and parts[0] in _GSM and all(unicodedata.combining(mark) for mark in parts[1:]):
        return parts[0]
    return char


# ---- parts -----------------------------------------------------------------------------------------------


def fit_for_sms(text: str, *, names: Iterable[str] = (), language: str = "en", most: int = 2) -> list[str]:
    """The messages this text leaves as: each at most `most` segments (three when a language other than English needs

    UCS-2), cut at sentence ends, else between words, else between letters. A link is cut by nobody: one that is longer
    than a message stands alone. Empty for a text without anything visible.
    """
    rest, wide = as_sms(text, names=names, language=language).strip(), language[:2].lower() != "en"
    parts = []
    while rest:
        cut = len(rest) if _fits(rest, most, wide) else _cut(rest, most, wide)
        if part := rest[:cut].strip():
            parts.append(part)
        rest = rest[cut:].strip()
    return parts


def _fits(text: str, most: int, wide: bool) -> bool:
    counted = count_segments(text.strip())
    return counted.count <= (max(most, 3) if wide and counted.encoding == "UCS-2" else most)


def _cut(text: str, most: int, wide: bool) -> int:
    """Where the first part ends."""
    places = _places(text, 160 * max(most, 3) + 1)
    low, high = 0, len(places)  # places[low - 1] fits, places[high] may not
    while low < high:
        middle = (low + high) // 2
        if _fits(text[: places[middle]], most, wide):
            low = middle + 1
        else:
            high = middle
    if low == 0:
        return _too_long_a_piece(text, places[0], most, wide)
    return _best(text, places[:low])


def _too_long_a_piece(text: str, end: int, most: int, wide: bool) -> int:
    """A link stays whole; a letter under hundreds of accents does not."""
    if _link_spans(text[:end]):
        return end
    return max((n for n in range(1, end) if _fits(text[:n], most, wide)), default=1)


def _best(text: str, places: Sequence[int]) -> int:
    """The last sentence end in the second half of what fits, else the last space, else the last letter."""
    most = places[-1]
    allowed = set(places)
    window = text[: most + 1]
    sentences = [m.end() for m in _SENTENCE_END.finditer(window) if m.end() in allowed and m.end() >= most // 2]
    if sentences:
        return sentences[-1]
    if window[-1:].isspace():
        return most
    spaces = [at for at in places if at >= most // 4 and text[at : at + 1].isspace()]
    return spaces[-1] if spaces else most


def _places(text: str, most: int) -> list[int]:
    """Where a cut is allowed, ascending: after graphemes and outside links. Looks no further than needed."""
    links = [span for span in _link_spans(text) if span[0] < most]
    ends = _grapheme_ends(text[: max([most, *(end for _, end in links)])])
    return [at for at in ends if not any(begin < at < end for begin, end in links)]


def _grapheme_ends(text: str) -> list[int]:
    if text.isascii():
        return list(range(1, len(text) + 1))
    import regex  # type: ignore[import-untyped,unused-ignore]  # 50 ms, only when something is not ASCII

    return [found.end() for found in regex.finditer(r"\X", text)]
