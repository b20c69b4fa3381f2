"""Puts the parts of a large file together: read once, hashed and checked while it is written; then the parts go.

At least once: what was put together and not noted is nobody's, and swept; a file that is one already is left alone.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from processes.base.crash_points import crash_point
from processes.base.errors import FileBroken, HoldsVirus, Invalid
from processes.base.file_types import DOCUMENTS, HEAD_BYTES, check_type
from processes.base.locked_files import LockWatch
from processes.base.uploads import HOLDS_VIRUS, Upload
from processes.storage import large_uploads, outbox
from processes.storage.file_scans import note_scanned, scanning_beside
from processes.storage.joined_parts import joined
from processes.storage.large_uploads import LargeFile
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import LargeUpload, UploadPart, UploadRow
from processes.storage.upload_room import LEAST
from processes.storage.words import LargeUploadState

LEASE_SECONDS: Final = 20.0  # how often the lease of the work is renewed, while a large file is put together
READ_AGAIN: Final = "Wij konden dit bestand niet heel krijgen. Stuur het nog een keer."


def assemble(services: Services, payload: Mapping[str, Any]) -> None:
    """`{"upload": id}`. A file that is not what its name says is refused with a sentence that its owner reads."""
    wanted = str(payload["upload"])
    file, parts = _read(services, wanted)
    if file is None:
        return
    try:
        upload, clean = _put_together(services, file, parts)
    except HoldsVirus:
        _refuse(services, wanted, HOLDS_VIRUS.format(name=file.name))
        return
    except Invalid as error:
        _refuse(services, wanted, str(error))
        return
    except FileBroken:
        _refuse(services, wanted, READ_AGAIN)
        return
    crash_point("assembling")
    if not _note(services, wanted, upload, clean=clean):
        services.files.delete(upload.blob)  # given up meanwhile, or another worker was first
        return
    for part in parts:
        services.files.delete(part.blob)


def _read(services: Services, upload_id: str) -> tuple[LargeFile | None, Sequence[UploadPart]]:
    with transaction(services.sessions) as session:
        row = read_only(session).get(LargeUpload, upload_id)
        if row is None or row.state != LargeUploadState.ASSEMBLING:
            return None, ()
        parts = select(UploadPart).where(UploadPart.upload_id == upload_id).order_by(UploadPart.first_byte)
        return large_uploads.view(services.secrets, row), list(session.scalars(parts))


def _put_together(services: Services, file: LargeFile, parts: Sequence[UploadPart]) -> tuple[Upload, bool]:
    """The file, and whether a scanner found it clean. Raises Invalid, HoldsVirus, and FileBroken when a part is not as it came in."""
    watch, head, media_type = LockWatch(file.name), bytearray(), ""
    with services.files.open_incoming() as incoming, scanning_beside(services) as scan:
        for chunk in _chunks(services, file, parts):
            if not media_type:
                head += chunk[: HEAD_BYTES - len(head)]
                if len(head) >= min(HEAD_BYTES, file.size):
                    media_type = check_type(bytes(head), file.name, DOCUMENTS)
            watch.feed(chunk)
            incoming.write(chunk)
            scan.feed(chunk)
        clean = scan.finish()
        blob, sha256, size = incoming.finish()
    try:
        locked = watch.locked(services.files.read_unscanned(blob, incoming.file_key))
    except Invalid:
        services.files.delete(blob)
        raise
    return Upload(file.name, media_type, size, sha256, blob, locked, incoming.file_key), clean


def _chunks(services: Services, file: LargeFile, parts: Sequence[UploadPart]) -> Iterator[bytes]:
    """Looks now and then whether the lease of the work must be renewed."""
    renewed = time.monotonic()
    if sum(part.size for part in parts) != file.size:
        raise FileBroken
    for chunk in joined(services.files, parts):
        yield chunk
        if time.monotonic() - renewed > LEASE_SECONDS:
            with transaction(services.sessions) as session:
                outbox.keep_lease(session, f"assemble:{file.id}")
            renewed = time.monotonic()


def _note(services: Services, upload_id: str, upload: Upload, *, clean: bool) -> bool:
    """The file is one: it counts and waits as other files do."""
    with transaction(services.sessions) as session:
        row = _locked(session, upload_id)
        if row is None:
            return False
        session.add(UploadRow(blob=upload.blob, owner=row.owner, size=max(upload.size, LEAST), at=datetime.now(UTC)))
        session.execute(delete(UploadPart).where(UploadPart.upload_id == upload_id))
        said = large_uploads.read_words(services.secrets, row)
        large_uploads.write_words(services.secrets, row, replace(said, upload=upload))
        row.state, row.blob = LargeUploadState.READY, upload.blob
        told = note_scanned(session, services, upload, clean=clean)
    outbox.dispatch(services, told)
    return True


def _refuse(services: Services, upload_id: str, why: str) -> None:
    with transaction(services.sessions) as session:
        row = _locked(session, upload_id)
        if row is None:
            return
        said = large_uploads.read_words(services.secrets, row)
        blobs, _ = large_uploads.end(session, services.secrets, row)
        large_uploads.write_words(services.secrets, row, replace(said, why=why))
        row.state = LargeUploadState.REFUSED
    large_uploads.throw_away(services, blobs, None)


def _locked(session: Session, upload_id: str) -> LargeUpload | None:
    """The row, when it still waits to be put together."""
    row = session.get(LargeUpload, upload_id, with_for_update=True)
    return row if row is not None and row.state == LargeUploadState.ASSEMBLING else None
