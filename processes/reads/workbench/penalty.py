"""Dwangsom of a case: the page of one deadline, and the list of Vandaag of what costs money every day."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, literal_column, select
from sqlalchemy.orm import Session, aliased

from processes.access.assignments import may_decide
from processes.access.same_roles import SameRoles
from processes.access.staff_scope import handled_case, offered_in, seen_cases
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.dutch import euros_in_words
from processes.base.errors import NotFound
from processes.execution.penalties import bar_for, request_for
from processes.execution.terms import rows_of
from processes.law import EXCLUSIONS, penalty
from processes.law.penalty import PenaltyState
from processes.reads.opening import reading
from processes.reads.penalties import PenaltyLine, penalty_lines
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.parties import party_choices
from processes.storage import staff
from processes.storage.fast import PreparedQuery
from processes.storage.services import Services
from processes.storage.tables import Case, DeadlineRow, Decision, DefaultNotice

READ = 200  # notices that are looked at, those that run longest first: more late decisions at once than a municipality can have in default


@dataclass(frozen=True, slots=True)
class PenaltyPage:
    """`line` is None as long as no notice of default was recorded for this deadline. `decides`: the reader may lay down or exclude it; who may not is
    offered to ask one of the `deciders`, numbers with names, before `ask_by`.
    """

    head: Head
    code: str
    title: str
    due: date | None
    today: date
    line: PenaltyLine | None
    parties: tuple[tuple[int, str], ...]
    grounds: tuple[tuple[str, str], ...]
    decides: bool
    deciders: tuple[tuple[str, str], ...]
    ask_by: date


@dataclass(frozen=True, slots=True)
class CostsMoney:
    """A case in which a penalty runs, is about to, or must still be laid down. `by` is the date that presses; `due` that of the late
    decision, of which `code` is that of the deadline.
    """

    number: str
    title: str
    subject: str
    state: str
    daily: str
    total: str
    by: date | None
    due: date | None
    case_id: int = 0
    code: str = ""


def read_penalty(services: Services, actor: Actor, number: str, code: str) -> PenaltyPage:
    """Raises NotFound, also for a deadline that is not of the law; NotAllowed for the committee."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        model = services.models.version(session, case.model_version_id).model
        row = next((row for row in rows_of(session, case.id) if row.code == code), None)
        setting = model.deadlines.get(code)
        if row is None or setting is None or setting.rule is None:
            raise NotFound
        today = local_date(now)
        lines = penalty_lines(session, case, model, today, services.law.book(session))
        line = next((line for line in lines if line.code == code), None)
        last = line.penalty.lay_down_by if line else None
        return PenaltyPage(
            head=head_of(session, services, actor, case, now), code=code, title=setting.title, due=row.due,
            today=today, line=line, parties=party_choices(session, case, model),
            grounds=tuple((ground, words) for ground, (words, _) in EXCLUSIONS.items()),
            decides=may_decide(actor), deciders=deciders_for(session, actor, case), ask_by=max(last or today, today),
        )  # fmt: skip


def deciders_for(session: Session, actor: Actor, case: Case) -> tuple[tuple[str, str], ...]:
    """Numbers and names of who may be asked for a decision in this case; none for who decides."""
    return () if may_decide(actor) else offered_in(session, actor, case, staff.with_role(session, (StaffRole.DECIDER,)))


def costing_money(
    session: Session,
    services: Services,
    actor: Actor | SameRoles,
    conditions: Sequence[ColumnElement[bool]],
    now: datetime,
) -> tuple[CostsMoney, ...]:
    """The late decisions that cost or will cost money, in cases that this reader may see, the dearest first. Two statements;
    `conditions` are on Case.
    """
    return costing_money_by(session, services, session.scalars(_waiting(actor, conditions)).all(), now)


def may_cost_money(readers: SameRoles, conditions: Sequence[ColumnElement[bool]]) -> PreparedQuery:
    """The question, to be kept, for the ids of the notices that `costing_money` looks at, which mostly are none."""
    return PreparedQuery(_waiting(readers, conditions))


def costing_money_by(
    session: Session, services: Services, notices: Collection[int], now: datetime
) -> tuple[CostsMoney, ...]:
    """The same as `costing_money`, of the notices with these ids. One statement, none without any."""
    if not notices:
        return ()
    named = (
        select(DefaultNotice, DeadlineRow, Case)
        .join(Case, Case.id == DefaultNotice.case_id)
        .join(DeadlineRow, (DeadlineRow.case_id == Case.id) & (DeadlineRow.code == DefaultNotice.deadline))
        .where(DefaultNotice.id.in_(notices))
        .order_by(DefaultNotice.id)
    )
    return _dearest(session, services, named, now)


def _waiting(reader: Actor | SameRoles, conditions: Sequence[ColumnElement[bool]]) -> Select[int]:
    """The ids of notices, as they came in. All that is asked around a notice is asked as a value, by keys: of a join or EXISTS PostgreSQL may
    read whole tables, while notices are few.
    """
    other = aliased(DefaultNotice)
    same = (other.case_id == DefaultNotice.case_id, other.deadline == DefaultNotice.deadline, other.set_on.is_not(None))
    laid_down = select(other.id).where(*same).limit(1).correlate(DefaultNotice).scalar_subquery()
    woo = select(Decision.id).where(Decision.case_id == DefaultNotice.case_id, Decision.woo).limit(1)
    its_term = (DeadlineRow.case_id == DefaultNotice.case_id, DeadlineRow.code == DefaultNotice.deadline)
    due = select(DeadlineRow.due).where(*its_term).limit(1).correlate(DefaultNotice).scalar_subquery()
    case = select(Case.id).where(Case.id == DefaultNotice.case_id, seen_cases(reader), *conditions).limit(1)
    return (
        select(DefaultNotice.id)
        .where(
            DefaultNotice.received_on > due,
            woo.correlate(DefaultNotice).scalar_subquery().is_(None),
            laid_down.is_(None),
            case.correlate(DefaultNotice).scalar_subquery().is_not(None),
        )
        .order_by(DefaultNotice.id)
        .limit(literal_column(str(READ)))
    )


def _dearest(
    session: Session, services: Services, waiting: Select[DefaultNotice, DeadlineRow, Case], now: datetime
) -> tuple[CostsMoney, ...]:
    found: dict[int, list[tuple[DefaultNotice, DeadlineRow, Case]]] = defaultdict(list)
    for notice, row, case in session.execute(waiting):
        found[row.id].append((notice, row, case))
    lines = [line for rows in found.values() if (line := _costs(session, services, rows, local_date(now)))]
    dearest = sorted(lines, key=lambda pair: pair[0], reverse=True)
    return tuple(line for _, line in dearest)


def _costs(
    session: Session, services: Services, rows: list[tuple[DefaultNotice, DeadlineRow, Case]], today: date
) -> tuple[tuple[int, int], CostsMoney] | None:
    notices, (_, row, case) = [notice for notice, _, _ in rows], rows[0]
    model = services.models.version(session, case.model_version_id).model
    book = services.law.book(session)
    made = penalty(request_for(row, notices, today, 1, bar_for(model, row.code, woo=False, book=book)), book)
    if made.state == PenaltyState.NOTHING or (made.state == PenaltyState.ENDED and not made.days):
        return None
    by = (
        made.lay_down_by
        if made.state == PenaltyState.ENDED
        else made.first
        if made.state == PenaltyState.WAITING
        else None
    )
    line = CostsMoney(
        case.number,
        case.title,
        case.subject,
        made.state,
        euros_in_words(made.daily),
        euros_in_words(made.cents),
        by,
        row.due,
        case.id,
        row.code,
    )
    return (made.daily, made.cents), line
