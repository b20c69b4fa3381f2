"""A delivery as it comes in: a wrong file costs nobody the remark or the files that were chosen before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from portal.received import Received
from portal.uploads import upload_form
from processes.errors import Invalid


@dataclass(frozen=True, slots=True)
class FilesReceived(Received):
    """`refused`: a sentence per file field that held a wrong file; the files of this form are gone then."""

    refused: Mapping[str, str] = field(default_factory=dict)


async def files_form(request: Request) -> FilesReceived:
    """As upload_form, but a file that cannot be taken becomes a sentence. Too large or broken off stays an error."""
    try:
        form = await upload_form(request)
    except Invalid as error:
        before: Received | None = getattr(request.state, "received", None)
        return FilesReceived(before.fields if before else {}, {}, error.fields)
    return FilesReceived(form.fields, form.files)


FilesForm = Annotated[FilesReceived, Depends(files_form)]
