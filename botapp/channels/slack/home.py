"""App Home: the recruiter's dashboard. What needs somebody, then the interviewers, a page at a time.

Guarantees: pure, within Slack's limits for data of any length. Shown to one member only, who may see all of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import ButtonElement, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View as SlackView

from botapp.channels.slack.actions import LIST_ITEM, About, Action, packed
from botapp.channels.slack.blocks import aside, button, divider, header, is_link, link, plain, row_of, words
from botapp.channels.slack.cards.paging import place, turners
from botapp.channels.slack.fitting import INPUT_LABEL, PLACEHOLDER, Block, clipped, page_within, units
from botapp.channels.slack.forms import View

Data = Mapping[str, Any]
ON_A_PAGE, NEEDS_MOST = 12, 8
SEARCH_MAX = 200


def home_view(data: Data) -> View:
    """`rows`: {`title`, `detail`, `warning`, `url`} of interviewers; `needs`: {`title`, `interview`} of what waits for
    somebody; `search`, `page`, `console_url`, `may_compose`; `kinds` {`label`, `value`, `count`}, one is `shown`."""
    blocks = [*_head(data), *_needs(data.get("needs", ())), *_interviewers(data)]
    return dict(SlackView(type="home", blocks=blocks).to_dict())


def stranger_view(sentence: str) -> View:
    """For somebody who is not on the team."""
    return dict(SlackView(type="home", blocks=[words(sentence)]).to_dict())


def _head(data: Data) -> Iterator[Block]:
    controls = []
    if data.get("may_compose"):
        controls.append(button("New interviewer", Action.HOME_NEW, "new", style="primary"))
    if is_link(data.get("console_url")):
        controls.append(link("Open the console", Action.CONSOLE, data["console_url"]))
    if controls:
        yield row_of(*controls)
    yield _search(str(data.get("search", "")))


def _search(said: str) -> Block:
    element = PlainTextInputElement(
        action_id=Action.HOME_SEARCH,
        initial_value=said if said.strip() and units(said) <= SEARCH_MAX else None,
        max_length=SEARCH_MAX,
        placeholder=plain("A role or a part of it", PLACEHOLDER),
        dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]},
    )
    made = InputBlock(
        block_id="search", label=plain("Find an interviewer", INPUT_LABEL), element=element, optional=True
    ).to_dict()
    return {**made, "dispatch_action": True}


def _needs(needs: Sequence[Data]) -> Iterator[Block]:
    if not needs:
        return
    yield header("What needs you")
    for index, need in enumerate(needs[:NEEDS_MOST]):
        show = None
        if need.get("interview"):
            show = button("Show details", f"{LIST_ITEM}{index}", packed(About(interview=need["interview"])))
        yield words(clipped(need.get("title", ""), 300), beside=show)
    if len(needs) > NEEDS_MOST:
        yield aside(f"And {len(needs) - NEEDS_MOST} more in the console.")
    yield divider()


def _interviewers(data: Data) -> Iterator[Block]:
    rows, search = list(data.get("rows", ())), str(data.get("search", "")).strip()
    pages = max(1, -(-len(rows) // ON_A_PAGE))
    page = page_within(int(data.get("page", 0)), pages)
    yield header(f"Interviewers with “{clipped(search, 60)}”" if search else "Interviewers")
    if (kinds := data.get("kinds")) and not search:
        yield row_of(*(_kind(kind, data.get("shown", "")) for kind in kinds))
    if not rows:
        yield words("No interviewer has this in its title." if search else "There are no interviewers yet.")
    for row in rows[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]:
        yield from _interviewer(row)
    yield from place(page, pages)
    if turning := turners(About(do=str(data.get("shown", ""))), page, pages, Action.HOME_PREVIOUS, Action.HOME_NEXT):
        yield row_of(*turning)


def _kind(kind: Data, shown: str) -> ButtonElement:
    """A button for each status there is, with how many; the one that is shown stands out."""
    value = str(kind["value"])
    label = f"{kind['label']} ({kind['count']})"
    return button(label, f"{Action.HOME_FILTER}:{value}", value, style="primary" if value == shown else None)


def _interviewer(row: Data) -> Iterator[Block]:
    opens = link("Open", Action.LIST_LINK, row["url"]) if is_link(row.get("url")) else None
    yield words(clipped(row.get("title", ""), 200), beside=opens)
    told = [clipped(row[name], 300) for name in ("detail", "warning") if row.get(name)]
    if told:
        yield aside(*told)
