"""The words of pages that candidates read in their own language: `sentences/<language>.toml`, by section.

What a language lacks is said in English. Kept apart from the words of the conversation, which belong to the graphs:
the web process loads no graph.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

LANGUAGES: Final = ("en", "es", "fr", "de")


class PageWords:
    """One section in one language: `words("send")`, `words("kept", name="cv.pdf")`."""

    def __init__(self, section: str, language: str, /, **values: object) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._said = {**_catalogue("en")[section], **_catalogue(self.language).get(section, {})}
        self._values = values

    def __call__(self, name: str, /, **values: object) -> str:
        """The sentence with its values put in.

        Raises:
            KeyError: there is no such sentence, or a value is missing.
        """
        return self._said[name].format_map({**self._values, **values})


@cache
def _catalogue(language: str) -> Mapping[str, Mapping[str, str]]:
    file = resources.files("botapp.entrypoints.web") / "sentences" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
