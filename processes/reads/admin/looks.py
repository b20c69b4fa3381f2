"""Looks for the data protection officer, found by case, document, member of staff, citizen and period.

Pages follow each other by the last line of the one before, so that the hundredth costs what the first does. Each question is
answered by an index of `look`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, literal, select, tuple_
from sqlalchemy.orm import Session

from processes.access.clearance import of_no_case_or_within, within_clearance
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_midnight
from processes.base.errors import Invalid
from processes.base.typed_values import case_number, read_bsn, read_date
from processes.reads.opening import reading
from processes.reads.workbench.look_lines import LookLine, look_lines
from processes.reads.workbench.spread import SpreadLine, removal_of, spread_of
from processes.storage import staff
from processes.storage.base import Moment
from processes.storage.citizens import index_now
from processes.storage.looks import IN_NO_CASE
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, LookRow, Party

PAGE: Final = 50
MOST_EXPORTED: Final = 10_000
EXPORTED_AT_ONCE: Final = 500
INDEX_DIGITS: Final = 64
NO_CASE: Final = "Er is geen zaak met dit nummer. Misschien is zij vernietigd; dan is ook weg wie er keek."
NO_DOCUMENT: Final = "Er is geen document met dit kenmerk. Een kenmerk ziet eruit als BZW-2026-000001-D3."


@dataclass(frozen=True, slots=True)
class AskedLooks:
    """The question of the officer; what is empty asks nothing. `document` is a reference, `person` the keyed index of a citizen:
    looks at all cases of that citizen. `until` is the last day. `after` is the line after which the page begins.
    """

    case: str = ""
    document: str = ""
    staff: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None
    after: int = 0


@dataclass(frozen=True, slots=True)
class LooksFound:
    """`older` is the line after which the next page begins; None on the last one. `spread`: to whom a document went
    that was asked for.
    """

    lines: tuple[LookLine, ...]
    older: int | None
    spread: tuple[SpreadLine, ...]
    staff: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LooksExported:
    """`lines` are read some hundreds at a time while they are written, at most MOST_EXPORTED; `more`: there are older ones."""

    lines: Iterator[LookLine]
    more: bool


def asked_looks(services: Services, typed: Mapping[str, str]) -> AskedLooks:
    """The question that was typed: `case`, `document`, `staff`, `bsn` or the index `person`, `since`, `until`, `after`.

    Raises Invalid per field. The BSN goes no further than its index.
    """
    wrong: dict[str, str] = {}
    asked = AskedLooks(
        case=case_number(typed.get("case", ""))[:40], document=case_number(typed.get("document", ""))[:60],
        staff=typed.get("staff", "")[:80], person=_person(services, typed, wrong), since=_day("since", typed, wrong),
        until=_day("until", typed, wrong), after=_line(typed.get("after", "")),
    )  # fmt: skip
    if asked.since and asked.until and asked.until < asked.since:
        wrong["until"] = "Deze dag ligt voor de eerste dag. Kies een latere."
    if wrong:
        raise Invalid(wrong)
    return asked


def _person(services: Services, typed: Mapping[str, str], wrong: dict[str, str]) -> str:
    index = typed.get("person", "")
    if not typed.get("bsn"):
        return index if len(index) == INDEX_DIGITS and index.isalnum() and index.isascii() else ""
    try:
        return index_now(services, f"bsn:{read_bsn(typed['bsn'])}")
    except ValueError as error:
        wrong["bsn"] = str(error)
        return ""


def _day(name: str, typed: Mapping[str, str], wrong: dict[str, str]) -> date | None:
    try:
        return read_date(typed[name]) if typed.get(name) else None
    except ValueError as error:
        wrong[name] = str(error)
        return None


def _line(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(2**63)) else 0


def read_looks(services: Services, actor: Actor, asked: AskedLooks, most: int = PAGE) -> LooksFound:
    """The newest looks that answer the question. Raises NotAllowed for anybody but a data protection officer, Invalid for a
    case or document that is not there.
    """
    only_staff(actor, (StaffRole.PRIVACY,), system=False)
    with reading(services) as (session, _):
        document = _document(session, actor, asked.document) if asked.document else None
        rows = session.scalars(_question(session, actor, asked, document).limit(most + 1)).all()
        shown = rows[:most]
        return LooksFound(
            lines=tuple(look_lines(session, shown)), older=shown[-1].id if len(rows) > most else None,
            spread=tuple(_spread(session, services, document)) if document else (),
            staff=tuple(staff.everybody(session)),
        )  # fmt: skip


def export_looks(services: Services, actor: Actor, asked: AskedLooks) -> LooksExported:
    """Every look that answers the question, the newest first. The first are read before this returns. Raises as `read_looks`."""
    first = read_looks(services, actor, asked, EXPORTED_AT_ONCE)
    with reading(services) as (session, _):
        document = _document(session, actor, asked.document) if asked.document else None
        beyond = _question(session, actor, asked, document).with_only_columns(LookRow.id).offset(MOST_EXPORTED).limit(1)
        more = session.scalar(beyond) is not None
    return LooksExported(_pages(services, actor, asked, first), more)


def _pages(services: Services, actor: Actor, asked: AskedLooks, found: LooksFound) -> Iterator[LookLine]:
    yield from found.lines
    left = MOST_EXPORTED - len(found.lines)
    while found.older is not None and left > 0:
        found = read_looks(services, actor, replace(asked, after=found.older), min(left, EXPORTED_AT_ONCE))
        yield from found.lines
        left -= len(found.lines)


def _question(session: Session, actor: Actor, asked: AskedLooks, document: DocumentRow | None) -> Select[LookRow]:
    found = select(LookRow).where(*_conditions(session, actor, asked))
    if document is not None:
        found = found.where(LookRow.document_id == document.id)
    last = session.get(LookRow, asked.after) if asked.after else None
    if last is not None:
        found = found.where(tuple_(LookRow.at, LookRow.id) < tuple_(literal(last.at, Moment()), literal(last.id)))
    return found.order_by(LookRow.at.desc(), LookRow.id.desc())


def _conditions(session: Session, actor: Actor, asked: AskedLooks) -> list[ColumnElement[bool]]:
    found = [of_no_case_or_within(actor, LookRow.case_id, IN_NO_CASE)]
    if asked.case:
        found.append(LookRow.case_id == _case(session, actor, asked.case))
    if asked.staff:
        found.append(LookRow.who == asked.staff)
    if asked.person:
        mine = select(Party.case_id).where(Party.identity_index == asked.person)
        found.append(LookRow.case_id.in_(mine))
    if asked.since:
        found.append(LookRow.at >= local_midnight(asked.since))
    if asked.until:
        found.append(LookRow.at < local_midnight(asked.until + timedelta(days=1)))
    return found


def _case(session: Session, actor: Actor, number: str) -> int:
    found = session.scalar(select(Case.id).where(Case.number == number, within_clearance(actor)))
    if found is None:
        raise Invalid({"case": NO_CASE})
    return found


def _document(session: Session, actor: Actor, reference: str) -> DocumentRow:
    """The newest document under this reference, by way of its case."""
    mine = (Case.number == reference.rpartition("-D")[0], within_clearance(actor))
    case = select(Case.id).where(*mine).scalar_subquery()
    found = select(DocumentRow).where(DocumentRow.case_id == case, DocumentRow.reference == reference)
    row = session.scalar(found.order_by(DocumentRow.added_at.desc()).limit(1))
    if row is None:
        raise Invalid({"document": NO_DOCUMENT})
    return row


def _spread(session: Session, services: Services, document: DocumentRow) -> list[SpreadLine]:
    case = session.get_one(Case, document.case_id)
    return spread_of(session, services, case, document, removal_of(session, document.id))
