"""Where an edit works: the drawing of a folder, an element in it, and a setting on that. What is not there is an EditRefused."""

from dataclasses import dataclass

from engine.edits.asked import Files, SettingPath
from engine.edits.source import SourceElement, read_source
from engine.errors import EditRefused
from engine.kernel.reading.settings import BPMN
from engine.kernel.safe_xml import UnsafeXml
from engine.vocabulary import CASE, SHAPES, Shape

SETTINGS = "extensionElements"
AGAIN = "Ververs de pagina en kijk wat er is veranderd."


def drawing_of(files: Files) -> str:
    """The name of the drawing of a folder; raises EditRefused when there is none, or more than one."""
    names = [name for name in files if name.endswith(".bpmn") and "/" not in name]
    if len(names) != 1:
        raise EditRefused("De map heeft niet precies één tekening. Laat er één over.")
    return names[0]


@dataclass(slots=True)
class Editing:
    """The drawing of a folder, opened for one edit."""

    files: Files
    name: str
    data: bytes
    root: SourceElement

    def saved(self, data: bytes) -> Files:
        """The folder with these bytes as its drawing."""
        return {**self.files, self.name: data}


def open_drawing(files: Files) -> Editing:
    """The drawing with its elements; raises EditRefused when it cannot be read."""
    name = drawing_of(files)
    try:
        data, root = read_source(files[name])
    except UnsafeXml as refused:
        raise EditRefused(str(refused), name) from refused
    return Editing(files, name, data, root)


def element_of(editing: Editing, id_: str) -> SourceElement:
    """The element with this id, not what draws it in the diagram; raises EditRefused."""
    for element in editing.root.walk():
        if element.space == BPMN and element.attributes.get("id") == id_:
            return element
    raise EditRefused(f"Onderdeel `{id_[:60]}` staat niet in de tekening. {AGAIN}", id_)


def settings_on(element: SourceElement) -> list[SourceElement]:
    """The settings on an element of BPMN, in the order of the drawing."""
    return [child for carrier in element.of(BPMN, SETTINGS) for child in carrier.children if child.space == CASE]


def inside(parent: SourceElement) -> list[SourceElement]:
    """The settings on an element or in another setting."""
    if parent.space == BPMN:
        return settings_on(parent)
    return [child for child in parent.children if child.space == CASE]


def setting_of(editing: Editing, id_: str, path: SettingPath) -> SourceElement:
    """The setting at the end of a path, or the element itself for an empty one; raises EditRefused."""
    at = element_of(editing, id_)
    for name, number in path:
        same = [child for child in inside(at) if child.name == name]
        if number >= len(same) or name not in SHAPES:
            raise EditRefused(f"`case:{name[:60]}` nummer {number + 1} staat hier niet. {AGAIN}", id_, name)
        at = same[number]
    return at


def shape_at(id_: str, path: SettingPath) -> Shape:
    """The shape of the setting at the end of a path that was found; raises EditRefused for an empty one."""
    if not path:
        raise EditRefused("Kies eerst welke instelling van dit onderdeel verandert.", id_)
    return SHAPES[path[-1][0]]
