"""Binds papers into one PDF on disk. Each is read by a process of its own, one after another, so that memory does not grow with them."""

import json
import resource
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from processes.base.forking import BegunChild, in_child, memory_in_use
from processes.base.warm_process import FINISHED, HEAVY
from processes.post.bundling.closing import close_bundle
from processes.post.bundling.front import DAMAGED, NO_PAGES, sheet_page
from processes.post.bundling.geometry import SeenPage, stamp
from processes.post.bundling.laying_out import InventoryLine, count_and_lay_out, first_pages, lay_out
from processes.post.bundling.order import Bound, BundleOrder
from processes.post.bundling.source import AddedPages, AskedPages, add_several
from processes.post.bundling.writing import PdfBody
from processes.post.pdf import pdf

SECONDS, WAIT_SECONDS = 60, 180  # for one paper: of processor time, and by the clock
MEMORY: Final = 1536 * 1024 * 1024  # for one paper, beside what the process has
MOST_TOGETHER: Final = 50  # papers that one child reads
BYTES_TOGETHER: Final = 60_000_000
LARGEST: Final = 8 * 1024 * 1024 * 1024  # bytes of a bundle
FRONT_SECONDS: Final = 600  # by the clock: an inventory of thousands of papers
LONGEST_TITLE: Final = 200

WRONG: Final = {
    "password": "Dit stuk heeft een wachtwoord en gaat niet open zonder. Daarom staat hier alleen dit blad.",
    "broken": "Het bestand van dit stuk is beschadigd. Daarom staat hier alleen dit blad.",
    "heavy": "Het bestand van dit stuk is te zwaar om te verwerken. Daarom staat hier alleen dit blad.",
    "too_many": "Dit stuk heeft te veel bladzijden om mee te doen. Daarom staat hier alleen dit blad.",
}


class TooManyPages(Exception):
    """The bundle would be longer than it may be."""


@dataclass(slots=True)
class BundleSection:
    """One paper, or the front, in the bundle; empty when it has no pages. `node` holds its pages."""

    title: str
    node: int = 0
    pages: list[int] = field(default_factory=list)
    stamps: list[int] = field(default_factory=list)
    sheets: list[SeenPage] = field(default_factory=list)
    is_tagged: bool = True
    remark: str = ""  # in the inventory


@dataclass(slots=True)
class BundleWritten:
    """Everything that is in the file so far, for its end."""

    root: int
    pages: int
    tags: int
    font: int
    stamp_font: str
    next_key: int = 0
    parts: list[int] = field(default_factory=list)
    parents: list[tuple[int, int]] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    layers: list[int] = field(default_factory=list)
    off: list[int] = field(default_factory=list)


def bind(order: BundleOrder, place: Path, told: Callable[[int], None]) -> Bound:
    """Make the bundle at `place`; `told` hears how many papers are done. Raises TooManyPages, and OSError on a full disk."""
    with PdfBody(place) as body:
        made = _Binding(order, body, place)
        return made.bound(told)


class _Binding:
    def __init__(self, order: BundleOrder, body: PdfBody, place: Path) -> None:
        self._order, self._body, self._place = order, body, place
        font = body.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
        self._written = BundleWritten(body.reserve(), body.reserve(), body.reserve(), font, f"Zs{order.identity[:12]}")
        self._sections = [BundleSection(paper.title) for paper in order.papers]
        self._sheets: dict[int, str] = {}

    def bound(self, told: Callable[[int], None]) -> Bound:
        with BegunChild(lambda: count_and_lay_out(self._order, self._front_place()), _limit_front) as laying_out:
            self._bind_papers(told)
            laid_out = laying_out.answer(FRONT_SECONDS)
        front, firsts = self._bind_front(laid_out)
        self._stamp_all(front)
        close_bundle(self._body, self._order, self._written, [front, *self._sections])
        pages = sum(len(one.pages) for one in (front, *self._sections))
        return Bound(pages, len(front.pages), tuple(firsts), self._sheets)

    def _bind_papers(self, told: Callable[[int], None]) -> None:
        for papers in self._together():
            self._bind_together(papers)
            self._check_length()
            told(papers[-1] + 1)
        self._sheets |= {at: one.why for at, one in enumerate(self._order.papers) if not one.path and not one.withheld}
        told(len(self._order.papers))
        for at, why in sorted(self._sheets.items()):
            self._bind_sheet(at, why)
            self._check_length()

    def _check_length(self) -> None:
        if sum(len(one.pages) for one in self._sections) >= self._order.most_pages:
            raise TooManyPages

    def _together(self) -> Iterator[list[int]]:
        """Places of papers with a file, in groups that one child reads: a child costs thirty milliseconds, and a small paper one or two."""
        group, size = list[int](), 0
        for at, paper in enumerate(self._order.papers):
            if not paper.path:
                continue
            more = self._path(at).stat().st_size if self._path(at).is_file() else 0
            if group and (len(group) == MOST_TOGETHER or size + more > BYTES_TOGETHER):
                yield group
                group, size = [], 0
            group.append(at)
            size += more
        if group:
            yield group

    def _bind_sheet(self, at: int, why: str) -> None:
        page = pdf(sheet_page(self._order, at + 1, self._order.papers[at], why))
        if wrong := self._add_made(self._sections[at], page, at + 1):
            raise ValueError(f"a sheet of ours is {wrong}")

    def _bind_front(self, laid_out: bytes) -> tuple[BundleSection, list[int]]:
        """Cover and inventory, with the page on which each paper begins. `laid_out`: what the child told that made them."""
        lines, place = self._lines(), self._front_place()
        told = json.loads(laid_out[1:]) if laid_out[:1] == FINISHED else {}
        if told.get("lines") == [asdict(one) for one in lines]:
            length = told["pages"]
        else:
            length = lay_out(self._order, lines, place)
        front = BundleSection(self._order.title)
        targets = {str(at + 1): one.pages[0] for at, one in enumerate(self._sections) if one.pages}
        try:
            if wrong := self._add(front, place, 0, targets):
                raise ValueError(f"a front of ours is {wrong}")
        finally:
            place.unlink()
        return front, first_pages(lines, length)

    def _lines(self) -> list[InventoryLine]:
        return [
            InventoryLine(len(one.pages), NO_PAGES if at in self._sheets else one.remark or paper.remark)
            for at, (one, paper) in enumerate(zip(self._sections, self._order.papers, strict=True))
        ]

    def _front_place(self) -> Path:
        return self._place.with_suffix(".front")

    def _add_made(self, section: BundleSection, content: bytes, number: int) -> str:
        path = self._place.with_suffix(".page")
        path.write_bytes(content)
        try:
            return self._add(section, path, number)
        finally:
            path.unlink()

    def _add(self, section: BundleSection, path: Path, number: int, targets: dict[str, int] | None = None) -> str:
        """Add the pages of this file; the code of what is wrong with it, after which nothing of it is there."""
        asked = self._asked(section, path, number, targets or {})
        told = in_child(lambda: add_several([asked]), _limit, WAIT_SECONDS)
        if told[:1] != FINISHED:
            self._body.reserve()
            self._body.back_to(self._body.end)
            return "heavy" if told == HEAVY else "broken"
        (answer,) = json.loads(told[1:])
        wrong = self._take(section, AddedPages(**answer))
        if wrong:
            self._body.back_to(self._body.end)
        return wrong

    def _asked(self, section: BundleSection, path: Path, number: int, targets: dict[str, int]) -> AskedPages:
        body, written = self._body, self._written
        body.flush()
        return AskedPages(
            str(path), str(self._place), body.end, body.next_number + 1, number, section.title[:LONGEST_TITLE], body.next_number,
            written.tags, written.font, written.stamp_font, written.next_key, self._order.most_pages, written.roles, targets,
        )  # fmt: skip

    def _bind_together(self, papers: list[int]) -> None:
        """One child for all of these; one of them that takes it down is read again by itself, as are the others."""
        asked = [self._asked(self._sections[at], self._path(at), at + 1, {}) for at in papers]
        told = in_child(lambda: add_several(asked), _limit, WAIT_SECONDS) if len(papers) > 1 else b""
        if told[:1] != FINISHED:
            self._body.back_to(self._body.end)
            wrong = [self._add(self._sections[at], self._path(at), at + 1) for at in papers]
        else:
            answers = [AddedPages(**one) for one in json.loads(told[1:])]
            wrong = [self._take(self._sections[at], one) for at, one in zip(papers, answers, strict=True)]
        self._sheets |= {at: WRONG[code] for at, code in zip(papers, wrong, strict=True) if code}

    def _path(self, at: int) -> Path:
        return Path(self._order.papers[at].path)

    def _take(self, section: BundleSection, added: AddedPages) -> str:
        """Note what was added under the next numbers; the code of why nothing was."""
        written = self._written
        section.node = self._body.reserve()
        if added.wrong:
            return added.wrong
        self._body.take_over(added.places, added.end)
        section.pages, section.stamps = added.pages, added.stamps
        section.sheets = [SeenPage(**one) for one in added.sheets]
        section.is_tagged, section.remark = bool(added.parts), DAMAGED if added.repaired else ""
        written.parts += [added.parts] if added.parts else []
        written.parents += [(key, number) for key, number in added.parents]
        written.next_key = max([written.next_key, *(key + 1 for key, _ in added.parents)])
        written.roles |= added.roles
        written.layers += added.layers
        written.off += added.off
        return ""

    def _stamp_all(self, front: BundleSection) -> None:
        font, page = b"/" + self._written.stamp_font.encode(), 0
        for number, section in enumerate([front, *self._sections]):
            for at, (place, sheet) in enumerate(zip(section.stamps, section.sheets, strict=True), 1):
                page += 1
                words = f"stuk {number}, blz {at} / dossier blz {page}" if number else f"dossier blz {page}"
                content = stamp(sheet, words, font)
                self._body.put_stream(place, b"", content)


def _limit() -> None:
    """In the process that reads one paper."""
    _limit_to(SECONDS)


def _limit_front() -> None:
    """In the process that lays out the front. It opens the papers to count them, and has the same memory."""
    _limit_to(FRONT_SECONDS)


def _limit_to(seconds: int) -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory_in_use() + MEMORY), (resource.RLIMIT_FSIZE, LARGEST), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(kind, (most, most))
