"""News for colleagues: who hears of a note, a handover or a delivery of a case."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, select, union_all

from processes.access.barred import is_barred
from processes.access.clearance import is_above_roles
from processes.access.staff_scope import HANDLES
from processes.access.substitution import runs_on
from processes.execution.unit_of_work import UnitOfWork
from processes.storage import staff
from processes.storage.tables import Case, Delivery, NewsRow, NoteRow, StaffRow, Substitution, TaskRow
from processes.storage.words import NewsKind

MENTION: Final = re.compile(r"(?<![\w.@])@(?=\w)")
# what a substitute is told where the words of the kind speak to the one who is away
IN_PLACE_OF: Final[Mapping[NewsKind, NewsKind]] = {NewsKind.MENTION: NewsKind.NOTE}


def involved(work: UnitOfWork, case: Case) -> set[str]:
    """Numbers of staff: the handler, and everybody who took or did a task of the case (D46, D47)."""
    rows = select(TaskRow.assignee, TaskRow.done_by).where(TaskRow.case_id == case.id)
    return {case.handler or "", *(number or "" for row in work.session.execute(rows) for number in row)} - {""}


@dataclass(frozen=True, slots=True)
class Mentions:
    """`numbers` of those who handle cases and are named in a text; `unclear`: an @ stands before what is the name of none of them, or of two."""

    numbers: frozenset[str]
    unclear: bool = False


def mentioned(work: UnitOfWork, text: str) -> Mentions:
    """Those who are named as `@Noor Behandelaar`, by a user name, or by a first name that only one of them has."""
    places = [text[found.end() :] for found in MENTION.finditer(text)]
    if not places:
        return Mentions(frozenset())
    names = _called(work)
    meant = [_meant(place, names) for place in places]
    return Mentions(frozenset(number for number in meant if number), None in meant)


def tell_colleagues(
    work: UnitOfWork, case: Case, to: Mapping[str, NewsKind], note: NoteRow | None = None, delivery: Delivery | None = None
) -> None:  # fmt: skip
    """News for each of these numbers of staff, by its kind, and for who stands in for one of them: not for who did it, who may not come
    in or whom the case is about.
    """
    told = to.keys() - {work.actor.subject}
    for number, away in _may_hear(work, case, told).items():
        kind = to[number] if number in told else IN_PLACE_OF.get(to[away], to[away])
        work.session.add(
            NewsRow(
                case_id=case.id, staff=number, kind=kind, at=work.now, note_id=note.id if note else None,
                delivery_id=delivery.id if delivery else None,
            )
        )  # fmt: skip


def _may_hear(work: UnitOfWork, case: Case, numbers: Collection[str]) -> dict[str, str]:
    """Those of these members of staff, and of their substitutes of today, who may hear of the case: each with whom it was meant for."""
    handling = {
        number: away
        for number, roles, away in work.session.execute(_with_substitutes(numbers, work.today))
        if number != work.actor.subject
        and {*roles} & {*HANDLES}
        and not is_above_roles(work.session, number, frozenset(roles), case, work.actor.day)
    }
    return {number: away for number, away in handling.items() if not is_barred(work.session, case.id, number)}


def _with_substitutes(numbers: Collection[str], today: date) -> Select[str, Any, str]:
    """Number, roles, and the number among these for which it is told. One statement: a delivery waits for it."""
    of_themselves = select(StaffRow.number, StaffRow.roles, StaffRow.number.label("away")).where(
        StaffRow.number.in_(numbers), StaffRow.blocked_at.is_(None)
    )
    of_others = (
        select(StaffRow.number, StaffRow.roles, Substitution.staff.label("away"))
        .join(Substitution, Substitution.substitute == StaffRow.number)
        .where(Substitution.staff.in_(numbers), runs_on(today), StaffRow.blocked_at.is_(None))
    )
    found = union_all(of_themselves, of_others).subquery()
    return select(found.c.number, found.c.roles, found.c.away).order_by(found.c.number, found.c.away)


def _called(work: UnitOfWork) -> dict[str, str]:
    """Every way to call one person, in small letters, longest first, with the number."""
    found: dict[str, set[str]] = {}
    people = dict(staff.with_role(work.session, HANDLES))
    rows = work.session.execute(select(StaffRow.number, StaffRow.username).where(StaffRow.number.in_(people)))
    usernames = dict(rows.all())
    for number, name in people.items():
        for way in _ways(name, usernames[number]):
            found.setdefault(way.casefold(), set()).add(number)
    sure = {way: next(iter(numbers)) for way, numbers in found.items() if len(numbers) == 1}
    return dict(sorted(sure.items(), key=lambda pair: -len(pair[0])))


def _ways(name: str, username: str) -> Iterable[str]:
    return {name, username, name.partition(" ")[0]} - {""}


def _meant(text: str, names: Mapping[str, str]) -> str | None:
    """The number of the person whom the beginning of a text calls: no letter or digit may follow the name."""
    small = text.casefold()
    for way, number in names.items():
        if small.startswith(way) and not small[len(way) : len(way) + 1].isalnum():
            return number
    return None
