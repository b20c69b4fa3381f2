"""A worker has printed a letter and put it in the post: from that day it counts as sent (Awb 3:41)."""

from dataclasses import dataclass
from datetime import date

from processes.access.guards import only_staff
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.execution.following_facts import follow_letter
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, NoticeRow


@dataclass(frozen=True, slots=True)
class ConfirmPosted:
    notice: int
    sent_on: date


def confirm_posted(work: UnitOfWork, action: ConfirmPosted) -> str:
    """Record "geprint en verzonden op"; the terms that waited for the letter follow. Raises AlreadyDone when a colleague did,
    Invalid for a date that cannot be.
    """
    case, notice = locked_notice(work, action.notice)
    if notice.held is not None:
        raise AlreadyDone("Deze brief klopt nog niet en is niet gemaakt. Lees bij Brieven waarom.")
    if notice.sent_on is not None:
        raise AlreadyDone("Deze brief is al verzonden.")
    if notice.stopped is not None:
        raise AlreadyDone(notice.stopped)
    check_sent(work, notice, action.sent_on)
    notice.sent_on = action.sent_on
    work.audit(case.id, "posted", notice=notice.id)
    lines = follow_letter(work, case, notice.id)
    if lines:
        work.own_note(
            case.id, "\n".join([f"Brief '{notice.subject}' verzonden op {long_date(action.sent_on)}.", *lines])
        )
    return case.number


def locked_notice(work: UnitOfWork, notice_id: int) -> tuple[Case, NoticeRow]:
    """A letter with its case locked, for staff. Raises NotFound."""
    only_staff(work.actor)
    notice = work.session.get(NoticeRow, notice_id)
    if notice is None:
        raise NotFound("Deze brief bestaat niet.")
    case = work.lock_case_id(notice.case_id)
    work.session.refresh(notice)
    return case, notice


def check_sent(work: UnitOfWork, notice: NoticeRow, day: date) -> None:
    """Raises Invalid for a day on which the letter cannot have been sent."""
    if not local_date(notice.created_at) <= day <= work.today:
        raise Invalid({"sent_on": "Kies een dag tussen het maken van de brief en vandaag."})
