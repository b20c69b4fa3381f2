"""How every page of the workbench must look in a browser, at the width of a telephone and of a desk."""

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MOST_PIXELS: Final = 2500
HEIGHT: Final = "document.documentElement.scrollHeight"


def look(page: Page, most: int = MOST_PIXELS) -> None:
    """No page is higher than it may be, none scrolls sideways, and axe finds nothing."""
    assert page.evaluate(HEIGHT) <= most, page.url
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found] == [], page.url
