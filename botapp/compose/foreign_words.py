"""A recruiter's message in Spanish, French or German, wish by wish in the words the grammar reads. Pure.

Only whole wishes of known shapes are turned (foreign_words.toml); what a question is about stays in their words, and is
found in the draft by `references`. A message in English passes untouched.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FILE = files("botapp.compose").joinpath("foreign_words.toml")
_ENGLISH = re.compile(
    r"\b(?:the|make|add|remove|drop|move|put|swap|change|set|question|questions|please|should|with|and|it|them"
    r"|they|is|to|of"
    r"|what|how|which|who|do|does|can|for|on|only|about|first|last|that|this|thanks|when|if|ask|undo|publish)\b",
    re.I,
)
_SPLIT = {
    "es": r"\s*[;.]\s+|,?\s+y (?=(?:quita|elimina|borra|pon|añade|agrega|mueve|cambia|haz|sin|sube|baja"
    r"|publica|dales|que|la de|mínimo|el|acorta|dobla|duplica|intercambia)\b)|,\s+(?=(?:quita|elimina"
    r"|borra|pon|añade|agrega|mueve|cambia|haz)\b)",
    "fr": r"\s*[;.]\s+|,?\s+et (?=(?:enlève|supprime|retire|mets|ajoute|déplace|change|fais|sans|publie|donne"
    r"|rends|double|échange|raccourcis|la|le|pas)\b)|,\s+(?=(?:enlève|supprime|retire|mets|ajoute"
    r"|déplace|change)\b)",
    "de": r"\s*;\s+|(?<=\w{3})\.\s+|,?\s+und (?=(?:lösch|entfern|streich|nimm|setz|füge?|verschieb|änder|mach"
    r"|keine|ohne|veröffentlich|gib|kürz|tausch|verdopp)\w*\b)|,\s+(?=(?:lösch|entfern|streich|nimm|setz"
    r"|füge?|verschieb|änder|mach)\w*\b)",
}


@dataclass(frozen=True, slots=True)
class _Tongue:
    marks: re.Pattern[str]
    split: re.Pattern[str]
    turns: tuple[tuple[re.Pattern[str], str], ...]
    refs: tuple[tuple[re.Pattern[str], str], ...]
    words: tuple[tuple[re.Pattern[str], str], ...]


@cache
def _tongues() -> dict[str, _Tongue]:
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {code: _tongue(code, row) for code, row in rows.items()}


def _tongue(code: str, row: dict[str, object]) -> _Tongue:
    turns, refs, words = row["turns"], row["refs"], row["words"]
    assert isinstance(turns, list) and isinstance(refs, list) and isinstance(words, list)
    return _Tongue(
        marks=re.compile(rf"(?<!\w)(?:{row['marks']})(?!\w)", re.I),
        split=re.compile(_SPLIT[code], re.I),
        turns=tuple((re.compile(says, re.I), means) for says, means in turns),
        refs=tuple((re.compile(says, re.I), means) for says, means in refs),
        words=tuple((re.compile(rf"(?<!\w){re.escape(w)}(?!\w)", re.I), e) for w, e in sorted(words, key=_longest)),
    )


def _longest(item: list[str]) -> int:
    return -len(item[0])


def in_english(text: str) -> str:
    """The message in the grammar's words when it is in one of the three languages; else as it was said."""
    if len(text) > 300 or "\n\n" in text:
        return text
    tongue = _spoken(text)
    if tongue is None:
        return text
    wishes = [_turned(wish.strip(" .!,"), tongue) for wish in tongue.split.split(text.strip(" .!"))]
    return text if None in wishes else " and ".join(wish for wish in wishes if wish)


def _spoken(text: str) -> _Tongue | None:
    """The language most of the marks are of, when they outweigh the English words."""
    hits = {code: len({hit.lower() for hit in tongue.marks.findall(text)}) for code, tongue in _tongues().items()}
    code = max(hits, key=lambda key: hits[key])
    english = len(_ENGLISH.findall(text))
    return _tongues()[code] if hits[code] >= 1 and hits[code] > english else None


def _turned(wish: str, tongue: _Tongue) -> str | None:
    """None when the wish has no shape that is known."""
    turned = wish
    for says, means in tongue.turns:
        if not says.pattern.endswith("$"):  # what people say around a wish
            turned = re.sub(r"\s+", " ", says.sub(means, turned)).strip()
        elif found := says.fullmatch(turned):
            named = [_named(group or "", tongue) for group in found.groups()]
            said = re.sub(r"\\(\d)", lambda m: named[int(m[1]) - 1], means)  # noqa: B023
            return said if _THEIRS.match(means) else _worded(said, tongue)
    return None


_THEIRS = re.compile(
    r"title:|call it|link:|if they ask|tell them|add a question"
)  # what follows is kept as they said it
_ARTICLE = re.compile(r"^(?:el|la|los|las|le|les|l'|das|der|die|den|dem)\s+(?=\S)", re.I)


def _named(said: str, tongue: _Tongue) -> str:
    """`la pregunta del carnet` as `the carnet question`."""
    for says, means in tongue.refs:
        if says.search(said):
            return says.sub(means, said)
    return _ARTICLE.sub("the ", said)


_DAY = re.compile(
    r"\b(?:el |le |den |der |zum |am )?(\d{1,2})(?:\.|er)? (?:de |of )?"
    r"(?=january|february|march|april|may|june|july|august|september|october|november|december)",
)


def _worded(turned: str, tongue: _Tongue) -> str:
    for word, english in tongue.words:
        turned = word.sub(english, turned)
    return _DAY.sub(r"\1 ", turned)
