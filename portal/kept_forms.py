"""A form with files whose refused file does not cost somebody the text that was typed beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from portal.drafts import KEEP, LANGUAGE, STEP, TO
from portal.large_files import NO_LARGE_FILES, LargeFiles, large_files_of, named_in, not_whole, together
from portal.pages import get_services
from portal.received import Received, RefusedFile, TooManyFiles
from portal.security.sessions import sender_of
from portal.uploads import BESIDE_FILES, MEGABYTE, receive, upload_each_form, upload_form
from processes.base.actor import Actor, ActorKind
from processes.base.errors import Invalid, TooLarge
from processes.base.uploads import Upload
from processes.storage.current_settings import current_settings
from processes.storage.large_uploads import taken_up
from processes.storage.services import Services

LONG_FILES, LONG_FIELDS = 500, 5_000


@dataclass(frozen=True, slots=True)
class FilesReceived(Received):
    """`refused`: a sentence per file field that held a wrong file; nothing was kept then. `left_out`: the wrong files of a form
    of which the others were kept. `large`: the files among them that came in by pieces, and those that still come.
    """

    refused: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[RefusedFile, ...] = ()
    large: LargeFiles = NO_LARGE_FILES

    @property
    def brought(self) -> list[Upload]:
        """Without the large files, which wait on when the form is refused."""
        waiting = {upload.blob for upload in self.large.files}
        return [upload for upload in self.uploads if upload.blob not in waiting]


async def files_form(request: Request) -> FilesReceived:
    """The form as `upload_form` reads it, but a file that cannot be taken becomes a sentence at its field; with its large files."""
    return await run_in_threadpool(_with_large_files, request, await _files_form(request))


async def _files_form(request: Request) -> FilesReceived:
    try:
        form = await upload_form(request)
    except Invalid as error:
        return _without_files(request, error.fields)
    except (TooLarge, TooManyFiles) as error:
        return _without_files(request, {"": str(error)})
    return FilesReceived(form.fields, form.files)


def _with_large_files(request: Request, form: FilesReceived) -> FilesReceived:
    """A form that still waits for one of them is not sent: a sentence at its field says so, unless it is only kept, read in another language, or another part of it is opened. A department's have
    rules of their own.
    """
    actor = sender_of(request)
    if actor is None or actor.kind == ActorKind.DEPARTMENT:
        return form
    refused = dict(form.refused)
    large = large_files_of(get_services(request), actor, request.url.path, form, refused, among=named_in(actor, form))
    for file in () if form.one(STEP) in {KEEP, LANGUAGE} or form.one(TO) else large.coming:
        refused.setdefault(file.field, not_whole(file))
    return FilesReceived(form.fields, together(form.files, large), refused, form.left_out, large)


async def each_file_form(request: Request) -> FilesReceived:
    """The same, but a file that cannot be taken costs only itself."""
    try:
        form = await upload_each_form(request)
    except Invalid as error:
        return _without_files(request, error.fields)
    except (TooLarge, TooManyFiles) as error:
        return _without_files(request, {"": str(error)})
    return FilesReceived(form.fields, form.files, left_out=getattr(request.state, "refused_files", ()))


def with_left_out(form: FilesReceived) -> FilesReceived:
    """The form with a sentence at each field of which a file could not be taken, naming the file."""
    told = dict(form.refused)
    for one in form.left_out:
        told[one.field] = f"{told.get(one.field, '')} {one.sentence}".strip()
    return replace(form, refused=told)


async def held_form(request: Request) -> FilesReceived:
    """The form of a page that holds the files it could take, with a sentence at the field of each that it could not."""
    return await run_in_threadpool(_with_large_files, request, with_left_out(await each_file_form(request)))


async def long_form(request: Request) -> FilesReceived:
    """The form as `files_form` reads it, with more fields and files: an inventory of staff asks several things of each
    of hundreds of documents.
    """
    return await run_in_threadpool(_with_large_files, request, await _long_form(request))


async def _long_form(request: Request) -> FilesReceived:
    services = get_services(request)
    most = (await run_in_threadpool(current_settings, services)).upload_megabytes * MEGABYTE + BESIDE_FILES
    try:
        form = await receive(request, services, max_bytes=most, max_files=LONG_FILES, max_fields=LONG_FIELDS, each=True)
    except Invalid as error:
        return _without_files(request, error.fields)
    except (TooLarge, TooManyFiles) as error:
        return _without_files(request, {"": str(error)})
    return with_left_out(FilesReceived(form.fields, form.files, left_out=getattr(request.state, "refused_files", ())))


def _without_files(request: Request, refused: Mapping[str, str]) -> FilesReceived:
    before: Received | None = getattr(request.state, "received", None)
    return FilesReceived(before.fields if before else {}, {}, refused)


def forget_sent(services: Services, actor: Actor, form: Received) -> None:
    """The large files of a form that was sent are documents now, and wait for nothing."""
    if isinstance(form, FilesReceived):
        taken_up(services, actor, form.large.ready)


LongForm = Annotated[FilesReceived, Depends(long_form)]
HeldForm = Annotated[FilesReceived, Depends(held_form)]
FilesForm = Annotated[FilesReceived, Depends(files_form)]
EachFileForm = Annotated[FilesReceived, Depends(each_file_form)]
