"""Calendar files (RFC 5545): moments in, a download out that every calendar reads.

An event keeps its UID for good. When it moves or is cancelled its SEQUENCE is higher, so that a calendar replaces what it had.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from icalendar import Calendar, Event
from starlette.responses import Response

from portal.downloads import send_document
from processes.base.settings import Settings


@dataclass(frozen=True, slots=True)
class CalendarMoment:
    """`begins` is a moment, or a date for a whole day. `title` and `place` are all that a calendar is told; nothing of a case but its number."""

    uid: str
    sequence: int
    title: str
    begins: datetime | date
    ends: datetime | None = None
    place: str = ""
    link: str = ""
    cancelled: bool = False


def calendar_uid(settings: Settings, name: str) -> str:
    """A UID of this installation for what is called so here."""
    return f"{name}@{urlsplit(settings.public_url).hostname or 'localhost'}"


def calendar_of(moments: Iterable[CalendarMoment]) -> bytes:
    """The calendar as bytes; DTSTAMP is the moment of making it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Zaakspoor//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in moments:
        calendar.add_component(_event(one))
    return bytes(calendar.to_ical())


def send_calendar(moments: Iterable[CalendarMoment], name: str) -> Response:
    """A download under this name."""
    content = calendar_of(moments)
    return send_document([content], name, "text/calendar; charset=utf-8", len(content))


def _event(one: CalendarMoment) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", datetime.now(UTC))
    event.add("summary", one.title)
    event.add("dtstart", one.begins.astimezone(UTC) if isinstance(one.begins, datetime) else one.begins)
    if one.ends:
        event.add("dtend", one.ends.astimezone(UTC))
    if one.place:
        event.add("location", one.place)
    if one.link:
        event.add("url", one.link)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    return event
