"""Scans the files that came in: outbox kind `scan`, one piece of work for each file.

At least once: what the scanner said stands in one change with what follows from it. As long as the scanner says nothing the
file waits, unread, and the outbox asks again; nobody can let it through by hand.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select, update

from processes.base.actor import SYSTEM
from processes.base.crash_points import crash_point
from processes.base.errors import Busy, NotFound
from processes.base.uploads import HOLDS_VIRUS
from processes.execution.document_parts import parts_of
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.post.virus_mail import tell_sender
from processes.storage import large_uploads, outbox
from processes.storage.clamd import ScannerTrouble, scan
from processes.storage.file_scans import forget, settle, tell_of_virus
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import Case, DocumentRow, FileScan, LargeUpload, UploadRow
from processes.storage.words import DocumentState, HiddenState, LargeUploadState, OutboxKind, ScanState

LEASE_SECONDS: Final = 20.0  # how often the lease of the work is renewed, while a large file is scanned
TURNS: Final = 3  # of looking which cases hold a file: one may be filed at that very moment
SWITCHED_OFF: Final = "De viruscontrole staat uit, en dit bestand wacht er nog op. Zet ZAAKSPOOR_CLAMAV weer aan."
WAITS: Final = (ScanState.WAITING, ScanState.UNCHECKED)
REFUSED: Final = (
    "In dit bestand is een virus gevonden ({found}). Wij hebben het weggegooid. Stuur het opnieuw, zonder virus."
)
FOUND: Final = (
    "In '{title}' ({reference}) is een virus gevonden: {found}. Het bestand is weggegooid en niemand heeft het kunnen openen. "
    "De dag van ontvangst blijft gelden. {told}{letters}"
)
ENCLOSED: Final = " Dit stuk was bijlage bij: {subjects}. Kijk of die brief nog klopt."
TOLD: Final = "De afzender kreeg hierover een e-mail."
NOT_TOLD: Final = "De afzender kreeg hierover geen e-mail: vraag zelf om een schoon bestand."


def scan_file(services: Services, payload: Mapping[str, Any]) -> None:
    """`{"blob": key}`. Raises ScannerTrouble, so that the outbox tries again."""
    blob = str(payload["blob"])
    row = _waiting(services, blob)
    if row is None:
        return
    try:
        found = _found(services, row)
    except NotFound:  # thrown away meanwhile
        with transaction(services.sessions) as session:
            forget(session, [blob])
        return
    except ScannerTrouble as error:
        trouble = str(error)
        transact(services, SYSTEM, lambda work: _could_not(work, blob, trouble))
        raise
    crash_point("scanned")
    for _ in range(TURNS):
        if transact(services, SYSTEM, lambda work: _settled(work, blob, found)):
            return
    raise Busy


def _waiting(services: Services, blob: str) -> FileScan | None:
    with transaction(services.sessions) as session:
        row = read_only(session).get(FileScan, blob)
        return row if row is not None and row.state in WAITS else None


def _found(services: Services, row: FileScan) -> str:
    settings = services.settings
    if not settings.clamav:
        raise ScannerTrouble(SWITCHED_OFF)
    return scan(settings.clamav, _chunks(services, row), settings.clamav_seconds)


def _chunks(services: Services, row: FileScan) -> Iterator[bytes]:
    renewed = time.monotonic()
    for chunk in services.files.read_unscanned(row.blob, row.file_key):
        yield chunk
        if time.monotonic() - renewed > LEASE_SECONDS:
            with transaction(services.sessions) as session:
                outbox.keep_lease(session, f"scan:{row.blob}")
            renewed = time.monotonic()
    with transaction(services.sessions) as session:
        outbox.keep_lease(session, f"scan:{row.blob}")  # for the answer may take as long again


def _could_not(work: UnitOfWork, blob: str, trouble: str) -> str:
    row, documents = _held(work, blob)
    if row is not None:
        row.state, row.trouble, row.scanned_at = ScanState.UNCHECKED, trouble[:300], datetime.now(UTC)
        for document in documents or ():
            _say(work, document, row.state)
    return ""


def _settled(work: UnitOfWork, blob: str, found: str) -> str:
    """Empty when a case took the file while this looked: then it is to be done again."""
    row, documents = _held(work, blob)
    if documents is None:
        return ""
    if row is not None:
        settle(row, found)
        for document in documents:
            _say(work, document, row.state)
            if found:
                _refuse(work, document, found)
        if found:
            _throw_away(work, row, work.session.get(Case, documents[0].case_id) if documents else None)
    return blob


def _say(work: UnitOfWork, document: DocumentRow, state: str) -> None:
    if document.scan != state:
        document.scan = state
        work.audit(document.case_id, "document_scanned", document=document.id, state=state)
    if state == ScanState.CLEAN and document.hidden == HiddenState.WAITING:
        work.enqueue(OutboxKind.HIDDEN, f"hidden:{document.id}:clean", {"document": document.id}, document.case_id)


def _held(work: UnitOfWork, blob: str) -> tuple[FileScan | None, list[DocumentRow] | None]:
    """The row when it still waits, and the documents that hold the file; their cases are locked, then the row. None for the
    documents when there is another case by then.
    """
    of_file = select(DocumentRow).where(DocumentRow.blob == blob)
    cases = sorted(set(work.session.scalars(of_file.with_only_columns(DocumentRow.case_id))))
    for case_id in cases:
        work.lock_case_id(case_id)
    row = work.session.get(FileScan, blob, with_for_update=True, populate_existing=True)
    documents = list(work.session.scalars(of_file.execution_options(populate_existing=True)))
    if any(document.case_id not in cases for document in documents):
        return row, None
    return (row if row is not None and row.state in WAITS else None), documents


def _refuse(work: UnitOfWork, document: DocumentRow, found: str) -> None:
    """The bytes go; name, size and hash stay in the row as evidence."""
    case = work.session.get_one(Case, document.case_id)
    document.blob, document.file_key, document.on_portal, document.shows_at = "", None, False, None
    if document.state in {DocumentState.OFFERED, DocumentState.ACCEPTED}:
        document.state, document.refusal = DocumentState.REFUSED, REFUSED.format(found=found)
    told = TOLD if tell_sender(work, case, document) else NOT_TOLD
    letters = ", ".join(f"'{notice.subject}'" for notice in parts_of(work.session, document).enclosed_in)
    said = {"title": document.title, "reference": document.reference, "found": found, "told": told}
    work.system_note(case.id, FOUND.format(**said, letters=ENCLOSED.format(subjects=letters) if letters else ""))
    case.row_version += 1
    work.audit(case.id, "virus_found", document=document.id, sha256=document.sha256)


def _throw_away(work: UnitOfWork, row: FileScan, case: Case | None) -> None:
    gone = update(UploadRow).where(UploadRow.blob == row.blob)
    work.session.execute(gone.values(gone_at=row.scanned_at, settled=True))
    for coming in work.session.scalars(select(LargeUpload).where(LargeUpload.blob == row.blob).with_for_update()):
        said = large_uploads.read_words(work.services.secrets, coming)
        large_uploads.end(work.session, work.services.secrets, coming)
        why = replace(said, why=HOLDS_VIRUS.format(name=said.name), upload=None)
        large_uploads.write_words(work.services.secrets, coming, why)
        coming.state = LargeUploadState.REFUSED
    work.enqueue(OutboxKind.FORGET_BLOB, f"virus:{row.blob}", {"blob": row.blob}, case.id if case else None)
    tell_of_virus(row.found, case.number if case else None, row.sha256)
