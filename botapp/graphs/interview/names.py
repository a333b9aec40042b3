"""A person's name in their own words, and "I'm not Maria". Pure; careful: what is no name is no name."""

import re

from botapp.scoring.intents.safety import is_injection
from botapp.scoring.readers.words import fold

_LEAD = re.compile(
    r"^\W*(?:(?:hi|hello|hey|yes|yeah|ok|okay|sure|good (?:morning|afternoon|evening)|hola|s[ií]|buen[oa]s"
    r"(?: d[ií]as| tardes| noches)?|bonjour|bonsoir|oui|hallo|guten (?:tag|morgen|abend)|ja)\b[\s,.!]*)*",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:(?:my |the )?name(?: is|'s|:)|i'?m(?: called)?|i am|it'?s|it is|this is|call me|me llamo|mi nombre es|soy"
    r"|je m'appelle|je suis|mon (?:nom|pr[eé]nom) (?:est|c'est)|moi c'est|appelez-moi|ich hei(?:ß|ss)e|ich bin"
    r"|mein name ist|ich bin (?:der|die))\s+(?P<name>.+)",
    re.IGNORECASE,
)
_END = re.compile(
    r"[,.;:!?\n(]|\s+(?:and|but|from|here|speaking|calling|texting|i|i'm|is my name|btw"
    r"|y|pero|et|mais|und|aber|aus)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019.-][^\W\d_]+)*[.'\u2019]?", re.UNICODE)
_NO_NAME = frozenset(
    {
        *("a", "an", "the", "not", "no", "nope", "yes", "yeah", "ok", "okay", "sure", "maybe", "none", "nothing"),
        *("why", "what", "who", "whos", "which", "how", "when", "where", "it", "that", "this", "my", "me", "i", "we"),
        *("stop", "start", "help", "later", "join", "skip", "test", "anonymous", "hi", "hello", "hey", "please", "pls"),
        *("ready", "here", "good", "fine", "great", "interested", "looking", "applying", "sorry", "thanks", "thank"),
        *("already", "busy", "driving", "working", "available", "just", "still", "very", "so", "you", "your", "u"),
        *("can", "could", "do", "does", "is", "are", "was", "will", "would", "they", "in", "at", "on", "from", "about"),
        *("for", "to", "of"),
        *("una", "que", "qué", "quien", "quién", "por", "para", "no", "si", "sí", "estoy", "listo", "lista", "gracias"),
        *("les", "une", "pas", "qui", "quoi", "pourquoi", "oui", "non", "merci", "prêt", "prête", "je", "suis"),
        *("ein", "eine", "ich", "bin", "nicht", "nein", "ja", "wer", "was", "warum", "bereit"),
        *("danke", "bitte", "hier", "aquí", "aqui", "ici", "hola", "bonjour", "hallo", "interesado", "interesada"),
    }
)
_WORDS_MAX, _LONGEST = 4, 60


def name_in_words(text: str) -> str:
    """The name somebody gives when asked for it; "" when there is none."""
    if is_injection(fold(text)):
        return ""
    said = " ".join(text.replace("\u2019", "'").split()).lstrip("\u00bf\u00a1")
    stated = _SAYS.search(said)
    words = _END.split(stated["name"] if stated else _LEAD.sub("", said), maxsplit=1)[0].split()
    if not 1 <= len(words) <= _WORDS_MAX or not all(_WORD.fullmatch(word) for word in words):
        return ""
    if any(word.lower().strip(".") in _NO_NAME for word in words):
        return ""
    return " ".join(map(_written, words))[:_LONGEST]


def _written(word: str) -> str:
    """`maria` and `MARIA` as Maria; mixed letters are left as they are."""
    if word.islower() or (word.isupper() and len(word.strip(".")) > 2):
        return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word.lower())
    return word


def denies_being(text: str, name: str) -> bool:
    """ "This isn't Maria", "no Maria here": somebody else answers."""
    first = name.split(" ")[0]
    if not first or len(text) > 120:
        return False
    said = text.replace("\u2019", "'")
    who = re.escape(first)
    return bool(
        re.search(
            rf"\b(?:i'?m|i am|this|this is|it'?s|it is|that'?s)\s*(?:\s|is)*(?:not|isn'?t)\s+{who}\b(?!')"
            rf"|\bno(?:body| one)?\s+(?:called |named )?{who}\s+(?:here|at this)\b"
            rf"|\b(?:don'?t|do not) know (?:any |a )?{who}\b"
            rf"|\bno soy {who}\b|\baqu[ií] no (?:hay|vive) (?:ning[uú]n[oa]? )?{who}\b"
            rf"|\bno conozco a (?:ning[uú]n[oa]? )?{who}\b"
            rf"|\bje ne suis pas {who}\b|\bpas de {who} ici\b|\bje ne connais pas (?:de )?{who}\b"
            rf"|\b(?:ich bin|hier ist|das ist) nicht {who}\b|\bhier (?:gibt es|wohnt|ist) keine? {who}\b"
            rf"|\bich kenne keine[n]? {who}\b",
            said,
            re.IGNORECASE,
        )
    )
