"""The shipped case types with two departments, on SQLite: copied for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_kit import ADMIN, BPMN, open_hostile_services

from engine import read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.storage.services import Services
from processes.storage.tables import DepartmentRow
from processes.wiring import close_services


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    services = open_hostile_services(folder)
    for name in ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar"):
        act(services, ADMIN, DeployFolder(read_folder(BPMN / name)))
    with services.sessions.begin() as session:
        for code in ("parkeren", "wonen"):
            address = f"{code}@voorbeeldstad.example"
            session.add(DepartmentRow(code=code, name=code.title(), email=address, manager_email=f"hoofd.{address}"))
    close_services(services)
    return folder / "zaakspoor.db"


@pytest.fixture
def services(ready: Path, tmp_path: Path) -> Iterator[Services]:
    (tmp_path / "zaakspoor.db").write_bytes(ready.read_bytes())
    opened = open_hostile_services(tmp_path)
    yield opened
    close_services(opened)
