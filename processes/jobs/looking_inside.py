"""Looks by a worker for what the eye does not see in a document, right after it came in or was found clean: outbox kind `hidden`.

At least once: what was found stands in one change with what follows from it. A document that waits for the virus scanner is looked into after it.
"""

from collections.abc import Mapping
from typing import Any

from processes.base.actor import SYSTEM
from processes.base.errors import HoldsVirus, NotScannedYet
from processes.base.hidden_kinds import HiddenThing
from processes.base.uploads import Upload
from processes.execution.hidden import look_into, settle
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import DocumentRow
from processes.storage.words import HiddenState


def look_inside(services: Services, payload: Mapping[str, Any]) -> None:
    """`{"document": id}`."""
    document = str(payload["document"])
    upload = _waiting(services, document)
    if upload is None:
        return
    try:
        things = look_into(services, upload)
    except (NotScannedYet, HoldsVirus):
        return  # the scanner asks for this work again
    transact(services, SYSTEM, lambda work: _settled(work, document, upload.blob, things))


def _waiting(services: Services, document: str) -> Upload | None:
    with transaction(services.sessions) as session:
        row = read_only(session).get(DocumentRow, document)
        if row is None or row.hidden != HiddenState.WAITING or not row.blob:
            return None
        return Upload(row.file_name, row.media_type, row.size, row.sha256, row.blob, row.locked, row.file_key)


def _settled(work: UnitOfWork, document: str, blob: str, things: tuple[HiddenThing, ...]) -> str:
    row = work.session.get(DocumentRow, document)
    if row is None:
        return ""
    work.lock_case_id(row.case_id)
    work.session.refresh(row)
    if row.hidden == HiddenState.WAITING and row.blob == blob:
        settle(work, row, things)
    return document
