"""The print queue (W9): every letter to print in the cases that one may see, what is in the way of each, and the stacks in hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import Session

from processes.access.staff_scope import handles, seen_cases
from processes.access.substitution import replaced_by
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotAllowed, NotFound
from processes.execution.returned_addresses import waiting_for_address
from processes.post.printable import print_problems
from processes.reads.opening import reading
from processes.reads.workbench.legal import case_types
from processes.reads.workbench.whose import DeskOf, Whose, own_teams
from processes.reads.workbench.words import named
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import Case, NoticeRow, Party, PrintBatch
from processes.storage.words import PostChannel

SHOWN: Final = 200  # letters on the page, and so in one stack
BATCHES: Final = 20
TO_SEND: Final = (
    NoticeRow.channel == PostChannel.POST, NoticeRow.sent_on.is_(None), NoticeRow.held.is_(None), NoticeRow.stopped.is_(None),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class QueuedLetter:
    """A letter to print. `problems`: why it cannot go in a stack; `beside`: how many papers must be printed to go with it."""

    id: int
    number: str
    subject: str
    recipient: str
    made_on: date
    problems: tuple[str, ...]
    beside: int
    place: int = 0
    sent_on: date | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A stack of which letters were not sent yet."""

    id: int
    by: str
    at: datetime
    waiting: int


@dataclass(frozen=True, slots=True)
class PrintQueuePage:
    """`ready` can be printed now, `wrong` not; `more`: how many there are besides. `teams`: the names of those of the reader."""

    whose: Whose
    ready: tuple[QueuedLetter, ...]
    wrong: tuple[QueuedLetter, ...]
    more: int
    batches: tuple[BatchLine, ...]
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One stack, in its order. `unseen`: letters in it of cases that this reader may not see."""

    id: int
    by: str
    at: datetime
    letters: tuple[QueuedLetter, ...]
    unseen: int
    today: date

    @property
    def waiting(self) -> tuple[QueuedLetter, ...]:
        """Those that were not sent yet."""
        return tuple(one for one in self.letters if one.sent_on is None)


def read_print_queue(services: Services, actor: Actor, whose: Whose = "all") -> PrintQueuePage:
    """Raises NotAllowed for who does not handle cases."""
    _only_handlers(actor)
    shelf = services.law.last_shelf(services.sessions)
    with reading(services) as (session, now):
        day = local_date(now)
        teams = own_teams(shelf, actor, case_types(session, services), day)
        desk = DeskOf(actor, whose, teams, replaced_by(session, actor, day))
        queue = _letters(actor).where(*TO_SEND, NoticeRow.batch_id.is_(None), *desk.cases())
        count = session.scalar(select(func.count()).select_from(queue.with_only_columns(NoticeRow.id).subquery())) or 0
        rows = session.execute(queue.order_by(NoticeRow.created_at, NoticeRow.id).limit(SHOWN)).all()
        lines = list(_queued(session, services, rows))
        ready = tuple(one for one in lines if not one.problems)
        wrong = tuple(one for one in lines if one.problems)
        return PrintQueuePage(whose, ready, wrong, max(count - SHOWN, 0), _batches(session), teams.names)


def read_print_batch(services: Services, actor: Actor, batch_id: int) -> BatchPage:
    """Raises NotFound, NotAllowed for who does not handle cases."""
    _only_handlers(actor)
    with reading(services) as (session, now):
        batch = session.get(PrintBatch, batch_id)
        if batch is None:
            raise NotFound
        rows = session.execute(
            _letters(actor).where(NoticeRow.batch_id == batch_id).order_by(NoticeRow.batch_place)
        ).all()
        inside = session.scalar(select(func.count()).select_from(NoticeRow).where(NoticeRow.batch_id == batch_id)) or 0
        lines = tuple(_queued(session, services, rows))
        by = staff.name_of(session, batch.made_by)
        return BatchPage(batch.id, by, batch.made_at, lines, inside - len(lines), local_date(now))


def _only_handlers(actor: Actor) -> None:
    if not handles(actor):
        raise NotAllowed("Brieven printen is alleen voor behandelaars.")


def _letters(actor: Actor) -> Select[NoticeRow, Case, Party]:
    return (
        select(NoticeRow, Case, Party)
        .join(Case, Case.id == NoticeRow.case_id)
        .join(Party, Party.id == NoticeRow.party_id)
        .where(seen_cases(actor))
    )


def _queued(
    session: Session, services: Services, rows: Sequence[Row[NoticeRow, Case, Party]]
) -> Iterator[QueuedLetter]:
    held = waiting_for_address(session, [party for _, _, party in rows])
    for notice, case, party in rows:
        yield _line(session, services, notice, case, party, waits=party.id in held)


def _line(
    session: Session, services: Services, notice: NoticeRow, case: Case, party: Party, *, waits: bool
) -> QueuedLetter:
    deployed = services.models.find(session, case.model_version_id)
    recipient = named(party, deployed.model if deployed else None, [party.id] if party.confidential else ())
    beside = sum(not one["joined"] and one["document"] is not None for one in notice.enclosures or ())
    return QueuedLetter(
        notice.id, case.number, notice.subject, recipient, local_date(notice.created_at), print_problems(notice, party, waits=waits), beside,
        notice.batch_place or 0, notice.sent_on, notice.document_id,
    )  # fmt: skip


def _batches(session: Session) -> tuple[BatchLine, ...]:
    """The newest stacks with letters that still have to be sent."""
    inside = (NoticeRow.batch_id == PrintBatch.id, NoticeRow.sent_on.is_(None), NoticeRow.stopped.is_(None))
    waits = exists().where(*inside)
    rows = session.scalars(select(PrintBatch).where(waits).order_by(PrintBatch.id.desc()).limit(BATCHES)).all()
    counted: Mapping[Any, int] = dict(
        session.execute(
            select(NoticeRow.batch_id, func.count())
            .where(
                NoticeRow.batch_id.in_([row.id for row in rows]),
                NoticeRow.sent_on.is_(None),
                NoticeRow.stopped.is_(None),
            )
            .group_by(NoticeRow.batch_id)
        ).all()
    )
    names = staff.names_of(session, [row.made_by for row in rows]) if rows else {}
    return tuple(BatchLine(row.id, names.get(row.made_by, ""), row.made_at, counted.get(row.id, 0)) for row in rows)
