"""Reopening a case and closing it again (W14): the two pages, and how the case ended before."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.access.staff_scope import handled_case
from processes.access.withdrawal import filers_left
from processes.base.actor import Actor
from processes.base.errors import NotNow
from processes.execution.reopened import is_reopened
from processes.execution.terms import rows_of
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.storage import staff
from processes.storage.root_instance import root_of
from processes.storage.services import Services
from processes.storage.tables import Case, ColleagueTask, Instance, ReopeningRow, TaskRow
from processes.storage.words import CaseState, ColleagueTaskState, TaskState


@dataclass(frozen=True, slots=True)
class EarlierEnd:
    """One end of the case that does not count any more. `result` is None where it had none."""

    closed_at: datetime | None
    result: str | None
    reopened_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """`now`: the case runs again after its end and can be closed by hand; `may_reopen`: it is closed."""

    now: bool
    may_reopen: bool
    ends: tuple[EarlierEnd, ...]


@dataclass(frozen=True, slots=True)
class EndedTerm:
    code: str
    title: str
    met_on: date


@dataclass(frozen=True, slots=True)
class ReopenPage:
    """`withdrawn`: everybody who filed the case withdrew, which counts no more."""

    head: Head
    terms: tuple[EndedTerm, ...]
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ClosePage:
    """`results` are code and name; `tasks` the names of what is still open."""

    head: Head
    results: tuple[tuple[str, str], ...]
    tasks: tuple[str, ...]


def reopened_of(session: Session, case: Case, root: Instance, model: Model) -> Reopened:
    """How often a case was reopened, the last time first, and what can be done with it now."""
    mine = select(ReopeningRow).where(ReopeningRow.case_id == case.id).order_by(ReopeningRow.id.desc())
    rows = session.scalars(mine).all()
    names = staff.names_of(session, (row.reopened_by for row in rows))
    ends = tuple(
        EarlierEnd(row.closed_at, _named(model, row.result), row.reopened_at, names.get(row.reopened_by, ""))
        for row in rows
    )
    return Reopened(is_reopened(case, root), case.state == CaseState.CLOSED, ends)


def read_reopening(services: Services, actor: Actor, number: str) -> ReopenPage:
    """Raises NotFound, NotAllowed for the committee, NotNow for a case that runs."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        if case.state != CaseState.CLOSED:
            raise NotNow("Deze zaak loopt al.")
        model = services.models.version(session, case.model_version_id).model
        terms = tuple(
            EndedTerm(row.code, model.deadlines[row.code].title, row.met_on)
            for row in rows_of(session, case.id)
            if row.met_on is not None and row.code in model.deadlines
        )
        withdrawn = model.withdrawal is not None and not filers_left(session, case.id, model)
        return ReopenPage(head_of(session, services, actor, case, now), terms, withdrawn)


def read_closing(services: Services, actor: Actor, number: str) -> ClosePage:
    """Raises NotFound, NotAllowed for the committee, NotNow for a case that its own drawing ends."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        if not is_reopened(case, root_of(session, case.id)):
            raise NotNow("Deze zaak is niet heropend. Zij eindigt vanzelf als de laatste taak is gedaan.")
        model = services.models.version(session, case.model_version_id).model
        waiting = select(TaskRow.name).where(TaskRow.case_id == case.id, TaskRow.state == TaskState.OPEN)
        tasks = session.scalars(waiting.order_by(TaskRow.opened_at, TaskRow.id)).all()
        others = select(ColleagueTask.what).where(
            ColleagueTask.case_id == case.id, ColleagueTask.state == ColleagueTaskState.OPEN
        )
        tasks = [*tasks, *session.scalars(others.order_by(ColleagueTask.due, ColleagueTask.id))]
        results = tuple((code, kind.description) for code, kind in model.result_types.items())
        return ClosePage(head_of(session, services, actor, case, now), results, tuple(tasks))


def _named(model: Model, code: str | None) -> str | None:
    known = model.result_types.get(code or "")
    return known.description if known else code
