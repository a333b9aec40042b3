"""The chat page in a real browser over the fake services: sending, bursts, lost networks, two tabs, keyboard, axe."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.looking import look
from tests.browser.pages.fakes import served as serving
from tests.support.fake_services import FakeServices, FakeSettings

pytestmark = pytest.mark.browser

CONSOLE = {
    "several-interviewers": "/console?show=all",
    "every-kind-of-stage": "/console/interviewers/i1",
    "several-versions": "/console/interviewers/i1/candidates",
    "every-kind-of-score": "/console/interviews/v1",
}


@pytest.fixture
def served() -> Iterator[tuple[str, FakeServices]]:
    with serving(FakeServices(delay=0.2)) as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 390, "height": 780})
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def chat(served: tuple[str, FakeServices], context: BrowserContext) -> Page:
    """A fresh conversation, open in a tab."""
    base, services = served
    token = services.start_interview(slug="warehouse-associate", name="Maria", contact="maria@example.com")
    page = context.new_page()
    page.goto(f"{base}/c/{token}")
    expect(page.get_by_role("button", name="Yes")).to_be_visible()
    return page


def box(page: Page) -> None:
    page.get_by_label("Your message").focus()


def write(page: Page, *texts: str) -> None:
    """Type each text and press Enter, as fast as a keyboard can."""
    box(page)
    for text in texts:
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")


def bubbles(page: Page) -> list[str]:
    return page.locator("[data-log] .bubble").all_inner_texts()


def said(services: FakeServices) -> list[str]:
    """What the server has from the candidate."""
    return [m.text for lines in services.lines.values() for m in lines if not m.ours]


def test_a_burst_is_one_turn(served: tuple[str, FakeServices], chat: Page) -> None:
    """Three quick messages: each is sent at once, typing ends once, one reply comes, the focus stays."""
    _, services = served
    write(chat, "I worked", "at a depot", "for 3 years")
    expect(chat.get_by_text("Noted: for 3 years")).to_be_visible()
    chat.wait_for_timeout(1000)
    assert said(services) == ["I worked", "at a depot", "for 3 years"]
    assert len(services.typing_endings) == 1
    assert sum(text.startswith("Noted:") for text in bubbles(chat)) == 1
    expect(chat.get_by_label("Your message")).to_be_focused()


def test_typing_on_keeps_the_turn_open(served: tuple[str, FakeServices], chat: Page) -> None:
    """While there is text in the box, the page does not say that typing ended."""
    _, services = served
    write(chat, "Well")
    chat.keyboard.insert_text("and")
    chat.wait_for_timeout(1200)
    assert services.typing_endings == []
    chat.keyboard.press("Enter")
    expect(chat.get_by_text("Noted: and")).to_be_visible()
    assert len(services.typing_endings) == 1


def test_a_quick_reply_is_pressed_by_keyboard(served: tuple[str, FakeServices], chat: Page) -> None:
    """The buttons are reachable and vanish once used; the focus goes to the box."""
    chat.get_by_role("button", name="Yes").focus()
    chat.keyboard.press("Enter")
    expect(chat.get_by_text("Noted: Yes")).to_be_visible()
    expect(chat.get_by_role("button", name="Yes")).to_have_count(0)
    expect(chat.get_by_label("Your message")).to_be_focused()


def test_shift_enter_is_a_new_line(served: tuple[str, FakeServices], chat: Page) -> None:
    """One message with two lines."""
    _, services = served
    box(chat)
    chat.keyboard.insert_text("one")
    chat.keyboard.press("Shift+Enter")
    chat.keyboard.insert_text("two")
    chat.keyboard.press("Enter")
    expect(chat.get_by_text("Noted: one")).to_be_visible()
    assert said(services) == ["one\ntwo"]


def test_markup_is_text(chat: Page) -> None:
    """What a person types is never markup, and a link in it is no link."""
    write(chat, "<img src=x onerror=alert(1)><b>bold</b> https://example.com")
    expect(chat.get_by_text("Noted: <img")).to_be_visible()
    assert chat.locator("[data-log] img, [data-log] b").count() == 0
    assert chat.locator(".theirs a").count() == 0


def test_a_lost_network_loses_nothing(served: tuple[str, FakeServices], context: BrowserContext, chat: Page) -> None:
    """Offline: the message waits, marked; a reload keeps it; online again it is sent once, in order."""
    _, services = served
    context.set_offline(True)
    write(chat, "first", "second")
    expect(chat.get_by_role("button", name="Try again").first).to_be_visible()
    expect(chat.get_by_role("status")).to_contain_text("No connection")
    assert said(services) == []
    context.set_offline(False)
    expect(chat.get_by_text("Noted: second")).to_be_visible(timeout=20_000)
    assert said(services) == ["first", "second"]
    expect(chat.get_by_role("button", name="Try again")).to_have_count(0)
    assert chat.evaluate("Object.keys(localStorage).length") == 0


def test_a_message_survives_a_reload_while_the_server_is_down(served: tuple[str, FakeServices], chat: Page) -> None:
    """Posts fail, the page is loaded again, the server is back: the message arrives once."""
    _, services = served
    chat.route("**/messages", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    write(chat, "kept")
    expect(chat.get_by_role("button", name="Try again")).to_be_visible()
    chat.unroute("**/messages")
    chat.reload()
    expect(chat.get_by_text("Noted: kept")).to_be_visible()
    assert said(services) == ["kept"]
    assert bubbles(chat).count("kept") == 1


def test_a_repeat_is_shown_once(served: tuple[str, FakeServices], chat: Page) -> None:
    """The answer to a post is lost after the server took it: sent again, kept once, shown once."""
    _, services = served
    lost = []

    def lose_once(route) -> None:  # type: ignore[no-untyped-def]
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    chat.route("**/messages", lose_once)
    write(chat, "once")
    expect(chat.get_by_text("Noted: once")).to_be_visible()
    assert said(services) == ["once"]
    assert bubbles(chat).count("once") == 1


def test_without_streams_the_page_asks(browser: Browser) -> None:
    """No stream slot is free: replies come by asking every few seconds."""
    services = FakeServices(settings=FakeSettings(max_streams=0), delay=0.2)
    with serving(services) as (base, _):
        token = services.start_interview(slug="warehouse-associate", name="Maria", contact="maria@example.com")
        page = browser.new_page()
        page.clock.install()
        page.goto(f"{base}/c/{token}")
        write(page, "hello")
        expect(page.get_by_text("Sent")).to_be_visible()
        page.clock.fast_forward(700)  # typing has ended
        page.wait_for_timeout(400)  # the reply is there
        page.clock.fast_forward(3000)
        expect(page.get_by_text("Noted: hello")).to_be_visible()
        page.close()


def test_reading_further_up_is_not_disturbed(served: tuple[str, FakeServices], chat: Page) -> None:
    """Scrolled up, the log stays where it is and a button leads to what is new."""
    _, services = served
    conversation = next(iter(services.lines))
    for n in range(30):
        services._add(conversation, True, "Robin", "botapp", {"text": f"line {n}"})
    expect(chat.get_by_text("line 29")).to_be_in_viewport()
    chat.locator("[data-log]").evaluate("log => { log.scrollTop = 0; }")
    services._add(conversation, True, "Robin", "botapp", {"text": "news"})
    button = chat.get_by_role("button", name="New message below")
    expect(button).to_be_visible()
    assert chat.locator("[data-log]").evaluate("log => log.scrollTop") == 0
    button.click()
    expect(chat.get_by_text("news", exact=True)).to_be_in_viewport()


def test_in_a_very_low_window_the_page_follows(chat: Page) -> None:
    """At 400 % zoom the page scrolls instead of the log, and still shows what is new."""
    chat.set_viewport_size({"width": 320, "height": 256})
    write(chat, "hello")
    expect(chat.get_by_text("Noted: hello")).to_be_in_viewport()
    expect(chat.get_by_label("Your message")).to_be_in_viewport()


def test_the_end_shows_a_note_and_the_next_link(served: tuple[str, FakeServices], chat: Page) -> None:
    """Finished: the box stays, a note says so, the link looks like a button."""
    write(chat, "finish")
    expect(chat.get_by_text("This interview is finished.")).to_be_visible()
    expect(chat.get_by_role("link", name="Go on to the next page")).to_have_attribute(
        "href", "https://example.com/next"
    )
    expect(chat.get_by_label("Your message")).to_be_enabled()


def test_a_long_wait_is_explained(served: tuple[str, FakeServices], chat: Page) -> None:
    """The status line says who is reading, and after 8 seconds that nothing is lost."""
    _, services = served
    services.reply = lambda _conversation, _said: None
    chat.clock.install()
    chat.reload()
    write(chat, "slow")
    expect(chat.get_by_role("status")).to_have_text("Robin is reading")
    chat.clock.fast_forward(8000)
    expect(chat.get_by_role("status")).to_contain_text("What you sent is kept")


def test_a_refused_message_can_be_edited(served: tuple[str, FakeServices], chat: Page) -> None:
    """The server's sentence stands at the message, and its text goes back into the box."""
    chat.route(
        "**/messages",
        lambda r: r.fulfill(status=400, json={"error": "Too odd."}) if r.request.method == "POST" else r.continue_(),
    )
    write(chat, "odd")
    expect(chat.get_by_role("status")).to_have_text("Not sent. Too odd.")
    chat.get_by_role("button", name="Edit").click()
    expect(chat.get_by_label("Your message")).to_have_value("odd")


def test_the_log_is_announced_and_axe_finds_nothing(chat: Page) -> None:
    """A polite log, one announcement a message, names on all controls, at 320 px too."""
    log = chat.get_by_role("log", name="Messages")
    assert log.get_attribute("aria-live") == "polite"
    assert log.get_attribute("aria-busy") == "false"
    write(chat, "hello")
    expect(chat.get_by_text("Noted: hello")).to_be_visible()
    chat.set_viewport_size({"width": 320, "height": 256})
    assert look(chat, "chat-400-percent") == []


def test_pages_in_states_that_a_first_run_has_not(served: tuple[str, FakeServices], context: BrowserContext) -> None:
    """Full lists, overridden scores, open rows, empty and closed pages: nothing is wrong, light, dark and narrow."""
    base, services = served
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto(f"{base}/signin/owner-link")
    page.get_by_role("button", name="Sign in").click()
    wrong = []
    for name, path in CONSOLE.items():
        page.goto(base + path)
        wrong += look(page, name)
    page.goto(f"{base}/console/interviewers/i1")
    page.locator("[data-show=draft]").click()
    wrong += look(page, "draft-on-a-phone")
    services.empty = True
    page.goto(f"{base}/console")
    wrong += look(page, "no-interviewers")
    assert complaints == []
    for services.closed in ("expired", "paused"):
        page.goto(f"{base}/i/warehouse-associate")
        wrong += look(page, f"closed-{services.closed}")
    assert wrong == []


def test_composing_pastes_edits_and_refreshes_the_draft(browser: Browser) -> None:
    """Several lines wait for Ctrl+Enter; the reply's card shows, and the draft beside it is fetched anew."""
    with serving(FakeServices(delay=0.2)) as (base, services):
        page = browser.new_page()
        page.goto(f"{base}/signin/owner-link")
        page.get_by_role("button", name="Sign in").click()
        page.goto(f"{base}/console/interviewers/i1")
        expect(page.get_by_role("log")).to_have_attribute("aria-busy", "false")
        box(page)
        page.keyboard.insert_text("A job\n" + "We look for somebody who loads and counts. " * 10)
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        assert said(services) == []
        with page.expect_response("**/draft"):
            page.keyboard.press("Control+Enter")
        expect(page.get_by_text("Warehouse associate, 5 questions in 2 stages")).to_be_visible()
        write(page, "change it")
        page.get_by_text("and 2 more").click()
        expect(page.get_by_text("Pass bar: ", exact=False).first).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".theirs .bubble").last).to_have_text("Undo")
        page.close()
