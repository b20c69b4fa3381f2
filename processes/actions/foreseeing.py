"""The letters that a task leads to, before it is done: everything is carried out, looked at and undone."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from processes.access.staff_scope import kept_from
from processes.actions.joining import CompleteTogether, complete_together
from processes.actions.tasks import CompleteTask, complete_task
from processes.base.actor import Actor
from processes.execution.unit_of_work import UnitOfWork, foresee
from processes.storage.services import Services
from processes.storage.tables import Case, NoticeRow, Party

SOMEBODY = "een betrokkene"


@dataclass(frozen=True, slots=True)
class ForeseenLetter:
    """A letter as its reader would get it. `channel`: PostChannel; `reasons`: why it would be held and not leave. Name and text of who is kept
    from the one who looks are not in it.
    """

    subject: str
    recipient: str
    channel: str
    body: str
    enclosures: tuple[str, ...]
    reasons: tuple[str, ...]


def foresee_letters(
    services: Services, actor: Actor, action: CompleteTask | CompleteTogether
) -> tuple[ForeseenLetter, ...]:
    """The letters of the case that leave when this task is done so, in order; of one that is done in other cases too, those of the own case. Raises whatever doing the task would raise."""

    def look(work: UnitOfWork) -> tuple[ForeseenLetter, ...]:
        last = newest_letter(work)
        number = complete_task(work, action) if isinstance(action, CompleteTask) else complete_together(work, action)
        work.session.flush()
        case = work.session.scalars(select(Case).where(Case.number == number)).one()
        return foreseen_letters(work, actor, case, last)

    return foresee(services, actor, look)


def newest_letter(work: UnitOfWork) -> int:
    """The id of the newest letter of all cases."""
    return work.session.scalar(select(func.max(NoticeRow.id))) or 0


def foreseen_letters(work: UnitOfWork, actor: Actor, case: Case, last: int) -> tuple[ForeseenLetter, ...]:
    """The letters of a case that came after the one with the id `last`, in order."""
    kept = kept_from(work.session, actor, case)
    new = select(NoticeRow, Party).join(Party, Party.id == NoticeRow.party_id)
    new = new.where(NoticeRow.case_id == case.id, NoticeRow.id > last).order_by(NoticeRow.id)
    return tuple(_letter(notice, party, kept) for notice, party in work.session.execute(new))


def _letter(notice: NoticeRow, party: Party, kept: Collection[int]) -> ForeseenLetter:
    hidden = party.id in kept
    return ForeseenLetter(
        notice.subject, SOMEBODY if hidden else party.name, notice.channel, "" if hidden else notice.body,
        () if hidden else tuple(one["title"] for one in notice.enclosures or ()),
        tuple((notice.held or {}).get("reasons", ())),
    )  # fmt: skip
