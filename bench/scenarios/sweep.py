"""`sweep`: due timers (a hundred in a full run) take effect among so many that are not due yet."""

from collections.abc import Iterator
from contextlib import ExitStack

from bench.figures import Effort, Figure, alternate, at_most, milliseconds
from bench.ground import Ground, ground
from bench.postgres import PostgresServer
from bench.scenarios.complete import next_of
from bench.seed import seed
from processes.jobs.timer_sweep import sweep

DAYS_AGO = 41  # the model cases of the seed wait 42 days, and their copies at most 35 days less
AGAINST_COMPLETE = 1.3
AGAINST_SMALLEST = 1.2


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    with ExitStack() as stack:
        grounds = {size: stack.enter_context(ground(server, f"sweep_{size}")) for size in effort.sizes}
        for size, here in grounds.items():
            seed(here, size * 2)  # of every two cases, one waits with a timer
        rounds = [{size: _round(here, effort) for size, here in grounds.items()} for _ in range(effort.rounds)]
    smallest = effort.sizes[0]
    for size in effort.sizes:
        pairs = [one[size] for one in rounds]
        told = {"per_due_ms": pairs[-1][0], "complete_ms": pairs[-1][1]}
        yield at_most(f"sweep-{size}", [due / complete for due, complete in pairs], AGAINST_COMPLETE, told)
    largest = effort.sizes[-1]
    ratios = [one[largest][0] / one[smallest][0] for one in rounds]
    yield at_most(f"sweep-{largest}-to-{smallest}", ratios, AGAINST_SMALLEST, {})


def _round(here: Ground, effort: Effort) -> tuple[float, float]:
    """Milliseconds per due timer, and of completing a task in the same database just before."""
    make_due(here, effort.due)
    for _ in range(effort.times // 2 + 5):
        here.register()
    complete = alternate([next_of(here, "Look", effort.times // 2 + 5, route="verder")], effort.times // 2)[0]
    return milliseconds(lambda: sweep_all(here, effort.due)) / effort.due, complete


def make_due(here: Ground, due: int) -> None:
    """So many cases of weeks ago, each with a timer that is due now."""
    here.set_clock(-DAYS_AGO)
    old = [here.register() for _ in range(due)]
    for number in old:
        here.complete(here.task_of(number, "Look"), route="verder")
    here.set_clock(4)


def sweep_all(here: Ground, due: int) -> None:
    """Let them take effect, and nothing else."""
    fired = sweep(here.services)
    if fired != due:
        raise RuntimeError(f"{fired} cases were due, not {due}")
