"""Over everything we draw: a candidate's words never do anything in Slack, and Slack's own schema takes all of it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import block_kit_schema as schema
from tests.unit.channels.slack_cases import hard, markup_in, payloads
from tests.unit.channels.slack_renderers import MESSAGE, OURS, drawn

_SIGNS = ["<!channel>", "<@U1>", "<#C1|x>", "<https://evil.example|pay here>", "https://evil.example/a", "&", "<", ">"]
_MORE = ["*b*", "_i_", "~s~", "`c`", ":tada:", "> q", "\n", " ", "a", "@here", "mailto:a@b.c", f"{OURS}.evil.example/x"]
_BEYOND = ("dup block_id",)  # what no schema can say
texts = st.lists(st.sampled_from([*_SIGNS, *_MORE]), min_size=1, max_size=25).map("".join)


def links_in(drawn_: Any) -> Iterator[str]:
    """Every address that a press or a click would open."""
    if isinstance(drawn_, dict):
        if isinstance(drawn_.get("url"), str):
            yield drawn_["url"]
        for value in drawn_.values():
            yield from links_in(value)
    elif isinstance(drawn_, list | tuple):
        for value in drawn_:
            yield from links_in(value)


def kinds_in(drawn_: Any) -> set[str]:
    if isinstance(drawn_, dict):
        own = {drawn_["type"]} if isinstance(drawn_.get("type"), str) else set()
        return own.union(*(kinds_in(value) for value in drawn_.values())) if drawn_ else own
    return set().union(*map(kinds_in, drawn_)) if isinstance(drawn_, list | tuple) else set()


@settings(max_examples=25)
@given(texts)
def test_a_candidates_words_are_never_live(said: str) -> None:
    for name, kind, made in drawn(said):
        assert markup_in(made["blocks"]) == [], name
        assert not kinds_in(made["blocks"]) & {"user", "broadcast", "usergroup", "channel", "emoji", "markdown"}, name
        assert all(link.startswith(f"{OURS}/") for link in links_in(made["blocks"])), name
        if kind == MESSAGE:
            assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)|(?i:https?://\S)", made["text"]), name


@pytest.mark.skipif(not schema.SCHEMA.exists(), reason=schema.HOW)
@pytest.mark.parametrize("said", ["Words", hard(5_000), "\U0001f600" * 2_000, ""])
def test_block_kits_schema_takes_everything_we_draw(said: str) -> None:
    for name, kind, made in drawn(said):
        assert schema.problems(made["blocks"] if kind == MESSAGE else dict(made), kind) == [], name


@pytest.mark.skipif(not schema.SCHEMA.exists(), reason=schema.HOW)
def test_the_schema_tells_right_from_wrong() -> None:
    """The cases somebody recorded from Slack's documents, so that a pass means something."""
    kinds = {"message.blocks": schema.MESSAGE, "modal view": schema.MODAL, "home view": schema.HOME}
    cases = [case for case in payloads("blockkit_cases.json") if case["name"] not in _BEYOND]
    wrong = [c["name"] for c in cases if (not schema.problems(c["payload"], kinds[c["target"]])) != c["valid"]]
    assert wrong == [] and len(cases) > 30
