"""One wish in the words people type, turned into the words the grammar reads. Pure; nothing is added to what was said.

The ways of saying are data (casual_words.toml).
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

from botapp.compose.dates import NUMBER

_FILE = files("botapp.compose").joinpath("casual_words.toml")
_STAGE = r"(?:chat|form|voice(?: call)?|call|resume|cv|scenario|sms)"


@cache
def _wishes() -> tuple[tuple[re.Pattern[str], str], ...]:
    def pattern(says: str) -> re.Pattern[str]:
        return re.compile(says.replace("%number%", NUMBER).replace("%stage%", _STAGE), re.I)

    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["wish"]
    return tuple((pattern(row["says"]), row["means"]) for row in rows)


def formal(wish: str) -> str:
    """The wish as the grammar reads it, or as it was said."""
    for _ in range(2):  # "make 3 and 4 both worth 6 but not 5" is two ways of saying in one
        turned = _turned(wish)
        if turned == wish:
            break
        wish = turned
    return wish


def _turned(wish: str) -> str:
    for pattern, means in _wishes():
        if match := pattern.match(wish):
            return _times(re.sub(r"^add (?=question\b)", "add a ", _expanded(match, means)))
    return wish


def _expanded(match: re.Match[str], means: str) -> str:
    return re.sub(r"\\g<(\w+)>", lambda named: match[named[1]] or "", means)


def _times(wish: str) -> str:
    wish = re.sub(rf"^up to ({NUMBER}) times (?=follow)", r"at most \1 ", wish, flags=re.I)
    wish = re.sub(rf"^({NUMBER}) times (?=follow)", r"\1 ", wish, flags=re.I)
    return re.sub(r"^(once|twice) (?=follow)", lambda m: "1 " if m[1].lower() == "once" else "2 ", wish, flags=re.I)
