"""J2, J5, J7 and J10: a party of the same case, a department with a link, the committee and who withdrew try what is another's."""

from typing import Any

import pytest
from hidden_party import SECRETS
from kit.browser import ORIGIN, Browser
from kit.cases import days_later, due_of, rows, today
from kit.documents import stored
from kit.people import ADA, BRAM, FENNA, ILSE, NOOR, TESS, YASMINA, citizen
from kit.tries import tried

from processes.actions import act
from processes.actions.defaulting import PutInDefault
from processes.actions.documents import AddDocuments, GiveToDepartment, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.representing import RemoveParty
from processes.actions.withdrawing import Withdraw
from processes.base.actor import SYSTEM
from processes.base.errors import Invalid, NotAllowed, NotFound
from processes.reads.citizen import document_to_send, read_case
from processes.storage.services import Services
from processes.storage.tables import DefaultNotice, DocumentRow, Dossier, FiledRow, NoticeRow, Party


def whole_and_other(services: Services) -> tuple[FiledRow, DocumentRow, DocumentRow]:
    """What Tess filed: its words, the whole document, and the version for others."""
    (filed,) = [row for row in rows(services, FiledRow) if row.title == "Bezwaarschrift"]
    (whole,) = rows(services, DocumentRow, id=filed.document_id)
    (other,) = rows(services, DocumentRow, redacts=whole.id)
    return filed, whole, other


def party(services: Services, name: str) -> Any:
    return next(row for row in rows(services, Party) if row.name.startswith(name))


@pytest.mark.parametrize(
    "who", [ILSE, YASMINA, BRAM, None], ids=["other objector", "third party", "stranger", "nobody"]
)
def test_j2_nobody_else_reads_what_was_filed_by_any_address(services: Services, number: str, who: Any) -> None:
    filed, whole, other = whole_and_other(services)
    browser = Browser(services, who)
    case = f"/mijn/zaken/{number}"
    letters = [f"{case}/brieven/{row.id}" for row in rows(services, NoticeRow, party_id=party(services, "Tess").id)]
    own = [f"/mijn/documenten/{row.id}" for row in rows(services, DocumentRow, party_id=party(services, "Tess").id)]
    words = [f"{case}/ingestuurd/{filed.id}", f"{case}/ingestuurd/{filed.id}/tekst"]
    assert [Browser(services, TESS).status(address) for address in words] == [200, 200]
    assert document_to_send(services, citizen(services, TESS), whole.id).name == whole.file_name
    for document in (whole, other):
        with pytest.raises(NotFound):
            document_to_send(services, browser.actor or SYSTEM, document.id)
    for address in [*words, *letters, *own]:
        answer = browser.client.get(address)
        shown = answer.status_code == 200 and who is not None
        assert not shown, address
        assert not any(one in answer.text for one in (*SECRETS, filed.sha256, whole.sha256)), address


@pytest.mark.parametrize("who", [ADA, FENNA], ids=["committee", "administrator"])
def test_j2_who_does_not_handle_the_case_reads_no_whole_filing(services: Services, number: str, who: Any) -> None:
    filed, whole, _ = whole_and_other(services)
    browser = Browser(services, who)
    for address in (f"/werk/zaken/{number}/ingestuurd/{filed.id}", f"/werk/zaken/{number}/ingestuurd/{filed.id}/tekst",
                    f"/werk/documenten/{whole.id}", f"/werk?q={SECRETS[0]}"):  # fmt: skip
        answer = browser.client.get(address)
        assert not any(one in answer.text for one in (*SECRETS[1:], filed.sha256)), address
        assert answer.status_code in {403, 404} or "/werk?q=" in address, address
        assert f"/werk/zaken/{number}" not in answer.text or "/werk?q=" not in address, address


def test_j2_a_department_gets_the_version_for_others_by_its_link(services: Services, number: str) -> None:
    filed, whole, other = whole_and_other(services)
    act(services, NOOR, GiveToDepartment(whole.id, "parkeren"))
    (dossier,) = rows(services, Dossier)
    link, browser = f"/verzoek/{services.secrets.link_token(dossier.salt)}", Browser(services)
    for address in (f"/stuk/{whole.id}", f"/ingestuurd/{filed.id}", f"/ingestuurd/{filed.id}/tekst"):
        assert browser.status(f"{link}{address}") == 404, address
    page = browser.get(link)
    assert (f"/stuk/{other.id}" in page, f"/stuk/{whole.id}" in page, filed.sha256 in page) == (True, False, False)


def test_j5_nobody_withdraws_for_another(services: Services, number: str) -> None:
    tess, ilse = party(services, "Tess"), party(services, "Ilse")
    for chosen in ((tess.id,), (tess.id, ilse.id), (10**18,)):
        with pytest.raises(Invalid):
            act(services, citizen(services, ILSE), Withdraw(number, parties=chosen))
        tried("parties")
    with pytest.raises(NotAllowed):
        act(services, citizen(services, YASMINA), Withdraw(number, parties=(tess.id,)))
    browser = Browser(services, ILSE)
    browser.get(f"/mijn/zaken/{number}/intrekken")
    browser.post(f"/mijn/zaken/{number}/intrekken", {"sure": "ja", "parties": str(tess.id)}, status=422)
    assert [row.withdrawn_on for row in rows(services, Party)] == [None] * 3


def test_j7_who_withdrew_cannot_put_the_municipality_in_default(services: Services, number: str) -> None:
    act(services, citizen(services, ILSE), Withdraw(number))
    days_later(services, (due_of(services, number, "decide") - today(services)).days + 1)
    place, browser = f"/mijn/zaken/{number}/ingebrekestelling", Browser(services, ILSE)
    assert browser.status(place) == 409
    data = {"csrf": browser.csrf, "sure": "ja", "form_key": "k", "text": ""}
    assert browser.client.post(place, data=data, headers=ORIGIN).status_code == 403
    with pytest.raises(NotAllowed):
        act(services, citizen(services, ILSE), PutInDefault(number))
    assert rows(services, DefaultNotice) == []
    act(services, citizen(services, TESS), PutInDefault(number))  # the other one still can


def test_j10_who_withdrew_reads_nothing_that_came_after(services: Services, number: str) -> None:
    def seen(who: Any) -> set[str]:
        return {line.title for line in read_case(services, citizen(services, who), number).documents}

    before = NewDocument(stored(services, "kaart.pdf"), "underlying", "Kaart")
    act(services, NOOR, AddDocuments(number, (before,)))
    show(services, "Kaart")
    act(services, citizen(services, ILSE), Withdraw(number))
    days_later(services, 1)
    act(services, NOOR, AddDocuments(number, (NewDocument(stored(services, "later.pdf"), "underlying", "Rapport"),)))
    show(services, "Rapport")
    assert {"Kaart", "Rapport"} <= seen(YASMINA) & seen(TESS)
    assert ("Kaart" in seen(ILSE), "Rapport" in seen(ILSE)) == (True, False)
    (later,) = rows(services, DocumentRow, title="Rapport")
    assert Browser(services, ILSE).status(f"/mijn/documenten/{later.id}") == 404


def show(services: Services, title: str) -> None:
    (row,) = rows(services, DocumentRow, title=title)
    act(services, NOOR, ShowOnPortal(row.id, shown=True))


def test_j8_who_was_taken_off_the_case_finds_every_door_shut(services: Services, number: str) -> None:
    browser = Browser(services, YASMINA)
    assert browser.status(f"/mijn/zaken/{number}") == 200
    yasmina = party(services, "Yasmina")
    letters = rows(services, NoticeRow, party_id=yasmina.id)
    act(services, NOOR, RemoveParty(number, yasmina.id, "Geen belanghebbende."))
    for place in (
        "",
        "/document",
        "/intrekken",
        "/ingebrekestelling",
        "/meenemen",
        "/meenemen/gegevens.json",
        "/agenda.ics",
        *(f"/brieven/{row.id}" for row in letters),
    ):
        assert browser.status(f"/mijn/zaken/{number}{place}") == 404, place
    data = {"csrf": browser.csrf, "text": "Nog iets", "form_key": "k"}
    for place in ("/berichten", *(f"/brieven/{row.id}/vertaling" for row in letters)):
        assert browser.client.post(f"/mijn/zaken/{number}{place}", data=data, headers=ORIGIN).status_code == 404
