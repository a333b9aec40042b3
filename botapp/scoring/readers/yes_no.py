"""Yes or no to the fact in the question. A false "no" costs a person the job: anything mixed or beside "
"the point is unclear."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from botapp.scoring.readers import duration, phrases, signals
from botapp.scoring.readers.polarity import Found, Sign, signs, stems
from botapp.scoring.readers.words import fold, numbered, rx
from botapp.screening.interview import Reading, ReadingStatus


class Shape(StrEnum):
    """How a question is put: decides what a bare "yes" can mean."""

    PLAIN = "plain"
    OBSTACLE = (
        "obstacle"  # "any restrictions?", "would that be a problem?": yes is the bad answer, and often a misreading
    )
    MIND = "mind"  # "do you mind?", "you don't have one, right?": a bare yes says nothing
    NEED = "need"  # "do you need sponsorship?": yes is plain, but another fact may answer


@dataclass(frozen=True)
class Asked:
    """A yes/no question, looked at once."""

    text: str
    shape: Shape
    topic: frozenset[str]

    @property
    def possession(self) -> bool:
        return bool(phrases.POSSESSION.search(self.text))


def ask_of(question: str) -> Asked:
    """How the question is put, and what it is about."""
    text = fold(question)
    shape = Shape.PLAIN
    for candidate, pattern in (
        (Shape.OBSTACLE, phrases.OBSTACLE),
        (Shape.MIND, phrases.MIND),
        (Shape.NEED, phrases.NEED),
    ):
        if pattern.search(text):
            shape = candidate
            break
    return Asked(text, shape, stems(text))


def read(question: str, text: str, today: date) -> Reading:
    """Reads folded `text`, everything said so far, as an answer to `question`."""
    asked = ask_of(question)
    text = phrases.RHETORIC.sub(" ", text).strip() or "?"
    told = _statements(text)
    if not told:
        return signals.status(ReadingStatus.QUESTION_BACK, "only asks something")
    if told != text and phrases.COUNTS.search(text) and not re.match(r"(?:yes|yep|yeah|si|oui|ja)\b", told):
        return signals.unclear("asks whether that counts")
    aged = _age(asked, told, today)
    if aged:
        return aged
    if signals.refuses(told) and not re.search(r"\bi refuse\b$", told):
        return signals.status(ReadingStatus.REFUSED, "declines to tell")
    if _CLEAN.search(fold(question)) and (clean := _clean(told)):
        return clean
    found = _after_correction(told, signs(told, asked.topic))
    if asked.shape is Shape.PLAIN:
        return _plain(asked, told, found, today, told != text)
    return _turned(asked, told, found)


# "Have you kept it without one being revoked?", "Are you free of convictions?": a no may mean that there was none.
_CLEAN = rx(r"\bwithout (?:one|any|it|them)\b.* being\b|\b(?:free|clear) (?:of|from)\b")
_FAULT = rx(r"\b(?:revo[ck]\w+|suspend\w+|convict\w+|felon\w+|charge[ds]?|offen[cs]es?|violations?|cancel\w+)\b")
_DENIES = rx(r"\b(?:no|none|never|not|nothing|nunca|zero|without|havent|wasnt|isnt|dont)\b")
_BARE_NO = rx(r"(?:no|nope|none|never|nunca|nah|ever|not|sir|maam|[ ,.!])+")


def _clean(told: str) -> Reading | None:
    """A denial of the fault itself is a yes to being clean; a bare no has two readings."""
    if _FAULT.search(told) and _DENIES.search(told) and not re.match(r"(?:yes|yeah|yep)\b", told):
        return signals.clear(True, "says there was none")
    return signals.unclear("a no may mean that there was none") if _BARE_NO.fullmatch(told) else None


def _statements(text: str) -> str:
    """The text without the candidate's own questions; rhetoric was taken out before."""
    kept = [k for k in (_told_of(s) for s in re.split(r"(?<=[?!.\n])\s*", text)) if k.strip()]
    if len(kept) == 1 and signals.asks_at_the_end(kept[0]):
        kept = [signals.CLAUSE_BREAK.split(kept[0])[0]] if "," in kept[0] else []
    return "\n".join(s.strip() for s in kept).strip()


def _told_of(sentence: str) -> str:
    """A sentence, or of one that asks only the yes or no before it."""
    if not signals.asks(sentence):
        return sentence
    lead = phrases.LEAD.match(sentence)
    return lead[1] if lead else ""


def _age(asked: Asked, told: str, today: date) -> Reading | None:
    wanted = phrases.AGE.search(asked.text)
    if not wanted:
        return None
    limit = int(next((g for g in wanted.groups() if g), "18"))
    born = phrases.BORN.search(told)
    if born:
        years = today.year - int(born[1])
        return (
            signals.clear(years > limit, "the year of birth")
            if years != limit
            else signals.unclear("the year alone can't tell")
        )
    numbers = [
        int(n) for n in re.findall(r"(?<![\d/.$])(\d\d)(?!\d|/|\.\d|st|nd|rd|th)", numbered(told)) if 12 <= int(n) <= 80
    ]
    if re.search(
        (
            r"\b(?:turn|will be|ill be|until|till|in (?:\d+|a|two|three|one)|next|almost|soon|on (?:jan|feb|mar"
            r"|apr|may|jun|jul|aug|sep|oct|nov|dec))"
        ),
        told,
    ) and re.search(r"\d|soon|almost|next", told):
        return signals.conditional(told, value=False)
    if not numbers or (re.search(r"\b(?:yes|yep|yeah|si|oui|ja|no|nope)\b", told) and min(numbers) >= limit):
        return None
    if min(numbers) >= limit:
        return signals.clear(True, "the age given")
    if max(numbers) >= limit:
        return signals.conditional(told, value=False)
    return signals.clear(False, "the age given")


def _after_correction(told: str, found: list[Found]) -> list[Found]:
    """The last word counts: signs after "actually", "i mean", or a last line that is a bare yes or no."""
    marks = list(phrases.SHIFTED.finditer(told))
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
    if (
        asked.possession
        and signals.is_coming(told)
        and not phrases.STILL_GOOD.search(told)
        and (bad or weak or not good)
    ):
        return signals.conditional(told, value=False)
    if good and not bad:
        return _favourable(told, good, weak)
    if bad and not good:
        return _unfavourable(told, bad)
    if good and bad:
        return _mixed(told, found)
    if signals.has_term(told):
        return signals.conditional(told)
    if not found and not also_asked and _says_so(asked, told):
        return signals.clear(True, "states it")
    if also_asked:
        return signals.status(ReadingStatus.QUESTION_BACK, "only asks something")
    return signals.unclear("no yes or no in it")


def _says_so(asked: Asked, told: str) -> bool:
    """A plain statement about the very thing asked, without a doubt or a limit."""
    if (
        len(told) > 120
        or signals.private_reason(told)
        or signals.unsure(told)
        or phrases.INSTEAD.search(told)
        or phrases.PARTIAL_TIME.search(told)
        or phrases.NOT_REALLY_DONE.search(told)
    ):
        return False
    return bool(phrases.STATES.search(told) and stems(told) & asked.topic)


def _years(wanted: float, asked: Asked, told: str, today: date) -> Reading | None:
    """ "At least 2 years of ...?" answered with a length: more is a yes, less is for a second look."""
    said = duration.read(asked.text, told, today)
    if said.status is not ReadingStatus.CLEAR or not said.value:
        return None
    least = said.value.get("min") if isinstance(said.value, dict) else said.value
    most = said.value.get("max") if isinstance(said.value, dict) else said.value
    if least is not None and least >= wanted:
        return signals.clear(True, "names enough years")
    return (
        signals.unclear("names fewer years")
        if most is None or most >= wanted or not re.search(r"\bno\b|\bnope\b", told)
        else None
    )


def _favourable(told: str, good: list[Found], weak: list[Found]) -> Reading:
    if (
        signals.has_term(told)
        or phrases.PARTIAL_TIME.search(told)
        or phrases.ONE_DAY_YES.search(told)
        or (weak and phrases.BUT.search(told[good[0].end :]))
    ):
        return signals.conditional(told, value=True)
    hedged = signals.unsure(told) and not any(f.sign is Sign.CAN for f in good[-1:])
    if hedged or (
        weak and weak[0].start < good[0].start and not good[-1].bare and good[-1].sign is Sign.YES and len(weak) > 1
    ):
        return signals.unclear("hedged")
    return signals.clear(True, "says yes")


def _unfavourable(told: str, bad: list[Found]) -> Reading:
    first = bad[0]
    rest = told[first.end :]
    opening = first.start <= 24
    if signals.has_term(told) or phrases.PARTIAL_TIME.search(told):
        return signals.conditional(told, value=False)
    if signals.unsure(told) and not (first.bare and first.start < 3):
        return signals.unclear("hedged")
    if phrases.DAY_NAMED.search(told) and not (first.bare and first.start < 3):
        return signals.conditional(told, value=False)
    if re.search(r"\bbut (?:i have|ive|i did|i do|i had)\b", rest) or (
        re.search(r"\bbut\b", rest) and phrases.TIME_DONE.search(numbered(rest))
    ):
        return signals.unclear("no, but has done something like it")
    if phrases.BUT.search(rest) and not (first.bare and first.start < 3) and not signals.merely_possible(rest):
        return signals.unclear("a no with a but")
    if not opening and len(bad) == 1 and len(told) > 120:
        return signals.unclear("a no deep in a story")
    return signals.clear(False, "says no")


def _mixed(told: str, found: list[Found]) -> Reading:
    strong = [f for f in found if f.sign in _STRONG]
    first, last = strong[0], strong[-1]
    gap = told[first.end : last.start]
    if (
        all(f.bare for f in strong)
        and len(told.split()) <= 6
        and not re.search(r"[,;\n]|\band\b", gap.strip(" ,"))
        and len(gap.split()) <= 2
        and not phrases.BUT.search(gap)
    ):
        return signals.clear(last.sign in _GOOD, "the last word counts")
    if (
        first.sign is Sign.NO
        and last.sign in _GOOD
        and (
            (first.bare and last.start - first.end <= 6 and not phrases.BUT.search(gap))
            or (not first.bare and phrases.BUT.search(gap) and last.sign is Sign.CAN)
        )
    ):
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
    years = phrases.YEARS_ASKED.search(numbered(asked.text))
    if years and re.search(r"\d", numbered(told)) and not re.search(r"\bbut\b", told):
        return _years(float(years[1]), asked, told, today)
    amount = phrases.AMOUNT_ASKED.search(asked.text)
    if amount and not strong & _BAD:
        return _lifts(float(amount[1]), told, strong)
    if strong & _BAD and not (strong & _BAD == {Sign.NO} and phrases.LOCAL.search(told)):
        return None
    if (
        phrases.RIGHT_TO_WORK.search(asked.text)
        and phrases.MAY_WORK.search(told)
        and not re.search(r"expired|not|without|pending", told)
        and not signals.is_coming(told)
    ):
        return signals.clear(True, "the right to work is stated")
    if (
        phrases.GETTING_THERE.search(asked.text)
        and phrases.GETS_THERE.search(told)
        and not signals.has_term(told)
        and not signals.unsure(told)
    ):
        return signals.clear(True, "names a way to get there")
    if phrases.PLACE_ASKED.search(asked.text) and phrases.LOCAL.search(told) and not signals.has_term(told):
        return signals.clear(True, "lives there already")
    if (
        phrases.DONE_BEFORE.search(asked.text)
        and not strong
        and phrases.TIME_DONE.search(numbered(told))
        and not phrases.NOT_REALLY_DONE.search(told)
    ):
        return signals.clear(True, "says how long")
    return None


def _lifts(wanted: float, told: str, strong: set[Sign]) -> Reading | None:
    amounts = [float(n) for n in re.findall(r"(?<![\d$])(\d{2,3})(?!\d| ?%| ?(?:years|yrs))", numbered(told))]
    if not amounts or max(amounts) >= wanted:
        return (
            signals.clear(True, "names a weight")
            if amounts and not signals.has_term(told) and not signals.unsure(told)
            else None
        )
    return signals.unclear("names a smaller weight") if not strong or phrases.ON_A_GOOD_DAY.search(told) else None


def _held(asked: Asked, told: str, strong: set[Sign], today: date) -> Reading | None:
    if phrases.FOREIGN.search(told) and not re.search(r"\b(?:us|american|texas|state) license", told):
        return signals.unclear("one from elsewhere may or may not count")
    lapsed = re.search(r"\b(?:expired|lapsed|suspended|revoked|vencid[oa]|caduc\w+|perime|abgelaufen)\b", told)
    good_until = phrases.STILL_GOOD.search(told)
    if (
        good_until
        and not lapsed
        and not re.search(r"\bnot (?:valid|active|current|good)\b|\bno (?:longer )?valid", told)
    ):
        year = int(good_until[1]) if good_until[1] else today.year
        return signals.clear(True, "says it is valid") if year >= today.year else None
    if lapsed and not re.search(
        r"\b(?:not|isnt|never|hasnt|no esta) (?:been |yet )*(?:expired|lapsed|suspended|revoked)|never", told
    ):
        return (
            signals.conditional(told, value=False)
            if signals.is_coming(told) or phrases.RENEWED.search(told)
            else signals.clear(False, "says it lapsed")
        )
    if phrases.RENEWED.search(told) and Sign.NO not in strong:
        return signals.clear(True, "says it was renewed")
    return _grade(asked, told)


def _grade(asked: Asked, told: str) -> Reading | None:
    """A permit or another class of licence is not the one asked for."""
    wanted = {g for m in phrases.CLASS.findall(asked.text) for g in m if g}
    named = {g for m in phrases.CLASS.findall(told) for g in m if g}
    if signals.is_coming(told) or (signals.has_term(told) and not phrases.LESSER.search(told)):
        return None
    if (
        phrases.LESSER.search(told)
        and "licen" in asked.topic
        and "permiso de trabajo" not in asked.text
        and not wanted & named
    ):
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
    if asked.shape is Shape.NEED and re.search(
        r"\b(?:not needed|dont need|do not need|wont need|no need|not required|none needed)\b", told
    ):
        return signals.clear(False, "not needed")
    if asked.shape is Shape.NEED and phrases.YES_FIRST.match(told) and not no and not cant:
        good = []
    if asked.shape is Shape.NEED and phrases.RIGHT_TO_WORK.search(asked.text):
        stated = _sponsorship(told, yes, no)
        if stated:
            return stated
    if asked.shape is Shape.OBSTACLE and phrases.YES_IT_IS.match(told) and not no:
        return signals.clear(True, "says it is a problem")
    if phrases.IS_A_PROBLEM.search(told) and not good and not no:
        return signals.clear(True, "says it is a problem")
    if signals.has_term(told) or signals.unsure(told):
        return signals.conditional(told) if signals.has_term(told) else signals.unclear("hedged")
    if good and not cant:
        return signals.clear(False, "says it is fine")
    if no and not cant and not (yes and yes[-1].start > no[-1].start):
        return signals.clear(False, "says no")
    if cant and not good and not no:
        return (
            signals.clear(True, "says it can't be done")
            if asked.shape is not Shape.NEED
            else signals.unclear("no yes or no in it")
        )
    if yes and not no and not cant:
        return _bare_yes(asked, told)
    return signals.unclear("no yes or no in it" if not found else "says both")


def _bare_yes(asked: Asked, told: str) -> Reading:
    if asked.shape is Shape.NEED:
        return signals.clear(True, "says yes")
    contradicts = re.search(r"\b(?:doch|yes i (?:do|have)|i (?:do|have)|si tengo|i have worked)\b", told)
    if asked.shape is Shape.MIND:
        return (
            signals.clear(True, "says so")
            if contradicts and not re.search(r"\bmind\b", asked.text)
            else signals.unclear("a bare yes can mean either")
        )
    return Reading(
        status=ReadingStatus.CLEAR, value=True, condition="a bare yes may be a misreading", because="says yes"
    )


def _sponsorship(told: str, yes: list[Found], no: list[Found]) -> Reading | None:
    if (no and not yes) or (no and no[-1].start > yes[-1].start):
        later = re.search(r"\b(?:but|later|future|eventually|after|when|opt|transfer)\b", told)
        return (
            signals.unclear("no now, perhaps later")
            if later and not phrases.MAY_WORK.search(told)
            else signals.clear(False, "says no")
        )
    if phrases.MAY_WORK.search(told) and not phrases.LIMITED_VISA.search(told):
        return signals.clear(False, "the right to work is stated") if not yes else signals.unclear("yes to which?")
    return None
