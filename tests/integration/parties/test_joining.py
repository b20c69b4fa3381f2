"""J8: somebody who joins a running case gets the letters that the others got, and the handler reads which."""

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, days_later, do, notes_of, register_bezwaar, rows
from kit.people import BRAM, ILSE, NOOR, TESS, TOGA, YASMINA
from parties_kit import the_party

from processes.actions import act
from processes.actions.parties import AddParty
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.storage.tables import NoticeRow, Party

SQLITE_ONLY = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


def announced(services) -> str:
    """A bezwaar in which all parties were told that a committee advises."""
    number = register_bezwaar(services, TESS)
    days_later(services, 1)
    do(services, "Intake", **INTAKE, route="commissie", third_parties=False)
    return number


def templates(services, party_id: int) -> list[str]:
    return [row.template for row in rows(services, NoticeRow, party_id=party_id)]


def test_j8_a_third_party_gets_the_letter_that_the_others_got(services):
    number = announced(services)
    assert templates(services, the_party(services).id) == ["ontvangstbevestiging", "commissie"]
    act(services, NOOR, AddParty(number, YASMINA))
    yasmina = the_party(services, "third_party")
    assert templates(services, yasmina.id) == ["commissie"]
    (letter,) = rows(services, NoticeRow, party_id=yasmina.id)
    others = rows(services, NoticeRow, template="commissie")[0]
    assert letter.body.startswith("Beste Yasmina el Voorbeeld,\n\nAnderen in deze zaak kregen deze brief op ")
    assert long_date(local_date(others.created_at)) in letter.body
    assert "Tess" not in letter.body
    assert others.subject in notes_of(services)[-1]


@SQLITE_ONLY
def test_j8_who_joins_as_an_objector_also_gets_the_receipt(services):
    number = announced(services)
    act(services, NOOR, AddParty(number, BRAM))
    assert templates(services, the_party(services).id) == ["ontvangstbevestiging", "commissie"]


@SQLITE_ONLY
def test_j8_the_worker_leaves_out_a_letter_that_does_not_matter_any_more(services):
    number = announced(services)
    act(services, NOOR, AddParty(number, BRAM, letters=("ReceiptSent",)))
    act(services, NOOR, AddParty(number, ILSE, letters=()))
    assert [templates(services, row.id) for row in rows(services, Party, role="objector")[1:]] == [
        ["ontvangstbevestiging"],
        [],
    ]


@SQLITE_ONLY
def test_j8_a_representative_gets_no_letters_twice(services):
    number = announced(services)
    act(services, NOOR, AddParty(number, TOGA))
    assert templates(services, the_party(services, "representative").id) == []


@SQLITE_ONLY
def test_j8_the_page_offers_the_letters(services, noor: Browser):
    number = announced(services)
    page = noor.get(f"/werk/zaken/{number}/partijen/nieuw")
    assert "Brieven die anderen al kregen" in page
    form = {
        "party-0-role": "third_party", "party-0-kind": "person", "party-0-name": "Yasmina el Voorbeeld",
        "party-0-number": "999993847", "party-0-channel": "portal", "letters_shown": "ja",
    }  # fmt: skip
    noor.post(f"/werk/zaken/{number}/partijen/nieuw", form)
    assert templates(services, the_party(services, "third_party").id) == []
