"""Which elements of a drawing an instance cannot come to any more, by the answers that are known: every way there has a condition that
does not hold. A compiled model and facts go in, ids of elements come out.

An answer that nobody gave yet, where the condition comes to it, or a condition that reads the clock, rules nothing out.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from engine.errors import ExpressionError
from engine.expressions import compile_expression
from engine.kernel.compiling import Compiled
from engine.kernel.counting import texts_of
from engine.kernel.events import BoundaryEvent, ElementTimer, Guard
from engine.steps import Facts
from engine.words import ElementKind

CLOCK: Final = frozenset({"now", "today"})
WAITS: Final = frozenset(
    {
        ElementKind.USER_TASK, ElementKind.TASK, ElementKind.MANUAL_TASK, ElementKind.RECEIVE_TASK, ElementKind.CALL_ACTIVITY,
        ElementKind.INTERMEDIATE_CATCH_EVENT, ElementKind.EVENT_BASED_GATEWAY,
    }
)  # fmt: skip
Spec = tuple[str, str]
"""The name of a process or subprocess, and of a spec in it."""


def ruled_out(compiled: Compiled, facts: Facts, now: datetime) -> frozenset[str]:
    """The ids of the elements to which no way leads that these facts leave open; `now` is aware."""
    everything, open_ = _Walk(compiled, None, now).reached(), _Walk(compiled, facts, now).reached()
    return everything - open_


def passed_before(compiled: Compiled, reached: Collection[str], now: datetime) -> frozenset[str]:
    """The ids of the elements without which one of these cannot be reached, those themselves left out: an instance that came there went
    through them. `now` is aware.
    """
    walk = _Walk(compiled, None, now)
    arrows = walk.arrows()
    everything = _ids(arrows, None)
    wanted = everything & set(reached)
    return frozenset(one for one in everything - wanted if wanted - _ids(arrows, one))


def comes_later(compiled: Compiled, reached: Collection[str], now: datetime) -> frozenset[str]:
    """The ids of the elements to which a way leads from one of these that waits somewhere: for a person, a message or a moment. `now` is aware."""
    arrows = _Walk(compiled, None, now).onward_out()
    elements = compiled.model.elements
    todo = [(place, False) for place, (name, _) in arrows.items() if name in reached]
    seen: set[tuple[Spec, bool]] = set()
    while todo:
        place, waited = todo.pop()
        if (place, waited) in seen:
            continue
        seen.add((place, waited))
        for after in arrows[place][1]:
            element = elements.get(arrows[after][0])
            todo.append((after, waited or (element is not None and element.kind in WAITS)))
    return frozenset(arrows[place][0] for place, waited in seen if waited)


def passed_between(
    compiled: Compiled, element: str, resting: Collection[str], now: datetime
) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the elements that an instance may have gone through since it left `element`, and of those where it came and rests now:
    the ways end at each of `resting`. Of ways that part all are told, also where one was not taken. `now` is aware.
    """
    arrows = _Walk(compiled, None, now).onward_out()
    return _until(arrows, [after for name, onward in arrows.values() if name == element for after in onward], resting)


def passed_by_borders(
    compiled: Compiled, element: str, resting: Collection[str], now: datetime
) -> tuple[frozenset[str], frozenset[str]]:
    """The same by each event on the border of `element` or of a subprocess around it, as if it came."""
    walk = _Walk(compiled, None, now)
    arrows = walk.onward_out()
    return _until(arrows, walk.borders([place for place, (name, _) in arrows.items() if name == element]), resting)


def names_read_at(compiled: Compiled, elements: Collection[str]) -> frozenset[str]:
    """The names that conditions, loops and timers of these elements read while an instance runs."""
    found: set[str] = set()
    for process in (compiled.spec, *compiled.subprocesses.values()):
        for spec in process.task_specs.values():
            if (getattr(spec, "bpmn_id", None) or spec.name) in elements:
                for _, text in texts_of(spec):
                    found |= compile_expression(text).names
                definition = getattr(spec, "event_definition", None)
                if isinstance(definition, ElementTimer):
                    found |= definition.rule.names
    return frozenset(found)


def _until(
    arrows: Mapping[Spec, tuple[str, list[Spec]]], begin: Iterable[Spec], resting: Collection[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """The elements from here on along these arrows, and those of `resting`, where the ways end."""
    todo = list(begin)
    seen: set[Spec] = set()
    rests: set[str] = set()
    while todo:
        place = todo.pop()
        name, onward = arrows[place]
        if name in resting:
            rests.add(name)
        elif place not in seen:
            seen.add(place)
            todo += onward
    return frozenset(arrows[place][0] for place in seen), frozenset(rests)


def _ids(arrows: Mapping[Spec, tuple[str, list[Spec]]], closed: str | None) -> set[str]:
    """The elements along these arrows from the first place on, going nowhere through `closed`."""
    todo = [next(iter(arrows))]
    seen: set[Spec] = set()
    found: set[str] = set()
    while todo:
        place = todo.pop()
        name, onward = arrows[place]
        if place not in seen and name != closed:
            seen.add(place)
            found.add(name)
            todo += onward
    return found


def _names(spec: Any, other: str) -> bool:
    """Whether a spec names what it holds (`spec`) or repeats (`task_spec`)."""
    return isinstance(getattr(spec, other, None), str)


class _Walk:
    """From the start of the process along every arrow; with facts only along those that may be taken."""

    def __init__(self, compiled: Compiled, facts: Facts | None, now: datetime) -> None:
        self._processes = {compiled.spec.name: compiled.spec, **compiled.subprocesses}
        self._root = compiled.spec.name
        self._facts, self._now = facts, now

    def reached(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.arrows().values())

    def arrows(self) -> dict[Spec, tuple[str, list[Spec]]]:
        """Every place that is reached, the start first: the id of its element, and the places that follow it."""
        todo: list[Spec] = [(self._root, self._processes[self._root].start.name)]
        found: dict[Spec, tuple[str, list[Spec]]] = {}
        while todo:
            place = todo.pop()
            if place in found:
                continue
            spec = self._processes[place[0]].task_specs[place[1]]
            onward = list(self._onward(place[0], spec))
            found[place] = getattr(spec, "bpmn_id", None) or spec.name, onward
            todo += onward
        return found

    def onward_out(self) -> dict[Spec, tuple[str, list[Spec]]]:
        """The same, in which the end of a subprocess leads to what follows on that subprocess."""
        found = self.arrows()
        behind = {inner: self._behind(place) for inner, place in self._holders(found).items()}
        return {place: (name, onward or behind.get(place[0], [])) for place, (name, onward) in found.items()}

    def borders(self, places: Collection[Spec]) -> Iterator[Spec]:
        """The events on the border of these places, and of every subprocess around them."""
        holders = self._holders(self.arrows())
        for place in places:
            inner: Spec | None = place
            while inner is not None:
                yield from self._borders(*inner)
                inner = holders.get(inner[0])

    def _borders(self, process: str, name: str) -> Iterator[Spec]:
        for spec in self._processes[process].task_specs.values():
            if isinstance(spec, Guard) and any(way.name == name for way in spec.outputs):
                yield from ((process, way.name) for way in spec.outputs if isinstance(way, BoundaryEvent))

    def _holders(self, places: Collection[Spec]) -> dict[str, Spec]:
        """By the name of a subprocess the place that holds it; of one that is repeated the place that repeats it."""
        specs = {place: self._processes[place[0]].task_specs[place[1]] for place in places}
        repeats = {(place[0], spec.task_spec): place for place, spec in specs.items() if _names(spec, "task_spec")}
        return {spec.spec: repeats.get(place, place) for place, spec in specs.items() if _names(spec, "spec")}

    def _behind(self, holder: Spec) -> list[Spec]:
        """The places after the end of a subprocess; of one that is repeated first the place that may repeat it once more."""
        spec = self._processes[holder[0]].task_specs[holder[1]]
        return [holder] if _names(spec, "task_spec") else [(holder[0], way.name) for way in self._ways(spec)]

    def _onward(self, process: str, spec: Any) -> Iterator[Spec]:
        yield from ((process, way.name) for way in self._ways(spec))
        if _names(spec, "spec") and spec.spec in self._processes:
            yield spec.spec, self._processes[spec.spec].start.name
        if _names(spec, "task_spec") and spec.task_spec in self._processes[process].task_specs:
            yield process, spec.task_spec

    def _ways(self, spec: Any) -> list[Any]:
        flows = getattr(spec, "cond_task_specs", None)
        if not flows or self._facts is None:
            return list(spec.outputs)
        said = [None if condition is None else self._holds(condition.args[0]) for condition, _ in flows]
        sure = any(one is True for one in said)  # then the default is not taken
        ways = zip((condition for condition, _ in flows), said, spec.ways, strict=True)
        return [way for condition, holds, way in ways if (not sure if condition is None else holds is not False)]

    def _holds(self, text: str) -> bool | None:
        """None when the answers do not say."""
        condition = compile_expression(text)
        if condition.functions & CLOCK:
            return None
        try:
            return bool(condition.evaluate(_Answered(self._facts or {}), self._now))
        except (ExpressionError, NotAnswered):
            return None


class NotAnswered(Exception):
    """The condition reads an answer that nobody gave yet."""


class _Answered(Mapping[str, Any]):
    """The facts that are known; reading another one ends the evaluation, so that `and` and `or` stop before it where they can."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def __getitem__(self, name: str) -> Any:
        if (known := self._facts.get(name)) is None:
            raise NotAnswered
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)
