"""A guide for people, read and done by a program: each numbered step of a Markdown file is carried out in a browser as it is written.

Understood, in the order of the text: Open `address`; Kies **link**; Kies **link** en dan **link**; Druk op **button**; Vul bij **field** in: `text`; Vul bij **field** een dag van vorige week in;
Voeg bij **field** toe: `text`; Kies bij **field** voor *option*; U leest *text*. A picture is taken where one stands. All other words are for people.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as BrowserTimeout

DONE: Final = re.compile(
    r"Open `(?P<open>[^`]+)`"
    r"|(?:\bKies|en dan|Kies dan) \*\*(?P<follow>[^*]+)\*\*"
    r"|[Dd]ruk op \*\*(?P<press>[^*]+)\*\*"
    r"|Vul bij \*\*(?P<field>[^*]+)\*\* in: `(?P<text>[^`]+)`"
    r"|Vul bij \*\*(?P<day_field>[^*]+)\*\* een dag van (?P<day>vorige week) in"
    r"|Voeg bij \*\*(?P<longer>[^*]+)\*\* toe: `(?P<more>[^`]+)`"
    r"|Kies bij \*\*(?P<choice>[^*]+)\*\* voor \*(?P<option>[^*]+)\*"
    r"|[Uu] leest \*(?P<says>[^*]+)\*"
    r"|!\[[^\]]*\]\((?P<picture>[^)]+)\)"
)
HEADING: Final = re.compile(r"^### (.+)$", re.MULTILINE)
STEP: Final = re.compile(r"^(?:\d+\. .*(?:\n(?:   ).+)*|!\[.*\]\(.*\))", re.MULTILINE)
MORE: Final = r"( \(.*\))?"  # behind the name of a field: "(niet verplicht)"

Picture = Callable[[Page, str], None]


def chapters(guide: str, heading: str) -> Iterator[tuple[str, list[re.Match[str]]]]:
    """The chapters (`###`) under a heading (`##`), each with what must be done."""
    under = guide.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    parts = HEADING.split(under)
    for title, text in zip(parts[1::2], parts[2::2], strict=True):
        yield title, [one for step in STEP.finditer(text) for one in DONE.finditer(step[0])]


def do(page: Page, base: str, today: date, step: re.Match[str], picture: Picture) -> None:
    """Carry out one thing; raises AssertionError when the page is not as the guide says."""
    try:
        _do(page, base, today, step, picture)
    except BrowserTimeout as error:
        raise AssertionError(f"{step[0]!r} cannot be done; {page.url} says:\n{read(page)}") from error


def _do(page: Page, base: str, today: date, step: re.Match[str], picture: Picture) -> None:
    said = {name: text for name, text in step.groupdict().items() if text}
    match said:
        case {"open": path}:
            page.goto(path if path.startswith("http") else base + path)
        case {"follow": name}:
            link(page, name).click()
        case {"press": name}:
            page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()
        case {"field": name, "text": text}:
            field(page, name).fill(text)
        case {"day_field": name}:
            field(page, name).fill((today - timedelta(days=7)).strftime("%d-%m-%Y"))
        case {"longer": name, "more": text}:
            field(page, name).fill(f"{field(page, name).input_value()}\n{text}")
        case {"choice": name, "option": option}:
            choose(page, name, option)
        case {"says": text}:
            assert text in read(page), f"the guide promises {text!r}; {page.url} says:\n{read(page)}"
        case {"picture": path}:
            picture(page, Path(path).name)


def read(page: Page) -> str:
    """The text of the page itself, on one line."""
    return " ".join(page.get_by_role("main").inner_text().split())


def link(page: Page, name: str) -> Locator:
    """A link or something to fold out: of the page itself, whole name or the beginning of it; else of the bar above it."""
    main, whole = page.get_by_role("main"), rf"^\s*{re.escape(name)}"
    for pattern in (re.compile(rf"{whole}\s*$"), re.compile(whole)):
        inside = main.get_by_role("link", name=pattern).or_(main.locator("summary").filter(has_text=pattern))
        if inside.count():
            return inside.first
    return page.get_by_role("link", name=name, exact=True).first


def field(page: Page, name: str) -> Locator:
    return page.get_by_label(re.compile(rf"^\s*{re.escape(name)}{MORE}\s*$")).first


def choose(page: Page, name: str, option: str) -> None:
    group = page.get_by_role("group", name=re.compile(rf"^{re.escape(name)}{MORE}"))
    if group.count():
        group.get_by_label(option, exact=True).check()
    else:
        field(page, name).select_option(label=option)
