"""Drafting from texts we wrote: what is asked, what is never asked, what is said instead of a draft."""

import re
import time
from datetime import date
from pathlib import Path

import pytest

from botapp.compose.drafting import draft_interviewer
from botapp.llm import DraftRequest
from botapp.screening.interviewer import CriterionKind, Interviewer, Origin, QuestionKind, ResumeStage

SAMPLES = Path(__file__).parents[3] / "evals" / "sample"
TODAY = date(2026, 11, 22)


def drafted(text: str, instructions: str = "") -> Interviewer:
    draft = draft_interviewer(DraftRequest(text=text, instructions=instructions, today=TODAY)).draft
    assert draft is not None
    return draft


def sample(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("name", "title", "company"),
    [
        ("night-picker.txt", "Night Warehouse Picker", "Cold River Logistics"),
        ("care-assistant.txt", "Care Assistant", ""),
        ("barista.html.txt", "Barista", "Juniper & Rye"),
        ("sdr-notes.txt", "Sales Development Representative", ""),
    ],
)
def test_title_and_company(name: str, title: str, company: str) -> None:
    """The title has no pay, place or slogan; the company is only what the text states."""
    draft = drafted(sample(name))
    assert draft.title.startswith(title)
    assert draft.company == company
    assert "$" not in draft.title


@pytest.mark.parametrize("name", ["night-picker.txt", "care-assistant.txt", "barista.html.txt", "sdr-notes.txt"])
def test_quotes_are_verbatim(name: str) -> None:
    """Every question from the text quotes it word for word; the others say that they are ours."""
    text = sample(name)
    draft = drafted(text)
    for question in draft.questions():
        if question.provenance.origin is Origin.SOURCE:
            assert question.provenance.quote in fold(text)
        else:
            assert question.provenance.origin is Origin.TEMPLATE
            assert not question.provenance.quote
    assert all(fact.quote in fold(text) for fact in draft.facts)


def test_knockouts_of_a_warehouse_advert() -> None:
    """Stated musts are knockouts with the right rule; what is a plus is none."""
    draft = drafted(sample("night-picker.txt"))
    rules = {q.text: (q.knockout.op, q.knockout.value) for q in draft.questions() if q.knockout}
    assert rules["Are you at least 18 years old?"] == ("eq", True)
    assert rules["How many years of warehouse experience do you have?"] == ("gte", 1)
    assert any("50 lb" in text for text in rules)
    assert any("9pm to 5:30am" in text for text in rules)
    assert not any("orklift" in text for text in rules)


def test_open_questions_have_rubrics_and_follow_ups() -> None:
    """Each open question comes with three anchors and at least a possible follow-up."""
    opens = [q for q in drafted(sample("night-picker.txt")).questions() if q.is_open]
    assert opens
    for question in opens:
        assert question.rubric is not None
        assert question.rubric.one != question.rubric.five
        assert question.follow_ups.max >= 1


def test_at_most_eight_questions_unless_asked() -> None:
    """Eight questions in the chat at most; another number when it is asked for."""
    assert len(drafted(sample("night-picker.txt")).questions()) <= 8
    assert len(drafted(sample("night-picker.txt"), "max 4 questions").questions()) == 4
    assert len(drafted(sample("night-picker.txt"), "under 6 questions").questions()) == 5


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("", ["chat"]),
        ("text screen first, then a short form, resume last", ["chat", "form", "resume"]),
        ("SMS -> resume -> voice", ["chat", "resume", "voice"]),
        ("resume first, then text, then a voice call", ["resume", "chat", "voice"]),
        ("short form first, then a phone interview", ["form", "voice"]),
        ("text only", ["chat"]),
    ],
)
def test_stages_in_the_order_asked_for(said: str, kinds: list[str]) -> None:
    """Instructions set the stages; without any there is one chat."""
    assert [stage.kind.value for stage in drafted(sample("night-picker.txt"), said).stages] == kinds


def test_settings_from_instructions() -> None:
    """Pass bar and deadline are read; without a deadline it is one calendar month."""
    draft = drafted(sample("night-picker.txt"), "pass bar 70, deadline dec 18")
    assert draft.settings.pass_bar == 70
    assert draft.settings.deadline == date(2026, 12, 18)
    assert drafted(sample("night-picker.txt")).settings.deadline == date(2026, 12, 22)


def test_only_knockout() -> None:
    """ "Knock out on X only" leaves every other must as a plain question."""
    draft = drafted(sample("night-picker.txt"), "knock out only on the lifting")
    assert [q.topic for q in draft.questions() if q.knockout] == ["lifting 50 lb"]


def test_facts_and_what_is_missing() -> None:
    """Facts carry what the text says; what it leaves open is named as missing, never made up."""
    picker = drafted(sample("night-picker.txt"))
    pay = next(fact for fact in picker.facts if fact.topic == "pay")
    assert "21.00" in pay.answer
    assert picker.missing == ()
    sdr = drafted(sample("sdr-notes.txt"))
    assert "benefits" in sdr.missing
    assert not any(fact.topic == "benefits" for fact in sdr.facts)


@pytest.mark.parametrize("name", ["care-assistant.txt", "sdr-notes.txt"])
def test_unlawful_criteria_are_never_asked(name: str) -> None:
    """Age ranges and native speakers are left out; a lawful core may remain."""
    draft = drafted(sample(name))
    words = " ".join(q.text for q in draft.questions()).lower()
    assert not re.search(r"how old|\b25\b|\b40\b|native|under 30|young", words)


def test_what_a_manager_wants_to_hear_is_asked() -> None:
    """Notes of a call become open questions put to the candidate."""
    texts = [q.text for q in drafted(sample("sdr-notes.txt")).questions() if q.is_open]
    assert "How do you deal with a flat no?" in texts
    assert "Tell us about a month you missed your number." in texts


def test_preferred_is_never_a_knockout() -> None:
    """Plus, nice to have and desirable are asked without a rule, or not at all."""
    draft = drafted(
        "Welder\nRequirements\n- 2 years welding experience preferred\n- AWS certification is a "
        "plus\n- Must lift 40 lbs"
    )
    assert [q.topic for q in draft.questions() if q.knockout] == ["lifting 40 lb"]


def test_requirements_of_another_role_do_not_leak() -> None:
    """With a second role in the text, only the first is drafted."""
    text = (
        "Line Cook wanted\n\nPosition: Line Cook\nRequirements:\n- Food handler card\n\nHiring for "
        "Bar Manager\nPosition: Bar Manager\n- 5 years of bar experience"
    )
    draft = drafted(text)
    assert draft.title == "Line Cook"
    assert not any("bar" in q.text for q in draft.questions() if q.knockout)


def test_several_roles_are_asked_back() -> None:
    """A page of several openings asks which one."""
    text = (
        "Title: Barista\nOne year of experience.\n\nTitle: Cook\nFood card "
        "needed.\n\nTitle: Dishwasher\nNo experience needed."
    )
    result = draft_interviewer(DraftRequest(text=text, today=TODAY))
    assert result.draft is None
    assert "3 roles" in result.problem
    assert "Which one" in result.problem


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t ",
        "\x00\x01\x02PNG\x89" * 400,
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.",
        "Hey, how was your weekend? My manager says hi. See you on Monday!",
        "Apple pie\nIngredients: 2 cups of flour, 1 tablespoon sugar. Preheat the oven and stir in the butter.",
        "a" * 5000,
        "🙂" * 500,
    ],
)
def test_no_role_no_draft(text: str) -> None:
    """Text without a role gives a sentence, and nothing is invented."""
    result = draft_interviewer(DraftRequest(text=text, today=TODAY))
    assert result.draft is None
    assert re.search(r"no role|no text|can't read", result.problem)


@pytest.mark.parametrize(
    "unit", ["a\n", "• ", "&lt;p", "Must lift 50 lbs and ", "5+ years ", "(", "Title: Cook. ", "\ufeffx "]
)
def test_a_megabyte_is_read_quickly(unit: str) -> None:
    """A very long text takes less than two seconds, whatever it is made of."""
    begun = time.thread_time()
    draft_interviewer(DraftRequest(text=unit * (1_000_000 // len(unit)), today=TODAY))
    assert time.thread_time() - begun < 2


def test_a_long_text_says_what_was_left_out() -> None:
    """What does not matter is not read, and that is said."""
    result = draft_interviewer(DraftRequest(text=sample("night-picker.txt") + "\n\nMore." * 20_000, today=TODAY))
    assert result.draft is not None
    assert any(note.startswith("I left out") and "characters" in note for note in result.assumed)


def test_a_contradiction_is_named() -> None:
    """Two wishes that can't both hold are asked back; the draft is there anyway."""
    request = DraftRequest(text=sample("night-picker.txt"), instructions="resume first, and resume last", today=TODAY)
    result = draft_interviewer(request)
    assert result.draft is not None
    assert any("first and last" in question for question in result.clarifying)


def test_drafts_are_deterministic() -> None:
    """The same text gives the same draft."""
    assert drafted(sample("care-assistant.txt")) == drafted(sample("care-assistant.txt"))


def test_years_are_read_as_durations() -> None:
    """Experience is a length of time in years, months counted as parts of one."""
    draft = drafted("SDR\nRequirements\n- At least 6 months of outbound sales experience")
    question = next(q for q in draft.questions() if q.knockout)
    assert question.kind is QuestionKind.DURATION
    assert question.knockout is not None
    assert question.knockout.value == 0.5


def test_a_resume_stage_is_read_for_the_requirements_and_a_paper_among_them_is_a_gate() -> None:
    text = (
        "Staff accountant at Harbour Foods\n\nRequirements:\n- Bachelor's degree in Accounting\n"
        "- QuickBooks and Excel\n- CPA licence preferred\n\nStart with a resume screening, then a text chat."
    )
    [stage] = [stage for stage in drafted(text).stages if isinstance(stage, ResumeStage)]
    assert [(criterion.text, criterion.kind) for criterion in stage.criteria] == [
        ("Bachelor's degree in Accounting", CriterionKind.GATE),
        ("QuickBooks and Excel", CriterionKind.SCORED),
        ("CPA licence preferred", CriterionKind.SCORED),
    ]
