"""What follows a failure, when a lane stops, and what a first message must say."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.messages import Failure, FailureKind
from botapp.policy.breaker import outcomes_after, trips
from botapp.policy.failures import GiveUp, TryAgain, after_failure
from botapp.policy.first_message import missing_in_first_message

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SENTENCE = "The phone is off."


@pytest.mark.parametrize(
    ("kind", "tries", "wait"),
    [
        (FailureKind.UNREACHABLE, 0, timedelta(minutes=15)),
        (FailureKind.UNREACHABLE, 1, timedelta(hours=4)),
        (FailureKind.TEMPORARY, 0, timedelta(minutes=1)),
        (FailureKind.TEMPORARY, 1, timedelta(minutes=5)),
        (FailureKind.TEMPORARY, 2, timedelta(minutes=30)),
    ],
)
def test_what_may_pass_is_tried_again_later(kind: FailureKind, tries: int, wait: timedelta) -> None:
    """A phone that is off, a provider in trouble."""
    assert after_failure(Failure(kind, SENTENCE), tries, NOW) == TryAgain(NOW + wait)


@pytest.mark.parametrize(
    ("kind", "tries", "end"),
    [
        (FailureKind.UNREACHABLE, 2, GiveUp(unusable=SENTENCE, tell=True)),
        (FailureKind.UNREACHABLE, 7, GiveUp(unusable=SENTENCE, tell=True)),
        (FailureKind.TEMPORARY, 3, GiveUp(tell=True)),
        (FailureKind.UNUSABLE, 0, GiveUp(unusable=SENTENCE, tell=True)),
        (FailureKind.OPTED_OUT, 0, GiveUp(opted_out=True)),
        (FailureKind.CONTENT, 0, GiveUp(tell=True)),
        (FailureKind.CONFIGURATION, 0, GiveUp(tell=True)),
        (FailureKind.OTHER, 0, GiveUp(tell=True)),
    ],
)
def test_what_will_not_pass_ends_there(kind: FailureKind, tries: int, end: GiveUp) -> None:
    """With what is to be done about it."""
    assert after_failure(Failure(kind, SENTENCE), tries, NOW) == end


@pytest.mark.parametrize("kind", [FailureKind.UNREACHABLE, FailureKind.UNUSABLE])
def test_a_number_of_no_use_always_has_a_sentence(kind: FailureKind) -> None:
    """The provider's, or ours."""
    end = after_failure(Failure(kind, ""), 9, NOW)
    assert isinstance(end, GiveUp)
    assert end.unusable.endswith(".")


@given(st.lists(st.sampled_from(["ok", *(kind.value for kind in FailureKind)]), max_size=60))
def test_a_lane_stops_at_five_of_the_latest_twenty(outcomes: list[str]) -> None:
    """Only what is our fault counts: content and configuration."""
    latest: list[str] = []
    for outcome in outcomes:
        latest = outcomes_after(latest, outcome)
    assert latest == outcomes[-20:]
    assert trips(latest) == (sum(o in ("content", "configuration") for o in outcomes[-20:]) >= 5)


def test_people_out_of_reach_stop_no_lane() -> None:
    """However many."""
    assert not trips(["unreachable", "unusable", "opted_out", "temporary", "other"] * 4)
    assert trips(["ok"] * 15 + ["content"] * 3 + ["configuration"] * 2)
    assert not trips(["content"] * 4 + ["ok"] * 16)


GOOD = (
    "Hello Sam, I'm Ada, an automated assistant for Baxter Foods. This is about the job Line Cook. 5 questions, about "
    "4 min. A person reviews. Reply YES to start. STOP ends, HELP helps."
)


@pytest.mark.parametrize(
    "employer",
    ["Baxter Foods", "baxter foods", "Baxter Foods, Inc.", "Baxter Foods LLC", "Baxter  Foods"],
)
def test_a_first_message_that_says_everything(employer: str) -> None:
    """Without its legal form a name is the same name."""
    assert missing_in_first_message(GOOD, employer) == ()


@pytest.mark.parametrize(
    ("without", "missing"),
    [
        ("Baxter Foods", "employer"),
        ("the job ", "why"),
        ("an automated assistant", "automated"),
        ("STOP ends, ", "STOP"),
        ("HELP helps.", "HELP"),
    ],
)
def test_each_thing_that_is_left_out_is_named(without: str, missing: str) -> None:
    """One by one."""
    lacking = missing_in_first_message(GOOD.replace(without, ""), "Baxter Foods")
    assert len(lacking) == 1
    assert missing in lacking[0]


def test_another_employer_is_not_this_one() -> None:
    """Nor is a word that only begins like it."""
    assert missing_in_first_message(GOOD, "Acme")
    assert missing_in_first_message(GOOD.replace("Baxter Foods", "Baxter Foodstuffs"), "Baxter Foods")
    assert missing_in_first_message(GOOD, "")


def test_a_long_name_may_be_cut_with_dots() -> None:
    """As it is in a message of two segments."""
    cut = GOOD.replace("Baxter Foods", "Baxter Foods and Beverages of No...")
    assert missing_in_first_message(cut, "Baxter Foods and Beverages of North Carolina") == ()
    assert missing_in_first_message(cut, "Baxter Foods and Beverages of South Carolina")


def test_first_messages_in_other_languages() -> None:
    """Their own words for the same things."""
    spanish = "Hola, soy Ada, asistente automatizado de Acme, sobre el puesto de cocinero. STOP para terminar, AYUDA."
    french = "Bonjour, je suis Ada, assistante automatique d'Acme, pour le poste de cuisinier. STOP pour arrêter, AIDE."
    german = "Hallo, hier ist Ada, automatischer Assistent von Acme, zu Ihrer Bewerbung. STOPP beendet, HILFE hilft."
    assert [missing_in_first_message(text, "Acme") for text in (spanish, french, german)] == [(), (), ()]
