"""The dossier behind a link. A wrong, a revoked and an expired link all get the same answer: LinkGone."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from engine.words import Side
from processes.base.errors import LinkGone
from processes.storage.services import Services
from processes.storage.tables import Case, Decision, DocumentRequestRow, Dossier, Party, TaskRow
from processes.storage.words import TaskState


def open_dossier(session: Session, services: Services, token: str, today: date) -> Dossier:
    """The dossier of a living link. Raises LinkGone, the same for every reason."""
    found = session.execute(
        select(Dossier, Case.departments_until)
        .join(Case, Case.id == Dossier.case_id)
        .where(Dossier.token_hash == services.secrets.token_hash(token))
    ).first()
    if found is None:
        raise LinkGone
    dossier, until = found
    if dossier.revoked_at is not None or (until is not None and today > until):
        raise LinkGone
    return dossier


def tasks_of(session: Session, dossier: Dossier) -> Select[TaskRow]:
    """The open tasks of the department, or the one person, of this dossier, oldest first.

    A task inside a document request belongs to the dossier of that request; a task elsewhere in the case belongs to the
    department that took the contested decision. A task for one person is never a department's.
    """
    return (
        select(TaskRow)
        .where(TaskRow.case_id == dossier.case_id, TaskRow.side == Side.DEPARTMENT, TaskRow.state == TaskState.OPEN)
        .where(_of_person(dossier) if dossier.party_id else _of_department(session, dossier))
        .order_by(TaskRow.opened_at, TaskRow.id)
    )


def was_asked(session: Session, dossier: Dossier, task: TaskRow) -> bool:
    """Whether a task of this case, open or not, may be known here: a department's task in the dossier of any
    department, one person's task in that person's dossier only.
    """
    if task.case_id != dossier.case_id or task.side != Side.DEPARTMENT:
        return False
    if dossier.party_id is None:
        return task.party_role is None
    person = session.get_one(Party, dossier.party_id)
    return task.party_role == person.role and task.party_id in {None, person.id}


def _of_person(dossier: Dossier) -> ColumnElement[bool]:
    role = select(Party.role).where(Party.id == dossier.party_id).scalar_subquery()
    return and_(TaskRow.party_role == role, or_(TaskRow.party_id.is_(None), TaskRow.party_id == dossier.party_id))


def _of_department(session: Session, dossier: Dossier) -> ColumnElement[bool]:
    asked = select(DocumentRequestRow.instance_id).where(DocumentRequestRow.case_id == dossier.case_id)
    mine: ColumnElement[bool] = TaskRow.instance_id.in_(asked.where(DocumentRequestRow.dossier_id == dossier.id))
    if _took_the_decision(session, dossier):
        mine = or_(mine, TaskRow.instance_id.not_in(asked))
    return and_(mine, TaskRow.party_role.is_(None))


def _took_the_decision(session: Session, dossier: Dossier) -> bool:
    """Whether the first decision of the case with a department names this one, as the fact `decision.department`."""
    first = select(Decision.department).where(Decision.case_id == dossier.case_id, Decision.department.is_not(None))
    return session.scalar(first.order_by(Decision.id).limit(1)) == dossier.department
