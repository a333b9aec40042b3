"""The pictures of the README, taken from the real thing with our sample advert.

`python -m tests.browser.pictures [folder]`; without a folder those in docs/images are replaced.
"""

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page, expect, sync_playwright

from botapp.entrypoints.sample import ADVERT
from tests.browser.finding import ARGS, chromium_path
from tests.browser.people import PATIENCE_MS, PHONE, Chat, Visitors, draft_of, until
from tests.browser.running import REPOSITORY, Running, running

PICTURES = REPOSITORY / "docs" / "images"
MOST_BYTES = 200_000
NAME = "Amara Cole"
BY_TEXT = "Jonah Reed"
IN_SLACK = ("draft", "alert", "details", "report", "home")
TALLEST = 760  # of a card in a picture; what is longer is cut
ANSWERS = (
    (r"how (many|long)|years of", "3 years"),
    (
        r"machine|equipment|forklift",
        "I drove a counterbalance forklift and a reach truck. In May I found a cracked fork on my round before the "
        "shift, put the truck out of use and told my lead within five minutes. Nobody drove it until it was mended.",
    ),
    (
        r"mistake you|caught|your own",
        "In August I noticed that two labels were swapped on a pallet for Bradford. I stopped the loading, swapped "
        "them back and told both pickers. The shop got the right order the same morning.",
    ),
    (
        r"made you do|why|order",
        "The label is the one step where our errors came from, so I took my time there and saved it on walking.",
    ),
    (
        r"",
        "Last December two of us were off sick and we had 400 orders left at 4 am. I split the aisles into three "
        "zones, asked the loaders to help with packing and checked every tenth box myself. We finished 20 minutes "
        "early with no wrong orders.",
    ),
)


def main() -> None:
    """Take all of them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as botapp, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        take(browser, botapp, folder)
        browser.close()
    for picture in sorted(folder.glob("*.png")):
        size = picture.stat().st_size
        print(f"{picture.name}: {size // 1000} kB")
        assert size < MOST_BYTES, f"{picture} is too heavy"


def take(browser: Browser, botapp: Running, folder: Path) -> None:
    """A draft being changed, candidates answering in web chat and by text, what comes out of it."""
    visitors = Visitors(browser, botapp.base)
    desk = visitors.one(viewport={"width": 1280, "height": 800})
    page = desk.page(botapp.console)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Night Order Picker", exact=True).click()
    interviewer = page.url
    page.goto(f"{botapp.base}/console")
    page.get_by_role("button", name="New interviewer").click()
    _compose(Chat(page).is_open(), folder / "compose.png")
    _interview(visitors.one(**{**PHONE, "viewport": {"width": 390, "height": 780}}).page(botapp.sample), folder)
    _text(visitors.one(viewport={"width": 900, "height": 840}).page("/dev/phone"), folder / "text.png")
    page.set_viewport_size({"width": 1280, "height": 900})
    _scorecard(page, interviewer, folder / "scorecard.png")
    _in_slack(page, botapp, folder)
    visitors.leave()


def _compose(chat: Chat, picture: Path) -> None:
    chat.says(ADVERT.read_text())
    expect(chat.page.locator(".draft-top h2")).to_be_visible()
    before = draft_of(chat.page)
    chat.says(f"double the weight of question {before.number_of_open()}")
    until(chat.page, lambda: draft_of(chat.page) != before, "the changed draft")
    chat.box.blur()
    chat.page.screenshot(path=picture)


def _interview(page: Page, folder: Path) -> None:
    page.get_by_label("Your name").fill(NAME)
    page.get_by_label("E-mail or phone").fill("amara@example.com")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Start").click()
    chat = Chat(page).is_open()
    chat.presses("Yes")
    chat.says("How much do you pay?")
    chat.box.blur()
    page.screenshot(path=folder / "candidate.png")
    while not chat.is_over():
        question = chat.question
        if "Yes" in chat.replies():
            chat.presses("Yes")
        else:
            chat.says(next(words for pattern, words in ANSWERS if re.search(pattern, question, re.IGNORECASE)))
        until(page, lambda: chat.is_over() or chat.question != "", "the next question")
        page.wait_for_timeout(200)


def _text(page: Page, picture: Path) -> None:
    """The phone simulator: an interview that the code on a poster started, from its first message."""
    ours = page.locator("[data-log] .msg.ours")
    page.get_by_role("button", name="JOIN NIGHT").click()
    expect(ours).to_have_count(2, timeout=PATIENCE_MS)
    page.get_by_label("Your text").fill(BY_TEXT)
    page.keyboard.press("Enter")
    expect(ours).to_have_count(3, timeout=PATIENCE_MS)
    expect(ours.last).to_contain_text("Delivered", timeout=PATIENCE_MS)
    page.get_by_label("Your text").blur()
    ours.first.evaluate("message => message.scrollIntoView()")
    page.get_by_role("region", name="Phone simulator").screenshot(path=picture)


def _scorecard(page: Page, interviewer: str, picture: Path) -> None:
    page.goto(f"{interviewer}/candidates")
    row = page.get_by_role("row").filter(has_text=NAME)
    until(page, lambda: page.reload() is not None and "from" in row.inner_text(), "the score")
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=NAME, exact=True)).to_be_visible()
    page.screenshot(path=picture)


def _in_slack(page: Page, botapp: Running, folder: Path) -> None:
    """Our own page that draws what Slack is sent."""
    page.set_viewport_size({"width": 800, "height": 900})
    page.goto(f"{botapp.base}/dev/slack")
    for name in IN_SLACK:
        frame = page.locator(f"#{name} .frame")
        expect(frame).to_be_visible()
        box = frame.bounding_box()
        assert box is not None
        clip = FloatRect(x=box["x"], y=box["y"], width=box["width"], height=min(box["height"], TALLEST))
        page.screenshot(path=folder / f"slack-{name}.png", full_page=True, clip=clip)


if __name__ == "__main__":
    main()
