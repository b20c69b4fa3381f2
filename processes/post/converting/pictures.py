"""A picture, such as a scan of a signed decision, as a page of its own; and pictures inside other files."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from processes.post.converting.layout import SCAN_STYLE, ConvertedBody
from processes.post.pdf import PICTURE, Picture, markup

MOST_PIXELS: Final = 60_000_000
LARGEST: Final = (2480, 3508)  # an A4 page at 300 dots per inch
QUALITY: Final = 88
USUAL: Final = ("JPEG", "PNG", "GIF")
PHOTOGRAPHS: Final = frozenset({"JPEG", "HEIF"})
SCAN: Final = "scan"


def picture_body(content: bytes, title: str, formats: Sequence[str] = USUAL) -> ConvertedBody:
    """A page with the picture, turned as its camera says. Raises what the reader of pictures meets in a damaged one."""
    words = f"Gescand document: {title}. De tekst van deze afbeelding is niet voor te lezen."
    return ConvertedBody(
        f'<img src="{PICTURE}{SCAN}" alt="{markup(words)}">', {SCAN: made_picture(content, formats)}, SCAN_STYLE
    )


def made_picture(content: bytes, formats: Sequence[str] = USUAL) -> Picture:
    """The picture made anew: no place, camera or other data in it, no larger than a printer needs, on white."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(BytesIO(content), formats=tuple(formats)) as opened:
        jpeg = opened.format in PHOTOGRAPHS
        turned = ImageOps.exif_transpose(opened)
        turned.thumbnail(LARGEST)
        picture = _on_white(turned)
    made = BytesIO()
    if jpeg:
        picture.save(made, "JPEG", quality=QUALITY)
    else:
        picture.save(made, "PNG", optimize=True)
    return Picture(made.getvalue(), "image/jpeg" if jpeg else "image/png")


def _on_white(picture: Image.Image) -> Image.Image:
    """Without see-through parts and tables of colours, which the archive does not take in every form."""
    if picture.mode in {"L", "RGB"}:
        return picture
    if picture.mode in {"1", "I", "I;16", "F"}:
        return picture.convert("L")
    if "A" not in picture.mode and "transparency" not in picture.info:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    white = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(white, layered).convert("RGB")
