"""The kind of device behind a request, in words for a worker, and whether it was a person by all signs.

In: the headers of the request. A browser of a person says which one it is, which languages its reader reads and that a page is
opened; a scanner of mail or a preview leaves something of that out, or says what it is. One that imitates a browser to the letter is
not recognised: so nothing final follows from opening a page or pressing a button without typing.
"""

import re
from dataclasses import dataclass
from typing import Final

from starlette.requests import HTTPConnection

# names that programs give themselves: mail filters, previews of links in chats, crawlers, libraries
PROGRAMS: Final = re.compile(
    r"bot\b|crawl|spider|scan|preview|fetch|monitor|headless|python|curl|wget|okhttp|java/|go-http|libwww|httpclient|"
    r"safelinks|barracuda|mimecast|proofpoint|forcepoint|symantec|trendmicro|existencediscovery",
    re.IGNORECASE,
)
SYSTEMS: Final = (
    (re.compile("iPhone"), "telefoon (iPhone)"),
    (re.compile("iPad"), "tablet (iPad)"),
    (re.compile("Android.*Mobile"), "telefoon (Android)"),
    (re.compile("Android"), "tablet (Android)"),
    (re.compile("Windows"), "computer (Windows)"),
    (re.compile("Macintosh|Mac OS X"), "computer (Mac)"),
    (re.compile("CrOS"), "computer (Chromebook)"),
    (re.compile("Linux|X11"), "computer (Linux)"),
)
UNKNOWN: Final = "onbekend apparaat"
PROGRAM: Final = "een programma"


@dataclass(frozen=True, slots=True)
class Device:
    words: str
    unattended: bool


def device_of(request: HTTPConnection) -> Device:
    """The device that asks for a page."""
    agent = request.headers.get("user-agent", "")
    if not agent.startswith("Mozilla/") or PROGRAMS.search(agent):
        return Device(PROGRAM, unattended=True)
    words = next((words for sign, words in SYSTEMS if sign.search(agent)), UNKNOWN)
    return Device(words, unattended=_no_person(request))


def _no_person(request: HTTPConnection) -> bool:
    """Asked ahead of time, only for the headers, not as a page, or by what reads no language."""
    headers, method = request.headers, request.scope.get("method", "GET")
    ahead = headers.get("sec-purpose", headers.get("purpose", ""))
    page = headers.get("sec-fetch-mode", "navigate") == "navigate"
    return method == "HEAD" or "prefetch" in ahead or not page or not headers.get("accept-language")
