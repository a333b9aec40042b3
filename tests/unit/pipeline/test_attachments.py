"""Files to text: real bytes, a real child, and files that were made to do harm."""

import io
import random
import resource
import time
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfWriter

from botapp.pipeline import attachments
from botapp.pipeline.attachments import MOST_BYTES, MOST_CHARACTERS, ReadText, read_file
from tests.support.files import docx, packed, pdf

ADVERT = "Night Warehouse Picker. You need a forklift licence."


def paragraph(text: str, run: str = "", of: str = "") -> str:
    return f"<w:p>{of}<w:r>{run}<w:t>{text}</w:t></w:r></w:p>"


# ---- what can be read --------------------------------------------------------------------------------------


def test_the_words_of_a_pdf_are_read_page_by_page() -> None:
    assert read_file(pdf(ADVERT, "Pay: 18 an hour.")) == ReadText(f"{ADVERT}\n\nPay: 18 an hour.")


def test_a_pdf_that_anybody_may_open_but_not_print_is_read() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(ADVERT)))
    writer.encrypt(user_password="", owner_password="for the owner", algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    assert read_file(made.getvalue()).text == ADVERT


def test_a_long_pdf_is_read_to_page_twenty_and_says_so() -> None:
    read = read_file(pdf(*(f"page {number} of it" for number in range(1, 36))))
    assert "page 20 of it" in read.text
    assert "page 21" not in read.text
    assert read.problem == "It has 35 pages; I read the first 20."


def test_a_word_document_is_read_in_reading_order() -> None:
    body = (
        paragraph("Night Picker")
        + paragraph("Forklift licence", of="<w:pPr><w:numPr/></w:pPr>")
        + f"<w:tbl><w:tr><w:tc>{paragraph('Pay')}</w:tc><w:tc>{paragraph('18 an hour')}</w:tc></w:tr></w:tbl>"
        + "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two &amp; three</w:t></w:r></w:p>"
    )
    lines = read_file(docx(body)).text.split("\n")
    assert lines == ["Night Picker", "- Forklift licence", "Pay \t18 an hour \t", "one", "two & three"]


def test_what_a_reader_of_a_word_document_does_not_see_is_not_read() -> None:
    body = (
        paragraph("seen")
        + paragraph("hidden from all", run="<w:rPr><w:vanish/></w:rPr>")
        + f"<w:moveFrom>{paragraph('moved away')}</w:moveFrom>"
        + "<w:p><w:del><w:r><w:delText>struck out</w:delText></w:r></w:del></w:p>"
        + paragraph("not hidden", run='<w:rPr><w:vanish w:val="0"/></w:rPr>')
    )
    assert read_file(docx(body)).text.split() == ["seen", "not", "hidden"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_plain_text_is_read_in_the_encodings_people_have(encoding: str) -> None:
    words = "Kommissionierer für Nächte – 18 € die Stunde"
    assert read_file(words.encode(encoding)) == ReadText(words)


def test_the_first_bytes_decide_and_not_the_name() -> None:
    assert read_file(pdf(ADVERT), "advert.docx", "application/msword").text == ADVERT
    assert read_file(ADVERT.encode(), "advert.pdf", "application/pdf").text == ADVERT
    assert read_file(docx(paragraph(ADVERT)), "advert.txt", "text/plain").text == ADVERT


def test_a_very_long_text_is_cut_and_says_so() -> None:
    read = read_file(b"word " * 100_000)
    assert len(read.text) <= MOST_CHARACTERS
    assert read.problem == "It is very long; I read the first 200,000 characters."


def test_what_a_database_cannot_keep_is_taken_out() -> None:
    assert read_file(b"one NUL \x00 among many words").text == "one NUL  among many words"
    assert read_file(pdf("half a \\330\\000 pair")).text.encode()  # would raise on half a surrogate pair


# ---- what cannot, told kindly ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.txt", "no text"),
        (b" \n\t ", "a.txt", "no text"),
        (b"x" * (MOST_BYTES + 1), "a.txt", "larger than 11 MB"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "a.png", "picture"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 40, "a.pdf", "picture"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "a.heic", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc", "old format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"{\\rtf1 hello}", "a.rtf", "rich text"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x03\x81\x8d\x01\x02" * 9, "a.txt", "this kind of file"),
        (packed({"xl/workbook.xml": b"<x/>"}), "a.docx", "this kind of file"),
        (docx(paragraph("x"), **{"word/vbaProject.bin": b"x"}), "a.docx", "macros"),
        (docx(paragraph("x")), "a.docm", "macros"),
        (docx("<w:p/>"), "a.docx", "no text"),
        (docx("<w:p>")[:-40], "a.docx", "damaged"),
        (docx("<w:p><w:broken"), "a.docx", "damaged"),
        (b"%PDF-1.7\nnothing of the kind", "a.pdf", "damaged"),
        (pdf(""), "a.pdf", "scan"),
        (pdf(ADVERT, password="secret"), "a.pdf", "password"),
    ],
)
def test_a_file_without_words_to_read_says_why(content: bytes, name: str, says: str) -> None:
    read = read_file(content, name)
    assert read.text == ""
    assert says in read.problem
    assert read.problem.endswith(".")


def test_a_picture_that_is_written_in_words_is_a_picture() -> None:
    assert "picture" in read_file(b"<svg><text>hello</text></svg>", "a.svg", "image/svg+xml").problem


# ---- what was made to do harm ------------------------------------------------------------------------------


def test_a_document_that_would_read_our_files_is_refused() -> None:
    entity = '<!DOCTYPE x [<!ENTITY theirs SYSTEM "file:///etc/passwd">]>'
    read = read_file(docx("<w:p><w:r><w:t>&theirs; words</w:t></w:r></w:p>", before=entity))
    assert (read.text, "damaged" in read.problem) == ("", True)


def test_a_document_of_a_billion_laughs_is_refused_at_once() -> None:
    names = [f"l{number}" for number in range(20)]
    lines = "".join(f'<!ENTITY {name} "{f"&{last};" * 10}">' for last, name in pairwise(names))
    bomb = docx(paragraph("&l19;"), before=f'<!DOCTYPE x [<!ENTITY l0 "ha">{lines}]>')
    assert "damaged" in read_file(bomb).problem


@pytest.mark.parametrize(
    "bomb",
    [
        docx(paragraph(" " * 60_000_000)),
        docx(paragraph("x"), **{"word/media/1.bin": bytes(30_000_000)}),
        docx(
            paragraph("x"),
            **{"word/media/1.bin": bytes(30_000_000), "word/media/2.bin": random.Random(1).randbytes(400_000)},
        ),
        docx(paragraph("x"), **{f"word/{number}.xml": b"x" for number in range(1001)}),
    ],
    ids=["over fifty MB", "squeezed over a hundredfold", "squeezed beside what is not", "over a thousand parts"],
)
def test_a_zip_bomb_is_told_from_its_directory(bomb: bytes) -> None:
    started = time.monotonic()
    assert "too much time or memory" in read_file(bomb).problem
    assert time.monotonic() - started < 5


def test_a_directory_that_lies_about_sizes_gains_nothing() -> None:
    honest = docx(paragraph("".join(map(str, range(100_000)))))
    at = honest.rindex(b"word/document.xml") - 46 + 24  # where the directory says how large it becomes
    lying = honest[:at] + (500).to_bytes(4, "little") + honest[at + 4 :]
    assert read_file(honest).text.startswith("0123456789")
    assert read_file(lying).text == ""


def test_a_pdf_whose_page_expands_without_end_ends() -> None:
    squeezer, chunk = zlib.compressobj(9), b"(xxxxxxxxxxxxxxxx) Tj " * 50_000
    stream = b"".join(squeezer.compress(chunk) for _ in range(400)) + squeezer.flush()  # 440 MB in 1 MB
    head, rest = pdf(ADVERT).split(b"stream\n", 1)
    bomb = head.rstrip() + b"\nstream\n" + stream + b"\n" + rest[rest.index(b"endstream") :]
    bomb = bomb.replace(b"/Length", b"/Filter /FlateDecode /Was", 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    read = read_file(bomb)
    assert (read.text, "too much time or memory" in read.problem) == ("", True)
    assert time.monotonic() - started < 14
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000


def test_a_pdf_whose_parts_point_at_each_other_ends() -> None:
    loop = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
        b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Prev 120/Size 3>>\nstartxref\n120\n%%EOF"
    )
    assert read_file(loop).text == ""


def be_child(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """This script is the child."""
    path = folder / "child.py"
    path.write_text(script)
    monkeypatch.setattr(attachments, "_CHILD", path)


def test_a_child_that_says_nothing_in_time_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    be_child(monkeypatch, tmp_path, "import time; time.sleep(60)")
    monkeypatch.setattr(attachments, "SECONDS", 0.5)
    started = time.monotonic()
    assert "too much time" in read_file(b"words").problem
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("while True: print('x' * 100000)", "too much time"),
        ("print('not JSON')", "damaged"),
        ("print('[1]')", "damaged"),
        ('print(\'{"problem": ["a"]}\')', "damaged"),
        ('print(\'{"problem": "Pay me."}\')', "damaged"),
        ("import os; os.abort()", "too much time"),
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, says: str
) -> None:
    be_child(monkeypatch, tmp_path, script)
    read = read_file(b"words")
    assert (read.text, says in read.problem) == ("", True)


def test_the_child_can_open_nothing_once_it_parses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = attachments._CHILD.read_text()
    prying = "def _text(content):\n    import socket\n    try:\n        socket.socket()\n"
    prying += "    except OSError as error:\n        return f'no socket: {error.errno}', 0, {}\n"
    prying += "    return 'a socket', 0, {}\n\n\n"
    be_child(monkeypatch, tmp_path, "import socket\n" + source.replace("if __name__", prying + "if __name__"))
    assert read_file(b"words").text == "no socket: 24"
