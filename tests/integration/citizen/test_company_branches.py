"""C14: a branch of a company sees what was filed for it, colleagues share, and an office has the cases of its clients in one list."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from citizen_kit import filled
from kit.browser import Browser
from kit.cases import bezwaar_in_use, register_bezwaar, rows
from kit.installation import installation
from kit.people import ILSE, NOOR, TESS, TOGA

from engine import TaskClosed
from processes.actions import act
from processes.actions.confirming import TRIES, CodeAnswer, ConfirmAddress, MailCode
from processes.actions.registering import NewParty
from processes.actions.representing import Represent
from processes.base.errors import NotFound
from processes.effects.tasks import closed
from processes.execution.unit_of_work import UnitOfWork
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, Instance, MailRow, NoticeRow, OwnAddress, Party, TaskRow

FORM, SEND = "/mijn/nieuw/bezwaar", "/mijn/nieuw/bezwaar/versturen"
COMPANY = NewParty("objector", "Verzonnen Bouw B.V.", "company", identity="kvk:68750110", channel="portal")
OTHER_COMPANY = NewParty("objector", "Bakkerij Nergens", "company", identity="kvk:69599084", channel="portal")
NORTH, SOUTH = "000012345678", "000087654321"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, bezwaar_in_use, faces=("citizen", "workbench")) as opened:
        yield opened


def of_branch(services: Services, number: str, company: NewParty = COMPANY) -> Browser:
    return Browser(services, company, {"for": str(company.identity), "for_name": company.name, "branch": number})


def filed(browser: Browser) -> str:
    """The number of a case that this person files."""
    browser.get(f"{FORM}?deel=alles")
    browser.post(FORM, filled(browser))
    browser.post(SEND, browser.held(SEND))
    return browser.url.rpartition("/")[2]


def test_c14_a_branch_sees_its_own_cases_and_the_company_sees_all(services: Services) -> None:
    whole = register_bezwaar(services, COMPANY)
    north = of_branch(services, NORTH)
    number = filed(north)
    drain(services)
    assert "U handelt namens <strong>Verzonnen Bouw B.V., vestiging 000012345678</strong>" in north.html
    (party,) = [one for one in rows(services, Party) if one.branch]
    assert (party.role, party.identity_index, party.branch) == (
        "objector",
        services.secrets.index("kvk:68750110"),
        NORTH,
    )
    assert {one.party_id for one in rows(services, NoticeRow) if one.case_id == party.case_id} == {party.id}
    south, company = of_branch(services, SOUTH), Browser(services, COMPANY)
    seen = {who: [one in browser.get("/mijn") for one in (whole, number)] for who, browser in
            {"north": north, "south": south, "company": company, "another": Browser(services, OTHER_COMPANY)}.items()}  # fmt: skip
    assert seen == {
        "north": [False, True], "south": [False, False], "company": [True, True], "another": [False, False],
    }  # fmt: skip
    for browser, there in (
        (north, 200),
        (company, 200),
        (south, 404),
        (of_branch(services, NORTH, OTHER_COMPANY), 404),
    ):
        assert browser.status(f"/mijn/zaken/{number}") == there
    assert north.status(f"/mijn/zaken/{whole}") == 404
    assert "000012345678" in Browser(services, NOOR).get(f"/werk/zaken/{number}/partijen")


def test_c14_a_branch_confirms_the_address_that_it_typed(services: Services) -> None:
    north = of_branch(services, NORTH)
    filed(north)
    page = north.get("/mijn/gegevens")
    assert "tess@voorbeeld.example" in page
    assert 'action="/mijn/gegevens"' not in north.html
    assert "tess@voorbeeld.example" not in of_branch(services, SOUTH).get("/mijn/gegevens")
    assert act(services, north.actor, ConfirmAddress("000000")) == CodeAnswer.WRONG  # it is known whose code is meant


def test_c14_a_branch_does_nothing_with_addresses_of_the_rest_of_the_company(services: Services) -> None:
    filed(Browser(services, COMPANY))
    (address,) = rows(services, OwnAddress)
    north, mails = of_branch(services, NORTH).actor, rows(services, MailRow)
    for _ in range(TRIES):
        assert act(services, north, ConfirmAddress("000000")) == CodeAnswer.OVER
    with pytest.raises(NotFound):
        act(services, north, MailCode(address.email))
    assert [one.tries for one in rows(services, OwnAddress)] == [0]
    assert len(rows(services, MailRow)) == len(mails)
    assert act(services, Browser(services, COMPANY).actor, ConfirmAddress("000000")) == CodeAnswer.WRONG


def test_c14_colleagues_of_a_company_share_its_cases_and_the_trail_tells_them_apart(services: Services) -> None:
    first, second = (Browser(services, COMPANY, {"acting": name}) for name in ("A1@F9", "B2@F9"))
    actor = replace(first.actor, acted_by="A1@F9")
    number = filed(first)
    assert number in second.get("/mijn")
    (case,) = rows(services, Case)
    (line,) = [row for row in rows(services, AuditRow, chain=case.id) if row.action == "register"]
    assert actor.acted_by not in str(line.detail)
    assert line.detail["acted_by"] == services.secrets.digest("A1@F9") != services.secrets.digest("B2@F9")


def test_c14_the_trail_tells_for_which_branch_an_office_between_acts(services: Services) -> None:
    whom = {"for": str(COMPANY.identity), "for_name": COMPANY.name, "branch": NORTH}
    toga = Browser(services, TOGA, whom)
    toga.get(f"{FORM}?deel=alles")
    toga.post(FORM, filled(toga, other_address="Dorpsweg 1\n1234 AA Voorbeeldstad"))
    toga.post(SEND, toga.held(SEND))
    (line,) = rows(services, AuditRow, action="register")
    told = {"acts_for": services.secrets.index("kvk:68750110"), "acts_for_branch": NORTH}
    assert {name: line.detail.get(name) for name in told} == {
        name: services.secrets.digest(value) for name, value in told.items()
    }


def test_c14_the_timeline_names_the_company_of_a_branch_and_no_index_of_who_acted_by_a_mandate(
    services: Services,
) -> None:
    north = of_branch(services, NORTH)
    number = filed(north)
    (case,) = rows(services, Case, number=number)
    task, noor, outsider = rows(services, TaskRow, case_id=case.id)[0], Browser(services, NOOR), "f0" * 32
    with services.sessions.begin() as session:
        row = session.get_one(TaskRow, task.id)
        row.side, row.party_role = "citizen", "objector"
        run: Any = SimpleNamespace(work=UnitOfWork(services, session, north.actor, services.clock.now()), answered=None)
        closed(run, session.get_one(Instance, row.instance_id), TaskClosed(row.id, row.element, cancelled=False))
        assert row.done_by == services.secrets.index("kvk:68750110")
    assert f"Taak gedaan: {task.name}" in (page := noor.get(f"/werk/zaken/{number}/tijdlijn"))
    assert "door Verzonnen Bouw B.V." in page
    with services.sessions.begin() as session:
        session.get_one(TaskRow, task.id).done_by = outsider
    page = noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert (outsider in page, "door iemand met een machtiging" in page) == (False, True)


def test_c14_an_office_has_the_cases_of_its_clients_in_one_list_by_client(services: Services) -> None:
    for_tess, for_ilse = (register_bezwaar(services, who, TOGA, subject=who.name) for who in (TESS, ILSE))
    toga = Browser(services, TOGA)
    page = toga.get("/mijn")
    assert {f"Voor {who.name}" in page for who in (TESS, ILSE)} == {True}
    page = toga.get("/mijn?voor=Ilse+Namaak")
    assert (for_ilse in page, for_tess in page) == (True, False)
    assert "1 van uw 2 zaken voor: Ilse Namaak." in page
    # a former client: the office speaks for nobody there any more
    (case,) = rows(services, Case, number=for_ilse)
    (ilse,) = rows(services, Party, case_id=case.id, role="objector")
    act(services, NOOR, Represent(for_ilse, ilse.id, None, "De machtiging is ingetrokken."))
    assert for_ilse not in toga.get("/mijn")
    assert toga.status(f"/mijn/zaken/{for_ilse}") == 404
    assert toga.status(f"/mijn/zaken/{for_tess}") == 200
