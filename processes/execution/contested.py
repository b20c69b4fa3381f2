"""A contested decision as it is stored, to be corrected."""

from dataclasses import dataclass, fields
from datetime import date

from processes.base.marks import mark_of
from processes.storage.tables import Decision


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """The columns of a decision that can be corrected; `taken_by` is the number of a member of staff."""

    subject: str
    number: str
    taken_on: date | None
    announced_on: date | None
    department: str | None
    missing: bool
    woo: bool
    taken_by: str | None

    @property
    def seen(self) -> str:
        """A mark of exactly these data: who corrects them says with it what was on the page."""
        return mark_of(self)


def decision_of(row: Decision) -> StoredDecision:
    """The decision as it is stored."""
    return StoredDecision(**{one.name: getattr(row, one.name) for one in fields(StoredDecision)})
