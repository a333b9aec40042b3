"""The view behind "Show details": who it is, gates, score with coverage, what stands out, and what can be done.

Guarantees: pure, within Slack's limits. Only built for somebody who may see the person.
"""

from collections.abc import Mapping
from typing import Any

from botapp.channels.slack.actions import About, Action, Callback, packed
from botapp.channels.slack.blocks import aside, button, is_link, link, rich, row_of, text, words
from botapp.channels.slack.cards.scorecard import summary_blocks
from botapp.channels.slack.fitting import Block, clipped
from botapp.channels.slack.forms import View, modal

Data = Mapping[str, Any]
_LINES = 4


def details_view(data: Data, about: About) -> View:
    """`data`: a scorecard card's, with `scored`, `standing` (a sentence), `may_decide`, `report_url`.

    `decided`, how: somebody may still decide differently, not the same again.
    """
    who = ", ".join(filter(None, (data.get("name") or "A candidate", data.get("title", ""))))
    blocks = [rich(text(clipped(who, 300), bold=True))]
    if data.get("standing"):
        blocks.append(words(clipped(data["standing"], 600)))
    blocks += summary_blocks(data, _LINES) if data.get("scored") else [aside("There is no scorecard yet.")]
    return modal(Callback.DETAILS, "Details", [*blocks, *_controls(data, about)], about)


def _controls(data: Data, about: About) -> list[Block]:
    value = packed(About(interview=about.interview))
    doing = []
    decided = data.get("decided")  # somebody may change their mind, and need not decide the same again
    if data.get("may_decide") and decided != "shortlisted":
        doing.append(button("Shortlist", Action.SHORTLIST, value, style=None if decided else "primary"))
    if data.get("may_decide") and decided != "dismissed":
        doing.append(button("Dismiss", Action.DISMISS, value))
    if data.get("may_decide"):
        doing += [button("Message", Action.MESSAGE, value), button("Take over", Action.TAKE_OVER, value)]
    if data.get("scored"):
        doing.append(button("Full report", Action.REPORT, value))
    if is_link(data.get("report_url")):
        doing.append(link("Open in the console", Action.CONSOLE, data["report_url"]))
    return [row_of(*doing)] if doing else []
