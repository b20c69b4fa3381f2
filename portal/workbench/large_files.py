"""Large files of staff: they come in by pieces for a form of the workbench, and wait there until it is sent."""

import re
from collections.abc import Iterable
from typing import Final

from fastapi import APIRouter

from engine import DocumentType
from portal.forms import types_asked_at
from portal.resumable import TakenFiles, add_routes, taken_of
from portal.security.guards import signed_in_staff
from portal.workbench.register import DOCUMENT_ROW
from processes.base.actor import Actor, StaffRole
from processes.base.errors import AlreadyDone, NotFound
from processes.post.converting import convertible
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.words import TaskState

FORM: Final = re.compile(
    r"/werk/(?:nieuw/(?P<code>[^/]+)|taken/(?P<task>[^/]+)(?:/alsnog)?|zaken/(?P<number>[^/]+)/documenten)", re.ASCII
)


def asked(services: Services, actor: Actor, form: str, field: str) -> TakenFiles:
    """Raises NotFound for a form that this colleague cannot open, and what its page raises."""
    found = FORM.fullmatch(form)
    if found is None:
        raise NotFound
    if found["code"] and not actor.has(StaffRole.WORKER, StaffRole.DECIDER):
        raise NotFound
    return taken_of(_kinds(services, actor, field, **found.groupdict()), convertible(services))


def _kinds(
    services: Services, actor: Actor, field: str, code: str | None, task: str | None, number: str | None
) -> Iterable[DocumentType]:
    if code:
        page = reads.read_registering(services, actor, code)
        return page.kinds.values() if DOCUMENT_ROW.fullmatch(field) else types_asked_at(page.form, field)
    if task:
        asked_by = reads.read_task(services, actor, task)
        if asked_by.state != TaskState.OPEN and asked_by.lapsed is None:
            raise AlreadyDone
        return types_asked_at(asked_by.form, field)
    tab = reads.read_documents(services, actor, str(number))
    if not tab.head.handles:
        raise NotFound
    return tab.kinds.values()


router = APIRouter()
add_routes(router, "/werk", signed_in_staff(StaffRole.WORKER, StaffRole.DECIDER, StaffRole.COMMITTEE), asked)
