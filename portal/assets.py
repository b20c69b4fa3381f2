"""Static files: their addresses, with a version that changes when the file does, so that browsers may keep them for good, and their
answers, compressed where the build did so and the browser reads it.

The build (`portal/assets/pack.mjs`) names a compressed text by the content that it was made of. A text that changed since has another
content and is served as it is: what is old is never served.
"""

import hashlib
import mimetypes
import os
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from portal.codings import accepted

STATIC: Final = Path(__file__).parent / "static"
PACKED: Final = STATIC / "built" / "packed"
ENDINGS: Final = {"br": ".br", "gzip": ".gz"}  # in the order in which we like them
FOREVER: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "no-cache"


class ServedText(NamedTuple):
    """A file as it was read: `digest` is the SHA-256 of its content in hex, `codings` those in which it was compressed."""

    digest: str
    codings: tuple[str, ...]


@lru_cache(maxsize=256)
def static_url(name: str) -> str:
    """`/static/own/zaakspoor.css?v=1a2b3c4d`; without a version when the file has not been built."""
    path = STATIC / name
    if not path.is_file():
        return f"/static/{name}"
    return f"/static/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"


@lru_cache(maxsize=64)
def is_built(name: str) -> bool:
    """Whether this file is there: an organisation may name a theme of its own that brings no sheet to us."""
    return (STATIC / name).is_file()


@lru_cache(maxsize=1024)
def _known(path: str, _changed: int, _size: int) -> ServedText:
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return ServedText(digest, tuple(coding for coding in ENDINGS if _packed(digest, coding).is_file()))


def _packed(digest: str, coding: str) -> Path:
    return PACKED / f"{digest[:32]}{ENDINGS[coding]}"


class VersionedFiles(StaticFiles):
    """Static files. A request with a version, or for a name with a hash in it, may be kept for good."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, or its compressed copy: each has an ETag of its own, which names the content and not the moment of the build."""
        path, asked = os.fspath(full_path), Headers(scope=scope)
        known = _known(path, stat_result.st_mtime_ns, stat_result.st_size)
        coding = accepted(asked.get("accept-encoding", ""), known.codings)
        lasting = b"v=" in scope.get("query_string", b"") or "/built/assets/" in scope["path"]
        headers = {
            "Cache-Control": FOREVER if lasting else REVALIDATE,
            "ETag": f'"{known.digest[:32]}{ENDINGS.get(coding, "")}"',
            **({"Content-Encoding": coding} if coding else {}),
            **({"Vary": "Accept-Encoding"} if known.codings else {}),
        }
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        answer = FileResponse(
            _packed(known.digest, coding) if coding else path, status_code, headers=headers, media_type=kind
        )
        return NotModifiedResponse(answer.headers) if self.is_not_modified(answer.headers, asked) else answer
