"""Slack's limits on Block Kit: what would make Slack refuse these blocks or this view, in Slack's way of saying it.

Pure. The limits are the published ones plus the observed 13,200 characters of all blocks of a message together. Blocks
that botapp has no use for (video, table, file, call, ...) are refused as unsupported.
"""

import json
from collections import Counter
from typing import Any

from botapp.entrypoints.simulator.slack_rules import (
    Rule,
    anything,
    at_least_one,
    boolean,
    by_type,
    choosing,
    list_of,
    matching,
    one_of,
    shape,
    string,
    whole,
)

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_CHARACTERS, MARKDOWN_CHARACTERS, VIEW_BYTES = 13_200, 12_000, 250_000

_url = matching(r"(https?://|mailto:|tel:)\S+")
_image_url = matching(r"https?://\S+")
_date = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_time = matching(r"([01]\d|2[0-3]):[0-5]\d")


def _plain(most: int) -> Rule:
    return shape({"type": one_of("plain_text"), "text": string(most)}, {"emoji": boolean})


def _text(most: int = 3000) -> Rule:
    mrkdwn = shape({"type": one_of("mrkdwn"), "text": string(most)}, {"verbatim": boolean})
    return by_type({"plain_text": _plain(most), "mrkdwn": mrkdwn})


_confirm = shape(
    {"title": _plain(100), "text": _text(300), "confirm": _plain(30), "deny": _plain(30)},
    {"style": one_of("primary", "danger")},
)


def _option(text: Rule, *, url: bool = False) -> Rule:
    return shape({"text": text, "value": string(150)}, {"description": _text(75)} | ({"url": _url} if url else {}))


def _initial_is_offered(value: Any, where: str, problems: list[str]) -> None:
    groups = value.get("option_groups") or []
    offered = [*(value.get("options") or []), *(option for group in groups for option in group.get("options") or [])]
    chosen = [value["initial_option"]] if "initial_option" in value else value.get("initial_options") or []
    if any(option not in offered for option in chosen):
        problems.append(f"initial option is not among the options [json-pointer:{where}]")


def _select(kind: str, extra: dict[str, Rule], **required: Rule) -> Rule:
    optional = {"action_id": string(255), "placeholder": _plain(150), "confirm": _confirm, "focus_on_load": boolean}
    return shape({"type": one_of(kind)} | required, optional | extra, _initial_is_offered)


_plain_option, _any_option = _option(_plain(75)), _option(_text(75))
_options = list_of(_plain_option, 100)
_groups = list_of(shape({"label": _plain(75), "options": _options}), 100)
_ids = list_of(string(255), 100)


def _offers_choices(value: Any, where: str, problems: list[str]) -> None:
    at_least_one("options", "option_groups")(value, where, problems)
    _initial_is_offered(value, where, problems)


def _static(kind: str, initial: dict[str, Rule]) -> Rule:
    optional = {
        "action_id": string(255), "placeholder": _plain(150), "confirm": _confirm, "focus_on_load": boolean,
        "options": _options, "option_groups": _groups,
    }  # fmt: skip
    return shape({"type": one_of(kind)}, optional | initial, _offers_choices)


def _picker(kind: str, options: Rule, initial: dict[str, Rule]) -> Rule:
    return _select(kind, initial, options=options)


def _typed(kind: str, extra: dict[str, Rule], **required: Rule) -> Rule:
    optional = {
        "action_id": string(255), "placeholder": _plain(150), "focus_on_load": boolean,
        "dispatch_action_config": anything, "initial_value": string(3000, 0),
    }  # fmt: skip
    return shape({"type": one_of(kind)} | required, optional | extra)


_lengths = {"min_length": whole(0, 3000), "max_length": whole(1, 3000)}
_many = {"max_selected_items": whole(1, 100)}

ELEMENTS: dict[str, Rule] = {
    "button": shape(
        {"type": one_of("button"), "text": _plain(75)},
        {
            "action_id": string(255), "value": string(2000), "url": _url, "confirm": _confirm,
            "style": one_of("primary", "danger"), "accessibility_label": string(75),
        },
    ),
    "overflow": shape(
        {"type": one_of("overflow"), "options": list_of(_option(_plain(75), url=True), 5)},
        {"action_id": string(255), "confirm": _confirm},
    ),
    "static_select": _static("static_select", {"initial_option": _plain_option}),
    "multi_static_select": _static("multi_static_select", {"initial_options": _options} | _many),
    "radio_buttons": _picker("radio_buttons", list_of(_any_option, 10), {"initial_option": _any_option}),
    "checkboxes": _picker("checkboxes", list_of(_any_option, 10), {"initial_options": list_of(_any_option, 10)}),
    "users_select": _select("users_select", {"initial_user": string(255)}),
    "multi_users_select": _select("multi_users_select", {"initial_users": _ids} | _many),
    "channels_select": _select("channels_select", {"initial_channel": string(255)}),
    "conversations_select": _select(
        "conversations_select",
        {"initial_conversation": string(255), "default_to_current_conversation": boolean, "filter": anything},
    ),
    "datepicker": _select("datepicker", {"initial_date": _date}),
    "timepicker": _select("timepicker", {"initial_time": _time, "timezone": string(255)}),
    "datetimepicker": _select("datetimepicker", {"initial_date_time": whole(1_000_000_000, 9_999_999_999)}),
    "plain_text_input": _typed("plain_text_input", {"multiline": boolean} | _lengths),
    "email_text_input": _typed("email_text_input", {}),
    "url_text_input": _typed("url_text_input", {}),
    "number_input": _typed(
        "number_input", {"min_value": string(255), "max_value": string(255)}, is_decimal_allowed=boolean
    ),
    "file_input": _select("file_input", {"filetypes": _ids, "max_files": whole(1, 10)}),
    "image": shape({"type": one_of("image"), "image_url": _image_url, "alt_text": string(2000)}),
    "feedback_buttons": shape(
        {"type": one_of("feedback_buttons"), "positive_button": anything, "negative_button": anything},
        {"action_id": string(255)},
    ),
    "icon_button": shape(
        {"type": one_of("icon_button"), "icon": one_of("trash"), "text": _plain(75)},
        {"action_id": string(255), "value": string(2000), "confirm": _confirm, "accessibility_label": string(75)},
    ),
}  # fmt: skip

_TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "file_input")
_ONLY_CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")
_interactive = tuple(e for e in ELEMENTS if e not in (*_TYPED, "image", *_ONLY_CONTEXT_ACTIONS))
_input_elements = tuple(e for e in (*_interactive, *_TYPED) if e not in ("button", "overflow"))
_id = {"block_id": string(255)}
_context_parts = by_type({"image": ELEMENTS["image"], "plain_text": _plain(3000), "mrkdwn": _text()})
_RICH = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
_rich_part = shape(
    {"type": one_of(*_RICH), "elements": list_of(anything, 1000, 0)},
    {"style": one_of("bullet", "ordered"), "indent": whole(0, 8), "offset": whole(0, 10_000), "border": whole(0, 1)},
)

BLOCKS: dict[str, Rule] = {
    "section": shape(
        {"type": one_of("section")},
        {
            **_id, "text": _text(), "fields": list_of(_text(2000), 10), "expand": boolean,
            "accessory": by_type(choosing(ELEMENTS, (*_interactive, "image"))),
        },
        at_least_one("text", "fields"),
    ),
    "header": shape({"type": one_of("header"), "text": _plain(150)}, _id),
    "divider": shape({"type": one_of("divider")}, _id),
    "image": shape(
        {"type": one_of("image"), "image_url": _image_url, "alt_text": string(2000)}, {**_id, "title": _plain(2000)}
    ),
    "actions": shape(
        {"type": one_of("actions"), "elements": list_of(by_type(choosing(ELEMENTS, _interactive)), 25)}, _id
    ),
    "context": shape({"type": one_of("context"), "elements": list_of(_context_parts, 10)}, _id),
    "context_actions": shape(
        {
            "type": one_of("context_actions"),
            "elements": list_of(by_type(choosing(ELEMENTS, _ONLY_CONTEXT_ACTIONS)), 5),
        },
        _id,
    ),
    "input": shape(
        {
            "type": one_of("input"), "label": _plain(2000),
            "element": by_type(choosing(ELEMENTS, _input_elements)),
        },
        {**_id, "hint": _plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": shape({"type": one_of("rich_text"), "elements": list_of(_rich_part, 1000)}, _id),
    "markdown": shape({"type": one_of("markdown"), "text": string(MARKDOWN_CHARACTERS)}, _id),
}  # fmt: skip

_block = by_type(BLOCKS)
_view_block = by_type({kind: rule for kind, rule in BLOCKS.items() if kind not in ("markdown", "context_actions")})
_about_view = {"private_metadata": string(3000, 0), "callback_id": string(255, 0), "external_id": string(255, 0)}
_view = by_type({
    "modal": shape(
        {"type": one_of("modal"), "title": _plain(24), "blocks": list_of(_view_block, VIEW_BLOCKS)},
        {
            **_about_view, "submit": _plain(24), "close": _plain(24), "clear_on_close": boolean,
            "notify_on_close": boolean, "submit_disabled": boolean,
        },
    ),
    "home": shape({"type": one_of("home"), "blocks": list_of(_view_block, VIEW_BLOCKS)}, _about_view),
})  # fmt: skip


def elements_of(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The things in a block that a person can use, in the order shown."""
    found = [block.get("accessory"), block.get("element"), *(block.get("elements") or [])]
    return [e for e in found if isinstance(e, dict) and e.get("type") in ELEMENTS and e.get("type") != "image"]


def _twice(values: list[Any], what: str, where: str) -> list[str]:
    return [f"{what} is used twice: {value} [json-pointer:{where}]" for value, n in Counter(values).items() if n > 1]


def _repeated(blocks: list[Any]) -> list[str]:
    found = [block for block in blocks if isinstance(block, dict)]
    problems = _twice([b["block_id"] for b in found if isinstance(b.get("block_id"), str)], "block_id", "/blocks")
    for index, block in enumerate(found):
        actions = [e["action_id"] for e in elements_of(block) if isinstance(e.get("action_id"), str)]
        problems += _twice(actions, "action_id", f"/blocks/{index}")
    return problems


def size_of(value: Any) -> int:
    return len(json.dumps(value, separators=(",", ":"), ensure_ascii=False))


def problems_of_blocks(blocks: Any) -> list[str]:
    """Of a message. Empty: Slack would take them."""
    problems: list[str] = []
    list_of(_block, MESSAGE_BLOCKS)(blocks, "/blocks", problems)
    if isinstance(blocks, list):
        problems += _repeated(blocks)
        written = [b.get("text") for b in blocks if isinstance(b, dict) and b.get("type") == "markdown"]
        if sum(len(text) for text in written if isinstance(text, str)) > MARKDOWN_CHARACTERS:
            problems.append(f"markdown blocks hold more than {MARKDOWN_CHARACTERS} characters [json-pointer:/blocks]")
    return problems


def problems_of_view(view: Any) -> list[str]:
    """Of a modal or a home tab. Empty: Slack would take it."""
    problems: list[str] = []
    _view(view, "/view", problems)
    blocks = view.get("blocks") if isinstance(view, dict) else None
    if isinstance(blocks, list):
        problems += _repeated(blocks)
        asks = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
        if asks and view.get("type") == "modal" and "submit" not in view:
            problems.append("missing required field: submit [json-pointer:/view]")
    return problems
