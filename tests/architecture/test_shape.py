"""The shape of the tree: who imports whom, what a process loads, how long a function may be, how modules are named."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

import botapp

ROOT = Path(__file__).parents[2]
PACKAGE = Path(botapp.__file__).parent
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations/versions" not in path.as_posix())
FUNCTION_LINES, FILE_LINES = 60, 500
PROMPT_SIZED = 600
NO_NAMES = re.compile(r"(?:^|_)(?:utils?|helpers?|common|misc|managers?)(?:_|$)")
# Plain values that the pipeline fills, and the catalogue of what candidates hear.
LIGHT = {
    *("botapp.graphs", "botapp.graphs.context", "botapp.graphs.interview"),
    *("botapp.graphs.interview.speech", "botapp.graphs.interview.dates"),
}
# What only a process that runs turns may load: seconds of imports, and the model's SDK.
HEAVY = ("langgraph", "langchain_core", "langchain_openai", "openai", "botapp.engines", "botapp.graphs")


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(PACKAGE)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_the_import_contracts_hold() -> None:
    """As pyproject.toml states them."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after `code`."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def heavy(modules: set[str]) -> list[str]:
    return sorted(m for m in modules - LIGHT if any(m == h or m.startswith(f"{h}.") for h in HEAVY))


@pytest.mark.parametrize("module", ["botapp.entrypoints.web.serve", "botapp.entrypoints.timers"])
def test_light_processes_stay_light(module: str) -> None:
    """The web process and the timer loop load no graph, no engine and no model SDK."""
    assert heavy(loaded_by(f"import {module}")) == []


def test_help_loads_next_to_nothing() -> None:
    """`botapp --help` answers at once."""
    run = "import sys\nfrom botapp.entrypoints.cli import main\nmain(['--help'], standalone_mode=False)"
    modules = loaded_by(run)
    assert heavy(modules) == []
    assert not {"sqlalchemy", "flask", "redis", "rq", "alembic", "pydantic"} & modules


def test_no_function_is_too_long() -> None:
    """Nothing over 60 lines; half are short, nine in ten under 42."""
    lengths = {name: lines for path in SOURCES for name, lines in functions(path)}
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}
    assert median(lengths.values()) <= 11
    assert quantiles(lengths.values(), n=10)[-1] <= 42


def test_no_file_is_too_long() -> None:
    """Under 500 lines, but for migrations."""
    lengths = {str(path.relative_to(PACKAGE)): len(path.read_text().splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines >= FILE_LINES} == {}


def test_modules_are_named_by_what_they_are() -> None:
    """No module for whatever was left over."""
    assert [
        str(p.relative_to(PACKAGE)) for p in SOURCES if NO_NAMES.search(p.stem) or NO_NAMES.search(p.parent.name)
    ] == []


def test_every_module_says_what_it_guarantees() -> None:
    """A docstring at the top of each file that holds code."""
    without = [str(p.relative_to(PACKAGE)) for p in SOURCES if p.read_text().strip() and not docstring(p)]
    assert without == []


def docstring(path: Path) -> str | None:
    return ast.get_docstring(ast.parse(path.read_text()))


def test_no_prompt_is_written_in_python() -> None:
    """Words for a model are files under prompts/: no literal in code is that long."""
    found = []
    for path in SOURCES:
        tree = ast.parse(path.read_text())
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                is_pattern = "(?" in node.value or "\\b" in node.value
                has_sentences = ". " in node.value or ".\n" in node.value  # a list of words has none
                if len(node.value) > PROMPT_SIZED and has_sentences and not is_pattern:
                    found.append(f"{path.relative_to(PACKAGE)}:{node.lineno} ({len(node.value)})")
    assert found == []


def test_time_is_asked_of_a_clock() -> None:
    """Only clock.py asks the machine what day it is."""
    asks = re.compile(r"datetime\.now\(|datetime\.utcnow\(|date\.today\(|time\.time\(")
    found = [str(p.relative_to(PACKAGE)) for p in SOURCES if asks.search(p.read_text()) and p.name != "clock.py"]
    assert found == []


@pytest.mark.parametrize("package", ["graphs", "compose", "scoring", "policy", "screening", "llm"])
def test_pure_packages_have_no_chance_and_no_files(package: str) -> None:
    """Deciding is a function of its inputs."""
    asks = re.compile(
        r"^\s*(?:import|from) (?:random|secrets|os|uuid|socket|subprocess|pathlib|io|time)\b", re.MULTILINE
    )
    modules = [
        p for p in (PACKAGE / package).rglob("*.py") if p.name != "drawing.py"
    ]  # a command that writes a document
    assert [str(p.relative_to(PACKAGE)) for p in modules if asks.search(p.read_text())] == []
