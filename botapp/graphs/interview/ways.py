"""Other ways to do an interview, offered to whoever needs one: the buttons, and what was chosen. Pure."""

import re
from enum import StrEnum

from botapp.graphs.context import Heard
from botapp.graphs.interview.speech import say
from botapp.messages import QuickReply

_PREFIX = "ways:"


class Way(StrEnum):
    TIME = "time"
    FORM = "form"
    PERSON = "person"


_NAMES = {Way.TIME: "people.more_time", Way.FORM: "people.a_form", Way.PERSON: "people.a_person"}
_WORDS = {
    Way.TIME: re.compile(r"\b(?:time|longer|tiempo|temps|zeit)\b|^\W*1\W*$", re.IGNORECASE),
    Way.FORM: re.compile(r"\b(?:forms?|formulario|formulaire|formular)\b|^\W*2\W*$", re.IGNORECASE),
    Way.PERSON: re.compile(
        r"\b(?:persons?|people|someone|somebody|human|persona|alguien|personne|quelqu'un|mensch(?:en)?|jemand\w*)\b"
        r"|^\W*3\W*$",
        re.IGNORECASE,
    ),
}


def way_buttons(language: str) -> tuple[QuickReply, ...]:
    """One for each way."""
    return tuple(QuickReply(say(name, language), f"{_PREFIX}{way.value}") for way, name in _NAMES.items())


def way_chosen(heard: list[Heard]) -> Way | None:
    """What was pressed, or named alone; None when neither, or when several were."""
    pressed = [str(item["payload"].get("value", "")) for item in heard]
    for value in reversed(pressed):
        if value.startswith(_PREFIX) and value.removeprefix(_PREFIX) in list(Way):
            return Way(value.removeprefix(_PREFIX))
    words = " ".join(item["text"] for item in heard).replace("\u2019", "'")
    named = [way for way, pattern in _WORDS.items() if pattern.search(words)]
    return named[0] if len(named) == 1 else None
