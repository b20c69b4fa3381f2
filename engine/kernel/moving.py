"""A running instance moves to a new version of its drawing: its tokens are laid on the new specs as they are.

Timers keep their anchor and count, tasks their id, so drafts and children stay. Around what is drawn in a subprocess now, a token
of that subprocess is made (`engine.kernel.enclosing`). What the new drawing has no place for is named and refuses the move: an element that is gone or of another kind, changed boundary events on live
work, a join whose incoming flow is gone.
"""

# ruff: noqa: SLF001 - the hooks of the library are its private methods, and their signatures are given

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from engine.errors import CannotMove, Misfit, UnknownState
from engine.kernel import codec
from engine.kernel.alone import alone
from engine.kernel.compiling import Compiled
from engine.kernel.enclosing import enclose, found_in
from engine.kernel.events import EventGateway, Guard
from engine.kernel.nodes import ARROW, FROM
from engine.kernel.settling import load, outcome
from engine.steps import Facts, Outcome

SUFFIXES = (".BoundaryEventSplit", " [child]")
GONE: Final = "bestaat niet meer"
OTHER_KIND: Final = "is een ander soort onderdeel geworden"
OTHER_EVENTS: Final = "heeft andere gebeurtenissen op de rand"
OTHER_WAY: Final = "heeft de pijl niet meer waarover de zaak hier kwam"


def move(
    old: Compiled,
    new: Compiled,
    state: bytes,
    facts: Facts,
    now: datetime,
    renamed: Mapping[str, str] | None = None,
) -> Outcome:
    """The same tokens on the new drawing; nothing runs. `renamed`: old element id to new. Raises CannotMove."""
    names = renamed or {}
    document = codec.unpack(state)
    finished, flows = document[:2]
    element = codec.alone_in(document)
    top = _top(old, new, element, names)
    specs: dict[str | None, tuple[Any, Any]] = {None: top}
    misfits: list[Misfit] = []
    moved: list[list[Any]] = []
    for holder, rows in flows:
        before, after = specs.get(holder, (None, None))
        if after is None:
            continue  # its subprocess is among the misfits already
        drawn = {name: found_in(after, new.subprocesses, rename(name, names)) for _, name, *_ in rows}
        placed = enclose(after, new.subprocesses, [_on_new(row, names) for row in rows])
        misfits += [*_misfits(before, drawn, rows, names), *placed.refused]
        specs |= _inner(old, new, before, drawn, rows)
        moved += [[holder, placed.rows], *([key, inner] for key, inner in placed.made)]
    if misfits:
        gone = {one.element for one in misfits if one.why == GONE}  # then what else is wrong with it does not matter
        raise CannotMove(one for one in misfits if one.why == GONE or one.element not in gone)
    then = names.get(element, element) if element else None
    new_document = codec.document(finished=finished, flows=moved, element=then, kept=codec.kept_in(document))
    return outcome(load(new, codec.pack(new_document), facts, now))


def _top(old: Compiled, new: Compiled, element: str | None, names: Mapping[str, str]) -> tuple[Any, Any]:
    """The specs of the instance itself, before and after: of one task alone, those of the scope around that task."""
    if element is None:
        return old.spec, new.spec
    try:
        return alone(old, element).process, alone(new, names.get(element, element)).process
    except UnknownState as gone:
        raise CannotMove([Misfit(element, GONE)]) from gone


def rename(name: str, names: Mapping[str, str]) -> str:
    base, suffix = next(((name.removesuffix(end), end) for end in SUFFIXES if name.endswith(end)), (name, ""))
    return names.get(base, base) + suffix


def _on_new(row: list[Any], names: Mapping[str, str]) -> list[Any]:
    key, name, parent, state, data = row
    if data and FROM in data:
        data = {**data, FROM: rename(data[FROM], names)}
    return [key, rename(name, names), parent, state, data]


def _inner(
    old: Compiled, new: Compiled, before: Any, drawn: Mapping[str, Any], rows: list[list[Any]]
) -> dict[str | None, tuple[Any, Any]]:
    """The specs of the subprocesses that these tokens hold, before and after, by token id."""
    found: dict[str | None, tuple[Any, Any]] = {}
    for key, name, *_ in rows:
        one, other = before.task_specs.get(name), drawn[name]
        if hasattr(one, "spec") and hasattr(other, "spec"):
            found[key] = (old.subprocesses.get(one.spec), new.subprocesses.get(other.spec))
    return found


def _misfits(
    before: Any, drawn: Mapping[str, Any], rows: list[list[Any]], names: Mapping[str, str]
) -> Iterator[Misfit]:
    """`drawn`: the specs of the new drawing, by the names of the old one."""
    for _, name, parent, _, data in rows:
        above = before.task_specs[rows[parent][1]] if parent >= 0 else None
        came_from = rename(data[FROM], names) if data and FROM in data else None
        arrow = data.get(ARROW, 0) if data else 0
        why = _other_node(before.task_specs[name], drawn[name], names) or _other_place(
            above, drawn[name], came_from, arrow
        )
        if why:
            yield Misfit(next((name.removesuffix(end) for end in SUFFIXES if name.endswith(end)), name), why)


def _other_node(old: Any, new: Any, names: Mapping[str, str]) -> str:
    """Why a token on `old` cannot stand on `new`; empty when it can."""
    if new is None:
        return OTHER_EVENTS if isinstance(old, Guard) else GONE
    if _manner(new) != _manner(old):
        return OTHER_KIND
    holds = isinstance(old, (Guard, EventGateway))
    return OTHER_EVENTS if holds and not _same_events(old, new, names) else ""


def _other_place(above: Any, new: Any, came_from: str | None, arrow: int) -> str:
    """Why not, when the element is the same: it is guarded otherwise, or at a join the token came by a flow that is gone."""
    guarded = any(isinstance(new._wf_spec.task_specs[name], Guard) for name in new._inputs)
    if guarded != isinstance(above, Guard):
        return OTHER_EVENTS
    return OTHER_WAY if came_from is not None and new._inputs.count(came_from) <= arrow else ""


def _same_events(old: Any, new: Any, names: Mapping[str, str]) -> bool:
    return {(rename(way.name, names), *_manner(way)) for way in old.ways} == {
        (way.name, *_manner(way)) for way in new.ways
    }


def _manner(way: Any) -> tuple[Any, ...]:
    return type(way), getattr(way, "cancel_activity", None), type(getattr(way, "event_definition", None))
