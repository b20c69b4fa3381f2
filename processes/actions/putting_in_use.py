"""The step that makes a checked case type folder the newest version. Running cases keep theirs.

Every door ends here: the button of a draft, an upload or an older version, the agreement of a second administrator, and the day
from which a version holds.
"""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from engine import Finding, Folder, Model, as_utf8, lint, read_model
from engine.edits import course_of, only_words
from engine.words import Severity
from processes.actions.moving import StartMove, begin_move, running_cases
from processes.base.actor import ActorKind
from processes.base.errors import Invalid, ZaakspoorError
from processes.base.file_types import known_formats
from processes.base.isolated_check import check_apart
from processes.execution.callers import callers_that_break
from processes.execution.unit_of_work import UnitOfWork
from processes.law.for_linter import known_rules
from processes.storage.model_cache import fingerprint, pack, unpack
from processes.storage.tables import ModelVersion
from processes.storage.words import OutboxKind


class Refused(ZaakspoorError):
    """Dit model kan nog niet in gebruik. Los eerst de bevindingen op."""

    status = 422

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__()
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Plan:
    """The way in which a version goes into use: why, from which day (none: at once), with the content of which older version, or out
    of which save of which draft. `moves`: nothing but words differs, and the running cases of the version in use go on with it.
    """

    reason: str = ""
    starts_on: date | None = None
    from_version: int | None = None
    draft: str | None = None
    revision: str | None = None
    moves: bool = False


@dataclass(frozen=True, slots=True)
class ReadyFolder:
    """A folder that the check has nothing against, with its drawing as it was read; `sha256` is of its whole content."""

    folder: Folder
    model: Model
    sha256: str

    @property
    def title(self) -> str:
        return self.model.case_type.title if self.model.case_type else self.model.name


@dataclass(frozen=True, slots=True)
class Responsible:
    """The administrators behind a version: who asked for it, and the second one who agreed."""

    asked: str
    agreed: str | None = None


def ready_folder(work: UnitOfWork, folder: Folder) -> ReadyFolder:
    """Raises Refused with all findings."""
    findings = findings_for(work, folder)
    model = None
    if all(finding.severity != Severity.ERROR for finding in findings):
        model = read_model(folder.drawing).model
    if model is None:
        raise Refused(findings)
    whole = replace(folder, drawing=as_utf8(folder.drawing))  # whatever encoding the tool wrote
    return ReadyFolder(whole, model, fingerprint(whole))


def version_in_use(work: UnitOfWork, process: str) -> ModelVersion | None:
    """The newest version of a process."""
    wanted = select(ModelVersion).where(ModelVersion.process == process)
    return work.session.scalar(wanted.order_by(ModelVersion.version.desc()).limit(1))


def put_in_use(work: UnitOfWork, ready: ReadyFolder, plan: Plan, who: Responsible) -> str:
    """The answer is `process:version`. Raises Invalid when running cases cannot go along, and NotNow while others are moved."""
    process, before = ready.model.process, version_in_use(work, ready.model.process)
    check_moves(work, ready, plan)
    row = ModelVersion(
        process=process, version=before.version + 1 if before else 1, title=ready.title, is_case_type=ready.model.case_type is not None,
        folder=pack(ready.folder), sha256=ready.sha256, deployed_at=work.now, deployed_by=who.asked,
        reason=plan.reason or None, from_version=plan.from_version, approved_by=who.agreed,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(0, "deploy", process=row.process, version=row.version, sha256=row.sha256)
    if before is not None:
        work.enqueue(OutboxKind.RETRY, f"retry:{row.id}", {"process": row.process})
    if before is not None and plan.moves and running_cases(work, before.id):
        begin_move(work, StartMove(process, before.version), work.actor.subject)
    return f"{row.process}:{row.version}"


def check_moves(work: UnitOfWork, ready: ReadyFolder, plan: Plan) -> None:
    """Raises Invalid when running cases should go along with more than other words, or on another day."""
    if not plan.moves:
        return
    before = version_in_use(work, ready.model.process)
    if plan.starts_on is not None:
        raise Invalid({"moves": "Lopende zaken kunnen alleen meteen mee. Laat de dag leeg, of haal het vinkje weg."})
    if before is None or not _only_words(unpack(before.process, before.folder), ready.folder):
        raise Invalid(
            {"moves": "Er verandert meer dan woorden. Verplaats de lopende zaken na een proef, bij het zaaktype."}
        )


def _only_words(old: Folder, new: Folder) -> bool:
    return only_words(old, new, lambda drawing: course_of(read_model(drawing)))


def findings_for(work: UnitOfWork, folder: Folder) -> list[Finding]:
    """Everything that is wrong with a folder next to the processes in use, and who uses it and would break.

    What a person uploaded is read apart, under limits. Read here is what the commands find on the operator's own disk, and a version
    on its day, which came to the end of that check when it was proposed.
    """
    current = work.services.models.all_current(work.session)
    law, retention = known_rules(work.services.law.book(work.session))
    if work.actor.kind != ActorKind.SYSTEM:
        library = {name: item.folder for name, item in current.items()}
        verdict = check_apart(folder, library, law, retention)
        return [*verdict.findings, *(_callers(work, folder) if verdict.finished else ())]
    models = {name: item.model for name, item in current.items()}
    found = lint(folder, models, law_rules=law, retention_rules=retention, formats=known_formats())
    return [*found, *_callers(work, folder)]


def _callers(work: UnitOfWork, folder: Folder) -> list[Finding]:
    model = read_model(folder.drawing).model
    return callers_that_break(work.session, work.services.models, model) if model else []
