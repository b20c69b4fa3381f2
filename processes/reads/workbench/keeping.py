"""The retention term of a closed case, and the reason for it."""

from dataclasses import dataclass
from datetime import date

from processes.law.retention_classes import UnknownRetention, retention_rule
from processes.post.certificate import retention_ground
from processes.storage.tables import Case
from processes.storage.words import CaseState


@dataclass(frozen=True, slots=True)
class Kept:
    """`forever`: nominated `blijvend_bewaren`, so there is no day from which it may be destroyed."""

    ground: str
    destroy_from: date | None
    forever: bool


def kept_of(case: Case) -> Kept | None:
    """None while the case runs, and for one that ended without a class."""
    if case.state == CaseState.RUNNING or not case.retention_class:
        return None
    return Kept(retention_ground(case.retention_class), case.destroy_from, _forever(case.retention_class))


def _forever(number: str) -> bool:
    try:
        return retention_rule(number).nomination == "blijvend_bewaren"
    except UnknownRetention:  # a class that has left the list: the date that was set then still counts
        return False
