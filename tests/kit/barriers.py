"""What stands in the way of somebody on a page in a browser: by the rules of WCAG 2.2 AA, in light and dark, from 400 % to a desk.

A page is opened once. Its size and scheme change in place, and axe runs anew with the rules whose outcome can change: all of them where most
stands differently (400 %, which a small telephone is too), those of sizes and colours elsewhere. Every page is looked at at 400 %; in the
other ways the first page of each template and with each class of the styles (kit.looked_at).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

from kit.looked_at import new_parts, template_of

ZOOMED: Final[ViewportSize] = {"width": 320, "height": 640}  # a screen of 1280 points at 400 %
TABLET: Final[ViewportSize] = {"width": 768, "height": 1024}
DESK: Final[ViewportSize] = {"width": 1280, "height": 900}
WCAG: Final = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OF_SIZE: Final = (
    "target-size",
    "color-contrast",
    "scrollable-region-focusable",
    "link-in-text-block",
    "aria-hidden-focus",
)
OF_COLOUR: Final = ("color-contrast", "link-in-text-block")
NOT_READ: Final = (
    "[data-canvas]",
    "[data-drawing]",
)  # small signs for the mouse: the lists beside a drawing say and open the same
RUN: Final = """
async ([excluded, rules]) => {
  const found = await axe.run({ exclude: excluded }, { resultTypes: ["violations"], runOnly: rules });
  return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}
"""
WIDE: Final = "document.documentElement.scrollWidth > innerWidth"
CLASSES: Final = "[...new Set([...document.querySelectorAll('[class]')].flatMap((one) => [...one.classList]))]"


def barriers_of(page: Page) -> list[str]:
    """Everything that is wrong with the page that is open, in words: at 400 %, and where something of it was not looked at so before in
    this run, at each size and in the dark scheme. It ends as it began.
    """
    if new_parts([template_of(page.url), *page.evaluate(CLASSES)]):
        return barriers_in_every_way(page)
    return barriers_when_zoomed(page)


def barriers_in_every_way(page: Page) -> list[str]:
    """What is wrong with the page that is open, at each size and in the dark scheme, whoever looked before."""
    with _as_it_was(page):
        found = [*_at(page, ZOOMED, WCAG), *_at(page, TABLET, OF_SIZE), *_at(page, DESK, OF_SIZE)]
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {one}" for one in found_by_axe(page, OF_COLOUR)]
        page.emulate_media(color_scheme="null")
    return found


def barriers_when_zoomed(page: Page) -> list[str]:
    """What is wrong with the page that is open at 400 %: for a state of a page that is looked at in each way elsewhere."""
    with _as_it_was(page):
        return [*_at(page, ZOOMED, WCAG)]


@contextmanager
def _as_it_was(page: Page) -> Iterator[None]:
    before = page.viewport_size
    yield
    if before:
        page.set_viewport_size(before)


def _at(page: Page, size: ViewportSize, rules: Any) -> Iterator[str]:
    page.set_viewport_size(size)
    if page.evaluate(WIDE):
        yield f"{size['width']}: scrolls sideways"
    yield from (f"{size['width']}: {one}" for one in found_by_axe(page, rules))


def found_by_axe(page: Page, rules: Any = WCAG) -> list[str]:
    """What axe finds on the page as it is now: the rule and what breaks it. `rules`: names, or a choice by tag as axe takes it."""
    if not page.evaluate("'axe' in window"):  # half a megabyte, that need not go to the browser again
        page.evaluate(f"() => {{ {AXE_SCRIPT} }}")
    only = rules if isinstance(rules, dict) else {"type": "rule", "values": list(rules)}
    found: list[str] = page.evaluate(RUN, [[[one] for one in NOT_READ], only])
    return found
