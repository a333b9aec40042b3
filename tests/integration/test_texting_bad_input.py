"""What nobody should send us, sent: a clear answer, nothing lost, no failure of ours, no trace in the logs.

Texts come through the real webhook, signed as the provider signs; lists and people through the verbs of the pages.
"""

import http.client
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

import pytest
from structlog.testing import capture_logs

from botapp.channels.sms.account import FALLBACK_PATH, MESSAGE_PATH, STATUS_PATH
from botapp.entrypoints.simulator.carrier import Phone
from botapp.entrypoints.simulator.twilio import ACCOUNT_SID, AUTH_TOKEN, NUMBER
from botapp.entrypoints.simulator.twilio_webhooks import Params, sign
from botapp.errors import BadPayload
from botapp.pipeline import members, spool
from botapp.pipeline.inviting import invite_list, invite_one
from botapp.state.read_models import InviteReport
from botapp.state.unit_of_work import Database
from tests.support.roles import night_picker
from tests.support.stack import MovableClock, publish
from tests.support.texting import PUBLIC_URL, Texting, texting
from tests.support.texting_checks import inbox_ids, queue, texts_kept

MARIA = "+12025550123"
AFTERNOON = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)  # 2 pm in Washington, a Monday
SID = "SM" + "a" * 32
FORM = "application/x-www-form-urlencoded; charset=utf-8"
HEADER = "name,phone,email,consent source,consent time"


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(AFTERNOON)


@pytest.fixture
def line(
    database: Database, redis_url: str, clock: MovableClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> Iterator[Texting]:
    """Fails the test that leaves an error or a traceback in the logs."""
    with capture_logs() as logs, texting(database, redis_url, clock, tmp_path / "data") as made:
        yield made
    assert [entry for entry in logs if entry["log_level"] in ("error", "critical") or "exc_info" in entry] == []
    assert [record for record in caplog.records if record.levelno >= logging.ERROR or record.exc_info] == []


def fields(**changes: str) -> list[tuple[str, str]]:
    """A text as the provider posts it; a value of None takes its field away."""
    usual = {
        "MessageSid": SID,
        "SmsSid": SID,
        "AccountSid": ACCOUNT_SID,
        "From": MARIA,
        "To": NUMBER,
        "Body": "hello?",
        "NumMedia": "0",
    }
    return [(name, value) for name, value in (usual | changes).items() if value != GONE]


GONE = "(not there)"


def posted(line: Texting, params: Params, *, path: str = MESSAGE_PATH, signature: str | None = None) -> int:
    """The status of our answer to a call with these fields."""
    body = "&".join(f"{name}={quote_plus(value)}" for name, value in params).encode()
    signed = sign(AUTH_TOKEN, PUBLIC_URL + path, params) if signature is None else signature
    return posted_bytes(line, body, signed, path)


def posted_bytes(line: Texting, body: bytes, signature: str, path: str = MESSAGE_PATH) -> int:
    where = urlsplit(line.twilio.poster.routes[PUBLIC_URL])
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=10)
    headers = {"Content-Type": FORM} | ({"X-Twilio-Signature": signature} if signature else {})
    try:
        connection.request("POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        assert b"Traceback" not in answer.read()
        return answer.status
    finally:
        connection.close()


def test_the_usual_text_is_kept(line: Texting) -> None:
    """What the others below differ from."""
    assert posted(line, fields()) == 200
    assert inbox_ids(line) == [SID]


@pytest.mark.parametrize("path", [MESSAGE_PATH, FALLBACK_PATH, STATUS_PATH])
@pytest.mark.parametrize("signature", ["", "bm90IGl0cyBzaWduYXR1cmU=", "ünsigned".encode("latin-1").decode("latin-1")])
def test_an_unsigned_call_is_refused(line: Texting, path: str, signature: str) -> None:
    assert posted(line, [*fields(), ("MessageStatus", "delivered")], path=path, signature=signature) == 403
    assert inbox_ids(line) == []
    assert spool.waiting(line.settings.data_dir) == []


@pytest.mark.parametrize("path", [MESSAGE_PATH, FALLBACK_PATH])
def test_the_call_of_another_account_is_refused(line: Texting, path: str) -> None:
    assert posted(line, fields(AccountSid="AC" + "f" * 32), path=path) == 403
    assert inbox_ids(line) == []
    assert spool.waiting(line.settings.data_dir) == []


def test_a_call_that_is_replayed_a_month_later_does_nothing(line: Texting) -> None:
    """The very bytes, the very signature: a STOP that was taken back since is not obeyed again."""
    line.agrees(MARIA)
    stop, start = fields(Body="baja"), fields(Body="start", MessageSid=SID[:-1] + "b", SmsSid=SID[:-1] + "b")
    assert (posted(line, stop), posted(line, start)) == (200, 200)
    line.settle()
    line.clock.advance(days=31)
    before = line.got(MARIA)
    assert posted(line, stop) == 200
    line.settle()
    assert line.got(MARIA) == before
    assert len(inbox_ids(line)) == 2
    queue(line, MARIA, "a reminder")
    line.settle()
    assert line.got(MARIA) == [*before, "a reminder"]


def test_a_text_to_a_number_that_is_not_ours_is_for_nobody(line: Texting) -> None:
    assert posted(line, fields(To="+12025550199")) == 404
    assert inbox_ids(line) == []


def test_100_kb_are_refused(line: Texting) -> None:
    assert posted(line, fields(Body="x" * 100_000)) in (403, 413)
    assert posted(line, fields(Body="x" * 100_000), path=FALLBACK_PATH) in (403, 413)
    assert inbox_ids(line) == []


def test_the_longest_text_there_is_is_kept_whole(line: Texting) -> None:
    words = "ü" * 1600
    assert posted(line, fields(Body=words)) == 200
    assert texts_kept(line)[0][1] == words


def test_bytes_that_are_no_utf_8_become_a_sign_that_says_so(line: Texting) -> None:
    body = "&".join(f"{name}={quote_plus(value)}" for name, value in fields(Body="MARK")).encode()
    read = sign(AUTH_TOKEN, PUBLIC_URL + MESSAGE_PATH, fields(Body="caf\ufffd yes"))
    assert posted_bytes(line, body.replace(b"MARK", b"caf%E9+yes"), read) == 200
    assert [words for _, words, _ in texts_kept(line)] == ["caf\ufffd yes"]


def test_a_nul_is_left_out_and_the_rest_is_kept(line: Texting) -> None:
    assert posted(line, fields(Body="I have\x00 3 years")) == 200
    assert [words for _, words, _ in texts_kept(line)] == ["I have 3 years"]


@pytest.mark.parametrize("sender", [GONE, "", " ", "\x00"])
def test_a_text_without_a_sender_is_refused(line: Texting, sender: str) -> None:
    assert posted(line, fields(From=sender)) == 403
    assert inbox_ids(line) == []


@pytest.mark.parametrize("sender", [GONE, "", "not an id", "\x00"])
def test_a_text_without_an_id_is_refused(line: Texting, sender: str) -> None:
    assert posted(line, fields(MessageSid=sender, SmsSid=sender)) == 403
    assert inbox_ids(line) == []


@pytest.mark.parametrize("number", ["99", "-1", "many", "9" * 400])
def test_files_that_are_announced_and_missing_are_not_waited_for(line: Texting, number: str) -> None:
    assert posted(line, fields(NumMedia=number)) == 200
    line.settle()
    assert inbox_ids(line) == [SID]
    assert len(line.got(MARIA)) == 1


def test_99_files_are_kept_as_far_as_anybody_can_want_them(line: Texting) -> None:
    files = [(f"MediaUrl{n}", f"{line.twilio.url}/nothing/{n}") for n in range(99)]
    assert posted(line, [*fields(NumMedia="99", Body=""), *files]) == 200
    line.settle()
    assert inbox_ids(line) == [SID]


@pytest.mark.parametrize("sender", ["BANKALERT", "55512", "Ünïcode Ltd", "+1", "+" + "9" * 30])
def test_a_sender_who_cannot_be_answered_is_kept_and_not_answered(line: Texting, sender: str) -> None:
    """Words of a company or a short code: nothing leaves for it, and nothing is tried for ever."""
    assert posted(line, fields(From=sender)) == 200
    line.settle()
    assert inbox_ids(line) == [SID]
    assert line.twilio.ledger.accepted() == []
    assert {status for _, status, _ in line.outcomes(sender)} <= {"failed", "refused"}


@pytest.mark.parametrize("status", ["", "teleported", "delivered" * 100])
def test_a_report_nobody_knows_says_nothing(line: Texting, status: str) -> None:
    assert posted(line, [*fields(), ("MessageStatus", status)], path=STATUS_PATH) in (204, 403)


def test_a_report_about_a_message_that_is_not_ours_is_refused(line: Texting) -> None:
    path = f"{STATUS_PATH}?ob=IjEyMyI.forged"
    assert posted(line, [*fields(), ("MessageStatus", "delivered")], path=path) == 403


# ---- people and lists ------------------------------------------------------------------------------------------


@pytest.fixture
def nights(line: Texting) -> str:
    """A published night picker; its id."""
    return publish(line.services, line.stack.owner, night_picker())


def invited(line: Texting, interviewer: str, phone: str) -> InviteReport:
    return invite_one(
        line.services,
        line.stack.owner,
        interviewer,
        name="Maria Lopez",
        phone=phone,
        how="ticked the box",
        channel="console",
        evidence={},
    )


def uploaded(line: Texting, interviewer: str, content: bytes) -> InviteReport:
    return invite_list(line.services, line.stack.owner, interviewer, content, file="people.csv")


def nobody_was_invited(line: Texting, interviewer: str) -> None:
    line.settle()
    assert members.list_candidates(line.services, line.stack.owner, interviewer) == []
    assert line.twilio.ledger.accepted() == []


@pytest.mark.parametrize(
    ("phone", "sentence"),
    [
        ("+1 900 555 0123", "premium rate"),
        ("+44 909 879 0000", "premium rate"),
        ("+53 5 1234567", "can't be sent to this country"),
        ("+98 912 345 6789", "can't be sent to this country"),
        ("+850 192 123 4567", "can't be sent to this country"),
        ("+963 944 567 890", "can't be sent to this country"),
        ("55512", "short code"),
        ("BANKALERT", "letters"),
        ("202-555-0123 ext 4", "extension"),
        ("555-0123", "not a possible phone number"),
        ("+1 202 555 01234567", "not a possible phone number"),
        ("=1+2025550123", "not a phone number"),
    ],
)
def test_a_number_no_person_can_be_texted_at_is_refused_in_a_sentence(
    line: Texting, nights: str, phone: str, sentence: str
) -> None:
    with pytest.raises(BadPayload, match=sentence):
        invited(line, nights, phone)
    nobody_was_invited(line, nights)


def test_a_landline_is_said_to_be_one_when_the_text_fails(line: Texting, nights: str) -> None:
    """What a number is can only be known for sure by trying; the recruiter hears, with another way to reach them."""
    line.twilio.network.phones[MARIA] = Phone(error_code=30006)
    assert invited(line, nights, MARIA).results[0].sent
    line.settle()
    assert [(about, status) for about, status, _ in line.outcomes(MARIA)] == [("invitation", "failed")]
    (alert,) = members.feed(line.services, line.stack.owner)
    assert alert.about == "undeliverable"
    assert "/invite/" in alert.message["text"]


@pytest.mark.parametrize("start", ["\ufeff", ""])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_list_as_any_spreadsheet_writes_it(line: Texting, nights: str, start: str, between: str) -> None:
    rows = [HEADER, "Maria Lopez,(202) 555-0123,maria@example.test,career fair,2026-05-01"]
    report = uploaded(line, nights, (start + "\r\n".join(rows).replace(",", between) + "\r\n").encode())
    assert [(r.line, r.sent, r.phone) for r in report.results] == [(2, True, MARIA)]


@pytest.mark.parametrize(
    "cell", ["=cmd|'/C calc'!A0", "@SUM(1)", '"=HYPERLINK(""http://x.test"")"', "+cmd|x", "-2+3+cmd"]
)
def test_a_formula_is_never_kept(line: Texting, nights: str, cell: str) -> None:
    rows = f"{HEADER}\n{cell},{MARIA},,fair,2026-05-01\nJohn,+12025550124,,{cell},2026-05-01\n"
    report = uploaded(line, nights, rows.encode())
    assert [(r.line, r.sent) for r in report.results] == [(2, False), (3, False)]
    assert all("formula" in r.sentence for r in report.results)
    nobody_was_invited(line, nights)


def test_50_000_rows_are_refused_before_anything_is_done(line: Texting, nights: str) -> None:
    rows = (f"Person {n},+1202555{n % 10_000:04},,fair,2026-05-01" for n in range(50_000))
    with pytest.raises(BadPayload, match=r"50,000 rows. Up to 5,000"):
        uploaded(line, nights, "\n".join([HEADER, *rows]).encode())
    nobody_was_invited(line, nights)


def test_a_list_of_quotes_that_never_close_names_its_line(line: Texting, nights: str) -> None:
    with pytest.raises(BadPayload, match="Line 3"):
        uploaded(line, nights, f'{HEADER}\nMaria,{MARIA},,fair,2026-05-01\n"John,+12025550124'.encode())
    nobody_was_invited(line, nights)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"PK\x03\x04xx", b"\x00\x00", b"hello", b",,,\n,,,\n"])
def test_what_is_no_list_is_refused_in_a_sentence(line: Texting, nights: str, content: bytes) -> None:
    with pytest.raises(BadPayload) as refused:
        uploaded(line, nights, content)
    assert str(refused.value).endswith(".")
    nobody_was_invited(line, nights)


def test_a_row_without_consent_is_refused_with_its_line(line: Texting, nights: str) -> None:
    report = uploaded(line, nights, f"{HEADER}\nMaria,{MARIA},,,2026-05-01\nJohn,+12025550124,,yes,\n".encode())
    assert [r.line for r in report.results] == [2, 3]
    assert all("how they agreed" in r.sentence and f"Line {r.line}" in r.sentence for r in report.results)
    nobody_was_invited(line, nights)


SPELLINGS = ("+12025550123", "(202) 555-0123", "202.555.0123", "1-202-555-0123", "202 555 0123")


def test_the_same_person_20_times_on_one_list_gets_one_text(line: Texting, nights: str) -> None:
    rows = [f"Maria Lopez,{SPELLINGS[n % 5]},,fair,2026-05-01" for n in range(20)]
    report = uploaded(line, nights, "\n".join([HEADER, *rows]).encode())
    assert [r.sent for r in report.results] == [True] + [False] * 19
    assert all("same number as line 2" in r.sentence for r in report.results[1:])
    line.settle()
    assert len(line.got(MARIA)) == 1


def test_the_same_person_invited_20_times_gets_one_text(line: Texting, nights: str) -> None:
    results = [invited(line, nights, SPELLINGS[n % 5]).results[0] for n in range(20)]
    assert [r.sent for r in results] == [True] + [False] * 19
    assert all("Invited already" in r.sentence for r in results[1:])
    line.settle()
    assert len(line.got(MARIA)) == 1
    assert len(members.list_candidates(line.services, line.stack.owner, nights)) == 1
