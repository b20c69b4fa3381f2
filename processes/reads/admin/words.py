"""Dutch words for the elements of a drawing, instead of ids and English terms."""

from collections.abc import Mapping
from typing import Final

from engine import Folder
from engine.drawing import Drawing, DrawnNode, SequenceFlow
from engine.edits.unnamed import said_as
from engine.kernel.reading import Reading
from engine.vocabulary import ELEMENTS, NODES, option_word
from engine.words import Side

KINDS: Final[Mapping[str, str]] = {kind: ELEMENTS[kind] for kind in NODES}
SIDES: Final[Mapping[str, str]] = {side: option_word(side) for side in Side}
FILES: Final[Mapping[str, str]] = {"mails": "brief of mail", "forms": "formulier", "rehearsals": "repetitie"}
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
            return node_name(self._drawing, self._drawing.nodes[element])
        if element in self._drawing.flows:
            return self.flow(self._drawing.flows[element])
        kind, _, file = element.partition("/")
        if kind in FILES and file:
            return f"{FILES[kind]} '{file.rpartition('.')[0][:60]}'"
        lane = next((lane for lane in self._drawing.lanes if lane.id == element), None)
        if lane is not None:
            return f"baan '{lane.name or lane.id}'"
        return f"onderdeel '{element[:60]}'"

    def flow(self, flow: SequenceFlow) -> str:
        return f"pijl van {self._end(flow.source)} naar {self._end(flow.target)}"

    def _end(self, node: str) -> str:
        known = self._drawing.nodes.get(node) if self._drawing else None
        return node_name(self._drawing, known) if self._drawing and known else f"'{node[:60]}'"


def node_name(drawing: Drawing, node: DrawnNode) -> str:
    """`taak 'Intake'`; a step without a name by where it stands."""
    return said_as(drawing, node)


def file_names(folder: Folder) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Forms and mails by file name."""
    return tuple(sorted(folder.forms)), tuple(sorted(folder.mails))
