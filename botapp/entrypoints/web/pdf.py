"""The scorecard as a PDF: the page's content in the page's order, with selectable text, tags and page numbers.

People's words are handed over as data and never as markup. What no font can show becomes a box; nothing makes it fail.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("scorecard.typ")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def pdf(paper: Mapping[str, Any], at: datetime) -> bytes:
    """The file. `paper`: see paper.py."""
    import typst  # 34 MB of shared library: only when the first PDF is asked for

    data, stamp = json.dumps(_clean(paper)), at.replace(microsecond=0)
    try:
        return _compiled(data, stamp, "ua-1")
    except typst.TypstError:  # a character that no font here has: tagged all the same, but without the promise
        return _compiled(data, stamp, "1.7")


def _compiled(data: str, stamp: datetime, standard: "typst.PDFStandard") -> bytes:
    import typst

    compiler = typst.Compiler(TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs={"data": data})
    made = compiler.compile(format="pdf", timestamp=stamp, pdf_standards=standard)
    assert isinstance(made, bytes)
    return made


def _clean(value: Any) -> Any:
    """Without what no text can hold: control characters and halves of pairs."""
    match value:
        case str():
            return _CONTROL.sub(" ", value)
        case dict():
            return {key: _clean(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_clean(inner) for inner in value]
        case _:
            return value


@cache
def _fonts() -> "typst.Fonts":
    """Those that come with it, and for other scripts whatever this machine has. Searched once a process."""
    import typst

    return typst.Fonts()
