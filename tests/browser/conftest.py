"""One Chromium and one running botapp for all browser tests. Without a Chromium they are skipped, in one line."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.finding import ARGS, chromium_path
from tests.browser.people import Visitors
from tests.browser.running import Running, running

NO_CHROMIUM = "There is no Chromium here: the browser tests did not run. Install it, or set CHROMIUM to where it is."


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip here, not by a mark: skips that start at one place are told as one line."""
    if chromium_path():
        return
    if os.environ.get("BOTAPP_REQUIRE_BROWSER") == "1":
        pytest.fail(NO_CHROMIUM, pytrace=False)
    pytest.skip(NO_CHROMIUM)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Headless; it ends with this package, for its event loop would be in the way of others."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def botapp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The real thing, all processes of it."""
    with running(tmp_path_factory.mktemp("botapp")) as started:
        yield started


@pytest.fixture(scope="module")
def visitors(browser: Browser, botapp: Running) -> Iterator[Visitors]:
    """People with browsers of their own."""
    made = Visitors(browser, botapp.base)
    yield made
    made.leave()
