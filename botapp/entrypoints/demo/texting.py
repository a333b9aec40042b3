"""Three candidates take the interview by text: two were invited, one saw a poster. And what has to hold after it."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

from botapp.entrypoints.demo.answering import PERSONAS, Persona, Say, begin, respond
from botapp.entrypoints.demo.bank import load_bank
from botapp.entrypoints.demo.errors import Unmet
from botapp.entrypoints.demo.phone import Phone, Text, asks, read
from botapp.entrypoints.demo.report import Check, Ink, wrapped
from botapp.entrypoints.demo.screening import MOST_REPLIES, Run
from botapp.entrypoints.demo.thread import Line

PATIENCE = 30.0
ENDS_WITHIN = 20.0
CODE = "NIGHTS"
NUMBERS = ("+12025550111", "+12025550112", "+12025550113")  # fictional; nobody has them
INVITED, BY_POSTER = PERSONAS[:2], PERSONAS[2]
STOPS, ASKS_HELP = PERSONAS[1], PERSONAS[2]
HOW = "They ticked the box for texts when they applied."
TOLD = r"(?m)^Texted |not texted"  # how botapp begins to tell what became of invitations
# Made for people, who take their time; a demo has none to lose. Nothing of it changes what is said.
SETTINGS = {
    "BOTAPP_TEXTING_FROM": "00:00",
    "BOTAPP_TEXTING_UNTIL": "23:59",
    "BOTAPP_SMS_SEGMENTS_PER_SECOND": "20",
    "BOTAPP_SMS_SETTLE": "0.5",
}
SAID = (
    "In this demo texts may leave at any hour (else 9:00 to 20:00 where the person is), twenty segments a second "
    "(else one), and botapp waits half a second for more texts of the same person (else four)."
)
_MARGIN = 12


@dataclass(frozen=True, slots=True)
class Texted:
    """A run with the phone it took place on. `thread` is what the phone holds at the end of everything."""

    run: Run
    phone: Phone
    thread: tuple[Text, ...] = ()
    after_stop: tuple[Text, ...] = ()

    @property
    def segments(self) -> int:
        return sum(text.segments for text in self.ours)

    @property
    def ours(self) -> list[Text]:
        """What botapp sent."""
        return [text for text in self.thread if text.ours and not text.by_network]


def phones(base_url: str) -> dict[Persona, Phone]:
    """One for each candidate."""
    made = {who: Phone(base_url, number, PATIENCE) for who, number in zip(PERSONAS, NUMBERS, strict=True)}
    for phone in made.values():
        phone.behaves()
    return made


def invitation_words(made: Mapping[Persona, Phone]) -> str:
    """What the recruiter types."""
    return f"Text {' and '.join(f'{who.name} {made[who].number}' for who in INVITED)}"


def screen_by_text(
    made: Mapping[Persona, Phone], title: str, questions: Sequence[str], is_over: Callable[[str], bool]
) -> list[Texted]:
    """Everybody at the same time."""

    def run(who: Persona) -> Texted:
        try:
            return _interview(who, made[who], title, questions, is_over)
        except Unmet as error:
            return Texted(Run(who, problem=str(error)), made[who])

    with ThreadPoolExecutor(len(made)) as pool:
        return [replace(done, thread=done.phone.thread()) for done in pool.map(run, made)]


def _interview(
    who: Persona, phone: Phone, title: str, questions: Sequence[str], is_over: Callable[[str], bool]
) -> Texted:
    mind, bank, done = begin(who, title), load_bank(), 0
    seconds, sources = list[float](), list[str]()
    if who in INVITED:
        phone.hears()
    phone.texts(Say("YES" if who in INVITED else f"JOIN {CODE}"))
    while len(sources) < MOST_REPLIES:
        heard, took = phone.hears()
        seconds.append(took)
        shown = read(heard, questions, done)
        if not asks(shown, questions) and _ends(who.name, is_over):
            return Texted(
                Run(who, _lines(phone), tuple(seconds), tuple(sources), mind.habits_shown, "completed"), phone
            )
        if "your name" in shown.text:
            phone.texts(Say(who.name))
            continue
        done = shown.done
        if who is ASKS_HELP and done == 1 and "help" not in sources:
            sources.append("help")
            phone.texts(Say("HELP"))
            phone.hears()
        reply, mind = respond(mind, shown, bank)
        sources.append(reply.source)
        phone.texts(*reply.says)
    raise Unmet(f"The interview of {who.name} does not end.")


def _ends(name: str, is_over: Callable[[str], bool]) -> bool:
    """Nothing was asked: is that the end? The recruiter is told a moment later."""
    ends = time.monotonic() + ENDS_WITHIN
    while time.monotonic() < ends:
        if is_over(name):
            return True
        time.sleep(0.3)
    return False


def _lines(phone: Phone) -> tuple[Line, ...]:
    return tuple(
        Line(place, text.ours, "botapp" if text.ours else "", text.text, (), {})
        for place, text in enumerate(phone.thread(), 1)
    )


def stop(texted: Texted, invite_again: Callable[[str], str]) -> tuple[Texted, str]:
    """STOP is texted; then the recruiter tries to text them all the same. Returns what came of both."""
    phone, who = texted.phone, texted.run.persona
    phone.texts(Say("STOP"))
    phone.hears()
    confirmed = len(phone.thread())
    said = invite_again(f"Text {who.name} {phone.number}. {HOW.replace('They', 'He')}")
    time.sleep(2.0)
    thread = phone.thread()
    return replace(texted, thread=thread, after_stop=thread[confirmed:]), said


def text_checks(texted: Sequence[Texted], refused: str) -> Iterator[Check]:
    """What carriers and the law would ask."""
    for one in texted:
        name, ours = one.run.persona.name, one.ours
        wrong = [text.text for text in ours if text.arrived != 1] + _said_twice(one.thread)
        detail = f"not so: {wrong[0]!r}" if wrong else f"{len(ours)} texts, {one.segments} segments"
        yield Check(f"Each text to {name} arrived once", bool(ours) and not wrong, detail)
    long = [text.text for one in texted for text in one.ours if text.segments > 2]
    yield Check("No text is longer than two segments", not long, long[0] if long else "")
    first = [one.ours[0].text for one in texted if one.run.persona in INVITED and one.ours]
    said = all("automated" in text and "STOP" in text and "HELP" in text for text in first)
    yield Check("Invitations say who asks, that it is automated, STOP and HELP", len(first) == len(INVITED) and said)
    yield _helped(texted)
    for one in (one for one in texted if one.run.persona is STOPS):
        yield Check(f"Nothing was sent to {STOPS.name} after STOP", not one.after_stop and "no more texts" in refused)


def _said_twice(thread: Sequence[Text]) -> list[str]:
    """The same words twice with nothing between them."""
    return [now.text for before, now in pairwise(thread) if before.ours and now.ours and before.text == now.text]


def _helped(texted: Sequence[Texted]) -> Check:
    thread = next((one.thread for one in texted if one.run.persona is ASKS_HELP), ())
    answers = [now for before, now in pairwise(thread) if before.text == "HELP" and now.ours]
    return Check("HELP was answered", bool(answers))


def stop_lines(ink: Ink, one: Texted) -> Iterator[str]:
    """The end of that thread."""
    place = max((number for number, text in enumerate(one.thread) if text.text == "STOP"), default=len(one.thread))
    return _texts(ink, one, one.thread[place:])


def thread_lines(ink: Ink, one: Texted) -> Iterator[str]:
    """The thread as text, each text with its segments; what the network wrote is named so."""
    who = one.run.persona.name.split()[0]
    yield from _texts(ink, one, one.thread)
    if one.run.problem:
        yield from wrapped(one.run.problem)
    yield ""
    habits = " ".join(f"{who} {habit}." for habit in (*one.run.habits, *_text_habits(one)))
    yield from wrapped(f"{len(one.ours)} texts of {one.segments} segments to {one.phone.number}. {habits}")


def _texts(ink: Ink, one: Texted, texts: Sequence[Text]) -> Iterator[str]:
    who = one.run.persona.name.split()[0]
    for text in texts:
        speaker = ("network" if text.by_network else "botapp" if text.ours else who)[: _MARGIN - 2].ljust(_MARGIN)
        beside = f"({text.segments} segment{'' if text.segments == 1 else 's'})"
        beside = beside if not text.ours or text.arrived == 1 or text.by_network else f"{beside} {text.words}"
        shown = wrapped(f"{text.text} {beside}", speaker, " " * _MARGIN)
        yield from (map(ink.faint, shown) if text.ours else shown)


def _text_habits(one: Texted) -> tuple[str, ...]:
    who = one.run.persona
    return (
        *(("came by the code on a poster",) if who is BY_POSTER else ("was invited by text",)),
        *(("asked for HELP",) if who is ASKS_HELP else ()),
        *(("sent STOP at the end",) if who is STOPS else ()),
    )
