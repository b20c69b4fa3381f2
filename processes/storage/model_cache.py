"""Deployed models, read from the database once per version and then shared: a version never changes.

A folder is stored as one deterministic ZIP, so that equal folders have equal hashes. A version that cannot be read stops
only what needs that version: lists ask with `find`, `readable` and `all_current`, which leave it out, and the administrator
sees it (`unreadable`).
"""

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import structlog
from sqlalchemy import and_, bindparam, func, literal_column, select
from sqlalchemy.orm import Session

from engine import Compiled, Folder, Model, asked_of_each, compile_model, read_model
from processes.base.errors import NotFound, NotNow
from processes.storage.fast import PreparedQuery
from processes.storage.law_cache import newest, note
from processes.storage.tables import ModelVersion

log = structlog.get_logger(__name__)
STARTS_AT = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can name; the same for every file, so that hashes agree


@dataclass(frozen=True, slots=True)
class Deployed:
    """One version, ready to run."""

    id: int
    process: str
    version: int
    model: Model
    compiled: Compiled
    folder: Folder
    asked_of_each: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By element, the codes that the form of a task with `answers="each"` fills: kept for every person apart."""


class ModelUnreadable(NotNow):
    """Het zaaktype hiervan kan niet worden gelezen. De beheerder ziet dit en kan het herstellen; er gaat niets verloren."""


@dataclass(frozen=True, slots=True)
class UnreadableVersion:
    """A version that cannot be read. `newest`: no new case of it can begin either."""

    process: str
    version: int
    title: str
    newest: bool


class ModelCache:
    """Every version that this process has needed so far."""

    def __init__(self) -> None:
        self._kept: dict[int, Deployed] = {}
        self._whole: set[int] = set()  # older versions whose archive is as it was deployed
        self._told: set[int] = set()
        self._lock = threading.Lock()

    def version(self, session: Session, version_id: int) -> Deployed:
        """The version with this id. Raises NotFound when it was never deployed, and ModelUnreadable."""
        if (known := self._kept.get(version_id)) is not None:
            return known
        row = session.get(ModelVersion, version_id)
        if row is None:
            raise NotFound("Deze versie van het zaaktype bestaat niet.")
        with self._lock:
            return self._kept.setdefault(row.id, self._ready(row))

    def find(self, session: Session, version_id: int) -> Deployed | None:
        """The version with this id, for a line of a list: None when it cannot be read."""
        try:
            return self.version(session, version_id)
        except ModelUnreadable:
            return None

    def readable(self, session: Session, version_ids: Iterable[int]) -> list[Deployed]:
        """The versions with these ids that can be read."""
        return [found for one in version_ids if (found := self.find(session, one))]

    def current(self, session: Session, process: str) -> Deployed:
        """The newest version of a process, which new cases and new calls use. Raises NotFound."""
        return self.newest(session, process, session.execute(newest_version().statement, {"process": process}).all())

    def newest(self, session: Session, process: str, answer: Sequence[Sequence[int]]) -> Deployed:
        """The newest version, as `current` gives it, from an answer to `newest_version` asked with other questions."""
        if not answer:
            raise NotFound(f"Het proces '{process}' is nog niet in gebruik genomen.")
        version, law = answer[0]
        note(session, law)  # which law a case starts with
        return self.version(session, version)

    def in_use(self, session: Session, process: str) -> tuple[Deployed, ...]:
        """The newest version, for what is asked of a case of before; none when it cannot be read."""
        return self.in_use_as(session, session.execute(newest_version().statement, {"process": process}).all())

    def in_use_as(self, session: Session, answer: Sequence[Sequence[int]]) -> tuple[Deployed, ...]:
        """The same, from an answer that begins with its id."""
        return tuple(self.readable(session, [one[0] for one in answer[:1]]))

    def all_current(self, session: Session) -> Mapping[str, Deployed]:
        """The newest version of every process of which it can be read, by process id."""
        numbers = select(ModelVersion.process, func.max(ModelVersion.version).label("version"))
        last = numbers.group_by(ModelVersion.process).subquery()
        same = and_(ModelVersion.process == last.c.process, ModelVersion.version == last.c.version)
        wanted = select(ModelVersion.process, ModelVersion.id, newest().label("law")).join(last, same)
        rows = session.execute(wanted.order_by(ModelVersion.process)).all()
        if rows:
            note(session, rows[0].law)
        found = {row.process: self.find(session, row.id) for row in rows}
        return {name: deployed for name, deployed in found.items() if deployed}

    def unreadable(self, session: Session, *, thorough: bool = False) -> list[UnreadableVersion]:
        """Every version that cannot be read, by process. Of older versions that this process did not need only the archive
        is looked at, unless `thorough`: reading all drawings takes long.
        """
        columns = (ModelVersion.id, ModelVersion.process, ModelVersion.version, ModelVersion.title, ModelVersion.sha256)
        rows = session.execute(select(*columns).order_by(ModelVersion.process, ModelVersion.version.desc())).all()
        newest = {row.id for row in {row.process: row for row in reversed(rows)}.values()}
        return [
            UnreadableVersion(row.process, row.version, row.title or row.process, row.id in newest)
            for row in rows
            if not (self.find(session, row.id) if thorough or row.id in newest else self._is_whole(session, row))
        ]

    def _is_whole(self, session: Session, row: Any) -> bool:
        """Whether the archive of a version is as it was deployed; looked at once."""
        if row.id in self._kept or row.id in self._whole:
            return True
        packed = session.scalar(select(ModelVersion.folder).where(ModelVersion.id == row.id))
        try:
            whole = bool(fingerprint(unpack(row.process, packed or b"")) == row.sha256)
        except Exception:  # noqa: BLE001 - a damaged archive raises whatever it meets
            whole = False
        if whole:
            self._whole.add(row.id)
        return whole

    def _ready(self, row: ModelVersion) -> Deployed:
        try:
            return _ready(row)
        except Exception as error:  # whatever is wrong with one version, all others stay in use
            if row.id not in self._told:
                self._told.add(row.id)
                kind = type(error).__name__
                log.error("model.unreadable", process=row.process, version=row.version, error=kind, alert=True)  # noqa: TRY400
            raise ModelUnreadable from error


@cache
def newest_version() -> PreparedQuery:
    """The id of the newest version of `process`, and the newest row of the law."""
    versions = select(ModelVersion.id, newest().label("law")).where(ModelVersion.process == bindparam("process"))
    return PreparedQuery(versions.order_by(ModelVersion.version.desc()).limit(literal_column("1")))


def pack(folder: Folder) -> bytes:
    """A folder as one ZIP: drawing.bpmn, forms/, mails/, rehearsals/."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(folder):
            archive.writestr(zipfile.ZipInfo(name, STARTS_AT), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def unpack(name: str, packed: bytes) -> Folder:
    """The folder that `pack` made."""
    parts: dict[str, dict[str, bytes]] = {"forms": {}, "mails": {}, "rehearsals": {}}
    drawing = b""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for entry in archive.namelist():
            kind, _, rest = entry.partition("/")
            if rest:
                parts[kind][rest] = archive.read(entry)
            else:
                drawing = archive.read(entry)
    return Folder(name, drawing, parts["forms"], parts["mails"], parts["rehearsals"])


def fingerprint(folder: Folder) -> str:
    """SHA-256 over names and contents, independent of how they were packed."""
    digest = hashlib.sha256()
    for name, content in _files(folder):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folder: Folder) -> list[tuple[str, bytes]]:
    kinds = (("forms", folder.forms), ("mails", folder.mails), ("rehearsals", folder.rehearsals))
    inside = [(f"{kind}/{name}", files[name]) for kind, files in kinds for name in sorted(files)]
    return [("drawing.bpmn", folder.drawing), *inside]


def _ready(row: ModelVersion) -> Deployed:
    folder = unpack(row.process, row.folder)
    if fingerprint(folder) != row.sha256:
        raise NotFound(f"De opgeslagen map van '{row.process}' is niet meer die van toen zij in gebruik werd genomen.")
    model = read_model(folder.drawing).model
    if model is None:
        raise NotFound(f"De opgeslagen tekening van '{row.process}' is niet leesbaar.")
    compiled = compile_model(folder.drawing, model)
    return Deployed(row.id, row.process, row.version, model, compiled, folder, asked_of_each(folder, model))
