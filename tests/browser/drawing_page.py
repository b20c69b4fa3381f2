"""The page that draws, as somebody uses it: by mouse on the canvas, by keyboard through the list of steps."""

import re
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from engine.edits import drawing_of
from processes.storage.services import Services
from processes.studio.revisions import contents, newest_revision

SAVED = re.compile("Bewaard om")


class DrawingPage:
    """One tab. `trouble`: errors of scripts and of the policy of the page."""

    def __init__(self, page: Page, services: Services, base: str, name: str) -> None:
        self.page, self.services, self.name = page, services, name
        self.trouble: list[str] = []
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", self._hear)
        page.goto(f"{base}/beheer/zaaktypen/{name}/ontwerp/tekening")
        page.locator("[data-editor][data-ready]").wait_for()

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"} and "status of 4" not in said.text:  # a refusal is an answer of the page
            self.trouble.append(said.text)

    # -- the drawing ----------------------------------------------------------------------------------------------

    def stored(self) -> str:
        """The drawing of the newest save."""
        with self.services.sessions() as session:
            files = contents(session, newest_revision(session, self.name))
        return files[drawing_of(files)].decode()

    def saved(self) -> str:
        """The stored drawing, when what stands on the screen is saved: now, without the rest before a save."""
        self.in_editor("(editor) => editor.saving.save()")
        expect(self.page.locator("[data-saved]")).to_have_text(SAVED)
        return self.stored()

    def in_editor(self, script: str, *given: Any) -> Any:
        """Run a function of (editor, ...given) in the page."""
        return self.page.evaluate(
            f"([...given]) => ({script})(document.querySelector('[data-editor]').editor, ...given)", list(given)
        )

    # -- by keyboard ----------------------------------------------------------------------------------------------

    def step(self, name: str) -> Locator:
        """The item of a step in the list."""
        return self.page.locator(".ed-outline .ed-item").filter(
            has=self.page.locator(f'.ed-item__name:text-is("{name}")')
        )

    def choose(self, name: str) -> "DrawingPage":
        self.step(name).press("Enter")
        expect(self.chosen.locator("h2")).to_have_text(name)
        expect(self.chosen.locator("h2")).to_be_focused()
        return self

    @property
    def chosen(self) -> Locator:
        return self.page.locator("[data-chosen]")

    def do(self, action: str, **fields: str) -> "DrawingPage":
        """Open an action at the chosen element, fill in its fields by their labels (`_` for a space), and press Enter."""
        part = self.chosen.locator("details").filter(has=self.page.locator(f'summary:text-is("{action}")'))
        if part.get_attribute("open") is None:
            part.locator("summary").press("Enter")
        for label, value in fields.items():
            control = part.get_by_label(label.replace("_", " "), exact=True)
            if control.evaluate("one => one.tagName") == "SELECT":
                control.select_option(label=value)
            else:
                control.fill(value)
        part.locator("button[type=submit]").press("Enter")
        return self

    def fill(self, label: str, text: str) -> "DrawingPage":
        """A field of the chosen element."""
        control = self.chosen.locator("> .ed-field").get_by_label(label, exact=True)
        control.fill(text)
        control.press("Tab")
        return self

    def set(self, setting: str, label: str, text: str) -> "DrawingPage":
        """A field of a setting of the chosen element, saved."""
        part = self.chosen.locator(".ed-settings details").filter(
            has=self.page.locator(f'summary:text-is("{setting}")')
        )
        part.locator("summary").focus()
        if part.get_attribute("open") is None:
            part.locator("summary").press("Enter")
        part.get_by_label(label, exact=True).fill(text)
        with self.page.expect_response(lambda answer: "/element/" in answer.url and answer.request.method == "POST"):
            part.get_by_role("button", name="Bewaren").press("Enter")
        return self

    def sentence(self, name: str) -> Locator:
        """The form of a condition or moment as a sentence, opened."""
        part = self.chosen.locator("details[data-action=sentence]")
        part.locator(f'summary:text-is("{name}")').press("Enter")
        return part
