"""Inviting by text, by people, lists and codes: what each recruiter and each person meets, over the whole stack."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from botapp.entrypoints.cli_invite import run_invite, show_consent
from botapp.errors import BadPayload, NotAllowed
from botapp.pipeline import candidates as by_link
from botapp.pipeline import members
from botapp.pipeline.inviting import AT_A_TIME, invite_by_text, invite_list, invite_one, row_of, run_invite_task
from botapp.pipeline.starting import offer_web_link
from botapp.policy.access import Role
from botapp.screening.interviewer import Budget, BudgetKind
from botapp.screening.invite_list import InviteRow
from botapp.state import candidates, consents, interviewers, interviews, join_codes
from botapp.state.read_models import CandidateRow, InviteResult
from botapp.state.tasks import Task
from botapp.state.unit_of_work import Database
from tests.support.roles import SLUG, night_picker
from tests.support.stack import MovableClock, add_member, change_draft, publish
from tests.support.texting import Texting, texting

MARIA, JOHN, ANA = "+12025550123", "+12025550124", "+12025550125"
AFTERNOON = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)  # 2 pm in Washington, a Monday
HOW = "ticked the box on our site"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(AFTERNOON)


@pytest.fixture
def line(database: Database, redis_url: str, clock: MovableClock, tmp_path: Path) -> Iterator[Texting]:
    with texting(database, redis_url, clock, tmp_path / "data") as made:
        yield made


@pytest.fixture
def nights(line: Texting) -> str:
    """A published night picker; its id."""
    return publish(line.services, line.stack.owner, night_picker())


def invite(line: Texting, interviewer: str, name: str, phone: str, how: str = HOW, email: str = "") -> InviteResult:
    report = invite_one(
        line.services,
        line.stack.owner,
        interviewer,
        name=name,
        phone=phone,
        email=email,
        how=how,
        channel="console",
        evidence={"ip": "127.0.0.1"},
    )
    return report.results[0]


def says(line: Texting, number: str, words: str) -> None:
    """A text comes in, and all that follows happens."""
    line.twilio.text_from(number, words)
    assert line.twilio.idle()
    line.settle()


def rows_for(line: Texting, count: int, first: int = 1) -> list[InviteRow]:
    """People with numbers of the fictional range, +1 xxx 555 01xx."""
    areas = ("202", "212", "303", "312", "404", "415", "503", "602", "617", "702", "713", "801", "901", "916")
    numbers = [f"+1{area}55501{n:02}" for area in areas for n in range(100)]
    now = line.clock.now()
    return [
        InviteRow(line=n, name=f"Person {n}", phone=numbers[n], email="", how=HOW, given_at=now)
        for n in range(first, first + count)
    ]


def listed(line: Texting, interviewer: str) -> list[CandidateRow]:
    return members.list_candidates(line.services, line.stack.owner, interviewer)


# ---- one person ------------------------------------------------------------------------------------------------


def test_one_person_is_invited_and_answers(line: Texting, nights: str) -> None:
    """One text, with the consent on record; the first word starts the interview."""
    result = invite(line, nights, "Maria Lopez", "(202) 555-0123")
    assert (result.sent, result.phone, result.goes_out) == (True, MARIA, "now")
    line.settle()
    assert len(line.got(MARIA)) == 1
    assert "Harbour Foods" in line.got(MARIA)[0] and "STOP" in line.got(MARIA)[0]
    assert [row.status for row in listed(line, nights)] == ["invited"]
    line.clock.advance(hours=1)
    says(line, MARIA, "yes")
    assert [row.status for row in listed(line, nights)] == ["in_progress"]
    assert listed(line, nights)[0].started_at == line.clock.now() or listed(line, nights)[0].started_at > AFTERNOON
    assert "licence" in line.got(MARIA)[-1]
    page = members.interview_page(line.services, line.stack.owner, listed(line, nights)[0].interview_id)
    assert [(c.given, c.how, c.by) for c in page.consents] == [(True, HOW, "Olive Owner")]
    assert {m.delivery for m in page.transcript if m.ours} == {"delivered"}


@pytest.mark.parametrize(
    ("name", "phone", "how"),
    [("Maria", MARIA, "  "), ("Maria", "hello", HOW), ("", MARIA, HOW), ("Maria", "+1 900 555 0123", HOW)],
)
def test_what_was_typed_must_be_usable(line: Texting, nights: str, name: str, phone: str, how: str) -> None:
    """Without an answer to "how did they agree" nothing leaves and nothing is kept."""
    with pytest.raises(BadPayload):
        invite(line, nights, name, phone, how)
    line.settle()
    assert listed(line, nights) == []
    assert line.got(MARIA) == []


def test_who_may_invite(line: Texting, nights: str) -> None:
    viewer = add_member(line.services, line.stack.workspace_id, "Vera Viewer", Role.VIEWER)
    with pytest.raises(NotAllowed, match="Ask an owner"):
        invite_by_text(line.services, viewer, nights, rows_for(line, 1), channel="cli", evidence={})


def test_at_night_it_waits_for_the_morning(line: Texting, nights: str, clock: MovableClock) -> None:
    """The result says when; the interview's page says it too."""
    clock.advance(hours=10)  # midnight in Washington
    result = invite(line, nights, "Maria Lopez", MARIA)
    assert result.sent and "9:00" in result.goes_out
    line.settle()
    assert line.got(MARIA) == []
    page = members.interview_page(line.services, line.stack.owner, listed(line, nights)[0].interview_id)
    assert next(m.delivery for m in page.transcript if m.ours).startswith("goes out 9:00")
    clock.advance(hours=9, minutes=5)
    line.settle()
    assert len(line.got(MARIA)) == 1


def test_nobody_is_invited_twice(line: Texting, nights: str) -> None:
    """Invited, answering, done: each says so."""
    assert invite(line, nights, "Maria Lopez", MARIA).sent
    assert "Invited already, on 4 May 2026" in invite(line, nights, "Maria Lopez", MARIA).sentence
    line.settle()
    says(line, MARIA, "yes")
    again = invite(line, nights, "Maria Lopez", MARIA)
    assert (again.sent, again.sentence) == (False, "Answers already, since 4 May 2026.")
    line.settle()
    assert len([t for t in line.got(MARIA) if "Reply YES" in t]) == 1


def test_stop_is_for_ever_and_said(line: Texting, nights: str) -> None:
    """No consent on record brings an opted-out number back; only its owner can."""
    says(line, MARIA, "STOP")
    result = invite(line, nights, "Maria Lopez", MARIA)
    assert not result.sent and "START" in result.sentence
    assert listed(line, nights) == []


# ---- who is who ------------------------------------------------------------------------------------------------


def test_one_number_with_two_roles(line: Texting, nights: str) -> None:
    """One candidate, two interviews; an answer that could be for either is asked about."""
    days = publish(line.services, line.stack.owner, night_picker(slug="days", title="Day driver"))
    assert invite(line, nights, "Maria Lopez", MARIA).sent
    assert invite(line, days, "Maria Lopez", MARIA).sent
    line.settle()
    assert listed(line, nights)[0].candidate_id == listed(line, days)[0].candidate_id
    says(line, MARIA, "yes")
    assert "Night picker" in line.got(MARIA)[-1] and "Day driver" in line.got(MARIA)[-1]


def test_one_person_with_two_numbers(line: Texting, nights: str) -> None:
    """Known by their e-mail address: the second number is theirs too, and they are not invited a second time."""
    assert invite(line, nights, "Maria Lopez", MARIA, email="maria@example.com").sent
    again = invite(line, nights, "Maria Lopez", JOHN, email="Maria@Example.com")
    assert not again.sent and "Invited already" in again.sentence
    days = publish(line.services, line.stack.owner, night_picker(slug="days", title="Day driver"))
    assert invite(line, days, "Maria Lopez", JOHN, email="maria@example.com").sent
    assert listed(line, nights)[0].candidate_id == listed(line, days)[0].candidate_id


def test_two_people_are_never_made_one(line: Texting, nights: str) -> None:
    """A number of one and an e-mail address of another, or another name: said, and nothing is sent."""
    assert invite(line, nights, "Maria Lopez", MARIA, email="maria@example.com").sent
    assert invite(line, nights, "John Smith", JOHN, email="john@example.com").sent
    mixed = invite(line, nights, "Maria Lopez", MARIA, email="john@example.com")
    assert not mixed.sent and "Maria Lopez" in mixed.sentence and "John Smith" in mixed.sentence
    other = invite(line, nights, "Peter Pan", MARIA)
    assert not other.sent and "belongs to Maria Lopez" in other.sentence


def test_over_the_web_and_by_text_they_are_one(line: Texting, nights: str) -> None:
    """A phone given as contact on the start page is the phone that is invited."""
    by_link.start_interview(line.services, slug=SLUG, name="Maria Lopez", contact="202-555-0123")
    line.settle()
    result = invite(line, nights, "Maria Lopez", MARIA)
    assert not result.sent and "Answers already" in result.sentence
    assert line.got(MARIA) == []


def test_an_invited_person_who_comes_by_the_public_link(line: Texting, nights: str) -> None:
    """A page that anybody may open never shares a thread with the phone: the invitation ends, the page goes its way."""
    invite(line, nights, "Maria Lopez", MARIA)
    line.settle()
    token = by_link.start_interview(line.services, slug=SLUG, name="Maria Lopez", contact=MARIA)
    line.settle()
    thread = by_link.thread(line.services, token)
    assert thread is not None and thread.status == "in_progress"
    with line.services.database.reading() as uow:
        person = candidates.at_address(uow, line.stack.workspace_id, f"tel:{MARIA}")
        assert person is not None and person.id == thread.candidate_id
        assert interviewers.spent(uow, nights) == 1
    before = [m.text for m in members.messages(line.services, thread.workspace_id, thread.conversation_id, 0)]
    says(line, MARIA, "yes")
    after = [m.text for m in members.messages(line.services, thread.workspace_id, thread.conversation_id, 0)]
    assert before == after


def test_an_own_link_goes_on_with_the_invitation(line: Texting, nights: str) -> None:
    """The phone can't be reached: the candidate's own link leads to the same interview, in a browser."""
    invite(line, nights, "Maria Lopez", MARIA)
    line.settle()
    with line.services.database.writing() as uow:
        interview = interviews.get(uow, listed(line, nights)[0].interview_id)
        assert interview is not None
        link = offer_web_link(line.services, uow, interview)
    secret = link.rpartition("/")[2]
    assert by_link.invitation(line.services, secret) is not None
    token = by_link.start_interview(line.services, invite_token=secret)
    line.settle()
    thread = by_link.thread(line.services, token)
    assert thread is not None and thread.interview_id == interview.id and thread.status == "in_progress"
    said = members.messages(line.services, thread.workspace_id, thread.conversation_id, 0)
    assert any("licence" in message.text for message in said)


def test_a_wrong_number_is_theirs_no_more(line: Texting, nights: str) -> None:
    """It leaves the candidate, with the consent; whoever has it now may agree anew."""
    invite(line, nights, "Maria Lopez", MARIA)
    line.settle()
    line.clock.advance(minutes=1)
    says(line, MARIA, "wrong number, I'm not Maria")
    with line.services.database.reading() as uow:
        assert candidates.at_address(uow, line.stack.workspace_id, f"tel:{MARIA}") is None
        assert not consents.in_force(uow, line.stack.workspace_id, f"tel:{MARIA}")
    early = InviteRow(line=1, name="John Smith", phone=MARIA, email="", how=HOW, given_at=AFTERNOON)
    refused = invite_by_text(line.services, line.stack.owner, nights, [early], channel="file", evidence={})[0]
    assert not refused.sent and "newer one is needed" in refused.sentence
    line.clock.advance(days=1)
    assert invite(line, nights, "John Smith", MARIA).sent
    assert len({row.candidate_id for row in listed(line, nights)}) == 2


# ---- how many --------------------------------------------------------------------------------------------------


def test_never_more_people_than_the_budget_has_places(line: Texting) -> None:
    """Invited people hold a place until they begin; who never begins gives it back."""
    capped = publish(line.services, line.stack.owner, night_picker(budget=Budget(kind=BudgetKind.TOTAL, cap=2)))
    done = invite_by_text(line.services, line.stack.owner, capped, rows_for(line, 4), channel="file", evidence={})
    assert [r.sent for r in done] == [True, True, False, False]
    assert "budget of 2" in done[2].sentence
    with line.services.database.reading() as uow:
        assert (interviewers.spent(uow, capped), interviewers.reserved(uow, capped)) == (0, 2)
    line.settle()
    says(line, done[0].phone, "yes")
    says(line, done[1].phone, "no thanks, not interested")
    with line.services.database.reading() as uow:
        assert (interviewers.spent(uow, capped), interviewers.reserved(uow, capped)) == (1, 0)
    later = invite_by_text(line.services, line.stack.owner, capped, rows_for(line, 2, 10), channel="file", evidence={})
    assert [r.sent for r in later] == [True, False]


@pytest.mark.parametrize(("change", "words"), [("paused", "Resume it"), ("archived", "Unarchive it")])
def test_an_interviewer_that_takes_nobody(line: Texting, nights: str, change: str, words: str) -> None:
    with line.services.database.writing() as uow:
        interviewers.set_status(uow, nights, change, line.clock.now())
    result = invite(line, nights, "Maria Lopez", MARIA)
    assert not result.sent and words in result.sentence


def test_after_the_deadline_nobody_is_invited(line: Texting, nights: str) -> None:
    past = night_picker(deadline=(AFTERNOON - timedelta(days=1)).date())
    change_draft(line.services, line.stack.owner, nights, past)
    result = invite(line, nights, "Maria Lopez", MARIA)
    assert not result.sent and "deadline has passed" in result.sentence


# ---- lists -----------------------------------------------------------------------------------------------------

LIST = (
    "\ufeffname;phone;email;consent source;consent time\n"
    "Maria Lopez;(202) 555-0123;maria@example.com;application form;2026-05-01 10:00\n"
    "John Smith;+1 202 555 0124;;;2026-05-01 10:00\n"
    "Maria Lopez;202-555-0123;;application form;2026-05-01 10:00\n"
    "Ana Ruiz;+1 202 555 0125;;job fair;2026-05-02\n"
    "Premium;+1 900 555 0126;;job fair;2026-05-02\n"
)


def test_a_list_is_answered_line_by_line(line: Texting, nights: str) -> None:
    """A byte order mark, semicolons, a row without consent, somebody twice, a number that is not texted."""
    report = invite_list(line.services, line.stack.owner, nights, LIST.encode(), file="people.csv")
    assert [(r.line, r.sent) for r in report.results] == [(2, True), (3, False), (4, False), (5, True), (6, False)]
    assert (report.sent, report.refused, report.segments) == (2, 3, 4)
    assert all(r.sentence for r in report.results)
    line.settle()
    assert len(line.got(MARIA)) == 1 and len(line.got(ANA)) == 1 and line.got(JOHN) == []
    rows = members.consent_history(line.services, line.stack.owner, MARIA)
    assert [(r.how, r.where) for r in rows] == [("application form", "in a list")]
    assert "people.csv" in rows[0].proof and "line 2" in rows[0].proof


def test_a_number_without_a_country_is_of_the_workspaces_own(line: Texting, nights: str) -> None:
    """One invited and one on a list; a country nobody calls by is refused."""
    owner = line.stack.owner
    with pytest.raises(BadPayload, match="from the list"):
        members.set_region(line.services, owner, "QQ")
    members.set_region(line.services, owner, "GB")
    assert members.texting(line.services, owner).region == "GB"
    assert invite(line, nights, "Ana Reyes", "07400 123456").phone == "+447400123456"
    listed_one = b"name,phone,consent source,consent time\nJo,07400 123457,form,2026-05-02"
    report = invite_list(line.services, owner, nights, listed_one, file="a.csv")
    assert [r.phone for r in report.results] == ["+447400123457"]


def test_a_list_sent_again_invites_nobody_again(line: Texting, nights: str) -> None:
    """The same batch gives the same results, also when the first try broke off in the middle."""
    rows = rows_for(line, AT_A_TIME + 5)
    first = invite_by_text(line.services, line.stack.owner, nights, rows[:3], channel="file", evidence={}, batch="one")
    again = invite_by_text(line.services, line.stack.owner, nights, rows, channel="file", evidence={}, batch="one")
    assert [r.sent for r in first] == [True] * 3
    assert [r.sent for r in again] == [True] * len(rows)
    assert len(listed(line, nights)) == len(rows)
    other = invite_by_text(line.services, line.stack.owner, nights, rows, channel="file", evidence={}, batch="two")
    assert not any(r.sent for r in other)


def test_the_same_person_twenty_times(line: Texting, nights: str) -> None:
    rows = [
        row_of(n, name="Maria Lopez", phone=MARIA, email="", how=HOW, now=line.clock.now(), region="US")
        for n in range(1, 21)
    ]
    done = invite_by_text(line.services, line.stack.owner, nights, rows, channel="compose", evidence={})
    assert [r.sent for r in done] == [True] + [False] * 19
    assert "Invited already" in done[19].sentence
    line.settle()
    assert len(line.got(MARIA)) == 1


def test_fifty_thousand_rows_are_refused_whole(line: Texting, nights: str) -> None:
    """At once, with nothing done."""
    text = "name,phone,email,consent source,consent time\n" + "A B,+12025550123,,form,2026-05-01\n" * 50_000
    with pytest.raises(BadPayload, match="5,000"):
        invite_list(line.services, line.stack.owner, nights, text.encode(), file="big.csv")
    assert listed(line, nights) == []


# ---- asked for by talking ---------------------------------------------------------------------------------------


def test_the_task_of_the_compose_agent(line: Texting, nights: str) -> None:
    """What it hands back is one line a person, and what the texts take."""
    typed = [
        {"name": "Maria Lopez", "phone": MARIA, "email": "", "how": HOW},
        {"name": "John Smith", "phone": "not a number", "email": "", "how": HOW},
        {"name": "Ana Ruiz", "phone": ANA, "email": "", "how": ""},
    ]
    payload = {"rows": typed, "by": line.stack.owner.id, "interviewer_id": nights}
    now = line.clock.now()
    task = Task("t1", line.stack.workspace_id, "c1", "work", "invite_people", payload, now, 0, now)
    result = run_invite_task(line.services, task)
    assert [(r["name"], r["sent"]) for r in result["results"]] == [
        ("Maria Lopez", True),
        ("John Smith", False),
        ("Ana Ruiz", False),
    ]
    assert result["segments"] == 2 and result["cost"] == pytest.approx(2 * line.services.terms.segment_price)
    assert run_invite_task(line.services, task) == result
    assert len(listed(line, nights)) == 1


# ---- by code ---------------------------------------------------------------------------------------------------


@pytest.fixture
def coded(line: Texting, nights: str) -> str:
    with line.services.database.writing() as uow:
        join_codes.claim(
            uow, workspace_id=line.stack.workspace_id, interviewer_id=nights, wanted="NIGHTS", title="x",
            now=line.clock.now(),
        )  # fmt: skip
    return nights


def test_a_code_starts_an_interview(line: Texting, coded: str) -> None:
    """A stranger writes it: the interview begins, with a consent of their own making; the name comes later."""
    says(line, ANA, "JOIN NIGHTS")
    rows = listed(line, coded)
    assert [(row.status, row.contact) for row in rows] == [("in_progress", ANA)]
    assert "Harbour Foods" in " ".join(line.got(ANA))
    history = members.consent_history(line.services, line.stack.owner, ANA)
    assert [(c.given, c.how) for c in history] == [(True, "wrote JOIN NIGHTS first")]
    assert "message" in history[0].proof


def test_a_code_goes_on_with_what_was_begun(line: Texting, coded: str) -> None:
    """Invited before, and others open on the number: the code picks; nothing is begun twice."""
    days = publish(line.services, line.stack.owner, night_picker(slug="days", title="Day driver"))
    invite(line, coded, "Maria Lopez", MARIA)
    invite(line, days, "Maria Lopez", MARIA)
    line.settle()
    says(line, MARIA, "JOIN NIGHTS")
    assert [row.status for row in listed(line, coded)] == ["in_progress"]
    assert [row.status for row in listed(line, days)] == ["invited"]


def test_a_code_of_a_closed_interviewer_starts_nothing(line: Texting, coded: str) -> None:
    with line.services.database.writing() as uow:
        interviewers.set_status(uow, coded, "paused", line.clock.now())
    says(line, ANA, "JOIN NIGHTS")
    assert listed(line, coded) == []
    assert len(line.got(ANA)) == 1
    assert not members.consent_history(line.services, line.stack.owner, ANA)


def test_publishing_claims_a_code(line: Texting, recruiter_of: Callable[[Texting], str]) -> None:
    """Said on the interviewer's page, and a second publish keeps it."""
    interviewer_id = recruiter_of(line)
    page = members.interviewer_page(line.services, line.stack.owner, interviewer_id)
    assert page.version == 1
    assert page.join_code


@pytest.fixture
def recruiter_of() -> Callable[[Texting], str]:
    from tests.support.conversation import Recruiter
    from tests.support.roles import ADVERT

    def made(line: Texting) -> str:
        recruiter = Recruiter(line.stack, member=line.stack.owner)
        recruiter.opens_new().says(ADVERT)
        recruiter.sees("I drafted")
        recruiter.says("publish")
        recruiter.sees("version 1?")
        recruiter.says("yes")
        recruiter.sees("Published as version 1")
        return recruiter.interviewer_id

    return made


def test_a_code_goes_on_with_what_was_begun_on_the_web(line: Texting, coded: str) -> None:
    """Begun in a browser with this phone as contact: the code proves the phone, and the open question follows there."""
    by_link.start_interview(line.services, slug=SLUG, name="Maria Lopez", contact=MARIA)
    line.settle()
    says(line, MARIA, "JOIN NIGHTS")
    assert [row.status for row in listed(line, coded)] == ["in_progress"]
    assert "licence" in " ".join(line.got(MARIA))


# ---- from the command line --------------------------------------------------------------------------------------


def test_the_command_line_invites_and_shows_consent(
    line: Texting, nights: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line a person, an exit code that tells, and the record in words and for programs."""
    people = tmp_path / "people.csv"
    people.write_text(LIST)
    blank = {"name": "", "phone": "", "email": "", "how": "", "file": "", "as_email": ""}
    assert run_invite(line.settings, SLUG, **{**blank, "file": str(people)}) == 1
    said = capsys.readouterr()
    assert [words.split()[2] for words in said.out.splitlines()] == [
        "invited",
        "REFUSED",
        "REFUSED",
        "invited",
        "REFUSED",
    ]
    assert "2 invited, 3 refused. At most 4 segments, $0.03." in said.err
    assert run_invite(line.settings, SLUG, **{**blank, "name": "John Smith", "phone": JOHN, "how": HOW}) == 0
    capsys.readouterr()
    assert show_consent(line.settings, "202 555 0124", False) == 0
    assert HOW in (shown := capsys.readouterr().out) and "consent is in force" in shown
    assert show_consent(line.settings, JOHN, True) == 0
    assert json.loads(capsys.readouterr().out)[0]["given"] is True
    assert show_consent(line.settings, "nobody@example.com", False) == 1
    with pytest.raises(click.ClickException, match="no interviewer"):
        run_invite(line.settings, "nowhere", **{**blank, "name": "J", "phone": JOHN, "how": HOW})
