"""The queries of a change about its case, made once: the case under its lock, and all that facts are made of.

`of_task` and `of_case` are asked together, in this order: the case (locked), its living instances, its started
deadlines, and what is `Around`; `of_task` ends with the task itself.
"""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Date,
    Select,
    String,
    bindparam,
    cast,
    literal_column,
    null,
    select,
    union_all,
)

from processes.access.barred import cases_closed_to
from processes.storage.asked_ahead import as_objects
from processes.storage.base import BigId
from processes.storage.fast import PreparedQuery
from processes.storage.law_cache import newest
from processes.storage.tables import (
    AuditRow,
    Case,
    CaseValue,
    DeadlineRow,
    Decision,
    Instance,
    Party,
    PersonProfile,
    TaskRow,
)
from processes.storage.words import InstancePhase


class DataKind(StrEnum):
    """The kinds of rows of a case's data: a value, a contested decision, the end of its trail, that somebody asked for
    news by mail, the newest row of the law.
    """

    VALUE = "value"
    DECISION = "decision"
    AUDIT = "audit"
    NEWS = "news"
    LAW = "law"


class CaseDataRow(NamedTuple):
    """One row of several kinds, read in one question (`kind`: DataKind)."""

    kind: str
    id: int
    code: str
    value: Any
    announced: date | None
    taken: date | None
    department: str | None
    missing: bool | None
    instance: int

    @classmethod
    def decision(
        cls, announced: date | None, taken: date | None, department: str | None, *, missing: bool
    ) -> "CaseDataRow":
        """The row of a decision that is not stored yet."""
        return cls(DataKind.DECISION, 0, "", None, announced, taken, department, missing, 0)


@cache
def of_task(*, staff: bool) -> tuple[PreparedQuery, ...]:
    """The queries by the id `task`; the case of a task never changes, so it may be looked up before the lock.

    With `staff` there is no case in the answer for the member of staff with number `me` whom the case is about.
    """
    case = select(TaskRow.case_id).where(TaskRow.id == bindparam("task")).scalar_subquery()
    task = select(TaskRow.__table__).where(TaskRow.id == bindparam("task"))
    locked = select(Case.__table__).with_for_update(of=Case.__table__)
    if staff:
        locked = locked.where(Case.id.not_in(cases_closed_to(bindparam("me", type_=String))))
    return (*_of(case, locked), PreparedQuery(task, TaskRow))


@cache
def of_case() -> tuple[PreparedQuery, ...]:
    """The queries by the id `case`; when another change holds its lock, there is no case in the answer."""
    case = bindparam("case", type_=BigId)
    return _of(case, select(Case.__table__).with_for_update(skip_locked=True))


def _of(case: Any, locked: Select[Any]) -> tuple[PreparedQuery, ...]:
    living = (Instance.case_id == case, Instance.phase == literal_column(f"'{InstancePhase.RUNNING}'"))
    instances = select(Instance.__table__).where(*living).order_by(Instance.id)
    deadlines = select(DeadlineRow.__table__).where(DeadlineRow.case_id == case).order_by(DeadlineRow.id)
    around = _around(case, CaseValue.instance_id.in_(select(Instance.id).where(*living)))
    return (
        PreparedQuery(locked.where(Case.id == case), Case),
        PreparedQuery(instances, Instance),
        PreparedQuery(deadlines, DeadlineRow),
        PreparedQuery(select(around.subquery())),
    )


@cache
def around_one() -> Any:
    """The query for the case's data with the values of `instance`: for an instance that has ended."""
    return _around(bindparam("case", type_=BigId), CaseValue.instance_id == bindparam("instance"))


@cache
def decisions_of() -> Any:
    """The contested decisions of `case`."""
    return _decisions(bindparam("case", type_=BigId))


@cache
def deadlines_of() -> Any:
    """The started deadlines of `case`, as objects."""
    return select(DeadlineRow).where(DeadlineRow.case_id == bindparam("case")).order_by(DeadlineRow.id)


@cache
def deadlines_question() -> PreparedQuery:
    """`deadlines_of`, for a page that asks it with other things."""
    return as_objects(deadlines_of(), DeadlineRow)


@cache
def around_root() -> PreparedQuery:
    """The query for the data of `case` with the values of its root, for a page that does not know that instance yet."""
    case = bindparam("case", type_=BigId)
    root = select(Instance.id).where(Instance.case_id == case, Instance.is_root)
    return PreparedQuery(select(_around(case, CaseValue.instance_id.in_(root)).subquery()))


def _around(case: Any, mine: Any) -> Any:
    values = _row(
        DataKind.VALUE, CaseValue.id, code=CaseValue.code, value=CaseValue.value, instance=CaseValue.instance_id
    )
    end = select(AuditRow.seq, AuditRow.hash).where(AuditRow.chain == case).order_by(AuditRow.seq.desc())
    last = end.limit(literal_column("1")).subquery()
    trail = _row(DataKind.AUDIT, cast(last.c.seq, BigId), code=last.c.hash)
    hears = PersonProfile.identity_index == Party.identity_index
    wanted = (Party.case_id == case, PersonProfile.news_by_mail, PersonProfile.email.is_not(None))
    news = _row(DataKind.NEWS, Party.id).join(PersonProfile, hears).where(*wanted)
    law = _row(DataKind.LAW, newest())
    return union_all(values.where(mine), select(_decisions(case).subquery()), trail, news, law)


def _decisions(case: Any) -> Select[Any]:
    row = _row(
        DataKind.DECISION, Decision.id, announced=Decision.announced_on, taken=Decision.taken_on,
        department=Decision.department, missing=Decision.missing,
    )  # fmt: skip
    return row.where(Decision.case_id == case).order_by(Decision.id)


def _row(kind: DataKind, id_: Any, **known: Any) -> Select[Any]:
    empty = {
        "code": String(), "value": CaseValue.value.type, "announced": Date(), "taken": Date(), "department": String(),
        "missing": Boolean(), "instance": BigId,
    }  # fmt: skip
    rest = [known.get(name, cast(null(), type_)).label(name) for name, type_ in empty.items()]
    return select(cast(literal_column(f"'{kind}'"), String).label("kind"), id_.label("id"), *rest)
