"""The fast path to the database and plain SQLAlchemy leave the same rows behind for the same played case."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.cases import open_task
from kit.installation import installation
from sqlalchemy import JSON, Text, cast, select
from test_played_dossier import INTAKE, WORKER, _registration, furnish, play

from processes.actions import act
from processes.actions.tasks import CompleteTask
from processes.jobs.timer_sweep import sweep
from processes.storage import audit
from processes.storage.base import Base
from processes.storage.business_time import write_offset
from processes.storage.services import Services
from processes.storage.tables import DocumentRow

EVERY_TIME_ANOTHER = re.compile(r"[0-9a-f]{16,}|[0-9a-f-]{36}|ONT-\w+|[\w-]{40,}|\d{4}-\d\d-\d\dT[\d:.+]+")
PDF, LITTLE = "application/pdf", 200  # bytes
KEYS = {"id", "hash", "previous", "sha256", "blob", "salt", "token"}  # made of chance, of time, or of other keys

Sizes = dict[tuple[str, str, str], list[int]]


@contextmanager
def opened(server: str, folder: Path, *, fast: bool) -> Iterator[Services]:
    place = folder / ("fast" if fast else "one-by-one")
    place.mkdir()
    with installation(place, furnish, server=server, fast_database=fast) as services:
        yield services


def rows_of(services: Services) -> dict[str, list[str]]:
    """Every row of every table as text, without what differs each time: ids, moments, keys and what is sealed."""
    with services.sessions() as session:
        return {
            name: sorted(str(_plain(row._mapping)) for row in session.execute(select(*map(_column, table.c))))
            for name, table in Base.metadata.tables.items()
        }


def _column(column: Any) -> Any:
    """A JSON value as its text: else its null could not be told from no value."""
    return cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column


def _plain(row: Any) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in {*KEYS, "size"} and not name.endswith("_id")}
    return {name: _value(value) for name, value in kept.items()}


def sizes_of(services: Services) -> Sizes:
    """In bytes, by kind, title and name of a document."""
    columns = (DocumentRow.media_type, DocumentRow.title, DocumentRow.file_name, DocumentRow.size)
    found: Sizes = {}
    with services.sessions() as session:
        for media, title, name, size in session.execute(select(*columns).order_by(DocumentRow.size)):
            found.setdefault((media, title, EVERY_TIME_ANOTHER.sub("*", name)), []).append(size)
    return found


def alike(media: str, one: int, other: int) -> bool:
    """A made PDF holds a number of its own, which it packs into some bytes more or less; any other file has its size."""
    return abs(one - other) <= (LITTLE if media == PDF else 0)


def _value(value: Any) -> Any:
    if isinstance(value, datetime | bytes):
        return type(value).__name__
    return value if value is None or isinstance(value, date) else EVERY_TIME_ANOTHER.sub("*", str(value))


def played(server: str, folder: Path, *, fast: bool) -> tuple[dict[str, list[str]], Sizes]:
    with opened(server, folder, fast=fast) as services:
        play(services)
        _let_time_pass(services)
        with services.sessions() as session:
            assert audit.check(session) == []
        return rows_of(services), sizes_of(services)


def _let_time_pass(services: Services) -> None:
    """In one more case something is missing, and what must follow after weeks of silence follows."""
    act(services, WORKER, _registration(services))
    act(services, WORKER, CompleteTask(open_task(services, "Intake"), INTAKE))
    with services.sessions.begin() as session:
        write_offset(session, timedelta(days=60))
    assert sweep(services) == 1


@pytest.mark.timeout(180)
def test_both_ways_leave_the_same_rows(postgres: str, tmp_path: Path) -> None:
    (batched, sizes), (one_by_one, other_sizes) = (played(postgres, tmp_path, fast=fast) for fast in (True, False))
    filled = {name for name, rows in batched.items() if rows}
    assert {
        "case",
        "party",
        "decision",
        "case_value",
        "instance",
        "task",
        "status",
        "deadline",
        "audit",
        "note",
    } <= filled
    assert {name: rows for name, rows in one_by_one.items() if rows != batched[name]} == {}
    assert sizes.keys() == other_sizes.keys()
    for key, found in sizes.items():
        others = other_sizes[key]
        assert len(found) == len(others), key
        assert all(alike(key[0], *pair) for pair in zip(found, others, strict=True)), (key, found, others)
