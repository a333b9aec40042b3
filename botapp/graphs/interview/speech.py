"""The fixed sentences a candidate hears, in every language the rules speak: `sentences/<language>.toml`.

A sentence that a language lacks is said in English; a test keeps the catalogues equal.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

DEFAULT: Final = "en"
LANGUAGES: Final = ("en", "es", "fr", "de")
_TWO_WORDS: Final = re.compile(r"\b(a|de) el (?=equipo\b)")  # Spanish draws them together: "del equipo"


def say(key: str, language: str, **values: object) -> str:
    """The sentence `section.name` with `{values}` put in. Values are put in as they are.

    Raises:
        KeyError: no catalogue has it, or a value is missing.
    """
    said = str(_entry(key, language)).format_map(values)
    return _TWO_WORDS.sub(r"\1l ", said) if language == "es" else said


def several(key: str, language: str) -> tuple[str, ...]:
    """The list `section.name`: wordings to vary, names of days.

    Raises:
        KeyError: no catalogue has it.
    """
    return tuple(_entry(key, language))


def _entry(key: str, language: str) -> Any:
    section, name = key.split(".")
    spoken = catalogue(language if language in LANGUAGES else DEFAULT)
    return spoken.get(section, {}).get(name) or catalogue(DEFAULT)[section][name]


@cache
def catalogue(language: str) -> Mapping[str, Mapping[str, Any]]:
    """All sentences of one language, by section and name."""
    file = resources.files("botapp.graphs.interview") / "sentences" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
