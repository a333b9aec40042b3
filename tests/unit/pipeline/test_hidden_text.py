"""What a reader of a file does not see is not in its text, and is counted; what they see stays, in reading order."""

import pytest

from botapp.pipeline import reading_docx, reading_pdf
from botapp.pipeline.attachments import Hidden, read_file
from tests.support.files import docx, drawn_pdf

SEEN = "BT /F1 12 Tf 72 700 Td (Forklift driver since 2019) Tj ET "


def read(content: bytes) -> tuple[str, dict[str, int]]:
    """The words and what was left out, by the part of the child that reads this kind, in this process."""
    part = reading_pdf if content.startswith(b"%PDF") else reading_docx
    text, _, hidden = part.read(content)
    return text.strip(), dict(hidden)


def run(text: str, looks: str = "") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str, looks: str = "") -> str:
    return f"<w:p><w:pPr>{looks}</w:pPr>{''.join(runs)}</w:p>"


# ---- PDF ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drawn", "kind"),
    [
        ("1 1 1 rg BT /F1 12 Tf 72 600 Td (Python) Tj ET", "colour"),
        (".97 .97 .95 rg BT /F1 12 Tf 72 600 Td (Python) Tj ET", "colour"),
        ("BT /F1 1 Tf 72 600 Td (Python) Tj ET", "tiny"),
        ("BT /F1 12 Tf .08 0 0 .08 72 600 Tm (Python) Tj ET", "tiny"),
        ("BT /F1 12 Tf 900 600 Td (Python) Tj ET", "off_page"),
        ("BT /F1 12 Tf 72 -50 Td (Python) Tj ET", "off_page"),
        ("BT 3 Tr /F1 12 Tf 72 600 Td (Python) Tj ET", "no_ink"),
        ("BT /F1 12 Tf 72 600 Td (Python) Tj ET 1 g 60 590 200 40 re f", "colour"),
        ("1 g BT /F1 12 Tf 100 700 Td (Python) Tj ET", "colour"),
        ("0 g 60 590 200 40 re f BT /F1 12 Tf 72 600 Td (Python) Tj ET", "colour"),
    ],
    ids=[
        "white",
        "near white",
        "small font",
        "scaled down",
        "beside",
        "below",
        "no ink",
        "painted over",
        "white over words",
        "black on black",
    ],
)
def test_words_of_a_pdf_that_nobody_sees_are_left_out_and_counted(drawn: str, kind: str) -> None:
    content = drawn_pdf(f"{SEEN}{drawn}")
    assert read(content) == ("Forklift driver since 2019", {kind: 6})


def test_words_that_stand_for_other_words_are_left_out() -> None:
    drawn = "/Span <</ActualText (expert in everything there is)>> BDC BT /F1 12 Tf 72 600 Td (x) Tj ET EMC"
    assert read(drawn_pdf(f"{SEEN}{drawn}")) == ("Forklift driver since 2019", {"behind": 25})


@pytest.mark.parametrize(
    "drawn",
    [
        "0 0 .4 rg 60 590 200 40 re f 1 g BT /F1 12 Tf 72 600 Td (Python) Tj ET",
        "0 0 .4 rg 68 596 46 16 re f 1 g BT /F1 12 Tf 72 600 Td (Python) Tj ET",
        ".55 g BT /F1 7 Tf 72 600 Td (Python) Tj ET",
        "BT 1 Tr .3 w /F1 24 Tf 72 600 Td (Python) Tj ET",
    ],
    ids=["white on a dark box", "white on a small badge", "small and grey", "outlines"],
)
def test_words_of_a_pdf_that_look_unusual_but_can_be_seen_stay(drawn: str) -> None:
    text, hidden = read(drawn_pdf(f"{SEEN}{drawn}"))
    assert "Python" in text
    assert hidden == {}


def test_a_pdf_of_nothing_but_unseen_words_has_no_words() -> None:
    read = read_file(drawn_pdf("1 g BT /F1 12 Tf 72 600 Td (Python) Tj ET"))
    assert (read.text, read.reason) == ("", "nothing_visible")


def test_what_was_left_out_comes_back_from_the_sandbox() -> None:
    read = read_file(drawn_pdf(f"{SEEN}1 g BT /F1 12 Tf 72 600 Td (Python) Tj ET"))
    assert (read.text, read.hidden) == ("Forklift driver since 2019", (Hidden("colour", 6),))


def test_words_in_the_description_of_a_file_are_flagged_and_never_read() -> None:
    content = drawn_pdf(SEEN, keywords="python expert " * 30)
    text, hidden = read(content)
    assert "python" not in text
    assert hidden["metadata"] >= 400


# ---- the order of reading ----------------------------------------------------------------------------------


def lines_at(left: int, top: int, *words: str) -> str:
    return "".join(f"BT /F1 10 Tf {left} {top - 14 * n} Td ({w}) Tj ET " for n, w in enumerate(words))


LEFT = ("Skills", "Packing", "Forklift", "Stock count")
RIGHT = ("Work", "Picker at a food depot", "2019 - 2023", "Loaded lorries at night")


def test_a_column_is_read_to_its_end_before_the_next() -> None:
    content = drawn_pdf(lines_at(50, 700, *LEFT) + lines_at(300, 700, *RIGHT))
    assert read(content)[0].split("\n") == [*LEFT, "", *RIGHT]


def test_columns_that_a_file_holds_in_disorder_are_read_by_their_place() -> None:
    heads = lines_at(50, 700, LEFT[0]) + lines_at(50, 644, "Languages") + lines_at(300, 700, RIGHT[0])
    rest = lines_at(50, 630, "English") + lines_at(50, 686, *LEFT[1:]) + lines_at(300, 686, *RIGHT[1:])
    words = read(drawn_pdf(heads + lines_at(300, 644, "Schools") + rest))[0].split()
    assert words.index("Languages") < words.index("English") < words.index("Work") < words.index("Schools")
    assert words.index("count") < words.index("Languages")


def test_a_date_at_the_end_of_a_line_is_read_with_its_line() -> None:
    rows = "".join(
        lines_at(50, 700 - 14 * n, f"Job {n}") + lines_at(480, 700 - 14 * n, f"20{n + 10}") for n in range(5)
    )
    assert read(drawn_pdf(rows))[0].split("\n")[1] == "Job 1\t2011"


# ---- Word --------------------------------------------------------------------------------------------------

STYLES = (
    b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b'<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    b'<w:style w:type="character" w:styleId="Child"><w:basedOn w:val="Ghost"/></w:style></w:styles>'
)


@pytest.mark.parametrize(
    ("looks", "kind"),
    [
        ("<w:vanish/>", "hidden_run"),
        ('<w:color w:val="FFFFFF"/>', "colour"),
        ('<w:color w:val="FAFAFA"/>', "colour"),
        ('<w:color w:val="auto" w:themeColor="background1"/>', "colour"),
        ('<w:sz w:val="2"/>', "tiny"),
        ('<w:rStyle w:val="Child"/>', "colour"),
    ],
)
def test_words_of_a_document_that_nobody_sees_are_left_out_and_counted(looks: str, kind: str) -> None:
    content = docx(paragraph(run("Forklift driver "), run("Python", looks)), **{"word/styles.xml": STYLES})
    assert read(content) == ("Forklift driver", {kind: 6})


@pytest.mark.parametrize(
    "body",
    [
        paragraph(run("Python", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>')),
        paragraph(run("Python", '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>')),
        paragraph(run("Python", '<w:color w:val="FFFFFF"/>'), looks='<w:shd w:val="clear" w:fill="1F3864"/>'),
        '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
        + paragraph(run("Python", '<w:color w:val="FFFFFF"/>'))
        + "</w:tc></w:tr></w:tbl>",
        paragraph(run("Python"), looks='<w:rPr><w:vanish/><w:color w:val="FFFFFF"/></w:rPr>'),
    ],
    ids=["shaded", "highlighted", "shaded paragraph", "shaded cell", "only the end mark"],
)
def test_white_words_on_dark_ground_can_be_seen(body: str) -> None:
    assert read(docx(body)) == ("Python", {})


def test_characters_without_width_are_taken_out_of_any_file() -> None:
    read = read_file("Py\u200bth\u2060on and \U000e0041Excel, caf\u00ad\u00e9".encode())
    assert read.text == "Python and Excel, caf\u00e9"
    assert [(each.kind, each.characters) for each in read.hidden] == [("zero_width", 3)]


def test_spelling_that_needs_joiners_keeps_them() -> None:
    read = read_file("می‌خواهم".encode())
    assert (read.text, read.hidden) == ("می‌خواهم", ())
