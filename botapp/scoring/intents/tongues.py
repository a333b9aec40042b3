"""The languages a conversation can be had in: which one is asked for, which one is written, and short words in each.

Pure, by rules, for English, Spanish, French and German. It guarantees that a sentence about a language ("I speak
Spanish with my customers") is no wish to switch, and that a doubtful text counts as no language at all.
"""

import re
from typing import Final

from botapp.llm.tasks import Intent
from botapp.scoring.readers.words import fold, rx

LANGUAGES: Final = ("en", "es", "fr", "de")
_NAMES: Final = {
    "en": r"(?:english|ingles|anglais|englisch)",
    "es": r"(?:spanish|espanol|espagnol|spanisch|castellano)",
    "fr": r"(?:french|frances|francais|franzosisch)",
    "de": r"(?:german|aleman|allemand|deutsch)",
}
_ANY: Final = "|".join(_NAMES.values())
_LEAD: Final = (
    r"(?:(?:hi|hello|hola|bonjour|hallo|ok|sorry|perdon|pardon|yes|si|oui|ja|no|non|nein|please|pls|por favor|bitte"
    r"|svp|mejor|lieber|plutot)[ ,.!]+)*"
)
_PLEASE: Final = (
    r"(?:[ ,]+(?:please|pls|plz|por favor|porfa|svp|sil vous plait|sil te plait|bitte|thanks|gracias|merci|danke))*"
)
_WISH: Final = rx(
    rf"^{_LEAD}(?:(?:in|en|auf|au) )?(?:{_ANY}){_PLEASE}[ ?.!]*$"
    rf"|\b(?:can|could|may|shall) (?:we|i|you|u)\b[^.?!\n]{{0,40}}\b(?:in|to) (?:{_ANY})\b"
    rf"|(?:^|[.!?,] ?|\b(?:please|pls|lets|us|to) )(?:switch|change|continue|go on|write|talk|speak|do (?:this|it)"
    rf"|answer)\b[^.?!\n]{{0,25}}\b(?:in|to) "
    rf"(?:{_ANY}) ?(?:please|pls|instead|$|[.?!])"
    rf"|\b(?:do|can) (?:you|u) (?:speak|understand|write|have) (?:{_ANY})\b|\b(?:id|i would) (?:rather|prefer)"
    rf"\b[^.?!\n]{{0,25}}\bin (?:{_ANY})\b"
    rf"|\b(?:podemos|puedo|puede\w*|podria\w*|se puede|prefiero|preferiria|quiero|sigamos|seguir)"
    rf"\b[^.?!\n]{{0,35}}\ben (?:{_ANY})\b"
    rf"|\b(?:habla|hablas|entiende|entiendes)(?: usted)? (?:{_ANY})\b|\ben (?:{_ANY}),? por favor\b"
    rf"|\b(?:peut[- ]on|pouvons[- ]nous|pouvez[- ]vous|puis[- ]je|je (?:prefere|voudrais|veux)|continu\w+|on peut)"
    rf"\b[^.?!\n]{{0,35}}\ben (?:{_ANY})\b|\b(?:parlez[- ]vous|vous parlez|tu parles) (?:{_ANY})\b"
    rf"|\ben (?:{_ANY}),? (?:svp|sil vous plait)\b"
    rf"|\b(?:konnen wir|kann ich|konnen sie|kannst du|geht (?:das|es)|ich mochte|lieber|bitte|weiter)\b[^.?!\n]{{0,30}}"
    rf"\bauf (?:{_ANY})\b|\b(?:sprechen sie|sprichst du) (?:{_ANY})\b|\bauf (?:{_ANY}),? bitte\b"
)
# "No hablo inglés": whoever says so wants their own language.
_SPEAKS_NO: Final = {
    "es": rx(r"^(?:(?:hola|perdon|lo siento)[ ,.!]+)*no (?:hablo|entiendo|se)(?: (?:mucho|bien|el))? ingles\b"),
    "fr": rx(r"^(?:(?:bonjour|pardon|desole\w*)[ ,.!]+)*je ne (?:parle|comprends) pas(?: bien)? (?:l)?anglais\b"),
    "de": rx(
        r"^(?:(?:hallo|sorry|entschuldigung)[ ,.!]+)*ich (?:spreche|verstehe|kann)(?: leider)? "
        r"(?:kein|nicht gut) englisch\b"
    ),
}
_BARE: Final = rx(rf"^{_LEAD}(?:(?:in|en|auf|au) )?(?:{_ANY})[ ?.!]*$")
_ABOUT_LANGUAGES: Final = rx(rf"\b(?:languages?|speak|idiomas?|habla\w*|langues?|parl\w+|sprach\w*|sprech\w*|{_ANY})\b")
_LONGEST_WISH: Final = 160

_WORDS: Final = {
    "en": "the and is are was were i my you your we it of to for with this that have has had do dont not can what how"
    " when at on in would because they but so about been from there just yes im",
    "es": "el la los las un una y es son yo mi que de en con por para no tengo tiene he estoy puedo como cuando pero"
    " porque muy mas se lo trabajo trabaje trabajado anos si del al este esta eso mis hace fue era nunca siempre",
    "fr": "le la les un une et est sont je mon ma que de en avec pour dans pas jai suis peux vous nous cest ce cette"
    " quand mais parce tres plus au aux des du travail travaille ans oui il elle ete etait sur ne qui mes depuis",
    "de": "der die das ein eine und ist sind ich mein meine dass von in mit fur auf nicht habe hat bin kann wie wann"
    " aber weil sehr mehr zu zum zur im am seit jahre ja wir sie es den dem war wurde auch noch nur bei gearbeitet",
}
_SETS: Final = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_LEAST: Final = 3  # words of a language that tell it


def language_wished(text: str, question: str = "", *, offered: bool = False) -> str:
    """The language (ISO 639-1) that is asked for; "" when none is.

    A bare name is a wish, unless the question is about languages and the switch was not offered.
    """
    folded = fold(text)
    if len(folded) > _LONGEST_WISH:
        return ""
    if own := next((language for language, speaks_no in _SPEAKS_NO.items() if speaks_no.search(folded)), ""):
        return own
    said = _WISH.search(folded)
    if said is None:
        return ""
    if _BARE.match(folded) and not offered and _ABOUT_LANGUAGES.search(fold(question)):
        return ""
    named = [language for language, names in _NAMES.items() if re.search(names, said[0])]
    return named[0] if len(named) == 1 else ""


def only_wishes_language(text: str) -> bool:
    """Whether nothing else is said."""
    folded = fold(text)
    said = _WISH.search(folded) or next((m for m in (p.search(folded) for p in _SPEAKS_NO.values()) if m), None)
    rest = folded if said is None else f"{folded[: said.start()]} {folded[said.end() :]}"
    return len(re.findall(r"\w{2,}", rest)) <= 3


def language_of(text: str) -> str:
    """The language a text is written in; "" when it is short, mixed or another."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    counts = sorted(((sum(word in own for word in words), language) for language, own in _SETS.items()), reverse=True)
    (most, language), (next_most, _) = counts[0], counts[1]
    return language if most >= max(_LEAST, 0.25 * len(words)) and most >= next_most + 2 else ""


_WHOLE: Final = {
    Intent.HUMAN: r"(?:una )?person(?:a|ne)|menschen?|(?:ich (?:will|mochte) )?(?:einen? )?mensch(?:en)?",
    Intent.LATER: r"luego|mas tarde|plus tard|spater",
    Intent.SKIP: r"skip|saltar(?:la)?|salto|omitir|siguiente(?: pregunta)?|passer|passe|question suivante|uberspringen"
    r"|weglassen|nachste frage|next question",
    Intent.REPEAT: r"(?:que|como|perdon)\?|no (?:le |te |lo |la )?entiendo\b.{0,30}"
    r"|no (?:he |lo he )?entendi(?:do)?\b.{0,30}"
    r"|(?:que (?:quiere|quieres|significa)\b.{0,20})|(?:puede|podria) (?:repetir|explicar)\w*\b.{0,20}"
    r"|(?:quoi|pardon|comment)\?|je (?:ne )?comprends pas\b.{0,25}"
    r"|je nai pas (?:bien )?compris\b.{0,25}"
    r"|(?:que voulez[- ]vous dire|quest[- ]ce que (?:ca|cela) veut dire)\b.{0,10}"
    r"|pouvez[- ]vous (?:repeter|expliquer)\b.{0,20}"
    r"|(?:was|wie) bitte\??|(?:das |die frage )?(?:verstehe?|versteh) ich nicht\b.{0,20}"
    r"|ich verstehe?(?: (?:das|die frage|es))? nicht\b.{0,20}"
    r"|(?:ich habe )?(?:das |die frage |es )?nicht (?:ganz )?verstanden"
    r"|was (?:meinen sie|meinst du|heisst das|bedeutet das)\b.{0,15}|konnen sie das (?:erklaren|wiederholen)\b.{0,10}",
    Intent.WRONG_PERSON: r"(?:numero (?:equivocado|incorrecto|errone|incorrect)|(?:cest "
    r"|vous avez )?(?:un )?(?:mauvais numero|faux numero)|falsche nummer|falsch verbunden)\b.{0,20}",
}
_COMMANDS: Final = {intent: rx(rf"^[¿¡ ]*(?:{words}){_PLEASE}[ .!?]*$") for intent, words in _WHOLE.items()}
_OBJECTS: Final = rx(
    r"\bno quiero (?:que )?[^.?!\n]{0,30}\b(?:evalu\w+|puntu\w+|juzg\w+|decida)[^.?!\n]{0,25}\b(?:maquina|robot|bot|ia"
    r"|ordenador|algoritmo|computadora)\b"
    r"|\bje (?:ne )?(?:veux|souhaite|refuse)(?: pas)?[^.?!\n]{0,30}\b(?:note\w*|evalu\w+|juge\w*|decide)[^.?!\n]{0,25}"
    r"\b(?:machine|robot|ia|ordinateur|algorithme)\b"
    r"|\bich (?:will|mochte|werde)[^.?!\n]{0,15}\b(?:nicht|keine)[^.?!\n]{0,40}\b(?:maschine\w*|computer|roboter|bot|ki"
    r"|algorithmus)[^.?!\n]{0,25}\b(?:bewert\w+|beurteil\w+|entscheid\w+)"
    r"|\b(?:keine|gegen (?:die )?)(?: )?automati\w+ (?:bewertung|entscheidung)\b"
)
_PUT_OFF: Final = rx(
    r"\b(?:ahora no|ahorita no|no puedo ahora|mejor (?:manana|luego|mas tarde|despues)|escrib[ae]me (?:manana|luego"
    r"|mas tarde|despues)|(?:hablamos|seguimos|sigamos|podemos seguir|puede ser|lo dejamos para|continuamos) (?:manana"
    r"|luego|mas tarde|despues|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)))\b"
    r"|\b(?:pas maintenant|pas le temps|je suis occupee?|on (?:continue|reprend) (?:plus tard|demain)|plutot demain"
    r"|(?:ecrivez|recontactez|contactez)[- ]moi (?:demain|plus tard|ce soir)|je (?:continue|reprends|reviens) (?:demain"
    r"|plus tard))\b"
    r"|\b(?:jetzt nicht|nicht jetzt|gerade (?:keine zeit|nicht|schlecht)|keine zeit|(?:lieber|besser|machen wir"
    r"|weiter) (?:morgen|spater|am (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag))"
    r"|(?:schreiben sie|melden sie sich)(?: mir| bitte)* (?:morgen|spater))\b"
)
_LONGEST_PUT_OFF: Final = 120


def short_wish(text: str) -> Intent | None:
    """What a short message in Spanish, French or German (or one of our own command words) asks for, if it is one."""
    folded = " ".join(fold(text).split())
    for intent, words in _COMMANDS.items():
        if words.match(folded):
            return intent
    if len(folded) <= _LONGEST_PUT_OFF and _PUT_OFF.search(folded):
        return Intent.LATER
    return Intent.OBJECTION if _OBJECTS.search(folded) else None
