"""New values for title, link name and settings, checked; each refusal is a sentence a recruiter reads."""

import re
from datetime import date
from typing import Any

from pydantic import ValidationError

from botapp.errors import BotappError
from botapp.policy.opt_out import keyword_of
from botapp.screening.interviewer import JOIN_CODE, SLUG, SLUG_MAX, TITLE_MAX, TITLE_MIN, Settings


class EditRefused(BotappError):
    """An edit can't be done. `str(error)` is the sentence for the recruiter; nothing was changed."""


# Words people answer with, or that the interview understands as a wish.
_ANSWERS = frozenset(
    {"YES", "NO", "OK", "OKAY", "JOIN", "LATER", "SKIP", "PERSON", "CONTINUE", "REPEAT", "HI", "HELLO", "THANKS", "NEW"}
)
_RANGES = {
    "retakes": (0, 5, "Retakes"),
    "retake_cooldown_days": (0, 365, "The wait before a retake, in days,"),
    "days_to_complete": (1, 90, "The days to finish"),
    "pass_bar": (0, 100, "The pass bar"),
    "remind_after_hours": (1, 168, "The hours of silence before a reminder"),
    "max_reminders": (0, 10, "Reminders"),
    "answer_within_days": (1, 60, "The days in which people hear from you"),
    "stalled_after_days": (1, 30, "The days of silence after the last reminder"),
}


def new_title(value: Any) -> str:
    """A title of 3 to 200 characters."""
    title = re.sub(r"\s+", " ", str(value or "")).strip()
    if not TITLE_MIN <= len(title) <= TITLE_MAX:
        raise EditRefused(f"A title has {TITLE_MIN} to {TITLE_MAX} characters; this one has {len(title)}.")
    return title


def new_slug(value: Any) -> str:
    """A link name of at most 100 of a-z, 0-9 and hyphens."""
    slug = str(value or "").strip()
    if len(slug) > SLUG_MAX:
        raise EditRefused(f"A link name has at most {SLUG_MAX} characters; this one has {len(slug)}.")
    if not SLUG.match(slug):
        raise EditRefused(
            "A link name has only a-z, 0-9 and hyphens, and starts and ends with a letter or digit. "
            "For example: night-picker."
        )
    return slug


def slug_of(title: str) -> str:
    """A link name made from a title."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower().replace("’", "").replace("'", "")).strip("-")
    return plain[:SLUG_MAX].rstrip("-") or "interview"


def changed_settings(settings: Settings, name: str, value: Any) -> Settings:
    """The settings with one value changed, or a refusal that says what it may be."""
    if name not in Settings.model_fields:
        known = ", ".join(field.replace("_", " ") for field in Settings.model_fields)
        raise EditRefused(f"I don't know a setting called {name}. There are: {known}.")
    if name in _RANGES and value is not None:
        low, high, label = _RANGES[name]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise EditRefused(f"{label} can be {low} to {high}, so {value} won't do.")
    if name == "deadline" and value is not None and not isinstance(value, date):
        value = _day(value)
    if name == "redirect_url" and value and not re.match(r"^https?://[^\s/?#]+\S*$", str(value)):
        raise EditRefused("A redirect link starts with https:// or http:// and has no blanks.")
    if name == "join_code":
        value = new_code(value)
    try:
        return Settings.model_validate(settings.model_dump() | {name: value})
    except ValidationError as error:
        label = name.replace("_", " ")
        raise EditRefused(f"I can't set the {label} to {value}.") from error


def new_code(value: Any) -> str:
    """One word that starts the interviewer by text, in capitals; "" for none."""
    code = re.sub(r"[\s_-]+", "", str(value or "").strip(" .,:;\"“”'")).upper()
    if not code:
        return ""
    if not JOIN_CODE.match(code):
        raise EditRefused("A code is 2 to 20 letters and digits, for example NIGHTS.")
    if keyword_of(code) or code in _ANSWERS:
        raise EditRefused(f"{code} means something else in a text message already. Choose another code, like NIGHTS.")
    return code


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise EditRefused(f"I can't read {value} as a date. Write it like December 18 or 2026-12-18.") from error
