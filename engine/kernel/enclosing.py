"""Tokens that a new drawing draws inside a subprocess: the subprocess gets a token that holds them.

In: the rows of one flow as `engine.kernel.codec` stores them, already with their new names; out: the rows that stay, the flows of
subprocesses that had to be made, and what cannot be placed, with a reason. A subprocess with events on its border, and one that
is repeated, would have begun something else beside the tokens (a timer, a next round): those are refused.
"""

# ruff: noqa: SLF001 - the hooks of the library are its private methods, and their signatures are given

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from SpiffWorkflow.util.task import TaskState

from engine.errors import Misfit
from engine.kernel.events import Guard
from engine.kernel.nodes import SubProcess

Row = list[Any]  # id, element, parent row or -1, state, data


@dataclass(slots=True)
class Placed:
    """`rows` stay in the flow that is looked at; `made`: each new flow, the id of the token that holds it and its rows."""

    rows: list[Row]
    made: list[tuple[str, list[Row]]] = field(default_factory=list)
    refused: list[Misfit] = field(default_factory=list)


def found_in(process: Any, subprocesses: Mapping[str, Any], element: str) -> Any:
    """The spec of an element in this scope or in a subprocess of it; None when it is in neither."""
    for name in _way(process, subprocesses, element) or []:
        process = subprocesses[process.task_specs[name].spec]
    return process.task_specs.get(element)


def enclose(process: Any, subprocesses: Mapping[str, Any], rows: list[Row]) -> Placed:
    """Lay rows in the subprocesses of `process` (specs of the new drawing) in which their elements stand now."""
    into: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        way = _way(process, subprocesses, row[1])
        into.setdefault(way[0] if way else "", []).append(at)
    placed = Placed(_chosen(rows, into.pop("", [])))
    for name, inner in into.items():
        reason = _refuses(process, name, placed.rows)
        if reason:
            placed.refused.append(Misfit(name.removesuffix(" [child]"), reason, said=True))
        else:
            _hold(process, subprocesses, name, _chosen(rows, inner), placed)
    return placed


def _way(process: Any, subprocesses: Mapping[str, Any], element: str) -> list[str]:
    """The subprocesses, outermost first, in which an element stands; none when it stands in this scope, or nowhere."""
    if element in process.task_specs:
        return []
    for name, spec in process.task_specs.items():
        inner = subprocesses[spec.spec] if isinstance(spec, SubProcess) else None
        if inner is None:
            continue
        further = _way(inner, subprocesses, element)
        if further or element in inner.task_specs:
            return [name, *further]
    return []


def _refuses(process: Any, name: str, rows: list[Row]) -> str:
    """Why no token of this subprocess can be made; empty when one can."""
    spec = process.task_specs[name]
    if spec.instance:
        return "dit deelproces herhaalt zich"
    if any(isinstance(process.task_specs[one], Guard) for one in spec._inputs):
        return "op de rand van dit deelproces staan gebeurtenissen"
    if any(row[1] == name for row in rows):
        return "dit deelproces loopt al"
    return ""


def _hold(process: Any, subprocesses: Mapping[str, Any], name: str, rows: list[Row], placed: Placed) -> None:
    inner = enclose(subprocesses[process.task_specs[name].spec], subprocesses, rows)
    holder = uuid4().hex
    placed.rows.append([holder, name, -1, TaskState.STARTED, 0])
    placed.made += [(holder, inner.rows), *inner.made]
    placed.refused += inner.refused


def _chosen(rows: list[Row], chosen: list[int]) -> list[Row]:
    """These rows, each with the number that its parent has among them; a parent that stays behind is no parent."""
    number = {at: index for index, at in enumerate(chosen)}
    return [
        [key, name, number.get(parent, -1), state, data]
        for key, name, parent, state, data in (rows[at] for at in chosen)
    ]
