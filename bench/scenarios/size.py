"""`size`: `start`, `complete`, `complete-news` and a due timer of `sweep`, with a thousand and with a million cases in the database.

The databases alternate call by call, each beside the floor in that same database, so that a share is one of the same
minute; only sweeps go one after the other. Milliseconds are told too: a share hides what slows both sides, and a timer against a task what slows every change.
"""

import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial

from bench.figures import Effort, Figure, alternate, at_most, milliseconds
from bench.ground import Ground, ground
from bench.postgres import PostgresServer
from bench.scenarios.complete import next_of
from bench.scenarios.sweep import make_due, sweep_all
from bench.seed import seed

AGAINST_SMALLEST = 1.1
SWEEPS = (
    4  # sweeps in the place of one round: a sweep is one piece of work of a tenth of a second, and does not alternate
)

Taken = tuple[float, float]  # milliseconds of the floor, and of one call of the work
Prepare = Callable[[Ground, int], Callable[[], object]]  # work in one database that can be done so many times


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    with ExitStack() as stack:
        grounds = {size: stack.enter_context(ground(server, f"size_{size}")) for size in effort.sizes}
        for size, here in grounds.items():
            seed(here, size)
        for name, prepare in WORKS.items():
            yield from _figures(name, [_alternating(prepare, grounds, effort) for _ in range(effort.rounds)])
        yield from _figures(
            "sweep",
            [{size: _sweep(here, effort) for size, here in grounds.items()} for _ in range(effort.rounds * SWEEPS)],
        )


def _alternating(prepare: Prepare, grounds: dict[int, Ground], effort: Effort) -> dict[int, Taken]:
    """One round: floor and work of every database in turn, call by call."""
    works = [work for here in grounds.values() for work in (here.floor.change, prepare(here, effort.times))]
    taken = alternate(works, effort.times)
    return dict(zip(grounds, zip(taken[::2], taken[1::2], strict=True), strict=True))


def _figures(name: str, rounds: Sequence[dict[int, Taken]]) -> Iterator[Figure]:
    smallest, *others = rounds[0]
    for size in rounds[0]:
        yield _share(f"size-{name}-{size}", [one[size] for one in rounds])
    for size in others:
        costs = [one[size][1] / one[smallest][1] for one in rounds]  # of the same seconds: sharper than by their floors
        told = {f"ms_{at}": statistics.median(one[at][1] for one in rounds) for at in (smallest, size)}
        yield at_most(f"size-{name}-{size}-to-{smallest}", costs, AGAINST_SMALLEST, told)


def _share(name: str, rounds: Sequence[Taken]) -> Figure:
    shares = [floor / own for floor, own in rounds]
    floor, own = (statistics.median(column) for column in zip(*rounds, strict=True))
    told = {"floor_ms": round(floor, 3), "work_ms": round(own, 3)}
    return Figure(name, round(statistics.median(shares), 3), "F", None, tuple(round(one, 3) for one in shares), told)


def _start(here: Ground, times: int) -> Callable[[], object]:
    del times
    here.register()
    return here.register


def _complete(here: Ground, times: int, *, news: bool = False) -> Callable[[], object]:
    """The citizen of the cases that are registered here asks for news; the seeded ones are of other people."""
    here.want_news(wanted=news)
    for _ in range(times + 5):
        here.register()
    return next_of(here, "Look", times + 5, route="verder")


def _sweep(here: Ground, effort: Effort) -> Taken:
    """Of each due timer."""
    make_due(here, effort.due)
    floor = alternate([here.floor.change], effort.times)[0]
    return floor, milliseconds(lambda: sweep_all(here, effort.due)) / effort.due


WORKS: dict[str, Prepare] = {
    "start": _start,
    "complete": _complete,
    "complete-news": partial(_complete, news=True),
}
