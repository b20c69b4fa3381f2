"""A way to an element that no recorded rehearsal passes is searched for: cases are played with first and other choices.

Each try is played apart, as a rehearsal is (processes.rehearsal.exploring), and says what else could have been done at each state. Tried
next is what lies nearest: another choice where the case stood closest to the element in the drawing, after the fewest steps. The search
is limited in tries and in time; it finds a short way, not surely the shortest.
"""

import heapq
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from itertools import count
from typing import Final

from engine.drawing import Drawing
from engine.words import EventKind
from processes.base.isolated_play import AT_ONCE, Explored, ExploredState, PlayedWith, Seek
from processes.jobs.guiding import Wishes, wishes_on_the_way

SECONDS: Final = 60.0
MOST_TRIES: Final = 60
MOST_AFTER: Final = 8  # tries once there is a way, for a shorter one
MOST_STEPS: Final = 40
FAR: Final = 1000
MOST_STARTS: Final = 3
LEAST: Final = 3.0  # seconds; with less no other case is begun
MARGIN: Final = 1.0  # seconds, for the answer of a try to come back
MOST_TOLD: Final = 5  # of what was tried where a case came nearest
EQUALS: Final = re.compile(r"(\w+) == '([^']*)'")
Taken = tuple[int, tuple[str, ...]]
"""Which beginning, and the steps after it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The outcome of a search: the rehearsal that comes there with its last step, and its number of steps; an empty text when there
    is none. `tried`: how many times a case was played, in how many `seconds`. `nearest`: the element of the drawing at which a case
    stood that lies closest, and `away` how many arrows from there; `choices`: what was tried there, each step as a YAML text.
    `ended`: a word of Ended.
    """

    text: str
    steps: int
    tried: int
    seconds: int = 0
    nearest: str = ""
    away: int = 0
    choices: tuple[str, ...] = ()
    ended: str = ""


class Ended(StrEnum):
    """Why a search stopped without a way: its time was over, it had tried as often as it may, or nothing was left to try."""

    TIME = "time"
    TRIES = "tries"
    NOTHING_LEFT = "nothing_left"


def seek(played_with: PlayedWith, drawing: Drawing, element: str, starts: Sequence[bytes]) -> Sought:
    """Search for a way to an element of a drawing, for SECONDS at most. `starts`: rehearsals whose beginnings are taken; a made-up one
    when there are none.
    """
    return _Search(played_with, drawing, element, starts[:MOST_STARTS] or (b"",)).through()


@dataclass
class _Search:
    played_with: PlayedWith
    drawing: Drawing
    element: str
    starts: Sequence[bytes]
    tried: int = 0
    best: Explored | None = None
    waiting: list[tuple[float, int, Taken]] = field(default_factory=list)
    seen: set[tuple[str, ...]] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=count)
    far: dict[str, int] = field(init=False)
    conditions: list[tuple[str, str]] = field(init=False)
    waits: frozenset[str] = field(init=False)
    wished: Wishes = field(init=False)
    near: tuple[int, str] = (FAR, "")  # how far the nearest case stood, and at what
    tried_near: dict[str, None] = field(default_factory=dict)
    end: float = 0.0

    def __post_init__(self) -> None:
        self.far = distances(self.drawing, self.element)
        self.waits = waiting_leads_on(self.drawing, self.far)
        self.wished = wishes_on_the_way(self.drawing, self.far)
        self.conditions = [one for one in asked_by_conditions(self.drawing) if one[1] in self.far]

    def through(self) -> Sought:
        begun, most = time.monotonic(), MOST_TRIES
        self.end = begun + SECONDS
        for which in range(len(self.starts)):
            self._put(0, (which, ()))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while self.waiting and self.tried < most and self._left() > LEAST:
                batch = self._next()
                for taken, found in zip(batch, pool.map(self._try, batch), strict=True):
                    most = min(most, self._note(taken, found, most))
        best, seconds = self.best, round(time.monotonic() - begun)
        if best:
            return Sought(best.text, len(best.steps), self.tried, seconds)
        away, nearest = self.near
        ended = Ended.NOTHING_LEFT if not self.waiting else Ended.TRIES if self.tried >= most else Ended.TIME
        return Sought("", 0, self.tried, seconds, nearest, away if nearest else 0, tuple(self.tried_near), ended)

    def _left(self) -> float:
        """The seconds that are left."""
        return self.end - time.monotonic()

    def _next(self) -> list[Taken]:
        """The ones that lie nearest; what cannot become shorter than what was found is passed over."""
        batch: list[Taken] = []
        while self.waiting and len(batch) < AT_ONCE:
            taken = heapq.heappop(self.waiting)[2]
            if len(taken[1]) <= self._most():
                batch.append(taken)
        return batch

    def _most(self) -> int:
        return len(self.best.steps) - 1 if self.best else MOST_STEPS

    def _try(self, taken: Taken) -> Explored | None:
        which, steps = taken
        title = f"Een weg naar {self.drawing.nodes[self.element].name or self.element}"
        asked = Seek(
            self.drawing.process, self.element, steps, self._most(), title, tuple(sorted(self.far)), tuple(sorted(self.waits)),
            {name: asdict(wish) for name, wish in self.wished.items()}, max(0.0, self._left() - MARGIN),
        )  # fmt: skip
        return self.played_with.explore(self.starts[which], asked)

    def _note(self, taken: Taken, found: Explored | None, most: int) -> int:
        """Keep the outcome of a try, and how many tries there may be from here on."""
        self.tried += 1
        if found is None:
            return most
        if found.found:
            if self.best is None or len(found.steps) < len(self.best.steps):
                self.best = found
            return self.tried + MOST_AFTER
        for state in found.states:
            self._note_nearest(found, state)
            self._branch(taken[0], found, state)
        return most

    def _note_nearest(self, found: Explored, state: ExploredState) -> None:
        """Keep where the case stood that came nearest, and what was done there."""
        here = (
            (self.far[node], node)
            for process, node in state.stands
            if process == self.drawing.process and node in self.far
        )
        nearest = min(here, default=(FAR, ""))
        if nearest > self.near:
            return
        if nearest < self.near:
            self.near, self.tried_near = nearest, {}
        if state.at < len(found.steps) and len(self.tried_near) < MOST_TOLD:
            self.tried_near[found.steps[state.at]] = None

    def _branch(self, which: int, found: Explored, state: ExploredState) -> None:
        stands = sorted(":".join(one) for one in state.stands)
        far = min(
            (self.far.get(node, FAR) for process, node in state.stands if process == self.drawing.process), default=FAR
        )
        for rank, other in enumerate(state.others):
            here = (*stands, _without_day(other, found.steps[: state.at]))
            if here not in self.seen:
                self.seen.add(here)
                leads = min((self.far[flow] for words, flow in self.conditions if words in other), default=FAR)
                late = 0.0 if leads < far else 1 + 0.5 * rank
                self._put(2 * min(far, leads) + 0.3 * state.at + late, (which, (*found.steps[: state.at], other)))

    def _put(self, worth: float, taken: Taken) -> None:
        heapq.heappush(self.waiting, (worth, next(self.numbers), taken))


def _without_day(step: str, before: Sequence[str]) -> str:
    """A step that is the same at another moment; waiting once more is another step than waiting."""
    waited = sum(one.startswith("until:") for one in before)
    return f"until {waited}" if step.startswith("until:") else step


def waiting_leads_on(drawing: Drawing, far: Mapping[str, int]) -> frozenset[str]:
    """The elements at which only time brings a case nearer: what comes next is a moment, on their edge or behind them."""
    nearer: dict[str, set[str]] = {}
    for source, target in _steps(drawing):
        if source in far and far.get(target) == far[source] - 1:
            nearer.setdefault(source, set()).add(target)
    return frozenset(node for node, targets in nearer.items() if all(_is_moment(drawing, one) for one in targets))


def _is_moment(drawing: Drawing, node: str) -> bool:
    return any(event.kind == EventKind.TIMER for event in drawing.nodes[node].events)


def distances(drawing: Drawing, element: str) -> dict[str, int]:
    """How many flows lie between each element and this one, for those from which it can be reached."""
    before: dict[str, set[str]] = {}
    for source, target in _steps(drawing):
        before.setdefault(target, set()).add(source)
    found, todo = {element: 0}, [element]
    for node in todo:
        for source in before.get(node, ()):
            if source not in found:
                found[source] = found[node] + 1
                todo.append(source)
    return found


def asked_by_conditions(drawing: Drawing) -> list[tuple[str, str]]:
    """The answers that conditions ask for, as a step has them (`route: bezwaar`), each with the element that its flow leads to."""
    flows = [flow for flow in drawing.flows.values() if flow.condition]
    compared = [
        (f"{code}: {word}\n", flow.target) for flow in flows for code, word in EQUALS.findall(flow.condition or "")
    ]
    ticked = [(f"{flow.condition}: true\n", flow.target) for flow in flows if (flow.condition or "").isidentifier()]
    return [*compared, *ticked]


def _steps(drawing: Drawing) -> Iterator[tuple[str, str]]:
    """From which element a case can come to which: by a flow, to the edge of what it waits in, into a part and out of it again."""
    starts, ends = set(drawing.nodes), set(drawing.nodes)
    for flow in drawing.flows.values():
        yield flow.source, flow.target
        starts.discard(flow.target)
        ends.discard(flow.source)
    for node in drawing.nodes.values():
        if node.attached_to:
            yield node.attached_to, node.id
        elif node.scope in drawing.nodes and node.id in starts:
            yield node.scope, node.id
        if node.scope in drawing.nodes and node.id in ends:
            yield from ((node.id, flow.target) for flow in drawing.flows.values() if flow.source == node.scope)
