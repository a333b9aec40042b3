"""Whatever a candidate does, in whatever order: what must hold of every turn of an interview."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from botapp.llm import Intent, Understanding
from botapp.screening.interviewer import FollowUps
from tests.unit.graphs.talk import BUSY, LICENCE, NIGHTS, YEARS, Talk, invited, joined, texted

INTENTS = st.sampled_from(list(Intent))
ACTS = st.one_of(
    st.tuples(
        st.just("says"), st.sampled_from(["yes", "no", "3 years", "hm", "a rush, I sorted it", "What is the pay?"])
    ),
    st.tuples(st.just("means"), INTENTS),
    st.tuples(st.just("presses"), st.sampled_from(["q1:yes", "q1:no", "q4:no", "q9:yes", "yes", ""])),
    st.tuples(st.just("event"), st.sampled_from(["joined", "handed_back", "score_interview_done", "decision"])),
    st.tuples(st.just("timer"), st.sampled_from(["reminder", "later", "expire", "unknown"])),
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
            talk.happens(str(value))
        case _:
            talk.happens("timer", timer=value)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
