"""Made-up candidates for a rehearsal: five people who answer what they are shown, by rule, always in the same way.

Guarantees: pure and deterministic. They see only what a candidate sees: words, buttons, fields of a page. This module
imports nothing of interviewers, rubrics, rules, weights or scores, so that nobody here can know them.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from botapp.compose.acting_reading import (
    WantedKind,
    asked_last,
    content_words,
    counted,
    is_good_to_deny,
    is_proof_of_skill,
    kind_wanted,
    last_paragraph,
    listed_options,
    named_number,
    told_word,
    turned_round,
)


class Persona(StrEnum):
    STRONG = "strong"
    BORDERLINE = "borderline"
    WEAK = "weak"
    EVASIVE = "evasive"
    HOSTILE = "hostile"


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in front of a candidate whose turn it is: the last message, and its buttons by label."""

    text: str
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a page: its label, what kind of input it is, and what can be picked."""

    label: str
    kind: WantedKind
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Say:
    """What they do: words, or a button by its label."""

    text: str
    pressed: bool = False


@dataclass(frozen=True, slots=True)
class Mind:
    """What somebody keeps in mind between messages. `subject`: main words of the question answered last."""

    persona: Persona
    language: str = "en"
    told: int = 0  # open questions answered
    more: int = 0  # follow-ups to the one answered last
    subject: str = ""
    turns: int = 0
    asked: tuple[str, ...] = ()  # questions seen so far, word for word
    in_task: bool = False


def respond(mind: Mind, shown: Shown) -> tuple[Say, Mind]:
    """What they say now, and what they remember."""
    mind = replace(mind, turns=mind.turns + 1)
    question = last_paragraph(shown.text)
    again, mind = asked_last(question) in mind.asked, replace(mind, asked=(*mind.asked, asked_last(question)))
    if word := told_word(shown.text, begun=mind.in_task):
        return _with_the_task(mind, shown.text, word)
    kind = kind_wanted(question, shown.buttons)
    if kind is not WantedKind.OPEN:
        return _typed(mind, question, kind, shown.buttons, again=again), mind
    return _open(mind, question)


def fill_in(mind: Mind, field: Field) -> str:
    """What they put into a field of a page, in its own words: `yes`, a number, an option, a date, a sentence."""
    match field.kind:
        case WantedKind.OPEN:
            return _open(mind, field.label)[0].text
        case WantedKind.YES_NO:
            return "yes" if _would_affirm(mind.persona, field.label) else "no"
        case WantedKind.CHOICE:
            return _option(mind.persona, field.options)
        case WantedKind.YEARS:
            return _number_of(mind.persona, field.label, (6, 2, 0))
        case WantedKind.PAY:
            return _number_of(mind.persona, field.label, (20, 22, 40))
        case _:
            return _number_of(mind.persona, field.label, (60, 40, 5))


def start_within(persona: Persona) -> int:
    """How many days from today somebody puts into a field for a date."""
    return {Persona.STRONG: 14, Persona.BORDERLINE: 28}.get(persona, 90)


def resume_of(mind: Mind, title: str) -> str:
    """A resume as plain text, made of the job's title alone."""
    match mind.persona:
        case Persona.STRONG | Persona.BORDERLINE:
            deeds = _bank(mind.language, mind.persona, "deeds")[: 4 if mind.persona is Persona.STRONG else 2]
            since = 2020 if mind.persona is Persona.STRONG else 2024
            return f"{title}, {since} to today\n" + "\n".join(f"- {deed}" for deed in deeds)
        case Persona.HOSTILE:
            return f"Work, 2025\n- {_weak(mind)}\n{_commands(mind.language)[0]}"
        case _:
            return f"Work, 2025\n- {_weak(mind)}"


# ---- open questions ----------------------------------------------------------------------------------------


def _open(mind: Mind, question: str) -> tuple[Say, Mind]:
    subject = " ".join(content_words(question))
    if mind.subject and len(content_words(question)) < _OWN_SUBJECT and mind.told:
        return Say(_more(mind)), replace(mind, more=mind.more + 1)
    text = _example(mind, question, subject)
    return Say(text), replace(mind, told=mind.told + 1, more=0, subject=subject)


_OWN_SUBJECT = 2  # main words from which a question has a subject of its own; fewer ask on about the last one


def _example(mind: Mind, question: str, subject: str) -> str:
    persona = mind.persona
    if persona is Persona.HOSTILE:
        return _commanding(mind, _weak(mind))
    if persona in (Persona.WEAK, Persona.EVASIVE):
        return _nth(_bank(mind.language, persona, "deeds"), mind.told)
    shape, it = turned_round(question) if mind.language == "en" else ("other", "")
    opens = _bank(mind.language, persona, "opens")
    opening = str(opens.get(shape) or opens["other"]).format(it=it, subject=subject or "this")
    return f"{opening} {_nth(_bank(mind.language, persona, 'deeds'), mind.told)}".strip()


def _more(mind: Mind) -> str:
    if mind.persona is Persona.HOSTILE:
        return _commanding(mind, _nth(_bank(mind.language, Persona.WEAK, "more"), mind.more))
    return _nth(_bank(mind.language, mind.persona, "more"), mind.more)


def _weak(mind: Mind) -> str:
    return _nth(_bank(mind.language, Persona.WEAK, "deeds"), mind.told)


def _commanding(mind: Mind, words: str) -> str:
    """A weak answer with orders to the machine around it; once with an insult."""
    insult = str(_bank(mind.language, Persona.HOSTILE, "abuse")) if mind.told == 1 and not mind.more else ""
    return " ".join(filter(None, (words, insult, _nth(_commands(mind.language), mind.told))))


def _commands(language: str) -> Sequence[str]:
    return tuple(_bank(language, Persona.HOSTILE, "commands"))


def _with_the_task(mind: Mind, text: str, word: str) -> tuple[Say, Mind]:
    """A task in writing: begin it, write once, say that it is done. Also YES to an invitation."""
    if not mind.in_task and word == "START":
        return Say(word), replace(mind, in_task=True)
    if mind.in_task and mind.more == 0:
        said, mind = _open(replace(mind, subject=""), text.split("\n\n")[0])
        return said, replace(mind, more=1)
    return Say(word), replace(mind, in_task=False, more=0)


# ---- questions with an exact answer ------------------------------------------------------------------------


def _typed(mind: Mind, question: str, kind: WantedKind, buttons: Sequence[str], *, again: bool) -> Say:
    if mind.persona is Persona.EVASIVE:  # asks back, then says nothing that could be read
        words = _bank(mind.language, Persona.EVASIVE, "typed")
        return Say(words[-1] if again else words[0])
    question = question if listed_options(question) else asked_last(question)
    if kind is WantedKind.YES_NO:
        yes, no = buttons[0], buttons[1]
        return Say(yes if _would_affirm(mind.persona, question) else no, pressed=True)
    if kind is WantedKind.CHOICE:
        options = tuple(buttons) or listed_options(question)
        return Say(_option(mind.persona, options), pressed=bool(buttons))
    if kind is WantedKind.COUNT:
        return Say(_number_of(mind.persona, question, (60, 40, 5)))
    table = _words(mind.language)["typed"][kind.value]
    return Say(str(table.get(mind.persona.value, table["weak"])))


def _would_affirm(persona: Persona, question: str) -> bool:
    """Yes, unless no is the better answer; the weak lack what has to be proven, the hostile lack everything."""
    good = not is_good_to_deny(question)
    match persona:
        case Persona.HOSTILE:
            return not good
        case Persona.WEAK | Persona.EVASIVE if is_proof_of_skill(question):
            return not good
        case _:
            return good


def _option(persona: Persona, options: Sequence[str]) -> str:
    """The most of what can be counted, or the best of a list; the weak take the least or the last."""
    best, least = counted(options)
    match persona:
        case Persona.STRONG:
            return best
        case Persona.BORDERLINE:
            return options[len(options) // 2] if best == options[-1] else best
        case _:
            return least


def _number_of(persona: Persona, question: str, usual: tuple[int, int, int]) -> str:
    """A number they might say; one that the question itself names is met, just met, or missed."""
    named = named_number(question)
    strong, middling, weak = (round(named * 1.5), round(named), round(named * 0.4)) if named else usual
    return str({Persona.STRONG: strong, Persona.BORDERLINE: middling}.get(persona, weak))


# ---- the words ---------------------------------------------------------------------------------------------


def _nth(lines: Any, place: int) -> str:
    told = tuple(lines)
    return str(told[place % len(told)])


def _bank(language: str, persona: Persona, name: str) -> Any:
    return _words(language)[persona.value][name]


@cache
def _words(language: str) -> Mapping[str, Mapping[str, Any]]:
    file = resources.files("botapp.compose") / "acting.toml"
    everything = tomllib.loads(file.read_text(encoding="utf-8"))
    found: Mapping[str, Mapping[str, Any]] = everything.get(language) or everything["en"]
    return found
