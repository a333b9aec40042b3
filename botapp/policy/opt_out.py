"""Opt-out, help and re-subscribe words, obeyed by rule before anything else hears the message.

Guarantees: only a whole message counts; a sentence that merely contains such a word is none of these, the graph reads
it. "yes" never re-subscribes. Sources, as of 2026-09: 47 CFR 64.1200(a)(10), which names stop, quit, end, revoke, opt
out, cancel and unsubscribe; the carriers' common words (CTIA Messaging Principles and Best Practices) and the default
lists of messaging providers; their Spanish, French and German counterparts. In doubt the message is a stop. What is
answered is in the language of the word, else of the interview.
"""

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Literal

from botapp.screening.segments import as_sms, count_segments, is_gsm7

Keyword = Literal["stop", "start", "help"]

_ENGLISH = frozenset(
    {
        # the rule's and the carriers' words, and how people write them
        *("stop", "stopall", "stop all", "stop it", "stop now", "stop this", "stop that", "stop everything"),
        *("stop texting", "stop texting me", "stop text", "stop texts", "stop texts to me", "stop the texts"),
        *("stop all texts", "stop all messages", "stop message", "stop messages", "stop the messages"),
        *("stop messaging", "stop messaging me", "stop sending", "stop sending me", "stop sending me texts"),
        *("stop sending me messages", "stop sending messages", "stop sending texts", "stop sending these"),
        *("stop contacting me", "stop calling me", "stop bothering me", "stop sms", "stop2end", "stop2quit"),
        *("stop to opt out", "reply stop", "reply stop to opt out", "reply stop to end", "text stop"),
        *("reply stop to unsubscribe", "reply stop to cancel", "stop to end", "stop to quit", "stop to cancel"),
        *("stop to unsubscribe", "stop txt", "stop txting me", "end texts", "end messages", "cancel texts"),
        *("unsubscribe", "unsubscribe me", "unsubscribed", "unsub", "unsub me", "un subscribe"),
        *("cancel", "cancel all", "end", "end all", "quit", "quit it", "revoke", "revoke consent"),
        *("optout", "opt out", "opt me out", "opting out", "i opt out", "opted out", "opt out of texts"),
        *("remove", "remove me", "remove my number", "remove number", "take me off", "no more texts"),
        *("no more messages", "do not text", "do not text me", "dont text", "dont text me", "dont text me again"),
        *("do not text me again", "do not contact", "do not contact me", "dont contact me"),
    }
)
_SPANISH = frozenset(
    {
        *("alto", "baja", "parar", "para", "pare", "paren", "cancelar", "cancele", "detener", "detente", "deténgase"),
        *("salir", "anular", "basta", "no más", "no más mensajes", "no más textos", "darse de baja", "darme de baja"),
        *("dar de baja", "denme de baja", "dame de baja", "desuscribir", "desuscribirme", "desuscribirse"),
        *("cancelar suscripción", "anular suscripción", "cancelar todo", "parar todo", "revocar", "alto a todo"),
    }
)
_FRENCH = frozenset(
    {
        *("arrêt", "arrêter", "arrêtez", "arrête", "arrêtez tout", "stop tout", "désabonner", "désabonnement"),
        *("se désabonner", "me désabonner", "désabonnez moi", "désinscrire", "me désinscrire", "se désinscrire"),
        *("désinscription", "désinscrivez moi", "annuler", "résilier", "révoquer", "stop sms", "plus de messages"),
    }
)
_GERMAN = frozenset(
    {
        *("stopp", "stoppen", "stop alle", "alle stoppen", "abmelden", "abmeldung", "abbestellen", "austragen"),
        *("abbrechen", "widerruf", "widerrufen", "stornieren", "keine sms mehr", "keine nachrichten mehr", "aufhören"),
    }
)
_OTHERS = frozenset(  # as carriers document them
    {
        *("sair", "cancela", "annulla", "cancella", "iptal", "стоп", "отписаться", "退订", "退訂", "停止", "取消"),
        *("중지", "수신거부", "إيقاف", "توقف"),
    }
)
STOP_WORDS = _ENGLISH | _SPANISH | _FRENCH | _GERMAN | _OTHERS
START_WORDS = frozenset(
    {
        *("start", "unstop", "un stop", "yes start", "subscribe", "resubscribe", "subscribe me", "opt in", "optin"),
        *("restart", "start again", "start texts", "start texting", "start texting me", "start texting me again"),
        *("start messages", "iniciar", "démarrer", "starten"),
    }
)
HELP_WORDS = frozenset(
    {
        *("help", "info", "help info", "reply help", "ayuda", "aide", "hilfe", "ajuda", "aiuto", "帮助", "幫助"),
    }
)
_MISTYPED = frozenset(
    {
        *("sotp", "stpo", "tsop", "stp", "stpp", "sto p", "st op", "s top", "dtop", "stoo", "stiop", "stopo", "stopl"),
        *("stob", "stup", "st0p", "5top", "5t0p", "sttop", "soptp", "atop", "stopn", "stoop", "stop stop", "stopit"),
        *("cancle", "cancal", "cancell", "cansel", "canel", "cancelled me", "qiut", "quti", "revok", "opout"),
        *("opt ou", "otp out", "opt out me", "opt ot", "optut", "remvoe", "remov", "arette", "aret", "stp it"),
    }
)
_LONGEST = 160  # a longer message says something of its own
_PLEASE = frozenset({"please", "pls", "plz", "plss", "now", "thanks", "thx", "ty", "danke", "bitte", "svp", "porfavor"})
_LEADING = frozenset({"ok", "okay", "no", "nope", "just", "hey", "hi", "yo", "k", "yes", "sorry", "ugh", "omg", "bro"})
_PHRASES = re.compile(r"\b(?:thank you|por favor|s'?il vous plait|s il te plait|right now|at once|immediately|asap)\b")
_SIGNATURE = re.compile(r"\s*(?:sent from my|enviado desde mi|envoyé de mon|von meinem) [^\n]{1,40}$", re.IGNORECASE)
_STOP_SIGNS = frozenset("\U0001f6d1\U0001f6ab")  # the octagon, and no entry
_SPELLED = re.compile(r"(?:\w ){2,}\w")
_NO_ANSWER = re.compile(
    r"\b(?:(?:do ?nt?|do not|dont|no need to|never|without|please no|pls no) (?:even |you |bother to |bother |u )*"
    r"(?:(?:text|txt|write|message|msg|msging|texting) (?:me )?back|reply(?:ing)?|respond(?:ing)?|answer(?:ing)?"
    r"|confirm(?:ing)?|send (?:me )?(?:a |any )?(?:reply|confirmation|response|answer))(?: (?:me|back|to this|to me))*"
    r"|no (?:reply|response|answer|confirmation)(?: (?:needed|necessary|required|please|back))*"
    r"|no (?:me )?(?:respondas?|respondan|contestes?|contesten)|ne (?:me )?repondez pas|nicht antworten"
    r"|keine antwort(?: bitte)?|pas de reponse|sin respuesta)\b"
)


def _plain(text: str) -> str:
    """Letters and digits only, without case, accents and apostrophes; one space between words."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", _SIGNATURE.sub("", text)).casefold())
    kept = "".join("" if unicodedata.category(c) in ("Mn", "Cf") or c in "'’‘`´" else c for c in text)
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", kept)).split())


def _squeezed(word: str) -> str:
    """Each run of one letter as a single one: "stooopp" -> "stop"."""
    return re.sub(r"(\w)\1+", r"\1", word)


_STOPS = frozenset(map(_plain, STOP_WORDS | _MISTYPED))
_STOPS_STRETCHED = frozenset(_squeezed(word) for word in _STOPS if len(word) > 3 and word not in ("atop", "stoo"))
_STARTS = frozenset(map(_plain, START_WORDS))
_HELPS = frozenset(map(_plain, HELP_WORDS))
_OWN = {  # words that tell a language
    "es": frozenset(map(_plain, _SPANISH | {"iniciar", "ayuda", "por favor"})) - {"para"},
    "fr": frozenset(map(_plain, _FRENCH | {"démarrer", "aide", "svp"})) - {"stop sms"},
    "de": frozenset(map(_plain, _GERMAN | {"starten", "hilfe", "bitte"})) - {"stop alle"},
}
_MAY_FOLLOW_NO = re.compile(r"(?:stop|unsub|opt ?out|remove|arret|alto|baja|parar|abmelden|no more|do not|dont)")


def keyword_of(text: str) -> Keyword | None:
    """`stop`, `start` or `help` when the whole message is such a word, in any dress; else None."""
    if len(text) > _LONGEST:
        return None
    plain = _plain(text)
    if not plain:
        return "stop" if _STOP_SIGNS & set(text) else None
    if text.strip(" .!\n\"'") == "TD":  # a carrier's word; in small letters it is too likely something else
        return "stop"
    rest = " ".join(_NO_ANSWER.sub(" ", plain).split())
    if rest != plain and _is_stop(rest.removesuffix(" and").removeprefix("and ")):
        return "stop"
    if _is_stop(plain):
        return "stop"
    plain = _undressed(plain)
    if plain in _STARTS:
        return "start"
    return "help" if plain in _HELPS else None


def language_of_keyword(text: str) -> str:
    """The language of a Spanish, French or German word like these; "" when it is English or belongs to several."""
    words = set(_plain(text).split()) | {_plain(text), _undressed(_plain(text))}
    return next((language for language, own in _OWN.items() if words & own), "")


def wants_no_answer(text: str) -> bool:
    """Whether they ask for no reply at all ("STOP and don't text back"): then not even the confirmation leaves."""
    return bool(_NO_ANSWER.search(_plain(text)))


def _undressed(plain: str) -> str:
    """Without words of politeness around it."""
    words = _PHRASES.sub(" ", plain).split()
    while words and words[0] in _PLEASE:
        words = words[1:]
    while words and words[-1] in _PLEASE:
        words = words[:-1]
    return " ".join(words)


def _is_stop(plain: str) -> bool:
    words = _undressed(plain)
    if _is_stop_word(words):
        return True
    first, _, rest = words.partition(" ")
    while first in _LEADING and rest:  # "no, stop", "ok stop"; but "no end" and "ok cancel" may be answers
        if _MAY_FOLLOW_NO.match(rest) and _is_stop_word(_undressed(rest)):
            return True
        first, _, rest = rest.partition(" ")
    return False


def _is_stop_word(words: str) -> bool:
    if words in _STOPS or _squeezed(words) in _STOPS_STRETCHED:
        return True
    if _SPELLED.fullmatch(words):
        return words.replace(" ", "") in _STOPS
    said = set(words.split())
    if len(said) == 1 and len(words.split()) <= 20:  # "stop stop stop"
        (word,) = said
        return word in _STOPS or _squeezed(word) in _STOPS_STRETCHED or _is_unsubscribe(word)
    return False


def _is_unsubscribe(word: str) -> bool:
    """However it is mistyped. Not "subscribe"."""
    return word.startswith("un") and SequenceMatcher(None, word, "unsubscribe").ratio() >= 0.8


# ---- what is answered by rule: one segment each, in the letters of a text message -------------------------

_HELP = {
    "en": "{who}: texts about your job application. Msg & data rates may apply. Reply STOP to end. {where}",
    "es": "{who}: SMS sobre su solicitud de empleo. Pueden aplicarse tarifas. Responda STOP para terminar. {where}",
    "fr": "{who} : SMS sur votre candidature. Des frais peuvent s'appliquer. STOP pour arreter. {where}",
    "de": "{who}: SMS zu Ihrer Bewerbung. Es können Kosten anfallen. STOP beendet. {where}",
}
_STOPPED = {
    "en": "{who}: You won't get more texts from us. Reply START if you didn't mean that.",
    "es": "{who}: no recibirá más SMS nuestros. Responda START si no era su intención.",
    "fr": "{who} : vous ne recevrez plus de SMS de notre part. Répondez START si c'était une erreur.",
    "de": "{who}: Sie bekommen keine SMS mehr von uns. Senden Sie START, falls das ein Versehen war.",
}
_STARTED = {
    "en": "{who}: You get texts about your job application again. Msg & data rates may apply. STOP ends, HELP helps.",
    "es": "{who}: vuelve a recibir SMS sobre su solicitud. Pueden aplicarse tarifas. STOP termina, AYUDA informa.",
    "fr": "{who} : vous recevez à nouveau des SMS sur votre candidature. Frais possibles. STOP arrête, AIDE informe.",
    "de": "{who}: Sie bekommen wieder SMS zu Ihrer Bewerbung. Kosten möglich. STOP beendet, HILFE hilft.",
}
_NO_CONTACT = {
    "en": "Say PERSON to reach someone.",
    "es": "Diga PERSONA para hablar con alguien.",
    "fr": "Dites PERSONNE pour joindre quelqu'un.",
    "de": "MENSCH holt jemanden.",
}
_CONTACT = {"en": "Help: {contact}", "es": "Ayuda: {contact}", "fr": "Aide : {contact}", "de": "Hilfe: {contact}"}
_NOBODY = {"en": "The employer", "es": "La empresa", "fr": "L'employeur", "de": "Der Arbeitgeber"}
_SHORTEST_NAME = 12


def help_text(employer: str, contact: str, language: str = "en") -> str:
    """Who writes, about what, what it costs, how it ends and whom to ask."""
    contact = " ".join(as_sms(contact).split())
    template, nobody = _said(_HELP, language), _said(_NO_CONTACT, language)
    where = _said(_CONTACT, language).format(contact=contact) if contact and is_gsm7(contact) else nobody
    if _room(template, where) < _SHORTEST_NAME:  # half an address helps nobody
        where = nobody
    return _with_name(template, employer, where, language)


def stopped_text(employer: str, language: str = "en") -> str:
    """The one confirmation of an opt-out."""
    return _with_name(_said(_STOPPED, language), employer, "", language)


def started_text(employer: str, language: str = "en") -> str:
    """The answer to START after an opt-out."""
    return _with_name(_said(_STARTED, language), employer, "", language)


def _said(texts: Mapping[str, str], language: str) -> str:
    return as_sms(texts.get(language, texts["en"]), language=language)


def _room(template: str, where: str = "") -> int:
    return 160 - count_segments(template.format(who="", where=where)).units


def _with_name(template: str, employer: str, where: str, language: str) -> str:
    return template.format(who=_name(employer, _room(template, where), _said(_NOBODY, language)), where=where)


def _name(employer: str, most: int, nobody: str) -> str:
    """The employer in letters of one segment, cut with dots when it is too long."""
    name = " ".join("".join(c for c in as_sms(employer) if is_gsm7(c)).split()) or nobody
    if count_segments(name).units <= most:
        return name
    while count_segments(name).units > most - 3:
        name = name[:-1]
    return f"{name.rstrip()}..."
