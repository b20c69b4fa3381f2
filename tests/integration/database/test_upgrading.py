"""Two processes that migrate one database: the second waits for the first, however slow that is, and says so."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from processes.storage import session
from processes.storage.session import is_newest, make_engine, upgrade
from processes.storage.turn import WAITING

SECONDS = 60
IMPATIENT = 50  # milliseconds that SQLite waits here: a first process that takes longer than that is a slow one
SPAWN = multiprocessing.get_context("spawn")


def held(address: str, inside: Event, go_on: Event) -> None:
    """A process that stops in the middle of its migration, until it may go on."""
    to_schema = session._to_schema

    def slowly(*arguments: Any) -> None:
        inside.set()
        assert go_on.wait(SECONDS)
        to_schema(*arguments)

    session._to_schema = slowly
    upgrade(address)


def second(address: str, said: Any) -> None:
    """A process that would give up soon if it left the waiting to SQLite."""
    session.BUSY_MILLISECONDS = IMPATIENT
    upgrade(address, tell=said.put)
    said.put("klaar")


@contextmanager
def started(target: Any, *arguments: Any) -> Iterator[SpawnProcess]:
    process = SPAWN.Process(target=target, args=arguments)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def schema_is_newest(address: str) -> bool:
    engine = make_engine(address)
    with engine.connect() as connection:
        found = is_newest(connection)
    engine.dispose()
    return found


def test_the_second_waits_for_a_slow_first_and_says_so(empty_database: str) -> None:
    inside, go_on, said = SPAWN.Event(), SPAWN.Event(), SPAWN.Queue()
    with started(held, empty_database, inside, go_on) as first:
        assert inside.wait(SECONDS)
        with started(second, empty_database, said) as waiting:
            assert said.get(timeout=SECONDS) == WAITING
            waiting.join(IMPATIENT * 20 / 1000)
            assert (waiting.exitcode, said.empty()) == (None, True)
            go_on.set()
            assert said.get(timeout=SECONDS) == "klaar"
            first.join(SECONDS)
            waiting.join(SECONDS)
            assert (first.exitcode, waiting.exitcode) == (0, 0)
    assert schema_is_newest(empty_database)


def test_the_second_takes_over_when_the_first_is_killed(empty_database: str) -> None:
    inside, go_on, said = SPAWN.Event(), SPAWN.Event(), SPAWN.Queue()
    with started(held, empty_database, inside, go_on) as first:
        assert inside.wait(SECONDS)
        with started(second, empty_database, said) as waiting:
            assert said.get(timeout=SECONDS) == WAITING
            first.kill()
            assert said.get(timeout=SECONDS) == "klaar"
            waiting.join(SECONDS)
            assert waiting.exitcode == 0
    assert schema_is_newest(empty_database)


def test_who_finds_the_newest_schema_waits_for_no_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "BUSY_MILLISECONDS", IMPATIENT)
    address, told = f"sqlite:///{tmp_path}/zaakspoor.db", list[str]()
    upgrade(address)
    writer = create_engine(address)
    with writer.connect() as connection:
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE")  # as a process that has begun its work
        connection.execute(text("INSERT INTO setting (name, value) VALUES ('bezig', '1')"))
        upgrade(address, tell=told.append)
    writer.dispose()
    assert told == []
