"""Draws the graphs as Mermaid text for the docs. Offline; writes only the file it is told to."""

import sys
from pathlib import Path

from botapp.graphs.compose.graph import build_compose_graph
from botapp.graphs.frontdesk.graph import build_frontdesk_graph
from botapp.graphs.interview.graph import build_interview_graph

_GRAPHS = (
    ("Interview", "One turn of an interview with a candidate.", build_interview_graph),
    ("Compose", "One turn of composing an interviewer with members.", build_compose_graph),
    ("Front desk", "One turn at an address with no open thread, or with several.", build_frontdesk_graph),
)


def drawn() -> str:
    """All graphs as one Markdown page."""
    parts = [
        "# The graphs",
        "Drawn from the code by `python -m botapp.graphs.drawing docs/graphs.md`. Every turn runs from start to end.",
    ]
    for title, sentence, build in _GRAPHS:
        mermaid = build().get_graph().draw_mermaid().strip()
        parts.append(f"## {title}\n\n{sentence}\n\n```mermaid\n{mermaid}\n```")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(drawn(), encoding="utf-8")
