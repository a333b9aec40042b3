"""`botapp demo` with its own processes, as an operator runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run_demo(*arguments: str, within: float = 100) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("BOTAPP_")}
    return subprocess.run(
        [sys.executable, "-m", "botapp.entrypoints.cli", "demo", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=within,
        check=False,
    )


@pytest.mark.timeout(120)
def test_the_demo_does_all_of_it() -> None:
    """Draft, two edits, publish, three candidates, scorecards with evidence, alerts: exit 0 says it happened."""
    done = run_demo()

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "All of it happened." in done.stdout
    assert "were generic" in done.stdout


def test_a_text_without_a_role_fails_with_a_sentence(tmp_path: Path) -> None:
    """Exit 1 and no traceback."""
    text = tmp_path / "recipe.txt"
    text.write_text("Beat two eggs. Add flour and milk. Fry until golden. Serve with lemon and sugar.")

    done = run_demo("--jd", str(text))

    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
