"""`zaakspoor backup`: the rows at one moment, then every stored file that this place does not have yet.

Rows first: a file that came later is only too many, and one that went meanwhile went with a dossier that was destroyed, which
its mark says. Work goes on all the while. A backup that was cut off is made anew; the files that had arrived stay.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import zstandard
from alembic.runtime.migration import MigrationContext
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from processes.base.errors import NotFound, ZaakspoorError
from processes.base.security_log import SecurityEvent, security_event
from processes.jobs.backup.place import WHOLE, BackupFolder, BackupPlace, NoBackup
from processes.jobs.backup.rows import dumped
from processes.jobs.backup.sealing import public_text, sealed
from processes.jobs.destroyed_marks import marks
from processes.storage.files import KEY
from processes.storage.services import Services
from processes.storage.session import at_one_moment, transaction

FORMAT: Final = 1
CANARY: Final = b"zaakspoor"
CANARY_PLACE: Final = "backup"

Tell = Callable[[str, int, int], None]
"""Called as the work goes on: what is done now, how many are done, how many there are."""


class PlaceOfOtherKey(ZaakspoorError):
    """In deze map staan back-ups voor een andere sleutel. Geef na een nieuwe sleutel een nieuwe map, en bewaar de oude map en de oude sleutel zolang u die back-ups houdt."""


def make_backup(
    services: Services, place: Path, key: X25519PublicKey, *, keep: int = 0, tell: Tell = lambda *_: None
) -> str:
    """Write a backup and give its name. `keep`: afterwards only so many of the newest stay; 0 keeps all.

    Raises Busy, OSError, and PlaceOfOtherKey.
    """
    at = BackupPlace(place)
    _refuse_other_key(at, key)
    made_at = datetime.now(UTC)
    made = at.new(made_at.strftime("%Y%m%dT%H%M%S.%fZ"))
    made.write("about.json", [json.dumps(_about(services, made_at, key), indent=1).encode()])
    tell("Database", 0, 1)
    with transaction(services.sessions) as session:
        connection = at_one_moment(session).connection()
        schema = MigrationContext.configure(connection).get_current_revision()
        lines = signed_lines(services, _with_head(made.name, schema, dumped(connection)))
        made.write("rows", sealed(_compressed(lines), key, f"{made.name}/rows"))
    made.write("destroyed", marks(services))
    _write_files(services, at, made, key, tell)
    made.write(WHOLE, [b"\n"])
    security_event(SecurityEvent.BACKUP_MADE, who="system", backup=made.name)
    if keep:
        at.keep_newest(keep)
    return made.name


def _refuse_other_key(at: BackupPlace, key: X25519PublicKey) -> None:
    """Files that lie there are not written again: with them a backup would need both keys, and nothing could open it."""
    if any(_key_of(one) not in {None, public_text(key)} for one in at.all()):
        raise PlaceOfOtherKey


def _key_of(backup: BackupFolder) -> Any:
    """The public key of a backup; None of one that cannot be read."""
    try:
        return backup.about().get("key")
    except NoBackup:
        return None


def _about(services: Services, made_at: datetime, key: X25519PublicKey) -> dict[str, Any]:
    return {
        "format": FORMAT, "made_at": made_at.isoformat(), "organisation": services.settings.organisation,
        "key": public_text(key), "canary": services.secrets.seal(CANARY, CANARY_PLACE).hex(),
    }  # fmt: skip


def _with_head(name: str, schema: str | None, lines: Iterable[bytes]) -> Iterator[bytes]:
    yield json.dumps({"backup": name, "schema": schema}).encode() + b"\n"
    yield from lines


def signed_lines(services: Services, lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, and one more with a digest of all that only the secret of the installation can make."""
    seen = hashlib.sha256()
    for line in lines:
        seen.update(line)
        yield line
    yield json.dumps({"digest": services.secrets.digest(f"backup {seen.hexdigest()}")}).encode() + b"\n"


def _compressed(lines: Iterable[bytes]) -> Iterator[bytes]:
    packer = zstandard.ZstdCompressor(level=6).compressobj()
    for line in lines:
        if made := packer.compress(line):
            yield made
    yield packer.flush()


def _write_files(services: Services, at: BackupPlace, made: BackupFolder, key: X25519PublicKey, tell: Tell) -> None:
    stored = [file for file in services.files.all_blobs() if re.fullmatch(KEY, file.blob)]
    held: list[bytes] = []
    for done, file in enumerate(stored):
        tell("Bestanden", done, len(stored))
        try:
            if not at.has(file.blob):
                at.write_file(file.blob, sealed(services.files.read_unscanned(file.blob), key, file.blob))
        except NotFound:
            continue  # it went while we were at it
        held.append(f"{file.size} {file.blob}\n".encode())
    made.write("files.txt", held)
