"""T10: a package is made once, kept for some days, and goes with its time, its maker's wish or a destroyed case; memory stays flat."""

import tracemalloc
from datetime import timedelta

import pytest
from kit.cases import days_later, rows
from kit.documents import PDF, stored
from kit.log_lines import log_lines
from kit.people import BO, NOOR, PIET, TESS, VERA, citizen
from person_kit import fill, furnish, how_many, ids_of, made, searched, texts
from sqlalchemy import select, update

from processes.actions import act
from processes.actions.documents import RemoveDocument
from processes.actions.person_data import FindPerson, MakePackage, RemovePackage, package_key
from processes.actions.removing import ApproveRemoval, ProposeRemoval
from processes.base.errors import AlreadyDone, Busy, Invalid, NotAllowed, NotFound
from processes.jobs import clock_process
from processes.jobs.clock_process import sweep_orphans
from processes.jobs.destroying import destroy
from processes.jobs.person_package import make_person_package, making
from processes.jobs.person_sweep import sweep_packages
from processes.jobs.workers import carry_out, drain
from processes.reads.admin import package_file, read_packages, read_person
from processes.reads.person.exchanged import TAKEN_OFF
from processes.storage import outbox
from processes.storage.tables import (
    AuditRow,
    Case,
    DestructionRow,
    DocumentRow,
    NoteRow,
    OutboxRow,
    Party,
    PersonPackage,
)
from processes.storage.words import PersonKind

ALL = tuple(PersonKind)


def blobs(services):
    return {file.blob for file in services.files.all_blobs()}


def package_of(services, package):
    (row,) = rows(services, PersonPackage, id=package)
    return row


@pytest.fixture
def on_each(installed):
    return fill(installed(furnish))


def test_t10_a_package_goes_with_its_file_when_its_days_are_over(on_each):
    services, before = on_each.services, blobs(on_each.services)
    package = searched(services)
    made(services, package, on_each.first)
    days_later(services, 13)
    assert sweep_packages(services) == 0
    assert blobs(services) - before == {package_of(services, package).blob}
    days_later(services, 1)
    assert sweep_packages(services) == 1
    assert (blobs(services), how_many(services, PersonPackage)) == (before, 0)


def test_t10_a_search_of_which_nothing_was_made_goes_as_well(filled):
    searched(filled.services)
    days_later(filled.services, 14)
    assert sweep_packages(filled.services) == 1


def test_t10_the_sweep_of_files_that_nobody_holds_leaves_a_package(filled, monkeypatch):
    services = filled.services
    package = searched(services)
    made(services, package, filled.first)
    monkeypatch.setattr(clock_process, "ORPHAN_AGE", timedelta(0))
    sweep_orphans(services)
    assert services.files.exists(package_of(services, package).blob)


def test_t10_who_asked_can_take_it_away_and_nobody_else(filled):
    services, before = filled.services, blobs(filled.services)
    package = searched(services)
    made(services, package, filled.first)
    other = type(VERA)(VERA.kind, "vincent", "Vincent", VERA.roles)
    for who, refused in ((other, NotFound), (NOOR, NotAllowed)):
        with pytest.raises(refused):
            act(services, who, RemovePackage(package))
        with pytest.raises(refused):
            read_person(services, who, package)
        with pytest.raises(refused):
            package_file(services, who, package)
    assert read_packages(services, other) == ()
    act(services, VERA, RemovePackage(package))
    drain(services)
    assert (blobs(services), how_many(services, PersonPackage)) == (before, 0)


def _approved(services, number):
    (case,) = rows(services, Case, number=number)
    with services.sessions.begin() as session:
        row = DestructionRow(
            case_id=case.id, case_number=number, case_type="bezwaar", result="", retention_class="13.1",
            due_on=case.received_on, listed_at=services.clock.now(), state="approved", proposed_by=NOOR.subject,
            approved_by=BO.subject,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def test_t10_a_destroyed_case_takes_every_package_of_its_people_along(on_each):
    services = on_each.services
    of_tess, open_one = searched(services), searched(services)
    made(services, of_tess, on_each.first)
    blob = package_of(services, of_tess).blob
    destroy(services, {"destruction": _approved(services, on_each.first)})
    assert (how_many(services, PersonPackage), services.files.exists(blob)) == (0, False)
    (row,) = rows(services, DestructionRow, case_number=on_each.first)
    assert row.certificate["counts"]["person_package"] == 2
    assert open_one != of_tess


def test_t10_a_package_that_was_taken_away_while_it_was_made_leaves_no_file(filled, monkeypatch):
    services, before = filled.services, blobs(filled.services)
    package = searched(services)
    act(services, VERA, MakePackage(package, ALL, ids_of(services, filled.first)))
    write = making.write_archive

    def taken_away(*given):
        contents = write(*given)
        act(services, VERA, RemovePackage(package))
        return contents

    monkeypatch.setattr(making, "write_archive", taken_away)
    make_person_package(services, {"package": package})
    assert (blobs(services), how_many(services, PersonPackage)) == (before, 0)


def test_t10_made_twice_is_made_once(filled):
    services = filled.services
    package = searched(services)
    made(services, package, filled.first)
    first = package_of(services, package)
    make_person_package(services, {"package": package})
    with pytest.raises(AlreadyDone):
        act(services, VERA, MakePackage(package, ALL, ids_of(services, filled.second)))
    assert (package_of(services, package).blob, package_of(services, package).chosen) == (first.blob, first.chosen)


def test_t10_a_store_that_does_not_answer_leaves_no_half_and_is_tried_again(filled, monkeypatch):
    services = filled.services
    package = searched(services)
    act(services, VERA, MakePackage(package, ALL, ids_of(services, filled.first)))
    before = blobs(services)

    def busy(*_given):
        raise Busy

    with monkeypatch.context() as broken:
        broken.setattr(type(services.files), "read", busy)
        (work,) = rows(services, OutboxRow, key=package_key(package))
        assert not carry_out(services, work.id)
    assert (blobs(services), package_of(services, package).state) == (before, "wanted")
    with services.sessions.begin() as session:
        outbox.retry(session, work.id)
    assert carry_out(services, work.id)
    assert package_of(services, package).state == "ready"


def test_t10_a_file_that_is_gone_is_said_at_its_document(filled):
    services = filled.services
    (gone,) = [row for row in rows(services, DocumentRow) if row.title == "stuk-van-tess"]
    services.files.delete(gone.blob)
    page, data = texts(made(services, searched(services), filled.first))
    (record,) = [one for one in data["zaken"][0]["gegevens"]["documents"] if one["titel"] == "stuk-van-tess"]
    assert record["bestand_niet_te_lezen"]
    assert "Niet te lezen in de opslag" in page


def test_t10_long_work_keeps_its_lease(filled, monkeypatch):
    services = filled.services
    package = searched(services)
    act(services, VERA, MakePackage(package, ALL, ids_of(services, filled.first)))
    (work,) = rows(services, OutboxRow, key=package_key(package))
    monkeypatch.setattr(making, "EVERY_SECONDS", 0.0)
    kept, keep = [], outbox.keep_lease
    monkeypatch.setattr(outbox, "keep_lease", lambda session, key: (kept.append(key), keep(session, key)))
    assert carry_out(services, work.id)
    assert set(kept) == {package_key(package)}


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
        (case,) = ids_of(services, filled.second)
        session.execute(update(Party).where(Party.case_id == case, Party.role == "objector").values(barred_as="vera"))
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


def test_t10_a_document_that_is_erased_by_two_people_leaves_the_packages_too(filled):
    services, package = filled.services, searched(filled.services)
    made(services, package, filled.first)
    blob = package_of(services, package).blob
    (document,) = [row for row in rows(services, DocumentRow) if row.title == "stuk-van-tess"]
    act(services, NOOR, ProposeRemoval(document.id, "Hoort hier niet."))
    assert services.files.exists(blob)
    act(services, PIET, ApproveRemoval(document.id))
    drain(services)
    assert (how_many(services, PersonPackage), services.files.exists(blob)) == (0, False)
    page, data = texts(made(services, searched(services), filled.first))
    assert "stuk-van-tess" not in page + repr(data)


def test_t10_a_document_that_was_taken_off_the_case_goes_along_marked(filled):
    services = filled.services
    (document,) = [row for row in rows(services, DocumentRow) if row.title == "stuk-van-tess"]
    act(services, NOOR, RemoveDocument(document.id, "Dubbel."))
    _, data = texts(made(services, searched(services), filled.first))
    (record,) = [one for one in data["zaken"][0]["gegevens"]["documents"] if one["titel"] == "stuk-van-tess"]
    assert record["beoordelen"] == TAKEN_OFF
    assert record["bestand"]
