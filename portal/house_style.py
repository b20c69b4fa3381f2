"""The house style over HTTP: its stylesheet, icon, logo and fonts, each at an address that names its content, so that browsers
keep it for good. Everybody may read them: they are how our pages look.
"""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.assets import FOREVER
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.house_style.sheet import icon, sheet
from processes.house_style.style import HouseStyle
from processes.reads.house_style import read_style, read_style_file
from processes.storage.services import Services
from processes.storage.style_cache import StyleInUse

router = APIRouter(prefix="/huisstijl")
NUMBER_MOST = 2**31 - 1
# a picture that is opened by itself may load and run nothing
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class StyleAddresses:
    """Where the stylesheet and the icon of one style are."""

    sheet: str
    icon: str


def addresses_of(style: StyleInUse) -> StyleAddresses:
    """The addresses of a style that stands in a row."""
    base = f"/huisstijl/{style.id}/{style.style.digest}"
    return StyleAddresses(f"{base}.css", f"{base}.svg")


def style_now(services: Services, now: datetime | None = None) -> StyleInUse | None:
    """The style that holds today; `now` where the clock of the demo was moved."""
    return services.styles.on(services.sessions, local_date(now or services.clock.now()))


@router.get("/bestand/{digest}")
def style_file(request: Request, digest: str) -> Response:
    found = read_style_file(_services(request), digest)
    return _kept(found.content, found.media_type)


@router.get("/{number}/{digest}.css")
def stylesheet(request: Request, number: int, digest: str) -> Response:
    return _kept(sheet(_style(request, number, digest)).encode(), "text/css; charset=utf-8")


@router.get("/{number}/{digest}.svg")
def style_icon(request: Request, number: int, digest: str) -> Response:
    return _kept(icon(_style(request, number, digest)).encode(), "image/svg+xml")


def _style(request: Request, number: int, digest: str) -> HouseStyle:
    """The style of a row, when it still is the one that the address names."""
    found = read_style(_services(request), number) if 0 < number <= NUMBER_MOST else None
    if found is None or found.digest != digest:
        raise NotFound
    return found


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


def _kept(content: bytes, media_type: str) -> Response:
    return Response(
        content, media_type=media_type, headers={"Cache-Control": FOREVER, "Content-Security-Policy": ALONE}
    )
