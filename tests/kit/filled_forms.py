"""The fields of a form as a browser would send them, when nobody types anything."""

from collections.abc import Mapping
from html.parser import HTMLParser

from kit.browser import Browser


def send(browser: Browser, address: str, typed: Mapping[str, str | list[str]], status: int = 200) -> str:
    """Open a page and send its form for that address, with all its fields as they are but for those that were typed."""
    browser.get(address)
    places = (address, address.partition("?")[0])  # a form keeps the query of its page, or does not
    to, fields = next(((one, found) for one in places if (found := filled(browser.html, one))), (places[-1], {}))
    return browser.post(to, {**fields, **typed}, status=status)


def filled(page: str, action: str) -> dict[str, list[str]]:
    """Every field of the last form of a page for this address, without its buttons."""
    reader = _Forms(action)
    reader.feed(page)
    return reader.found


class _Forms(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.found = action, False, dict[str, list[str]]()
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = said.get("action") == self.action
            self.found = {} if self.inside else self.found
        if not self.inside:
            return
        name = said.get("name", "")
        if tag == "input" and name and (said.get("type") not in {"checkbox", "radio", "file"} or "checked" in said):
            self.found.setdefault(name, []).append(said.get("value", "on"))
        elif tag == "textarea":
            self.area = name
            self.found[name] = [""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in said:
            self.found.setdefault(self.select, []).append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"
        self.area = "" if tag == "textarea" else self.area
        self.select = "" if tag == "select" else self.select

    def handle_data(self, data: str) -> None:
        if self.inside and self.area:
            self.found[self.area][0] += data
