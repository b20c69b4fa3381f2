"""All cases of one person or organisation (W18): those with a party of the same BSN, KvK or eIDAS number, found by its keyed index, so
that no number is opened for it.

A case in which the same person is a confidential party is left out for everybody but its handler: the list would tell who that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from processes.access.staff_scope import handled_case, kept_from, seen_cases
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.reads.opening import reading
from processes.reads.workbench.case_lines import status_name
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.words import role_in_words
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import Case, Party
from processes.storage.words import CaseState

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class PersonsCase:
    """`roles`: of this person in that case, in words."""

    number: str
    title: str
    subject: str
    roles: str
    status: str
    running: bool
    handler: str | None
    received_on: date
    here: bool


@dataclass(frozen=True, slots=True)
class CasesOfPerson:
    """`known`: the party has a number to find cases by; without one there are no lines. `total` counts all pages."""

    head: Head
    name: str
    known: bool
    lines: tuple[PersonsCase, ...]
    total: int
    page: int
    pages: int
    party: int


def read_cases_of_person(services: Services, actor: Actor, number: str, party: int, page: int = 1) -> CasesOfPerson:
    """Running cases first, then the newest. Raises NotFound, also for a party whom this reader may not know, and NotAllowed for the
    committee. A fixed number of statements.
    """
    with reading(services) as (session, now):
        about = handled_case(session, actor, number)
        person = session.get(Party, party)
        if person is None or person.case_id != about.id or person.id in kept_from(session, actor, about):
            raise NotFound("Deze betrokkene hoort niet bij de zaak.")
        theirs = _theirs(actor, person.identity_index)
        total = session.scalar(select(func.count()).select_from(theirs.subquery())) or 0
        pages = max(1, -(-total // PAGE))
        page = min(max(page, 1), pages)
        order = (case((Case.state == CaseState.RUNNING, 0), else_=1), Case.id.desc())
        wanted = select(Case).where(Case.id.in_(theirs)).order_by(*order).limit(PAGE).offset((page - 1) * PAGE)
        found = session.scalars(wanted).all()
        return CasesOfPerson(
            head_of(session, services, actor, about, now), person.name, person.identity_index is not None,
            _lines(session, services, found, person.identity_index, about), total, page, pages, person.id,
        )  # fmt: skip


def _theirs(actor: Actor, index: str | None) -> Any:
    """The ids of the cases with this person that the reader may see, by the index on the number of a party."""
    known = or_(Party.confidential.is_(False), Case.handler == actor.subject)
    mine = select(Party.case_id).join(Case, Case.id == Party.case_id)
    return mine.where(_same(index), known, seen_cases(actor)).distinct()


def _same(index: str | None) -> ColumnElement[bool]:
    return Party.identity_index == (index or "")  # no party has an empty one


def _lines(
    session: Session, services: Services, found: Sequence[Case], index: str | None, about: Case
) -> tuple[PersonsCase, ...]:
    names = staff.names_of(session, (row.handler for row in found))
    rows = select(Party).where(_same(index), Party.case_id.in_([row.id for row in found])).order_by(Party.id)
    roles: dict[int, list[str]] = {}
    for one in session.scalars(rows):
        model = next(services.models.find(session, row.model_version_id) for row in found if row.id == one.case_id)
        roles.setdefault(one.case_id, []).append(role_in_words(one.role, model.model if model else None))
    return tuple(
        PersonsCase(
            row.number, row.title, row.subject, ", ".join(dict.fromkeys(roles.get(row.id, ()))),
            status_name(session, services, row), row.state == CaseState.RUNNING, names.get(row.handler or ""),
            row.received_on, row.id == about.id,
        )
        for row in found
    )  # fmt: skip
