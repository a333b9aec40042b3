"""What must hold for a draft of any advert: over all adverts and notes that lie beside the checkout, read in place."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from botapp.compose.drafting import USUAL_QUESTIONS, draft_interviewer
from botapp.compose.lawful import protected_topic
from botapp.llm import DraftRequest
from botapp.screening.interviewer import Interviewer, Origin, Question

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
FILES = sorted([*DATA.glob("jds/*.txt"), *DATA.glob("jds/*.md"), *DATA.glob("intake/*.md")])

pytestmark = pytest.mark.skipif(not FILES, reason="the adverts are not beside this checkout")


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@cache
def drafts() -> dict[str, tuple[str, Interviewer]]:
    """(text, draft) by file; a text without a role, or with several, has none."""
    made = {}
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        result = draft_interviewer(DraftRequest(text=text, today=date(2026, 11, 22)))
        if result.draft is not None:
            made[path.name] = (folded(text), result.draft)
    return made


def asked() -> list[tuple[str, str, Question]]:
    return [(name, text, question) for name, (text, draft) in drafts().items() for question in draft.questions()]


def test_most_adverts_have_a_draft() -> None:
    assert len(drafts()) > 0.9 * len(FILES)


def test_nothing_protected_is_asked_of_anyone() -> None:
    wrong = [(name, q.text) for name, _, q in asked() if protected_topic(" ".join([q.text, *q.options]))]
    assert not wrong


def test_every_knockout_and_fact_is_in_the_words_of_its_text() -> None:
    wrong = [(name, q.text) for name, text, q in asked() if q.knockout and q.provenance.quote not in text]
    wrong += [(name, f.quote) for name, (text, draft) in drafts().items() for f in draft.facts if f.quote not in text]
    assert not wrong
    assert all(q.provenance.origin is Origin.SOURCE and q.provenance.quote for _, _, q in asked() if q.knockout)


def test_no_figure_is_invented() -> None:
    """A number that is asked for or told stands in the text, as figures or as a word."""
    wrong = []
    for name, (text, draft) in drafts().items():
        told = [q.text for q in draft.questions() if q.knockout] + [fact.answer for fact in draft.facts]
        for said in told:
            wrong += [
                (name, said) for n in re.findall(r"\d+", said) if n not in text and not _is_said_in_words(n, text)
            ]
    assert not wrong


def _is_said_in_words(number: str, text: str) -> bool:
    """Eighteen is "of age" in other languages; small numbers are often words; months may be told as years."""
    words = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    small = words[int(number) - 1] if number.isdigit() and 0 < int(number) <= 10 else "\0"
    return small in text.lower() or bool(re.search(r"mayor de edad|majeur|volljährig|eighteen", text, re.I))


def test_no_pay_is_told_where_none_stands() -> None:
    wrong = [
        (name, fact.answer)
        for name, (_, draft) in drafts().items()
        for fact in draft.facts
        if fact.topic == "pay" and not re.search(r"\d", fact.answer)
    ]
    assert not wrong


def test_at_most_as_many_questions_as_usual_each_once() -> None:
    for name, (_, draft) in drafts().items():
        texts = [question.text for question in draft.questions()]
        assert len(texts) <= USUAL_QUESTIONS, name
        assert len(set(texts)) == len(texts), name


def test_open_questions_say_what_a_strong_answer_shows() -> None:
    assert all(q.rubric and q.rubric.five != q.rubric.one for _, _, q in asked() if q.is_open)
