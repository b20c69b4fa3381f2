"""The sweep of post that went into no case: kept for the days of the setting, with the reason, and then gone with its files."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select

from processes.base.actor import SYSTEM
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.storage.audit import INSTALLATION_CHAIN
from processes.storage.services import Services
from processes.storage.tables import FileScan, PostFile, PostItem

AT_ONCE: Final = 200


def sweep_post_aside(services: Services) -> int:
    """Says how many pieces of post went. A file is deleted after its row, so that a stop in between leaves what the sweep of orphans takes."""
    blobs: list[str] = []
    ids = transact(services, SYSTEM, lambda work: _forget(work, blobs))
    for blob in blobs:
        services.files.delete(blob)
    return len(ids.split())


def _forget(work: UnitOfWork, blobs: list[str]) -> str:
    before = work.now - timedelta(days=work.services.settings.post_days)
    old = select(PostItem.id).where(
        PostItem.handled_at.is_not(None), PostItem.handled_at < before, PostItem.case_id.is_(None)
    )
    ids = list(work.session.scalars(old.order_by(PostItem.handled_at).limit(AT_ONCE).with_for_update(skip_locked=True)))
    blobs += work.session.scalars(select(PostFile.blob).where(PostFile.item_id.in_(ids)))
    work.session.execute(delete(FileScan).where(FileScan.blob.in_(blobs)))
    work.session.execute(delete(PostFile).where(PostFile.item_id.in_(ids)))
    work.session.execute(delete(PostItem).where(PostItem.id.in_(ids)))
    for item in ids:
        work.audit(INSTALLATION_CHAIN, "post_forgotten", item=item)
    return " ".join(map(str, ids))
