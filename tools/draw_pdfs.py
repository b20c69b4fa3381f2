"""Every kind of PDF that the program makes, as pictures of its pages: `python -m tools.draw_pdfs` makes those in `tests/pictures/` anew.

Look at each picture that changed before it is kept. A test compares them with what is made now, so that a line that moves is seen. Pango and
the fonts of the machine (`tools/system-packages.sh fonts`) draw the letters, whose edges may differ a little.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from tools.sample_pdfs import SAMPLES

KEPT: Final = Path(__file__).parents[1] / "tests" / "pictures"
POINTS: Final = 72  # to an inch
DOTS: Final = 58  # to an inch: a line of text is nine dots high, and a page fits in a small file
GREYS: Final = 16
AROUND: Final = (
    3  # dots: a dot counts as the same when one beside it was so, as on an edge that is drawn a little otherwise
)
NOISE: Final = 64  # of 255
MOST_OTHER: Final = 12  # dots that may be otherwise all the same; one word has more


def pages_of(content: bytes) -> list[Image.Image]:
    """Each page of a PDF as a small picture in greys."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [_small(page.render(scale=DOTS / POINTS, grayscale=True).to_pil()) for page in document]
    finally:
        document.close()


def others(kept: Image.Image, made: Image.Image) -> int:
    """How many dots of two pictures of a page are not the same; all of them when the pages differ in size."""
    if kept.size != made.size:
        return made.width * made.height
    return max(_outside(kept, made), _outside(made, kept))


def kept_of(name: str) -> list[Image.Image]:
    """The kept pictures of a kind of PDF, in the order of its pages."""
    return [Image.open(path).convert("L") for path in sorted(KEPT.glob(f"{name}-p[0-9].png"))]


def draw_all() -> None:
    """Make every picture anew; one that is as it was stays untouched."""
    KEPT.mkdir(exist_ok=True)
    for name, make in SAMPLES.items():
        before, now = kept_of(name), pages_of(make())
        for at, page in enumerate(now):
            if at >= len(before) or others(before[at], page) > 0:
                (KEPT / f"{name}-p{at + 1}.png").write_bytes(_png(page))
                print(f"{name}, page {at + 1}")
        for at in range(len(now), len(before)):
            (KEPT / f"{name}-p{at + 1}.png").unlink()


def _small(picture: Image.Image) -> Image.Image:
    step = 255 // (GREYS - 1)
    return picture.convert("L").point([round(at / step) * step for at in range(256)])


def _outside(first: Image.Image, second: Image.Image) -> int:
    """Dots of the second picture that are lighter or darker than every dot around that place in the first."""
    darkest, lightest = first.filter(ImageFilter.MinFilter(AROUND)), first.filter(ImageFilter.MaxFilter(AROUND))
    too_dark, too_light = ImageChops.subtract(darkest, second), ImageChops.subtract(second, lightest)
    counted = ImageChops.lighter(too_dark, too_light).histogram()
    return sum(counted[NOISE:])


def _png(picture: Image.Image) -> bytes:
    made = BytesIO()
    picture.quantize(GREYS).save(made, "PNG", optimize=True, bits=4)
    return made.getvalue()


if __name__ == "__main__":
    sys.exit(draw_all())
