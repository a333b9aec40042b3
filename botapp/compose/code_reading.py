"""Wishes about the code that starts an interview by text ("set the code to NIGHTS"), one clause at a time, as edits."""

import re

from botapp.compose.references import Reading, refuse
from botapp.compose.settings_edits import EditRefused, new_code
from botapp.screening.edits import Edit, EditOp

_CODE = re.compile(
    r"^(?:(?:change|set|make|update|use|put|switch|give it)\s+)?(?:the |its |a |our )?"
    r"(?:(?:join(?:ing)?|text|sms|poster|start|sign-?up|interview) )?(?:code|keyword)(?: word)?"
    r"(?: (?:to|for) (?:join(?:ing)?|start(?:ing)?|text(?:ing)?|texts?))?\s*(?:should be|to be|to|is|=|:|be|as)?\s*"
    r"[\"“]?(?P<c>[A-Za-z0-9][\w -]{0,30}?)[\"”]?$"
    r"|^(?:let (?:people|them|candidates|everyone) )?(?:start|join|begin)(?: it)? "
    r"(?:by|with) (?:texting|text|sending|the (?:code|word)) "
    r"[\"“]?(?P<c2>[A-Za-z0-9][\w-]{0,30}?)[\"”]?$",
    re.IGNORECASE,
)
_NO_CODE = re.compile(
    r"^(?:no|remove|drop|clear|delete|turn off|without an?|lose|scrap)\s+(?:the |any )?"
    r"(?:(?:join(?:ing)?|text|sms|poster) )?(?:code|keyword)$",
    re.IGNORECASE,
)


def join_code(clause: str, _reading: Reading) -> list[Edit] | None:
    """The word on a poster: "set the code to NIGHTS", "no code"."""
    if _NO_CODE.match(clause):
        return _set("")
    match = _CODE.match(clause)
    if not match:
        return None
    try:
        return _set(new_code(match["c"] or match["c2"]))
    except EditRefused as refused:
        raise refuse(str(refused), "out_of_range") from refused


def _set(code: str) -> list[Edit]:
    return [Edit(op=EditOp.SET_SETTING, target="join_code", value=code)]
