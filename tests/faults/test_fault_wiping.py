"""Destruction killed half way: it is taken up again, and nothing of the dossier is left in rows or files."""

import pytest
from fault_experiment import Experiment
from fault_stage import Stage, until
from sqlalchemy import func, select, update

from processes.actions import act
from processes.actor import SYSTEM, Actor
from processes.clock import local_date
from processes.database.tables import AuditRow, Case, DestructionRow, DocumentRow, MailRow
from processes.demo_clock import business_now
from processes.retention.actions import ApproveDestruction, ListDue, ProposeDestruction
from processes.retention.destroying import case_tables

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(600)]
ARCHIVIST = Actor("staff", "arie", "Arie Archivaris", frozenset({"archivist"}))
SECOND = Actor("staff", "bo", "Bo Bewaarder", frozenset({"archivist"}))


def test_a_destruction_killed_half_way_is_finished(experiment: Experiment) -> None:
    stage = experiment.stage
    number = a_closed_case(experiment)
    with stage.house.sessions.begin() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        blobs = session.scalars(select(DocumentRow.blob).where(DocumentRow.case_id == case.id)).all()
        session.execute(
            update(Case).where(Case.id == case.id).values(destroy_from=local_date(business_now(stage.house)))
        )
        mails = session.scalars(select(MailRow.message_id).where(MailRow.case_id == case.id)).all()
        case_id = case.id
    assert len(blobs) > 3
    hits = sum(stage.programs.hits.values())
    stage.programs.arm_all("worker", "before-commit", "committed")  # a worker commits an action only to destroy
    act(stage.house, SYSTEM, ListDue())
    act(stage.house, SECOND, ProposeDestruction((listed(stage, case_id),)))
    act(stage.house, ARCHIVIST, ApproveDestruction((listed(stage, case_id),)))
    for confirmed in [one for one, (of, _) in experiment.doors.confirmed.items() if of == number]:
        del experiment.doors.confirmed[confirmed]  # confirmed, and then destroyed as the law asks
    assert until(lambda: sum(stage.programs.hits.values()) >= hits + 2, 60), stage.words()
    stage.programs.disarm()
    assert until(lambda: state_of(stage, case_id) == "destroyed", 60), stage.words()
    assert left_of(stage, case_id) == []
    assert [blob for blob in blobs if stage.house.files.exists(blob)] == []
    with stage.house.sessions() as session:
        done = select(func.count()).where(AuditRow.chain == case_id, AuditRow.action == "destroyed")
        assert session.scalar(done) == 1
    for one in mails:  # the receiver keeps what our rows no longer know
        del stage.mail.box.received[one]
    experiment.check()


def a_closed_case(experiment: Experiment) -> str:
    """One that an earlier experiment played to the end, or else a new one."""
    with experiment.stage.house.sessions() as session:
        closed = session.scalar(select(Case.number).where(Case.state == "closed").limit(1))
    if closed:
        return closed
    play = experiment.play(1)
    play.whole()
    experiment.check(play)
    return play.numbers[0]


def listed(stage: Stage, case_id: int) -> int:
    with stage.house.sessions() as session:
        return session.scalars(select(DestructionRow.id).where(DestructionRow.case_id == case_id)).one()


def state_of(stage: Stage, case_id: int) -> str:
    with stage.house.sessions() as session:
        return session.scalars(select(DestructionRow.state).where(DestructionRow.case_id == case_id)).one()


def left_of(stage: Stage, case_id: int) -> list[str]:
    with stage.house.sessions() as session:
        counts = {
            table.name: session.scalar(select(func.count()).select_from(table).where(table.c.case_id == case_id))
            for table in case_tables()
        }
        counts["case"] = session.scalar(select(func.count()).where(Case.id == case_id))
    return [name for name, count in counts.items() if count]
