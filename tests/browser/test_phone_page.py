"""The phone simulator in a real browser over the real stack: what a person sees who has no phone at hand."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import look
from tests.browser.people import DESK, PATIENCE_MS, PHONE, Visitors, tab_to
from tests.browser.running import EMPLOYER, Running

pytestmark = pytest.mark.browser

NUMBERS = (f"+120255501{number}" for number in count(20))  # each test has a phone of its own
BY_RULE = re.compile("unsubscribed|opted out|no more texts", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _no_complaints(visitors: Visitors) -> Iterator[None]:
    """No error in any console, nothing against the content policy, no request to anybody else."""
    yield
    assert visitors.complaints() == []


@pytest.fixture
def page(visitors: Visitors) -> Iterator[Page]:
    """A desk with the simulator on it, on a number that nobody used, behaving well again afterwards."""
    visitor = visitors.one(**DESK)
    opened = visitor.page("/dev/phone")
    use(opened, next(NUMBERS))
    yield opened
    visitor.context.close()


def use(page: Page, number: str) -> None:
    page.get_by_label("This phone's number").fill(number)
    page.get_by_role("button", name="Use").click()
    expect(page.get_by_role("status")).to_have_text(f"This is the phone {number} now.")
    expect(page.get_by_role("log")).to_have_attribute("aria-busy", "false")


def texts(page: Page, words: str) -> None:
    page.get_by_label("Your text").focus()
    page.keyboard.insert_text(words)
    page.keyboard.press("Enter")


def hears(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("[data-log] .msg.ours .bubble").filter(has_text=words).last).to_be_visible(timeout=PATIENCE_MS)


def state(page: Page, whose: str) -> str:
    """Under the last text of ours or of theirs."""
    return page.locator(f"[data-log] .msg.{whose} .state").last.inner_text()


def expect_state(page: Page, whose: str, words: str | re.Pattern[str]) -> None:
    expect(page.locator(f"[data-log] .msg.{whose} .state").last).to_contain_text(words, timeout=PATIENCE_MS)


def test_an_interview_starts_by_the_code_on_a_poster(page: Page) -> None:
    """The button with the code, the disclosure in two segments, delivered, and the first question."""
    page.get_by_role("button", name="JOIN NIGHT").click()

    expect_state(page, "theirs", "Received, 1 segment")
    hears(page, f"automated assistant for {EMPLOYER}")
    hears(page, "your name")
    expect_state(page, "ours", "Delivered, 1 segment")
    expect(page.locator("[data-log] .msg.ours .state").first).to_have_text("Delivered, 2 segments")


def test_it_is_used_by_keyboard_alone(page: Page) -> None:
    """Tab to the box, Enter sends, Shift+Enter is a new line, the segments are counted while one types."""
    tab_to(page, "[data-say-box]")
    page.keyboard.insert_text("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.insert_text("two")
    expect(page.locator("[data-count]")).to_have_text("1 segment")
    page.keyboard.insert_text("é" * 150)
    expect(page.locator("[data-count]")).to_have_text("1 segment")
    page.keyboard.insert_text("ç")
    expect(page.locator("[data-count]")).to_have_text("3 segments")
    page.keyboard.press("Enter")

    expect_state(page, "theirs", "Received, 3 segments")
    expect(page.get_by_label("Your text")).to_have_value("")
    expect(page.get_by_label("Your text")).to_be_focused()


def test_markup_is_text(page: Page) -> None:
    """A text is never markup."""
    texts(page, "<img src=x onerror=alert(1)><b>bold</b>")

    expect_state(page, "theirs", "Received")
    assert page.locator("[data-log] img, [data-log] b").count() == 0


def test_help_and_stop_are_answered_by_the_network(page: Page) -> None:
    """As with an account whose network answers its own words; after STOP no text of ours comes."""
    page.get_by_role("button", name="HELP").click()
    expect_state(page, "ours", "Answered by the phone network, not by us")
    page.get_by_role("button", name="STOP").click()
    hears(page, BY_RULE)
    before = page.locator("[data-log] .msg.ours").count()

    page.get_by_role("button", name="JOIN NIGHT").click()
    expect_state(page, "theirs", "Received")
    page.wait_for_timeout(6000)

    assert page.locator("[data-log] .msg.ours").count() == before


def test_a_phone_that_can_not_be_reached_says_why(page: Page) -> None:
    """The error in words with its code; the text stands there dashed, for it is not on the phone."""
    page.get_by_label("Texts to it").select_option("30003")
    expect(page.get_by_role("status")).to_have_text("The network behaves like that now.")
    texts(page, "hello")

    expect_state(page, "ours", "Not delivered. The phone can't be reached")
    assert "(30003)" in state(page, "ours")
    expect(page.locator("[data-log] .msg.ours.failed")).to_have_count(1)


def test_texts_are_kept_while_the_web_server_is_down(page: Page) -> None:
    """They reach the fallback address, and are answered from there."""
    down = page.get_by_role("checkbox", name="Our web server is down")
    down.check()
    expect(page.get_by_role("status")).to_have_text("The network behaves like that now.")
    try:
        texts(page, "hello there")
        expect_state(page, "theirs", "Received, by the fallback address")
        hears(page, re.compile("."))
    finally:
        down.uncheck()
        expect(page.get_by_role("status")).to_have_text("The network behaves like that now.")


def test_what_comes_twice_is_answered_once(page: Page) -> None:
    """Reports doubled and shuffled, the same text handed in again: one answer."""
    for name in ("Reports come twice", "Reports come out of order"):
        page.get_by_role("checkbox", name=name).check()
    texts(page, "hello once")
    hears(page, re.compile("."))
    before = page.locator("[data-log] .msg.ours").count()

    page.get_by_role("button", name="Hand in the last text a second time").click()
    expect(page.get_by_role("status")).to_have_text("Handed in a second time.")
    page.wait_for_timeout(6000)

    assert page.locator("[data-log] .msg.ours").count() == before
    expect_state(page, "ours", "Delivered")
    for name in ("Reports come twice", "Reports come out of order"):
        page.get_by_role("checkbox", name=name).uncheck()


def test_a_file_goes_with_a_text(page: Page) -> None:
    """A picture message, larger than other forms may be: it is received and answered."""
    file = {"name": "resume.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n" + b"a" * 100_000}
    page.locator("[data-file]").set_input_files(files=[file])  # type: ignore[list-item]
    expect(page.get_by_role("button", name="File: resume.pdf")).to_be_visible()
    page.get_by_role("button", name="Send").click()

    expect_state(page, "theirs", "Received")
    expect(page.locator("[data-log] .msg.theirs .bubble")).to_have_text("1 file")
    expect(page.get_by_role("button", name="Add a file")).to_be_visible()
    hears(page, re.compile("."))


def test_the_thread_is_there_after_a_reload_and_another_number_has_its_own(page: Page) -> None:
    """What is on a phone stays on it; a phone that was used can be picked."""
    texts(page, "remember this")
    expect_state(page, "theirs", "Received")
    number = page.get_by_label("This phone's number").input_value()
    page.reload()
    expect(page.get_by_text("remember this")).to_have_count(0)

    expect(page.locator(f"[data-numbers] option[value='{number}']")).to_have_count(1)
    use(page, number)
    expect(page.get_by_text("remember this")).to_be_visible()
    expect(page.get_by_label("This phone's number")).to_have_value(number)


def test_the_log_is_announced_and_axe_finds_nothing(visitors: Visitors, page: Page) -> None:
    """Whole messages are announced, their state is not; light, dark, 320 px, on a phone too."""
    texts(page, "hello")
    hears(page, re.compile("."))
    log = page.get_by_role("log", name="Messages")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log.locator(".state").first).to_have_attribute("aria-live", "off")

    assert look(page, "phone-simulator") == []
    small = visitors.one(**PHONE).page("/dev/phone")
    expect(small.get_by_role("log")).to_have_attribute("aria-busy", "false")
    assert look(small, "phone-simulator-on-a-phone") == []


def test_another_name_for_this_machine_is_not_enough(botapp: Running) -> None:
    """A web page elsewhere whose name leads here finds nothing."""
    for headers in ({"Host": "phone.example.com"}, {"X-Forwarded-For": "192.0.2.1"}):
        request = urllib.request.Request(f"{botapp.base}/dev/phone", headers=headers)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        assert refused.value.code == 404
        refused.value.close()


def test_a_form_of_another_page_does_nothing(botapp: Running) -> None:
    """Only JSON is read, which no form can send."""
    body = json.dumps({"number": "+12025550199", "text": "hello"}).encode()
    request = urllib.request.Request(f"{botapp.base}/dev/phone/messages", body, {"Content-Type": "text/plain"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 400
    refused.value.close()
