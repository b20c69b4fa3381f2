"""Somebody who knows a goal in own words and nothing of the site: reads what can be pressed, presses what sounds most like the goal, and fills in what is
known by the words of each label.

No address and no name of a field is known here; what is visible is all there is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import html

from kit.browser import ORIGIN, TestClient

MOST: Final = 15  # pages: who needs more has given up
_LITTLE: Final = "de het een en of van voor naar in op met bij u uw mijn ik wij ons onze dit dat deze die er is zijn om te aan als wat wie hoe"
LITTLE: Final = frozenset(_LITTLE.split())
HIDDEN: Final = "contains(concat(' ', @class, ' '), ' zs-hidden ')"


class GaveUp(AssertionError):
    """Nothing on the page sounds like the goal, or a question is asked that this person cannot answer."""


def words_of(text: str) -> set[str]:
    """The words that carry meaning, each without its ending, so that `besluiten` is also `besluit`."""
    return {
        word.removesuffix("en").removesuffix("e")[:9]
        for word in re.findall(r"[a-zà-ÿ]{3,}", text.lower())
        if word not in LITTLE
    }


@dataclass
class GoalWalker:
    """`goal`: own words; `knows`: what somebody can tell, by words that are all in the question. `heard`: what was pressed, in order."""

    client: TestClient
    goal: str
    knows: Mapping[str, str] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)

    def from_page(self, address: str, until: str) -> str:
        """Goes on from this page until one says this (a regular expression); its text. Raises GaveUp."""
        answer, been = self.client.get(address), set[str]()
        for _ in range(MOST):
            assert answer.status_code == 200, f"{self.heard}: {answer.status_code}\n{self._text(answer.text)}"
            if found := re.search(until, self._text(answer.text)):
                return found.group()
            been.add(str(answer.url))
            (main,) = html.fromstring(answer.content, base_url=str(answer.url)).iter("main")
            forms = [one for one in main.iter("form") if any(True for _ in self._asked(one))]
            answer = (
                self._fill(forms[0])
                if forms and not self._link(main, been, better_than=1)
                else self._follow(main, been)
            )
        raise GaveUp(f"{MOST} pages and not there: {self.heard}")

    def _follow(self, main: html.HtmlElement, been: set[str]) -> Any:
        link = self._link(main, been)
        if link is not None:
            self.heard.append(self._said(link))
            return self.client.get(link.get("href"))
        buttons = [form for form in main.iter("form") if list(self._buttons(form))]
        if not buttons:
            raise GaveUp(f"nothing to press for '{self.goal}' after {self.heard}:\n{self._said(main)}")
        return self._fill(buttons[0])

    def _link(self, main: html.HtmlElement, been: set[str], better_than: int = 0) -> html.HtmlElement | None:
        """The link that shares most words with the goal, of equals the one that says least besides, then the first."""
        wanted, base = words_of(self.goal), main.base_url
        links = [
            one for one in main.iter("a")
            if one.get("href", "").startswith("/") and "download" not in one.attrib and html.urljoin(base, one.get("href")) not in been
        ]  # fmt: skip
        told = [(words_of(self._said(one)), -place, one) for place, one in enumerate(links)]
        scored = [(len(wanted & said), -len(said - wanted), place, one) for said, place, one in told]
        best = max(scored, key=lambda one: one[:3], default=(0, 0, 0, None))
        return best[3] if best[0] > better_than else None

    def _fill(self, form: html.FormElement) -> Any:
        """Answers what is asked and presses the first button."""
        for one in self._asked(form):
            self._answer(one)
        button = next(self._buttons(form))
        self.heard.append(self._said(button))
        values = [*form.form_values(), *([(button.get("name"), button.get("value", ""))] if button.get("name") else [])]
        data: dict[str, list[str]] = {}
        for name, value in values:
            data.setdefault(name, []).append(value)
        return self.client.post(button.get("formaction") or form.get("action"), data=data, headers=ORIGIN)

    def _answer(self, one: Any) -> None:
        label = one.label
        question = self._said(label) if label is not None else ""
        text = next((text for words, text in self.knows.items() if words_of(words) <= words_of(question)), "")
        if text and not one.value:
            one.value = text
        elif "required" in one.attrib and not one.value:
            raise GaveUp(f"cannot answer '{question}' after {self.heard}")

    def _asked(self, form: html.FormElement) -> Iterator[Any]:
        """The fields for words that stand open on the page."""
        for one in form.iter("input", "textarea"):
            folded = any(up.tag == "details" and "open" not in up.attrib for up in one.iterancestors())
            for_words = one.tag == "textarea" or one.get("type", "text") in {"text", "email", "tel", "date"}
            if for_words and not folded and one.get("name"):
                yield one

    def _buttons(self, form: html.FormElement) -> Iterator[html.HtmlElement]:
        yield from (one for one in form.iter("button") if one.get("type") == "submit")

    def _said(self, element: html.HtmlElement) -> str:
        """What is visible of it."""
        texts: Sequence[str] = element.xpath(f".//text()[not(ancestor::*[{HIDDEN}]) and not(ancestor::script)]")
        return " ".join(" ".join(texts).split())

    def _text(self, page: str) -> str:
        main = html.fromstring(page.encode()).find(".//main")
        return self._said(main) if main is not None else ""
