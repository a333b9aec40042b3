"""How a made-up candidate reads a question: what sort of answer it wants, what it is about, what it turns into.

As a person would guess from the words alone, in English, Spanish, French and German. Pure; knows no interviewer.
"""

import re
from collections.abc import Sequence
from enum import StrEnum


class WantedKind(StrEnum):
    OPEN = "open"
    YES_NO = "yes_no"
    CHOICE = "choice"
    YEARS = "years"
    START = "start"
    FUTURE = "future"
    PAY_HOUR = "pay_hour"
    PAY_YEAR = "pay_year"
    PAY = "pay"  # a field of a page, which says the period itself
    DAYS = "days"
    AMOUNT = "amount"
    COUNT = "count"


_NO, _YES = {"no", "non", "nein"}, {"yes", "sí", "si", "oui", "ja"}
_KINDS: tuple[tuple[WantedKind, str], ...] = (
    (
        WantedKind.YEARS,
        r"how (?:many|much) (?:years|months|\w+ years|experience)|how long have you|years of experience"
        r"|cu[aá]ntos (?:años|meses)|cu[aá]nto tiempo|combien d'ann[eé]es|depuis (?:combien|quand)|wie viele jahre"
        r"|wie lange",
    ),
    (
        WantedKind.PAY_YEAR,
        r"\b(?:what|how much)\b[^.]*\bsalary\b|\bsalary\b[^.]*\b(?:expect|looking|hop|need)"
        r"|\b(?:salario|salaire|gehalt)",
    ),
    (
        WantedKind.PAY_HOUR,
        r"\b(?:what|how much)\b[^.]*\b(?:pay|wage|rate)\b|\b(?:pay|wages?)\b[^.]*\b(?:expect|looking|hop|need)"
        r"|\b(?:tarifa|sueldo|taux horaire|stundenlohn)",
    ),
    (
        WantedKind.DAYS,
        r"\b(?:which|what) (?:days|shifts|hours|times)|days and (?:times|hours)|qu[eé] (?:d[ií]as|turnos|horarios)"
        r"|quels? (?:jours|horaires)|welche (?:tage|schichten|zeiten)|an welchen tagen",
    ),
    (WantedKind.FUTURE, r"\bexpir|valid until|\bcaduca|\bexpire|l[aä]uft\b.*\bab\b|g[uü]ltig bis"),
    (
        WantedKind.START,
        r"\b(?:when|how soon)\b.*\b(?:start|begin|available|join)|notice period|start date|earliest"
        r"|cu[aá]ndo\b.*\b(?:empezar|incorporar)|quand\b.*\bcommencer|\bwann\b.*\b(?:anfangen|beginnen|starten)",
    ),
    (WantedKind.AMOUNT, r"\bwhat (?:is|was)\b.*\b(?:quota|budget|turnover|revenue)\b"),
    (
        WantedKind.COUNT,
        r"\bwhat (?:is|was) the (?:largest|biggest|highest|longest|most)\b"
        r"|\bhow (?:many|far|much|fast|heavy)\b|words per minute|cu[aá]nt[ao]s|combien|wie viele?",
    ),
)
_LEAD = re.compile(
    r"^\W*(?:please |first,? |next,? |and |so |now |thinking back,? )*(?:could you |can you |would you )?(?:briefly )?"
    r"(?:tell (?:us|me)|describe|share|give (?:us|me)|walk (?:us|me) through|explain|talk (?:us|me) through)"
    r"(?: about| an example of| of)?\s+(?P<it>.+)$",
    re.IGNORECASE,
)
_SITUATION = re.compile(
    r"^\W*(?:what|how) (?:do|did|would|will) you (?:do|act|react)?\s*(?:if|when)\s+(?P<it>.+)$", re.I
)
_ACT = re.compile(r"^\W*how (?:do|did|would|will|can|could) you (?:usually |normally )?(?P<it>.+)$", re.IGNORECASE)
_HAVE = re.compile(r"^\W*how have you (?P<it>.+)$", re.IGNORECASE)
_WHY = re.compile(r"^\W*(?:why\b|what (?:interests|draws|attracts|made|brought|motivates))", re.IGNORECASE)
_TURNS = (
    (r"\byou are\b|\byou're\b", "I am"),
    (r"\byou were\b", "I was"),
    (r"\byourself\b", "myself"),
    (r"\byours\b", "mine"),
    (r"\byour\b", "my"),
    (r"\b(to|with|for|near) you\b", r"\1 me"),
    (r"\byou\b", "I"),
)
_COMMON = frozenset(
    [
        "a",
        "about",
        "after",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "anything",
        "are",
        "as",
        "at",
        "be",
        "been",
        "before",
        "being",
        "but",
        "by",
        "can",
        "case",
        "come",
        "could",
        "did",
        "do",
        "does",
        "done",
        "else",
        "end",
        "ever",
        "example",
        "examples",
        "exactly",
        "first",
        "for",
        "from",
        "get",
        "give",
        "good",
        "had",
        "happen",
        "happened",
        "happens",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "job",
        "just",
        "know",
        "last",
        "like",
        "long",
        "make",
        "may",
        "me",
        "might",
        "more",
        "most",
        "much",
        "my",
        "need",
        "next",
        "no",
        "not",
        "of",
        "on",
        "one",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "part",
        "part",
        "people",
        "please",
        "put",
        "recent",
        "right",
        "role",
        "said",
        "same",
        "say",
        "should",
        "show",
        "situation",
        "so",
        "some",
        "somebody",
        "somebody's",
        "someone",
        "something",
        "step",
        "steps",
        "still",
        "such",
        "take",
        "tell",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "things",
        "think",
        "this",
        "those",
        "through",
        "time",
        "times",
        "to",
        "told",
        "turned",
        "us",
        "use",
        "used",
        "very",
        "walk",
        "want",
        "was",
        "way",
        "we",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "work",
        "working",
        "would",
        "you",
        "your",
        "yours",
        "result",
        "results",
        "outcome",
        "describe",
        "explain",
        "share",
        "more",
        "bit",
        "little",
        "detail",
        "details",
        "matter",
        "mattered",
    ]
)
_FOREIGN = frozenset(
    [
        "qué",
        "que",
        "cómo",
        "como",
        "cuál",
        "cual",
        "una",
        "uno",
        "por",
        "para",
        "con",
        "sin",
        "los",
        "las",
        "del",
        "usted",
        "ustedes",
        "cuénteme",
        "cuéntenos",
        "hable",
        "háblenos",
        "describa",
        "ejemplo",
        "vez",
        "hizo",
        "hace",
        "tiene",
        "fue",
        "su",
        "sus",
        "le",
        "quel",
        "quelle",
        "comment",
        "pourquoi",
        "vous",
        "nous",
        "dans",
        "avec",
        "pour",
        "sur",
        "une",
        "des",
        "les",
        "est",
        "avez",
        "racontez",
        "parlez",
        "décrivez",
        "exemple",
        "fait",
        "votre",
        "vos",
        "was",
        "wie",
        "warum",
        "welche",
        "sie",
        "ihr",
        "ihre",
        "ihnen",
        "uns",
        "eine",
        "einen",
        "einem",
        "haben",
        "erzählen",
        "beschreiben",
        "beispiel",
        "von",
        "mit",
        "für",
        "auf",
        "bei",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "und",
        "und",
    ]
)
_A_NO_IS_GOOD = re.compile(
    r"\b(?:convict\w*|felony|criminal record|(?:need|require)\w* .{0,40}sponsor\w*|ever been (?:fired|dismissed"
    r"|suspended)|revoked|anything (?:that|which) (?:would|could|might) (?:stop|prevent|keep)|prevents? you"
    r"|points on your)\b",
    re.IGNORECASE,
)
_BUT_A_YES = re.compile(
    r"\b(?:free of|free from|without (?:any|a|one|sponsor\w*|need\w*)|willing|agree|consent|undergo|pass|clear)\b",
    re.IGNORECASE,
)
_PROOF = re.compile(
    r"\b(?:have you (?:ever |already |worked|used|driven|done)|are you (?:a |an )?(?:licensed|certified"
    r"|registered|qualified|trained)|licen[cs]e|certificat\w*|experience|degree|diploma|licencia|certificado"
    r"|experiencia"
    r"|ha (?:trabajado|hecho)|titulaire|permis|exp[eé]rience|f[uü]hrerschein|erfahrung|zertifikat)",
    re.IGNORECASE,
)
_TAKES_UP = re.compile(
    r"^(?:[^.?!:]{1,80}: (?:yes|no)\.|(?:okay|all right|thanks|thank you|understood|i see|got it)\b[^.?!]{0,60}\."
    r"|[^.?!]{1,60}, (?:noted|thank you|anotad[oa]|not[eé]e?|c'est not[eé]|notiert)\.)\s+(?=\S)",
    re.IGNORECASE,
)
_NONE = re.compile(r"\b(?:none|neither|other|not|no|ningun[oa]|aucun\w*|keine?\w*)\b", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:START|DONE|LISTO|FINI|FERTIG|YES|S[IÍ]|OUI|JA)\b")


def last_paragraph(text: str) -> str:
    """The question: what stands before it takes up what was said."""
    said = text.strip().rsplit("\n\n", 1)[-1]
    return _TAKES_UP.sub("", said, count=1) or said


def asked_last(question: str) -> str:
    """Its last sentence with a question mark, which an exact answer answers; else all of it."""
    asks = [sentence for sentence in re.split(r"(?<=[?.!])\s+", question) if sentence.endswith("?")]
    return asks[-1] if asks else question


def told_word(text: str, *, begun: bool) -> str:
    """The word in capitals that a message asks to say: START, YES; DONE once a task was begun."""
    found = [word for word in _TOLD.findall(text) if begun or word not in ("DONE", "LISTO", "FINI", "FERTIG")]
    return found[-1] if found else ""


def kind_wanted(question: str, buttons: Sequence[str] = ()) -> WantedKind:
    """What sort of answer a person would give."""
    labels = {label.lower() for label in buttons}
    if len(labels) == 2 and labels & _YES and labels & _NO:
        return WantedKind.YES_NO
    if buttons or listed_options(question):
        return WantedKind.CHOICE
    return next((kind for kind, words in _KINDS if re.search(words, question, re.IGNORECASE)), WantedKind.OPEN)


def listed_options(question: str) -> tuple[str, ...]:
    """The options named after a question: `Which of these? Vans; trucks; bikes. You can name several.`"""
    _, mark, after = question.partition("?")
    options = [option.strip(" .") for option in re.split(r"\.\s", after)[0].split(";")]
    return tuple(options) if mark and len(options) > 1 and all(options) else ()


def counted(options: Sequence[str]) -> tuple[str, str]:
    """(best, least): by their largest numbers where there are any, else the first that is not "none", and the last."""
    numbers = [(_largest(option), place) for place, option in enumerate(options) if re.search(r"\d", option)]
    if len(numbers) > 1:
        return options[max(numbers)[1]], options[min(numbers)[1]]
    good = [option for option in options if not _NONE.search(option)] or list(options)
    return good[0], options[-1]


def _largest(label: str) -> float:
    return max(float(found) for found in re.findall(r"\d+(?:\.\d+)?", label))


def named_number(question: str) -> float:
    """The number a question names as what is needed: `at least 50 lb`; 0 when it names none."""
    found = re.search(
        r"\b(?:at least|up to|minimum of|of|least)\s+(\d{1,5})\b|\b(\d{1,5})\s*(?:kg|lb|wpm|words)", question
    )
    return float(next(filter(None, found.groups()))) if found else 0.0


def is_good_to_deny(question: str) -> bool:
    """Whether somebody would rather say no to it: convictions, a visa that has to be sponsored; not "free of" them."""
    return bool(_A_NO_IS_GOOD.search(question)) and not _BUT_A_YES.search(question)


def is_proof_of_skill(question: str) -> bool:
    """Whether it asks for something that one has or has not: a licence, a certificate, experience."""
    return bool(_PROOF.search(question))


def content_words(question: str) -> list[str]:
    """Its main words, in order."""
    words = re.findall(r"[^\W\d_][\w'’-]{2,}", question)
    return [word for word in words if word.lower() not in _COMMON and word.lower() not in _FOREIGN][:8]


def turned_round(question: str) -> tuple[str, str]:
    """(shape, the question's words as its answer begins): `a shift that got too busy`, `keep track of stock`."""
    first = re.split(r"(?<=[?.!])\s+", question.strip())
    asks = next((s for s in first if _LEAD.match(s) or _HAVE.match(s) or _SITUATION.match(s) or _ACT.match(s)), "")
    if _WHY.match(question):
        return "why", ""
    if len(first) > 1 and not asks and not first[0].endswith("?"):
        return "if", _mine(first[0])
    for shape, pattern in (("thing", _LEAD), ("have", _HAVE), ("if", _SITUATION), ("act", _ACT)):
        if found := pattern.match(asks):
            return shape, _mine(found["it"])
    if len(first) > 1 and not first[0].endswith("?"):
        return "if", _mine(first[0])
    return "other", ""


def _mine(words: str) -> str:
    said = re.split(r"[,;:?]| and (?:what|how|why) ", words.strip())[0].strip(" .!?")
    for pattern, mine in _TURNS:
        said = re.sub(pattern, mine, said, flags=re.IGNORECASE)
    return said[:1].lower() + said[1:] if not said.startswith("I ") else said
