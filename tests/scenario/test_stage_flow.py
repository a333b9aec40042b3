"""Stages over the real pipeline: a form on its page, a minimum score, a task; from the thread and back to it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from botapp.errors import NotFound
from botapp.pipeline import stages
from botapp.pipeline.stage_links import link_token
from botapp.scoring.forms import Form, Problem, UploadedFile
from botapp.screening.interviewer import ChatStage, Stage
from botapp.state import attachments
from botapp.state.read_models import StageVisit
from tests.support.conversation import Candidate, Recruiter
from tests.support.roles import BUSY, LICENCE, STRONG, YEARS
from tests.support.sample_form import CARD, FILLED, PAPER, PDF, START, STORY, cook, form_stage, scenario_stage
from tests.support.scripted_language import ScriptedLanguage
from tests.support.stack import Stack

Publish = Callable[..., str]
CHAT = ChatStage(id="s1", title="Chat", questions=(LICENCE,))
LINE_COOK = "line-cook"


def begins(candidate: Candidate, publish: Publish, *of: Stage, **settings: Any) -> Candidate:
    publish(cook(*of, **settings))
    candidate.opens(LINE_COOK)
    return candidate


def token_of(candidate: Candidate) -> str:
    """The secret of the last link to a page in the thread."""
    said = "\n".join(candidate.everything())
    return said.rpartition("/s/")[2].split()[0]


def page(candidate: Candidate, token: str = "") -> StageVisit:
    return stages.visit(candidate.stack.services, token or token_of(candidate))


def sends(candidate: Candidate, token: str = "", **fields: Any) -> Mapping[str, Problem]:
    files = {name: value for name, value in fields.items() if isinstance(value, UploadedFile)}
    words = {n.replace("__", "."): v if isinstance(v, list) else [v] for n, v in fields.items() if n not in files}
    return stages.submit_form(candidate.stack.services, token or token_of(candidate), Form(words, files))


def card_of(recruiter: Recruiter, candidate: Candidate) -> Mapping[str, Any]:
    card = recruiter.reads(candidate.thread.interview_id).scorecard
    assert card is not None
    return card


def test_chat_then_form_then_the_end(candidate: Candidate, recruiter: Recruiter, published: Publish) -> None:
    """The link comes in the thread; what was sent on the page stands in the scorecard as answers."""
    begins(candidate, published, CHAT, form_stage())
    candidate.hears(LICENCE.text)
    candidate.says("yes")
    candidate.hears("short form", "https://interviews.test/s/")
    assert page(candidate).phase == "open"

    assert sends(candidate, **FILLED) == {}
    candidate.hears("your form is in", "That was everything", "hiring team at Harbour Foods")
    assert candidate.status == "completed"
    assert page(candidate).phase == "done"

    card = card_of(recruiter, candidate)
    answers = {line["question_id"]: line for line in card["answers"]}
    assert answers["experience"]["answer"] == "18 months"
    assert answers["experience"]["reading"]["value"] == 1.5
    assert answers["story"]["score"]["status"] == "scored"
    assert [gate["outcome"] for gate in card["gates"]] == ["passed", "passed"]
    [alert] = recruiter.alerts()
    assert "finished the interview" in alert


def test_a_form_sent_twice_counts_once(candidate: Candidate, published: Publish) -> None:
    """A double press, and a change of mind after it was taken."""
    begins(candidate, published, CHAT, form_stage(START, CARD), form_stage(STORY, id="s5"))
    candidate.hears()
    candidate.says("yes")
    candidate.hears("short form")
    first = token_of(candidate)
    for day in ("2026-06-01", "2026-07-01"):
        assert sends(candidate, first, start=day, card="yes") == {}
    candidate.hears("your form is in", "short form")
    sends(candidate, first, start="2026-08-01", card="no")
    candidate.hears_nothing()
    assert page(candidate, first).answers["start"]["reading"]["value"] == "2026-06-01"
    assert candidate.status == "in_progress"


def test_a_must_have_in_a_form_ends_it(candidate: Candidate, recruiter: Recruiter, published: Publish) -> None:
    """Clearly not met; put right in the thread, it goes on."""
    begins(candidate, published, CHAT, form_stage(CARD), form_stage(START, id="s5"))
    candidate.hears()
    candidate.says("yes")
    candidate.hears("short form")
    sends(candidate, card="no")
    candidate.hears("fixed requirement", "food handler card")
    assert candidate.status == "completed"
    assert recruiter.reads(candidate.thread.interview_id).candidate.outcome == "knocked_out"
    candidate.says("sorry, that was wrong: yes, I do have a food handler card")
    candidate.hears("putting that right", "short form")
    assert candidate.status == "in_progress"


def test_what_is_wrong_with_a_form_reaches_nobody(candidate: Candidate, published: Publish) -> None:
    """Nothing is heard in the thread, and the page stays open."""
    begins(candidate, published, CHAT, form_stage(START, STORY))
    candidate.hears()
    candidate.says("yes")
    candidate.hears("short form")
    assert sends(candidate, start="soon", story="") == {"start": Problem.NOT_A_DATE, "story": Problem.MISSING}
    candidate.hears_nothing()
    assert page(candidate).phase == "open"


def test_a_good_file_is_kept_when_something_else_is_wrong(
    stack: Stack, candidate: Candidate, published: Publish
) -> None:
    """It need not be chosen again, and is there for the recruiter; a bad one is not."""
    begins(candidate, published, CHAT, form_stage(START, PAPER.model_copy(update={"weight": 2})))
    candidate.hears()
    candidate.says("yes")
    candidate.hears("short form")
    good = UploadedFile("card.pdf", "application/pdf", PDF)
    assert sends(candidate, start="soon", paper=good) == {"start": Problem.NOT_A_DATE}
    assert page(candidate).files == {"paper": "card.pdf"}
    large = UploadedFile("film.pdf", "application/pdf", PDF + b"x" * (11 * 1024 * 1024))
    assert sends(candidate, start="2026-06-01", paper=large) == {"paper": Problem.FILE_TOO_LARGE}
    candidate.hears_nothing()
    assert sends(candidate, start="2026-06-01") == {}
    candidate.hears("your form is in")
    with stack.services.database.reading() as uow:
        kept = attachments.of_conversation(uow, stack.workspace_id, candidate.conversation_id)
        content = attachments.content_of(uow, stack.workspace_id, kept[0].id)
    assert [file.name for file in kept] == ["card.pdf"]
    assert content is not None
    assert content.content == PDF


def test_what_the_chat_heard_is_filled_in_and_not_asked_again(candidate: Candidate, published: Publish) -> None:
    """Said in passing, it stands in the form."""
    begins(candidate, published, CHAT, form_stage(YEARS, START))
    candidate.hears()
    candidate.says("yes, and I have worked in a warehouse for three years")
    candidate.hears("short form")
    known = page(candidate).answers["years"]
    assert known["reading"]["value"] == 3.0


def test_a_form_waits_and_is_reminded_of_and_runs_out(stack: Stack, candidate: Candidate, published: Publish) -> None:
    """Like any open question; then its page says that it is too late."""
    begins(candidate, published, CHAT, form_stage(START))
    candidate.hears()
    candidate.says("yes")
    candidate.hears("short form")
    candidate.says("I'm done")
    candidate.hears("haven't got your form yet", "/s/")
    stack.clock.advance(hours=25)
    candidate.hears("Maria", "/s/")
    stack.clock.advance(days=8)
    candidate.hears("time for this interview is over")
    assert page(candidate).phase == "expired"
    assert sends(candidate, start="2026-06-01") == {}
    candidate.hears_nothing()


def test_a_link_that_was_tampered_with_or_is_for_another_stage_leads_nowhere(
    stack: Stack, candidate: Candidate, published: Publish
) -> None:
    """Nothing of anybody is shown."""
    begins(candidate, published, CHAT, form_stage(START))
    candidate.hears()
    candidate.says("yes")
    candidate.hears("short form")
    token = token_of(candidate)
    run = candidate.thread.interview_id
    beyond = link_token("a key for tests", run, 9)
    stranger = link_token("a key for tests", "00000000-0000-0000-0000-000000000000", 0)
    for wrong in (token[:-2] + "AA", token[1:], beyond, stranger, link_token("another key", run, 1)):
        with pytest.raises(NotFound):
            stages.visit(stack.services, wrong)
        with pytest.raises(NotFound):
            stages.submit_form(stack.services, wrong, Form({"start": ["2026-06-01"]}))
    candidate.hears_nothing()


def test_the_chat_itself_can_be_answered_as_a_form(candidate: Candidate, published: Publish) -> None:
    """The other way, for who needs it: its page has every question, and leads on."""
    begins(candidate, published, ChatStage(id="s1", questions=(LICENCE, YEARS)))
    candidate.hears(LICENCE.text)
    token = link_token("a key for tests", candidate.thread.interview_id, 0)
    assert page(candidate, token).phase == "open"
    assert sends(candidate, token, licence="yes", years="3", years__unit="years") == {}
    candidate.hears("your form is in", "Thank you for your time")
    assert candidate.status == "completed"


# ---- minimum scores ----------------------------------------------------------------------------------------


def gated(candidate: Candidate, published: Publish, bar: int) -> Candidate:
    return begins(candidate, published, ChatStage(id="s1", questions=(BUSY,)), form_stage(START), pass_bar=bar)


def test_above_the_minimum_the_form_comes_by_itself(stack: Stack, candidate: Candidate, published: Publish) -> None:
    """After a word that we look."""
    engine = ScriptedLanguage(name="openai/scripted")  # gives a 3, which is 50 of 100
    stack.services = replace(stack.services, language_for=lambda _workspace, _conversation: engine)
    gated(candidate, published, 50).hears(BUSY.text)
    candidate.says(STRONG)
    candidate.hears("looking at your answers", "short form")
    sends(candidate, start="2026-06-01")
    candidate.hears("That was everything")


def test_below_the_minimum_it_ends_kindly_and_a_person_reads_it(
    candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """No score is named to the candidate; the scorecard says it."""
    gated(candidate, published, 95).hears(BUSY.text)
    candidate.says("It was busy and I worked hard.")
    said = candidate.hears("looking at your answers", "Thank you for your answers, Maria", "hiring team")
    assert "score" not in said.casefold()
    assert "short form" not in said
    assert candidate.status == "completed"
    row = recruiter.reads(candidate.thread.interview_id)
    assert row.candidate.outcome == "below_minimum"
    assert [gate["outcome"] for gate in card_of(recruiter, candidate)["gates"]] == ["failed"]
    assert len(recruiter.alerts()) == 1


def test_an_answer_that_can_t_be_judged_goes_on(candidate: Candidate, recruiter: Recruiter, published: Publish) -> None:
    """The form comes, and the gate needs a person."""
    gated(candidate, published, 60).hears(BUSY.text)
    candidate.says("Era una noche con mucho trabajo, y entonces hice la lista con los compañeros para las cajas.")
    candidate.hears("looking at your answers", "short form")
    sends(candidate, start="2026-06-01")
    candidate.hears("That was everything")
    assert [gate["outcome"] for gate in card_of(recruiter, candidate)["gates"]] == ["needs_person"]


# ---- tasks -------------------------------------------------------------------------------------------------

WORDS = "I am sorry about that. I take the soup back at once and bring you a fresh one, on the house."


def does_task(candidate: Candidate) -> None:
    candidate.hears(LICENCE.text)
    candidate.says("yes")
    candidate.hears("short task", "10 minutes", "START")
    candidate.says("start")
    candidate.hears("hair in the soup", "Say DONE")
    candidate.says(WORDS)
    candidate.hears("2 messages")
    candidate.says("done")
    candidate.hears("your work on the task", "That was everything")


def test_a_task_by_rules_needs_a_person(candidate: Candidate, recruiter: Recruiter, published: Publish) -> None:
    """They can still do it, and what they wrote is there to read."""
    bare = scenario_stage().model_copy(update={"questions": ()})  # as it is published
    begins(candidate, published, CHAT, bare)
    does_task(candidate)
    [line] = [line for line in card_of(recruiter, candidate)["answers"] if line["kind"] == "open"]
    assert line["answer"] == WORDS
    assert line["score"]["status"] == "unavailable"
    assert line["score"]["reason"].startswith("Needs a person")


def test_a_task_is_judged_as_one_answer_by_a_model(
    stack: Stack, candidate: Candidate, recruiter: Recruiter, published: Publish
) -> None:
    """With evidence; its score is the stage's."""
    engine = ScriptedLanguage(name="openai/scripted")
    stack.services = replace(stack.services, language_for=lambda _workspace, _conversation: engine)
    begins(candidate, published, CHAT, scenario_stage())
    does_task(candidate)
    card = card_of(recruiter, candidate)
    [line] = [line for line in card["answers"] if line["kind"] == "open"]
    assert line["score"]["score"] == 3
    assert line["score"]["evidence"][0]["text"] == WORDS
    assert [stage["score"] for stage in card["stages"]] == [50]


def test_the_time_of_a_task_ends_it(stack: Stack, candidate: Candidate, published: Publish) -> None:
    """What was written is kept."""
    begins(candidate, published, CHAT, scenario_stage())
    candidate.hears()
    candidate.says("yes").hears()
    candidate.says("start").hears()
    candidate.says(WORDS).hears()
    stack.clock.advance(minutes=11)
    candidate.hears("time for the task is over", "That was everything")
