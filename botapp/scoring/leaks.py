"""Whether a sentence that a model made may be said to a candidate. Every one of them passes here, whatever its task.

Guarantees: nothing of a rubric, a weight, a score or a bar; no promise, verdict or order; no link, address or number
that is not ours; no name, script or matter that this conversation does not hold. It never mends: it says what is wrong,
and who asked takes the rules instead.
"""

import re
import unicodedata
from collections.abc import Iterable

from botapp.scoring.leak_patterns import (
    ALWAYS_CAPITAL,
    GERMAN,
    OF_OTHERS,
    OF_SCORING,
    OF_SCORING_OR_OF_WORK,
    OPENERS,
    PROMISES,
    REACHABLE,
)
from botapp.scoring.vocabulary import ENGLISH_WORDS, STOPWORDS
from botapp.screening.interviewer import Rubric

RUN, RUN_OF_ANY = 4, 5  # words in a row that an anchor and a sentence share: two of them of content, or any
SHARE, SHARED = 0.6, 3  # of an anchor's own words, and how many at least
STRANGE_SHARE, STRANGE_WORDS = 0.4, 3  # of the words of a reply that our facts don't hold
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\"“«¿¡(]\s*|\n\s*)$")


def leaks(text: str, rubrics: Iterable[Rubric | None] = (), ours: str = "") -> bool:
    """Whether it gives away how answers are judged. `ours`: what we say anyway, the question or the facts."""
    if OF_SCORING.search(text):
        return True
    if any(not _holds(match.group(), ours) for match in OF_SCORING_OR_OF_WORK.finditer(text)):
        return True
    said, known = _words(text), _words(ours)
    anchors = (anchor for rubric in rubrics if rubric for anchor in (rubric.one, rubric.three, rubric.five))
    return any(_repeats(said, _words(anchor), known) for anchor in anchors)


def _repeats(said: list[str], anchor: list[str], known: list[str]) -> bool:
    """Words in a row of an anchor, or most of its words in any order; what the question says itself is no secret."""
    said_runs = _runs(said) - _runs(known)
    if said_runs & _runs(anchor):
        return True
    own = {_stem(word) for word in anchor if _is_content(word)}
    own -= {_stem(word) for word in known}
    shared = own & {_stem(word) for word in said}
    return len(shared) >= SHARED and len(shared) >= SHARE * len(own)


def _runs(text: list[str]) -> set[tuple[str, ...]]:
    short = (tuple(text[i : i + RUN]) for i in range(len(text) - RUN + 1))
    long = (tuple(text[i : i + RUN_OF_ANY]) for i in range(len(text) - RUN_OF_ANY + 1))
    return {run for run in short if sum(map(_is_content, run)) > 1} | set(long)


def _is_content(word: str) -> bool:
    return len(word) > 3 and word not in STOPWORDS and word not in ENGLISH_WORDS


def unsayable(
    text: str, *, ours: str, known: str = "", figures: str = "", rubrics: Iterable[Rubric | None] = ()
) -> str:
    """What is wrong with a sentence for a candidate, in words; "" when it may be said.

    `ours` are words the employer gave us: the question, the facts. `known` is what else this conversation holds, such
    as the candidate's own words: names of theirs may be repeated; links, numbers and promises of theirs may not.
    Numbers of `figures` may: a follow-up may pick up what was said, an answer from the facts may not.
    """
    if leaks(text, rubrics, ours):
        return "It gives away how answers are judged."
    if promises(text, ours):
        return "It promises, decides or gives orders."
    return brought_in(text, ours, known, figures)


def promises(text: str, ours: str = "") -> bool:
    """Whether it promises, praises, decides or gives orders, in words that are not ours."""
    return any(not _holds(match.group(), ours) for match in PROMISES.finditer(text))


def brought_in(text: str, ours: str, known: str = "", figures: str = "") -> str:
    """What a sentence brings in from outside of this conversation, in words; "" when nothing."""
    if any(not _holds(match.group(), ours) for match in REACHABLE.finditer(text)):
        return "It names a link, an address or a number to reach somebody."
    if numbers(text) - numbers(ours) - numbers(figures):
        return "It holds a number that is not in the facts."
    if OF_OTHERS.search(text):
        return "It speaks of other candidates."
    if _scripts(text) - _scripts(f"{ours} {known}") - {"LATIN"}:
        return "It is in a script nobody used here."
    name = strange_name(text, f"{ours} {known}")
    return "It names somebody or something this conversation does not hold." if name else ""


def strange_name(text: str, held: str) -> str:
    """The first word written as a name that `held` does not hold; "" when there is none.

    German writes every noun with a capital: there two in a row are a name.
    """
    stems_held = {_stem(word) for word in _words(held)}
    german = len(set(_words(text)) & GERMAN) > 1
    before = ""
    for match in _WORD.finditer(text):
        word, plain = match.group(), _plain(match.group())
        starts = bool(_SENTENCE_START.search(text[: match.start()]))
        strange = (
            word[0].isupper()
            and len(word) > 1
            and _stem(plain) not in stems_held
            and word not in ALWAYS_CAPITAL
            and not (starts and (plain in OPENERS or plain in ENGLISH_WORDS or plain in STOPWORDS))
        )
        if strange and (not german or before):
            return word
        before = word if strange and not starts else ""
    return ""


def strays(text: str, held: str) -> bool:
    """Whether an English sentence talks of much that `held` does not: more than paraphrase would bring in."""
    said = _words(text)
    if sum(word in ENGLISH_WORDS for word in said) * 5 < len(said):
        return False  # another language than the facts: words can't be compared
    content = [word for word in said if _is_content(word)]
    stems = {_stem(word) for word in _words(held)}
    strange = [word for word in content if _stem(word) not in stems]
    return len(strange) >= STRANGE_WORDS and len(strange) > STRANGE_SHARE * len(content)


def numbers(text: str) -> set[str]:
    """The numbers in a text, however they are written: 55,000 is 55000, 19.50 is 19.5, 8:00 is 8."""
    plain = (re.sub(r",(?=\d{3}\b)|:00$", "", number) for number in _NUMBER.findall(text))
    return {number.rstrip("0").rstrip(".") if "." in number else number for number in plain}


def _holds(text: str, said: str) -> bool:
    return " ".join(text.casefold().split()) in " ".join(said.casefold().split())


def _words(text: str) -> list[str]:
    return [_plain(word) for word in _WORD.findall(text)]


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).replace("’", "'").casefold()


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "es", "ed", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _scripts(text: str) -> set[str]:
    return {unicodedata.name(char, "").partition(" ")[0] for char in text if char.isalpha()}
