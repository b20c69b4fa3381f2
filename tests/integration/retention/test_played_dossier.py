"""O37: a case that people really played through the front doors leaves nothing behind, also not in the trail."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from kit.cases import add_departments, all_shipped, open_task, put_in_use
from kit.documents import stored
from kit.dossiers import approve, listed
from leftovers import database_dump, files_dump
from sqlalchemy import select, text

from processes.actions import act
from processes.actions.course import AssignHandler, ChangeRemark
from processes.actions.delivering import Deliver
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.messages import AddNote, Reply, SendMessage
from processes.actions.profile import SaveProfile
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.relating import RelateCases
from processes.actions.tasks import CompleteTask
from processes.actions.withdrawing import Withdraw
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.jobs.retention_sweep import sweep_retention
from processes.jobs.verification import verify
from processes.jobs.workers import drain
from processes.storage import audit, outbox
from processes.storage.business_time import business_now, write_offset
from processes.storage.services import Services
from processes.storage.staff import remember
from processes.storage.tables import (
    Case,
    CaseRelation,
    DefaultNotice,
    DocumentRow,
    Dossier,
    NoteRow,
    OutboxRow,
    Party,
)

pytestmark = pytest.mark.both_ways

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


def furnish(services: Services) -> None:
    """Every case type that is shipped, one department, and a worker who has signed in before."""
    add_departments(services, "wonen")
    with services.sessions.begin() as session:
        remember(session, WORKER)
    put_in_use(services, *all_shipped())


@pytest.fixture
def services(installed: Callable[..., Services]) -> Services:
    return installed(furnish)


def play(services: Services) -> str:
    """A citizen's bezwaar with papers, messages, mails and a department, withdrawn at the end; gives its number."""
    citizen = Actor("citizen", services.secrets.index(f"bsn:{BSN}"), "Xandra Zwaluwstaart")
    number = act(services, WORKER, _registration(services), once="k" * 64)
    act(services, citizen, SaveProfile("xandra@zwaluw.example", "0687654321", news_by_mail=True, to_confirm=False))
    _write(services, citizen, number)
    _exchange(services, citizen, number)
    _beside(services, number)
    drain(services)
    act(services, citizen, Withdraw(number, "Vogelvrij intrekken"))
    drain(services)
    return number


def _write(services: Services, citizen: Actor, number: str) -> None:
    """Messages, an answer, a note, a remark, and papers of both sides."""
    act(services, citizen, SendMessage(number, "Zwaluwtaal in een bericht"))
    act(services, WORKER, Reply(number, _ids(services, Party)[0], "Zwaluwantwoord"))
    act(services, WORKER, AddNote(number, "Zwaluwnotitie"))
    act(services, WORKER, ChangeRemark(number, "Zwaluwopmerking"))
    act(services, WORKER, AssignHandler(number, WORKER.subject))
    act(services, citizen, AddDocuments(number, (_document(services, "zwaluwfoto.pdf", "submission"),)), once="m" * 64)
    reference = act(services, WORKER, AddDocuments(number, (_document(services, "zwaluwbrief.pdf", "underlying"),)))
    with services.sessions() as session:
        document = session.scalars(select(DocumentRow.id).where(DocumentRow.reference == reference)).one()
    act(services, WORKER, GiveToDepartment(document, "wonen"))


def _exchange(services: Services, citizen: Actor, number: str) -> None:
    """What is missing is asked and repaired; the department delivers, and one of its documents is refused."""
    act(services, WORKER, CompleteTask(open_task(services, "Intake"), INTAKE))
    nest = (_document(services, "zwaluwnest.pdf", "submission"),)
    act(
        services,
        citizen,
        CompleteTask(open_task(services, "RepairByCitizen"), {"repair_text": "Zwaluwaanvulling"}, nest),
    )
    further = {"after_repair": "verder", "route": "ambtelijk", "department": "wonen"}
    act(services, WORKER, CompleteTask(open_task(services, "JudgeRepair"), further))
    with services.sessions() as session:
        dossier = session.scalars(select(Dossier)).one()
    token = services.secrets.link_token(dossier.salt)
    department = Actor("department", f"department:{dossier.id}", "Wonen", dossier=dossier.id)
    report = (_document(services, "zwaluwrapport.pdf", "underlying"),)
    act(services, department, Deliver(token, report, "Zwaluwtoelichting"), once="d" * 64)
    with services.sessions() as session:
        offered = session.scalars(select(DocumentRow.id).where(DocumentRow.state == "offered")).all()
    verdicts = dict.fromkeys(offered, Judgement(accepted=False, reason="Geen zwaluw te zien"))
    act(services, WORKER, CompleteTask(open_task(services, "JudgeDelivery"), judgements=verdicts))


def _beside(services: Services, number: str) -> None:
    """Another person's case, which is related and stays; what it tells; and a notice of default."""
    other = act(services, WORKER, _registration(services, "Tess Testeling", OTHER_BSN, "Dakkapel"))
    act(services, WORKER, RelateCases(number, other, "onderwerp"))
    with services.sessions.begin() as session:
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
    act(services, WORKER, Withdraw(second.number, "Dakkapel hoeft niet meer"))


def _ids(services: Services, table: Any) -> list[int]:
    with services.sessions() as session:
        return list(session.scalars(select(table.id).order_by(table.id)))


def _registration(
    services: Services, name: str = "Xandra Zwaluwstaart", bsn: str = BSN, subject: str = "Terrasvergunning Zwaluwhof"
) -> RegisterCase:
    today = local_date(business_now(services))
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
        (_document(services, "zwaluwbrief-1.pdf", "submission"),),
    )  # fmt: skip


def _document(services: Services, name: str, type: str) -> NewDocument:
    return NewDocument(stored(services, name, f"%PDF-1.7 {name} van Xandra Zwaluwstaart".encode()), type)


def left(services: Services) -> list[str]:
    everything = (database_dump(services) + files_dump(services)).lower()
    return [word for word in WORDS if word.lower().encode() in everything]


@pytest.mark.timeout(180)
def test_o37_a_played_case_leaves_nothing_but_its_certificate_and_a_nameless_trail(
    services: Services, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    number = play(services)
    if services.sessions.kw["bind"].dialect.name == "postgresql":
        with services.sessions.begin() as session:
            session.execute(text("ANALYZE"))  # as the server does by itself: it keeps values as samples
    assert set(left(services)) == set(WORDS) - {BSN}  # so the search would find them; the BSN is sealed from the start
    assert verify(services) == []
    with services.sessions.begin() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        other = session.scalars(select(Case).where(Case.number != number)).one()
        assert case.destroy_from is not None
        write_offset(session, timedelta(days=(case.destroy_from - local_date(business_now(services))).days))
    sweep_retention(services)
    approve(services, listed(services, case.id).id)
    drain(services)
    assert left(services) == []
    assert list(services.files.all_blobs()) == _blobs_of(services, other)
    assert listed(services, case.id).state == "destroyed"
    with services.sessions() as session:
        assert audit.check(session) == []
        assert session.scalars(select(CaseRelation)).all() == []
        assert session.scalars(select(Party.name)).all() == ["Tess Testeling"]
        assert set(session.scalars(select(OutboxRow.case_id))) == {None, other.id}
    printed = "".join(capfd.readouterr()) + caplog.text
    assert [word for word in WORDS if word.lower() in printed.lower()] == []


def _blobs_of(services: Services, case: Case) -> list[str]:
    """Files that may be there: those of the other case."""
    with services.sessions() as session:
        own = set(session.scalars(select(DocumentRow.blob).where(DocumentRow.case_id == case.id)))
    return [blob for blob in services.files.all_blobs() if blob.blob in own]
