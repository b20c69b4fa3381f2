"""Fixtures of the workbench: an installation that is copied for every test, and browsers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from workbench_kit import ADA, ADMIN, BPMN, NOOR, SEM, Browser, open_workbench_services

from engine import read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.base.actor import Actor
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import DepartmentRow
from processes.wiring import close_services


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with bezwaar in use, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("workbench")
    services = open_workbench_services(folder)
    for name in ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar"):
        act(services, ADMIN, DeployFolder(read_folder(BPMN / name)))
    for actor in (NOOR, SEM, ADA):
        staff.signed_in(services, actor)
    with services.sessions.begin() as session:
        for code in ("parkeren", "vergunningen"):
            address = f"{code}@voorbeeldstad.example"
            session.add(DepartmentRow(code=code, name=code.capitalize(), email=address, manager_email=address))
    close_services(services)
    return folder / "zaakspoor.db"


@pytest.fixture
def services(ready: Path, tmp_path: Path) -> Iterator[Services]:
    (tmp_path / "zaakspoor.db").write_bytes(ready.read_bytes())
    opened = open_workbench_services(tmp_path)
    yield opened
    close_services(opened)


@pytest.fixture
def browser(services: Services) -> Callable[[Actor], Browser]:
    return lambda actor: Browser(services, actor)


@pytest.fixture
def noor(services: Services) -> Browser:
    return Browser(services, NOOR)
