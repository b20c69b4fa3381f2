"""Fixtures of the administration: an installation that is copied for every test, and a browser per staff member."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from admin_kit import BPMN, FENNA, STAFF, Browser, open_admin_services

from engine import read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.base.actor import SYSTEM
from processes.storage.services import Services
from processes.storage.staff import remember
from processes.storage.tables import DepartmentRow
from processes.wiring import close_services


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with bezwaar in use, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("admin")
    services = open_admin_services(folder)
    for name in ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar"):
        act(services, SYSTEM, DeployFolder(read_folder(BPMN / name)))
    with services.sessions.begin() as session:
        session.add(
            DepartmentRow(code="parkeren", name="Parkeren", email="p@stad.example", manager_email="c@v.example")
        )
        remember(session, FENNA)
    close_services(services)
    return folder / "zaakspoor.db"


@pytest.fixture
def services(ready: Path, tmp_path: Path) -> Iterator[Services]:
    (tmp_path / "zaakspoor.db").write_bytes(ready.read_bytes())
    opened = open_admin_services(tmp_path)
    yield opened
    close_services(opened)


@pytest.fixture
def browser(services: Services) -> Callable[[str], Browser]:
    return lambda name: Browser(services, STAFF[name])


@pytest.fixture
def fenna(browser: Callable[[str], Browser]) -> Browser:
    return browser("fenna")
