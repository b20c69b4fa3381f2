"""The installation that every test here begins with."""

from collections.abc import Callable

import pytest
from inhabited import Inhabited, add_document, live
from kit.people import TESS, TESS_BSN, citizen
from sqlalchemy import select

from processes.storage import web_sessions
from processes.storage.services import Services
from processes.storage.tables import Dossier


@pytest.fixture
def inhabited(installed: Callable[..., Services]) -> Inhabited:
    services = installed(live)
    add_document(services)
    tess = citizen(services, TESS)
    made = web_sessions.create(
        services, "citizen", tess.subject, tess.name, identity={"bsn": TESS_BSN[4:], "level": "high"}
    )
    with services.sessions() as session:
        dossier = session.scalars(select(Dossier)).one()
    return Inhabited(services, made.cookie, services.secrets.link_token(dossier.salt))
