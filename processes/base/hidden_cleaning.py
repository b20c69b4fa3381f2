"""A copy of a file without what stands beside its pages: names, remarks, bookmarks, files in it. Only made in a child with limits.

It looks the same. It is no redaction: what lies under a box or on a hidden sheet stays, and is named again when the copy is looked into.
"""

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from typing import Final

import pikepdf
from PIL import ExifTags, Image, ImageOps

from processes.base.hidden_pictures import MOST_PIXELS

# marks that show no more than a sign where something is written; the others are painted into the page, so that it looks the same
TAKEN_OFF: Final = frozenset(
    {"/Text", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/RichMedia", "/Screen", "/Caret"}
)
OF_PDF: Final = ("/Metadata", "/Outlines", "/AcroForm", "/OpenAction", "/AA", "/PieceInfo", "/Threads", "/Collection")
OF_PAGE: Final = ("/PieceInfo", "/AA", "/AF", "/Metadata")
PROPERTIES: Final[Mapping[str, bytes]] = {
    "docProps/core.xml": b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
QUALITY: Final = 92
START: Final = b"\xff\xd8"
SEGMENT: Final = 0xFF
SCAN: Final = 0xDA  # here the picture itself begins
TOLD: Final = frozenset({0xE1, 0xED, 0xFE})  # segments with what a camera or program wrote beside the picture


def clean_pdf(content: bytes) -> bytes:
    """Raises what the reader meets in a damaged file."""
    with pikepdf.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            _clean_page(page)
        if "/AcroForm" in pdf.Root:
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
        for name in list(pdf.attachments):
            del pdf.attachments[name]
        for key in OF_PDF:
            if key in pdf.Root:
                del pdf.Root[key]
        with suppress(KeyError):
            del pdf.trailer["/Info"]
        made = BytesIO()
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def _clean_page(page: pikepdf.Page) -> None:
    for key in OF_PAGE:
        if key in page.obj:
            del page.obj[key]
    marks = page.get("/Annots")
    if marks is not None:
        page.obj["/Annots"] = pikepdf.Array([one for one in marks if str(one.get("/Subtype", "")) not in TAKEN_OFF])
    for picture in page.get_images().values():
        if picture.get("/Filter") == "/DCTDecode":
            picture.write(b"".join(_without_told(picture.read_raw_bytes())), filter=pikepdf.Name.DCTDecode)


def clean_picture(content: bytes) -> bytes:
    """A JPEG; one that its camera turned is painted anew as it is shown, another keeps every point."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(BytesIO(content), formats=("JPEG", "MPO")) as opened:
        if opened.getexif().get(ExifTags.Base.Orientation, 1) == 1:
            return b"".join(_without_told(content))
        turned = ImageOps.exif_transpose(opened).convert("RGB")
    made = BytesIO()
    turned.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()


def _without_told(content: bytes) -> Iterator[bytes]:
    """The parts of a JPEG (ITU-T T.81, annex B) but for those of TOLD."""
    if not content.startswith(START):
        yield content
        return
    yield START
    at = len(START)
    while at + 4 <= len(content) and content[at] == SEGMENT and content[at + 1] != SCAN:
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] not in TOLD:
            yield content[at:end]
        at = end
    yield content[at:]


def clean_office(content: bytes) -> bytes:
    """The same parts, with properties that say nothing."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in package.infolist():
            copy.writestr(part.filename, PROPERTIES.get(part.filename) or package.read(part))
    return made.getvalue()
