"""The notes on top of the pages of a PDF (ISO 32000-1, 12.5): links stay, what is seen on paper becomes part of the page, the rest goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, PdfError

# what only opens, sounds or moves; its words are read by nobody who sees the page on paper
NOT_ON_PAPER: Final = frozenset({
    "/Text", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/3D", "/RichMedia", "/TrapNet", "/Link", "/Caret", "/Projection",
})  # fmt: skip
WEB: Final = ("http://", "https://", "mailto:")
LONGEST_ADDRESS: Final = 2000
KEPT_OF_LINK: Final = ("/Rect", "/QuadPoints", "/Border", "/BS", "/C", "/H", "/F", "/StructParent")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: to an address outside, or to the page at this place in its own file. `instead_of`: the object that it was."""

    drawn: Dictionary
    instead_of: tuple[int, int] | None
    address: str = ""
    page: int = -1


@dataclass(frozen=True, slots=True)
class NotesOfPage:
    """`all`: every note of a page as it was; `links`: those that stay."""

    all: tuple[Any, ...]
    links: tuple[Link, ...]


def take_notes(pdf: Pdf) -> list[NotesOfPage]:
    """The notes of each page, taken off. Forms and drawings are then in the page itself, as they look (12.5.5, 12.7)."""
    at = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    named = _Named(pdf)
    found, drawn = [], False
    for page in pdf.pages:
        notes = page.obj.get("/Annots")
        every = [one for one in notes if isinstance(one, Dictionary)] if isinstance(notes, Array) else []
        links = [link for one in every if one.get("/Subtype") == Name.Link and (link := _link(one, at, named))]
        on_paper = [one for one in every if str(one.get("/Subtype", "")) not in NOT_ON_PAPER]
        if on_paper:
            page.obj[Name.Annots], drawn = Array(on_paper), True
        elif "/Annots" in page.obj:
            del page.obj[Name.Annots]
        found.append(NotesOfPage(tuple(every), tuple(links)))
    if drawn:
        if "/AcroForm" in pdf.Root:
            pdf.generate_appearance_streams()
        pdf.flatten_annotations()
    return found


def _link(note: Dictionary, at: Mapping[tuple[int, int], int], named: "_Named") -> Link | None:
    drawn = Dictionary(Type=Name.Annot, Subtype=Name.Link)
    for name in KEPT_OF_LINK:
        if name in note:
            drawn[name] = note[name]
    was = note.objgen if note.is_indirect else None
    action = note.get("/A")
    if isinstance(action, Dictionary) and action.get("/S") == Name.URI:
        address = str(action.get("/URI", ""))
        good = address.lower().startswith(WEB) and len(address) <= LONGEST_ADDRESS
        return Link(drawn, was, address) if good else None
    target = note.get("/Dest")
    if target is None and isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
        target = action.get("/D")
    page = named.page_of(target, at)
    return None if page is None else Link(drawn, was, page=page)


class _Named:
    """The places of a file that have a name (12.3.2.3)."""

    def __init__(self, pdf: Pdf) -> None:
        self._old = pdf.Root.get("/Dests")
        names = pdf.Root.get("/Names")
        tree = names.get("/Dests") if isinstance(names, Dictionary) else None
        self._tree = NameTree(tree) if isinstance(tree, Dictionary) and tree.is_indirect else None

    def page_of(self, target: Any, at: Mapping[tuple[int, int], int]) -> int | None:
        if isinstance(target, Name):
            target = self._old.get(str(target)) if isinstance(self._old, Dictionary) else None
        elif target is not None and not isinstance(target, Array | Dictionary):
            target = self._in_tree(str(target))
        if isinstance(target, Dictionary):
            target = target.get("/D")
        if not isinstance(target, Array) or not len(target):
            return None
        page = target[0]
        return at.get(page.objgen) if isinstance(page, Object) and page.is_indirect else None

    def _in_tree(self, name: str) -> Any:
        try:
            return self._tree.get(name) if self._tree is not None else None
        except (PdfError, ValueError, TypeError):
            return None
