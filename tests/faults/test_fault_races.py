"""Many at once on one case, and one case beside another."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fault_experiment import ROUNDS, Experiment
from fault_installation import LONG, SLOW, set_business_time
from fault_play import BSNS, INTAKE
from kit.cases import open_task
from kit.people import NOOR as WORKER
from kit.waiting import until
from sqlalchemy import func, select

from processes.actions import act
from processes.actions.course import ChangeRemark
from processes.actions.tasks import CompleteTask
from processes.actions.timers import FireTimers
from processes.base.actor import SYSTEM, Actor
from processes.base.errors import AlreadyDone, Busy
from processes.execution.unit_of_work import transact
from processes.jobs.timer_sweep import next_due
from processes.storage.tables import AuditRow, Case, MailRow, StatusRow, TaskRow

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(600)]


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """All of them at one moment; what each answered or raised."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        gate.wait(LONG)
        try:
            return work()
        except (AlreadyDone, Busy) as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def case_id_of(experiment: Experiment, number: str) -> int:
    with experiment.installation.services.sessions() as session:
        return session.scalars(select(Case.id).where(Case.number == number)).one()


def test_ten_people_who_complete_one_task_at_once_are_one_and_nine(experiment: Experiment) -> None:
    services, play = experiment.installation.services, experiment.play(1)
    play.register()
    (number,) = play.numbers
    task = open_task(services, "Intake", number)
    people = [replace(WORKER, subject=f"medewerker{at}") for at in range(10)]
    answers = at_once([lambda who=who: act(services, who, CompleteTask(task, INTAKE)) for who in people])
    kinds = Counter(type(answer).__name__ for answer in answers)
    assert kinds == {"str": 1, "AlreadyDone": 9}
    assert all("is al gedaan" in str(answer) for answer in answers if isinstance(answer, AlreadyDone))
    chain = case_id_of(experiment, number)
    with services.sessions() as session:
        assert session.scalar(select(func.count()).where(AuditRow.chain == chain, AuditRow.action == "complete")) == 1
    experiment.check()


@pytest.mark.parametrize("again", range(ROUNDS or 2))
def test_of_timer_and_person_at_one_moment_one_wins(experiment: Experiment, again: int) -> None:
    services, play = experiment.installation.services, experiment.play(1)
    play.register()
    (number,) = play.numbers
    missing = {**INTAKE, "complete": False, "missing_items": "Uw redenen."}
    act(services, WORKER, CompleteTask(open_task(services, "Intake", number), missing))
    task, chain = open_task(services, "RepairByCitizen", number), case_id_of(experiment, number)
    bsn = BSNS[Experiment.people - 1]
    citizen = Actor("citizen", services.secrets.index(f"bsn:{bsn}"), "Tess Testeling")
    set_business_time(services, play.start + timedelta(days=15, seconds=-30))  # the term ends on 3 March, at midnight
    until(lambda: (next_due(services) or play.start) > play.start + timedelta(days=14))
    set_business_time(services, play.start + timedelta(days=15))
    fire = FireTimers(chain)
    person, *_ = at_once([
        lambda: act(services, citizen, CompleteTask(task, {"repair_text": "Alsnog mijn redenen."})),
        lambda: act(services, SYSTEM, fire),
        lambda: act(services, SYSTEM, fire),
    ])  # fmt: skip
    with services.sessions() as session:
        state = session.get_one(TaskRow, task).state
        statuses = session.scalars(select(StatusRow.code).where(StatusRow.case_id == chain)).all()
    assert state == ("done" if person == number else "cancelled"), person
    assert person == number or (isinstance(person, AlreadyDone) and "niet opgeslagen" in str(person))
    assert Counter(statuses)["in_progress"] == 1
    assert open_task(services, "JudgeRepair", number)
    experiment.check()


def test_a_case_never_waits_on_another_and_two_never_work_on_one(experiment: Experiment) -> None:
    services, play = experiment.installation.services, experiment.play(3)
    play.register()
    play.ask()
    held, *others = play.numbers
    holding, done = threading.Event(), threading.Event()

    def hold(work) -> str:
        work.lock_case(held)
        work.audit(case_id_of(experiment, held), "remark")
        holding.set()
        done.wait()  # until the test is done: nobody gets the case before
        return ""

    long = threading.Thread(target=lambda: transact(services, WORKER, hold))
    long.start()
    assert holding.wait(LONG)
    try:
        for number in others:
            act(services, WORKER, ChangeRemark(number, "intussen"))  # Busy if it waited for the case that is held
        started = time.monotonic()
        with pytest.raises(Busy):
            act(services, WORKER, ChangeRemark(held, "tegelijk"))
        assert time.monotonic() - started < SLOW
        set_business_time(services, play.start + timedelta(days=15))  # past the reminder of the department
        assert until(lambda: reminded(experiment, others) == [1, 1]), "timers waited for the held case"
        assert reminded(experiment, [held]) == [0]
    finally:
        done.set()
        long.join()
    assert until(lambda: reminded(experiment, play.numbers) == [1, 1, 1])  # once, though two clocks tick
    with services.sessions() as session:
        assert session.scalars(select(Case.alarm).where(Case.number.in_(play.numbers))).all() == [None] * 3
    experiment.check()


def reminded(experiment: Experiment, numbers: Sequence[str]) -> list[int]:
    with experiment.installation.services.sessions() as session:
        mails = select(func.count(MailRow.id)).where(MailRow.template == "herinnering")
        return [session.scalar(mails.where(MailRow.case_id == case_id_of(experiment, one))) or 0 for one in numbers]
