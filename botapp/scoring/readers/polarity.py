"""Yes and no in folded text, by meaning rather than by first word. Finds signs in order; decides nothing.

A sign is a favourable or unfavourable word: YES ("yep", "i do"), CAN ("no problem", "i can"), NO ("nope", "i dont have one"),
CANT ("wont", "unable"). A negation that does not touch the topic of the question is WEAK: it must never knock anyone out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from botapp.scoring.readers.words import words_of


class Sign(StrEnum):
    YES = "yes"
    CAN = "can"
    NO = "no"
    CANT = "cant"
    WEAK_NO = "weak_no"
    WEAK_YES = "weak_yes"


@dataclass(frozen=True)
class Found:
    sign: Sign
    start: int
    end: int
    bare: bool = False  # an interjection, not a statement


# Negative in form, favourable in meaning: found first and put out of the way.
_FAVOURABLE = words_of(
    r"(?:absolutely |really |literally |of course )?(?:no|zero|0) (?:(?:big|real|such|hay|single) )?(?:problem\w*|prob\w*|issues?|worries|trouble|biggie|big deal|sweat|doubts?|question about it|questions asked|complaints?|objections?|concerns?|brainer|limitations?|restrictions? (?:at all|here|on)|hay problema|hay pedo|hay pex|hay bronca|pasa nada|stress|stresses|difficult\w+|conflicts?|prblm|pb|qualms?|obstacles?)(?: (?:at all|with (?:that|it|me|nights|weekends)|for me|here|whatsoever|man|bro))*",
    r"not (?:a|an|any|really a|really an) (?:problem|issue|big deal|concern|bother)(?: at all)?", r"nbd", r"np", r"nw", r"n/p", r"no prob\w*", r"not gonna be a problem", r"not be (?:a|an) (?:problem|issue)(?: at all)?", r"isnt (?:a|an) (?:problem|issue)", r"aint (?:a|no) (?:problem|thing|issue)", r"(?:wont|wouldnt|shouldnt|will not|would not|doesnt|does not|dont think (?:it|that)(?:ll|d| will| would)?|wont really) (?:be|cause|pose|see)? ?(?:a|an|any|much of a)? ?(?:problem|issue|bother|trouble|bother me|hinder\w*|faze me|affect me|stop me)(?: at all| for me)?",
    r"why not", r"dont see why not", r"(?:do ?nt|dont|do not|doesnt|wouldnt|would not|never|not) mind(?: at all| it| that| working)*", r"no me importa", r"ca (?:ne )?me derange pas", r"cant wait", r"cannot wait", r"couldnt be better", r"(?:dont|do not|didnt|never|havent|never ever) (?:really )?(?:have|had|see|foresee|anticipate)(?: had)? (?:a|an|any|no) (?:\w+ )?(?:problems?|issues?|trouble|restrictions?|limitations?|objections?|concerns?|difficult\w+|conflicts?)(?: at all| with (?:that|it))?",
    r"(?:is|its|thats|are|was|were|been) never (?:a |an )?(?:problem|issue)s?", r"no hay (?:ningun )?problemas?", r"ningun problema", r"sin (?:ningun )?(?:problemas?|pedo|duda|bronca)", r"como no", r"por supuesto", r"claro(?: que si)?", r"desde luego", r"no tengo (?:ningun )?(?:problema|inconveniente)s?", r"ningun inconveniente", r"q(?:ue)? va", r"al contrario", r"por que no", r"no hay pex", r"no hay tema", r"ninguna? restriccion",
    r"pas de (?:soucis?|problemes?|pb)", r"sans (?:soucis?|problemes?|pb|hesiter)", r"aucuns? (?:soucis?|problemes?)", r"pourquoi pas", r"bien sur", r"volontiers", r"avec plaisir", r"au contraire", r"ca me va", r"ca va", r"tout a fait", r"kein(?:e|erlei)? (?:problem\w*|thema|ding|sache)", r"null problemo?", r"macht (?:mir )?nichts(?: aus)?", r"passt(?: mir| schon)?", r"gerne?", r"selbstverstandlich", r"naturlich", r"warum nicht",
)  # fmt: skip
_FINE = words_of(
    r"works(?: \w+)? (?:for|with) me", r"works (?:great|fine|well|perfect\w*)", r"that works", r"(?:im|i am|id be|i would be|ill be|totally|all|perfectly|completely|more than|its|thats|thatd be|that would be|would be|nights are|weekends are|its all) (?:ok|okay|fine|good|cool|down|comfortable|happy|great|perfect|willing|able|game|open|up for it|ready|okay)(?: (?:with|to|for|on|by)(?: (?:that|it|me|this|do it|do that))?)?", r"fine (?:by|with) me", r"cool with (?:it|that|me)", r"good with (?:it|that|me)", r"ok with (?:it|that|me)", r"sounds (?:good|great|fine|perfect)", r"my jam", r"no other way", r"count me in", r"im in", r"im down", r"down for (?:it|that|whatever)", r"happy to", r"love (?:to|it|nights|working|that)", r"id love (?:to|that|it)", r"(?:i|ill|i will|we|gonna|can) make it work", r"make it happen", r"(?:i|ill|i will|i would|id|sure|could|yall|we) (?:can|could|will|would|manage|handle) (?:do )?(?:it|that|so|those|them|any|all|both|whatever)?", r"i can", r"i could", r"i will", r"i would", r"ill do it", r"can do(?: (?:it|that|so|any|both))?", r"able to", r"i(?:m| am) able", r"easy", r"easily", r"piece of cake", r"all day(?: (?:long|every day))?", r"i prefer (?:it|them|nights|that|weekends|outdoors)", r"prefer nights", r"my favou?rite", r"used to it", r"im used to", r"i got (?:u|you|yall)", r"whatever (?:you|u|yall) need", r"whenever", r"anytime", r"any time",
    r"(?:si )?puedo", r"yo puedo", r"me parece bien", r"me queda bien", r"me gusta", r"la prefiero", r"lo prefiero", r"encantad[oa]", r"dispuest[oa]", r"je peux", r"jai lhabitude", r"g lhabitude", r"je prefere", r"kann ich", r"ich kann", r"geht (?:klar|in ordnung|bei mir|schon)", r"in ordnung", r"mach ich", r"bin ich gewohnt",
)  # fmt: skip
_YES = words_of(
    r"(?:hell |heck |oh |fuck |ya |uh |well |um+ |and )?(?:ye+s+(?:s?ir|maam)?|ye+a+h*|y+e+p+|yup+|yea+|yah+|ya(?! (?:casi|no|la|lo|me|tengo|mero))|yas+|yis|yess+ir\w*|yee|ye|aye|yiss|yesh|yse|yed|yws|tes|uhuh|uh-huh|mhm+|mm-?hmm?|yuh|yurr*|yezzir|indeed|affirmative|absolutely|definitely|def|defo|deff|certainly|totally|surely|sure(?: thing| do| am| can| did| have)?|ofc|of course|course|obviously|obvi|fo sho|for sure|fasho|4sure|you bet|u bet|youbet|bet|10-4|roger|correct|true|right|exactly|100 ?%?|100 percent|1000%|without (?:a )?doubt|you know it|u know it|always have|always|ready|positive|si+p?|sim|simon|sip|exacto|afirmativo|correcto|efectivamente|oui|ouais|ouaip|mouais|evidemment|carrement|exactement|jawohl|ja+|jo|jup|klar|na klar|aber ja|genau|sicher|doch|auf jeden(?: fall)?|da|sim|y|yy|ys)",
    r"i (?:do|am|have|did|was|sure do|certainly do|already do)(?: (?:have|hold|own) (?:it|one|mine|that|them|both|my own))?(?! (?:not|n[ot]t|never|no|a|an|the|to|about|like|some|any|my|one|two|bad|in|at|on|for|it|that|have|was|been|is|\d))", r"i (?:do )?(?:have|got|hold|own)(?: (?:it|one|mine|that|them|both|my own|all of (?:it|them)))(?! (?:before|expired|revoked|suspended|but))", r"got (?:it|one|mine|em|both)", r"i(?:ve)? (?:been|done) (?:it|that|there)(?: before)?", r"(?:la|lo|los|las) tengo", r"tengo (?:uno|una)", r"si tengo", r"jen ai(?: une?)?", r"je lai", r"hab(?:e)? ich", r"ich habe? (?:einen|eine|ihn|sie|es)",
    r"(?:still|currently|already|fully|both|all) (?:valid|active|current|certified|licensed|good|have (?:it|one|mine))", r"(?:its|is|theyre|it is) (?:valid|active|current|up to date|good|in (?:my|the) (?:hand|wallet))", r"up to date", r"in hand", r"in my (?:wallet|hand|pocket|name)", r"born (?:here|in the us\w*)", r"valid (?:til|till|until|thru|through|for)", r"good (?:til|till|until|thru|through)", r"en regla", r"vigente", r"al dia", r"a jour", r"en cours de validite", r"gultig",
)  # fmt: skip
_NO = words_of(
    r"(?:oh |hell |heck |fuck |um+ |well |and )?(?:nope|no+(?: no+)*|nah+|naw+|nay|negative|nuh-?uh|not (?:really|at all|quite|yet|currently|anymore|any more|at the moment|right now|at this time|atm|rn|really no|a chance|for me|happening|ever|possible|interested)|never(?: ever| have| did| once| before)?|absolutely not|definitely not|def not|of course not|certainly not|hell no|hard pass|hard no|no way|no chance|nop|noo+|nnope|nein|nee+|ne|niet|nicht|non|nan|pas du tout|jamais|nunca|tampoco|para nada|ni (?:modo|loca|loco)|keinesfalls|niemals|uberhaupt nicht|leider nicht|leider nein|not likely|unlikely|i wish(?: i (?:could|did))?|afraid not|unfortunately not|no longer|none|nada|neither|zilch)",
    r"i (?:do not|dont|am not|did not|didnt|have not|havent|havnt)(?= *$|[ ,.\n]+(?:sorry|unfortunately|yet|anymore|but|currently|right|at|think so|believe so|have (?:one|it|any|that)))", r"dont have (?:one|it|any|that|mine)", r"do not have (?:one|it|any|that)", r"dont think so", r"i (?:refuse|object|decline)(?: to)?", r"havent (?:got|had) (?:one|it|any)", r"(?:its |is |has |was |mine |already |already been |got |been |has been |is currently |my license )*(?:expired|lapsed|suspended|revoked|vencid[oa]|caducad[oa]|caduco|suspendid[oa]|perimee?|suspendue?|abgelaufen|entzogen|ungultig|ran out)", r"no (?:la|lo|los|las) tengo", r"no tengo", r"todavia no", r"aun no", r"pas encore", r"noch nicht", r"je nai pas", r"habe? ich nicht", r"hab(?:e)? (?:ich )?kein\w*", r"leider", r"unfortunately", r"desgraciadamente", r"malheureusement",
)  # fmt: skip
_CANT = words_of(r"(?:i |id |we |really |just |simply |prob(?:ably)? )*(?:cant|cannot|can not|cnt|couldnt|could not|wont|will not|wouldnt|would not|unable to|not able to|not allowed to|not willing to|not comfortable|not down|not up for|not okay|not ok|not open to|not available|im not|i am not|refuse to|not gonna|not going to)", r"(?:too|to) (?:hard|heavy|far|early|late|much|cold|hot|long)(?: for me)?", r"no puedo", r"no podria", r"imposible", r"je (?:ne )?peux pas", r"impossible", r"(?:kann|konnte) (?:ich )?(?:das |leider )?nicht", r"geht (?:bei mir )?nicht", r"geht leider nicht", r"no good (?:for me)?", r"doesnt work(?: for me)?", r"does not work", r"wont work", r"no me (?:queda|conviene|es posible)", r"not a fan", r"rather not", r"too bad")  # fmt: skip
_DONT = words_of(r"(?:i |we )?(?:dont|do not|didnt|did not|havent|have not|hadnt|haven t|never|aint|isnt|is not|arent|not|without|lack|lost|nicht|kein\w*|pas|jamais|nunca|no)")  # fmt: skip
_EMOJI_YES = re.compile("[\U0001f44d\u2705\u2714\U0001f4af\U0001f64c\U0001f44c\u2611\U0001fae1\U0001f4aa\U0001f919\U0001f91d\U0001f64b\u270b\U0001f197]")
_EMOJI_NO = re.compile("[\U0001f44e\u274c\U0001f6ab\U0001f645\u26d4\u2716]")
_INTERJECTED = frozenset(
    "i im ive id ill sorry not never sir maam thanks thank thx ty we he she my its it but cuz because bc longer way unfortunately and just only lo la no tengo puedo pues que "
    "je ich es se me pero leider at more they theres there the can cant dont yet clue that this you u yes yeah yea si ja oui wait actually still jai jen moi im iam man bro bruh or "
    "havent didnt wont am had have been mostly currently sadly nope nah all by more less other one a an estoy soy ya todavia aun mais aber hab habe nur wir wait actually".split()
)
_WORD = re.compile(r"[a-z]+")
_SYNONYMS = {
    "night": "night", "nights": "night", "overnight": "night", "overnights": "night", "graveyard": "night", "nocturno": "night", "noche": "night", "nacht": "night", "nuit": "night",
    "weekend": "weeke", "weekends": "weeke", "saturday": "weeke", "saturdays": "weeke", "sunday": "weeke", "sundays": "weeke", "sat": "weeke", "sun": "weeke",
    "license": "licen", "licence": "licen", "licencia": "licen", "permit": "licen", "permiso": "licen", "permis": "licen", "cdl": "licen", "dl": "licen", "fuhrerschein": "licen", "schein": "licen",
    "certified": "certi", "cert": "certi", "certs": "certi", "card": "certi", "certification": "certi", "certificate": "certi", "ticket": "certi", "lift": "lift", "lifting": "lift", "pounds": "lift", "lbs": "lift", "lb": "lift",
    "move": "reloc", "moving": "reloc", "relocate": "reloc", "relocating": "reloc", "relocation": "reloc", "onsite": "site", "office": "site", "site": "site", "commute": "site",
    "car": "car", "vehicle": "car", "transportation": "trans", "ride": "trans", "sponsorship": "visa", "visa": "visa", "sponsor": "visa", "experience": "exper", "background": "backg", "drug": "drug", "test": "drug", "authorized": "autho", "papers": "autho", "documents": "autho", "work": "work", "worked": "work", "working": "work",
}  # fmt: skip
_EMPTY = frozenset("have would could with that this your you are able been for the any will from there what does which when more least must need needed come them they into hold time hours hour week shift shifts day days valid current currently work worked working".split())


def stems(text: str) -> frozenset[str]:
    """What a text is about: word stems without the words every question has."""
    return frozenset(_SYNONYMS.get(w, w[:5]) for w in _WORD.findall(text) if len(w) > 2 and w not in _EMPTY)


def _claims(text: str, start: int) -> str:
    """The words right after a negation, up to the end of its clause."""
    cut = re.match(r"[^,.;!?\n]{0,60}", text[start:])
    return cut[0] if cut else ""


def _no_or_weak(text: str, end: int, topic: frozenset[str]) -> Sign:
    """A "no" before a noun denies the noun; only a noun of the question makes it an answer."""
    after = re.match(r"\s([a-z]+)", text[end:])
    if not after or after[1] in _INTERJECTED:
        return Sign.NO
    return Sign.NO if stems(_claims(text, end)) & topic else Sign.WEAK_NO


def _denies(text: str, end: int, topic: frozenset[str], sign: Sign) -> Sign:
    rest = _claims(text, end)
    if len(rest.split()) <= 1 or stems(rest) & topic or re.match(r"\s(?:do|make|work) (?:it|that|this|so|those)\b|\s(?:it|that|this)\b", rest):
        return sign
    return Sign.WEAK_NO


def signs(text: str, topic: frozenset[str]) -> list[Found]:
    """All signs in order, none overlapping: idioms before words, words before mere negations."""
    taken = bytearray(len(text))
    found = [f for pattern, sign in _ORDER for f in _scan(pattern, sign, text, topic, taken)]
    return sorted(found, key=lambda f: f.start)


def _scan(pattern: re.Pattern[str], sign: Sign, text: str, topic: frozenset[str], taken: bytearray) -> Iterator[Found]:
    for m in pattern.finditer(text):
        if any(taken[m.start() : m.end()]):
            continue
        taken[m.start() : m.end()] = b"\1" * (m.end() - m.start())
        yield _judged(sign, m, text, topic)


def _judged(sign: Sign, m: re.Match[str], text: str, topic: frozenset[str]) -> Found:
    bare = len(m[0].split()) <= 2
    if sign is Sign.NO and m[0].endswith("never"):
        return Found(_denies(text, m.end(), topic, sign), m.start(), m.end(), bare)
    if sign is Sign.NO:
        return Found(_no_or_weak(text, m.end(), topic), m.start(), m.end(), bare)
    if sign is Sign.CANT:
        return Found(_denies(text, m.end(), topic, sign), m.start(), m.end())
    if sign is Sign.WEAK_NO:
        strong = stems(_claims(text, m.end())) & topic
        return Found(Sign.NO if strong else sign, m.start(), m.end())
    return Found(sign, m.start(), m.end(), bare)


_ORDER = (
    (_FAVOURABLE, Sign.CAN),
    (_EMOJI_YES, Sign.YES),
    (_EMOJI_NO, Sign.NO),
    (_CANT, Sign.CANT),
    (_NO, Sign.NO),
    (_DONT, Sign.WEAK_NO),
    (_FINE, Sign.CAN),
    (_YES, Sign.YES),
)
