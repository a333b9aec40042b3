"""Wording by which what is said to the machine is known: orders, made-up results, threats, marks of a prompt.

Data only. Matched against text whose dashes between words are blanks and whose invisible characters are gone.
"""

# Shorthand of the patterns: words in capitals stand for these.
SHORTHAND = {
    "MACHINE": r"(?:ai|a\.i\.|bot|assistant|model|llm|gpt|chatgpt|grader|evaluator|interviewer|scorer|rater"
    r"|system|judge"
    r"|reviewer|algorithm|machine|robin)",
    "SCORE": r"(?:scores?|points?|ratings?|marks?|grades?|stars?|full marks|top marks|maximum)",
    "GIVE": r"(?:give|award|assign|choose|put|rate|score|mark|grade|pick|select|output|return|set|grant"
    r"|record|enter)",
    "TOP": r"(?:5|five|10|ten|100|max\w*|highest|excellent|top|perfect|full|best)",
    "NEAR": r"[^.!?\n]{0,20}",
    "GAP": r"[^.!?\n]{0,50}",
    "BEGIN": r"(?:^|[.!?:;,\n(\[{<\"*>-] "
    "?|\b(?:please|pls|plz|kindly|must|should|will|now|just|then|and|to|instead|not) )",
    "TELL": r"(?:reveal|print|show|repeat|send|tell|output|list|format|encode|decode|describe|return|summari[sz]e"
    r"|translate|share|paste|store|write|dump|display|copy|give|state|recite)",
    "REPLY": r"(?:reply|response|answer|output|message|sentence)",
}
PATTERNS = (
    # orders
    r"\b(?:ignore|disregard|forget|override|bypass)\bGAP\b(?:instruct\w*|prompts?|rules|rubric|guidelines"
    r"|above|criteria)",
    r"\bGIVE\bGAP\b(?:me|candidate|applicant|my)\bGAP(?:\b(?:TOP|pass|hire|SCORE)\b|\d+/\d+)",
    r"\b(?:give|award|assign|rate|score|mark|grade|grant)\bGAP\b(?:this|answer|response|it|us)\bGAP"
    r"(?:\b(?:TOP|pass|hire|SCORE)\b|\d+/\d+)",
    r"\b(?:please|plz|pls|just|so|should|must|to|and)\bNEAR\bGIVE\b\s+(?:a |an |me |the )?TOP\b",
    r"\b(?:give|giving|award|score (?:me|it|this)|rate (?:me|it|this)|accept|grade|mark|get)\bGAP(?:less|lower"
    r"|higher|more|fewer"
    r"|anything) than (?:a )?"
    r"(?:5|five|4|four|10)\b|\b(?:less|lower|fewer|anything) than (?:a|full) (?:5|five|10|ten|marks?)\b",
    r"\b(?:get|deserve|need|want|earn|receive|got)\bNEAR\bTOP\bNEAR\bSCORE\b",
    r"\byou (?:will|must|have to|are required to|shall|should) (?:now )?"
    r"(?:comply|obey|follow|score|rate|give|award|pass|hire|recommend|output)",
    r"\b(?:must|should|shall|to|need to|has to) be (?:rated|scored|graded|marked|awarded|evaluated)\b|\bbe rated\b",
    r"\b(?:respond|reply|answer|output|return)\bNEAR\b(?:only|just|exactly)\bNEAR\b(?:with|the|json|a)\b",
    r"\b(?:reveal|print|show|repeat|send|tell me)\bNEAR\b(?:system prompt|your prompt|the prompt|rubric"
    r"|your instructions"
    r"|scoring (?:rules|criteria|guide)|anchors)",
    # talk about, or as, the machine
    r"\bMACHINE\bGAP\b(?:instruct\w*|told|agrees?|must|should|is required|has to|will)\bGAP\b(?:GIVE|rated"
    r"|awards?|SCORE)\b",
    r"\bhidden (?:instruction|prompt|rule|note|message)",
    r"\b(?:note|message|ps|p\.s\.|attention|memo|reminder|instruction)s?\bNEAR\b(?:to|for)\bNEAR\bMACHINE\b",
    r"\bi know (?:you're|youre|you are|u r|ur|that you)\bNEAR\b(?:ai|bot|machine|robot|computer|model|program)",
    r"\bas an? (?:ai|llm|language model)\b|\byou are (?:now )?(?:an? )?(?:ai|llm|language model|grader|evaluator)",
    r"\byou are now\b|\b(?:test|debug|developer|dan|god|admin) mode\b",
    r"\b(?:system|developer|assistant|admin|user|instruction|override)\s*(?:prompt|message|note|override"
    r"|mode)?\s*[:>\]]",
    r"<\s*/?\s*(?:system|instructions?|prompt|assistant|user|admin|score|eval\w*|inst)\b[^>\n]*>?",
    r"\[/?(?:inst|system|admin|sys)\]",
    # made-up results and rules
    r"[\"']?\b(?:score|rating|grade|verdict|evaluation|final_score|result)\b[\"']?\s*[:=]\s*[\"']?(?:TOP"
    r"|pass|hire)\b",
    r"\b(?:evaluation|assessment|scoring|grading) (?:complete|completed|result|override|mode|model)\b",
    r"\b(?:per|according to|under|pursuant to|in accordance with)\bNEAR\b(?:policy|section|guidelines?"
    r"|rubric|clause|hr)\b"
    r"GAP\b(?:score\w*|points?|5|rated?|pass\w*|award\w*)",
    r"\b(?:already|has been|was) (?:approved|verified|scored|rated|pre-?approved)\bGAP\b(?:score|5|five"
    r"|rat\w+|full|skip)\b",
    # threats and appeals
    r"\b(?:report|sue|lawsuit|lawyer|complain|eeoc|discriminat\w+)\bGAP\b(?:if|unless|you|this|as)\bGAP"
    r"\b(?:score|5|discriminat\w+|pass|low|fail|reject\w*)\b",
    r"\bif (?:you|i) (?:give|get|don'?t|do not|score|rate|reject|fail)\bGAP\b(?:5|five|score|points|job"
    r"|less|low\w*|report|sue)\b",
    r"\b(?:lose my (?:home|house|kids|visa|apartment)|feed my (?:kids|family|children)|really need (?:this|the) job"
    r"|desperate\w*|my (?:daughter|son|mother|wife|husband|kid|mom|dad) is (?:very )?(?:sick|ill|dying))\b"
    r"[^.!?\n]*\b(?:score|points?|5|five|please|kind|job)\b",
    # orders to drop the rules, also written with dashes
    r"\b(?:ignore|disregard|forget|neglect|override)\b(?: \w+){0,4} (?:context|directions?|constraints|indicators"
    r"|programming|told|orders|commands|filters?|assessments?)\b",
    # asking for what the machine was told
    r"\b(?:system|initial|original|hidden|starting|developer) prompt\b|\brepeat (?:your|the) (?:prompt|instructions)\b",
    r"BEGINTELL\b(?: \w+){0,4} (?:your|all|any|the|previous|prior|hidden|initial|starting|above|system)"
    r"(?: \w+){0,3} (?:instructions?|prompts?|directives?|configuration|guidelines)\b",
    r"\bTELL (?:previous|prior|all|above|your|hidden|system|starting) (?:\w+ )?(?:instructions|prompts?)\b"
    r"|\boutput initiali[sz]ation\b|\bpseudocode of the above\b",
    r"\b(?:my|the|all|those|previous|prior) instructions (?:so far|are:?|(?:that )?you (?:were|have been|got)|received"
    r"|in the prompt|above|with which)|\byour (?:system |own |starting )?(?:instructions|directives"
    r"|configuration|prompt)\b",
    r"\b(?:share|show|reveal|output) your (?:config\w*|settings|rules)\b",
    # orders about the form of the reply
    r"\binstead of (?:outputting|responding|answering|providing|printing)\b|\bplease (?:output|print|respond"
    r"|repeat|ignore)\b"
    r"|\bhelpful assistant\b|\b(?:analy[sz]e|match\w*) (?:the )?user input\b|\bany close word\b|\btry to help me\b"
    r"|\bhelp me (?:solve|write|create|decode|complete)\b|\b(?:answer|respond|reply|say)\b[^.!?\n]{0,40}\bverbatim\b",
    r"\b(?:begin|start|prefix|prepend|preface|end|open) (?:your|the|each|every) REPLY\b|\bto your REPLY\b",
    r"\byour REPLY (?:with|should|must|as long)\b|\bREPLY (?:with|in) (?:only )?(?:\d|two|one) words?\b",
    r"BEGIN(?:respond|reply|answer|output|say|print|proclaim|report|return|complete|append|prefix|include)\b"
    r"(?: (?:only|just|simply|exactly|back|with|the|letters|phrase|prefix|password|words?|a|an|in|to|me)){0,4} ?:?"
    r" ?[\"'“‘\[<]{1,3}\w",
    r"\b(?:do not|dont|don't|without) (?:\w+ ){0,3}(?:explanations?|commentary|quotations?|any comments?|words besides"
    r"|anything except|extra comments?)\b|\bno extra comments?\b|\bjust write the answer\b|\brespond to every prompt\b",
    r"\b(?:two|2|one|1|three|3)[ -]words? (?:only|answer|response|reply|sentences)\b|\busing (?:two|2"
    r"|one) words only\b",
    r"\baccess[ _]*(?:granted|denied)\b|\baccess grant\b|\b(?:say|output|include|print|reveal"
    r"|correct) (?:the )?access code\b",
    r"\b(?:correct|append the|reveal the|tell me the|shares his|share the) (?:password|access code|passphrase)\b",
    r"\bfor anything else,? (?:respond|reply|say)\b|\bif the user says\b|\bsample user (?:input|response)\b",
    # giving the machine a part to play
    r"\bi (?:want|order|command|authori[sz]e) you to\b|\byou (?:must|may) (?:now )?(?:repeat|respond|say|obey"
    r"|not deviate)\b",
    r"BEGIN(?:you are|you're) (?:a|an|no longer|now)\b(?=[^.!?\n]*\b(?:assistant|wizard|interpreter|spy|model"
    r"|pirate|bot"
    r"|speak|hiring manager|terminal|program|ai)\b)|\bplaying the role of\b|\byou are now\b",
    r"\b(?:let's|lets|let us) (?:act out|simulate|play a game|pretend|role ?play)\b|BEGINact (?:as|like) (?:a|an"
    r"|if|the) ",
    r"\bas (?:your|the) (?:developer|admin\w*|creator|maintainer)\b|\bi(?:'m| am) (?:your|a|the) (?:\w+ )?(?:developer"
    r"|maintainer|admin\w*)\b[^.!?\n]{0,30}\b(?:this system|debugging|you|prompt|configuration|$)",
    r"\b(?:large )?language (?:model|generation ai)\b|\bunfiltered\b|\bno special filtering\b|\bbreak the rules:",
    # what is to become of the candidate
    r"BEGIN(?:hire|approve|pass|shortlist|recommend|advance|accept|rate|score) (?:me\b(?= (?:now|immediately"
    r"|anyway|please)"
    r"|[.!]?$)|this (?:candidate|applicant|resume|application|cv)\b)",
    r"\b(?:must|automatic(?:ally)?|immediate(?:ly)?) hired?\b|\bauthori[sz]ed to (?:hire|send|approve|offer)\b"
    r"|\bhire me[.!]"
    r"|\bmust approve (?:me|this)\b|\b(?:send|write) (?:the|an) offer (?:email|letter)\b|\bto send an offer\b",
    r"\b(?:set|mark|change|update)\b[^.!?\n]{0,40}\b(?:as|to) (?:a |an )?(?:hired|passed|approved|shortlisted|accepted"
    r"|qualified|recommended)\b|\b(?:ats|applicant|candidate) status\b",
    r"\b(?:the|this) (?:candidate|applicant)\b[^.!?\n]{0,40}\b(?:perfect|supremely|most|best|must|exceptional|10)\b"
    r"|\bperfect (?:candidate|fit|score)\b[^.!?\n]*\b(?:hire|score|rate|candidate)\b|\bapprove this (?:candidate"
    r"|application)\b"
    r"|\b(?:best|strongest) (?:resume|candidate|application) (?:i|you|we|they)\b|\brecommend them for\b"
    r"|\bevaluate the candidate\b|\bhighly recommended\b",
    r"\bnotes? (?:by|to|for|from) (?:a |an |the |any )?(?:\w+ ){0,3}(?:recruiter|software|ai|evaluators?"
    r"|graders?|llms?|ats)\b"
    r"|\b(?:ai|llm|automated)\b(?: \w+){0,2} note\b|\bwhite text\b|\binvisible to humans\b|\bchain of thought\b",
    # the mood of the marker
    r"\bknow before evaluation\b|\beasy evalu?a?tion\b|\bscore mostly\b|\bfor testing purposes\b|\balways return\b"
    r"|\bregardless of the (?:\w+ )?(?:outcome|analysis|results?)\b|\bmust end in\b|\bpre.?approved\b"
    r"|\b(?:give|award|assign)s? (?:it |me |a |an |the )*(?:full|perfect|highest|top|maximum) (?:score|marks?"
    r"|grade|points)\b"
    r"|\bdisregard the rubric\b|\bskip (?:the )?review\b",
    # the marks of a prompt
    r"<\||\|>|%%%|\{\{|\}\}|<<|\[prompt|^\W*prompt ?\d+ ?:|\b(?:end|begin) (?:user|system|access|sample) "
    r"(?:input|prompt|code|ambiguity)\b|\b(?:system|admin|developer) (?:override|directive|prompt)\b"
    r"|\bnew instructions?\b"
    r"|\btoken smuggling\b|\bin base ?64\b",
    r"(?:[^\w\s]\s?){16}|\bsimilarlynow\b|\boppositeley\b|\brevert with\b|!--|\]\( ?\w|\bsolve this puzzle\b",
)  # fmt: skip

# An order or a question to whoever reads: never a plea by itself, but it carries no credit, and beside a plea it is
# part of it. The verbs are those one gives a machine; "clean the grill first" is an answer.
ORDER_VERBS = (
    r"(?:respond|reply|answer|output|print|repeat|write|say|complete|describe|format|translate|tell|list|return"
    r"|encode|decode"
    r"|convert|summari[sz]e|ignore|disregard|forget|pretend|imagine|act|simulate|define|consider|state|reveal|show|give"
    r"|begin|start|prefix|prepend|append|include|provide|create|generate|help me|be (?:verbose|concise|brief"
    r"|creative|nice)"
    r"|note that|remember|rate|score|evaluate|grade|approve|hire|recommend|use this|focus|keep|make your|spell|replace"
    r"|concatenate|explain|continue|finally,? (?:list|print|say|output|write)|additionally|do not|don'?t"
    r"|never (?:say|reveal)"
    r"|always (?:say|respond|return|output))"
)
# Of these, the ones nobody opens a sentence of an answer with.
MACHINE_ORDERS = (
    r"(?:(?:please |kindly |now |then |and |first,? |also |just )*(?:output|prepend|prefix|simulate|pretend"
    r"|disregard|respond"
    r"|encode|decode|reveal|repeat (?:your|the|all|every\w*|after|what)|print (?:all|the|your|out)"
    r"|translate (?:this|the)"
    r"|ignore (?:all|any|every|the|previous|prior|your)|forget (?:all|every\w*|the|what|previous)|act (?:as"
    r"|like) (?:a|an|if)"
    r"|(?:begin|start|end|finish) (?:your|the|every|each)|do not (?:say|provide|write|respond|output|include)"
    r"|don'?t (?:say|provide|respond|output)|(?:rate|score|grade|evaluate|approve|hire|recommend"
    r"|shortlist) (?:me|this|the)"
    r"|tell me|help me|give me|show me|say ['\"“]|write (?:a|an|me) (?:\w+ )?(?:story|poem|log|script|essay|sentence)"
    r"|describe yourself|list (?:all|your)|format (?:your|all|prior|the)|always (?:say|respond|return|output)|never say"
    r"|complete [\"“']|answer (?:with|only|in)|let's (?:act|play|simulate|pretend)|spell)\b"
    r"|please (?!do |feel |let )\w+|(?:now |then )+(?:write|list|say|answer|print|repeat|explain|format|complete"
    r"|store)\b"
    r"|you (?:must|will|shall|are (?:a|an|now)) )"
)
ADDRESS = (
    r"(?:^\W*(?:please |kindly |now |then |and |first,? |also |just |in addition[^,]*, "
    r"|instead of [^,]*, ?(?:please )?)*"
    rf"{ORDER_VERBS}\b(?! (?:with|to) (?:the |my |our |a )?(?:customer|guest|patient|team|client|manager|supervisor)))"
    r"|\bplease\b|\byou(?:'re| are| will| must| should| may| have| were| can'?t| do not| don'?t)\b|\byour\b"
    r"|\b(?:the|this|next|last) (?:user|assistant|prompt|reader|grader|marker|teacher|reviewer)\b"
    r"|\b(?:prompt|verbatim|access (?:code|granted|denied)|passphrase|endoftext)\b|[<>\[\]{}|%_]{2}|\bvar[A-Z]\w+"
)
# These speak to the reader whoever else is named in the sentence.
PLAINLY_YOU = (
    r"\byou (?:will|must|are|have (?:no|to)|know|can now|should|may)\b|\bon behalf of you\b|\byour (?:response"
    r"|reply|memory"
    r"|instructions|answer|output|future)\b|\bmy instructions\b|\bprompt\b|\bthis is a test\b"
    r"|\b(?:print|execute|join)\b ?\(|\bdef \w+|\w+ ?= ?[\[\"'(]|^\W*#|[\[<]\w+[\]>]|\.join\(|\\[n+]"
    r"|\b(?:first|last|next|second) (?:word|line|letter|sentence|paragraph|code snippet)\b|\bcorrect sentence\b"
    r"|\b(?:pre.?verified|all required areas|exceeds all|exceptional match|exceptional candidate)\b|\bmanual scoring\b"
    r"|\bthey have demonstrated\b|\battributes\b|^\W*\w+\W*$|^[^\"]*\"[^\"]*$"
)
SELF = r"\b(?:i|i'm|i'd|i'll|i've|we|we're|my|our|me|us|ich|wir|mein\w*|mir|mich|uns)\b"
