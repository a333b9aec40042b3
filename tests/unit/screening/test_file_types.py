"""Names of files as they may be shown and kept."""

import pytest

from botapp.screening.file_types import is_accepted, plain_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\maria\\cv.docx", "cv.docx"),
        ("a\x00b\u202efdp.exe", "abfdp.exe"),
        ("", "file"),
        ("...", "file"),
        (f"{'x' * 400}.pdf", f"{'x' * 116}.pdf"),
    ],
)
def test_a_name_is_shown_plainly(given: str, shown: str) -> None:
    """No folders, nothing that can't be seen, not without end."""
    assert plain_name(given) == shown


def test_a_kind_is_what_its_bytes_say() -> None:
    """Word's container is no PDF."""
    assert is_accepted("cv.docx", b"PK\x03\x04rest")
    assert not is_accepted("cv.pdf", b"PK\x03\x04rest")
    assert not is_accepted("cv.zip", b"PK\x03\x04rest")
