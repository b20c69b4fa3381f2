"""Sessions and the schema, on SQLite and PostgreSQL."""

import threading
import time
from contextlib import closing
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from processes.base.errors import Busy
from processes.storage.base import Base
from processes.storage.services import Services
from processes.storage.session import make_engine, make_sessions, read_only, transaction, upgrade
from processes.storage.tables import FormKey, NoteRow, SettingRow
from processes.storage.tables.search import is_declared

NOW = datetime(2027, 2, 14, 12, 30, tzinfo=UTC)


def test_models_and_migrations_do_not_differ(database: str) -> None:
    engine = make_engine(database)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_declared})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_upgrade_twice_and_at_the_same_time_gives_one_schema(empty_database: str) -> None:
    errors: list[Exception] = []

    def run() -> None:
        try:
            upgrade(empty_database)
        except Exception as error:  # noqa: BLE001 - the test tells what happened in the thread
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    upgrade(empty_database)
    engine = make_engine(empty_database)
    with engine.connect() as connection:
        versions = connection.execute(text("SELECT version_num FROM alembic_version")).all()
    engine.dispose()
    assert (errors, len(versions)) == ([], 1)


def test_moments_come_back_aware_and_in_utc(services: Services) -> None:
    with services.sessions.begin() as session:
        session.add(FormKey(key="a", used_at=NOW, answer=""))
    with services.sessions() as session:
        used_at = session.get_one(FormKey, "a").used_at
    assert (used_at, used_at.utcoffset()) == (NOW, NOW.utcoffset())


def test_foreign_keys_are_kept(services: Services) -> None:
    with pytest.raises(IntegrityError), services.sessions.begin() as session:
        session.add(NoteRow(case_id=404, kind="note", author="x", text="x", at=NOW))


def test_ten_writers_at_once_all_get_their_turn(services: Services) -> None:
    with services.sessions.begin() as session:
        session.add(SettingRow(name="teller", value=0))

    def add() -> None:
        for _ in range(5):
            with transaction(services.sessions) as session:
                row = session.get_one(SettingRow, "teller", with_for_update=True)
                row.value = row.value + 1

    threads = [threading.Thread(target=add) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with services.sessions() as session:
        assert session.get_one(SettingRow, "teller").value == 50


def test_a_reader_does_not_wait_for_a_writer(services: Services) -> None:
    with services.sessions.begin() as writing:
        writing.add(SettingRow(name="bezig", value=1))
        writing.flush()
        started = time.monotonic()
        with services.sessions() as reading:
            assert read_only(reading).get(SettingRow, "bezig") is None
        assert time.monotonic() - started < 20


def test_a_lock_that_stays_is_busy_within_six_seconds(services: Services) -> None:
    with services.sessions.begin() as session:
        session.add(SettingRow(name="slot", value=0))
    with services.sessions.begin() as holding:
        holding.get_one(SettingRow, "slot", with_for_update=True)
        started = time.monotonic()
        with pytest.raises(Busy), transaction(services.sessions) as session:
            session.get_one(SettingRow, "slot", with_for_update=True)
        assert time.monotonic() - started < 20


def test_a_server_that_is_not_there_is_busy_within_five_seconds() -> None:
    sessions = make_sessions("postgresql+psycopg://postgres@127.0.0.1:9/niets")
    started = time.monotonic()
    with pytest.raises(Busy), transaction(sessions) as session:
        session.get(SettingRow, "x")
    assert time.monotonic() - started < 20


def test_no_connection_left_is_busy_within_five_seconds(postgres: str) -> None:
    engine = make_engine(postgres)
    sessions = make_sessions(postgres)
    sessions.configure(bind=engine)
    held = [engine.connect() for _ in range(20)]
    started = time.monotonic()
    with pytest.raises(Busy), transaction(sessions) as session:
        session.execute(text("SELECT 1"))
    assert time.monotonic() - started < 20
    for connection in held:
        connection.close()
    engine.dispose()


def test_a_change_on_sqlite_is_forced_to_disk(tmp_path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/x.db")
    with closing(engine.raw_connection()) as connection:
        found = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    engine.dispose()
    assert found == ["wal", 2, 1]
