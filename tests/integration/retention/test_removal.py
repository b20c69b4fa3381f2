"""T11: a document in the wrong case or before the wrong eyes goes for good, by two people, with a list of who saw it."""

from collections.abc import Callable
from typing import Any

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, add_departments, count, put_in_use, register_bezwaar, rows
from kit.documents import stored
from kit.people import ADA, BRAM, NOOR, PIET, TESS, citizen, known
from kit.spreadsheets import read_sheet
from leftovers import database_dump, files_dump
from sqlalchemy import select

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.documents import AddDocuments, GiveToDepartment, RemoveDocument, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.profile import SaveProfile
from processes.actions.removing import ApproveRemoval, ProposeRemoval, WithdrawRemoval
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from processes.jobs.verification import verify
from processes.jobs.workers import drain
from processes.post.inventory import listed
from processes.reads.workbench.look_lines import look_lines
from processes.reads.workbench.removal import read_removal
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    DocumentRow,
    LookRow,
    MailRow,
    NoteRow,
    NoticeRow,
    OutboxRow,
    Party,
    RemovalRow,
)
from processes.storage.words import DocumentState

NAME = "zwaluwrapport-4711.pdf"
CONTENT = b"%PDF-1.7 inhoud Kwibus0815 van het verkeerde dossier"
WORDS = (b"zwaluwrapport-4711", b"Kwibus0815", b"Zwaluwtitel")
REASON = "Hoort bij een andere zaak."


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren", "wonen")
    for who in (NOOR, PIET):
        known(services, who)


@pytest.fixture
def services(installed: Callable[..., Services]) -> Services:
    return installed(furnish)


@pytest.fixture
def number(services: Services) -> str:
    made = register_bezwaar(services, TESS)
    act(services, NOOR, AssignHandler(made, NOOR.subject))
    return made


@pytest.fixture
def document(services: Services, number: str) -> str:
    """What the citizen handed in, on the portal, read by a department, told by mail."""
    me = citizen(services, TESS)
    act(services, me, SaveProfile("tess@post.example", "", news_by_mail=True))
    act(
        services, me, AddDocuments(number, (NewDocument(stored(services, NAME, CONTENT), "submission", "Zwaluwtitel"),))
    )
    (row,) = rows(services, DocumentRow, file_name=NAME)
    act(services, NOOR, ShowOnPortal(row.id, shown=True))
    act(services, NOOR, GiveToDepartment(row.id, "wonen"))
    with services.sessions.begin() as session:
        case = session.scalars(select(Case)).one()
        for sent in (None, case.registered_at):
            session.add(
                MailRow(case_id=case.id, template="brief", recipient="x@post.example", subject="Over Zwaluwtitel", created_at=case.registered_at,
                        body=f"Zie {NAME}.", message_id=f"<{sent}@stad.example>", sent_at=sent)
            )  # fmt: skip
    return row.id


def left(services: Services) -> list[bytes]:
    everything = database_dump(services) + files_dump(services)
    return [word for word in WORDS if word.lower() in everything.lower()]


def approval(services: Services, document: str) -> ApproveRemoval:
    """What a second person carries out who sees the page now."""
    found = [str(row.id) for row in rows(services, RemovalRow, document_id=document, withdrawn_at=None)]
    return ApproveRemoval(document, *(found[-1:] or [""]))


def erased(services: Services, document: str) -> None:
    act(services, NOOR, ProposeRemoval(document, REASON))
    act(services, PIET, approval(services, document))
    drain(services)


def test_t11_nothing_of_it_is_left_anywhere(services: Services, number: str, document: str) -> None:
    assert set(left(services)) == set(WORDS)  # so the search finds them
    erased(services, document)
    assert left(services) == []
    assert verify(services) == []
    (row,) = rows(services, DocumentRow, id=document)
    assert (row.state, row.blob, row.size, row.on_portal, row.to_departments) == ("erased", "", 0, False, [])
    trace = rows(services, NoteRow)[-1]
    assert (trace.author, REASON in trace.text, row.reference in trace.text) == (PIET.name, True, True)
    assert [mail.sent_at for mail in rows(services, MailRow) if mail.error] == [None]
    browser = Browser(services, NOOR)
    assert browser.status(f"/werk/documenten/{document}") == 404
    for address in (f"/werk/zaken/{number}/documenten", f"/werk/zaken/{number}/tijdlijn", f"/werk/zaken/{number}"):
        assert "zwaluw" not in browser.get(address).lower()
    assert "Zwaluwtitel" not in Browser(services, TESS).get(f"/mijn/zaken/{number}")
    assert browser.get("/werk/zaken?zoek=Zwaluwtitel").count(number) == 0


def test_t11_it_takes_two_people(services: Services, document: str) -> None:
    act(services, NOOR, ProposeRemoval(document, REASON))
    with pytest.raises(NotAllowed, match="zelf voorgesteld"):
        act(services, NOOR, approval(services, document))
    with pytest.raises(AlreadyDone):
        act(services, PIET, ProposeRemoval(document, REASON))
    for stranger in (citizen(services, TESS), ADA):
        for action in (ProposeRemoval(document, REASON), approval(services, document), WithdrawRemoval(document)):
            with pytest.raises((NotAllowed, NotFound)):
                act(services, stranger, action)
    act(services, PIET, WithdrawRemoval(document))
    with pytest.raises(AlreadyDone):
        act(services, PIET, approval(services, document))
    assert rows(services, DocumentRow, id=document)[0].state == "accepted"
    erased(services, document)
    for action in (ProposeRemoval(document, REASON), approval(services, document), WithdrawRemoval(document)):
        with pytest.raises(AlreadyDone):
            act(services, PIET, action)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"reason": " "}, "reason"), ({"target": "BESTAAT-NIET"}, "target"), ({"target": "zichzelf"}, "target")],
)
def test_t11_a_proposal_says_what_is_missing(
    services: Services, number: str, document: str, fields: dict[str, str], wrong: str
) -> None:
    given = {"reason": REASON, **fields}
    if given.get("target") == "zichzelf":
        given["target"] = number
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, ProposeRemoval(document, **given))
    assert list(refused.value.fields) == [wrong]
    assert count(services, RemovalRow) == 0


def test_t11_a_document_of_another_case_is_moved_there(services: Services, number: str, document: str) -> None:
    other = register_bezwaar(services, BRAM, subject="Dakkapel")
    (before,) = rows(services, DocumentRow, id=document)
    act(services, NOOR, ProposeRemoval(document, REASON, other.lower()))
    act(services, PIET, approval(services, document))
    drain(services)
    with services.sessions() as session:
        case = session.scalars(select(Case).where(Case.number == other)).one()
    (moved,) = rows(services, DocumentRow, case_id=case.id, file_name=NAME)
    assert (moved.title, moved.file_name, moved.sha256, moved.blob) == ("Zwaluwtitel", NAME, before.sha256, before.blob)
    assert (moved.on_portal, moved.party_id, moved.reference) == (False, None, f"{other}-D2")
    assert b"".join(services.files.read(moved.blob)) == CONTENT
    assert "Zwaluwtitel" not in Browser(services, NOOR).get(f"/werk/zaken/{number}/documenten")
    assert "Zwaluwtitel" in Browser(services, NOOR).get(f"/werk/zaken/{other}/documenten")
    assert "Zwaluwtitel" not in Browser(services, TESS).get(f"/mijn/zaken/{number}")
    assert verify(services) == []


def test_t11_redacted_versions_lists_and_unsent_letters_go_along(
    services: Services, number: str, document: str
) -> None:
    with services.sessions.begin() as session:
        case = session.scalars(select(Case)).one()
        party = session.scalars(select(Party.id)).first()
        original = session.get_one(DocumentRow, document)
        original.assessment = {"public": "deels", "grounds": [], "date": None, "note": "Zwaluwtitel"}
        made = {}
        for key, title, more in (
            ("redacted", "Zwaluwtitel gelakt", {"redacts": document}),
            ("list", "Lijst met documenten", {"origin": "system"}),
        ):
            file = stored(services, "x.pdf", CONTENT + key.encode())
            fields: dict[str, Any] = {
                "case_id": case.id, "reference": f"{number}-D{key}", "type": "correspondence", "title": title, "file_name": "x.pdf",
                "media_type": "application/pdf", "size": file.size, "sha256": file.sha256, "blob": file.blob, "origin": "worker",
                "confidentiality": "zaakvertrouwelijk", "added_at": original.added_at, "added_by": "Zaakspoor", **more,
            }  # fmt: skip
            session.add(row := DocumentRow(**fields))
            session.flush()
            made[key] = row.id
        for sent in (None, original.added_at.date()):
            session.add(
                NoticeRow(case_id=case.id, party_id=party, template="brief", element="Start", channel="post", subject="Zwaluwtitel", body="Zwaluwtitel",
                          document_id=made["redacted"], document_type="correspondence", created_at=original.added_at, sent_on=sent)
            )  # fmt: skip
    waiting = count(services, NoticeRow)
    page = read_removal(services, PIET, number, document)
    assert (len(page.versions), len(page.inventories), len(page.letters)) == (1, 1, 2)
    erased(services, document)
    assert {one.state for one in rows(services, DocumentRow) if one.id in {document, *made.values()}} == {"erased"}
    assert count(services, NoticeRow) == waiting - 1
    assert left(services) == []
    with services.sessions() as session:
        assert listed(session, case.id) == []
        (anew,) = session.scalars(select(OutboxRow).where(OutboxRow.kind == "inventory"))
    assert anew.payload["case"] == case.id


def test_t11_the_list_says_who_had_it_also_afterwards(services: Services, number: str, document: str) -> None:
    assert Browser(services, TESS).status(f"/mijn/documenten/{document}") == 200
    assert Browser(services, PIET).status(f"/werk/documenten/{document}/bestand") == 200
    before = read_removal(services, NOOR, number, document).spread
    assert [(one.who, one.how) for one in before] == [
        (TESS.name, "Voegde het toe"), ("Wonen", "Kreeg het te lezen"), (f"{TESS.name} (indiener)", "Opende het"), (PIET.name, "Opende het"),
    ]  # fmt: skip
    erased(services, document)
    page = read_removal(services, NOOR, number, document)
    assert page.spread == before
    assert (page.proposal.proposer, page.proposal.approver) == (NOOR.name, PIET.name)
    place = f"/werk/zaken/{number}/documenten/{document}/hoort-hier-niet/wie-zag-het"
    table = read_sheet(Browser(services, NOOR).client.get(place).content).rows
    assert [row[1] for row in table] == ["Wie", *(one.who for one in before)]


def test_t11_two_people_do_it_on_the_page(services: Services, number: str, document: str) -> None:
    other = register_bezwaar(services, BRAM, subject="Dakkapel")
    address = f"/werk/zaken/{number}/documenten/{document}/hoort-hier-niet"
    noor, piet = Browser(services, NOOR), Browser(services, PIET)
    assert address in noor.get(f"/werk/zaken/{number}/documenten")
    noor.get(address)
    assert "Kies wat er moet gebeuren" in noor.post(address, {"reason": "Zo"}, status=422)
    assert "Vul in naar welke zaak" in noor.post(address, {"way": "verplaats", "reason": "Zo"}, status=422)
    again = noor.post(address, {"way": "verplaats", "target": "NIETS", "reason": "Zo"}, status=422)
    assert "nummer van een andere zaak" in again
    noor.post(address, {"way": "verplaats", "target": other, "reason": REASON})
    assert "Verwijder voorgoed" not in noor.get(address)
    assert "Verplaats nu" not in noor.get(address)
    assert "Verplaats nu" in piet.get(address)
    assert "Het is gedaan" in piet.post(f"{address}/uitvoeren")
    assert Browser(services, ADA).status(address) in {403, 404}


def test_t11_what_was_only_taken_off_can_still_go_for_good(services: Services, document: str) -> None:
    act(services, NOOR, RemoveDocument(document, "Dubbel"))
    erased(services, document)
    assert left(services) == []
    assert rows(services, DocumentRow, id=document)[0].state == DocumentState.ERASED


def test_w11_the_page_and_the_list_of_who_saw_it_are_looks_themselves(
    services: Services, number: str, document: str
) -> None:
    browser, before = Browser(services, NOOR), len(rows(services, LookRow))
    page = f"/werk/zaken/{number}/documenten/{document}/hoort-hier-niet"
    browser.get(page)
    browser.get(f"{page}/wie-zag-het")
    found = rows(services, LookRow)[before:]
    assert [row.part for row in found] == ["removal", "removal_seen"]
    with services.sessions() as session:
        words = [line.what for line in look_lines(session, found)]
    assert words == ["Document dat hier niet hoort", "Lijst van wie een document zag"]
