"""What every reader looks for before a value: refusing, asking back, a term or an event, a reason only a person weighs."""

import re

from botapp.scoring.readers.words import rx, words_of
from botapp.screening.interview import Reading, ReadingStatus

CLAUSE_BREAK = re.compile(r"[\n;!]+|[.,](?=\s|$)|(?<=\w)\s+-+\s+|\s+(?=(?:but|pero|mais|aber|though|although|however|except)\s)|\?+")

_HEALTH = words_of(
    r"surger(?:y|ies)", r"doctors?", r"dr", r"physicians?", r"physio\w*", r"pregnan\w+", r"maternity", r"disab\w+", r"wheel ?chair",
    r"epilep\w+", r"seizures?", r"diabet\w+", r"insulin", r"ptsd", r"anxiety", r"depress\w+", r"bipolar", r"adhd", r"autis\w+",
    r"hernia\w*", r"asthma\w*", r"arthritis", r"scoliosis", r"sciatica", r"injur\w+", r"rehab", r"prosthe\w+", r"dyslexi\w+",
    r"deaf", r"hard of hearing", r"hearing (?:loss|aids?|impair\w+)", r"blind", r"low vision", r"colou?r ?blind\w*", r"chemo\w*",
    r"cancer", r"meds", r"medications?", r"medical\w*", r"medicine", r"(?:health|heart|skin|lung) condition", r"chronic", r"fibromyalgia", r"migraines?", r"vertigo",
    r"dialysis", r"transplant", r"stroke", r"heart (?:attack|problem|condition|issue)s?", r"pacemaker", r"mental health", r"panic",
    r"bad (?:back|knees?|shoulder|hip|leg|ankle|foot|wrist|heart|hearing|eyes?)", r"(?:my|the) (?:back|knees?|shoulders?|hips?|legs?|ankles?|feet|wrists?|spine|disc|eyes?)",
    r"(?:back|knee|shoulder|hip|leg|joint|foot) (?:pain|issues?|problems?|trouble|brace|replacement|replaced|surgery|injury|fusion)", r"slipped disc", r"herniated", r"cane", r"crutches",
    r"torn (?:acl|meniscus|rotator cuff)", r"rotator cuff", r"carpal tunnel", r"breast ?feed\w*", r"miscarriage", r"trimester",
    r"weight limit", r"lifting (?:limit|restriction)s?", r"light duty", r"fmla", r"recovering", r"insomnia", r"sleep (?:apnea|disorder)", r"narcolep\w+", r"lupus", r"crohns?",
    r"embaraz\w+", r"espalda", r"medico", r"doctora?", r"enferm\w+", r"discapaci\w+", r"operaci?o?n?(?:aron)?", r"operad[oa]", r"rodilla", r"lesion\w*", r"de baja", r"asma", r"diabetic[oa]", r"salud",
    r"enceinte", r"handicap\w*", r"mal (?:de|au) dos", r"medecin", r"grossesse", r"opere\w*", r"malad\w+", r"rqth", r"genoux?", r"sante",
    r"schwanger\w*", r"rucken\w*", r"arzt\w*", r"behinder\w*", r"krank\w*", r"bandscheibe\w*", r"knie", r"schwerbehindert\w*", r"attest", r"operiert", r"gesundheit\w*",
)  # fmt: skip
_FAITH = words_of(
    r"church", r"sabbath", r"shabb?[ao]t", r"shabbos", r"mosque", r"masjid", r"jum+u?ah?", r"friday prayers?", r"pray\w*", r"ramadan", r"eid", r"hijab", r"headscarf", r"turban", r"kippah", r"synagogue", r"temple",
    r"religio\w+", r"faith", r"worship", r"bible", r"mass", r"adventist", r"jehovah\w*", r"muslim", r"jewish", r"orthodox", r"pastor", r"preach\w*", r"ministry", r"halal", r"kosher", r"beard",
    r"iglesia", r"misa", r"culto", r"religi\w+", r"sabado adventista", r"eglise", r"messe", r"priere", r"mosquee", r"voile", r"kirche", r"gottesdienst", r"gebet", r"moschee", r"kopftuch", r"glauben\w*",
)  # fmt: skip
_REFUSES = words_of(
    r"(?:id |i would |i )?(?:prefer|rather|choose|would like|like) not(?: to)? (?:say|answer|tell|share|disclose|discuss|get into|give|go into|talk|state|specify|respond)(?:\w| )*",
    r"id rather not", r"rather not", r"i would rather not", r"rather (?:discuss|talk|save|keep|wait|leave)(?:\w| )*", r"prefer not to", r"decline to (?:say|answer|state)",
    r"none of (?:your|ur|yr) (?:business|biz|concern|damn business)", r"(?:thats|its|is|thats kinda|kinda|a bit|pretty|too) (?:private|personal|confidential)", r"private", r"confidential", r"no comment", r"not (?:comfortable|gonna|going to|willing to|ok) (?:say\w*|answer\w*|tell\w*|shar\w+|disclos\w+|discuss\w*)(?:\w| )*",
    r"(?:i )?(?:wont|refuse to|dont want to|dont wanna|do not want to|not gonna|dont have to|dont feel like|dont care to) (?:say|answer|tell|share|disclose|discuss|talk about)(?:\w| )*", r"(?:can (?:we|i|you)|lets|please|pls)? ?skip(?: this| that| it| this one| that one| the question| please| pls)?", r"next question", r"pass", r"ill pass(?: on (?:this|that) (?:question|one))?",
    r"prefiero no (?:decir|contestar|responder)\w*", r"no quiero (?:decir|contestar|responder)\w*", r"es privado", r"je prefere ne pas \w+", r"cest prive", r"mochte ich nicht (?:sagen|beantworten)", r"keine angabe", r"privat", r"geht (?:sie|euch|dich) nichts an", r"mind your (?:own )?business", r"why do you care", r"not your business",
)  # fmt: skip
_ASKS = rx(
    r"^(?:(?:ok|hi|hey|um+|uh|so|and|but|also|well|sorry|wait|quick question|question|pls|please|oh)[,.: ]+)*"
    r"(?:what(?:s| is| are| do| does| would| will| kind| time| about| if)?\b|whats\b|how (?:much|many|long|soon|far|often|do|does|is|are|would|will|did|come|about)\b|when (?:do|does|is|are|would|will|can|did|should)\b|where(?:s)?\b|why\b|who(?:s|se)?\b|which\b"
    r"|(?:is|are|does|do|did|can|could|will|would|should|has|have|am|isnt|doesnt|dont|arent|cant) (?:it|the|this|that|there|you|u|ya|yall|they|we|i|a|an|my|your|ur|anyone|someone|somebody|any|these|those|tips|drug|benefits|lunch|breaks?|training|overtime|pay)\b(?<!did a)(?<!did my)(?<!did an)(?<!have a)(?<!have my)(?<!has a)(?<!have the)(?<!did the)(?<!have any)(?<!have an)(?<!am a)(?<!am an)(?<!do it)(?<!do that)(?<!do any)(?<!did that)(?<!did it)(?<!have that)(?<!have it)"
    r"|cuant[oa]s?\b|cuando\b|donde\b|como\b|que\b|cual\b|quien\b|hay\b|combien\b|quand\b|est-ce\b|quel(?:le)?s?\b|ou (?:est|se)\b|pourquoi\b|wie\b|wann\b|wo\b|was\b|warum\b|welche[rs]?\b|gibt es\b|muss ich\b|kann ich\b)"
)
_TRAILING_ASK = rx(r"(?:^|[\s,.])(?:is (?:that|it|this)|would that|will that|does (?:that|it)|do (?:i|you|u|yall|they)|can i|should i|are you|is there)[^.?!\n]*\??$")
_TERMS = words_of(
    r"(?<!dont know )(?<!see )(?<!not sure )(?<!wondering )if", r"unless", r"depend(?:s|ing|e|iendo)?", r"as long as", r"so long as", r"provided", r"assuming", r"only when", r"on condition", r"(?:until|till|til)(?! (?:midnight|noon|\d))",
    r"every other", r"some(?:times)?(?! (?:years|months|experience))", r"most(?! recently)", r"partly", r"part of", r"half (?:of|the)", r"for the first", r"to start", r"at first", r"temporar(?:y|ily)", r"occasional(?:ly)?", r"not (?:every|all|always)", r"once (?:in a while|a month)", r"except", r"other than", r"apart from", r"besides", r"just not", r"but not", r"only (?:on )?(?:mon|tue|wed|thu|fri|sat|sun|weekend|morning|evening|night|day|half|one|1|until|till|til|from|after|before|in|between|with|through)\w*", r"(?:mon|tues|wednes|thurs|fri|satur|sun)days? only", r"only",
    r"si (?:me|es|hay|no|el|la|se|pagan)", r"depende", r"solo", r"solamente", r"menos", r"excepto", r"salvo", r"a veces", r"mientras", r"siempre que", r"siempre y cuando",
    r"sauf", r"seulement", r"a condition", r"ca depend", r"parfois", r"wenn", r"falls", r"nur", r"ausser", r"kommt drauf an", r"kommt darauf an", r"manchmal", r"sofern",
)  # fmt: skip
_HARMLESS_IF = words_of(
    r"if (?:you |u |yall |its |it is |that is |thats )?(?:need(?:ed)?|necessary|required|need be|u want|want|like|ok|okay|fine|that helps|possible|needed me|need me|need me to|asked)(?: (?:it|me|to|be|them|one))*", r"whenever", r"if anything", r"si hace falta", r"si es necesario", r"si lo necesitan", r"wenn notig", r"si besoin", r"sil le faut", r"if (?:i )?(?:remember|recall) (?:right|correctly)", r"if im not mistaken", r"only takes", r"not only",
)  # fmt: skip
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_SOON = words_of(
    r"(?:get|gets|getting|got|take|taking|taken|pick|picking|renew|renewing|finish|finishing|retake|retaking|start|starting|schedul\w+|book\w*|test\w*|exam|class|course|appointment|appt|graduat\w+|complet\w+|recertif\w+|due|arriv\w+|com(?:es|ing)|have it|done|ready|move|moving)(?: [\w'-]+){0,7}? (?:on |by |in |this |next |the )*(?:tmrw|tmr|tomorrow|tonight|today|soon|next (?:week|month|year|\w+day)|this (?:week|month|coming|\w+day)|" + _WEEKDAY + r"|\d+ (?:days?|weeks?|wks?|months?|mos?)|a (?:few|couple)(?: of)? (?:days|weeks)|(?:the )?\d+(?:st|nd|rd|th)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|(?:end|beginning|start) of \w+)",
    r"(?:scheduled|booked|signed up|enrolled|registered|already paid) (?:for|to|in)(?:\w| )*", r"in (?:the )?(?:process|progress|works|mail)", r"working on (?:it|getting|that|my)", r"pending", r"awaiting", r"wait(?:ing)? (?:for|on)(?: the| my)?", r"being processed", r"on (?:the|its|my|it) way", r"halfway through", r"almost (?:done|finished|there|have it|got it)", r"about to (?:get|take|finish|turn|be|have|receive|renew)", r"soon", r"(?:in|within) (?:a|2|two|three|3|\d+|one|1|a few|few|couple|a couple)(?: of)? (?:days?|weeks?|months?)", r"applied (?:for|last|already)", r"renewal", r"renewing", r"getting (?:it|my|one|mine|the) ?(?:\w+ ?)?(?:renewed|reinstated|next|soon|this|on|tomorrow)", r"next (?:week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)", r"test (?:is )?(?:on|next|this|tomorrow|scheduled)",
    r"temp(?:orary)? permit came", r"(?:turn|turning) 1?\d", r"ya casi", r"me (?:la|lo) dan", r"en tramite", r"pronto", r"la semana que viene", r"la proxima semana", r"resguardo", r"estoy sacando\w*", r"bientot", r"en cours", r"la semaine prochaine", r"je (?:le|la) passe", r"examen le", r"inscrite?", r"bald", r"nachste woche", r"in arbeit", r"beantragt", r"mache gerade", r"angemeldet", r"prufung (?:ist )?(?:am|im|nachste)", r"lauft gerade",
)  # fmt: skip
_POSSIBLE_ONLY = words_of(r"could (?:get|take|do|learn|probably|always|try)(?: \w+){0,3}", r"can (?:get|learn|obtain)(?: \w+){0,2}", r"(?:willing|happy|want|planning|plan|hope|hoping|like|thinking|able|open) (?:to|about|of) (?:get|take|learn|renew|train|try)\w*(?: \w+){0,2}", r"would (?:get|take|learn)", r"someday", r"one day", r"eventually", r"maybe (?:later|someday)", r"musste ich machen")  # fmt: skip
_UNSURE = words_of(r"maybe", r"not sure", r"unsure", r"idk", r"i dont know", r"dunno", r"dont know", r"no idea", r"perhaps", r"possibly", r"might", r"probably not sure", r"let me (?:check|find|see|look|think|ask)", r"ill (?:check|have to check|find out|see)", r"have to check", r"need to check", r"hard to say", r"kinda", r"kind of", r"sort of", r"sorta", r"sometimes", r"it varies", r"varies", r"mostly", r"more or less", r"so so", r"ish", r"no se", r"no estoy segur[oa]", r"tal vez", r"quizas?", r"a lo mejor", r"mas o menos", r"depende", r"peut-etre", r"je (?:ne )?sais pas", r"jsp", r"weiss (?:ich )?nicht", r"vielleicht", r"jein", r"mal sehen", r"theoretically", r"technically", r"in theory")  # fmt: skip


def refuses(text: str) -> bool:
    """Declines to tell, and says little else."""
    found = _REFUSES.search(text)
    return bool(found) and len(text) - (found.end() - found.start()) < 60


def only_asks(text: str) -> bool:
    """Nothing but a question of the candidate's own."""
    sentences = [s for s in re.split(r"(?<=[?.!\n])\s*", text) if s.strip()]
    return bool(sentences) and all(asks(s) for s in sentences)


def asks(sentence: str) -> bool:
    """One sentence that is a question."""
    return sentence.rstrip().endswith("?") or bool(_ASKS.match(sentence.strip()))


def asks_at_the_end(text: str) -> bool:
    """A statement that runs into a question without a mark."""
    return bool(_TRAILING_ASK.search(text))


def private_reason(text: str) -> bool:
    """Health, disability, pregnancy or religion is spoken of: a person weighs it, never a rule."""
    return bool(_HEALTH.search(text) or _FAITH.search(text))


def has_term(text: str) -> bool:
    """"if", "only", "except": holds in part or under a condition."""
    return bool(_TERMS.search(_HARMLESS_IF.sub(" ", text)))


def is_coming(text: str) -> bool:
    """A dated or running step towards it."""
    return bool(_SOON.search(text))


def merely_possible(text: str) -> bool:
    """"I could get one": no step taken."""
    return bool(_POSSIBLE_ONLY.search(text))


def unsure(text: str) -> bool:
    return bool(_UNSURE.search(text))


def clauses(text: str) -> list[str]:
    """The text cut at commas, stops, line breaks and "but"."""
    return [c.strip() for c in CLAUSE_BREAK.split(text) if c and c.strip()]


def unclear(because: str) -> Reading:
    return Reading(status=ReadingStatus.UNCLEAR, because=because)


def clear(value: object, because: str = "", unit: str = "") -> Reading:
    return Reading(status=ReadingStatus.CLEAR, value=value, because=because, unit=unit)


def conditional(condition: str, value: object = None) -> Reading:
    return Reading(status=ReadingStatus.CONDITIONAL, value=value, condition=condition[:200], because="it depends on something")


def status(which: ReadingStatus, because: str) -> Reading:
    return Reading(status=which, because=because)
