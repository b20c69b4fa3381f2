"""A table of figures: what is counted, its rows, and which of its columns a plot shows. The page, the plot and the spreadsheet show the same cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

Cell = str | int | None
MOST_DRAWN: Final = 24  # bars that one plot can hold and still be read; the table has all rows
ALL: Final = 100  # of a share, in per cent


@dataclass(frozen=True, slots=True)
class Bars:
    """A plot of one column of a table. `labels`: the columns whose words stand at a bar; `of`: the column that it shows, and
    `unit` what stands behind the number. A share (`unit` %) is drawn on a scale of 100.
    """

    labels: tuple[int, ...]
    of: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in whole days: a quarter at most `quarter`, half `half`, three quarters `most`; `least` and `longest`
    the shortest and the longest one.
    """

    least: int
    quarter: int
    half: int
    most: int
    longest: int


@dataclass(frozen=True, slots=True)
class FigureTable:
    """`about` says what is counted and from which day. `spreads` holds by the words of its first column what a plot with boxes shows; `people`: the
    number of the member of staff of each row, empty for nobody, where the rows are of people.
    """

    code: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    about: str = ""
    bars: Bars | None = None
    spreads: tuple[tuple[str, Spread], ...] = ()
    people: tuple[str, ...] = ()

    @property
    def plot(self) -> tuple[tuple[str, int], ...]:
        """Words and number of each bar, without rows that have no number; none when there is nothing to see."""
        found = tuple(self._bars()) if self.bars else ()
        return found[:MOST_DRAWN] if any(number for _, number in found) else ()

    @property
    def scale(self) -> int:
        """The number at which a bar is as long as can be."""
        shown = [number for _, number in self.plot]
        return ALL if self.bars and self.bars.unit == "%" else max(shown, default=1)

    def _bars(self) -> Iterator[tuple[str, int]]:
        if self.bars is None:
            return
        for row in self.rows:
            number = row[self.bars.of]
            if isinstance(number, int):
                yield ", ".join(str(row[at]) for at in self.bars.labels), number


def share(part: int, whole: int) -> int | None:
    """In whole per cent; None of nothing."""
    return round(part * ALL / whole) if whole else None


def spread_of(counts: Mapping[int, int]) -> Spread | None:
    """The spread of how many things took how many days. A quarter is the least number of days within which at least a quarter was done,
    so that it is always a number that occurred. None without any.
    """
    total = sum(counts.values())
    if not total:
        return None
    days = sorted(counts)
    quarter, half, most = (_within(counts, days, part * total) for part in (0.25, 0.5, 0.75))
    return Spread(days[0], quarter, half, most, days[-1])


def _within(counts: Mapping[int, int], days: list[int], wanted: float) -> int:
    done = 0
    for day in days:
        done += counts[day]
        if done >= wanted:
            return day
    return days[-1]
