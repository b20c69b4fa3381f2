"""Sends a document to the browser: always as a download under a name of ours, never shown inside a page of ours."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from portal.security.headers import content_policy
from processes.base.errors import NotFound
from processes.base.file_types import safe_name
from processes.base.settings import Settings
from processes.reads.filed import FiledPage


def send_document(chunks: Iterable[bytes], name: str, media_type: str, size: int | None = None) -> StreamingResponse:
    """A download. `name` is what the reader's computer calls the file; `chunks` come from `services.files.read`.

    The address of the file in the store is never told. A sandbox policy keeps a browser that shows it all the same
    from running anything in it.
    """
    clean = safe_name(name)
    headers = {
        "Content-Disposition": f"attachment; filename=\"{_plain(clean)}\"; filename*=UTF-8''{quote(clean, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    if size is not None:
        headers["Content-Length"] = str(size)
    return StreamingResponse(iter(chunks), media_type=media_type, headers=headers)


SHOWN_INSIDE: Final = frozenset({"application/pdf", "image/png", "image/jpeg"})  # what browsers show by themselves


def show_document(chunks: Iterable[bytes], name: str, media_type: str, size: int) -> StreamingResponse:
    """A document inside a page of ours, and inside no other: an image or PDF, which hold nothing that could act on the page.
    Raises NotFound for another kind.

    The viewer of a browser does not start in a sandbox; a document may fetch nothing all the same.
    """
    if media_type not in SHOWN_INSIDE:
        raise NotFound("Dit bestand kan niet in de pagina worden getoond. Haal het op.")
    shown = send_document(chunks, name, media_type, size)
    shown.headers["Content-Disposition"] = shown.headers["Content-Disposition"].replace("attachment", "inline", 1)
    shown.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    shown.headers["X-Frame-Options"] = "SAMEORIGIN"
    return shown


def in_own_frame(page: Response, settings: Settings) -> Response:
    """A page of ours that another page of ours shows in a frame, and nobody else."""
    page.headers["Content-Security-Policy"] = content_policy(settings, frame_ancestors="'self'")
    page.headers["X-Frame-Options"] = "SAMEORIGIN"
    return page


def send_words(page: FiledPage) -> StreamingResponse:
    """The words of a filing as plain text in UTF-8."""
    content = page.body.encode()
    return send_document([content], f"{page.reference}.txt", "text/plain; charset=utf-8", len(content))


def _plain(name: str) -> str:
    """For a program that does not read `filename*`: ASCII without the signs that such programs read each in their own
    way (RFC 6266, appendix D). No folder can be in it: the name was made safe.
    """
    return re.sub(r'["%\\?]', "_", name.encode("ascii", "replace").decode())
