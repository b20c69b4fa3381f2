"""Deployed models, read from the database once per version and then shared: a version never changes.

A folder is stored as one deterministic ZIP, so that equal folders have equal hashes.
"""

import hashlib
import io
import threading
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.orm import Session

from engine import Compiled, Folder, Model, compile_model, read_model
from processes.base.errors import NotFound
from processes.storage.fast import PreparedQuery
from processes.storage.law_cache import newest, note
from processes.storage.tables import ModelVersion

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


class ModelCache:
    """Every version that this process has needed so far."""

    def __init__(self) -> None:
        self._kept: dict[int, Deployed] = {}
        self._lock = threading.Lock()

    def version(self, session: Session, version_id: int) -> Deployed:
        """The version with this id. Raises NotFound when it was never deployed."""
        if (known := self._kept.get(version_id)) is not None:
            return known
        row = session.get(ModelVersion, version_id)
        if row is None:
            raise NotFound("Deze versie van het zaaktype bestaat niet.")
        with self._lock:
            return self._kept.setdefault(row.id, _ready(row))

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

    def all_current(self, session: Session) -> Mapping[str, Deployed]:
        """The newest version of every process, by process id."""
        names = session.scalars(select(ModelVersion.process).distinct()).all()
        return {name: self.current(session, name) for name in sorted(names)}


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
    model = read_model(folder.drawing).model
    if model is None:
        raise NotFound(f"De opgeslagen tekening van '{row.process}' is niet leesbaar.")
    return Deployed(row.id, row.process, row.version, model, compile_model(folder.drawing, model), folder)
