"""A long talk shortened: what matters stays, word for word; the last word wins; what was left out is said."""

import random
import time
from datetime import date

import pytest

from botapp.compose.drafting import draft_interviewer
from botapp.compose.long_texts import KEPT, shortened
from botapp.compose.mixed_text import languages_in, mixed_note
from botapp.compose.source import READ_MAX
from botapp.compose.stage_names import unknown_stages
from botapp.llm import DraftRequest

TODAY = date(2026, 11, 25)
TALK = (
    "Dana: The printer upstairs is broken again.",
    "Sam: Yeah, somebody should call them.",
    "Dana: Did you watch the game?",
    "Sam: We went to the lake with the boat.",
    "Dana: My connection froze, can you hear me?",
)
SAID = {
    300: "Dana: So we are hiring a forklift driver for the Newport warehouse, what is the pay?",
    301: "Sam: We pay $18 an hour.",
    900: "Sam: They must hold a valid forklift licence, no exceptions.",
    1200: "Sam: A first aid certificate is required.",
    1500: "Dana: What are the hours?",
    1501: "Sam: Nights, 10 pm to 6 am, Sunday to Thursday.",
    2000: "Sam: They have to lift 60 pounds.",
    2300: "Sam: Actually scratch that, the first aid certificate is nice to have.",
    2700: "Sam: Competitors pay $22 an hour.",
    2900: "Sam: Finance said yes, make it $19.50 an hour.",
    3100: "Sam: No wait, lifting is 50 pounds, I looked it up.",
    3300: "Sam: Two years of warehouse experience at least.",
    3400: "Sam: It is at 12 Dock Road, Newport.",
}


def transcript(characters: int = 200_000) -> str:
    chance, rows, size = random.Random(4), [], 0
    while size < characters:
        rows.append(SAID.get(len(rows)) or f"{chance.choice(TALK)} {chance.randint(1, 99)}")
        size += len(rows[-1]) + 1
    return "\n".join(rows)


def test_a_long_talk_keeps_what_matters_and_the_last_word() -> None:
    """200,000 characters: the figure that was corrected is gone, and so is what others pay."""
    text = transcript()
    short = shortened(text)
    lines = short.text.splitlines()
    gone = {301, 1200, 2000, 2700}
    assert [line for line in SAID.values() if line in lines] == [
        said for place, said in SAID.items() if place not in gone
    ]
    assert len(short.text) <= KEPT and all(line in text for line in lines)
    assert short.notes[0].startswith("I left out") and f"{len(text):,} characters" in short.notes[0]
    assert "I left out “We pay $18 an hour.”: later it is “Finance said yes, make it $19.50 an hour.”." in short.notes


def test_a_draft_of_it_says_what_was_left_out_and_states_the_last_pay() -> None:
    """Quickly, and with quotes that stand in the text."""
    text, begun = transcript(), time.thread_time()
    result = draft_interviewer(DraftRequest(text=text, today=TODAY))
    assert time.thread_time() - begun < 1.5
    assert result.draft is not None and result.draft.title == "Forklift Driver"
    pay = [fact.answer for fact in result.draft.facts if fact.topic == "pay"]
    assert len(pay) == 1 and "19.50" in pay[0]
    assert all(question.provenance.quote in " ".join(text.split()) for question in result.draft.questions())
    assert any("lines that" in note or "of the" in note for note in result.assumed if note.startswith("I left out"))


def test_two_rates_of_an_advert_both_stand() -> None:
    """Where nobody speaks, nobody corrects themselves."""
    filler = "\n".join(f"Our values, part {n}: kindness." for n in range(3000))
    short = shortened(f"Cook\nPay: $18 an hour on weekdays\n{filler}\nPay: $21 an hour on Sundays")
    assert "$18" in short.text and "$21" in short.text


def test_a_short_answer_keeps_its_question() -> None:
    """ "Nineteen." alone says nothing."""
    filler = "\n".join(f"Sam: The lake was calm, part {n}." for n in range(3000))
    short = shortened(f"Dana: Hello.\n{filler}\nDana: And what is the hourly rate?\nSam: Nineteen fifty.\n{filler}")
    assert "Dana: And what is the hourly rate?\nSam: Nineteen fifty." in short.text


@pytest.mark.parametrize("text", ["", "x" * READ_MAX, "Dana: We pay $18.\nSam: Make it $19."])
def test_what_can_be_read_whole_is_not_touched(text: str) -> None:
    """No note, no loss."""
    assert shortened(text).text == text and shortened(text).notes == ()


ENGLISH = (
    "We are looking for a night picker for our warehouse. You must have a forklift licence and work at night.\n" * 3
)
SPANISH = (
    "Buscamos un mozo de almacén para el turno de noche. El candidato debe tener carné y experiencia en la planta.\n"
    * 2
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ENGLISH, ("en",)),
        (SPANISH, ("es",)),
        (ENGLISH + SPANISH, ("en", "es")),
        (ENGLISH + "Viva la vida.", ("en",)),
        ("", ()),
    ],
)
def test_the_languages_of_a_text_main_one_first(text: str, found: tuple[str, ...]) -> None:
    """A slogan is no language of the text."""
    assert languages_in(text) == found


def test_a_text_in_two_languages_is_drafted_in_one_and_says_so() -> None:
    """Only then is anything said about languages."""
    result = draft_interviewer(DraftRequest(text=f"Night Picker\n{ENGLISH}{SPANISH}", today=TODAY))
    assert "The text is in English and Spanish. I drafted in English." in result.assumed
    assert mixed_note(ENGLISH, "en") == ""


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("SMS then telepathy then voice", ("telepathy",)),
        ("SMS -> handwriting analysis -> voice", ("handwriting analysis",)),
        ("add a polygraph stage after the chat", ("polygraph",)),
        ("SMS, then resume, then voice", ()),
        ("add a second stage", ()),
        ("resume stage first, then the phone screen, then a form", ()),
        ("Pickers work in a team, then they drive the truck, then unload", ()),
    ],
)
def test_a_stage_that_does_not_exist_is_named(text: str, kinds: tuple[str, ...]) -> None:
    """Places and known kinds are none."""
    assert unknown_stages(text) == kinds
