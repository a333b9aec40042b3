"""`botapp chat`: lines in, lines out; a link or a file is answered twice, and both are shown before the next prompt."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from botapp.config import Settings
from botapp.entrypoints.cli_chat import TerminalThread, _answer_to
from botapp.pipeline.fetch import Guard
from tests.support.roles import ADVERT
from tests.support.site import site
from tests.support.stack import Stack


@pytest.fixture
def thread(stack: Stack) -> TerminalThread:
    """No worker runs, so that the turns run here."""
    made = TerminalThread(
        stack.services, stack.workspace_id, stack.owner.id, alone=False, settings=Settings(_env_file=None)
    )  # type: ignore[call-arg]
    made._worker = replace(stack.services, guard=Guard(loopback=True, ports=None, seconds=2.0))
    return made


@pytest.fixture(scope="module")
def link() -> Iterator[str]:
    with site({"/job": ("text/plain", ADVERT.encode())}) as made:
        yield f"{made.url}/job"


def answered(thread: TerminalThread, said: str) -> str:
    return "\n".join(_answer_to(thread, said))


def test_a_file_is_given_by_its_path(thread: TerminalThread, tmp_path: Path) -> None:
    """Also as the first thing that is said."""
    (tmp_path / "night picker.txt").write_text(ADVERT)
    said = answered(thread, f"/file {tmp_path}/night picker.txt")
    assert "I'm reading night picker.txt." in said and "I drafted Night Warehouse Picker" in said


def test_a_link_is_read(thread: TerminalThread, link: str) -> None:
    said = answered(thread, link)
    assert "I'm reading that page." in said and "I read 127.0.0.1. I drafted Night Warehouse Picker" in said


def test_a_wrong_path_is_told_and_the_talk_goes_on(thread: TerminalThread, tmp_path: Path) -> None:
    assert "can't be opened: No such file" in answered(thread, f"/file {tmp_path}/nothing.pdf")
    assert "Is a directory" in answered(thread, f"/file {tmp_path}")
    assert answered(thread, "/file") == "Which file? Say /file and its path."
    assert "Paste a job description" in answered(thread, "hello")
