"""The bytes of any file to text: a PDF, a Word document, plain text. Whatever they are, this process survives them.

Guarantees: what a file is, its first bytes say, not its name. It is parsed in a child that has limits on memory, time
and output, sees no setting of ours, and can open nothing; its answer is taken for words and a known reason, never for
more. Nothing raises on account of a file: a sentence says why it could not be read, or what of it was left out. Only
what a reader of the file sees is in the text: what is hidden from them is counted by kind, and left out.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

import orjson

from botapp.log import get_logger

MOST_BYTES = 11_000_000
MOST_PAGES, MOST_CHARACTERS = 20, 200_000  # as the child keeps to them
SECONDS = 10.0
_MOST_ANSWER = 12 * MOST_CHARACTERS + 1000  # each character written as an escaped pair, and a little around it
_CHILD = Path(__file__).with_name("reading_child.py")
_PASTE = "Please paste the text that is in it, or send it as a PDF, a Word document (.docx) or a text file."
_PROBLEMS = {
    "empty": "There is no text in it.",
    "too_large": "It is larger than 11 MB. Please send a smaller one, or paste the text.",
    "encrypted": "It is protected with a password. Please send it without one, or paste the text.",
    "nothing_visible": "No words can be seen in it. Please send it as a PDF with plain text, or paste the text.",
    "no_text_in_pages": "Its pages are pictures (a scan), so there is no text to read. Please paste the text.",
    "picture": f"It is a picture or a recording, and I can only read text. {_PASTE}",
    "old_word": "It is in Word's old format (.doc). Please save it as .docx or PDF and send it again.",
    "rich_text": "It is a rich text file (.rtf). Please save it as .docx or PDF and send it again.",
    "macros": "It holds macros, so I did not open it. Please save it as .docx or PDF and send it again.",
    "too_heavy": f"It takes too much time or memory to open. {_PASTE}",
    "broken": f"It is damaged, or not what its name says, so I could not read it. {_PASTE}",
    "other": f"I can't read this kind of file. {_PASTE}",
}
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
log = get_logger()


@dataclass(frozen=True, slots=True)
class ReadText:
    """`problem` without text: why there is none, and `reason` its name. `problem` with text: what of it was left out.

    `hidden`: characters in it that no reader sees, by kind; none of them is in `text`.
    """

    text: str
    problem: str = ""
    reason: str = ""
    hidden: tuple["Hidden", ...] = ()


HIDDEN_KINDS = ("colour", "tiny", "off_page", "no_ink", "behind", "hidden_run", "zero_width", "metadata")


@dataclass(frozen=True, slots=True)
class Hidden:
    """`kind`: one of HIDDEN_KINDS."""

    kind: str
    characters: int


def read_file(content: bytes, name: str = "", content_type: str = "") -> ReadText:
    """The words in a file. Takes ten seconds at most."""
    kind = kind_of(content, name, content_type)
    if kind in _PROBLEMS:
        return ReadText("", _PROBLEMS[kind], kind)
    answer = _asked(content, kind)
    text = _clean(answer.get("text"))
    if not text:
        problem = answer.get("problem")
        reason = problem if isinstance(problem, str) and problem in _PROBLEMS else "broken"
        return ReadText("", _PROBLEMS[reason], reason)
    return ReadText(text, _left_out(answer), hidden=_hidden(answer.get("hidden")))


def _hidden(counts: object) -> tuple[Hidden, ...]:
    """The child's count, as far as it is one."""
    known = counts if isinstance(counts, dict) else {}
    found = ((kind, known.get(kind)) for kind in HIDDEN_KINDS)
    return tuple(Hidden(kind, number) for kind, number in found if isinstance(number, int) and number > 0)


def kind_of(content: bytes, name: str, content_type: str) -> str:
    """`pdf`, `docx` or `text` for the child to read; else the name of a problem."""
    if not content.strip(b" \t\r\n\x00"):
        return "empty"
    if len(content) > MOST_BYTES:
        return "too_large"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return "macros" if name.lower().endswith((".docm", ".dotm")) else "docx"
    if content.startswith(_OLD_OFFICE):
        return "encrypted" if _LOCKED_OFFICE in content else "old_word"
    if content.startswith(b"{\\rtf"):
        return "rich_text"
    return "picture" if _is_picture(content, content_type) else "text"


def _is_picture(content: bytes, content_type: str) -> bool:
    """By its bytes; one that is written in words (SVG) by what it says it is."""
    boxed = content[8:12] == b"WEBP" or content[4:8] == b"ftyp"
    return boxed or content.startswith(_PICTURES) or content_type.startswith(("image/", "audio/", "video/"))


def _asked(content: bytes, kind: str) -> dict[str, Any]:
    """What the child says, whatever becomes of it."""
    with tempfile.TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-I", "-B", str(_CHILD), kind],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
        said = _heard_in_time(child)
    try:
        answer = orjson.loads(said)
    except orjson.JSONDecodeError:
        log.warning("file_reader_failed", kind=kind, bytes=len(content), exit=child.returncode)
        ended = child.returncode not in (0, -signal.SIGSEGV)  # a reader that falls over its input was given a bad file
        return {"problem": "too_heavy" if ended else "broken"}
    return answer if isinstance(answer, dict) else {}


def _heard_in_time(child: "subprocess.Popen[bytes]") -> bytes:
    """Its answer up to the most we take; it is gone when this returns."""
    assert child.stdout is not None
    alarm = Timer(SECONDS, _end, (child,))
    alarm.daemon = True
    alarm.start()
    try:
        said = child.stdout.read(_MOST_ANSWER)
        child.stdout.close()
        with suppress(subprocess.TimeoutExpired):
            child.wait(1)
    finally:
        alarm.cancel()
        _end(child)
        child.wait()
    return said


def _end(child: "subprocess.Popen[bytes]") -> None:
    """The child and whatever it may have started; not once it is reaped, when its number may be another's."""
    if child.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)


def _clean(text: object) -> str:
    """As the database can keep it."""
    if not isinstance(text, str):
        return ""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()[:MOST_CHARACTERS]


def _left_out(answer: dict[str, Any]) -> str:
    pages = answer.get("pages")
    if isinstance(pages, int) and pages > MOST_PAGES:
        return f"It has {pages} pages; I read the first {MOST_PAGES}."
    return f"It is very long; I read the first {MOST_CHARACTERS:,} characters." if answer.get("cut") else ""
