"""An uploaded case type between choosing and taking into use: held in the store, checked apart, told in plain words.

The page carries a sealed reference to the upload, which opens only for the user who made it, for half a day. The upload waits
in a draft of that user, and is swept when another takes its place there, or when it was taken into use.
"""

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

import orjson

from engine import Finding, Folder, as_utf8
from engine.edits import course_of, only_words
from engine.kernel.reading import Reading, read_model
from engine.words import Severity
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.base.isolated_check import Verdict, check_apart
from processes.base.secrets import SealBroken
from processes.base.uploads import Upload
from processes.execution.callers import callers_that_break
from processes.law import LawBook, LawRule
from processes.law.edits import LawRecordKind
from processes.law.for_linter import known_rules
from processes.reads.admin.drawn_difference import DrawnDifference, ShownGroup, drawn_difference
from processes.reads.admin.models import ModelSummary, read_models
from processes.reads.admin.words import WHOLE, Names
from processes.reads.opening import reading
from processes.storage.law_cache import broken_rows, saved_rows
from processes.storage.model_cache import fingerprint, pack, unpack
from processes.storage.services import Services

COLUMN: Final = "held_model"
SECONDS: Final = 12 * 3600
SEVERITIES: Final = {Severity.ERROR: "Fout", Severity.WARNING: "Let op"}
OF_THE_LAW: Final = (LawRecordKind.RULE, LawRecordKind.CLOSED_DAY, LawRecordKind.RETENTION, LawRecordKind.TARIFF)
ACTIONS: Final = {Severity.ERROR: "Dit moet u eerst oplossen.", Severity.WARNING: "U kunt verder, maar kijk dit na."}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """`element` is empty for what is about the whole drawing; `place` is its name in words. `mending`: what the one right mending
    does, empty when a person has to choose.
    """

    element: str
    place: str
    severity: str
    severity_text: str
    what_now: str
    message: str
    code: str = ""
    mending: str = ""

    @property
    def key(self) -> str:
        """A short text that tells it from the other findings of a draft, for a button beside it."""
        return sha256(f"{self.element}|{self.code}|{self.message}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class UploadCheck:
    """`newest` is the version in use, None for a new process; `same` says that nothing differs from it, `only_words` nothing but words."""

    process: str
    title: str
    findings: tuple[ShownFinding, ...]
    may_be_used: bool
    readable: bool
    newest: ModelSummary | None
    difference: DrawnDifference
    same: bool
    folder: Folder
    only_words: bool = False
    finished: bool = True  # False: the child that reads it ran out of time or memory

    @property
    def errors(self) -> int:
        return sum(finding.severity == Severity.ERROR for finding in self.findings)

    @property
    def differences(self) -> tuple[ShownGroup, ...]:
        """The sentences of the difference with the version in use, by heading."""
        return self.difference.groups

    @property
    def next_version(self) -> int:
        return self.newest.newest.version + 1 if self.newest else 1

    @property
    def marks(self) -> list[dict[str, str]]:
        """The findings on elements, as marks for the drawing on the page."""
        return [
            {"element": one.element, "kind": one.severity, "message": one.message}
            for one in self.findings
            if one.element
        ]


def check_upload(
    services: Services,
    actor: Actor,
    folder: Folder,
    *,
    lone_drawing: bool = False,
    found: tuple[Finding, ...] | None = None,
) -> UploadCheck:
    """Check a folder, or a drawing that takes the rest from the version in use. `found`: findings known already."""
    only_staff(actor, (StaffRole.ADMIN,))
    library, book, today = in_use(services)
    law, retention = known_rules(book)
    verdict = check_apart(folder, library, law, retention, lone_drawing=lone_drawing)
    read = reading_of(verdict.folder.drawing) if verdict.finished else None
    readable = read is not None and read.drawing is not None
    checked = replace(verdict.folder, drawing=as_utf8(verdict.folder.drawing)) if readable else verdict.folder
    before = library.get(verdict.process)
    only_words = _only_words(before, checked, read)  # then running cases may come along, and are counted
    models = read_models(services, actor, counted=only_words)
    newest = next((one for one in models if one.process == verdict.process), None)
    findings = (*verdict.findings, *callers(services, read)) if found is None else found
    return UploadCheck(
        process=verdict.process,
        title=_title(read, verdict),
        findings=shown(findings, Names(read)),
        may_be_used=verdict.may_be_used and not found and not any(one.severity == Severity.ERROR for one in findings),
        readable=readable,
        newest=newest,
        difference=_difference(before, checked, read, book.rules_on(today)),
        same=before is not None and fingerprint(before) == fingerprint(checked),
        folder=checked,
        only_words=only_words,
        finished=verdict.finished,
    )


@lru_cache(maxsize=16)  # each page of a draft asks for the same two
def reading_of(drawing: bytes) -> Reading:
    """A drawing in use, or one of which the check came to an end."""
    return read_model(drawing)


@lru_cache(maxsize=16)
def _course(drawing: bytes) -> Any:
    return course_of(reading_of(drawing))


def in_use(services: Services) -> tuple[Mapping[str, Folder], LawBook, date]:
    """The folders in use by process, the law and today."""
    with reading(services) as (session, now):
        library = {name: item.folder for name, item in services.models.all_current(session).items()}
        return library, services.law.book(session), local_date(now)


def own_law(services: Services) -> tuple[dict[str, Any], ...]:
    """Every change of the law in this installation, oldest first, as plain data: rules, closed days, retention classes and tariffs.

    What letters say of the organisation and of staff is not in it: a case type that is tried has no use for it.
    """
    with reading(services) as (session, _now):
        saved = saved_rows(session)
        broken = broken_rows(saved)
    return tuple(one.as_data for one in saved if one.kind in OF_THE_LAW and one not in broken)


def callers(services: Services, read: Reading | None) -> list[Finding]:
    """Findings about who uses this process and would break."""
    if read is None or read.model is None:
        return []
    with reading(services) as (session, _now):
        return callers_that_break(session, services.models, read.model)


def _title(read: Reading | None, verdict: Verdict) -> str:
    model = read.model if read else None
    if model is None:
        return verdict.folder.name
    return model.case_type.title if model.case_type else model.name or model.process


def shown(findings: tuple[Finding, ...], names: Names) -> tuple[ShownFinding, ...]:
    """Findings with the names of their elements, as pages show them."""
    return tuple(
        ShownFinding(
            element="" if names.of(one.element) == WHOLE else one.element,
            place=names.of(one.element),
            severity=one.severity,
            severity_text=SEVERITIES[one.severity],
            what_now=ACTIONS[one.severity],
            message=one.message,
            code=one.code,
        )
        for one in findings
    )


def _difference(before: Folder | None, now: Folder, read: Reading | None, law: Sequence[LawRule]) -> DrawnDifference:
    if before is None or read is None:
        return DrawnDifference()
    return drawn_difference(before, reading_of(before.drawing), now, read, law)


def _only_words(before: Folder | None, now: Folder, read: Reading | None) -> bool:
    return before is not None and read is not None and only_words(before, now, _course)


def hold_upload(services: Services, actor: Actor, folder: Folder) -> tuple[str, Upload]:
    """Keep the folder in the store: the reference for the address of the check page, and the file, for a draft to hold."""
    return hold_file(services, actor, folder.name, "zip", pack(folder))


def open_held(services: Services, actor: Actor, reference: str) -> Folder:
    """The folder of `hold_upload`. Raises NotFound for a reference that is too old or another's."""
    return unpack(*open_held_file(services, actor, reference, "zip"))


def hold_file(services: Services, actor: Actor, name: str, ending: str, content: bytes) -> tuple[str, Upload]:
    """Keep a file in the store between two pages: a sealed reference for the address, and the file, for a draft to hold."""
    held = services.files.add(f"{name}.{ending}", f"application/{ending}", [content])
    data = {
        "who": actor.subject,
        "at": time.time(),
        "blob": held.blob,
        "key": held.file_key,
        "name": name,
        "as": ending,
    }
    reference = urlsafe_b64encode(services.secrets.seal(orjson.dumps(data), COLUMN)).decode()
    return reference, held


def open_held_file(services: Services, actor: Actor, reference: str, ending: str) -> tuple[str, bytes]:
    """Name and content of `hold_file`. Raises NotFound for a reference that is too old, another's or of another kind."""
    gone = "Wij hebben dit bestand niet meer. Kies het nog een keer bij 'Zaaktypen'."
    try:
        data = orjson.loads(services.secrets.open(urlsafe_b64decode(reference.encode()), COLUMN))
    except (SealBroken, ValueError) as error:
        raise NotFound(gone) from error
    stays = services.files.exists(data["blob"]) and time.time() - data["at"] <= SECONDS
    if data["who"] != actor.subject or data.get("as", "zip") != ending or not stays:
        raise NotFound(gone)
    return data["name"], b"".join(services.files.read(data["blob"], data.get("key")))
