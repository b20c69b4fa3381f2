"""Gives up large files that nobody finishes: after seven days, and when the task that asks for them is over."""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, exists, literal_column, or_, select
from sqlalchemy.orm import Session

from processes.storage import large_uploads
from processes.storage.large_uploads import KEPT
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import LargeUpload, TaskRow, UploadPart
from processes.storage.words import LargeUploadState, TaskState

REMEMBERED: Final = timedelta(days=14)  # so long it is said of a file that it is gone, and not that it never was
AT_ONCE: Final = 100
THERE: Final = LargeUpload.state != literal_column("'gone'")  # as its index has it


def sweep_large_uploads(services: Services) -> int:
    """Says how many were given up."""
    now = datetime.now(UTC)
    asked = exists().where(TaskRow.id == LargeUpload.task_id, TaskRow.state == TaskState.OPEN)
    over = or_(LargeUpload.at < now - KEPT, LargeUpload.task_id.is_not(None) & ~asked)
    wanted = select(LargeUpload).where(THERE, over).order_by(LargeUpload.at).limit(AT_ONCE)
    with transaction(services.sessions) as session:
        rows = session.scalars(wanted.with_for_update(skip_locked=True))
        ended = [large_uploads.end(session, services.secrets, row) for row in rows]
        parts = _forget_old(session, now)
    for blobs, made in [*ended, (parts, None)]:
        large_uploads.throw_away(services, blobs, made)
    return len(ended)


def _forget_old(session: Session, now: datetime) -> list[str]:
    """The parts that the store still holds of files of which the row goes now. A change of the secret left them there before release 0.2."""
    old = select(LargeUpload.id).where(LargeUpload.state == LargeUploadState.GONE, LargeUpload.at < now - REMEMBERED)
    ids = list(session.scalars(old.order_by(LargeUpload.at).limit(AT_ONCE)))
    blobs = list(session.scalars(select(UploadPart.blob).where(UploadPart.upload_id.in_(ids))))
    session.execute(delete(UploadPart).where(UploadPart.upload_id.in_(ids)))
    session.execute(delete(LargeUpload).where(LargeUpload.id.in_(ids)))
    return blobs
