"""A picture in a document of Word. Anything else that is drawn there is refused."""

from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from processes.post.converting.docx_package import A_DRAWING, LeftOut, Package, w
from processes.post.converting.pictures import made_picture
from processes.post.pdf import PICTURE, Picture, markup

_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACED: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OLD: Final = "{urn:schemas-microsoft-com:vml}"
EMU: Final = 36_000  # in a millimetre
WIDEST: Final = 160  # millimetres, between the margins
TEXT_BOXES: Final = ("txbxContent", "txbx")
ENDINGS: Final = ("jpg", "jpeg", "png", "gif")


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """`words` are read aloud in its place; `wide` in millimetres."""

    picture: Picture
    words: str
    wide: int

    def html(self, name: str) -> str:
        return f'<img src="{PICTURE}{name}" alt="{markup(self.words)}" style="width: {self.wide}mm">'


def picture_of(package: Package, part: str, element: Element) -> PlacedPicture | None:
    """The picture of `w:drawing`, `w:pict` or the two ways to write one; None for an empty one. Raises LeftOut."""
    if element.tag == w("object"):
        raise LeftOut.of(element)
    if any(one.tag.rpartition("}")[2] in TEXT_BOXES for one in element.iter()):
        raise LeftOut.because(A_DRAWING)
    drawing = element if element.tag == w("drawing") else next(element.iter(w("drawing")), None)
    relation = _relation(element if drawing is None else drawing)
    name = package.target(part, relation)
    if name.rpartition(".")[2].lower() not in ENDINGS:
        raise LeftOut.because("een afbeelding die geen jpg of png is")
    return PlacedPicture(made_picture(package.content(name)), _words(element), _wide(element))


def _relation(element: Element) -> str:
    """The relation of the only picture in it. Raises LeftOut for a shape, a chart or a group."""
    blips = list(element.iter(f"{_DRAWING}blip"))
    old = list(element.iter(f"{_OLD}imagedata"))
    if len(blips) == 1 and len(list(element.iter(_PICTURE))) == 1:
        return blips[0].get(f"{_RELATIONS}embed") or _no_relation()
    if not blips and len(old) == 1:
        return old[0].get(f"{_RELATIONS}id") or _no_relation()
    raise LeftOut.because(A_DRAWING)


def _no_relation() -> str:
    raise LeftOut.because("een afbeelding die ergens anders wordt bewaard")


def _words(element: Element) -> str:
    described = next(element.iter(f"{_PLACED}docPr"), None)
    said = "" if described is None else described.get("descr") or described.get("title") or ""
    return said or "Afbeelding zonder beschrijving"


def _wide(element: Element) -> int:
    extent = next(element.iter(f"{_PLACED}extent"), None)
    return min(WIDEST, max(1, int(extent.get("cx", "0")) // EMU)) if extent is not None else WIDEST // 2
