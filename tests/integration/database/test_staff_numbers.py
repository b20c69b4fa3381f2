"""User names of a release become numbers in every column that names staff, and come back on the way down."""

import re
from typing import Any

from alembic.script import ScriptDirectory
from kept_release import Kept, rows_of
from sqlalchemy import String, create_engine, inspect, select, text
from sqlalchemy.pool import NullPool

from processes.storage import audit
from processes.storage.base import Base
from processes.storage.session import MIGRATIONS, downgrade, upgrade
from processes.storage.staff_columns import NAMED, NUMBERED, SPELLED
from processes.storage.tables import Case, StaffIdentity, StaffRow

NUMBERS = next(
    one for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions() if one.module.__name__.endswith("staff_numbers_py")
)
BEFORE = str(NUMBERS.down_revision)


def cells(address: str) -> dict[tuple[str, str], set[str]]:
    """The texts of every column, those of JSON too."""
    engine = create_engine(address, poolclass=NullPool)
    found = {}
    with engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings():  # noqa: S608 - our own tables
                for column, value in row.items():
                    found.setdefault((table, column), set()).add(value if isinstance(value, str) else repr(value))
    engine.dispose()
    return found


def holding(found: dict[tuple[str, str], set[str]], wanted: set[str]) -> set[tuple[str, str]]:
    """The columns in which one of these texts stands by itself, or quoted inside JSON."""
    quoted = re.compile("|".join(f"""["']{re.escape(one)}["']""" for one in wanted))
    return {
        place for place, values in found.items() if values & wanted or any(quoted.search(value) for value in values)
    }


def staff_of(address: str, column: str) -> set[str]:
    engine = create_engine(address, poolclass=NullPool)
    with engine.connect() as connection:
        found = set(connection.execute(text(f"SELECT {column} FROM staff")).scalars())  # noqa: S608 - our own table
    engine.dispose()
    return found


def test_t7_no_column_of_a_release_keeps_a_user_name(kept: Kept) -> None:
    usernames = staff_of(kept.address, "username")
    named = holding(cells(kept.address), usernames)
    upgrade(kept.address)
    after = cells(kept.address)
    assert holding(after, usernames) <= SPELLED
    numbered = holding(after, staff_of(kept.address, "number"))
    assert named - {("staff", "username")} <= numbered <= NUMBERED
    assert len(numbered) > 5


def test_t7_names_and_moments_of_the_trail_stay_as_they_were(kept: Kept) -> None:
    upgrade(kept.address, BEFORE)
    trail = rows_of(kept.address)["audit"]
    upgrade(kept.address, NUMBERS.revision)
    assert rows_of(kept.address)["audit"] == trail
    upgrade(kept.address)
    with kept.opened() as (services, _), services.sessions() as session:
        assert audit.check(session) == []


def test_t7_people_who_came_after_get_a_user_name_on_the_way_down(kept: Kept) -> None:
    names = {"m0000000000": "noor", "m9999999999": "iemand-anders"}
    upgrade(kept.address)
    with kept.opened() as (services, _), services.sessions.begin() as session:
        cases = session.scalars(select(Case).limit(2)).all()
        for case, (number, username) in zip(cases, names.items(), strict=True):
            session.add(StaffRow(number=number, username=username, name="Later gekomen", roles=["worker"]))
            session.flush()
            session.add(StaffIdentity(
                issuer="https://idp.example", subject=number, staff=number, username=username, name="x",
                seen_at=kept.now, bound_at=kept.now,
            ))  # fmt: skip
            case.handler = number
    downgrade(kept.address, kept.schema)
    usernames = staff_of(kept.address, "username")
    handlers = cells(kept.address)["case", "handler"] - {"None"}
    assert handlers <= usernames
    assert {"noor.m0000000000", "iemand-anders"} <= handlers
    upgrade(kept.address)
    assert cells(kept.address)["case", "handler"] - {"None"} <= staff_of(kept.address, "number")


# names of columns that could hold a person of staff, and what these hold instead
SOUNDS_SO = re.compile(r"(_by|^who|^handler|^assignee|^staff|^author|^barred_as|^number|^username)$")
ELSE: dict[tuple[str, str], str] = {
    ("case", "number"): "of the case",
    ("decision", "number"): "of the decision",
    ("model_draft_revision", "number"): "of the save",
    ("part_decision", "number"): "of the part, from 1",
    ("party", "represented_by"): "another party",
    ("co_filer", "named_by"): "a party",
    ("instance", "lapsed_by"): "an event of the drawing",
    ("delivery", "delivered_by"): "somebody of a department, by the name that was typed",
    ("request_reply", "replied_by"): "as above",
}


def test_t7_every_column_that_could_name_staff_is_told() -> None:
    columns = [(table.name, column.name) for table in Base.metadata.tables.values() for column in table.columns]
    told = NUMBERED | NAMED | SPELLED
    missing = [one for one in columns if SOUNDS_SO.search(one[1]) and one not in told and one not in ELSE]
    assert missing == []
    assert [one for one in (*told, *ELSE) if one not in columns] == []


def test_t7_every_numbered_column_has_room_for_a_number() -> None:
    for table, column in NUMBERED:
        kind: Any = Base.metadata.tables[table].columns[column].type
        assert isinstance(kind, String)
        assert (kind.length or 0) >= 80, (table, column)
