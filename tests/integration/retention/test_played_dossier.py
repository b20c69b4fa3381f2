"""O37: a case that people really played through the front doors leaves nothing behind, also not in the trail."""

from datetime import timedelta

import pytest
from dossiers import approve, listed
from leftovers import database_dump, files_dump
from sqlalchemy import select

from processes import audit
from processes.actions import act
from processes.actions.course import AssignHandler, ChangeRemark, Withdraw
from processes.actions.deploying import DeployFolder
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.filing import NewDocument
from processes.actions.messages import AddNote, SendMessage
from processes.actions.profile import SaveProfile
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actor import SYSTEM, Actor
from processes.actors import drain
from processes.checking import all_folders
from processes.clock import local_date
from processes.database.tables import Case, DepartmentRow, DocumentRow, OutboxRow
from processes.demo.places import CASE_TYPES
from processes.demo_clock import business_now, write_offset
from processes.house import House
from processes.retention.sweeping import sweep_retention
from processes.staff import remember
from processes.uploads import Upload
from processes.verifying import verify

BSN = "999990019"
WORKER = Actor("staff", "w.werk", "Wim Werkmans", frozenset({"worker"}))
WORDS = (
    BSN, "Xandra Zwaluwstaart", "xandra@zwaluw.example", "0687654321", "Zwaluwlaan", "Terrasvergunning Zwaluwhof",
    "Gegronde vrees voor zwaluwen", "zwaluwbrief", "ZW-2026-77", "Zwaluwtaal", "Zwaluwnotitie", "Zwaluwopmerking",
    "zwaluwfoto", "Vogelvrij intrekken", "Mr. Zwaluwbesluit",
)  # fmt: skip


def play(house: House) -> str:
    """A citizen's bezwaar with papers, messages, mails and a department, withdrawn at the end; gives its number."""
    citizen = Actor("citizen", house.secrets.index(f"bsn:{BSN}"), "Xandra Zwaluwstaart")
    with house.sessions.begin() as session:
        session.add(
            DepartmentRow(code="wonen", name="Wonen", email="wonen@stad.example", manager_email="hoofd@stad.example")
        )
        remember(session, WORKER)
    for folder in all_folders(CASE_TYPES):
        act(house, SYSTEM, DeployFolder(folder))
    number = act(house, WORKER, _registration(house), once="k" * 64)
    act(house, citizen, SaveProfile("xandra@zwaluw.example", "0687654321", news_by_mail=True))
    act(house, citizen, SendMessage(number, "Zwaluwtaal in een bericht"))
    act(house, WORKER, AddNote(number, "Zwaluwnotitie"))
    act(house, WORKER, ChangeRemark(number, "Zwaluwopmerking"))
    act(house, WORKER, AssignHandler(number, WORKER.subject))
    act(house, citizen, AddDocuments(number, (_document(house, "zwaluwfoto.pdf", "submission"),)), once="m" * 64)
    reference = act(house, WORKER, AddDocuments(number, (_document(house, "zwaluwbrief.pdf", "underlying"),)))
    with house.sessions() as session:
        document = session.scalars(select(DocumentRow.id).where(DocumentRow.reference == reference)).one()
    act(house, WORKER, GiveToDepartment(document, "wonen"))
    drain(house)
    act(house, citizen, Withdraw(number, "Vogelvrij intrekken"))
    drain(house)
    return number


def _registration(house: House) -> RegisterCase:
    today = local_date(business_now(house))
    party = NewParty(
        "objector", "Xandra Zwaluwstaart", identity=f"bsn:{BSN}", email="xandra@zwaluw.example", phone="0687654321",
        address="Zwaluwlaan 3\n1234 AB Voorbeeldstad", channel="portal",
    )  # fmt: skip
    decision = NewDecision(
        "Terrasvergunning Zwaluwhof", "ZW-2026-77", today - timedelta(days=5), today - timedelta(days=4), "wonen",
        taken_by="Mr. Zwaluwbesluit",
    )  # fmt: skip
    return RegisterCase(
        "bezwaar", "letter", today, (party,), (decision,), {"grounds": "Gegronde vrees voor zwaluwen"},
        (_document(house, "zwaluwbrief-1.pdf", "submission"),),
    )  # fmt: skip


def _document(house: House, name: str, type: str) -> NewDocument:
    with house.files.open_incoming() as incoming:
        incoming.write(f"%PDF-1.7 {name} van Xandra Zwaluwstaart".encode())
        blob, sha256, size = incoming.finish()
    return NewDocument(Upload(name, "application/pdf", size, sha256, blob), type)


def left(house: House) -> list[str]:
    everything = (database_dump(house) + files_dump(house)).lower()
    return [word for word in WORDS if word.lower().encode() in everything]


@pytest.mark.timeout(120)
def test_o37_a_played_case_leaves_nothing_but_its_certificate_and_a_nameless_trail(house: House) -> None:
    number = play(house)
    assert set(left(house)) == set(WORDS) - {BSN}  # so the search would find them; the BSN is sealed from the start
    assert verify(house) == []
    with house.sessions.begin() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        assert case.destroy_from is not None
        write_offset(session, timedelta(days=(case.destroy_from - local_date(business_now(house))).days))
    sweep_retention(house)
    approve(house, listed(house, case.id).id)
    drain(house)
    assert left(house) == []
    assert list(house.files.all_blobs()) == []
    assert listed(house, case.id).state == "destroyed"
    with house.sessions() as session:
        assert audit.check(session) == []
        assert set(session.scalars(select(OutboxRow.kind))) == {"destroy"}
