"""Where the browser is, and how it is started."""

import os
import shutil
from pathlib import Path

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def chromium_path() -> str:
    """The browser to test in; empty when there is none. CHROMIUM, when set, decides alone."""
    if named := os.environ.get("CHROMIUM"):
        return named if Path(named).exists() else ""
    if Path("/usr/bin/chromium").exists():
        return "/usr/bin/chromium"
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
    )
