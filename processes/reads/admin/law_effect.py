"""The effect of an edit of the law on the running cases, before it is saved: which dates move, and to when.

Computed as it will be computed after saving, on copies; read for many cases at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import CLOSED_DAYS, EngineError
from processes.access.clearance import number_for
from processes.base.actor import Actor
from processes.execution.case_data import CaseData
from processes.execution.facts import facts_from
from processes.execution.queries import CaseDataRow
from processes.execution.terms import recompute
from processes.execution.touched_by_law import touched_cases
from processes.law import DeadlineError, LawBook
from processes.law.edits import Saved
from processes.storage.services import Services
from processes.storage.tables import Case, CaseValue, DeadlineRow, Decision, Instance

MOST_LOOKED_AT = 2_000  # a few seconds of computing, which is what a page may take; saving does the others as well
AT_ONCE = 500
SHOWN = 10
ROUNDS = 10  # one date that moves may move another, which reads it; a chain is never this long


@dataclass(frozen=True, slots=True)
class MovedDate:
    """`before`, `after` None: the term stands still."""

    number: str
    title: str
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Effect:
    """`cases` of the `looked_at` running cases move. `more`: there are others that were not looked at."""

    cases: int
    looked_at: int
    more: bool
    first: tuple[MovedDate, ...]


def effect_of(session: Session, services: Services, actor: Actor, saved: Saved, book: LawBook, now: datetime) -> Effect:
    """The dates of running cases that move when `saved` is saved; `book` is the law with it. Cases above the clearance of the reader
    are counted without their numbers.
    """
    ids = touched_cases(session, services, saved, after=0, limit=MOST_LOOKED_AT + 1)
    looked_at = ids[:MOST_LOOKED_AT]
    moved: dict[str, list[MovedDate]] = {}
    for start in range(0, len(looked_at), AT_ONCE):
        for one in _known(session, services, looked_at[start : start + AT_ONCE]):
            if lines := list(_moved(session, one, services, book, now)):
                shown = number_for(session, actor, one.case)
                moved[one.case.number] = [replace(line, number=shown) for line in lines]
    first = tuple(islice((line for lines in moved.values() for line in lines), SHOWN))
    return Effect(len(moved), len(looked_at), len(ids) > len(looked_at), first)


@dataclass(frozen=True, slots=True)
class _One:
    case: Case
    root: Instance
    known: CaseData
    deadlines: tuple[DeadlineRow, ...]  # copies: they are computed with, and stored nowhere


def _moved(session: Session, one: _One, services: Services, book: LawBook, now: datetime) -> Iterator[MovedDate]:
    deployed = services.models.find(session, one.case.model_version_id)
    if deployed is None:
        return  # parked after saving, as below
    before = {row.code: row.due for row in one.deadlines}
    try:
        for _ in range(ROUNDS):
            facts = facts_from(one.known, one.case, one.root, deployed, deployed)
            facts[CLOSED_DAYS] = tuple(book.equalised)
            if not recompute(one.deadlines, deployed.model, facts, now, book):
                break
    except (DeadlineError, EngineError):
        return  # a case that cannot be computed is parked after saving, and says so
    for row in one.deadlines:
        if row.met_on is None and row.due != before[row.code]:
            yield MovedDate(one.case.number, deployed.model.deadlines[row.code].title, before[row.code], row.due)


# -- many cases at once ----------------------------------------------------------------------------------------------


def _known(session: Session, services: Services, ids: Sequence[int]) -> Iterator[_One]:
    roots = {
        one.case_id: one for one in session.scalars(select(Instance).where(Instance.case_id.in_(ids), Instance.is_root))
    }
    values: dict[int, dict[str, Any]] = defaultdict(dict)
    wanted = select(CaseValue.instance_id, CaseValue.code, CaseValue.value)
    for instance, code, value in session.execute(wanted.where(CaseValue.case_id.in_(ids))):
        values[instance][code] = value
    decisions = _by_case(session, Decision, ids)
    deadlines = _by_case(session, DeadlineRow, ids)
    for case in session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id)):
        root, copies = roots[case.id], tuple(map(_copy, deadlines[case.id]))
        facts = [
            CaseDataRow.decision(row.announced_on, row.taken_on, row.department, missing=row.missing)
            for row in decisions[case.id]
        ]
        known = CaseData.filled(session, case, services.law, {root.id: values[root.id]}, facts, copies)
        yield _One(case, root, known, copies)


def _by_case(session: Session, table: Any, ids: Iterable[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.scalars(select(table).where(table.case_id.in_(ids)).order_by(table.id)):
        found[row.case_id].append(row)
    return found


def _copy(row: DeadlineRow) -> DeadlineRow:
    return DeadlineRow(
        case_id=row.case_id, code=row.code, started_on=row.started_on, due=row.due, met_on=row.met_on,
        suspensions=row.suspensions, extensions=row.extensions, follows=row.follows,
    )  # fmt: skip
