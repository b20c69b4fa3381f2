"""Three objections joined from the list, done with one form, and one taken out again: in a real browser (W21)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.cases import BEZWAAR, INTAKE, add_departments, open_task, put_in_use, register_bezwaar, rows
from kit.installation import installation
from kit.people import BRAM, ILSE, NOOR, TESS, known
from kit.waiting import drain_beside
from playwright.sync_api import Page, expect

from browser.looking import look
from processes.actions import act
from processes.actions.tasks import CompleteTask
from processes.storage.services import Services
from processes.storage.tables import CaseGroupRow


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    known(services, NOOR)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


def test_w21_a_worker_joins_three_objections_does_a_step_once_and_takes_one_out(services: Services, noor: Page) -> None:
    numbers = [register_bezwaar(services, party) for party in (TESS, BRAM, ILSE)]
    for number in numbers:
        act(services, NOOR, CompleteTask(open_task(services, "Intake", number), {**INTAKE, "route": "ambtelijk"}))
    noor.goto("/werk/zaken")
    look(noor)
    for number in numbers[:2]:
        noor.get_by_label(f"Kies zaak {number}").check()
    noor.get_by_role("button", name="Behandel de gekozen zaken samen").click()
    look(noor)
    noor.get_by_label(numbers[2]).check()
    noor.get_by_label("Naam van de groep").fill("Besluit PV-1")
    noor.get_by_label("Waarom behandelt u deze zaken samen?").fill("Eén besluit.")
    noor.get_by_role("button", name="Behandel deze zaken samen").click()
    expect(noor.get_by_text("De zaken zijn gevoegd.")).to_be_visible()
    look(noor)
    noor.get_by_role("link", name="Doe deze stap één keer voor 3 zaken").click()
    look(noor, 3500)
    noor.get_by_label("Het bezwaar gaat door").check()
    noor.get_by_role("button", name="Taak afronden").click()
    expect(noor.get_by_text(re.compile("[123] van 3 gedaan"))).to_be_visible()  # others work on it already
    drain_beside(services)
    noor.reload()
    expect(noor.get_by_text("3 van 3 gedaan")).to_be_visible()
    noor.get_by_label(f"Kies zaak {numbers[0]}").check()
    noor.get_by_label("Waarom gaan de gekozen zaken uit de groep?").fill("Andere gronden.")
    noor.get_by_role("button", name="Haal de gekozen zaken uit de groep").click()
    expect(noor.get_by_text("De zaken zijn uit de groep.")).to_be_visible()
    look(noor)
    noor.goto("/werk/groepen")
    look(noor)
    assert len(rows(services, CaseGroupRow)) == 1
