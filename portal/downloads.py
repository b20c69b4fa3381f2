"""Sends a document to the browser: always as a download under a name of ours, never shown inside a page of ours."""

from collections.abc import Iterable
from urllib.parse import quote

from starlette.responses import StreamingResponse

from processes.base.file_types import safe_name


def send_document(chunks: Iterable[bytes], name: str, media_type: str, size: int | None = None) -> StreamingResponse:
    """A download. `name` is what the reader's computer calls the file; `chunks` come from `services.files.read`.

    The address of the file in the store is never told. A sandbox policy keeps a browser that shows it all the same
    from running anything in it.
    """
    clean = safe_name(name)
    plain = clean.encode("ascii", "replace").decode().replace("?", "_").replace("\\", "_").replace('"', "_")
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    if size is not None:
        headers["Content-Length"] = str(size)
    return StreamingResponse(iter(chunks), media_type=media_type, headers=headers)
