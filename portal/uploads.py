"""Forms come in here, and nowhere else: read while they stream, stopped at the limit, checked for completeness. A chunk at a time
is taken apart in a worker thread: a form of two megabytes holds up nobody else.

In: the request. Out: `Received`. Nothing of a form that is refused or broken off stays behind. Starlette's own reader is
not used: it has no size limit and answers a body that was cut off as if it were whole.
"""

from collections.abc import Callable, Sequence
from urllib.parse import unquote_plus

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import QuerystringParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from portal.multipart import TEXT_BYTES, Parts
from portal.pages import get_services
from portal.received import BrokenBody, NotAForm, Received, TextsTooLong, TooManyFiles, TooMuch, without_nul
from portal.security.csrf import FIELD, check_token
from portal.security.sessions import sender_of
from processes.base.errors import Invalid, TooLarge, ZaakspoorError
from processes.base.file_types import DOCUMENTS
from processes.base.uploads import MEGABYTE, Upload
from processes.storage.current_settings import current_settings
from processes.storage.services import Services
from processes.storage.upload_room import UploadRoom, note_uploads, room_of

FORM_BYTES = TEXT_BYTES  # a form without files
BESIDE_FILES = 900_000  # for the texts in a form with files; below one megabyte, so that the limit people read is right
BEGINNING = 250_000  # of a form that announces too much: enough for the texts, which stand before the files
MAX_FILES = 50
MAX_FIELDS = 500

WRONG = "wrong"  # the field of `receive_few` that holds what is wrong with a file

__all__ = [
    "MEGABYTE", "WRONG", "Received", "Upload", "one_file", "plain_form", "receive", "receive_few", "upload_each_form",
    "upload_form",
]  # fmt: skip


async def plain_form(request: Request) -> Received:
    """Dependency of pages whose form has no files: `form: Received = Depends(plain_form)`."""
    return await receive(request, get_services(request), max_bytes=FORM_BYTES, max_files=0)


async def upload_form(request: Request) -> Received:
    """Dependency of pages whose form has files. The limit is the setting `upload_megabytes`, for all files together."""
    return await _with_files(request, each=False)


async def upload_each_form(request: Request) -> Received:
    """The same, of a page where a wrong file costs only itself."""
    return await _with_files(request, each=True)


async def _with_files(request: Request, *, each: bool) -> Received:
    services = get_services(request)
    return await receive(
        request,
        services,
        max_bytes=(await run_in_threadpool(current_settings, services)).upload_megabytes * MEGABYTE + BESIDE_FILES,
        each=each,
    )


async def receive_few(request: Request, *, max_bytes: int, formats: Sequence[str], max_files: int = 1) -> Received:
    """A form with one file, or a few, on the page that shows what is wrong with them: the sentence stands in the field WRONG,
    beside what was typed before the file.
    """
    try:
        return await receive(request, get_services(request), max_bytes=max_bytes, max_files=max_files, formats=formats)
    except (Invalid, TooLarge, TooManyFiles) as error:
        before = getattr(request.state, "received", None) or Received()
        return Received({**before.fields, WRONG: [str(error)]})


def one_file(form: Received, nothing: str) -> Upload:
    """The one file of `receive_few`. Raises Invalid at the field `file`: with what is wrong, or with `nothing` when none was chosen."""
    if wrong := form.one(WRONG):
        raise Invalid({"file": wrong})
    if not form.uploads:
        raise Invalid({"file": nothing})
    return form.uploads[0]


async def receive(
    request: Request,
    services: Services,
    *,
    max_bytes: int,
    max_files: int = MAX_FILES,
    max_fields: int = MAX_FIELDS,
    formats: Sequence[str] = DOCUMENTS,
    check_csrf: bool = True,
    each: bool = False,
) -> Received:
    """The whole form. Raises TooLarge, TooMuch, BrokenBody, NotAForm, Invalid or FormTooOld; then nothing is kept.

    The token is that of the session which a guard loaded before, so the guard stands before the form; without a guard
    it is that of the path. Keep `check_csrf` on except where a machine calls. Files are taken from somebody whom a guard
    let in, and from nobody else; each is noted under that person or link, which may bring so much and no more. With `each` a
    wrong file costs only itself: `request.state.refused_files` then lists those (RefusedFile).
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind == b"application/x-www-form-urlencoded":
        pairs = _Pairs(max_fields)
        await _stream(request, min(max_bytes, TEXT_BYTES), pairs.feed, files=False)
        return await run_in_threadpool(_checked, request, services, pairs.result, check_csrf=check_csrf)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise NotAForm
    sender = sender_of(request) if max_files else None

    def room() -> UploadRoom:
        if check_csrf:  # the token stands first in our forms: without a good one no file reaches the store
            check_token(request, services, Received(parts.fields).one(FIELD))
        return room_of(services, sender) if sender else UploadRoom(0, 0)

    parts = Parts(
        services.files, options[b"boundary"], max_files if sender else 0, max_fields, formats, room, each=each
    )
    try:
        await _stream(request, max_bytes, parts.feed, files=max_files > 0)
        received = await run_in_threadpool(_checked, request, services, parts.result, check_csrf=check_csrf)
        request.state.refused_files = tuple(parts.refused)
        if sender and received.files:
            await run_in_threadpool(note_uploads, services, sender, received.uploads)
    except BaseException:
        request.state.received = Received(parts.fields)  # so that a page can show again what was typed before the file
        # also when the browser goes away or the server stops: what came in must not stay behind
        parts.abandon()
        raise
    return received


def _checked(request: Request, services: Services, result: Callable[[], Received], *, check_csrf: bool) -> Received:
    """Raises what `result` does, and FormTooOld."""
    received = request.state.received = result()  # so that a page about trouble shows or keeps what was typed
    if check_csrf:
        check_token(request, services, received.one(FIELD))
    return received


def _too_large(max_bytes: int, *, files: bool) -> ZaakspoorError:
    if not files:
        return TextsTooLong()
    return TooLarge(
        f"Dit is te groot: alles samen mag hoogstens {max_bytes // MEGABYTE} MB zijn. "
        "Er is niets opgeslagen. Verstuur de bestanden in delen of maak ze kleiner."
    )


async def _stream(request: Request, max_bytes: int, feed: Callable[[bytes], None], *, files: bool) -> None:
    """Feed the body, chunk by chunk, up to the limit; of a body that announces more, only its beginning."""
    announced = request.headers.get("content-length", "")
    refused = announced.isdigit() and int(announced) > max_bytes
    most = min(BEGINNING, max_bytes) if refused else max_bytes
    seen = 0
    try:
        async for chunk in request.stream():
            seen += len(chunk)
            if seen > most:
                raise _too_large(max_bytes, files=files)
            if chunk:
                await run_in_threadpool(feed, chunk)
    except (ClientDisconnect, FormParserError) as error:
        raise _too_large(max_bytes, files=files) if refused else BrokenBody from error
    if refused:
        raise _too_large(max_bytes, files=files)


class _Pairs:
    """The fields of an urlencoded form while they stream in, all in memory: the caller bounds how much comes."""

    def __init__(self, max_fields: int) -> None:
        self._most = max_fields
        self._pairs: list[tuple[bytearray, bytearray]] = []
        self._parser = QuerystringParser({
            "on_field_start": self._begin,
            "on_field_name": lambda data, start, end: self._pairs[-1][0].extend(data[start:end]),
            "on_field_data": lambda data, start, end: self._pairs[-1][1].extend(data[start:end]),
        })  # fmt: skip

    def feed(self, chunk: bytes) -> None:
        self._parser.write(chunk)

    def result(self) -> Received:
        """Raises BrokenBody."""
        try:
            self._parser.finalize()
        except FormParserError as error:
            raise BrokenBody from error
        fields: dict[str, list[str]] = {}
        for name, value in self._pairs:
            fields.setdefault(_unquote(name), []).append(_unquote(value))
        return Received(fields)

    def _begin(self) -> None:
        if len(self._pairs) >= self._most:
            raise TooMuch
        self._pairs.append((bytearray(), bytearray()))


def _unquote(raw: bytearray) -> str:
    return without_nul(unquote_plus(bytes(raw).decode("latin-1"), errors="replace"))
