"""A bezwaar on SQLite that Tess filed on the portal with every way to reach her in it; Ilse objects too, Yasmina is a third party."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hidden_party import STREET
from kit.cases import BEZWAAR, INTAKE, add_departments, days_ago, do, put_in_use, rows, today
from kit.documents import stored
from kit.installation import installation
from kit.people import ILSE, NOOR, TESS, YASMINA, citizen

from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.parties import AddParty
from processes.actions.registering import NewDecision, RegisterCase
from processes.post.filed import make_filed
from processes.storage.services import Services
from processes.storage.tables import FiledRow

HIDING = replace(TESS, phone="06 12345678", address=f"{STREET}\n1234 AB Voorbeeldstad", secret_address=True)


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren", "wonen")
    decision = NewDecision("Parkeervergunning", "PV-1", announced_on=days_ago(services, 10), department="parkeren")
    papers = (NewDocument(stored(services, "brief.pdf"), "submission", field="submission"),)
    values = {"grounds": f"Ik woon op {STREET}, 1234 AB. Bel 06 12345678 of mail tess@post.example. BSN 999993653."}
    action = RegisterCase("bezwaar", "portal", today(services), (HIDING,), (decision,), values, papers)
    number = act(services, citizen(services, TESS), action)
    for party in (ILSE, YASMINA):
        act(services, NOOR, AddParty(number, party))
    do(services, "Intake", **INTAKE, objectable=True, third_parties=True, route="ambtelijk")
    (filed,) = rows(services, FiledRow)
    make_filed(services, {"filed": filed.id})


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


@pytest.fixture
def number() -> str:
    return "BZW-2026-000001"
