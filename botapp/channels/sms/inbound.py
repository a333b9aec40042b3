"""A text from a phone in our words.

Guarantees: pure. What was said is kept: a sender that can't be answered, a body that had to be decoded (with the
original beside it), media that is announced but missing. Only a call that names no message or no sender is refused.
"""

import base64
import binascii
import codecs
import mimetypes
import re
from datetime import datetime
from typing import Any

from botapp.channels.sms.form import Form
from botapp.channels.webchat import storable
from botapp.errors import BadPayload
from botapp.messages import InboundMessage, Sender, SenderKind

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
MAX_MEDIA = 20
# What stands in From when the caller hides: the words, and the same words typed on a keypad.
_HIDDEN = {
    *("anonymous", "restricted", "blocked", "unknown", "unavailable", "private"),
    *("+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"),
}
# The words Twilio answers by itself, in English and alone. YES is one of its opt-in words too, but only for a number
# it has blocked: to us it is an answer.
STOP_WORDS = frozenset({"stop", "stopall", "unsubscribe", "end", "quit", "cancel", "revoke", "optout"})
START_WORDS = frozenset({"start", "unstop"})
HELP_WORDS = frozenset({"help", "info"})
_OWN_WORDS = STOP_WORDS | START_WORDS | HELP_WORDS


def read_text(form: Form, *, account: str, handles_opt_out: bool, at: datetime) -> InboundMessage:
    """One text message.

    Raises:
        BadPayload: it names no message or no sender, or came over another app than texting.
    """
    body = storable(form.first("Body"))
    text = decoded(body)
    address, reachable = _address(form.first("From"))
    payload: dict[str, Any] = {}
    if text != body:
        payload["original"] = body
    if media := _media(form):
        payload["media"] = media
    if not reachable:
        payload["cannot_answer"] = True
    if service := _printable(form.first("MessagingServiceSid")):
        payload["service"] = service
    payload |= _answered(form, body, handles_opt_out)
    return InboundMessage(
        channel_account=account,
        external_id=_message_sid(form),
        address=address,
        sender=Sender(SenderKind.CANDIDATE),
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        received_at=at,
        payload=payload,
        to=_printable(form.first("To")),
    )


def _message_sid(form: Form) -> str:
    sid = next((form.first(name) for name in ("MessageSid", "SmsMessageSid", "SmsSid") if form.first(name)), "")
    if not re.fullmatch(r"[A-Za-z0-9]{2,64}", sid):
        raise BadPayload("That is not a text message: it has no message id.")
    return sid


def _address(sender: str) -> tuple[str, bool]:
    """The address, and whether a text to it can arrive."""
    sender = _printable(sender)
    if not sender:
        raise BadPayload("That text names no sender, so nobody could be answered.")
    if sender.lower() in _HIDDEN:
        raise BadPayload("That text came from a hidden number, so nobody could be answered.")
    if ":" in sender:
        app = sender.partition(":")[0].lower()
        raise BadPayload(f"That came over {app}; only text messages (SMS and MMS) are read here.")
    return f"tel:{sender}", bool(E164.fullmatch(sender))


def _printable(value: str) -> str:
    return "".join(c for c in storable(value) if c.isprintable()).strip()[:64]


def _media(form: Form) -> list[dict[str, str]]:
    """The files that are there; the number announced is not believed."""
    found = []
    for place in range(MAX_MEDIA):
        if url := form.first(f"MediaUrl{place}").strip():
            kind = form.first(f"MediaContentType{place}").strip().lower()[:100]
            found.append({"url": url[:2000], "type": kind, "name": f"file-{place + 1}{_ending(kind)}"})
    return found


def _ending(kind: str) -> str:
    return mimetypes.guess_extension(kind.partition(";")[0].strip()) or ""


def _answered(form: Form, body: str, handles_opt_out: bool) -> dict[str, Any]:
    """What the provider read in it, and whether it has answered: then we say nothing."""
    if (read := form.first("OptOutType").strip().lower()) in ("stop", "start", "help"):
        return {"opt_out": read, "answered": True}
    if handles_opt_out and body.strip().lower() in _OWN_WORDS:
        return {"answered": True}
    return {}


def decoded(body: str) -> str:
    """The text inside a body that arrived as base64, or the body as it is.

    Some carriers' long texts come so. Believed only of something long, in one piece, that turns into readable words.
    """
    packed = body.replace("\r", "").replace("\n", "").strip()
    if len(packed) < 60 or len(packed) % 4 or not re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", packed):
        return body
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(base64.b64decode(packed, validate=True))
    except (binascii.Error, UnicodeDecodeError):
        return body
    return storable(text) if _reads_like_words(text) else body


def _reads_like_words(text: str) -> bool:
    readable = sum(c.isprintable() or c in "\r\n\t" for c in text)
    return readable == len(text) > 0 and any(c.isspace() for c in text) and sum(map(str.isalpha, text)) * 2 > len(text)
