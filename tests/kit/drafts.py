"""Drafts and uploads of tests grow older: they live in real time, which no test moves."""

from datetime import timedelta

from sqlalchemy import select

from processes.storage.services import Services
from processes.storage.tables import DraftRow, UploadRow


def grow_older(services: Services, by: timedelta) -> None:
    with services.sessions.begin() as session:
        for draft in session.scalars(select(DraftRow)):
            draft.saved_at -= by
        for upload in session.scalars(select(UploadRow)):
            upload.at -= by
            upload.gone_at = upload.gone_at - by if upload.gone_at else None
