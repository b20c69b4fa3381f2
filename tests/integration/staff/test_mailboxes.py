"""A department's mailbox is changed by two administrators, and its old address is told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.business_time import FixedClock
from kit.cases import add_departments, rows
from kit.installation import installation
from kit.people import FENNA

from processes.actions import act
from processes.actions.departments import DAYS, ConfirmMailbox, SaveDepartment, WithdrawMailbox
from processes.base.actor import SYSTEM, Actor
from processes.base.errors import NotAllowed, NotFound, NotNow
from processes.storage.services import Services
from processes.storage.tables import DepartmentRow, MailboxChange, MailRow

GIJS = Actor("staff", "gijs", "Gijs Beheer", frozenset({"admin"}))
OTHER = "ander@elders.example"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def services(tmp_path: Path, clock: FixedClock) -> Iterator[Services]:
    with installation(tmp_path, clock=clock, faces=("admin",)) as opened:
        add_departments(opened, "parkeren")
        yield opened


def department(services: Services) -> DepartmentRow:
    return rows(services, DepartmentRow)[0]


def propose(services: Services, email: str = OTHER, manager: str | None = None) -> None:
    row = department(services)
    act(services, FENNA, SaveDepartment(row.code, "Parkeren", email, manager or row.manager_email))


def confirmed(services: Services) -> ConfirmMailbox:
    """To what an administrator agrees who sees the page now."""
    change = next(iter(rows(services, MailboxChange)), None)
    return (
        ConfirmMailbox("parkeren", change.email, change.manager_email) if change else ConfirmMailbox("parkeren", "", "")
    )


def told(services: Services) -> list[tuple[str, str]]:
    return [(row.template, row.recipient) for row in rows(services, MailRow)]


def test_t7_one_administrator_alone_changes_no_mailbox(services: Services) -> None:
    before = department(services)
    propose(services)
    assert department(services).email == before.email
    with pytest.raises(NotAllowed, match="Een andere beheerder"):
        act(services, FENNA, confirmed(services))
    with pytest.raises(NotAllowed):
        act(services, SYSTEM, confirmed(services))
    assert department(services).email == before.email
    assert told(services) == [("mailbox-asked", before.email)]


def test_t7_a_second_administrator_confirms_and_the_old_address_is_told(services: Services) -> None:
    old = department(services).email
    propose(services)
    act(services, GIJS, confirmed(services))
    assert department(services).email == OTHER
    assert told(services) == [("mailbox-asked", old), ("mailbox-changed", old)]
    with pytest.raises(NotFound):
        act(services, GIJS, confirmed(services))


def test_t7_the_mailbox_of_the_manager_takes_two_people_as_well(services: Services) -> None:
    before = department(services)
    propose(services, before.email, OTHER)
    assert department(services).manager_email == before.manager_email
    act(services, GIJS, confirmed(services))
    assert department(services).manager_email == OTHER
    assert {recipient for _, recipient in told(services)} == {before.manager_email}


@pytest.mark.parametrize(("days", "counts"), [(DAYS, True), (DAYS + 1, False)])
def test_t7_a_proposal_waits_some_days(services: Services, clock: FixedClock, days: int, counts: bool) -> None:
    propose(services)
    clock.ahead += timedelta(days=days)
    if counts:
        act(services, GIJS, confirmed(services))
    else:
        with pytest.raises(NotNow, match="opnieuw"):
            act(services, GIJS, confirmed(services))
    assert (department(services).email == OTHER) is counts


def test_t7_a_proposal_can_be_withdrawn_and_made_anew(services: Services) -> None:
    propose(services)
    act(services, FENNA, WithdrawMailbox("parkeren"))
    with pytest.raises(NotFound):
        act(services, GIJS, confirmed(services))
    propose(services, "nieuwer@elders.example")
    propose(services, "nieuwst@elders.example")
    act(services, GIJS, confirmed(services))
    assert department(services).email == "nieuwst@elders.example"


def test_t7_a_name_alone_changes_at_once(services: Services) -> None:
    before = department(services)
    act(services, FENNA, SaveDepartment("parkeren", "Parkeren en verkeer", before.email, before.manager_email))
    assert (department(services).name, told(services)) == ("Parkeren en verkeer", [])


def test_t7_the_pages_show_what_waits_and_offer_each_what_they_may(services: Services) -> None:
    fenna, gijs = Browser(services, FENNA), Browser(services, GIJS)
    fenna.get("/beheer/afdelingen/parkeren")
    page = fenna.post("/beheer/afdelingen/parkeren", {"name": "Parkeren", "email": OTHER, "manager_email": OTHER})
    assert "wacht op een tweede beheerder" in page
    assert "/bevestigen" not in page
    assert "Fenna Beheer" in gijs.get("/beheer/afdelingen/parkeren")
    assert OTHER in gijs.post("/beheer/afdelingen/parkeren/bevestigen")
    assert department(services).email == OTHER
