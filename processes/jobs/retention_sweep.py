"""The sweep of the clock process: once a day is enough, more often does no harm."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.actions.retention import BATCH, ListDue, list_due
from processes.base.actor import SYSTEM
from processes.base.clock import local_date
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.law.edits import LawRecordKind
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import LawRuleRow, OutboxRow
from processes.storage.words import OutboxKind

LOOKED_BACK = timedelta(days=31)  # a clock process that stood still for longer is an outage that somebody mends


def sweep_retention(services: Services) -> int:
    """Put every case whose term is over on the destruction list, batch by batch; says how many were looked at."""
    compute_begun(services)
    total = 0
    while True:
        found = int(transact(services, SYSTEM, lambda work: list_due(work, ListDue(BATCH))))
        total += found
        if found < BATCH:
            return total


def compute_begun(services: Services) -> int:
    """Have the closed cases computed again with each retention class that was saved ahead and holds since a short while; once for
    each. Says for how many classes.
    """
    with services.sessions() as session:
        rows = _begun(services, read_only(session))
    for row_id in rows:
        transact(services, SYSTEM, lambda work, row_id=row_id: _order(work, row_id))  # type: ignore[misc]
    return len(rows)


def _begun(services: Services, session: Session) -> list[int]:
    today = local_date(business_now(services, session))
    rows = session.scalars(
        select(LawRuleRow).where(
            LawRuleRow.kind == LawRecordKind.RETENTION,
            LawRuleRow.valid_from <= today,
            LawRuleRow.valid_from > today - LOOKED_BACK,
        )
    ).all()
    ahead = [row.id for row in rows if row.saved_at and local_date(row.saved_at) < row.valid_from]
    done = set(session.scalars(select(OutboxRow.key).where(OutboxRow.key.in_([_key(row_id) for row_id in ahead]))))
    return [row_id for row_id in ahead if _key(row_id) not in done]


def _order(work: UnitOfWork, row_id: int) -> str:
    work.enqueue(OutboxKind.LAW, _key(row_id), {"row": row_id, "after": 0, "again": False, "round": "begun"})
    return ""


def _key(row_id: int) -> str:
    return f"law:{row_id}:begun"
