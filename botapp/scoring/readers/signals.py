"""What every reader looks for before a value: refusing, asking back, a term or an event, a reason only a "
"person weighs."""

import re

from botapp.scoring.readers.words import rx, words_of
from botapp.screening.interview import Reading, ReadingStatus

CLAUSE_BREAK = re.compile(
    r"[\n;!]+|[.,](?=\s|$)|(?<=\w)\s+-+\s+|\s+(?=(?:but|pero|mais|aber|though|although|however|except)\s)|\?+"
)

_HEALTH = words_of(
    r"surger(?:y|ies)|doctors?|dr|physicians?|physio\w*|pregnan\w+|maternity|disab\w+|wheel ?chair|epilep\w+"
    r"|seizures?|diabet\w+|insulin|ptsd|anxiety|depress\w+|bipolar|adhd|autis\w+|hernia\w*|asthma\w*|arthritis"
    r"|scoliosis|sciatica|injur\w+|rehab|prosthe\w+|dyslexi\w+|deaf|hard of hearing|hearing (?:loss|aids?"
    r"|impair\w+)|blind|low vision|colou?r ?blind\w*|chemo\w*|cancer|meds|medications?|medical\w*|medicine"
    r"|(?:health|heart|skin|lung) condition|chronic|fibromyalgia|migraines?|vertigo|dialysis|transplant|stroke"
    r"|heart (?:attack|problem|condition|issue)s?|pacemaker|mental health|panic|bad (?:back|knees?|shoulder|hip"
    r"|leg|ankle|foot|wrist|heart|hearing|eyes?)|(?:my|the) (?:back|knees?|shoulders?|hips?|legs?|ankles?|feet"
    r"|wrists?|spine|disc|eyes?)|(?:back|knee|shoulder|hip|leg|joint|foot) (?:pain|issues?|problems?|trouble"
    r"|brace|replacement|replaced|surgery|injury|fusion)|slipped disc|herniated|cane|crutches|torn (?:acl"
    r"|meniscus|rotator cuff)|rotator cuff|carpal tunnel|breast ?feed\w*|miscarriage|trimester|weight limit"
    r"|lifting (?:limit|restriction)s?|light duty|fmla|recovering|insomnia|sleep (?:apnea|disorder)|narcolep\w+"
    r"|lupus|crohns?|embaraz\w+|espalda|medico|doctora?|enferm\w+|discapaci\w+|operaci?o?n?(?:aron)?|operad[oa]"
    r"|rodilla|lesion\w*|de baja|asma|diabetic[oa]|salud|enceinte|handicap\w*|mal (?:de|au) dos|medecin"
    r"|grossesse|opere\w*|malad\w+|rqth|genoux?|sante|schwanger\w*|rucken\w*|arzt\w*|behinder\w*|krank\w*"
    r"|bandscheibe\w*|knie|schwerbehindert\w*|attest|operiert|gesundheit\w*"
)
_FAITH = words_of(
    r"church|sabbath|shabb?[ao]t|shabbos|mosque|masjid|jum+u?ah?|friday prayers?|pray\w*|ramadan|eid|hijab"
    r"|headscarf|turban|kippah|synagogue|temple|religio\w+|faith|worship|bible|mass|adventist|jehovah\w*|muslim"
    r"|jewish|orthodox|pastor|preach\w*|ministry|halal|kosher|beard|iglesia|misa|culto|religi\w+"
    r"|sabado adventista|eglise|messe|priere|mosquee|voile|kirche|gottesdienst|gebet|moschee|kopftuch|glauben\w*"
)
_REFUSES = words_of(
    r"(?:id |i would |i )?(?:prefer|rather|choose|would like|like) not(?: to)? (?:say|answer|tell|share|disclose"
    r"|discuss|get into|give|go into|talk|state|specify|respond)(?:\w| )*|id rather not|rather not"
    r"|i would rather not|rather (?:discuss|talk|save|keep|wait|leave)(?:\w| )*|prefer not to|decline to (?:say"
    r"|answer|state)|none of (?:your|ur|yr) (?:business|biz|concern|damn business)|(?:thats|its|is|thats kinda"
    r"|kinda|a bit|pretty|too) (?:private|personal|confidential)"
    r"|(?<!a )(?<!in )(?<!the )(?<!for )private(?!\s\w)|confidential(?!\s\w)|no comment"
    r"|not (?:comfortable|gonna|going to|willing to|ok) (?:say\w*|answer\w*|tell\w*|shar\w+|disclos\w+"
    r"|discuss\w*)(?:\w| )*|(?:i )?(?:wont|refuse to|dont want to|dont wanna|do not want to|not gonna"
    r"|dont have to|dont feel like|dont care to) (?:say|answer|tell|share|disclose|discuss|talk about)(?:\w| )*"
    r"|(?:can (?:we|i|you)|lets|please|pls)? ?skip(?: this| that| it| this one| that one| the question| please"
    r"| pls)?|next question|(?<![a-z]\s)pass(?! (?:the|a|it|any|with|all|one))|ill pass(?: on (?:this"
    r"|that) (?:question|one))?|prefiero no (?:decir|contestar"
    r"|responder)\w*|no quiero (?:decir|contestar|responder)\w*|es privado|je prefere ne pas \w+|cest prive"
    r"|mochte ich nicht (?:sagen|beantworten)|keine angabe|privat|geht (?:sie|euch|dich) nichts an"
    r"|mind your (?:own )?business|why do you care|not your business"
)
_ASKS = rx(
    r"^(?:(?:ok|hi|hey|um+|uh|so|and|but|also|well|sorry|wait|quick question|question|pls|please|oh)[,.: ]+)*"
    r"(?:what(?:s\b|re\b|d\b| (?!i |we |matter|he |she |they |you do is|works)\w+|\W*$)|how (?:much|many|long"
    r"|soon|far|often|do|does|is|are|would|will|did|come|about)\b|when (?:do|does|is|are|would|will|can|did"
    r"|should)\b|where(?:s\b|\W*$| (?:is|are|do|does|would|will|can|at|exactly|yall|you)\b)|why(?! i | we )\b"
    r"|who(?:s|se|ll|m)? (?!i )\w+|who\W*$|which (?!is|are|was|means|i|meant|would be|works|makes)\w+"
    r"|which\W*$"
    r"|(?:is|are|does|do|did|can|could|will|would|should|has|have|am|isnt|doesnt|dont|arent|cant) (?:it|the"
    r"|this|that|there|you|u|ya|yall|they|we|i|a|an|my|your|ur|anyone|someone|somebody|any|these|those|tips"
    r"|drug|benefits|lunch|breaks?|training|overtime"
    r"|pay)\b(?<!did a)(?<!did my)(?<!did an)(?<!have a)(?<!have my)(?<!has a)(?<!have the)"
    r"(?<!did the)(?<!have any)(?<!have an)(?<!am a)(?<!am an)(?<!do it)(?<!do that)"
    r"(?<!do any)(?<!did that)(?<!did it)(?<!have that)(?<!have it)"
    r"|cuant[oa]s?\b|cuando\b|donde\b|como\b|que\b|cual\b|quien\b|hay\b|combien\b|quand\b|est-ce\b"
    r"|quel(?:le)?s?\b|ou (?:est|se)\b|pourquoi\b|wie\b|wann\b|wo\b|was\b|warum\b|welche[rs]?\b|gibt es\b"
    r"|muss ich\b|kann ich\b)"
)
_TRAILING_ASK = rx(
    r"(?:^|[\s,.])(?:is (?:that|it|this)|would that|will that|does (?:that|it)|do (?:i|you|u|yall|they)"
    r"|can i|should i|are you|is there)[^.?!\n]*\??$"
)
_TERMS = words_of(
    r"(?<!dont know )(?<!see )(?<!not sure )(?<!wondering )if|unless|depend(?:s|ing|e|iendo)?|as long as"
    r"|so long as|provided|assuming|only when|on condition|(?:until|till|til)(?! (?:midnight|noon|\d))"
    r"|every other|some(?:times)?(?! (?:years|months|experience))|most(?! recently)|partly|part of|half (?:of"
    r"|the)|for the first|to start|at first|temporar(?:y|ily)|occasional(?:ly)?|not (?:every|all|always)"
    r"|once (?:in a while|a month)|except|other than|apart from|besides|just not|but not|only (?:on )?(?:mon|tue"
    r"|wed|thu|fri|sat|sun|weekend|morning|evening|night|day|half|one|1|until|till|til|from|after|before|in"
    r"|between|with|through)\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)days? only|only|si (?:me|es|hay|no|el|la"
    r"|se|pagan)|depende|solo|solamente|menos|excepto|salvo|a veces|mientras|siempre que|siempre y cuando|sauf"
    r"|seulement|a condition|ca depend|parfois|wenn|falls|nur|ausser|kommt drauf an|kommt darauf an|manchmal"
    r"|sofern"
)
_HARMLESS_IF = words_of(
    r"if (?:you |u |yall |its |it is |that is |thats )?(?:need(?:ed)?|necessary|required|need be|u want|want"
    r"|like|ok|okay|fine|that helps|possible|needed me|need me|need me to|asked)(?: (?:it|me|to|be|them|one))*"
    r"|whenever|if anything|si hace falta|si es necesario|si lo necesitan|wenn notig|si besoin|sil le faut"
    r"|if (?:i )?(?:remember|recall) (?:right|correctly)|if im not mistaken|only takes|not only"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_SOON = words_of(
    (
        r"(?:get|gets|getting|got|take|taking|taken|pick|picking|renew|renewing|finish|finishing|retake|retaking"
        r"|start|starting|schedul\w+|book\w*|test\w*|exam|class|course|appointment|appt|graduat\w+|complet\w+"
        r"|recertif\w+|due|arriv\w+|com(?:es|ing)|have it|done|ready|move|moving)(?: [\w'-]+){0,7}? (?:on |by "
        r"|in |this |next |the )*(?:tmrw|tmr|tomorrow|tonight|today|soon|next (?:week|month|year|\w+day)"
        r"|this (?:week|month|coming|\w+day)|"
    )
    + _WEEKDAY
    + (
        r"|\d+ (?:days?|weeks?|wks?|months?|mos?)|a (?:few|couple)(?: of)? (?:days|weeks)|(?:the )?\d+(?:st|nd"
        r"|rd|th)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|(?:end|beginning|start) of \w+)"
    ),
    r"(?:scheduled|booked|signed up|enrolled|registered|already paid) (?:for|to|in)(?:\w| )*",
    r"in (?:the )?(?:process|progress|works|mail)",
    r"working on (?:it|getting|that|my)",
    r"pending",
    r"awaiting",
    r"wait(?:ing)? (?:for|on)(?: the| my)?",
    r"being processed",
    r"on (?:the|its|my|it) way",
    r"halfway through",
    r"almost (?:done|finished|there|have it|got it)",
    r"about to (?:get|take|finish|turn|be|have|receive|renew)",
    r"soon",
    r"(?:in|within) (?:a|2|two|three|3|\d+|one|1|a few|few|couple|a couple)(?: of)? (?:days?|weeks?|months?)",
    r"applied (?:for|last|already)",
    r"renewal",
    r"renewing",
    r"getting (?:it|my|one|mine|the) ?(?:\w+ ?)?(?:renewed|reinstated|next|soon|this|on|tomorrow)",
    r"next (?:week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
    r"test (?:is )?(?:on|next|this|tomorrow|scheduled)",
    r"temp(?:orary)? permit came",
    r"(?:turn|turning) 1?\d",
    r"ya casi",
    r"(?:hago|tengo|presento|saco|me toca|me examino)(?: \w+){0,4} (?:lunes|martes|miercoles|jueves|viernes"
    r"|sabado|domingo"
    r"|manana|semana|mes|\d+)",
    r"(?:examen|rendez-vous|cours|formation)(?: \w+){0,4} (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain"
    r"|semaine|mois)",
    r"(?:prufung|termin|kurs|schulung|bekomme|mache)(?: \w+){0,5} (?:montag|dienstag|mittwoch|donnerstag|freitag"
    r"|samstag"
    r"|morgen|woche|monat)",
    r"me (?:la|lo) dan",
    r"en tramite",
    r"pronto",
    r"la semana que viene",
    r"la proxima semana",
    r"resguardo",
    r"estoy sacando\w*",
    r"bientot",
    r"en cours",
    r"la semaine prochaine",
    r"je (?:le|la) passe",
    r"examen le",
    r"inscrite?",
    r"bald",
    r"nachste woche",
    r"in arbeit",
    r"beantragt",
    r"mache gerade",
    r"angemeldet",
    r"prufung (?:ist )?(?:am|im|nachste)",
    r"lauft gerade",
)
_POSSIBLE_ONLY = words_of(
    r"could (?:get|take|do|learn|probably|always|try)(?: \w+){0,3}|can (?:get|learn|obtain|buy|bring|borrow"
    r"|purchase|find|rent)(?: \w+){0,2}"
    r"|(?:willing|happy|want|planning|plan|hope|hoping|like|thinking|able|open) (?:to|about|of) (?:get|take"
    r"|learn|renew|train|try)\w*(?: \w+){0,2}|would (?:get|take|learn)|someday|one day|eventually|maybe (?:later"
    r"|someday)|musste ich machen"
)
_UNSURE = words_of(
    r"maybe|not sure|unsure|idk|i dont know|dunno|dont know|no idea|perhaps|possibly|might|probably not sure"
    r"|let me (?:check|find|see|look|think|ask)|ill (?:check|have to check|find out|see)|have to check"
    r"|need to check|hard to say|kinda|kind of|sort of|sorta|sometimes|it varies|varies|mostly|more or less"
    r"|so so|ish|no se|no estoy segur[oa]|tal vez|quizas?|a lo mejor|mas o menos|depende|peut-etre"
    r"|je (?:ne )?sais pas|jsp|weiss (?:ich )?nicht|vielleicht|jein|mal sehen|theoretically|technically"
    r"|in theory"
)


def refuses(text: str) -> bool:
    """Declines to tell, and says little else."""
    found = _REFUSES.search(text)
    return found is not None and len(text) - (found.end() - found.start()) < 60


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
    """ "if", "only", "except": holds in part or under a condition."""
    return bool(_TERMS.search(_HARMLESS_IF.sub(" ", text)))


def is_coming(text: str) -> bool:
    """A dated or running step towards it."""
    return bool(_SOON.search(text))


def merely_possible(text: str) -> bool:
    """ "I could get one": no step taken."""
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
    return Reading(
        status=ReadingStatus.CONDITIONAL, value=value, condition=condition[:200], because="it depends on something"
    )


def status(which: ReadingStatus, because: str) -> Reading:
    return Reading(status=which, because=because)
