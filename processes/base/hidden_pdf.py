"""Finds what a PDF hides (ISO 32000): names, remarks, files, bookmarks, layers, earlier versions, and what `hidden_pdf_pages` finds on its pages.

Only read in a child with limits.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any, Final

import pikepdf
from pypdf import PdfReader

from processes.base.folding import words_of
from processes.base.hidden_kinds import HiddenKind, HiddenThing
from processes.base.hidden_pdf_pages import on_page
from processes.base.hidden_pictures import in_picture

SECONDS: Final = 25  # of processor time for the pages; what is left then is said
REMARKS: Final = frozenset({
    "/Text", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/Line", "/Sound",
    "/Movie", "/Polygon", "/PolyLine", "/Circle", "/Square",
})  # fmt: skip
COVERS: Final = frozenset({"/Square", "/Polygon", "/Circle", "/Highlight", "/Stamp", "/Ink", "/FreeText"})
DARK: Final = 0.35
UNNAMED: Final = "zonder naam"
SHORTEST: Final = 4  # letters of a word that says something
PROGRAMS: Final = frozenset({"unknown", "anonymous", "user", "administrator", "scanner"})


def of_pdf(content: bytes) -> Iterator[HiddenThing]:
    """Raises what the reader meets in a damaged file."""
    begun = time.process_time()  # of this file: who calls may have worked for long
    with pikepdf.open(BytesIO(content)) as pdf:
        yield from _names(pdf)
        yield from _earlier(pdf, content)
        yield from (HiddenThing(HiddenKind.ATTACHMENT, "", name) for name in _attachments(pdf))
        yield from _layers(pdf)
        yield from _bookmarks(pdf, content)
        for number, page in enumerate(pdf.pages, 1):
            if time.process_time() - begun > SECONDS:
                yield HiddenThing(HiddenKind.UNREADABLE, f"vanaf pagina {number}", "het is te groot")
                return
            yield from _page(page, f"pagina {number}")


def _names(pdf: pikepdf.Pdf) -> Iterator[HiddenThing]:
    found = dict[str, str]()
    with suppress(Exception):  # what cannot be read there, names nobody
        found |= {
            key: str(pdf.docinfo[key]).strip() for key in ("/Author", "/Manager", "/Company") if key in pdf.docinfo
        }
    with suppress(Exception), pdf.open_metadata() as told:
        for one in told.get("dc:creator") or ():
            found[str(one)] = str(one).strip()
    for name in dict.fromkeys(found.values()):
        if name and name.lower() not in PROGRAMS:
            yield HiddenThing(HiddenKind.NAMES, "maker", name)


def _earlier(pdf: pikepdf.Pdf, content: bytes) -> Iterator[HiddenThing]:
    """A file that was changed without being written anew keeps what stood there before."""
    usual = 2 if pdf.is_linearized else 1
    if content.count(b"startxref") > usual:
        yield HiddenThing(HiddenKind.EARLIER_VERSION)


def _attachments(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from pdf.attachments
    for page in pdf.pages:
        for mark in _marks(page):
            if mark.get("/Subtype") == "/FileAttachment":
                file = mark.get("/FS")
                yield str(file.get("/F", UNNAMED)) if isinstance(file, pikepdf.Dictionary) else UNNAMED


def _layers(pdf: pikepdf.Pdf) -> Iterator[HiddenThing]:
    told = pdf.Root.get("/OCProperties")
    if told is None:
        return
    standard = told.get("/D", pikepdf.Dictionary())
    off = list(standard.get("/OFF", []))
    if standard.get("/BaseState") == "/OFF":
        on = {one.objgen for one in standard.get("/ON", [])}
        off += [one for one in told.get("/OCGs", []) if one.objgen not in on]
    yield from (HiddenThing(HiddenKind.LAYER, "", str(one.get("/Name", ""))) for one in off)


def _bookmarks(pdf: pikepdf.Pdf, content: bytes) -> Iterator[HiddenThing]:
    """Those with a word that stands on no page: what was taken from a page may still be named there."""
    with pdf.open_outline() as outline:
        titles = list(_titles(outline.root))
    if not titles:
        return
    shown = _shown_words(content)
    for title in titles:
        if any(len(word) >= SHORTEST and word not in shown for word in words_of(title)):
            yield HiddenThing(HiddenKind.BOOKMARK, "", title)


def _titles(items: Any, depth: int = 0) -> Iterator[str]:
    for one in items:
        yield str(one.title)
        if depth < 10:  # noqa: PLR2004 - a damaged file may go round
            yield from _titles(one.children, depth + 1)


def _shown_words(content: bytes) -> set[str]:
    begun, found = time.process_time(), set[str]()
    for page in PdfReader(BytesIO(content)).pages:
        found.update(words_of(page.extract_text()))
        if time.process_time() - begun > SECONDS / 2:
            break
    return found


def _page(page: pikepdf.Page, where: str) -> Iterator[HiddenThing]:
    yield from _remarks(page, where)
    yield from on_page(page, where)
    yield from _photos(page, where)


def _marks(page: pikepdf.Page) -> Iterator[pikepdf.Dictionary]:
    for one in page.get("/Annots", []):
        if isinstance(one, pikepdf.Dictionary):
            yield one


def _remarks(page: pikepdf.Page, where: str) -> Iterator[HiddenThing]:
    said, authors, fields = 0, Counter[str](), 0
    for mark in _marks(page):
        kind = str(mark.get("/Subtype", ""))
        if kind == "/Redact" or (kind in COVERS and _is_dark(mark)):
            yield HiddenThing(HiddenKind.MARKED_ONLY, where)
        elif kind in REMARKS:
            said += kind != "/Popup"
            authors[str(mark.get("/T", ""))] += 1
        elif kind == "/Widget" and _filled_in(mark):
            fields += 1
    if said:
        names = ", ".join(name for name in authors if name)
        yield HiddenThing(HiddenKind.COMMENTS, where, f"{said}{f', van {names}' if names else ''}")
    if fields:
        yield HiddenThing(HiddenKind.FORM, where, str(fields))


def _filled_in(field: pikepdf.Dictionary) -> bool:
    value = field.get("/V", field.get("/Parent", pikepdf.Dictionary()).get("/V"))
    return value is not None and str(value) not in {"", "/Off"}


def _is_dark(mark: pikepdf.Dictionary) -> bool:
    """Whether a mark fills what it lies on with a dark colour."""
    kind = str(mark.get("/Subtype", ""))
    colour = mark.get("/IC") if kind in {"/Square", "/Polygon", "/Circle"} else mark.get("/C")
    if colour is None or float(mark.get("/CA", 1)) < 1 or kind == "/Ink":
        return False
    parts = [float(one) for one in colour]
    return bool(parts) and sum(parts) / len(parts) < DARK and kind != "/FreeText"


def _photos(page: pikepdf.Page, where: str) -> Iterator[HiddenThing]:
    """Reads the photos that stand in the file as their camera made them."""
    for picture in page.get_images().values():
        if picture.get("/Filter") == "/DCTDecode" and b"Exif\x00" in (head := picture.read_raw_bytes())[:4096]:
            with suppress(Exception):  # a damaged picture shows nothing either
                yield from in_picture(head, where)
