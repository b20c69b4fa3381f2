"""Dutch words for the elements of a drawing, instead of ids and English terms."""

from collections.abc import Mapping
from typing import Final

from engine import Folder
from engine.drawing import Drawing, DrawnNode, SequenceFlow
from engine.kernel.reading import Reading
from engine.vocabulary import ELEMENTS, NODES, option_word
from engine.words import Side

KINDS: Final[Mapping[str, str]] = {kind: ELEMENTS[kind] for kind in NODES}
SIDES: Final[Mapping[str, str]] = {side: option_word(side) for side in Side}
WHOLE: Final = "de hele tekening"


class Names:
    """The names of everything in one drawing; the ids of a drawing that cannot be read stay unknown."""

    def __init__(self, reading: Reading | None) -> None:
        self._drawing: Drawing | None = reading.drawing if reading else None

    def of(self, element: str) -> str:
        """`taak 'Intake'`, `pijl van 'Intake' naar 'Hoorzitting'`, `baan 'Behandelaar'`."""
        if self._drawing is None or not element or element == self._drawing.process:
            return WHOLE
        if element in self._drawing.nodes:
            return node_name(self._drawing.nodes[element])
        if element in self._drawing.flows:
            return self.flow(self._drawing.flows[element])
        lane = next((lane for lane in self._drawing.lanes if lane.id == element), None)
        if lane is not None:
            return f"baan '{lane.name or lane.id}'"
        return f"onderdeel '{element[:60]}'"

    def flow(self, flow: SequenceFlow) -> str:
        return f"pijl van {self._end(flow.source)} naar {self._end(flow.target)}"

    def _end(self, node: str) -> str:
        known = self._drawing.nodes.get(node) if self._drawing else None
        return node_name(known) if known else f"'{node[:60]}'"


def node_name(node: DrawnNode) -> str:
    """`taak 'Intake'`; a step without a name shows its id, which is all there is to find it by."""
    kind = KINDS.get(node.kind, "onderdeel")
    name = " ".join(node.name.split())
    return f"{kind} '{name}'" if name else f"{kind} zonder naam ({node.id[:60]})"


def file_names(folder: Folder) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Forms and mails by file name."""
    return tuple(sorted(folder.forms)), tuple(sorted(folder.mails))
