"""Which files may be read: those that came in while a virus scanner is configured only once it found nothing in them.

In: files that arrived, and what the scanner said; out: rows of FileScan, and the gate that `FileStore.read` asks for every
file. A file without a row came in while nobody scanned, or was made here. Moments are real time.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import Session, sessionmaker

from processes.base.actor import SYSTEM
from processes.base.errors import HoldsVirus, NotScannedYet
from processes.base.security_log import EventOutcome, SecurityEvent, security_event
from processes.base.uploads import Upload
from processes.storage import outbox
from processes.storage.business_time import business_now
from processes.storage.clamd import ScannerTrouble, ScanStream, scan
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import DocumentRow, FileScan, PostFile, UploadRow
from processes.storage.words import OutboxKind, ScanState

REQUEST_SECONDS: Final = 20.0  # that somebody waits for the scanner with a page


def refuse_unscanned(sessions: sessionmaker[Session], blob: str) -> None:
    """The gate before every reading of a file. Raises NotScannedYet or HoldsVirus, and Busy when nobody can tell."""
    with transaction(sessions) as session:
        state = read_only(session).scalar(select(FileScan.state).where(FileScan.blob == blob))
    refuse(state)


def refuse(state: str | None) -> None:
    """Raises NotScannedYet or HoldsVirus for a file in this ScanState; None is a file that nobody scans."""
    if state == ScanState.INFECTED:
        raise HoldsVirus
    if state not in {None, ScanState.CLEAN}:
        raise NotScannedYet


def expect(session: Session, services: Services, uploads: Iterable[Upload]) -> list[int]:
    """Write down that these files wait for the scanner, when there is one: the ids of the work that the commit must tell of."""
    if not services.settings.clamav:
        return []
    return [_expect(session, services, upload) for upload in uploads]


def _expect(session: Session, services: Services, upload: Upload) -> int:
    session.add(_row(upload, ScanState.WAITING, upload.file_key))
    key, payload = f"scan:{upload.blob}", {"blob": upload.blob}
    return outbox.enqueue(session, OutboxKind.SCAN, key, payload, None, business_now(services, session))


def state_for_case(session: Session, blob: str) -> str | None:
    """The ScanState of a file that becomes a document in this transaction, which holds up whoever is about to change it."""
    return session.scalar(select(FileScan.state).where(FileScan.blob == blob).with_for_update())


def states_of(services: Services, blobs: Collection[str]) -> Mapping[str, str]:
    """The ScanState of each of these files that has one."""
    if not blobs:
        return {}
    with transaction(services.sessions) as session:
        found = select(FileScan.blob, FileScan.state).where(FileScan.blob.in_(blobs))
        return dict(read_only(session).execute(found).all())


def scan_now(services: Services, upload: Upload) -> None:
    """Scan a file that this very request must read, such as one of which a PDF is made. Raises HoldsVirus or ScannerTrouble.

    One that the scanner could not tell about still waits for the worker.
    """
    state = states_of(services, [upload.blob]).get(upload.blob)
    if state in {None, ScanState.CLEAN, ScanState.INFECTED}:
        refuse(state)
        return
    chunks = services.files.read_unscanned(upload.blob, upload.file_key)
    found = scan(services.settings.clamav, chunks, min(services.settings.clamav_seconds, REQUEST_SECONDS))
    with transaction(services.sessions) as session:
        row = session.get(FileScan, upload.blob, with_for_update=True)
        # of a document the worker tells what follows
        if row is not None and session.scalar(select(DocumentRow.id).where(DocumentRow.blob == upload.blob)) is None:
            settle(row, found)
    if found:
        tell_of_virus(found, sha256=upload.sha256)
        raise HoldsVirus


def settle(row: FileScan, found: str) -> None:
    """Write down what the scanner said: what it found, or nothing."""
    row.state = ScanState.INFECTED if found else ScanState.CLEAN
    row.found, row.trouble, row.file_key, row.scanned_at = found[:200], "", None, datetime.now(UTC)


def tell_of_virus(found: str, case: str | None = None, sha256: str | None = None) -> None:
    """One line of the security log; `case` is its number."""
    refused = EventOutcome.REFUSED
    security_event(SecurityEvent.VIRUS_FOUND, who=SYSTEM, outcome=refused, whose_case=case, found=found, sha256=sha256)


class ScanBeside:
    """A scan of a file while it is written. Trouble with the scanner does not stop the file: a worker then scans it later."""

    def __init__(self, services: Services) -> None:
        settings = services.settings
        self._stream: ScanStream | None = None
        if settings.clamav:
            with suppress(ScannerTrouble):
                self._stream = ScanStream(settings.clamav, settings.clamav_seconds)

    def feed(self, chunk: bytes) -> None:
        if self._stream is not None:
            try:
                self._stream.feed(chunk)
            except ScannerTrouble:
                self.close()

    def finish(self) -> bool:
        """Whether the file is known to be clean. Raises HoldsVirus."""
        if self._stream is None:
            return False
        try:
            found = self._stream.verdict()
        except ScannerTrouble:
            return False
        if found:
            tell_of_virus(found)
            raise HoldsVirus
        return True

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None


@contextmanager
def scanning_beside(services: Services) -> Iterator[ScanBeside]:
    beside = ScanBeside(services)
    try:
        yield beside
    finally:
        beside.close()


def note_scanned(session: Session, services: Services, upload: Upload, *, clean: bool) -> list[int]:
    """The same as `expect`, for a file that was scanned while it was written."""
    if not clean:
        return expect(session, services, [upload])
    row = _row(upload, ScanState.CLEAN, None)
    row.scanned_at = row.at
    session.add(row)
    return []


def forget(session: Session, blobs: Collection[str]) -> None:
    """The files are gone; of an infected one the row stays until nobody can come back to it."""
    session.execute(delete(FileScan).where(FileScan.blob.in_(blobs), FileScan.state != ScanState.INFECTED))


def forget_unfiled(session: Session, uploads: ColumnElement[bool]) -> None:
    """Forget also what was infected among these uploads, but for what became a document or waits in the post room. `uploads`: a condition
    on UploadRow.
    """
    filed = exists().where(DocumentRow.blob == FileScan.blob)
    waits = exists().where(PostFile.blob == FileScan.blob)
    theirs = FileScan.blob.in_(select(UploadRow.blob).where(uploads))
    session.execute(delete(FileScan).where(theirs, ~filed, ~waits))


def _row(upload: Upload, state: ScanState, file_key: str | None) -> FileScan:
    return FileScan(
        blob=upload.blob, state=state, at=datetime.now(UTC), sha256=upload.sha256, size=upload.size, file_key=file_key
    )
