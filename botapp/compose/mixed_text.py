"""Which languages a text is written in, by its small words, and the sentence that says which one was drafted in."""

import re
import unicodedata

from botapp.compose.wording import language_name

_LEAST_SHARE = 0.2
_LEAST_WORDS = 25  # words of lines in a second language that are more than a name or a slogan
_LEAST_MARKS = 2  # small words that tell the language of a line
_WORDS = {
    "en": (
        "the and of to in is you we our your for with are this that be will must have on or as at by from an who it"
    ),
    "es": (
        "el la los las un una y es de en con por para que se su sus del al nuestro nuestra buscamos debe tener"
        " como mas o"
    ),
    "fr": (
        "le la les un une et est de des du en avec pour dans que qui vous nous notre votre sur au aux doit etre ou par"
    ),
    "de": (
        "der die das ein eine und ist sind in mit fur auf von zu den dem wir sie ihr unser unsere oder als im bei muss"
    ),
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}


def languages_in(text: str) -> tuple[str, ...]:
    """ISO 639-1 codes of the languages with a real part of the text, the main one first; () when none is known."""
    words: dict[str, int] = {}
    for line in text[:100_000].splitlines():
        said = re.findall(r"[^\W\d_]+", _plain(line))
        if language := _language_of(said):
            words[language] = words.get(language, 0) + len(said)
    whole = sum(words.values())
    parts = sorted(words, key=lambda language: -words[language])
    return tuple(
        language
        for place, language in enumerate(parts)
        if place == 0 or (words[language] >= _LEAST_WORDS and words[language] >= _LEAST_SHARE * whole)
    )


def _language_of(words: list[str]) -> str:
    """The language of one line; "" when its words don't tell."""
    marks = {language: sum(word in own for word in words) for language, own in _SETS.items()}
    first, second = sorted(marks, key=lambda language: -marks[language])[:2]
    return first if marks[first] >= _LEAST_MARKS and marks[first] > marks[second] else ""


def _plain(line: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", line.lower()) if not unicodedata.combining(c))


def mixed_note(text: str, drafted_in: str) -> str:
    """What is said of a text in several languages; "" for any other."""
    found = languages_in(text)
    if len(found) < 2:
        return ""
    names = [language_name(code) for code in found]
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return f"The text is in {listed}. I drafted in {language_name(drafted_in)}."
