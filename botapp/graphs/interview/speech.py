"""The fixed sentences a candidate hears, in every language the rules speak: `sentences/<language>.toml`.

A sentence that a language lacks is said in English; a test keeps the catalogues equal.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

DEFAULT: Final = "en"
LANGUAGES: Final = ("en", "es", "fr", "de")


def say(key: str, language: str, **values: object) -> str:
    """The sentence `section.name` with `{values}` put in. Values are put in as they are.

    Raises:
        KeyError: no catalogue has it, or a value is missing.
    """
    section, name = key.split(".")
    spoken = catalogue(language if language in LANGUAGES else DEFAULT)
    sentence = spoken.get(section, {}).get(name) or catalogue(DEFAULT)[section][name]
    return sentence.format_map(values)


@cache
def catalogue(language: str) -> Mapping[str, Mapping[str, str]]:
    """All sentences of one language, by section and name."""
    file = resources.files("botapp.graphs.interview") / "sentences" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
