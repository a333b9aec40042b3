"""Diffs, words, findings, blockers and estimates of a draft."""

from datetime import date

import pytest

from botapp.compose import diff, estimate, lint, readiness, wording
from botapp.messages import CardKind
from botapp.screening.interviewer import (
    ChatStage,
    Fact,
    FollowUps,
    Interviewer,
    Knockout,
    Question,
    QuestionKind,
    Rubric,
    Settings,
    VoiceStage,
)

RUBRIC = Rubric(one="No example.", three="An example.", five="An example with a result.")
LICENCE = Question(
    id="q1", kind=QuestionKind.YES_NO, text="Do you have a licence?", knockout=Knockout(op="eq", value=True)
)
YEARS = Question(id="q2", kind=QuestionKind.DURATION, text="How many years?", knockout=Knockout(op="gte", value=2))
STORY = Question(
    id="q3", kind=QuestionKind.OPEN, text="Tell us about a mistake.", rubric=RUBRIC, follow_ups=FollowUps(max=2)
)


def draft(*questions: Question, **more: object) -> Interviewer:
    base = Interviewer(title="Driver", slug="driver", stages=(ChatStage(id="s1", questions=questions),))
    return base.model_copy(update=more)


@pytest.mark.parametrize(
    ("kind", "unit", "rule", "words"),
    [
        ("yes_no", "", Knockout(op="eq", value=True), "must be yes"),
        ("yes_no", "", Knockout(op="eq", value=False), "must be no"),
        ("duration", "", Knockout(op="gte", value=2), "at least 2 years"),
        ("duration", "", Knockout(op="gte", value=1), "at least 1 year"),
        ("duration", "", Knockout(op="gte", value=0.5), "at least 6 months"),
        ("number", "lb", Knockout(op="lte", value=50), "at most 50 lb"),
        ("money", "USD/hour", Knockout(op="lte", value=21.5), "at most 21.5 USD/hour"),
        ("date", "", Knockout(op="lte", value="2027-01-19"), "by 2027-01-19"),
        ("yes_no", "", None, ""),
    ],
)
def test_knockouts_in_words(kind: str, unit: str, rule: Knockout | None, words: str) -> None:
    """A rule reads as a condition to stay in."""
    question = Question(id="q", kind=QuestionKind(kind), text="Really?", unit=unit, knockout=rule)
    assert wording.knockout_words(question) == words


def test_weights_in_words() -> None:
    """Normal, double, not scored."""
    assert [wording.weight_words(weight) for weight in (0, 2, 4)] == ["not scored", "normal", "double"]


def test_draft_card_holds_everything_in_plain_form() -> None:
    """The card's plain text has title, questions with their rules, facts and settings."""
    made = draft(LICENCE, YEARS, STORY, facts=(Fact(topic="pay", answer="$20"),), missing=("benefits",))
    card = wording.draft_card(made)
    assert card.kind is CardKind.DRAFT
    for words in (
        "Driver",
        "1. Do you have a licence?",
        "must be yes",
        "at least 2 years",
        "pay: $20",
        "Benefits: the text doesn't say",
    ):
        assert words in card.plain


def test_rubric_text() -> None:
    """An open question shows its anchors; a typed one says how it is read."""
    assert "5: An example with a result." in wording.rubric_text(STORY, 3)
    assert "must be yes" in wording.rubric_text(LICENCE, 1)


def test_diff_names_each_change_and_nothing_else() -> None:
    """Old and new stand in words beside where it is."""
    before = draft(LICENCE, YEARS, STORY)
    changed = STORY.model_copy(update={"weight": 4})
    after = draft(LICENCE, YEARS, changed, settings=Settings(deadline=date(2026, 12, 18)))
    lines = diff.diff_drafts(before, after)
    assert [(line.where, line.old, line.new) for line in lines] == [
        ("Question 3", "weight normal", "weight double"),
        ("Deadline", "none", "December 18, 2026"),
    ]
    assert diff.diff_drafts(before, before) == ()


def test_diff_of_moves_is_short() -> None:
    """Moving one question is one line, though others got new numbers."""
    lines = diff.diff_drafts(draft(LICENCE, YEARS, STORY), draft(STORY, LICENCE, YEARS))
    assert [(line.old, line.new) for line in lines] == [("number 3", "number 1")]
    gone = diff.diff_drafts(draft(LICENCE, YEARS, STORY), draft(YEARS, STORY))
    assert [(line.where, line.new) for line in gone] == [("Question 1", "")]


def test_diff_card_shows_three_lines() -> None:
    """A longer diff says how many more there are."""
    lines = [diff.DiffLine("a", "b", f"Question {n}") for n in range(1, 8)]
    card = diff.diff_card(lines)
    assert card.plain.endswith("and 4 more")
    assert card.data["more"] == 4
    assert len(card.data["lines"]) == 7


def test_first_draft_is_one_line() -> None:
    """There was nothing before."""
    assert diff.diff_drafts(None, draft(LICENCE))[0].new == "Driver, 1 question"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Do you have children?", "refuse"),
        ("How old are you?", "refuse"),
        ("Are you a native English speaker?", "refuse"),
        ("Can you drive, and do you have a licence?", "warn"),
    ],
)
def test_lint_finds(text: str, level: str) -> None:
    """Protected traits are refused with an alternative; double questions are pointed out."""
    question = Question(id="q1", kind=QuestionKind.YES_NO, text=text)
    finding = lint.lint(draft(question))[0]
    assert finding.level == level
    assert finding.where == "Question 1"


@pytest.mark.parametrize(
    "text",
    [
        "Are you at least 18 years old?",
        "Can you lift 50 lb, with or without reasonable accommodation?",
        "Do you have the right to work in the UK?",
        "Tell us about a time you had to calm or redirect a child. What did you do?",
        "Do you have an NVQ Level 2 in Health and Social Care?",
    ],
)
def test_lint_lets_lawful_questions_pass(text: str) -> None:
    """A lawful core is not a finding."""
    assert not [
        f for f in lint.lint(draft(Question(id="q1", kind=QuestionKind.YES_NO, text=text))) if f.level == "refuse"
    ]


def test_ready_draft_has_no_blockers() -> None:
    """Title, a question and rubrics: that is enough."""
    assert readiness.blockers(draft(LICENCE, STORY)) == ()


def test_blockers_say_what_to_do() -> None:
    """Stages that can't run, no questions and missing rubrics are named."""
    voice = Interviewer(
        title="Driver", slug="driver", stages=(ChatStage(id="s1", questions=(LICENCE,)), VoiceStage(id="s2"))
    )
    assert readiness.blockers(voice) == ("The voice call stage can't run yet: remove it or switch it off.",)
    off = voice.model_copy(update={"stages": (voice.stages[0], VoiceStage(id="s2", enabled=False))})
    assert readiness.blockers(off) == ()
    assert "asks nothing yet" in readiness.blockers(draft())[0]
    bare = STORY.model_copy(update={"rubric": None})
    assert "Question 1 has no rubric" in readiness.blockers(draft(bare))[0]


def test_estimate() -> None:
    """Open questions and follow-ups take longer than typed ones."""
    assert estimate.minutes(draft(LICENCE)) == 1
    assert estimate.minutes(draft(LICENCE, STORY)) > estimate.minutes(draft(LICENCE))
    assert estimate.words(draft(LICENCE)) == "about 1 minute, 2 messages"
