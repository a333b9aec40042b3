"""A link to a stage can't be guessed, altered or used for another stage."""

import base64
import uuid

import pytest

from botapp.pipeline.stage_links import link_token, read_token

KEY, RUN = "a key for tests", str(uuid.UUID(int=7))


def test_a_link_says_whose_and_which() -> None:
    """Short enough for a text message."""
    token = link_token(KEY, RUN, 2)
    assert read_token(KEY, token) == (RUN, 2)
    assert len(token) == 44


def test_no_changed_letter_is_accepted() -> None:
    """Not one, at any place."""
    token = link_token(KEY, RUN, 2)
    for place, letter in enumerate(token):
        other = "A" if letter != "A" else "B"
        assert read_token(KEY, token[:place] + other + token[place + 1 :]) is None


@pytest.mark.parametrize("token", ["", "x", "x" * 44, "é" * 44, "a" * 10_000, "../../etc/passwd", "\x00" * 44])
def test_what_is_no_link_leads_nowhere(token: str) -> None:
    """Whatever it is."""
    assert read_token(KEY, token) is None


def test_another_key_makes_other_links() -> None:
    """And a proof without its bytes is none."""
    assert read_token("another key", link_token(KEY, RUN, 0)) is None
    bare = base64.urlsafe_b64encode(uuid.UUID(RUN).bytes + bytes(17)).decode()
    assert read_token(KEY, bare) is None
