"""`complete`: a task is done, by its id, with nothing of the instance in memory; the next task opens with its timer.

`complete-news` is the same with a mail to the citizen at each status, `complete-end` ends the case. Both are told, not judged.
"""

from collections.abc import Callable, Iterator

from bench.figures import Effort, Figure, at_most, share_of_floor
from bench.ground import Ground, ground
from bench.postgres import PostgresServer
from bench.statements import counted

TARGET = 0.60
MOST_STATEMENTS = 12


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    with ground(server, "complete") as here:
        fill(here, effort)
        yield statements(here)
        yield share_of_floor(
            "complete", next_of(here, "Look", _many(effort), route="verder"), here.floor.change, effort, TARGET
        )
        end = next_of(here, "Answer", _many(effort), outcome="Een verzonnen antwoord")
        yield share_of_floor("complete-end", end, here.floor.change, effort, None)
    with ground(server, "complete_news", news=True) as here:
        fill(here, effort)
        work = next_of(here, "Look", _many(effort), route="verder")
        yield share_of_floor("complete-news", work, here.floor.change, effort, None)


def fill(here: Ground, effort: Effort) -> None:
    for _ in range(_many(effort)):
        here.register()


def _many(effort: Effort) -> int:
    return effort.rounds * effort.times + 20


def next_of(here: Ground, element: str, many: int, **values: object) -> Callable[[], object]:
    """Completes open tasks of one element, each once; the first five calls warm up."""
    waiting = iter(here.open_tasks(element, many))
    for _ in range(5):
        here.complete(next(waiting), **values)
    return lambda: here.complete(next(waiting), **values)


def statements(here: Ground) -> Figure:
    """Statements of one completed task: without BEGIN and COMMIT, which make one round trip less."""
    work = next_of(here, "Look", 6, route="verder")
    with counted(here.services) as seen:
        work()
    return at_most("complete-statements", [len(seen.statements)], MOST_STATEMENTS, {"commits": seen.commits})
