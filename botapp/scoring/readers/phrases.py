"""The words by which a yes/no question and its answers are told apart. Patterns over folded text, nothing else."""

import re

from botapp.scoring.readers.words import rx, words_of

MIND = rx(
    r"\b(?:do|would|wouldnt) (?:you|u) mind\b|you(?:ve| have| do|ll| are|re)? ?(?:never|dont|do not|havent"
    r"|not|arent)\b.*\b(?:right|correct|do you|have you|are you)\b ?\?|\boder ?\?|\bverdad ?\?|\bno ?\?\s*$"
    r"|nest-ce pas|derange|macht es (?:ihnen|dir) etwas aus|le molesta|te molesta|object to\b"
)
OBSTACLE = rx(
    r"\bany (?:\w+ )?(?:restrictions?|limitations?|reasons?|problems?|issues?|objections?|concerns?"
    r"|conflicts?|conditions?|difficult\w+|obstacles?)\b|\b(?:be|pose|cause|is that|that be) an? (?:problem"
    r"|issue|difficulty|conflict)\b|keep you from|prevent you|stand in the way|algun (?:inconveniente"
    r"|problema|impedimento)|alguna (?:restriccion|limitacion)|un (?:problema|inconveniente)"
    r"|des restrictions|un (?:probleme|souci)|einschrankungen|ein problem|spricht etwas (?:dagegen|gegen)"
    r"|etwas dagegen"
)
NEED = rx(
    r"\b(?:need|require|requiring)\b.*\b(?:sponsor\w*|visa)\b|\bsponsorship\b|patrocinio|convicted|felon(?:y"
    r"|ies)\b|ever been (?:fired|terminated|convicted|arrested)|criminal record|\bdui\b"
    r"|employed by a competitor|non-?compete"
)
POSSESSION = words_of(
    r"do you (?:currently )?(?:have|hold|own|possess)|certified|licensed?|certifications?"
    r"|are you (?:currently )?(?:an?|at least|over|18|21)|18|21|authorized|valid|active|current|completed"
    r"|graduated?|diploma|degree|ged|tiene|avez-vous|haben sie|staplerschein|permiso"
)
AGE = rx(
    r"\b(?:at least|over|are you|older than|minimum)\s(1[68]|21)\b|\b(1[68]|21) (?:years|or older|or over"
    r"|and over|\+)|\b(?:mayor de|plus de|uber|mindestens) (1[68]|21)\b|mayor de edad|majeur"
)
AMOUNT_ASKED = rx(r"\b(?:lift|carry|push|pull|move|cargar|levantar)\b[^?]*?\b(\d{2,3}) ?(?:lbs?|pounds|kg|kilos)\b")
GETTING_THERE = words_of(
    r"way (?:to get )?to (?:get to )?work|way (?:to|of) (?:get|getting|travel\w*|commut\w*)(?: \w+)?"
    r"|transportation|transport|commute|get (?:to work|here|to the \w+)"
)
GETS_THERE = words_of(
    r"(?:i )?(?:drive|bike|walk|bus|cycle|carpool|skate)|(?:my|own|have a|got a|a|the) (?:own )?(?:car|truck"
    r"|bike|motorcycle|moped|scooter|vehicle|van|ride|suv|jeep|honda|toyota|bus pass)|(?:live|stay|im|i live"
    r"|house is|apartment is) (?:\w+ ){0,2}?(?:close|near|nearby|around the corner|across|next door"
    r"|down the (?:street|road)|blocks|block|min|mins|minutes|mile|walking distance)|walking distance"
    r"|never (?:miss|missed|late|been late)|\d+ (?:blocks?|min(?:ute)?s?(?: walk)?) away|on the bus line"
    r"|take the (?:bus|train|subway|metro|light rail)|bus (?:stop|line|route)|uber|lyft|tengo carro|en carro"
    r"|en coche|a pie|en bus"
)
PLACE_ASKED = words_of(
    r"relocate|relocation|move to|on ?site|live in|in person|based in|commut\w+|mudarse|demenager|umziehen"
)
LOCAL = words_of(
    r"(?:already|i|im|currently|actually) (?:live|living|local|there|here|in town|based|reside)(?: (?:here|there"
    r"|in|nearby|near|close|local\w*|around))?|local|born and raised|no need to (?:move|relocate)|live (?:there"
    r"|here|in|nearby|close|near)|(?:ya )?vivo (?:aqui|alli|en|cerca)|jhabite|wohne (?:schon|hier|dort|in)"
)
RIGHT_TO_WORK = words_of(
    r"authoriz\w+|eligible to work|legally|work permit|right to work|permiso de trabajo|permis de travail"
    r"|arbeitserlaubnis|sponsor\w*"
)
MAY_WORK = words_of(
    r"(?:us |u\.s\. |american |dual |naturalized |eu |uk )?citizen\w*|green ?card|gc(?: holder)?"
    r"|perm(?:anent)? resident|lpr|(?:born|raised) (?:here|in the (?:us|usa|states)|and raised)|us born"
    r"|us passport|ead|daca|work (?:permit|authorization)|asylee|refugee|authorized|ciudadan[oa]"
    r"|residente|residencia permanente|nacionalidad|eu burger\w*|niederlassungserlaubnis|nationalite"
    r"|settled status|ilr"
)
LIMITED_VISA = words_of(
    r"h-?1-?b|opt|cpt|stem|f-?1|j-?1|l-?1|tn|visa|transfer|eventually|later|someday|future|expires?|after"
)
DONE_BEFORE = rx(r"^(?:have|did) (?:you|u)\b|experience")
TIME_DONE = rx(
    r"\b\d+(?:\.\d+)? ?\+? ?(?:years?|yrs?|months?|mos?|seasons?|summers?|anos?|ans|jahre)\b|\bsince (?:19"
    r"|20)\d\d\b|\bfor (?:years|ages|a long time)\b|\bmy whole life\b"
)
NOT_REALLY_DONE = words_of(
    r"coursera|udemy|tutorials?|notebooks?|in school|at school|class project|at home|hobby|for fun|youtube"
    r"|bootcamp|never|similar|retail|almost|watched"
)
STILL_GOOD = rx(
    r"\b(?:still|is|its|currently|already|fully) (?:valid|active|current|good)\b|\b(?:valid|good|current"
    r"|active|vigente|gultig|valable) (?:till?|until|thr(?:u|ough)|to|hasta|bis|jusqua?u?)\b"
    r"|\b(?:exp(?:ires?)?|renews?|vence|expire en)\.? ?(?:in |on |en |date )?(?:\w{3,9} )?(20\d\d)\b"
)
RENEWED = words_of(r"(?:just|already|recently|got it|got mine|been) renewed|renewed (?:it |mine )?(?:last|this|in)")
FOREIGN = words_of(
    r"foreign|international|mexican|canadian|out of state|out-of-state|another (?:state|country)"
    r"|my (?:home )?country|(?:one|it|mine|license|licence|card|degree|diploma) (?:is )?(?:from|in|for) (?!the\b"
    r"|my\b|19|20|\d)[a-z]{4,}"
)
LESSER = words_of(
    r"(?:learners?|learning|instruction|provisional|just (?:a|my|the)|only (?:a|my|the)|a|my) (?:cdl )?permit"
    r"|permit only|only (?:a )?permit|theory (?:test )?(?:only|passed)?|el permiso de aprendiz|que le code"
    r"|juste le code|nur (?:roller|mofa|theorie|am|b)"
)
CLASS = re.compile(r"\bclass[e]? ([a-e])\b|\bcdl-?\s?([abc])\b|\bklasse ([a-e])\b")
SHIFTED = rx(
    r"(?:^|[\s,.])(?:actually|wait(?:,? no)?|i mean(?:t)?|correction|scratch that|never ?mind that|oops"
    r"|my bad|typo|\*|mejor dicho|perdon|digo|enfin|pardon)[,.:]?(?=\s)"
)
BUT = words_of(r"but|pero|mais|aber|except|just|tho(?:ugh)?|although|however")
RHETORIC = rx(
    r"(?:^|\s)(?:what (?:do|does) (?:you|u|ya) think|who doesnt|are you kidding|you kidding|why wouldnt i"
    r"|why not|how hard can it be|whats not to like)\??"
)
LEAD = re.compile(
    r"\s*(yes|yeah|yep|yup|ya|sure|absolutely|of course|definitely|si|oui|ja|no|nope|nah|nein|non)\s?[,.:;!-]\s?"
)
DAY_NAMED = rx(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b")
YEARS_ASKED = rx(r"\b(\d+|one|two|three|five)\+? (?:or more )?years?\b")
BORN = re.compile(r"\b(19[3-9]\d|200\d|201\d)\b")
YES_FIRST = re.compile(r"(?:yes|yeah|yep|yup|i do|i will|si|oui|ja)\b")
YES_IT_IS = rx(r"(?:yes|yeah|yep),? (?:it|that) (?:would|will|is|does|might|could)(?: be)?[.! ]*(?:$|[,.;\n])")
STATES = words_of(
    r"i|im|ive|my|got|have|can|been|worked|did|available|love|like|current(?:ly)?|tengo|puedo|jai|ich|habe"
)
INSTEAD = words_of(
    r"days?|mornings?|evenings?|rather|prefer|instead|almost|about to|want|wish|think|friend|used to|when i"
    r"|class [b-e]|off|stopped|quit|hate|lost|without|need|would|could|looking|trying|mostly|only|just|less"
    r"|under|afraid|scared|fear|nervous|allergic|uncomfortable|struggle|terrified|worried|avoid|bad|hard"
    r"|problem\w*|issues?"
)
COUNTS = rx(
    r"\b(?:does|would|will|do|is|can|did|are)\b[^?\n]{0,30}\b(?:count|counts|cover|covers|qualify|suffice"
    r"|enough|accepted|same thing|good enough)\b"
)
IS_A_PROBLEM = words_of(
    r"(?:would|will|might|could|may|that|its|is|kind of|kinda|bit of|be) (?:be )?(?:an?|a bit of a|kind of an?"
    r"|a little|a big|a huge|the|some|kinda an?) ?(?:problem|issue|struggle|challenge|conflict)"
    r"|i (?:do )?(?:kinda )?mind|struggle|ist ein problem|seria un problema|seria complicado|me complica"
    r"|si me molesta"
)
ON_A_GOOD_DAY = words_of(r"maybe|on a good day|at most|max|tops|about|up to|only|like")
PARTIAL_TIME = rx(
    r"\bfor (?:a|the first|now|one|1|2|a few|the)\b[^.,]*\b(?:weeks?|months?|year)\b|\b(?:starting|from"
    r"|after|once|when|as of|beginning) (?:the |my |i |in |on |next |this )?(?:\d+|jan|feb|mar|apr|may|jun"
    r"|jul|aug|sep|oct|nov|dec|next|finals|graduat|semester|school|summer|new year|the first|monday|tuesday"
    r"|wednesday|thursday|friday|i (?:finish|get|move|turn|graduate))\w*"
)


ONE_DAY_YES = rx(
    r"\b(?:saturdays?|sat|sabados?|samedis?|samstags?|fruh|nights?|days?|mornings?"
    r"|evenings?)(?: and \w+)? (?:yes|si|oui|ja|ok|fine|works?)\b[^?]*\b(?:sundays?|sun|domingos?|dimanches?"
    r"|sonntags?|spat|nacht|nights?|days?|mornings?|evenings?)\b"
)
