"""A teammate's sign-in link is a key: in a thread that several read, only owners see it."""

from botapp.entrypoints.web.streams import without_sign_in_links

SAID = "Bo's sign-in link, as a viewer: https://interviews.test/signin/qf8O8Ih499ebLoiM0sf4Up8q-_\nIt works once."


def test_a_sign_in_link_is_taken_out_of_what_we_said() -> None:
    """In the words and in the message the page draws; the rest stays."""
    line = {"ours": True, "text": SAID, "message": {"text": SAID, "quick_replies": []}}

    shown = without_sign_in_links(line)

    assert "/signin/" not in shown["text"] + shown["message"]["text"]
    assert "It works once." in shown["text"]
    assert shown["message"]["quick_replies"] == []


def test_other_links_and_other_peoples_words_stay() -> None:
    """A candidate link is for everybody here; what a person typed is theirs."""
    link = {"ours": True, "text": "https://interviews.test/i/picker", "message": {"text": "x"}}
    typed = {"ours": False, "text": SAID, "message": {"text": SAID}}

    assert without_sign_in_links(link) == link
    assert without_sign_in_links(typed) == typed
