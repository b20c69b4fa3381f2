"""Where a photo was taken and by whom, as its camera wrote it inside (EXIF). Only read in a child with limits."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from pi_heif import register_heif_opener
from PIL import ExifTags, Image

from processes.base.hidden_kinds import HiddenKind, HiddenThing

MOST_PIXELS: Final = 100_000_000
FORMATS: Final = ("JPEG", "PNG", "HEIF", "MPO")
BY_WHOM: Final = (ExifTags.Base.Artist, ExifTags.Base.Copyright, ExifTags.Base.XPAuthor)
OWNER: Final = (ExifTags.Base.CameraOwnerName,)


def of_picture(content: bytes) -> Iterator[HiddenThing]:
    """Raises what the reader of pictures meets in a damaged one."""
    register_heif_opener(thumbnails=False)
    yield from in_picture(content, "")


def in_picture(content: bytes, where: str) -> Iterator[HiddenThing]:
    """A picture in another file, or by itself; only what stands beside its points is read."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        told = opened.getexif()
    place = told.get_ifd(ExifTags.IFD.GPSInfo)
    if ExifTags.GPS.GPSLatitude in place:
        yield HiddenThing(HiddenKind.POSITION, where)
    inner = told.get_ifd(ExifTags.IFD.Exif)
    names = [told.get(one) for one in BY_WHOM] + [inner.get(one) for one in OWNER]
    for name in names:
        if words := _words(name):
            yield HiddenThing(HiddenKind.NAMES, where, words)


def _words(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-16-le", errors="replace")
    return str(value).strip("\x00 ") if value else ""
