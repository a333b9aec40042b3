"""A question from a recruiter's few words ("add one on carrying boxes, must have").

Gives the fields of a new question; chooses its kind from the words. Asks nothing they did not name.
"""

import re
from typing import Any

from botapp.compose import phrasing, themes
from botapp.compose.asks import as_question, to_candidate
from botapp.compose.rubrics import plain_rubric
from botapp.screening.interviewer import QuestionKind

_KIND_SAID = (
    (re.compile(r"\b(?:an? )?yes[ /-]?(?:or |/)?no\b(?: question)?", re.I), QuestionKind.YES_NO),
    (re.compile(r"\b(?:an? )?(?:multiple[- ])?choice\b(?: question)?", re.I), QuestionKind.CHOICE),
    (re.compile(r"\b(?:an? )?open(?:-ended)?(?: question)?\b(?! (?:shift|position))", re.I), QuestionKind.OPEN),
    (
        re.compile(r"\b(?:an? )?(?:number|numeric)(?: question)?\b(?= (?:question|on|about|for))", re.I),
        QuestionKind.NUMBER,
    ),
    (re.compile(r"\b(?:an? )?date(?: question)?\b(?= (?:question|on|about|for))", re.I), QuestionKind.DATE),
)
_ABILITY = re.compile(
    r"\b(?:lift\w*|carry\w*|stand\w*|work(?:ing)? (?:the )?(?:nights?|weekends?|evenings?"
    r"|saturdays?|sundays?|holidays|shifts?|overtime|early)|nights?|weekends?|overnights?"
    r"|saturdays?|sundays?|evenings?|overtime|on[- ]call|travel\w*|commut\w*|relocat\w*"
    r"|heights?)\b",
    re.I,
)
_HOLDING = re.compile(
    r"\b(?:licen[cs]e|cdl|certificat\w+|certified|cert|card|permit|degree|diploma|forklift|cpr"
    r"|first aid|vehicle|car|transport\w*|insurance|laptop|internet|passport|dbs|clearance"
    r"|right to \w+|work (?:permit|authori[sz]ation)|authori[sz]ed|own tools|tools|steel toes?"
    r"|boots)\b",
    re.I,
)
_WHEN = re.compile(
    r"^(?:when|what date|how soon)\b.*\b(?:start|begin|available|join)|\b(?:start date"
    r"|notice period|availability date|earliest start)\b",
    re.I,
)
_KIND_AFTER = re.compile(
    r"[,;(]\s*(?:as )?(?:an? )?(?P<k>number|numeric|date|yes[ /-]?no|open(?:-ended)?|choice)(?: question)?(?:\W*$|,\s)",
    re.I,
)
_HOW_MANY = re.compile(r"^(?:how many|how much|how long|number of|years of)\b|\byears of\b", re.I)


def made_question(said: str, hard: bool) -> dict[str, Any]:
    """Fields of the question `said` names. `hard`: they want it as a knockout."""
    kind, about = _kind_said(said)
    about = _subject(about)
    kind = kind or _kind_guessed(about, hard)
    text = _text(kind, about)
    made: dict[str, Any] = {
        "kind": kind.value,
        "text": text,
        "topic": _topic(about),
        "provenance": {"origin": "member", "quote": ""},
    }
    if kind is QuestionKind.OPEN:
        theme = next((t for t in themes.THEMES if t.pattern.search(about)), None)
        rubric = theme.rubric if theme and theme.text == text else plain_rubric(text)
        made |= {"rubric": rubric.model_dump(), "follow_ups": {"min": 0, "max": 1}}
    if kind in (QuestionKind.NUMBER, QuestionKind.DURATION):
        made["unit"] = "years" if re.search(r"\byears?\b", text) else ""
    if kind is QuestionKind.CHOICE:
        made["options"] = _options(said)
    return made


def _kind_said(said: str) -> tuple[QuestionKind | None, str]:
    if after := _KIND_AFTER.search(said):
        word = after["k"].lower()
        kind = QuestionKind.NUMBER if word.startswith("num") else QuestionKind.OPEN if word.startswith("open") else None
        kind = kind or (QuestionKind.YES_NO if word.startswith("yes") else QuestionKind(word))
        return kind, f"{said[: after.start()]} {said[after.end() :]}".strip()
    for pattern, kind in _KIND_SAID:
        if pattern.search(said):
            return kind, pattern.sub(" ", said, count=1)
    return None, said


def _subject(text: str) -> str:
    """What the question is about, without "add a question about"."""
    text = re.sub(r"\s+", " ", text).strip(' .,:;"“”')
    text = re.sub(
        r"^(?:(?:add|ask|include|insert|put(?: in)?|also|another|one more|a|an|new|short|quick|extra"
        r"|one|second|third|knock ?out|dealbreaker|must[- ]have|question|questions|something|them"
        r"|candidates?|everyone|in|q)\b\s*)+",
        "",
        text,
        flags=re.I,
    )
    text = re.sub(
        r"^(?:[:,–-]\s*)?(?:about|on|regarding|asking|that asks|which asks|to ask|concerning|covering"
        r"|for|of)?\s*(?:about|on|them|candidates)?\s*[:,–-]?\s*",
        "",
        text,
        flags=re.I,
    )
    return text.strip(' .,:;?!"“”')


def _kind_guessed(about: str, hard: bool) -> QuestionKind:
    if _WHEN.search(about):
        return QuestionKind.DATE
    if _HOW_MANY.search(about):
        return QuestionKind.DURATION if re.search(r"\b(?:years?|how long)\b", about, re.I) else QuestionKind.NUMBER
    if hard or re.match(r"(?:if|whether|do|are|can|have|will|would they|is|does)\b", about, re.I):
        return QuestionKind.YES_NO
    if re.match(r"when\b.*\b(?:ends?|expires?|runs? out|finish\w*|is due|renew\w*|leave\w*|pass\w*)\b", about, re.I):
        return QuestionKind.DATE
    if re.match(
        r"(?:how|what|why|a time|the|an? \w+ (?:when|where|they)|which|tell|describe|handling"
        r"|dealing)\b",
        about,
        re.I,
    ):
        return QuestionKind.OPEN
    if _ABILITY.search(about) or _HOLDING.search(about):
        return QuestionKind.YES_NO
    return QuestionKind.OPEN


def _text(kind: QuestionKind, about: str) -> str:
    match kind:
        case QuestionKind.YES_NO:
            return _yes_no(about)
        case QuestionKind.DATE:
            return (
                "When could you start?"
                if re.search(r"start|begin|join|available|notice period\W*$", about, re.I)
                else _when(about)
            )
        case QuestionKind.NUMBER | QuestionKind.DURATION:
            return _how_many(about)
        case QuestionKind.CHOICE:
            bare = re.split(r"(?<=\w)\s*[:(]\s*|\bwith (?:the )?options\b|\boptions\b", about, maxsplit=1)[0].strip(
                " ,"
            )
            return (
                as_question(bare)
                if re.match(r"(?:which|what|how)\b", bare, re.I)
                else f"Which of these fits best: {bare}?"
            )
        case _:
            return _open(about)


def _when(about: str) -> str:
    """`when their card expires` as `When does your card expire?`"""
    direct = to_candidate(about)
    if match := re.match(r"when your (?P<what>.+?) (?P<verb>\w+?)(?:e?s)(?P<rest>\b.*)?$", direct, re.I):
        verb = match["verb"] + ("e" if re.search(r"(?:pir|li|arriv|clos|leav|leas|mov)$", match["verb"]) else "")
        return _end(f"When does your {match['what']} {verb}{match['rest'] or ''}")
    return as_question(direct)


def _yes_no(about: str) -> str:
    if match := re.match(
        r"(?:if|whether)\s+(?:or not )?(?:they|she|he|the candidates?|candidates?|people|someone"
        r"|you)\s*(?P<v>can|could|are|have|has|will|would|do|own|hold|speak|know|live|need|is|(?:'re"
        r"|'ve)|\w+)\b\s*(?P<r>.*)",
        about,
        re.I,
    ):
        return _direct(match["v"].lower(), to_candidate(match["r"]))
    if re.match(r"(?:do|are|can|have|will|would|is|does|did)\b", about, re.I):
        return _end(re.sub(r"^(\w+) (?:they|she|he)\b", r"\1 you", to_candidate(about), flags=re.I))
    about = re.sub(
        r"^(?:being able to|be able to|able to|having|have|holding|hold|being|must|willing(?:ness)? to"
        r"|the|their)\s+",
        "",
        to_candidate(about),
        flags=re.I,
    )
    if re.search(r"\b(?:right to work|work authori[sz]ation|authori[sz]ed)\b", about, re.I):
        return "Are you legally allowed to work in the country of this job?"
    if re.search(r"\b(?:training|certificates?|qualifications?|knowledge|awareness|skills)$", about, re.I):
        return _end("Do you have " + about)
    if re.match(r"\w+ing\b", about) and not re.match(r"(?:evening|morning|training|driving licen)", about, re.I):
        return _end("Can you " + _without_ing(about))
    if re.match(
        r"(?:lift|carry|stand|work|travel|drive|commute|relocate|operate|speak|use|pass|start|get)\b", about, re.I
    ):
        return _end("Can you " + about)
    if re.match(
        r"(?:nights?|weekends?|overnights?|evenings?|saturdays?|sundays?|overtime|holidays|early|late"
        r"|on[- ]call|shifts?|\w+ shifts?)\b",
        about,
        re.I,
    ):
        return _end("Can you work " + about)
    if re.match(r"right to\b", about, re.I):
        return _end("Do you have the " + about)
    if _HOLDING.search(about):
        return _end("Do you have " + phrasing.article(about))
    return (
        _end("Do you have experience with " + about)
        if not re.search(r"\bexperience\b", about, re.I)
        else _end("Do you have " + about)
    )


def _direct(verb: str, rest: str) -> str:
    match verb:
        case "can" | "could" | "are" | "will" | "would":
            return _end(f"{verb.capitalize()} you {rest}")
        case "is":
            return _end(f"Are you {rest}")
        case "'re":
            return _end(f"Are you {rest}")
        case "have" | "has" | "'ve" if re.match(
            r"(?:ever |already |worked|done|used|been|had|driven|taken|managed|led)", rest
        ):
            return _end(f"Have you {rest}")
        case "have" | "has" | "'ve":
            return _end(f"Do you have {rest}")
        case "do":
            return _end(f"Do you {rest}")
        case _:
            return _end(f"Do you {re.sub(r's$', '', verb) if verb not in ('pass',) else verb} {rest}")


_ING = {
    "lifting": "lift",
    "carrying": "carry",
    "standing": "stand",
    "working": "work",
    "driving": "drive",
    "travelling": "travel",
    "traveling": "travel",
    "commuting": "commute",
    "relocating": "relocate",
    "operating": "operate",
    "using": "use",
    "getting": "get",
    "starting": "start",
    "speaking": "speak",
    "climbing": "climb",
    "passing": "pass",
    "wearing": "wear",
}


def _without_ing(text: str) -> str:
    first, _, rest = text.partition(" ")
    bare = re.sub(r"ing$", "", first.lower())
    verb = _ING.get(first.lower(), f"{bare}e" if re.search(r"(?:[vcgz]|at|us|tak|mak|rid|writ)$", bare) else bare)
    return f"{verb} {rest}".strip()


def _how_many(about: str) -> str:
    about = to_candidate(about)
    if trailing := re.match(
        r"(how (?:many|much|long)\b.+?) you (have|had|need|want|expect|speak|drive|work|manage"
        r"|make)( .+)?$",
        about,
        re.I,
    ):
        return _end(
            f"{trailing[1][0].upper()}{trailing[1][1:]} do you "
            f"{'have' if trailing[2] == 'had' else trailing[2]}{trailing[3] or ''}"
        )
    if match := re.match(r"how (many|much|long)\b(?P<r>.*)", about, re.I):
        return (
            as_question(about) if " you " in f" {about} " else _end(f"How {match[1].lower()}{match['r']} do you have")
        )
    if match := re.match(r"(?:number of |the )?years? (?:of |in |with )(?P<r>.*)", about, re.I):
        rest = re.sub(r"\s*experience\b", "", match["r"], flags=re.I)
        return _end(
            f"How many years of {rest} experience do you have"
            if rest.strip()
            else "How many years of experience do you have"
        )
    bare = re.sub(r"\s*\bexperience\b", "", about, flags=re.I).strip()
    return (
        _end(f"How many years of {bare} experience do you have")
        if bare
        else "How many years of experience do you have?"
    )


def _open(about: str) -> str:
    about = re.sub(r"^(?:their|any|previous|prior)\s+experience\s+(?:with|of|in|on)\s+", "", about, flags=re.I)
    direct = to_candidate(about)
    if re.match(r"(?:how|what|why|when|where|which|a time|an? |the |tell us|describe)\b", direct, re.I):
        return (
            as_question(direct) if not re.match(r"(?:tell us|describe)\b", direct, re.I) else direct.rstrip(".") + "."
        )
    for theme in themes.THEMES:
        if (
            (theme.pattern.search(about) or about.lower() in theme.topic)
            and len(about.split()) <= 3
            and _mentions(theme.text, about)
        ):
            return theme.text
    if re.match(r"(?:handling|dealing with|working with|managing|solving|helping|leading|calming)\b", direct, re.I):
        return f"Tell us about a time you were {direct[0].lower() + direct[1:]}. What did you do?"
    return f"Tell us about your experience with {direct}. Please give an example."


def _mentions(text: str, about: str) -> bool:
    return all(word[:5].lower() in text.lower() for word in about.split() if len(word) > 3)


def _options(said: str) -> list[str]:
    named = re.search(r"\boptions?\s*:?\s*(?:are |is |of )?(?P<list>[^)]+)\)?$", said, re.I)
    match = named or re.search(r"(?:between|from|:|\()\s*(?:are |is |of )?(?P<list>[^)]+)\)?$", said, re.I)
    parts = re.split(r"\s*(?:,|/|;|\bor\b|\band\b)\s*", match["list"]) if match else []
    return [part.strip(' ."“”') for part in parts if part.strip(' ."“”')]


_TOPIC_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "if",
        "whether",
        "they",
        "them",
        "their",
        "can",
        "could",
        "have",
        "has",
        "do",
        "does",
        "how",
        "what",
        "when",
        "why",
        "with",
        "about",
        "on",
        "for",
        "of",
        "to",
        "in",
        "is",
        "are",
        "you",
        "your",
        "at",
        "and",
        "or",
        "be",
        "who",
        "where",
        "which",
        "any",
    ]
)


def _topic(about: str) -> str:
    return " ".join(
        [word for word in re.findall(r"[A-Za-z0-9'-]+", about) if word.lower() not in _TOPIC_STOP][:3]
    ).lower()


def _end(text: str) -> str:
    bare = re.sub(r"\s+", " ", text).strip(" .,;?!")
    return bare[:1].upper() + bare[1:] + "?"
