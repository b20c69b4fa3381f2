"""Short names for what endpoints ask for, so that a signature reads as a sentence.

`def save(request: Request, actor: Citizen, form: PlainForm, services: TheServices) -> Response`. Staff:
`Worker = Annotated[Actor, Depends(signed_in_staff("worker", "decider"))]`. The guard stands before the form.
"""

from collections.abc import Iterable
from typing import Annotated

from fastapi import Depends, Path

from portal.pages import services_at_hand
from portal.received import Received
from portal.security.guards import citizen_or_visitor, signed_in_citizen, signed_in_staff, visitor
from portal.uploads import plain_form, upload_form
from processes.base.actor import Actor
from processes.storage.services import Services

TheServices = Annotated[Services, Depends(services_at_hand)]
Citizen = Annotated[Actor, Depends(signed_in_citizen)]
Visitor = Annotated[Actor, Depends(visitor)]
Filer = Annotated[Actor, Depends(citizen_or_visitor)]
Staff = Annotated[Actor, Depends(signed_in_staff())]
PlainForm = Annotated[Received, Depends(plain_form)]
UploadForm = Annotated[Received, Depends(upload_form)]
LARGEST_ID = 2**63 - 1  # a larger number names nothing, and does not fit in a row id
RowId = Annotated[int, Path(ge=0, le=LARGEST_ID)]


def row_id(text: str) -> int | None:
    """A row id that came in a form field; None for what cannot be one."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID)) else -1
    return number if 0 <= number <= LARGEST_ID else None


def row_ids(texts: Iterable[str]) -> tuple[int, ...]:
    """The row ids that were ticked in a form; 0, which no row has, for what cannot be one."""
    return tuple(row_id(text) or 0 for text in texts)
