"""The real pages at a step of a rehearsal, and where the case stands: as the page of a rehearsal shows them.

The pages come from the process that plays a draft that is not trusted. They are shown in frames without any right: `sandbox`, and
the policy of the page around them, under which no script that stands in a page can run.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine import Model
from engine.words import ElementKind, Side

CASE_PAGES: Final = "case"
NO_PAGES: Final = "none"
TASK: Final = re.compile(r"task-\d{1,3}")
SIDES: Final = {
    Side.CITIZEN: "Inwoner", Side.DEPARTMENT: "Achter de link", Side.WORKER: "Behandelaar", Side.COMMITTEE: "Commissie",
}  # fmt: skip
ALREADY_SAID: Final = {"Behandelaar", "Commissie"}  # the name of who has no other name
AROUND: Final = {ElementKind.SUB_PROCESS}
WORK: Final = {ElementKind.USER_TASK, ElementKind.CALL_ACTIVITY}


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page that somebody sees. `html` is not trusted. `came` and `went`: texts that are new or gone since the step before, `more`
    how many others; `first`: the step before did not have this page.
    """

    key: str
    side: str
    who: str
    title: str
    html: str
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    more: int = 0
    first: bool = False

    @property
    def whose(self) -> str:
        side = SIDES.get(Side(self.side), "") if self.side in set(Side) else ""
        return side if self.who in {"", *ALREADY_SAID} else f"{side}: {self.who}"

    @property
    def same(self) -> bool:
        return not (self.came or self.went or self.first)


@dataclass(frozen=True, slots=True)
class StandingPlace:
    """An element at which the case stands. `around`: it holds the others; `other`: the title of the process, when it is another."""

    element: str
    name: str
    around: bool
    work: bool
    other: str


def asked_pages(typed: str) -> str:
    """Which pages to render, from what a form says: those of the case when it says nothing that is known."""
    return typed if typed == NO_PAGES or TASK.fullmatch(typed) else CASE_PAGES


def shown_pages(pages: Iterable[Mapping[str, Any]]) -> list[ShownPage]:
    return [ShownPage(**{**one, "came": tuple(one["came"]), "went": tuple(one["went"])}) for one in pages]


def standing_places(
    stands: Sequence[Sequence[str]], model: Model | None, called: Iterable[Model]
) -> tuple[StandingPlace, ...]:
    """Where the case stands: work that waits first, then events, and last the parts around them."""
    models = {one.process: one for one in (*called, *([model] if model else ()))}
    found = [_place(process, element, models.get(process), model) for process, element in stands]
    return tuple(sorted(found, key=lambda one: (one.around, not one.work)))


def marks(places: Iterable[StandingPlace]) -> list[dict[str, str]]:
    """The same for the drawing: only what stands in that of the draft itself."""
    return [{"element": one.element, "kind": "current", "message": ""} for one in places if not one.other]


def _place(process: str, element: str, found: Model | None, mine: Model | None) -> StandingPlace:
    drawn = found.elements.get(element) if found else None
    kind = drawn.kind if drawn else None
    name = (drawn.name if drawn else "") or element
    other = "" if mine is not None and process == mine.process else (found.name if found else "") or process
    return StandingPlace(element, name, kind in AROUND, kind in WORK, other)
