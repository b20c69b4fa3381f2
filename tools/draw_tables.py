"""The data model as a picture: SQLAlchemy's metadata in, docs/data-model.svg out.

Each file of `processes/storage/tables/` is a frame, each table a box. A foreign key is a line from its column to the box
that it points at; all lines to one table share a colour and a lane in the gutters, so that they can be followed.

Run it after a change of the tables: `python -m tools.draw_tables`. A test compares the file with what this makes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Column, Table

from processes.storage import tables as every_table  # noqa: F401 - importing the package fills the metadata
from processes.storage.base import Base

TARGET: Final = Path(__file__).parents[1] / "docs" / "data-model.svg"

# Bands from top to bottom; in a band, blocks from left to right: the files stacked in it, and over how many columns.
# `case` stands in the middle, for most keys lead there.
BANDS: Final = (
    (
        (
            (
                "running",
                "post",
                "post_room",
                "letters",
                "answers",
                "news",
                "reopenings",
                "beside",
                "case_access",
                "bars",
                "hearings",
                "groups",
            ),
            1,
        ),
        (("cases", "co_filers"), 2),
        (("documents", "filed", "removals", "publications", "parts", "holds", "bundles", "search"), 1),
    ),
    (
        (
            (
                "models",
                "out_of_use",
                "model_drafts",
                "draft_comments",
                "rehearsals",
                "moves",
                "drafts",
                "large_uploads",
                "people",
                "looks",
                "person_packages",
                "limits",
                "views",
                "substitutions",
                "house_styles",
            ),
            1,
        ),
        (("operations",), 3),
    ),
)
COLUMNS: Final = 4
COLOURS: Final = ("#1f5fa8", "#b3261e", "#2e7d32", "#8e44ad", "#b26a00", "#00796b", "#6d4c41", "#c2185b", "#455a64")
KINDS: Final = {"BIGINT": "number", "INTEGER": "number", "BOOLEAN": "yes/no", "DATE": "date", "DATETIME": "moment",
                "TEXT": "text", "JSON": "JSON", "BLOB": "bytes"}  # fmt: skip

WIDTH, GUTTER, LINE, HEAD, GAP, FRAME_HEAD, LANE = 252, 52, 16, 24, 14, 26, 5


@dataclass(frozen=True, slots=True)
class Box:
    """One table, where it is drawn. `column` counts from 0 at the left."""

    table: Table
    title: str
    column: int
    x: int
    y: int

    @property
    def height(self) -> int:
        return height_of(self.table)

    def line_of(self, column: Column[Any]) -> int:
        """The height at which the line of this column leaves."""
        return self.y + HEAD + LINE * list(self.table.columns).index(column) + LINE // 2


@dataclass(frozen=True, slots=True)
class Frame:
    """The tables of one file."""

    name: str
    x: int
    y: int
    width: int
    height: int


def drawing() -> str:
    """The whole picture as SVG text; the same tables always give the same text."""
    targets = _targets()
    top = 12 + LANE * (len(targets) + 2)  # above the boxes runs one lane for each table that keys point at
    frames, boxes, bottom = _placed(top)
    width = COLUMNS * WIDTH + (COLUMNS + 1) * GUTTER
    parts = [*map(_frame, frames), *_lines(boxes, targets, 12), *(part for box in boxes for part in _box(box))]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom}" width="{width}" height="{bottom}" '
        'font-family="Arial, Helvetica, sans-serif" font-size="11.5" role="img">\n'
        "<title>The tables of Zaakspoor and the keys between them</title>\n"
        f'<rect width="{width}" height="{bottom}" fill="#ffffff"/>\n'
    )
    return head + "\n".join(parts) + "\n</svg>\n"


def height_of(table: Table) -> int:
    return HEAD + LINE * len(table.columns) + 6


def _groups() -> dict[str, list[tuple[Table, str]]]:
    """By file of tables: each table with the name of its class, as they stand in the file. Raises ValueError for a
    file that BANDS does not place.
    """
    found: dict[str, list[tuple[Table, str]]] = {}
    classes = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    for table in Base.metadata.tables.values():
        group = classes[table].__module__.rpartition(".")[2]
        found.setdefault(group, []).append((table, classes[table].__name__))
    placed = {name for band in BANDS for names, _ in band for name in names}
    if missing := set(found) - placed:
        raise ValueError(f"say in BANDS where the tables of {sorted(missing)} are drawn")
    return found


def _targets() -> list[str]:
    keys = (key.column.table.name for table in Base.metadata.tables.values() for key in table.foreign_keys)
    return sorted(set(keys))


def _placed(top: int) -> tuple[list[Frame], list[Box], int]:
    groups = _groups()
    frames: list[Frame] = []
    boxes: list[Box] = []
    for band in BANDS:
        first, bottom = 0, top
        for names, columns in band:
            below = top
            for name in names:
                frame, placed = _group(name, groups[name], first, columns, below)
                frames.append(frame)
                boxes += placed
                below = frame.y + frame.height + GAP
            first, bottom = first + columns, max(bottom, below)
        top = bottom + GAP
    return frames, boxes, top


def _group(name: str, members: list[tuple[Table, str]], first: int, columns: int, y: int) -> tuple[Frame, list[Box]]:
    boxes: list[Box] = []
    deepest = y
    for offset, stack in enumerate(_spread(members, columns)):
        column, below = first + offset, y + FRAME_HEAD
        for table, title in stack:
            boxes.append(Box(table, title, column, _left(column), below))
            below += height_of(table) + GAP
        deepest = max(deepest, below)
    x = _left(first) - 8
    return Frame(name, x, y, _left(first + columns - 1) + WIDTH + 8 - x, deepest - y), boxes


def _spread(members: list[tuple[Table, str]], columns: int) -> list[list[tuple[Table, str]]]:
    """Over columns of about one height, in order."""
    share = sum(height_of(table) + GAP for table, _ in members) / columns
    stacks: list[list[tuple[Table, str]]] = [[] for _ in range(columns)]
    filled = 0.0
    for table, title in members:
        middle = filled + height_of(table) / 2
        stacks[min(int(middle // share), columns - 1)].append((table, title))
        filled += height_of(table) + GAP
    return stacks


def _left(column: int) -> int:
    return GUTTER + column * (WIDTH + GUTTER)


def _frame(frame: Frame) -> str:
    return (
        f'<rect x="{frame.x}" y="{frame.y}" width="{frame.width}" height="{frame.height}" rx="6" fill="#f3f5f8"/>\n'
        f'<text x="{frame.x + 8}" y="{frame.y + 18}" font-weight="bold" fill="#5b6673">{escape(frame.name)}.py</text>'
    )


def _box(box: Box) -> Iterator[str]:
    yield (
        f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{box.height}" rx="3" fill="#ffffff" stroke="#7b8794"/>\n'
        f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{HEAD - 4}" rx="3" fill="#dde5ee"/>\n'
        f'<text x="{box.x + 6}" y="{box.y + 14}" font-weight="bold">{escape(box.table.name)}</text>\n'
        f'<text x="{box.x + WIDTH - 6}" y="{box.y + 14}" text-anchor="end" font-size="10" fill="#5b6673">{escape(box.title)}</text>'
    )
    for column in box.table.columns:
        y = box.line_of(column) + 4
        weight = ' font-weight="bold"' if column.primary_key else ""
        yield (
            f'<text x="{box.x + 6}" y="{y}"{weight}>{escape(column.name)}</text>'
            f'<text x="{box.x + WIDTH - 6}" y="{y}" text-anchor="end" fill="#5b6673">{escape(_kind(column))}</text>'
        )


def _kind(column: Column[Any]) -> str:
    """The kind of a column in a few words; `?` says that it may be empty."""
    empty = "?" if column.nullable else ""
    for key in column.foreign_keys:
        return f"→ {key.column.table.name}{empty}"
    name, _, length = str(column.type).rstrip(")").partition("(")
    return " ".join(filter(None, (KINDS.get(name, "text"), length))) + empty


def _lines(boxes: Sequence[Box], targets: Sequence[str], top: int) -> Iterator[str]:
    """From each key's column into the gutter beside it, over to the gutter beside its target, and into the title."""
    by_name = {box.table.name: box for box in boxes}
    for number, name in enumerate(targets):
        colour, target = COLOURS[number % len(COLOURS)], by_name[name]
        keys = [(box, column) for box in boxes for column in box.table.columns if _points_at(column, name)]
        paths = [_path(box, column, target, number, top) for box, column in keys]
        for path in paths:
            yield f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.3"/>'
        for x, towards in sorted({_entrance(box, target) for box, _ in keys}):
            y = target.y + 10
            yield f'<path d="M{x} {y} l{-6 * towards} -4 v8 z" fill="{colour}"/>'


def _points_at(column: Column[Any], name: str) -> bool:
    return any(key.column.table.name == name for key in column.foreign_keys)


def _entrance(box: Box, target: Box) -> tuple[int, int]:
    """Where lines from this box enter the target, and in which direction (1: to the right)."""
    from_right = box.column > target.column
    return (target.x + WIDTH, -1) if from_right else (target.x, 1)


def _path(box: Box, column: Column[Any], target: Box, number: int, top: int) -> str:
    start, end = box.line_of(column), target.y + 10
    to_right = target.column > box.column
    out_gutter = box.column + 1 if to_right else box.column
    in_gutter = target.column + 1 if target.column < box.column else target.column
    out_x, in_x = (_lane(gutter, number) for gutter in (out_gutter, in_gutter))
    edge = box.x + WIDTH if to_right else box.x
    over = "" if out_gutter == in_gutter else f" V{top + LANE * number} H{in_x}"
    return f"M{edge} {start} H{out_x}{over} V{end} H{_entrance(box, target)[0]}"


def _lane(gutter: int, number: int) -> int:
    return gutter * (WIDTH + GUTTER) + 6 + LANE * number


if __name__ == "__main__":
    TARGET.write_text(drawing(), encoding="utf-8")
