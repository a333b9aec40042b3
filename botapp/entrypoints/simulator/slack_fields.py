"""What a person can press or fill in, and the state Slack reports for it. Pure; as strict as Slack's client."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botapp.entrypoints.simulator.slack_blocks import elements_of
from botapp.entrypoints.simulator.slack_ledger import text_of
from botapp.entrypoints.simulator.slack_world import NotPossible

_VALUES = {
    "datepicker": "selected_date", "timepicker": "selected_time", "users_select": "selected_user",
    "channels_select": "selected_channel", "conversations_select": "selected_conversation",
    "datetimepicker": "selected_date_time", "multi_users_select": "selected_users",
}  # fmt: skip
_ONE, _MANY = ("static_select", "radio_buttons", "overflow"), ("multi_static_select", "checkboxes")
_TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input")


@dataclass(frozen=True)
class Control:
    """Something to press, and the block it is in."""

    block: dict[str, Any]
    element: dict[str, Any]

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def value(self) -> str:
        return str(self.element.get("value", ""))

    @property
    def options(self) -> list[str]:
        return [option["text"]["text"] for option in options_of(self.element)]

    @property
    def confirm_text(self) -> str:
        """What is asked before it counts; empty when nothing is."""
        confirm = self.element.get("confirm")
        return f"{confirm['title']['text']}\n{confirm['text']['text']}" if confirm else ""


def options_of(element: Mapping[str, Any]) -> list[dict[str, Any]]:
    grouped = [option for group in element.get("option_groups") or [] for option in group["options"]]
    return [*(element.get("options") or []), *grouped]


def _is_called(element: Mapping[str, Any], name: str) -> bool:
    label = (element.get("text") or {}).get("text", "")
    return name in (element.get("action_id"), label) or name == (element.get("placeholder") or {}).get("text")


def find_controls(blocks: Sequence[dict[str, Any]], name: str, row: str = "") -> list[Control]:
    """By action id, label or placeholder; only in blocks whose text has `row` in it, when given."""
    rows = [block for block in blocks if row in text_of([block])]
    return [Control(block, element) for block in rows for element in elements_of(block) if _is_called(element, name)]


def pick(element: Mapping[str, Any], wanted: str) -> dict[str, Any]:
    for option in options_of(element):
        if wanted in (option["value"], option["text"]["text"]):
            return option
    offered = ", ".join(option["text"]["text"] for option in options_of(element))
    raise NotPossible(f"there is no option {wanted!r}; there are: {offered}")


def action_of(control: Control, choose: str, action_ts: str) -> dict[str, Any]:
    """The entry of `actions` in block_actions."""
    element, kind = control.element, control.element["type"]
    action = {"type": kind, "action_id": element["action_id"], "block_id": control.block["block_id"]}
    action["action_ts"] = action_ts
    if kind in (*_ONE, *_MANY, *_VALUES, *_TYPED):
        if not choose:
            raise NotPossible(f"{kind} {element['action_id']} needs something chosen")
        return action | reported(element, [choose] if kind in _MANY else choose)
    if kind == "feedback_buttons":
        side = element["positive_button" if choose != "negative" else "negative_button"]
        return action | {"value": side.get("value", ""), "text": side["text"]}
    carried = {key: element[key] for key in ("value", "text", "style", "url") if key in element}
    return action | carried


def reported(element: Mapping[str, Any], given: Any) -> dict[str, Any]:
    """One element's part of the state: what was given, else what it began with."""
    kind = element["type"]
    if kind in _ONE:
        return {"type": kind, "selected_option": pick(element, given) if given else element.get("initial_option")}
    if kind in _MANY:
        chosen = element.get("initial_options") or [] if given is None else [pick(element, one) for one in given]
        return {"type": kind, "selected_options": chosen}
    if kind in _VALUES:
        initial = next((value for key, value in element.items() if key.startswith("initial_")), None)
        return {"type": kind, _VALUES[kind]: initial if given is None else given}
    value = element.get("initial_value") if given is None else given
    return {"type": kind, "value": value or None}


def _has_state(element: Mapping[str, Any]) -> bool:
    return element["type"] in (*_ONE, *_MANY, *_VALUES, *_TYPED, "file_input") and element["type"] != "overflow"


def _names(block: Mapping[str, Any], element: Mapping[str, Any]) -> tuple[str, ...]:
    return block["block_id"], element["action_id"], (block.get("label") or {}).get("text", "")


def state_of(blocks: Sequence[dict[str, Any]], given: Mapping[str, Any]) -> dict[str, Any]:
    """`given` by block id, action id or label; a name that is no field could not have been filled in."""
    values: dict[str, Any] = {}
    used: set[str] = set()
    for block in blocks:
        for element in elements_of(block):
            if _has_state(element):
                name = next((name for name in _names(block, element) if name in given), "")
                used.add(name)
                values.setdefault(block["block_id"], {})[element["action_id"]] = reported(element, given.get(name))
    if unknown := set(given) - used:
        raise NotPossible(f"there is no field called {', '.join(sorted(unknown))}")
    return values


def _is_empty(state: Mapping[str, Any]) -> bool:
    return not any(value for key, value in state.items() if key != "type")


def refuse_incomplete(blocks: Sequence[dict[str, Any]], state: Mapping[str, Any]) -> None:
    """Slack does not let a person submit before these hold."""
    for block in blocks:
        if block["type"] == "input":
            element, label = block["element"], block["label"]["text"]
            given = state[block["block_id"]][element["action_id"]]
            if _is_empty(given):
                if not block.get("optional"):
                    raise NotPossible(f"{label!r} must be filled in")
                continue
            _refuse_wrong_form(label, element, str(given.get("value") or ""))


def _refuse_wrong_form(label: str, element: Mapping[str, Any], text: str) -> None:
    kind = element["type"]
    if kind == "plain_text_input":
        if len(text) < element.get("min_length", 0) or len(text) > element.get("max_length", 3000):
            raise NotPossible(f"{label!r} is too short or too long")
        if "\n" in text and not element.get("multiline"):
            raise NotPossible(f"{label!r} is one line")
    if kind == "number_input":
        _refuse_wrong_number(label, element, text)
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise NotPossible(f"{label!r} is not an e-mail address")
    if kind == "url_text_input" and not re.fullmatch(r"https?://\S+", text):
        raise NotPossible(f"{label!r} is not a link")


def _refuse_wrong_number(label: str, element: Mapping[str, Any], text: str) -> None:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, text):
        raise NotPossible(f"{label!r} is not a number")
    low, high = float(element.get("min_value", "-inf")), float(element.get("max_value", "inf"))
    if not low <= float(text) <= high:
        raise NotPossible(f"{label!r} is out of range")
