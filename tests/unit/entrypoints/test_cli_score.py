"""`botapp score`: the schema of the JSON is written down as it is."""

from pathlib import Path

import pytest

from botapp.entrypoints.cli_score import print_schema

SCHEMA = Path(__file__).parents[3] / "docs" / "scorecard.schema.json"


def test_the_schema_in_the_docs_is_the_one_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    """`make docs` writes it."""
    print_schema()
    assert capsys.readouterr().out == SCHEMA.read_text()
