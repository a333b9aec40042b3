"""What a recruiter reads about a candidate's file: words in it that no reader sees, or why it could not be read."""

from collections.abc import Mapping
from typing import Any

_HIDDEN = {
    "colour": "in the colour of the page",
    "tiny": "too small to read",
    "off_page": "beyond the edge of the page",
    "no_ink": "drawn without ink",
    "behind": "standing behind other words",
    "hidden_run": "marked as hidden",
    "zero_width": "without any width",
    "metadata": "in the file's description of itself",
}
_UNREAD = {
    "encrypted": "locked with a password",
    "no_text_in_pages": "its pages are pictures",
    "nothing_visible": "no words can be seen in it",
    "picture": "it is a picture",
    "old_word": "Word's old format",
    "rich_text": "a rich text file",
    "macros": "it holds macros, so it was not opened",
    "too_large": "larger than 10 MB",
    "too_heavy": "it takes too long to open",
    "broken": "it is damaged",
    "empty": "there is no text in it",
}


def flag_words(flag: Mapping[str, Any]) -> str:
    """One sentence for one flag. None of it changes a score."""
    number = int(flag.get("characters", 0))
    counted = f"{number:,} character{'' if number == 1 else 's'}"
    match flag.get("kind"):
        case "instructions":
            return f"It speaks to a machine ({counted}). That was left out of the scoring and lowers nothing."
        case "cut":
            return "It is long: only its first part was read."
        case kind if kind in _HIDDEN:
            return f"{counted} {_HIDDEN[kind]}: left out of the scoring, and lowering nothing."
        case _:
            return f"{counted} that a reader doesn't see: left out of the scoring, and lowering nothing."


def unread_words(problem: str) -> str:
    """Why a resume could not be read. It is no fault of the candidate's answers."""
    return f"Could not be read: {_UNREAD.get(problem, 'not a file we can read')}. Nothing is scored from it."
