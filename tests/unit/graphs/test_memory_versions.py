from typing import Any

import pytest

from botapp.errors import Permanent
from botapp.graphs.memory_versions import newest
from botapp.graphs.running import first_memory, load_memory


def m001_names_the_question(memory: dict[str, Any]) -> dict[str, Any]:
    return {"open_question": memory["at"]}


def m002_counts(memory: dict[str, Any]) -> dict[str, Any]:
    return {**memory, "asked": 0}


STEPS = {"interview": (m001_names_the_question, m002_counts)}


def test_an_old_memory_takes_every_step_in_order() -> None:
    """Version 1 becomes version 3 through both functions."""
    assert newest("interview", {"version": 1, "at": "q3"}, STEPS) == {"version": 3, "open_question": "q3", "asked": 0}


def test_a_memory_takes_only_the_steps_it_has_not_seen() -> None:
    """Version 2 is not migrated from 1 again."""
    assert newest("interview", {"version": 2, "open_question": "q1"}, STEPS) == {
        "version": 3,
        "open_question": "q1",
        "asked": 0,
    }


def test_a_current_memory_is_left_as_it_is() -> None:
    """Nothing to do is nothing done."""
    memory = first_memory("interview")

    assert newest("interview", memory) == memory


@pytest.mark.parametrize("memory", [{"version": 99}, {"version": 1, "unheard_of": True}])
def test_a_memory_of_another_shape_is_refused(memory: dict[str, Any]) -> None:
    """A newer release's memory, or a broken one, stops the turn instead of being guessed at."""
    with pytest.raises(Permanent):
        load_memory("interview", memory)
