"""Pages and files given while composing: what is asked of a worker, what is asked of the recruiter, what follows."""

from dataclasses import replace
from typing import Any

import pytest

from botapp.graphs.context import MemberView
from botapp.policy.access import Role
from tests.unit.graphs.talk import Composing, composing, heard, role

LINK = "https://jobs.example.com/12"
PAGE = "Night Picker\nPay: $19 an hour.\nWe need a night picker who can lift 50 pounds. Nights, 10 pm to 6 am."


def read(talk: Composing, text: str = PAGE, **more: Any) -> Composing:
    """The worker has read what the talk asked for last."""
    payload = talk.effect("task")["payload"]
    given = {key: payload[key] for key in ("use", "instructions", "by", "revision")}
    again = {"urls": payload.get("urls", ()), "instructions": payload["instructions"]}
    return talk.happens(
        "fetch_page_done",
        **{**given, "again": again, "text": text, "problem": "", "origin": "jobs.example.com", "theirs": True, **more},
    )


def test_a_link_is_read_by_a_worker_and_drafted_from() -> None:
    """At once a short reply; then the draft, with the host named and the page as its text."""
    talk = composing().says(f"Draft from {LINK}, at most 5 questions")
    assert talk.reply == "I'm reading that page."
    assert talk.effect("task")["name"] == "fetch_page"
    assert talk.effect("task")["payload"]["urls"] == [LINK]
    assert talk.effect("task")["payload"]["by"] == "u1"
    read(talk)
    assert talk.reply.startswith("I read jobs.example.com. I drafted")
    request = talk.language.requests[-1]
    assert (request.text, request.theirs) == (PAGE, True)  # type: ignore[attr-defined]
    assert request.instructions == "Draft, at most 5 questions"  # type: ignore[attr-defined]
    assert talk.language.calls == ["draft_interviewer"]


def test_no_engine_is_asked_whether_to_open_a_link() -> None:
    """What is fetched, code decides."""
    talk = composing().says(LINK)
    assert talk.language.calls == []


def test_a_page_that_can_not_be_read_is_told_and_changes_nothing() -> None:
    """The sentence, and the draft as it was."""
    talk = read(composing().says(LINK), "", problem="jobs.example.com: There is no page at that link.")
    assert talk.reply == "jobs.example.com: There is no page at that link."
    assert talk.effects("draft_saved") == [] and talk.context.draft is None


def test_a_failed_task_is_told() -> None:
    """Ours, not theirs."""
    talk = composing().says(LINK).happens("fetch_page_done", failed="Something went wrong on our side.")
    assert talk.reply.startswith("I could not read it. Something went wrong on our side.")


def test_beside_a_draft_it_is_asked_what_a_link_is_for() -> None:
    """Nothing is fetched before the answer."""
    talk = composing(role()).says(LINK)
    assert "start a new one from jobs.example.com, or only take the facts" in talk.reply
    assert [button.value for button in talk.turn.replies[0].quick_replies] == [  # type: ignore[union-attr]
        "elsewhere:draft",
        "elsewhere:facts",
        "no",
    ]
    assert talk.effects("task") == []


@pytest.mark.parametrize(
    ("answer", "use"), [("a new draft", "draft"), ("start over", "draft"), ("only the facts please", "facts")]
)
def test_the_answer_may_be_typed(answer: str, use: str) -> None:
    """Buttons are not the only way."""
    talk = composing(role()).says(LINK).says(answer)
    assert talk.effect("task")["payload"]["use"] == use


def test_a_bare_yes_is_no_answer_to_two_things() -> None:
    """It asks again."""
    talk = composing(role()).says(LINK).says("yes")
    assert "start a new one" in talk.reply and talk.effects("task") == []


def test_leaving_it_leaves_the_draft() -> None:
    """And a later "yes" fetches nothing."""
    talk = composing(role()).says(LINK).presses("no")
    assert talk.reply == "All right, nothing changed."
    assert talk.says("yes").effects("task") == []


def test_only_the_facts_are_taken_with_their_quotes() -> None:
    """One edit a topic, shown as a diff; the questions stay."""
    talk = composing(role()).says(f"take the pay and the hours from {LINK}")
    before = talk.context.draft
    read(talk)
    after = talk.context.draft
    assert talk.reply.startswith("Taken from jobs.example.com.")
    assert after.stages == before.stages and after.settings == before.settings
    assert next(fact for fact in after.facts if fact.topic == "pay").quote in PAGE


def test_a_page_without_facts_changes_nothing() -> None:
    """It says what it looked for."""
    talk = read(composing(role()).says(f"take the facts from {LINK}"), "Welcome to our company. " * 10)
    assert "no facts for candidates" in talk.reply and talk.effects("draft_saved") == []


def test_a_draft_that_came_meanwhile_is_not_replaced_unasked() -> None:
    """The page was asked for when there was none."""
    talk = composing().says(LINK)
    payload = {**talk.effect("task")["payload"], "again": {"urls": [LINK], "instructions": ""}}
    talk.context = replace(talk.context, draft=role(), revision=1)
    talk.happens("fetch_page_done", **payload, text=PAGE, problem="", origin="jobs.example.com", theirs=True)
    assert "There is a draft already" in talk.reply and talk.effects("draft_saved") == []


def test_who_may_not_compose_any_more_drafts_nothing() -> None:
    """Their role changed while the page was read."""
    talk = composing().says(LINK)
    talk.context = replace(talk.context, member=MemberView("u1", "Dana", Role.VIEWER))
    assert read(talk).effects("draft_saved") == []


def test_a_link_inside_a_change_is_not_opened() -> None:
    """It goes where the change goes."""
    talk = composing(role()).says("redirect to https://example.com/thanks")
    assert talk.language.calls == ["plan_edits"] and talk.effects("task") == []


def test_files_are_read_together_and_named() -> None:
    """What was typed beside them is an instruction."""
    files = [
        heard("text", f"m{n}", f"{name}\nSMS first", attachment={"id": str(n), "name": name}, beside="SMS first")
        for n, name in enumerate(("advert.pdf", "notes.docx"))
    ]
    talk = composing().hears(*files)
    assert talk.reply == "I'm reading 2 files."
    payload = talk.effect("task")["payload"]
    assert [file["name"] for file in payload["files"]] == ["advert.pdf", "notes.docx"]
    assert payload["instructions"] == "SMS first"


def test_a_file_beside_a_draft_asks_too() -> None:
    """The same question as for a page."""
    file = heard("text", "m1", "advert.pdf", attachment={"id": "a", "name": "advert.pdf"})
    talk = composing(role()).hears(file)
    assert "a new one from advert.pdf" in talk.reply
    assert talk.presses("elsewhere:draft").effect("task")["name"] == "read_given_files"
