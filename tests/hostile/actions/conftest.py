"""The shipped case types with two departments, on SQLite: copied for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_house import ADMIN, BPMN, open_hostile_house

from engine import read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.database.tables import DepartmentRow
from processes.house import House
from processes.opening import close_house


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    house = open_hostile_house(folder)
    for name in ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar"):
        act(house, ADMIN, DeployFolder(read_folder(BPMN / name)))
    with house.sessions.begin() as session:
        for code in ("parkeren", "wonen"):
            address = f"{code}@voorbeeldstad.example"
            session.add(DepartmentRow(code=code, name=code.title(), email=address, manager_email=f"hoofd.{address}"))
    close_house(house)
    return folder / "zaakspoor.db"


@pytest.fixture
def house(ready: Path, tmp_path: Path) -> Iterator[House]:
    (tmp_path / "zaakspoor.db").write_bytes(ready.read_bytes())
    opened = open_hostile_house(tmp_path)
    yield opened
    close_house(opened)
