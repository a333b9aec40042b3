"""Whatever a candidate does, in whatever order: what must hold of every turn of an interview."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from botapp.llm import Intent, Understanding
from botapp.screening.interviewer import ChatStage, FollowUps, FormStage, ResumeStage
from tests.support.sample_form import scenario_stage
from tests.unit.graphs.talk import BUSY, LICENCE, NIGHTS, YEARS, Talk, invited, joined, staged, texted

INTENTS = st.sampled_from(list(Intent))
ACTS = st.one_of(
    st.tuples(
        st.just("says"), st.sampled_from(["yes", "no", "3 years", "hm", "a rush, I sorted it", "What is the pay?"])
    ),
    st.tuples(st.just("means"), INTENTS),
    st.tuples(st.just("presses"), st.sampled_from(["q1:yes", "q1:no", "q4:no", "q9:yes", "yes", ""])),
    st.tuples(
        st.just("event"),
        st.sampled_from(["joined", "taken_over", "person_reply", "handed_back", "decided", "score_interview_done"]),
    ),
    st.tuples(
        st.just("timer"), st.sampled_from(["reminder", "later", "expire", "stalled", "promise_near", "promise_passed"])
    ),
)
QUESTIONS = (NIGHTS, YEARS, LICENCE, BUSY.model_copy(update={"follow_ups": FollowUps(min=1, max=2)}))


def act(talk: Talk, what: str, value: object) -> None:
    match what:
        case "says":
            talk.says(str(value))
        case "means":
            talk.language.understandings.append(Understanding(main=Intent(value)))
            talk.says("something")
        case "presses":
            talk.presses(str(value))
        case "event":
            talk.happens(str(value), by="Dana", text="Hello from Dana.", decision="shortlist")
        case _:
            talk.happens("timer", timer=value)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACTS, max_size=14))
def test_what_holds_of_every_turn(acts: list[tuple[str, object]]) -> None:
    """At most one reply a turn, never the same twice in it, an open question always returns, memory stays small."""
    talk = joined(*QUESTIONS)
    for what, value in acts:
        was, ended = talk.memory["status"], talk.memory["outcome"]
        act(talk, what, value)
        now = talk.memory["status"]
        assert len(talk.replies) <= 1
        assert all(text.strip() for text in talk.replies)
        if was == now == "in_progress" and what == "says":
            assert talk.replies, "somebody who speaks is answered"
            assert talk.memory["prompt"] in talk.reply
        if was in ("completed", "expired") and not (ended == "knocked_out" and talk.effects("answer_saved")):
            assert not talk.effects("interview_status"), "an end is an end"
        if now == "completed" and was != now:
            assert [t["name"] for t in talk.effects("task")] == ["score_interview"]
        assert len(json.dumps(talk.memory)) < 12_000


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.booleans(), st.lists(ACTS, max_size=12))
def test_what_holds_of_every_turn_by_text(named: bool, acts: list[tuple[str, object]]) -> None:
    """One message a turn, an invitation counts only once it is answered, who left hears no question."""
    talk = invited(*QUESTIONS) if named else texted(*QUESTIONS, name="").happens("joined")
    for what, value in acts:
        was = talk.memory["status"]
        act(talk, what, value)
        now = talk.memory["status"]
        assert all(text.strip() for text in talk.replies)
        assert len(talk.replies) <= (2 if value == "joined" and was == "invited" else 1)
        if was == now == "invited":
            assert not talk.effects("answer_saved") and not talk.effects("interview_status")
        if was == "invited" and what == "says":
            assert talk.replies, "somebody who answers an invitation is answered"
        if now == "ended":
            assert talk.memory["prompt"] not in talk.replies or not talk.memory["prompt"]
        assert bool(talk.effects("opted_out")) <= (talk.memory["outcome"] == "stopped")
        assert bool(talk.effects("changed_hands")) <= (talk.memory["outcome"] == "wrong_person")


STAGE_ACTS = st.one_of(
    ACTS,
    st.tuples(st.just("says"), st.sampled_from(["done", "start", "skip", "I put the soup back and say sorry."])),
    st.tuples(st.just("timer"), st.sampled_from(["score", "task"])),
    st.tuples(
        st.just("stage"),
        st.fixed_dictionaries(
            {
                "event": st.sampled_from(["form_submitted", "resume_received", "read_resume_done"]),
                "stage_id": st.sampled_from(["s1", "s2", "s3", "s4", "s9", ""]),
                "answers": st.sampled_from(
                    [{}, {"q2": {"reading": {"status": "clear", "value": 3.0}, "text": "3 years"}}, {"q2": 7}]
                ),
                "attachment_id": st.sampled_from(["a1", "a2", ""]),
                "problem": st.sampled_from(["", "empty", "other"]),
            }
        ),
    ),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([None, 50]), st.lists(STAGE_ACTS, max_size=14))
def test_what_holds_of_every_turn_with_stages(bar: int | None, acts: list[tuple[str, object]]) -> None:
    """One reply a turn; who speaks is answered; what is done stays done; an end is an end."""
    form, resume = FormStage(id="s2", questions=(YEARS, LICENCE)), ResumeStage(id="s4")
    talk = staged(ChatStage(id="s1", questions=(NIGHTS, BUSY)), form, scenario_stage(), resume, pass_bar=bar)
    for what, value in acts:
        was, done = talk.memory["status"], stages_done(talk)
        if what == "stage":
            talk.happens(**value)  # type: ignore[arg-type]
        else:
            act(talk, what, value)
        now = talk.memory["status"]
        assert len(talk.replies) <= 1
        assert all(text.strip() and "{" not in text for text in talk.replies)
        if was == now == "in_progress" and what == "says":
            assert talk.replies, "somebody who speaks is answered"
        if was in ("completed", "expired") and now == was:
            assert not talk.effects("interview_status"), "an end is an end"
        assert done <= stages_done(talk), "what is done stays done"
        assert not talk.memory["held"] or bar, "a score is waited for only where there is a minimum"
        assert len(json.dumps(talk.memory)) < 16_000


def stages_done(talk: Talk) -> set[str]:
    return {id for id, stage in talk.memory["stages"].items() if stage["done"]}
