"""A finished interview: gates first, then the score with its coverage, then strengths and doubts with their quotes.

Guarantees: unless the data says `private`, nothing of the person is shown: no name, score, gate or quote, only the
role and a button that opens the details for who may see them. `is_private` is the one place that decides it.

Data: what `scoring.scorecard.scorecard_card` makes, with `interview_id` for the buttons and `report_url` if known.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from botapp.channels.slack.actions import About, Action, packed
from botapp.channels.slack.blocks import aside, bullets, button, header, is_link, link, rich, row_of, text, words
from botapp.channels.slack.fitting import Block, clipped
from botapp.scoring.wording import gate_line
from botapp.screening.interview import Gate

Data = Mapping[str, Any]
_GATES, _LINES = 8, 3


def is_private(data: Data) -> bool:
    """Whether the person's data may stand where this is posted. Only a plain True says so."""
    return data.get("private") is True


def role_sentence(data: Data) -> str:
    """What a shared channel reads: the role, and who has decided once somebody has."""
    decided = f" {clipped(str(data['decided']), 150)}" if data.get("decided") else ""
    return f"A candidate finished the interview for {clipped(data.get('title') or 'this role', 200)}.{decided}"


def scorecard_blocks(data: Data) -> list[Block]:
    return _whole(data) if is_private(data) else _role_only(data)


def _role_only(data: Data) -> list[Block]:
    blocks = [words(role_sentence(data))]
    if about := _about(data):
        blocks.append(row_of(button("Show details", Action.DETAILS, about)))
    return blocks


def _about(data: Data) -> str:
    return packed(About(interview=str(data["interview_id"]))) if data.get("interview_id") else ""


def _whole(data: Data) -> list[Block]:
    who = f"{data.get('name') or 'A candidate'}, {data.get('title', '')}"
    return [header(who), *summary_blocks(data), *_controls(data)]


def summary_blocks(data: Data, lines: int = _LINES) -> list[Block]:
    """Gates, score, recommendation, strengths, doubts, what was not judged: the top of card and report."""
    gates = [gate_line(Gate.model_validate(gate)) for gate in data.get("gates", ())]
    score = [text(clipped(data.get("headline", "No score yet"), 200), bold=True)]
    if data.get("recommendation"):
        score.append(text(f"\n{clipped(data['recommendation'], 300)}"))
    return [
        *_listed("", gates, _GATES),
        rich(*score),
        *_listed("Strengths", data.get("strengths", ()), lines),
        *_listed("Doubts", data.get("doubts", ()), lines),
        *_not_judged(data.get("not_judged", ()), lines),
    ]


def _listed(heading: str, lines: Sequence[str], most: int) -> list[Block]:
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    standing = [[text(clipped(line, 200))] for line in [*lines[:most], *more]]
    return [bullets(standing, heading)] if standing else []


def _not_judged(lines: Sequence[str], most: int) -> list[Block]:
    if not lines:
        return []
    more = f" And {len(lines) - most} more." if len(lines) > most else ""
    said = " ".join(f"{line[:1].lower()}{line[1:]}" for line in (clipped(line, 150) for line in lines[:most]))
    return [aside(f"Not judged: {said}{more}")]


def _controls(data: Data) -> list[Block]:
    doing: list[ButtonElement] = []
    if about := _about(data):
        doing = [
            button("Shortlist", Action.SHORTLIST, about, style="primary"),
            button("Dismiss", Action.DISMISS, about),
            button("Message", Action.MESSAGE, about),
            button("Full report", Action.REPORT, about),
        ]
    if is_link(data.get("report_url")):
        doing.append(link("Open in the console", Action.CONSOLE, data["report_url"]))
    return [row_of(*doing)] if doing else []
