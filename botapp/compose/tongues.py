"""Wishes about languages: offered beside the interviewer's own, or the whole put into another one."""

import re
from collections.abc import Sequence

from botapp.compose.references import Answered, Reading
from botapp.compose.wording import language_name
from botapp.llm import Plan, PlanIntent
from botapp.screening.edits import Edit, EditOp

SPOKEN = ("en", "es", "fr", "de")  # what we can say to candidates without a model
_CODES = {
    "english": "en",
    "spanish": "es",
    "french": "fr",
    "german": "de",
    "portuguese": "pt",
    "polish": "pl",
    "italian": "it",
    "chinese": "zh",
    "mandarin": "zh",
    "dutch": "nl",
    "arabic": "ar",
    "vietnamese": "vi",
    "tagalog": "tl",
    "hindi": "hi",
    "russian": "ru",
    "ukrainian": "uk",
    "romanian": "ro",
}
_NAMES = "|".join(_CODES)
_WISH = re.compile(
    r"^(?:(?:please|and|then|also|can (?:we|i)|could (?:we|i)|let's)\s+)*(?:translate|offer|make|have|do|put|switch|run"
    r"|provide|work|speak"
    r"|support|use|add|get|turn|change|we need|i need|i want|we want|it (?:should|must|needs to"
    r"|has to) (?:also )?(?:be|work|run))\b"
    rf"[\w' ]{{0,40}}?\b(?:in(?:to)?|to|for|of)?\s*\b(?P<l>(?:{_NAMES})(?:(?:,| and| or|,? &"
    rf"|/)+\s*(?:in )?(?:{_NAMES}))*)\b"
    rf"(?P<rest>[\w' ,]*)$"
    rf"|^(?:(?:and|also|now)\s+)*(?:in )?(?P<l2>{_NAMES})(?: version)?(?: (?:too|also|as well|please|instead"
    r"|now|only))*$",
    re.I,
)
_OF_SOMETHING_ELSE = re.compile(
    r"\bquestions? (?:about|on|in)\b|\bcalls\b|\bfluent|\bask (?:if|whether|about|for)\b|\bspeakers?\b"
    r"|\bthey speak\b|\bmust\b"
    r"|\bknock|\b(?:in|on) (?:the )?(?:title|link)\b|\btitle\b",
    re.I,
)
_TOO = re.compile(
    r"\b(?:too|also|as well|offer|add|both|support|besides|in addition|additionally|option\w*|available)\b", re.I
)
_NOT = re.compile(r"\b(?:no|not|without|drop|remove|stop|don't|only)\b", re.I)


def translation(text: str) -> Plan | None:
    """The whole interviewer in another language: rules can't write it, and say so."""
    match = _named(text)
    if match is None or _is_offer(text):
        return None
    return _cannot(_codes(match)[0], "replace")


def offered(clause: str, reading: Reading) -> list[Edit] | None:
    """`offer it in Spanish and French too`: languages beside the interviewer's own.

    Raises:
        Answered: one of them we can't speak.
    """
    match = _named(clause)
    if match is None:
        return None
    codes = _codes(match)
    if not (_is_offer(clause) or _is_offer(reading.message)):
        raise Answered(_cannot(codes[0], "replace"))
    strange = next((code for code in codes if code not in SPOKEN), None)
    if strange:
        raise Answered(_cannot(strange, "add"))
    now = reading.draft.settings.languages
    more = [code for code in codes if code not in now and code != reading.draft.language]
    return [Edit(op=EditOp.SET_SETTING, target="languages", value=[*now, *more])] if more else []


def told_of_languages(edits: Sequence[Edit]) -> str:
    """What a language that is offered comes to; "" for other edits."""
    if not any(edit.target == "languages" for edit in edits):
        return ""
    return "I speak it with whoever wants it. Your questions stay as you wrote them until a model translates them."


def _named(text: str) -> re.Match[str] | None:
    match = _WISH.match(text.strip(" .!"))
    return None if match is None or _OF_SOMETHING_ELSE.search(text) or _NOT.search(text) else match


def _is_offer(text: str) -> bool:
    return bool(_TOO.search(text))


def _codes(match: re.Match[str]) -> list[str]:
    names = re.findall(_NAMES, match["l"] or match["l2"], re.I)
    return list(dict.fromkeys(_CODES[name.lower()] for name in names))


def _cannot(code: str, mode: str) -> Plan:
    name = language_name(code) if language_name(code) != code else next(n for n, c in _CODES.items() if c == code)
    return Plan(
        intent=PlanIntent.REFUSE,
        reason="translate",
        reply=f"I can't write {name.capitalize()} by myself: that needs a connected model. Nothing was changed.",
        value={"language": code, "mode": mode},
    )
