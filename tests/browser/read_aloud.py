"""What a screen reader says of a page, phrase by phrase, from its top to its end.

The reader is `@guidepup/virtual-screen-reader`, which follows the specifications of names and roles (ACCNAME, CORE-AAM, HTML-AAM). It runs
inside Chromium on the page as it is, with its styles: what is not shown is not said. It is no NVDA: how that one pronounces is heard by people.
"""

import os
import re
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

PACKAGE: Final = Path(__file__).parents[2] / "portal/assets/node_modules/@guidepup/virtual-screen-reader"
SCRIPT: Final = PACKAGE / "lib/esm/index.browser.js"
SERVED_AT: Final = "**/proef/voorlezer.js"  # by the test, so that the policy of the page lets it in
KEPT: Final = Path(__file__).with_name("spoken")
WRITES: Final = "WRITE_SPOKEN"  # with this in the environment what is said is kept anew, for somebody to read
MOST: Final = 3000  # phrases: a page that says more goes round
READ: Final = """
async ([selector, most]) => {
  // this reader does not know that what is folded is not there, nor what is for browsers without scripts
  const folded = [...document.querySelectorAll("details:not([open]) > :not(summary), noscript")].map((one) => [one, one.style.display]);
  for (const [one] of folded) one.style.display = "none";
  const { virtual } = await import("/proef/voorlezer.js");
  await virtual.start({ container: document.querySelector(selector) });
  const first = await virtual.lastSpokenPhrase();
  for (let count = 0; count < most && (await virtual.lastSpokenPhrase()) !== `end of ${first.split(",")[0]}`; count += 1) await virtual.next();
  const said = await virtual.spokenPhraseLog();
  await virtual.stop();
  for (const [one, display] of folded) one.style.display = display;
  return said;
}
"""
# what readers do not say: kinds of text without a meaning of their own, and the end of what is one line
SILENT: Final = re.compile(
    r"(end of )?(paragraph|strong|emphasis|generic)|end of (listitem|link|button|heading|term|definition)\b.*"
)
NAMED: Final = ("link", "button", "radio", "checkbox")  # their words are their name
# what differs from run to run
PASSING: Final = (
    (re.compile(r"\b[A-Z]{3}-\d{4}-\d{5,6}\b"), "<zaaknummer>"),
    (re.compile(r"\bONT-[0-9A-Z-]+\b"), "<ontvangstnummer>"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "<hash>"),
    (re.compile(r"\b\d{1,2}[:.]\d\d uur\b"), "<tijd>"),
    (re.compile(r"\b\d+ kB\b"), "<grootte>"),
)


def said_of(page: Page, part: str = "body") -> list[str]:
    """Every phrase of a part of the page (a CSS selector), without what differs from day to day."""
    page.route(SERVED_AT, lambda route: route.fulfill(path=SCRIPT, content_type="text/javascript"))
    phrases: list[str] = page.evaluate(READ, [part, MOST])
    page.unroute(SERVED_AT)
    assert len(phrases) < MOST, page.url
    return [f"title, {page.title()}", *as_others_say_it([lasting(one) for one in phrases if not SILENT.fullmatch(one)])]


def as_others_say_it(phrases: list[str]) -> list[str]:
    """The phrases without what this reader alone says: the words of a link again after its name, and a list that nothing is in yet."""
    heard, name = list[str](), ""
    for phrase, after in zip(phrases, [*phrases[1:], ""], strict=True):
        if name.startswith(phrase):
            name = name.removeprefix(phrase).lstrip()
            continue
        role, _, name = phrase.partition(", ")
        name = name if role in NAMED else ""
        if phrase != "list" or after.startswith("listitem"):
            heard.append(phrase)
    return heard


def lasting(phrase: str) -> str:
    """A phrase in one line, with a word in the place of numbers, hashes and the time."""
    text = " ".join(phrase.split())
    for pattern, word in PASSING:
        text = pattern.sub(word, text)
    return text


def compare(name: str, phrases: list[str]) -> None:
    """Fails unless this is what was read and found good: the lines of `spoken/<name>.txt`."""
    place = KEPT / f"{name}.txt"
    if os.environ.get(WRITES):
        place.write_text("\n".join(phrases) + "\n")
    assert phrases == place.read_text().splitlines(), f"read {place.name}; {WRITES}=1 keeps what is said now"
