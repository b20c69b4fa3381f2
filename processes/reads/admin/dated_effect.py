"""The effect on cases of a change of a setting, before it is saved: amounts of penalties that run, and the days from which
closed cases may be destroyed. Computed as it will be computed after saving.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.clearance import number_for
from processes.base.actor import Actor
from processes.base.dutch import euros_in_words, long_date
from processes.dated.law_of import with_settings
from processes.dated.shelf import shelved
from processes.execution.keeping import destroy_day
from processes.execution.penalties import reckon
from processes.execution.touched_by_law import touched_cases
from processes.law import LawBook
from processes.law.edits import LawRecordKind, Saved
from processes.storage.law_cache import broken_rows, saved_rows
from processes.storage.services import Services
from processes.storage.tables import Case

MOST_LOOKED_AT: Final = 2_000
SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class MovedInCase:
    """One thing that a case had and will have, in words."""

    number: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SettingEffect:
    """`cases` of the `looked_at` cases change. `more`: there are others that were not looked at."""

    cases: int
    looked_at: int
    more: bool
    first: tuple[MovedInCase, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    session: Session
    services: Services
    today: date
    before: LawBook
    after: LawBook


def effect_on_cases(session: Session, services: Services, actor: Actor, saved: Saved, today: date) -> SettingEffect:
    """The cases that change when `saved` is saved; those above the clearance of the reader without their numbers."""
    book = services.law.book(session)
    rows = saved_rows(session)
    broken = broken_rows(rows)
    shelf = shelved([*(row for row in rows if row not in broken), saved])
    if saved.kind == LawRecordKind.RETENTION:  # a term that is longer from a later day on keeps cases from then
        today = max(today, saved.valid_from)
    look = _Look(session, services, today, book, with_settings(book, shelf))
    ids = touched_cases(session, services, saved, after=0, limit=MOST_LOOKED_AT + 1)
    cases = session.scalars(select(Case).where(Case.id.in_(ids[:MOST_LOOKED_AT])).order_by(Case.id)).all()
    moved = [
        [replace(line, number=number_for(session, actor, case)) for line in lines]
        for case in cases
        if (lines := list(EFFECTS[saved.kind](look, case)))
    ]
    first = tuple(islice((line for lines in moved for line in lines), SHOWN))
    return SettingEffect(len(moved), len(cases), len(ids) > MOST_LOOKED_AT, first)


def _kept(look: _Look, case: Case) -> Iterator[MovedInCase]:
    before, after = (destroy_day(case, book, look.today) for book in (look.before, look.after))
    if before != after:
        yield MovedInCase(case.number, "Te vernietigen vanaf", _day(before), _day(after))


def _penalty(look: _Look, case: Case) -> Iterator[MovedInCase]:
    deployed = look.services.models.find(look.session, case.model_version_id)
    if deployed is None:
        return
    before, after = (reckon(look.session, case, deployed.model, look.today, book) for book in (look.before, look.after))
    for was, now in zip(before, after, strict=True):
        if (was.penalty.cents, was.penalty.most) != (now.penalty.cents, now.penalty.most):
            yield MovedInCase(
                case.number,
                f"Dwangsom tot vandaag, {was.title}",
                euros_in_words(was.penalty.cents),
                euros_in_words(now.penalty.cents),
            )


def _day(day: date | None) -> str:
    return long_date(day) if day else "blijft altijd bewaard"


EFFECTS: Final[Mapping[str, Callable[[_Look, Case], Iterator[MovedInCase]]]] = {
    LawRecordKind.RETENTION: _kept,
    LawRecordKind.TARIFF: _penalty,
}
