"""What is wrong with a page: axe's findings, sideways scrolling, small targets; light, dark and 320 px wide.

Each look leaves its pictures in build/screenshots, to be kept beside the results of a run.
"""

from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
NARROW = {"width": 320, "height": 640}
WAYS = (("light", False), ("dark", False), ("light", True))  # colour scheme, at 320 px
_AXE = Path(AXE_FILE_PATH).read_text()
_RUN = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"
_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
_SMALL = """[...document.querySelectorAll("button, summary, select, textarea, input:not([type=hidden], [type=checkbox])")]
  .map(el => [el, el.getBoundingClientRect()]).filter(([el, box]) => box.width && Math.min(box.width, box.height) < 43.5)
  .map(([el, box]) => `${el.outerHTML.slice(0, 80)} is ${Math.round(box.width)} x ${Math.round(box.height)}`)"""


def look(page: Page, name: str) -> list[str]:
    """Everything that is wrong, in words; the page is as before afterwards."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    size, wrong = page.viewport_size, []
    for scheme, narrow in WAYS:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if narrow:
            page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        label = f"{name}-{'320' if narrow else scheme}"
        page.screenshot(path=SCREENSHOTS / f"{label}.png", full_page=True)
        wrong += [f"{label}: {words}" for words in _wrong(page)]
    page.emulate_media(color_scheme="light")
    if size:
        page.set_viewport_size(size)
    return wrong


def _wrong(page: Page) -> list[str]:
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_AXE)
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    wrong = [f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]]
    wrong += page.evaluate(_SMALL)
    return wrong + (["scrolls sideways"] if page.evaluate(_SIDEWAYS) else [])
