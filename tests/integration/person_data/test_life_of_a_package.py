"""T10: a package is made once, kept for some days, and goes with its time, its maker's wish or a destroyed case."""

from datetime import timedelta

import pytest
from kit.cases import days_later, rows
from kit.people import BO, NOOR, PIET, VERA
from person_kit import fill, furnish, how_many, ids_of, made, searched, texts

from processes.actions import act
from processes.actions.person_data import MakePackage, RemovePackage, package_key
from processes.actions.removing import ApproveRemoval, ProposeRemoval
from processes.base.errors import AlreadyDone, Busy, NotAllowed, NotFound
from processes.jobs import clock_process
from processes.jobs.clock_process import sweep_orphans
from processes.jobs.destroying import destroy
from processes.jobs.person_package import make_person_package, making
from processes.jobs.person_sweep import sweep_packages
from processes.jobs.workers import carry_out, drain
from processes.reads.admin import package_file, read_packages, read_person
from processes.storage import outbox
from processes.storage.tables import (
    Case,
    DestructionRow,
    DocumentRow,
    OutboxRow,
    PersonPackage,
    RemovalRow,
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
        closed = session.get_one(Case, case.id)
        closed.state, closed.closed_at = "closed", services.clock.now() - timedelta(days=7300)
        closed.destroy_from = closed.closed_at.date()  # its term has passed, as it is computed on the day itself too
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


def test_t10_a_document_that_is_erased_by_two_people_leaves_the_packages_too(filled):
    services, package = filled.services, searched(filled.services)
    made(services, package, filled.first)
    blob = package_of(services, package).blob
    (document,) = [row for row in rows(services, DocumentRow) if row.title == "stuk-van-tess"]
    act(services, NOOR, ProposeRemoval(document.id, "Hoort hier niet."))
    assert services.files.exists(blob)
    (proposal,) = rows(services, RemovalRow)
    act(services, PIET, ApproveRemoval(document.id, str(proposal.id)))
    drain(services)
    assert (how_many(services, PersonPackage), services.files.exists(blob)) == (0, False)
    page, data = texts(made(services, searched(services), filled.first))
    assert "stuk-van-tess" not in page + repr(data)
