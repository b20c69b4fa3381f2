"""C14: staff type the branch of a company that a case is of, compared with the register; who signs in for that branch sees the case."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.installation import installation
from kit.people import NOOR

from processes.actions.registering import NewParty
from processes.base.errors import Invalid
from processes.base.registers import Registers, RegisterSilent
from processes.base.registers.invented import InventedRegisters
from processes.storage.services import Services
from processes.storage.tables import CorrectionRow, Party

BOUW = NewParty("objector", "Verzonnen Bouw B.V.", "company", identity="kvk:68750110", channel="portal")
NORTH, UNKNOWN = "000012345678", "000099999999"
TYPED = {
    "party-0-role": "objector", "party-0-kind": "company", "party-0-name": BOUW.name, "party-0-number": "68750110", "party-0-channel": "portal",
}  # fmt: skip


class Silent(InventedRegisters):
    def branches(self, _kvk: str):
        raise RegisterSilent


@pytest.fixture
def services(tmp_path: Path, filling: Callable[[Services], None]) -> Iterator[Services]:
    with installation(tmp_path, filling) as opened:
        yield replace(opened, registers=Registers(InventedRegisters()))


def of_branch(services: Services, number: str) -> Browser:
    return Browser(services, BOUW, {"for": str(BOUW.identity), "for_name": BOUW.name, "branch": number})


def test_c14_a_branch_that_staff_type_is_compared_with_the_register_and_sees_the_case(services: Services) -> None:
    number = register_bezwaar(services, BOUW)
    assert of_branch(services, NORTH).status(f"/mijn/zaken/{number}") == 404
    noor, place = Browser(services, NOOR), f"/werk/zaken/{number}/partijen/nieuw"
    noor.get(place)
    page = noor.post(place, {**TYPED, "party-0-branch": "12345678"}, status=422)
    assert "Een vestigingsnummer heeft twaalf cijfers." in page
    assert 'value="12345678"' in page
    page = noor.post(place, {**TYPED, "party-0-branch": UNKNOWN}, status=422)
    assert "heeft dit bedrijf geen vestiging met dit nummer" in page
    assert 'name="party-0-sure"' in noor.html
    page = noor.post(place, {**TYPED, "party-0-kind": "person", "party-0-number": "", "party-0-channel": "post",
                             "party-0-address": "Weg 1", "party-0-branch": NORTH}, status=422)  # fmt: skip
    assert "Alleen een organisatie heeft vestigingen." in page
    page = noor.post(place, {**TYPED, "party-0-branch": "0000 1234 5678"})
    assert "De betrokkene hoort nu bij de zaak." in page
    assert [row.branch for row in rows(services, Party)] == ["", NORTH]
    assert of_branch(services, NORTH).status(f"/mijn/zaken/{number}") == 200
    assert of_branch(services, "000087654321").status(f"/mijn/zaken/{number}") == 404


def test_c14_a_branch_is_corrected_with_a_reason_and_another_company_has_none_of_it(services: Services) -> None:
    number = register_bezwaar(services, BOUW)
    (party,) = rows(services, Party)
    noor, place = Browser(services, NOOR), f"/werk/zaken/{number}/partijen/{party.id}/gegevens"
    typed = {
        "party-0-kind": "company",
        "party-0-name": BOUW.name,
        "party-0-channel": "portal",
        "reason": "Het gaat om Noord.",
    }
    noor.get(place)
    page = noor.post(place, {**typed, "party-0-branch": UNKNOWN}, status=422)
    assert "heeft dit bedrijf geen vestiging met dit nummer" in page
    assert "De gegevens zijn verbeterd." in noor.post(place, {**typed, "party-0-branch": NORTH})
    assert of_branch(services, NORTH).status(f"/mijn/zaken/{number}") == 200
    assert rows(services, CorrectionRow)[-1].became["branch"] == NORTH
    page = noor.get(place)
    assert f"Vestiging: was niet bekend, is nu {NORTH}" in page
    assert f'value="{NORTH}"' in noor.html
    noor.get(place)
    same = {
        **typed,
        "party-0-number": str(BOUW.identity)[4:],
        "party-0-address": "Weg 2, 1234 AB Voorbeeldstad",
        "party-0-branch": NORTH,
    }
    assert "De gegevens zijn verbeterd." in noor.post(place, same)
    assert rows(services, Party)[0].branch == NORTH, "the same number once more changes nothing"
    other = {**typed, "party-0-name": "Bakkerij Nergens", "party-0-number": "69599084", "party-0-branch": NORTH}
    noor.get(place)
    assert "heeft dit bedrijf geen vestiging met dit nummer" in noor.post(place, other, status=422)
    assert "De gegevens zijn verbeterd." in noor.post(place, {**other, "party-0-branch": ""})
    assert rows(services, Party)[0].branch == ""


def test_c14_a_branch_that_the_register_lacks_counts_when_staff_are_sure_or_it_is_silent(services: Services) -> None:
    typed = replace(BOUW, branch=UNKNOWN)
    with pytest.raises(Invalid) as refused:
        register_bezwaar(services, typed)
    assert set(refused.value.fields) == {"party-0-branch", "party-0-sure"}
    with pytest.raises(Invalid) as refused:
        register_bezwaar(services, replace(typed, identity=None, channel="post", address="Weg 1"))
    assert set(refused.value.fields) == {"party-0-branch"}
    register_bezwaar(services, replace(typed, sure=True))
    register_bezwaar(replace(services, registers=Registers(Silent())), typed)
    assert [row.branch for row in rows(services, Party)] == [UNKNOWN, UNKNOWN]
