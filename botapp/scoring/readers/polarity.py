"""Yes and no in folded text, by meaning rather than by first word. Finds signs in order; decides nothing.

A sign is a favourable or unfavourable word: YES ("yep", "i do"), CAN ("no problem", "i can"), NO ("nope"),
CANT ("wont", "unable"). A negation that does not touch the topic of the question is WEAK: it must never
knock anyone out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from botapp.scoring.readers.words import listed, rx, words_of


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
    r"(?:absolutely |really |literally |of course )?(?:no|zero|0) (?:(?:big|real|such|hay"
    r"|single) )?(?:problem\w*|prob\w*|issues?|worries|trouble|biggie|big deal|sweat|doubts?|question about it"
    r"|questions asked|complaints?|objections?|concerns?|brainer|limitations?|restrictions? (?:at all|here|on)"
    r"|hay problema|hay pedo|hay pex|hay bronca|pasa nada|stress|stresses|difficult\w+|conflicts?|prblm|pb"
    r"|qualms?|obstacles?)(?: (?:at all|with (?:that|it|me|nights|weekends)|for me|here|whatsoever|man|bro))*"
    r"|not (?:a|an|any|really a|really an) (?:problem|issue|big deal|concern|bother)(?: at all)?|nbd|np|nw|n/p"
    r"|no prob\w*|not gonna be a problem|not be (?:a|an) (?:problem|issue)(?: at all)?|isnt (?:a|an) (?:problem"
    r"|issue)|aint (?:a|no) (?:problem|thing|issue)|(?:wont|wouldnt|shouldnt|will not|would not|doesnt|does not"
    r"|dont think (?:it|that)(?:ll|d| will| would)?|wont really) (?:be|cause|pose|see)? ?(?:a|an|any"
    r"|much of a)? ?(?:problem|issue|bother|trouble|bother me|hinder\w*|faze me|affect me|stop me)(?: at all"
    r"| for me)?|why not|dont see why not|(?:do ?nt|dont|do not|doesnt|wouldnt|would not|never"
    r"|not) mind(?: at all| it| that| working)*|no me importa|ca (?:ne )?me derange pas|cant wait|cannot wait"
    r"|couldnt be better|(?:dont|do not|didnt|never|havent|never ever) (?:really )?(?:have|had|see|foresee"
    r"|anticipate)(?: had)? (?:a|an|any|no) (?:\w+ )?(?:problems?|issues?|trouble|restrictions?|limitations?"
    r"|objections?|concerns?|difficult\w+|conflicts?)(?: at all| with (?:that|it))?|(?:is|its|thats|are|was|were"
    r"|been) never (?:a |an )?(?:problem|issue)s?|no hay (?:ningun )?problemas?|ningun problema"
    r"|sin (?:ningun )?(?:problemas?|pedo|duda|bronca)|como no|por supuesto|claro(?: que si)?|desde luego"
    r"|no tengo (?:ningun )?(?:problema|inconveniente)s?|ningun inconveniente|q(?:ue)? va|al contrario"
    r"|por que no|no hay pex|no hay tema|ninguna? restriccion|pas de (?:soucis?|problemes?|pb)|sans (?:soucis?"
    r"|problemes?|pb|hesiter)|aucuns? (?:soucis?|problemes?)|pourquoi pas|bien sur|volontiers|avec plaisir"
    r"|au contraire|ca me va|ca va|tout a fait|kein(?:e|erlei)? (?:problem\w*|thema|ding|sache)|null problemo?"
    r"|macht (?:mir )?nichts(?: aus)?|passt(?: mir| schon)?|gerne?|selbstverstandlich|naturlich|warum nicht"
)
_FINE = words_of(
    r"works(?: \w+)? (?:for|with) me|works (?:great|fine|well|perfect\w*)|that works|(?:im|i am|id be|i would be"
    r"|ill be|totally|all|perfectly|completely|more than|its|thats|thatd be|that would be|would be|nights are"
    r"|weekends are|its all) (?:ok|okay|fine|good|cool|down|comfortable|happy|great|perfect|willing|able|game"
    r"|open|up for it|ready|okay)(?: (?:with|to|for|on|by)(?: (?:that|it|me|this|do it|do that))?)?|fine (?:by"
    r"|with) me|cool with (?:it|that|me)|good with (?:it|that|me)|ok with (?:it|that|me)|sounds (?:good|great"
    r"|fine|perfect)|my jam|no other way|count me in|im in(?! (?!for|and|lol|thanks|bro|yes)[a-z])|im down"
    r"|down for (?:it|that|whatever)|happy to"
    r"|love (?:to|it|nights|working|that)|id love (?:to|that|it)|(?:i|ill|i will|we|gonna|can) make it work"
    r"|make it happen|(?:i|ill|i will|i would|id|sure|could|yall|we) (?:can|could|will|would|manage"
    r"|handle) (?:do )?(?:it|that|so|those|them|any|all|both|whatever)?|i can|i could|i will|i would|ill do it"
    r"|can do(?: (?:it|that|so|any|both))?|able to|i(?:m| am) able|easy|easily|piece of cake|all day(?: (?:long"
    r"|every day))?|i prefer (?:it|them|nights|that|weekends|outdoors)|prefer nights|my favou?rite|used to it"
    r"|im used to|i got (?:u|you|yall)|whatever (?:you|u|yall) need|whenever|anytime|any time|(?:si )?puedo"
    r"|yo puedo|me parece bien|me queda bien|me gusta|la prefiero|lo prefiero|encantad[oa]|dispuest[oa]|je peux"
    r"|jai lhabitude|g lhabitude|je prefere|kann ich|ich kann|geht (?:klar|in ordnung|bei mir|schon)|in ordnung"
    r"|mach ich|bin ich gewohnt"
)
_YES = words_of(
    r"(?:hell |heck |oh |fuck |ya |uh |well |um+ |and )?(?:ye+s+(?:s?ir|maam)?|ye+a+h*|y+e+p+|yup+|yea+|yah+"
    r"|ya(?! (?:casi|no|la|lo|me|tengo|mero))|yas+|yis|yess+ir\w*|yee|ye|aye|yiss|yesh|yse|yed|yws|tes|uhuh"
    r"|uh-huh|mhm+|mm-?hmm?|yuh|yurr*|yezzir|indeed|affirmative|absolutely|definitely|def|defo|deff|certainly"
    r"|totally|surely|sure(?: thing| do| am| can| did| have)?(?! (?:dont|do not|cant|wont|didnt|aint|havent"
    r"|not))|ofc|of course|course|obviously|obvi|fo sho|for sure|fasho|4sure|you bet|u bet|youbet|bet|10-4|roger"
    r"|correct|true|right|exactly|100 ?%?|100 percent|1000%|without (?:a )?doubt|you know it|u know it"
    r"|always have|always|ready|positive|si+p?|sim|simon|sip|exacto|afirmativo|correcto|efectivamente|oui|ouais"
    r"|ouaip|mouais|evidemment|carrement|exactement|jawohl|ja+|jo|jup|klar|na klar|aber ja|genau|sicher|doch"
    r"|auf jeden(?: fall)?|da|sim|y|yy|ys)|i (?:do|am|have|did|was|sure do|certainly do|already do)(?: (?:have"
    r"|hold|own) (?:it|one|mine|that|them|both|my own))?(?= ?(?:$|[,.!\n)]|and\b|since\b|too\b|yes\b|actually\b"
    r"|indeed\b|sir\b|maam\b|lol\b|have (?:it|one|mine|that|them|both|an?|my|the)\b))|i(?:ve)? (?:do )?(?:have"
    r"|got|hold|own)(?: (?:it|one|mine|that|them|both|my own|all of (?:it|them)))(?! (?:before|expired|revoked"
    r"|suspended|but))|got (?:it|one|mine|em|both)|i(?:ve)? (?:been|done) (?:it|that|there)(?: before)?|(?:la|lo"
    r"|los|las) tengo|tengo (?:uno|una)|si tengo|jen ai(?: une?)?|je lai|hab(?:e)? ich|ich habe? (?:einen|eine"
    r"|ihn|sie|es)|(?:still|currently|already|fully|both|all) (?:valid|active|current|certified|licensed|good"
    r"|have (?:it|one|mine))|(?:its|is|theyre|it is) (?:valid|active|current|up to date|good|in (?:my"
    r"|the) (?:hand|wallet))|up to date|in hand|in my (?:wallet|hand|pocket|name)|born (?:here|in the us\w*)"
    r"|valid (?:til|till|until|thru|through|for)|good (?:til|till|until|thru|through)|en regla|vigente|al dia"
    r"|a jour|en cours de validite|gultig"
)
_NO = words_of(
    r"(?:oh |hell |heck |fuck |um+ |well |and )?(?:nope|no+(?: no+)*|nah+|naw+|nay|negative|nuh-?uh"
    r"|not (?:really|at all|quite|yet|currently|anymore|any more|at the moment|right now|at this (?:time|moment"
    r"|point)|atm|rn|really no|a chance|for me|happening|ever|possible|interested)|never(?: ever| have| did"
    r"| once| before)?|absolutely not|definitely not|def not|of course not|certainly not|hell no|hard pass"
    r"|hard no|no way|no chance|nop|n|noo+|nnope|nein|nee+|ne|niet|nicht|non|nan|pas du tout|jamais|nunca"
    r"|tampoco|para nada|ni (?:modo|loca|loco)|keinesfalls|niemals|uberhaupt nicht|leider nicht|leider nein"
    r"|not likely|unlikely|i wish(?: i (?:could|did))?|afraid not|unfortunately not|no longer|none|nada|neither"
    r"|zilch)|i (?:do not|dont|am not|did not|didnt|have not|havent|havnt)(?= *$|[ ,.\n]+(?:sorry|unfortunately"
    r"|yet|anymore|but|currently|right|at|think so|believe so|have (?:one|it|any|that)))|dont have (?:one|it|any"
    r"|that|mine)|do not have (?:one|it|any|that)|dont think so|i (?:refuse|object|decline)(?: to)?"
    r"|havent (?:got|had) (?:one|it|any)|(?:its |is |has |was |mine |already |already been |got |been |has been "
    r"|is currently |my license )*(?:expired|lapsed|suspended|revoked|vencid[oa]|caducad[oa]|caduco"
    r"|suspendid[oa]|perimee?|suspendue?|abgelaufen|entzogen|ungultig|ran out)|no (?:la|lo|los|las) tengo"
    r"|no tengo|todavia no|aun no|pas encore|noch nicht|je nai pas|habe? ich nicht|hab(?:e)? (?:ich )?kein\w*"
    r"|leider|unfortunately|desgraciadamente|malheureusement"
)
_CANT = words_of(
    r"(?:i |id |we |am |im |really |just |simply |prob(?:ably)? )*(?:cant|cannot|can not|cnt|couldnt|could not"
    r"|wont|will not|wouldnt|would not|unable to|not able to|not allowed to|not willing to|not comfortable"
    r"|not down|not up for|not okay|not ok|not open to|not available|im not|i am not|refuse to|not gonna"
    r"|not going to)|(?:too|to) (?:hard|heavy|far|early|late|much|cold|hot|long)(?: for me)?|no puedo|no podria"
    r"|imposible|je (?:ne )?peux pas|impossible|(?:kann|konnte) (?:ich )?(?:das |leider )?nicht"
    r"|geht (?:bei mir )?nicht|geht leider nicht|no good (?:for me)?|doesnt work(?: for me)?|does not work"
    r"|wont work|no me (?:queda|conviene|es posible)|not a fan|rather not|too bad"
)
_DONT = words_of(
    r"(?:i |we )?(?:dont|do not|didnt|did not|havent|have not|hadnt|haven t|never|aint|isnt|is not|arent|not"
    r"|without|lack|lost|nicht|kein\w*|pas|jamais|nunca|no)"
)
_EMOJI_YES = re.compile(
    "[\U0001f44d\u2705\u2714\U0001f4af\U0001f64c\U0001f44c\u2611\U0001fae1\U0001f4aa\U0001f919\U0001f91d\U0001f64b\u270b\U0001f197]"
)
_EMOJI_NO = re.compile("[\U0001f44e\u274c\U0001f6ab\U0001f645\u26d4\u2716]")
_INTERJECTED = listed(
    "i im ive id ill sorry not never sir maam thanks thank thx ty we he she my its it but cuz because bc "
    "longer way unfortunately and just only lo la no tengo puedo pues que "
    "je ich es se me pero leider at more they theres there the can cant dont yet clue that this you u yes "
    "yeah yea si ja oui wait actually still jai jen moi im iam man bro bruh or "
    "havent didnt wont am had have been mostly currently sadly nope nah all by more less other one a an "
    "estoy soy ya todavia aun mais aber hab habe nur wir wait actually"
)
_WORD = re.compile(r"[a-z]+")
_SYNONYMS = {
    "night": "night",
    "nights": "night",
    "overnight": "night",
    "overnights": "night",
    "graveyard": "night",
    "nocturno": "night",
    "noche": "night",
    "nacht": "night",
    "nuit": "night",
    "weekend": "weeke",
    "weekends": "weeke",
    "saturday": "weeke",
    "saturdays": "weeke",
    "sunday": "weeke",
    "sundays": "weeke",
    "sat": "weeke",
    "sun": "weeke",
    "license": "licen",
    "licence": "licen",
    "licencia": "licen",
    "permit": "licen",
    "permiso": "licen",
    "permis": "licen",
    "cdl": "licen",
    "dl": "licen",
    "fuhrerschein": "licen",
    "schein": "licen",
    "certified": "certi",
    "cert": "certi",
    "certs": "certi",
    "card": "certi",
    "certification": "certi",
    "certificate": "certi",
    "ticket": "certi",
    "lift": "lift",
    "lifting": "lift",
    "pounds": "lift",
    "lbs": "lift",
    "lb": "lift",
    "move": "reloc",
    "moving": "reloc",
    "relocate": "reloc",
    "relocating": "reloc",
    "relocation": "reloc",
    "onsite": "site",
    "office": "site",
    "site": "site",
    "commute": "site",
    "car": "car",
    "vehicle": "car",
    "transportation": "trans",
    "ride": "trans",
    "sponsorship": "visa",
    "visa": "visa",
    "sponsor": "visa",
    "experience": "exper",
    "background": "backg",
    "drug": "drug",
    "test": "drug",
    "authorized": "autho",
    "papers": "autho",
    "documents": "autho",
    "work": "work",
    "worked": "work",
    "working": "work",
}
_EMPTY = listed(
    "have would could with that this your you are able been for the any will from there what does which "
    "when more least must need needed come them they into hold time hours hour week shift shifts day days "
    "valid current currently work worked working"
)


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
    noun = " ".join(_claims(text, end).split()[:2])
    return Sign.NO if stems(noun) & topic else Sign.WEAK_NO


_NEGATED = rx(r"\b(?:never|dont|not|havent|didnt|cant|wont|isnt|aint|without|hardly|nor|neither) $")
_JUST_THAT = rx(
    r" ?(?:do|make|work|commit|sorry|come|go|attend|unfortunately|rn|currently|yet|tho|though|have|did|done"
    r"|be|im|really)?(?: (?:got|had|have|did|done|been|worked)?(?: ?(?:one|it|that|any|them"
    r"|there))?)?(?: ?(?:due|because|cuz|cause|bc|since|as|sorry|unfortunately|rn|anymore|at the moment"
    r"|right now)\b.*)? ?"
)


def _denies(text: str, end: int, topic: frozenset[str], sign: Sign) -> Sign:
    rest = _claims(text, end)
    if (
        not rest.split()
        or _JUST_THAT.fullmatch(rest)
        or stems(rest) & topic
        or re.match(r"\s(?:do|make|work) (?:it|that|this|so|those)\b|\s(?:it|that|this)\b", rest)
    ):
        return sign
    return Sign.WEAK_NO


def signs(text: str, topic: frozenset[str]) -> list[Found]:
    """All signs in order, none overlapping: idioms before words, words before mere negations."""
    taken = bytearray(len(text))
    found = [f for pattern, sign in _ORDER for f in _scan(pattern, sign, text, topic, taken)]
    found.sort(key=lambda f: f.start)
    return [
        f
        for f in found
        if f.sign not in (Sign.YES, Sign.CAN) or not _NEGATED.search(text[max(0, f.start - 12) : f.start])
    ]


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
