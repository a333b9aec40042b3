"""Which questions and stages a recruiter means: by number, by place, by words, by "it". Asks rather than guesses."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from botapp.compose.dates import NUMBER, WORDS, number_of
from botapp.compose.reference_words import ORDINALS, SAME, STOP
from botapp.compose.spelling import distance
from botapp.compose.wording import stage_name
from botapp.llm import Plan, PlanIntent
from botapp.screening.interviewer import Interviewer, Question, QuestionKind, StageKind


class Answered(Exception):  # not an error: it carries the whole plan out of the reading
    """The message can't be done as it stands: `plan` asks or refuses."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.reply)
        self.plan = plan


@dataclass
class Reading:
    """What is known while one message is read. `focus`: the question "it" means."""

    draft: Interviewer
    focus: int | None
    today: date
    left_alone: set[int] = field(default_factory=set)
    message: str = ""  # all that was said

    @property
    def questions(self) -> dict[int, Question]:
        return {number: question for _, number, question in self.draft.numbered()}

    def stage_of(self, number: int) -> int:
        return next(index + 1 for index, n, _ in self.draft.numbered() if n == number)

    def target(self, number: int) -> dict[str, int | None]:
        return {"stage": self.stage_of(number), "question": number}


def ask_which(reply: str, reason: str, candidates: list[int] | None = None) -> Answered:
    return Answered(
        Plan(intent=PlanIntent.ASK_WHICH, reply=reply, reason=reason, value={"candidates": candidates or []})
    )


def refuse(reply: str, reason: str) -> Answered:
    return Answered(Plan(intent=PlanIntent.REFUSE, reply=reply, reason=reason))


# ---- questions ---------------------------------------------------------------------------------------------

_LIST = rf"{NUMBER}(?:\s*(?:,|and|&|,\s*and|or)\s*(?:q(?:uestion)?\s*)?{NUMBER})*"
_NUMBERED = re.compile(
    rf"(?:\b(?:questions?|qs?|nos?\.?|numbers?)\s*#?\s*|#)(?P<list>{_LIST}|\d+\s*(?:-|–|to"
    r"|through)\s*\d+)\b",
    re.I,
)
_BARE = re.compile(rf"^\W*(?:the )?(?P<list>{_LIST}|\d+\s*(?:-|–|to|through)\s*\d+)\W*$", re.I)
_ORDINAL = re.compile(
    r"\b(?:the )?(?P<o>"
    + "|".join(ORDINALS)
    + r"|last|final|second[- ]to[- ]last|penultimate)\b(?!\s+(?:job|kitchen|role|two|three|year"
    r"|employer))(?: (?:question|one|q))?",
    re.I,
)
_SPAN = re.compile(r"\b(?:the )?(?P<which>last|first) (?P<n>two|three|four|2|3|4)\b(?: (?:questions|ones))?", re.I)
_IT = re.compile(
    r"^\W*(?:it|that|this|that one|this one|that question|this question|the same(?: one"
    r"| question)?|them|those)\W*$",
    re.I,
)
_ALL = re.compile(
    r"^\W*(?:all|every|each|any|everything(?! (?:about|on|with|to do))|everywhere"
    r"|anywhere)\b(?: (?:of )?(?:the|them|my|these"
    r"|those))*",
    re.I,
)
_KINDS = (
    (re.compile(r"\byes[ /-]?(?:or )?no\b", re.I), QuestionKind.YES_NO),
    (re.compile(r"\bopen(?:-ended)?\b", re.I), QuestionKind.OPEN),
    (re.compile(r"\b(?:multiple )?choice\b", re.I), QuestionKind.CHOICE),
    (re.compile(r"\bdate questions?\b", re.I), QuestionKind.DATE),
)


_OF_STAGE = re.compile(
    r"^(?:all |every |any |each )?(?:of )?(?:the )?(?P<s>voice(?: call)?|call|form|chat|sms"
    r"|scenario) (?:stage )?(?:questions|ones)$"
    r"|^(?:all|everything|every question|all questions|the questions|questions|any question"
    r"|each question)(?: of the questions)?"
    r" (?:in|of|on) the (?P<s2>voice(?: call)?|call|form|chat|sms|scenario)(?: stage| part)?$",
    re.I,
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its usual endings: `lifting`, `lifts` and `lifted` alike."""
    word = re.sub(r"['’]s?$", "", word.lower())
    for ending, least in (
        ("ations", 9),
        ("ation", 8),
        ("ings", 6),
        ("ing", 5),
        ("ied", 5),
        ("ies", 5),
        ("ed", 5),
        ("es", 5),
        ("s", 4),
        ("e", 4),
        ("y", 5),
    ):
        if word.endswith(ending) and len(word) >= least:
            return word[: -len(ending)]
    return word


def words_of(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9À-ÿ][a-z0-9À-ÿ'’-]*", text.lower()) if word not in STOP]


def resolve(ref: str, reading: Reading) -> list[int]:
    """The numbers meant by `ref`, at least one. Asks when two fit equally, refuses when none does."""
    ref = ref.strip(" ,.:;")
    if _IT.match(ref) or not ref:
        return [_antecedent(reading)]
    if numbers := _in_stage(ref, reading):
        return numbers
    if match := _ALL.match(ref):
        return _all(ref[match.end() :], reading)
    for pattern in (_NUMBERED, _BARE):
        if match := pattern.search(ref):
            return _checked(_numbers(match["list"]), reading)
    if (match := _SPAN.search(ref)) and len(words_of(_SPAN.sub("", ref))) == 0:
        numbers = sorted(reading.questions)
        count = number_of(match["n"])
        return numbers[-count:] if match["which"].lower() == "last" else numbers[:count]
    if (match := _ORDINAL.search(ref)) and len(words_of(_ORDINAL.sub("", ref))) == 0:
        return _ordinal(match["o"].lower(), reading)
    return [_by_words(ref, reading)]


def _in_stage(ref: str, reading: Reading) -> list[int]:
    """`the voice questions`, `everything in the form`: all that this stage asks."""
    match = _OF_STAGE.match(ref)
    named = STAGE_REF.fullmatch(match["s"] or match["s2"]) if match else None
    if not named:
        return []
    place = resolve_stage(named, reading)
    numbers = [number for index, number, _ in reading.draft.numbered() if index + 1 == place]
    if not numbers:
        raise refuse(f"The {stage_name(reading.draft.stages[place - 1]).lower()} asks nothing yet.", "not_there")
    return numbers


def _antecedent(reading: Reading) -> int:
    if reading.focus in reading.questions and reading.focus is not None:
        return reading.focus
    if len(reading.questions) == 1:
        return next(iter(reading.questions))
    raise ask_which("Which question do you mean? Say its number or what it is about.", "no_antecedent")


def _numbers(text: str) -> list[int]:
    if span := re.match(r"(\d+)\s*(?:-|–|to|through)\s*(\d+)", text):
        low, high = int(span[1]), int(span[2])
        return list(range(low, min(high, low + 60) + 1))
    return [number_of(word) for word in re.findall(NUMBER, text, re.I)]


def _checked(numbers: list[int], reading: Reading) -> list[int]:
    count = len(reading.questions)
    for number in numbers:
        if number not in reading.questions:
            has = f"They run from 1 to {count}." if count else "There are no questions yet."
            raise refuse(f"There is no question {number}. {has}", "not_there")
    return list(dict.fromkeys(numbers))


def _ordinal(word: str, reading: Reading) -> list[int]:
    numbers = sorted(reading.questions)
    if not numbers:
        raise refuse("There are no questions yet.", "not_there")
    if word in ("last", "final"):
        return [numbers[-1]]
    if word in ("second-to-last", "second to last", "penultimate"):
        return _checked([len(numbers) - 1], reading)
    return _checked([ORDINALS[word]], reading)


def _all(rest: str, reading: Reading) -> list[int]:
    kept = set(reading.questions)
    for pattern, kind in _KINDS:
        if pattern.search(rest):
            kept = {n for n in kept if reading.questions[n].kind is kind}
    if re.search(r"\b(?:knock ?outs?|dealbreakers?|must[- ]haves?)\b", rest, re.I):
        kept = {n for n in kept if reading.questions[n].knockout}
    if match := re.search(r"\b(?:but|except(?: for)?|other than|apart from|save)\b(?P<ref>.*)$", rest, re.I):
        for part in re.split(r"\s+and\s+|,", match["ref"]):
            if part.strip():
                kept -= set(resolve(part, reading))
    if not kept:
        raise refuse("There is no such question in this draft.", "not_there")
    return sorted(kept)


def _by_words(ref: str, reading: Reading) -> int:
    candidates = dict(reading.questions)
    if re.search(r"\b(?:the )?other (?:one|question)\b", ref, re.I):
        candidates = {n: q for n, q in candidates.items() if n not in reading.left_alone and n != reading.focus}
    for pattern, kind in _KINDS:
        if pattern.search(ref):
            of_kind = {n: q for n, q in candidates.items() if q.kind is kind}
            candidates, ref = of_kind or candidates, pattern.sub(" ", ref)
    if re.search(r"\b(?:knock ?out|dealbreaker)\b", ref, re.I) and any(q.knockout for q in candidates.values()):
        candidates = {n: q for n, q in candidates.items() if q.knockout}
        ref = re.sub(r"\b(?:knock ?out|dealbreaker)s?\b", " ", ref, flags=re.I)
    asked = words_of(ref)
    if not asked:
        return _the_only(list(candidates), reading)
    scores = {number: likeness_to(asked, question) for number, question in candidates.items()}
    best = max(scores.values(), default=0.0)
    if best < 0.5 * len(asked) and best < 0.9:
        raise refuse(not_there(ref, reading), "not_there")
    return _the_only([number for number, score in scores.items() if score >= best - 0.15], reading)


def _the_only(numbers: list[int], reading: Reading) -> int:
    if len(numbers) == 1:
        return numbers[0]
    if not numbers:
        raise refuse("There is no such question in this draft.", "not_there")
    listed = "; ".join(f"{n}. {short(reading.questions[n])}" for n in numbers[:5])
    raise ask_which(f"Which one do you mean? {listed}", "two_match", numbers)


def not_there(ref: str, reading: Reading) -> str:
    named = "; ".join(f"{n}. {short(q)}" for n, q in list(reading.questions.items())[:12])
    asked = re.sub(r"^(?:the|a|an)\s+|\s+(?:question|one|thing)$", "", ref.strip(), flags=re.I)[:60]
    has = f"There is: {named}" if named else "There are no questions yet."
    return f"I find no question about {asked}. {has}"


def short(question: Question) -> str:
    """The question in few words."""
    text = question.text
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + "…"


def likeness_to(asked: list[str], question: Question) -> float:
    """How many of these words the question is about; one that only its source has counts half."""
    topic, text = words_of(question.topic), words_of(question.text + " " + " ".join(question.options))
    source = words_of(question.provenance.quote)
    total = 0.0
    for word in asked:
        total += max(_likeness(word, topic) * 1.1, _likeness(word, text), _likeness(word, source) * 0.55)
    return total


def _likeness(word: str, among: list[str]) -> float:
    root = stem(word)
    best = 0.0
    for other in among:
        if root == stem(other) and (len(root) > 3 or _same_word(word, other)):
            return 1.0
        if len(root) >= 5 and (
            stem(other).startswith(root) or (root.startswith(stem(other)) and len(stem(other)) >= 5)
        ):
            best = max(best, 0.9)
        elif len(root) >= 5 and len(other) >= 5 and distance(root, stem(other)) <= 1:
            best = max(best, 0.75)
        elif any(_in_group(word, group) and _in_group(other, group) for group in SAME):
            best = max(best, 0.6)
    return best


def _same_word(one: str, other: str) -> bool:
    """Short stems fit too much: `car` is neither `care` nor `caring`."""
    longer, shorter = sorted((one.lower(), other.lower()), key=len, reverse=True)
    return longer.removesuffix("s") == shorter.removesuffix("s") or longer in (f"{shorter}ed", f"{shorter}ing")


def _in_group(word: str, group: frozenset[str]) -> bool:
    return word in group or any(stem(word) == stem(member) for member in group)


# ---- stages ------------------------------------------------------------------------------------------------

STAGE_WORDS = (
    (StageKind.RESUME, r"r[eé]sum[eé]s?|cvs?"),
    (StageKind.VOICE, r"(?:ai )?(?:voice|phone)(?: ?(?:call|interview|screen|chat))?|(?:ai )?call"),
    (StageKind.FORM, r"(?:short |quick |web )?form|questionnaire"),
    (StageKind.SCENARIO, r"(?:work )?scenario|role[- ]?play|work sample|simulation"),
    (StageKind.CHAT, r"(?:text |sms )?chat|sms|text (?:screen|stage|interview|chat)|texting|text"),
)
STAGE_REF = re.compile(
    r"\b(?:the |an? )?(?:(?P<number>(?:stage|step|round)\s*#?\s*(?:\d+|one|two|three|four))"
    r"|(?P<ordinal>first|second|third|last) (?:stage|step|round)|"
    + "|".join(f"(?P<{kind.value}>{words})" for kind, words in STAGE_WORDS)
    + r")\b(?: (?:stage|step|round|screen|part))?",
    re.I,
)


def stage_kind(match: re.Match[str]) -> StageKind | None:
    return next((kind for kind in StageKind if match.groupdict().get(kind.value)), None)


def resolve_stage(match: re.Match[str], reading: Reading) -> int:
    """The stage meant, counted from 1."""
    stages = reading.draft.stages
    if kind := stage_kind(match):
        found = [place for place, stage in enumerate(stages, 1) if stage.kind is kind]
        if len(found) == 1:
            return found[0]
        if found:
            raise ask_which(
                f"There are {len(found)} such stages. Which one: {', '.join(f'stage {n}' for n in found)}?", "two_match"
            )
        names = ", ".join(stage_name(stage).lower() for stage in stages)
        raise refuse(f"There is no {kind.value} stage. The stages are: {names}.", "not_there")
    word = (match["ordinal"] or match["number"].split()[-1].lstrip("#")).lower()
    place = (
        len(stages) if word == "last" else ORDINALS.get(word) or (WORDS.get(word) or int(re.sub(r"\D", "", word) or 0))
    )
    if not 1 <= place <= len(stages):
        raise refuse(f"There is no stage {place}. There are {len(stages)}.", "not_there")
    return place
