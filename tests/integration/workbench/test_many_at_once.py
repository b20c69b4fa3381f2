"""W6: several cases of the list go to a colleague or back to the team at once, with a reason; each by itself."""

import pytest
from kit.barring import barred_in
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.people import NOOR

from processes.actions import act
from processes.actions.course import AssignHandler, ReturnToTeam
from processes.actions.withdrawing import Withdraw
from processes.base.errors import Invalid
from processes.storage.services import Services
from processes.storage.tables import Case, NewsRow, NoteRow

ADDRESS = "/werk/zaken/samen"
REASON = "Noor is <tot> maandag afwezig."


@pytest.fixture
def chosen(services: Services) -> dict[str, str]:
    """The number of a case by what is special of it."""
    made = {
        name: register_bezwaar(services, subject=name) for name in ("mine", "nobodys", "of sem", "about sem", "closed")
    }
    act(services, NOOR, AssignHandler(made["mine"], "noor"))
    act(services, NOOR, AssignHandler(made["of sem"], "sem"))
    act(services, NOOR, Withdraw(made["closed"]))
    with services.sessions.begin() as session:
        barred_in(session, "sem", made["about sem"])
    return made


def handlers(services: Services) -> dict[str, str | None]:
    return {case.number: case.handler for case in rows(services, Case)}


def test_w6_many_at_once_says_what_will_happen_and_what_cannot_before_it_does_each(
    services: Services, noor: Browser, chosen: dict[str, str]
) -> None:
    numbers = [*chosen.values(), "BZW-2026-999999"]
    page = noor.get(f"{ADDRESS}?{'&'.join(f'nummer={one}' for one in numbers)}")
    assert all(number in page for number in numbers)
    asked = {"nummer": numbers, "many_what": "overdragen", "many_handler": "sem", "stap": "bekijken"}
    wrong = noor.post(ADDRESS, {"nummer": numbers, "stap": "doen"}, status=422)
    assert "Kies wat er met de zaken moet gebeuren." in wrong
    assert "Schrijf waarom." in wrong
    before = handlers(services)
    sure = noor.post(ADDRESS, {**asked, "many_reason": REASON})
    assert handlers(services) == before
    assert "Dit gebeurt er (3)" in sure  # who a case is about is told beforehand to nobody who does not work on it
    assert "Dit kan niet (3)" in sure
    for why in ("Deze zaak is afgerond.", "behandelt de zaak al.", "bestaat niet"):
        assert why in sure
    assert "kan deze zaak niet behandelen" not in sure
    done = noor.post(ADDRESS, {**asked, "many_reason": REASON, "stap": "doen"})
    assert "2 van de 6 zaken" in done
    assert "Deze collega kan deze zaak niet behandelen" in done
    after = {**before, chosen["mine"]: "sem", chosen["nobodys"]: "sem"}
    assert handlers(services) == after
    assert sum(REASON in note.text for note in rows(services, NoteRow)) == 2
    assert {one.staff for one in rows(services, NewsRow)} == {"sem"}


def test_w6_many_at_once_gives_back_to_the_team(services: Services, noor: Browser, chosen: dict[str, str]) -> None:
    asked = {
        "nummer": [chosen["of sem"], chosen["nobodys"]],
        "many_what": "team",
        "many_reason": REASON,
        "stap": "doen",
    }
    assert "1 van de 2 zaken" in noor.post(ADDRESS, asked)
    assert handlers(services)[chosen["of sem"]] is None
    assert [one.staff for one in rows(services, NewsRow)].count("sem") == 2  # got it, and lost it
    with pytest.raises(Invalid):
        act(services, NOOR, ReturnToTeam(chosen["mine"], " "))
