"""The page of the destruction list: who reads it, what it offers to whom, and the certificates."""

import pytest
from dossiers import ADMIN, ARCHIVIST, CITIZEN, HANDLER, SYSTEM, WORKER, YESTERDAY, Made, listed, make_case

from processes.actions import act
from processes.actor import Actor
from processes.actors import drain
from processes.database.tables import StaffRow
from processes.errors import NotAllowed, NotFound
from processes.house import House
from processes.retention.actions import ApproveDestruction, ExceptCase
from processes.retention.reads import certificate, certificate_as_pdf, certificates, destruction_list
from processes.retention.sweeping import sweep_retention


@pytest.fixture
def made(archive: House) -> Made:
    made = make_case(archive, "Kwibus7391", bsn="111222333")
    sweep_retention(archive)
    return made


def test_the_list_shows_a_case_with_its_ground_and_nothing_personal(archive: House, made: Made) -> None:
    (line,) = destruction_list(archive, ARCHIVIST)
    assert (line.case_number, line.case_type, line.due_on, line.documents) == (made.number, "Bezwaar", YESTERDAY, 2)
    assert line.ground.startswith("13.1 Geschil behandeld (5 jaar)")
    assert [word for word in made.words if word in repr(line)] == []


OFFERS = {
    "archivist": (ARCHIVIST, (True, True, False)),
    "administrator": (ADMIN, (False, True, False)),
    "archivist who handled the case": (HANDLER, (False, True, False)),
}


@pytest.mark.parametrize(("actor", "offers"), OFFERS.values(), ids=OFFERS.keys())
def test_the_list_offers_what_the_reader_may_do(archive: House, made: Made, actor: Actor, offers: tuple) -> None:
    (line,) = destruction_list(archive, actor)
    assert (line.may_approve, line.may_except, line.may_relist) == offers
    act(archive, ADMIN, ExceptCase(line.id, "rechtbank"))
    (line,) = destruction_list(archive, actor)
    assert (line.may_approve, line.may_except, line.may_relist, line.exception) == (False, False, True, "rechtbank")


@pytest.mark.parametrize("actor", [CITIZEN, WORKER, SYSTEM], ids=lambda actor: actor.subject)
def test_nobody_else_reads_list_or_certificates(archive: House, actor: Actor) -> None:
    for read in (destruction_list, certificates):
        with pytest.raises(NotAllowed):
            read(archive, actor)
    for read in (certificate, certificate_as_pdf):
        with pytest.raises(NotAllowed):
            read(archive, actor, 1)


def test_b6_a_destroyed_case_moves_from_the_list_to_the_certificates(archive: House, made: Made) -> None:
    row_id = listed(archive, made.case_id).id
    with archive.sessions.begin() as session:
        session.add(StaffRow(username=ARCHIVIST.subject, name=ARCHIVIST.name, roles=["archivist"]))
    act(archive, ARCHIVIST, ApproveDestruction((row_id,)))
    with pytest.raises(NotFound):
        certificate(archive, ARCHIVIST, row_id)
    drain(archive)
    assert destruction_list(archive, ARCHIVIST) == ()
    (line,) = certificates(archive, ADMIN)
    assert (line.case_number, line.case_type, line.approved_by) == (made.number, "Bezwaar", ARCHIVIST.name)
    assert "2 documenten" in line.destroyed
    assert ARCHIVIST.name in certificate(archive, ADMIN, row_id)
    assert certificate_as_pdf(archive, ADMIN, row_id).startswith(b"%PDF")


def test_pages_follow_each_other(archive: House, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [make_case(archive, f"rij{at}", bsn="111222333").number for at in range(3)]
    sweep_retention(archive)
    monkeypatch.setattr("processes.retention.reads.PAGE", 2)
    shown = [[line.case_number for line in destruction_list(archive, ARCHIVIST, page)] for page in (1, 2, 3)]
    assert shown == [numbers[:2], numbers[2:], []]
