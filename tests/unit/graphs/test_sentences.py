"""The catalogues of what candidates hear: the same sentences in four languages, each only in its own."""

import string
from collections.abc import Iterator
from typing import Any

import pytest

from botapp.graphs.interview.speech import LANGUAGES, catalogue, say, several
from botapp.scoring.intents.tongues import language_of
from botapp.screening.segments import as_sms, is_gsm7

OTHERS = [language for language in LANGUAGES if language != "en"]
SAME = frozenset({"values.no", "values.button_no"})  # words that two languages share


def sentences(language: str) -> Iterator[tuple[str, str]]:
    """(section.name, sentence) of everything, lists taken apart."""
    for section, entries in catalogue(language).items():
        for name, entry in entries.items():
            for number, text in enumerate([entry] if isinstance(entry, str) else entry):
                yield f"{section}.{name}" + (f".{number}" if not isinstance(entry, str) else ""), text


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_sentences(language: str) -> None:
    """Same sections, names, lengths of lists, and values put in."""
    english, other = dict(sentences("en")), dict(sentences(language))
    assert other.keys() == english.keys()
    differing = {
        key: (placeholders(text), placeholders(english[key]))
        for key, text in other.items()
        if {name.lower() for name in placeholders(text)} != {name.lower() for name in placeholders(english[key])}
    }
    assert differing == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left(language: str) -> None:
    """A sentence is not the English one, and does not read as another language."""
    english = dict(sentences("en"))
    left = [
        key
        for key, text in sentences(language)
        if key not in SAME and "month_names" not in key and text == english[key] and _has_words(text)
    ]
    assert left == []
    foreign = {key: text for key, text in sentences(language) if language_of(_outside(text)) not in ("", language)}
    assert foreign == {}


def _has_words(text: str) -> bool:
    return any(c.isalpha() for c in _outside(text))


def _outside(text: str) -> str:
    """What stands outside of the values."""
    return "".join(literal for literal, _, _, _ in string.Formatter().parse(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_sent_as_a_plain_text(language: str) -> None:
    """With accents folded where the alphabet of text messages lacks them."""
    unplain = {key: text for key, text in sentences(language) if not is_gsm7(as_sms(text, language=language))}
    assert unplain == {}


def test_a_language_without_a_catalogue_is_spoken_to_in_english() -> None:
    """Better English than nothing."""
    assert say("talk.go_on", "pt") == "Good, let's go on."
    assert several("values.weekdays", "pt")[0] == "Monday"


def test_spanish_draws_article_and_preposition_together() -> None:
    """ "del equipo", and nothing else is touched."""
    people: dict[str, Any] = {"people": "el equipo de selección"}
    assert say("opening.team_reviews", "es", **people) == "Una persona del equipo de selección revisa sus respuestas."
    assert "de El Corte" in say("opening.team_reviews", "es", people="El Corte")


def test_values_are_put_in_as_they_are() -> None:
    """Braces in a name are no places to fill."""
    assert say("opening.thanks_name", "en", name="{people} {0}") == "Thank you, {people} {0}."
