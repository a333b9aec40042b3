"""The linter of first messages: what the first text to a person must say before it may leave. Pure.

The employer, why we write, that it is automated, STOP and HELP: the carriers' rule for programs (CTIA, 10DLC) and the
disclosure laws for automated conversations, as of 2026-09. It reads English, Spanish, French and German.
"""

import re

from botapp.screening.segments import as_sms

_WHY = re.compile(
    r"\b(?:jobs?|roles?|positions?|interviews?|applied|applying|applications?|screening|hiring|openings?|vacanc(?:y|ies)"
    r"|trabajo|puesto|empleo|vacante|entrevista|solicitud|postul\w+|emploi|poste|candidature|entretien|embauche"
    r"|stelle|bewerb\w+|bewirb\w+|vorstellungsgespr\w+|arbeitsplatz)\b",
    re.IGNORECASE,
)
_AUTOMATED = re.compile(
    r"\b(?:automated|automatic(?:ally)?|artificial|virtual assistant|ro?bot|chatbot|automatisch\w*|automatisiert\w*"
    r"|automati[zs]ad[oa]|autom[aá]tic[oa]|automatique|automatis[eé]e?|virtuell?e?r?)\b|\b(?:AI|A\.I\.|IA|KI)\b",
)
_STOP = re.compile(r"\b(?:STOPP?|ALTO|BAJA|PARAR|ARR[EÊ]T|ABMELDEN)\b")
_HELP = re.compile(r"\b(?:HELP|INFO|AYUDA|AIDE|HILFE)\b")
_FORM = re.compile(r"[\s,]+(?:inc|llc|ltd|limited|corp|corporation|co|gmbh|ag|sa|sas|sarl|bv|plc)\.?$")
_SHORTEST_CUT = 8


def missing_in_first_message(text: str, employer: str) -> tuple[str, ...]:
    """What the message does not say, in words; empty when it may leave."""
    said = {
        "the employer's name": _names(text, employer),
        "why we write (the job)": bool(_WHY.search(text)),
        "that it is automated": bool(_AUTOMATED.search(text)),
        "how to end it (STOP)": bool(_STOP.search(text)),
        "how to get help (HELP)": bool(_HELP.search(text)),
    }
    return tuple(what for what, is_said in said.items() if not is_said)


def _names(text: str, employer: str) -> bool:
    """The name, whole or without its legal form, or as much of it as fits before three dots."""
    text, name = _plain(text), _plain(employer)
    short = _FORM.sub("", name)
    if not short:
        return False
    if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text):
        return True
    return any(f"{name[:size].rstrip()}..." in text for size in range(_SHORTEST_CUT, len(name)))


def _plain(text: str) -> str:
    return " ".join(as_sms(text).casefold().split())
