"""How every page of the workbench must look in a browser, at the width of a telephone and of a desk."""

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MOST_PIXELS: Final = 2500
HEIGHT: Final = "document.documentElement.scrollHeight"


def look(page: Page, most: int = MOST_PIXELS) -> None:
    """No page is higher than it may be, and it can be read at both widths."""
    assert page.evaluate(HEIGHT) <= most, page.url
    can_be_read(page)


def can_be_read(page: Page) -> None:
    """Nothing scrolls sideways, and axe finds nothing, on a telephone and at a desk."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found] == [], page.url
