"""Destruction killed half way: it is taken up again, and nothing of the dossier is left in rows or files."""

from datetime import timedelta

import pytest
from fault_experiment import Experiment
from fault_installation import Installation
from kit.waiting import until
from sqlalchemy import func, select, update

from processes.actions import act
from processes.actions.retention import ApproveDestruction, ListDue, ProposeDestruction
from processes.base.actor import SYSTEM, Actor
from processes.base.clock import local_date
from processes.jobs.destroying import case_tables
from processes.storage.tables import AuditRow, Case, DestructionRow, DocumentRow, MailRow

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(600)]
ARCHIVIST = Actor("staff", "arie", "Arie Archivaris", frozenset({"archivist"}))
SECOND = Actor("staff", "bo", "Bo Bewaarder", frozenset({"archivist"}))


def test_a_destruction_killed_half_way_is_finished(experiment: Experiment) -> None:
    installation = experiment.installation
    number = a_closed_case(experiment)
    with installation.services.sessions.begin() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        blobs = session.scalars(select(DocumentRow.blob).where(DocumentRow.case_id == case.id)).all()
        long_ago = case.closed_at - timedelta(days=7300)  # the term is computed on the day itself too
        session.execute(
            update(Case).where(Case.id == case.id).values(closed_at=long_ago, destroy_from=local_date(long_ago))
        )
        mails = session.scalars(select(MailRow.message_id).where(MailRow.case_id == case.id)).all()
        case_id = case.id
    assert len(blobs) > 3
    hits = sum(installation.programs.hits.values())
    installation.programs.arm_all("worker", "before-commit", "committed")  # a worker commits an action only to destroy
    act(installation.services, SYSTEM, ListDue())
    act(installation.services, SECOND, ProposeDestruction((listed(installation, case_id),)))
    act(installation.services, ARCHIVIST, ApproveDestruction((listed(installation, case_id),)))
    for confirmed in [one for one, (of, _) in experiment.doors.confirmed.items() if of == number]:
        del experiment.doors.confirmed[confirmed]  # confirmed, and then destroyed as the law asks
    assert until(lambda: sum(installation.programs.hits.values()) >= hits + 2), installation.words()
    installation.programs.disarm()
    assert until(lambda: state_of(installation, case_id) == "destroyed"), installation.words()
    assert left_of(installation, case_id) == []
    assert [blob for blob in blobs if installation.services.files.exists(blob)] == []
    with installation.services.sessions() as session:
        done = select(func.count()).where(AuditRow.chain == case_id, AuditRow.action == "destroyed")
        assert session.scalar(done) == 1
    for one in mails:  # the receiver keeps what our rows no longer know
        del installation.mail.box.received[one]
    experiment.check()


def a_closed_case(experiment: Experiment) -> str:
    """One that an earlier experiment played to the end, or else a new one."""
    with experiment.installation.services.sessions() as session:
        closed = session.scalar(select(Case.number).where(Case.state == "closed").limit(1))
    if closed:
        return closed
    play = experiment.play(1)
    play.whole()
    experiment.check(play)
    return play.numbers[0]


def listed(installation: Installation, case_id: int) -> int:
    with installation.services.sessions() as session:
        return session.scalars(select(DestructionRow.id).where(DestructionRow.case_id == case_id)).one()


def state_of(installation: Installation, case_id: int) -> str:
    with installation.services.sessions() as session:
        return session.scalars(select(DestructionRow.state).where(DestructionRow.case_id == case_id)).one()


def left_of(installation: Installation, case_id: int) -> list[str]:
    with installation.services.sessions() as session:
        counts = {
            table.name: session.scalar(select(func.count()).select_from(table).where(table.c.case_id == case_id))
            for table in case_tables()
        }
        counts["case"] = session.scalar(select(func.count()).where(Case.id == case_id))
    return [name for name, count in counts.items() if count]
