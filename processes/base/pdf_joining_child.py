"""The child of `processes.base.pdf_joining`: a letter and files on standard input, one PDF on standard output.

What an enclosure would do when it is opened (scripts, sending, starting programs) is left out; what it shows stays.
"""

import json
import re
import sys
from io import BytesIO
from typing import Any, BinaryIO, Final

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from processes.base.own_process import limit

MEMORY: Final = 1024 * 1024 * 1024
MOST_PAGES: Final = 2000
MOST_PIXELS: Final = 60_000_000
PAGE: Final = (1654, 2339)  # an A4 page at 200 dots per inch
DOTS: Final = 200
PDF: Final = "application/pdf"
# keys of a page: what it does when shown, files that belong to it, and what programs keep in it
BY_ITSELF: Final = ("/AA", "/AF", "/PieceInfo", "/PresSteps")
# keys of a mark on a page: where it stands and how it looks, never what it does (ISO 32000-1, 12.5.2)
SHOWN: Final = (
    "/Type", "/Subtype", "/Rect", "/F", "/AP", "/AS", "/Border", "/BS", "/C", "/CA", "/IC", "/QuadPoints", "/Contents",
    "/Vertices", "/L", "/LE", "/InkList", "/DA", "/H",
)  # fmt: skip
DRAWN: Final = frozenset({
    "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline", "/Squiggly",
    "/StrikeOut", "/Stamp", "/Caret", "/Ink",
})  # fmt: skip
ADDRESS: Final = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
BROKEN: Final = (Exception, RecursionError)  # a damaged file raises whatever its reader meets


def main() -> None:
    """Raises nothing that the parent must read: it sees that the child fell over."""
    limit(int(sys.argv[1]), MEMORY)
    content, pages = _joined(sys.stdin.buffer)
    sys.stdout.buffer.write(json.dumps({"pages": pages}).encode() + b"\n" + content)


def _joined(asked: BinaryIO) -> tuple[bytes, list[int | None]]:
    head: dict[str, Any] = json.loads(asked.readline())
    writer = PdfWriter(clone_from=PdfReader(BytesIO(asked.read(head["letter"]))))
    files = [(one["type"], asked.read(one["size"])) for one in head["enclosures"]]
    pages = [_add(writer, media_type, content) for media_type, content in files]
    if any(pages):
        # the letter says in its metadata that it is accessible and for the archive; the whole no longer is
        writer.root_object.pop("/Metadata", None)
    made = BytesIO()
    writer.write(made)
    return made.getvalue(), pages


def _add(writer: PdfWriter, media_type: str, content: bytes) -> int | None:
    """The number of pages that were added; None, with the writer as it was, when the file cannot be read."""
    try:
        reader = PdfReader(BytesIO(content if media_type == PDF else _as_pdf(content)))
        count = 0 if reader.is_encrypted else len(reader.pages)
        if not 0 < count <= MOST_PAGES:
            return None
        _without_form(reader)
        for page in reader.pages:
            _make_harmless(page)
        # a file that breaks half way must not leave half of itself in the letter
        alone = PdfWriter()
        alone.append(reader, import_outline=False)
        whole = BytesIO()
        alone.write(whole)
        writer.append(PdfReader(whole), import_outline=False)
    except BROKEN:
        return None
    return count


def _make_harmless(page: DictionaryObject) -> None:
    """Take away what happens by itself; of the marks on the page only what is known to be harmless is kept."""
    for key in BY_ITSELF:
        page.pop(key, None)
    marks = page.pop("/Annots", None)
    shown = (_harmless(one.get_object()) for one in (marks.get_object() if marks is not None else ()))
    kept = [mark for mark in shown if mark is not None]
    if kept:
        page[NameObject("/Annots")] = ArrayObject(kept)


def _harmless(mark: Any) -> DictionaryObject | None:
    """A mark on a page made anew: how it looks, and of a link where it leads. None when nothing is left.

    A field of a form, a film or an attached file stays as the picture that it shows. Raises ValueError for a field that was
    filled in and has no picture: its content would not be in the letter.
    """
    if not isinstance(mark, DictionaryObject) or "/Subtype" not in mark:
        return None
    kind = str(mark["/Subtype"])
    made = DictionaryObject({NameObject(key): mark.raw_get(key) for key in SHOWN if key in mark})
    if kind == "/Link":
        leads = _destination(mark)
        made.update(leads)
        return made if leads else None
    if kind in DRAWN:
        return made
    if "/AP" not in made:
        if kind == "/Widget" and _filled_in(mark):
            raise ValueError("a field without a picture of what was filled in")
        return None
    made[NameObject("/Subtype")] = NameObject("/Stamp")
    return made


def _filled_in(field: DictionaryObject) -> bool:
    parent = _at(field, "/Parent")
    return "/V" in field or (isinstance(parent, DictionaryObject) and "/V" in parent)


def _at(of: DictionaryObject, key: str) -> Any:
    """The value at this key, also where the file keeps it elsewhere; None without it."""
    found = of.get(key)
    return found.get_object() if found is not None else None


def _without_form(reader: PdfReader) -> None:
    """The fields of a form go, with their scripts. Raises ValueError for a form whose pages are not in the file (XFA)."""
    root = reader.root_object
    form = _at(root, "/AcroForm")
    if isinstance(form, DictionaryObject) and "/XFA" in form:
        raise ValueError("a form that only the program that made it can show")
    root.pop("/AcroForm", None)


def _destination(link: DictionaryObject) -> DictionaryObject:
    """The target of a link: a place in the same file, or an address that a browser or mail program opens. Empty for anything else."""
    if "/Dest" in link:
        return DictionaryObject({NameObject("/Dest"): link.raw_get("/Dest")})
    action = _at(link, "/A")
    if not isinstance(action, DictionaryObject) or "/S" not in action:
        return DictionaryObject()
    kept = {"/URI": "/URI", "/GoTo": "/D"}.get(str(action["/S"]))
    if kept is None or kept not in action or (kept == "/URI" and not ADDRESS.match(str(action[kept]))):
        return DictionaryObject()
    alone = {NameObject("/S"): NameObject(str(action["/S"])), NameObject(kept): action.raw_get(kept)}
    return DictionaryObject({NameObject("/A"): DictionaryObject(alone)})


def _as_pdf(content: bytes) -> bytes:
    """A picture on a page of its own, turned as its camera says and never made larger."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    picture.thumbnail(PAGE)
    made = BytesIO()
    sheet = Image.new("RGB", PAGE, "white")
    sheet.paste(picture, ((PAGE[0] - picture.width) // 2, (PAGE[1] - picture.height) // 2))
    sheet.save(made, "PDF", resolution=DOTS)
    return made.getvalue()


if __name__ == "__main__":
    main()
