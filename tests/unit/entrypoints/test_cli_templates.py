"""`botapp templates`: the list of roles, and those that fit."""

from click.testing import CliRunner

from botapp.entrypoints.cli import main


def test_every_role_is_listed_with_its_other_names() -> None:
    """One a line."""
    result = CliRunner().invoke(main, ["templates"])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) >= 40
    assert "Barista: " in result.stdout


def test_those_that_fit_come_best_first() -> None:
    """By an everyday name."""
    result = CliRunner().invoke(main, ["templates", "CNA"])
    assert result.stdout.startswith("Certified nursing assistant: CNA")


def test_a_role_we_have_not_is_said_in_a_line() -> None:
    """With the way to all of them."""
    result = CliRunner().invoke(main, ["templates", "astronaut"])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "No template fits “astronaut”" in result.stderr
