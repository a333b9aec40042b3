"""Names and contacts as people type them: tidied, or refused with the sentence to show. Pure."""

import re

from botapp.errors import BadPayload
from botapp.screening.phone import read_phone

_EMAIL = re.compile(r"^[^\s@<>]{1,64}@[^\s@<>]{1,250}\.[^\s@<>]{2,60}$")
_NEITHER = "Please give an e-mail address or a phone number, so that people can reach you."


def is_email(typed: str) -> bool:
    """Whether this can be an e-mail address."""
    return typed.isprintable() and bool(_EMAIL.match(typed))


def clean_name(name: str) -> str:
    """A name as typed, without invisible characters.

    Raises:
        BadPayload: nothing is left of it, or it is too long to be one.
    """
    visible = " ".join("".join(c for c in name if c.isprintable()).split())
    if not 1 <= len(visible) <= 120:
        raise BadPayload("Please give a name we can call you by.")
    return visible


def clean_contact(contact: str, region: str = "US") -> str:
    """An e-mail address in lower case, or a phone number in E.164, read as one of `region` without a country code.

    Raises:
        BadPayload: it is neither.
    """
    typed = contact.strip()
    if is_email(typed):
        return typed.lower()
    if sum(c.isdigit() for c in typed) < 3 or "@" in typed:
        raise BadPayload(_NEITHER)
    try:
        return read_phone(typed, region).e164
    except BadPayload as error:
        raise BadPayload(f"{error} {_NEITHER}") from error
