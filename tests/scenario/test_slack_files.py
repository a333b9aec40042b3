"""Job descriptions as files in Slack: signed bytes and files go in, what the local Slack was told comes out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from botapp.channels.slack import SlackApi
from botapp.entrypoints.simulator.slack import Said
from botapp.errors import Retryable
from botapp.screening.interviewer import Interviewer
from botapp.state.unit_of_work import Database
from tests.support.files import docx, pdf
from tests.support.roles import ADVERT
from tests.support.slack_stack import SlackStack, slack_stack
from tests.support.stack import MovableClock

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def team(database: Database, redis_url: str, clock: MovableClock, tmp_path: Path) -> Iterator[SlackStack]:
    with slack_stack(database, redis_url, clock, tmp_path / "data") as made:
        yield made


def word(text: str) -> bytes:
    """A Word document with these lines, none of which holds a mark of XML's."""
    return docx("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n")))


def drops(
    team: SlackStack,
    *files: tuple[str, bytes],
    user: str = "U1",
    text: str = "",
    channel: str = "",
    thread: str = "",
    mention: bool = False,
    lost: bool = False,
) -> Said:
    """Somebody drops files, Slack tells us, and all that follows happens."""
    made = [team.slack.add_file(user, name, content) for name, content in files]
    if lost:
        for file in made:
            team.slack.lose_file(file)
    said = team.slack.says(user, text, channel=channel, thread=thread, files=made, mention=mention).wait()
    assert all(delivery.acked for delivery in said.deliveries), said.deliveries
    team.settle()
    return said


def told(team: SlackStack, said: Said) -> str:
    return "\n".join(entry.shown for entry in team.said(said.channel, said.thread_ts or said.ts))


def draft(team: SlackStack) -> Interviewer:
    return Interviewer.model_validate(team.only().draft)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("advert.docx", word(ADVERT)),
        ("advert.txt", ADVERT.encode("utf-16")),
        ("a.md", ADVERT.encode()),
        ("a.pdf", pdf(ADVERT)),
    ],
)
def test_a_job_description_in_a_file_is_drafted_as_if_it_had_been_pasted(
    team: SlackStack, name: str, content: bytes
) -> None:
    said = drops(team, (name, content))
    dropped = draft(team)
    assert dropped.title == "Night Warehouse Picker"
    assert "Night Warehouse Picker" in told(team, said)
    first = team.only().id
    team.says("U2", ADVERT)
    other = next(stored for stored in team.interviewers() if stored.id != first)
    pasted = Interviewer.model_validate(other.draft)
    assert [q.text for q in dropped.questions()] == [q.text for q in pasted.questions()]


def test_a_file_for_a_channel_comes_with_a_mention(team: SlackStack) -> None:
    said = drops(team, ("advert.docx", word(ADVERT)), text="please draft this", channel="C1", mention=True)
    assert "Night Warehouse Picker" in told(team, said)
    assert team.authors() == ["Ada Olsen"]


def test_what_is_typed_beside_a_file_is_an_instruction(team: SlackStack) -> None:
    drops(team, ("advert.txt", ADVERT.encode()), text="Draft it with at most 2 questions")
    assert draft(team).title == "Night Warehouse Picker"


def test_the_conversation_says_where_the_words_are_from(team: SlackStack) -> None:
    drops(team, ("advert.txt", ADVERT.encode()))
    with team.services.database.reading() as uow:
        kept = uow.connection.execute(text("select text from inbox where text like '%Night%'")).scalar_one()
    assert kept.startswith("Read from advert.txt:\n")


def test_a_file_in_the_thread_of_a_draft_is_for_that_draft(team: SlackStack) -> None:
    said = team.says("U1", ADVERT)
    before = len(draft(team).questions())
    drops(team, ("change.txt", b"Remove question 2"), thread=said.ts)
    assert len(draft(team).questions()) == before - 1


def test_a_file_that_cannot_be_read_is_told_and_pasting_in_that_thread_drafts(team: SlackStack) -> None:
    said = drops(team, ("scan.png", PICTURE))
    assert "scan.png: It is a picture" in told(team, said)
    team.says("U1", ADVERT, thread=said.ts)
    assert draft(team).title == "Night Warehouse Picker"


def test_of_two_files_one_is_read_and_the_other_is_told(team: SlackStack) -> None:
    said = drops(team, ("logo.png", PICTURE), ("advert.txt", ADVERT.encode()))
    assert "logo.png: It is a picture" in told(team, said)
    assert draft(team).title == "Night Warehouse Picker"


def test_a_file_that_slack_no_longer_has_is_told(team: SlackStack) -> None:
    said = drops(team, ("gone.pdf", b"%PDF-"), lost=True)
    assert "gone.pdf: Slack no longer has" in told(team, said)
    assert team.only().draft is None


def test_of_thirty_files_ten_are_read_and_that_is_said(team: SlackStack) -> None:
    said = drops(team, ("advert.txt", ADVERT.encode()), *((f"{n}.png", PICTURE) for n in range(29)))
    assert "You sent 30 files. I took the first 10" in told(team, said)
    assert draft(team).title == "Night Warehouse Picker"


def test_the_same_delivery_twice_reads_once(team: SlackStack) -> None:
    said = drops(team, ("advert.txt", ADVERT.encode()))
    posts = len(team.said())
    team.slack.sender.deliver_again(said.deliveries[0])
    team.settle()
    assert len(team.said()) == posts
    assert len(team.interviewers()) == 1


def test_a_viewers_file_is_refused_unread(team: SlackStack) -> None:
    drops(team, ("advert.txt", ADVERT.encode()), user="U3")
    assert team.interviewers() == []


def test_who_is_new_to_us_is_found_out_before_their_file_is_read(team: SlackStack) -> None:
    drops(team, ("advert.txt", ADVERT.encode()), user="U2")
    assert draft(team).title == "Night Warehouse Picker"
    assert team.authors() == ["Vic Brand"]


def test_a_strangers_file_is_not_fetched(team: SlackStack) -> None:
    said = drops(team, ("advert.txt", ADVERT.encode()), user="U4")
    assert "not on the team" in told(team, said)
    assert team.interviewers() == []


def test_while_slack_is_away_the_file_waits(team: SlackStack, monkeypatch: pytest.MonkeyPatch) -> None:
    real, tries = SlackApi.download, []

    def sometimes(api: SlackApi, token: str, url: str, most: int) -> bytes:
        tries.append(url)
        if len(tries) < 3:
            raise Retryable("Slack could not be reached for this file.")
        return real(api, token, url, most)

    monkeypatch.setattr(SlackApi, "download", sometimes)
    drops(team, ("advert.txt", ADVERT.encode()))
    team.settle()
    assert len(tries) == 3
    assert draft(team).title == "Night Warehouse Picker"


def test_when_slack_stays_away_that_is_said(team: SlackStack, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_given: object) -> bytes:
        raise Retryable("Slack could not be reached for this file.")

    monkeypatch.setattr(SlackApi, "download", never)
    said = drops(team, ("advert.txt", ADVERT.encode()))
    team.settle()
    assert "advert.txt: Slack could not give it to us just now." in told(team, said)
    assert team.only().draft is None


def test_a_list_of_people_is_shown_then_invited_when_confirmed(team: SlackStack) -> None:
    """A result for each line; pressed twice it is done once. (Nothing to text from is connected here.)"""
    said = team.says("U1", ADVERT)
    team.presses("U1", "Publish", on=team.last(said.channel, said.ts))
    day = f"{team.clock.now():%Y-%m-%d}"
    rows = (f"Maria Lopez,+12025550123,ticked the box,{day}", f"Jo Pratt,nonsense,ticked the box,{day}")
    content = "\n".join(("name,phone,consent source,consent time", *rows)).encode()
    file = team.slack.add_file("U1", "people.csv", content, mimetype="text/csv")
    team.slack.says("U1", "", thread=said.ts, files=[file]).wait()
    team.settle()
    asked = team.last(said.channel, said.ts)
    assert "Invite 1 person to Night Warehouse Picker by text?" in asked.shown and "Line 3" in asked.shown
    for _ in range(2):
        team.presses("U1", "Invite 1 person", on=asked)
    told = [entry.shown for entry in team.said(said.channel, said.ts) if "Texted 0 of 2 people" in entry.shown]
    assert len(told) == 1 and "Maria Lopez" in told[0] and "Line 3" in told[0]
    assert len(team.interviewers()) == 1


def test_a_list_beside_no_interviewer_drafts_nothing(team: SlackStack) -> None:
    file = team.slack.add_file("U1", "people.csv", b"name,phone\nMaria,+12025550123\n", mimetype="text/csv")
    said = team.slack.says("U1", "", files=[file]).wait()
    team.settle()
    assert "Drop it into the thread" in team.last(said.channel, said.ts).shown
    assert team.interviewers() == []
