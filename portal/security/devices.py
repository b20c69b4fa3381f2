"""The device of a visitor in words that its owner knows again, such as "Firefox, Windows"; of what a browser says no more is kept."""

from typing import Final

from starlette.requests import HTTPConnection

UNKNOWN: Final = "Onbekend apparaat"
# the first that fits counts: browsers also name the ones that they are like
BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS: Final = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def device_of(request: HTTPConnection) -> str:
    """The browser and the system that a browser names, in two words; nobody is let in or kept out by it."""
    told = request.headers.get("user-agent", "")
    browser, system = (next((name for mark, name in marks if mark in told), "") for marks in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, (browser, system))) or UNKNOWN
