"""Sweeps drafts that are old, and files that were chosen and that nobody's draft holds.

A file goes in two rounds: it is given up first, so that no page offers it any more, and deleted a few minutes later, when
whoever was just sending it has had the time to do so.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import select, update

from processes.storage import drafts
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import UploadRow
from processes.storage.upload_room import forget_old_rows, is_document, waits, waits_in_draft, waits_whole

AGE: Final = timedelta(minutes=30)  # a form is sent well before that, or has a draft
LAST_CHANCE: Final = timedelta(minutes=5)
SWEEP_SECONDS: Final = 300  # so that a file is gone within 45 minutes
AT_ONCE: Final = 500

log = structlog.get_logger(__name__)


def sweep_held_files(services: Services) -> int:
    """Says how many files were deleted."""
    now = datetime.now(UTC)
    deleted = _delete(services, now)
    with transaction(services.sessions) as session:
        drafts.forget_old(session, services, now)
        forget_old_rows(session, now)
        session.execute(update(UploadRow).where(waits(), is_document()).values(settled=True))
        unheld = (waits(), UploadRow.gone_at.is_(None), UploadRow.at < now - AGE, ~waits_in_draft(), ~waits_whole())
        session.execute(update(UploadRow).where(*unheld).values(gone_at=now))
    if deleted:
        log.info("files.unsent_removed", count=deleted)
    return deleted


def _delete(services: Services, now: datetime) -> int:
    """Delete what was given up before; twice does no harm. Its row goes when it counts for no limit any more."""
    given_up = (waits(), UploadRow.gone_at < now - LAST_CHANCE, ~is_document())
    with transaction(services.sessions) as session:
        blobs = list(read_only(session).scalars(select(UploadRow.blob).where(*given_up).limit(AT_ONCE)))
    for blob in blobs:
        services.files.delete(blob)
    if blobs:
        with transaction(services.sessions) as session:
            session.execute(update(UploadRow).where(UploadRow.blob.in_(blobs)).values(settled=True))
    return len(blobs)
