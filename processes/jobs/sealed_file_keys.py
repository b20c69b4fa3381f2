"""The keys of encrypted files, sealed in the rows that hold the files: judged and sealed again when the secret changes."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from processes.base.errors import FileBroken
from processes.storage.services import Services
from processes.storage.tables import CaseBundle, DocumentRow, FileScan, PersonPackage, PostFile, UploadPart


class SealState(StrEnum):
    """How a sealed value stands: as it would be written now, by an older secret or format, or no longer to be opened."""

    CURRENT = "current"
    OLD = "old"
    BROKEN = "broken"


def seal_file_key_again(services: Services, upload: dict[str, Any]) -> None:
    """The key of a file that waits stands in the draft, not in a row of its own."""
    if upload["file_key"]:
        upload["file_key"] = services.files.sealed_again(upload["blob"], upload["file_key"]) or upload["file_key"]


def judge_file_key(services: Services, row: Any) -> SealState:
    try:
        return SealState.OLD if services.files.sealed_again(row.blob, row.file_key) else SealState.CURRENT
    except FileBroken:
        return SealState.BROKEN


def write_file_keys(session: Session, services: Services, rows: Sequence[Any]) -> None:
    _write_keys_in(DocumentRow.__table__, session, services, rows)


def write_package_keys(session: Session, services: Services, rows: Sequence[Any]) -> None:
    _write_keys_in(PersonPackage.__table__, session, services, rows)


def write_bundle_keys(session: Session, services: Services, rows: Sequence[Any]) -> None:
    _write_keys_in(CaseBundle.__table__, session, services, rows)


def write_post_keys(session: Session, services: Services, rows: Sequence[Any]) -> None:
    _write_keys_in(PostFile.__table__, session, services, rows)


def write_part_keys(session: Session, services: Services, rows: Sequence[Any]) -> None:
    _write_keys_in(UploadPart.__table__, session, services, rows, key="blob")


def write_scan_keys(session: Session, services: Services, rows: Sequence[Any]) -> None:
    _write_keys_in(FileScan.__table__, session, services, rows, key="blob")


def _write_keys_in(table: Any, session: Session, services: Services, rows: Sequence[Any], *, key: str = "id") -> None:
    for row in rows:
        made = services.files.sealed_again(row.blob, row.file_key)
        session.execute(update(table).where(table.c[key] == getattr(row, key)).values(file_key=made))
