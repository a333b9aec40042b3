"""How candidates ask: topics of a job by the words people use for them, and the questions about this chat itself.

Data only. `ASKED_AS`: topic -> patterns that are about the whole topic. `NARROW`: topic -> words that ask for one
part of it; a fact answers such a question only when it speaks of that part (or of a word that means the same).
"""

ASKED_AS: dict[str, tuple[str, ...]] = {
    "pay": (
        r"pay|pays|paying|wages?|salary|salaries|compensation|rate|money|earn|earnings|per hour|hourly",
        r"how much (?:is it|do|does|would|can i|an hour|money|will)|make an hour|what (?:do|does) it pay",
    ),
    "schedule": (
        r"hours|shifts?|schedules?|what time|days? a week|which days|what days|rota|full schedule",
        r"when (?:would|do|does|will) (?:i|the shift|we|it) (?:work|end|finish)",
    ),
    "location": (
        r"where|address|locations?|located|how far|near|commute|building|which (?:site|store|city|office"
        r"|town|branch)",
        r"what (?:city|town|area|place)",
    ),
    "remote": (r"remote|remotely|from home|wfh|hybrid|on[- ]?site",),
    "benefits": (r"benefits?|perks?|benefits package",),
    "start": (
        r"start(?:ing)? (?:date|day)|how soon|start right away|first day|start immediately",
        r"when (?:would|do|can|could|does|will) (?:\w+ ){1,3}start|when is the start",
    ),
    "training": (r"train|training|trained|onboarding|orientation|teach|learn on the job|courses?",),
    "employment": (
        r"full[- ]?time|part[- ]?time|contract|permanent|temp|temporary|seasonal|w-?2|1099|employment|per diem",
        r"fixed[- ]term|freelance|temp[- ]to[- ]hire|kind of (?:job|contract)|internship",
    ),
    "transport": (
        r"transport|transportation|bus|train station|subway|metro|parking|park|car ?pool|shuttle|get there"
        r"|drive there",
        r"relocation|relocate|mileage|need a car|own car|company (?:car|truck|van)",
    ),
    "dress": (r"dress|dress code|wear|clothes|clothing|uniforms?|boots|ppe|tattoos?|piercings?|beard",),
    "company": (
        r"company|employer|who (?:do you work for|is hiring)|what do you (?:guys |all )?do|business|organi[sz]ation",
        r"how (?:big|many (?:people|employees))",
    ),
    "team": (r"team|who would i (?:work|report)|manager|boss|supervisor|report to|co-?workers?|colleagues",),
    "duties": (
        r"duties|day[- ]to[- ]day|responsibilit(?:y|ies)|tasks|job like|typical day|heavy|lift|lifting",
        r"what (?:would|will|do|am) i (?:be |going to be )?do(?:ing)?|what(?:'s| is) the (?:job|role|work)",
    ),
    "requirements": (
        r"require|required|requirements?|qualified|qualifications?|degree|minimum age|how old"
        r"|background check|drug test",
        r"need (?:\w+ ){0,2}(?:experience|license|licence|certificate)|experience needed",
    ),
    "visa": (r"visas?|sponsor|sponsorship|work permit|work authori[sz]ation|h-?1b|green card|e-?verify",),
    "process": (
        r"next steps?|hear back|what happens (?:next|after|now)|hiring process|fill it|decision|apply|application",
        r"when (?:will|would|do) (?:i|you) (?:hear|know|decide)|how many (?:rounds|interviews)"
        r"|interview process|feedback",
    ),
    "accommodation": (r"accommodat\w*|wheelchair|accessib\w*|disab\w*|sign language|interpreter|screen reader",),
}
NARROW: dict[str, tuple[str, ...]] = {
    "pay": (
        r"tips?", r"bonus(?:es)?|signing|sign-on", r"overtime|time and a half|ot", r"commission"
        r"|ote", r"raise|raises|review",
        r"weekly|biweekly|every week|every two weeks|paydays?|pay ?day|monthly|how often", r"advance|daily pay|cash",
        r"holiday pay", r"differential|night pay", r"equity|stock|shares",
    ),
    "schedule": (
        r"nights?|overnight|graveyard", r"weekends?|saturdays?|sundays?|monday|friday|any day|7 days",
        r"days? off|time off", r"rotat\w+|fixed",
        r"flexible|flexibility", r"on[- ]call", r"holidays?", r"breaks?|lunch", r"let go early|early", r"overtime|ot",
        r"mornings?", r"evenings?|afternoons?",
    ),
    "benefits": (
        r"insurance|health|health ?care|medical", r"dental", r"vision", r"401k?|401\(k\)|pension|retirement",
        r"pto|vacations?|paid time off|paid leave|holidays?|time off", r"sick", r"discounts?", r"parental"
        r"|maternity|paternity",
        r"childcare|day ?care", r"meals?|food|lunch", r"tuition", r"gym",
    ),
    "training": (r"paid", r"how long|end|ends|weeks?|days?|long", r"certif\w+", r"promot\w+|career|grow\w*"
    r"|advance\w*"),
    "transport": (r"bus|subway|metro|train station|public", r"park|parking", r"shuttle", r"car|truck"
    r"|van", r"relocat\w+",
                  r"mileage"),
    "dress": (r"uniforms?", r"tattoos?", r"piercings?", r"beard", r"boots|shoes"),
    "requirements": (r"background", r"drug", r"degree|diploma|ged", r"age|old", r"licen[sc]e|cdl", r"experience"),
    "employment": (r"1099|contractor|freelance", r"w-?2", r"probation", r"agency"),
    "duties": (r"heavy|lift|lifting", r"phones?", r"cash|register"),
    "company": (r"how big|how many (?:people|employees)", r"revenue|profit"),
}  # fmt: skip
SAME_TOPIC: dict[str, str] = {
    "start date": "start", "contract": "employment", "employment type": "employment", "job type": "employment",
    "hours": "schedule", "shift": "schedule", "shifts": "schedule", "salary": "pay", "wage": "pay", "wages": "pay",
    "compensation": "pay", "bonus": "pay", "place": "location", "address": "location", "travel": "transport",
    "parking": "transport", "uniform": "dress", "dress code": "dress", "perks": "benefits", "insurance": "benefits",
    "about": "company", "employer": "company", "job": "duties", "responsibilities": "duties", "tasks": "duties",
    "career": "training", "growth": "training", "work permit": "visa", "sponsorship": "visa", "next steps": "process",
    "hiring process": "process", "interview": "process", "type": "employment", "remote work": "remote",
}  # fmt: skip
# (topic, patterns, reply): honest fixed sentences about this chat. {company} and {title} are filled in.
ABOUT_CHAT: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "ai",
        (
            r"(?:are|r) (?:you|u|ya) (?:a |an |even |really |actually )*(?:bot|robot|human|person|real|ai"
            r"|machine|automated)",
            r"is (?:this|that|it) (?:a |an |just |even )*(?:bot|robot|human|ai|automated|machine|real person)",
            r"am i (?:talking|speaking|chatting|texting) (?:to|with)|real (?:person|human)|chat ?gpt",
            r"(?:is|are) (?:there )?(?:a |any )?(?:humans?|person) (?:here|there|reading)",
        ),
        "I am an automated assistant, not a person. I ask the questions. A person at {company} reviews the answers.",
    ),
    (
        "ai decides",
        (
            r"(?:robot|bot|ai|machine|computer|algorithm|you) (?:decides?|chooses?|picks?|rejects?|scores?"
            r"|grades?|hires?)",
            r"do you decide|who (?:decides|makes the decision)",
            r"how (?:am i|is (?:this|it)|are (?:we|answers)) (?:scored|rated|graded|judged)",
        ),
        "I don't decide anything. I collect the answers and note how they fit the questions. "
        "A person at {company} decides.",
    ),
    (
        "duration",
        (
            r"how long (?:will|does|is|would|do) (?:this|it|the (?:chat|interview|questions?|survey|screening))",
            r"how (?:many|much) (?:more )?(?:questions?|longer|is left)|how much time|take long|almost (?:done|over)",
        ),
        "It depends on how much you write. There is one question at a time, "
        "and you can stop and go on later with the same link.",
    ),
    (
        "reader",
        (r"who (?:reads?|sees?|will (?:read|see)|gets?|can (?:read|see)|looks? at|reviews?|is reading)",),
        "The people who hire for {title} at {company} read your answers.",
    ),
    (
        "privacy",
        (
            r"privacy|my data|personal information|my info(?:rmation)?|delete my|confidential|anonymous|recorded",
            r"what (?:do|will|happens) (?:you |they )?(?:do )?(?:with|to) (?:my|this|the) (?:answers?|data|info\w*)",
        ),
        "Your answers go to the people who hire for {title} at {company}, for this job. "
        "To see them or have them deleted, ask for a person and I will pass it on.",
    ),
    (
        "scam",
        (r"scam|spam|legit|legitimate|phishing|is this (?:for )?real|fake|can i trust",),
        "I am the automated assistant that {company} uses to ask the first questions for {title}. "
        "I never ask for money, passwords or bank details. If you are unsure, ask for a person.",
    ),
    (
        "language",
        (
            r"(?:speak|in|en|habla|hablo|hablar|auf|parler?) (?:spanish|espa[nñ]ol|french|fran[cç]ais|german"
            r"|deutsch|polish"
            r"|chinese|my language|another language)",
            r"no (?:hablo|habla|entiendo|speak) (?:mucho |bien |good |much )?(?:ingl[eé]s|english)",
        ),
        "I ask in English. A person at {company} can say whether another language is possible. I can pass that on.",
    ),
)
