"""The cases that a member of staff may see: workers all, a committee member only those on the own agenda, and
nobody a case about themselves (Awb 9:7) or one above their clearance (W17). Also: who may read the name of a confidential party.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, SelectBase, and_, exists, literal_column, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from engine.words import Side
from processes.access.agenda import cases_on_agendas_of, on_an_agenda, on_an_agenda_of
from processes.access.barred import barred_from, cases_closed_to, is_barred
from processes.access.clearance import is_above_roles, open_task_within_clearance, within_clearance
from processes.access.same_roles import SameRoles
from processes.base.actor import Actor, ActorKind, StaffRole
from processes.base.errors import NotAllowed, NotFound
from processes.storage.tables import Case, CaseGroupMember, CaseGroupRow, Party, StaffRow, TaskRow
from processes.storage.words import TaskState

HANDLES = (StaffRole.WORKER, StaffRole.DECIDER)
INVOLVED: Final = "Deze collega is zelf bij de zaak betrokken. Kies iemand anders (Awb 9:7)."
ABOVE: Final = "Deze collega mag deze zaak niet zien. Kies iemand anders, of laat eerst toegang vragen."
CANNOT_HANDLE: Final = "Deze collega kan deze zaak niet behandelen. Kies iemand anders."


def handles(actor: Actor | SameRoles) -> bool:
    """Whether somebody works on cases, and so sees them whole."""
    return actor.kind == ActorKind.STAFF and actor.has(*HANDLES)


@lru_cache(maxsize=1000)  # a page asks several times, and making it costs more than a question
def seen_cases(actor: Actor | SameRoles) -> ColumnElement[bool]:
    """A condition on Case. Raises NotAllowed for anybody without a role in the workbench."""
    open_to_me = and_(Case.id.not_in(cases_closed_to(actor.subject)), within_clearance(actor))
    if handles(actor):
        return open_to_me
    if actor.kind == ActorKind.STAFF and actor.has(StaffRole.COMMITTEE):
        agenda = aliased(TaskRow)  # the query around it may look at tasks too
        theirs = select(agenda.case_id).where(
            agenda.state.in_((TaskState.OPEN, TaskState.DONE)),
            agenda.side == literal_column(f"'{Side.COMMITTEE}'"),
            _on_no_agenda(agenda.case_id),
        )
        return and_(Case.id.in_(union_all(theirs, cases_on_agendas_of(actor.subject))), open_to_me)
    raise NotAllowed("U heeft hiervoor niet de juiste rol.")


def in_own_work(actor: Actor | SameRoles, handlers: Collection[str] | SelectBase) -> ColumnElement[bool]:
    """A condition on Case: one of these handles it, or who acts took or did a task of it (D46, D47). `handlers`: who acts, and those
    for whom they stand in; or a question that gives them.
    """
    task, me = aliased(TaskRow), actor.subject
    involved = select(task.id).where(task.case_id == Case.id, or_(task.assignee == me, task.done_by == me))
    return or_(Case.handler.in_(handlers), exists(involved))


def tasks_in_seen_cases(actor: Actor | SameRoles) -> ColumnElement[bool]:
    """A condition on TaskRow, for lists of open tasks at desks: those in cases of `seen_cases`, without a question about the
    case itself, so that an index on tasks alone serves the list. Raises NotAllowed as `seen_cases` does.
    """
    open_to_me = and_(TaskRow.case_id.not_in(cases_closed_to(actor.subject)), open_task_within_clearance(actor))
    if handles(actor):
        return open_to_me
    if actor.kind == ActorKind.STAFF and actor.has(StaffRole.COMMITTEE):
        mine = or_(_on_no_agenda(TaskRow.case_id), on_an_agenda_of(actor.subject, TaskRow.case_id))
        return and_(TaskRow.side == literal_column(f"'{Side.COMMITTEE}'"), mine, open_to_me)  # those make the agenda
    raise NotAllowed("U heeft hiervoor niet de juiste rol.")


def _on_no_agenda(case_id: Any) -> ColumnElement[bool]:
    """Heard without a session: then the tasks of the committee alone say what is on its agenda."""
    return ~on_an_agenda(case_id)


def rows_of_seen_cases(actor: Actor | SameRoles, case_id: Any) -> ColumnElement[bool]:
    """A condition on a row with the id of its case in the column `case_id`."""
    return and_(case_id.not_in(cases_closed_to(actor.subject)), within_clearance(actor, case_id))


def is_seen_group(actor: Actor, group_id: int) -> ColumnElement[bool]:
    """A condition on CaseGroupRow: it is this group, and who acts may see a case of it."""
    seen = select(CaseGroupMember.group_id).join(Case, Case.id == CaseGroupMember.case_id).where(seen_cases(actor))
    return and_(CaseGroupRow.id == group_id, CaseGroupRow.id.in_(seen.where(CaseGroupMember.group_id == group_id)))


def case_for(session: Session, actor: Actor, number: str) -> Case:
    """The case with this number. Raises NotFound, also for a case that this reader may not see."""
    case = session.scalar(select(Case).where(Case.number == number, seen_cases(actor)))
    if case is None:
        raise NotFound
    return case


def handled_case(session: Session, actor: Actor, number: str) -> Case:
    """The case of `case_for`, for those who handle cases. Raises NotAllowed for the committee."""
    case = case_for(session, actor, number)
    if not handles(actor):
        raise NotAllowed("Dit deel van de zaak is alleen voor behandelaars.")
    return case


def kept_from(session: Session, actor: Actor, case: Case) -> frozenset[int]:
    """Ids of the parties whose name this reader may not see: the confidential ones, unless the reader works on the case."""
    secret = session.scalars(select(Party.id).where(Party.case_id == case.id, Party.confidential)).all()
    return frozenset() if not secret or works_on(session, actor, case) else frozenset(secret)


def works_on(session: Session, actor: Actor, case: Case) -> bool:
    """Whether somebody handles this case or took or did a task of it. A committee sees only its own cases, and hears
    everybody in them.
    """
    if not handles(actor) or case.handler == actor.subject:
        return True
    mine = or_(TaskRow.assignee == actor.subject, TaskRow.done_by == actor.subject)
    return session.scalar(select(TaskRow.id).where(TaskRow.case_id == case.id, mine).limit(1)) is not None


def why_not_handling(session: Session, actor: Actor, case: Case, person: StaffRow) -> str:
    """Why this colleague can get no part in the case, as a sentence; empty when nothing is in the way. Whom it is about is told to who works
    on it alone: to others the sentence is the same for every reason.
    """
    if is_barred(session, case.id, person.number):
        return INVOLVED if works_on(session, actor, case) else CANNOT_HANDLE
    if not is_above_roles(session, person.number, frozenset(person.roles), case, actor.day):
        return ""
    return ABOVE if works_on(session, actor, case) else CANNOT_HANDLE


def offered_in(
    session: Session, actor: Actor, case: Case, people: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Those of these colleagues (number and name) whom a choice for this case offers: without whom it is about, where the reader may know who
    that is. What somebody else chooses is refused when it comes.
    """
    barred = set(session.scalars(barred_from(case.id)))
    hidden = barred if barred and works_on(session, actor, case) else set()
    return tuple(one for one in people if one[0] not in hidden)
