"""All open dossiers of the departments behind one mailbox, for who showed a code that went there (P6, P7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.links import token_of
from processes.access.mailbox import departments_behind, living_dossiers, may_come_from_here, waiting_in
from processes.base.clock import local_date
from processes.base.dutch import days_left_in_words
from processes.base.errors import LinkGone
from processes.base.written import TypedText, TypedTexts
from processes.reads.department.networks import OutsideNetwork
from processes.reads.department.people import subject_among
from processes.reads.opening import reading
from processes.storage.departments import shown_decisions
from processes.storage.services import Services
from processes.storage.tables import Case, Decision, DepartmentRow, DocumentRequestRow, Dossier, TaskRow

ON_A_PAGE: Final = 50
MOST: Final = 2000  # dossiers that are read for one mailbox; beyond that a department searches
AT_ONCE: Final = 500  # ids in one statement


class MailboxChoice(StrEnum):
    """The choice of an overview: the dossiers with an open question, those that are late, or every open one."""

    ASKED = "gevraagd"
    LATE = "te-laat"
    ALL = "alles"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked. `what` names the documents, or the form."""

    what: str
    due: date | None
    left: str
    late: bool


@dataclass(frozen=True, slots=True)
class OpenDossier:
    """A dossier with what is asked in it, the soonest first; nothing when nobody waits for the department."""

    id: int
    number: str
    case_type: str
    subject: TypedText
    department: TypedText
    asked: tuple[Asked, ...]

    @property
    def due(self) -> date | None:
        return self.asked[0].due if self.asked else None

    @property
    def late(self) -> bool:
        return any(one.late for one in self.asked)


@dataclass(frozen=True, slots=True)
class MailboxPage:
    """`counts`: how many there are by what can be chosen, before the search. `several`: more than one department has this mailbox."""

    dossiers: tuple[OpenDossier, ...]
    found: int
    page: int
    pages: int
    counts: Mapping[str, int]
    several: bool
    names: TypedTexts


def mailbox_name(services: Services, address: str) -> str:
    """The names of the departments behind this mailbox; empty when there is none any more."""
    with reading(services) as (session, _now):
        return ", ".join(one.name for one in departments_behind(session, address))


def read_mailbox(services: Services, address: str, chosen: MailboxChoice, sought: str, page: int) -> MailboxPage:
    """The dossiers, those that are late first and then by date. Raises OutsideNetwork when no department of this mailbox may be
    reached from here, LinkGone when the mailbox is of none any more.
    """
    with reading(services) as (session, now):
        departments = _reachable(session, address)
        everything = _dossiers(session, departments, local_date(now))
        words = sought.casefold().split()
        found = [one for one in everything if _is_chosen(one, chosen) and _has(one, words)]
        pages = max(1, -(-len(found) // ON_A_PAGE))
        here = min(max(1, page), pages)
        return MailboxPage(
            tuple(found[(here - 1) * ON_A_PAGE : here * ON_A_PAGE]), len(found), here, pages,
            {one: sum(_is_chosen(dossier, one) for dossier in everything) for one in MailboxChoice},
            len(departments) > 1, tuple(one.name for one in departments),
        )  # fmt: skip


def link_from_mailbox(services: Services, address: str, dossier_id: int) -> str:
    """The token of a dossier of this mailbox. Raises LinkGone for any other, and OutsideNetwork."""
    with reading(services) as (session, now):
        mine = living_dossiers(_reachable(session, address), local_date(now))
        dossier = session.scalar(mine.where(Dossier.id == dossier_id))
        if dossier is None:
            raise LinkGone
        return token_of(services.secrets, dossier)


def _reachable(session: Session, address: str) -> Sequence[DepartmentRow]:
    departments = departments_behind(session, address)
    if not departments:
        raise LinkGone
    reachable = [one for one in departments if may_come_from_here(one)]
    if not reachable:
        raise OutsideNetwork
    return reachable


def _dossiers(session: Session, departments: Sequence[DepartmentRow], today: date) -> list[OpenDossier]:
    rows = session.scalars(living_dossiers(departments, today).order_by(Dossier.id.desc()).limit(MOST)).all()
    names = {one.code: one.name for one in departments}
    asked, cases = _asked(session, [row.id for row in rows], today), _cases(session, [row.case_id for row in rows])
    decisions = _decisions(session, list(cases))
    found = [
        OpenDossier(
            row.id, cases[row.case_id].number, cases[row.case_id].title, _subject(session, cases[row.case_id], row, decisions),
            names[str(row.department)], tuple(sorted(asked.get(row.id, ()), key=lambda one: one.due or date.max)),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.asked, one.due or date.max, one.number))


def _cases(session: Session, ids: Sequence[int]) -> dict[int, Case]:
    found: dict[int, Case] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = session.scalars(select(Case).where(Case.id.in_(ids[start : start + AT_ONCE])))
        found.update({row.id: row for row in rows})
    return found


def _decisions(session: Session, ids: Sequence[int]) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = select(Decision).where(Decision.case_id.in_(ids[start : start + AT_ONCE])).order_by(Decision.id)
        for row in session.scalars(rows):
            found.setdefault(row.case_id, []).append(row)
    return found


def _subject(session: Session, case: Case, dossier: Dossier, decisions: Mapping[int, list[Decision]]) -> str:
    """The subject as on the page of the dossier: never the decision of another department (O16)."""
    rows = decisions.get(case.id, [])
    own = shown_decisions(session, rows, dossier) if len(rows) > 1 else rows
    return subject_among(case.subject, [one.subject for one in rows], [one.subject for one in own])


def _asked(session: Session, ids: Sequence[int], today: date) -> dict[int, list[Asked]]:
    found: dict[int, list[Asked]] = {}
    for start in range(0, len(ids), AT_ONCE):
        for dossier, task, request in session.execute(waiting_in(ids[start : start + AT_ONCE])):
            found.setdefault(dossier, []).append(_one(task, request, today))
    return found


def _one(task: TaskRow, request: DocumentRequestRow | None, today: date) -> Asked:
    due = request.due if request else task.due
    what = "; ".join(str(item["description"]) for item in request.wanted) if request else ""
    late = due is not None and due < today
    return Asked(what or task.name, due, days_left_in_words(due, today) if due else "", late)


def _is_chosen(dossier: OpenDossier, chosen: str) -> bool:
    return chosen == MailboxChoice.ALL or (dossier.late if chosen == MailboxChoice.LATE else bool(dossier.asked))


def _has(dossier: OpenDossier, words: Sequence[str]) -> bool:
    asked = " ".join(one.what for one in dossier.asked)
    text = f"{dossier.number} {dossier.case_type} {dossier.subject} {dossier.department} {asked}".casefold()
    return all(word in text for word in words)
