"""Many cases out of few that were played: their rows again, under ids of their own. Without audit trail, documents and post."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Table, func, select

from processes.storage.services import Services
from processes.storage.tables import Case, CaseValue, DeadlineRow, Decision, Instance, Party, StatusRow, TaskRow

TABLES: Final = (
    Case,
    Party,
    Decision,
    Instance,
    CaseValue,
    StatusRow,
    DeadlineRow,
    TaskRow,
)  # each after what it points at
OWN_KEY: Final = {"case", "party", "instance"}  # with a number that others point at


def copies_of(services: Services, number: str, times: int) -> list[str]:
    """The numbers of so many copies of a case."""
    with services.sessions.begin() as session:
        connection = session.connection()
        case = session.scalars(select(Case.id).where(Case.number == number)).one()
        return [_copy(connection, case, f"{number}-{one}") for one in range(times)]


def _copy(connection: Connection, case: int, number: str) -> str:
    ids: dict[tuple[str, Any], Any] = {}
    tokens = _tokens(connection, case)
    for made in TABLES:
        table: Table = made.__table__
        key = table.c.id if table.name == "case" else table.c.case_id
        for row in connection.execute(select(table).where(key == case).order_by(table.c.id)).mappings().all():
            values = {name: _new(table, name, value, ids, tokens) for name, value in row.items()}
            if table.name in OWN_KEY:
                values["id"] = ids[table.name, row["id"]] = (connection.scalar(select(func.max(table.c.id))) or 0) + 1
            elif table.name != "task":
                del values["id"]
            connection.execute(table.insert(), {**values, **({"number": number} if table.name == "case" else {})})
    return number


def _tokens(connection: Connection, case: int) -> Mapping[str, str]:
    """The tokens that rows name, in each copy others: they are ids of tasks, which are unique."""
    tasks = connection.scalars(select(TaskRow.id).where(TaskRow.case_id == case)).all()
    calls = connection.scalars(select(Instance.parent_task).where(Instance.case_id == case)).all()
    return {one: uuid4().hex for one in (*tasks, *calls) if one}


def _new(table: Table, name: str, value: Any, ids: Mapping[tuple[str, Any], Any], tokens: Mapping[str, str]) -> Any:
    if isinstance(value, bytes):  # the state of an instance
        for token, other in tokens.items():
            value = value.replace(token.encode(), other.encode())
        return value
    if isinstance(value, str):
        return tokens.get(value, value)
    points = [key.column.table.name for key in table.c[name].foreign_keys]
    return ids.get((points[0], value), value) if points else value
