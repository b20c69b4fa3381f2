"""The child of `processes.base.pdf_joining`: a letter and files on standard input, one PDF on standard output.

What an enclosure would do when it is opened (scripts, sending, starting programs) is left out; what it shows stays.
"""

import json
import resource
import sys
from io import BytesIO
from typing import Any, BinaryIO, Final

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

MEMORY: Final = 1024 * 1024 * 1024
MOST_PAGES: Final = 2000
MOST_PIXELS: Final = 60_000_000
PAGE: Final = (1654, 2339)  # an A4 page at 200 dots per inch
DOTS: Final = 200
PDF: Final = "application/pdf"
HARMLESS: Final = frozenset({"/URI", "/GoTo"})
BROKEN: Final = (Exception, RecursionError)  # a damaged file raises whatever its reader meets


def main() -> None:
    """Raises nothing that the parent must read: it sees that the child fell over."""
    _limit(int(sys.argv[1]))
    content, pages = _joined(sys.stdin.buffer)
    sys.stdout.buffer.write(json.dumps({"pages": pages}).encode() + b"\n" + content)


def _limit(seconds: int) -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


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
    page.pop("/AA", None)
    marks = page.get("/Annots")
    for mark in (one.get_object() for one in (marks.get_object() if marks is not None else ArrayObject())):
        if isinstance(mark, DictionaryObject):
            mark.pop("/AA", None)
            action = mark.get("/A")
            if action is not None and action.get_object().get("/S") not in HARMLESS:
                del mark[NameObject("/A")]


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
