"""The files of post that waits: each must be as it came in. For `zaakspoor verify`."""

from collections.abc import Callable, Iterator
from typing import Final

from sqlalchemy import Select, select

from processes.jobs.file_verification import hash_of
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import FileScan, PostFile, PostItem
from processes.storage.words import ScanState

AT_ONCE: Final = 500
MISSING: Final = "Het bestand '{name}' van dit poststuk is weg."
CHANGED: Final = "Het bestand '{name}' van dit poststuk is niet meer hetzelfde als toen het binnenkwam."


def problems_of_post(services: Services, tick: Callable[[int, int], None]) -> Iterator[tuple[str, str, str]]:
    """Code, place and sentence of each problem. A file in which a virus was found is gone, and no problem."""
    infected = select(FileScan.blob).where(FileScan.state == ScanState.INFECTED)
    wanted = (
        select(PostFile)
        .join(PostItem, PostItem.id == PostFile.item_id)
        .where(PostItem.handled_at.is_(None), PostFile.blob.not_in(infected))
        .order_by(PostFile.id)
    )
    done = after = 0
    tick(0, 0)  # also said when no post waits
    while rows := _rows(services, wanted.where(PostFile.id > after).limit(AT_ONCE)):
        for row in rows:
            done += 1
            found = hash_of(services, row.blob, row.file_key)
            if found != row.sha256 and _waits(services, row.id):
                code, words = ("file_missing", MISSING) if found is None else ("file_changed", CHANGED)
                yield code, f"poststuk {row.item_id}", words.format(name=row.name)
        after = rows[-1].id
        tick(done, done)


def _rows(services: Services, wanted: Select[PostFile]) -> list[PostFile]:
    with transaction(services.sessions) as session:
        return list(read_only(session).scalars(wanted))


def _waits(services: Services, file: int) -> bool:
    """It may have become a document while this looked."""
    with transaction(services.sessions) as session:
        return read_only(session).get(PostFile, file) is not None
