"""One task of a drawing that runs in an instance of its own, for one person of several (`answers="each"`).

Such an instance holds the task, its timers and what comes after those that do not interrupt, such as a reminder. It ends
where the task ends; what is drawn behind the task happens once, in the instance that asked.
"""

# mypy: disable-error-code="no-any-return"
# (the library has no types)

from dataclasses import dataclass
from typing import Any

from engine.errors import UnknownState
from engine.kernel.compiling import Compiled
from engine.kernel.events import BoundaryEvent, Catching, ElementTimer, Guard
from engine.kernel.tokens import EACH, Token


@dataclass(frozen=True, slots=True)
class Alone:
    """`process`: the specs of the scope in which the task is drawn; `entry`: where a token begins; `ends`: the task and
    the events that interrupt it, by element id.
    """

    element: str
    process: Any
    entry: Any
    ends: frozenset[str]


def alone(compiled: Compiled, element: str) -> Alone:
    """The part of a drawing that one person gets. Raises UnknownState when the drawing has no such task."""
    for process in (compiled.spec, *compiled.subprocesses.values()):
        task = process.task_specs.get(element)
        if task is None:
            continue
        guard = next((process.task_specs[name] for name in task._inputs if _guards(process, name)), None)  # noqa: SLF001
        ends = {element, *(way.bpmn_id for way in _events(guard) if way.cancel_activity)}
        return Alone(element, process, guard or task, frozenset(ends))
    raise UnknownState(f"({element})")


def interrupted_by(compiled: Compiled, element: str) -> frozenset[str]:
    """The ids of the events on the edge of a task that end it. Empty for a task that the drawing does not have."""
    try:
        return alone(compiled, element).ends - {element}
    except UnknownState:
        return frozenset()


def waits_elsewhere(token: Token) -> bool:
    """Whether this is a timer on a task that others do, each in an instance of their own: there it runs."""
    if not isinstance(token.task_spec, BoundaryEvent) or not isinstance(token.task_spec.event_definition, ElementTimer):
        return False
    return any(EACH in other.internal_data for other in token.parent.children if other.live)


def lapse(token: Token, event: str) -> None:
    """Let a task that others do go on by the event that ended it there; one that is drawn no more counts as done."""
    held = token.parent.children if isinstance(token.parent.task_spec, Guard) else []
    found = next((other for other in held if other.live and other.task_spec.bpmn_id == event), None)
    if found is None or not isinstance(found.task_spec, Catching):
        token.complete()
    else:
        found.task_spec.trigger(found)


def _guards(process: Any, name: str) -> bool:
    return isinstance(process.task_specs[name], Guard)


def _events(guard: Any) -> list[Any]:
    return [way for way in guard.ways if isinstance(way, BoundaryEvent)] if guard else []
