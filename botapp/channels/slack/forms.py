"""Views (modals) and their fields: built within Slack's limits, and what was filled in, read back.

Guarantees: pure. A field's block id is its name, and errors are given by it. What comes back is never trusted to have
the shape we gave it: what is missing reads as empty.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    InputBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View as SlackView

from botapp.channels.slack.actions import About, packed
from botapp.channels.slack.blocks import plain
from botapp.channels.slack.fitting import (
    BLOCKS_IN_VIEW,
    INPUT_LABEL,
    LABEL,
    MODAL_TITLE,
    PLACEHOLDER,
    PRIVATE_METADATA,
    Block,
    shown,
    units,
)
from botapp.channels.webchat import storable

View = dict[str, Any]
LONGEST_INPUT = 3000


def modal(
    callback: str, title: str, blocks: Sequence[Block], about: About, *, submit: str = "", close: str = "Close"
) -> View:
    """A modal. What it is about travels in it and comes back with it."""
    metadata = packed(about)
    assert units(metadata) <= PRIVATE_METADATA, "ids and one address are short"
    view = SlackView(
        type="modal",
        callback_id=callback,
        title=plain(title, MODAL_TITLE),
        submit=plain(submit, MODAL_TITLE) if submit else None,
        close=plain("Cancel" if submit and close == "Close" else close, MODAL_TITLE),
        private_metadata=metadata,
        blocks=list(blocks[:BLOCKS_IN_VIEW]),
    )
    return dict(view.to_dict())


def typing(
    name: str,
    label: str,
    value: str = "",
    *,
    lines: bool = False,
    optional: bool = False,
    longest: int = LONGEST_INPUT,
    hint: str = "",
    placeholder: str = "",
) -> Block:
    """A field to type in. A value longer than the field may hold is left out rather than cut."""
    initial = shown(value) if value.strip() and units(value) <= longest else None
    element = PlainTextInputElement(
        action_id=name,
        multiline=lines,
        initial_value=initial,
        max_length=longest,
        placeholder=plain(placeholder, PLACEHOLDER) if placeholder else None,
    )
    return _input(name, label, element, optional, hint)


def pick(name: str, label: str, options: Sequence[tuple[str, str]], chosen_value: str) -> Block:
    """A field to choose in: options as (value, words)."""
    offered = [Option(text=plain(words, LABEL), value=value) for value, words in options]
    initial = next((option for option in offered if option.value == chosen_value), None)
    element = StaticSelectElement(action_id=name, options=offered, initial_option=initial)
    return _input(name, label, element, False, "")


def _input(name: str, label: str, element: Any, optional: bool, hint: str) -> Block:
    made = InputBlock(
        block_id=name,
        label=plain(label, INPUT_LABEL),
        element=element,
        optional=optional,
        hint=plain(hint, INPUT_LABEL) if hint else None,
    )
    return dict(made.to_dict())


def typed(view: Mapping[str, Any], name: str) -> str:
    """What was typed; "" when nothing was."""
    value = _state(view, name).get("value")
    return storable(value) if isinstance(value, str) else ""


def chosen(view: Mapping[str, Any], name: str) -> str:
    """The value of what was chosen; "" when nothing was."""
    option = _state(view, name).get("selected_option")
    value = option.get("value") if isinstance(option, Mapping) else None
    return value if isinstance(value, str) else ""


def _state(view: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Any = view
    for key in ("state", "values", name, name):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def with_errors(errors: Mapping[str, str]) -> dict[str, Any]:
    """The answer to a submission that keeps the modal open, with a sentence under each field."""
    return {"response_action": "errors", "errors": dict(errors)}
