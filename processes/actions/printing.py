"""The print queue (W9): letters are taken from it as one stack, and what did not go goes back. That they were sent is `ConfirmPosted`."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from processes.access.guards import only_staff
from processes.access.staff_scope import seen_cases
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.execution.letter_codes import give_code
from processes.execution.returned_addresses import waiting_for_address
from processes.execution.unit_of_work import UnitOfWork
from processes.post.printable import print_problems
from processes.storage.tables import Case, NoticeRow, Party, PrintBatch
from processes.storage.words import PostChannel

MOST: Final = 200  # letters in one stack: its PDF is made while somebody waits
TAKEN: Final = "Een collega nam deze brieven net mee in een stapel."


@dataclass(frozen=True, slots=True)
class MakeBatch:
    """`notices`: ids of letters, in the order in which they are to lie."""

    notices: tuple[int, ...]


def make_batch(work: UnitOfWork, action: MakeBatch) -> str:
    """The id of the stack. What a colleague took meanwhile, or cannot be printed, is not in it. Raises Invalid, AlreadyDone when
    nothing is left.
    """
    only_staff(work.actor, system=False)
    if not action.notices:
        raise Invalid({"notices": "Kies eerst brieven."})
    if len(action.notices) > MOST:
        raise Invalid({"notices": f"Kies hoogstens {MOST} brieven voor een stapel."})
    _lock_cases(work, action.notices)
    waiting = _waiting(work, action.notices)
    held = waiting_for_address(work.session, [party for _, party in waiting])
    free = {notice.id: notice for notice, party in waiting if not print_problems(notice, party, waits=party.id in held)}
    chosen = [free[one] for one in dict.fromkeys(action.notices) if one in free]
    if not chosen:
        raise AlreadyDone(TAKEN)
    readers = {notice.id: party for notice, party in waiting}
    batch = PrintBatch(made_by=work.actor.subject, made_at=work.now)
    work.session.add(batch)
    work.session.flush()
    for place, notice in enumerate(chosen, start=1):
        notice.batch_id, notice.batch_place = batch.id, place
        work.audit(notice.case_id, "print", notice=notice.id, batch=batch.id)
        give_code(work, work.session.get_one(Case, notice.case_id), notice, readers[notice.id])
    return str(batch.id)


@dataclass(frozen=True, slots=True)
class BackInQueue:
    """These letters of a stack were not sent: they go back to the print queue."""

    batch: int
    notices: tuple[int, ...]


def back_in_queue(work: UnitOfWork, action: BackInQueue) -> str:
    """Raises NotFound for no stack, Invalid without any letter; one that was sent stays."""
    only_staff(work.actor, system=False)
    if work.session.get(PrintBatch, action.batch) is None:
        raise NotFound
    if not action.notices:
        raise Invalid({"notices": "Kies eerst brieven."})
    _lock_cases(work, action.notices)
    mine = select(NoticeRow).where(NoticeRow.id.in_(action.notices), NoticeRow.batch_id == action.batch)
    seen = mine.join(Case, Case.id == NoticeRow.case_id).where(seen_cases(work.actor), NoticeRow.sent_on.is_(None))
    for notice in work.session.scalars(seen.order_by(NoticeRow.id)).all():
        notice.batch_id = notice.batch_place = None
        work.audit(notice.case_id, "back_in_queue", notice=notice.id, batch=action.batch)
    return str(action.batch)


def _lock_cases(work: UnitOfWork, notices: tuple[int, ...]) -> None:
    """In the order of their ids, so that two who do this at once wait for each other instead of hanging."""
    of_them = select(NoticeRow.case_id).where(NoticeRow.id.in_(notices)).distinct()
    seen = of_them.join(Case, Case.id == NoticeRow.case_id).where(seen_cases(work.actor))
    for case in sorted(work.session.scalars(seen)):
        work.lock_case_id(case)
    work.session.expire_all()


def _waiting(work: UnitOfWork, notices: tuple[int, ...]) -> list[tuple[NoticeRow, Party]]:
    found = (
        select(NoticeRow, Party)
        .join(Party, Party.id == NoticeRow.party_id)
        .join(Case, Case.id == NoticeRow.case_id)
        .where(
            NoticeRow.id.in_(notices), NoticeRow.channel == PostChannel.POST, NoticeRow.sent_on.is_(None),
            NoticeRow.held.is_(None), NoticeRow.stopped.is_(None), NoticeRow.batch_id.is_(None), seen_cases(work.actor),
        )
    )  # fmt: skip
    return [(notice, party) for notice, party in work.session.execute(found)]
