"""Fixtures of the workbench: a house that is copied for every test, and browsers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from workbench_house import ADA, ADMIN, BPMN, NOOR, SEM, Browser, open_workbench_house

from engine import read_folder
from processes import staff
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actor import Actor
from processes.database.tables import DepartmentRow
from processes.house import House
from processes.opening import close_house


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with bezwaar in use, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("workbench")
    house = open_workbench_house(folder)
    for name in ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar"):
        act(house, ADMIN, DeployFolder(read_folder(BPMN / name)))
    for actor in (NOOR, SEM, ADA):
        staff.signed_in(house, actor)
    with house.sessions.begin() as session:
        for code in ("parkeren", "vergunningen"):
            address = f"{code}@voorbeeldstad.example"
            session.add(DepartmentRow(code=code, name=code.capitalize(), email=address, manager_email=address))
    close_house(house)
    return folder / "zaakspoor.db"


@pytest.fixture
def house(ready: Path, tmp_path: Path) -> Iterator[House]:
    (tmp_path / "zaakspoor.db").write_bytes(ready.read_bytes())
    opened = open_workbench_house(tmp_path)
    yield opened
    close_house(opened)


@pytest.fixture
def browser(house: House) -> Callable[[Actor], Browser]:
    return lambda actor: Browser(house, actor)


@pytest.fixture
def noor(house: House) -> Browser:
    return Browser(house, NOOR)
