"""The pictures for the docs, and the wiring they show."""

import json
from importlib import import_module
from pathlib import Path

from botapp.graphs import compose, frontdesk, interview
from botapp.graphs.drawing import drawn
from tests.unit.graphs.talk import graphs

ROOT = Path(__file__).parents[3]


def test_every_graph_is_drawn() -> None:
    """One Mermaid block a graph, offline."""
    text = drawn()
    assert text.count("```mermaid") == 3
    for node in ("welcome", "read_answers", "move_history", "ask_which"):
        assert node in text


def test_status_lines_name_nodes_that_exist() -> None:
    """A renamed node can't leave its sentence behind."""
    for package in (interview, compose, frontdesk):
        module = import_module(f"{package.__name__}.graph")
        kind = package.__name__.rpartition(".")[2]
        assert set(module.STATUS_LINES) <= set(graphs()[kind].nodes)


def test_langgraph_json_points_at_the_builders() -> None:
    """LangGraph's own tools find the graphs."""
    for place in json.loads((ROOT / "langgraph.json").read_text())["graphs"].values():
        path, _, name = place.partition(":")
        module = import_module(path.removeprefix("./").removesuffix(".py").replace("/", "."))
        assert callable(getattr(module, name))
