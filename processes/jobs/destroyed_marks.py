"""A mark in the file store for each dossier that was destroyed, so that a restored backup of before cannot bring it back.

A mark is the row of the destruction list (no word of the case but its number and type) with a keyed digest: who can write in
the store cannot have a dossier destroyed. Backups take the marks along; `zaakspoor restore` destroys what they name once more.
"""

import hmac
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final

import orjson
import structlog

from processes.base.errors import NotFound
from processes.storage.files import DESTROYED
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import DestructionRow
from processes.storage.words import DestructionState

MOMENTS: Final = ("listed_at", "proposed_at", "approved_at", "destroyed_at")

log = structlog.get_logger(__name__)


def leave_mark(services: Services, destruction_id: int) -> None:
    """Write the mark of a dossier that was destroyed. May be repeated."""
    with transaction(services.sessions) as session:
        row = read_only(session).get(DestructionRow, destruction_id)
        if row is None or row.state != DestructionState.DESTROYED:
            return
        said = {column.name: getattr(row, column.name) for column in DestructionRow.__table__.columns}
    services.files.put(f"{DESTROYED}/{said['case_number']}", signed(services, said))


def signed(services: Services, said: dict[str, Any]) -> bytes:
    words = orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
    return orjson.dumps({"row": words, "digest": services.secrets.digest(f"destroyed {words}")}) + b"\n"


def marks(services: Services) -> Iterator[bytes]:
    """Every mark of this installation as it is stored."""
    for blob in services.files.all_marks():
        try:
            yield b"".join(services.files.read(blob))
        except NotFound:
            continue


def read_marks(services: Services, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The rows that signed marks hold; one that is not ours is named in the log and passed over."""
    for line in lines:
        try:
            mark = orjson.loads(line)
            words = mark["row"]
            row = orjson.loads(words) if _is_ours(services, words, mark["digest"]) else None
        except (ValueError, KeyError, TypeError):
            row = None
        if row is None:
            log.warning("destroyed_mark.not_ours")
            continue
        row |= {name: row[name] and datetime.fromisoformat(row[name]) for name in MOMENTS}
        yield row | {"due_on": date.fromisoformat(row["due_on"])}


def _is_ours(services: Services, words: str, digest: str) -> bool:
    """By the secret of now, or one of before: a mark stays for ever."""
    made = services.secrets.digests(f"destroyed {words}", retired=True)
    return any(hmac.compare_digest(one, digest) for one in made)
