"""Figures: what was measured, against which target, printed as a table for people or as JSON lines for tools."""

import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Figure:
    """`unit` F is the share of the floor's speed, x a ratio; `at_most` turns the target round. `target` None: told, not judged."""

    name: str
    value: float
    unit: str
    target: float | None
    rounds: tuple[float, ...] = ()
    floor: dict[str, float] = field(default_factory=dict)
    at_most: bool = False

    @property
    def met(self) -> bool | None:
        if self.target is None:
            return None
        return self.value <= self.target if self.at_most else self.value >= self.target

    def as_json(self) -> str:
        plain: dict[str, Any] = asdict(self)
        plain.pop("at_most")
        plain["rounds"] = list(self.rounds)
        return json.dumps({**plain, "met": self.met})


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure, and on how much. A quick run is a rough one; of the smallest only the end matters."""

    rounds: int = 5
    times: int = 100
    sizes: tuple[int, ...] = (1_000, 100_000, 1_000_000)  # cases in the database
    due: int = 100  # timers that take effect in one sweep
    finished: tuple[int, int] = (2_000, 50)  # rounds and document requests of an old case
    megabytes: int = 100  # of one upload
    workers: tuple[int, ...] = (1, 2, 4)  # processes beside each other
    moved: int = 10_000  # running cases that go to a new version
    papers: int = 500  # of one case, bound into one PDF
    presses: tuple[int, ...] = (1, 15, 30)  # steps of a rehearsal, counted with the one that is pressed

    @classmethod
    def quick(cls) -> "Effort":
        return cls(rounds=3, times=25, sizes=(1_000, 20_000), finished=(200, 5), moved=500, papers=50)

    @classmethod
    def smallest(cls) -> "Effort":
        """Just enough that each step of a scenario is taken. Its figures say nothing; that they come out says that it runs."""
        return cls(
            rounds=1,
            times=5,
            sizes=(20, 40),
            due=3,
            finished=(3, 1),
            megabytes=1,
            workers=(2,),
            moved=8,
            papers=4,
            presses=(1, 2),
        )


def milliseconds(work: Work) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def alternate(works: Sequence[Work], times: int) -> list[float]:
    """The median milliseconds of each piece of work, the pieces alternating call by call."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, found in zip(works, taken, strict=True):
            found.append(milliseconds(work))
    return [statistics.median(found) for found in taken]


def share_of_floor(name: str, work: Work, floor: Work, effort: Effort, target: float | None) -> Figure:
    """How fast `work` is, as a share of the floor's speed."""
    rounds = [alternate((floor, work), effort.times) for _ in range(effort.rounds)]
    shares = [base / own for base, own in rounds]
    base, own = (statistics.median(column) for column in zip(*rounds, strict=True))
    told = {"floor_ms": round(base, 3), "work_ms": round(own, 3), "per_second": round(1000 / own, 1)}
    return Figure(name, round(statistics.median(shares), 3), "F", target, tuple(round(s, 3) for s in shares), told)


def at_most(name: str, ratios: Sequence[float], target: float | None, floor: dict[str, float]) -> Figure:
    """A ratio that must stay small, such as what a large database costs against a small one."""
    rounds = tuple(round(ratio, 3) for ratio in ratios)
    told = {key: round(value, 3) for key, value in floor.items()}
    return Figure(name, round(statistics.median(ratios), 3), "x", target, rounds, told, at_most=True)


def table_line(figure: Figure) -> str:
    verdict = {True: "gehaald", False: "GEMIST", None: ""}[figure.met]
    wanted = "" if figure.target is None else f"{'<=' if figure.at_most else '>='} {figure.target:g}"
    told = ", ".join(f"{key} {value:g}" for key, value in figure.floor.items())
    spread = f"{min(figure.rounds):g} - {max(figure.rounds):g}" if figure.rounds else ""
    return f"{figure.name:<34} {figure.value:>9g} {figure.unit:<5} {wanted:<9} {verdict:<8} {spread:<18} {told}"


def show(figures: Iterable[Figure], *, as_json: bool) -> None:
    """Each figure as soon as it is there."""
    if not as_json:
        print(f"{'naam':<34} {'waarde':>9} {'':<5} {'doel':<9} {'':<8} {'rondes':<18} erbij gemeten")
    for figure in figures:
        print(figure.as_json() if as_json else table_line(figure), flush=True)
