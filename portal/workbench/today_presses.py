"""The presses of one row of Vandaag: what stands on each, its key, and where it goes. A link goes on, a button acts and comes back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from processes.reads import workbench as reads
from processes.reads.workbench import Deed, TodayRow, WaitingKind

CALL: Final = re.compile(r"(terug)?bel(len)?\b", re.IGNORECASE)  # how a task to telephone somebody begins


@dataclass(frozen=True, slots=True)
class Press:
    """`key`: a letter of `portal.workbench.keys`. `acts`: it changes something, so it is a button."""

    key: str
    word: str
    address: str
    acts: bool = True


def presses_of(row: TodayRow) -> tuple[Press, ...]:
    """The first is the one that is usual; none where the title of the row is all there is."""
    found = MADE.get(row.listed)
    return found(row) if found else ()


def _task(row: TodayRow) -> tuple[Press, ...]:
    place = f"/werk/taken/{row.key}"
    made = {
        Deed.PICK_UP: Press("p", "Oppakken", f"{place}/oppakken"),
        Deed.JUDGE: Press("b", "Beoordeel", place, acts=False),
        Deed.DECIDE: Press("b", "Beslis", place, acts=False),
    }
    return (made[row.deed],) if row.deed else ()


def _asked(row: TodayRow) -> tuple[Press, ...]:
    done = "Gebeld" if CALL.match(row.what) else "Gedaan"
    return (Press("d", done, f"/werk/zaken/{row.number}/collegataken/{row.key}/gedaan"),)


def _message(row: TodayRow) -> tuple[Press, ...]:
    answer = Press("a", "Antwoord", f"/werk/zaken/{row.number}/tijdlijn?aan={row.party}#field-text-reply", acts=False)
    return (answer, *_read(row)) if row.party else _read(row)


def _read(row: TodayRow) -> tuple[Press, ...]:
    return (Press("g", "Gelezen", f"/werk/zaken/{row.number}/berichten/{row.key}/gelezen"),)


def _news(row: TodayRow) -> tuple[Press, ...]:
    return (Press("g", "Gelezen", f"/werk/nieuws/{row.key}/gelezen"),)


def _letter(row: TodayRow) -> tuple[Press, ...]:
    return (Press("v", "Verzonden", f"/werk/zaken/{row.number}/brieven/{row.key}/verzonden-vandaag"),)


MADE: Final[Mapping[str, Callable[[TodayRow], tuple[Press, ...]]]] = {
    reads.TASKS: _task, reads.ASKED: _asked, WaitingKind.MESSAGES: _message, WaitingKind.NOTICES: _read, reads.NEWS: _news,
    WaitingKind.LETTERS: _letter,
}  # fmt: skip
