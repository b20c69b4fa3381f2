"""The work on desks now: how much each person has, what is late, by which term, and who must do something (W15)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session

from engine.words import Side
from processes.execution.urgency import LEGAL
from processes.reads.figures.scope import FigureScope
from processes.reads.figures.table import Bars, FigureTable
from processes.reads.workbench.whose import ON_DESKS
from processes.storage import staff
from processes.storage.tables import Case, DeadlineRow, TaskRow
from processes.storage.words import CaseState, TaskState

NOBODY: Final = "Nog niemand"
WEEK: Final = timedelta(7)
MOST_STEPS: Final = 25  # of the steps at which late cases stand
SIDES: Final[Mapping[str, str]] = {
    Side.WORKER: "wij", Side.COMMITTEE: "de commissie", Side.DEPARTMENT: "een afdeling of andere partij met een link",
    Side.CITIZEN: "de indiener of een andere betrokkene",
}  # fmt: skip
RUNNING: Final = Case.state == CaseState.RUNNING


@dataclass(slots=True)
class Load:
    """The work of one person: running cases, and open tasks; each time how many are over their day, and how many have it within a week."""

    cases: int = 0
    late: int = 0
    soon: int = 0
    tasks: int = 0
    tasks_late: int = 0
    tasks_soon: int = 0


def workload(session: Session, scope: FigureScope, today: date) -> FigureTable:
    """A row for each person with work, those with the most cases first, and one for what nobody has yet."""
    loads: dict[str | None, Load] = {number: Load() for number in scope.people or ()}
    for number, *counts in session.execute(_cases_of_people(scope, today)):
        load = loads.setdefault(number, Load())
        load.cases, load.late, load.soon = counts
    for number, *counts in session.execute(_tasks_of_people(scope, today)):
        load = loads.setdefault(number, Load())
        load.tasks, load.tasks_late, load.tasks_soon = counts
    loads[None] = _of_nobody(session, scope, today)
    names = staff.names_of(session, loads)
    told = sorted(
        ((names[one], load, one) for one, load in loads.items() if one), key=lambda one: (-one[1].cases, one[0])
    )
    told.append((NOBODY, loads[None], ""))
    rows = tuple(_row(name, load) for name, load, _ in told)
    return FigureTable(
        "workload", "Werk per persoon",
        ("Wie", "Zaken", "Zaken te laat", "Zaken binnen 7 dagen", "Taken", "Taken te laat", "Taken binnen 7 dagen"), rows,
        "Nu. Een zaak telt bij haar behandelaar, een taak bij wie haar oppakte en anders bij de behandelaar. Te laat: de wettelijke dag is voorbij; van een taak telt ook haar eigen dag.",
        Bars((0,), 1), people=tuple(number for *_, number in told),
    )  # fmt: skip


def late_by_term(session: Session, scope: FigureScope, today: date) -> FigureTable:
    """The terms of the law and of a court that are over in running cases."""
    over = (
        select(Case.case_type, DeadlineRow.code, func.count(), func.min(DeadlineRow.due))
        .join(Case, Case.id == DeadlineRow.case_id)
        .where(RUNNING, DeadlineRow.met_on.is_(None), DeadlineRow.due < today, DeadlineRow.kind.in_(sorted(LEGAL)))
        .where(scope.of(Case.case_type))
        .group_by(Case.case_type, DeadlineRow.code)
    )
    rows: list[tuple[str, str, int, int]] = [
        (scope.title(code), _term(scope, code, term), count, (today - (first or today)).days)
        for code, term, count, first in session.execute(over)
    ]
    rows.sort(key=lambda row: (-row[2], row[0], row[1]))
    return FigureTable(
        "late_by_term", "Te laat, per termijn", ("Zaaktype", "Termijn", "Zaken", "Langst over (dagen)"),
        tuple(rows),
        "Nu. Lopende zaken waarvan een termijn van de wet of van de rechter voorbij is. Een zaak met twee zulke termijnen telt twee keer.",
        Bars((0, 1), 2),
    )  # fmt: skip


def late_by_turn(session: Session, scope: FigureScope, today: date) -> FigureTable:
    """Whose turn it is in the cases that are late. A case that waits for two sides counts with both."""
    sides = {side: _waits_for(TaskRow.side == side) for side in SIDES}
    counts = [_sum(waits) for waits in (*sides.values(), ~_waits_for())]
    *told, none, together = session.execute(_late(scope, today, *counts, func.count())).one()
    rows = [(words.capitalize(), count or 0) for words, count in zip(SIDES.values(), told, strict=True)]
    rows.append(("Niemand: de zaak wacht op een dag of een bericht", none or 0))
    return FigureTable(
        "late_by_turn", "Te laat, wie aan zet is", ("Wie is aan zet", "Zaken"), (*rows, ("Alle zaken die te laat zijn", together)),
        "Nu. Een zaak die op twee kanten wacht, telt bij allebei.", Bars((0,), 1),
    )  # fmt: skip


def late_by_step(session: Session, scope: FigureScope, today: date) -> FigureTable:
    """The open tasks of the cases that are late, by what they are called."""
    asked = (
        _late(scope, today, TaskRow.name, TaskRow.side, func.count())
        .join(TaskRow, and_(TaskRow.case_id == Case.id, TaskRow.state == TaskState.OPEN))
        .group_by(TaskRow.name, TaskRow.side)
        .order_by(func.count().desc(), TaskRow.name)
        .limit(MOST_STEPS)
    )
    rows = tuple((name, SIDES.get(side, side), count) for name, side, count in session.execute(asked))
    return FigureTable(
        "late_by_step", "Te laat, bij welke stap", ("Stap", "Wie is aan zet", "Taken"), rows,
        f"Nu. De taken die open staan in zaken die te laat zijn; hoogstens {MOST_STEPS} soorten.", Bars((0,), 2),
    )  # fmt: skip


def _cases_of_people(scope: FigureScope, today: date) -> Select[Any]:
    mine = Case.handler.in_(scope.people) if scope.people is not None else Case.handler.is_not(None)
    counted = select(Case.handler, *_counts(Case.legal_on, today))
    return counted.where(RUNNING, mine, scope.of_chosen_type(Case.case_type)).group_by(Case.handler)


def _tasks_of_people(scope: FigureScope, today: date) -> Select[Any]:
    who = func.coalesce(TaskRow.assignee, TaskRow.handler)
    mine = who.in_(scope.people) if scope.people is not None else who.is_not(None)
    counted = select(who, *_counts(TaskRow.urgent_on, today))
    return counted.where(*ON_DESKS, mine, scope.of_chosen_type(TaskRow.case_type)).group_by(who)


def _of_nobody(session: Session, scope: FigureScope, today: date) -> Load:
    """Work that nobody has: of the case types of a team, since it is of none of its members."""
    cases = select(*_counts(Case.legal_on, today)).where(RUNNING, Case.handler.is_(None), scope.of(Case.case_type))
    free = (TaskRow.assignee.is_(None), TaskRow.handler.is_(None))
    tasks = select(*_counts(TaskRow.urgent_on, today)).where(*ON_DESKS, *free, scope.of(TaskRow.case_type))
    return Load(*(count or 0 for asked in (cases, tasks) for count in session.execute(asked).one()))


def _counts(day: Any, today: date) -> tuple[ColumnElement[Any], ...]:
    """All, those whose day is over, and those with a day from today within a week."""
    return func.count(), _sum(day < today), _sum(and_(day >= today, day < today + WEEK))


def _sum(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))


def _row(name: str, load: Load) -> tuple[str | int, ...]:
    return name, load.cases, load.late, load.soon, load.tasks, load.tasks_late, load.tasks_soon


def _late(scope: FigureScope, today: date, *columns: Any) -> Select[Any]:
    """A question about the running cases of which a term of the law or of a court is over."""
    return select(*columns).select_from(Case).where(RUNNING, Case.legal_on < today, scope.of(Case.case_type))


def _waits_for(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(TaskRow.case_id == Case.id, TaskRow.state == TaskState.OPEN, *conditions)


def _term(scope: FigureScope, case_type: str, code: str) -> str:
    found = scope.types.get(case_type)
    drawn = found.model.deadlines.get(code) if found else None
    return drawn.title if drawn else code
