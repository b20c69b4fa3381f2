"""An installation on a database of its own: `open_services` with the settings of a test, closed afterwards.

What every test of a room begins with is a `Filling`: it is filled in once per process and server and copied after that.
"""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from kit.business_time import FixedClock
from kit.in_memory import writes_in_memory
from processes.base.clock import Clock
from processes.base.settings import Settings
from processes.storage.base import new_id
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.wiring import close_services, open_services

BASE = "http://testserver"
TEST_SECRET = "alleen-voor-proeven-niet-voor-echt-gebruik"
SQLITE = ""

Filling = Callable[[Services], object]


def nothing(_: Services) -> None:
    """No rows: a database at the newest schema."""


@dataclass(frozen=True)
class Template:
    """`place` is a file of SQLite or the name of a database on a PostgreSQL server; `compiled` are its case types, which
    are the same in every copy: reading them again would cost each test a second. `files` holds what was stored.
    """

    place: str
    compiled: Mapping[int, Deployed]
    files: Path


def open_at(address: str, folder: Path, *, clock: Clock | None = None, **settings: Any) -> Services:
    """The installation on a database that is ready; `settings` override those of the test."""
    given = {
        "database": address, "files": f"{folder}/files", "data": folder, "secret": TEST_SECRET, "public_url": BASE,
        "office_converter": "none",  # no test depends on what this machine has
        "look_inside": False,  # papers of tests are no real files; the tests of W22 say that it is on
    }  # fmt: skip
    return open_services(Settings(**{**given, **settings}), clock=clock or FixedClock())


@contextmanager
def installation(
    folder: Path, fill: Filling = nothing, *, server: str = SQLITE, clock: Clock | None = None, **settings: Any
) -> Iterator[Services]:
    """An installation that was filled in so, in this folder; `server` is SQLITE or the address of a PostgreSQL server."""
    with copy_of(fill, folder, server) as address:
        services = open_at(address, folder, clock=clock, **settings)
        made = template(fill, server)
        services.models._kept.update(made.compiled)
        if made.files.exists():
            shutil.copytree(made.files, services.settings.files, dirs_exist_ok=True)
        try:
            yield services
        finally:
            close_services(services)


@contextmanager
def copy_of(fill: Filling, folder: Path, server: str = SQLITE) -> Iterator[str]:
    """The address of a database that was filled in so, gone afterwards."""
    made = template(fill, server)
    if server == SQLITE:
        yield _address(server, shutil.copy(made.place, folder / "zaakspoor.db"))
        return
    with database_on(server, made.place) as address:
        yield address


@contextmanager
def database_on(server: str, source: str = "template1") -> Iterator[str]:
    """The address of a new database on a PostgreSQL server, a copy of another one."""
    name = _new_database(server, source)
    try:
        yield _address(server, name)
    finally:
        _line_to(server).execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def template(fill: Filling, server: str = SQLITE) -> Template:
    """Made at the first call. Nobody may be connected to a database that PostgreSQL copies, so it is closed by then."""
    folder = Path(tempfile.mkdtemp(prefix="zs-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if fill is nothing:
        place = _new_database(server, "template1") if server else str(folder / "zaakspoor.db")
        upgrade(_address(server, place))
        return Template(place, {}, folder / "files")
    empty = template(nothing, server).place
    place = _new_database(server, empty) if server else shutil.copy(empty, folder / "zaakspoor.db")
    services = open_at(_address(server, place), folder)
    fill(services)
    with services.sessions() as session:
        compiled = {one.id: one for one in services.models.all_current(session).values()}
    close_services(services)
    return Template(str(place), compiled, folder / "files")


def _new_database(server: str, source: str) -> str:
    name = f"t{new_id()}"
    how = "STRATEGY FILE_COPY" if writes_in_memory() else ""  # on a disk PostgreSQL's own way is the faster one
    _line_to(server).execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" {how}')
    return name


@cache
def _line_to(server: str) -> psycopg.Connection[Any]:
    """A connection on which databases are made and dropped: to open one for each takes longer than that."""
    line = psycopg.connect(server.replace("+psycopg", ""), autocommit=True)
    atexit.register(line.close)
    return line


def _address(server: str, place: object) -> str:
    if server == SQLITE:
        return f"sqlite:///{place}"
    return make_url(server).set(database=str(place)).render_as_string(hide_password=False)
