"""The page of the destruction list: who reads it, what it offers to whom, and the certificates."""

import pytest
from kit.dossiers import (
    ADMIN,
    ARCHIVIST,
    CITIZEN,
    HANDLER,
    KEPT,
    SECOND,
    SYSTEM,
    WORKER,
    YESTERDAY,
    Made,
    approve,
    listed,
    make_case,
)

from processes.actions import act
from processes.actions.retention import ExceptCase, ProposeDestruction
from processes.base.actor import Actor
from processes.base.errors import NotAllowed, NotFound
from processes.jobs.retention_sweep import sweep_retention
from processes.jobs.workers import drain
from processes.reads.retention import certificate, certificate_as_pdf, certificates, destruction_list
from processes.storage.services import Services
from processes.storage.tables import StaffRow


@pytest.fixture
def made(archive: Services) -> Made:
    made = make_case(archive, "Kwibus7391", bsn="111222333")
    sweep_retention(archive)
    return made


def test_the_list_shows_a_case_with_its_ground_and_nothing_personal(archive: Services, made: Made) -> None:
    (line,) = destruction_list(archive, ARCHIVIST)
    assert (line.case_number, line.case_type, line.due_on, line.documents) == (made.number, "Bezwaar", YESTERDAY, 2)
    assert line.ground.startswith("13.1 Geschil behandeld (5 jaar)")
    assert [word for word in made.words if word in repr(line)] == []


OFFERS = {  # reader -> may approve what Bo proposed, and why not
    "archivist": (ARCHIVIST, True, None),
    "administrator": (ADMIN, False, None),
    "archivist who handled the case": (HANDLER, False, "eigen zaak"),
    "archivist who proposed it": (SECOND, False, "eigen voorstel"),
}


@pytest.mark.parametrize(("actor", "approves", "own"), OFFERS.values(), ids=OFFERS.keys())
def test_the_list_offers_what_the_reader_may_do(
    archive: Services, made: Made, actor: Actor, approves: bool, own: str | None
) -> None:
    assert _offers(archive, actor) == ("Wacht op een voorstel", True, False, True, False)
    act(archive, SECOND, ProposeDestruction((listed(archive, made.case_id).id,)))
    assert _offers(archive, actor) == ("Wacht op een tweede persoon", False, approves, True, True)
    (line,) = destruction_list(archive, actor)
    assert (line.own, line.proposed_by) == (own, SECOND.subject)
    assert line.proposed_at
    act(archive, ADMIN, ExceptCase(line.id, "rechtbank", *KEPT))
    assert _offers(archive, actor) == ("Uitgezonderd", False, False, False, True)
    (line,) = destruction_list(archive, actor)
    assert (line.exception, line.proposed_by) == ("rechtbank", None)


def _offers(services: Services, actor: Actor) -> tuple[str, bool, bool, bool, bool]:
    (line,) = destruction_list(services, actor)
    return line.state_text, line.may_propose, line.may_approve, line.may_except, line.may_relist


def test_what_waits_for_a_second_person_stands_first(archive: Services, made: Made) -> None:
    later = make_case(archive, "later", bsn="111222333")
    sweep_retention(archive)
    act(archive, SECOND, ProposeDestruction((listed(archive, later.case_id).id,)))
    assert [line.case_number for line in destruction_list(archive, ARCHIVIST)] == [later.number, made.number]


@pytest.mark.parametrize("actor", [CITIZEN, WORKER, SYSTEM], ids=lambda actor: actor.subject)
def test_nobody_else_reads_list_or_certificates(archive: Services, actor: Actor) -> None:
    for read in (destruction_list, certificates):
        with pytest.raises(NotAllowed):
            read(archive, actor)
    for read in (certificate, certificate_as_pdf):
        with pytest.raises(NotAllowed):
            read(archive, actor, 1)


def test_b6_a_destroyed_case_moves_from_the_list_to_the_certificates(archive: Services, made: Made) -> None:
    row_id = listed(archive, made.case_id).id
    with archive.sessions.begin() as session:
        for actor in (ARCHIVIST, SECOND):
            session.add(StaffRow(number=actor.subject, username=actor.subject, name=actor.name, roles=["archivist"]))
    approve(archive, row_id)
    with pytest.raises(NotFound):
        certificate(archive, ARCHIVIST, row_id)
    drain(archive)
    assert destruction_list(archive, ARCHIVIST) == ()
    (line,) = certificates(archive, ADMIN)
    assert (line.case_number, line.case_type) == (made.number, "Bezwaar")
    assert (line.proposed_by, line.approved_by) == (SECOND.name, ARCHIVIST.name)
    assert "2 documenten" in line.destroyed
    for actor in (ARCHIVIST, SECOND):
        assert actor.name in certificate(archive, ADMIN, row_id)
    assert certificate_as_pdf(archive, ADMIN, row_id).startswith(b"%PDF")


def test_pages_follow_each_other(archive: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [make_case(archive, f"rij{at}", bsn="111222333").number for at in range(3)]
    sweep_retention(archive)
    monkeypatch.setattr("processes.reads.retention.PAGE", 2)
    shown = [[line.case_number for line in destruction_list(archive, ARCHIVIST, page)] for page in (1, 2, 3)]
    assert shown == [numbers[:2], numbers[2:], []]
