"""Every file of the resume data, in place: read whole and in order, or said why not. Skipped where the data is not."""

from typing import Any

import pytest

from botapp.pipeline import reading_docx, reading_pdf
from botapp.pipeline.attachments import kind_of
from botapp.pipeline.resume import read_as_resume
from botapp.state.attachments import Attachment
from evals import resumes_eval


def read_here(file: Attachment) -> tuple[str, str, list[dict[str, Any]]]:
    """As the child does it, without a process for each: those are tested beside this."""
    content = file.content or b""
    part = {"pdf": reading_pdf, "docx": reading_docx}.get(kind_of(content, file.name, file.content_type))
    if part is None:
        return read_as_resume(file)
    try:
        text, _, hidden = part.read(content)
    except (reading_pdf.Unreadable, reading_docx.Unreadable) as why:
        return "", str(why), []
    return text, "", [{"kind": kind, "characters": number} for kind, number in hidden.items()]


def test_every_resume_is_read_in_order_or_said_why_not() -> None:
    found = resumes_eval.rows(read=read_here)
    if not found:
        pytest.skip("the resumes are not beside this checkout")
    assert [f"{row.file}: {row.said}" for row in found if not row.right] == []


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("cv.pdf", ""), ("CV.DOCX", ""), ("file", "application/pdf")],
    ids=["pdf", "docx", "type"],
)
def test_plain_bytes_that_call_themselves_a_paper_are_damaged_and_not_words(name: str, content_type: str) -> None:
    assert read_as_resume(Attachment(name, content_type, "", b"junk instead of a paper", ""))[:2] == ("", "broken")


def test_a_file_that_never_came_is_said_to_be_missing() -> None:
    assert read_as_resume(None)[:2] == ("", "not_received")
    assert read_as_resume(Attachment("cv.pdf", "", "", None, "gone"))[:2] == ("", "not_received")
