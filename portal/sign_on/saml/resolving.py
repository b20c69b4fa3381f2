"""The question to the provider: what an artifact stands for, over TLS in which both sides show a certificate."""

from functools import lru_cache
from pathlib import Path
from ssl import SSLContext, SSLError
from typing import Final

import httpx
from starlette.concurrency import run_in_threadpool

from portal.sign_on.errors import SamlRefused, UnreadableFile
from portal.sign_on.provider import NOT_REACHED, SERVER_ERRORS
from portal.sign_on.saml.documents import LARGEST
from portal.sign_on.saml.own_keys import mutual_tls
from portal.sign_on.saml.ways import SamlWay
from processes.base.errors import Busy

SECONDS: Final = 10.0
HEADERS: Final = {
    "Content-Type": "text/xml; charset=utf-8",
    "SOAPAction": '"http://www.oasis-open.org/committees/security"',
}


async def resolved(way: SamlWay, address: str, question: bytes) -> bytes:
    """The answer of SOAP. Raises Busy when the provider cannot be reached, SamlRefused when it answers something else."""
    tls = await run_in_threadpool(tls_of, way)  # reads files
    try:
        async with (
            httpx.AsyncClient(verify=tls, timeout=SECONDS) as client,
            client.stream("POST", address, content=question, headers=HEADERS) as answer,
        ):
            if answer.status_code >= SERVER_ERRORS:
                raise Busy(NOT_REACHED)
            if answer.status_code != 200:  # noqa: PLR2004
                raise SamlRefused("http_status")
            return await _bounded(answer)
    except (httpx.HTTPError, SSLError) as error:  # over TLS 1.3 a server refuses our certificate only when we read
        raise Busy(NOT_REACHED) from error


async def _bounded(answer: httpx.Response) -> bytes:
    found = bytearray()
    async for piece in answer.aiter_bytes():
        found += piece
        if len(found) > LARGEST:
            raise SamlRefused("size")
    return bytes(found)


def tls_of(way: SamlWay) -> SSLContext:
    """Our side of TLS, made again when a file changed. Raises UnreadableFile."""
    files = (way.tls, *([way.authorities] if way.authorities else []))
    try:
        changed = tuple(place.stat().st_mtime_ns for place in files)
    except OSError as error:
        raise UnreadableFile from error
    return _made(way.tls, way.authorities, changed)


@lru_cache(8)
def _made(certificate: Path, authorities: Path | None, changed: tuple[int, ...]) -> SSLContext:  # noqa: ARG001 - part of the key
    return mutual_tls(certificate, authorities)
