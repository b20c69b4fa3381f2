"""Somebody with a browser: opens pages, presses buttons, fills in forms, and has axe look at every page met."""

import re
import time
from pathlib import Path
from typing import Any

from kit.barriers import barriers_of
from playwright.sync_api import Browser, Locator, Page, expect

DESKTOP = {"width": 1280, "height": 900}
PATIENCE_SECONDS = 150  # a machine that does much else; the time limit of a test is twice as long
SCREENSHOTS = Path(__file__).parents[2] / "docs" / "screenshots"


class Person:
    """One browser context: own cookies. `checked` remembers which kinds of page axe has already seen."""

    def __init__(self, browser: Browser, base: str, checked: set[tuple[str, str]], *, pictures: bool = False) -> None:
        context = browser.new_context(viewport=DESKTOP, locale="nl-NL", timezone_id="Europe/Amsterdam")
        context.set_default_timeout(15_000)
        self.page: Page = context.new_page()
        self.base = base
        self.checked = checked
        self.pictures = pictures
        self.trouble: list[str] = []
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.trouble.append(message.text)

    # -- going somewhere ------------------------------------------------------------------------------------------

    def open(self, address: str) -> "Person":
        self.page.goto(address if address.startswith("http") else self.base + address)
        return self.look()

    def open_until_it_has(self, address: str, link: str) -> "Person":
        """Open a page again and again until it has this link, which other processes bring about."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not self.open(address).page.get_by_role("link", name=link).count():
            assert time.monotonic() < end, f"no link '{link}' on {self.page.url}:\n{self.text()}"
            self.page.wait_for_timeout(500)
        return self

    def sign_in(self, address: str, name: str, way: str | None = None) -> "Person":
        self.open(address)
        if way:
            self.page.get_by_role("link", name=way).click()
        self.look()
        self.page.get_by_role("button", name=f"Log in als {name}").click()
        return self.look()

    def follow(self, name: str | re.Pattern[str]) -> "Person":
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()
        return self.look()

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> "Person":
        (within or self.page.get_by_role("main")).get_by_role(
            "button", name=name, exact=isinstance(name, str)
        ).first.click()
        return self.look()

    # -- filling in -----------------------------------------------------------------------------------------------

    def fill(self, label: str | re.Pattern[str], text: str) -> "Person":
        self._field(label).fill(text)
        return self

    def choose(self, group: str | re.Pattern[str], option: str | re.Pattern[str]) -> "Person":
        self.page.get_by_role("group", name=group).get_by_label(option).first.check()
        return self

    def select(self, label: str | re.Pattern[str], option: str) -> "Person":
        self._field(label).select_option(label=option)
        return self

    def tick(self, label: str | re.Pattern[str]) -> "Person":
        self._field(label).check()
        return self

    def attach(self, label: str | re.Pattern[str], *files: Path) -> "Person":
        self._field(label).set_input_files([str(file) for file in files])
        return self

    def _field(self, label: str | re.Pattern[str]) -> Locator:
        """The first field with this label; a section may carry the same words as its name."""
        main = self.page.get_by_role("main")
        return main.get_by_label(label).and_(main.locator("input, textarea, select")).first

    # -- looking ----------------------------------------------------------------------------------------------------

    def text(self) -> str:
        return self.page.get_by_role("main").inner_text()

    def sees(self, *parts: str) -> "Person":
        shown = self.text()
        for part in parts:
            assert part in shown, f"'{part}' is not on {self.page.url}:\n{shown}"
        return self

    def sees_not(self, *parts: str) -> "Person":
        whole = self.page.content()
        for part in parts:
            assert part not in whole, f"'{part}' is on {self.page.url}"
        return self

    def look(self) -> "Person":
        """Axe at each width and in both schemes, no sideways scrolling, no errors of scripts, one heading at the top.

        The heading is waited for: after a click the address may be the new page's while its body is still coming.
        """
        self.page.wait_for_load_state()
        expect(self.page.locator("h1"), "a page has one h1").to_have_count(1)
        kind = re.sub(r"[0-9]+|[A-Za-z0-9_-]{22,}", "*", self.page.url.removeprefix(self.base)), self.page.title()
        assert not self.trouble, f"{self.page.url}: {self.trouble}"
        if kind in self.checked:
            return self
        self.checked.add(kind)
        assert barriers_of(self.page) == [], self.page.url
        return self

    def picture(self, name: str) -> "Person":
        """A screenshot at both widths for the docs, when they are being made."""
        if self.pictures:
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            for size, word in (({"width": 390, "height": 740}, "telephone"), (DESKTOP, "desktop")):
                self.page.set_viewport_size(size)
                self.page.screenshot(path=SCREENSHOTS / f"{name}-{word}.png", full_page=True)
        return self
