"""Departments that are in use, and who stands for one that is not."""

from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from processes.base.errors import NotNow
from processes.storage.tables import Decision, DepartmentRow, DocumentRequestRow, Dossier, RequestReply
from processes.storage.words import ReplyKind

UNKNOWN: Final = "Kies eerst een afdeling die in de lijst van afdelingen staat."
MOST_SUCCESSORS: Final = 20  # in a row: what reorganisations of many years make, and an end for a circle


def in_use() -> ColumnElement[bool]:
    """A condition on DepartmentRow."""
    return DepartmentRow.ended_on.is_(None)


def standing_for(session: Session, code: object) -> DepartmentRow | None:
    """The department with this code, or who followed it when it is out of use; None when nobody stands for it."""
    for _ in range(MOST_SUCCESSORS):
        row = session.get(DepartmentRow, str(code)) if code else None
        if row is None or row.ended_on is None:
            return row
        code = row.successor
    return None


def standing_for_each(session: Session, codes: object) -> list[DepartmentRow]:
    """The departments with these codes (one code, or several), or who followed them, each once. Raises NotNow when one is unknown, or
    there is none.
    """
    named = list(codes) if isinstance(codes, tuple | list) else [codes] if codes else []
    found = [standing_for(session, code) for code in named]
    if not found or None in found:
        raise NotNow(UNKNOWN)
    return list({one.code: one for one in found if one}.values())


def departments_of(session: Session, case_id: int) -> list[str]:
    """The codes of the departments that took the decisions of a case, each once, in the order of the decisions."""
    named = select(Decision.department).where(Decision.case_id == case_id, Decision.department.is_not(None))
    return list(dict.fromkeys(str(code) for code in session.scalars(named.order_by(Decision.id))))


class OfDepartment(Protocol):
    """A contested decision, as a row of its table or as facts are made of it."""

    @property
    def department(self) -> str | None: ...


D = TypeVar("D", bound=OfDepartment)


def own_decisions(session: Session, decisions: Sequence[D], department: str | None) -> list[D]:
    """The decisions of one department (O16), also of one that it followed. Without one of its own those of which nobody knows
    the department, and else all.
    """
    own = [one for one in decisions if one.department and _stands_for(session, one.department, department)]
    return own or [one for one in decisions if not one.department] or list(decisions)


def is_of(session: Session, decision: OfDepartment, department: str, *, unknown: bool) -> bool:
    """Whether a department, or one that it followed, took this decision; `unknown` where nobody knows which did."""
    return _stands_for(session, decision.department, department) if decision.department else unknown


def asked_first(session: Session, instance: int, department: str) -> str:
    """The department that was asked first by the request of this process; `department`, which is asked now, unless it was passed on (P4):
    the request stays about the decisions that it was about.
    """
    passed = _passed_on().join(DocumentRequestRow, DocumentRequestRow.id == RequestReply.request_id)
    first = session.scalar(passed.where(DocumentRequestRow.instance_id == instance).order_by(RequestReply.id).limit(1))
    return first or department


def shown_decisions(session: Session, decisions: Sequence[Decision], dossier: Dossier) -> list[Decision]:
    """The decisions that the department of a dossier may read (O16): its own, and those of a request that was passed on to it."""
    passed: list[str] = []
    if len(decisions) > 1:
        requests = select(DocumentRequestRow.id).where(DocumentRequestRow.dossier_id == dossier.id)
        passed = [str(one) for one in session.scalars(_passed_on().where(RequestReply.request_id.in_(requests)))]
    of_others = [one for code in passed for one in own_decisions(session, decisions, code)]
    own = [one for one in decisions if one.department and _stands_for(session, one.department, dossier.department)]
    shown = {one.id for one in (*own, *of_others)}
    return [one for one in decisions if one.id in shown] or own_decisions(session, decisions, dossier.department)


def _passed_on() -> Select[str | None]:
    """The departments that passed a request on."""
    of = select(Dossier.department).join(RequestReply, RequestReply.dossier_id == Dossier.id)
    return of.where(RequestReply.granted.is_(True), RequestReply.kind != ReplyKind.MORE_TIME)


def _stands_for(session: Session, code: str, department: str | None) -> bool:
    row = standing_for(session, code)
    return department == code or (row is not None and row.code == department)


def mailbox_of(session: Session, row: DepartmentRow) -> DepartmentRow:
    """Whose mailboxes get what is meant for this department: its successor's, and its own when there is none."""
    return standing_for(session, row.code) or row
