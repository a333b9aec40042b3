"""The numbers we tell somebody in distress are the ones the documentation gives a source for."""

import re
from pathlib import Path

import pytest

from botapp.graphs.interview.speech import LANGUAGES, catalogue

DOCUMENT = (Path(__file__).parents[3] / "docs" / "safety.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_a_source(language: str) -> None:
    """And every language names the same ones."""
    lines = {
        key: text for key, text in catalogue(language)["distress"].items() if key not in ("reply", "any_emergency")
    }
    for key, text in lines.items():
        numbers = re.findall(r"\d[\d ]*\d", text)
        assert all(number in DOCUMENT for number in numbers), (key, numbers)
        assert numbers == re.findall(r"\d[\d ]*\d", catalogue("en")["distress"][key]), key
