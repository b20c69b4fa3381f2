"""Every action that stores an e-mail address reads it the same way: as it is meant, or refused at its own field."""

from dataclasses import replace

import pytest
from execution_kit import registration, tess
from kit.people import FENNA, NOOR
from sqlalchemy import select

from processes.actions import act
from processes.actions.departments import SaveDepartment
from processes.actions.parties import AddParty
from processes.actions.profile import SaveProfile
from processes.actions.registering import NewParty
from processes.base.errors import Invalid
from processes.storage.tables import DepartmentRow, Party, PersonProfile

GOOD = "wonen@stad.example"


def profile(services, address):
    act(services, NOOR, registration(services))
    act(services, tess(services), SaveProfile(address, "", news_by_mail=False))
    return [row.email for table in (Party, PersonProfile) for row in all_of(services, table)]


def intake(services, address):
    party = registration(services).parties[0]
    act(services, NOOR, registration(services, parties=(replace(party, email=address),)))
    return [row.email for row in all_of(services, Party)]


def joining(services, address):
    number = act(services, NOOR, registration(services))
    party = NewParty("third_party", "Yasmina", email=address, address="Straat 1\n1234 AB Stad")
    act(services, NOOR, AddParty(number, party))
    return [all_of(services, Party)[-1].email]


def department(services, address):
    act(services, FENNA, SaveDepartment("wonen", "Wonen", address, GOOD, new=True))
    return [row.email for row in all_of(services, DepartmentRow) if row.code == "wonen"]


def manager(services, address):
    act(services, FENNA, SaveDepartment("wonen", "Wonen", GOOD, address, new=True))
    return [row.manager_email for row in all_of(services, DepartmentRow) if row.code == "wonen"]


def all_of(services, table):
    with services.sessions() as session:
        return session.scalars(select(table)).all()


DOORS = {
    profile: "email", intake: "party-0-email", joining: "party-0-email", department: "email", manager: "manager_email",
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "typed", ["\ufeff<bram@cafe\u0301-voorbeeld.nl>;\u200b", "mailto:bram@xn--caf-voorbeeld-dhb.nl"]
)
def test_the_address_that_is_meant_is_stored(ready, door, typed):
    stored = door(ready, typed)
    assert set(stored) == {"bram@café-voorbeeld.nl"}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("typed", "sentence"), [
    ("jan@[voorbeeld.nl", "Dit is geen e-mailadres."), ("jos\u00e9@voorbeeld.nl", "Voor de @ staat 'é'."),
    ("x" * 320 + "@voorbeeld.nl", "te lang"),
])  # fmt: skip
def test_what_is_no_address_is_refused_at_its_field(ready, door, typed, sentence):
    with pytest.raises(Invalid) as refused:
        door(ready, typed)
    assert set(refused.value.fields) == {DOORS[door]}
    assert sentence in refused.value.fields[DOORS[door]]


@pytest.mark.parametrize("door", [profile, intake, joining])
def test_nothing_that_can_be_seen_is_no_address(ready, door):
    assert set(door(ready, " \u200b\ufeff")) == {None}
