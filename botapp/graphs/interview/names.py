"""A person's name in their own words, and "I'm not Maria". Pure; careful: what is no name is no name."""

import re

_LEAD = re.compile(
    r"^\W*(?:(?:hi|hello|hey|yes|yeah|ok|okay|sure|good (?:morning|afternoon|evening))\b[\s,.!]*)*", re.IGNORECASE
)
_SAYS = re.compile(
    r"\b(?:(?:my |the )?name(?: is|'s|:)|i'?m(?: called)?|i am|it'?s|it is|this is|call me)\s+(?P<name>.+)",
    re.IGNORECASE,
)
_END = re.compile(
    r"[,.;:!?\n(]|\s+(?:and|but|from|here|speaking|calling|texting|i|i'm|is my name|btw)\b", re.IGNORECASE
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
    }
)
_WORDS_MAX, _LONGEST = 4, 60


def name_in_words(text: str) -> str:
    """The name somebody gives when asked for it; "" when there is none."""
    said = " ".join(text.replace("\u2019", "'").split())
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
            rf"|\b(?:don'?t|do not) know (?:any |a )?{who}\b",
            said,
            re.IGNORECASE,
        )
    )
