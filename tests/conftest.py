"""Databases and installations for tests: on a SQLite file and on a real PostgreSQL."""

import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from kit.business_time import move_the_machine, refuse_to_tell
from kit.in_memory import write_in_memory
from kit.installation import SQLITE, Filling, copy_of, database_on, installation, nothing
from kit.looked_at import share_looking
from kit.made_once import share_what_is_made

from bench.postgres import PostgresServer
from processes.base.clock import Clock
from processes.storage.services import Services

write_in_memory()
pytest_plugins = ("kit.tries_plugin", "kit.together")
ONE_BY_ONE = "postgres-one-by-one"
SECONDS_BETWEEN_COLLECTIONS = 60
AS_IF = "ZS_TESTS_AS_IF"  # hands the moment of --as-if to the processes of -n


def _moment_asked() -> str | None:
    """The moment of `--as-if`, read before pytest reads its options: conftests of folders that are named on the command line
    are imported first, and some of what they import looks at the clock.
    """
    words = [part for word in sys.argv[1:] for part in word.split("=", 1)]
    return dict(pairwise(words)).get("--as-if") or os.environ.get(AS_IF)


if moment := _moment_asked():
    os.environ[AS_IF] = moment
    move_the_machine(moment)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--as-if", metavar="MOMENT", help="run as if it were 2028-02-29T10:00 in the zone of TZ")


def pytest_configure(config: pytest.Config) -> None:
    """No test asks the machine for the day, and `--as-if` was understood as it was meant. Garbage is looked for less often than
    in a program that stays up: what thousands of tests leave behind would be gone through again and again.
    """
    gc.set_threshold(100_000, 50, 100)
    share_what_is_made()
    share_looking(config)
    assert config.getoption("--as-if") == os.environ.get(AS_IF)
    Clock.now = refuse_to_tell


def pytest_collection_finish() -> None:
    """What is there by now stays to the end and need not be gone through each time: programs, and thousands of tests."""
    gc.collect()
    gc.freeze()


_collected = [time.monotonic()]


def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """Garbage is looked for all the same once in a while: what thousands of tests leave took gigabytes."""
    if nextitem and time.monotonic() - _collected[0] > SECONDS_BETWEEN_COLLECTIONS:
        gc.collect()
        _collected[0] = time.monotonic()


def pytest_report_header(config: pytest.Config) -> str:
    return f"as if it were: {config.getoption('--as-if') or 'today'} ({'/'.join(time.tzname)})"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL that listens on a socket only."""
    folder = Path(tempfile.mkdtemp(prefix="zs-pg-"))  # short: the path of a socket may have 107 characters
    server = PostgresServer(folder)
    try:
        server.start()
        yield server.address("postgres")
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, on each kind of server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/leeg.db"
        return
    with database_on(request.getfixturevalue("postgres")) as address:
        yield address


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test runs on each kind of database, and when it is marked `both_ways` also on PostgreSQL without the fast path."""
    chosen = any("kind_of_database" in mark.args for mark in metafunc.definition.iter_markers("parametrize"))
    if "kind_of_database" in metafunc.fixturenames and not chosen:
        both_ways = metafunc.definition.get_closest_marker("both_ways")
        kinds = ["sqlite", "postgres", ONE_BY_ONE] if both_ways else ["sqlite", "postgres"]
        metafunc.parametrize("kind_of_database", kinds, indirect=True)


@pytest.fixture
def kind_of_database(request: pytest.FixtureRequest) -> str:
    """`sqlite`, `postgres`, or ONE_BY_ONE: PostgreSQL without the fast path."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_server(kind_of_database: str, request: pytest.FixtureRequest) -> str:
    """Where the databases of this test stand."""
    return SQLITE if kind_of_database == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def database(database_server: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database at the newest schema, of this test alone, on each kind of server."""
    with copy_of(nothing, tmp_path, database_server) as address:
        yield address


@pytest.fixture
def installed(kind_of_database: str, database_server: str, tmp_path: Path) -> Iterator[Callable[..., Services]]:
    """Opens an installation on each kind of database that is filled in as asked; once in a test."""
    with ExitStack() as opened:
        fast = kind_of_database != ONE_BY_ONE

        def install(fill: Filling = nothing, **settings: Any) -> Services:
            given = {"server": database_server, "fast_database": fast, **settings}
            return opened.enter_context(installation(tmp_path, fill, **given))

        yield install


@pytest.fixture
def services(installed: Callable[..., Services]) -> Services:
    """An open installation on each kind of database in which nothing was done yet."""
    return installed()
