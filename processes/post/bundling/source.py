"""One PDF on disk becomes pages at the end of the bundle. Called in a process of its own, which a broken or hostile file may take down.

What stays is what is seen and read aloud: pages, their tags, layers that are off, links. Bookmarks, files inside, remarks, forms,
programs, metadata and what an earlier version left behind stay out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfError, String

from processes.post.bundling.contents import balance_of
from processes.post.bundling.emitting import Emitter, drop_all
from processes.post.bundling.geometry import A4, SeenPage, sheet_of
from processes.post.bundling.notes import Link, NotesOfPage, take_notes
from processes.post.bundling.tags import Tags, as_part, renamed_roles, tags_of, write_parents
from processes.post.bundling.writing import PdfBody

KEPT_OF_PAGE: Final = frozenset({
    "/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group", "/StructParents", "/Tabs", "/UserUnit",
})  # fmt: skip
OF_BUNDLE: Final = "https://stuk.invalid/"  # before the number of a paper: a link of the inventory to it
LAYER: Final = "Laag"


@dataclass(frozen=True, slots=True)
class AskedPages:
    """`at`, `first`: where the bundle ends and the next number. `node`: the number of the node that holds the pages, `part_of` of the root of all
    tags, `font` of the font of stamps, which a page knows as `stamp_font`. `key`: the next key in the table of tags. `targets`: the first page of each paper, for
    the inventory. `most_pages`: a file with more is refused.
    """

    source: str
    bundle: str
    at: int
    first: int
    number: int
    title: str
    node: int
    part_of: int
    font: int
    stamp_font: str
    key: int
    most_pages: int
    roles: dict[str, str] = field(default_factory=dict)
    targets: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class AddedPages:
    """The outcome. `wrong`: the code of why nothing did (`WRONG` in `sheets`). `pages`: the number of each page, `stamps` of its stamp, which
    is still to be written, `sheets` how it lies. `parts`: its tags. `repaired`: the file is damaged, and may have had more.
    """

    wrong: str = ""
    repaired: bool = False
    end: int = 0
    places: list[int] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    stamps: list[int] = field(default_factory=list)
    sheets: list[dict[str, Any]] = field(default_factory=list)
    parts: int = 0
    parents: list[tuple[int, int]] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    layers: list[int] = field(default_factory=list)
    off: list[int] = field(default_factory=list)


def add_several(papers: Sequence[AskedPages]) -> list[dict[str, Any]]:
    """The answers of `add_pages` for files that follow on each other: each begins where the one before it ended, with a number for its node.

    Only the first says where and from which number on; of the others that is filled in here.
    """
    answers: list[dict[str, Any]] = []
    at, node, key, roles = papers[0].at, papers[0].node, papers[0].key, papers[0].roles
    for one in papers:
        asked = replace(one, at=at, first=node + 1, node=node, key=key, roles=roles)
        answers.append(added := add_pages(asked))
        node += 1 + len(added["places"])
        at = added["end"] or at
        key = max([key, *(known + 1 for known, _ in added["parents"])])
        roles = roles | added["roles"]
    return answers


def add_pages(asked: AskedPages) -> dict[str, Any]:
    """The answer is an AddedPages as plain data. Raises whatever the library meets in a broken file."""
    try:
        pdf = pikepdf.open(asked.source, access_mode=pikepdf.AccessMode.stream)
    except pikepdf.PasswordError:
        return _plain(AddedPages("password"))
    except PdfError:
        return _plain(AddedPages("broken"))
    with pdf:
        if not len(pdf.pages):
            return _plain(AddedPages("broken"))
        if len(pdf.pages) > asked.most_pages:
            return _plain(AddedPages("too_many"))
        with PdfBody(Path(asked.bundle), asked.at, asked.first) as body:
            return _plain(_added(pdf, body, asked))


def _plain(made: AddedPages) -> dict[str, Any]:
    return {name: getattr(made, name) for name in AddedPages.__slots__}


def _added(pdf: Pdf, body: PdfBody, asked: AskedPages) -> AddedPages:
    notes, tags = take_notes(pdf), tags_of(pdf)
    keys = {old: asked.key + number for number, old in enumerate(tags.parents)} if tags else {}
    renamed = renamed_roles(tags.roles, asked.roles, asked.number) if tags else {}
    emitter = Emitter(pdf, body, parents=keys, roles=renamed)
    for lying in notes:
        drop_all(emitter, lying.all)
    made = AddedPages(repaired=bool(pdf.get_warnings()))
    made.pages = [_reserved(emitter, page.obj) for page in pdf.pages]
    around = _Around(emitter, asked)
    for page, lying in zip(pdf.pages, notes, strict=True):
        sheet, stamp = _ready_page(pdf, page, lying, around, made.pages)
        made.sheets.append(asdict(sheet))
        made.stamps.append(stamp)
    _take_layers(pdf, emitter, made)
    if tags:
        _take_tags(pdf, tags, around, made, renamed)
    for page in pdf.pages:
        body.put(emitter.numbers[page.obj.objgen], emitter.written(page.obj))
    emitter.write()
    made.end, made.places = body.end, body.places
    return made


def _reserved(emitter: Emitter, one: Object) -> int:
    """A page that stands in its file twice is a page twice, but that is for the library to see to."""
    number = emitter.numbers[one.objgen] = emitter.body.reserve()
    return number


class _Around:
    """Objects of the bundle that the pages of this file point at: here each has a stand-in, which is written nowhere."""

    def __init__(self, emitter: Emitter, asked: AskedPages) -> None:
        self.asked, self.emitter = asked, emitter
        self.node, self.font = self.stands_for(asked.node), self.stands_for(asked.font)
        self._streams: dict[bytes, Object] = {}

    def stands_for(self, number: int) -> Object:
        one = self.emitter.pdf.make_indirect(Dictionary(Stands=number))
        self.emitter.numbers[one.objgen] = number
        return one

    def reserved(self) -> tuple[Object, int]:
        number = self.emitter.body.reserve()
        return self.stands_for(number), number

    def stream(self, content: bytes) -> Object:
        """The same content twice is one object."""
        if content not in self._streams:
            self._streams[content] = self.emitter.pdf.make_stream(content)
        return self._streams[content]


def _ready_page(
    pdf: Pdf, page: Page, lying: NotesOfPage, around: _Around, numbers: Sequence[int]
) -> tuple[SeenPage, int]:
    """Make one page ready to be written; how it lies, and the number of its stamp."""
    one = page.obj
    sheet = _sheet(one)
    for name in set(one.keys()) - KEPT_OF_PAGE:
        del one[name]
    one[Name.Parent] = around.node
    one[Name.MediaBox] = Array([Decimal(f"{edge:.4f}") for edge in (sheet.left, sheet.bottom, sheet.right, sheet.top)])
    if "/CropBox" in one:
        del one[Name.CropBox]  # what it cut off is no longer shown as the page
    one[Name.Rotate] = sheet.turned
    stamp, number = around.reserved()
    _enclose(page, around, stamp)
    _know_font(one, around)
    links = [made for link in lying.links if (made := _drawn(pdf, link, around, numbers)) is not None]
    if links:
        one[Name.Annots] = Array(links)
    return sheet, number


def _sheet(page: Dictionary) -> SeenPage:
    media = _box(page, "/MediaBox")
    turned, unit = page.get("/Rotate", 0), page.get("/UserUnit", 1)
    return sheet_of(
        media, _box(page, "/CropBox") or media, turned if isinstance(turned, int) else 0,
        float(unit) if isinstance(unit, int | Decimal) else 1.0,
    )  # fmt: skip


def _box(page: Dictionary, name: str) -> list[float]:
    box = page.get(name)
    if not isinstance(box, Array):
        return list(A4) if name == "/MediaBox" else []
    return [float(edge) for edge in box if isinstance(edge, int | Decimal)]


def _enclose(page: Page, around: _Around, stamp: Object) -> None:
    """The content of a page between what keeps and what gives back the state of drawing, and then its stamp."""
    held = page.obj.get("/Contents")
    streams = [one for one in (held if isinstance(held, Array) else [held]) if isinstance(one, pikepdf.Stream)]
    balance = balance_of(page, b"\n".join(one.read_bytes() for one in streams))
    page.obj[Name.Contents] = Array([around.stream(balance.head), *streams, around.stream(balance.tail), stamp])


def _know_font(page: Dictionary, around: _Around) -> None:
    resources = page.get("/Resources")
    if not isinstance(resources, Dictionary):
        resources = page[Name.Resources] = Dictionary()
    fonts = resources.get("/Font")
    if not isinstance(fonts, Dictionary):
        fonts = resources[Name.Font] = Dictionary()
    fonts[Name(f"/{around.asked.stamp_font}")] = around.font


def _drawn(pdf: Pdf, link: Link, around: _Around, numbers: Sequence[int]) -> Object | None:
    """A link as it stands in the bundle; None for one that leads to no paper of it."""
    targets: Mapping[str, int] = around.asked.targets
    if link.address.startswith(OF_BUNDLE) and targets:
        target = targets.get(link.address.removeprefix(OF_BUNDLE).rstrip("/"))
        if target is None:
            return None
        link.drawn[Name.Dest] = Array([around.stands_for(target), Name.Fit])
    elif link.address:
        link.drawn[Name.A] = Dictionary(S=Name.URI, URI=String(link.address))
    else:
        link.drawn[Name.Dest] = Array([around.stands_for(numbers[link.page]), Name.Fit])
    made = pdf.make_indirect(link.drawn)
    around.emitter.keep(made, link.instead_of)
    return made


def _take_layers(pdf: Pdf, emitter: Emitter, made: AddedPages) -> None:
    """Layers that are off stay off (8.11.4): what was not seen does not come to be seen. Their names stay behind."""
    layers = pdf.Root.get("/OCProperties")
    groups = layers.get("/OCGs") if isinstance(layers, Dictionary) else None
    if not isinstance(layers, Dictionary) or not isinstance(groups, Array):
        return
    usual = layers.get("/D")
    told = usual if isinstance(usual, Dictionary) else Dictionary()
    off = _marks(told.get("/OFF"))
    all_off, on = told.get("/BaseState") == Name.OFF, _marks(told.get("/ON"))
    for number, group in enumerate(groups, 1):
        if not isinstance(group, Dictionary) or not group.is_indirect:
            continue
        group[Name.Name] = String(f"{LAYER} {number}")
        made.layers.append(emitter.want(group))
        if group.objgen in off or (all_off and group.objgen not in on):
            made.off.append(made.layers[-1])


def _marks(groups: Any) -> set[tuple[int, int]]:
    found = groups if isinstance(groups, Array) else ()
    return {one.objgen for one in found if isinstance(one, Object) and one.is_indirect}


def _take_tags(pdf: Pdf, tags: Tags, around: _Around, made: AddedPages, renamed: Mapping[str, str]) -> None:
    emitter = around.emitter
    language = pdf.Root.get("/Lang")
    as_part(tags, around.asked.title, str(language) if isinstance(language, String) else "")
    tags.root[Name.P] = around.stands_for(around.asked.part_of)
    made.parts = emitter.want(tags.root)
    made.parents = write_parents(emitter, tags)
    made.roles = {renamed.get(name, name): what for name, what in tags.roles.items()}
