"""A code goes along with a letter that is printed, and is withdrawn: the rows of `letter_code` as the work on a case changes them."""

from datetime import timedelta

from sqlalchemy import select

from processes.access.letter_codes import DAYS, digest_of_salt, lives, may_be_linked, new_salt
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, LetterCode, NoticeRow, Party


def give_code(work: UnitOfWork, case: Case, notice: NoticeRow, party: Party) -> None:
    """For a letter that is about to be printed: a new code, where one was asked with this letter, or where this is the first letter
    to somebody who could follow the case. One that was printed with it before does not count any more.
    """
    if not may_be_linked(case, work.deployed(case.model_version_id).model, party):
        return
    given = select(LetterCode).where(LetterCode.party_id == party.id, LetterCode.ended_at.is_(None))
    rows = work.session.scalars(given).all()
    row = next((one for one in rows if one.notice_id == notice.id and one.used_at is None), None)
    if row is None and rows:
        return
    if row is None:
        row = ask_code(work, notice, party)
    row.salt = new_salt()
    row.code = digest_of_salt(work.services.secrets, row.salt)
    row.made_at, row.valid_until = work.now, work.today + timedelta(days=DAYS)
    work.audit(case.id, "give_letter_code", notice=notice.id, code=row.id)


def ask_code(work: UnitOfWork, notice: NoticeRow, party: Party) -> LetterCode:
    """The row of a code that is made once this letter is printed."""
    row = LetterCode(case_id=notice.case_id, party_id=party.id, notice_id=notice.id)
    work.session.add(row)
    work.session.flush()
    return row


def end_codes(work: UnitOfWork, party: Party, notice: NoticeRow | None = None) -> bool:
    """Withdraw every code of this party that could still be used, or the one with this letter; whether one was printed. A later letter
    brings another.
    """
    living = select(LetterCode).where(LetterCode.party_id == party.id, lives())
    rows = work.session.scalars(living.where(LetterCode.notice_id == notice.id) if notice else living).all()
    for row in rows:
        row.ended_at = work.now
        work.audit(party.case_id, "end_letter_code", code=row.id)
    return any(row.code for row in rows)
