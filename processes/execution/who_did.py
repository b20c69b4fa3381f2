"""Tells who last did one thing in a case and when, of its audit trail: for the second of two people who do the same."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from processes.base.actor import ActorKind
from processes.base.dutch import long_moment
from processes.execution.unit_of_work import UnitOfWork
from processes.storage import staff
from processes.storage.tables import AuditRow

SOMEBODY = "een collega"


@dataclass(frozen=True, slots=True)
class LastDone:
    """`name` as people know it; `own`: who acts did it."""

    name: str
    at: datetime
    own: bool

    @property
    def in_words(self) -> str:
        return f"{self.name} deed dat op {long_moment(self.at)}"


def last_done(work: UnitOfWork, case_id: int, action: str, **detail: Any) -> LastDone | None:
    """The newest row of the trail with this action and detail. Two statements."""
    found = select(AuditRow).where(AuditRow.chain == case_id, AuditRow.action == action).order_by(AuditRow.id.desc())
    row = next((one for one in work.session.scalars(found) if detail.items() <= dict(one.detail).items()), None)
    if row is None:
        return None
    kind, _, digest = row.actor.partition(":")
    digests = work.services.secrets.digests
    names = {one: name for number, name in staff.everybody(work.session) for one in digests(number, retired=True)}
    own = kind == ActorKind.STAFF == work.actor.kind and digest in digests(work.actor.subject, retired=True)
    return LastDone(names.get(digest, SOMEBODY), row.at, own)
