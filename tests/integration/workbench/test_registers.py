"""A number that is typed is compared with the register; what the register says of address and death counts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.installation import installation
from kit.people import NOOR

from processes.actions import act
from processes.actions.parties import AddParty
from processes.actions.registering import NewParty
from processes.base.errors import Invalid
from processes.base.registers import Registers, RegisterSilent
from processes.base.registers.invented import InventedRegisters
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, NoteRow, Party

OF_YASMINA, OF_WIM, OF_OMA, OF_BOUW = "bsn:999993847", "bsn:999992314", "bsn:999990421", "kvk:68750110"
SOMEBODY = NewParty("objector", "Jan Janssen", address="Dorpsweg 1", identity=OF_YASMINA)
TYPED = {
    "party-0-role": "third_party", "party-0-kind": "person", "party-0-name": "Jan Janssen", "party-0-number": "999993847",
    "party-0-channel": "portal",
}  # fmt: skip


class Silent(InventedRegisters):
    def person(self, _bsn: str):
        raise RegisterSilent


@pytest.fixture
def services(tmp_path: Path, filling: Callable[[Services], None]) -> Iterator[Services]:
    with installation(tmp_path, filling) as opened:
        yield replace(opened, registers=Registers(InventedRegisters()))


def test_w19_somebody_elses_number_is_refused_until_staff_confirm_it(services) -> None:
    with pytest.raises(Invalid) as refused:
        register_bezwaar(services, SOMEBODY)
    assert "Yasmina el Voorbeeld" in refused.value.fields["party-0-sure"]
    assert not rows(services, Case)
    register_bezwaar(services, replace(SOMEBODY, sure=True))
    (party,) = rows(services, Party)
    assert [row.detail for row in rows(services, AuditRow) if row.action == "confirm_number"] == [{"party": party.id}]


@pytest.mark.parametrize("name", ["Yasmina el Voorbeeld", "Y. el Voorbeeld", "mevr. Voorbeeld", "YASMINA VOORBEELD"])
def test_w19_a_name_as_people_write_it_is_the_same_name(services, name: str) -> None:
    register_bezwaar(services, replace(SOMEBODY, name=name))
    assert len(rows(services, Case)) == 1


def test_w19_the_page_of_one_more_party_asks_and_takes_the_confirmation(services) -> None:
    number = register_bezwaar(services, replace(SOMEBODY, identity=None))
    noor, place = Browser(services, NOOR), f"/werk/zaken/{number}/partijen/nieuw"
    assert "Haal gegevens op" in noor.get(place)
    page = noor.post(place, TYPED, status=422)
    assert 'name="party-0-sure"' in page
    assert "Volgens het register is dit BSN van Yasmina el Voorbeeld" in page
    assert "De betrokkene hoort nu bij de zaak." in noor.post(place, {**TYPED, "party-0-sure": "ja"})


def test_w19_a_company_is_known_by_its_names(services) -> None:
    company = NewParty("objector", "Verzonnen Bouw BV", "company", OF_BOUW, address="Weg 1")
    register_bezwaar(services, company)
    with pytest.raises(Invalid, match="KvK-nummer van Verzonnen Bouw"):
        register_bezwaar(services, replace(company, name="Andere Bouw BV"))


def test_w19_a_secret_address_and_a_death_count_although_nobody_typed_them(services) -> None:
    wim = NewParty("objector", "Wim Schijnmaker", identity=OF_WIM, address="Geheimlaan 9")
    number = register_bezwaar(services, wim)
    act(services, NOOR, AddParty(number, NewParty("third_party", "Oma Fictief-Verzonnen", identity=OF_OMA)))
    first, second = rows(services, Party)
    assert (first.secret_address, first.deceased) == (True, False)
    assert (second.secret_address, second.deceased) == (False, True)
    assert any("Volgens het register is deze betrokkene overleden" in note.text for note in rows(services, NoteRow))


def test_w19_what_a_register_knows_is_filled_in_and_no_secret_address(services) -> None:
    noor, place = Browser(services, NOOR), "/werk/nieuw/bezwaar"
    noor.get(place)
    page = noor.post(place, {"party-0-kind": "person", "party-0-number": "999993653", "lookup": "0"})
    assert 'value="Tess Testeling"' in page
    assert "Dorpsweg 1\n1234 AA Voorbeeldstad" in page
    page = noor.post(place, {"party-0-kind": "person", "party-0-number": "999992314", "lookup": "0"})
    assert 'value="Wim Schijnmaker"' in page
    assert "Geheimlaan" not in page
    page = noor.post(place, {"party-0-address": "1234ab 14", "lookup": "0"})
    assert "Verzinselkade 14\n1234 AB  VOORBEELDSTAD" in page
    assert not rows(services, Case)


def test_w19_without_an_answer_of_the_register_our_own_cases_are_looked_at(services) -> None:
    silent = replace(services, registers=Registers(Silent()))
    register_bezwaar(silent, replace(SOMEBODY, name="Yasmina el Voorbeeld"))
    with pytest.raises(Invalid, match="In een andere zaak staat bij dit BSN een andere naam"):
        register_bezwaar(replace(silent, registers=None), SOMEBODY)
