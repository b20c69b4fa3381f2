"""A worker has printed a letter and put it in the post: from that day it counts as sent (Awb 3:41). Who said so by mistake takes it back
on the same day.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from processes.access.guards import only_staff
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.execution.following_facts import follow_letter
from processes.execution.returned_addresses import waiting_for_address
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.who_did import last_done
from processes.post.printable import RETURNED
from processes.storage.tables import Case, NoticeRow, Party

POSTED: Final = "posted"  # in the audit trail
TOO_LATE: Final = "Terugnemen kan alleen op dezelfde dag, door wie de brief op verzonden zette. Verbeter op het blad Brieven de verzenddatum."


@dataclass(frozen=True, slots=True)
class ConfirmPosted:
    """`sent_on`: None is today."""

    notice: int
    sent_on: date | None = None


def confirm_posted(work: UnitOfWork, action: ConfirmPosted) -> str:
    """Record "geprint en verzonden op"; the terms that waited for the letter follow. Raises AlreadyDone when a colleague did,
    Invalid for a date that cannot be, NotNow for a letter that waits for a better address.
    """
    case, notice = locked_notice(work, action.notice)
    if notice.held is not None:
        raise AlreadyDone("Deze brief klopt nog niet en is niet gemaakt. Lees bij Brieven waarom.")
    if notice.sent_on is not None:
        by = last_done(work, case.id, POSTED, notice=notice.id)
        raise AlreadyDone(f"Deze brief is al verzonden: {by.in_words}." if by else "Deze brief is al verzonden.")
    if notice.stopped is not None:
        raise AlreadyDone(notice.stopped)
    _refuse_waiting(work, notice)
    day = action.sent_on or work.today
    check_sent(work, notice, day)
    notice.sent_on = day
    work.audit(case.id, POSTED, notice=notice.id)
    lines = follow_letter(work, case, notice.id)
    if lines:
        work.own_note(case.id, "\n".join([f"Brief '{notice.subject}' verzonden op {long_date(day)}.", *lines]))
    return case.number


@dataclass(frozen=True, slots=True)
class TakeBackPosted:
    """The letter was not sent after all."""

    notice: int


def take_back_posted(work: UnitOfWork, action: TakeBackPosted) -> str:
    """Only by who said that it was sent, on that day: the terms wait for the letter again. Raises AlreadyDone, NotNow."""
    case, notice = locked_notice(work, action.notice)
    if notice.sent_on is None:
        raise AlreadyDone("Deze brief wacht al op verzending.")
    by = last_done(work, case.id, POSTED, notice=notice.id)
    if by is None or not by.own or local_date(by.at) != work.today:
        raise NotNow(TOO_LATE)
    notice.sent_on = None
    work.audit(case.id, "take_back_posted", notice=notice.id)
    work.own_note(
        case.id, "\n".join([f"Brief '{notice.subject}' is toch niet verzonden.", *follow_letter(work, case, notice.id)])
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


def _refuse_waiting(work: UnitOfWork, notice: NoticeRow) -> None:
    """A letter in a stack may be on its way already; another one waits as long as earlier post came back from its address."""
    if notice.batch_id is None and waiting_for_address(work.session, [work.session.get_one(Party, notice.party_id)]):
        raise NotNow(RETURNED)


def check_sent(work: UnitOfWork, notice: NoticeRow, day: date) -> None:
    """Raises Invalid for a day on which the letter cannot have been sent."""
    if not local_date(notice.created_at) <= day <= work.today:
        raise Invalid({"sent_on": "Kies een dag tussen het maken van de brief en vandaag."})
