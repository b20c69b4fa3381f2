"""A case type folder becomes a version, when the linter has nothing against it. Running cases keep theirs."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select

from engine import Finding, Folder, as_utf8, lint, read_model
from engine.words import Severity
from processes.access.guards import only_staff
from processes.base.actor import ActorKind, StaffRole
from processes.base.errors import ZaakspoorError
from processes.base.file_types import known_formats
from processes.base.isolated_check import check_apart
from processes.execution.callers import callers_that_break
from processes.execution.unit_of_work import UnitOfWork
from processes.law.for_linter import known_rules
from processes.storage.model_cache import fingerprint, pack
from processes.storage.tables import ModelVersion
from processes.storage.words import OutboxKind


class Refused(ZaakspoorError):
    """Dit model kan nog niet in gebruik. Los eerst de bevindingen op."""

    status = 422

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__()
        self.findings = findings


@dataclass(frozen=True, slots=True)
class DeployFolder:
    folder: Folder


def deploy_folder(work: UnitOfWork, action: DeployFolder) -> str:
    """The answer is `process:version`; an equal folder keeps its version when that can be read. Raises Refused with all findings."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    findings = findings_for(work, action.folder)
    if any(finding.severity == Severity.ERROR for finding in findings):
        raise Refused(findings)
    model = read_model(action.folder.drawing).model
    if model is None:
        raise Refused(findings)
    newest = work.session.scalar(
        select(ModelVersion).where(ModelVersion.process == model.process).order_by(ModelVersion.version.desc()).limit(1)
    )
    folder = replace(action.folder, drawing=as_utf8(action.folder.drawing))  # whatever encoding the tool wrote
    sha256 = fingerprint(folder)
    # one that cannot be read is replaced by a new version, also of the same folder
    if newest is not None and newest.sha256 == sha256 and work.services.models.find(work.session, newest.id):
        return f"{newest.process}:{newest.version}"
    latest = select(func.max(ModelVersion.version)).where(ModelVersion.process == model.process)
    row = ModelVersion(
        process=model.process, version=(work.session.scalar(latest) or 0) + 1,
        title=model.case_type.title if model.case_type else model.name, is_case_type=model.case_type is not None,
        folder=pack(folder), sha256=sha256, deployed_at=work.now, deployed_by=work.actor.subject,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    work.audit(0, "deploy", process=row.process, version=row.version, sha256=sha256)
    if newest is not None:
        work.enqueue(OutboxKind.RETRY, f"retry:{row.id}", {"process": row.process})
    return f"{row.process}:{row.version}"


def findings_for(work: UnitOfWork, folder: Folder) -> list[Finding]:
    """Everything that is wrong with a folder next to the processes in use, and who uses it and would break.

    What a person uploaded is read apart, under limits. Only the commands, which read the operator's own disk, read here.
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
