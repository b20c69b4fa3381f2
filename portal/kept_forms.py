"""A form with files whose refused file does not cost somebody the text that was typed beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from portal.pages import get_services
from portal.received import Received, TooManyFiles
from portal.uploads import BESIDE_FILES, MEGABYTE, receive, upload_form
from processes.base.errors import Invalid, TooLarge

LONG_FILES, LONG_FIELDS = 500, 5_000


@dataclass(frozen=True, slots=True)
class FilesReceived(Received):
    """`refused`: a sentence per file field that held a wrong file; nothing was kept then."""

    refused: Mapping[str, str] = field(default_factory=dict)


async def files_form(request: Request) -> FilesReceived:
    """The form as `upload_form` reads it, but a file that cannot be taken becomes a sentence at its field."""
    try:
        form = await upload_form(request)
    except Invalid as error:
        return _without_files(request, error.fields)
    except (TooLarge, TooManyFiles) as error:
        return _without_files(request, {"": str(error)})
    return FilesReceived(form.fields, form.files)


async def long_form(request: Request) -> FilesReceived:
    """The form as `files_form` reads it, with more fields and files: an inventory of staff asks several things of each
    of hundreds of documents.
    """
    services = get_services(request)
    most = services.settings.upload_megabytes * MEGABYTE + BESIDE_FILES
    try:
        form = await receive(request, services, max_bytes=most, max_files=LONG_FILES, max_fields=LONG_FIELDS)
    except Invalid as error:
        return _without_files(request, error.fields)
    except (TooLarge, TooManyFiles) as error:
        return _without_files(request, {"": str(error)})
    return FilesReceived(form.fields, form.files)


def _without_files(request: Request, refused: Mapping[str, str]) -> FilesReceived:
    before: Received | None = getattr(request.state, "received", None)
    return FilesReceived(before.fields if before else {}, {}, refused)


LongForm = Annotated[FilesReceived, Depends(long_form)]
FilesForm = Annotated[FilesReceived, Depends(files_form)]
