"""Scorecards to take away: nothing runs in a spreadsheet, sums can be done again, paper says what the page says."""

import csv
import io
import json
import math
import warnings
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from botapp.entrypoints.web import spreadsheet
from botapp.entrypoints.web.app import create_app
from botapp.entrypoints.web.evidence import marks
from botapp.entrypoints.web.exchange import exchange
from botapp.entrypoints.web.paper import paper
from botapp.entrypoints.web.pdf import pdf
from botapp.pipeline.exporting import export_of
from botapp.state.read_models import InterviewPage, MemberRow
from tests.support import sample_scorecards as sample
from tests.support.fake_services import FakeServices

FILES = [
    "/console/interviews/v1/scorecard.pdf",
    "/console/interviews/v1/scorecard.csv",
    "/console/interviews/v1/scorecard.json",
    "/console/interviewers/i1/candidates.csv",
]


class WithScorecard(FakeServices):
    """Shows the interview that has everything."""

    def interview_page(self, member: MemberRow, interview_id: str) -> InterviewPage:
        super().interview_page(member, interview_id)
        return sample.interview_page()


@pytest.fixture
def services() -> FakeServices:
    return WithScorecard(delay=0.02)


@pytest.fixture
def exported() -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(export_of(sample.interview_page(), sample.AT).model_dump_json())
    return whole


def rows_of(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


# ---- who may have them, and how they travel ----------------------------------------------------------------


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_for_members_only_saved_and_kept_by_no_cache(client: FlaskClient, path: str) -> None:
    """Signed out: 401. A viewer reads. Always an attachment, never shown in the page, never cached."""
    assert client.get(path).status_code == 401
    client.post("/signin/viewer-link")
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_is_not_there_is_not_found(owner: FlaskClient) -> None:
    """Another interview, and a version that scored nothing."""
    assert owner.get("/console/interviews/none/scorecard.json").status_code == 404
    for wanted in ("7", "x", "-1", "9" * 30):
        answer = owner.get(f"/console/interviews/v1/scorecard.csv?scored_by={wanted}")
        assert answer.status_code == (404 if wanted == "7" else 200), wanted


def test_a_name_can_not_break_the_header(services: FakeServices) -> None:
    """Quotes, slashes, line ends and other scripts in a name: still one clean header."""
    row = replace(sample.row(), name='Zoë "x"\r\nSet-Cookie: a=b/../محمد')

    class Odd(FakeServices):
        def interview_page(self, member: MemberRow, interview_id: str) -> InterviewPage:
            return sample.interview_page(candidate=row)

    client = create_app(Odd()).test_client()
    client.post("/signin/owner-link")
    header = client.get(FILES[2]).headers["Content-Disposition"]
    assert "\r" not in header
    assert "/" not in header.split("filename*")[0]
    assert header.count('"') == 2


# ---- CSV ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "  =1", "\n=1", "\u00a0=1", "\ufeff=1", "\u200b@x", "\u202e-2",
     "\x00=1", "\uff1d1", "=cmd|'/c calc'!A0", "\x1f=1"],
)  # fmt: skip
def test_no_cell_is_a_formula(text: str) -> None:
    """Signs that start a formula are defused, also behind what a spreadsheet skips."""
    assert spreadsheet.cell(text).startswith("'")


@pytest.mark.parametrize("text", ["", "a=1", "2-3", "'quoted", "Zoë", "1 + 1", "x\ny"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    """Only the start of a cell matters."""
    assert spreadsheet.cell(text) == text


def test_a_scorecard_as_csv(owner: FlaskClient) -> None:
    """Marked as UTF-8, fixed columns, a row for each part, times in UTC, changes with who and why, formulas defused."""
    body = owner.get(FILES[1]).data
    assert body.startswith(b"\xef\xbb\xbf")
    rows = rows_of(body)
    assert tuple(rows[0]) == spreadsheet.SCORECARD_COLUMNS
    assert [row["part"] for row in rows] == ["overall", "stage", "gate", "gate", "gate", *["answer"] * 5]
    assert (rows[0]["score"], rows[0]["answered"], rows[0]["counted"]) == ("75", "2", "3")
    assert rows[0]["completed_at"] == "2026-05-04T10:14:00Z"
    assert rows[0]["contact"] == "'+12025550143"
    changed = next(row for row in rows if row["number"] == "3")
    assert (changed["score"], changed["original"], changed["changed_by"]) == ("3", "2", "Ada Olsen")
    assert next(row for row in rows if row["number"] == "4")["answer"] == "'=cmd|'/c calc'!A0 😀 محمد"
    gate = next(row for row in rows if row["name"] == "Reach truck")
    assert (gate["outcome"], gate["original"]) == ("passed", "failed")


def test_a_version_picks_what_csv_and_paper_say(owner: FlaskClient) -> None:
    """By version 3, under its number."""
    rows = rows_of(owner.get(f"{FILES[1]}?scored_by=3").data)
    assert {row["scored_by_version"] for row in rows} == {"3"}
    assert {row["asked_version"] for row in rows} == {"2"}
    assert rows[0]["counted"] == "4"


def test_candidates_as_csv(owner: FlaskClient) -> None:
    """Everybody in one table, with what their score rests on."""
    rows = rows_of(owner.get(FILES[3]).data)
    assert tuple(rows[0]) == spreadsheet.CANDIDATE_COLUMNS
    tom = next(row for row in rows if row["name"] == "Tom Reed")
    assert (tom["gates"], tom["gates_not_met"], tom["score"]) == ("not met", "Forklift licence", "41")


# ---- JSON --------------------------------------------------------------------------------------------------


def again(scoring: dict[str, Any]) -> tuple[dict[str, float | None], float | None]:
    """The published formula, from the file and nothing else."""

    def mean(pairs: list[tuple[int, float]]) -> float | None:
        return round(math.fsum(w * v for w, v in pairs) / sum(w for w, _ in pairs), 4) if pairs else None

    stages: dict[str, float | None] = {}
    for stage in scoring["stages"]:
        terms = [q for q in scoring["questions"] if q["stage_id"] == stage["stage_id"] and q["counted"]]
        scored = [(q["weight"], 100 * (q["score"] - 1) / 4) for q in terms if q["score"] is not None]
        assert (stage["answered"], stage["counted"]) == (len(scored), len(terms))
        stages[stage["stage_id"]] = mean(scored)
    weighed = [
        (s["weight"], value) for s in scoring["stages"] if (value := stages[s["stage_id"]]) is not None and s["weight"]
    ]
    return stages, mean(weighed)


def test_every_number_can_be_computed_again_from_the_file_alone(exported: dict[str, Any]) -> None:
    """Stage scores, coverage and the whole; by both versions, which differ."""
    for part in (exported["own"], *exported["rescored"]):
        scoring = part["scoring"]
        stages, overall = again(scoring)
        assert {s["stage_id"]: s["score"] for s in scoring["stages"]} == stages
        assert scoring["overall"] == overall
    own, other = exported["own"]["scoring"], exported["rescored"][0]["scoring"]
    assert (own["version"], other["version"]) == (2, 3)
    assert own["overall"] != other["overall"]
    bars = [gate["bar"] for gate in own["gates"] if gate["kind"] == "minimum_score"]
    assert bars == [60]


def test_the_scoring_part_holds_nothing_about_the_person(exported: dict[str, Any]) -> None:
    """No name, no contact, no word that was said, no reason: they stand apart."""
    numbers = json.dumps([exported["own"]["scoring"], exported["rescored"][0]["scoring"]], ensure_ascii=False)
    for private in (sample.NAME, "Zo", "2025550143", "pallet", "stopped", "18 months", "since 2019", "Dmitri", "phone"):
        assert private not in numbers
    assert exported["candidate"]["name"] == sample.NAME


def test_each_quote_of_the_file_is_verbatim(exported: dict[str, Any]) -> None:
    """Every span stands where it says."""
    spans = 0
    for answer in exported["own"]["words"]["answers"]:
        parts = {part["message_id"]: part["text"] for part in answer["parts"]}
        for quote in answer["evidence"]:
            assert parts[quote["message_id"]][quote["start"] :].startswith(quote["text"])
            spans += 1
    assert spans == 3


def test_a_change_is_told_with_who_when_why_and_what_was(exported: dict[str, Any]) -> None:
    """In the words; the numbers keep both."""
    own = exported["own"]
    line = next(q for q in own["scoring"]["questions"] if q["question_id"] == "q3")
    assert (line["score"], line["original_score"], line["changed_by_a_person"]) == (3, 2, True)
    words = next(a for a in own["words"]["answers"] if a["question_id"] == "q3")
    assert words["change"] == {"by": "Ada Olsen", "at": "2026-05-04T13:00:00Z", "reason": "Said more by phone"}


# ---- highlights, and answers as they were given ------------------------------------------------------------


def test_each_highlight_ends_in_words_that_were_said() -> None:
    """Strengths and doubts quote the transcript, and their quotes lead to it."""
    card, said = sample.other_card(), sample.transcript()
    marked = marks(card, said)
    highlights = [marked.quoted(words) for words in (*card.strengths, *card.doubts)]
    assert [highlight.quote for highlight in highlights] == ["I stopped the lift", "I help when they ask"]
    theirs = "\n".join(message.text for message in said if not message.ours)
    for highlight in highlights:
        assert highlight.quote in theirs
        assert highlight.anchor


def test_a_follow_up_stands_between_the_messages_it_stood_between() -> None:
    """Answer, follow-up, answer; marked where the evidence is."""
    line = sample.own_card().answers[1]
    turns = exchange(line, (sample.FOLLOW_UP,), sample.transcript())
    words = ["".join(piece.text for piece in turn.pieces) for turn in turns]
    assert words == [sample.FIRST, sample.FOLLOW_UP, sample.SECOND]
    assert [turn.ours for turn in turns] == [False, True, False]
    assert [p.text for turn in turns for p in turn.pieces if p.marked] == [
        "I stopped the lift",
        "I told Dmitri, our shift lead",
    ]


def test_a_follow_up_nobody_answered_stands_last() -> None:
    """And one that is in no transcript (a form's) before the next part."""
    line = sample.own_card().answers[1]
    turns = exchange(line, ("Not in it?", "Nor this?"), ())
    assert [turn.ours for turn in turns] == [False, True, True, False]
    assert [turn.ours for turn in exchange(sample.own_card().answers[2], ("And then?",), ())] == [False, True]


# ---- PDF ---------------------------------------------------------------------------------------------------


def text_of(content: bytes) -> tuple[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pypdf

        reader = pypdf.PdfReader(io.BytesIO(content))
        return "\n".join(page.extract_text() for page in reader.pages), reader


def test_the_paper_says_what_the_page_says_in_its_order(owner: FlaskClient) -> None:
    """Selectable text of every section, tagged, titled, with page numbers; markup in an answer stays an answer."""
    text, reader = text_of(owner.get(FILES[0]).data)
    flat = " ".join(text.split())
    heads = [
        "Gates",
        "Score",
        "Strengths",
        "Answers",
        "How the score came about",
        "Transcript",
        "Decisions",
        "Versions",
    ]
    places = [flat.index(f" {head} ") for head in heads]
    assert places == sorted(places)
    for words in (sample.NAME, "75, from 2 of 3 answers", "4.5 of 5", "low confidence", "rubric 3f9a0c12d4ab",
                  "I told Dmitri, our shift lead", "from 2: Said more by phone", f"Asked: {sample.FOLLOW_UP}",
                  "Not judged: question 4", "#set page(fill: red) *bold* [x] <script>alert(1)</script> $x$ @ref",
                  "Page 1 of", "Interviewer version 2"):  # fmt: skip
        assert words in flat, words
    assert reader.metadata.title == f"{sample.NAME}, Forklift driver, nights"
    assert "/StructTreeRoot" in reader.trailer["/Root"]


def test_words_no_font_has_become_boxes_and_never_an_error() -> None:
    """Private characters, broken surrogates, control characters, right-to-left names, an empty interview."""
    odd = "\ue000\U000f0082 \ud800 \x00\x07 محمد שלום 李雷 👩‍👩‍👧 \u202eabc"
    page = sample.interview_page(candidate=replace(sample.row(), name=odd), title=odd)
    assert pdf(paper(page, sample.own_card(), 2, sample.AT), sample.AT).startswith(b"%PDF-")
    empty = sample.interview_page(scorecard=None, transcript=(), decisions=(), rescored=())
    text, _ = text_of(pdf(paper(empty, None, 2, sample.AT), sample.AT))
    assert "Not scored yet" in text


def test_a_resumes_criterion_stands_on_paper_with_its_quote() -> None:
    """There is no answer to show, so the quote does; a pass/fail one stands among the gates only."""
    line = sample.own_card().answers[1].model_copy(update={"kind": "criterion", "answer": "", "parts": ()})
    gate = line.model_copy(update={"kind": "criterion_gate", "number": 7})
    card = sample.own_card().model_copy(update={"answers": (line, gate)})
    answers = paper(sample.interview_page(), card, 2, sample.AT)["answers"]
    assert [answer["number"] for answer in answers] == [2]
    assert answers[0]["nothing_said"] == "Read from the resume."
    assert answers[0]["quotes"] == ["I stopped the lift", "I told Dmitri, our shift lead"]


# ---- the page ----------------------------------------------------------------------------------------------


def test_the_page_of_another_versions_score_says_so_and_changes_nothing(owner: FlaskClient) -> None:
    """Both versions can be picked; scores and gates are changed on the interview's own scorecard only."""
    own, other = owner.get("/console/interviews/v1").text, owner.get("/console/interviews/v1?scored_by=3").text
    assert "Version 3, scored again" in own
    assert "75, from 2 of 3 answers" in own
    assert "Scored by the rubrics of version 3" in other
    assert "from 2 of 4 answers" in other
    assert "Not asked in this interview." in other
    assert 'value="override_score"' in own
    assert 'value="restore_score"' in own
    assert "override_" not in other
    assert "restore_" not in other


def test_a_change_on_the_page_says_who_when_why_and_what_was(owner: FlaskClient) -> None:
    """Beside the score and the gate."""
    page = owner.get("/console/interviews/v1").text
    for words in ("<bdi>Ada Olsen</bdi>", "Was: 2.", "Was: not met.", "Said more by phone", "low confidence",
                  "Judged by rules/1, rubric 3f9a0c12d4ab", f"Asked: {sample.FOLLOW_UP}",
                  "<mark>I told Dmitri, our shift lead</mark>"):  # fmt: skip
        assert words in page, words


def test_a_change_is_taken_back_without_a_reason(services: FakeServices, owner: FlaskClient, csrf: str) -> None:
    """What was judged needs no defence; it is logged all the same."""
    form = {"csrf": csrf, "kind": "restore_score", "subject": "q3"}
    assert owner.post("/console/interviews/v1/decisions", data=form).status_code == 303
    assert [decision.kind for decision in services.decisions] == ["restore_score"]


def test_scoring_again_needs_a_version_and_the_token(services: FakeServices, owner: FlaskClient, csrf: str) -> None:
    """A button of the page."""
    url = "/console/interviews/v1/rescores"
    assert owner.post(url, data={"version": "3"}).status_code == 403
    assert owner.post(url, data={"csrf": csrf, "version": "all"}).status_code == 400
    assert owner.post(url, data={"csrf": csrf, "version": "3"}).status_code == 303
    assert services.rescores == [3]
