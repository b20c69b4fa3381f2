"""Fixtures of work for one person: a furnished installation on each kind of database, made once and copied for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from person_kit import Browser, Play, furnish, investigated, open_person_services
from sqlalchemy import make_url

from bench.postgres import execute
from processes.storage.base import new_id
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.wiring import close_services


@pytest.fixture(scope="session")
def ready_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("persons")
    upgrade(f"sqlite:///{folder}/ready.db")
    _furnished(f"sqlite:///{folder}/ready.db", folder)
    return folder / "ready.db"


@pytest.fixture(scope="session")
def ready_postgres(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a furnished database on the server, to copy."""
    name = f"persons{new_id()[:8]}"
    execute(postgres, f'CREATE DATABASE "{name}" TEMPLATE "ready"')
    _furnished(
        make_url(postgres).set(database=name).render_as_string(hide_password=False), tmp_path_factory.mktemp("p")
    )
    return name


def _furnished(address: str, folder: Path) -> None:
    services = open_person_services(address, folder)
    furnish(services)
    close_services(services)


@pytest.fixture(params=["sqlite", "postgres"])
def services(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Services]:
    yield from _copied(request, tmp_path)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def services_to_read(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """One for all tests of a module that only look."""
    yield from _copied(request, tmp_path_factory.mktemp("read"))


def _copied(request: pytest.FixtureRequest, folder: Path) -> Iterator[Services]:
    if request.param == "sqlite":
        (folder / "copy.db").write_bytes(request.getfixturevalue("ready_sqlite").read_bytes())
        yield from _opened(f"sqlite:///{folder}/copy.db", folder)
        return
    server, name = request.getfixturevalue("postgres"), f"t{new_id()}"
    execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{request.getfixturevalue("ready_postgres")}"')
    yield from _opened(make_url(server).set(database=name).render_as_string(hide_password=False), folder)
    execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _opened(address: str, folder: Path) -> Iterator[Services]:
    opened = open_person_services(address, folder)
    yield opened
    close_services(opened)


@pytest.fixture
def play(services: Services) -> Play:
    """A complaint in which the person was asked for a reaction; Noor handles it."""
    return investigated(services)


@pytest.fixture
def guest(services: Services) -> Browser:
    """A browser that is signed in nowhere."""
    return Browser(services)
