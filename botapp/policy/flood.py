"""How many messages of one person are answered as they come: more than that at once are kept and answered together.

Pure. Guarantees: the moment to answer moves with the last message, and never more than `LONGEST` from the first.
"""

from datetime import datetime, timedelta
from typing import Final

from botapp.screening.segments import as_sms

MANY: Final = 30  # messages of one person that wait for an answer
MANY_ANSWERED: Final = 90  # when each is answered as it comes: nobody reads and writes that fast
WITHIN: Final = timedelta(minutes=1)
CALM: Final = timedelta(seconds=20)  # of silence, before they are answered
LONGEST: Final = timedelta(minutes=3)

_TEXTS: Final = {
    "en": "That was a lot of messages at once. Everything is kept. Give me a minute, and I'll go on.",
    "es": "Han sido muchos mensajes a la vez. Todo queda guardado. Deme un minuto y sigo.",
    "fr": "Cela fait beaucoup de messages à la fois. Tout est gardé. Laissez-moi une minute et je continue.",
    "de": "Das waren viele Nachrichten auf einmal. Alles bleibt erhalten. In einer Minute geht es weiter.",
}


def is_flood(said: int, unanswered: int) -> bool:
    """Of what one person sent `WITHIN` the last moments, and how much of it waits."""
    return unanswered >= MANY or said >= MANY_ANSWERED


def flood_text(language: str) -> str:
    """The one polite line, in the letters of a text message."""
    return as_sms(_TEXTS.get(language, _TEXTS["en"]), language=language)


def answered_at(last: datetime, first: datetime) -> datetime:
    """When a flood is answered that began at `first` and whose last message so far came at `last`."""
    return max(min(last + CALM, first + LONGEST), last)
