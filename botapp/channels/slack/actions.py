"""What a button, menu or view carries: its action id, and a value in which the thing acted on is named.

Guarantees: pure. A value always fits where it stands. Every value that changes something carries the revision it was
drawn from, so that a stale click can be told from a fresh one. What comes back is read strictly: anything that we did
not write is BadPayload.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from botapp.channels.slack.fitting import OPTION_VALUE, PRIVATE_METADATA, units
from botapp.errors import BadPayload

_NOT_OURS = "That button is from an older message. Please use the newest one."


class Action(StrEnum):
    """Action ids. A quick reply is `reply:<n>`, with the reply's own value."""

    UNDO = "draft.undo"
    REHEARSE = "draft.rehearse"
    PREVIEW = "draft.preview"  # a link: opens by itself, only acknowledged
    PUBLISH = "draft.publish"
    DRAFT_PREVIOUS = "draft.page.previous"
    DRAFT_NEXT = "draft.page.next"
    QUESTION = "question.menu"  # an overflow menu: what to do is in the value
    WHOLE_DIFF = "diff.all"
    DETAILS = "interview.details"
    SHORTLIST = "interview.shortlist"
    DISMISS = "interview.dismiss"
    MESSAGE = "interview.message"
    REPORT = "interview.report"
    TAKE_OVER = "interview.take_over"
    HAND_BACK = "interview.hand_back"
    NUDGE = "interviews.nudge"
    APPLY = "interviewer.apply"
    INVITE_LIST = "interviewer.invite_list"
    CONSOLE = "interview.console"  # a link
    REPORT_PREVIOUS = "report.page.previous"
    REPORT_NEXT = "report.page.next"
    LIST_PREVIOUS = "list.page.previous"
    LIST_NEXT = "list.page.next"
    LIST_LINK = "list.link"  # a link
    HOME_NEW = "home.new"
    HOME_FILTER = "home.filter"  # `home.filter:drafts`: one for each kind
    HOME_SEARCH = "home.search"  # a field: what was typed is the value
    HOME_PREVIOUS = "home.page.previous"
    HOME_NEXT = "home.page.next"


REPLY = "reply:"
LIST_ITEM = "list.item:"


class Do(StrEnum):
    """What a question's menu asks for."""

    EDIT = "edit"
    UP = "up"
    DOWN = "down"
    REMOVE = "remove"
    MUST = "must"  # make it a must-have
    NOT_MUST = "not_must"
    DOUBLE = "double"
    NORMAL = "normal"


class Callback(StrEnum):
    """Callback ids of views."""

    EDIT_QUESTION = "question.edit"
    DISMISS = "interview.dismiss"
    MESSAGE = "interview.message"
    PUBLISH = "draft.publish"
    REPORT = "interview.report"
    DETAILS = "interview.details"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class About:
    """What a control or a view is about. Empty and -1: not about that."""

    interviewer: str = ""
    revision: int = -1
    question: str = ""
    interview: str = ""
    do: str = ""
    page: int = -1
    address: str = ""  # the thread it was opened from, for what is said afterwards
    version: int = -1


_KEYS = {
    "interviewer": "i",
    "revision": "r",
    "question": "q",
    "interview": "v",
    "do": "d",
    "page": "p",
    "address": "a",
    "version": "n",
}
_EMPTY = About()


def packed(about: About) -> str:
    """As the short JSON that a control carries."""
    given = {key: getattr(about, name) for name, key in _KEYS.items() if getattr(about, name) != getattr(_EMPTY, name)}
    return json.dumps(given, separators=(",", ":"))


def fits_option(value: str) -> bool:
    return 0 < units(value) <= OPTION_VALUE


def unpacked(value: Any) -> About:
    """What a control carries.

    Raises:
        BadPayload: it is nothing that we wrote.
    """
    if not isinstance(value, str) or len(value) > PRIVATE_METADATA:
        raise BadPayload(_NOT_OURS)
    try:
        given = json.loads(value)
    except (ValueError, RecursionError) as error:
        raise BadPayload(_NOT_OURS) from error
    if not isinstance(given, dict):
        raise BadPayload(_NOT_OURS)
    names = {key: name for name, key in _KEYS.items()}
    read = {names[key]: entry for key, entry in given.items() if key in names}
    if any(type(entry) is not type(getattr(_EMPTY, name)) for name, entry in read.items()):
        raise BadPayload(_NOT_OURS)
    return About(**read)
