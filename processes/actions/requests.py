"""A worker changes the term of a document request, or makes a department's link stop working."""

from dataclasses import dataclass
from datetime import date

from processes.access.guards import only_staff
from processes.base.errors import Invalid, NotFound, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import DocumentRequestRow, Dossier, Instance
from processes.storage.words import InstancePhase


@dataclass(frozen=True, slots=True)
class ChangeTerm:
    """More time, or less: the waiting reminders move along."""

    request: int
    due: date


def change_term(work: UnitOfWork, action: ChangeTerm) -> str:
    """The answer is the case number. Raises Invalid for a date in the past, NotNow for a request that has ended."""
    only_staff(work.actor)
    request = work.session.get(DocumentRequestRow, action.request)
    if request is None:
        raise NotFound("Dit verzoek bestaat niet.")
    case = work.lock_case_id(request.case_id)
    instance = work.session.get_one(Instance, request.instance_id)
    if instance.phase != InstancePhase.RUNNING:
        raise NotNow("Dit verzoek is al klaar; de termijn kan niet meer veranderen.")
    if action.due < work.today:
        raise Invalid({"due": "Kies een datum vanaf vandaag."})
    work.audit(case.id, "term", request=request.id, was=request.due.isoformat(), now=action.due.isoformat())
    request.due = action.due
    run = CaseExecution.of(work, case)
    run.facts_changed = True
    run.settle()
    return case.number


@dataclass(frozen=True, slots=True)
class RevokeLink:
    """The link of one department to one dossier stops working at once."""

    dossier: int


def revoke_link(work: UnitOfWork, action: RevokeLink) -> str:
    only_staff(work.actor)
    dossier = work.session.get(Dossier, action.dossier)
    if dossier is None:
        raise NotFound("Dit dossier bestaat niet.")
    case = work.lock_case_id(dossier.case_id)
    if dossier.revoked_at is None:
        dossier.revoked_at = work.now
        work.audit(case.id, "revoke_link", dossier=dossier.id)
    return case.number
