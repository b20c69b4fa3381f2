"""The tus 1.0 protocol for large files: announce (POST), ask how far it came (HEAD), send on from there (PATCH), give up (DELETE).

What every face does the same; who may, and for which form, says the face. A request carries the synchroniser token of our
forms in a header, which no other site can send. Every refusal is one sentence as plain text, in the language of the page: the script shows it.
(https://tus.io/protocols/resumable-upload, version 1.0.0, with creation, expiration and termination.)
"""

import binascii
from base64 import b64decode
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass
from email.utils import format_datetime
from functools import wraps
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, PlainTextResponse, Response

from engine import DocumentType
from portal.language.spoken import said_to
from portal.pages import get_services
from portal.received import BrokenBody, without_nul
from portal.security.csrf import check_token
from processes.base.actor import Actor
from processes.base.errors import Busy, Invalid, NoRoom, PieceBusy, TooLarge, UploadGone, ZaakspoorError
from processes.base.file_types import DOCUMENTS, check_ending, codes_of
from processes.base.uploads import MEGABYTE
from processes.storage import large_uploads
from processes.storage.large_uploads import Announced, LargeFile
from processes.storage.piece_writer import PieceWriter
from processes.storage.services import Services
from processes.storage.upload_room import room_of

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,expiration,termination"
TOKEN_HEADER: Final = "x-csrf-token"  # noqa: S105 - the name of a header
PIECE_TYPE: Final = "application/offset+octet-stream"
GATHERED: Final = 1_000_000  # bytes that are handed to a worker thread at a time
FILES: Final = "files"  # the field of a form that has only one
LARGEST: Final = 2**53  # a size that a script can count


class WrongVersion(ZaakspoorError):
    """Wij begrijpen deze manier van versturen niet. Laad de pagina opnieuw en kies het bestand nog een keer."""

    status = 412


class NotAPiece(ZaakspoorError):
    """Dit is geen deel van een bestand dat wij kunnen lezen. Laad de pagina opnieuw en kies het bestand nog een keer."""

    status = 415


Answering = Callable[..., Awaitable[Response]]


def tus(handler: Answering) -> Answering:
    """Around each handler: the version is checked and told, and a refusal becomes a sentence."""

    @wraps(handler)
    async def answered(request: Request, *given: object, **named: object) -> Response:
        try:
            if request.headers.get("tus-resumable") != VERSION:
                raise WrongVersion
            answer = await handler(request, *given, **named)
        except ZaakspoorError as error:
            answer = refusal(request, error)
        answer.headers["Tus-Resumable"] = VERSION
        return answer

    return answered


def said(services: Services, actor: Actor) -> Response:
    """OPTIONS: what this server can do."""
    headers = {"Tus-Resumable": VERSION, "Tus-Version": VERSION, "Tus-Extension": EXTENSIONS}
    room = room_of(services, actor)
    most = str(max(0, min(room.day, room.waiting)))
    return Response(status_code=204, headers={**headers, "Tus-Max-Size": most})


@tus
async def announce(
    request: Request, actor: Actor, form: str, at: str, largest: int | None = None, formats: tuple[str, ...] = DOCUMENTS
) -> Response:
    """POST: a new file for this form. `at` is the address under which files stand, `largest` in bytes."""
    services = get_services(request)
    await run_in_threadpool(_check_token, request, services)
    announced = _announced(request, form)
    if largest is not None and announced.size > largest:
        raise TooLarge(f"'{announced.name}' is te groot. Een bestand mag hier hoogstens {largest // MEGABYTE} MB zijn.")
    check_ending(announced.name, formats)
    made = await run_in_threadpool(large_uploads.begin, services, actor, announced)
    return Response(status_code=201, headers={"Location": f"{at}/{made.id}", "Upload-Offset": "0", **_expires(made)})


@tus
async def ask(request: Request, actor: Actor, upload: str) -> Response:
    """HEAD: how far it came."""
    found = await run_in_threadpool(large_uploads.find, get_services(request), actor, upload)
    headers = {"Upload-Offset": str(found.received), "Upload-Length": str(found.size), **_expires(found)}
    return Response(headers={**headers, "Cache-Control": "no-store"})


@tus
async def add(request: Request, actor: Actor, upload: str) -> Response:
    """PATCH: the bytes from the offset on. When the line breaks, what came in is kept."""
    services = get_services(request)
    await run_in_threadpool(_check_token, request, services)
    if request.headers.get("content-type") != PIECE_TYPE:
        raise NotAPiece
    piece = await run_in_threadpool(large_uploads.claim, services, actor, upload, _number(request, "upload-offset"))
    writer = PieceWriter(services, piece)
    try:
        await _stream(request, writer)
    except ClientDisconnect as error:
        raise BrokenBody from error
    finally:
        await run_in_threadpool(writer.finish)
    found = await run_in_threadpool(large_uploads.find, services, actor, upload)
    return Response(status_code=204, headers={"Upload-Offset": str(found.received), **_expires(found)})


@tus
async def remove(request: Request, actor: Actor, upload: str) -> Response:
    """DELETE: the owner does not want it any more."""
    services = get_services(request)
    await run_in_threadpool(_check_token, request, services)
    await run_in_threadpool(large_uploads.find, services, actor, upload)
    await run_in_threadpool(large_uploads.give_up, services, actor, upload)
    return Response(status_code=204)


@dataclass(frozen=True, slots=True)
class TakenFiles:
    """The files that a form takes: the size of the largest in bytes, and the formats."""

    largest: int
    formats: tuple[str, ...]


def taken_of(kinds: Iterable[DocumentType], made: Collection[str] = ()) -> TakenFiles:
    """`made`: the formats of which a PDF is made where a document must be one."""
    all_kinds = list(kinds)
    codes = {code for kind in all_kinds for code in codes_of(kind.taken)}
    codes |= {*made} if any(kind.archive for kind in all_kinds) else set()
    largest = max((kind.max_megabytes for kind in all_kinds), default=0) * MEGABYTE
    return TakenFiles(largest, tuple(code for code in DOCUMENTS if code in codes))


Asked = Callable[[Services, Actor, str, str], TakenFiles]
"""The files that the form at an address takes at one of its fields. Raises NotFound, and whatever its page would raise."""


def add_routes(router: APIRouter, at: str, guard: Callable[..., Actor], asked: Asked) -> None:
    """The protocol at the address `at`, which is also the beginning of the router's, for people who sign in. The form stands in the query."""

    @router.options("/uploads")
    def options(request: Request, actor: Annotated[Actor, Depends(guard)]) -> Response:
        return said(get_services(request), actor)

    @router.post("/uploads")
    @tus
    async def begin(request: Request, actor: Annotated[Actor, Depends(guard)], form: str = "") -> Response:
        takes = await run_in_threadpool(asked, get_services(request), actor, form, field_of(request))
        return await announce(request, actor, form, f"{at}/uploads", takes.largest, takes.formats)

    @router.head("/uploads/{upload}")
    async def how_far(request: Request, upload: str, actor: Annotated[Actor, Depends(guard)]) -> Response:
        return await ask(request, actor, upload)

    @router.patch("/uploads/{upload}")
    async def send(request: Request, upload: str, actor: Annotated[Actor, Depends(guard)]) -> Response:
        return await add(request, actor, upload)

    @router.delete("/uploads/{upload}")
    async def take_away(request: Request, upload: str, actor: Annotated[Actor, Depends(guard)]) -> Response:
        return await remove(request, actor, upload)

    @router.get("/uploads/{upload}")
    def state(request: Request, upload: str, actor: Annotated[Actor, Depends(guard)]) -> Response:
        return state_of(request, actor, upload)


def state_of(request: Request, actor: Actor, upload: str) -> Response:
    """How a file stands, for the script that waits until it is one."""
    try:
        found = large_uploads.find(get_services(request), actor, upload)
    except UploadGone as error:
        return JSONResponse({"state": "gone", "sentence": said_to(request, str(error))})
    return JSONResponse({"state": found.state, "sentence": ""})


async def _stream(request: Request, writer: PieceWriter) -> None:
    waiting = bytearray()
    try:
        async for chunk in request.stream():
            waiting += chunk
            if len(waiting) >= GATHERED:
                ready, waiting = bytes(waiting), bytearray()
                await run_in_threadpool(writer.feed, ready)
    finally:
        if waiting:
            await run_in_threadpool(writer.feed, bytes(waiting))


def field_of(request: Request) -> str:
    """The field of the form for which a file is announced. Raises BrokenBody."""
    return _metadata(request.headers.get("upload-metadata", "")).get("field", FILES)[:80]


def _announced(request: Request, form: str) -> Announced:
    """Raises BrokenBody for what is no announcement."""
    words = _metadata(request.headers.get("upload-metadata", ""))
    size = _number(request, "upload-length")
    return Announced(form, field_of(request), words.get("filename", ""), size, words.get("changed", "")[:20])


def _metadata(text: str) -> dict[str, str]:
    """`name base64, name base64` as words. Raises BrokenBody."""
    pairs = (pair.strip().partition(" ") for pair in text.split(",") if pair.strip())
    try:
        return {name: without_nul(b64decode(value, validate=True).decode()) for name, _, value in pairs}
    except (binascii.Error, UnicodeDecodeError) as error:
        raise BrokenBody from error


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST):  # noqa: PLR2004
        raise BrokenBody
    return int(text)


def _check_token(request: Request, services: Services) -> None:
    check_token(request, services, request.headers.get(TOKEN_HEADER, ""))


def _expires(file: LargeFile) -> dict[str, str]:
    return {"Upload-Expires": format_datetime(file.until, usegmt=True)}


def refusal(request: Request, error: ZaakspoorError) -> Response:
    """The sentence of a refusal, as plain text with its status."""
    sentence = " ".join(error.fields.values()) if isinstance(error, Invalid) else str(error)
    headers = {"Tus-Version": VERSION} if isinstance(error, WrongVersion) else {}
    if isinstance(error, PieceBusy | Busy | NoRoom):
        headers["Retry-After"] = "30"
    return PlainTextResponse(said_to(request, sentence), error.status, headers)
