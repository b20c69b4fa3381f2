"""One package as an officer asked for it, read from its row."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from processes.reads.person import Chosen
from processes.storage.tables import PersonPackage
from processes.storage.words import PackageState


@dataclass(frozen=True, slots=True)
class WantedPackage:
    """`person` is the keyed index, `now` the moment at which the package is made."""

    id: str
    person: str
    kind: str
    reference: str
    asked_by: str
    asked_at: datetime
    chosen: Chosen
    now: datetime


def wanted_package(session: Session, package: str, now: datetime) -> WantedPackage | None:
    """None when it was made already, or was taken away."""
    row = session.get(PersonPackage, package)
    if row is None or row.state != PackageState.WANTED:
        return None
    given = row.chosen
    chosen = Chosen(
        frozenset(given["kinds"]), tuple(given["cases"]), others_named=given["others_named"],
        staff_named=given["staff_named"],
    )  # fmt: skip
    return WantedPackage(
        row.id, row.identity_index, row.identity_kind, row.reference, row.asked_by, row.asked_at, chosen, now
    )
