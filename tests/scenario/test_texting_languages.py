"""By text in another language: the opening, the interview and the words obeyed by rule are answered in it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from botapp.state.unit_of_work import Database
from tests.scenario.test_texting import MARIA, opens, says
from tests.support.stack import MovableClock
from tests.support.texting import Texting, texting


@pytest.fixture
def line(database: Database, redis_url: str, tmp_path: Path) -> Iterator[Texting]:
    clock = MovableClock(datetime(2026, 5, 4, 18, 0, tzinfo=UTC))
    with texting(database, redis_url, clock, tmp_path / "data") as made:
        yield made


def test_a_spanish_interview_is_opened_stopped_and_taken_up_in_spanish(line: Texting) -> None:
    """In words the provider leaves to us; what is answered to them is in their language."""
    opens(line, "NOCHES", language="es")
    begun = " ".join(says(line, MARIA, "JOIN NOCHES"))
    assert "un asistente automatico de Harbour Foods" in begun and "STOP termina" in begun
    assert "SMS sobre su solicitud de empleo" in says(line, MARIA, "AYUDA")[-1]
    assert "no recibira mas SMS nuestros" in says(line, MARIA, "BAJA")[-1]
    assert "vuelve a recibir SMS" in says(line, MARIA, "INICIAR")[0]


def test_a_spanish_word_is_confirmed_in_spanish_in_an_english_interview(line: Texting) -> None:
    """The word tells the language."""
    opens(line, "NIGHTS")
    assert "an automated assistant" in " ".join(says(line, MARIA, "JOIN NIGHTS"))
    assert "no recibira mas SMS nuestros" in says(line, MARIA, "ALTO")[-1]
