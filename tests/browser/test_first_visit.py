"""C18: what a visit weighs on the wire, counted by the browser itself, and that nothing moves while a page comes in."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from browser.citizen_pages import Visits, visits

MOST_BYTES: Final = 100_000
MOST_SHIFT: Final = 0.02
PAGE_ALONE: Final = 15_000
WATCH: Final = """
  window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.shifted += one.value; }))
    .observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def there(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    with visits(tmp_path_factory.mktemp("bezoek"), chromium) as opened:
        yield opened


class Wire:
    """Counts what a page fetches: the bytes of each answer with its headers, as they came over the wire."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bytes: dict[str, float] = {}
        self._names: dict[str, str] = {}
        line = page.context.new_cdp_session(page)
        line.on(
            "Network.requestWillBeSent", lambda told: self._names.update({told["requestId"]: told["request"]["url"]})
        )
        line.on("Network.loadingFinished", self._finished)
        line.send("Network.enable")

    def visit(self, address: str) -> "Wire":
        self.page.goto(address, wait_until="networkidle")
        return self

    @property
    def total(self) -> float:
        return sum(self.bytes.values())

    def _finished(self, told: dict[str, float]) -> None:
        # what comes out of the cache of the browser weighs nothing
        if told["encodedDataLength"]:
            self.bytes[self._names[str(told["requestId"])]] = told["encodedDataLength"]


def test_c18_a_first_visit_takes_less_than_100_kilobytes_also_with_the_way_through_signing_in(there: Visits) -> None:
    for address in (there.pages["sign-in"], there.pages["cases"], there.case, there.pages["form"]):
        seen = Wire(there.page()).visit(address)
        assert sum(name.endswith(".woff2") for name in seen.bytes) <= 3, seen.bytes
        assert 10_000 < seen.total < MOST_BYTES, (address, seen.bytes)
    whole = Wire(there.page())
    for address in (there.pages["sign-in"], there.pages["cases"], there.case):
        whole.visit(address)
    assert whole.total < MOST_BYTES, whole.bytes


def test_c18_a_second_visit_fetches_the_page_alone(there: Visits) -> None:
    context = there.browser()
    Wire(context.new_page()).visit(there.case)
    again = Wire(context.new_page()).visit(there.case)
    assert list(again.bytes) == [f"{there.address}{there.case}"]
    assert again.total < PAGE_ALONE


@pytest.mark.parametrize("width", [390, 1280])
def test_c18_nothing_moves_while_a_page_comes_in(there: Visits, width: int) -> None:
    moved = {}
    for name, address in there.pages.items():
        page = there.page(width)  # never here before: styles and fonts are still to come
        page.add_init_script(WATCH)
        page.goto(address, wait_until="networkidle")
        moved[name] = page.evaluate("window.shifted")
        page.context.close()
    assert {name: much for name, much in moved.items() if much >= MOST_SHIFT} == {}
