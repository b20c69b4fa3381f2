"""Sealed values while the secret changes: whether each was sealed with the secret of now, and writing them again by the key of their row."""

from collections.abc import Sequence

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from processes.base.secrets import SealBroken, Secrets
from processes.jobs.sealed_file_keys import SealState
from processes.storage.sealed_columns import SEALED
from processes.storage.services import Services


def judged(secrets: Secrets, sealed: bytes, place: str, row: object, index: str | None = None) -> SealState:
    """`index`: the blind index beside a sealed identity, which must be of that identity."""
    try:
        plain = secrets.open(sealed, place, row).decode() if index else secrets.open(sealed, place, row)
    except (SealBroken, UnicodeDecodeError):
        return SealState.BROKEN
    known = secrets.indexes(str(plain)) if index else ()
    if index and index not in known:
        return SealState.BROKEN
    return SealState.CURRENT if secrets.is_current(sealed) and index in {None, *known[:1]} else SealState.OLD


def judged_or_goes(services: Services, sealed: bytes, place: str, row: object) -> SealState:
    """Judged as the others; but one that does not open is worth nothing to anybody: it is old as well, and goes when it is written."""
    state = judged(services.secrets, sealed, place, row)
    return SealState.OLD if state == SealState.BROKEN else state


def write_sealed(session: Session, place: str, values: Sequence[tuple[object, bytes]]) -> None:
    """`values`: the key of each row, and what is sealed for it now."""
    column = next(one for one in SEALED if one.place == place)
    if values:
        change = (
            update(column.key.table).where(column.key == bindparam("row")).values({column.value: bindparam("made")})
        )
        session.execute(change, [{"row": row, "made": made} for row, made in values])
