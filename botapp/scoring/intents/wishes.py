"""What a candidate wants from us besides the next question: a person, later, out, help, the question again."""

import re

from botapp.scoring.readers.words import rx, words_of

_PERSON = (
    r"(?:real |actual |live |human |hr |hiring )*(?:humans?|persons?|people|someone|somebody|anyone|anybody"
    r"|recruiters?|hr|agents?|rep|representatives?|operators?|staff|manager|team ?member|human being|real one"
    r"|supervisor)"
)
_HUMAN_BARE = rx(
    r"^(?:(?:a|an|real|live|please|pls|the|ok|um|hi|hello|get|me|give|actual|i|want|need"
    r"|just)[ ,]+)*(?:human|person|agent|representative|rep|operator|recruiter|someone|somebody|humano"
    r"|persona|agente|humain|personne|conseiller|mensch|mitarbeiter)(?: (?:please|pls|plz|now|por favor|svp"
    r"|bitte))?[.!? ]*$"
)
_HUMAN = rx(
    rf"\b(?:can|could|may|let|id|i would|want|wanna|need|like|rather|prefer|possible|how (?:do|can) i|is there"
    rf"|get|give|connect|put|transfer|please|pls)\b[^.?!\n]{{0,40}}\b(?:talk|speak|chat|text|deal|go over this"
    rf"|connect|discuss|do this|interview)(?:ing)?(?: (?:to|with|this|it|over|me|about))* (?:an? |the |some "
    rf"|your |ur |with )*{_PERSON}\b"
    rf"|^(?:talk|speak|connect|transfer)(?: me)? (?:to|with) (?:an? |the |some |your )*{_PERSON}\b|\b(?:can"
    rf"|could|would|will|have|need) (?:an? |the |some |your )*{_PERSON}(?: please| just| from (?:hr"
    rf"|the team))? (?:just )?(?:call|text|contact|reach|help|talk|phone|ring|reply|answer|get back)\b"
    rf"|\b(?:please|pls|just|can (?:you|u|yall)) (?:have (?:someone|somebody|a person|a recruiter) )?call me\b"
    rf"|\bcall me (?:instead|please|pls|at|back|on)\b|\b(?:want|need|prefer|rather have|get me|give me|is there"
    rf"|like) (?:a |an )(?:real |actual |live )*(?:human|person|recruiter)\b|\b(?:real|actual|live) (?:person"
    rf"|human|people)\b(?! ?\?*$(?<!talk))|\bnot (?:a|to a|with a|talking to a) (?:bot|robot|computer"
    rf"|machine)\b|\bphone number\b.*\bcall\b|\bnumber (?:i )?can call\b"
    r"|\bhablar con (?:alguien|una persona|un humano|un agente|un reclutador|recursos)|\bme puede(?:n"
    r"|s)? llamar|\bllamenme\b|\bquiero una persona|\bparler (?:a|avec) (?:quelquun"
    r"|une? (?:vraie )?(?:personne|humain|conseiller|recruteur)|un humain)|\bappele[zr](?:-moi| moi)"
    r"|\bmit (?:einem|jemandem|jemand|einer|nem)(?: \w+)? ?(?:sprechen|reden|telefonieren|menschen|person)"
    r"|\b(?:rufen sie|ruft|ruf) mich an|\becht(?:en|er) mensch"
)
_STORY = rx(
    r"\b(?:i (?:would|always|asked|told|had|took|got|said|went|used)|customers?|guests?|client|patient|they|she|he)\b"
)
_OBJECT = rx(
    r"\b(?:dont|do not|not|never|refuse|object)\b[^.?!\n]{0,40}\b(?:judged?|scored?|graded?|rated?"
    r"|evaluat\w+|screened|decid\w+|interviewed|assess\w+|talk\w*|answer\w*"
    r"|process\w*)\b[^.?!\n]{0,25}\b(?:ai|bots?|robots?|machines?|computers?|algorithms?|automat\w+"
    r"|software)\b|\bobject to (?:the |being |this )?(?:\w+ )*(?:ai|automated|automation|bot|machine)"
    r"|\bopt out of (?:the )?(?:ai|automated)|\b(?:ai|bots?|robots?|machines?|algorithms?) (?:shouldnt"
    r"|should not|cant|cannot|must not) (?:judge|decide|score)|\b(?:dont|do not) consent to (?:ai|automated"
    r"|being)|\bno (?:ai|bots?) (?:please|scoring|judging|decisions?)\b"
)
_ACCOMMODATION = rx(
    r"\b(?:need|require|request|ask for|get|have|want|use|like) (?:an? |some |any |reasonable |for "
    r"|my )*(?:accommodations?|adjustments?|interpreter|asl|sign language|captions?|large print"
    r"|screen ?reader|extra time|more time because|braille)\b|\b(?:reasonable|ada"
    r"|disability) (?:accommodation|adjustment)s?\b|\bi(?:m| am| use)(?: a| an)? (?:deaf|hard of hearing"
    r"|blind|dyslexi\w+|wheelchair|visually impaired|autistic|screen ?reader)\b[^?]*\b(?:can|could|is there"
    r"|do you|would|possible|how)\b|\bhard for me to (?:type|read|see|write)\b|\b(?:cant|cannot) (?:type"
    r"|read|see) (?:well|good|because|due|this because)|\bi have (?:dyslexia|a disability|low vision"
    r"|bad eyesight)\b[^?]*\b(?:can|could|is there|need|possible)\b"
    r"|\b(?:can|could|may) (?:i|we|you)\b[^.?!]*\?\W*(?:because |as |bc |sorry )?i (?:have (?:dyslexia"
    r"|a disability|low vision"
    r"|bad eyesight)|am (?:deaf|blind|dyslexic|visually impaired))\b"
)
_LATER_BARE = rx(
    r"^(?:(?:im|i am|hey|hi|sorry|ok|um|currently|rn|still|kinda|a bit|very|super|really|so|at|in|the|a"
    r"|can we|maybe|not|lol|just)[ ,]+)*(?:later|l8r|busy|brb|driving|working|at work|work"
    r"|in (?:a )?(?:meeting|class)|meeting|class|not now|not rn|cant talk|cant right now|cant rn|one sec"
    r"|1 sec|1 min|one min(?:ute)?|hold on|hang on|sec|moment|gimme a (?:sec|min)|in a bit|luego|mas tarde"
    r"|ahora no|ahorita no|despues|ocupad[oa]|plus tard|pas maintenant|occupee?|spater|nicht jetzt"
    r"|keine zeit|mananita|asleep|sleeping|eating|cooking|wait|tomorrow|tmrw|(?:tomorrow|tmrw|tonight) (?:(?:morning"
    r"|afternoon|evening|night|at|around|after|about|by|\d{1,2}(?::\d\d)?|[ap]m)[ ,]*)+)(?: (?:rn|right now|now|atm"
    r"|at the moment|lol|sorry|please|pls|ok|today|today|bro|tho|with (?:my )?kids|[ecmp][sd]?t"
    r"|(?!part|full|any|some|all)[a-z]{2,12} time))*[.!, ]*$"
)
_LATER = rx(
    r"(?<!i )(?<!to )(?<!we )(?<!they )(?<!and )(?<!would )(?<!id )\b(?:text|message|msg|hit|call|try|ping"
    r"|write|contact|reach|remind|ask|catch)(?: (?:me|back|up|again|out"
    r"|to|me up|me back))* (?:later|tomorrow|tmrw|tonight|in (?:the|a|an|\d+|two|like|about|one|another)|after"
    r"|around|at \d|on (?:mon|tue|wed|thu|fri|sat|sun)|next|when i|this (?:afternoon|evening)|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday|later today|once)\b|\b(?:ill|i will|i can|imma|ima|gonna"
    r"|let me|can i|could i|may i|ill have to|going to|i need to|i(?:d| would) like to|we)(?: (?:just|maybe"
    r"|please|have to|need to))* (?:get back|answer|finish|do (?:it|this|that|these|the rest)|reply|respond"
    r"|text (?:you|u|yall|back)|continue|complete|come back|circle back|hit (?:you|u) (?:up|back)|resume"
    r"|pick this up|message (?:you|u)|write (?:you|u|back)|let (?:you|u|yall) know|do the rest|wrap (?:it"
    r"|this) up|take (?:this|it))(?: (?:to|you|u|yall|it|this|that|the rest|them|with|back|on this|these"
    r"|my answers?))*(?: (?:later|tomorrow|tmrw|tonight|in|after|around|at|when|once|soon|next|this|a bit"
    r"|on(?! (?:the |a |my )?(?:phone|call|computer|laptop|paper|zoom|video))"
    r"|asap|monday|then|shortly|as soon|by|end|during|over)\b|[.,! ]*$)"
    r"|\blet us (?:do|finish|continue|talk) (?:this |it |that |the rest )*(?:later|tomorrow|tmrw|tonight)\b"
    r"|\blets (?:do|finish|continue|talk) (?:this |it |that |the rest )*(?:later|tomorrow|tmrw|tonight)\b"
    r"|\b(?:can|could|may) (?:we|i|you|u|this) (?:do|finish|continue|talk|pick|wait|resume|chat|try|answer"
    r"|please do) (?:this |it |that |the rest |up |again )*(?:later|tomorrow|tmrw|tonight|on my|at|after|in"
    r"|around|another|some other|when|next)\b|\blet me (?:check|ask|talk|think|see|look|verify"
    r"|find)(?: \w+){0,5}? (?:and|n|then|first|&|,)|\blet me (?:check|ask|talk|speak) (?:w|with|to|my)\b"
    r"|\bneed to (?:check|ask|talk|think)(?: (?:with|to|about|w|my|it))|\bgive me (?:a |an |like |about "
    r"|until |till )*(?:\d+ ?(?:m\b|h\b|min\w*|more|sec\w*|hours?|hrs?|days?)|few|sec\w*|min\w*|moment|hour"
    r"|day|bit|tomorrow|tonight|couple)\b|\bgimme (?:a |an )?(?:\d+|few|sec|min\w*|hour)|\b(?:phone"
    r"|battery)(?: is|s)? (?:about to die|dying|dead|at \d|almost dead)|\bnot a good time\b|\b(?:im"
    r"|i am) (?:about to (?:clock|start|go|board|drive|head)|in (?:a|the middle of) (?:meeting|class|an?|the"
    r"|my)|at (?:work|the (?:doctor|dentist|store|gym|hospital)|school|my kids)|driving|on (?:the clock"
    r"|my shift|a call|shift)|in the middle)\b(?! (?:school|class) )[^?]{0,40}(?:later|rn|right now|now|back"
    r"|after|until|till|off at|when|around|$)|\b(?:bad|wrong) time\b(?! management)|\bbusy (?:rn|right now|now"
    r"|at the moment|today|atm)\b|\bafter (?:work|my shift|class|dinner|lunch|school)\b(?=.*\b(?:ill|answer"
    r"|finish|do this|ok|text|can)\b)|\bat the end of my shift\b|\bon my (?:lunch )?break\b"
    r"|\bto think about it\b|\bgotta (?:go|run|drive|work)\b|\bttyl\b|\bg2g\b|\bgtg\b"
    r"|\b(?:mas tarde|luego|manana|al rato|en un rato|despues)\b(?=.*\b(?:contest\w*|respond\w*|escrib\w*"
    r"|habl\w*|sigo|seguimos|termino|puedo)\b)|\b(?:contesto|respondo|escribo|le contesto"
    r"|termino) (?:mas tarde|luego|manana|al rato|despues|en)\b|\bestoy (?:manejando|trabajando|ocupad[oa]"
    r"|en el trabajo)\b|\b(?:reponds?|repondrai|reviens|continue|rappel\w+|finis) (?:plus tard|demain|ce soir"
    r"|apres)\b|\bje suis (?:au travail|occupee?|au volant|en reunion)\b|\b(?:melde mich|antworte|mache (?:das"
    r"|es)|schreibe?)(?: \w+)? (?:spater|morgen|heute abend|nachher)\b"
    r"|\bbin (?:gerade )?(?:auf (?:der )?arbeit|am fahren|unterwegs|beschaftigt)\b"
)
_RESCHEDULE = rx(
    r"\breschedul\w*|\bresched\b|\b(?:change|move|push|switch|bump|postpone|delay|cancel)(?: (?:the|my|our"
    r"|it|that|this|back|up|to))* (?:time|appointment|appt|interview|it|day|date|meeting|slot|a (?:day|bit"
    r"|few)|an hour|another|later|back|tuesday|to)\b|\b(?:different|another|other|earlier|later) (?:time|day"
    r"|date|slot)\b|\b(?:cant|cannot|wont be able to|not going to) make (?:it|that)\b"
    r"|\bsomething(?:s)? came up\b|\b(?:wont|doesnt|does not|not gonna|isnt gonna) work\b|\b(?:at|to|but"
    r"|make it|can we do|how about|instead) (?:\d{1,2}(?::\d\d)?)(?: ?(?:am|pm))? (?:not|instead|rather)\b"
    r"|\b(?:but|how about|what about|can we do|could we do) (?:\d|mon|tue|wed|thu|fri)|^r[.! ]*$|\bcambiar\b"
    r"|\bmover la cita|\botro dia\b|\breporter\b|\bdecaler\b|\bautre (?:jour|moment|horaire)"
    r"|\bplutot (?:lundi|mardi|mercredi|jeudi|vendredi)|\bverschieben\b|\banderer? (?:termin|tag|zeit)"
)
_WHEN = rx(
    r"\b(?:(?:at|around|by|after|before|until|till|in|on|this|next|about|like|off at|say)[ ~]+)*(?:(?:the "
    r"|my |a )?(?:tomorrow|tmrw|tonight|today|later today|morning|afternoon|evening|lunch(?: break)?|weekend"
    r"|noon|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|fri|sat|sun|manana"
    r"|demain|morgen|end of my shift|miercoles|jueves|lunes|mardi|jeudi|work|school|dinner"
    r"|class)(?: (?:morning|afternoon|evening|night|matin|por la \w+|at \d{1,2}(?::\d\d)?(?: ?[ap]m)?))*"
    r"|\d{1,2}(?::\d\d) ?(?:am|pm|a|p)?|\d{1,2} ?(?:am|pm|a\.m|p\.m)|(?<=at )\d{1,2}|(?<=around )\d{1,2}"
    r"|(?<=after )\d{1,2}|(?:\d+|an|a few|a couple|half an|1|2) ?(?:hours?|hrs?|minutes?|mins?|days?|weeks?"
    r"|hr|min))\b"
)
_REPEAT = rx(
    r"^\W*\?{2,}\W*$|^(?:sorry|wait|ok|um+|hm+|lol|ugh)?[ ,]*(?:what|huh|wut|wdym|hm+|eh|come again"
    r"|pardon(?: me)?|excuse me|again|que|como|quoi|hein|wie bitte|was|mande|say what|repeat(?: (?:that|it"
    r"|please|the question))?|no comprendo|meaning|confused|lost)[ ?!.]*$|\bwhat (?:do|does|did) (?:you|u|ya"
    r"|yall|that|it|this|the question) (?:mean|mean by|want|ask)\b|\bwhat (?:are|r) (?:you|u) (?:asking"
    r"|talking)|\b(?:dont|do not|didnt|did not|cant|not) (?:really |quite |fully )?(?:understand|follow"
    r"|get (?:it|that|the question|what|u|you|this)|catch that|comprehend)\b(?! why)|\b(?:can|could"
    r"|would) (?:you|u|ya)(?: please| pls)? (?:repeat|rephrase|explain|clarify|reword|say that|ask (?:that"
    r"|it) (?:again|differently|another))|\bsay (?:that|it) again\b|\bcome again\b|\bnot sure what (?:you"
    r"|youre|your|ur|u|this|that|it)(?: are| is)? (?:asking|ask|mean|means|want)\b|\bwhat(?:s| is"
    r"| was) (?:the|that|ur|your) question\b|\bwhich question\b|\bwhat (?:was|is) (?:that|it) again\b"
    r"|\bi(?:m| am) (?:confused|lost)\b|\bmakes no sense\b|\bno (?:le |te |lo |les )?(?:entiendo|entendi"
    r"|comprendo)\b|\b(?:puede|podria) (?:repetir|explicar)|\b(?:ne )?(?:comprends?|compris|comprend) pas\b"
    r"|\bpas compris\b|\b(?:repeter|reformuler|expliquer)\b|\b(?:verstehe|verstanden|kapier\w*)(?: (?:ich"
    r"|die frage|das|sie))* nicht\b|\bnicht verstanden\b|\bwiederholen\b|\bin other words\?"
    r"|\bwhat kind of answer\b|\bmeaning what\b|^\W*(?:like|such as) what\W*$|^\W*(?:for|an|any) example\W*\?+$"
    r"|\b(?:can|could|would|will) (?:you|u) (?:please |pls )?(?:give|show|tell)(?: me)? (?:an )?example\b"
    r"|\b(?:whats|what is|what would be) an example\b"
    r"|\bwhat (?:else )?(?:do|did) (?:you|u) (?:want|need)(?: me)? to (?:know|hear|say)\b"
    r"|^\W*(?:what|how) (?:should|am|do|can) i (?:supposed to |meant to )?(?:say|write|answer|put)\b.{0,12}$"
)
_TROUBLE = rx(
    r"^(?:\W|the|this|that|your|ur|hey|hi|sorry|but|ok)*(?:link|page|website|site|app|upload|button|form|portal|url)s?"
    r"(?: (?:you sent|u sent|is|just))* (?:wont|doesnt|does not|isnt|not|didnt|broken|keeps|cant|will not"
    r"|froze\w*|crash\w*)\b"
)
_HELP = rx(
    r"^(?:(?:please|pls|i|need|some|can|you|u|me|get|want|hi|hey|ok)[ ,]+)*(?:help|help me|info|ayuda|aide"
    r"|hilfe|support|\?help)(?: (?:please|pls|me|needed|por favor|svp|bitte))*[.! ]*$|\b(?:link|page|site"
    r"|website|app|upload|button|video|file|form|resume|cv|pdf|photo|picture|browser|screen|camera|mic|it"
    r"|attachment|code|portal|questionnaire)s?(?: \w+){0,4}? (?:wont|wouldnt|doesnt|does not|not|isnt|didnt"
    r"|cant|keeps?|is broken|broken|not working|error|froze|frozen|crash\w*|stuck|expired|is blank"
    r"|failed)(?: (?:open\w*|load\w*|work\w*|upload\w*|let(?:ting)?|send\w*|click\w*|play\w*|crash\w*"
    r"|freez\w*|show\w*|submit\w*|loading|accept\w*|respond\w*|go through|up))|\bit (?:wont|doesnt|didnt"
    r"|keeps|isnt) (?:let|letting|work|load|upload|open|accept|crash\w*|freez\w*|send|say\w*)|\b(?:cant"
    r"|cannot|unable to|couldnt|having trouble|trouble|problems?) (?:open\w*|upload\w*|click\w*|access\w*"
    r"|load\w*|attach\w*|log(?:ging)? in|submit\w*|view\w*|see the (?:link|question|page|form)"
    r"|send\w* (?:the|my) (?:file|resume|photo))|\b(?:error|404|500) (?:message|code|page)\b"
    r"|\bgetting an error\b|\bneed help\b|\btechnical (?:issue|problem|difficult\w+)|\bno (?:abre|carga"
    r"|funciona|me deja)\b|\bel enlace no\b|\ble lien (?:ne )?(?:marche|fonctionne|souvre)|\b(?:link"
    r"|seite) (?:geht|funktioniert|ladt) nicht\b"
)
_WRONG = rx(
    r"\bwrong (?:number|person|guy|girl|#|num|phone|one|contact|jordan|man|lady|dude)\b"
    r"|^(?:sorry[, ]+)?no (?!one\b|problem\b|thanks\b|thank\b|experience\b|longer\b|license\b"
    r"|car\b)[a-z]{3,12} (?:here|at this number|lives here)\b|\b(?:this|that|it)(?: is| s|s|)? ?(?:isnt|aint"
    r"|is not|not) (?:jordan|him|her|me|them|the right|their|his|my name)\b|\b(?:im|i am|this is"
    r"|my names?) not (?:jordan|him|her|the (?:person|one)|who)\b|\bnot jordan\b|\bwho(?:s| is| the (?:hell"
    r"|fuck) is) (?:jordan|that|this jordan)\b|\b(?:meant|intended|supposed to be) (?:for|to) (?:someone"
    r"|somebody|another|a different)(?: else| person)?\b|\byou(?:ve| have)? (?:got|have|texted|reached"
    r"|messaged) the wrong\b|\bsomeone else(?:s)? (?:number|phone)\b|\b(?:new|changed) (?:number"
    r"|phone)[, ].*(?:not|isnt|dont know)|\b(?:never|didnt|did not) appl(?:y|ied)\b|\bdont know (?:any|a|who"
    r"|no) (?:jordan|that|this)|\bi (?:just )?got this (?:number|phone) (?:last|recently|new)"
    r"|\bnumero (?:equivocado|incorrecto)|\bse equivoc\w+ de|\bno (?:soy|es) (?:jordan|el|ella|esa"
    r"|la persona)|\baqui no (?:vive|hay|esta)|\bvous (?:vous )?(?:trompez|etes trompe)|\b(?:mauvais"
    r"|faux) numero|\berreur de (?:numero|personne|destinataire)|\bfalsche? (?:nummer|person)"
    r"|\bfalsch verbunden|\bkein(?:en)? jordan"
)
# Said as the whole message only: inside an answer these words speak of something else.
_DONE = rx(
    r"^(?:\W|ok|please|sorry|no|thanks|actually|well)*i (?:"
    r"(?:really )?(?:dont|do not) (?:want|wish|like) to (?:go on|continue|carry on|keep going|do this|answer any ?more)"
    r"|(?:want|would like|need|wish) to (?:stop|end)(?: (?:here|now|this|it|the (?:interview|chat)))*"
    r"|am done(?: (?:here|with this))?)(?: any ?more| please| now)?[.! ]*$"
)
_OUT = rx(
    r"\b(?:not|no longer|aint|isnt|never|lost) (?:really |that "
    r"|all that )?interest(?:ed)?\b(?! in (?:overtime|benefits|nights|days))|\bno interest\b"
    r"|\buninterested\b|\bcount me out\b|\b(?:ill|im|i am|i will|imma|ima|gonna|going to|have to|id like to"
    r"|i want to|i need to|wanna|decided to|gotta|i)(?: (?:just|gonna|going|have|need|to|want|like|kindly"
    r"|respectfully|probably|unfortunately))* (?:pass|decline|withdraw|back out|bow out"
    r"|opt out of this (?:job|role)|drop out|turn (?:it|this|that) down)\b(?! (?:the |a |my |drug|background"
    r"|test|out))|\b(?:withdraw|cancel|pull|remove|retract|rescind|delete|close|drop) my (?:application|app"
    r"|candidacy|name from)|\btake (?:my name|me) out of (?:the running|consideration)|\b(?:dont|do not"
    r"|didnt) (?:want|need) (?:the|this|that|your|a|any|ur) (?:job|position|role|gig|work)|\b(?:changed"
    r"|change) my mind\b|\bnot (?:for me|a (?:good )?fit|the (?:right )?(?:job|fit)|looking (?:any ?more"
    r"|for (?:a job|work))|gonna work out)(?! ?(?:to|but))|\bthis (?:one )?(?:isnt|aint) (?:it|for me)\b"
    r"|\bjob (?:isnt|is not) for me\b|\bgo(?:ing)? (?:with|in) (?:a |an)?(?:another|different|someone else)"
    r"|\bno (?:thanks|thank you|thx|ty)(?:,? (?:im good|not for me|i(?:m| am) all set|anyway))?[.! ]*$"
    r"|\bya no (?:me interesa|estoy interesad[oa]|quiero (?:el|ese|este) (?:trabajo|puesto))"
    r"|\bno (?:me interesa|estoy interesad[oa])|\bretir\w+ mi (?:solicitud|candidatura|aplicacion)|\b(?:pas"
    r"|plus) interessee?\b|\bretire ma candidature|\b(?:ne )?(?:minteresse|mintresse) (?:pas|plus)"
    r"|\bkein(?:e)? interesse\b|\bnicht (?:mehr )?interessiert|\bbewerbung zuruck"
    r"|\bziehe (?:meine )?bewerbung|\bzuruckziehen\b"
)
_TAKEN = rx(
    r"\b(?:took|accepted|found|got|have|landed|starting|started|went with|already (?:have|got|found|took"
    r"|accepted))(?: (?:a|an|another|the|new|other|different|full time|ft|already|me|hired))* (?:job"
    r"|position|offer|gig|work|something else|employment|hired)\b|\b(?:got|been|was) hired (?:somewhere"
    r"|elsewhere|at|by|already)\b|\bya (?:encontre|tengo|consegui) (?:trabajo|empleo|algo)|\bjai (?:trouve"
    r"|accepte)\b|\bschon (?:eine stelle|was|etwas|einen job)\b|\b(?:job|stelle) gefunden\b"
)
_DELETION = rx(
    r"\b(?:delete|erase|remove|wipe)\b.{0,20}\b(?:my|the|all) (?:\w+ )?(?:data|info\w*|answers?|details|interview"
    r"|records?|chat)\b"
)
_START = rx(
    r"^(?:(?:please|pls|ok|yes|i|want|to|hi|can|you|u|re)[ ,-]+)*(?:start|unstop|restart|resubscribe"
    r"|subscribe|resume texts|opt (?:me )?(?:back )?in|start (?:again|over|texts?|texting|messages|back"
    r"|up)(?: (?:again|please|me|up))*|subscribe me)(?: (?:please|pls|again|me|now|texts?))*[.! ]*$"
    r"|\b(?:text|message|contact) me again\b(?<!dont text me again)|\b(?:want|like|get|send|turn"
    r"|receive)(?: (?:me|to get|to receive|getting))* (?:the |your |my |these )?(?:texts?|messages?"
    r"|msgs) (?:again|back(?: on)?)\b|\bsign me (?:back )?up again\b|\b(?:opt|sign) me back (?:in|up)\b"
    r"|\bundo (?:the |my )?(?:stop|opt)|\bdidnt mean to (?:opt|stop|unsub)"
)
_NEVER_AGAIN = rx(r"\b(?:dont|do not|never|not|stop)\b")
_GREETING = rx(
    r"^(?:(?:hi+|hey+|hello+|helo|hola|yo+|sup|wassup|whats up|whatsup|howdy|hiya|heya|good (?:morning"
    r"|afternoon|evening|day|night)|gm|morning|afternoon|evening|greetings|buenas|buenos dias"
    r"|buenas (?:tardes|noches)|que tal|que onda|bonjour|bonsoir|salut|coucou|hallo|guten (?:tag|morgen"
    r"|abend)|moin|servus|ola|oi|thanks|thank you|thx|ty|thank u|gracias|merci|danke|how are (?:you|u"
    r"|ya)(?: (?:doing|today))?|how r u|hows it going|nice to meet you|there|robin|sir|maam|everyone|all"
    r"|team|and|to you|you too|u too|cool|great|awesome|nice|perfect|welcome)(?: |[,.!?]|$|\W)*)+$"
)
_ALREADY = rx(
    r"^(?:\W|i|but)*told (?:you|u|ya|yall)(?: (?:this|that|it))?(?: (?:already|before|earlier))?[.! ]*$|"
    r"\b(?:see|look|read|scroll) (?:above|up|my (?:resume|application|last|previous|other)|previous"
    r"|the (?:resume|application))\b|\b(?:its|thats|it is|all|everything(?:s| is)?|that is"
    r"|should be)(?: all)? (?:on|in) (?:my|the) (?:resume|application|app|cv|profile|indeed|linkedin)\b"
    r"|\b(?:i )?(?:already|just|literally just|alr) (?:told|said|answered|gave|sent|did|replied|explained"
    r"|mentioned|wrote)\b|\b(?:like|as) i (?:said|told|mentioned|wrote)\b|\basked (?:me )?(?:that"
    r"|this) (?:already|before)\b|\b(?:you|u) (?:already )?asked (?:me )?(?:that|this)\b|\bsame (?:answer"
    r"|as (?:before|above))\b|\banswered (?:that|this|it|already)\b|\b(?:3rd|third|second|2nd) time\b"
    r"|\bya (?:le|te|se|les|lo|conteste|respondi)(?: lo)? ?(?:dije|conteste|respondi|mande|puse)?\b"
    r"|\bdeja (?:dit|repondu|ecrit)\b|\b(?:schon|bereits|oben)(?: schon)? (?:gesagt|geschrieben|beantwortet"
    r"|geantwortet)\b"
)


def wants_person(folded: str) -> bool:
    """Asks for a human being; not a story in which one is spoken to."""
    if _HUMAN_BARE.match(folded):
        return True
    return bool(_HUMAN.search(folded)) and not (len(folded) > 140 and _STORY.search(folded))


def objects(folded: str) -> bool:
    return bool(_OBJECT.search(folded))


def needs_adjustment(folded: str) -> bool:
    return bool(_ACCOMMODATION.search(folded)) and len(folded) < 400


def wants_later(folded: str) -> bool:
    """Puts it off."""
    return bool(_LATER_BARE.match(folded) or (len(folded) < 200 and _LATER.search(folded)))


def puts_off_bare(folded: str) -> bool:
    return bool(_LATER_BARE.match(folded))


def moves_appointment(folded: str) -> bool:
    return len(folded) < 250 and bool(_RESCHEDULE.search(folded))


def time_named(folded: str) -> str:
    """The words that name a time, the longest run; empty when none does."""
    found = [m[0].strip() for m in _WHEN.finditer(folded)]
    return max(found, key=lambda words: (any(ch.isdigit() for ch in words), len(words))) if found else ""


def asks_again(folded: str) -> bool:
    """Did not understand the question."""
    return len(folded) < 160 and bool(_REPEAT.search(folded))


def wants_help(folded: str) -> bool:
    return len(folded) < 200 and bool(_HELP.search(folded))


def has_trouble(folded: str) -> bool:
    """The link or page does not work: never a "no" to what was asked."""
    return len(folded) < 120 and bool(_TROUBLE.search(folded))


def is_someone_else(folded: str) -> bool:
    return len(folded) < 250 and bool(_WRONG.search(folded))


def wants_out(folded: str, *, asked_something: bool) -> bool:
    """Does not want this job. A job once taken is only that when nothing was asked, or thanks go with it."""
    if len(folded) > 300:
        return False
    if _DONE.search(folded) or _OUT.search(folded):
        return True
    return bool(_TAKEN.search(folded)) and (
        not asked_something
        or bool(
            re.search(
                r"\b(?:thx|thanks|thank|sorry|good luck|no longer|elsewhere|another|already|gracias|merci|danke)\b",
                folded,
            )
        )
    )


def wants_deletion(folded: str) -> bool:
    """Wants their data gone."""
    return len(folded) < 250 and bool(_DELETION.search(folded))


def wants_start(folded: str) -> bool:
    return len(folded) < 120 and bool(_START.search(folded)) and not _NEVER_AGAIN.search(folded)


def only_greets(folded: str) -> bool:
    return len(folded) < 100 and bool(_GREETING.match(folded))


def said_already(folded: str) -> bool:
    return len(folded) < 200 and bool(_ALREADY.search(folded))


POLITE = words_of(
    r"hi+|hey+|hello|ok(?:ay)?|k|thanks?(?: you| u)?|thx|ty|please|pls|plz|sorry|quick question|question"
    r"|one (?:question|thing)|can i ask(?: (?:you|u))?(?: (?:something|a question))?(?: first)?"
    r"|i have a question|good (?:morning|afternoon|evening)|lol|haha|wait|so|and|but|also|oh|um+|well|cool|great"
    r"|hola|bonjour|hallo|before (?:that|i answer|we continue)|just wondering|i was wondering|quit playin\w*"
    r"|got it|perfect|awesome|nice|alright|sure|hmm+|first"
)
