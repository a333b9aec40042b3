"""The candidate's own questions inside a burst, verbatim, and what is left when they are taken out."""

import re
from dataclasses import dataclass

from botapp.scoring.intents import wishes
from botapp.scoring.readers import signals
from botapp.scoring.readers.words import fold, rx, visible
from botapp.screening.interview import SpokenPart

_ICONS = "\U0001f300-\U0001faff"
_SENTENCE = re.compile(rf"[^.?!\n{_ICONS}]*(?:\.(?=\w)[^.?!\n{_ICONS}]*)*[.?!\n{_ICONS}]*")
_LEADING = re.compile(
    r"^\s*(?:yes|yeah|yep|yup|sure|ok|okay|no|nope|nah|si|sí|oui|ja|k|cool|great|thanks|hi|hey|hello|sorry)\b[\s,.:-]*",
    re.IGNORECASE,
)
_BUT_FIRST = re.compile(
    (
        r"[\s,]+(?:and|but|also|btw|by the way)?[\s,]*(?=(?:what'?s|what is|what are|how much|how many|when do"
        r"|when does|when is|where is|where'?s|is there|are there|do you|do yall|do i|does it|does the|can i"
        r"|will i|will there|is it|is the|how long|how soon)\b)"
    ),
    re.IGNORECASE,
)
_WH = re.compile(r"\b(?:when|what|where|how|why|which|who)$", re.IGNORECASE)
_RHETORICAL = rx(
    r"^(?:(?:\W|lol)*(?:why not|what do (?:you|u) think|who doesnt|you know|u know|right|ok|okay"
    r"|is that (?:ok|okay|fine|cool|enough|good)|does that (?:work|count|help|make sense)|if thats ok"
    r"|ya know|isnt it|no|huh|yes|yeah|really|lol what do u think|how about that|guess what|make sense)\W*)$"
)
_INQUIRES = rx(
    r"^(?:and |but |also |so |hi |hey |ok |yes |[a-z]+, )*(?:i was |im |just |i am )?(?:wondering|curious"
    r"|asking)(?: (?:about|if|what|how|whether|when|where))|^(?:please |can you |could you |pls )?(?:tell me"
    r"|let me know|lmk)(?: more)? (?:about|what|how|when|if|the|more)|^more info|^(?:any|what about"
    r"|how about|and the|whats) (?:[a-z]+ ){0,3}\??$|^i (?:have|got) (?:a )?questions? about"
    r"|^id like to know|^need to know|^do tips\b|^gibt es\b|^was ist\b|^(?:possible|any way|any chance) "
    r"|^(?:remote|full time|part time|weekly|daily) (?:pay|or)\b|\b(?:parlez-vous"
    r"|habla[ns]? (?:usted )?(?:espanol|ingles)|hablas espanol|fala portugues|sprechen sie|sprichst du"
    r"|pale kreyol|do you speak|speak (?:spanish|french|english|portuguese|creole)|in (?:spanish|french"
    r"|portuguese|creole|german|english) (?:please|pls)|en espanol|en francais|auf deutsch|em portugues"
    r"|espanol por favor)\b|中文|可以吗"
)


@dataclass(frozen=True)
class Piece:
    """One sentence of one message: as sent, folded, and whether it asks."""

    message_id: str
    text: str
    folded: str
    asks: bool


def pieces(parts: tuple[SpokenPart, ...]) -> list[Piece]:
    """Every sentence of the burst; "yes whats the pay" is two."""
    out: list[Piece] = []
    for part in parts:
        for sentence in _SENTENCE.findall(visible(part.text)):
            for bit in _divided(sentence.strip()):
                if bit:
                    folded = fold(bit)
                    out.append(Piece(part.message_id, bit, folded, is_question(folded)))
    return out


def _divided(sentence: str) -> list[str]:
    lead = _LEADING.match(sentence)
    if lead and lead.end() < len(sentence) and is_question(fold(sentence[lead.end() :])):
        return [sentence[: lead.end()].strip(), sentence[lead.end() :].strip()]
    inner = _BUT_FIRST.search(sentence) if len(sentence) < 400 else None
    if (
        inner
        and inner.start() > 0
        and sentence.rstrip().endswith("?")
        and not _WH.search(sentence[: inner.start()])
        and not is_question(fold(sentence[: inner.start()]))
    ):
        return [sentence[: inner.start()].strip(), sentence[inner.end() :].strip()]
    return [sentence]


def is_question(folded: str) -> bool:
    """A sentence that wants something answered."""
    if not any(ch.isalnum() for ch in folded) or _RHETORICAL.match(folded):
        return False
    return (
        signals.asks(folded) or wishes.wants_deletion(folded) or (len(folded) < 160 and bool(_INQUIRES.search(folded)))
    )


def substance(folded: str) -> str:
    """What is left without courtesies."""
    return re.sub(r"[\W_]+", " ", wishes.POLITE.sub(" ", folded)).strip()
