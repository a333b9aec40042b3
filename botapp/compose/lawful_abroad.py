"""Criteria an advert in Spanish, French or German sets that may not be asked, beside the questions `lawful` knows.

By the topics of `lawful`. A requirement that is lawful in itself is let through: of age, allowed to work, a language.
"""

import re

_ADULT = re.compile(
    r"\b(?:al menos|mayor de|como mínimo|au moins|plus de|mindestens|ab)\s+(?:1[4-9]|21)\b"
    r"|\b(?:1[68]|21) (?:ans minimum|años cumplidos)|\bmayor(?:es)? de edad|\bmajeur|\bvolljährig|\bedad m[ií]nima",
    re.I,
)
_RANGE = re.compile(r"\d\d ?(?:a|à|-|y|et|und|bis) ?\d\d", re.I)
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(pattern, re.I))
    for topic, pattern in (
        (
            "age",
            r"\bedad\b|\b\d\d ?(?:a|-|y) ?\d\d años\b(?! de experiencia)|\bgente joven|\b(?:chic[oa]s?|personas?) joven"
            r"|\bâgée?s?\b|\bâge\b|\b\d\d ?(?:à|-|et) ?\d\d ans\b(?! d['’]expérience)"
            r"|\bjeunes? (?:homme|femme|personne|candidat|diplômé)|\baltersgrenze|\balter\b|\bnicht älter als"
            r"|\b(?:zwischen )?\d\d (?:und|bis) \d\d jahre|\bjunge[nr]? (?:mann|frau|leute|mitarbeiter|kolleg)",
        ),
        (
            "sex or gender",
            r"\bg[eé]nero\b|\b(?:preferentemente|buscamos|se busca|se necesita) (?:a |una? )?(?:mujer|hombre|señorita"
            r"|var[oó]n|chica|chico)(?:es|s)?\b|\b(?:mujer|hombre|var[oó]n)(?:es)? (?:de|entre|con) \d\d"
            r"|\b(?:es|eres) (?:usted )?(?:hombre|mujer)|\buniquement des? (?:hommes?|femmes?)"
            r"|\b(?:un homme|une femme) (?:de|entre|ayant|pour)|\bêtes-vous (?:un homme|une femme)"
            r"|\b(?:männliche|weibliche)[nr]? (?:bewerber|mitarbeiter|kandidat|person)",
        ),
        ("marriage", r"\bsituation matrimoniale|\bsin compromisos?\b"),
        ("pregnancy", r"\bgestante|\belternzeit"),
        ("origin", r"\bextranjer[oa]s?\b|\bcitoyen\w* (?:français|européen)|\bausländer|\bdeutsche[rn]? pass\b"),
        ("religion", r"\bcreencias|\bcristian[oa]s?\b|\bcatholique|\bmusulman|\bkirchenzugehör|\bgetauft"),
        (
            "health or disability",
            r"\b(?:buena|su) salud\b|\bminusval|\b(?:bonne|votre) santé\b|\bgesundheitlich|\bvacunad|\bvacciné"
            r"|\bgeimpft",
        ),
        (
            "looks",
            r"\bbuena (?:presencia|imagen)|\bpresencia (?:f[ií]sica|impecable)|\bapariencia"
            r"|\baspecto (?:f[ií]sico|personal|limpio)|\bpresentaci[oó]n (?:impecable|personal)"
            r"|\bbonne présentation|\bprésentation (?:soignée|irréprochable)|\bapparence"
            r"|\bphysique (?:agréable|avantageux)|\bgepflegte[sn]? (?:äußeres|erscheinung\w*)|\berscheinungsbild"
            r"|\bäußeres\b|\blichtbild|\bcv (?:con foto|avec photo)",
        ),
    )
)


def protected_abroad(text: str) -> str:
    """The topic `text` asks about or sets in one of these languages, or ""."""
    for topic, pattern in _RULES:
        lawful_age = topic == "age" and _ADULT.search(text) and not _RANGE.search(text)
        if pattern.search(text) and not lawful_age:
            return topic
    return ""
