"""Looks of people at cases (W11): one row for each look at a case, written in a short transaction of its own.

A look must not keep anybody from their work: when it cannot be written the page is shown all the same, the log says so and a
counter rises. The security log has its line by then.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import structlog
from sqlalchemy import Select, bindparam, delete, insert, literal, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from processes.base import metrics
from processes.base.actor import Actor
from processes.base.correlation import NAME, carried
from processes.base.errors import Busy, NoRoom
from processes.base.visitor import visitor
from processes.storage.base import Moment
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import Case, DocumentRow, LookRow
from processes.storage.words import LookKind

AT_ONCE: Final = 5000  # rows that one transaction of the sweep deletes
IN_NO_CASE: Final = 0  # as the chain of the installation: of what is in no case
LONGEST_PART: Final = 100  # characters that the column holds: the name of a task may be longer
COLUMNS: Final = (
    "case_id", "at", "who_kind", "who", "for_whom", "for_branch", "address", "correlation", "kind", "part", "document_id",
)  # fmt: skip

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """One look: at the case with this `number`, or at the `document` with this id, or at both. `part` names the page. Of the kind POST it
    is at a piece of post that is in no case: then `part` is its id.
    """

    kind: LookKind
    number: str = ""
    part: str = ""
    document: str | None = None


def write_look(services: Services, actor: Actor, look: Look) -> bool:
    """Write it down; False when the database could not, which is no reason to keep the page from the reader.

    A case or document that is not there gets no row: then there was nothing to see.
    """
    try:
        with transaction(services.sessions) as session:
            wanted = _row(look, actor, business_now(services, session))
            session.execute(insert(LookRow).from_select(COLUMNS, wanted))
    except (Busy, NoRoom, SQLAlchemyError) as error:
        metrics.LOOKS_LOST.inc()
        log.error("look.not_written", kind=str(look.kind), error=type(error).__name__)  # noqa: TRY400 - a trace shows data
        return False
    return True


def write_package_looks(services: Services, actor: Actor, cases: Sequence[int]) -> None:
    """Write down that somebody got all data of a person out of these cases, by their ids. Raises Busy: a package that nobody
    can be asked about does not leave.
    """
    about = {**_looker(actor), "kind": str(LookKind.PACKAGE), "part": ""}
    with transaction(services.sessions) as session:
        now = business_now(services, session)
        for start in range(0, len(cases), AT_ONCE):
            rows = [{**about, "at": now, "case_id": case} for case in cases[start : start + AT_ONCE]]
            session.execute(insert(LookRow), rows)


def write_bundle_looks(services: Services, actor: Actor, case: int, documents: Sequence[str]) -> None:
    """Write down that somebody got these documents of a case together. Raises Busy, as `write_package_looks`."""
    about = {**_looker(actor), "case_id": case, "kind": str(LookKind.BUNDLE), "part": ""}
    with transaction(services.sessions) as session:
        now = business_now(services, session)
        for start in range(0, len(documents), AT_ONCE):
            rows = [{**about, "at": now, "document_id": one} for one in documents[start : start + AT_ONCE]]
            session.execute(insert(LookRow), rows)


def _looker(actor: Actor) -> dict[str, str | None]:
    """The columns about the one who looks, and from where; by a mandate also for whom."""
    whom = actor.for_whom
    return {
        "who_kind": str(actor.kind), "who": actor.party_subject, "for_whom": whom.subject if whom and not whom.own else None,
        "for_branch": whom.branch if whom else "", "address": visitor(), "correlation": carried().get(NAME),
    }  # fmt: skip


def _row(look: Look, actor: Actor, now: datetime) -> Select[Any]:
    """The new row, read from the case or document, so that it takes one statement."""
    case: Any = DocumentRow.case_id if look.document else Case.id
    values: dict[str, Any] = {
        **_looker(actor), "kind": str(look.kind), "part": look.part[:LONGEST_PART], "document_id": look.document,
    }  # fmt: skip
    if look.kind == LookKind.POST:
        case = literal(IN_NO_CASE, LookRow.case_id.type)
    given = [bindparam(name, value, LookRow.__table__.c[name].type) for name, value in values.items()]
    found = select(case, bindparam("at", now, Moment()), *given)
    if look.kind == LookKind.POST:
        return found
    return found.where(DocumentRow.id == look.document if look.document else Case.number == look.number)


def forget_looks(services: Services, before: datetime) -> None:
    """Delete every look of before this moment, some thousands at a time."""
    while True:
        with transaction(services.sessions) as session:
            old = select(LookRow.at).where(LookRow.at < before).order_by(LookRow.at)
            edge = session.scalar(old.offset(AT_ONCE).limit(1))
            session.execute(delete(LookRow).where(LookRow.at <= edge if edge else LookRow.at < before))
        if edge is None:
            return


def opened_by(session: Session, actor: Actor, documents: Collection[str]) -> frozenset[str]:
    """Which of these documents, by id, this actor ever fetched."""
    if not documents:
        return frozenset()
    looks = (LookRow.document_id.in_(documents), LookRow.kind == LookKind.DOCUMENT, LookRow.who == actor.party_subject)
    return frozenset(one for one in session.scalars(select(LookRow.document_id).where(*looks)) if one)
