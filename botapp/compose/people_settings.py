"""Wishes about reminders, the promised answer, silence and which alerts the team wants, one clause at a time, as edits.

"remind after 12 hours", "at most 3 reminders", "tell them within 5 days", "alert us when somebody stalls".
"""

import re

from botapp.compose.dates import NUMBER, number_of
from botapp.compose.references import Reading, ask_which
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import AlertKind


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_SPAN = rf"(?P<n>{NUMBER}|an?)\s*(?P<u>hours?|hrs?|days?|weeks?)"
_REMIND = _rx(r"\bremind\w*\b|\bnudg\w+\b")
_AFTER = _rx(rf"\b(?:after|every|in|of|within|following|apart)?\s*{_SPAN}\b")
_NONE = _rx(r"\b(?:no|never|without|don'?t|do not|zero|turn off|stop|drop|remove|disable)\b")
_COUNT = _rx(rf"\b(?P<n>{NUMBER}|once|twice|one)\s*(?:times?\b|reminders?\b|nudges?\b|$)|\b(?P<o>once|twice)\b")
_PROMISE = _rx(
    rf"\b(?:tell|answer|get back to|reply to|respond to|write to|decide(?: on)?|promise)\b.*?\b(?:in|within)\s+{_SPAN}"
    rf"|\b(?:candidates|they|people|everyone|everybody)\b.*\bhear\b.*?\b(?:in|within)\s+(?P<n2>{NUMBER}|an?)\s*"
    r"(?P<u2>days?|weeks?)"
)
_NOT_OURS = _rx(
    r"\b(?:they|candidates|people|applicants|everyone|everybody)\b[\w' ]*"
    r"\b(?:answer|reply|respond|decide|finish|complete)"
    r"|^(?:add|ask)\b|\bquestion\b"
)
_EVERY = _rx(r"\b(?:every|each) (?P<u>hour|day|week)\b")
_STALL = _rx(rf"\bstalled?\b.*?{_SPAN}|{_SPAN.replace('<n>', '<n2>').replace('<u>', '<u2>')}.*\bstalled?\b")
_ALERTS = _rx(r"\b(?:alerts?|notif\w+|notify|ping|tell (?:us|me|the team))\b")
_OFF = _rx(r"\b(?:no|don'?t|do not|stop|turn off|never|without|mute)\b")
_KINDS = (
    (AlertKind.KNOCKED_OUT, _rx(r"\bknock(?:ed)?[- ]?outs?\b|\bmust[- ]haves?\b")),
    (AlertKind.STALLED, _rx(r"\bstall\w*\b|\bstops? answering\b|\bgo(?:es)? quiet\b|\bsilent\b")),
    (AlertKind.OPTED_OUT, _rx(r"\bopt\w*[- ]?outs?\b|\bopts? out\b|\bunsubscrib\w+")),
    (AlertKind.COMPLETED, _rx(r"\bcomplet\w+|\bfinish\w*\b")),
    (AlertKind.QUESTION, _rx(r"\bquestions? (?:are |is )?(?:passed on|the facts)|\basks? (?:something|a question)\b")),
    (AlertKind.ASKED_PERSON, _rx(r"\b(?:asks? for|wants?|needs?) (?:a |to talk to a )?(?:person|human)\b")),
)


def people_settings(clause: str, reading: Reading) -> list[Edit] | None:
    """Edits for such a clause; None when it is about something else."""
    return _promise(clause) or _stalled(clause) or _reminders(clause) or _alerts(clause, reading)


def _setting(name: str, value: object) -> Edit:
    return Edit(op=EditOp.SET_SETTING, target=name, value=value)


def _promise(clause: str) -> list[Edit] | None:
    match = _PROMISE.search(clause)
    if match is None or _NOT_OURS.search(clause):
        return None
    number, unit = match["n"] or match["n2"], match["u"] or match["u2"]
    hours = _hours(number, unit)
    return [_setting("answer_within_days", max(1, hours // 24))]


def _stalled(clause: str) -> list[Edit] | None:
    match = _STALL.search(clause)
    if match is None or _ALERTS.search(clause):
        return None
    return [_setting("stalled_after_days", max(1, _hours(match["n"] or match["n2"], match["u"] or match["u2"]) // 24))]


def _reminders(clause: str) -> list[Edit] | None:
    """Spacing, number, or both."""
    if not _REMIND.search(clause):
        return None
    if _NONE.search(clause):
        return [_setting("max_reminders", 0)]
    edits, rest = [], clause
    if span := _AFTER.search(clause):
        edits.append(_setting("remind_after_hours", _hours(span["n"], span["u"])))
        rest = clause.replace(span[0], " ")
    elif every := _EVERY.search(clause):
        edits.append(_setting("remind_after_hours", _hours("a", every["u"])))
    if count := _COUNT.search(rest.strip(" .,!")):
        edits.append(_setting("max_reminders", _times(count["n"] or count["o"])))
    if not edits:
        raise ask_which(
            "When should I remind people, and how often? For example: after 12 hours, at most 3 times.", "no_value"
        )
    return edits


def _alerts(clause: str, reading: Reading) -> list[Edit] | None:
    """One kind more or less; the others stay."""
    kinds = [kind for kind, named in _KINDS if named.search(clause)]
    if not kinds or not _ALERTS.search(clause):
        return None
    now = reading.draft.settings.alerts
    wanted = [k for k in AlertKind if (k in now or k in kinds) and not (_OFF.search(clause) and k in kinds)]
    return [_setting("alerts", [kind.value for kind in wanted])]


def _hours(number: str, unit: str) -> int:
    count = 1 if number.lower() in ("a", "an") else number_of(number)
    return count * (1 if unit.lower().startswith("h") else 168 if unit.lower().startswith("w") else 24)


def _times(said: str) -> int:
    return {"once": 1, "twice": 2}.get(said.lower()) or number_of(said)
