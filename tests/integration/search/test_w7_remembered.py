"""W7: a case is found by everything that somebody remembers of it, by who may see that, and by nothing that is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from kit.office_files import docx, words
from kit.people import known
from search_kit import ADA, NOOR, PIET, entries, found, register
from sqlalchemy import func, select

from bench.ground import Ground
from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.documents import AddDocuments, RemoveDocument
from processes.actions.filing import NewDocument
from processes.actions.messages import AddNote
from processes.actions.registering import NewDecision, NewParty
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.jobs.reading_documents import sweep_unread
from processes.jobs.workers import drain
from processes.post.pdf import markup, pdf
from processes.reads.admin.attention import read_attention
from processes.storage.tables import DocumentRow, DocumentText, NoteRow, Party
from processes.storage.unread_documents import unread_documents

FENNA = Actor("staff", "fenna", "Fenna Beheerder", frozenset({"admin"}))
LETTER = pdf(
    markup("<!doctype html><html lang='nl'><title>Brief</title><p>De iepenspintkever zat in de boom.</p></html>")
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = {
    "brief.pdf": ("application/pdf", LETTER),
    "plan.docx": (WORD, docx(words("Het dakterras"))),
    "kladje.docx": (WORD, docx(words("Buurman belde over de regenton"))),
    "kapot.pdf": ("application/pdf", b"%PDF-1.7 kapot"),
}


def with_people(ground: Ground, *parties: NewParty) -> str:
    day = local_date(ground.clock.now()) - timedelta(days=10)
    decisions = tuple(
        NewDecision(f"Besluit over {what}", f"XK-{what}", None, day, "parkeren") for what in ("het bord", "de paal")
    )
    return act(ground.services, NOOR, replace(ground.registration(), parties=parties, decisions=decisions))


BRAM = NewParty(
    "objector", "Bram Proefhuizen", address="Kerkstraat 12a\n4321 CD Voorbeeldstad", phone="+31 (0)6 1234 5678",
    email="b.proef@post.example",
)  # fmt: skip


@pytest.fixture
def case(ground: Ground) -> str:
    known(ground.services, NOOR)
    known(ground.services, PIET)
    register(ground, "Tess Testeling")
    return with_people(ground, BRAM)


def read_all(ground: Ground) -> None:
    sweep_unread(ground.services)
    drain(ground.services)


def test_w7_numbers_addresses_telephones_and_every_decision_are_found(ground: Ground, case: str) -> None:
    prefix, year, number = case.split("-")
    plain = number.lstrip("0")
    typed = (
        "Kerkstraat 12a", "kerkstr", "4321CD", "4321 cd", "4321cd 12a", "proefhuizen kerkstraat", "0612345678", "06-12345678",
        "+31612345678", "0031 6 12345678", "06 1234", "b.proef@post.example", "paal", "bord", "xk paal",
        f"{year}-{plain}", f"00{plain}", f"{prefix} {plain}",
    )  # fmt: skip
    assert {one: found(ground.services, one) for one in typed} == {one: {case} for one in typed}
    assert found(ground.services, "kerkstraat", ADA) == set()
    assert found(ground.services, "4321ce") == set()


def test_w7_a_secret_address_and_a_confidential_party_are_found_by_who_handles_the_case_only(ground: Ground) -> None:
    for who in (NOOR, PIET):
        known(ground.services, who)
    case = with_people(
        ground,
        replace(BRAM, secret_address=True),
        NewParty("objector", "Geheima Testdam", address="Laan 1\n1111 AA Stad", phone="0687654321"),
    )
    act(ground.services, NOOR, AddNote(case, "Zij wil een tolk"))
    act(ground.services, NOOR, AssignHandler(case, "noor"))
    with ground.services.sessions.begin() as session:
        party = session.scalars(select(Party).where(Party.name == "Geheima Testdam")).one()
        session.scalars(select(NoteRow).where(NoteRow.text == "Zij wil een tolk")).one().party_id = party.id
        party.confidential = True
    typed = ("kerkstraat", "4321cd", "0687654321", "tolk", "0612345678")
    assert [found(ground.services, one, NOOR) == {case} for one in typed] == [True, True, True, False, True]
    assert [found(ground.services, one, PIET) == {case} for one in typed] == [False, False, False, False, True]
    with ground.services.sessions.begin() as session:
        for one in session.scalars(select(Party)):
            one.confidential = one.secret_address = False
    assert [found(ground.services, one, PIET) for one in typed] == [{case}] * len(typed)
    rows, held = entries(ground.services)
    assert rows == held


def test_w7_messages_and_the_text_of_documents_are_found_until_they_go(ground: Ground, case: str) -> None:
    act(ground.services, PIET, AddNote(case, "Gebeld over het zonnescherm"))
    for name, (media_type, content) in FILES.items():
        upload = ground.services.files.add(name, media_type, [content])
        act(ground.services, NOOR, AddDocuments(case, (NewDocument(upload, "underlying", f"Stuk {name[:4]}"),)))
    assert found(ground.services, "zonnescherm") == {case}
    assert found(ground.services, "zonnescherm", ADA) == found(ground.services, "dakterras") == set()
    assert read_attention(ground.services, FENNA).unread == len(FILES)
    read_all(ground)
    assert [found(ground.services, one) for one in ("iepenspint", "dakterras", "regenton buurman")] == [{case}] * 3
    assert found(ground.services, "dakterras", ADA) == set()
    with ground.services.sessions.begin() as session:
        assert unread_documents(session) == 0
        by_name = {row.file_name: row for row in session.scalars(select(DocumentRow))}
        by_name["plan.docx"].party_id = session.scalars(select(Party.id).where(Party.name == BRAM.name)).one()
    act(ground.services, NOOR, RemoveDocument(by_name["brief.pdf"].id, "Verkeerd bestand"))
    with ground.services.sessions.begin() as session:
        session.get_one(DocumentRow, by_name["kladje.docx"].id).blob = ground.services.files.add(
            "b.docx", WORD, [docx(words("Anders"))]
        ).blob
    assert [found(ground.services, one) for one in ("iepenspint", "regenton", "dakterras")] == [set(), set(), {case}]
    read_all(ground)
    assert found(ground.services, "anders") == {case}
    with ground.services.sessions.begin() as session:
        session.scalars(select(Party).where(Party.name == BRAM.name)).one().secret_address = True
        assert session.scalar(select(func.count()).select_from(DocumentText)) == 2  # of the removed one nothing stays
    assert found(ground.services, "dakterras") == set()
    rows, held = entries(ground.services)
    assert rows == held
