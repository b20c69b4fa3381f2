"""Pages as somebody sees them who is signed in, at the width of a telephone or a desk: what is wrong with them, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kit.barriers import DESK, WIDE, barriers_of, barriers_when_zoomed, found_by_axe
from kit.people import signed_in
from playwright.sync_api import Browser, Page, ViewportSize
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from portal.security.sessions import cookie_name
from processes.base.actor import Actor
from processes.storage.services import Services

WAIT: Final = 120_000  # the first page of a rehearsal loads every page
TELEPHONE: Final[ViewportSize] = {"width": 390, "height": 844}
UNFOLD: Final = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
BLANK: Final = "document.querySelectorAll('main input:not([type=hidden]):not([type=checkbox]):not([type=radio]), main textarea').forEach((one) => { one.value = ''; })"
PRESSED: Final = 20_000  # milliseconds until something came of a press
BELOW: Final = "document.querySelector('main h1').getBoundingClientRect().top > innerHeight * 0.75"


@dataclass(frozen=True)
class Press:
    """A press on a button of a page, after something was typed, or after every field was emptied (`blank`)."""

    button: str
    typed: Mapping[str, str] = field(default_factory=dict)
    blank: bool = False
    answers: tuple[int, ...] = (422,)


@dataclass(frozen=True)
class Visitor:
    """Pages as somebody sees them who is signed in."""

    page: Page

    def barriers(self, address: str, *, desk: bool = False) -> list[str]:
        """Everything that is wrong with a page, in words. `desk`: at the width of one alone, else from 400 % up and in both schemes."""
        self.page.set_viewport_size(DESK if desk else TELEPHONE)
        answer = self.page.goto(address)
        if answer is None or answer.status != 200:
            return [f"answers {answer and answer.status}"]
        if not desk:
            below = ["the heading stands below a menu"] if self.page.evaluate(BELOW) else []
            self.page.evaluate(UNFOLD)
            return [*below, *barriers_of(self.page)]
        self.page.evaluate(UNFOLD)
        return [*(["runs out of the screen"] if self.page.evaluate(WIDE) else []), *found_by_axe(self.page)]

    def after(self, press: Press, address: str) -> list[str]:
        """Everything that is wrong with the page behind a press, at 400 %."""
        self.page.set_viewport_size(TELEPHONE)
        self.page.goto(address)
        self.page.evaluate(UNFOLD)
        try:
            for name, value in press.typed.items():
                self.page.locator(f"main [name='{name}']").first.fill(value, timeout=PRESSED)
            if press.blank:
                self.page.evaluate(BLANK)
            with self.page.expect_response(lambda one: one.request.method == "POST", timeout=PRESSED) as told:
                self.page.locator("main form[method=post]").get_by_role("button", name=press.button).first.click(
                    timeout=PRESSED
                )
            status = told.value.status
        except PlaywrightTimeoutError as waited:
            return [f"nothing came of the press: {waited.message[:200]}"]
        self.page.wait_for_load_state()
        self.page.evaluate(UNFOLD)
        return [*([] if status in press.answers else [f"answers {status}"]), *barriers_when_zoomed(self.page)]


def enter(services: Services, chromium: Browser, address: str, who: Actor) -> Visitor:
    """Somebody who is signed in, in a window of their own."""
    context = chromium.new_context(base_url=address, locale="nl-NL")
    cookie = {"name": cookie_name(services.settings, who.kind), "value": signed_in(services, who).cookie}
    context.add_cookies([{**cookie, "url": address}])
    page = context.new_page()
    page.set_default_timeout(WAIT)
    return Visitor(page)
