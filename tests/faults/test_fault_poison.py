"""One poisoned case: the others go on, it is parked with an alarm, and an administrator lets it try again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fault_experiment import Experiment
from fault_installation import set_business_time
from fault_play import INTAKE
from kit.cases import open_task
from kit.people import FENNA as ADMIN
from kit.people import NOOR as WORKER
from kit.waiting import until
from sqlalchemy import select, update

from processes.actions import act
from processes.actions.course import RetryCase
from processes.actions.tasks import CompleteTask
from processes.base.errors import ZaakspoorError
from processes.execution.case_execution import Parked, Poisoned
from processes.jobs.verification import verify
from processes.storage.services import Services
from processes.storage.tables import Case, Instance, MailRow, TaskRow

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(600)]

DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda state: state[: len(state) // 2],
    "no bytes": lambda _: b"",
    "another format": lambda state: b"\xff" + state[1:],
    "other words": lambda _: b'\x01\x00[false,[[null,[["a","Nergens",-1,16,0]]]]]',
    "no tokens": lambda _: b'\x01\x00{"a": 1}',
}


def alarm_of(services: Services, number: str) -> str | None:
    with services.sessions() as session:
        return session.scalars(select(Case.alarm).where(Case.number == number)).one()


def states_of(services: Services, number: str) -> dict[int, bytes]:
    with services.sessions() as session:
        mine = select(Instance.id, Instance.state).join(Case, Case.id == Instance.case_id)
        return dict(session.execute(mine.where(Case.number == number)).all())  # type: ignore[arg-type]


def write_states(services: Services, states: dict[int, bytes]) -> None:
    with services.sessions.begin() as session:
        for one, state in states.items():
            session.execute(update(Instance).where(Instance.id == one).values(state=state))


def reminders(services: Services, numbers: list[str]) -> int:
    with services.sessions() as session:
        mine = select(MailRow.id).join(Case, Case.id == MailRow.case_id)
        return len(session.scalars(mine.where(Case.number.in_(numbers), MailRow.template == "herinnering")).all())


def test_damaged_states_are_parked_and_everybody_else_goes_on(experiment: Experiment) -> None:
    services, play = experiment.installation.services, experiment.play(len(DAMAGE) + 1)
    play.register()
    play.ask()
    *poisoned, sound = play.numbers
    kept = {number: states_of(services, number) for number in poisoned}
    for number, damage in zip(poisoned, DAMAGE.values(), strict=True):
        write_states(services, {one: damage(state) for one, state in kept[number].items()})
    set_business_time(services, play.start + timedelta(days=15))
    assert until(lambda: all(alarm_of(services, number) for number in poisoned)), experiment.installation.words()
    assert until(lambda: reminders(services, [sound]) == 1), "a sound case waited for a poisoned one"
    assert alarm_of(services, sound) is None
    found = {problem.code for problem in verify(services)}
    assert "process_stuck" in found
    for number in poisoned:
        _nobody_reads_yes(services, number)
        with pytest.raises(Poisoned):
            act(services, ADMIN, RetryCase(number))  # not mended yet: it stays where it was
        assert alarm_of(services, number)
        write_states(services, kept[number])
        act(services, ADMIN, RetryCase(number))
        assert alarm_of(services, number) is None
    assert until(lambda: reminders(services, play.numbers) == len(play.numbers)), "a mended case did not go on"
    experiment.check()


def _nobody_reads_yes(services: Services, number: str) -> None:
    with services.sessions() as session:
        open_ones = select(TaskRow.id).join(Case, Case.id == TaskRow.case_id)
        task = session.scalars(open_ones.where(Case.number == number, TaskRow.state == "open")).first()
    assert task
    with pytest.raises(Parked):
        act(services, WORKER, CompleteTask(task))


def test_a_condition_without_a_way_out_stops_the_step_and_not_the_case(experiment: Experiment) -> None:
    services, play = experiment.installation.services, experiment.play(2)
    play.register()
    number, sound = play.numbers
    task = open_task(services, "Intake", number)
    with pytest.raises(ZaakspoorError) as said:
        act(services, WORKER, CompleteTask(task, {**INTAKE, "department": "bestaat_niet"}))
    assert said.value.status < 500
    act(services, WORKER, CompleteTask(open_task(services, "Intake", sound), INTAKE))
    assert open_task(services, "Intake", number) == task
    act(services, WORKER, CompleteTask(task, INTAKE))
    if alarm_of(services, number):
        act(services, ADMIN, RetryCase(number))
    experiment.check()
