"""Finds what lies under something else on a page of a PDF: its content is followed as it is painted, and what is painted later may cover it.

A scan with its words behind it (OCR) hides nothing by itself: only where the scan is black are those words hidden.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pikepdf
from PIL import Image

from processes.base.hidden_kinds import HiddenKind, HiddenThing
from processes.base.hidden_pdf_colour import WHITE, alike
from processes.base.hidden_pdf_drawing import PaintedBox
from processes.base.hidden_pdf_paint import Painted, PaintedGround, PaintedLetter, follow

ROW: Final = 25.0  # points
FEWEST: Final = 2  # letters that are something
WHOLE_PAGE: Final = 0.6  # of a page: an image of this size is a scan
SMALLEST: Final = 60.0  # square points of a box that covers part of an image
DARK: Final = 0.3
BLACK: Final = 70  # of 255: every point of a burnt-in box is darker
MOST_PIXELS: Final = 40_000_000


def on_page(page: pikepdf.Page, where: str) -> Iterator[HiddenThing]:
    """Raises what the reader meets in a damaged page."""
    left, low, right, high = (float(one) for one in page.cropbox)
    seen = PaintedBox(min(left, right), min(low, high), max(left, right), max(low, high))
    painted = follow(page)
    scans = [one for one in painted.images if one.box.area > WHOLE_PAGE * seen.area]
    covered = _covered(painted, seen, scans)
    if len(covered) >= FEWEST:
        yield HiddenThing(HiddenKind.COVERED_TEXT, where, f"{len(covered)} letters")
    elif burnt := _under_black(painted, scans):
        yield HiddenThing(HiddenKind.COVERED_TEXT, where, f"{burnt} letters onder zwart in een scan")
    if _image_under_dark(painted):
        yield HiddenThing(HiddenKind.COVERED_IMAGE, where)
    unseen = [one for one in painted.letters if one.invisible]
    outside = [one for one in painted.letters if not seen.holds(one.x, one.y)]
    if (len(unseen) >= FEWEST and not scans) or len(outside) >= FEWEST:
        yield HiddenThing(
            HiddenKind.INVISIBLE_TEXT, where, f"{len(outside) if scans else len(unseen) + len(outside)} letters"
        )
    same = _as_their_ground(painted, seen, {id(one) for one in (*covered, *outside)})
    if same >= FEWEST:
        yield HiddenThing(HiddenKind.INVISIBLE_TEXT, where, f"{same} letters in de kleur van de ondergrond")


def _as_their_ground(painted: Painted, seen: PaintedBox, named: set[int]) -> int:
    """How many letters have the colour of what they stand on: paper, or the last thing that was painted there before them."""
    rows = _in_rows(painted.grounds, seen)
    letters = (one for one in painted.letters if one.colour is not None and id(one) not in named)
    return sum(1 for one in letters if _has_its_ground(one, rows.get(int(one.y // ROW), ())))


def _in_rows(grounds: Sequence[PaintedGround], seen: PaintedBox) -> dict[int, list[PaintedGround]]:
    """The grounds by rows of the page, the last one first: a page of tables has thousands of them."""
    rows: dict[int, list[PaintedGround]] = {}
    for one in reversed(grounds):
        low, high = max(one.box.y0, seen.y0), min(one.box.y1, seen.y1)
        for at in range(int(low // ROW), int(high // ROW) + 1):
            rows.setdefault(at, []).append(one)
    return rows


def _has_its_ground(letter: PaintedLetter, grounds: Sequence[PaintedGround]) -> bool:
    under = next((one for one in grounds if _lies_under(one.box, letter)), None)
    colour = WHITE if under is None else under.colour
    return colour is not None and letter.colour is not None and alike(colour, letter.colour)


def _lies_under(box: PaintedBox, letter: PaintedLetter) -> bool:
    return box.order < letter.order and _is_tall(box, letter) and box.holds(letter.x, letter.y)


def _covered(painted: Painted, seen: PaintedBox, scans: Sequence[Any]) -> list[PaintedLetter]:
    """Letters over which a filled box was painted later, or a picture that is no scan of the whole page."""
    whole = {id(one) for one in scans}
    over = [one for one in painted.boxes if one.area < seen.area or not scans]
    over += [one.box for one in painted.images if id(one) not in whole and one.opaque]
    return [letter for letter in painted.letters if any(_lies_over(box, letter) for box in over)]


def _lies_over(box: PaintedBox, letter: PaintedLetter) -> bool:
    return box.order > letter.order and _is_tall(box, letter) and box.holds(letter.x, letter.y)


def _is_tall(box: PaintedBox, letter: PaintedLetter) -> bool:
    """A line under or through a word is no box."""
    return box.y1 - box.y0 > letter.size * 0.5


def _image_under_dark(painted: Painted) -> bool:
    return any(
        box.order > image.box.order and box.darkness < DARK and box.area > SMALLEST and box.lies_within(image.box)
        for box in painted.boxes
        for image in painted.images
    )


def _under_black(painted: Painted, scans: Sequence[Any]) -> int:
    """How many letters of the words behind a scan lie where all of it is black."""
    count = 0
    for scan in scans:
        letters = [one for one in painted.letters if scan.box.holds(one.x, one.y)]
        picture = _points_of(scan.source) if letters else None
        if picture is not None:
            count += sum(1 for one in letters if _is_black(picture, scan, one))
    return count if count > FEWEST else 0


def _points_of(source: Any) -> Image.Image | None:
    try:
        picture = pikepdf.PdfImage(source)
        if picture.width * picture.height > MOST_PIXELS:
            return None
        return picture.as_pil_image().convert("L")
    except Exception:  # noqa: BLE001 - kinds of pictures that the library cannot open are many, and it raises for each another error
        return None


def _is_black(picture: Image.Image, scan: Any, letter: PaintedLetter) -> bool:
    """The neighbourhood of a letter, half as wide as it is large, has no point that is not black."""
    right, up = scan.box.x1 - scan.box.x0, scan.box.y1 - scan.box.y0
    x = (letter.x - scan.box.x0) / right * picture.width
    y = (scan.box.y1 - letter.y) / up * picture.height
    around = max(letter.size / up * picture.height * 0.4, 2)
    part = picture.crop((int(x - around), int(y - around), int(x + around), int(y + around)))
    return part.size[0] > 0 and int(part.getextrema()[1]) < BLACK  # type: ignore[arg-type]
