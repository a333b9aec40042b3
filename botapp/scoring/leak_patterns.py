"""Words that a model must not say to a candidate, in English, Spanish, French and German; and words that are no names.

Each pattern is written so that plain talk about a job does not meet it: rules take over where one does.
"""

import re

from botapp.scoring.vocabulary import words


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)


# Of judging, whatever the job is.
OF_SCORING = _any(
    r"rubrics?\b|r[úu]bricas?\b|grille d['’][ée]valuation|bewertungs\w+|(?:scoring|grading) (?:guide|criteria|scale)",
    r"anchors? for\b|knock-?out|must-haves?\b|pass(?:ing)? (?:bar|mark|score|threshold)|minimum score",
    r"puntuaci[óo]n m[íi]nima|score m(?:inimum|inimal)|mindestpunkt\w+",
    r"(?:higher|better|best|top|full|lower) (?:scores?|marks?|grades?|rating)",
    r"\d+(?:[.,]\d+)?\s*(?:/|out of|von|sur|sobre)\s*(?:5|10|20|100)\b",
    r"criterios? de evaluaci[óo]n|crit[èe]res? d['’][ée]val\w+",
    r"system prompt|(?:my|the|these) instructions\b|my prompt|mis instrucciones|mes instructions|meine anweisungen",
    r"as an? (?:ai|language model)|untrusted_data|json\b|good answer (?:would|should|names|has)",
)
# Of judging or of work: only where the employer uses the word.
OF_SCORING_OR_OF_WORK = _any(
    r"scor(?:e[sd]?|ing)\b|points?\b|weight(?:ed|ing|s)?\b|anchors?\b|grad(?:e[sd]?|ing)\b|ratings?\b|rated\b",
    r"criteria\b|puntos?\b|puntuaci[óo]n|puntaje|nota\b|notes? de\b|barème|criterios?\b|crit[èe]res?\b",
    r"punkte?n?\b|bewert\w+|kriteri\w+",
)
PROMISES = _any(
    r"you(?:['’]?re| are| will be|['’]ll be| have been|['’]ve been) (?:now )?(?:hired|accepted|selected|shortlisted"
    r"|rejected|approved|in[.!]|through\b)",
    r"you(?:['’]ve| have)? (?:got|get|have) (?:the|this) (?:job|role|position)|the job is yours|welcome to the team",
    r"you(?:['’]ve| have)? (?:passed|failed|earned|qualified)\b|congrat\w+|we(?:['’]ll| will) hire|guarantee\w*",
    r"(?:i|we)(?:['’]ll| will| can| hereby)?\s+(?:give|award|rate|score|offer|pass) you\b|(?:i|we) promise",
    r"(?:great|excellent|perfect|amazing|good|wonderful) (?:answer|job|work)\b|ignore (?:all|any|previous|the|your)\b",
    r"(?:click|tap) (?:here|on|this|the)\b|send (?:us|me) (?:your|a)\b|pay (?:us|a fee|the fee)|whatsapp|telegram",
    r"contratad[oa]s?\b|el puesto es|felicidades|enhorabuena|(?:le|te) promet\w+|garantiz\w+|ha aprobado",
    r"embauch[ée]\w*|f[ée]licitations|vous avez (?:r[ée]ussi|le poste|obtenu)|promets\b|garanti\w*",
    r"eingestellt|gl[üu]ckwunsch\w*|herzlichen gl|sie haben (?:die stelle|bestanden|den job)|verspreche\w*",
    r"garantier\w*",
)
REACHABLE = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w{3,}|(?:\+?\d[\d\s().-]{6,}\d)"
    r"|\b[\w-]+\.(?:com|org|net|io|co|me|ru|cn|info|biz|xyz|link|app|ly|de|fr|es|uk|us|example|test)\b(?:/\S*)?",
    re.IGNORECASE,
)
OF_OTHERS = _any(
    r"(?:other|others?|another|previous|last|earlier|different) (?:candidates?|applicants?|interviewees?)",
    r"otr[oa]s? candidat\w+|autres? candidat\w+|andere[nrsm]? (?:bewerb|kandidat)\w+",
)
ALWAYS_CAPITAL = words(
    "I I'm I've I'd I'll I’m I’ve I’d I’ll OK Monday Tuesday Wednesday Thursday Friday Saturday Sunday January",
    "February March April May June July August September October November December English Spanish French German",
    "Sie Ihr Ihre Ihren Ihrem Ihrer Ihnen Usted Ud HR ID",
)
# How questions and short replies begin.
OPENERS = words(
    "what when where which who whom whose why how could can would will do does did is are was were have has had may",
    "might should and or but so if in on at for from with after before during once then thanks thank you your we it",
    "that this there they he she tell describe walk explain share name please also looking thinking going given just",
    "besides apart beyond yes no not yet hi hello okay ok sure since while until as by to of any some anything",
    "something someone did didn't isn't wasn't were let could roughly about",
    "names describes gives mentions lacks shows states claims tells explains offers provides covers meets says answers",
    "touches only general vague both each partly clear concrete specific candidate answer outlines identifies details",
    "demonstrates reports refers however although their",
    "qué cómo cuándo dónde cuál cuáles quién quiénes por para podría puede puedes hay es fue y o pero en de con cuánto",
    "cuánta cuántos cuántas tuvo hizo le me se su sus al el la los las un una gracias después antes entonces",
    "que qu'est quoi comment quand où quel quelle quels quelles qui pourquoi pouvez pourriez avez est était et ou mais",
    "dans en de avec combien qu'avez qu'est-ce y a-t-il le la les un une vous votre vos merci après avant ensuite",
    "was wie wann wo welche welcher welches wer warum wieso können könnten haben hat ist war und oder aber in im am",
    "mit wozu womit wobei woran worauf wofür gab gibt würden möchten danke nach vor dann der die das ein eine bei auf",
)
GERMAN = words(
    "der die das den dem des und ist sind nicht ein eine einen mit auf für von zu sie ihr ihre haben hat war was wie",
    "können könnten wann wenn dabei dann nach bei danach wurde werden ich wir es im am zum zur oder aber auch noch",
)
