"""When a link in a message is a page to read, and when it is a part of what is said."""

import pytest

from botapp.compose.links import asked_pages, host_of

LINK = "https://jobs.example.com/12"


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        (LINK, ""),
        ("jobs.example.com/12", ""),
        (f"Please draft an interviewer from this page: {LINK}.", ""),
        (f"Draft from {LINK}, SMS then voice, 5 questions", "Draft, SMS then voice, 5 questions"),
        (f"Warehouse picker {LINK}", "Warehouse picker"),
        (f"Here's the job ({LINK})", ""),
    ],
)
def test_without_a_draft_a_link_is_a_page_to_draft_from(text: str, beside: str) -> None:
    """What was said beside it is kept, what only asks to read it is not."""
    found = asked_pages(text, has_draft=False)
    assert found is not None and (found.urls, found.use, found.beside) == ((LINK,), "draft", beside)


@pytest.mark.parametrize(
    "text",
    [
        "Screen night pickers. Redirect to https://example.com/thanks",
        "We need a forklift driver for nights, $19 an hour, must have a licence. Apply at https://acme.example/about",
        "Night picker. " * 40 + LINK,
        "Node.js/React developer, shifts 9 a.m./5 p.m.",
        "write to dana@jobs.example.com/x",
    ],
)
def test_a_link_in_a_pasted_text_is_not_opened(text: str) -> None:
    """Nor is what only looks like one."""
    assert asked_pages(text, has_draft=False) is None


@pytest.mark.parametrize(
    "text",
    [
        "redirect to https://example.com/thanks",
        "when done send them to https://example.com/thanks",
        "the thank you page is https://example.com/thanks",
        "set the redirect url https://example.com/thanks",
        "add a fact: parking is at https://example.com/parking",
        "make it shorter, see https://example.com/style",
        "reword 3 to: look at https://example.com/style",
        "link at the end: https://example.com/thanks",
    ],
)
def test_a_link_inside_a_change_is_not_opened(text: str) -> None:
    """It goes where the change goes."""
    assert asked_pages(text, has_draft=True) is None


@pytest.mark.parametrize(
    ("text", "use"),
    [
        (LINK, ""),
        (f"have a look at {LINK}", ""),
        (f"make a new draft from {LINK}", "draft"),
        (f"use this instead {LINK}", "draft"),
        (f"take the pay and the hours from {LINK}", "facts"),
        (f"add the facts from {LINK}", "facts"),
    ],
)
def test_beside_a_draft_its_use_is_what_was_said(text: str, use: str) -> None:
    """Nothing said: it has to be asked."""
    found = asked_pages(text, has_draft=True)
    assert found is not None and (found.urls, found.use) == ((LINK,), use)


def test_several_links_are_kept_in_order_three_at_most() -> None:
    """The same one twice is one."""
    text = " ".join(f"https://jobs.example.com/{n}" for n in (1, 1, 2, 3, 4))
    found = asked_pages(text, has_draft=False)
    assert found is not None and [url[-1] for url in found.urls] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("url", "host"), [("https://www.example.com/a", "example.com"), ("http://[", "that page"), ("x:", "that page")]
)
def test_a_page_is_called_by_its_host(url: str, host: str) -> None:
    """Also where there is none."""
    assert host_of(url) == host
