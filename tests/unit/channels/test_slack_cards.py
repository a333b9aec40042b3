"""Cards in Slack: complete, within every limit whatever they hold, and never live."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from botapp.channels.slack.actions import About, Action, Do, packed, unpacked
from botapp.channels.slack.cards import diff_blocks, draft_blocks, list_blocks, scorecard_blocks
from botapp.channels.slack.fitting import clipped, pieces, units
from botapp.channels.slack.rendering import rendered, replaces, split
from botapp.compose.diff import diff_card, diff_drafts
from botapp.compose.wording import draft_card
from botapp.errors import BadPayload
from botapp.messages import Card, CardKind, OutboundMessage, QuickReply
from tests.support.roles import LICENCE, night_picker
from tests.unit.channels.slack_cases import (
    INTERVIEWER_ID,
    anything,
    draft_of,
    elements_of,
    hard,
    markup_in,
    refused,
    scorecard_of,
    with_controls,
    words_in,
)

slow = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
UNDO = QuickReply("Undo", "undo")


def whole_draft(data: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Every page, by pressing Next until there is no such button."""
    pages = [draft_blocks(data, 0)]
    while following := [e for e in elements_of(pages[-1]) if e["action_id"] == Action.DRAFT_NEXT]:
        pages.append(draft_blocks(data, unpacked(following[0]["value"]).page))
    return pages


def by_action(blocks: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {e["action_id"]: e for e in elements_of(blocks)}


# ---- limits ------------------------------------------------------------------------------------------------


@slow
@given(st.lists(anything, max_size=12))
def test_a_draft_of_any_texts_is_taken_by_slack(texts: list[str]) -> None:
    """Every page of it."""
    for page in whole_draft(draft_of(texts)):
        assert refused(page) == []


def test_a_hundred_long_questions_page_and_lose_none() -> None:
    """Each once, in order, with its menu."""
    pages = whole_draft(draft_of([hard(3000) for _ in range(100)]))
    assert len(pages) > 5
    assert [problem for page in pages for problem in refused(page)] == []
    menus = [e for page in pages for e in elements_of(page) if e["action_id"] == Action.QUESTION]
    asked = [unpacked(menu["options"][0]["value"]).question for menu in menus]
    assert asked == [f"{number:036d}" for number in range(1, 101)]


def test_every_page_can_be_acted_on() -> None:
    """Publish and Undo stand on each; Previous leads back."""
    pages = whole_draft(draft_of([hard(400)] * 60))
    assert all({Action.PUBLISH, Action.UNDO, Action.REHEARSE} <= set(by_action(page)) for page in pages)
    back = by_action(pages[2])[Action.DRAFT_PREVIOUS]
    assert unpacked(back["value"]).page == 1
    assert Action.DRAFT_PREVIOUS not in by_action(pages[0])


@pytest.mark.parametrize("page", [-1, 10_000, True, None, "2", 2.5])
def test_a_page_that_is_not_there_is_one_that_is(page: Any) -> None:
    """A stale button shows what there is."""
    data = draft_of(["Question"] * 60)
    assert draft_blocks(data, page) in whole_draft(data)


@slow
@given(st.lists(anything, max_size=12), st.booleans())
def test_a_scorecard_of_any_texts_is_taken_by_slack(texts: list[str], private: bool) -> None:
    """For who may see it, and for others."""
    assert refused(scorecard_blocks(scorecard_of(texts, private=private))) == []


@slow
@given(st.lists(st.tuples(anything, anything, anything), max_size=10))
def test_a_diff_of_any_texts_is_taken_by_slack(lines: list[tuple[str, str, str]]) -> None:
    """The card; all of it is a view."""
    data = {"lines": [{"where": a, "old": b, "new": c} for a, b, c in lines], "interviewer_id": INTERVIEWER_ID}
    assert refused(diff_blocks(data)) == []


@slow
@given(st.lists(anything, max_size=80), anything)
def test_a_list_of_any_texts_is_taken_by_slack(texts: list[str], title: str) -> None:
    """On each page."""
    rows = [{"title": t, "detail": t, "action": {"label": t, "value": "v"}} for t in texts]
    data = {"title": title, "rows": rows, "about": packed(About(interviewer=INTERVIEWER_ID))}
    assert refused(list_blocks(data, 0)) == []
    assert refused(list_blocks(data, 3)) == []


CARDS = st.sampled_from(
    [
        None,
        Card(CardKind.DRAFT, draft_of([hard(3000)] * 30), "plain"),
        Card(CardKind.DRAFT, draft_of(['"' * 3000] * 30), "plain"),
        Card(CardKind.DRAFT, draft_of(["\U0001f600" * 1500] * 30, blockers=['"' * 3000] * 9), "plain"),
        Card(CardKind.SCORECARD, scorecard_of(['"' * 3000] * 10), "plain"),
        Card(CardKind.DIFF, {"lines": [{"where": '"' * 3000, "old": '"' * 3000, "new": '"' * 3000}] * 9}, hard(3000)),
    ]
)


@slow
@given(st.one_of(anything, st.integers(1, 40_000).map(hard)), CARDS, st.lists(anything, max_size=8))
def test_a_message_of_any_length_leaves_in_pieces_slack_takes(text: str, card: Card | None, labels: list[str]) -> None:
    """Words, card and buttons; at least one piece."""
    replies = tuple(QuickReply(label, f"v{index}") for index, label in enumerate(labels))
    parts = split(OutboundMessage(text, replies, card))
    assert parts
    for part in parts:
        made = rendered(part, "https://interviews.example.com")
        assert refused(made["blocks"]) == []
        assert 0 < len(made["text"]) <= 40_000


def test_what_is_said_in_pieces_is_all_said() -> None:
    """40,000 characters, cut between words; buttons on the last piece only."""
    text = " ".join(f"word{number}" for number in range(5_000))
    parts = split(OutboundMessage(text, (UNDO,)))
    shown = " ".join(words_in(rendered(part)["blocks"]).replace("\nUndo", "") for part in parts)
    assert shown.split() == text.split()
    assert [part.quick_replies for part in parts] == [()] * (len(parts) - 1) + [(UNDO,)]


@given(st.text(max_size=400), st.integers(1, 100))
def test_a_cut_text_fits_and_is_never_empty(text: str, limit: int) -> None:
    """And says that it was cut."""
    cut = clipped(text, limit)
    assert 0 < units(cut) <= limit
    cut.encode()


@given(st.text(max_size=600), st.integers(2, 80))
def test_pieces_hold_everything(text: str, limit: int) -> None:
    """But for the space where it was cut."""
    assert "".join("".join(pieces(text, limit, 10_000)).split()) == "".join(text.split())


# ---- what is shown -----------------------------------------------------------------------------------------


def test_a_draft_reads_as_a_recruiter_expects() -> None:
    """Stages, a row for each question, the must-have in words, what is missing, the settings."""
    draft = night_picker()
    said = words_in(draft_blocks(with_controls(draft)))
    for words in (
        "Night picker",
        "3 questions in 1 stage",
        "Stage 1: Chat",
        "1. Do you hold a valid forklift licence?",
        "yes or no · must have: must be yes",
        "2. How long have you worked in a warehouse?",
        "pay: The pay is $19.50 an hour.",
    ):
        assert words in said


def test_a_question_has_a_menu_that_fits_it() -> None:
    """No way up for the first; a must-have only where an answer is read exactly, a weight only where one counts."""
    menus = [e for e in elements_of(draft_blocks(with_controls(night_picker()))) if e["action_id"] == Action.QUESTION]
    wanted = [[unpacked(option["value"]).do for option in menu["options"]] for menu in menus]
    assert wanted == [
        [Do.EDIT, Do.NOT_MUST, Do.DOWN, Do.REMOVE],
        [Do.EDIT, Do.MUST, Do.UP, Do.DOWN, Do.REMOVE],
        [Do.EDIT, Do.DOUBLE, Do.UP, Do.REMOVE],
    ]
    about = unpacked(menus[0]["options"][0]["value"])
    assert about == About(interviewer=INTERVIEWER_ID, revision=3, question="licence", do="edit")


def test_publishing_asks_with_the_draft_and_its_version() -> None:
    """In numbers, from what is there."""
    publish = by_action(draft_blocks(with_controls(night_picker(), version=4)))[Action.PUBLISH]
    assert publish["confirm"]["title"]["text"] == "Publish version 4?"
    assert "“Night picker”: 3 questions in 1 stage, 1 must-have." in publish["confirm"]["text"]["text"]
    assert unpacked(publish["value"]).revision == 3


def test_a_draft_with_blockers_says_what_comes_first() -> None:
    """There is no button to press in vain."""
    blocks = draft_blocks(with_controls(night_picker(), blockers=["Question 2 has no words."]))
    assert Action.PUBLISH not in by_action(blocks)
    assert "Before you can publish: Question 2 has no words." in words_in(blocks)


def test_a_draft_nobody_named_has_no_controls() -> None:
    """The card as the drafting graph makes it, before the pipeline names the interviewer."""
    assert elements_of(draft_blocks(draft_card(night_picker()).data)) == []


def test_buttons_stand_once() -> None:
    """The card has Undo and Publish: the message's own stay out. Without controls they stand."""
    replies = (QuickReply("Publish", "publish"), UNDO)
    with_them = rendered(OutboundMessage("Done.", replies, Card(CardKind.DRAFT, with_controls(night_picker()), "p")))
    assert [e["action_id"] for e in elements_of(with_them["blocks"]) if e["action_id"].startswith("reply:")] == []
    bare = rendered(OutboundMessage("Done.", replies, draft_card(night_picker())))
    found = elements_of(bare["blocks"])
    assert [(e["action_id"], e["value"]) for e in found] == [("reply:0", "publish"), ("reply:1", "undo")]


def test_a_diff_strikes_the_old_and_marks_the_new() -> None:
    """Three lines, then how many more; pressing that names the revision."""
    before = night_picker()
    after = before.model_copy(
        update={"title": "Day picker", "company": "Dock", "language": "de", "facts": (), "slug": "day-picker"}
    )
    card = diff_card(diff_drafts(before, after))
    blocks = diff_blocks({**card.data, "interviewer_id": INTERVIEWER_ID, "revision": 9})
    first = blocks[0]["elements"][0]["elements"][0]["elements"]
    assert [(part["text"], part.get("style")) for part in first] == [
        ("Title: ", None),
        ("Night picker", {"strike": True}),
        (" → ", None),
        ("Day picker", {"bold": True}),
    ]
    more = by_action(blocks)[Action.WHOLE_DIFF]
    assert more["text"]["text"] == f"and {card.data['more']} more"
    assert unpacked(more["value"]) == About(interviewer=INTERVIEWER_ID, revision=9)


def test_what_was_taken_out_says_so() -> None:
    """A question without the licence."""
    before = night_picker()
    stage = before.stages[0].model_copy(update={"questions": before.questions()[1:]})
    card = diff_card(diff_drafts(before, before.model_copy(update={"stages": (stage,)})))
    assert "".join(words_in(diff_blocks(card.data)).split("\n")) == f"Question 1: {LICENCE.text} (removed)"


def test_a_scorecard_begins_with_the_gates() -> None:
    """Then the score with its coverage, strengths, doubts, and what can be done."""
    blocks = scorecard_blocks(
        scorecard_of(
            ["Holds a licence"],
            gates=[{"name": "Has CDL class A", "kind": "knockout", "outcome": "passed", "reason": "yes"}],
        )
    )
    said = words_in(blocks)
    places = [said.index(words) for words in ("Has CDL class A: yes", "72, from 5 of 6 answers", "Strengths", "Doubts")]
    assert places == sorted(places)
    assert list(by_action(blocks)) == [
        Action.SHORTLIST,
        Action.DISMISS,
        Action.MESSAGE,
        Action.REPORT,
        Action.CONSOLE,
    ]
    assert unpacked(by_action(blocks)[Action.SHORTLIST]["value"]).interview == INTERVIEWER_ID


@pytest.mark.parametrize("private", [False, None, "true", 1])
def test_a_shared_channel_learns_the_role_only(private: Any) -> None:
    """No name, score, gate, quote or answer anywhere in what is posted: not in the words beside it either."""
    data = scorecard_of(["Maria Lopez"], title="Night picker", private=private)
    message = OutboundMessage("Maria Lopez finished. Score 72.", (UNDO,), Card(CardKind.SCORECARD, data, "Maria, 72"))
    assert split(message) == [message]
    made = json.dumps(rendered(message))
    assert "Night picker" in made
    assert "Maria" not in made
    assert "72" not in made
    assert list(by_action(rendered(message)["blocks"])) == [Action.DETAILS]


def test_an_empty_list_says_what_will_be_here() -> None:
    """And a full one has a control for each."""
    assert "No interviewers yet." in words_in(list_blocks({"rows": [], "empty": "No interviewers yet."}))
    rows = [{"title": "Night picker", "detail": "live", "url": "https://interviews.example.com/i/1"}]
    assert list(by_action(list_blocks({"rows": rows}))) == [Action.LIST_LINK]


@pytest.mark.parametrize("kind", list(CardKind))
@pytest.mark.parametrize("data", [{}, {"rows": [5]}, {"stages": [{}]}, {"lines": [5]}, {"private": True, "gates": [5]}])
def test_a_card_of_another_shape_is_shown_as_words(kind: CardKind, data: dict[str, Any]) -> None:
    """A message kept by another release leaves all the same."""
    made = rendered(OutboundMessage("Here it is.", (), Card(kind, data, "All of it, in words.")))
    assert refused(made["blocks"]) == []


# ---- never live --------------------------------------------------------------------------------------------

EVIL = "<!channel> <@U1> <https://evil.example|click> *bold* https://evil.example &lt;!here&gt;"


@pytest.mark.parametrize(
    "card",
    [
        Card(CardKind.DRAFT, draft_of([EVIL] * 3), EVIL),
        Card(CardKind.SCORECARD, scorecard_of([EVIL] * 3), EVIL),
        Card(CardKind.DIFF, {"lines": [{"where": EVIL, "old": EVIL, "new": EVIL}]}, EVIL),
        Card(CardKind.LIST, {"title": EVIL, "rows": [{"title": EVIL, "detail": EVIL}]}, EVIL),
        None,
    ],
)
def test_peoples_words_stand_literally(card: Card | None) -> None:
    """Only in objects that Slack doesn't read as markup; the notification line has no mention or link left."""
    made = rendered(OutboundMessage(EVIL, (QuickReply(EVIL, "v"),), card), "https://interviews.example.com")
    assert markup_in(made["blocks"]) == []
    assert '"type": "link"' not in json.dumps(made["blocks"])
    assert EVIL in words_in(made["blocks"])
    assert "<" not in made["text"]


def test_only_links_to_our_own_pages_are_live() -> None:
    """The rest stays words; nothing of the text is lost."""
    ours = "https://interviews.example.com/c/1?x=2"
    text = f"See {ours}. Not https://interviews.example.com.evil.example/ and not https://evil.example"
    parts = rendered(OutboundMessage(text), "https://interviews.example.com/")["blocks"][0]["elements"][0]["elements"]
    assert [part["url"] for part in parts if part["type"] == "link"] == [ours]
    assert "".join(part.get("text") or part["url"] for part in parts) == text


# ---- values ------------------------------------------------------------------------------------------------


@given(
    st.builds(
        About,
        interviewer=st.text(max_size=64),
        revision=st.integers(-1, 10**6),
        question=st.text(max_size=64),
        page=st.integers(-1, 999),
    )
)
def test_what_a_control_carries_comes_back(about: About) -> None:
    """Whatever the ids are."""
    assert unpacked(packed(about)) == about


@pytest.mark.parametrize("value", [None, 5, "", "x", "[]", "{", '{"r": "7"}', '{"i": 5}', '{"r": true}', "[" * 9000])
def test_what_we_did_not_write_is_refused(value: Any) -> None:
    """In a sentence."""
    with pytest.raises(BadPayload, match="older message"):
        unpacked(value)


def test_a_message_that_replaces_another_names_it() -> None:
    """And nothing else is taken for a moment of Slack's."""
    card = Card(CardKind.LIST, {"rows": [], "update_ts": "1712345678.000100"}, "")
    assert replaces(OutboundMessage("", (), card)) == "1712345678.000100"
    assert replaces(OutboundMessage("", (), Card(CardKind.LIST, {"update_ts": "C1/1712345678.000100"}, ""))) != ""
    assert replaces(OutboundMessage("", (), Card(CardKind.LIST, {"update_ts": "now"}, ""))) == ""
    assert replaces(OutboundMessage("")) == ""
