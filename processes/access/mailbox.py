"""The pages that a reader of a department's mailbox may open: the dossiers of every department behind that mailbox (B7, P6).

A department that is out of use stands behind the mailbox of who followed it. A mailbox is the one of this moment: whoever
showed a code to an address that is no department's any more, sees nothing.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from engine.words import Side
from processes.base.networks import networks, read_address, within
from processes.base.visitor import visitor
from processes.storage.departments import mailbox_of
from processes.storage.tables import Case, Decision, DepartmentRow, DocumentRequestRow, Dossier, TaskRow
from processes.storage.words import TaskState


def same_mailbox(address: str) -> str:
    """An address as it is compared: people write capitals as they like."""
    return address.strip().lower()


def departments_behind(session: Session, address: str) -> Sequence[DepartmentRow]:
    """The departments whose mails go to this address now, by name."""
    wanted = same_mailbox(address)
    rows = session.scalars(select(DepartmentRow).order_by(DepartmentRow.name, DepartmentRow.code)).all()
    return [row for row in rows if wanted and same_mailbox(mailbox_of(session, row).email) == wanted]


def may_come_from_here(department: DepartmentRow) -> bool:
    """Whether the visitor is inside the networks of this department (O4); everywhere when it has none of its own."""
    own = department.networks
    return not own or within(read_address(visitor() or ""), networks(tuple(own.split())))


def living_dossiers(departments: Sequence[DepartmentRow], today: object) -> Select[Dossier]:
    """Their dossiers whose link works today, those of persons left out."""
    codes = [one.code for one in departments]
    until = or_(Case.departments_until.is_(None), Case.departments_until >= today)
    mine = (Dossier.department.in_(codes), Dossier.revoked_at.is_(None), until)
    return select(Dossier).join(Case, Case.id == Dossier.case_id).where(*mine)


def waiting_in(dossiers: Sequence[int]) -> Select[int, TaskRow, DocumentRequestRow]:
    """Dossier, open task of its department, and the request that asked it (None where it is none): as `tasks_of` in
    `processes.access.dossier_link` has them for one dossier.
    """
    asked = aliased(DocumentRequestRow)
    joined = select(Dossier.id, TaskRow, asked).join(TaskRow, TaskRow.case_id == Dossier.case_id)
    open_ones = (TaskRow.side == Side.DEPARTMENT, TaskRow.state == TaskState.OPEN, TaskRow.party_role.is_(None))
    found = joined.outerjoin(asked, asked.instance_id == TaskRow.instance_id)
    return found.where(Dossier.id.in_(dossiers), *open_ones, _is_of(asked)).order_by(TaskRow.opened_at, TaskRow.id)


def _is_of(asked: type[DocumentRequestRow]) -> ColumnElement[bool]:
    """A task inside a request is of the dossier of that request; another of the department that took the first decision."""
    decisions = select(Decision.department).where(Decision.case_id == Dossier.case_id, Decision.department.is_not(None))
    first = decisions.order_by(Decision.id).limit(1).correlate(Dossier).scalar_subquery()
    return or_(asked.dossier_id == Dossier.id, and_(asked.id.is_(None), first == Dossier.department))
