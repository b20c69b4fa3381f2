"""O37: a case that people really played through the front doors leaves nothing behind, also not in the trail."""

from datetime import timedelta
from typing import Any

import pytest
from dossiers import approve, listed
from leftovers import database_dump, files_dump
from sqlalchemy import select, text

from processes import audit, outbox
from processes.actions import act
from processes.actions.course import AssignHandler, ChangeRemark, Withdraw
from processes.actions.delivering import Deliver
from processes.actions.deploying import DeployFolder
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.messages import AddNote, Reply, SendMessage
from processes.actions.profile import SaveProfile
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.relating import RelateCases
from processes.actions.tasks import CompleteTask
from processes.actor import SYSTEM, Actor
from processes.actors import drain
from processes.checking import all_folders
from processes.clock import local_date
from processes.database.tables import (
    Case,
    CaseRelation,
    DefaultNotice,
    DepartmentRow,
    DocumentRow,
    Dossier,
    NoteRow,
    OutboxRow,
    Party,
    TaskRow,
)
from processes.demo.places import CASE_TYPES
from processes.demo_clock import business_now, write_offset
from processes.house import House
from processes.retention.sweeping import sweep_retention
from processes.staff import remember
from processes.uploads import Upload
from processes.verifying import verify

BSN, OTHER_BSN = "999990019", "999993653"
WORKER = Actor("staff", "w.werk", "Wim Werkmans", frozenset({"worker"}))
WORDS = (
    BSN, "Xandra Zwaluwstaart", "xandra@zwaluw.example", "0687654321", "Zwaluwlaan", "Terrasvergunning Zwaluwhof",
    "Gegronde vrees voor zwaluwen", "zwaluwbrief", "ZW-2026-77", "Zwaluwtaal", "Zwaluwnotitie", "Zwaluwopmerking",
    "zwaluwfoto", "Vogelvrij intrekken", "Mr. Zwaluwbesluit", "Zwaluwgemis", "Zwaluwaanvulling", "zwaluwnest",
    "zwaluwrapport", "Zwaluwtoelichting", "Geen zwaluw te zien", "Zwaluwantwoord", "Zwaluwgebrek", "Zwaluwnieuws",
)  # fmt: skip
INTAKE = {
    "in_time": "ja", "interested": True, "right_body": True, "complete": False, "missing_items": "Zwaluwgemis",
    "route": "ambtelijk", "department": "wonen",
}  # fmt: skip


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
    _write(house, citizen, number)
    _exchange(house, citizen, number)
    _beside(house, number)
    drain(house)
    act(house, citizen, Withdraw(number, "Vogelvrij intrekken"))
    drain(house)
    return number


def _write(house: House, citizen: Actor, number: str) -> None:
    """Messages, an answer, a note, a remark, and papers of both sides."""
    act(house, citizen, SendMessage(number, "Zwaluwtaal in een bericht"))
    act(house, WORKER, Reply(number, _ids(house, Party)[0], "Zwaluwantwoord"))
    act(house, WORKER, AddNote(number, "Zwaluwnotitie"))
    act(house, WORKER, ChangeRemark(number, "Zwaluwopmerking"))
    act(house, WORKER, AssignHandler(number, WORKER.subject))
    act(house, citizen, AddDocuments(number, (_document(house, "zwaluwfoto.pdf", "submission"),)), once="m" * 64)
    reference = act(house, WORKER, AddDocuments(number, (_document(house, "zwaluwbrief.pdf", "underlying"),)))
    with house.sessions() as session:
        document = session.scalars(select(DocumentRow.id).where(DocumentRow.reference == reference)).one()
    act(house, WORKER, GiveToDepartment(document, "wonen"))


def _exchange(house: House, citizen: Actor, number: str) -> None:
    """What is missing is asked and repaired; the department delivers, and one of its documents is refused."""
    act(house, WORKER, CompleteTask(_task(house, "Intake"), INTAKE))
    nest = (_document(house, "zwaluwnest.pdf", "submission"),)
    act(house, citizen, CompleteTask(_task(house, "RepairByCitizen"), {"repair_text": "Zwaluwaanvulling"}, nest))
    further = {"after_repair": "verder", "route": "ambtelijk", "department": "wonen"}
    act(house, WORKER, CompleteTask(_task(house, "JudgeRepair"), further))
    with house.sessions() as session:
        dossier = session.scalars(select(Dossier)).one()
    token = house.secrets.link_token(dossier.salt)
    department = Actor("department", f"department:{dossier.id}", "Wonen", dossier=dossier.id)
    report = (_document(house, "zwaluwrapport.pdf", "underlying"),)
    act(house, department, Deliver(token, report, "Zwaluwtoelichting"), once="d" * 64)
    with house.sessions() as session:
        offered = session.scalars(select(DocumentRow.id).where(DocumentRow.state == "offered")).all()
    verdicts = dict.fromkeys(offered, Judgement(accepted=False, reason="Geen zwaluw te zien"))
    act(house, WORKER, CompleteTask(_task(house, "JudgeDelivery"), judgements=verdicts))


def _beside(house: House, number: str) -> None:
    """Another person's case, which is related and stays; what it tells; and a notice of default."""
    other = act(house, WORKER, _registration(house, "Tess Testeling", OTHER_BSN, "Dakkapel"))
    act(house, WORKER, RelateCases(number, other, "onderwerp"))
    with house.sessions.begin() as session:
        first, second = session.scalars(select(Case).order_by(Case.id))
        note = NoteRow(case_id=first.id, kind="note", author="Zaakspoor", text="Zwaluwnieuws", at=first.registered_at)
        session.add(note)
        session.add(
            DefaultNotice(case_id=first.id, deadline="decide", received_on=first.received_on, reason="Zwaluwgebrek",
                          recorded_at=first.registered_at, recorded_by=WORKER.subject)
        )  # fmt: skip
        session.flush()
        outbox.enqueue(session, "tell", f"tell:{note.id}:{first.id}", {"note": note.id, "other": first.id}, first.id,
                       first.registered_at)  # fmt: skip
    act(house, WORKER, Withdraw(second.number, "Dakkapel hoeft niet meer"))


def _ids(house: House, table: Any) -> list[int]:
    with house.sessions() as session:
        return list(session.scalars(select(table.id).order_by(table.id)))


def _task(house: House, element: str) -> str:
    with house.sessions() as session:
        return session.scalars(select(TaskRow.id).where(TaskRow.element == element, TaskRow.state == "open")).one()


def _registration(
    house: House, name: str = "Xandra Zwaluwstaart", bsn: str = BSN, subject: str = "Terrasvergunning Zwaluwhof"
) -> RegisterCase:
    today = local_date(business_now(house))
    if bsn != BSN:
        other = NewParty("objector", name, identity=f"bsn:{bsn}", channel="portal")
        return RegisterCase(
            "bezwaar", "letter", today, (other,), (NewDecision(subject, missing=True),), {"grounds": "Te klein"}
        )
    party = NewParty(
        "objector", name, identity=f"bsn:{bsn}", email="xandra@zwaluw.example", phone="0687654321",
        address="Zwaluwlaan 3\n1234 AB Voorbeeldstad", channel="portal",
    )  # fmt: skip
    decision = NewDecision(
        subject, "ZW-2026-77", today - timedelta(days=5), today - timedelta(days=4), "wonen",
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


@pytest.mark.timeout(180)
def test_o37_a_played_case_leaves_nothing_but_its_certificate_and_a_nameless_trail(
    house: House, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    number = play(house)
    if house.sessions.kw["bind"].dialect.name == "postgresql":
        with house.sessions.begin() as session:
            session.execute(text("ANALYZE"))  # as the server does by itself: it keeps values as samples
    assert set(left(house)) == set(WORDS) - {BSN}  # so the search would find them; the BSN is sealed from the start
    assert verify(house) == []
    with house.sessions.begin() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        other = session.scalars(select(Case).where(Case.number != number)).one()
        assert case.destroy_from is not None
        write_offset(session, timedelta(days=(case.destroy_from - local_date(business_now(house))).days))
    sweep_retention(house)
    approve(house, listed(house, case.id).id)
    drain(house)
    assert left(house) == []
    assert list(house.files.all_blobs()) == _blobs_of(house, other)
    assert listed(house, case.id).state == "destroyed"
    with house.sessions() as session:
        assert audit.check(session) == []
        assert session.scalars(select(CaseRelation)).all() == []
        assert session.scalars(select(Party.name)).all() == ["Tess Testeling"]
        assert set(session.scalars(select(OutboxRow.case_id))) == {None, other.id}
    printed = "".join(capfd.readouterr()) + caplog.text
    assert [word for word in WORDS if word.lower() in printed.lower()] == []


def _blobs_of(house: House, case: Case) -> list[str]:
    """Files that may be there: those of the other case."""
    with house.sessions() as session:
        own = set(session.scalars(select(DocumentRow.blob).where(DocumentRow.case_id == case.id)))
    return [blob for blob in house.files.all_blobs() if blob.blob in own]
