"""What may not be asked of a candidate, why, and what may be asked instead.

One list for drafting, editing and checking. Errs towards refusing; a requirement that is lawful in itself (adult age,
right to work, lifting with or without accommodation) is let through.
"""

import re
from dataclasses import dataclass

from botapp.compose.lawful_abroad import protected_abroad


@dataclass(frozen=True, slots=True)
class Protected:
    """`topic` is protected; `alternative` is the lawful question about the job."""

    topic: str
    alternative: str


def _rule(topic: str, pattern: str, alternative: str) -> tuple[Protected, re.Pattern[str]]:
    return Protected(topic, alternative), re.compile(pattern, re.I)


_SHIFT = "whether they can work the hours of the job"
_RULES: tuple[tuple[Protected, re.Pattern[str]], ...] = (
    _rule(
        "pregnancy",
        r"\bpregnan|\bexpecting\b(?! (?:to|that))|maternity|paternity|(?:plan\w*|want\w*|start\w*"
        r"|having) (?:on )?(?:to have |having |to start |starting |for )?(?:a |any |more )?(?:family"
        r"|bab(?:y|ies)|kids|children)|\bon leave\b|parental leave",
        _SHIFT,
    ),
    _rule(
        "children and family",
        r"\b(?:have|has|having|got|any|own|her|his|their|your|with|about|of|no) (?:\w+ )?(?:kids"
        r"|children|toddlers|dependents|dependants)\b(?! (?:menu|section|department|program))"
        r"|\b(?:kids|children)\b (?:at home|of (?:their|your) own|around)|\bchild ?care\b(?! (?:worker"
        r"|assistant|experience|provider|centre|center|qualification|setting|certif))"
        r"|\bday ?care (?:plans|arrangements)|\bfamily (?:status|plans|situation|commitments"
        r"|obligations)|\b(?:mum|mom|mother|father|parent|dad)s?\b of\b"
        r"|\bhow many (?:kids|children|dependents)\b(?! (?:do(?:es)? (?:a|the|your) |were|was|in))"
        r"|\bnumber of (?:kids|children)\b"
        r"|\bhow big is (?:your|their) family|\bwho looks after (?:your|their)|\b(?:what|where) (?:do |does "
        r"|did )?(?:your|their|his|her) (?:parents?|family|father|mother)"
        r"|\b(?:your|their) parents'? (?:jobs?|work|occupation)|\bsingle (?:mum|mom|mother|parent|dad)"
        r"|\bcar(?:e|ing) responsibilities",
        _SHIFT,
    ),
    _rule(
        "marriage",
        r"\bmarried\b|\bmarital|\bspouse|\bhusband|\bwife\b|\bsingle or\b|\bboyfriend|\bgirlfriend"
        r"|\bmaiden name|\bdivorce",
        _SHIFT,
    ),
    _rule(
        "age",
        r"\bhow old\b|\b(?:date|year|day|month) of birth|\bd\.?o\.?b\b|\bbirth ?(?:day|date|year)"
        r"|\bwhen (?:were|was|are) \w+ born|\byear \w+ (?:were|was) born|\b(?:your|their|her|his"
        r"|candidate'?s|the|ask|exact|about) ages?\b(?! group| range of)|\bage (?:range|limit|group"
        r"|bracket|between)\b"
        r"|\b(?:between|aged?) (?:the ages? of )?\d\d ?(?:-|–|to|and) ?\d\d\b(?! (?:hours|lb|kg|pound"
        r"|minutes|days|miles|week|words|k\b|%))|\b(?:under|younger than|no older than|not over"
        r"|older than) (?:the age of )?[3-6]\d\b(?! ?(?:%|lb|kg|minutes|hours|k\b|miles|days))"
        r"|\b(?:too )?(?:young|old) (?:people|person|candidates?|enough to)|\byouthful"
        r"|\bgraduat\w* year|\b(?:what|which) year .{0,20}(?:graduat|(?:finish|left|leave"
        r"|complet)\w* (?:high )?school)|\bwhen (?:did )?(?:you|they|she|he) (?:graduat\w*|(?:finish|left"
        r"|leave|complet)\w* (?:high )?(?:school|college|university))"
        r"|\byoung\b[\w ,]{0,20}\b(?:people|team|person|workers?|staff|candidates?|crowd)\b"
        r"|\brecent grad|\bclose to retire|\bretire(?:ment)? (?:age|plans|soon)|\bdigital native",
        "whether they are at least 18, if the law asks for it",
    ),
    _rule(
        "sex or gender",
        r"\b(?:fe)?males?\b(?! connector)|\bgender\b|\bsexual|\bsex\b|\btransgender|\b(?:only )?(?:men"
        r"|women|girls|boys|ladies|guys)\b (?:only|preferred)|\b(?:a|an) (?:man|woman|girl|boy"
        r"|lady)\b (?:only|for|would|who)|\bgay\b|\blesbian|\bpronoun",
        "what they have done in work like this",
    ),
    _rule(
        "religion",
        r"\breligio|\bchurch|\bmosque|\bsynagogue|\bfaith\b(?! in)|\bworship|\bsabbath|\bpray(?:s|er"
        r"|ing)?\b|\bchristian|\bmuslim|\bjewish|\bchrist\b|\bbelieve in god|\bramadan|\bbible"
        r"|\b(?:holidays?|festivals?) .{0,12}\bcelebrat|\bcelebrat\w* .{0,20}\b(?:christmas|easter|eid"
        r"|hanukkah|diwali)",
        _SHIFT,
    ),
    _rule(
        "origin",
        r"\b(?<!senior )citizens?(?:hip)?\b|\bwhere (?:they|you|she|he) grew up|\bnationalit"
        r"|\b(?:what|which) country (?:do|does|did|are|is|they|you)\b(?!.{0,20}\b(?:work|live|drive))"
        r"|\bcountry of (?:origin|birth)|\bwhere (?:are|were|was|is) (?:you|they|she|he|it"
        r"|their (?:family|parents?)|your (?:family|parents)|the (?:candidate"
        r"|applicant)) (?:\w+ )?(?:from|born)|\bwhere (?:they|she|he|you)(?:'re| are| is"
        r"|'s) (?:really |originally )?from|\bbirth ?place|\bplace of birth|\bborn\b(?! (?:to lead|leader))|\bethnic"
        r"|\brace\b(?! to)|\bskin colou?r|\bimmigra(?:nt|tion) (?:status|paper)|\b(?:accent|heritage"
        r"|ancestry|caste)\b|\b(?:u\.?s\.?|american|british) citizen(?:s|ship)? only"
        r"|\bcitizen(?:ship)? (?:of|status)|\bare (?:you|they) (?:an? )?(?:\w+ )?citizens?\b"
        r"|\bforeign(?:er|ers|-born)|\bpassport\b(?!.{0,20}travel)|\bethnicity",
        "whether they are allowed to work in the country",
    ),
    _rule(
        "first language",
        r"\bnative[- ](?:\w+ )?(?:speakers?|speaking|language|tongue|english|level)|\bmother tongue"
        r"|\bfirst language|\bnative in\b",
        "whether they can do the job in the language at the level it needs",
    ),
    _rule(
        "health or disability",
        r"\bdisabled\b|\b(?:a|any|your|their|her|his|have|has|with) (?:\w+ )?disabilit(?:y|ies)\b"
        r"|\bhandicap|\b(?:health|medical) (?:condition|problem|issue|history|status|record)s?"
        r"|\b(?:good|bad|poor|excellent) health\b|\b(?:in|about|of|their|your|her"
        r"|his) health\b(?! (?:and|&) (?:safety|social)| care| insurance| plan| benefit)"
        r"|\bmental(?:ly)? (?:health|ill\w*)\b(?! (?:team|care|service|setting|experience|nurs|support"
        r"|worker|field|patients))|\bmedications?\b (?:they|you|she|he|do|are)|\b(?:take|takes|taking"
        r"|on) (?:any )?medications?\b(?! round)|\bsick (?:days|leave)|\bback (?:problem|injur|trouble"
        r"|pain)|\binjur(?:y|ies) (?:history|before|in the past)|\b(?:any|past|previous|old) injur"
        r"|\bbeen (?:injured|hospital|ill)|\bworkers'? comp|\bhiv\b|\bdepression\b|\baddict|\bsmok(?:e"
        r"|ers?|es|ing)\b|\bdiabet|\bepilep|\bwheelchair|\bvaccinat|\bcovid|\bdisabilit(?:y|ies) (?:they"
        r"|you|she|he)|\btherap(?:y|ist) (?:for|because)|\b(?:alcohol|drink) problem|\bweigh(?:t"
        r"|s)? (?:of )?(?:they|you|she|he)|\bhow (?:much do \w+ weigh|tall|fit and healthy)",
        "whether they can do the task, with or without accommodation",
    ),
    _rule(
        "arrests",
        r"\barrest(?:ed|s)?\b|\bcriminal (?:past|history)\b(?! (?:background |record )?(?:check|screen"
        r"|background))|\bbeen (?:in|to) (?:jail|prison)|\bin trouble with the (?:law|police)"
        r"|\bex-?(?:con|offender)|\bspent convictions?",
        "whether they agree to the background check the job requires",
    ),
    _rule(
        "pay history",
        r"\b(?:salary|pay|wage|earnings|compensation) history|\b(?:current|previous|past|last|former"
        r"|present|prior) (?:\w+ )?(?:salary|pay|wages?|earnings|compensation)|\b(?:earn(?:ed|ing|s)?"
        r"|make|made|making|paid) (?:now|currently|before|at (?:their|your) (?:last|previous|current"
        r"|old)|in (?:their|your) (?:last|previous|current))|\bwhat (?:are|were) (?:they"
        r"|you) (?:making|earning|paid)",
        "what pay they expect",
    ),
    _rule(
        "looks",
        r"\b(?:an?|their|your|recent) (?:photo(?:graph)?|selfie|headshot)\b(?! (?:lab|studio|shoot|edit"
        r"|department|booth|shop))"
        r"|\bphoto(?:graph)?s?\b (?:of|with|and|attached|please|required)|\b(?:send|attach|include"
        r"|ask for|upload|with) (?:a |your |their |her |his )?(?:recent )?(?:photo|picture|selfie"
        r"|headshot)|\battractive|\bgood[- ]looking|\b(?:pretty|handsome|slim)\b (?:girl|face"
        r"|candidate|woman|man)|\btattoo|\bpiercing|\bhijab|\bheadscarf|\btheir (?:looks|weight|height"
        r"|hair)|\byour (?:weight|height|hair)|\bhairstyle",
        "whether they can follow the dress rules of the job",
    ),
    _rule(
        "credit",
        r"\bcredit (?:score|history|check|report|rating)|\bbankrupt|\b(?:own or rent|rent or own)\b|\b(?:own"
        r"|rent) (?:their|your"
        r"|a) (?:home|house|flat|place)|\bin debt\b",
        "how they have handled money at work",
    ),
    _rule(
        "union or politics",
        r"\b(?:trade |labou?r )?union (?:member|activit|organi[sz]|support|vote)|\b(?:in|belong\w* to|join\w*"
        r"|member of) (?:a|any|the) (?:trade |labou?r )?union"
        r"|\bpro[- ]union|\bpolitic(?:al|s)\b|\bvote[ds]?\b (?:for|in)|\bwho (?:they|you|she|he) vote"
        r"|\brepublican|\bdemocrat\b",
        "nothing: this has no bearing on the job",
    ),
    _rule(
        "military discharge",
        r"\b(?:military|army|dishono?u?rabl[ey]) discharge|\btype of discharge|\breserv(?:ist|es) duty",
        "what they learned in work like this",
    ),
    _rule(
        "genetics",
        r"\bgenetic|\bfamily (?:medical|health) history|\bhereditary|\bdna\b",
        "whether they can do the task, with or without accommodation",
    ),
)
# The same traits as they are asked for in Spanish, French and German.
_ABROAD = {
    "pregnancy": r"\bembaraz\w+|\bquedarse embarazada|\benceinte|\bgrossesse|\bschwanger\w*|\bkinderwunsch"
    r"|\bfamilienplanung",
    "children and family": r"\b(?:tienes?|tener|tiene|sus|tus) (?:\w+ )?(?:hij[oa]s|niños)"
    r"|\bhijos\b(?! de clientes)|\bcargas? familiares"
    r"|\b(?:a|as|avez|avoir|ont|vos|ses|leurs|d'|des) ?(?:\w+ )?enfants\b(?! (?:de la|du|accueillis))"
    r"|\bgarde (?:d'enfants|des enfants)|\bsituation familiale"
    r"|\b(?:haben|hat|ihre|eigene|die) (?:\w+ )?kinder\b(?! (?:betreu|im))|\bkinderbetreuung zu hause",
    "marriage": r"\bestado civil|\bcasad[oa]s?\b|\bsolter[oa]s?\b|\bmarido\b|\besposa\b|\bmarié\w*"
    r"|\bétat civil|\bcélibataire|\bverheiratet|\bfamilienstand"
    r"|\bledig\b|\behemann|\behefrau",
    "age": r"\bqué edad\b|\bcuántos años (?:tiene|tienes|tienen)\b(?! (?:de|trabaj))|\b(?:su|tu|la) edad\b"
    r"|\bfecha de nacimiento|\bmenor(?:es)? de [3-6]\d\b"
    r"|\bquel(?:le)? âge|\b(?:votre|son|leur|l') ?âge\b|\bdate de naissance|\bmoins de [3-6]\d ans\b"
    r"|\bwie alt\b|\b(?:ihr|das|nach dem) alter\b|\bgeburtsdatum"
    r"|\bgeburtstag|\bunter [3-6]\d jahre\w*\b|\bjóvenes\b(?! del)|\bjunge[sn]? team",
    "sex or gender": r"\bsexo\b|\b(?:solo|sólo) (?:hombres|mujeres|chicas|chicos)|\bsexe\b|\b(?:que"
    r"|seulement) des (?:hommes|femmes)|\bgeschlecht\b"
    r"|\bnur (?:männer|frauen)",
    "religion": r"\breligi[oó]n\w*|\biglesia\b|\béglise\b|\bkirche\b|\bkonfession|\bglaube\b|\bcroyance",
    "origin": r"\bnacionalidad|\bdónde (?:naci|es originari)\w*|\blugar de nacimiento|\bd'où (?:vient|venez"
    r"|vient-il)|\blieu de naissance|\bnationalité"
    r"|\bstaatsangehörigkeit|\bgeburtsort|\bherkunft|\bnationalität|\bpaís de origen|\bpays d'origine",
    "first language": r"\blengua materna|\b(?:hablante|español|inglés|francés|alemán) nativ[oa]s?"
    r"|\blangue maternelle|\bmuttersprach\w*",
    "health or disability": r"\bdiscapacidad\w*|\benfermedad\w*|\bestado de salud|\bhandicap\w*|\bmaladie\w*"
    r"|\bétat de santé|\bproblèmes de santé|\bproblemas de salud"
    r"|\bbehinder\w+|\bkrankheit\w*|\bgesundheitszustand|\bgesundheitliche\w*|\braucher\w*|\bfumador\w*|\bfumeu\w+",
    "arrests": r"\b(?:detenid[oa]|arrestad[oa])s?\b|\bantecedentes penales\b|\b(?:été )?arrêtée? par la police"
    r"|\bcasier judiciaire|\bverhaftet|\bvorstrafen",
    "pay history": r"\b(?:salario|sueldo) (?:actual|anterior|último)|\búltimo (?:salario|sueldo)"
    r"|\bsalaire (?:actuel|précédent)|\bdernier salaire"
    r"|\b(?:letztes|bisheriges|aktuelles|jetziges) gehalt",
    "looks": r"\b(?:una )?foto(?:graf\w+)?\b(?! de (?:la|un) (?:carga|pedido))|\bune photo\b|\bein (?:foto"
    r"|bewerbungsfoto)|\bbewerbungsfoto|\btatuaj\w+|\btatouage|\btattoo|\btätowier\w+",
    "union or politics": r"\bsindicat\w+|\bsyndicat\w*|\bsyndiqu\w+|\bgewerkschaft\w*|\bpolitische einstellung",
}
_RULES = tuple(
    (found, re.compile(f"{pattern.pattern}|{_ABROAD[found.topic]}", re.I) if found.topic in _ABROAD else pattern)
    for found, pattern in _RULES
)
_WORKING_WITH = re.compile(
    r"\b(?:work\w*|experience|teach\w*|car(?:e|ing) for|look\w* after|supervis\w*|support\w*"
    r"|handl\w*|calm\w*|help\w*|serv\w*|deal\w*|manag\w*|read\w* with|lead\w*|class(?:room)?"
    r"|pupils?|students?|patients?|clients?|residents?|guests?|customers?|nurs\w*"
    r"|department)\b.{0,60}\b(?:kids|children|toddlers?|disab\w+|mental health|pregnan\w+"
    r"|dependents|elderly|maternity|addict\w*|young people|men|women|smok\w+)"
    r"|\b(?:maternity|childcare|mental health|women's|menswear|ladies'?|disability|children'?s?"
    r"|smoking area|religious)\b.{0,30}\b(?:ward|unit|department|setting|experience|nurse"
    r"|services?|clothing|wear|qualification|care|support|club|group|programs?|education|books"
    r"|shoes|section)\b",
    re.I,
)
_WORK_TOPICS = frozenset({"children and family", "health or disability", "pregnancy", "sex or gender", "religion"})
_ADULT = re.compile(
    r"\b(?:at least|over|minimum(?: age)?(?: of| is)?|older than|age of|aged?|are|be|is"
    r"|turned?)\s+(?:1[4-9]|2[01])\b|\b(?:1[4-9]|2[01])\s*(?:\+|or (?:older|over|above)"
    r"|years (?:of age|old) or)",
    re.I,
)
_ABOUT_SELF = re.compile(
    r"\b(?:do|does|did|are|is|if|whether) (?:you|they|she|he|the candidate)\b (?:\w+ )?(?:have|has"
    r"|got|plan\w*|want\w*|pregnant|had) (?!(?:any |some |\w+ )?(?:experience|training|qualification"
    r"|background|worked))|\b(?:your|their) (?:own )?(?:kids|children)\b",
    re.I,
)


def protected_topic(text: str) -> Protected | None:
    """The protected trait `text` asks about, or None."""
    for found, pattern in _RULES:
        match = pattern.search(text)
        if not match:
            continue
        if found.topic == "age" and _ADULT.search(text) and not re.search(r"how old|birth|graduat|between", text, re.I):
            continue
        if found.topic in _WORK_TOPICS and _WORKING_WITH.search(text) and not _ABOUT_SELF.search(text):
            continue
        return found
    abroad = protected_abroad(text)
    return next((found for found, _ in _RULES if found.topic == abroad), None)


def refusal(found: Protected) -> str:
    """Why it is not asked, and what to ask instead."""
    if found.alternative.startswith("nothing"):
        return f"I can't ask about {found.topic}: it has no bearing on the job and the law protects it."
    return (
        f"I can't ask about {found.topic}: it is protected and says nothing about the work. "
        f"I can ask {found.alternative} instead."
    )
