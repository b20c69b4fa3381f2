"""W9: a letter that came back holds up the post of that person in every case of theirs, and of nobody else."""

from dataclasses import replace

import pytest
from kit.browser import Browser
from kit.cases import add_departments, put_in_use, rows, today
from kit.letter_types import PLAIN, on_paper
from kit.people import BRAM, NOOR, TESS, known
from kit.small_types import case_of, end, register

from processes.actions import act
from processes.actions.parties import NewParty
from processes.actions.post import ConfirmPosted
from processes.actions.printing import MakeBatch
from processes.actions.returned_post import KeepAddress, RegisterReturned
from processes.base.errors import AlreadyDone, NotNow
from processes.execution.returned_addresses import plain_address
from processes.jobs.workers import drain
from processes.reads.workbench import read_print_queue
from processes.storage.services import Services
from processes.storage.tables import AuditRow, NoticeRow, Party

HOME = "Proefstraat 1\n1000 AA Voorbeeldstad"
ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


def reader(who: NewParty, address: str = HOME) -> NewParty:
    return replace(on_paper(1, address), name=who.name, identity=who.identity)


def letter_of(services: Services, number: str) -> NoticeRow:
    """The one letter of a case, which waits to be printed."""
    end(services, number, place="het stadhuis")
    drain(services)
    (letter,) = rows(services, NoticeRow, case_id=case_of(services, number).id)
    return letter


def ready(services: Services) -> set[int]:
    return {one.id for one in read_print_queue(services, NOOR).ready}


@pytest.fixture
def cases(services) -> dict[str, tuple[str, NoticeRow]]:
    """Five cases, each with a letter: two of Bram at one address that is written in two ways, and Bram elsewhere; two of others at his address."""
    known(services, NOOR)
    add_departments(services, "wonen")
    put_in_use(services, PLAIN.folder())
    parties = {
        "first": reader(BRAM),
        "again": reader(BRAM, "Proefstraat 1,\n1000AA VOORBEELDSTAD"),
        "elsewhere": reader(BRAM, "Nieuwstraat 2\n1234 AB Voorbeeldstad"),
        "house mate": reader(TESS),
        "no number": replace(reader(BRAM), identity=None),
    }
    numbers = {name: register(services, "proef", (party,), values={}) for name, party in parties.items()}
    return {name: (number, letter_of(services, number)) for name, number in numbers.items()}


@ON_SQLITE
def test_w9_a_letter_that_came_back_holds_up_the_letters_of_that_person_in_every_case(services, cases):
    letters = {name: letter.id for name, (_, letter) in cases.items()}
    assert ready(services) == set(letters.values())
    act(services, NOOR, ConfirmPosted(letters["first"]))
    act(services, NOOR, RegisterReturned(letters["first"], today(services)))
    assert ready(services) == {letters[name] for name in ("elsewhere", "house mate", "no number")}
    with pytest.raises(AlreadyDone):
        act(services, NOOR, MakeBatch((letters["again"],)))
    with pytest.raises(NotNow, match="kwam terug van dit adres"):
        act(services, NOOR, ConfirmPosted(letters["again"]))
    number, letter = cases["again"]
    noor, field = Browser(services, NOOR), f"reason-adres-{letter.party_id}"
    page = noor.get(f"/werk/zaken/{number}/partijen")
    assert "Een brief kwam terug van dit adres" in page
    assert "Een brief kwam terug" not in noor.get(f"/werk/zaken/{cases['house mate'][0]}/partijen")
    noor.get(f"/werk/zaken/{number}/partijen")
    noor.post(f"/werk/zaken/{number}/partijen/{letter.party_id}/adres-klopt", {field: "Gebeld: de bel deed het niet."})
    assert ready(services) == set(letters.values()) - {letters["first"]}
    assert not [row for row in rows(services, Party) if row.returned_address]
    told = {row.chain for row in rows(services, AuditRow, action="address_kept")}
    assert told == {case_of(services, cases[name][0]).id for name in ("first", "again")}
    with pytest.raises(AlreadyDone):
        act(services, NOOR, KeepAddress(cases["first"][0], cases["first"][1].party_id, "Nog eens."))


SAME = [
    (HOME, "proefstraat 1, 1000AA voorbeeldstad", True),
    (HOME, "Proefstraat 1\r\n1000 AA Voorbeeldstad\n", True),
    (HOME, "Proefstraat 11\n1000 AA Voorbeeldstad", False),
    (None, "", True),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_w9_an_address_is_the_same_however_it_is_written(one, other, same):
    assert (plain_address(one) == plain_address(other)) is same
