"""The front desk of an address: asks, hands on, explains once; never guesses."""

import pytest

from botapp.graphs.context import CodeTarget, OpenThread
from botapp.graphs.frontdesk.routes import what_is_known
from botapp.policy.opt_out import stopped_text
from tests.unit.graphs.talk import desk

PICKER = OpenThread("conv-1", "Night picker", "compose")
DRIVER = OpenThread("conv-2", "Van driver", "compose")


def test_a_brief_of_a_member_opens_a_new_interviewer() -> None:
    """The brief itself is handed over."""
    talk = desk("member").says("We are hiring a night picker for Leeds")
    assert talk.effect("readdressed") == {"kind": "readdressed", "conversation_id": "new", "message_ids": ["m1"]}
    assert talk.replies == []


def test_small_talk_of_a_member_is_told_what_to_do() -> None:
    """No interviewer is opened for a hello."""
    talk = desk("member").says("hi")
    assert "Paste a job description" in talk.reply
    assert talk.turn.effects == []


def test_several_threads_are_listed_and_asked() -> None:
    """Numbered, by title, or new; what was said is held."""
    talk = desk("member", PICKER, DRIVER).says("make the licence a knockout")
    assert "1. Night picker" in talk.reply and "2. Van driver" in talk.reply and "new" in talk.reply
    assert talk.turn.effects == []
    talk.says("2")
    assert talk.effect("readdressed") == {"kind": "readdressed", "conversation_id": "conv-2", "message_ids": ["m1"]}
    assert talk.memory["held"] == []


def test_a_title_or_a_button_picks_too() -> None:
    """Part of a title that fits one thread, or the thread's button."""
    talk = desk("member", PICKER, DRIVER).says("double the weight on nights").says("the driver one").says("driver")
    assert talk.effect("readdressed")["conversation_id"] == "conv-2"
    pressed = desk("member", PICKER, DRIVER).says("publish it").presses("conv-1")
    assert pressed.effect("readdressed") == {
        "kind": "readdressed",
        "conversation_id": "conv-1",
        "message_ids": ["m1"],
    }


def test_new_opens_another_interviewer_with_what_was_held() -> None:
    """A member may start over."""
    talk = desk("member", PICKER).says("We need a cleaner").says("new")
    assert talk.effect("readdressed") == {"kind": "readdressed", "conversation_id": "new", "message_ids": ["m1"]}


def test_a_pick_that_fits_none_is_asked_again_and_nothing_is_lost() -> None:
    """The number of a thread that is not there."""
    talk = desk("member", PICKER, DRIVER).says("publish it").says("7")
    assert talk.reply.startswith("I couldn't tell which one.")
    assert talk.says("1").effect("readdressed")["message_ids"] == ["m1"]


def test_a_title_alone_is_a_pick_and_is_confirmed() -> None:
    """Nothing to hand over: a line says that it was understood."""
    talk = desk("candidate", PICKER, DRIVER).says("Van driver")
    assert talk.reply == "This is about Van driver now. Go ahead."
    assert talk.effect("readdressed")["message_ids"] == []


def test_a_candidate_is_never_offered_a_new_one() -> None:
    """Candidates pick among their interviews."""
    talk = desk("candidate", PICKER, DRIVER).says("yes I have a licence")
    assert "new" not in talk.reply
    assert talk.says("new").turn.effects == []


def test_an_unknown_candidate_gets_one_helpful_reply() -> None:
    """Once; then silence."""
    talk = desk("candidate").says("hello?")
    assert "Harbour Foods" in talk.reply and "link" in talk.reply
    assert talk.says("anyone?").replies == []


def test_events_are_not_the_desks_business() -> None:
    """Nothing is said about them."""
    assert desk("member").happens("joined").replies == []


def test_what_is_held_is_bounded() -> None:
    """The latest messages are kept."""
    talk = desk("member", PICKER, DRIVER)
    for number in range(60):
        talk.says(f"a message that is longer than forty characters, number {number}")
    assert len(talk.memory["held"]) == 50


def test_routing_alone() -> None:
    """A choice, several, none."""
    assert what_is_known({"choice": "new", "open_threads": 0}) == "hand_on"
    assert what_is_known({"choice": "", "open_threads": 2}) == "ask_which"
    assert what_is_known({"choice": "", "open_threads": 0}) == "explain"


NIGHTS = {"NIGHTS": CodeTarget("iv-1", "Night picker"), "DAYS": CodeTarget("iv-2", "Day picker", "This job is closed.")}


@pytest.mark.parametrize(
    "words", ["JOIN NIGHTS", "nights", "join nights pls", "Hi, join 'Nights'!", "code NIGHTS please"]
)
def test_a_code_starts_an_interview(words: str) -> None:
    """However it is written; the interview itself greets, and the code is no answer to its first question."""
    talk = desk("candidate", codes=NIGHTS, channel="tel").says(words)
    assert talk.effect("joined") == {"kind": "joined", "interviewer_id": "iv-1", "message_ids": []}
    assert talk.replies == []


def test_what_waited_goes_to_the_new_interview() -> None:
    """Not lost, and not the code."""
    talk = desk("candidate", PICKER, DRIVER, codes=NIGHTS, channel="tel").says("I'd like to work at night")
    assert talk.says("join nights").effect("joined")["message_ids"] == ["m1"]


def test_a_code_that_takes_nobody_says_why() -> None:
    """Closed or full."""
    talk = desk("candidate", codes=NIGHTS, channel="tel").says("JOIN DAYS")
    assert talk.reply == "This job is closed."
    assert talk.turn.effects == []


def test_an_unknown_code_is_told_so_and_not_for_ever() -> None:
    """A mistyped code can be sent again; machines that answer machines come to an end."""
    talk = desk("candidate", codes=NIGHTS, channel="tel")
    for _ in range(3):
        assert talk.says("join nihgts").reply.startswith("I don't know the code NIHGTS.")
    assert talk.says("join nihgts").replies == []
    assert talk.says("join nights").effects("joined")


@pytest.mark.parametrize("words", ["I work nights", "nights are fine for me", "what are NIGHTS?", "join"])
def test_a_sentence_with_the_word_is_no_code(words: str) -> None:
    """Only the whole message counts."""
    assert desk("candidate", codes=NIGHTS, channel="tel").says(words).effects("joined") == []


def test_no_code_means_anything_to_members() -> None:
    """Codes are for candidates."""
    assert desk("member", codes=NIGHTS).says("nights").effects("joined") == []


def test_a_stop_in_free_words_is_obeyed_at_the_desk() -> None:
    """Also with several interviews open; one confirmation, none for a bare word that was obeyed by rule."""
    talk = desk("candidate", PICKER, DRIVER, channel="tel").says("leave me alone")
    assert talk.effects("opted_out") and talk.reply == stopped_text("Harbour Foods")
    assert desk("candidate", PICKER, DRIVER, channel="tel").says("STOP").replies == []
    assert desk("candidate", channel="tel").says("leave me alone, no reply").replies == []
    assert desk("candidate", PICKER, DRIVER).says("leave me alone").effects("opted_out") == []


def test_a_wrong_person_is_let_go() -> None:
    """One apology."""
    talk = desk("candidate", PICKER, DRIVER, channel="tel").says("you have the wrong number")
    assert talk.effects("changed_hands") and "mix-up" in talk.reply
