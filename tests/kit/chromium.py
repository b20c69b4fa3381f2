"""The browser of tests: Chromium without a window, from Debian. The one that has no window at all does the same with less work."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

PLACES: Final = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
QUIET: Final = (
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip


@contextmanager
def started() -> Iterator[Browser]:
    """While it is open, no other test of this process can run an event loop."""
    place = next((one for one in PLACES if one.exists()), PLACES[-1])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()
