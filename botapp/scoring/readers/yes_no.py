"""Yes or no to the fact in the question. A false "no" costs a person the job: anything mixed or beside the point is unclear."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from botapp.scoring.readers import signals
from botapp.scoring.readers.polarity import Found, Sign, signs, stems
from botapp.scoring.readers.words import fold, numbered, rx, words_of
from botapp.screening.interview import Reading, ReadingStatus


class Shape(StrEnum):
    """How a question is put: decides what a bare "yes" can mean."""

    PLAIN = "plain"
    OBSTACLE = "obstacle"  # "any restrictions?", "would that be a problem?": yes is the bad answer, and often a misreading
    MIND = "mind"  # "do you mind?", "you don't have one, right?": a bare yes says nothing
    NEED = "need"  # "do you need sponsorship?": yes is plain, but another fact may answer


_MIND = rx(r"\b(?:do|would|wouldnt) (?:you|u) mind\b|you(?:ve| have| do|ll| are|re)? ?(?:never|dont|do not|havent|not|arent)\b.*\b(?:right|correct|do you|have you|are you)\b ?\?|\boder ?\?|\bverdad ?\?|\bno ?\?\s*$|nest-ce pas|derange|macht es (?:ihnen|dir) etwas aus|le molesta|te molesta|object to\b")
_OBSTACLE = rx(r"\bany (?:\w+ )?(?:restrictions?|limitations?|reasons?|problems?|issues?|objections?|concerns?|conflicts?|conditions?|difficult\w+|obstacles?)\b|\b(?:be|pose|cause|is that|that be) an? (?:problem|issue|difficulty|conflict)\b|keep you from|prevent you|stand in the way|algun (?:inconveniente|problema|impedimento)|alguna (?:restriccion|limitacion)|un (?:problema|inconveniente)|des restrictions|un (?:probleme|souci)|einschrankungen|ein problem|spricht etwas (?:dagegen|gegen)|etwas dagegen")
_NEED = rx(r"\b(?:need|require|requiring)\b.*\b(?:sponsor\w*|visa)\b|\bsponsorship\b|patrocinio|convicted|felon(?:y|ies)\b|ever been (?:fired|terminated|convicted|arrested)|criminal record|\bdui\b|employed by a competitor|non-?compete")
_POSSESSION = words_of(r"do you (?:currently )?(?:have|hold|own|possess)", r"certified", r"licensed?", r"certifications?", r"are you (?:currently )?(?:an?|at least|over|18|21)", r"18", r"21", r"authorized", r"valid", r"active", r"current", r"completed", r"graduated?", r"diploma", r"degree", r"ged", r"tiene", r"avez-vous", r"haben sie", r"staplerschein", r"permiso")
_AGE = rx(r"\b(?:at least|over|are you|older than|minimum)\s(1[68]|21)\b|\b(1[68]|21) (?:years|or older|or over|and over|\+)|\b(?:mayor de|plus de|uber|mindestens) (1[68]|21)\b|mayor de edad|majeur")
_AMOUNT_ASKED = rx(r"\b(?:lift|carry|push|pull|move|cargar|levantar)\b[^?]*?\b(\d{2,3}) ?(?:lbs?|pounds|kg|kilos)\b")
_GETTING_THERE = words_of(r"way (?:to get )?to (?:get to )?work", r"way (?:to|of) (?:get|getting|travel\w*|commut\w*)(?: \w+)?", r"transportation", r"transport", r"commute", r"get (?:to work|here|to the \w+)")
_GETS_THERE = words_of(r"(?:i )?(?:drive|bike|walk|bus|cycle|carpool|skate)", r"(?:my|own|have a|got a|a|the) (?:own )?(?:car|truck|bike|motorcycle|moped|scooter|vehicle|van|ride|suv|jeep|honda|toyota|bus pass)", r"(?:live|stay|im|i live|house is|apartment is) (?:\w+ ){0,2}?(?:close|near|nearby|around the corner|across|next door|down the (?:street|road)|blocks|block|min|mins|minutes|mile|walking distance)", r"walking distance", r"never (?:miss|missed|late|been late)", r"\d+ (?:blocks?|min(?:ute)?s?(?: walk)?) away", r"on the bus line", r"take the (?:bus|train|subway|metro|light rail)", r"bus (?:stop|line|route)", r"uber", r"lyft", r"tengo carro", r"en carro", r"en coche", r"a pie", r"en bus")
_PLACE_ASKED = words_of(r"relocate", r"relocation", r"move to", r"on ?site", r"live in", r"in person", r"based in", r"commut\w+", r"mudarse", r"demenager", r"umziehen")
_LOCAL = words_of(r"(?:already|i|im|currently|actually) (?:live|living|local|there|here|in town|based|reside)(?: (?:here|there|in|nearby|near|close|local\w*|around))?", r"local", r"born and raised", r"no need to (?:move|relocate)", r"live (?:there|here|in|nearby|close|near)", r"(?:ya )?vivo (?:aqui|alli|en|cerca)", r"jhabite", r"wohne (?:schon|hier|dort|in)")
_RIGHT_TO_WORK = words_of(r"authoriz\w+", r"eligible to work", r"legally", r"work permit", r"right to work", r"permiso de trabajo", r"permis de travail", r"arbeitserlaubnis", r"sponsor\w*")
_MAY_WORK = words_of(r"(?:us |u\.s\. |american |dual |naturalized |eu |uk )?citizen\w*", r"green ?card", r"gc(?: holder)?", r"perm(?:anent)? resident", r"lpr", r"(?:born|raised) (?:here|in the (?:us|usa|states)|and raised)", r"us born", r"us passport", r"ead", r"daca", r"work (?:permit|authorization) (?:valid|good)?", r"asylee", r"refugee", r"authorized", r"ciudadan[oa]", r"residente", r"residencia permanente", r"nacionalidad", r"eu burger\w*", r"niederlassungserlaubnis", r"nationalite", r"settled status", r"ilr")
_LIMITED_VISA = words_of(r"h-?1-?b", r"opt", r"cpt", r"stem", r"f-?1", r"j-?1", r"l-?1", r"tn", r"visa", r"transfer", r"eventually", r"later", r"someday", r"future", r"expires?", r"after")
_DONE_BEFORE = rx(r"^(?:have|did) (?:you|u)\b|experience")
_TIME_DONE = rx(r"\b\d+(?:\.\d+)? ?\+? ?(?:years?|yrs?|months?|mos?|seasons?|summers?|anos?|ans|jahre)\b|\bsince (?:19|20)\d\d\b|\bfor (?:years|ages|a long time)\b|\bmy whole life\b")
_NOT_REALLY_DONE = words_of(r"coursera", r"udemy", r"tutorials?", r"notebooks?", r"in school", r"at school", r"class project", r"at home", r"hobby", r"for fun", r"youtube", r"bootcamp", r"never", r"similar", r"retail", r"almost", r"watched")
_STILL_GOOD = rx(r"\b(?:still|is|its|currently|already|fully) (?:valid|active|current|good)\b|\b(?:valid|good|current|active|vigente|gultig|valable) (?:till?|until|thr(?:u|ough)|to|hasta|bis|jusqua?u?)\b|\b(?:exp(?:ires?)?|renews?|vence|expire en)\.? ?(?:in |on |en |date )?(?:\w{3,9} )?(20\d\d)\b")
_RENEWED = words_of(r"(?:just|already|recently|got it|got mine|been) renewed", r"renewed (?:it |mine )?(?:last|this|in)")
_FOREIGN = words_of(r"foreign", r"international", r"mexican", r"canadian", r"out of state", r"out-of-state", r"another (?:state|country)", r"my (?:home )?country", r"(?:one|it|mine|license|licence|card|degree|diploma) (?:is )?(?:from|in|for) (?!the\b|my\b|19|20|\d)[a-z]{4,}")
_LESSER = words_of(r"(?:learners?|learning|instruction|provisional|just (?:a|my|the)|only (?:a|my|the)|a|my) (?:cdl )?permit", r"permit only", r"only (?:a )?permit", r"theory (?:test )?(?:only|passed)?", r"el permiso de aprendiz", r"que le code", r"juste le code", r"nur (?:roller|mofa|theorie|am|b)")
_CLASS = re.compile(r"\bclass[e]? ([a-e])\b|\bcdl-?\s?([abc])\b|\bklasse ([a-e])\b")
_SHIFTED = rx(r"(?:^|[\s,.])(?:actually|wait(?:,? no)?|i mean(?:t)?|correction|scratch that|never ?mind that|oops|my bad|typo|\*|mejor dicho|perdon|digo|enfin|pardon)[,.:]?(?=\s)")
_BUT = words_of(r"but", r"pero", r"mais", r"aber", r"except", r"just", r"tho(?:ugh)?", r"although", r"however")
_RHETORIC = rx(r"(?:^|\s)(?:what (?:do|does) (?:you|u|ya) think|who doesnt|are you kidding|you kidding|why wouldnt i|why not|how hard can it be|whats not to like)\??")
_IS_A_PROBLEM = words_of(r"(?:would|will|might|could|may|that|its|is|kind of|kinda|bit of|be) (?:be )?(?:an?|a bit of a|kind of an?|a little|a big|a huge|the|some|kinda an?) ?(?:problem|issue|struggle|challenge|conflict)", r"i (?:do )?(?:kinda )?mind", r"struggle", r"ist ein problem", r"seria un problema", r"seria complicado", r"me complica", r"si me molesta")
_ON_A_GOOD_DAY = words_of(r"maybe", r"on a good day", r"at most", r"max", r"tops", r"about", r"up to", r"only", r"like")
_PARTIAL_TIME = rx(r"\bfor (?:a|the first|now|one|1|2|a few|the)\b[^.,]*\b(?:weeks?|months?|year)\b|\b(?:starting|from|after|once|when|as of|beginning) (?:the |my |i |in |on |next |this )?(?:\d+|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|next|finals|graduat|semester|school|summer|new year|the first|monday|tuesday|wednesday|thursday|friday|i (?:finish|get|move|turn|graduate))\w*")


_ONE_DAY_YES = rx(r"\b(?:saturdays?|sat|sabados?|samedis?|samstags?|fruh|nights?|days?|mornings?|evenings?)(?: and \w+)? (?:yes|si|oui|ja|ok|fine|works?)\b[^?]*\b(?:sundays?|sun|domingos?|dimanches?|sonntags?|spat|nacht|nights?|days?|mornings?|evenings?)\b")


@dataclass(frozen=True)
class Asked:
    """A yes/no question, looked at once."""

    text: str
    shape: Shape
    topic: frozenset[str]

    @property
    def possession(self) -> bool:
        return bool(_POSSESSION.search(self.text))


def ask_of(question: str) -> Asked:
    """How the question is put, and what it is about."""
    text = fold(question)
    shape = Shape.PLAIN
    for candidate, pattern in ((Shape.OBSTACLE, _OBSTACLE), (Shape.MIND, _MIND), (Shape.NEED, _NEED)):
        if pattern.search(text):
            shape = candidate
            break
    return Asked(text, shape, stems(text))


def read(question: str, text: str, today: date) -> Reading:
    """Reads folded `text`, everything said so far, as an answer to `question`."""
    asked = ask_of(question)
    text = _RHETORIC.sub(" ", text).strip() or "?"
    told = _statements(text)
    if not told:
        return signals.status(ReadingStatus.QUESTION_BACK, "only asks something")
    aged = _age(asked, told)
    if aged:
        return aged
    if signals.refuses(told) and not re.search(r"\bi refuse\b$", told):
        return signals.status(ReadingStatus.REFUSED, "declines to tell")
    found = _after_correction(told, signs(told, asked.topic))
    if asked.shape is Shape.PLAIN:
        return _plain(asked, told, found, today, told != text)
    return _turned(asked, told, found)


def _statements(text: str) -> str:
    """The text without the candidate's own questions; rhetoric was taken out before."""
    kept = [s for s in re.split(r"(?<=[?!.\n])\s*", text) if s.strip() and not signals.asks(s)]
    if len(kept) == 1 and signals.asks_at_the_end(kept[0]):
        kept = [signals.CLAUSE_BREAK.split(kept[0])[0]] if "," in kept[0] else []
    return "\n".join(s.strip() for s in kept).strip()


def _age(asked: Asked, told: str) -> Reading | None:
    wanted = _AGE.search(asked.text)
    if not wanted:
        return None
    limit = int(next((g for g in wanted.groups() if g), "18"))
    numbers = [int(n) for n in re.findall(r"(?<![\d/.$])(\d\d)(?!\d|/|\.\d|st|nd|rd|th)", numbered(told)) if 12 <= int(n) <= 80]
    if re.search(r"\b(?:turn|will be|ill be|until|till|in (?:\d+|a|two|three|one)|next|almost|soon|on (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))", told) and re.search(r"\d|soon|almost|next", told):
        return signals.conditional(told, value=False)
    if not numbers or re.search(r"\b(?:yes|yep|yeah|si|oui|ja|no|nope)\b", told) and min(numbers) >= limit:
        return None
    if min(numbers) >= limit:
        return signals.clear(True, "the age given")
    if max(numbers) >= limit:
        return signals.conditional(told, value=False)
    return signals.clear(False, "the age given")


def _after_correction(told: str, found: list[Found]) -> list[Found]:
    """The last word counts: signs after "actually", "i mean", or a last line that is a bare yes or no."""
    marks = list(_SHIFTED.finditer(told))
    for mark in reversed(marks):
        later = [f for f in found if f.start >= mark.end() - 1 and f.sign in _STRONG]
        if later:
            return later
    last = told.rfind("\n") + 1
    if last and len(told) - last <= 30:
        closing = [f for f in found if f.start >= last and f.sign in _STRONG]
        if closing and all(f.bare for f in closing) and len(told[last:].split()) <= 3:
            return closing
    return found


_STRONG = frozenset({Sign.YES, Sign.CAN, Sign.NO, Sign.CANT})
_GOOD = frozenset({Sign.YES, Sign.CAN})
_BAD = frozenset({Sign.NO, Sign.CANT})


def _plain(asked: Asked, told: str, found: list[Found], today: date, also_asked: bool) -> Reading:
    by_fact = _by_fact(asked, told, found, today)
    if by_fact:
        return by_fact
    good = [f for f in found if f.sign in _GOOD]
    bad = [f for f in found if f.sign in _BAD]
    weak = [f for f in found if f.sign is Sign.WEAK_NO]
    if asked.possession and signals.is_coming(told) and not _STILL_GOOD.search(told) and (bad or weak or not good):
        return signals.conditional(told, value=False)
    if good and not bad:
        return _favourable(told, good, weak)
    if bad and not good:
        return _unfavourable(told, bad)
    if good and bad:
        return _mixed(told, found)
    if signals.has_term(told):
        return signals.conditional(told)
    if also_asked:
        return signals.status(ReadingStatus.QUESTION_BACK, "only asks something")
    return signals.unclear("no yes or no in it")


def _favourable(told: str, good: list[Found], weak: list[Found]) -> Reading:
    if signals.has_term(told) or _PARTIAL_TIME.search(told) or _ONE_DAY_YES.search(told) or (weak and _BUT.search(told[good[0].end :])):
        return signals.conditional(told, value=True)
    hedged = signals.unsure(told) and not any(f.sign is Sign.CAN for f in good[-1:])
    if hedged or weak and weak[0].start < good[0].start and not good[-1].bare and good[-1].sign is Sign.YES and len(weak) > 1:
        return signals.unclear("hedged")
    return signals.clear(True, "says yes")


def _unfavourable(told: str, bad: list[Found]) -> Reading:
    first = bad[0]
    rest = told[first.end :]
    opening = first.start <= 24
    if signals.has_term(told) or _PARTIAL_TIME.search(told):
        return signals.conditional(told, value=False)
    if signals.unsure(told) and not (first.bare and first.start < 3):
        return signals.unclear("hedged")
    if _BUT.search(rest) and not (first.bare and first.start < 3) and not signals.merely_possible(rest):
        return signals.unclear("a no with a but")
    if not opening and len(bad) == 1 and len(told) > 120:
        return signals.unclear("a no deep in a story")
    return signals.clear(False, "says no")


def _mixed(told: str, found: list[Found]) -> Reading:
    strong = [f for f in found if f.sign in _STRONG]
    first, last = strong[0], strong[-1]
    gap = told[first.end : last.start]
    if all(f.bare for f in strong) and len(told.split()) <= 6 and not re.search(r"[,;\n]|\band\b", gap.strip(" ,")) and len(gap.split()) <= 2:
        return signals.clear(last.sign in _GOOD, "the last word counts")
    if first.sign is Sign.NO and last.sign in _GOOD and (first.bare and last.start - first.end <= 6 or _BUT.search(gap) and last.sign is Sign.CAN):
        if signals.has_term(told[last.start :]) or signals.merely_possible(told):
            return signals.conditional(told) if signals.has_term(told) else signals.clear(False, "says no")
        return signals.clear(True, "the last word counts")
    if first.sign is Sign.NO and first.bare and first.start < 3 and signals.merely_possible(told):
        return signals.clear(False, "no, though it could be learned")
    if first.sign in _GOOD or signals.has_term(told):
        return signals.conditional(told)
    return signals.unclear("says both yes and no")


def _by_fact(asked: Asked, told: str, found: list[Found], today: date) -> Reading | None:
    """Answers that state a fact instead of yes or no."""
    strong = {f.sign for f in found if f.sign in _STRONG}
    if asked.possession:
        held = _held(asked, told, strong, today)
        if held:
            return held
    amount = _AMOUNT_ASKED.search(asked.text)
    if amount and not strong & _BAD:
        return _lifts(float(amount[1]), told, strong)
    if strong & _BAD and not (strong & _BAD == {Sign.NO} and _LOCAL.search(told)):
        return None
    if _RIGHT_TO_WORK.search(asked.text) and _MAY_WORK.search(told) and not re.search(r"expired|not|without|pending", told):
        return signals.clear(True, "the right to work is stated")
    if _GETTING_THERE.search(asked.text) and _GETS_THERE.search(told) and not signals.has_term(told) and not signals.unsure(told):
        return signals.clear(True, "names a way to get there")
    if _PLACE_ASKED.search(asked.text) and _LOCAL.search(told) and not signals.has_term(told):
        return signals.clear(True, "lives there already")
    if _DONE_BEFORE.search(asked.text) and not strong and _TIME_DONE.search(numbered(told)) and not _NOT_REALLY_DONE.search(told):
        return signals.clear(True, "says how long")
    return None


def _lifts(wanted: float, told: str, strong: set[Sign]) -> Reading | None:
    amounts = [float(n) for n in re.findall(r"(?<![\d$])(\d{2,3})(?!\d| ?%| ?(?:years|yrs))", numbered(told))]
    if not amounts or max(amounts) >= wanted:
        return signals.clear(True, "names a weight") if amounts and not signals.has_term(told) and not signals.unsure(told) else None
    return signals.unclear("names a smaller weight") if not strong or _ON_A_GOOD_DAY.search(told) else None


def _held(asked: Asked, told: str, strong: set[Sign], today: date) -> Reading | None:
    if _FOREIGN.search(told) and not re.search(r"\b(?:us|american|texas|state) license", told):
        return signals.unclear("one from elsewhere may or may not count")
    lapsed = re.search(r"\b(?:expired|lapsed|suspended|revoked|vencid[oa]|caduc\w+|perime|abgelaufen)\b", told)
    good_until = _STILL_GOOD.search(told)
    if good_until and not lapsed and not re.search(r"\bnot (?:valid|active|current|good)\b|\bno (?:longer )?valid", told):
        year = int(good_until[1]) if good_until[1] else today.year
        return signals.clear(True, "says it is valid") if year >= today.year else None
    if lapsed and not re.search(r"\b(?:not|isnt|never|hasnt|no esta) (?:been |yet )*(?:expired|lapsed|suspended|revoked)|never", told):
        return signals.conditional(told, value=False) if signals.is_coming(told) or _RENEWED.search(told) else signals.clear(False, "says it lapsed")
    if _RENEWED.search(told) and Sign.NO not in strong:
        return signals.clear(True, "says it was renewed")
    return _grade(asked, told)


def _grade(asked: Asked, told: str) -> Reading | None:
    """A permit or another class of licence is not the one asked for."""
    wanted = {g for m in _CLASS.findall(asked.text) for g in m if g}
    named = {g for m in _CLASS.findall(told) for g in m if g}
    if signals.is_coming(told) or signals.has_term(told) and not _LESSER.search(told):
        return None
    if _LESSER.search(told) and "licen" in asked.topic and "permiso de trabajo" not in asked.text and not wanted & named:
        return signals.clear(False, "a permit or a lesser grade")
    if wanted and named and not wanted & named:
        return signals.clear(False, "another class")
    return None


def _turned(asked: Asked, told: str, found: list[Found]) -> Reading:
    """Questions where yes is the bad answer, or says nothing by itself."""
    good = [f for f in found if f.sign is Sign.CAN]
    cant = [f for f in found if f.sign is Sign.CANT]
    yes = [f for f in found if f.sign is Sign.YES]
    no = [f for f in found if f.sign is Sign.NO]
    if asked.shape is Shape.NEED and _RIGHT_TO_WORK.search(asked.text):
        stated = _sponsorship(told, yes, no)
        if stated:
            return stated
    if _IS_A_PROBLEM.search(told) and not good and not no:
        return signals.clear(True, "says it is a problem")
    if signals.has_term(told) or signals.unsure(told):
        return signals.conditional(told) if signals.has_term(told) else signals.unclear("hedged")
    if good and not cant:
        return signals.clear(False, "says it is fine")
    if no and not cant and not (yes and yes[-1].start > no[-1].start):
        return signals.clear(False, "says no")
    if cant and not good and not no:
        return signals.clear(True, "says it can't be done") if asked.shape is not Shape.NEED else signals.unclear("no yes or no in it")
    if yes and not no and not cant:
        return _bare_yes(asked, told, yes)
    return signals.unclear("no yes or no in it" if not found else "says both")


def _bare_yes(asked: Asked, told: str, yes: list[Found]) -> Reading:
    if asked.shape is Shape.NEED:
        return signals.clear(True, "says yes")
    contradicts = re.search(r"\b(?:doch|yes i (?:do|have)|i (?:do|have)|si tengo|i have worked)\b", told)
    if asked.shape is Shape.MIND:
        return signals.clear(True, "says so") if contradicts and not re.search(r"\bmind\b", asked.text) else signals.unclear("a bare yes can mean either")
    return Reading(status=ReadingStatus.CLEAR, value=True, condition="a bare yes may be a misreading", because="says yes")


def _sponsorship(told: str, yes: list[Found], no: list[Found]) -> Reading | None:
    if no and not yes or no and no[-1].start > yes[-1].start:
        later = re.search(r"\b(?:but|later|future|eventually|after|when|opt|transfer)\b", told)
        return signals.unclear("no now, perhaps later") if later and not _MAY_WORK.search(told) else signals.clear(False, "says no")
    if _MAY_WORK.search(told) and not _LIMITED_VISA.search(told):
        return signals.clear(False, "the right to work is stated") if not yes else signals.unclear("yes to which?")
    return None
