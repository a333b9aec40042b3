"""What a chat page posts and gets: a message in, a line of a thread out. Refuses what is malformed, in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Request

from botapp.errors import BadPayload
from botapp.state.read_models import ShownMessage

CANDIDATE_CHARACTERS = 20_000
MEMBER_CHARACTERS = 250_000
CLIENT_ID_CHARACTERS = 64
BUTTON_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Posted:
    """A message as the page sent it, checked for shape only."""

    client_id: str
    text: str
    button: dict[str, str] | None


def parsed(request: Request) -> Any:
    """The posted JSON; None when it is none, or nested so deep that it can only be meant to harm."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def read_posted(body: Any, most: int) -> Posted:
    """The message in `body` (parsed JSON), or BadPayload with a sentence."""
    if not isinstance(body, Mapping):
        raise BadPayload("That message could not be read. Nothing was kept. Load the page again and send it once more.")
    text, client_id = body.get("text"), body.get("client_id")
    if not isinstance(client_id, str) or not 0 < len(client_id) <= CLIENT_ID_CHARACTERS:
        raise BadPayload("That message came without an id. Load the page again and send it once more.")
    if not isinstance(text, str) or not text.strip():
        raise BadPayload("There was nothing in that message. Write something and send it again.")
    if len(text) > most:
        raise BadPayload(f"That message is longer than {most:,} characters. Send it in shorter pieces.")
    return Posted(client_id, _storable(text), _button(body.get("button")))


def _storable(text: str) -> str:
    """Half of a surrogate pair or a NUL can't be stored everywhere; everything else is kept as it was sent."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def _button(button: Any) -> dict[str, str] | None:
    if button is None:
        return None
    if not isinstance(button, Mapping):
        raise BadPayload("That button could not be read. Write your answer instead.")
    label, value = button.get("label"), button.get("value")
    if not isinstance(label, str) or not isinstance(value, str) or max(len(label), len(value)) > BUTTON_CHARACTERS:
        raise BadPayload("That button could not be read. Write your answer instead.")
    return {"label": label, "value": value}


def shown_json(message: ShownMessage) -> dict[str, Any]:
    """A line of a thread as the page reads it."""
    return {
        "seq": message.seq,
        "id": message.id,
        "ours": message.ours,
        "sender": message.sender,
        "sender_kind": message.sender_kind,
        "text": message.text,
        "message": dict(message.message),
        "at": message.at.isoformat(),
        "client_id": message.client_id,
    }
