"""One or several of the listed options: by words first, then by letter or number, "the second one", "all but C"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from botapp.scoring.readers import signals
from botapp.scoring.readers.words import fold, listed, numbered, rx, words_of
from botapp.screening.interview import Reading, ReadingStatus

_ANY = words_of(
    r"any(?: of (?:them|those|the above|em))?(?: (?:is|are|works?|will do))?|either(?: one| is fine| works)?"
    r"|whatever(?: \w+){0,4}|whichever(?: \w+){0,4}|doesnt matter|dont (?:care|mind)|no preference|no pref"
    r"|up to (?:you|u|yall|them)(?: guys)?|im flexible|flexible|im open|open to (?:any|anything"
    r"|all)(?: of them)?|anything(?: works| is fine)?|any ?time|all (?:work|good|fine)|cualquiera|me da igual"
    r"|el que sea|la que sea|lo que sea|indiferente|nimporte (?:lequel|laquelle|quoi)|peu importe|egal|beides"
    r"|jede[rs]?"
)
_ALL = words_of(
    r"all(?: (?:of (?:them|those|the above|em)|the above|4|3|5|three|four|five|apply|of it))?|every(?:thing"
    r"|one)?(?: (?:of them|listed|on (?:the|that) list))?|both(?: of them)?|tod[oa]s?(?: ell[oa]s)?|tout(?:es?)?"
    r"|tous|alle[s]?|a thru [a-z]|the whole list"
)
_NONE = words_of(
    r"none(?: of (?:them|those|the above|these|em))?|neither|nothing|not any(?: of (?:them|those))?|ningun[oa]?"
    r"|aucune?|keine?[rs]?|nada|no+|nope"
)
_EXCEPT = rx(
    r"\b(?:all|any(?:thing|time)?|every(?:thing|one)?|both|either|whatever|tod[oa]s?|cualquiera"
    r"|el q(?:ue)? sea|tout|tous|alles?|nimporte \w+|\w*lingual)\W{0,3}\bbut(?! (?:i|im|ill|id|it|if|can))(?: (?:for"
    r"|on|the|a))* |\b(?:except|besides|other than|apart from|minus|anything but|not|menos|excepto|salvo|sauf|ausser"
    r"|nur nicht|cant do|cannot do|cant|wont do|dont want|no)(?: (?:for|on|the|el|la|le|los|las|a|option"
    r"|work|do))* "
)
_ORDINALS = {
    "1st": 0,
    "first": 0,
    "primer": 0,
    "primera": 0,
    "primero": 0,
    "premier": 0,
    "premiere": 0,
    "erste": 0,
    "2nd": 1,
    "second": 1,
    "segundo": 1,
    "segunda": 1,
    "deuxieme": 1,
    "zweite": 1,
    "3rd": 2,
    "third": 2,
    "tercero": 2,
    "tercera": 2,
    "troisieme": 2,
    "dritte": 2,
    "4th": 3,
    "fourth": 3,
    "5th": 4,
    "fifth": 4,
    "last": -1,
    "ultimo": -1,
    "ultima": -1,
    "dernier": -1,
    "derniere": -1,
    "letzte": -1,
}
_ORDINAL = rx(
    r"\b(?:the |el |la |le |die |das |option |(?=first|second|third|last|1st|2nd|3rd))?("
    + "|".join(_ORDINALS)
    + r")(?: (?:one|two|option|choice|shift)|(?= *(?:$|[,.;!\n]|or\b|and\b|please|plz|pls|o\b|y\b|u\b)))"
)
_MIDDLE = rx(r"\b(?:the |el de |la de |celui du )?(?:middle|medio|milieu|mittlere)(?: one)?\b")
_LETTER = re.compile(r"(?<![\w'-])\(?([a-h])\)?(?=$|[\s,.;:!?)&+/-])")
_ARTICLE_A = re.compile(
    r"\ba\s(?=[a-z]{3,})(?!(?:please|plz|pls|and|or|for|is|but|works|would|if|then|final|cuz|because"
    r"|obviously|definitely|i)\b)"
)
_DIGIT = re.compile(
    r"(?<![\d.$-])#?(\d)(?![\d:.]\d|\d|\s?(?:-|to)\s?\d|\s?(?:years?|yrs?|months?|mos?|am|pm|a\b|p\b|hours?"
    r"|hrs?|days?|st|nd|rd|th|%))"
)
_DIGIT_RANGE = rx(r"(?<!\d)([1-9a-h]) ?(?:-|to|thru|through|a|bis) ?([1-9a-h])(?!\w)")
_OTHERS_TOO = rx(
    r"\bbut (?:im |i am |i can |can |could |also |any|either|open|flexible|whatever)|\bflexible\b|\bopen to\b"
)
_BETWEEN = rx(r"\b(?:between|in between|somewhere between|entre|zwischen)\b")
_TERM = words_of(r"if|unless|depend\w*|as long as|only if|si|wenn|falls|maybe|sometimes|when i (?:can|have)")
_NEG_BEFORE = rx(
    r"(?:\bnot|\bno|\bnever(?: (?:used|driven|operated|done|had|worked|drove|ran))?|\bcant(?: do)?"
    r"|\bcannot(?: do)?|\bdont(?: (?:have|do|want|like|know|speak))?"
    r"|\bwont(?: do)?|\bwithout|\bexcept|\bbut not|\bnor|\bneither|\bni|\bsin|\bpas(?: de)?|\bkeine?n?"
    r"|\bnicht|\bexpired|\bhate)(?: (?:the|on|for|a|any|my|do|work|el|la|le|or))*\s*$"
)
_NEG_AFTER = rx(
    r"^ ?(?:is |are |has |just |already |mine )?(?:\w+ )?(?:no\b|not\b|expired|lapsed|nope|never|out\b"
    r"|wont work|doesnt work|isnt|nicht|cant\b|in progress|pending|scheduled|next (?:week|month))"
)
_CORRECTED = rx(
    r"(?:^|[\s,.])(?:no wait|wait no|actually|sorry|oops|i mean(?:t)?|scratch that|correction|make that|\*"
    r"|no)[,. ]+(?:i mean(?:t)? |its |make it |make that )?(?=\S)|\*(?=\w)"
)
_STOP = listed(
    "the and for with one two any none than less more year years over under hours your you are yes not "
    "other class shift shifts can day"
)
_SHIFT_WORDS = {
    "morning": (
        "days",
        "mornings",
        "morning",
        "first shift",
        "1st shift",
        "manana",
        "matin",
        "fruh",
        "day",
        "6a-2p",
        "am",
        "early",
    ),
    "evening": (
        "evenings",
        "evening",
        "second shift",
        "2nd shift",
        "swing",
        "tarde",
        "afternoon",
        "afternoons",
        "soir",
        "spat",
        "arvo",
        "mid",
        "mids",
        "pm",
    ),
    "night": (
        "nights",
        "night",
        "overnight",
        "overnights",
        "graveyard",
        "graveyards",
        "third shift",
        "3rd shift",
        "noche",
        "nuit",
        "nacht",
        "noc",
        "nocs",
        "night owl",
        "10-6",
        "late",
    ),
}


@dataclass(frozen=True)
class _Options:
    """The options, folded, with the words that name each of them alone."""

    texts: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, options: tuple[str, ...]) -> "_Options":
        folded = [fold(o) for o in options]
        words = [[w for w in re.findall(r"[a-z0-9+#]{3,}|\d+", f) if w not in _STOP] for f in folded]
        shared = {
            w for i, ws in enumerate(words) for w in ws if any(w in other for j, other in enumerate(words) if j != i)
        }
        return cls(
            options,
            tuple(
                (f, *(w for w in ws if w not in shared), *_shift_names(f)) for f, ws in zip(folded, words, strict=True)
            ),
        )


def _shift_names(option: str) -> tuple[str, ...]:
    hours = re.match(r".*?\b(\d{1,2})(?::\d\d)?\s?[ap]?m?\s?-\s?(\d{1,2})", option)
    span = (f"{hours[1]}-{hours[2]}", f"{hours[1]} to {hours[2]}") if hours else ()
    for names in _SHIFT_WORDS.values():
        if (
            any(
                re.search(rf"\b{re.escape(n)}\b", option)
                for n in names[:1] + names[2:6]
                if n not in ("day", "am", "pm")
            )
            or option in names
        ):
            return span + names
    return span


def read(question: str, options: tuple[str, ...], multiple: bool, text: str) -> Reading:
    """Reads folded `text` as a choice among `options`."""
    known = _Options.of(options)
    told = text
    if signals.only_asks(text) and not _exact(text.rstrip("? "), known):
        return signals.status(ReadingStatus.QUESTION_BACK, "only asks something")
    exact = _exact(told, known)
    if exact is not None:
        return signals.clear([exact] if multiple else exact, "the option itself")
    if signals.refuses(told):
        return signals.status(ReadingStatus.REFUSED, "declines to tell")
    yes, no, coded = _picked(told, known, multiple, fold(question))
    if _TERM.search(told) and (yes or no) and not re.search(r"\bif (?:needed|possible|you need)", told):
        return signals.conditional(told, value=[options[i] for i in yes] if multiple else None)
    if coded is None:
        return signals.unclear("a number or letter that may mean something else")
    return _several(options, told, yes, no) if multiple else _single(options, told, yes, no)


def _exact(told: str, known: _Options) -> str | None:
    bare = told.strip(" .!,")
    return next((t for t, names in zip(known.texts, known.names, strict=True) if names[0] == bare), None)


def _several(options: tuple[str, ...], told: str, yes: set[int], no: set[int]) -> Reading:
    if not yes and (no or _ALL.search(told)) and (_ALL.search(told) or _EXCEPT.search(told + " ")):
        none = {i for i, o in enumerate(options) if fold(o).startswith("none")}
        return signals.clear(
            [o for i, o in enumerate(options) if i not in no | none], "all but those named" if no else "all of them"
        )
    if yes:
        return signals.clear([options[i] for i in sorted(yes - no)], "those named")
    if _ANY.search(told):
        return signals.clear(list(options), "any of them")
    if _NONE.search(told) and not no:
        return signals.clear([], "none of them")
    return signals.unclear("no option named")


def _single(options: tuple[str, ...], told: str, yes: set[int], no: set[int]) -> Reading:
    chosen = yes - no
    if len(chosen) == 1 and not no and _OTHERS_TOO.search(told):
        return signals.unclear("one preferred, others fine")
    if len(chosen) == 1:
        return signals.clear(options[chosen.pop()], "the option named")
    if chosen and _BETWEEN.search(told):
        return signals.unclear("between two options")
    if chosen:
        if re.search(r"\b(?:but|prefer\w*|best|favou?rite|ideally|rather)\b", told) and not re.search(r"\bor\b", told):
            return signals.unclear("several options, one preferred")
        return signals.clear({"any_of": [options[i] for i in sorted(chosen)]}, "any of those named")
    if no and len(no) < len(options) and (_EXCEPT.search(told + " ") or _ANY.search(told) or _ALL.search(told)):
        rest = [o for i, o in enumerate(options) if i not in no]
        return signals.clear(rest[0] if len(rest) == 1 else {"any_of": rest}, "any but those named")
    if _ANY.search(told) or (_ALL.search(told) and not no):
        return signals.clear("any", "any of them")
    if re.search(r"\b(?:none of|neither)\b|^none$|^ningun[oa]$|^aucune?$", told):
        return signals.clear("none", "none of them")
    return signals.unclear("no option named")


def _picked(told: str, known: _Options, multiple: bool, question: str) -> tuple[set[int], set[int], bool | None]:
    """Options taken and options denied. The third is None when a code may be something else."""
    last = told
    if not multiple:
        marks = [m for m in _CORRECTED.finditer(told) if m.start() > 0 and told[: m.start()].strip()]
        for mark in reversed(marks):
            if any(_sides(told[mark.end() :], known, question)[:2]) and not _except_like(told, mark):
                last = told[mark.end() :]
                break
    return _sides(last, known, question)


def _except_like(told: str, mark: re.Match[str]) -> bool:
    return bool(re.search(r"\b(?:all|any|both|either)\b", told[: mark.start()]))


def _sides(told: str, known: _Options, question: str) -> tuple[set[int], set[int], bool | None]:
    hits = list(_named(told, known))
    codes: bool | None = False
    if not hits:
        hits, codes = _coded(told, known, question)
    yes: set[int] = set()
    no: set[int] = set()
    denied_until = _denied_from(told)
    for start, end, index in hits:
        negative = (
            start >= denied_until
            or bool(_NEG_BEFORE.search(told[max(0, start - 30) : start]))
            or bool(_NEG_AFTER.match(told[end : end + 30]))
        )
        (no if negative else yes).add(index)
    return yes - no, no, codes


def _denied_from(told: str) -> int:
    """Where "all except ..." or "not B or D" begins to deny; the end when it never does."""
    m = _EXCEPT.search(told + " ")
    if m and not re.search(r"[,;.\n]", told[m.end() :]):
        return m.end() if m.end() > m.start() else len(told) + 1
    return len(told) + 1


def _named(told: str, known: _Options) -> Iterable[tuple[int, int, int]]:
    """Options named by their words; the longest name of each first."""
    for index, names in enumerate(known.names):
        for name in names:
            m = re.search(rf"(?<![\w-]){_loose(name)}(?![\w-]*\d)(?!\w)", told)
            if m:
                yield m.start(), m.end(), index
                break


def _loose(name: str) -> str:
    """Singular and plural alike."""
    escaped = re.escape(name)
    return (
        escaped[:-1] + "s?"
        if escaped.endswith("s") and len(escaped) > 4
        else escaped + "s?"
        if name.isalpha() and len(name) > 3
        else escaped
    )


def _coded(told: str, known: _Options, question: str) -> tuple[list[tuple[int, int, int]], bool | None]:
    count = len(known.texts)
    hits = [(m.start(), m.end(), _ORDINALS[m[1]] % count) for m in _ORDINAL.finditer(told) if _ORDINALS[m[1]] < count]
    if count == 3:
        hits += [(m.start(), m.end(), 1) for m in _MIDDLE.finditer(told)]
    if hits:
        return hits, True
    span = _DIGIT_RANGE.search(told)
    if span and not _BETWEEN.search(told):
        low, high = _index(span[1]), _index(span[2])
        if 0 <= low < high < count and not any(ch.isdigit() for t in known.texts for ch in t):
            return [(span.start(), span.end(), i) for i in range(low, high + 1)], True
    letters = [
        (m.start(), m.end(), _index(m[1]))
        for m in _LETTER.finditer(_ARTICLE_A.sub("_ ", told))
        if _index(m[1]) < count and _letter_fits(m[1], told)
    ]
    digits = [(m.start(), m.end(), int(m[1]) - 1) for m in _DIGIT.finditer(numbered(told)) if 1 <= int(m[1]) <= count]
    hits = letters + digits
    return hits, _unambiguous(hits, letters, digits, known, question)


def _letter_fits(letter: str, told: str) -> bool:
    """A lone "a" inside a sentence is an article."""
    return letter != "a" or len(told.split()) <= 6


def _index(code: str) -> int:
    return int(code) - 1 if code.isdigit() else ord(code) - ord("a")


def _unambiguous(
    hits: list[tuple[int, int, int]],
    letters: list[tuple[int, int, int]],
    digits: list[tuple[int, int, int]],
    known: _Options,
    question: str,
) -> bool | None:
    if digits and sum(any(ch.isdigit() for ch in t) for t in known.texts) > 1 and not letters:
        return None
    classy = re.search(r"\bclass [a-e]\b", " ".join(names[0] for names in known.names)) or re.search(
        r"\blicen[sc]e\b", question
    )
    if (
        letters
        and classy
        and any(not re.search(rf"\bclass {chr(ord('a') + i)}\b", known.names[i][0]) for _, _, i in letters)
    ):
        return None
    return bool(hits)


def fits(value: Any, allowed: list[str]) -> bool | None:
    """Whether a choice lies inside the allowed options. A list passes with any of them."""
    wanted = {fold(a) for a in allowed}
    match value:
        case "any":
            return True
        case "none":
            return "none" in wanted
        case {"any_of": list(some)}:
            inside = [fold(s) in wanted for s in some]
            return True if any(inside) else False if inside else None
        case list(picked):
            return bool({fold(p) for p in picked} & wanted)
        case str(one):
            return fold(one) in wanted
        case _:
            return None
