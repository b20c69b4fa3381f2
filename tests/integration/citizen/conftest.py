"""Fixtures of the citizen's pages: an installation that is copied for every test, and browsers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from citizen_kit import ADMIN, BPMN, TESS, Browser, open_citizen_services

from engine import read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.storage.tables import DepartmentRow
from processes.wiring import close_services


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[int, Deployed]]:
    """A database with bezwaar in use and its compiled drawings, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("citizen")
    upgrade(f"sqlite:///{folder}/zaakspoor.db")
    services = open_citizen_services(folder)
    for name in ("stukkenverzoek", "nazending", "hoorzitting-antwoord", "bezwaar"):
        act(services, ADMIN, DeployFolder(read_folder(BPMN / name)))
    with services.sessions.begin() as session:
        session.add(
            DepartmentRow(
                code="parkeren", name="Parkeren", email="p@voorbeeldstad.example", manager_email="c@v.example"
            )
        )
    with services.sessions() as session:
        compiled = {deployed.id: deployed for deployed in services.models.all_current(session).values()}
    close_services(services)
    return (folder / "zaakspoor.db").read_bytes(), compiled


@pytest.fixture
def services(ready: tuple[bytes, dict[int, Deployed]], tmp_path: Path) -> Iterator[Services]:
    database, compiled = ready
    (tmp_path / "zaakspoor.db").write_bytes(database)
    opened = open_citizen_services(tmp_path)
    opened.models._kept.update(compiled)
    yield opened
    close_services(opened)


@pytest.fixture
def browser(services: Services) -> Callable[[str], Browser]:
    return lambda identity=TESS: Browser(services, identity)


@pytest.fixture
def tess(browser: Callable[[str], Browser]) -> Browser:
    return browser(TESS)
