"""How every page of the workbench must look in a browser, at each width and in both schemes."""

from typing import Final

from kit.barriers import DESK, barriers_of
from playwright.sync_api import Page

MOST_PIXELS: Final = 2500
READY: Final = "document.documentElement && document.readyState !== 'loading'"  # a click may have left for another page
HEIGHT: Final = "document.documentElement.scrollHeight"


def look(page: Page, most: int = MOST_PIXELS) -> None:
    """No page is higher than it may be, and it can be read at both widths."""
    page.wait_for_function(READY)
    assert page.evaluate(HEIGHT) <= most, page.url
    can_be_read(page)


def can_be_read(page: Page) -> None:
    """Nothing scrolls sideways, and axe finds nothing, from 400 % to a desk and in the dark."""
    page.set_viewport_size(DESK)
    found = barriers_of(page)
    assert not found, (page.url, found)
