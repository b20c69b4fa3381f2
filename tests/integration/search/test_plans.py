"""A search on PostgreSQL reads no table that grows from its beginning to its end."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from kit.business_time import FixedClock
from kit.installation import installation
from kit.people import LIES, known
from search_kit import ADA, NOOR, add, found, register
from sqlalchemy import event, text, update

from bench.ground import Ground, furnish
from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.dated import SaveSetting
from processes.base.actor import SYSTEM
from processes.dated.typed_settings import TypedSetting
from processes.execution.given_answers import UNCHANGED, changes_mark
from processes.reads.workbench import Filter, Whose, read_cases, read_led_work, read_today
from processes.reads.workbench.found_cases import ORDERS
from processes.reads.workbench.risk import MOST
from processes.storage import search_query
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, Decision, DocumentRow, Party, SearchRow, TaskRow

MANY = 50_000
AT = 1_000_000  # ids of generated rows begin here
# each row of one real case once more, so many times, as of another case
COPIED = {
    Case: {"id": f"{AT} + n", "number": "'RON-2025-' || n", "handler": "NULL"},
    Party: {"id": f"{AT} + n", "case_id": f"{AT} + n", "name": "'Naam' || n", "represented_by": "NULL"},
    Decision: {"id": f"{AT} + n", "case_id": f"{AT} + n", "number": "'EV-' || n"},
    DocumentRow: {"id": "md5(n::text)", "case_id": f"{AT} + n", "reference": "'RON-2025-' || n || '-D1'", "party_id": "NULL"},
    DeadlineRow: {"id": f"{AT} + n", "case_id": f"{AT} + n"},
    TaskRow: {"id": "md5(n::text)", "case_id": f"{AT} + n"},
    SearchRow: {
        "id": f"{AT} + 4 * n + of.id", "case_id": f"{AT} + n", "row_id": "of.kind || n",
        "words": "array_to_tsvector(ARRAY[of.kind, 'naam' || n, 'ev', n::text, md5((n * 7)::text)])",
    },
}  # fmt: skip
AGENDA = "ix_task_committee"  # an index of the tasks of committees alone, which say what a member may see
NEWEST_FIRST = ("pk_search", "Backward")  # from its end, up to a limit
TYPED = (
    "Proefhuizen",
    "naam47111",
    "naam47",
    "ev 47111",
    "RON-2025-47111-D1",
    "brief",
    "niemand",
    "verzonnen terras",
    "1234AB",
    "0612345678",
)


def fill(services: Services) -> None:
    """So many cases, of which the planner knows how many rows they have."""
    ground = ground_of(services)
    furnish(ground)
    case = register(ground, "Bram Proefhuizen", subject="Een verzonnen terras", number="EV-1")
    add(ground, case, "Brief")
    known(ground.services, NOOR)
    act(ground.services, NOOR, AssignHandler(case, "noor"))
    with ground.services.sessions.begin() as session:
        for table, other in COPIED.items():
            session.execute(text(_copies(table.__table__, other)))
        few = update(Party).where(Party.id > AT, Party.id % 100 == 0)
        session.execute(few.values(confidential=True))
    with ground.services.sessions.kw["bind"].connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


@pytest.fixture
def full(postgres: str, tmp_path: Path) -> Iterator[Ground]:
    with installation(tmp_path, fill, server=postgres) as services:
        yield ground_of(services)


def ground_of(services: Services) -> Ground:
    clock = FixedClock()
    return Ground(replace(services, clock=clock), clock)


def _copies(table: Any, other: dict[str, str]) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.c)
    values = ", ".join(other.get(column.name, f'of."{column.name}"') for column in table.c)
    # names of tables and columns, and the constants above
    one = f'(SELECT * FROM "{table.name}" ORDER BY id LIMIT {4 if table.name == "search" else 1})'  # noqa: S608
    return f'INSERT INTO "{table.name}" ({columns}) SELECT {values} FROM {one} of, generate_series(1, {MANY}) n'  # noqa: S608


@contextmanager
def asked(services: Any) -> Iterator[list[tuple[str, Any]]]:
    """Every statement with its parameters."""
    seen: list[tuple[str, Any]] = []

    def listen(_connection, _cursor, statement, parameters, *_) -> None:
        seen.append((statement, parameters))

    engine = services.sessions.kw["bind"]
    event.listen(engine, "before_cursor_execute", listen)
    yield seen
    event.remove(engine, "before_cursor_execute", listen)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def scans(services: Any, statements: list[tuple[str, Any]]) -> list[str]:
    """The tables with many rows that these statements read whole, each with what was looked for."""
    with services.sessions() as session:
        connection = session.connection()
        large = {name for (name,) in session.execute(text("SELECT relname FROM pg_class WHERE reltuples > 10000"))}
        assert {"case", "party", "search", "document"} <= large
        plans = [_plan(connection, *one) for one in statements if one[0].startswith(("SELECT", "WITH"))]
    read = [node for plan in plans for node in nodes(plan) if _is_whole(node)]
    return [f"{node['Relation Name']}: {node.get('Filter')}" for node in read if node["Relation Name"] in large]


def _is_whole(node: dict[str, Any]) -> bool:
    """Also an index that is read from its beginning, because nothing is looked up in it."""
    kind: str = node["Node Type"]
    if node.get("Index Name") == AGENDA or (node.get("Index Name"), node.get("Scan Direction")) == NEWEST_FIRST:
        return False
    return kind == "Seq Scan" or (kind.startswith("Index") and "Index Cond" not in node)


def _plan(connection: Any, statement: str, parameters: Any) -> dict[str, Any]:
    explained = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar()
    return (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]


def test_o45_a_search_and_every_order_of_the_list_read_no_large_table_whole(full) -> None:
    assert len(found(full.services, "naam47111")) == 1
    assert len(found(full.services, "proefhuizen")) == 1
    wrong = {}
    for actor in (NOOR, ADA):
        for typed in TYPED:
            for state in ("running", "closed", ""):
                with asked(full.services) as statements:
                    read_cases(full.services, actor, Filter(typed, state=state))
                assert any("search" in one for one, _ in statements)
                wrong[actor.subject, typed, state] = scans(full.services, statements)
    for order in (
        ORDERS
    ):  # all of these cases run: whoever looks for closed ones in the order of the numbers alone passes all of them
        for state in ("running", "closed", ""):
            with asked(full.services) as statements:
                read_cases(full.services, NOOR, Filter(order=order, state=state))
            wrong["order", order, state] = scans(full.services, statements)
    assert {which: tables for which, tables in wrong.items() if tables} == {}


def test_w7_a_common_word_beside_a_filter_reads_no_large_table_whole(full, monkeypatch) -> None:
    monkeypatch.setattr(search_query, "COMMON", 1000)
    wide = ({"handler": "-"}, {"status": "received"})  # all cases but one, and all of them
    narrow = ({"handler": "noor"}, {"late": True}, {"court": True}, {"department": "parkeren"})
    wrong = {}
    for filters in (*wide, *narrow):
        with asked(full.services) as statements:
            page = read_cases(full.services, NOOR, Filter("ev", state="", **filters))
        wrong[str(filters)] = scans(full.services, statements)
        assert page.whole == (filters in narrow), filters
    assert {which: tables for which, tables in wrong.items() if tables} == {}


def test_w15_the_work_of_a_team_reads_no_large_table_whole(full) -> None:
    known(full.services, LIES)
    values = {"name": "team", "mailbox": "", "members": "lies noor", "case_types": "rondje"}
    act(full.services, SYSTEM, SaveSetting(TypedSetting("team", "een", "2020-01-01", values, "Nieuw.", new=True)))
    for whose in ("noor", "-"):
        with asked(full.services) as statements:
            page = read_led_work(full.services, LIES, whose)
        assert page.whose == whose
        assert page.lines
        assert scans(full.services, statements) == []


EVERYDAY = (
    *(Filter(**one) for one in ({}, {"late": True}, {"handler": "-"}, {"handler": "noor"})),
    "all",
    "mine",
    "nobody",
)
AGAIN = 8  # PostgreSQL plans a statement anew five times before it may keep a plan


def read(services: Any, wanted: Filter | Whose) -> None:
    """By somebody who has nothing to do, of which PostgreSQL knows."""
    reader = replace(NOOR, subject="piet")
    if isinstance(wanted, Filter):
        read_cases(services, reader, wanted)
    else:
        read_today(services, reader, wanted)


def test_o45_the_lists_of_every_day_are_planned_once(full) -> None:
    """Planning Vandaag takes longer than carrying it out. A list of ids alone is planned by how many they are."""
    for wanted in EVERYDAY:
        for _ in range(AGAIN):
            read(full.services, wanted)
    anew = text(
        "SELECT statement FROM pg_prepared_statements WHERE custom_plans >= :again AND statement NOT LIKE '%ANY (CAST%'"
    )
    with full.services.sessions() as session:
        assert session.scalars(anew, {"again": AGAIN}).all() == []
        assert session.scalar(text("SELECT count(*) FROM pg_prepared_statements WHERE generic_plans > 1"))


def test_o45_lists_of_tasks_are_counted_and_sorted_from_their_index_alone(full) -> None:
    with full.services.sessions.begin() as session:
        session.execute(update(TaskRow).where(TaskRow.id != "").values(handler=None))
    with full.services.sessions.kw["bind"].connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    for whose, index in (("all", "ix_task_urgent"), ("nobody", "ix_task_nobody")):
        with asked(full.services) as statements:
            assert read_today(full.services, NOOR, whose).counts[whose] == MOST + 1
        with full.services.sessions() as session:
            connection = session.connection()
            lists = [one for one in statements if "urgent_on" in one[0] and "LIMIT" in one[0]]
            read_by = [
                node for one in lists for node in nodes(_plan(connection, *one)) if node.get("Relation Name") == "task"
            ]
        assert {node["Node Type"] for node in read_by if node.get("Index Name") == index} == {"Index Only Scan"}


def test_c13_the_changed_answers_of_a_case_are_found_without_its_other_tasks(full) -> None:
    with full.services.sessions.begin() as session:
        session.execute(update(TaskRow).where(TaskRow.case_id > AT).values(case_id=AT + 1))
    with full.services.sessions.kw["bind"].connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    with full.services.sessions() as session, asked(full.services) as statements:
        assert changes_mark(session, AT + 1) == UNCHANGED
    with full.services.sessions() as session:
        (plan,) = (_plan(session.connection(), *one) for one in statements)
    assert [node["Index Name"] for node in nodes(plan) if "Index Name" in node] == ["ix_task_changed"]


@pytest.mark.parametrize("kind_of_database", ["postgres"], indirect=True)
def test_o45_cases_and_tasks_are_tidied_up_after_a_fiftieth_of_them_changed(services) -> None:
    """What was written since then is looked up in the table."""
    with services.sessions() as session:
        for table in ("case", "task"):
            found = session.scalar(text("SELECT reloptions FROM pg_class WHERE relname = :name"), {"name": table})
            assert "autovacuum_vacuum_scale_factor=0.02" in found
