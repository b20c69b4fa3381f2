"""Whether the files of documents and of bundles are still there, and the same as when they came in or were made."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, exists, func, select

from processes.base.errors import FileBroken, NotFound
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import Case, CaseBundle, DestructionRow, DocumentRow
from processes.storage.words import DestructionState, DocumentState

PAGE: Final = 500  # rows per read: no read stays open while files are read
Tick = Callable[[int, int], None]


def documents_with_another_file(services: Services, tick: Tick) -> Iterator[tuple[str, bool]]:
    """The number of each document whose file is gone (True) or another one."""
    total, done = _count(services, select(func.count()).select_from(DocumentRow).where(*_with_a_file())), 0
    after = ""
    while rows := _rows(services, _documents_after(after)):
        for document, reference, blob, file_key, sha256 in rows:
            found = hash_of(services, blob, file_key)
            done += 1
            tick(done, total)
            if found != sha256 and _count(services, _still_there(document)):  # destroyed while we looked is no problem
                yield reference, found is None
        after = rows[-1][0]


def cases_with_another_bundle(services: Services, tick: Tick) -> Iterator[str]:
    """The number of the case of each bundle that can still be fetched, and whose file is gone or another one."""
    now = business_now(services)
    rows = _rows(services, _bundles(now))
    for done, (bundle, number, blob, file_key, sha256) in enumerate(rows, 1):
        found = hash_of(services, blob, file_key)
        tick(done, len(rows))
        if found != sha256 and _rows(services, _bundles(now).where(CaseBundle.id == bundle)):
            yield number
    tick(max(len(rows), 1), max(len(rows), 1))


def hash_of(services: Services, blob: str, file_key: str | None) -> str | None:
    """The SHA-256 of a file of the store; None when it is not there, empty when it cannot be read."""
    digest = hashlib.sha256()
    try:
        for chunk in services.files.read_unscanned(blob, file_key):
            digest.update(chunk)
    except NotFound:
        return None
    except FileBroken:
        return ""
    return digest.hexdigest()


def _documents_after(after: str) -> Executable:
    wanted = select(DocumentRow.id, DocumentRow.reference, DocumentRow.blob, DocumentRow.file_key, DocumentRow.sha256)
    return wanted.where(DocumentRow.id > after, *_with_a_file()).order_by(DocumentRow.id).limit(PAGE)


def _still_there(document: str) -> Executable:
    return select(func.count()).select_from(DocumentRow).where(DocumentRow.id == document, *_with_a_file())


def _with_a_file() -> tuple[ColumnElement[bool], ...]:
    """Made, and not gone for good, by itself or with its dossier."""
    being_destroyed = exists().where(
        DestructionRow.case_id == DocumentRow.case_id, DestructionRow.state == DestructionState.APPROVED
    )
    return DocumentRow.state != DocumentState.ERASED, DocumentRow.blob != "", ~being_destroyed


def _bundles(now: datetime) -> Any:
    """They are kept for a day, so there are few."""
    wanted = select(CaseBundle.id, Case.number, CaseBundle.blob, CaseBundle.file_key, CaseBundle.sha256)
    there = (CaseBundle.blob.is_not(None), CaseBundle.sha256.is_not(None), CaseBundle.delete_from > now)
    return wanted.join(Case, Case.id == CaseBundle.case_id).where(*there).order_by(CaseBundle.id)


def _rows(services: Services, query: Executable) -> list[Any]:
    with transaction(services.sessions) as session:
        return list(read_only(session).execute(query).all())


def _count(services: Services, query: Executable) -> int:
    with transaction(services.sessions) as session:
        return int(read_only(session).scalar(query) or 0)
