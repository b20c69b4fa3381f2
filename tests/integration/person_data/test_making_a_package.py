"""T10: how a package is made: large ones in flat memory, files encrypted or gone, a case about the officer, each step told."""

import tracemalloc
from dataclasses import replace

import pytest
from kit.barring import barred_in
from kit.cases import rows
from kit.co_filers import file_together
from kit.documents import PDF, stored
from kit.installation import TEST_SECRET
from kit.log_lines import log_lines
from kit.people import ILSE_BSN, NOOR, TESS, TESS_BSN, VERA, YASMINA, citizen, signed_in
from kit.secrets import NEWER_SECRET, under
from person_kit import TESS_PAPER, fill, furnish, how_many, ids_of, made, searched, texts
from sqlalchemy import select, update

from processes.actions import act
from processes.actions.documents import RemoveDocument
from processes.actions.messages import SendMessage
from processes.actions.person_data import FindPerson, MakePackage
from processes.base.actor import ForWhom
from processes.base.errors import Invalid
from processes.execution.co_filers import NamedPerson
from processes.jobs.person_package import make_person_package
from processes.jobs.resealing import reseal
from processes.reads.admin import package_file, read_person
from processes.reads.person.account import account_records
from processes.reads.person.exchanged import TAKEN_OFF
from processes.storage.drafts import DraftContent, save
from processes.storage.looks import Look, write_look
from processes.storage.tables import (
    AuditRow,
    Case,
    CoFiler,
    DocumentRow,
    NoteRow,
    Party,
    PersonPackage,
    PersonProfile,
)
from processes.storage.web_sessions import create
from processes.storage.words import LookKind, PersonKind

ALL = tuple(PersonKind)
NORTH = "000012345678"


def test_t10_a_file_that_is_gone_is_said_at_its_document(filled):
    services = filled.services
    (gone,) = [row for row in rows(services, DocumentRow) if row.title == "stuk-van-tess"]
    services.files.delete(gone.blob)
    page, data = texts(made(services, searched(services), filled.first))
    (record,) = [one for one in data["zaken"][0]["gegevens"]["documents"] if one["titel"] == "stuk-van-tess"]
    assert record["bestand_niet_te_lezen"]
    assert "Niet te lezen in de opslag" in page


def test_t10_each_step_is_told(filled):
    services, person = filled.services, citizen(filled.services, TESS).subject
    with log_lines() as lines:
        package = searched(services)
        made(services, package, filled.first, filled.second)
    told = [
        (line["event"], line["who"], line.get("action") or line.get("step"))
        for line in lines
        if line.get("log") == "security"
    ]
    assert told == [
        ("person_searched", "staff:vera", "FindPerson"),
        ("person_data_exported", "staff:vera", "MakePackage"),
        ("person_data_exported", "staff:vera", "made"),
    ]
    assert "999993653" not in repr(lines)
    (made_line,) = [line for line in lines if line.get("step") == "made"]
    assert (made_line["citizen"], made_line["cases"], made_line["about"]) == (person, 2, package)
    chain = [row.action for row in rows(services, AuditRow, chain=0) if row.detail.get("package") == package]
    assert chain == ["person_searched", "person_package_asked", "person_package_made"]


def test_t10_a_case_about_the_officer_stays_out_and_the_page_says_so(filled):
    services = filled.services
    with services.sessions.begin() as session:
        barred_in(session, "vera", filled.second)
    package = searched(services)
    found = read_person(services, VERA, package)
    assert ([one.number for one in found.cases], found.kept_back) == ([filled.first], True)
    archive = made(services, package, filled.first, filled.second, older_than=10**9)
    assert filled.second not in archive.read("gegevens.html").decode()


def test_t10_cases_of_nobody_else_can_be_asked_for(filled):
    services = filled.services
    archive = made(services, searched(services), filled.other, filled.second)
    _, data = texts(archive)
    assert [case["zaaknummer"] for case in data["zaken"]] == [filled.second]


@pytest.mark.parametrize("reference", ["", "   ", "x" * 2001])
def test_t10_a_search_needs_a_reason(filled, reference):
    with pytest.raises(Invalid) as refused:
        act(filled.services, VERA, FindPerson("a" * 64, "bsn", reference))
    assert set(refused.value.fields) == {"reference"}
    assert how_many(filled.services, PersonPackage) == 0


def test_t10_memory_does_not_grow_with_the_documents(filled):
    """Sixty files of two megabytes and four thousand mails: far more than the worker may hold at once."""
    services = filled.services
    (case,) = rows(services, Case, number=filled.first)
    tess = citizen(services, TESS).subject
    upload = stored(services, "groot.pdf", PDF + bytes(2_000_000))
    with services.sessions.begin() as session:
        party = session.scalars(select(Party.id).where(Party.case_id == case.id, Party.identity_index == tess)).one()
        session.add_all(
            DocumentRow(case_id=case.id, reference=f"{case.number}-D{900 + at}", type="submission", title="groot",
                        file_name="groot.pdf", media_type="application/pdf", size=upload.size, sha256=upload.sha256,
                        blob=upload.blob, origin="citizen", party_id=party, confidentiality="zaakvertrouwelijk",
                        added_at=services.clock.now(), added_by="Tess")
            for at in range(60)
        )  # fmt: skip
        session.add_all(
            NoteRow(
                case_id=case.id,
                kind="message",
                party_id=party,
                author="Tess",
                text="lang " * 1000,
                at=services.clock.now(),
            )
            for _ in range(4000)
        )
    package = searched(services)
    act(services, VERA, MakePackage(package, ALL, (case.id,)))
    tracemalloc.start()
    try:
        make_person_package(services, {"package": package})
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    file = package_file(services, VERA, package)
    assert file.size > 120_000_000
    assert peak < 20_000_000


def test_t10_a_document_that_was_taken_off_the_case_goes_along_marked(filled):
    services = filled.services
    (document,) = [row for row in rows(services, DocumentRow) if row.title == "stuk-van-tess"]
    act(services, NOOR, RemoveDocument(document.id, "Dubbel."))
    _, data = texts(made(services, searched(services), filled.first))
    (record,) = [one for one in data["zaken"][0]["gegevens"]["documents"] if one["titel"] == "stuk-van-tess"]
    assert record["beoordelen"] == TAKEN_OFF
    assert record["bestand"]


def test_t10_a_package_is_encrypted_where_files_are(installed):
    filled = fill(installed(furnish, encrypt_files=True))
    archive = made(filled.services, searched(filled.services), filled.first)
    (row,) = rows(filled.services, PersonPackage)
    stored_bytes = b"".join(filled.services.files.read(row.blob))
    assert row.file_key
    assert b"gegevens.html" not in stored_bytes
    assert TESS_PAPER in {archive.read(name) for name in archive.namelist()}


def test_t10_a_package_outlives_a_change_of_the_secret(filled):
    package = searched(filled.services)
    made(filled.services, package, filled.first)
    both = under(filled.services, NEWER_SECRET, TEST_SECRET)
    assert reseal(both).complete
    (row,) = rows(both, PersonPackage)
    assert row.identity_index == both.secrets.index(TESS_BSN)
    assert [one.number for one in read_person(both, VERA, package).cases] == [filled.second, filled.first]


def test_t10_forms_that_were_not_sent_are_in_it_and_those_of_others_are_not(filled):
    with filled.services.sessions.begin() as session:
        for who, text in ((citizen(filled.services, TESS), "Zwaluwtekst"), (NOOR, "Van een ander")):
            content = DraftContent({"grounds": [text]})
            save(session, filled.services, who, "/mijn/nieuw/bezwaar", content)
    _, data = texts(made(filled.services, searched(filled.services), kinds=(PersonKind.ACCOUNT,)))
    told = [one for one in data["buiten_de_zaken"]["account"] if one["titel"] == "Formulier dat niet verstuurd is"]
    assert len(told) == 1
    assert "Zwaluwtekst" in repr(told)
    assert "Van een ander" not in repr(data)


def test_t10_what_was_done_by_a_mandate_is_told_to_both_and_to_nobody_else(filled):
    """Yasmina acts for Tess, and has a branch of a company: forms that were not sent, sign-ins and what was done."""
    services = filled.services
    with services.sessions.begin() as session:
        tess, yasmina = session.scalars(select(Party).where(Party.case_id == ids_of(services, filled.first)[0])).all()
        tess.represented_by, yasmina.role, yasmina.by_mandate, yasmina.branch = (
            yasmina.id,
            "representative",
            True,
            NORTH,
        )
        acts = replace(citizen(services, YASMINA), for_whom=ForWhom(tess.identity_index, TESS.name))
        branch = replace(acts, subject=services.secrets.index(f"{YASMINA.identity}/{NORTH}"), for_whom=None)
        others = replace(acts, for_whom=ForWhom(services.secrets.index("bsn:999991863")))
        for who, text in ((acts, "Namens"), (branch, "Vestiging"), (others, "Elders")):
            save(session, services, who, "/mijn/nieuw/bezwaar", DraftContent({"grounds": [text]}))
    act(services, acts, SendMessage(filled.first, "bericht-met-machtiging"))
    assert write_look(services, acts, Look(LookKind.CASE, filled.first, "overview"))
    signed_in(services, branch)
    kinds = (PersonKind.ACCOUNT, PersonKind.ACTIONS, PersonKind.MESSAGES, PersonKind.LOOKS)
    for who, drafts, sign_ins, by_another in (
        (TESS, {"Namens"}, 0, 1),
        (YASMINA, {"Namens", "Vestiging", "Elders"}, 1, 0),
    ):
        package = made(services, searched(services, who), filled.first, kinds=kinds)
        _, data = texts(package)
        told = data["buiten_de_zaken"]["account"]
        assert {word for word in ("Namens", "Vestiging", "Elders") if word in repr(told)} == drafts
        by_mandate = {one["grounds"] for one in told if one.get("met_een_machtiging")}
        assert by_mandate == drafts - {"Vestiging"}  # also where nothing was filed under that mandate yet
        assert [one["titel"] for one in told].count("Aanmelding op het portaal") == sign_ins
        assert {one.get("namens") for one in told} <= {None, "een ander"}, (
            "others are not named unless the officer says so"
        )
        done = repr(data["zaken"]).count("'door_een_ander_met_een_machtiging': True")
        assert done == by_another
        parts = data["zaken"][0]["gegevens"]
        messages = [one for one in parts["messages"] if one["tekst"] == "bericht-met-machtiging"]
        assert [one["door"] for one in messages] == ["iemand met een machtiging"][: who is TESS]
        (look,) = [one for one in parts["looks"] if one.get("namens")]
        assert (look["namens"] == TESS.name) == (who is TESS)


def test_t10_a_sign_in_for_a_branch_without_a_case_is_in_the_package_of_its_company(filled):
    services, company = filled.services, "kvk:90004760"
    whole = services.secrets.index(company)
    told = {"kvk": company[4:], "level": "high", "for": company, "for_name": "Toga", "branch": NORTH}
    create(services, "citizen", services.secrets.index(f"{company}/{NORTH}"), "Toga", identity=told)
    create(services, "citizen", whole, "Toga", identity={"kvk": company[4:], "level": "high"})
    with services.sessions() as session:
        records = list(account_records(session, services, whole, others_named=True))
    signed = [one.fields for one in records if one.title == "Aanmelding op het portaal"]
    assert sorted(str(one["namens"]) for one in signed) == ["None", f"Toga, vestiging {NORTH}"]
    after = under(services, NEWER_SECRET, TEST_SECRET)
    assert reseal(after).complete
    with after.sessions() as session:
        again = list(account_records(session, after, after.secrets.index(company), others_named=True))
    assert len([one for one in again if one.title == "Aanmelding op het portaal"]) == 2


def test_t10_sign_ins_of_the_person_are_in_it(filled):
    signed_in(filled.services, citizen(filled.services, TESS))
    signed_in(filled.services, NOOR)
    _, data = texts(made(filled.services, searched(filled.services), kinds=(PersonKind.ACCOUNT,)))
    titles = [one["titel"] for one in data["buiten_de_zaken"]["account"]]
    assert titles.count("Aanmelding op het portaal") == 1


def test_c2_who_was_named_to_file_along_and_never_confirmed_finds_that_in_the_package(filled):
    """By the own mail address, whatever capitals it was typed with; the case of the other stays out of it, and so does who did confirm."""
    services = filled.services
    ilse = services.secrets.index(ILSE_BSN)
    with services.sessions.begin() as session:
        session.add(PersonProfile(identity_index=ilse, email="ilse@post.example", news_by_mail=False))
    for typed in ("Ilse@Post.example", "iemand@post.example"):
        file_together(services, NamedPerson("Ilse Namaak", typed))
    with services.sessions() as session:
        found = [
            one
            for one in account_records(session, services, ilse, others_named=False)
            if one.title.startswith("Genoemd")
        ]
    assert [(one.fields["naam"], one.fields["e-mailadres"]) for one in found] == [("Ilse Namaak", "Ilse@post.example")]
    assert "Tess" not in repr(found)
    with services.sessions.begin() as session:
        session.execute(update(CoFiler).values(party_id=session.scalars(select(Party.id).limit(1)).one()))
    with services.sessions() as session:
        told = list(account_records(session, services, ilse, others_named=False))
    assert not [one for one in told if one.title.startswith("Genoemd")]
