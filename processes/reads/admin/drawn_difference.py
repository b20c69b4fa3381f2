"""The difference between two versions as their drawings show it: sentences by heading, and what to mark in each drawing.

What is gone is marked in the old drawing, all else in the new one. A part that can be folded carries a mark as well when something
within it differs, for then nothing else of that can be seen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine import Folder
from engine.drawing import Drawing
from engine.kernel.reading import Reading
from processes.law import LawRule
from processes.reads.admin.differences import differences
from processes.reads.admin.one_change import Change, ChangeKind
from processes.reads.admin.outline import STEPS

Mark = Mapping[str, str]  # element, kind, message: as a page gives it to its script
LONGEST: Final = 600  # of the words at one mark; the list says all
WITHIN: Final = "Hierbinnen verandert iets."
# the first of these that one element has is the sign that it gets; the words stand there all
STRONGEST: Final = (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.CHANGED, ChangeKind.WITHIN)


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A sentence; `drawn` are the elements of the drawing that shows it, and `around` the parts that those stand in.

    `old`: the old drawing shows it. `sign`: how those elements are marked. `step`: the first of them that the drawing in words
    tells of, empty when it tells of none.
    """

    text: str
    kind: ChangeKind
    drawn: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    old: bool = False
    sign: ChangeKind = ChangeKind.CHANGED
    step: str = ""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    heading: str
    changes: tuple[ShownChange, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(one.text for one in self.changes)


@dataclass(frozen=True, slots=True)
class DrawnDifference:
    """`marks` of the new drawing, `old_marks` of the old one."""

    groups: tuple[ShownGroup, ...] = ()
    marks: tuple[Mark, ...] = ()
    old_marks: tuple[Mark, ...] = ()


def drawn_difference(
    old: Folder, old_reading: Reading, new: Folder, new_reading: Reading, law: Sequence[LawRule]
) -> DrawnDifference:
    """Nothing when both say the same, or one cannot be read. `law`: the rules that hold today."""
    found = differences(old, old_reading, new, new_reading, law)
    if old_reading.drawing is None or new_reading.drawing is None or not found:
        return DrawnDifference()
    was, now = old_reading.drawing, new_reading.drawing
    groups = tuple(ShownGroup(one.heading, tuple(_shown(change, was, now) for change in one.changes)) for one in found)
    changes = [change for group in groups for change in group.changes]
    gone = [change for change in changes if change.old]
    stays = [ShownChange("", ChangeKind.WITHIN, (), _known(change.around, now)) for change in gone]
    return DrawnDifference(groups, _marks([*(one for one in changes if not one.old), *stays]), _marks(gone))


def _shown(change: Change, was: Drawing, now: Drawing) -> ShownChange:
    old = change.itself and change.kind == ChangeKind.REMOVED
    drawing = was if old else now
    around = dict.fromkeys(part for one in change.elements for part in _around(drawing, one))
    sign = change.kind if change.itself else ChangeKind.CHANGED
    step = next((one for one in change.elements if one in drawing.nodes and drawing.nodes[one].kind in STEPS), "")
    return ShownChange(change.text, change.kind, change.elements, tuple(around), old, sign, step)


def _around(drawing: Drawing, element: str) -> Iterator[str]:
    """The parts in which an element is drawn, the innermost first."""
    drawn = drawing.nodes.get(element) or drawing.flows.get(element)
    while drawn is not None and drawn.scope in drawing.nodes:
        yield drawn.scope
        drawn = drawing.nodes[drawn.scope]


def _known(parts: Iterable[str], drawing: Drawing) -> tuple[str, ...]:
    return tuple(one for one in parts if one in drawing.nodes)


def _marks(changes: Sequence[ShownChange]) -> tuple[Mark, ...]:
    kinds: dict[str, set[ChangeKind]] = {}
    words: dict[str, dict[str, None]] = {}
    for change in changes:
        for element in change.drawn:
            kinds.setdefault(element, set()).add(change.sign)
            words.setdefault(element, {})[change.text] = None
    for part in (part for change in changes for part in change.around):
        kinds.setdefault(part, set()).add(ChangeKind.WITHIN)
        words.setdefault(part, {})[WITHIN] = None
    return tuple(
        {"element": one, "kind": _strongest(found), "message": " ".join(words[one])[:LONGEST]}
        for one, found in kinds.items()
    )


def _strongest(kinds: set[ChangeKind]) -> ChangeKind:
    return next(one for one in STRONGEST if one in kinds)
