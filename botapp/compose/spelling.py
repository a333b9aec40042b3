"""Puts slips of typing right in a recruiter's message, only towards words of our commands or of the draft."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMANDS = _words(
    """
    about actually again alerts allow anyone archive ask asks available bar before budget call candidates change
    choice chat clone company complete copy daily date days deadline dealbreaker december delete disable double
    drop enable enforce everything exactly experience finish first follow follow-up follow-ups form front halve
    hour hours important insert interview invite january knock knockout knockouts language last lower make makes
    mandatory minimum months most move name needed never nights normal november number october offer only open
    option optional order parking pass pause position publish question questions raise rank redirect redo remove
    rename reorder reply require required requirement resume retake retakes reword role rubric salary schedule
    score scored second send september setting shorten knocked shift shorter should show slug stage stages start
    swap switch talk team teammate text them then there third this three title total translate triple turn undo
    until voice weeks weight weights with without workers would years
    """
)
_COMMON = _words(
    """
    able above after also always among another anything around asked away back bad base because been being below
    best better between both bring buyer came candidate cannot card care case change changes check city class
    clear close cold come comes could cover crew does doing done down driver drive each early either else english
    even ever every exam fact fast feel few find fine firm five food for form forms four free from full gave gets
    give given gives goes going gone good got great half hand hard have having head hear help here hire hired home
    hope into item items just keep kept kind know known land large late later lead least leave left less let life
    lift like likes line list little live long look loose lose lost lots love loved made main many mark match
    maybe mean means mind mode more much must near need needs next nice night none note now off often okay once
    one onto other others over owner paid part past pay people person phone place plain plan please plus post
    price proof put quick quiet rate read ready real right room rule same save say says seat see seem send sent
    set sets several shirt short shot show shown sick side sign since site six size skill skills small soap some
    someone something soon sorry sort spanish speak staff stale stand state states stay step still stop store such
    sure take taken tell test than thank thanks that their these they thing think those thought thus time times
    today told tomorrow took tops town train trains tried trip true truck try two type under until unit use used
    using very wait walk want wants warm was way week weekend well went were west what when where which while who
    whole why will win wise wish word words work works worse worst write year yes yet your title site tile stag
    sage page wage wages change chance range bare bars past test next fist fast raised drop drops crop shop ship
    sift swipe swam post most must cost host role roles rule rules ruler hole sole toll tool pose nose night light
    weigh height eight
    """
)


@cache
def _english() -> frozenset[str]:
    """Words of our own texts: what is spelt like one of them is no slip."""
    return _words(files("botapp.compose").joinpath("english_words.txt").read_text(encoding="utf-8"))


_BARE_CONTRACTION = re.compile(
    r"\b(they|what|how|where|who|that|there)(re|ve|s)\b|\b((?:do|ca|wo|is|does|did|should|are|have|has|could|would|was"
    r"|were)n)(t)\b|\b(ca)n(t)\b",
    re.I,
)


def _with_apostrophe(match: re.Match[str]) -> str:
    """`theyre` and `cant` as people mean them."""
    if match[1]:
        fits = match[2].lower() == "s" or match[1].lower() == "they"
        return f"{match[1]}'{match[2]}" if fits and match[0].lower() not in ("theys", "wheres") else match[0]
    return f"{match[3]}'{match[4]}" if match[3] else f"{match[5]}n't"


# What follows is theirs: the text of a fact, an anchor, a title. Its words may be any, so none becomes a command.
_THEIRS = re.compile(
    r"\b(?:mentions?|names?|includes?|explains?|describes?|says?|tell (?:them|people|candidates)|titled?"
    r"|call(?:ed)? it|rename it"
    r"|add a question (?:about|on)|ask (?:how|what|why|about|if|whether))\b(?P<own>[^.;!?\n]*)",
    re.I,
)


def mended(text: str, draft_words: Iterable[str] = ()) -> str:
    """`swpa 2 and 3` as `swap 2 and 3`. Words we know, names and numbers stay."""
    known = _COMMON | {word.lower() for word in draft_words}
    of_draft = sorted(word for word in known - _COMMON if len(word) >= 5)
    targets = sorted(_COMMANDS | set(of_draft))
    theirs = [match.span("own") for match in _THEIRS.finditer(text)]

    def mend(match: re.Match[str]) -> str:
        word = match[0]
        lower = word.lower()
        if lower == "teh":
            return "the"
        if len(lower) < 4 or lower in known or lower in _COMMANDS or (word[0].isupper() and match.start() > 0):
            return word
        if lower in _english():
            return word
        if lower.endswith("s") and (lower[:-1] in known or lower[:-1] in _COMMANDS):
            return word
        is_theirs = any(start <= match.start() < end for start, end in theirs)
        return next((target for target in (of_draft if is_theirs else targets) if _close(lower, target)), word)

    mended_text = re.sub(r"(?<![\w@./:#-])[A-Za-z]+(?![\w@/'-]|\.\w)", mend, text)
    mended_text = re.sub(r"(?<=\s)n(?=\s)", "and", mended_text)
    return _BARE_CONTRACTION.sub(_with_apostrophe, mended_text)


def _close(word: str, target: str) -> bool:
    """One slip apart: a letter more, less, other, or two swapped; two slips in long words."""
    if target.startswith(word) or word.startswith(target):
        return False  # another form of the word, not a slip
    if abs(len(word) - len(target)) > 1 or (word[0] != target[0] and word[:2] != target[1::-1]):
        return False
    return distance(word, target) <= (1 if len(target) < 9 else 2)


def distance(a: str, b: str) -> int:
    """Edits from `a` to `b`, a swap of neighbours counting as one."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, right in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
