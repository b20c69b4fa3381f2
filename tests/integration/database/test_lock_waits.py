"""The benchmark of workers says that no case waited for another: here is shown that it would have seen it."""

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bench.postgres import PostgresServer
from bench.scenarios.workers import waits_between_cases

TABLES = 'CREATE TABLE "case" (id int); CREATE TABLE other (id int); INSERT INTO "case" VALUES (1); INSERT INTO other VALUES (1)'


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    folder = Path(tempfile.mkdtemp(prefix="zs-pg-"))
    running = PostgresServer(folder)
    try:
        running.start()
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder)


@pytest.mark.parametrize(("table", "between"), [('"case"', 0), ("other", 1)])
def test_a_wait_is_told_and_one_for_the_same_case_is_told_apart(
    server: PostgresServer, table: str, between: int
) -> None:
    server.make_database("wachten", "template1")
    server.tell_of_waits("wachten")
    address = server.address("wachten").replace("+psycopg", "")
    take = f"SELECT 1 FROM {table} FOR UPDATE"  # noqa: S608 - names of our own
    with psycopg.connect(address) as first, psycopg.connect(address) as second:
        first.execute(TABLES)
        first.commit()
        first.execute(take)
        waiting = threading.Thread(target=second.execute, args=(take,))
        waiting.start()
        time.sleep(0.2)
        first.commit()
        waiting.join()
    told = server.waits()
    assert len(told) == 1
    assert waits_between_cases(told) == between
