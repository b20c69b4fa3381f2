"""kill -9 of web, worker and clock at each named point while cases run: nothing is lost, nothing is done twice."""

import random
from collections import Counter
from typing import get_args

import pytest
from fault_experiment import ROUNDS, Experiment
from fault_play import drained
from fault_programs import Programs
from kit.waiting import until

from processes.base.crash_points import Point

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(600 + 300 * ROUNDS)]

POINTS = {
    "web": ("body-half", "blob-written", "state-written", "before-commit", "committed", "before-response"),
    "worker": ("claimed", "sent-not-marked", "blob-written"),
    "clock": ("state-written", "before-commit", "committed"),
}


ELSEWHERE = {
    "resealed",
    "assembling",
    "scanned",
}  # test_fault_resealing.py, test_large_files_killed.py, test_virus_scanner.py


@pytest.mark.parametrize("seed", range(max(1, ROUNDS)))
def test_a_process_killed_at_each_point_loses_nothing(experiment: Experiment, seed: int) -> None:
    programs, dice = experiment.installation.programs, random.Random(seed)
    before = Counter(programs.hits)
    play = experiment.play(8 if ROUNDS else 3)
    for name, points in POINTS.items():
        # of two workers, one may get all letters and the other all mails: messages are dealt in turns
        arm = programs.arm_all if name == "worker" else programs.arm
        arm(name, *(point if seed == 0 else f"{point}:{dice.randint(1, 2)}" for point in points))
    play.whole()
    for _ in range(20):  # where a colleague process was first each time
        until(lambda: not missed(programs, before) or drained(experiment.installation.services))
        if until(lambda: not missed(programs, before), 3):  # a death is counted a moment after the work is done
            break
        more = experiment.play(1)
        more.register()
        more.ask()
        more.be_late()
    if missed(programs, before):
        programs.stacks()
        pytest.fail(f"never came to {missed(programs, before)}\n{experiment.installation.words()}")
    programs.disarm()
    experiment.check(play)


def test_every_point_that_the_code_names_is_hit_somewhere() -> None:
    assert {point for points in POINTS.values() for point in points} | ELSEWHERE == set(get_args(Point))


def missed(programs: Programs, before: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """Points at which no process died since `before`."""
    every = [(name, point) for name, points in POINTS.items() for point in points]
    return [one for one in every if programs.hits[one] == before[one]]
