"""Words obeyed by rule, what is no such word, and the one segment that answers them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.policy.opt_out import (
    HELP_WORDS,
    START_WORDS,
    STOP_WORDS,
    help_text,
    keyword_of,
    language_of_keyword,
    started_text,
    stopped_text,
    wants_no_answer,
)
from botapp.screening.segments import count_segments

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data beside the checkout")
DRESSES = [
    "{}",
    " {} ",
    "{}.",
    "{}!!",
    "“{}”",
    "\n{}\n",
    "«{}»",
    "{} \U0001f6d1",
    "\U0001f621{}\U0001f621",
    "*{}*",
    "({})",
]


def rows(name: str) -> Iterator[dict[str, Any]]:
    return map(json.loads, (DATA / name).read_text().splitlines())


@pytest.mark.parametrize(
    "dress", [*DRESSES, "please {}", "{} pls", "{} now", "{}, thank you", "{}\n\nSent from my phone"]
)
def test_stop_words_in_any_dress(dress: str) -> None:
    """Letters of any case, quotes, dots, emoji, politeness and a signature around it."""
    for word in STOP_WORDS:
        assert keyword_of(dress.format(word)) == "stop", word
        assert keyword_of(dress.format(word.upper())) == "stop", word


@pytest.mark.parametrize(
    "text",
    [
        *(
            "STOP",
            "stopall",
            "UNSUBSCRIBE",
            "Cancel",
            "end",
            "QUIT",
            "revoke",
            "OptOut",
            "opt-out",
            "STOP ALL",
            "Stop-all",
        ),
        *(
            "ALTO",
            "¡Alto!",
            "baja",
            "Parar",
            "CANCELAR",
            "darme de baja",
            "ARRET",
            "Arrêt",
            "arre\u0302t",
            "désabonner",
        ),
        *(
            "STOPP",
            "abmelden",
            "DESABONNER",
            "Desinscription",
            "No. Stop",
            "ok stop",
            "no no stop",
            "just stop",
            "hey stop",
        ),
        *(
            "stop stop stop",
            "STOP!!!! STOP!!!!",
            "stooooop",
            "STOPPPPP",
            "s t o p",
            "S.T.O.P.",
            "S-T-O-P",
            "unsubscribeee",
        ),
        *("sotp", "stpo", "unsuscribe", "unsubcribe", "unscribe", "cancle", "ST0P", "\uff33\uff34\uff2f\uff30"),
        *(
            "\U0001f6d1",
            "\U0001f6d1\U0001f6d1",
            "\U0001d412\U0001d413\U0001d40e\U0001d40f",
            "st\u200bop",
            "S\u0336T\u0336OP",
        ),
        *("Reply STOP to opt out", "STOP to end", "TD", "退订", "стоп", "Please stop texting me", "do not text me"),
        *("STOP and don't text back", "stop. no reply needed", "STOP, do not respond", "Don’t reply. STOP", "stop2end"),
    ],
)
def test_how_people_write_it(text: str) -> None:
    """In doubt, stop."""
    assert keyword_of(text) == "stop"


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ".", "?!", "\U0001f44d", "I can stop by tomorrow", "stop by the store", "Stop by at 3?", "bus stop"),
        *(
            "I had to stop working",
            "we had to stop the line",
            "non-stop",
            "nonstop",
            "one stop shop",
            "stopped",
            "stop sign",
        ),
        *(
            "the end of March",
            "end of month",
            "end of the month",
            "weekend",
            "weekends",
            "the end",
            "no end",
            "end user",
        ),
        *(
            "cancelled",
            "cancellations",
            "ok cancel that shift",
            "I quit my last job in May",
            "quit my last job",
            "I quit",
        ),
        *(
            "I'm no quitter",
            "estoy de baja",
            "de baja",
            "no más de 20 horas",
            "arrêt de bus",
            "Ende des Monats",
            "para mí",
        ),
        *("parada", "alto rendimiento", "cancelar pedidos", "remove pallets", "I remove waste", "opt for nights", "td"),
        *(
            "subscribe to what",
            "start date is Monday",
            "I can start Monday",
            "help desk",
            "helping people",
            "info desk",
        ),
        *(
            "help me",
            "I need help, it won't let me upload",
            "don't reply",
            "no reply needed",
            "stop " * 40,
            "no",
            "nope",
        ),
        *("wrong number", "not interested", "revoked license", "endd of", "stop 5", "5 stops", "step", "shop", "top"),
    ],
)
def test_a_sentence_is_no_keyword(text: str) -> None:
    """The graph reads it."""
    assert keyword_of(text) is None


@pytest.mark.parametrize("dress", DRESSES)
def test_start_words(dress: str) -> None:
    """They undo it."""
    for word in START_WORDS:
        assert keyword_of(dress.format(word.title())) == "start", word


@pytest.mark.parametrize(
    "word", ["yes", "YES", "Yes.", "y", "yep", "yeah", "sí", "si", "oui", "ja", "ok", "sure", "yes please"]
)
def test_yes_never_subscribes_again(word: str) -> None:
    """It answers a question."""
    assert keyword_of(word) is None


@pytest.mark.parametrize("dress", [*DRESSES, "{} please"])
def test_help_words(dress: str) -> None:
    """Answered by rule; no opt-out."""
    for word in HELP_WORDS:
        assert keyword_of(dress.format(word.upper())) == "help", word


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever the letters."""
    assert keyword_of(text) in (None, "stop", "start", "help")
    assert wants_no_answer(text) in (True, False)


@given(
    word=st.sampled_from(
        ["stop", "unsubscribe", "quit", "end", "revoke", "cancel", "opt out", "alto", "arrêt", "stopp"]
    ),
    around=st.text(st.sampled_from(" .,!?*\"'“”‘’()-_\U0001f6d1\U0001f621\u200b\ufe0f\n"), max_size=8),
    upper=st.lists(st.booleans(), min_size=11, max_size=11),
)
def test_case_and_marks_never_hide_a_stop(word: str, around: str, upper: list[bool]) -> None:
    """Any mix of letters, anything that is no letter around it."""
    mixed = "".join(c.upper() if up else c for c, up in zip(word, upper, strict=False))
    assert keyword_of(f"{around}{mixed}{around[::-1]}") == "stop"


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("STOP and don't text back", True),
        ("stop, don’t reply", True),
        ("Do not respond. STOP", True),
        ("STOP no confirmation please", True),
        ("no me respondan, ALTO", True),
        ("STOP, keine Antwort", True),
        ("STOP", False),
        ("stop, don't text me again", False),  # the confirmation is no message of that kind
        ("I don't text much", False),
        ("you don't write back", True),
    ],
)
def test_whether_they_want_even_the_confirmation(text: str, silent: bool) -> None:
    """Read beside an opt-out only."""
    assert wants_no_answer(text) is silent


# ---- on data that is not ours ----------------------------------------------------------------------------


@needs_data
def test_every_listed_keyword_is_obeyed_but_yes() -> None:
    """The lists of providers and of the rule."""
    means = {"opt_out": "stop", "opt_in": "start", "help": "help"}
    lists = json.loads((DATA / "chat" / "optout_keywords.json").read_text())["lists"]
    known = [(word, means[told["type"]]) for told in lists for word in told.get("keywords", [])]
    assert len(known) > 30
    assert {word for word, meant in known if keyword_of(word) != meant} <= {"YES"}


@needs_data
def test_gold_keywords_and_variants_are_all_read() -> None:
    """Recall 1.0 where the whole message is the word; nothing else is ever read as one."""
    seen = 0
    for row in rows("gold/intents.jsonl"):
        found = keyword_of(row["message"])
        if row.get("optout_class") in ("keyword", "variant"):
            seen += 1
            assert found == "stop", row["message"]
        intents = {row["expect"], *row.get("also", []), *row.get("also_ok", [])}
        assert found is None or found in intents, row["message"]
    assert seen >= 15


@needs_data
def test_no_answer_of_a_candidate_is_read_as_a_stop() -> None:
    """Typed replies, long answers, and real short texts with such words in them."""
    said = [row["reply"] for row in rows("gold/typed_replies.jsonl")]
    said += [row["answer"] for row in rows("gold/open_answers.jsonl")]
    said += [row["text"] for row in rows("chat/short_texts.jsonl")]
    said += [
        message["text"] for row in rows("gold/bursts.jsonl") if row["intent"] != "stop" for message in row["messages"]
    ]
    assert len(said) > 400
    assert [text for text in said if keyword_of(text) == "stop"] == []


# ---- what answers them -----------------------------------------------------------------------------------

EMPLOYERS = [
    "Acme",
    "Zoë’s Café",
    "Łódź Works",
    "株式会社",
    "A" * 200,
    "{Braces} [and] ~tildes~ " * 8,
    "",
    "Ünïcøde & Söhne",
]


@pytest.mark.parametrize("employer", EMPLOYERS)
@pytest.mark.parametrize("contact", ["", "jobs@example.com", "+1 202 555 0100", "x" * 300, "请打电话", "{}" * 40])
def test_each_answer_is_one_segment_in_plain_letters(employer: str, contact: str) -> None:
    """Whatever the name and the contact."""
    for text in (help_text(employer, contact), stopped_text(employer), started_text(employer)):
        counted = count_segments(text)
        assert (counted.encoding, counted.count) == ("GSM-7", 1), text


@given(employer=st.text(max_size=80), contact=st.text(max_size=80))
def test_no_name_makes_an_answer_longer(employer: str, contact: str) -> None:
    """The same for any letters."""
    for text in (help_text(employer, contact), stopped_text(employer), started_text(employer)):
        assert (count_segments(text).encoding, count_segments(text).count) == ("GSM-7", 1)


def test_help_says_who_what_the_rates_how_to_stop_and_whom_to_ask() -> None:
    """In one segment."""
    said = help_text("Baxter Foods", "jobs@example.com")
    assert said.startswith("Baxter Foods: ")
    for word in ("job application", "Msg & data rates may apply", "STOP", "jobs@example.com"):
        assert word in said
    assert "PERSON" in help_text("Baxter Foods", "")
    assert "x" * 20 not in help_text("Baxter Foods", "x" * 300)  # half an address helps nobody


def test_the_confirmation_names_the_employer_and_the_way_back() -> None:
    """And asks for nothing."""
    assert stopped_text("Baxter Foods").startswith("Baxter Foods: You won't get more texts")
    assert "START" in stopped_text("Baxter Foods")
    assert "STOP" in started_text("Baxter Foods")
    assert "HELP" in started_text("Baxter Foods")
    assert "..." in stopped_text("A" * 200)


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("STOP", ""),
        ("unsubscribe", ""),
        ("ALTO", "es"),
        ("darme de baja", "es"),
        ("ayuda", "es"),
        ("Arrêt", "fr"),
        ("désabonner", "fr"),
        ("aide", "fr"),
        ("Stopp", "de"),
        ("keine SMS mehr", "de"),
        ("Hilfe", "de"),
        ("stop bitte", "de"),
        ("parar por favor", "es"),
    ],
)
def test_a_word_tells_its_language(word: str, language: str) -> None:
    """Unless several languages share it."""
    assert keyword_of(word) is not None
    assert language_of_keyword(word) == language


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "pt"])
@pytest.mark.parametrize("employer", ["Harbour Foods", "Boulangerie Dupré & Fils, Genève", "X" * 120, ""])
def test_what_is_answered_is_one_plain_segment_in_every_language(employer: str, language: str) -> None:
    """With the employer's name, cut where it must be."""
    texts = [
        help_text(employer, "jobs@harbour.example", language),
        stopped_text(employer, language),
        started_text(employer, language),
    ]
    for text in texts:
        counted = count_segments(text)
        assert (counted.encoding, counted.count) == ("GSM-7", 1), text
    assert "STOP" in texts[0] and "START" in texts[1] and "STOP" in texts[2]
    assert len(set(texts)) == 3
