"""One poisoned case: the others go on, it is parked with an alarm, and an administrator lets it try again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fault_experiment import Experiment
from fault_play import INTAKE, open_task
from fault_stage import ADMIN, WORKER, set_business_time, until
from sqlalchemy import select, update

from processes.actions import act
from processes.actions.course import RetryCase
from processes.actions.tasks import CompleteTask
from processes.corridor.advance import Parked, Poisoned
from processes.database.tables import Case, Instance, MailRow, TaskRow
from processes.errors import ZaakspoorError
from processes.house import House
from processes.verifying import verify

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(600)]

DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda state: state[: len(state) // 2],
    "no bytes": lambda _: b"",
    "another format": lambda state: b"\xff" + state[1:],
    "other words": lambda _: b'\x01\x00[false,[[null,[["a","Nergens",-1,16,0]]]]]',
    "no tokens": lambda _: b'\x01\x00{"a": 1}',
}


def alarm_of(house: House, number: str) -> str | None:
    with house.sessions() as session:
        return session.scalars(select(Case.alarm).where(Case.number == number)).one()


def states_of(house: House, number: str) -> dict[int, bytes]:
    with house.sessions() as session:
        mine = select(Instance.id, Instance.state).join(Case, Case.id == Instance.case_id)
        return dict(session.execute(mine.where(Case.number == number)).all())  # type: ignore[arg-type]


def write_states(house: House, states: dict[int, bytes]) -> None:
    with house.sessions.begin() as session:
        for one, state in states.items():
            session.execute(update(Instance).where(Instance.id == one).values(state=state))


def reminders(house: House, numbers: list[str]) -> int:
    with house.sessions() as session:
        mine = select(MailRow.id).join(Case, Case.id == MailRow.case_id)
        return len(session.scalars(mine.where(Case.number.in_(numbers), MailRow.template == "herinnering")).all())


def test_damaged_states_are_parked_and_everybody_else_goes_on(experiment: Experiment) -> None:
    house, play = experiment.stage.house, experiment.play(len(DAMAGE) + 1)
    play.register()
    play.ask()
    *poisoned, sound = play.numbers
    kept = {number: states_of(house, number) for number in poisoned}
    for number, damage in zip(poisoned, DAMAGE.values(), strict=True):
        write_states(house, {one: damage(state) for one, state in kept[number].items()})
    set_business_time(house, play.start + timedelta(days=15))
    assert until(lambda: all(alarm_of(house, number) for number in poisoned), 30), experiment.stage.words()
    assert until(lambda: reminders(house, [sound]) == 1, 30), "a sound case waited for a poisoned one"
    assert alarm_of(house, sound) is None
    found = {problem.code for problem in verify(house)}
    assert "process_stuck" in found
    for number in poisoned:
        _nobody_reads_yes(house, number)
        with pytest.raises(Poisoned):
            act(house, ADMIN, RetryCase(number))  # not mended yet: it stays where it was
        assert alarm_of(house, number)
        write_states(house, kept[number])
        act(house, ADMIN, RetryCase(number))
        assert alarm_of(house, number) is None
    assert until(lambda: reminders(house, play.numbers) == len(play.numbers), 30), "a mended case did not go on"
    experiment.check()


def _nobody_reads_yes(house: House, number: str) -> None:
    with house.sessions() as session:
        open_ones = select(TaskRow.id).join(Case, Case.id == TaskRow.case_id)
        task = session.scalars(open_ones.where(Case.number == number, TaskRow.state == "open")).first()
    assert task
    with pytest.raises(Parked):
        act(house, WORKER, CompleteTask(task))


def test_a_condition_without_a_way_out_stops_the_step_and_not_the_case(experiment: Experiment) -> None:
    house, play = experiment.stage.house, experiment.play(2)
    play.register()
    number, sound = play.numbers
    task = open_task(house, number, "Intake")
    with pytest.raises(ZaakspoorError) as said:
        act(house, WORKER, CompleteTask(task, {**INTAKE, "department": "bestaat_niet"}))
    assert said.value.status < 500
    act(house, WORKER, CompleteTask(open_task(house, sound, "Intake"), INTAKE))
    assert open_task(house, number, "Intake") == task
    act(house, WORKER, CompleteTask(task, INTAKE))
    if alarm_of(house, number):
        act(house, ADMIN, RetryCase(number))
    experiment.check()
