"""Draft, active, paused, expired, archived; budget; versions: who may start, and what people under way notice."""

from collections.abc import Callable
from datetime import date

import pytest

from botapp.errors import BadPayload, NotFound
from botapp.pipeline import candidates
from botapp.screening.interviewer import Budget, BudgetKind
from tests.support.conversation import Candidate, Recruiter
from tests.support.roles import ADVERT, LICENCE, SLUG, YEARS, night_picker
from tests.support.stack import Stack, change_draft

Publish = Callable[..., str]


def closed(stack: Stack) -> str:
    found = candidates.public_interviewer(stack.services, SLUG)
    assert found is not None
    return found.closed


@pytest.mark.parametrize(
    ("words", "state", "sentence"),
    [("pause it", "paused", "paused just now"), ("archive it", "archived", "is over")],
)
def test_paused_and_archived_let_nobody_new_in(
    recruiter: Recruiter, candidate: Candidate, stack: Stack, published: Publish, words: str, state: str, sentence: str
) -> None:
    """A kind sentence with whom to ask; people under way finish."""
    recruiter.opens(published())
    under_way = Candidate(stack).opens(SLUG, name="Ben", contact="ben@example.com")
    under_way.hears(LICENCE.text)
    recruiter.says(words)
    recruiter.sees(state)
    assert closed(stack) == state
    with pytest.raises(BadPayload, match=rf"{sentence}.*hiring team at Harbour Foods"):
        candidate.opens(SLUG)
    under_way.says("yes")
    under_way.hears(YEARS.text)


def test_resume_and_unarchive_open_it_again(recruiter: Recruiter, stack: Stack, published: Publish) -> None:
    """Unarchived it is paused first."""
    recruiter.opens(published())
    for words, state in (
        ("pause it", "paused"),
        ("resume it", ""),
        ("archive it", "archived"),
        ("unarchive it", "paused"),
        ("resume it", ""),
    ):
        recruiter.says(words)
        recruiter.sees()
        assert closed(stack) == state, words


def test_it_expires_by_the_clock(candidate: Candidate, stack: Stack, recruiter: Recruiter, published: Publish) -> None:
    """Open on its last day, closed on the next; a later deadline opens it again."""
    id = published(deadline=date(2026, 5, 6))
    stack.clock.advance(days=2)
    assert closed(stack) == ""
    stack.clock.advance(days=1)
    assert closed(stack) == "expired"
    with pytest.raises(BadPayload, match=r"closed on its last day.*hiring team"):
        candidate.opens(SLUG)
    assert recruiter.opens(id).page.status == "expired"
    change_draft(stack.services, stack.owner, id, night_picker(deadline=date(2026, 6, 6)))
    assert closed(stack) == ""


def test_people_under_way_are_not_cut_off_by_the_deadline(
    candidate: Candidate, stack: Stack, published: Publish
) -> None:
    """They have their days to complete."""
    published(deadline=date(2026, 5, 4))
    candidate.opens(SLUG).hears(LICENCE.text)
    stack.clock.advance(hours=20)
    candidate.says("yes")
    candidate.hears(YEARS.text)


@pytest.mark.parametrize(("kind", "opens_tomorrow"), [(BudgetKind.TOTAL, False), (BudgetKind.DAILY, True)])
def test_the_budget_caps_starts(
    stack: Stack, recruiter: Recruiter, published: Publish, kind: BudgetKind, opens_tomorrow: bool
) -> None:
    """Full is full; a daily budget is new at midnight; people under way go on."""
    id = published(budget=Budget(kind=kind, cap=2))
    people = [Candidate(stack).opens(SLUG, name=n, contact=f"{n}@example.com") for n in ("ann", "ben")]
    people[0].hears(LICENCE.text)
    assert closed(stack) == "full"
    assert recruiter.opens(id).page.spent == 2
    with pytest.raises(BadPayload, match="as many candidates as it can take"):
        Candidate(stack).opens(SLUG, name="Cleo", contact="cleo@example.com")
    recruiter.says("invite Zoe, zoe@example.com")
    recruiter.sees("budget is used up", "2 of 2")
    people[0].says("yes")
    people[0].hears(YEARS.text)
    stack.clock.advance(days=1)
    assert closed(stack) == ("" if opens_tomorrow else "full")


def test_two_at_once_do_not_break_the_budget(stack: Stack, published: Publish) -> None:
    """One place left, ten people press at once: one gets it."""
    from threading import Barrier, Thread

    published(budget=Budget(kind=BudgetKind.TOTAL, cap=1))
    start, outcome = Barrier(10), []

    def press(n: int) -> None:
        start.wait()
        try:
            outcome.append(Candidate(stack).opens(SLUG, name=f"N{n}", contact=f"n{n}@example.com"))
        except BadPayload as error:
            outcome.append(str(error))

    people = [Thread(target=press, args=(n,)) for n in range(10)]
    for each in people:
        each.start()
    for each in people:
        each.join(30)
    assert sum(isinstance(one, Candidate) for one in outcome) == 1


def test_the_same_form_twice_begins_once(stack: Stack, published: Publish) -> None:
    """A double press, or an answer lost on its way: the second leads where the first did, and never to another's."""
    published(budget=Budget())
    form = {"slug": SLUG, "name": "Ann", "contact": "ann@example.com", "ticket": "t" * 32}
    first = candidates.start_interview(stack.services, **form)
    assert candidates.start_interview(stack.services, **form) == first == form["ticket"]
    other = candidates.start_interview(stack.services, **{**form, "name": "Ben", "contact": "ben@example.com"})
    assert other != first
    with pytest.raises(BadPayload, match="already begun"):
        candidates.start_interview(stack.services, **{**form, "ticket": ""})


def test_unknown_links_lead_nowhere(stack: Stack, candidate: Candidate) -> None:
    """Said kindly, with what to do."""
    assert candidates.public_interviewer(stack.services, "no-such-link") is None
    with pytest.raises(NotFound, match="check it with whoever gave it to you"):
        candidate.opens("no-such-link")
    assert candidates.invitation(stack.services, "no-such-token") is None


def test_a_draft_that_was_never_published_has_no_page(stack: Stack, recruiter: Recruiter, candidate: Candidate) -> None:
    """Its link name is held, but leads nowhere yet."""
    recruiter.opens_new().says(ADVERT)
    recruiter.sees("I drafted")
    assert candidates.public_interviewer(stack.services, recruiter.draft.slug) is None


def test_an_interview_stays_on_the_version_it_started_on(
    candidate: Candidate, stack: Stack, recruiter: Recruiter, published: Publish
) -> None:
    """Questions are frozen; facts and settings are live."""
    recruiter.opens(published())
    candidate.opens(SLUG).hears(LICENCE.text)
    reworded = LICENCE.model_copy(update={"text": "Do you own a licence for forklifts?"})
    changed = night_picker(reworded, YEARS)
    fact = changed.facts[0].model_copy(update={"answer": "The pay is $21 an hour."})
    change_draft(stack.services, stack.owner, recruiter.interviewer_id, changed.model_copy(update={"facts": (fact,)}))
    recruiter.says("publish")
    recruiter.sees("version 2?")
    recruiter.says("yes")
    recruiter.sees("Published as version 2")
    candidate.says("what is the pay?")
    candidate.hears("$21", LICENCE.text)
    other = Candidate(stack).opens(SLUG, name="Ben", contact="ben@example.com")
    other.hears(reworded.text)


def test_a_completed_interview_tells_the_next_link(candidate: Candidate, published: Publish) -> None:
    """The redirect link of the settings, at the end only."""
    published(night_picker(LICENCE, redirect_url="https://example.com/next"))
    candidate.opens(SLUG).hears(LICENCE.text)
    assert candidate.thread.redirect_url == ""
    candidate.presses("Yes")
    candidate.hears("https://example.com/next")
    assert candidate.thread.redirect_url == "https://example.com/next"


def test_alerts_go_to_the_alert_address(candidate: Candidate, stack: Stack, published: Publish) -> None:
    """The console feed by default; shortlist and dismiss are logged with their reason."""
    from botapp.pipeline import members

    published(night_picker(LICENCE))
    candidate.opens(SLUG).hears(LICENCE.text)
    candidate.presses("Yes")
    candidate.hears("Thank you")
    stack.settle()
    [row] = members.feed(stack.services, stack.owner)
    assert row.interview_id == candidate.thread.interview_id
    members.decide(stack.services, stack.owner, row.interview_id, "shortlist", "", "", {})
    with pytest.raises(BadPayload, match="give a reason"):
        members.decide(stack.services, stack.owner, row.interview_id, "dismiss", "", " ", {})
    members.decide(stack.services, stack.owner, row.interview_id, "dismiss", "", "No night shifts", {})
    page = members.interview_page(stack.services, stack.owner, row.interview_id)
    assert [d.kind for d in page.decisions] == ["shortlist", "dismiss"]
    assert page.candidate.decision == "dismissed"


def test_overrides_recompute_and_keep_the_original(candidate: Candidate, stack: Stack, published: Publish) -> None:
    """A corrected gate and score are shown with who and why; the judged score stays readable."""
    from botapp.pipeline import members
    from tests.support.roles import BUSY, STRONG

    published(night_picker(LICENCE, BUSY))
    candidate.opens(SLUG).hears(LICENCE.text)
    candidate.presses("Yes")
    candidate.hears(BUSY.text)
    candidate.says(STRONG)
    candidate.hears("Thank you")
    stack.settle()
    id = candidate.thread.interview_id
    before = members.interview_page(stack.services, stack.owner, id).scorecard
    assert before is not None
    members.decide(stack.services, stack.owner, id, "override_score", "busy", "I was there", {"score": 4})
    members.decide(stack.services, stack.owner, id, "override_gate", "licence", "Saw the card", {"outcome": "failed"})
    after = members.interview_page(stack.services, stack.owner, id).scorecard
    assert after is not None
    [busy] = [line["score"] for line in after["answers"] if line["question_id"] == "busy"]
    [judged] = [line["score"] for line in before["answers"] if line["question_id"] == "busy"]
    assert (busy["score"], busy["original_score"], busy["overridden_by"]) == (4, judged["score"], stack.owner.id)
    assert after["overall"] != before["overall"]
    [gate] = [g for g in after["gates"] if g["question_id"] == "licence"]
    assert (gate["outcome"], gate["override_reason"]) == ("failed", "Saw the card")
