"""Databases for tests: a SQLite file and a real PostgreSQL, each brought to the newest schema."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from business_time import FixedClock, move_the_machine, refuse_to_tell
from sqlalchemy import make_url

from bench.postgres import PostgresServer, execute
from processes.base.clock import Clock
from processes.base.settings import Settings
from processes.storage.base import new_id
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.wiring import close_services, open_services

TEST_SECRET = "alleen-voor-proeven-niet-voor-echt-gebruik"
ONE_BY_ONE = "postgres-one-by-one"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--as-if", metavar="MOMENT", help="run as if it were 2028-02-29T10:00 in the zone of TZ")


def pytest_configure(config: pytest.Config) -> None:
    """Before anything is imported that looks at the clock; also in each process of -n."""
    if moment := config.getoption("--as-if"):
        move_the_machine(moment)
    Clock.now = refuse_to_tell


def pytest_report_header(config: pytest.Config) -> str:
    return f"as if it were: {config.getoption('--as-if') or 'today'} ({'/'.join(time.tzname)})"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL that listens on a socket only, with one database `ready` at the newest schema."""
    folder = Path(tempfile.mkdtemp(prefix="zs-pg-"))  # short: the path of a socket may have 107 characters
    server = PostgresServer(folder)
    try:
        server.start()
        server.make_database("ready", "template1")
        upgrade(server.address("ready"))
        yield server.address("postgres")
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, on each kind of server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/leeg.db"
    else:
        yield from _copy_of("template1", request.getfixturevalue("postgres"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test runs on each kind of database, and when it is marked `both_ways` also on PostgreSQL without the fast path."""
    chosen = any("database" in mark.args for mark in metafunc.definition.iter_markers("parametrize"))
    if "database" in metafunc.fixturenames and not chosen:
        both_ways = metafunc.definition.get_closest_marker("both_ways")
        kinds = ["sqlite", "postgres", ONE_BY_ONE] if both_ways else ["sqlite", "postgres"]
        metafunc.parametrize("database", kinds, indirect=True)


@pytest.fixture
def fast_database(request: pytest.FixtureRequest) -> bool:
    """The setting of this name, as the parameter of `database` says."""
    return request.node.callspec.params["database"] != ONE_BY_ONE


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database at the newest schema, of this test alone, on each kind of server."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path}/zaakspoor.db"
        upgrade(address)
        yield address
    else:
        yield from _copy_of("ready", request.getfixturevalue("postgres"))


@pytest.fixture
def services(database: str, fast_database: bool, tmp_path: Path) -> Iterator[Services]:
    """An open installation on each kind of database, with a folder for files and the mailbox for mail."""
    settings = Settings(
        database=database, fast_database=fast_database, files=f"{tmp_path}/files", data=tmp_path, secret=TEST_SECRET
    )
    opened = open_services(settings, clock=FixedClock())
    yield opened
    close_services(opened)


def _copy_of(template: str, server: str) -> Iterator[str]:
    name = f"t{new_id()}"
    execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')
