"""`/.well-known/security.txt` (RFC 9116): to whom somebody reports a weakness of this site."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from portal.doors import TheServices
from processes.base.errors import NotFound
from processes.base.settings import Settings

router = APIRouter()
PLACE: Final = "/.well-known/security.txt"
GOOD_FOR: Final = timedelta(days=180)  # the standard asks for less than a year


@router.get(PLACE)
def security_txt(services: TheServices) -> Response:
    """Raises NotFound where the settings name nobody."""
    if not services.settings.security_contact:
        raise NotFound
    return PlainTextResponse(lines(services.settings, datetime.now(UTC)))


def lines(settings: Settings, now: datetime) -> str:
    """The text, good for half a year from the day of `now` on: whoever serves it still stands behind it."""
    contact = settings.security_contact
    ends = datetime.combine(now.astimezone(UTC).date(), time(), UTC) + GOOD_FOR
    return (
        f"Contact: {contact if contact.startswith('https://') else f'mailto:{contact}'}\n"
        f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}\n"
        "Preferred-Languages: nl, en\n"
        f"Canonical: {settings.public_url.rstrip('/')}{PLACE}\n"
    )
