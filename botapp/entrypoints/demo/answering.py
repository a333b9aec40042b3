"""A simulated candidate: reads the message in front of it and its buttons, and answers from the bank.

It sees what a person on the page sees: the words, the buttons, "3 of 8 answered" and the job's title. Deterministic.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from botapp.entrypoints.demo.bank import GENERIC, Bank, Strength, Topic


class Habit(StrEnum):
    """What people do that forms don't."""

    BURST = "sent one answer in two messages"
    ASKS_PAY = "asked about the pay in the middle"
    CORRECTS = "corrected an earlier answer"
    FREE_WORDS = "answered in free wording"


@dataclass(frozen=True, slots=True)
class Persona:
    name: str
    contact: str
    strength: Strength
    habits: frozenset[Habit]


PERSONAS = (
    Persona("Maya Okafor", "maya.okafor@example.com", Strength.STRONG, frozenset({Habit.BURST})),
    Persona(
        "Tom Lindqvist",
        "tom.lindqvist@example.com",
        Strength.MIDDLING,
        frozenset({Habit.CORRECTS, Habit.FREE_WORDS}),
    ),
    Persona("Jo Pratt", "jo.pratt@example.com", Strength.WEAK, frozenset({Habit.ASKS_PAY})),
)


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the candidate sees when it is their turn."""

    text: str
    buttons: tuple[Button, ...] = ()
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Say:
    """One message; `button` when it was pressed instead of typed."""

    text: str
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the candidate does. `source`: the bank's topic, `generic`, `short` or `aside`."""

    says: tuple[Say, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Mind:
    """What a candidate keeps in mind between messages."""

    persona: Persona
    title: str
    kind: str = ""  # of the question answered last
    done: int = -1  # questions answered when it was asked
    after_aside: bool = False
    topic: Topic | None = None  # of the open question answered last
    told: tuple[str, ...] = ()  # topics, once per line said
    more: int = 0  # lines of "more" said
    turns: int = 0
    gave_years: bool = False
    habits_shown: tuple[Habit, ...] = ()

    def still(self, habit: Habit) -> bool:
        return habit in self.persona.habits and habit not in self.habits_shown


_KINDS = (
    ("years", r"how (?:many|much) (?:years|months|\w+ years|experience)|how long have you|years of experience"),
    ("start", r"\b(?:when|how soon)\b.*\b(?:start|begin|available|join)|notice period|start date|earliest"),
    ("pay", r"\bwhat\b[^.]*\b(?:pay|salary|wage|rate)\b|\b(?:pay|salary|wages?)\b[^.]*\b(?:expect|looking|hop|need)"),
    ("availability", r"\b(?:which|what) (?:days|shifts|hours|times)|days and times|days and hours"),
    ("file", r"\b(?:upload|attach|send)\b.*\b(?:resume|résumé|cv|file|document)\b"),
    ("count", r"\bhow (?:many|far|much|fast)\b|words per minute"),
)
_A_NO_IS_GOOD = re.compile(
    r"\b(?:convict|felony|(?:need|require)\w* .{0,30}sponsor|ever been (?:fired|dismissed|suspended)|revoked)",
    re.IGNORECASE,
)
_NONE = re.compile(r"\b(?:none|neither|other|not|no)\b", re.IGNORECASE)


def begin(persona: Persona, title: str) -> Mind:
    return Mind(persona, title)


def respond(mind: Mind, shown: Shown, bank: Bank) -> tuple[Reply, Mind]:
    """What to say now, and what to remember."""
    mind = replace(mind, turns=mind.turns + 1)
    if aside := _aside(mind, shown, bank):
        habit, text = aside
        reply = Reply((Say(text),), "aside")
        return reply, replace(mind, after_aside=True, habits_shown=(*mind.habits_shown, habit))
    question = question_in(shown.text)
    kind = kind_of(question, shown.buttons)
    asked_on = shown.done == mind.done  # the number on the page stood still: it is the same question
    again = asked_on and kind == mind.kind
    if kind == "open":
        reply, mind = _open(mind, question, bank, follows=asked_on and mind.topic is not None)
    else:
        reply, mind = _short(mind, kind, question, shown, bank, again=again)
    return reply, replace(mind, kind=kind, done=shown.done, after_aside=False)


def question_in(text: str) -> str:
    """The last paragraph: what stands before it takes up what was said."""
    return text.strip().rsplit("\n\n", 1)[-1]


def kind_of(question: str, buttons: tuple[Button, ...]) -> str:
    """What sort of answer is wanted, as a person would guess: `button`, `list`, a short kind, or `open`."""
    if buttons:
        return "button"
    if _listed(question):
        return "list"
    return next((kind for kind, words in _KINDS if re.search(words, question, re.IGNORECASE)), "open")


def _listed(question: str) -> list[str]:
    """The options named after a question: `Which of these? Vans; trucks; bikes. You can name several.`"""
    _, mark, after = question.partition("?")
    options = [option.strip(" .") for option in after.removesuffix("You can name several.").split(";")]
    return options if mark and len(options) > 1 else []


def _aside(mind: Mind, shown: Shown, bank: Bank) -> tuple[Habit, str] | None:
    if mind.after_aside:
        return None
    if mind.still(Habit.ASKS_PAY) and shown.done >= min(2, shown.total - 1):
        return Habit.ASKS_PAY, bank.aside["pay"]
    if mind.still(Habit.CORRECTS) and shown.done > 0:
        if mind.gave_years and shown.done > mind.done:
            return Habit.CORRECTS, bank.aside["years"]
        if mind.topic and not mind.gave_years and shown.total - shown.done <= 1:
            return Habit.CORRECTS, bank.aside["other"]
    return None


def _open(mind: Mind, question: str, bank: Bank, *, follows: bool) -> tuple[Reply, Mind]:
    topic = mind.topic if follows and mind.topic else bank.topic(question, mind.title, mind.told)
    lines, told = topic.lines[mind.persona.strength], mind.told.count(topic.name)
    if told < len(lines):
        text, source, more = lines[told], topic.name, mind.more
    else:
        extra = bank.more[mind.persona.strength]
        text, source, more = extra[min(mind.more, len(extra) - 1)], GENERIC, mind.more + 1
    says: tuple[Say, ...] = (Say(text),)
    shown = mind.habits_shown
    if mind.still(Habit.BURST) and not follows and (pieces := _in_two(text)):
        says, shown = tuple(Say(piece) for piece in pieces), (*shown, Habit.BURST)
    mind = replace(mind, topic=topic, told=(*mind.told, topic.name), more=more, habits_shown=shown)
    return Reply(says, source), mind


def _in_two(text: str) -> tuple[str, str] | None:
    first, stop, rest = text.partition(". ")
    return (f"{first}.", rest) if stop else None


def _short(mind: Mind, kind: str, question: str, shown: Shown, bank: Bank, *, again: bool) -> tuple[Reply, Mind]:
    strength = mind.persona.strength
    mind = replace(mind, topic=None)
    if kind == "button":
        return Reply((_press(mind, question, shown.buttons, again=again),), "short"), mind
    if kind == "list":
        options = _listed(question)
        return Reply((Say(" and ".join(options[: 2 if strength is Strength.STRONG else 1])),), "short"), mind
    if kind == "pay":
        kind = "pay_year" if re.search(r"salary|year|annual", question, re.IGNORECASE) else "pay_hour"
    text = bank.plain[kind][strength] if again else bank.short[kind][strength][0]
    habits = mind.habits_shown
    if kind == "years" and mind.still(Habit.FREE_WORDS):
        habits = (*habits, Habit.FREE_WORDS)
    return Reply((Say(text),), "short"), replace(
        mind, gave_years=mind.gave_years or kind == "years", habits_shown=habits
    )


def _press(mind: Mind, question: str, buttons: tuple[Button, ...], *, again: bool) -> Say:
    """The button, or its meaning in their own words: only one of the three always presses."""
    button = _wanted(mind.persona.strength, question, buttons)
    if again or mind.persona.strength is Strength.STRONG or button.label not in ("Yes", "No"):
        return Say(button.label, button)
    if mind.persona.strength is Strength.WEAK:
        return Say({"Yes": ("yeah", "yes", "yep")[mind.turns % 3], "No": "no"}[button.label])
    verb = re.search(r"\b(do|can|are|have|will|would|could) you\b", question, re.IGNORECASE)
    if verb is None:
        return Say(button.label)
    own = {"are": "am"}.get(verb[1].lower(), verb[1].lower())
    return Say(f"Yes, I {own}" if button.label == "Yes" else f"No, I {own} not")


def _wanted(strength: Strength, question: str, buttons: tuple[Button, ...]) -> Button:
    labels = {button.label: button for button in buttons}
    if {"Yes", "No"} <= set(labels):
        return labels["No" if _A_NO_IS_GOOD.search(question) else "Yes"]
    counted = sorted((b for b in buttons if re.search(r"\d", b.label)), key=lambda b: _largest(b.label))
    if len(counted) > 1:
        return counted[{Strength.STRONG: -1, Strength.MIDDLING: len(counted) // 2, Strength.WEAK: 0}[strength]]
    return next((b for b in buttons if not _NONE.search(b.label)), buttons[0])


def _largest(label: str) -> float:
    return max(float(n) for n in re.findall(r"\d+(?:\.\d+)?", label))
