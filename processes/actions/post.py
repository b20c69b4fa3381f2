"""A worker has printed a letter and put it in the post: from that day it counts as sent (Awb 3:41)."""

from dataclasses import dataclass
from datetime import date

from processes.access.guards import only_staff
from processes.base.clock import local_date
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import NoticeRow


@dataclass(frozen=True, slots=True)
class ConfirmPosted:
    notice: int
    sent_on: date


def confirm_posted(work: UnitOfWork, action: ConfirmPosted) -> str:
    """Record "geprint en verzonden op". Raises AlreadyDone when a colleague did, Invalid for a date that cannot be."""
    only_staff(work.actor)
    notice = work.session.get(NoticeRow, action.notice)
    if notice is None:
        raise NotFound("Deze brief bestaat niet.")
    case = work.lock_case_id(notice.case_id)
    work.session.refresh(notice)
    if notice.held is not None:
        raise AlreadyDone("Deze brief klopt nog niet en is niet gemaakt. Lees bij Brieven waarom.")
    if notice.sent_on is not None:
        raise AlreadyDone("Deze brief is al verzonden.")
    if notice.stopped is not None:
        raise AlreadyDone(notice.stopped)
    if not local_date(notice.created_at) <= action.sent_on <= work.today:
        raise Invalid({"sent_on": "Kies een dag tussen het maken van de brief en vandaag."})
    notice.sent_on = action.sent_on
    work.audit(case.id, "posted", notice=notice.id)
    return case.number
