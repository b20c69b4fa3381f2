"""A form with files whose refused file does not cost somebody the text that was typed beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from portal.received import Received
from portal.uploads import upload_form
from processes.errors import Invalid, TooLarge


@dataclass(frozen=True, slots=True)
class FilesReceived(Received):
    """`refused`: a sentence per file field that held a wrong file; nothing was kept then."""

    refused: Mapping[str, str] = field(default_factory=dict)


async def files_form(request: Request) -> FilesReceived:
    """As upload_form, but a file that cannot be taken becomes a sentence at its field."""
    try:
        form = await upload_form(request)
    except Invalid as error:
        return _without_files(request, error.fields)
    except TooLarge as error:
        return _without_files(request, {"": str(error)})
    return FilesReceived(form.fields, form.files)


def _without_files(request: Request, refused: Mapping[str, str]) -> FilesReceived:
    before: Received | None = getattr(request.state, "received", None)
    return FilesReceived(before.fields if before else {}, {}, refused)


FilesForm = Annotated[FilesReceived, Depends(files_form)]
