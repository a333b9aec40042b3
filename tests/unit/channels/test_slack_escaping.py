"""Words inside markup: read as they were written, never live."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from botapp.channels.slack.escaping import as_markup, escaped, readable
from botapp.channels.slack.markup import read_markup

SIGNS = [*"ab c<>&*_~`:@#!|/.\n\"'", "http://", "\U0001f600", "&amp;", "<!channel>"]
texts = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)


@given(texts)
def test_what_is_read_is_what_was_written(text: str) -> None:
    """Whatever signs are in it."""
    assert readable(as_markup(text)) == text
    assert readable(escaped(text)) == text


@given(texts)
def test_nothing_is_live(text: str) -> None:
    """No sign of Slack's stands for itself; no pair of formatting signs is bare."""
    safe = as_markup(text)
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", safe)
    for sign in "*_~`":
        assert not re.search(rf"(?<!\u2060)[{sign}][^\n]*(?<!\u2060)[{sign}]", safe)
    assert not re.search(r"(?i)https?://\S", safe)


@pytest.mark.parametrize(
    "text", ["Plain words, 2 * 3.", "snake_case", "R&D", "a < b", "5 > 3", "~20 people", "Ann's: 10:30, yes", "a@b"]
)
def test_ordinary_words_get_nothing_inserted(text: str) -> None:
    """Only where it is needed: copying must give what was written."""
    assert "\u2060" not in as_markup(text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U1>", "&lt;@\u2060U1&gt;"),
        ("*b*", "\u2060*\u2060b\u2060*\u2060"),
        ("> quote", "\u2060&gt; quote"),
        ("https://evil.example", "https\u2060://evil.example"),
        (":tada:", ":\u2060tada:"),
        ("@channel now", "@\u2060channel now"),
    ],
)
def test_each_sign(text: str, safe: str) -> None:
    """What is done about it."""
    assert as_markup(text) == safe


# ---- and the other way: what people write in Slack ----------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "read"),
    [
        ("a &lt; b &amp;&amp; c &gt; d &amp;lt;", "a < b && c > d &lt;"),
        ("<https://example.com/x|our page>", "our page (https://example.com/x)"),
        ("<https://example.com/x>", "https://example.com/x"),
        ("<http://example.com|example.com>", "example.com"),
        ("<mailto:ann@example.com|ann@example.com>", "ann@example.com"),
        ("<tel:+12025550100|202-555-0100>", "202-555-0100"),
        ("<#C123|hiring> and <#C9>", "#hiring and #C9"),
        ("<!channel> <!here|here> <!subteam^S1|@team>", "@channel here @team"),
        ("<!date^1392734382^{date}|Feb 18>", "Feb 18"),
        ("<@U1BOT> hello <@U2|ann> and <@U1BOT>", "hello @ann and @botapp"),
        ("<@U1BOT>, <@U1BOT>: new", "new"),
        ("<not closed", "<not closed"),
        ("<>", "<>"),
        ("<b>bold</b>", "<b>bold</b>"),
    ],
)
def test_markup_is_read_as_words(marked: str, read: str) -> None:
    """As the person who wrote it sees it."""
    assert read_markup(marked, "U1BOT").text == read


def test_who_and_where_is_named_is_kept() -> None:
    """By id: names change."""
    found = read_markup("<@U1BOT> ask <@U2> in <#C123|hiring>", "U1BOT")
    assert (found.users, found.channels, found.mentions_us) == (("U2",), {"hiring": "C123"}, True)
    assert not read_markup("<@U2> hello", "U1BOT").mentions_us


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    """And what Slack escaped is what was typed."""
    read_markup(text, "U1")
    typed = text.replace("\r", "")
    assert read_markup(escaped(typed)).text == typed
