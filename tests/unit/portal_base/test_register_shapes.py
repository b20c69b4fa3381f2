"""The answers of BRP, KvK and BAG in the shape of their interfaces, read; and names as people write them."""

import pytest

from processes.base.registers import same_name
from processes.base.registers.invented import COMPANIES, PERSONS, InventedRegisters
from processes.base.registers.shapes import read_address, read_company, read_person
from processes.base.typed_values import read_bsn, read_kvk
from processes.demo.people import CITIZENS

ABROAD = {
    "personen": [{
        "naam": {"voornamen": "Olena", "voorvoegsel": "", "geslachtsnaam": "Fantazja", "volledigeNaam": "Olena Fantazja"},
        "verblijfplaats": {"type": "VerblijfplaatsBuitenland", "verblijfadres": {"regel1": "ul. Zmyslona 4", "regel2": "00-001 Warszawa", "land": {"omschrijving": "Polen"}}},
    }]
}  # fmt: skip


def test_w19_a_resident_a_non_resident_and_nobody() -> None:
    tess = read_person(InventedRegisters().person("999993653"))
    assert tess is not None
    assert (tess.name, tess.address) == ("Tess Testeling", "Dorpsweg 1\n1234 AA Voorbeeldstad")
    abroad = read_person(ABROAD)
    assert abroad is not None
    assert abroad.address == "ul. Zmyslona 4\n00-001 Warszawa\nPolen"
    assert read_person({"personen": []}) is None


def test_w19_no_answer_gives_an_address_that_is_secret_or_hidden() -> None:
    secret = read_person(InventedRegisters().person("999992314"))
    assert secret is not None
    assert (secret.secret_address, secret.address) == (True, None)
    place = {"type": "bezoekadres", "indAfgeschermd": "Ja", "straatnaam": "Weg", "huisnummer": 1}
    hidden = read_company({"naam": "Bedrijf", "_embedded": {"hoofdvestiging": {"adressen": [place]}}})
    assert hidden is not None
    assert hidden.address is None


def test_w19_one_address_at_a_postcode_and_a_number_or_none() -> None:
    found = read_address(InventedRegisters().addresses("1234AB", "12"))
    assert found is not None
    assert found.lines.startswith("Verzinselkade 12\n")
    assert read_address(InventedRegisters().addresses("9999ZZ", "1")) is None


def test_w19_the_register_of_the_demo_knows_everybody_who_signs_in_there() -> None:
    assert {one.bsn: one.name for one in CITIZENS if one.bsn} == {
        number: one["naam"]["volledigeNaam"] for number, one in PERSONS.items()
    }
    assert {one.kvk for one in CITIZENS if one.kvk} == set(COMPANIES)
    assert [read_bsn(number) for number in PERSONS] == list(PERSONS)
    assert [read_kvk(number) for number in COMPANIES] == list(COMPANIES)
    for one in CITIZENS:
        if one.kvk:
            company = read_company(InventedRegisters().company(one.kvk))
            assert company is not None
            assert same_name(one.name, company.names)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Bram van Proefhuizen", True), ("B. van Proefhuizen", True), ("dhr. B.J. Proefhuizen", True), ("Proefhuizen", True),
        ("BRAM VAN PROEFHUÍZEN", True), ("Bram Jansen", False), ("Tess van Proefhuizen", False), ("", False),
    ],
)  # fmt: skip
def test_w19_a_name_as_people_write_it(typed: str, *, same: bool) -> None:
    assert same_name(typed, ["Bram van Proefhuizen"], "Proefhuizen") is same
