"""What is wrong with a page: axe's findings, sideways scrolling, small targets; in light as it is, in dark 320 px wide.

Colours do not depend on the width, so two looks see what four would. Each leaves its picture in build/screenshots, to
be kept beside the results of a run.
"""

from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, ViewportSize

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
NARROW: ViewportSize = {"width": 320, "height": 640}
_AXE = Path(AXE_FILE_PATH).read_text()
_RUN = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"
_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
_SMALL = """[...document.querySelectorAll(
    "button, summary, select, textarea, input:not([type=hidden], [type=checkbox])")]
  .map(el => [el, el.getBoundingClientRect()])
  .filter(([, box]) => box.width && Math.min(box.width, box.height) < 43.5)
  .map(([el, box]) => `${el.outerHTML.slice(0, 80)} is ${Math.round(box.width)} x ${Math.round(box.height)}`)"""


def look(page: Page, name: str) -> list[str]:
    """Everything that is wrong, in words; the page is as before afterwards."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    size, wrong = page.viewport_size, _seen(page, f"{name}-light")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    wrong += _seen(page, f"{name}-dark-320")
    page.emulate_media(color_scheme="light")
    if size:
        page.set_viewport_size(size)
    return wrong


def _seen(page: Page, label: str) -> list[str]:
    page.screenshot(path=SCREENSHOTS / f"{label}.png", full_page=True)
    return [f"{label}: {words}" for words in _wrong(page)]


def _wrong(page: Page) -> list[str]:
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_AXE)
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    wrong = [f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]]
    wrong += page.evaluate(_SMALL)
    return wrong + (["scrolls sideways"] if page.evaluate(_SIDEWAYS) else [])
