"""Large files of a citizen: they come in by pieces for one of the own forms, and wait there until it is sent (C17)."""

import re
from collections.abc import Iterable
from typing import Final

from fastapi import APIRouter

from engine import DocumentType
from portal.citizen.filing_reading import page_to_file
from portal.drafts import kept_typed
from portal.forms import types_asked_at
from portal.resumable import TakenFiles, add_routes, taken_of
from portal.security.guards import signed_in_citizen
from processes.base.actor import Actor
from processes.base.errors import CaseClosed, NotFound
from processes.reads.citizen import read_case, read_task
from processes.reads.drafts import read_draft
from processes.storage.services import Services

FORM: Final = re.compile(
    r"/mijn/(?:nieuw/(?P<code>[^/]+)|taken/(?P<task>[^/]+)|zaken/(?P<number>[^/]+)/document)", re.ASCII
)


def asked(services: Services, actor: Actor, form: str, field: str) -> TakenFiles:
    """Raises NotFound for a form that is not this person's, and what its page raises."""
    found = FORM.fullmatch(form)
    if found is None:
        raise NotFound
    return taken_of(_kinds(services, actor, field, form, **found.groupdict()))


def _kinds(
    services: Services, actor: Actor, field: str, form: str, code: str | None, task: str | None, number: str | None
) -> Iterable[DocumentType]:
    if code:
        draft = read_draft(services, actor, form)
        return types_asked_at(page_to_file(services, actor, code, kept_typed(draft), draft).form, field)
    if task:
        return types_asked_at(read_task(services, actor, task).form, field)
    kinds = read_case(services, actor, str(number)).may_add
    if not kinds:
        raise CaseClosed
    return kinds


router = APIRouter(prefix="/mijn")
add_routes(router, "/mijn", signed_in_citizen, asked)
