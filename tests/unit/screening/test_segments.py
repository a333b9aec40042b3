"""Segments as carriers count them, and texts cut to fit without harm to words, links and letters."""

import re
import unicodedata

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from botapp.screening.segments import BASIC, EXTENSION, Segments, as_sms, count_segments, fit_for_sms, is_gsm7

FLAG, FAMILY, THUMB = "\U0001f1e9\U0001f1ea", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd"
SENTENCE = "We would like to know how you keep your station clean during a rush. "


def test_the_gsm_alphabet_is_whole() -> None:
    """127 characters beside the escape, and ten that need it."""
    assert len(BASIC) == 127
    assert len(EXTENSION) == 10
    assert not BASIC & EXTENSION
    assert set("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n\r") <= BASIC
    assert set("^{}\\[~]|€\f") == EXTENSION
    assert not BASIC & set("çáíóúâêîôûëï`’“”–—…\tŁ\x1b")


@pytest.mark.parametrize(
    ("text", "encoding", "units", "count"),
    [
        ("", "GSM-7", 0, 0),
        ("a", "GSM-7", 1, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("a" * 459, "GSM-7", 459, 3),
        ("a" * 1600, "GSM-7", 1600, 11),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("a" * 159 + "{", "GSM-7", 161, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),  # the euro sign is not cut: one septet stays empty
        ("a" * 151 + "€" + "a" * 153, "GSM-7", 306, 2),
        ("€" * 153, "GSM-7", 306, 3),  # 76 in each
        ("é" * 160, "GSM-7", 160, 1),
        ("ç", "UCS-2", 1, 1),
        ("’" + "a" * 69, "UCS-2", 70, 1),
        ("’" + "a" * 70, "UCS-2", 71, 2),
        ("’" + "a" * 133, "UCS-2", 134, 2),
        ("’" + "a" * 134, "UCS-2", 135, 3),
        ("\U0001f600" * 35, "UCS-2", 70, 1),
        ("\U0001f600" * 36, "UCS-2", 72, 2),
        ("\U0001f600" * 67, "UCS-2", 134, 3),  # 33 in each: a pair is not cut
        ("a" * 66 + "\U0001f600" + "a" * 66, "UCS-2", 134, 3),
        ("a" * 65 + "\U0001f600" + "a" * 67, "UCS-2", 134, 2),
        ("\ud800", "UCS-2", 1, 1),
    ],
)
def test_segments_to_the_unit(text: str, encoding: str, units: int, count: int) -> None:
    """160 and 153, 70 and 67; extension characters take two and are never cut."""
    assert count_segments(text) == Segments(encoding, units, count)  # type: ignore[arg-type]


@given(st.text(st.sampled_from(sorted(BASIC | EXTENSION)), max_size=700))
def test_gsm_is_counted_as_a_carrier_packs_it(text: str) -> None:
    """Character after character into segments, each whole."""
    counted = count_segments(text)
    sizes = [1 + (c in EXTENSION) for c in text]
    assert (counted.encoding, counted.units) == ("GSM-7", sum(sizes))
    full: list[int] = []
    for size in sizes:
        if not full or full[-1] + size > 153:
            full.append(0)
        full[-1] += size
    assert counted.count == (len(full) if sum(sizes) > 160 else bool(text))


@given(st.text(max_size=300))
def test_ucs2_is_counted_in_utf16(text: str) -> None:
    """Whatever is outside the alphabet."""
    counted = count_segments(text)
    if counted.encoding == "UCS-2":
        assert counted.units == len(text.encode("utf-16-le")) // 2
        assert not is_gsm7(text)


# ---- letters ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("“Hi” – it’s fine…", '"Hi" - it\'s fine...'),
        ("9 – 5 — daily", "9 - 5 - daily"),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("line\r\nline\rline\u2028line", "line\nline\nline\nline"),
        ("naïve façade résumé", "naive facade résumé"),
        ("Łódź, smørrebrød, cœur", "Lodz, smørrebrød, coeur"),
        ("e\u0301", "é"),
        ("好 \U0001f44d", "好 \U0001f44d"),
        ("• one • two", "- one - two"),
    ],
)
def test_plain_marks_and_letters(typed: str, sent: str) -> None:
    """What the alphabet has stays; what has no plain form stays too."""
    assert as_sms(typed) == sent


def test_names_keep_their_letters() -> None:
    """In any case, as whole words only."""
    sent = as_sms("Hi Zoë O’Brien – naïve zoë, Zoëlle", names=("Zoë O’Brien", "Zoë", ""))
    assert sent == "Hi Zoë O’Brien - naive zoë, Zoelle"


def test_links_keep_their_letters() -> None:
    """A folded link leads nowhere."""
    assert as_sms("“https://example.com/naïve–x”.") == '"https://example.com/naïve–x".'


def test_a_language_that_needs_its_accents_keeps_them() -> None:
    """Polish does, Spanish reads without."""
    assert as_sms("Czy możesz zacząć – jutro?", language="pl") == "Czy możesz zacząć - jutro?"
    assert is_gsm7(as_sms("¿Podrías empezar el próximo miércoles? Día y noche, ¡sí!", language="es-MX"))
    assert as_sms("über Äpfel, größer", language="de") == "über Äpfel, größer"


@given(st.text(max_size=200))
def test_plain_letters_are_plain_for_good(text: str) -> None:
    """Doing it twice changes nothing, and no letter of the alphabet is touched."""
    once = as_sms(text)
    assert as_sms(once) == once
    if text.isascii() and not set(text) & set("\t\r\x0b"):
        assert once == text


# ---- parts -----------------------------------------------------------------------------------------------


def bare(text: str) -> str:
    """Without white space, which is all a cut may lose."""
    return re.sub(r"\s", "", text)


def test_a_short_text_is_one_message() -> None:
    """As it is, without space around it."""
    assert fit_for_sms("  Hello. How are you? ") == ["Hello. How are you?"]
    assert fit_for_sms("") == []
    assert fit_for_sms(" \n\u200b ") == []
    assert fit_for_sms("a" * 306) == ["a" * 306]


def test_it_is_cut_at_sentence_ends() -> None:
    """As late as fits."""
    parts = fit_for_sms(SENTENCE * 9)
    assert len(parts) == 3
    assert all(part.endswith("rush.") for part in parts)
    assert [len(part) for part in parts] == [len(SENTENCE) * 4 - 1, len(SENTENCE) * 4 - 1, len(SENTENCE) - 1]


def test_a_number_or_title_ends_no_sentence() -> None:
    """ "1." and "Dr." belong to what follows."""
    text = "x" * 150 + " " + "y" * 140 + ". Please ask Dr. Anderson about it today"
    assert fit_for_sms(text)[0].endswith("y.")
    text = "Please " + "word " * 55 + "read 1. the contract and more of it, at length, if you can."
    assert not fit_for_sms(text)[0].endswith("1.")


def test_a_long_sentence_is_cut_between_words() -> None:
    """No word is harmed."""
    parts = fit_for_sms("supercalifragilistic " * 40)
    assert len(parts) > 2
    assert {word for part in parts for word in part.split()} == {"supercalifragilistic"}


def test_a_link_is_never_cut() -> None:
    """It moves to the next message whole; one longer than a message stands alone."""
    link = "https://interviews.example.com/c/" + "a1B2" * 20
    for before in range(150, 310, 7):
        parts = fit_for_sms("x" * before + " " + link + ". Thanks.")
        assert sum(link in part for part in parts) == 1
    endless = "https://example.com/" + "a" * 400
    parts = fit_for_sms(f"Look here: {endless} and tell me.")
    assert parts == ["Look here:", endless, "and tell me."]


@pytest.mark.parametrize("piece", [FLAG, FAMILY, THUMB, "e\u0301\u0323", "\u0937\u094d\u0923\u093f", "\U0001f600"])
def test_no_letter_of_several_code_points_is_cut(piece: str) -> None:
    """Families, flags, skin tones, letters under marks."""
    text = piece * 200
    whole = unicodedata.normalize("NFC", piece)
    for most in (1, 2, 3):
        for part in fit_for_sms(text, most=most, language="hi"):
            assert part == whole * (len(part) // len(whole))


def test_other_languages_may_take_three_segments_when_letters_are_wide() -> None:
    """English never more than two."""
    wide = "好" * 201
    assert [len(part) for part in fit_for_sms(wide, language="zh")] == [201]
    assert [len(part) for part in fit_for_sms(wide)] == [134, 67]
    assert [len(part) for part in fit_for_sms("a" * 600, language="es")] == [306, 294]


def test_a_letter_under_a_thousand_marks_is_cut_after_all() -> None:
    """Nobody writes so; the limit holds."""
    parts = fit_for_sms("a" + "\u0336" * 1000)
    assert len(parts) > 1
    assert all(count_segments(part).count <= 2 for part in parts)


WORDS = st.lists(
    st.one_of(
        st.text(min_size=1, max_size=40),
        st.sampled_from([FLAG, FAMILY, THUMB, "{[€]}", "Zoë", "end.", "why?", "\n", "1.", "好" * 30, "word"]),
        st.builds("https://example.com/{}".format, st.from_regex(r"[A-Za-z0-9/_-]{0,90}", fullmatch=True)),
    ),
    max_size=60,
)


@given(words=WORDS, most=st.integers(1, 3), language=st.sampled_from(["en", "es", "pl"]))
@example(words=["{" * 200, "ł"], most=2, language="pl")
def test_nothing_is_lost_and_no_part_is_too_long(words: list[str], most: int, language: str) -> None:
    """Every letter, in order; every word whole when words are short; every link whole; every part within its limit."""
    text = " ".join(words)
    parts = fit_for_sms(text, most=most, language=language)
    sent = as_sms(text, language=language)
    assert bare("".join(parts)) == bare(sent)
    for part in parts:
        counted = count_segments(part)
        assert counted.count <= (max(most, 3) if language != "en" and counted.encoding == "UCS-2" else most)
        assert part == part.strip() != ""
    short = {word for word in sent.split() if len(word) <= 40}
    assert {word for word in " ".join(parts).split() if len(word) <= 40} >= short
    for link in re.findall(r"(?<!\S)https://example\.com/[A-Za-z0-9/_-]*(?!\S)", sent):
        assert any(link in part for part in parts)


@given(st.text(min_size=1, max_size=900), st.sampled_from([FLAG, FAMILY, THUMB, "क्षि", "x"]))
def test_no_grapheme_is_ever_cut(text: str, piece: str) -> None:
    """Compared with the graphemes of the whole."""
    sent = as_sms(text.replace(" ", piece)).strip()
    parts = fit_for_sms(text.replace(" ", piece))
    ends, at = set(), 0
    for grapheme in regex.findall(r"\X", sent):
        at += len(bare(grapheme))
        ends.add(at)
    at = 0
    for part in parts:
        at += len(bare(part))
        assert at in ends
