"""Take a picture of every page, in each width and colour scheme, and let axe look at it.

`python -m tests.browser.pages.screenshots FOLDER [BASE_URL]`; without a base URL the pages are served over the fakes.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from botapp.entrypoints.web.app import create_app
from tests.support.fake_services import FakeServices, FakeSettings

CHROMIUM = "/usr/bin/chromium"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SIZES = {"phone": (390, 780), "narrow": (320, 640), "desktop": (1280, 800)}
PUBLIC = {"start": "/i/warehouse-associate", "closed": "/i/nothing", "home": "/"}
CONSOLE = {
    "interviewers": "/console?show=all",
    "compose": "/console/interviewers/i1",
    "compose-new": "/console/interviewers/new",
    "candidates": "/console/interviewers/i1/candidates",
    "interview": "/console/interviews/v1",
    "feed": "/console/feed",
    "team": "/console/team",
    "poster": "/console/interviewers/i1/poster",
}


class _Quiet(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Stay silent."""


@contextmanager
def served(services: FakeServices | None = None) -> Iterator[tuple[str, FakeServices]]:
    """The pages over the fakes, at a free port."""
    services = services or FakeServices()
    server = make_server("127.0.0.1", 0, create_app(services), threaded=True, request_handler=_Quiet)
    base = f"http://localhost:{server.server_port}"
    services.settings = FakeSettings(base_url=base)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield base, services
    finally:
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser that never leaves this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


def look(page: Page, folder: Path, name: str) -> list[str]:
    """A picture, and what is wrong with the page: axe's findings and sideways scrolling."""
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    found = Axe().run(page).response["violations"]
    wrong = [f"{name}: {v['id']}: {n['target']}" for v in found for n in v["nodes"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        wrong.append(f"{name}: scrolls sideways")
    return wrong


def chat(page: Page, base: str) -> None:
    """Start an interview and answer twice."""
    page.goto(f"{base}/i/warehouse-associate")
    page.get_by_label("Your name").fill("Maria Santos")
    page.get_by_label("E-mail or phone").fill("maria@example.com")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Yes").click()
    page.get_by_text("Noted: Yes").wait_for()
    page.get_by_label("Your message").fill("About 3 years")
    page.keyboard.press("Enter")
    page.get_by_text("Noted: About 3 years").wait_for()


def compose(page: Page) -> None:
    """Ask for a change and wait for its diff."""
    page.get_by_label("Your message").fill("double the weight of 3")
    page.keyboard.press("Enter")
    page.get_by_text("Done. Five changes.").first.wait_for()


def walk(browser: Browser, base: str, folder: Path, size: str, scheme: str) -> list[str]:
    """Every page in one size and colour scheme."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page, wrong = context.new_page(), []
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    chat(page, base)
    wrong += look(page, folder, f"chat-{size}-{scheme}")
    wrong += [f"chat-{size}: {c}" for c in complaints]
    for name, path in PUBLIC.items():
        page.goto(base + path)
        wrong += look(page, folder, f"{name}-{size}-{scheme}")
    complaints.clear()
    page.goto(f"{base}/signin/owner-link")
    wrong += look(page, folder, f"signin-{size}-{scheme}")
    page.get_by_role("button", name="Sign in").click()
    for name, path in CONSOLE.items():
        page.goto(base + path)
        if name == "compose":
            compose(page)
        wrong += look(page, folder, f"{name}-{size}-{scheme}")
        if name == "compose" and size != "desktop":
            page.locator("[data-show=draft]").click()
            wrong += look(page, folder, f"draft-{size}-{scheme}")
    wrong += [f"console-{size}: {c}" for c in complaints]
    context.close()
    return wrong


def main() -> None:
    """Walk all of it and print what is wrong."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    with served() as (base, services), chromium() as browser:
        for size in SIZES:
            for scheme in ("light", "dark"):
                services.sign_ins["owner-link"] = "m1"
                wrong += walk(browser, base, folder, size, scheme)
    print("\n".join(wrong) or "nothing is wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
