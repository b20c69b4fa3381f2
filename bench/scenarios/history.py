"""`history`: a step of a case with thousands of finished rounds and many finished requests costs what a fresh one costs."""

from collections.abc import Iterator

from sqlalchemy import func, select

from bench.figures import Effort, Figure, alternate, at_most
from bench.ground import WORKER, Ground, ground
from bench.postgres import PostgresServer
from processes.actions import act
from processes.actions.course import PressButton
from processes.storage.tables import Instance

TARGET = 1.2


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    finished_rounds, finished_requests = effort.finished
    with ground(server, "history") as here:
        old, fresh = here.register(), here.register()
        for _ in range(finished_rounds):
            again(here, old)
        for _ in range(finished_requests):
            request_and_stop(here, old)
        steps = (Rounds(here, fresh).one, Rounds(here, old).one)
        pairs = [alternate(steps, effort.times) for _ in range(effort.rounds)]
        told = {"fresh_ms": pairs[-1][0], "old_ms": pairs[-1][1]}
        yield at_most("history", [long / short for short, long in pairs], TARGET, told)
        sizes = [state_size(here, number) for number in (fresh, old)]
        yield at_most("history-state", [sizes[1] / sizes[0]], TARGET, {"fresh_bytes": sizes[0], "old_bytes": sizes[1]})


class Rounds:
    """Goes round in the loop of one case. Finding the task is part of the work of both, and costs the same in both."""

    def __init__(self, here: Ground, number: str) -> None:
        self._here, self._number = here, number

    def one(self) -> None:
        again(self._here, self._number)


def again(here: Ground, number: str) -> None:
    here.complete(here.task_of(number, "Look"), route="opnieuw")


def request_and_stop(here: Ground, number: str) -> None:
    """A document request that is made and stopped again: an instance of its own, with its mails and its tasks."""
    act(here.services, WORKER, PressButton(number, "more_documents"))
    newest = select(func.max(Instance.id)).where(Instance.case_id == here.case_id(number))
    with here.services.sessions() as session:
        instance = session.scalar(newest)
    act(here.services, WORKER, PressButton(number, "stop_request", instance))


def state_size(here: Ground, number: str) -> int:
    root = select(func.length(Instance.state)).where(Instance.case_id == here.case_id(number), Instance.is_root)
    with here.services.sessions() as session:
        size: int = session.scalars(root).one()
        return size
