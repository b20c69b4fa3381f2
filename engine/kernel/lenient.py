"""A drawing of any tool, read as far as it can be: plain parts, without XML, for `engine.adopting`.

Nothing is fetched and no entity is filled in; what is not well formed is read up to where it breaks. Raises UnreadableModel only
when nothing is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from engine.errors import UnreadableModel
from engine.kernel.safe_xml import LARGEST, MOST_ELEMENTS

DEEPEST = 60
MODEL, DIAGRAM = "model", "diagram"


@dataclass(frozen=True, slots=True)
class FilePart:
    """`space`: `model` for what BPMN itself knows, `diagram` for its picture, else the namespace. Names are local names."""

    kind: str
    space: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: tuple["FilePart", ...] = ()

    def all(self, *kinds: str) -> Iterator["FilePart"]:
        return (child for child in self.children if child.kind in kinds and child.space in (MODEL, DIAGRAM))

    def first(self, *kinds: str) -> "FilePart | None":
        return next(self.all(*kinds), None)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


def read_parts(data: bytes) -> FilePart:
    """The root and all under it."""
    if not data.strip():
        raise UnreadableModel("Het bestand is leeg. Kies het bestand met de tekening.")
    if len(data) > LARGEST:
        raise UnreadableModel("Het bestand is groter dan 2 MB. Splits de tekening in kleinere processen.")
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnreadableModel("Dit bestand is geen XML. Kies een tekening die als BPMN 2.0 is bewaard.") from error
    if root is None or not isinstance(root.tag, str):
        raise UnreadableModel("Dit bestand is geen XML. Kies een tekening die als BPMN 2.0 is bewaard.")
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise UnreadableModel("De tekening heeft te veel onderdelen. Splits haar in kleinere processen.")
    return _part(root, 0)


def _part(element: etree._Element, depth: int) -> FilePart:
    name = etree.QName(element)
    inner = element.iterchildren(tag=etree.Element) if depth < DEEPEST else ()
    return FilePart(
        kind=name.localname,
        space=_space(name.namespace or ""),
        attributes={
            str(etree.QName(key).localname): " ".join(str(value).split()) for key, value in element.attrib.items()
        },
        text=" ".join((element.text or "").split()),
        children=tuple(_part(child, depth + 1) for child in inner),
    )


def _space(namespace: str) -> str:
    """Tools of before the standard was done wrote other addresses for the same thing."""
    upper = namespace.upper()
    if "BPMN" in upper and upper.endswith(("/MODEL", "BPMN20", "BPMN/2.0")):
        return MODEL
    if upper.endswith(("/DI", "/DC", "/BPMNDI")):
        return DIAGRAM
    return namespace
