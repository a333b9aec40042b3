"""Building an interviewer in Slack: what goes in are signed bytes, what comes out is what the local Slack was told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from botapp.entrypoints.simulator.slack import Entry, Said
from botapp.screening.interviewer import Interviewer
from botapp.state.unit_of_work import Database
from tests.support.roles import ADVERT
from tests.support.slack_stack import SlackStack, slack_stack
from tests.support.stack import MovableClock


@pytest.fixture
def team(database: Database, redis_url: str, clock: MovableClock, tmp_path: Path) -> Iterator[SlackStack]:
    with slack_stack(database, redis_url, clock, tmp_path / "data") as made:
        yield made


def card_in(team: SlackStack, said: Said) -> Entry:
    return team.last(said.channel, said.thread_ts or said.ts)


def texts(team: SlackStack) -> list[str]:
    draft = Interviewer.model_validate(team.only().draft)
    return [question.text for question in draft.questions()]


def row(team: SlackStack, number: int) -> str:
    return texts(team)[number - 1][:60]


# ---- in a direct message -----------------------------------------------------------------------------------


def test_a_job_description_in_a_direct_message_becomes_a_draft_in_its_thread(team: SlackStack) -> None:
    said = team.says("U1", ADVERT)
    card = card_in(team, said)
    assert "Night Warehouse Picker" in card.shown
    assert team.only().title == "Night Warehouse Picker"
    assert team.authors() == ["Ada Olsen"]


def test_words_change_the_draft_and_the_change_is_shown(team: SlackStack) -> None:
    said = team.says("U1", ADVERT)
    before = len(texts(team))
    team.says("U1", "Remove question 2", thread=said.ts)
    assert len(texts(team)) == before - 1
    assert "Question 2" in card_in(team, said).shown


def test_undo_below_the_change_takes_it_back(team: SlackStack) -> None:
    said = team.says("U1", ADVERT)
    before = texts(team)
    team.says("U1", "Remove question 2", thread=said.ts)
    team.presses("U1", "Undo", on=card_in(team, said))
    assert texts(team) == before


def test_publishing_from_the_card_gives_the_link(team: SlackStack) -> None:
    said = team.says("U1", ADVERT)
    team.presses("U1", "Publish", on=card_in(team, said))
    assert team.only().version == 1
    assert f"https://interviews.test/i/{team.only().slug}" in str(card_in(team, said).blocks)


def test_publishing_by_words_asks_first(team: SlackStack) -> None:
    said = team.says("U1", ADVERT)
    team.says("U1", "publish", thread=said.ts)
    assert team.only().version == 0
    team.presses("U1", "Publish", on=card_in(team, said))
    assert team.only().version == 1


def test_a_second_description_is_a_second_interviewer(team: SlackStack) -> None:
    team.says("U1", ADVERT)
    team.says("U1", ADVERT.replace("Night Warehouse Picker", "Day Packer"))
    assert {stored.title for stored in team.interviewers()} == {"Night Warehouse Picker", "Day Packer"}


def test_a_short_word_without_a_thread_is_asked_about_and_then_goes_where_it_was_meant(team: SlackStack) -> None:
    team.says("U1", ADVERT)
    before = len(texts(team))
    said = team.says("U1", "Remove question 2")
    assert "What is this about?" in card_in(team, said).shown
    team.presses("U1", "Night Warehouse Picker", on=card_in(team, said))
    assert len(texts(team)) == before - 1


# ---- the card's controls -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "number", "order"),
    [("Move down", 1, (2, 1, 3)), ("Move up", 3, (1, 3, 2)), ("Remove", 2, (1, 3))],
)
def test_a_question_is_moved_and_removed_by_its_menu(
    team: SlackStack, choice: str, number: int, order: tuple[int, ...]
) -> None:
    said = team.says("U1", ADVERT)
    before = texts(team)
    team.presses("U1", "question.menu", on=card_in(team, said), row=row(team, number), choose=choice)
    assert texts(team)[: len(order)] == [before[place - 1] for place in order]


def test_a_stale_press_does_nothing_and_says_who_was_quicker(team: SlackStack) -> None:
    said = team.says("U1", ADVERT, channel="C1", mention=True)
    card = card_in(team, said)
    team.says("U2", "Remove question 2", channel="C1", thread=said.ts)
    now = texts(team)
    team.presses("U1", "Publish", on=card)
    assert "Vic Brand changed the draft since you saw that" in card_in(team, said).shown
    assert (team.only().version, texts(team)) == (0, now)


def test_two_people_publish_at_once_and_it_is_published_once(team: SlackStack) -> None:
    said = team.says("U1", ADVERT, channel="C1", mention=True)
    card = card_in(team, said)
    for user in ("U1", "U2"):
        team.slack.presses(user, "Publish", on=card).wait()
    team.settle()
    assert team.only().version == 1
    assert "It is published already, as version 1." in card_in(team, said).shown


# ---- the form ----------------------------------------------------------------------------------------------


def opened_form(team: SlackStack, said: Said, number: int = 1) -> None:
    team.presses("U1", "question.menu", on=card_in(team, said), row=row(team, number), choose="Edit")
    assert team.slack.modal("U1") is not None


def test_the_form_changes_exactly_what_was_changed_in_it(team: SlackStack) -> None:
    said = team.says("U1", ADVERT)
    before = texts(team)
    opened_form(team, said)
    sent = team.slack.submits("U1", {"text": "Do you have a forklift licence that is valid today?"})
    team.settle()
    assert sent.closed
    assert texts(team) == ["Do you have a forklift licence that is valid today?", *before[1:]]
    assert "valid today" in card_in(team, said).shown


def test_a_wrong_field_is_told_beside_it_and_nothing_changes(team: SlackStack) -> None:
    said = team.says("U1", ADVERT)
    before = texts(team)
    opened_form(team, said)
    sent = team.slack.submits("U1", {"kind": "choice"})
    team.settle()
    assert sent.errors["options"] == "A choice needs at least two options, one a line."
    assert texts(team) == before


def test_a_form_of_a_question_that_somebody_changed_meanwhile_says_who(team: SlackStack) -> None:
    said = team.says("U1", ADVERT, channel="C1", mention=True)
    opened_form(team, said)
    team.says("U2", "Remove question 1", channel="C1", thread=said.ts)
    sent = team.slack.submits("U1", {"text": "Something else entirely?"})
    assert sent.errors == {"text": "Vic Brand removed this question meanwhile. Nothing was changed."}


# ---- in a channel ------------------------------------------------------------------------------------------


def test_several_people_change_one_draft_in_a_thread_and_who_did_what_is_kept(team: SlackStack) -> None:
    said = team.says("U1", ADVERT, channel="C1", mention=True)
    assert "Night Warehouse Picker" in card_in(team, said).shown
    team.says("U2", "Remove question 2", channel="C1", thread=said.ts)
    team.says("U1", "Set the deadline to 18 December", channel="C1", thread=said.ts)
    assert team.authors() == ["Ada Olsen", "Vic Brand", "Ada Olsen"]


def test_talk_that_is_not_to_us_is_left_alone(team: SlackStack) -> None:
    said = team.says("U1", "Lunch, anybody?", channel="C1")
    team.says("U2", "We need an interviewer too, I hear", channel="C1", thread=said.ts)
    assert team.interviewers() == [] and team.said() == []


# ---- who may ---------------------------------------------------------------------------------------------


def test_somebody_who_is_not_on_the_team_is_told_so_once(team: SlackStack) -> None:
    for _ in range(2):
        team.says("U4", ADVERT)
    assert team.interviewers() == []
    (answer,) = team.said()
    assert "not on the team of Harbour Foods" in answer.shown and "https://interviews.test/console/team" in str(
        answer.blocks
    )


def test_a_viewer_is_told_who_can(team: SlackStack) -> None:
    said = team.says("U3", ADVERT)
    assert team.interviewers() == []
    assert "recruiter" in card_in(team, said).shown


def test_a_viewer_in_a_thread_of_others_changes_nothing(team: SlackStack) -> None:
    said = team.says("U1", ADVERT, channel="C1", mention=True)
    before = texts(team)
    team.says("U3", "Remove question 2", channel="C1", thread=said.ts)
    assert texts(team) == before
    team.presses("U3", "Publish", on=team.said("C1", said.ts)[0])
    assert team.only().version == 0


# ---- the command -------------------------------------------------------------------------------------------


def shown_to(team: SlackStack, user: str, text: str) -> str:
    delivery = team.slack.runs(user, "/interviewer", text, channel="C1").wait()
    team.settle()
    return str(delivery.answer["text"]) if delivery.answer else ""


def test_the_command_answers_only_who_asked(team: SlackStack) -> None:
    team.says("U1", ADVERT)
    assert "Night Warehouse Picker (draft)" in shown_to(team, "U1", "list")
    assert "Night Warehouse Picker" in shown_to(team, "U1", "find night")
    assert "No interviewer" in shown_to(team, "U1", "find surgeon")
    assert "/interviewer find TEXT" in shown_to(team, "U1", "help")
    assert "Paste a job description" in shown_to(team, "U1", "new")


def test_a_command_with_a_text_drafts_in_a_thread_where_it_was_typed(team: SlackStack) -> None:
    team.says("U1", "help")
    assert "opening a thread" in shown_to(team, "U1", f"new {ADVERT}")
    opening = next(entry for entry in team.said("C1") if "begins a new interviewer" in entry.shown)
    assert "Night Warehouse Picker" in team.last("C1", opening.ts).shown
    team.says("U2", "Remove question 2", channel="C1", thread=opening.ts)
    assert team.authors() == ["Ada Olsen", "Vic Brand"]


def test_a_command_where_we_are_not_is_answered_directly(team: SlackStack) -> None:
    team.says("U1", "help")
    team.slack.remove_app("C1")
    shown_to(team, "U1", f"new {ADVERT}")
    assert "couldn't post in that channel" in team.last().shown
    assert team.interviewers() == []


def test_the_first_command_of_somebody_finds_out_who_they_are(team: SlackStack) -> None:
    assert "finding out who you are" in shown_to(team, "U2", "list")
    assert "There are none yet" in shown_to(team, "U2", "list")


def test_the_messages_tab_offers_what_one_could_say(team: SlackStack) -> None:
    team.slack.opens_home("U1", "messages").wait()
    team.settle()
    assert team.slack.ledger.of("assistant.threads.setSuggestedPrompts")


def test_a_status_line_is_shown_while_it_works_and_is_gone_after(team: SlackStack) -> None:
    team.says("U1", ADVERT)
    assert team.slack.ledger.of("assistant.threads.setStatus")
    assert not any(team.slack.statuses().values())


def test_a_web_address_that_can_not_be_read_is_answered_with_what_to_do(team: SlackStack) -> None:
    said = team.says("U1", "<http://169.254.169.254/latest>")
    assert "Please paste the text of the job" in card_in(team, said).shown
    assert team.only().draft is None
