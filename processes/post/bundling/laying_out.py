"""The front of a bundle, laid out in a process of its own while the papers are read: it takes as long as they do.

That process counts the pages of the papers itself. Where it turns out otherwise (a paper takes its reader down, a damaged one has
fewer pages than it says) the front is laid out once more, of what there is.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf

from processes.post.bundling.front import NO_PAGES, front_page
from processes.post.bundling.order import BundleOrder, Paper
from processes.post.pdf import pdf

ROUNDS: Final = 5  # in which the inventory must fit its own length
# Of the inventory, so that it is mostly laid out once, as its style has it: points that its first and its next pages have for rows, that a row takes
# beside its lines, and a line of a title and of what stands under it; and how many signs of usual words such lines hold.
FIRST_HIGH, NEXT_HIGH, ROW_HIGH, TITLE_HIGH, SMALL_HIGH = 652.6, 687.9, 9.638, 14.0, 12.6
TITLE_SIGNS, SMALL_SIGNS = 74, 82


@dataclass(frozen=True, slots=True)
class InventoryLine:
    """One line of the inventory: how many pages a paper has, and a remark."""

    pages: int
    remark: str = ""


def counted_lines(papers: Sequence[Paper]) -> list[InventoryLine]:
    """The lines of the inventory, as far as they can be told before the papers are read. Raises what the library meets in a hostile file."""
    return [_counted(one) for one in papers]


def _counted(paper: Paper) -> InventoryLine:
    sheet = InventoryLine(1, NO_PAGES)
    if not paper.path:
        return InventoryLine(0, paper.remark) if paper.withheld else sheet
    try:
        with pikepdf.open(paper.path, access_mode=pikepdf.AccessMode.stream) as one:
            return InventoryLine(len(one.pages), paper.remark) if len(one.pages) else sheet
    except (pikepdf.PasswordError, pikepdf.PdfError):
        return sheet


def first_pages(lines: Sequence[InventoryLine], front: int) -> list[int]:
    """The page of the bundle on which each paper begins, behind a front of so many; 0 for one without pages."""
    found, following = [], front + 1
    for one in lines:
        found.append(following if one.pages else 0)
        following += one.pages
    return found


def lay_out(order: BundleOrder, lines: Sequence[InventoryLine], place: Path) -> int:
    """Cover and inventory at `place`, laid out again until they count themselves right; the number of their pages."""
    length = likely_length(order, lines)
    for _ in range(ROUNDS):
        page = pdf(front_page(order, first_pages(lines, length), [one.remark for one in lines]))
        with pikepdf.open(BytesIO(page)) as laid_out:
            found = len(laid_out.pages)
        if found == length:
            place.write_bytes(page)
            return length
        length = found
    raise ValueError("an inventory that never fits its own length")


def count_and_lay_out(order: BundleOrder, place: Path) -> dict[str, Any]:
    """In a child, as plain data: `pages` of the front, and the `lines` that it has."""
    lines = counted_lines(order.papers)
    return {"pages": lay_out(order, lines, place), "lines": [asdict(one) for one in lines]}


def likely_length(order: BundleOrder, lines: Sequence[InventoryLine]) -> int:
    """Pages of the front, by the length of what it says."""
    pages, left = 2, FIRST_HIGH
    for paper, line in zip(order.papers, lines, strict=True):
        small = sum(_lines(words, SMALL_SIGNS) for words in (paper.about, paper.withheld, line.remark))
        high = ROW_HIGH + TITLE_HIGH * _lines(paper.title, TITLE_SIGNS) + SMALL_HIGH * small
        if high > left:
            pages, left = pages + 1, NEXT_HIGH
        left -= high
    return pages


def _lines(words: str, signs: int) -> int:
    return -(-len(words) // signs)
