"""The views that are not about a question: dismiss, write to a candidate, publish, the whole report, and waiting.

Guarantees: pure, within Slack's limits for data of any length. The report pages; whatever it cuts stands in the
console, to which it links.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from botapp.channels.slack.actions import About, Action, Callback
from botapp.channels.slack.blocks import aside, divider, is_link, link, quote, rich, row_of, text, words
from botapp.channels.slack.cards.diff import whole_diff
from botapp.channels.slack.cards.draft import publish_title, publish_words
from botapp.channels.slack.cards.paging import flat, place, turners
from botapp.channels.slack.cards.scorecard import summary_blocks
from botapp.channels.slack.fitting import Block, Row, clipped, page_within, paged, shown
from botapp.channels.slack.forms import View, modal, typed, typing
from botapp.channels.slack.questions import Errors, QuestionEdit, question_view, read_question
from botapp.scoring.wording import answer_score

__all__ = [
    "Errors",
    "QuestionEdit",
    "diff_view",
    "dismiss_view",
    "message_view",
    "publish_view",
    "question_view",
    "read_message",
    "read_question",
    "read_reason",
    "report_view",
    "told_view",
    "working_view",
]

Data = Mapping[str, Any]
REASON, MESSAGE = "reason", "message"
REASON_MAX, MESSAGE_MAX = 1000, 1200
_REPORT_BLOCKS, _REPORT_BUDGET = 80, 8_000


def dismiss_view(name: str, about: About) -> View:
    """Asks why. A person decides, and says so."""
    blocks = [
        words(
            f"{clipped(name, 200)} will not go on. Nobody is told automatically; the reason is kept with the decision."
        ),
        typing(REASON, "Reason", lines=True, longest=REASON_MAX),
    ]
    return modal(Callback.DISMISS, "Dismiss", blocks, about, submit="Dismiss")


def read_reason(view: Data) -> str | Errors:
    reason = typed(view, REASON).strip()
    if len(reason) > REASON_MAX:
        return {REASON: f"At most {REASON_MAX:,} characters; this has {len(reason):,}."}
    return reason or {REASON: "Please say why in a few words. It is kept with the decision."}


def message_view(name: str, about: About, where: str = "") -> View:
    """Write to a candidate, in the thread they answer in."""
    how = f" It goes {where}." if where else ""
    blocks = [
        words(f"To {clipped(name, 200)}.{how} They read it as written by a person."),
        typing(MESSAGE, "Message", lines=True, longest=MESSAGE_MAX),
    ]
    return modal(Callback.MESSAGE, "Message", blocks, about, submit="Send")


def read_message(view: Data) -> str | Errors:
    message = typed(view, MESSAGE).strip()
    if len(message) > MESSAGE_MAX:
        return {MESSAGE: f"At most {MESSAGE_MAX:,} characters; this has {len(message):,}."}
    return message or {MESSAGE: "There are no words in this message yet."}


def publish_view(data: Data, about: About) -> View:
    """The confirmation, from the draft as it is now."""
    blocks = [rich(text(publish_title(data), bold=True)), words(publish_words(data))]
    if blockers := [clipped(line, 200) for line in data.get("blockers", ())][:5]:
        blocks.append(words("Before you can publish: " + " ".join(blockers)))
    return modal(Callback.PUBLISH, "Publish", blocks, about, submit="" if blockers else "Publish")


def diff_view(lines: list[Data], about: About) -> View:
    """Every change, where the card shows three."""
    return modal(Callback.WORKING, "All changes", whole_diff(lines), about)


def working_view(title: str, sentence: str, about: About | None = None) -> View:
    """Opened at once; what it promises follows by an update."""
    return modal(Callback.WORKING, title, [words(sentence)], about or About())


def told_view(title: str, *sentences: str) -> View:
    """What happened, what was kept, what to do: the end of a modal."""
    return modal(Callback.WORKING, title, [words(sentence) for sentence in sentences[:5]], About())


# ---- the report --------------------------------------------------------------------------------------------


def report_view(data: Data, about: About, page: int = 0) -> View:
    """Everything of a scorecard, a page at a time; the first has the gates, the score and what stands out."""
    rows = [_summary(data), *(_answer(answer) for answer in data.get("answers", ()))]
    pages = paged(rows, blocks=_REPORT_BLOCKS, budget=_REPORT_BUDGET)
    page = page_within(page, len(pages))
    about = replace(about, page=page)
    turning = turners(about, page, len(pages), Action.REPORT_PREVIOUS, Action.REPORT_NEXT)
    controls = [*turning, *([link("Open in the console", Action.CONSOLE, data["report_url"])] if _linked(data) else [])]
    standing = flat([rows[index] for index in pages[page]])
    end = [row_of(*controls)] if controls else []
    return modal(Callback.REPORT, "Full report", [*standing, *place(page, len(pages)), *end], about)


def _linked(data: Data) -> bool:
    return is_link(data.get("report_url"))


def _summary(data: Data) -> Row:
    who = ", ".join(
        filter(None, (clipped(data.get("name") or "A candidate", 150), clipped(data.get("title", ""), 150)))
    )
    return [rich(text(who, bold=True)), *summary_blocks(data, lines=6)]


def _answer(answer: Data) -> Row:
    """The question, what was said, how it was judged and on what words."""
    blocks: list[Block] = [divider(), rich(text(f"{answer['number']}. {clipped(answer['question'], 600)}", bold=True))]
    said = answer.get("answer", "").strip()
    blocks.append(quote(said, 1200) if said else aside("No answer"))
    if judged := list(_judged(answer)):
        blocks.append(aside("\n".join(judged)))
    return blocks


def _judged(answer: Data) -> Iterator[str]:
    score = answer.get("score")
    if not score:
        return
    reason = clipped(score.get("reason", ""), 300)
    if score.get("score") is None:
        yield f"Not judged: {reason}"
        return
    by = " (changed by a person)" if score.get("overridden_by") else ""
    yield f"{answer_score(score['score'])} of 5{by}: {reason}"
    for evidence in score.get("evidence", ())[:2]:
        yield f"“{shown(clipped(evidence['text'], 200))}”"
