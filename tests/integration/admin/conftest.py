"""Fixtures of the administration: a house that is copied for every test, and a browser per staff member."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from admin_house import BPMN, FENNA, STAFF, Browser, open_admin_house

from engine import read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.actor import SYSTEM
from processes.database.tables import DepartmentRow
from processes.house import House
from processes.opening import close_house
from processes.staff import remember


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with bezwaar in use, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("admin")
    house = open_admin_house(folder)
    for name in ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar"):
        act(house, SYSTEM, DeployFolder(read_folder(BPMN / name)))
    with house.sessions.begin() as session:
        session.add(
            DepartmentRow(code="parkeren", name="Parkeren", email="p@stad.example", manager_email="c@v.example")
        )
        remember(session, FENNA)
    close_house(house)
    return folder / "zaakspoor.db"


@pytest.fixture
def house(ready: Path, tmp_path: Path) -> Iterator[House]:
    (tmp_path / "zaakspoor.db").write_bytes(ready.read_bytes())
    opened = open_admin_house(tmp_path)
    yield opened
    close_house(opened)


@pytest.fixture
def browser(house: House) -> Callable[[str], Browser]:
    return lambda name: Browser(house, STAFF[name])


@pytest.fixture
def fenna(browser: Callable[[str], Browser]) -> Browser:
    return browser("fenna")
