from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.browser import TestClient
from kit.saml_portal import SamlPortal, saml_portal
from kit.small_portal import portal
from sqlalchemy import delete

from processes.storage.tables import RateRow


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with portal(tmp_path) as app:
        yield TestClient(app)


@pytest.fixture(scope="module")
def by_saml(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SamlPortal]:
    """One portal for all tries of a module: none of them may leave anything behind."""
    with saml_portal(tmp_path_factory.mktemp("saml")) as made:
        yield made


@pytest.fixture(autouse=True)
def nothing_tried_yet(request: pytest.FixtureRequest) -> None:
    """Failures are counted by address, and all tries of a module come from one."""
    if "by_saml" in request.fixturenames:
        portal: SamlPortal = request.getfixturevalue("by_saml")
        with portal.client.app.state.services.sessions.begin() as session:
            session.execute(delete(RateRow))
