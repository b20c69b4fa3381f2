"""Encrypts the files of documents that came in before the setting `encrypt_files` was on.

Each gets a new place in the store, and its row changes only when the copy is whole and has the hash that the row tells; then the
plain file goes. Killed half way, the copy is a file of no document, which the sweep removes.
"""

import hashlib
from collections.abc import Callable
from typing import Any, Final, cast

import structlog
from sqlalchemy import CursorResult, func, or_, select, update

from processes.base.errors import NotFound
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import Case, DocumentRow, FileScan
from processes.storage.words import DocumentState, ScanState

PAGE: Final = 100
IS_PLAIN: Final = (
    DocumentRow.file_key.is_(None), DocumentRow.state != DocumentState.ERASED, DocumentRow.blob != "",
    or_(DocumentRow.scan.is_(None), DocumentRow.scan == ScanState.CLEAN),  # the scanner looks for others by their place
)  # fmt: skip

log = structlog.get_logger(__name__)


def plain_files(services: Services) -> int:
    """How many documents have a file that is to be encrypted; none when the installation does not ask for it."""
    if not services.settings.encrypt_files:
        return 0
    with transaction(services.sessions) as session:
        return read_only(session).scalar(select(func.count()).select_from(_plain().subquery())) or 0


def encrypt_plain_files(services: Services, tick: Callable[[int, int], None]) -> int:
    """Encrypt them one by one; says how many. A file that is missing or changed is left for `verify` to name."""
    total, seen, done, after = plain_files(services), 0, 0, ""
    while total and (rows := _page(services, after)):
        for row in rows:
            done += _encrypt(services, row)
            seen += 1
            tick(seen, total)
        after = rows[-1].id
    return done


def _plain() -> Any:
    wanted = select(DocumentRow.id, DocumentRow.case_id, DocumentRow.blob, DocumentRow.sha256)
    return wanted.where(*IS_PLAIN)


def _page(services: Services, after: str) -> list[Any]:
    with transaction(services.sessions) as session:
        return list(
            read_only(session).execute(_plain().where(DocumentRow.id > after).order_by(DocumentRow.id).limit(PAGE))
        )


def _encrypt(services: Services, row: Any) -> bool:
    digest = hashlib.sha256()
    try:
        with services.files.open_incoming() as copy:
            for chunk in services.files.read_unscanned(row.blob):
                digest.update(chunk)
                copy.write(chunk)
            if digest.hexdigest() != row.sha256:
                return False
            blob, _, _ = copy.finish()
    except NotFound:
        return False
    taken = _take(services, row, blob, copy.file_key)
    services.files.delete(row.blob if taken else blob)
    return taken


def _take(services: Services, row: Any, blob: str, file_key: str | None) -> bool:
    """Let the document have the copy; False when it is gone, or has another file by now."""
    table: Any = DocumentRow.__table__
    with transaction(services.sessions) as session:
        session.execute(select(Case.id).where(Case.id == row.case_id).with_for_update()).all()
        change = update(table).where(table.c.blob == row.blob, table.c.file_key.is_(None))
        result = session.execute(change.values(blob=blob, file_key=file_key))
        session.execute(update(FileScan).where(FileScan.blob == row.blob).values(blob=blob))
        return cast("CursorResult[Any]", result).rowcount > 0
