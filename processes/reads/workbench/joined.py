"""Cases that can be handled together with a case: at the form of a step, and on the page of the case."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.staff_scope import seen_cases
from processes.base.actor import Actor
from processes.execution.groups import is_grouped
from processes.execution.joined import MOST, may_be_joined, same_decision, same_step
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, CaseRelation, Party, TaskRow
from processes.storage.words import CaseState, TaskState

SHOWN = 50  # on the page of a case


@dataclass(frozen=True, slots=True)
class JoinedStep:
    """The same step, open in another case: the id of its task, and the case. `filer`: who filed that first, empty where confidential."""

    task: str
    number: str
    subject: str
    filer: str


@dataclass(frozen=True, slots=True)
class CaseToJoin:
    """A running case of the same type about the same contested decision, which is not related to this one yet and in no group."""

    number: str
    title: str
    subject: str


def joined_steps(
    session: Session, actor: Actor, case: Case, task: TaskRow, deployed: Deployed
) -> tuple[JoinedStep, ...]:
    """Where this reader can do the open step at once too, oldest case first; none for a step that is of one case alone."""
    if task.state != TaskState.OPEN or not may_be_joined(deployed, task):
        return ()
    found = session.execute(same_step(task, case).where(seen_cases(actor)).limit(MOST)).all()
    filers = _filers(session, [its.id for _, its in found])
    return tuple(JoinedStep(other.id, its.number, its.subject, filers.get(its.id, "")) for other, its in found)


def _filers(session: Session, case_ids: list[int]) -> dict[int, str]:
    """The name of who filed each case first, by its id."""
    if not case_ids:
        return {}
    there = (Party.case_id.in_(case_ids), Party.filing, ~Party.confidential, Party.left_on.is_(None))
    found: dict[int, str] = dict(
        session.execute(select(Party.case_id, Party.name).where(*there).order_by(Party.id.desc())).all()
    )
    return found


def cases_to_join(session: Session, actor: Actor, case: Case) -> tuple[CaseToJoin, ...]:
    """Oldest case first."""
    related = select(CaseRelation.other_id).where(CaseRelation.case_id == case.id)
    about = (
        Case.id != case.id,
        Case.case_type == case.case_type,
        Case.state == CaseState.RUNNING,
        Case.id.not_in(related),
    )
    wanted = (
        select(Case)
        .where(
            *about, Case.id.in_(same_decision(case.id)), ~is_grouped(Case.id), ~is_grouped(case.id), seen_cases(actor)
        )
        .order_by(Case.id)
        .limit(SHOWN)
    )
    return tuple(CaseToJoin(row.number, row.title, row.subject) for row in session.scalars(wanted))
