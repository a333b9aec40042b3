"""Distress, abuse and orders to the machine. Idioms ("killing me") and stories about others are none of these."""

import re

from botapp.scoring.readers.words import rx

_SELF_HARM = rx(
    r"\b(?:kill(?:ing)? my ?self|kms\b|suicid\w+|end(?:ing)? my (?:own )?life|end it all|end (?:it"
    r"|things) tonight|want(?:ed)? to die|wanna die|wish i (?:was|were) dead|better off dead"
    r"|dont want to (?:live|be alive|be here any ?more|exist)|no reason to live|cant go on"
    r"|hurt(?:ing)? my ?self|self[ -]?harm\w*|cut(?:ting)? my ?self|took (?:a (?:bunch|lot|handful) of"
    r"|all (?:my|the|of)|too many) (?:\w+ )?(?:pills|meds|tylenol)|overdos\w+ (?:on|myself)|just overdosed"
    r"|jump off (?:a|the) (?:bridge|roof)"
    r"|no quiero (?:vivir|seguir viviendo)|quiero morir\w*|matarme|suicidarme|quitarme la vida|(?:envie"
    r"|veux) (?:d ?en finir|den finir|de mourir|mourir)|me (?:suicider|tuer)|mich umbringen|nicht mehr leben"
    r"|will sterben|das leben nehmen)\b"
)
_VIOLENCE = rx(
    r"\b(?:my )?(?:bf|boyfriend|gf|girlfriend|husband|wife|ex|partner|dad|father|stepdad|mom|he|she|marido"
    r"|novio|esposo|mari|copain|mann|freund)(?: (?:is|s|keeps|just|wont stop|was))* (?:hit(?:ting|s)?"
    r"|beat(?:ing|s)?|hurt(?:ing|s)?|chok(?:ing|es|ed)|abus(?:ing|es)|threaten(?:ing|s|ed) to kill"
    r"|attack(?:ing|ed)|punch(?:ing|ed)) me\b|\b(?:someone|somebody|he|theres a guy)(?: (?:is|has"
    r"|just))* (?:breaking in|broke in|got a gun|has a gun|with a gun|following me)|\bcall (?:911|the police"
    r"|112)\b|\bbeing (?:abused|attacked|trafficked|held)|\bim not safe\b|\bi(?:m| am) in danger\b"
    r"|\bplease help me\b.*\b(?:hurt|hit|kill)|me (?:esta|estan) pegando|me pega\b|il me (?:frappe|bat)\b"
    r"|schlagt mich"
)
_EMERGENCY = rx(
    r"\b(?:(?:having|got|have|bad|severe) (?:\w+ )?)?(?:chest pains?|heart attack)\b|\bcant breathe\b"
    r"|\b(?:in|to|at|inside) the (?:er|emergency room|ambulance|icu)\b|\bhaving a (?:stroke|seizure)\b"
    r"|\bbleeding (?:bad|a lot|out|heavily)|\b(?:just|i) (?:got|was|been) (?:in a (?:car )?(?:accident|crash"
    r"|wreck)|hit by|shot|stabbed)\b|\bin an ambulance\b|\bhouse is on fire\b|\bpassing out\b"
)
_NOT_MINE = rx(
    r"\b(?:patients?|customers?|guests?|residents?|clients?|co-?workers?|students?|worked|working|job|shift"
    r"|nurse|tech|rotat\w+|experience|handled|trained|years|cpr|hotline|prevention|counsel\w+|volunteer\w*"
    r"|lol|lmao|jk|haha+)\b"
)
_INSULT = (
    r"(?:trash|garbage|idiots?|stupid|dumb\w*|moron\w*|bitch\w*|assholes?|a\*+|shit\w*|scum\w*|clowns?|retard\w*"
    r"|pathetic|useless|worthless|losers?|cunts?|dick\w*|pricks?|scammers?|fraud|pieces? of (?:shit|crap)"
    r"|bastards?|pendej\w+|put[oa]s?|cabron\w*|imbecil\w*|idiot[ae]s?|connards?|conn\w*|salop\w*|merde"
    r"|arschloch\w*|wichser|scheiss\w*|hurensohn|cerotes?)"
)
_ABUSE = rx(
    rf"\b(?:fuck|screw|f\*+k|fck|fuk) (?:you|u|ya|yall|off|this (?:company|bot|job|shit)|your|ur)\b|\b(?:you"
    rf"|u|ur|youre|your|yall|this|dumb|stupid|what an?|such an?|bunch of)(?: (?:\w+ ){{0,3}}?)?{_INSULT}\b"
    rf"|^(?:{_INSULT})[.! ]*$|\bgo to hell\b|\beat shit\b|\bsuck (?:my|a|it)\b|\bsend (?:me )?(?:nudes?"
    rf"|pics? of (?:you|ur))|\b(?:are you|u) (?:single|sexy|hot)\b|\bwanna (?:fuck|hook up)"
    rf"|\bgo back to (?:your|ur) country|\bi know where (?:you|u|your|yall|ur)\b|\b(?:gonna|will"
    rf"|going to) (?:regret|pay for)\b|\b(?:ill|i will|im gonna|gonna|going to) (?:kill|shoot|hurt|burn|find"
    rf"|beat|fuck) (?:you|u|yall|ur|your|the place)|\bwatch your back\b|\bchinga\w*\b|\bvete a la\b"
    rf"|\bhijo de\b|\bta gueule\b|\bva te faire\b|\bnique\b|\bfick dich\b|\bhalt die (?:fresse|klappe)\b"
    rf"|\bverpiss"
)
_TOLD = rx(
    r"\b(?:he|she|they|customers?|guests?|clients?|patients?|callers?|guy|lady|man|woman|boss|manager"
    r"|coworker|who)\b(?: \w+)? (?:called|told|said|yell\w+|scream\w+|was|were|got|kept|came|started|told"
    r"|wanted|had|threaten\w*|curs\w+)\b|\b(?:called|told) me\b"
)
_START = (
    r"(?:^|[.!?;:\n,(\[{<>*\"-] ?|\bplease |\bpls |\bnow |\band |\bthen |\bbut |\bjust |\byou (?:must|should"
    r"|will|can|need to|have to) )"
)
_OVERRIDE = rx(
    _START
    + (
        r"(?:ignore|disregard|forget|override|bypass|discard|drop|skip over|do not follow|dont follow"
        r"|stop following|neglect|erase)(?: (?:all|any|every|of|the|your|previous|prior|above|earlier|preceding"
        r"|old|existing|these|those|my|everything|current|initial|original|system|safety|other"
        r"|screening))* (?:instructions?|prompts?|rules?|guidelines?|directions?|context|commands?|constraints?"
        r"|rubrics?|knock-?outs?|criteria|programming|training|everything (?:above|before|you)|told you|orders"
        r"|messages? above|polic(?:y|ies)|requirements?|questions? and)\b"
    )
)
_ROLE = rx(
    (
        r"\b(?:developer|dev|debug|admin|god|maintenance|root|test|jailbreak|sudo) mode\b|\byou are now\b"
        r"|\bfrom now on,? you\b|\bpretend (?:to be (?:a|an|the|my|dan)|you|that you|youre)\b|\b(?:ps|note"
        r"|message|memo|instructions?)(?: \w+){0,2}"
        r" (?:for|to|by) (?:the |an? |any )?(?:\w+ ){0,3}(?:ai|bots?|llms?|models?|software|ats|graders?|recruiter)\b"
        r"|\bsystem prompt\b|\b(?:starting|initiali[sz]ation|hidden|system) (?:instructions?|string)\b"
        r"|\bi know (?:you|u)"
        r"(?:re| are) (?:an? )?(?:ai|bot)\b"
    )
    + _START
    + r"act (?:like|as)(?: (?:a|an|if|my|the)) |"
    + (
        r"\b(?:system|assistant|developer|admin)(?: (?:note|message|prompt|override|update|alert"
        r"|instruction))?\s?[:>\]]|<\|?(?:im_start|system|/?instructions?|admin)|\[(?:system|inst|admin|/?inst)"
        r"|\bnote to (?:the )?(?:ai|bot|model|system|llm|assistant|grader|evaluator|reviewer|screener)\b"
        r"|\b(?:attention|dear|hey|hello|to the) (?:ai|llm|model|grader|chatgpt|language model)\b"
        r"|\bjailbreak\w*\b|\bdan mode\b|\bas (?:the|your|an?) (?:hiring manager|admin\w*|developer|ceo"
        r"|recruiter|owner|boss|supervisor|engineer|system),? i\b|\bi(?: hereby)? (?:authorize|order|command"
        r"|instruct) (?:you|u)\b|\bprompt injection test\b"
    )
)
_PROMPT = rx(
    r"\b(?:print|show|reveal|tell|give|repeat|output|share|display|dump|leak|send|paste|list|copy"
    r"|translate)(?: (?:me|us|back|out|all|of))* (?:the|your|ur|this|that|its)? ?(?:full |entire |exact "
    r"|hidden |initial |original |secret |complete |system )*(?:system prompt|prompts?(?: (?:you|above))?"
    r"|instructions?(?: (?:you|above|verbatim))?|rubrics?|scoring (?:rules|guide|criteria|rubric)|answer key"
    r"|correct answers?|right answers?|guidelines you|knock-?out rules?|weights|config\w*)|\b(?:what"
    r"|which) (?:is|are|was|were) (?:your|ur|the) (?:system )?(?:prompt|instructions|rubric|scoring (?:rules"
    r"|criteria|rubric)|knockout rules|hidden \w+)|\b(?:other|another|previous|all) (?:candidates?"
    r"|applicants?|peoples?|persons?)(?:s)? (?:answers?|names?|data|info\w*|scores?|numbers?|phone|email"
    r"|responses?|contact|results?|resumes?)\b|\bwords? (?:for|by) word.*prompt|\brepeat (?:everything"
    r"|the (?:text|words)|all) above\b"
)
_SCORE = rx(
    r"\bchoose (?:a |the )?5[.! ]*$|\bgive me (?:less than )?(?:a |the )?5 ?(?:points?)?(?: or\b| i will"
    r"|[.! ]*$)|\bset (?:the )?(?:\w+ )?status"
    r"|\b(?:always )?(?:return|output|report|respond|reply|answer)(?: with)?:? (?:true|only|recommended"
    r"|highly recommended|access"
    r"|hired|pass)\b|\b(?:ignore|disregard) (?:all|any|every) (?:negative|bad|the|other|previous|prior)\b"
    r"|\bhire (?:me|this candidate) (?:now|immediately)|\bmust be rated\b|\b(?:give|award|assign|grant|rate"
    r"|score|grade|mark|rank|put|set|make|record|tag|label|list)(?: (?:me"
    r"|my|this|the|it|him|her|us|candidate|applicant|answer|answers|response|everything|all|as|them|a|an"
    r"|with|at))* (?:[45](?:\.0)?(?: (?:out of|of|/) ?5| stars?| points| on everything|/5)|10 ?(?:/|out of"
    r"|of) ?10|100 ?(?:%|percent|/100|points)?|max(?:imum)?|highest|top|perfect|full|best(?: possible)?"
    r"|excellent|as (?:passed|hired|qualified|approved|shortlisted|pass)|passed|hired|qualified|approved"
    r"|shortlisted|five|straight)(?: (?:score|marks?|rating|points|grade|candidate|rank))?\b|\bgive me (?:a "
    r"|the )?(?:5|five|10|perfect|highest|good|high|full|max|passing|top)\b(?! ?(?:min|hour|hr|sec|more|day"
    r"|m\b|week|time|reason|idea))|\b(?:score|rating|grade|years_experience|overall|status|recommendation"
    r"|passed|is_qualified)\s?[=:]\s?(?:\"?\w)|\bset \w+ ?(?:=|to) ?\"?\w+\b.{0,20}\b(?:confirm|score|pass"
    r"|true)|\{\{.*\}\}|\[\[.*\]\]|\boverride (?:the )?(?:knock-?out|score|gate|rule|filter)s?\b|\b(?:score"
    r"|rate|grade|mark|pass|approve|hire|shortlist|advance) (?:me|this (?:candidate|applicant)) (?:as|a|with"
    r"|highly|automatically|immediately|to the|without|5|10|now)|\bskip (?:the )?(?:remaining|rest of the"
    r"|all(?: the)?|other) questions\b|\banswer (?:all )?the questions for me\b|\b(?:mark|treat"
    r"|consider) (?:this|the|my) (?:interview|screening|question|answers?) as (?:complete|passed|correct)"
    r"|\bmust (?:approve|hire|pass|score|rate|shortlist|give|recommend|set)\b|\b(?:gib|geben sie) mir (?:5"
    r"|die volle|volle|alle)|\bdonne[zr]?[ -]moi (?:5|la note)|\b(?:dame|deme|ponme|pongame) (?:un )?(?:5"
    r"|la maxima|10)\b"
)
_OTHER_TONGUES = rx(
    r"\b(?:vergiss|ignorier\w*|missachte) (?:alle|deine|die|ihre|samtliche)(?: (?:vorherigen"
    r"|bisherigen))? (?:anweisungen|regeln|befehle|instruktionen)|\b(?:ignora|olvida|ignore"
    r"|olvide)(?: (?:todas?|las|tus|sus|los|anteriores))* (?:instrucciones|reglas|ordenes)|\b(?:ignore[zr]?"
    r"|oublie[zr]?)(?: (?:toutes?|les|tes|vos|precedentes))* (?:instructions|regles|consignes)|忽略.{0,8}(?:指令"
    r"|指示|说明)"
)
_ABOUT_IT = rx(
    r"\b(?:taught|teach|trained|wrote|built|tested|worked|red ?team\w*|researched?|learned|how to"
    r"|my (?:last )?job|we (?:used|had)|told (?:me|us)|never|dont|policy was)\b"
)


def in_distress(folded: str) -> bool:
    """Self-harm, violence or an emergency of the one who writes."""
    if _SELF_HARM.search(folded):
        return not re.search(r"\b(?:lol|lmao|haha|prevention|hotline|patients?|clients?|counsel\w+)\b", folded)
    if _VIOLENCE.search(folded):
        return len(folded) < 160 or not _NOT_MINE.search(folded)
    return bool(_EMERGENCY.search(folded)) and not _NOT_MINE.search(folded)


def without_self_harm(folded: str) -> str:
    """The words without those of self-harm: "I want to end it all" is no opt-out."""
    return _SELF_HARM.sub(" ", folded)


def is_abuse(folded: str) -> bool:
    """Insults, threats or sexual words for us; not a story about what a customer said."""
    found = _ABUSE.search(folded)
    return bool(found) and not (_TOLD.search(folded) and len(folded) > 40)


def is_injection(folded: str) -> bool:
    """Tells the machine what to do, or asks for its prompt, its rubric or other people's data."""
    hit = (
        _OVERRIDE.search(folded)
        or _OTHER_TONGUES.search(folded)
        or _SCORE.search(folded)
        or _ROLE.search(folded)
        or _PROMPT.search(folded)
    )
    if not hit:
        return False
    return not _ABOUT_IT.search(folded[max(0, hit.start() - 60) : hit.start() + 1])


def without_injection(folded: str) -> str:
    """What is left of a message when the orders to the machine are taken out."""
    kept = [s for s in re.split(r"(?<=[.!?\n])\s*|(?=\{\{|\[\[)", folded) if s and not is_injection(s)]
    return " ".join(kept).strip()
