"""Briefs nobody would wish for, typed into the console: each is one clear sentence, and no other harm."""

from tests.support.conversation import Recruiter
from tests.support.roles import ADVERT
from tests.unit.compose.test_long_texts import ENGLISH, SPANISH, transcript


def test_a_transcript_of_200_000_characters_is_drafted_with_a_note_of_what_was_left_out(recruiter: Recruiter) -> None:
    """In one turn, and the last word about the pay stands."""
    recruiter.opens_new().says(transcript())
    said = recruiter.sees("I drafted Forklift Driver", "I left out", "of the", "later it is")
    assert "I assumed: I left out" not in said
    assert [fact.answer for fact in recruiter.draft.facts if fact.topic == "pay"] == [
        "Finance said yes, make it $19.50 an hour."
    ]


def test_two_languages_in_one_text_are_told(recruiter: Recruiter) -> None:
    recruiter.opens_new().says(f"Night Picker\n{ENGLISH}{SPANISH}").sees("The text is in English and Spanish.")


def test_a_stage_that_there_is_none_of_is_told_and_the_draft_stays(recruiter: Recruiter) -> None:
    """As a change, and as an instruction beside a text."""
    recruiter.opens_new().says(ADVERT).sees("I drafted")
    before = recruiter.draft
    recruiter.says("add a telepathy stage").sees("There is no telepathy stage. The stages are text chat, form")
    assert recruiter.draft == before
    recruiter.opens_new().says(ADVERT).says("SMS, then telepathy, then voice").sees("There is no telepathy stage")
    assert [stage.kind for stage in recruiter.draft.stages] == ["chat", "voice"]
