"""Fixtures of the citizen's pages: a house that is copied for every test, and browsers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from citizen_house import ADMIN, BPMN, TESS, Browser, open_citizen_house

from engine import read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.database.session import upgrade
from processes.database.tables import DepartmentRow
from processes.house import House
from processes.model_shelf import Deployed
from processes.opening import close_house


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[int, Deployed]]:
    """A database with bezwaar in use and its compiled drawings, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("citizen")
    upgrade(f"sqlite:///{folder}/zaakspoor.db")
    house = open_citizen_house(folder)
    for name in ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar"):
        act(house, ADMIN, DeployFolder(read_folder(BPMN / name)))
    with house.sessions.begin() as session:
        session.add(
            DepartmentRow(
                code="parkeren", name="Parkeren", email="p@voorbeeldstad.example", manager_email="c@v.example"
            )
        )
    with house.sessions() as session:
        compiled = {deployed.id: deployed for deployed in house.models.all_current(session).values()}
    close_house(house)
    return (folder / "zaakspoor.db").read_bytes(), compiled


@pytest.fixture
def house(ready: tuple[bytes, dict[int, Deployed]], tmp_path: Path) -> Iterator[House]:
    database, compiled = ready
    (tmp_path / "zaakspoor.db").write_bytes(database)
    opened = open_citizen_house(tmp_path)
    opened.models._shelf.update(compiled)
    yield opened
    close_house(opened)


@pytest.fixture
def browser(house: House) -> Callable[[str], Browser]:
    return lambda identity=TESS: Browser(house, identity)


@pytest.fixture
def tess(browser: Callable[[str], Browser]) -> Browser:
    return browser(TESS)
