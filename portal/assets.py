"""Addresses of static files, with a version that changes when the file does, so that browsers may keep them for good."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"


@lru_cache(maxsize=256)
def static_url(name: str) -> str:
    """`/static/own/zaakspoor.css?v=1a2b3c4d`; without a version when the file has not been built."""
    path = STATIC / name
    if not path.is_file():
        return f"/static/{name}"
    return f"/static/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"


class VersionedFiles(StaticFiles):
    """Static files. A request with a version, or for a name with a hash in it, may be kept for good."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        scope: Scope = kwargs.get("scope") or args[2]
        response = super().file_response(*args, **kwargs)
        lasting = b"v=" in scope.get("query_string", b"") or "/built/assets/" in scope["path"]
        response.headers["Cache-Control"] = FOREVER if lasting else REVALIDATE
        return response
