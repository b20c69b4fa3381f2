"""The words inside documents, read by a worker one after another, so that staff find a case by what a paper says.

Also of what came in before this was read, and of a file that took the place of another. At least once: a document that was read and not
noted is read again.
"""

import time
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from processes.base.document_words import has_words, words_in
from processes.base.errors import FileBroken, HoldsVirus, NotFound, NotScannedYet
from processes.storage import outbox
from processes.storage.business_time import business_now
from processes.storage.document_versions import ORIGINAL_TYPE
from processes.storage.searched_tables import AWAY
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import Case, DocumentRow, DocumentText, FiledRow
from processes.storage.unread_documents import UNREAD
from processes.storage.words import OutboxKind, ScanState

KEY: Final = "words"  # of the one piece of work that reads
SWEEP_SECONDS: Final = 20.0
AT_ONCE: Final = 20
SECONDS: Final = 60.0  # after which other work of this worker has its turn; what is left waits for the next sweep
TO_SCAN: Final = (ScanState.WAITING, ScanState.UNCHECKED)


def sweep_unread(services: Services) -> int:
    """Have a worker read when there is something to read; says whether there is."""
    with transaction(services.sessions) as session:
        if not _next(session, "", 1):
            return 0
        row = outbox.enqueue_again(session, OutboxKind.WORDS, KEY, {}, business_now(services, session))
    outbox.dispatch(services, [row])
    return 1


def read_documents(services: Services, _payload: Mapping[str, Any]) -> None:
    """Outbox kind `words`: `{}`."""
    end, after = time.monotonic() + SECONDS, ""
    while time.monotonic() < end:
        with transaction(services.sessions) as session:
            found = _next(read_only(session), after, AT_ONCE)
        if not found:
            return
        for document in found:
            _read(services, document)
            after = document.id
        with transaction(services.sessions) as session:
            outbox.keep_lease(session, KEY)


def _next(session: Session, after: str, limit: int) -> list[Any]:
    """Documents with a file that the scanner is done with."""
    # its words are found as answers; one lookup for each, where EXISTS may read the whole table to look them up in
    filed = select(FiledRow.id).where(FiledRow.document_id == DocumentRow.id).limit(1).scalar_subquery().is_not(None)
    wanted = select(
        DocumentRow.id, DocumentRow.case_id, DocumentRow.blob, DocumentRow.file_key, DocumentRow.file_name, DocumentRow.size,
        DocumentRow.locked, DocumentRow.state, DocumentRow.type, filed.label("filed"),
    )  # fmt: skip
    scanned = or_(DocumentRow.scan.is_(None), DocumentRow.scan.not_in(TO_SCAN))
    page = wanted.where(UNREAD, scanned, DocumentRow.id > after).order_by(DocumentRow.id).limit(limit)
    return list(session.execute(page))


def _read(services: Services, document: Any) -> None:
    try:
        words = _words(services, document)
    except NotScannedYet:
        return
    with transaction(services.sessions) as session:
        session.execute(select(Case.id).where(Case.id == document.case_id).with_for_update()).all()
        row = session.get(DocumentRow, document.id)
        if row is None or row.blob != document.blob or row.words_read:
            return
        row.words_read = True
        if words and row.state not in AWAY:
            session.add(DocumentText(id=row.id, case_id=row.case_id, words=words))


def _words(services: Services, document: Any) -> str:
    """None of a file that is not there, is not as it came in, or of which a PDF was made that stands beside it."""
    beside = document.filed or document.type == ORIGINAL_TYPE
    if beside or document.locked or document.state in AWAY or not has_words(document.file_name, document.size):
        return ""
    try:
        content = b"".join(services.files.read(document.blob, document.file_key))
    except (NotFound, FileBroken, HoldsVirus):
        return ""
    return words_in(document.file_name, content)
