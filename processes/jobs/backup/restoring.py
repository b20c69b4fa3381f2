"""`zaakspoor restore`: a backup back into an installation with an empty database, so that it goes on where it was.

First the files, each only once; then all rows in one transaction; then what may not come back goes again: sessions, and
dossiers that were destroyed after the backup. One that was cut off goes on where it stopped when it is run again.
"""

import hashlib
import hmac
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import zstandard
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, delete, insert, inspect, select, text

from processes.base.actor import SYSTEM
from processes.base.errors import NotFound, ZaakspoorError
from processes.base.secrets import SealBroken
from processes.base.security_log import SecurityEvent, security_event
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.jobs.backup.making import CANARY, CANARY_PLACE, FORMAT, Tell
from processes.jobs.backup.place import BackupFolder, BackupPlace
from processes.jobs.backup.rows import load
from processes.jobs.backup.sealing import opened
from processes.jobs.destroyed_marks import marks, read_marks
from processes.jobs.destroying import destroy
from processes.storage.base import Base
from processes.storage.known_secrets import check_secret
from processes.storage.restored import NAME, Restored, read_restored, write_restored
from processes.storage.search_table import pages, rebuild_cases
from processes.storage.services import Services
from processes.storage.session import MIGRATIONS, downgrade, know_the_rows, make_engine, read_only, transaction, upgrade
from processes.storage.sign_in import note_issuer
from processes.storage.tables import Case, DestructionRow, SettingRow, WebSession
from processes.storage.words import DestructionState


class CannotRestore(ZaakspoorError):
    """Deze back-up kan hier niet worden teruggezet."""


NOT_EMPTY: Final = "De database is niet leeg. Zet een back-up terug in een nieuwe, lege database: zo gaat er niets verloren van wat er nu staat."
OF_ANOTHER: Final = (
    "Het geheim van deze installatie past niet bij de back-up. Zet ZAAKSPOOR_SECRET op het geheim van de installatie waar de "
    "back-up van is."
)
NEWER: Final = "Deze back-up is van een nieuwere versie van Zaakspoor. Zet hem terug met die versie of een latere."
CHANGED: Final = (
    "De rijen in deze back-up zijn veranderd sinds hij werd gemaakt. Er is niets teruggezet; neem een andere back-up."
)
# what reading rows raises that are none: no text, no lines, no names, not compressed
NOT_OURS: Final = (ValueError, KeyError, TypeError, StopIteration, RuntimeError, zstandard.ZstdError)


def restore(
    services: Services, place: Path, key: X25519PrivateKey, *, name: str = "", copy: bool = False,
    destroyed: Iterable[bytes] = (), tell: Tell = lambda *_: None,
) -> str:  # fmt: skip
    """Put back the newest backup, or the one of that name, and give its name. `copy`: this is to be a copy for trying out, from which no
    mail leaves. `destroyed`: marks of dossiers that were destroyed later, beside those that lie here.

    Raises NoBackup, NotForThisKey, CannotRestore, and WrongSecret for one made while the secret was being changed; the rows of the database are then as they were.
    """
    at = BackupPlace(place)
    backup = at.newest(name)
    _check(services, backup)
    schema = _head(services, backup, key)["schema"]
    if not _was_put_back(services, backup.name):
        _empty(services, schema)
        _files(services, at, backup, key, tell)
        _rows(services, backup, key, copy=copy, tell=tell)
    upgrade(services.settings.database)
    check_secret(services)
    note_issuer(services.sessions, services.settings)
    _search(services, tell)
    gone = _destroy_again(services, [*destroyed, *_marks_of(at), *marks(services)])
    know_the_rows(services.sessions)
    security_event(SecurityEvent.BACKUP_RESTORED, who="system", backup=backup.name, destroyed_again=gone)
    return backup.name


def _check(services: Services, backup: BackupFolder) -> None:
    about = backup.about()
    if about.get("format") != FORMAT:
        raise CannotRestore(NEWER)
    try:
        known = services.secrets.open(bytes.fromhex(str(about.get("canary"))), CANARY_PLACE)
    except (SealBroken, ValueError) as error:
        raise CannotRestore(OF_ANOTHER) from error
    if known != CANARY:
        raise CannotRestore(OF_ANOTHER)
    if not _is_moment(about.get("made_at")):  # pages read it
        raise CannotRestore(CHANGED)


def _is_moment(text: object) -> bool:
    try:
        return datetime.fromisoformat(str(text)).tzinfo is not None
    except ValueError:
        return False


def _head(services: Services, backup: BackupFolder, key: X25519PrivateKey) -> Any:
    """The first line; it must be of this very backup, and of a schema that this program knows.

    All rows are read once for their digest before one goes into the database: anybody can seal rows to a public key.
    """
    try:
        head = json.loads(next(_lines(backup, key)))
        deque(_checked(services, _lines(backup, key)), maxlen=0)
        of_this = head["backup"] == backup.name
    except NOT_OURS as error:
        raise CannotRestore(CHANGED) from error
    if not of_this:
        raise CannotRestore(CHANGED)
    try:
        ScriptDirectory(str(MIGRATIONS)).get_revision(head["schema"])
    except CommandError as error:
        raise CannotRestore(NEWER) from error
    return head


def _was_put_back(services: Services, name: str) -> bool:
    """Whether an earlier run, that was cut off later, put these rows back already."""
    if not inspect(services.sessions.kw["bind"]).has_table(SettingRow.__tablename__):
        return False
    with transaction(services.sessions) as session:
        restored = read_restored(read_only(session))
        return restored is not None and restored.backup == name and not restored.destroyed_again


def _empty(services: Services, schema: str) -> None:
    """Tables of the schema of the backup, without a row. Raises CannotRestore when there is something already."""
    engine = services.sessions.kw["bind"]
    there = set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name in there and connection.execute(text(f'SELECT 1 FROM "{table.name}" LIMIT 1')).first():  # noqa: S608 - ours
                raise CannotRestore(NOT_EMPTY)
    if there:
        downgrade(services.settings.database, "base")
    upgrade(services.settings.database, schema)


def _files(services: Services, at: BackupPlace, backup: BackupFolder, key: X25519PrivateKey, tell: Tell) -> None:
    held = list(backup.blobs())
    for done, (blob, size) in enumerate(held):
        tell("Bestanden", done, len(held))
        if not _has(services, blob, size):
            services.files.take(blob, opened(at.read_file(blob), key, blob))


def _has(services: Services, blob: str, size: int) -> bool:
    try:
        return services.files.size(blob) == size
    except NotFound:
        return False


def _rows(services: Services, backup: BackupFolder, key: X25519PrivateKey, *, copy: bool, tell: Tell) -> None:
    engine = make_engine(services.settings.database, foreign_keys=False)
    note = Restored(
        backup.name, backup.about()["made_at"], datetime.now(UTC).isoformat(), copy=copy, mail_held=not copy
    )
    try:
        with engine.begin() as connection:
            load(connection, _checked(services, _lines(backup, key)), lambda table, done: tell(table, done, 0))
            _note(connection, note)
    finally:
        engine.dispose()


def _note(connection: Connection, note: Restored) -> None:
    """In the same transaction: there is no moment at which the rows are there and mail could leave. Sessions end."""
    connection.execute(delete(SettingRow).where(SettingRow.name == NAME))
    connection.execute(delete(WebSession))
    connection.execute(insert(SettingRow).values(name=NAME, value=asdict(note)))


def _lines(backup: BackupFolder, key: X25519PrivateKey) -> Iterator[bytes]:
    unpacker = zstandard.ZstdDecompressor().decompressobj()
    waiting = bytearray()
    for chunk in opened(backup.read("rows"), key, f"{backup.name}/rows"):
        waiting += unpacker.decompress(chunk)
        *whole, rest = waiting.split(b"\n")
        waiting = bytearray(rest)
        for line in whole:
            yield bytes(line) + b"\n"


def _checked(services: Services, lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines with rows; the first tells of the backup, and the last must be the digest of all before it."""
    seen = hashlib.sha256(next(lines))
    before: bytes | None = None
    for line in lines:
        if before is not None:
            seen.update(before)
            yield before
        before = line
    said = json.loads(before or b"{}")
    mine = services.secrets.digests(f"backup {seen.hexdigest()}")
    told = str(said.get("digest")) if isinstance(said, dict) else ""
    if not any(hmac.compare_digest(told, one) for one in mine):
        raise CannotRestore(CHANGED)


def _search(services: Services, tell: Tell) -> None:
    with transaction(services.sessions) as session:
        found = list(pages(read_only(session)))
    for done, page in enumerate(found):
        tell("Zoektabel", done, len(found))
        with transaction(services.sessions) as session:
            rebuild_cases(session, page)


def _marks_of(at: BackupPlace) -> Iterator[bytes]:
    """The marks that all backups in this place took along: a later one knows of later destructions."""
    for one in at.all():
        if one.is_whole:
            yield from b"".join(one.read("destroyed")).splitlines()


def _destroy_again(services: Services, lines: Iterable[bytes]) -> int:
    """Destroy what was destroyed after the backup; says how many dossiers."""
    rows = {row["case_number"]: row for row in read_marks(services, lines)}
    gone = 0
    for number, row in rows.items():
        approved = transact(services, SYSTEM, _approved_again(number, row))
        if approved:
            destroy(services, {"destruction": int(approved)})
            gone += 1
    with transaction(services.sessions) as session:
        if restored := read_restored(session):
            write_restored(session, replace(restored, destroyed_again=True))
    return gone


def _approved_again(number: str, said: dict[str, Any]) -> Callable[[UnitOfWork], str]:
    """The dossier with this number on the list as it was when it was destroyed; the answer is the id, empty when it is gone."""

    def put(work: UnitOfWork) -> str:
        case_id = work.session.scalar(select(Case.id).where(Case.number == number))
        case = work.lock_case_id(case_id) if case_id is not None else None
        if case is None:
            return ""
        row = work.session.scalar(select(DestructionRow).where(DestructionRow.case_id == case.id))
        kept = {name: said[name] for name in said.keys() - {"id", "case_id", "state", "certificate", "destroyed_at"}}
        if row is None:
            row = DestructionRow(case_id=case.id, **kept)
            work.session.add(row)
        for name, value in kept.items():
            setattr(row, name, value)
        row.state = DestructionState.APPROVED
        work.session.flush()
        work.audit(case.id, "destruction_approved", destruction=row.id)
        return str(row.id)

    return put
